package io.bulwark.api.advice;

import io.bulwark.api.account.AccountRequest;
import io.bulwark.api.account.EpochView;
import io.bulwark.api.door.JsonFields;
import io.bulwark.api.door.Money;
import io.bulwark.clearing.document.BadInput;
import io.bulwark.house.epoch.EpochMarket;
import io.bulwark.netting.action.ActionTable;
import io.bulwark.netting.action.Cure;
import io.bulwark.netting.action.Cures;
import io.bulwark.netting.action.LargestTrade;
import io.bulwark.netting.action.TableAge;
import io.bulwark.netting.margin.HouseAllocation;
import io.bulwark.netting.margin.ScenarioRanking;
import io.bulwark.netting.portfolio.Entry;
import io.bulwark.netting.portfolio.MarginAccount;
import io.bulwark.netting.risktable.InstrumentRisk;
import io.bulwark.netting.risktable.RiskTable;
import io.micronaut.serde.annotation.Serdeable;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Where an account stands: what costs it most, how far away liquidation is, what would cure a call, and how much more it may trade.
 *
 * @param state open, call or liquidation, after house allocation
 * @param excessInitial E − IM of the allocation that counts, less the contagion buffer where the house publishes one
 * @param buffer what that allocation must hold beside its initial margin; absent where the house publishes no contagion buffer
 * @param scenarios the five costliest published scenarios
 * @param distances for each group of its positions, assets and debts, and for time
 * @param cures the ways out of a call or liquidation, cheapest first; none for an open account
 * @param largestTrades for each instrument held
 */
