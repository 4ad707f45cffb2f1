package io.bulwark.netting.buffer;

import static io.bulwark.clearing.document.CanonicalValue.array;
import static io.bulwark.clearing.document.CanonicalValue.integer;
import static io.bulwark.clearing.document.CanonicalValue.text;

import io.bulwark.clearing.document.CanonicalException;
import io.bulwark.clearing.document.CanonicalFields;
import io.bulwark.clearing.document.CanonicalValue;
import io.bulwark.netting.contagion.ContagionRules;
import io.bulwark.netting.contagion.ContagionScenario;
import io.bulwark.netting.contagion.ContagionSymbol;
import io.bulwark.netting.contagion.ContagionVector;
import io.bulwark.netting.contagion.ImpactLadder;
import io.bulwark.netting.contagion.LiquidityGroup;
import io.bulwark.netting.risktable.IntColumn;
import java.util.Arrays;
import java.util.List;

/** The one encoding of a tariff: schema {@code buffer-tariff.cddl}. */
final class TariffEncoding {
    private static final String SCHEMA = "bulwark-buffer-tariff";
    private static final long VERSION = 2;

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
                        .toList()),
                vega(tariff.vega()));
    }

    private static CanonicalValue vega(VegaTariff vega) {
        return array(
                array(vega.buckets().stream()
                        .map(b -> array(
                                integer(b.group()),
                                integer(b.tenorDays()),
                                integer(b.wing().code()),
                                integer(b.capacityMicro()),
                                integer(b.volMovePoints()),
                                integer(b.netShortVegaMicro()),
                                integer(b.haircutPpm())))
                        .toList()),
                array(vega.options().stream()
                        .map(o -> array(
                                text(o.id()),
                                array(o.shares().stream()
                                        .map(share -> array(integer(share.bucket()), integer(share.vegaMicro())))
                                        .toList())))
                        .toList()));
    }

    private static VegaTariff.Wing wing(long code) {
        return Arrays.stream(VegaTariff.Wing.values())
                .filter(wing -> wing.code() == code)
                .findFirst()
                .orElseThrow(() -> new CanonicalException("wing", Long.toString(code), "must be 0, 1 or 2"));
    }

    private static VegaTariff vega(CanonicalFields fields) {
        VegaTariff vega = new VegaTariff(
                fields.list(
                        "buckets",
                        f -> new VegaTariff.Bucket(
                                int32(f, "group"),
                                int32(f, "tenorDays"),
                                wing(f.integer("wing")),
                                f.integer("capacity"),
                                int32(f, "volMove"),
                                f.integer("netShort"),
                                int32(f, "haircut"))),
                fields.list(
                        "options",
                        f -> new VegaTariff.OptionVega(
                                f.text("id"),
                                f.list(
                                        "shares",
                                        share ->
                                                new VegaTariff.Share(int32(share, "bucket"), share.integer("vega"))))));
        fields.end();
        return vega;
    }

    static BufferTariff read(CanonicalValue value) {
        CanonicalFields fields = CanonicalFields.document(value, SCHEMA, VERSION);
        ContagionRules rules = rules(fields.fields("rules"));
        BufferTariff tariff = new BufferTariff(
                fields.list("groups", TariffEncoding::group),
                fields.list(
                        "symbols", f -> new ContagionSymbol(f.text("name"), int32(f, "group"), f.text("unwindSet"))),
                fields.list("scenarios", f -> new ContagionScenario(column(f, "returns"), column(f, "basis"))),
                rules,
                vectors(fields, "certified"),
                vectors(fields, "charged"),
                new ExitRates(fields.list(
                        "exits",
                        f -> new Exit(f.integer("quantity"), int32(f, "linear"), int32(f, "beyond"), int32(f, "far")))),
                vega(fields.fields("vega")));
        fields.end();
        return tariff;
    }

    private static ContagionRules rules(CanonicalFields fields) {
        ContagionRules rules =
                new ContagionRules(int32(fields, "span"), int32(fields, "exitShare"), int32(fields, "ownSizeLimit"));
        fields.end();
        return rules;
    }

    private static LiquidityGroup group(CanonicalFields fields) {
        return new LiquidityGroup(
                fields.text("name"),
                new ImpactLadder(fields.list(
                        "ladder", step -> new ImpactLadder.Step(step.integer("from"), step.integer("slope")))),
                int32(fields, "cap"),
                fields.integer("minimumExit"),
                fields.integer("hedgerGamma"),
                column(fields, "cells").stream().boxed().toList());
    }

    private static List<ContagionVector> vectors(CanonicalFields fields, String name) {
        return elements(name, fields.value(name)).stream()
                .map(vector -> new ContagionVector(column(name, vector)))
                .toList();
    }

    private static IntColumn column(CanonicalFields fields, String name) {
        return column(name, fields.value(name));
    }

    private static IntColumn column(String name, CanonicalValue value) {
        CanonicalFields cells = CanonicalFields.of(name, value);
        return IntColumn.of(elements(name, value).stream()
                .mapToInt(ignored -> int32(cells, "entry"))
                .toArray());
    }

    private static List<CanonicalValue> elements(String name, CanonicalValue value) {
        if (value instanceof CanonicalValue.Array(List<CanonicalValue> elements)) {
            return elements;
        }
        throw new CanonicalException(name, value.toString(), "must be an array");
    }

    private static int int32(CanonicalFields fields, String name) {
        return (int) fields.integer(name, Integer.MIN_VALUE, Integer.MAX_VALUE);
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
