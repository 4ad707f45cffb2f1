package io.bulwark.netting.buffer;

import static io.bulwark.clearing.epoch.CanonicalValue.array;
import static io.bulwark.clearing.epoch.CanonicalValue.integer;
import static io.bulwark.clearing.epoch.CanonicalValue.text;

import io.bulwark.clearing.epoch.CanonicalValue;
import io.bulwark.netting.risktable.IntColumn;
import java.util.List;

/** The one encoding of a tariff: schema {@code buffer-tariff.cddl}. */
final class TariffEncoding {
    private static final String SCHEMA = "bulwark-buffer-tariff";
    private static final long VERSION = 1;

    private TariffEncoding() {}

    static CanonicalValue of(BufferTariff tariff) {
        return array(
                text(SCHEMA),
                integer(VERSION),
                array(
                        integer(tariff.rules().spanPpm()),
                        integer(tariff.rules().exitSharePpm()),
                        integer(tariff.rules().ownSizeLimitPpm())),
                array(tariff.groups().stream().map(TariffEncoding::group).toList()),
                array(tariff.symbols().stream()
                        .map(s -> array(text(s.name()), integer(s.group()), text(s.unwindSet())))
                        .toList()),
                array(tariff.scenarios().stream()
                        .map(s -> array(column(s.returnPpm()), column(s.basisPpm())))
                        .toList()),
                vectors(tariff.certified()),
                vectors(tariff.charged()),
                array(tariff.exits().exits().stream()
                        .map(e -> array(
                                integer(e.quantityMicro()),
                                integer(e.linearPpm()),
                                integer(e.beyondPpm()),
                                integer(e.farPpm())))
                        .toList()));
    }

    private static CanonicalValue group(LiquidityGroup group) {
        return array(
                text(group.name()),
                array(group.ladder().steps().stream()
                        .map(step -> array(integer(step.fromMicro()), integer(step.slope())))
                        .toList()),
                integer(group.capPpm()),
                integer(group.minimumExitMicro()),
                integer(group.hedgerGammaMicro()),
                array(group.cellsPpm().stream().map(CanonicalValue::integer).toList()));
    }

    private static CanonicalValue vectors(List<ContagionVector> vectors) {
        return array(vectors.stream().map(v -> column(v.rates())).toList());
    }

    private static CanonicalValue column(IntColumn column) {
        return array(column.stream().mapToObj(CanonicalValue::integer).toList());
    }
}
