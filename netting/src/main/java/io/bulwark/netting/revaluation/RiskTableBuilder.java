package io.bulwark.netting.revaluation;

import io.bulwark.clearing.governance.ParameterSet;
import io.bulwark.clearing.instrument.ListedAsset;
import io.bulwark.clearing.instrument.ListedInstrument;
import io.bulwark.clearing.instrument.Listing;
import io.bulwark.clearing.instrument.RiskGroup;
import io.bulwark.clearing.money.Rounding;
import io.bulwark.netting.market.Market;
import io.bulwark.netting.market.MarketDoubts;
import io.bulwark.netting.market.Pegs;
import io.bulwark.netting.placement.PlacementParameters;
import io.bulwark.netting.revaluation.PublishedTable.Unpriced;
import io.bulwark.netting.revaluation.Revaluation.InstrumentRows;
import io.bulwark.netting.risktable.AssetRisk;
import io.bulwark.netting.risktable.CellPairs;
import io.bulwark.netting.risktable.Group;
import io.bulwark.netting.risktable.GroupCharges;
import io.bulwark.netting.risktable.InstrumentRisk;
import io.bulwark.netting.risktable.IntColumn;
import io.bulwark.netting.risktable.RiskParameters;
import io.bulwark.netting.risktable.RiskTable;
import io.bulwark.netting.risktable.RiskTable.GroupMoves;
import io.bulwark.netting.risktable.Sensitivity;
import io.bulwark.netting.risktable.VenueRisk;
import io.bulwark.netting.scenario.ExpectedShortfallRows;
import io.bulwark.netting.scenario.GroupRange;
import io.bulwark.netting.scenario.GroupRanges;
import io.bulwark.netting.scenario.NamedScenarios;
import io.bulwark.netting.scenario.PriceMoves;
import io.bulwark.netting.scenario.Recipe;
import io.bulwark.netting.scenario.Recipe.Skeleton;
import io.bulwark.netting.scenario.ScenarioParameters;
import io.bulwark.netting.scenario.TableInputs;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SortedMap;

/**
 * Builds the risk tables of an epoch from the listing, the market, the governed numbers and what the epoch observed: a pure
 * function, the same bytes wherever it runs.
 *
 * <p>The governed {@link ScenarioParameters#DESIGN} chooses the table. <b>Grid</b>: the families J and S; spread, impact and
 * the collateral rule charge, every other slope is zero, and the one expected-shortfall row is zero; the vault table holds the
 * replay of 2020-03-12 at full weight. <b>Full</b>: every family, charge and row of the margin formula; the vault table
 * holds replays at full weight, undamped extremes and refused submissions. A vault table charges nothing: the fund reads only
 * its losses.
 */
public final class RiskTableBuilder {
    private static final long ONE = Rounding.PPM;
    private static final long LIMIT = 1L << 60;
    private static final Listing NOTHING = new Listing(List.of(), List.of(), List.of(), List.of());

    private final Recipe recipe;
    private final Listing listing;
    private final Market market;
    private final ParameterSet parameters;
    private final TableInputs inputs;
    private final GroupRanges ranges;
    private final AddOnRates rates;
    private final List<GroupMoves> moves;
    private final Revaluation revaluation;
    private final ListedPayoffs payoffs;
    private final AssetEntries assetEntries;
    private final List<Unpriced> leftOut = new ArrayList<>();

    private RiskTableBuilder(
            Recipe recipe, Listing listing, Market market, ParameterSet parameters, TableInputs inputs) {
        this.recipe = recipe;
        this.listing = listing;
        this.market = market;
        this.parameters = parameters;
        this.inputs = inputs;
        this.ranges = new GroupRanges(listing, market.doubts(), parameters, inputs);
        this.rates = rates();
        this.moves = ranges.moving().stream().map(this::moves).toList();
        CellPairs pairs = CellPairs.of(recipe.rows(), recipe.families());
        this.payoffs = new ListedPayoffs(listing, market, parameters);
        this.revaluation =
                new Revaluation(recipe.rows(), pairs, moves, inputs.shortfall().volatility(), SurfaceRule.PUBLISHED);
        Pegs pegs = new Pegs(listing, parameters, inputs.classes());
        this.assetEntries = new AssetEntries(
                recipe,
                listing,
                moves,
                pairs,
                pegs,
                inputs.classes(),
                rates,
                asset -> market.doubts().ofAsset(asset, parameters));
    }

