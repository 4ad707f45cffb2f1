package io.bulwark.api.cli;

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
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The book of the whole house: every account counted once, liabilities by asset covered by reserves. */
@Command(
        name = "book",
        description = {
            "Proves and checks the book of the whole house: every account counted once, liabilities by asset covered by reserves.",
            "Exit code 0: done, or trusted; 1: refused; 2: bad input; 4: a book that holds and is not anchored."
        },
        synopsisSubcommandLabel = "STEP")
public final class BookCommand extends StepCommand {
    @Command(
            name = "hold",
            description = {
                "Has the quorum sign what the house holds for its reserves in an epoch, each piece with what shows it, for 'prove --holdings'.",
                "The file is JSON; docs/holdings.md says its form."
            })
    int hold(
            @Parameters(paramLabel = "FILE", description = "What the house holds.") Path file,
            @Option(names = "--epoch", paramLabel = "N", description = "A sealed epoch. Default: the latest.") @Nullable
                    Long epoch,
            @Option(names = "--out", required = true, paramLabel = "FILE", description = "Where the signed list goes.")
                    Path target) {
        return holding().run(file, epoch, target);
    }

    private HoldStep holding() {
        return new HoldStep(HoldingPurpose.RESERVES, out());
    }

    @Command(
            name = "prove",
            description = "Proves the book of a sealed epoch and writes it to a file that anybody may be given.")
    int prove(
            @Option(names = "--epoch", paramLabel = "N", description = "A sealed epoch. Default: the latest.") @Nullable
                    Long epoch,
            @Option(
                            names = "--holdings",
                            paramLabel = "FILE",
                            description =
                                    "What the house holds, as 'book hold' wrote it: it travels with the book, with what shows it.")
                    @Nullable
                    Path holdings,
            @Option(
                            names = "--reserves",
                            paramLabel = "FILE",
                            description = {
                                "In place of --holdings, what the house says that it holds and nobody is shown: lines of an asset's number, instrument NUMBER,",
                                "or cash, and lots or u. The book is then never anchored."
                            })
                    @Nullable
                    Path reserves,
            @Option(
                            names = "--band",
                            paramLabel = "PPM",
                            defaultValue = "0",
                            description =
                                    "How much worse than today's the values of new batch proofs are. Default: ${DEFAULT-VALUE}")
                    int band,
            @Option(
                            names = "--shortfall",
                            paramLabel = "U",
                            description = "Declared shortfall, u = 0.0001 USD. Default: as much as is missing.")
                    @Nullable
                    Long shortfall,
            @Option(
                            names = "--shape",
                            paramLabel = "SIZES",
                            defaultValue = "2-8-16-16-64-0-4-2",
                            description = {
                                "Sizes of the circuits: levels, lines, positions, assets, instruments, tiers, paid entries of a batch, fan of the top. Default:",
                                "${DEFAULT-VALUE}, 4,096 accounts."
                            })
                    String sizes,
            @Option(
                            names = "--out",
                            paramLabel = "FILE",
                            description = "Where the book goes. Default: in the home's folder of proofs.")
                    @Nullable
                    Path file) {
        BookShape shape = shape(sizes);
        if ((holdings == null) == (reserves == null)) {
            throw new BadInput("--holdings", "", "must be given, or --reserves in its place");
        }
        Optional<SignedHoldings> shown = Optional.ofNullable(holdings).map(holding()::read);
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
                case Answer.Refused<BookProver.Proved> refused -> refused("not proved: " + refused.refusal());
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

    @Command(
            name = "verify",
            description = {
                "Judges a book from files alone: no database, no network. Shapes come from the records of its keys.",
                "Exit code 0: TRUSTED; 4: NOT ANCHORED, it holds and something was not given or shown, which is named; 1: REFUSED; 2: bad input."
            })
    int verify(
            @Parameters(paramLabel = "FILE", description = "The file that prove wrote.") Path file,
            @Mixin BookReader reader) {
        return new BookReading(reader, out(), err()).judge(BookReading.read(file));
    }

    @Command(
            name = "included",
            description = {
                "Says whether a book counts the account of a witness bundle, from files alone: the bundle is checked, the book judged, and the epochs",
                "compared. A book that holds is made of every leaf under its epoch's account root, so a leaf there stands in it.",
                "Exit code as of verify; 1 also where the account is not counted."
            })
    int included(
            @Parameters(paramLabel = "FILE", description = "The book.") Path file,
            @Option(
                            names = "--mine",
                            required = true,
                            paramLabel = "BUNDLE",
                            description = "The account's witness bundle.")
                    Path bundle,
            @Option(
                            names = "--wallet",
                            required = true,
                            paramLabel = "WALLET",
                            description = "The wallet that opens it.")
                    Path wallet,
            @Mixin BookReader reader) {
        return new BookReading(reader, out(), err()).included(BookReading.read(file), bundle, wallet);
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
        out().println("proved: " + BookReading.words(proved.proof().statement()));
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
