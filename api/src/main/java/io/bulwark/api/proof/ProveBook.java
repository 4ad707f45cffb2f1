package io.bulwark.api.proof;

import io.bulwark.api.door.ExitCode;
import io.bulwark.api.door.InputFile;
import io.bulwark.api.holding.HoldStep;
import io.bulwark.api.holding.ReservesFile;
import io.bulwark.api.house.OpenHouse;
import io.bulwark.clearing.attestation.HoldingPurpose;
import io.bulwark.clearing.document.BadInput;
import io.bulwark.clearing.holding.SignedHoldings;
import io.bulwark.house.House;
import io.bulwark.house.epoch.ComputedEpoch;
import io.bulwark.netting.risktable.AssetRisk;
import io.bulwark.netting.risktable.InstrumentRisk;
import io.bulwark.prover.binding.Answer;
import io.bulwark.prover.book.BookProver;
import io.bulwark.prover.book.BookShape;
import io.bulwark.prover.book.Reserves;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The book of the whole house: every account counted once, liabilities by asset covered by reserves. */
@Command(
        name = "book",
        description = "Proves the book of a sealed epoch and writes it to a file that anybody may be given.")
final class ProveBook extends ProveStep {
    @Option(names = "--epoch", paramLabel = "N", description = "A sealed epoch. Default: the latest.")
    private @Nullable Long epoch;

    @Option(
            names = "--holdings",
            paramLabel = "FILE",
            description =
                    "What the house holds, as 'bulwark proof hold book' wrote it: it travels with the book, with what shows it.")
    private @Nullable Path holdings;

    @Option(
            names = "--reserves",
            paramLabel = "FILE",
            description = {
                "In place of --holdings, what the house says that it holds and nobody is shown: lines of an asset's number, instrument NUMBER,",
                "or cash, and lots or u. The book is then never anchored."
            })
    private @Nullable Path reserves;

    @Option(
            names = "--band",
            paramLabel = "PPM",
            defaultValue = "0",
            description = "How much worse than today's the values of new batch proofs are. Default: ${DEFAULT-VALUE}")
    private int band;

    @Option(
            names = "--shortfall",
            paramLabel = "U",
            description = "Declared shortfall, u = 0.0001 USD. Default: as much as is missing.")
    private @Nullable Long shortfall;

    @Option(
            names = "--shape",
            paramLabel = "SIZES",
            defaultValue = "2-8-16-16-64-0-4-2",
            description = {
                "Sizes of the circuits: levels, lines, positions, assets, instruments, tiers, paid entries of a batch, fan of the top. Default:",
                "${DEFAULT-VALUE}, 4,096 accounts."
            })
    private String sizes = "";

    @Option(
            names = "--out",
            paramLabel = "FILE",
            description = "Where the book goes. Default: in the home's folder of proofs.")
    private @Nullable Path file;

    @Override
    public Integer call() {
        BookShape shape = shape(sizes);
        if ((holdings == null) == (reserves == null)) {
            throw new BadInput("--holdings", "", "must be given, or --reserves in its place");
        }
        Optional<SignedHoldings> shown =
                Optional.ofNullable(holdings).map(new HoldStep(HoldingPurpose.RESERVES, out())::read);
        return OpenHouse.ask(house -> {
            ComputedEpoch sealed = OpenHouse.epoch(house, epoch);
            Answer<BookProver.Proved> answer = house.books()
                    .prove(
                            shape,
                            sealed,
                            held(sealed, shown, reserves),
                            band,
                            shortfall == null ? OptionalLong.empty() : OptionalLong.of(shortfall),
                            this::announce);
            return switch (answer) {
                case Answer.Given<BookProver.Proved>(BookProver.Proved proved) ->
                    written(proved, shown, file != null ? file : target(house, sealed));
                case Answer.Refused<BookProver.Proved> refused ->
                    refused(refused.refusal().toString());
            };
        });
    }

    private static Reserves held(ComputedEpoch sealed, Optional<SignedHoldings> shown, @Nullable Path reserves) {
        List<Integer> assets =
                sealed.table().assets().stream().map(AssetRisk::number).toList();
        List<Integer> instruments = sealed.table().instruments().stream()
                .map(InstrumentRisk::number)
                .toList();
        return shown.map(holdings -> Reserves.of(holdings, assets, instruments))
                .orElseGet(() -> ReservesFile.of(
                        InputFile.text(Objects.requireNonNull(reserves), ReservesFile.BYTES_MAX), assets, instruments));
    }

    private static BookShape shape(String sizes) {
        try {
            return BookShape.of(sizes);
        } catch (IllegalArgumentException e) {
            throw new BadInput("--shape", sizes, String.valueOf(e.getMessage()));
        }
    }

    private void announce(long seconds) {
        if (seconds > 0) {
            err().println("making the keys of the book: " + seconds + " s (once)");
        }
    }

    private static Path target(House house, ComputedEpoch sealed) {
        return house.home().proofs().resolve("epoch-" + sealed.number() + "-book.cbor");
    }

    private int written(BookProver.Proved proved, Optional<SignedHoldings> shown, Path target) {
        write(target, shown.map(proved.proof()::with).orElse(proved.proof()).encode());
        out().println("proved: " + ClaimWords.of(proved.proof().statement()));
        out().println("  " + proved.cost().batchesProved() + " of "
                + proved.cost().batches() + " batches anew, " + proved.cost().proveMillis() + " ms ("
                + proved.cost().cpuMillis() + " ms of processor)");
        if (shown.isEmpty()) {
            out().println("  reserves are said, not shown");
        }
        out().println("  written to " + target);
        return ExitCode.OK;
    }

    private static void write(Path target, byte[] content) {
        try {
            Files.write(target, content);
        } catch (IOException e) {
            throw new UncheckedIOException("file " + target, e);
        }
    }
}