    /**
     * What the 25-delta put of each group is dearer than its call, as venues quote them one week to four months before expiry.
     *
     * @return by group, ppm of volatility, rounded up; without the groups that nobody quotes both wings of
     */
    public static SortedMap<Integer, Long> skews(Listing listing, Market market) {
        return TableVolatilities.skews(listing, market);
    }

    /**
     * The table that margin and circuit read, from governed numbers alone.
     *
     * @throws ArithmeticException if a lot is so large that an entry does not fit 32 bits
     */
    public static PublishedTable marginTable(Listing listing, Market market, ParameterSet parameters) {
        return marginTable(listing, market, parameters, TableInputs.NONE);
    }

    /**
     * The table that margin and circuit read.
     *
     * @throws ArithmeticException if a lot is so large that an entry does not fit 32 bits
     * @throws IllegalArgumentException if a row of the inputs leaves a listed group out
     */
    public static PublishedTable marginTable(
            Listing listing, Market market, ParameterSet parameters, TableInputs inputs) {
        if (!full(parameters)) {
            return new RiskTableBuilder(Recipe.grid(), listing, market, parameters, TableInputs.NONE).build();
        }
        Recipe recipe = fullRecipe(listing, parameters, inputs);
        return new RiskTableBuilder(recipe, listing, market, parameters, inputs).build();
    }

    /** The table that sizes the fund, from governed numbers alone. */
    public static PublishedTable vaultTable(Listing listing, Market market, ParameterSet parameters) {
        return vaultTable(listing, market, parameters, TableInputs.NONE);
    }

    /** The table that sizes the fund: the same entries, the worst that happened and what the margin table damps or refuses. */
    public static PublishedTable vaultTable(
            Listing listing, Market market, ParameterSet parameters, TableInputs inputs) {
        return scaledVaultTable(listing, market, parameters, inputs, (int) ONE);
    }

    /**
     * The same with every price move so many times as large; volatilities move as in the row. Only {@link #vaultTable} is ever sealed.
     *
     * @param scalePpm 0 to {@link PriceMoves#SCALE_MAX}
     */
    public static PublishedTable scaledVaultTable(
            Listing listing, Market market, ParameterSet parameters, TableInputs inputs, int scalePpm) {
        if (!full(parameters)) {
            Recipe recipe = Recipe.vault().scaled(scalePpm);
            return new RiskTableBuilder(recipe, listing, market, parameters, TableInputs.NONE).build();
        }
        Recipe recipe = (onSkeleton(parameters)
                        ? Recipe.fullVaultOnSkeleton(inputs.scenarios())
                        : Recipe.fullVault(inputs.scenarios()))
                .scaled(scalePpm);
        TableInputs losses = inputs.with(ExpectedShortfallRows.NONE);
        return new RiskTableBuilder(recipe, listing, market, parameters, losses).build();
    }

    /** What the rows of a recipe would do: a table of the vault's design. Never sealed, only looked at. */
    public static PublishedTable lookedAt(
            Recipe recipe, Listing listing, Market market, ParameterSet parameters, TableInputs inputs) {
        TableInputs losses = inputs.with(ExpectedShortfallRows.NONE);
        return new RiskTableBuilder(recipe, listing, market, parameters, losses).build();
    }

    private static Recipe fullRecipe(Listing listing, ParameterSet parameters, TableInputs inputs) {
        Pegs pegs = new Pegs(listing, parameters, inputs.classes());
        if (!onSkeleton(parameters)) {
            return Recipe.full(inputs.scenarios(), pegs);
        }
        GroupRanges ranges = new GroupRanges(listing, MarketDoubts.NONE, parameters, inputs);
        OptionalInt counter = venues(parameters)
                ? OptionalInt.of(listing.groups().stream()
                        .filter(ranges::charged)
                        .mapToInt(RiskGroup::number)
                        .findFirst()
                        .orElse(0))
                : OptionalInt.empty();
        return Recipe.fullOnSkeleton(inputs.scenarios(), pegs, counter);
    }

