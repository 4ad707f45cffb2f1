package io.bulwark.api.cli;

import io.bulwark.api.cycle.BadInput;
import io.bulwark.api.cycle.ComputedEpoch;
import io.bulwark.api.cycle.Home;
import io.bulwark.api.cycle.House;
import io.bulwark.api.inquiry.Expectation;
import io.bulwark.clearing.epoch.Digest;
import io.bulwark.clearing.money.Usd;
import io.bulwark.netting.risktable.AssetRisk;
import io.bulwark.netting.risktable.InstrumentRisk;
import io.bulwark.prover.binding.Answer;
import io.bulwark.prover.binding.ProverLibrary;
import io.bulwark.prover.book.BookProof;
import io.bulwark.prover.book.BookProver;
import io.bulwark.prover.book.BookShape;
import io.bulwark.prover.book.BookStatement;
import io.bulwark.prover.book.BookVerifier;
import io.bulwark.prover.proof.VerifyingKey;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The book of the whole house: every account counted once, liabilities by asset covered by reserves. */
@Command(
        name = "book",
        description = {
            "Proves and checks the book of the whole house: every account counted once, liabilities by asset covered by reserves.",
            "Exit code 0: the book is written, holds, or counts the account; 1: it does not; 2: bad input."
        },
        synopsisSubcommandLabel = "STEP")
public final class BookCommand extends StepCommand {

    @Command(
            name = "prove",
            description = "Proves the book of a sealed epoch and writes it to a file that anybody may be given.")
    int prove(
            @Option(names = "--epoch", paramLabel = "N", description = "A sealed epoch. Default: the latest.") @Nullable
                    Long epoch,
            @Option(
                            names = "--reserves",
                            required = true,
                            paramLabel = "FILE",
                            description =
                                    "What the house says it holds: lines of an asset's number, instrument NUMBER, or cash, and lots or u.")
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
        String holdings = InputFile.text(reserves, ReservesFile.BYTES_MAX);
        return OpenHouse.ask(house -> {
            ComputedEpoch sealed = OpenHouse.epoch(house, epoch);
            Answer<BookProver.Proved> answer = house.books()
                    .prove(
                            shape,
                            sealed,
                            ReservesFile.of(
                                    holdings,
                                    sealed.table().assets().stream()
                                            .map(AssetRisk::number)
                                            .toList(),
                                    sealed.table().instruments().stream()
                                            .map(InstrumentRisk::number)
                                            .toList()),
                            band,
                            shortfall == null ? OptionalLong.empty() : OptionalLong.of(shortfall),
                            this::announce);
            return switch (answer) {
                case Answer.Given<BookProver.Proved>(BookProver.Proved proved) ->
                    written(proved, file != null ? file : target(house, sealed));
                case Answer.Refused<BookProver.Proved> refused -> refused("not proved: " + refused.refusal());
            };
        });
    }

    @Command(name = "verify", description = "Checks a book with the verifying keys alone: no database, no network.")
    int verify(
            @Parameters(paramLabel = "FILE", description = "The file that prove wrote.") Path file,
            @Option(names = "--seal", paramLabel = "HEX", description = "The epoch digest that it must be about.")
                    @Nullable
                    String seal,
            @Option(
                            names = "--shape",
                            paramLabel = "SIZES",
                            defaultValue = "2-8-16-16-64-0-4-2",
                            description = {
                                "Sizes that the keys are trusted for: levels, lines, positions, assets, instruments, tiers, paid entries, fan of the top. Default:",
                                "${DEFAULT-VALUE}, 4,096 accounts."
                            })
                    String sizes,
            @Option(
                            names = "--batch-key",
                            paramLabel = "VK",
                            description = "The verifying key of batches. Default: this house's own.")
                    @Nullable
                    Path batchKey,
            @Option(
                            names = "--top-key",
                            paramLabel = "VK",
                            description = "The verifying key of the top. Default: this house's own.")
                    @Nullable
                    Path topKey) {
        BookShape shape = shape(sizes);
        BookProof book = read(file);
        ProverLibrary library = ProverLibrary.load();
        BookVerifier verifier = new BookVerifier(
                library, shape, key("--batch-key", batchKey, book.batchKey()), key("--top-key", topKey, book.topKey()));
        return switch (verifier.verify(book)) {
            case Answer.Given<BookStatement>(BookStatement statement) -> {
                String shown = statement.epoch().digest(library).hex();
                if (seal != null && !Expectation.element("--seal", seal).hex().equals(shown)) {
                    yield refused("refused: seal must be " + seal + "; the book is about " + shown);
                }
                out().println("NOT ANCHORED; says, without anchor: " + words(statement));
                out().println("  epoch seal  " + shown);
                yield ExitCode.OK;
            }
            case Answer.Refused<BookStatement> refused -> refused("refused: " + refused.refusal());
        };
    }

