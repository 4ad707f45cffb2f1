package io.bulwark.api.proof;

import io.bulwark.api.door.OutputFile;
import io.bulwark.clearing.document.BadInput;
import io.bulwark.house.epoch.ComputedEpoch;
import io.bulwark.netting.buffer.BufferTariff;
import io.bulwark.netting.contagion.ContagionVector;
import io.bulwark.netting.contagion.LiquidityGroup;
import io.bulwark.prover.contagion.ContagionProver;
import io.bulwark.prover.contagion.ContagionShape;
import java.nio.file.Path;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The certificate of the contagion vectors in zero knowledge: one step of the cascade does not exceed them. */
@Command(
        name = "contagion",
        description = {
            "Proves that the contagion vectors which the house publishes dominate one step of the cascade over all sealed accounts,",
            "in every scenario: so they are not understated, and nobody learns what anybody holds. Beside the proof it writes the risk table and the tariff",
            "that it is about: whoever is given them checks it with 'bulwark verify FILE --table T --tariff F'."
        })
final class ProveContagion extends ProveStep {
    private static final long ANNOUNCED_SECONDS = 10;

    @Option(
            names = "--shape",
            paramLabel = "SIZES",
            description = {
                "Sizes of the circuit: levels (4^levels accounts), positions, lines, entries (instruments that are no options, and two for",
                "each asset), places (unwind sets by group), members. Default: the first of the house's own that has room,",
                "2-16-8-64-32-16, 2-16-8-256-128-16 or 3-16-8-256-128-64; each for 3 groups and 27 scenarios, 4 and 32, or 8 and 36."
            })
    private @Nullable String sizes;

    @Override
    public Integer call() {
        return prove(
                "contagion.json",
                (house, epoch) -> house.contagion().prove(tariff -> shape(epoch, tariff), epoch, this::announce),
                this::write);
    }

    private ContagionShape shape(ComputedEpoch epoch, BufferTariff tariff) {
        String asked = sizes;
        return BadInput.refusing(
                "--shape",
                asked == null ? "" : asked,
                () -> asked == null
                        ? ContagionShape.rung(epoch.table(), tariff, epoch.places())
                        : ContagionShape.of(asked, tariff));
    }

    private void announce(long seconds) {
        if (seconds % ANNOUNCED_SECONDS == 1) {
            err().println("making the keys of the certificate, once: " + seconds + " s");
        }
    }

    private void write(ContagionProver.Proved proved, ComputedEpoch epoch, Path target) {
        BufferTariff tariff = epoch.buffer().orElseThrow().buffer().tariff();
        Path table = target.resolveSibling(target.getFileName() + ".table");
        Path published = target.resolveSibling(target.getFileName() + ".tariff");
        OutputFile.write(target, proved.proof().toJson());
        OutputFile.write(table, epoch.table().encode());
        OutputFile.write(published, tariff.encode());
        out().println("proved: " + words(tariff));
        out().println("  over the margins that the epoch seals; " + proved.constraints() + " constraints, "
                + proved.took().toMillis() + " ms (" + proved.processor().toMillis() + " ms of processor)");
        out().println("  written to " + target + ", with " + table + " and " + published);
    }

    private static String words(BufferTariff tariff) {
        long certain = tariff.certified().stream()
                .map(ContagionVector::rates)
                .filter(rates -> rates.stream().anyMatch(rate -> rate > 0))
                .count();
        return "the contagion vectors of " + tariff.scenarios().size() + " scenarios over "
                + tariff.groups().stream().map(LiquidityGroup::name).collect(Collectors.joining(", "))
                + " dominate one step of the cascade; " + certain + " of them are above 0";
    }
}
