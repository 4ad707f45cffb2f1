package io.bulwark.api.comparison;

import io.bulwark.api.account.AccountRequest;
import io.bulwark.api.account.EpochView;
import io.bulwark.api.door.JsonFields;
import io.bulwark.api.door.Money;
import io.bulwark.clearing.document.BadInput;
import io.bulwark.clearing.instrument.ListedInstrument;
import io.bulwark.house.epoch.EpochMarket;
import io.bulwark.netting.comparison.ContractTerms;
import io.bulwark.netting.comparison.MethodComparison;
import io.bulwark.netting.comparison.MethodComparison.Method;
import io.bulwark.netting.placement.Placement.Place;
import io.bulwark.netting.portfolio.Entry;
import io.bulwark.netting.portfolio.MarginAccount;
import io.micronaut.serde.annotation.Serdeable;
import io.swagger.v3.oas.annotations.media.Schema;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;

/**
 * One portfolio under every method: isolated, cross, portfolio; static, value at risk, expected shortfall, stress.
 *
 * @param notional what the positions follow, long and short added; the base of the shares
 * @param lines one per method
 */
@Serdeable
public record ComparisonAnswer(Money notional, List<Line> lines) {
    /**
     * One method's answer.
     *
     * @param method its name
     * @param definition what it asks for, in one sentence
     * @param amount absent where the table publishes nothing to compute it from
     * @param share of the notional, percent with three places; absent with the amount or without a notional
     */
    @Serdeable
    public record Line(
            String method,
            String definition,

            @Schema(requiredMode = Schema.RequiredMode.NOT_REQUIRED)
            Optional<Money> amount,

            @Schema(requiredMode = Schema.RequiredMode.NOT_REQUIRED)
            Optional<String> share) {}

    /** Copies. */
    public ComparisonAnswer {
        lines = List.copyOf(lines);
    }

    /**
     * Compares a booked account, or any portfolio.
     *
     * @param asked {@code {account | portfolio}}
     * @param view the table to compute with, and the market that it was built from
     * @throws BadInput naming field, value and rule
     */
    public static ComparisonAnswer of(JsonFields asked, EpochView view) {
        MarginAccount account = AccountRequest.account(asked, view);
        asked.nothingElse();
        return of(account, view);
    }

    /** Compares an account. */
    public static ComparisonAnswer of(MarginAccount account, EpochView view) {
        view.requireAdmitted(account);
        EpochMarket market = view.requireMarket();
        MethodComparison comparison = MethodComparison.of(
                view.table(),
                account,
                terms(account, market),
                market.parameters().value(MethodComparison.STATIC_SHARE),
                market.parameters().value(MethodComparison.CROSS_MOVE));
        return new ComparisonAnswer(
                Money.of(comparison.notional()),
                comparison.lines().stream()
                        .map(line -> line(line, comparison.notional()))
                        .toList());
    }

    private static Map<Integer, ContractTerms> terms(MarginAccount account, EpochMarket market) {
        Map<Integer, ContractTerms> terms = new TreeMap<>();
        for (Entry position : account.positions()) {
            ListedInstrument listed = market.listing().instrument(Place.listed(position.number()));
            ContractTerms.of(listed, market.market()).ifPresent(known -> terms.put(position.number(), known));
        }
        return terms;
    }

    private static Line line(MethodComparison.Line line, long notional) {
        OptionalLong amount = line.amount();
        return new Line(
                line.method().name().toLowerCase(Locale.ROOT).replace('_', ' '),
                definition(line.method()),
                amount.isPresent() ? Optional.of(Money.of(amount.getAsLong())) : Optional.empty(),
                amount.isPresent() && notional > 0
                        ? Optional.of(percent(amount.getAsLong(), notional))
                        : Optional.empty());
    }

    static String percent(long amount, long notional) {
        return BigDecimal.valueOf(amount)
                .movePointRight(2)
                .divide(BigDecimal.valueOf(notional), 3, RoundingMode.HALF_EVEN)
                .toPlainString();
    }

    private static String definition(Method method) {
        return switch (method) {
            case ISOLATED -> "every leg by itself: a bought option its premium, another leg its own initial margin";
            case CROSS -> "one pool, one move of every price up or down, every leg settled at once: the larger loss";
            case PORTFOLIO -> "initial margin of the positions together";
            case STATIC -> "a fixed share of notional";
            case VALUE_AT_RISK -> "the loss that the published weighted rows pass with the tail's probability";
            case EXPECTED_SHORTFALL -> "mean of the published rows beyond it";
            case STRESS -> "the worst published stress, without add-ons";
        };
    }
}
