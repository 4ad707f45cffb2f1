package io.bulwark.conformance.margin;

import com.fasterxml.jackson.databind.JsonNode;
import io.bulwark.conformance.Computation;
import io.bulwark.conformance.CsvRow;
import io.bulwark.conformance.ReferenceCase;
import io.bulwark.netting.pricing.BlackScholesMerton;
import io.bulwark.netting.pricing.MertonJumpDiffusion;
import java.util.Optional;
import java.util.function.ToDoubleFunction;

/** European options: prices and Greeks under Black, Scholes and Merton, prices under Merton's jump diffusion. */
final class OptionCases implements Computation {
    private static final String PRICE = CsvRow.kind("price", "type", "strike", "spot", "q", "r", "T", "vol");
    private static final String GREEK = CsvRow.kind("value", "greek", "type", "strike", "spot", "q", "r", "T", "vol");
    private static final String JUMPS_RESULT = "price_60terms_computed";
    private static final String JUMPS =
            CsvRow.kind(JUMPS_RESULT, "type", "strike", "spot", "q", "r", "T", "totalVol", "jumpIntensity", "gamma");

    @Override
    public boolean knows(String kind) {
        return kind.equals(PRICE) || kind.equals(GREEK) || kind.equals(JUMPS);
    }

    @Override
    public Optional<JsonNode> compute(ReferenceCase asked) {
        CsvRow row = new CsvRow(asked);
        if (asked.kind().equals(PRICE)) {
            return row.result("price", () -> option(row, "vol").price());
        }
        if (asked.kind().equals(JUMPS)) {
            return row.result(JUMPS_RESULT, () -> jumps(row).price());
        }
        return greek(row.cell("greek"))
                .flatMap(greek -> row.result("value", () -> greek.applyAsDouble(option(row, "vol"))));
    }

    private static Optional<ToDoubleFunction<BlackScholesMerton>> greek(String name) {
        return switch (name) {
            case "delta" -> Optional.of(BlackScholesMerton::delta);
            case "gamma" -> Optional.of(BlackScholesMerton::gamma);
            case "speed" -> Optional.of(BlackScholesMerton::speed);
            case "vega" -> Optional.of(BlackScholesMerton::vega);
            case "theta" -> Optional.of(BlackScholesMerton::theta);
            case "thetaPerDay" -> Optional.of(BlackScholesMerton::thetaPerDay);
            case "rho" -> Optional.of(BlackScholesMerton::rho);
            case "dividendRho" -> Optional.of(BlackScholesMerton::dividendRho);
            case "carry", "carryRho", "rhoCarry" -> Optional.of(BlackScholesMerton::carryRho);
            case "elasticity", "lambda" -> Optional.of(BlackScholesMerton::elasticity);
            case "vanna" -> Optional.of(BlackScholesMerton::vanna);
            case "volga", "vomma" -> Optional.of(BlackScholesMerton::volga);
            case "charm" -> Optional.of(BlackScholesMerton::charm);
            case "veta" -> Optional.of(BlackScholesMerton::veta);
            case "vera" -> Optional.of(BlackScholesMerton::vera);
            case "dualDelta", "strikeSensitivity" -> Optional.of(BlackScholesMerton::dualDelta);
            case "dualGamma" -> Optional.of(BlackScholesMerton::dualGamma);
            default -> Optional.empty();
        };
    }

    private static MertonJumpDiffusion jumps(CsvRow row) {
        return MertonJumpDiffusion.ofTotal(option(row, "totalVol"), row.number("jumpIntensity"), row.number("gamma"));
    }

    private static BlackScholesMerton option(CsvRow row, String volatility) {
        return new BlackScholesMerton(
                row.right(),
                row.number("spot"),
                row.number("strike"),
                row.number("q"),
                row.number("r"),
                row.number("T"),
                row.number(volatility));
    }
}