    @Command(
            name = "included",
            description =
                    "Says whether a book counts an account as it stands in its sealed epoch; check the book itself with verify.")
    int included(
            @Parameters(paramLabel = "FILE", description = "The file that prove wrote.") Path file,
            @Option(names = "--account", paramLabel = "N", required = true, description = "The account's number.")
                    int account) {
        BookProof book = read(file);
        boolean included = OpenHouse.ask(house -> house.books()
                .includes(book, OpenHouse.epoch(house, book.statement().epoch().epoch()), account));
        out().println("account " + account + (included ? " is" : " is not") + " counted in the book of epoch "
                + book.statement().epoch().epoch());
        return included ? ExitCode.OK : ExitCode.NEGATIVE;
    }

    private static BookShape shape(String sizes) {
        try {
            return BookShape.of(sizes);
        } catch (IllegalArgumentException e) {
            throw new BadInput("--shape", sizes, String.valueOf(e.getMessage()));
        }
    }

    private static BookProof read(Path file) {
        byte[] bytes = InputFile.bytes(file, BookProof.BYTES_MAX);
        try {
            return BookProof.read(bytes);
        } catch (IllegalArgumentException e) {
            throw new BadInput("FILE", file.toString(), String.valueOf(e.getMessage()));
        }
    }

    /** A key that is named, or the house's own of the identity that the book names. */
    private static VerifyingKey key(String option, @Nullable Path named, Digest wanted) {
        if (named != null) {
            return VerifyCommand.read(option, named);
        }
        return VerifyingKey.named(Home.ofEnvironment().folder().resolve("keys"), wanted)
                .orElseThrow(() -> new BadInput(
                        option, "", "name the file of the verifying key " + wanted.hex() + "; this house has none"));
    }

    private void announce(long seconds) {
        if (seconds > 0) {
            err().println("making the keys of the book: " + seconds + " s (once)");
        }
    }

    private static Path target(House house, ComputedEpoch sealed) {
        return house.home().proofs().resolve("epoch-" + sealed.number() + "-book.cbor");
    }

    private int written(BookProver.Proved proved, Path target) {
        try {
            Files.write(target, proved.proof().encode());
        } catch (IOException e) {
            throw new UncheckedIOException("book " + target, e);
        }
        out().println("proved: " + words(proved.proof().statement()));
        out().println("  " + proved.cost().batchesProved() + " of "
                + proved.cost().batches() + " batches anew, " + proved.cost().proveMillis() + " ms ("
                + proved.cost().cpuMillis() + " ms of processor)");
        out().println("  written to " + target);
        return ExitCode.OK;
    }

    private static String words(BookStatement statement) {
        return "epoch " + statement.epoch().epoch() + " has " + statement.accounts()
                + " accounts, each counted once; every liability is within its reserve; accounts below zero lack at most "
                + Usd.text(statement.shortfall()) + " USD together; cash owed " + Usd.text(statement.cashOwed())
                + " USD of "
                + Usd.text(statement.cashReserve()) + " held, cash lent " + Usd.text(statement.cashLent()) + " USD";
    }
}
