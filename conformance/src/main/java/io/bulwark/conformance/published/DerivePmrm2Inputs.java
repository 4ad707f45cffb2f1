package io.bulwark.conformance.published;

import com.fasterxml.jackson.databind.JsonNode;
import io.bulwark.conformance.CaseFields;
import io.bulwark.netting.venuemargin.HeldExpiry;
import io.bulwark.netting.venuemargin.Pmrm1.PmrmMarket;
import io.bulwark.netting.venuemargin.Pmrm1Parameters.BasisContingency;
import io.bulwark.netting.venuemargin.Pmrm2Parameters;
import io.bulwark.netting.venuemargin.Pmrm2Parameters.Charges;
import io.bulwark.netting.venuemargin.Pmrm2Parameters.Factors;
import io.bulwark.netting.venuemargin.Pmrm2Parameters.SkewShock;
import io.bulwark.netting.venuemargin.Pmrm2Portfolio;
import io.bulwark.netting.venuemargin.Pmrm2Portfolio.HeldCollateral;
import io.bulwark.netting.venuemargin.SpotVolatilityScenario;
import io.bulwark.netting.venuemargin.VolatilityShock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The inputs of a case of Derive's portfolio risk manager, version 2: the file's parameters and a scenario set, changed as the case says. */
record DerivePmrm2Inputs(CaseFields document, CaseFields inputs) {
    private static final long SETTLEMENT_SECONDS = 1_800;
    private static final double DAY_SECONDS = 86_400;

    Pmrm2Parameters parameters() {
        return new Pmrm2Parameters(
                new BasisContingency(
                        parameter("SCENARIO_SPOT_UP"),
                        parameter("SCENARIO_SPOT_DOWN"),
                        parameter("BASIS_CONT_ADD_FACTOR"),
                        parameter("BASIS_CONT_MULT_FACTOR")),
                new Charges(
                        parameter("PEG_LOSS_THRESHOLD"),
                        parameter("PEG_LOSS_FACTOR"),
                        parameter("CONF_THRESHOLD"),
                        parameter("CONF_MARGIN"),
                        parameter("MM_PERP_PERCENT"),
                        parameter("IM_PERP_PERCENT"),
                        parameter("MM_OPTION_PERCENT"),
                        parameter("IM_OPTION_PERCENT")),
                new Factors(
                        parameter("IM_LOSS_FACTOR"),
                        parameter("MM_LOSS_FACTOR"),
                        parameter("SHORT_RATE_MULTSCALE"),
                        parameter("LONG_RATE_MULTSCALE"),
                        parameter("SHORT_RATE_ADDSCALE"),
                        parameter("LONG_RATE_ADDSCALE"),
                        parameter("BASE_STATIC_DISCOUNT_NEG"),
                        parameter("BASE_STATIC_DISCOUNT")),
                new VolatilityShock(
                        parameter("VOLRANGEUP"),
                        parameter("VOLRANGEDOWN"),
                        parameter("SHORTTERMPOWER"),
                        parameter("LONGTERMPOWER"),
                        parameter("DTE_FLOOR") * DAY_SECONDS),
                parameter("MIN_VOL_EVAL_SHOCKED"),
                new SkewShock(
                        parameter("LINEAR_SCALE_CAP"),
                        parameter("LINEAR_CBASE"),
                        parameter("ABS_SCALE_CAP"),
                        parameter("ABS_CBASE"),
                        parameter("MIN_K_STAR"),
                        parameter("MIN_WIDTH_SCALE"),
                        parameter("VOL_PARAM_STATIC"),
                        parameter("VOL_PARAM_SCALE")),
                scenarios());
    }

    private double parameter(String name) {
        CaseFields changed = inputs.object("paramDiff");
        return DerivePmrm1Inputs.number(changed.has(name) ? changed : document.object("baseParams"), name);
    }

    private List<SpotVolatilityScenario> scenarios() {
        List<Map.Entry<String, JsonNode>> sets = document.elements("scenarioSets");
        int set = inputs.int32("scenarioSet");
        if (set < 0 || set >= sets.size()) {
            throw CaseFields.refusal(
                    inputs.at("scenarioSet"), inputs.required("scenarioSet"), "must be a set of the file");
        }
        return CaseFields.elements(sets.get(set).getKey(), sets.get(set).getValue()).stream()
                .map(row -> new SpotVolatilityScenario(
                        DeriveOptions.number(row, 0),
                        DerivePmrm1Inputs.move(
                                row.getKey(), row.getValue().path(1).asText()),
                        DeriveOptions.number(row, 2)))
                .toList();
    }

    PmrmMarket market() {
        CaseFields m = inputs.object("market");
        return new PmrmMarket(
                DerivePmrm1Inputs.number(m, "spot"),
                DerivePmrm1Inputs.number(m, "spotConf"),
                DerivePmrm1Inputs.number(m, "stable"),
                DerivePmrm1Inputs.number(m, "perp"),
                DerivePmrm1Inputs.number(m, "perpConf"));
    }

    Pmrm2Portfolio portfolio() {
        CaseFields p = inputs.object("portfolio");
        return new Pmrm2Portfolio(
                DerivePmrm1Inputs.number(p, "cash"),
                DerivePmrm1Inputs.number(p, "perps"),
                DerivePmrm1Inputs.number(p, "perpPnl") + DerivePmrm1Inputs.number(p, "perpFunding"),
                p.objects("collateral").stream().map(this::collateral).toList(),
                expiries(p));
    }

    private HeldCollateral collateral(CaseFields row) {
        double stable = DerivePmrm1Inputs.number(inputs.object("market"), "stable");
        return new HeldCollateral(
                DerivePmrm1Inputs.number(row, "amt") * DerivePmrm1Inputs.number(row, "price") / stable,
                DerivePmrm1Inputs.number(row, "conf"),
                row.required("riskCancelling").booleanValue(),
                DerivePmrm1Inputs.number(row, "imHaircut"),
                DerivePmrm1Inputs.number(row, "mmHaircut"));
    }

    private List<HeldExpiry> expiries(CaseFields portfolio) {
        Map<Long, HeldExpiry> bySeconds = new LinkedHashMap<>();
        for (CaseFields row : inputs.object("market").objects("expiries")) {
            HeldExpiry expiry = expiry(row);
            bySeconds.put(expiry.seconds(), expiry);
        }
        for (Map.Entry<String, JsonNode> row : portfolio.elements("options")) {
            DerivePmrm1Inputs.with(bySeconds, DeriveOptions.of(row, 0), portfolio);
        }
        return List.copyOf(bySeconds.values());
    }

    /** In the last half hour the part of the forward that is averaged already does not move. */
    private static HeldExpiry expiry(CaseFields row) {
        long seconds = row.int64("sec");
        double forward = DerivePmrm1Inputs.number(row, "fwd");
        double open = Math.min(seconds, SETTLEMENT_SECONDS) / (double) SETTLEMENT_SECONDS;
        double confidence = Math.min(
                Math.min(DerivePmrm1Inputs.number(row, "fwdConf"), DerivePmrm1Inputs.number(row, "rateConf")),
                DerivePmrm1Inputs.number(row, "volConf"));
        return new HeldExpiry(
                seconds,
                forward * (1 - open),
                forward * open,
                DerivePmrm1Inputs.number(row, "rate"),
                confidence,
                List.of());
    }
}
