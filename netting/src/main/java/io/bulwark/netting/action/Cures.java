package io.bulwark.netting.action;

import io.bulwark.clearing.governance.Parameter;
import io.bulwark.clearing.money.Ppm;
import io.bulwark.netting.action.Cure.Kind;
import io.bulwark.netting.formula.MarginLine.Role;
import io.bulwark.netting.margin.AccountChange;
import io.bulwark.netting.portfolio.Entry;
import io.bulwark.netting.portfolio.MarginAccount;
import io.bulwark.netting.risktable.AssetRisk;
import io.bulwark.netting.risktable.InstrumentRisk;
import io.bulwark.netting.risktable.RiskTable;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.LongFunction;
import java.util.function.LongUnaryOperator;

/**
 * The ways out of a call, cheapest first: for each asset, position, collateral and debt the smallest step that makes the account
 * open, found by search and verified by margining the account again.
 */
public final class Cures {
    /** What it costs to bring capital for the length of a call, of the capital. */
    public static final Parameter CAPITAL_CHARGE = new Parameter("action.capitalCharge", "ppm", 0, 100_000, 500);

    private static final long MILLION = Ppm.ONE;
    private static final long PARTS = 1_000;

    private final ActionTable rules;
    private final RiskTable table;
    private final MarginAccount account;
    private final long capitalCharge;
    private final List<Cure> cures = new ArrayList<>();

    private Cures(ActionTable rules, MarginAccount account, long capitalCharge) {
        this.rules = rules;
        this.table = rules.table();
        this.account = account;
        this.capitalCharge = capitalCharge;
    }

    /**
     * Every cure of one kind of step, cheapest first; none for an account that is open.
     *
     * @param rules the action table that every cure must pass
     * @param account admitted by the table
     * @param capitalCharge value of {@link #CAPITAL_CHARGE}
     */
    public static List<Cure> of(ActionTable rules, MarginAccount account, long capitalCharge) {
        long excess = rules.excess(account);
        if (excess >= 0) {
            return List.of();
        }
        Cures search = new Cures(rules, account, capitalCharge);
        search.depositCash(Math.negateExact(excess));
        search.table.assets().forEach(search::deposit);
        account.positions().forEach(search::reduce);
        search.reduceAll();
        account.collateral().forEach(entry -> search.sell(Kind.SELL, Role.COLLATERAL, entry));
        account.debt().forEach(entry -> search.sell(Kind.BUY_BACK, Role.DEBT, entry));
        search.cures.sort(Comparator.comparingLong(Cure::price));
        return List.copyOf(search.cures);
    }

    /** Each unit of cash raises E by at least itself, and neither IM nor a contagion buffer at all. */
    private void depositCash(long missing) {
        offer(Kind.DEPOSIT_CASH, "cash", missing, amount -> bring(amount, List.of()), amount -> amount);
    }

    private void deposit(AssetRisk asset) {
        long held = lots(account.collateral(), asset.number());
        offer(
                Kind.DEPOSIT,
                asset.id(),
                table.parameters().lotsMax() - held,
                lots -> bring(0, List.of(new Entry(asset.number(), lots))),
                lots -> Math.multiplyExact(lots, asset.price()));
    }

    private void reduce(Entry position) {
        InstrumentRisk risk = table.instrument(position.number()).orElseThrow();
        offer(
                Kind.REDUCE,
                risk.id(),
                Math.absExact(position.lots()),
                lots -> Action.trades(smaller(Role.POSITION, position, lots)),
                lots -> 0);
    }

    private void reduceAll() {
        if (account.positions().size() > 1) {
            offer(Kind.REDUCE_ALL, "all positions", PARTS, this::allSmaller, parts -> 0);
        }
    }

    private void sell(Kind kind, Role role, Entry entry) {
        String id = table.asset(entry.number()).orElseThrow().id();
        offer(kind, id, entry.lots(), lots -> Action.trades(smaller(role, entry, lots)), lots -> 0);
    }

    private void offer(Kind kind, String subject, long most, LongFunction<Action> step, LongUnaryOperator capital) {
        OptionalLong least = new ConcaveSearch(n -> excess(n, step), most).least();
        if (least.isEmpty() || least.getAsLong() == 0) {
            return;
        }
        Action action = step.apply(least.getAsLong());
        if (rules.judge(account, action).allowed()) {
            long brought = capital.applyAsLong(least.getAsLong());
            long cost = cost(action);
            long price = Math.addExact(cost, Math.ceilDiv(Math.multiplyExact(brought, capitalCharge), MILLION));
            long left = rules.excess(action.applyTo(account));
            cures.add(new Cure(kind, subject, action, brought, cost, price, left));
        }
    }

    private long excess(long n, LongFunction<Action> step) {
        return rules.excess(n == 0 ? account : step.apply(n).applyTo(account));
    }

    private Action allSmaller(long parts) {
        List<Fill> fills = account.positions().stream()
                .map(p -> smaller(Role.POSITION, p, Math.ceilDiv(Math.absExact(p.lots()) * parts, PARTS)))
                .toList();
        return Action.trades(fills.toArray(Fill[]::new));
    }

    /** A trade towards 0 at the far end of the price band. */
    private Fill smaller(Role role, Entry entry, long lots) {
        Entry change = new Entry(entry.number(), entry.lots() > 0 ? -lots : lots);
        return new Fill(role, change, rules.leastCash(new Fill(role, change, 0)));
    }

    private long cost(Action action) {
        return action.fills().stream()
                .mapToLong(fill -> Math.subtractExact(worth(fill), fill.cash()))
                .reduce(0, Math::addExact);
    }

    /** What a fill would pay at the table's mark or price. */
    private long worth(Fill fill) {
        long lots = fill.entry().lots();
        int number = fill.entry().number();
        return switch (fill.role()) {
            case POSITION ->
                Math.negateExact(Math.multiplyExact(
                        lots, table.instrument(number).orElseThrow().value()));
            case COLLATERAL ->
                Math.negateExact(Math.multiplyExact(
                        lots, table.asset(number).orElseThrow().price()));
            case DEBT ->
                Math.multiplyExact(lots, table.asset(number).orElseThrow().price());
        };
    }

    /** What is brought to a venue counts there as soon as it has come. */
    private Action bring(long cash, List<Entry> collateral) {
        return Action.transfer(new AccountChange(cash, List.of(), List.of(), collateral, List.of()).counted(table));
    }

    private static long lots(List<Entry> entries, int number) {
        return entries.stream()
                .filter(entry -> entry.number() == number)
                .mapToLong(Entry::lots)
                .sum();
    }
}
