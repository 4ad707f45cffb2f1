package io.bulwark.api.proof;

import io.bulwark.api.door.InputFile;
import io.bulwark.api.door.OutputFile;
import io.bulwark.api.holding.HoldStep;
import io.bulwark.api.holding.ReservesFile;
import io.bulwark.clearing.attestation.HoldingPurpose;
import io.bulwark.clearing.document.BadInput;
import io.bulwark.clearing.holding.SignedHoldings;
import io.bulwark.house.epoch.ComputedEpoch;
import io.bulwark.netting.risktable.AssetRisk;
import io.bulwark.netting.risktable.InstrumentRisk;
import io.bulwark.prover.book.BookProver;
import io.bulwark.prover.book.BookShape;
import io.bulwark.prover.book.Reserves;
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

    @Override
    public Integer call() {
        BookShape shape = BadInput.refusing("--shape", sizes, () -> BookShape.of(sizes));
        if ((holdings == null) == (reserves == null)) {
            throw new BadInput("--holdings", "", "must be given, or --reserves in its place");
        }
        Optional<SignedHoldings> shown =
                Optional.ofNullable(holdings).map(new HoldStep(HoldingPurpose.RESERVES, out())::read);
        return prove(
                "book.cbor",
                (house, epoch) -> house.books()
                        .prove(
                                shape,
                                epoch,
                                held(epoch, shown, reserves),
                                band,
                                shortfall == null ? OptionalLong.empty() : OptionalLong.of(shortfall),
                                seconds -> announce("book", seconds)),
                (proved, epoch, target) -> write(proved, shown, target));
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

    private void write(BookProver.Proved proved, Optional<SignedHoldings> shown, Path target) {
        OutputFile.write(
                target, shown.map(proved.proof()::with).orElse(proved.proof()).encode());
        out().println("proved: " + ClaimWords.of(proved.proof().statement()));
        out().println("  " + proved.cost().batchesProved() + " of "
                + proved.cost().batches() + " batches anew, " + proved.cost().proveMillis() + " ms ("
                + proved.cost().cpuMillis() + " ms of processor)");
        if (shown.isEmpty()) {
            out().println("  reserves are said, not shown");
        }
        out().println("  written to " + target);
    }
}
