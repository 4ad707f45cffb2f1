package io.bulwark.netting.buffer;

import io.bulwark.clearing.governance.ParameterSet;
import io.bulwark.clearing.instrument.Listing;
import io.bulwark.clearing.money.Ppm;
import io.bulwark.clearing.money.PpmSum;
import io.bulwark.netting.contagion.ContagionAccount;
import io.bulwark.netting.contagion.ContagionAccount.Leg;
import io.bulwark.netting.contagion.ContagionRules;
import io.bulwark.netting.contagion.ContagionScenario;
import io.bulwark.netting.contagion.ContagionSymbol;
import io.bulwark.netting.contagion.ContagionSystem;
import io.bulwark.netting.contagion.GridRows;
import io.bulwark.netting.contagion.HedgerGamma;
import io.bulwark.netting.contagion.ImpactLadder;
import io.bulwark.netting.contagion.LiquidityGroup;
import io.bulwark.netting.contagion.VegaHolding;
import io.bulwark.netting.formula.Requirement;
import io.bulwark.netting.market.Market;
import io.bulwark.netting.portfolio.Entry;
import io.bulwark.netting.portfolio.MarginAccount;
import io.bulwark.netting.risktable.AssetRisk;
import io.bulwark.netting.risktable.Group;
import io.bulwark.netting.risktable.GroupCharges;
import io.bulwark.netting.risktable.InstrumentRisk;
import io.bulwark.netting.risktable.IntColumn;
import io.bulwark.netting.risktable.Knot;
import io.bulwark.netting.risktable.RiskTable;
import io.bulwark.netting.risktable.Sensitivity;
import io.bulwark.netting.risktable.SizeCharge;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/**
 * A house's accounts as the buffer sees them, over its published risk table.
 *
 * <p>Liquidity groups are the table's groups that charge for size: one economic asset each. Scenarios are the plain grid rows of the mixtures of one family, so that the
 * initial margin covers every one of them; first-order gains are the table's own rows. A leg's value is its delta; an option's delta in a cell is what the table's rows
 * say between that cell and the one below it; its vega lies in the buckets of {@link OptionBuckets}. The paid-up sleeve counts nowhere. u = 10⁻⁴ USD are 100 micro-USD.
 */
public final class HouseBook {
    private static final long MICRO_PER_U = 100;
    private static final long MICRO_PER_USD = 1_000_000;
    private static final long WHOLE = Ppm.ONE * MICRO_PER_U;

    private final RiskTable table;
    private final List<Group> assets;
    private final GridRows grid;

    /** Rows of the scenarios, in the tariff's order, and of the same volatility as each. */
    private final List<Integer> rows;

    private final List<List<Integer>> alike;
    private final List<LiquidityGroup> groups;
    private final List<ContagionSymbol> symbols = new ArrayList<>();
    private final Map<SymbolKey, Integer> symbolOf = new HashMap<>();
    private final List<ContagionScenario> scenarios;
    private final ContagionRules rules;
    private final ParameterSet parameters;
    private final BufferPublication publication;
    private final long stressedDepth;
    private final OptionBuckets options;

    private HouseBook(RiskTable table, Listing listing, Market market, ParameterSet parameters) {
        this.table = table;
        this.assets =
                table.groups().stream().filter(g -> g.charges().isPresent()).toList();
        this.grid = GridRows.of(table);
        this.rows = grid.scenarios();
        this.alike = rows.stream().map(grid::rowsAlike).toList();
        this.groups = assets.stream().map(asset -> group(asset, parameters)).toList();
        boolean together = parameters.value(BufferParameters.UNWIND_TOGETHER) == 1;
        table.instruments().forEach(i -> symbols(i.id(), i.delta(), together));
        table.assets().forEach(a -> symbols(a.id(), a.delta(), together));
        this.scenarios = rows.stream()
                .map(row -> new ContagionScenario(returns(row), IntColumn.zeros(symbols.size())))
                .toList();
        this.rules = BufferParameters.rules(parameters);
        this.parameters = parameters;
        this.publication = BufferParameters.publication(parameters);
        this.stressedDepth = parameters.value(BufferParameters.STRESSED_DEPTH);
        this.options = new OptionBuckets(table, assets, listing, market, parameters);
    }

    /**
     * The book of a house that publishes a buffer; empty for one that does not.
     *
     * @param listing of the house: which options there are
     * @param market from which the table was built
     * @throws IllegalArgumentException if the table charges for contagion itself, or has no scenario that the initial margin covers
     */
    public static Optional<HouseBook> of(RiskTable table, Listing listing, Market market, ParameterSet parameters) {
        if (parameters.value(BufferParameters.PUBLISHED) == 0) {
            return Optional.empty();
        }
        for (Group group : table.groups()) {
            SizeCharge own = group.charges().map(GroupCharges::contagion).orElse(SizeCharge.NONE);
            if (!own.equals(SizeCharge.NONE)) {
                throw new IllegalArgumentException("a house with a buffer must not charge for contagion in its table; "
                        + group.id() + " does: " + own);
            }
        }
        return Optional.of(new HouseBook(table, listing, market, parameters));
    }