    /** The structure that governance promises of every margin table; empty where it follows from the day. */
    public static Optional<Skeleton> marginSkeleton(ParameterSet parameters) {
        boolean full = full(parameters);
        if (full && !onSkeleton(parameters)) {
            return Optional.empty();
        }
        Recipe recipe = full ? fullRecipe(NOTHING, parameters, TableInputs.NONE) : Recipe.grid();
        return Optional.of(recipe.skeleton(venues(parameters)));
    }

    /** The same of every vault table, which lists no venues. */
    public static Optional<Skeleton> vaultSkeleton(ParameterSet parameters) {
        boolean full = full(parameters);
        if (full && !onSkeleton(parameters)) {
            return Optional.empty();
        }
        Recipe recipe = full ? Recipe.fullVaultOnSkeleton(NamedScenarios.NONE) : Recipe.vault();
        return Optional.of(recipe.skeleton(false));
    }

    private static boolean full(ParameterSet parameters) {
        return parameters.value(ScenarioParameters.DESIGN) == 1;
    }

    private static boolean onSkeleton(ParameterSet parameters) {
        return parameters.value(ScenarioParameters.SKELETON) == 1;
    }

    private static boolean venues(ParameterSet parameters) {
        return parameters.value(PlacementParameters.VENUES) == 1;
    }

    private AddOnRates rates() {
        return switch (recipe.charging()) {
            case NONE -> new AddOnRates.None();
            case GOVERNED -> new AddOnRates.Governed(parameters);
            case OBSERVED -> new ObservedRates(parameters, inputs);
        };
    }

    private GroupMoves moves(GroupRange range) {
        ExpectedShortfallRows tail = inputs.shortfall();
        IntColumn es = range.isNumeraire() ? IntColumn.zeros(tail.count()) : tail.movesOf(range.group(), range.name());
        return recipe.moves().of(range, recipe.rows(), es);
    }

    private PublishedTable build() {
        List<InstrumentRisk> instruments = listing.instruments().stream()
                .flatMap(i -> instrument(i).stream())
                .toList();
        List<AssetRisk> assets =
                listing.assets().stream().flatMap(a -> asset(a).stream()).toList();
        RiskTable table = new RiskTable(
                new Provenance(recipe, listing, market, parameters, inputs, payoffs.volatilities()).canonical(),
                recipe.rows(),
                recipe.families(),
                recipe.combos(),
                moves,
                inputs.shortfall().volatility(),
                inputs.shortfall().weights(),
                listing.groups().stream().map(g -> group(g, instruments)).toList(),
                instruments,
                assets,
                scalars(),
                VenueRisk.NONE);
        return new PublishedTable(table, leftOut);
    }

    private Optional<InstrumentRisk> instrument(ListedInstrument listed) {
        return switch (payoffs.of(listed)) {
            case ListedPayoffs.Result.Missing missing -> {
                leftOut.add(new Unpriced(listed.number(), listed.name(), missing.reason()));
                yield Optional.empty();
            }
            case ListedPayoffs.Result.Priced priced ->
                Optional.of(instrument(listed, priced)).filter(this::fits);
        };
    }

    /** Whether a fraction of a lot can be charged; the grid's charges are too small to ask. */
    private boolean fits(InstrumentRisk risk) {
        List<Integer> days = risk.days().stream().boxed().toList();
        boolean fits = recipe.charging() != Recipe.Charging.OBSERVED
                || OneLot.shortRequires(risk, charges(listing.group(risk.group()), days)) <= 2 * risk.bound();
        if (!fits) {
            leftOut.add(new Unpriced(
                    risk.number(), risk.id(), "a short lot could require more than a fraction of it is charged"));
        }
        return fits;
    }

    private GroupCharges charges(RiskGroup group, List<Integer> days) {
        return rates.of(group, GroupCharges.none(recipe.steep(), recipe.flat()), days);
    }

    private InstrumentRisk instrument(ListedInstrument listed, ListedPayoffs.Result.Priced priced) {
        InstrumentRows rows = revaluation.rows(priced.payoff());
        IntColumn es = inputs.shortfall().exists()
                ? rows.es()
                : IntColumn.zeros(inputs.shortfall().count());
        SizeRates size = covering(rates.of(listed, priced.notional()).wider(doubt(listed, rows)), rows, es);
        return new InstrumentRisk(
                        listed.number(),
                        listed.name(),
                        listed.group(),
                        listed.paidUp(),
                        ExpiryKeys.key(listed.contract(), market.timeMillis()),
                        rows.value(),
                        rows.row(),
                        rows.rowShort(),
                        es,
                        rows.delta(),
                        rows.vega(),
                        size.spread(),
                        size.crowd(),
                        size.knots(),
                        0,
                        VenueRisk.FREE)
                .bounded();
    }

