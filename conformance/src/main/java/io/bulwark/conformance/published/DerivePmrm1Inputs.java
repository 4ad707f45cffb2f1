package io.bulwark.conformance.published;

import io.bulwark.clearing.document.BadInput;
import io.bulwark.conformance.CaseFields;
import io.bulwark.netting.venuemargin.HeldExpiry;
import io.bulwark.netting.venuemargin.HeldExpiry.HeldOption;
import io.bulwark.netting.venuemargin.Pmrm1.Pmrm1Portfolio;
import io.bulwark.netting.venuemargin.Pmrm1.PmrmMarket;
import io.bulwark.netting.venuemargin.Pmrm1Parameters;
import io.bulwark.netting.venuemargin.Pmrm1Parameters.BasisContingency;
import io.bulwark.netting.venuemargin.SpotVolatilityScenario;
import io.bulwark.netting.venuemargin.SpotVolatilityScenario.VolatilityMove;
import io.bulwark.netting.venuemargin.VolatilityShock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The inputs of a case of Derive's portfolio risk manager, version 1. An expiry may stand several times; its lowest confidence counts. */
record DerivePmrm1Inputs(CaseFields document, CaseFields inputs) {
    Pmrm1Parameters parameters() {
        CaseFields p = document.object("params");
        return new Pmrm1Parameters(
                new BasisContingency(number(p, "up"), number(p, "dn"), number(p, "add"), number(p, "mult")),
                number(p, "pegT"),
                number(p, "pegF"),
                number(p, "confT"),
                number(p, "confM"),
                number(p, "base"),
                number(p, "perp"),
                number(p, "opt"),
                number(p, "im"),
                number(p, "sd"),
                number(p, "rm"),
                number(p, "ra"),
                new VolatilityShock(
                        number(p, "vu"), number(p, "vd"), number(p, "st"), number(p, "lt"), number(p, "floor")),
                document.elements("scenarios").stream()
                        .map(row -> new SpotVolatilityScenario(
                                DeriveOptions.number(row, 0),
                                move(row.getKey(), row.getValue().path(1).asText()),
                                1))
                        .toList());
    }

    PmrmMarket market() {
        return new PmrmMarket(
                number(inputs, "spot"),
                number(inputs, "spotConf"),
                number(inputs, "stable"),
                number(inputs, "perpPrice"),
                number(inputs, "perpConf"));
    }

    Pmrm1Portfolio portfolio() {
        return new Pmrm1Portfolio(
                number(inputs, "cash"),
                number(inputs, "perps"),
                number(inputs, "perpPnl") + number(inputs, "funding"),
                number(inputs, "base"),
                expiries());
    }

    private List<HeldExpiry> expiries() {
        Map<Long, HeldExpiry> bySeconds = new LinkedHashMap<>();
        for (CaseFields row : inputs.objects("expiries")) {
            HeldExpiry expiry = new HeldExpiry(
                    row.int64("sec"),
                    number(row, "fwdFixed"),
                    number(row, "fwdVar"),
                    number(row, "rate"),
                    Math.min(number(row, "fwdConf"), number(row, "rateConf")),
                    List.of());
            bySeconds.merge(expiry.seconds(), expiry, (a, b) -> a.confidence() <= b.confidence() ? a : b);
        }
        return inputs.elements("options").stream()
                .map(row -> DeriveOptions.of(row, 0))
                .reduce(bySeconds, (expiries, row) -> with(expiries, row, inputs), (a, b) -> a)
                .values()
                .stream()
                .toList();
    }

    /** The expiries with one more option. */
    static Map<Long, HeldExpiry> with(Map<Long, HeldExpiry> expiries, DeriveOptions row, CaseFields inputs) {
        HeldExpiry held = expiries.get(row.seconds());
        if (held == null) {
            throw CaseFields.refusal(
                    inputs.at("options"), inputs.required("options"), "must name an expiry of the case");
        }
        List<HeldOption> options = new ArrayList<>(held.options());
        options.add(row.option());
        expiries.put(
                row.seconds(),
                new HeldExpiry(
                        held.seconds(),
                        held.fixedForward(),
                        held.variableForward(),
                        held.rate(),
                        Math.min(held.confidence(), row.confidence()),
                        options));
        return expiries;
    }

    /** A volatility move by its name in a case. */
    static VolatilityMove move(String where, String name) {
        return switch (name) {
            case "U", "Up" -> VolatilityMove.UP;
            case "N", "None" -> VolatilityMove.NONE;
            case "D", "Down" -> VolatilityMove.DOWN;
            case "Linear" -> VolatilityMove.LINEAR;
            case "Abs" -> VolatilityMove.ABSOLUTE;
            default -> throw new BadInput(where, name, "must be Up, None, Down, Linear or Abs");
        };
    }

    /** A number as a double. */
    static double number(CaseFields fields, String name) {
        return fields.decimal(name).doubleValue();
    }
}