    /**
     * The rows of a table that are the scenarios of its buffer, in the tariff's order: first-order gains are theirs.
     *
     * @throws IllegalArgumentException if the initial margin covers no grid of rows alone
     */
    public static List<Integer> scenarioRows(RiskTable table) {
        return GridRows.of(table).scenarios();
    }

    private LiquidityGroup group(Group asset, ParameterSet parameters) {
        return new LiquidityGroup(
                asset.id(),
                new ImpactLadder(
                        List.of(new ImpactLadder.Step(0, parameters.value(BufferParameters.slope(asset.id()))))),
                (int) parameters.value(BufferParameters.CAP),
                Math.multiplyExact(parameters.value(BufferParameters.minimumExit(asset.id())), MICRO_PER_USD),
                0,
                grid.cells(asset.number()));
    }

    /** One symbol for every asset that an entry follows; the numéraire follows none. */
    private void symbols(String id, List<Sensitivity> deltas, boolean together) {
        for (Sensitivity delta : deltas) {
            liquidityGroup(delta.group()).ifPresent(k -> {
                symbolOf.put(new SymbolKey(id, k), symbols.size());
                symbols.add(new ContagionSymbol(id + " in " + k, k, together ? "house" : id));
            });
        }
    }

    /** What follows a group. */
    private record SymbolKey(String id, int group) {}

    private Optional<Integer> liquidityGroup(int number) {
        for (int k = 0; k < assets.size(); k++) {
            if (assets.get(k).number() == number) {
                return Optional.of(k);
            }
        }
        return Optional.empty();
    }

    private IntColumn returns(int row) {
        return IntColumn.of(assets.stream()
                .mapToInt(asset -> table.movesOf(asset.number())
                        .map(m -> m.shock().at(row))
                        .orElse(0))
                .toArray());
    }

    /** The system of these accounts; what the hedgers among them must trade stands in its groups. */
    public ContagionSystem system(List<ContagionAccount> accounts) {
        List<ContagionAccount> hedgers =
                accounts.stream().filter(this::isHedger).toList();
        List<LiquidityGroup> hedged = new ArrayList<>();
        for (int k = 0; k < groups.size(); k++) {
            int group = k;
            hedged.add(groups.get(k)
                    .withHedgerGamma(hedgers.stream()
                            .mapToLong(a -> HedgerGamma.of(
                                    a, symbols, group, groups.get(group).cellsPpm()))
                            .reduce(0, Math::addExact)));
        }
        return new ContagionSystem(hedged, symbols, accounts, scenarios, rules);
    }

    /** Whether what an account must trade for its options stands in the groups of a system. */
    boolean isHedger(ContagionAccount account) {
        return parameters.value(BufferParameters.hedger("account-" + account.name())) == 1;
    }

    /** The same book with the ladders of the worst days. */
    ContagionSystem stressed(ContagionSystem system) {
        return new ContagionSystem(
                system.groups().stream()
                        .map(group -> group.withLadder(group.ladder().atDepth(stressedDepth)))
                        .toList(),
                system.symbols(),
                system.accounts(),
                system.scenarios(),
                system.rules());
    }

    /** How charged vectors follow from certified, earlier and stressed ones. */
    BufferPublication publication() {
        return publication;
    }

    /**
     * An account as the buffer sees it.
     *
     * @param owner who is known to stand behind it
     * @param requirement its margin over this table
     */
    public ContagionAccount account(
            String name, Optional<String> owner, MarginAccount account, Requirement requirement) {
        List<Leg> legs = new ArrayList<>();
        long[] gains = new long[scenarios.size()];
        long[] delta = new long[groups.size()];
        ShortVega vega = new ShortVega();
        for (Entry entry : account.positions()) {
            InstrumentRisk risk = table.instrument(entry.number()).orElseThrow();
            add(gains, risk.rowFor(entry.lots()), entry.lots());
            if (risk.vega().isEmpty()) {
                linear(risk.id(), risk.delta(), entry.lots(), legs, delta);
            } else {
                option(risk, entry.lots(), legs, delta);
                vega.add(risk, entry.lots());
            }
        }
        for (Entry entry : account.collateral()) {
            AssetRisk risk = table.asset(entry.number()).orElseThrow();
            add(gains, risk.row(), entry.lots());
            linear(risk.id(), risk.delta(), entry.lots(), legs, delta);
        }
        for (Entry entry : account.debt()) {
            AssetRisk risk = table.asset(entry.number()).orElseThrow();
            add(gains, risk.debtRow(), -entry.lots());
            linear(risk.id(), risk.delta(), -entry.lots(), legs, delta);
        }
        return new ContagionAccount(
                name,
                owner,
                legs,
                micro(requirement.equity()),
                micro(requirement.maintenanceMargin()),
                quietExit(delta),
                LongStream.of(gains).map(HouseBook::micro).boxed().toList(),
                vega.holding());
    }

    /** What short volatility pays in a book of these accounts. */
    VegaTariff vega(List<ContagionAccount> accounts) {
        return options.tariff(
                accounts, account -> parameters.value(VegaParameters.dealer("account-" + account.name())) == 1);
    }