    private long doubt(ListedInstrument listed, InstrumentRows rows) {
        return recipe.charging() == Recipe.Charging.NONE
                ? 0
                : market.doubts().ofLot(listed, gross(rows.delta()), gross(rows.vega()), parameters);
    }

    private static long gross(List<Sensitivity> sensitivities) {
        return sensitivities.stream()
                .mapToLong(s -> Math.abs((long) s.amount()))
                .sum();
    }

    private SizeRates covering(SizeRates size, InstrumentRows rows, IntColumn es) {
        long most = es.stream().mapToLong(entry -> Math.abs((long) entry)).max().orElse(0);
        return recipe.charging() == Recipe.Charging.OBSERVED
                ? size.coveringClosing(unwinding(rows.delta()), most, parameters.value(ScenarioParameters.PHI))
                : size;
    }

    private Optional<AssetRisk> asset(ListedAsset listed) {
        return switch (assetEntries.of(listed, market.assetPrice(listed.number()), this::unwinding)) {
            case AssetEntries.Result.Missing missing -> {
                leftOut.add(new Unpriced(listed.number(), listed.name(), missing.reason()));
                yield Optional.empty();
            }
            case AssetEntries.Result.Counted counted -> Optional.of(counted.entry());
        };
    }

    /** The largest linear and own-size impact of unwinding some deltas, u, rounded up. */
    private long unwinding(List<Sensitivity> delta) {
        return delta.stream()
                .mapToLong(d -> Rounding.cdiv(Math.abs((long) d.amount()) * impact(listing.group(d.group())), ONE))
                .sum();
    }

    private long impact(RiskGroup group) {
        return OneLot.largest(charges(group, List.of()).impact());
    }

    private Group group(RiskGroup group, List<InstrumentRisk> instruments) {
        if (!ranges.charged(group)) {
            return new Group(group.number(), group.name(), Optional.empty());
        }
        List<Integer> days = instruments.stream()
                .filter(i -> i.group() == group.number())
                .flatMapToInt(i -> i.days().stream())
                .distinct()
                .sorted()
                .boxed()
                .toList();
        return new Group(group.number(), group.name(), Optional.of(charges(group, days)));
    }

    private RiskParameters scalars() {
        return new RiskParameters(
                Math.toIntExact(parameters.value(ScenarioParameters.TAIL)),
                Math.toIntExact(parameters.value(ScenarioParameters.PHI)),
                Math.toIntExact(parameters.value(ScenarioParameters.CASH_RESIDUAL)),
                parameters.value(ScenarioParameters.MINIMUM_MARGIN),
                LIMIT,
                Integer.MAX_VALUE);
    }

    /**
     * A sealed set of governed numbers, read with the form that the table of its epoch shows: which design it has, whether it says where
     * entries stand, whether it stands on the skeleton. An epoch that was sealed before such a number was there cannot name it, and what a
     * house starts with today would be another table. What the set names stands.
     *
     * @param sealed as it is in the books
     * @param table the margin table of the same epoch
     */
    public static ParameterSet asSealed(ParameterSet sealed, RiskTable table) {
        boolean full =
                table.families().stream().anyMatch(family -> family.name().equals("STAR"));
        boolean venues = !table.venueRisk().paths().isEmpty();
        ParameterSet read = sealed.readWith(ScenarioParameters.DESIGN, full ? 1 : 0)
                .readWith(PlacementParameters.VENUES, venues ? 1 : 0);
        return full ? read.readWith(ScenarioParameters.SKELETON, standsOnSkeleton(read, table) ? 1 : 0) : read;
    }

    private static boolean standsOnSkeleton(ParameterSet read, RiskTable table) {
        Skeleton skeleton =
                marginSkeleton(read.with(ScenarioParameters.SKELETON, 1)).orElseThrow();
        return skeleton.differences(table).isEmpty();
    }
}