@Serdeable
public record OutlookAnswer(
        String state,
        Money excessInitial,

        @Schema(requiredMode = Schema.RequiredMode.NOT_REQUIRED)
        Optional<Money> buffer,

        List<Scenario> scenarios,
        List<Distance> distances,
        List<Way> cures,
        List<Room> largestTrades) {
    private static final int SCENARIOS = 5;
    private static final int ENTRIES_MAX = 100;

    /**
     * One published scenario.
     *
     * @param family in which it stands
     * @param loss of the account in it; negative where it gains
     * @param text in words
     */
    @Serdeable
    public record Scenario(String family, Money loss, String text) {}

    /**
     * How far one thing must move until the account is liquidated, by the house or by a venue, whichever is first.
     *
     * @param what price or volatility of a group, or time
     * @param direction down, up or later
     * @param reached whether any move that was looked at liquidates
     * @param move the smallest that does, in words; or the farthest looked at
     * @param level where the price would be; absent for volatility, for time and where nothing liquidates
     * @param acts what the house and each venue of a booked account would do, the nearest first; of a price alone
     */
    @Serdeable
    public record Distance(
            String what,
            String direction,
            boolean reached,
            String move,

            @Schema(requiredMode = Schema.RequiredMode.NOT_REQUIRED)
            Optional<String> level,

            List<Act> acts) {
        /** Copies. */
        public Distance {
            acts = List.copyOf(acts);
        }
    }

    /**
     * What the house or a venue would do as a price moves.
     *
     * @param who the house, or the venue by its name
     * @param reached whether it would act at any move that was looked at
     * @param move at which; or the farthest looked at
     * @param level where the price would be; absent where that is not known
     * @param text in words
     */
    @Serdeable
    public record Act(
            String who,
            boolean reached,
            String move,

            @Schema(requiredMode = Schema.RequiredMode.NOT_REQUIRED)
            Optional<String> level,

            String text) {}

    /**
     * One way out.
     *
     * @param kind what is done
     * @param subject with what
     * @param step in words
     * @param capital what must be brought; it stays the owner's
     * @param cost what is lost on the way
     * @param excessInitial E − IM afterwards, less the contagion buffer where the house publishes one
     */
    @Serdeable
    public record Way(String kind, String subject, String step, Money capital, Money cost, Money excessInitial) {}

    /**
     * How much more of one instrument may be traded.
     *
     * @param instrument id
     * @param buy lots, at the mark and the spread; 0 if none
     * @param sell lots, as a positive number; 0 if none
     */
    @Serdeable
    public record Room(String instrument, long buy, long sell) {}

    /** Copies. */
    public OutlookAnswer {
        scenarios = List.copyOf(scenarios);
        distances = List.copyOf(distances);
        cures = List.copyOf(cures);
        largestTrades = List.copyOf(largestTrades);
    }

    /**
     * The outlook of a booked account, or of any portfolio.
     *
     * @param asked {@code {account | portfolio}}
     * @param view the table to compute with, and the market that it was built from
     * @throws BadInput naming field, value and rule
     */
    public static OutlookAnswer of(JsonFields asked, EpochView view) {
        MarginAccount account = AccountRequest.account(asked, view);
        asked.nothingElse();
        return of(account, AccountRequest.view(asked, view));
    }

    /** The outlook of an account. */
    public static OutlookAnswer of(MarginAccount account, EpochView view) {
        RiskTable table = view.table();
        view.requireAdmitted(account);
        requireFew(account);
        EpochMarket market = view.requireMarket();
        ActionTable rules = new ActionTable(table, TableAge.fresh(market.parameters()), Map.of(), view.buffered());
        HouseAllocation house = rules.house(account);
        return new OutlookAnswer(
                house.state().label(),
                Money.of(house.excess()),
                view.buffered().map(ignored -> Money.of(house.beside())),
                ScenarioRanking.of(table, account, SCENARIOS).points().stream()
                        .map(point -> new Scenario(point.family(), Money.of(point.loss()), point.text()))
                        .toList(),
                Distances.of(account, view),
                Cures.of(rules, account, market.parameters().value(Cures.CAPITAL_CHARGE)).stream()
                        .map(cure -> way(cure, table))
                        .toList(),
                account.positions().stream()
                        .map(position -> room(rules, account, position))
                        .toList());
    }

    private static void requireFew(MarginAccount account) {
        int entries = account.positions().size()
                + account.collateral().size()
                + account.debt().size();
        if (entries > ENTRIES_MAX) {
            throw new BadInput("portfolio", entries + " entries", "an outlook is given for at most " + ENTRIES_MAX);
        }
    }

    private static Way way(Cure cure, RiskTable table) {
        return new Way(
                cure.kind().name().toLowerCase(Locale.ROOT).replace('_', ' '),
                cure.subject(),
                step(cure, table),
                Money.of(cure.capital()),
                Money.of(cure.cost()),
                Money.of(cure.excess()));
    }

    private static String step(Cure cure, RiskTable table) {
        return switch (cure.kind()) {
            case DEPOSIT_CASH -> "bring " + Money.of(cure.capital()).usd() + " USD";
            case DEPOSIT ->
                "bring " + cure.action().transfers().collateral().getFirst().lots() + " lots of " + cure.subject();
            case REDUCE, SELL, BUY_BACK ->
                traded(cure.action().fills().getFirst().entry().lots()) + cure.subject();
            case REDUCE_ALL ->
                String.join(
                        ", ",
                        cure.action().fills().stream()
                                .map(fill -> traded(fill.entry().lots())
                                        + table.instrument(fill.entry().number())
                                                .map(InstrumentRisk::id)
                                                .orElseThrow())
                                .toList());
        };
    }

    private static String traded(long lots) {
        return (lots > 0 ? "buy " : "sell ") + Math.absExact(lots) + " lots of ";
    }

    private static Room room(ActionTable rules, MarginAccount account, Entry position) {
        return new Room(
                rules.table()
                        .instrument(position.number())
                        .map(InstrumentRisk::id)
                        .orElseThrow(),
                lots(LargestTrade.of(rules, account, position.number(), true)),
                lots(LargestTrade.of(rules, account, position.number(), false)));
    }

    private static long lots(Optional<LargestTrade> trade) {
        return trade.map(t -> Math.absExact(t.lots())).orElse(0L);
    }
}