    /** The vega of one account, by bucket, and its net by group, for which the initial margin charges. */
    private final class ShortVega {
        private final long[] buckets = new long[options.size()];
        private final long[] net = new long[groups.size()];

        void add(InstrumentRisk risk, long lots) {
            for (VegaTariff.Share share : options.shares(risk.id())) {
                buckets[share.bucket()] =
                        Math.addExact(buckets[share.bucket()], Math.multiplyExact(lots, share.vegaMicro()));
            }
            for (Sensitivity vega : risk.vega()) {
                liquidityGroup(vega.group())
                        .ifPresent(k -> net[k] = Math.addExact(net[k], Math.multiplyExact(lots, (long) vega.amount())));
            }
        }

        VegaHolding holding() {
            if (LongStream.of(buckets).allMatch(vega -> vega == 0)) {
                return VegaHolding.NONE;
            }
            return new VegaHolding(
                    LongStream.of(buckets).boxed().toList(),
                    IntStream.range(0, net.length).mapToObj(this::paid).toList());
        }

        /** The crowding line of the margin page, rounded down to micro-USD. */
        private long paid(int k) {
            GroupCharges.Crowding crowding =
                    assets.get(k).charges().orElseThrow().crowding();
            return sizeCharge(Math.max(0, -net[k]), crowding.chi(), crowding.knots());
        }
    }

    private void add(long[] gains, IntColumn row, long lots) {
        for (int s = 0; s < gains.length; s++) {
            gains[s] = Math.addExact(gains[s], Math.multiplyExact(lots, (long) row.at(rows.get(s))));
        }
    }

    private void linear(String id, List<Sensitivity> deltas, long lots, List<Leg> legs, long[] delta) {
        for (Sensitivity sensitivity : deltas) {
            liquidityGroup(sensitivity.group()).ifPresent(k -> {
                long value = Math.multiplyExact(lots, (long) sensitivity.amount());
                delta[k] = Math.addExact(delta[k], value);
                legs.add(new Leg.Linear(symbol(id, k), micro(value)));
            });
        }
    }

    /** An option on one asset with its delta cell by cell; a product on two, and an option whose asset has no grid, with its delta at the table's prices. */
    private void option(InstrumentRisk risk, long lots, List<Leg> legs, long[] delta) {
        Optional<Integer> group = risk.delta().size() == 1
                ? liquidityGroup(risk.delta().getFirst().group())
                : Optional.empty();
        if (group.isEmpty() || groups.get(group.get()).cellsPpm().isEmpty()) {
            linear(risk.id(), risk.delta(), lots, legs, delta);
            return;
        }
        int k = group.get();
        delta[k] = Math.addExact(delta[k], Math.multiplyExact(lots, (long)
                risk.delta().getFirst().amount()));
        List<Integer> cells = groups.get(k).cellsPpm();
        List<List<Long>> deltas = new ArrayList<>();
        for (List<Integer> sameVolatility : alike) {
            List<Long> byCell = new ArrayList<>();
            for (int cell = 0; cell < cells.size(); cell++) {
                int upper = Math.max(1, cell);
                long change = (long) risk.row().at(sameVolatility.get(upper))
                        - risk.row().at(sameVolatility.get(upper - 1));
                long way = (long) cells.get(upper) - cells.get(upper - 1);
                byCell.add(slope(Math.multiplyExact(change, lots), way));
            }
            deltas.add(byCell);
        }
        legs.add(new Leg.Option(symbol(risk.id(), k), deltas));
    }

    /** change·100·10⁶ / way, toward zero: the product of the rest with the whole fits 64 bits, since a way is a move in ppm. */
    private static long slope(long change, long way) {
        return Math.addExact(Math.multiplyExact(change / way, WHOLE), change % way * WHOLE / way);
    }

    private int symbol(String id, int group) {
        Integer place = symbolOf.get(new SymbolKey(id, group));
        if (place == null) {
            throw new IllegalArgumentException(id + " must be listed in the table");
        }
        return place;
    }

    /** The impact line of the margin page on the net delta of each group, rounded down to micro-USD. */
    private List<Long> quietExit(long[] delta) {
        List<Long> quiet = new ArrayList<>();
        for (int k = 0; k < delta.length; k++) {
            SizeCharge impact = assets.get(k).charges().orElseThrow().impact();
            quiet.add(sizeCharge(Math.absExact(delta[k]), impact.slope(delta[k]), impact.knots()));
        }
        return quiet;
    }

    /** What the margin page charges for a size in u at a slope and its own-size increments, rounded down to micro-USD. */
    private static long sizeCharge(long size, long slope, List<Knot> knots) {
        PpmSum sum = new PpmSum();
        sum.add(micro(size), slope);
        for (Knot knot : knots) {
            sum.add(micro(Math.max(0, size - knot.threshold())), knot.slope());
        }
        return sum.down();
    }

    private static long micro(long u) {
        return Math.multiplyExact(u, MICRO_PER_U);
    }
}
