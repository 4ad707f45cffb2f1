package io.bulwark.house.pricefile;

import io.bulwark.clearing.document.BadInput;
import io.bulwark.clearing.document.Digest;
import io.bulwark.netting.volatility.DailyPrices;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Daily prices as people keep them: CSV with a header line, lines that begin with # are comments.
 *
 * <p>The day stands in the column {@code date}, {@code date_utc}, {@code day} or {@code timestamp}, as 2024-06-15 with or without a time behind. Then either
 * {@code open,high,low,close} in any order (or {@code close} alone) of one underlying; or a column of closes an underlying, named by it; where columns are called
 * {@code NAME_close}, only these are closes and the others are left. {@code volume} and {@code unix_timestamp} are not read. Hourly candles,
 * {@code open_time_utc,asset,open,high,low,close}, become days (UTC). An empty cell is a day without a price.
 *
 * @param name the file, for messages
 * @param named whether the file names its underlyings; if not, its one history bears the file's name without ending
 * @param histories one an underlying, in the order of the columns
 * @param sha256 of the file's bytes
 */
public record PriceFile(String name, boolean named, List<DailyPrices> histories, Digest sha256) {
    private static final long BYTES_MAX = 64L << 20;

    /** The one file that comes with the program: daily closes of BTC, ETH and SOL in USD; its README says where they are from. */
    public static final String SHIPPED = "daily-closes.csv";

    /** Copies. */
    public PriceFile {
        histories = List.copyOf(histories);
    }

    /**
     * Reads a file.
     *
     * @throws BadInput if it cannot be read or breaks a rule
     */
    public static PriceFile read(Path file) {
        return parse(String.valueOf(file.getFileName()), text(file));
    }

    /**
     * The file that comes with the program.
     *
     * @throws BadInput if none has this name
     */
    public static PriceFile shipped(String name) {
        if (!name.equals(SHIPPED)) {
            throw new BadInput("file", name, "must be one that comes with the program: " + SHIPPED);
        }
        try (InputStream file = PriceFile.class.getResourceAsStream("/history/" + SHIPPED)) {
            if (file == null) {
                throw new IllegalStateException("the program lacks /history/" + SHIPPED);
            }
            return parse(SHIPPED, new String(file.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException("/history/" + SHIPPED, e);
        }
    }

    /**
     * Reads the text of a file.
     *
     * @param name of the file; without its ending the name of an underlying that the file does not name
     * @throws BadInput if the text breaks a rule
     */
    public static PriceFile parse(String name, String text) {
        PriceTable table = PriceTable.of(name, text);
        return new PriceFile(
                name,
                table.namesUnderlyings(),
                table.histories(),
                Digest.sha256(text.getBytes(StandardCharsets.UTF_8)));
    }

    private static String text(Path file) {
        try {
            if (Files.size(file) > BYTES_MAX) {
                throw new BadInput(file.toString(), Files.size(file) + " bytes", "must have at most " + BYTES_MAX);
            }
            return Files.readString(file);
        } catch (NoSuchFileException e) {
            throw new BadInput(file.toString(), "", "there is no such file");
        } catch (CharacterCodingException e) {
            throw new BadInput(file.toString(), "", "must be UTF-8 text");
        } catch (IOException e) {
            throw new BadInput(file.toString(), "", "cannot be read: " + e.getMessage());
        }
    }

    /** The history of one underlying, if the file has it. */
    public Optional<DailyPrices> history(String underlying) {
        return histories.stream()
                .filter(history -> history.underlying().equals(underlying))
                .findFirst();
    }

    /** The names of its underlyings, in order. */
    public List<String> underlyings() {
        return histories.stream().map(DailyPrices::underlying).toList();
    }
}
