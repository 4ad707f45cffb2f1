package io.bulwark.api.inquiry;

import io.bulwark.api.cycle.BadInput;
import io.bulwark.netting.PortfolioMargin;
import io.bulwark.netting.margin.AddOn;
import io.bulwark.netting.margin.Explanation;
import io.bulwark.netting.margin.HedgingBenefit;
import io.bulwark.netting.margin.MarginRefusal;
import io.bulwark.netting.margin.MarginResult;
import io.bulwark.netting.margin.MarginStatement;
import io.bulwark.netting.margin.Requirement;
import io.bulwark.netting.margin.WorstScenario;
import io.bulwark.netting.portfolio.MarginAccount;
import io.bulwark.netting.risktable.RiskTable;
import io.micronaut.serde.annotation.Serdeable;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The margin of one account, with why it is what it is. The integers are those of the statement; nothing is computed here that the statement does not hold.
 *
 * @param riskTable SHA-256 of the table's canonical encoding
 * @param state open, call or liquidation, after house allocation
 * @param counting the allocation whose figures decide the state: given, allPaid or returned
 * @param asBooked figures of the account as booked; its IM is the integer that is sealed and proved
 * @param candidates figures of every allocation that the house looked at, the booked one first
 * @param stress the worst combo, floored at 0
 * @param shortfall expected shortfall
 * @param addOns every add-on by name, zeros too
 * @param worstScenario the worst published scenario as a sentence
 * @param scenario the same by combo, family and group
 * @param terms amounts in u that sum exactly to the initial margin
 * @param hedging each entry alone against the account; null for an account of more than 100 entries
 * @param portfolio the account itself, in the form in which it can be asked again
 */
@Serdeable
@Schema(description = "The margin of one account, with why it is what it is")
public record MarginAnswer(
        @Schema(description = "SHA-256 of the risk table's canonical encoding")
        String riskTable,

        @Schema(description = "open, call or liquidation, after house allocation")
        String state,

        @Schema(description = "The allocation whose figures decide the state")
        String counting,

        @Schema(description = "Figures of the account as booked")
        Figures asBooked,

        @Schema(description = "Figures of every allocation that the house looked at")
        List<CandidateFigures> candidates,

        @Schema(description = "The worst combo, floored at 0")
        Money stress,

        @Schema(description = "Expected shortfall") Money shortfall,

        @Schema(description = "Every add-on by name, zeros too")
        Map<String, Money> addOns,

        @Schema(description = "The worst published scenario as a sentence")
        String worstScenario,

        @Schema(description = "The same by combo, family and group")
        WorstScenario scenario,

        @Schema(description = "Terms in u that sum exactly to the initial margin")
        List<Explanation.Term> terms,

        @Schema(description = "Each entry alone against the account; absent beyond 100 entries") @Nullable
        HedgingBenefit hedging,

        @Schema(description = "The account, in the form in which it can be asked again")
        Portfolio portfolio) {
    private static final int HEDGING_ENTRIES_MAX = 100;

    /**
     * The figures of one allocation.
     *
     * @param allocation given, allPaid or returned
     * @param figures its figures
     */
    @Serdeable
    public record CandidateFigures(String allocation, Figures figures) {}

    /**
     * The margin of an account over a table.
     *
     * @throws BadInput if the account has no margin: the first fault, by its code
     */
    public static MarginAnswer of(MarginAccount account, RiskTable table) {
        return of(PortfolioMargin.evaluate(table, account), table);
    }

    static MarginAnswer of(MarginResult result, RiskTable table) {
        return switch (result) {
            case MarginStatement statement -> of(statement, table);
            case MarginRefusal refusal ->
                throw new BadInput(refusal.field(), refusal.code().name(), refusal.text());
        };
    }

    /** The answer that a statement over this table holds. */
    public static MarginAnswer of(MarginStatement statement, RiskTable table) {
        Requirement given = statement.given();
        MarginAccount account = statement.account();
        return new MarginAnswer(
                table.digest().hex(),
                statement.state().label(),
                statement.house().counting().allocation().label(),
                Figures.of(given),
                statement.house().candidates().stream()
                        .map(c -> new CandidateFigures(c.allocation().label(), Figures.of(c.requirement())))
                        .toList(),
                Money.of(given.stress()),
                Money.of(given.shortfall()),
                addOns(given),
                statement.scenario().text(),
                statement.scenario(),
                statement.explanation().terms(),
                entries(account) > HEDGING_ENTRIES_MAX ? null : HedgingBenefit.of(table, account),
                Portfolio.of(account, table));
    }

    private static Map<String, Money> addOns(Requirement requirement) {
        Map<String, Money> named = new LinkedHashMap<>();
        for (AddOn addOn : AddOn.values()) {
            named.put(addOn.label(), Money.of(requirement.addOns().getOrDefault(addOn, 0L)));
        }
        return named;
    }

    private static int entries(MarginAccount account) {
        return account.positions().size()
                + account.collateral().size()
                + account.debt().size();
    }
}
