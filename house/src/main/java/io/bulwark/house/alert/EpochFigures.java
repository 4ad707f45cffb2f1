package io.bulwark.house.alert;

import io.bulwark.clearing.alert.AlertRule;
import io.bulwark.clearing.alert.AlertRule.Kind;
import io.bulwark.clearing.alert.AlertRule.Subject;
import io.bulwark.clearing.instrument.ListedAsset;
import io.bulwark.clearing.money.Ppm;
import io.bulwark.house.epoch.AccountLine;
import io.bulwark.house.epoch.ComputedEpoch;
import io.bulwark.netting.action.LiquidationDistance;
import io.bulwark.netting.action.LiquidationDistance.World;
import io.bulwark.netting.buffer.HouseBuffer;
import io.bulwark.netting.margin.MarginStatement;
import io.bulwark.netting.market.Market;
import io.bulwark.netting.portfolio.Entry;
import io.bulwark.netting.portfolio.MarginAccount;
import io.bulwark.netting.risktable.AssetRisk;
import io.bulwark.netting.risktable.InstrumentRisk;
import io.bulwark.netting.risktable.RiskTable;
import java.math.BigInteger;
import java.util.Collection;
import java.util.Comparator;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The figures of accounts, members and assets in a sealed epoch, by subject. Of an account without a margin nothing is known.
 *
 * @param members who stands behind each account, by number
 */
record EpochFigures(ComputedEpoch epoch, Map<Integer, String> members) {
    private static final BigInteger ONE = BigInteger.valueOf(Ppm.ONE);
    private static final int STEP = 20_000;

    /** The figures that a rule of an epoch is held against. */
    SortedMap<String, Integer> of(AlertRule rule) {
        SortedMap<String, Integer> all = switch (rule.measure()) {
            case MARGIN_RATIO -> perAccount(rule.subject(), line -> ratio(line));
            case DISTANCE ->
                perAccount(rule.subject(), line -> distance(line, rule.band().clearedAt()));
            case CONCENTRATION ->
                rule.subject().kind() == Kind.MEMBER || rule.subject().kind() == Kind.MEMBERS
                        ? shares(Kind.MEMBER, initialMargins())
                        : shares(Kind.ASSET, collateral());
            case COVERAGE, DATA_AGE, PROOF_AGE -> new TreeMap<>();
        };
        if (rule.subject().kind().each().isEmpty()) {
            all.keySet().retainAll(Set.of(rule.subject().text()));
        }
        return all;
    }

    private SortedMap<String, Integer> perAccount(Subject subject, Function<AccountLine, Integer> figure) {
        SortedMap<String, Integer> figures = new TreeMap<>();
        epoch.accounts().stream()
                .filter(line ->
                        subject.account().map(number -> number == line.number()).orElse(true))
                .filter(line -> line.margin().stated().isPresent())
                .forEach(line -> figures.put(
                        new Subject(Kind.ACCOUNT, Integer.toString(line.number())).text(), figure.apply(line)));
        return figures;
    }

    /** Equity over initial margin and buffer, as the account's page shows it; whoever owes nothing has the most there is. */
    private int ratio(AccountLine line) {
        MarginStatement statement = line.margin().stated().orElseThrow();
        long buffer = epoch.buffer()
                .flatMap(published -> published.charge(Integer.toString(line.number())))
                .map(HouseBuffer::inU)
                .orElse(0L);
        long asked = Math.addExact(statement.initialMargin(), buffer);
        return asked == 0
                ? AlertRule.MOST
                : capped(BigInteger.valueOf(Math.max(0, statement.equity()))
                        .multiply(ONE)
                        .divide(BigInteger.valueOf(asked)));
    }

    static int capped(BigInteger figure) {
        return figure.min(BigInteger.valueOf(AlertRule.MOST)).intValueExact();
    }

    /**
     * The smallest price move of one group that has the house liquidate the account. Nothing is looked for beyond the grid's step at or
     * after the rule's second edge: what is farther is as far as that.
     */
    private int distance(AccountLine line, int clearedAt) {
        int most = Math.ceilDiv(clearedAt, STEP) * STEP;
        MarginAccount account = line.lots();
        RiskTable table = epoch.table();
        Set<Integer> held = groups(account, table);
        int nearest = most;
        for (int group : held) {
            if (epoch.market().listing().group(group).name().equals(Market.NUMERAIRE)) {
                continue;
            }
            for (int sign : new int[] {-1, 1}) {
                nearest = (int) Math.min(
                        nearest,
                        LiquidationDistance.of(
                                        n -> World.priced(
                                                table,
                                                n == 0
                                                        ? table
                                                        : epoch.market()
                                                                .tableAfter(Market.Move.ofPrice(group, sign * n)),
                                                account,
                                                group,
                                                sign * n),
                                        STEP,
                                        most)
                                .orElse(most));
            }
        }
        return nearest;
    }

    private static Set<Integer> groups(MarginAccount account, RiskTable table) {
        Stream<Integer> assets = Stream.concat(account.collateral().stream(), account.debt().stream())
                .map(Entry::number)
                .flatMap(number -> table.asset(number).map(AssetRisk::group).stream());
        Stream<Integer> instruments = Stream.concat(account.positions().stream(), account.paid().stream())
                .map(Entry::number)
                .flatMap(number -> table.instrument(number).map(InstrumentRisk::group).stream());
        return Stream.concat(assets, instruments).collect(Collectors.toSet());
    }

    private SortedMap<String, BigInteger> initialMargins() {
        SortedMap<String, BigInteger> margins = new TreeMap<>();
        for (AccountLine line : epoch.accounts()) {
            String member = members.getOrDefault(line.number(), line.name());
            line.margin()
                    .stated()
                    .ifPresent(statement ->
                            margins.merge(member, BigInteger.valueOf(statement.initialMargin()), BigInteger::add));
        }
        return margins;
    }

    /** At the marks, without haircut. */
    private SortedMap<String, BigInteger> collateral() {
        SortedMap<String, BigInteger> worth = new TreeMap<>();
        epoch.accounts().stream()
                .map(AccountLine::lots)
                .map(MarginAccount::collateral)
                .flatMap(Collection::stream)
                .forEach(entry -> epoch.table()
                        .asset(entry.number())
                        .ifPresent(asset -> worth.merge(
                                listed(asset.id()),
                                BigInteger.valueOf(asset.price()).multiply(BigInteger.valueOf(entry.lots())),
                                BigInteger::add)));
        return worth;
    }

    /** The listed asset of an entry of the table, which has one for each place and evidence: {@code USDC} of {@code USDC@aave}. */
    private String listed(String id) {
        return epoch.market().listing().assets().stream()
                .map(ListedAsset::name)
                .filter(name -> id.equals(name) || id.startsWith(name + "@") || id.startsWith(name + ":"))
                .max(Comparator.comparingInt(String::length))
                .orElse(id);
    }

    /** Each of the whole, rounded up. */
    private static SortedMap<String, Integer> shares(Kind kind, SortedMap<String, BigInteger> parts) {
        BigInteger whole = parts.values().stream().reduce(BigInteger.ZERO, BigInteger::add);
        SortedMap<String, Integer> shares = new TreeMap<>();
        if (whole.signum() > 0) {
            parts.forEach((name, part) -> shares.put(
                    new Subject(kind, name).text(),
                    capped(part.multiply(ONE)
                            .add(whole)
                            .subtract(BigInteger.ONE)
                            .divide(whole))));
        }
        return shares;
    }
}
