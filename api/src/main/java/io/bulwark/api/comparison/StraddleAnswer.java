package io.bulwark.api.comparison;

import io.bulwark.api.door.Money;
import io.bulwark.netting.comparison.Straddle;
import io.micronaut.serde.annotation.Serdeable;
import java.util.List;

/**
 * The long straddle of the source text: about 30 % of notional isolated, 20 % in a simple cross, 12 to 15 % as a portfolio.
 *
 * @param contract which straddle
 * @param notional once for both legs
 * @param lines one per method
 */
@Serdeable
record StraddleAnswer(String contract, Money notional, List<Line> lines) {
    /**
     * One method's answer.
     *
     * @param method its name
     * @param definition what it asks for, in one sentence
     * @param amount what
     * @param share of the notional, percent with three places
     */
    @Serdeable
    public record Line(String method, String definition, Money amount, String share) {}

    /** Copies. */
    public StraddleAnswer {
        lines = List.copyOf(lines);
    }

    /** The one pinned contract set. */
    public static StraddleAnswer sourceText() {
        Straddle straddle = Straddle.of(Straddle.sourceText());
        return new StraddleAnswer(
                "100 ETH calls and 100 puts of 0.01 ETH, spot and strike 2,000 USD, 30 days, volatility 132 %, X 16 %",
                Money.of(straddle.notional()),
                List.of(
                        line(
                                straddle,
                                "isolated",
                                "both premiums: each leg's worst loss over all prices",
                                straddle.isolated()),
                        line(
                                straddle,
                                "cross",
                                "one pool, one move of 10 % up or down, legs at expiry value",
                                straddle.cross()),
                        line(
                                straddle,
                                "portfolio",
                                "worst of 9 prices by 3 volatilities, half spread of both legs, quantisation",
                                straddle.initialMargin()),
                        line(
                                straddle,
                                "portfolio, both legs sold",
                                "the same; isolated its loss has no bound",
                                straddle.shortInitialMargin())));
    }

    private static Line line(Straddle straddle, String method, String definition, long amount) {
        return new Line(method, definition, Money.of(amount), ComparisonAnswer.percent(amount, straddle.notional()));
    }
}
