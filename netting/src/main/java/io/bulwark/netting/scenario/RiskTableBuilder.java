package io.bulwark.netting.scenario;

import io.bulwark.clearing.governance.ParameterSet;
import io.bulwark.clearing.instrument.ListedAsset;
import io.bulwark.clearing.instrument.ListedInstrument;
import io.bulwark.clearing.instrument.Listing;
import io.bulwark.clearing.instrument.RiskGroup;
import io.bulwark.clearing.money.Amount;
import io.bulwark.clearing.money.Rounding;
import io.bulwark.clearing.money.Usd;
import io.bulwark.netting.collateral.AssetRows;
import io.bulwark.netting.collateral.AssetTerms;
import io.bulwark.netting.collateral.CollateralRule;
import io.bulwark.netting.risktable.AssetRisk;
import io.bulwark.netting.risktable.CellPairs;
import io.bulwark.netting.risktable.CrowdSlopes;
import io.bulwark.netting.risktable.EntryBound;
import io.bulwark.netting.risktable.Group;
import io.bulwark.netting.risktable.GroupCharges;
import io.bulwark.netting.risktable.GroupMoves;
import io.bulwark.netting.risktable.InstrumentRisk;
import io.bulwark.netting.risktable.IntColumn;
import io.bulwark.netting.risktable.RiskParameters;
import io.bulwark.netting.risktable.RiskTable;
import io.bulwark.netting.risktable.Sensitivity;
import io.bulwark.netting.risktable.SizeCharge;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Builds the risk tables of an epoch from the listing, the market and the governed numbers: a pure function, the same bytes
 * wherever it runs.
 *
 * <p>The margin table fills the families J and S; spread, impact and the collateral rule charge, every other slope is zero,
 * and the one expected-shortfall row is zero. The vault table holds the replay of 2020-03-12 at full weight and charges
 * nothing: the fund reads only its losses.
 */
public final class RiskTableBuilder {
    private static final int ONE = 1_000_000;
    private static final IntColumn NO_TAIL = IntColumn.zeros(1);
    private static final IntColumn WHOLE_WEIGHT = IntColumn.of(ONE);
    private static final long LIMIT = 1L << 60;

    private final Recipe recipe;
    private final Listing listing;
    private final Market market;
    private final ParameterSet parameters;
    private final List<GroupMoves> moves;
    private final CellPairs pairs;
    private final Revaluation revaluation;
    private final ListedPayoffs payoffs;
    private final List<Unpriced> leftOut = new ArrayList<>();

    private RiskTableBuilder(Recipe recipe, Listing listing, Market market, ParameterSet parameters) {
        this.recipe = recipe;
        this.listing = listing;
        this.market = market;
        this.parameters = parameters;
        this.moves = listing.groups().stream()
                .map(group -> recipe.moves().of(range(group), recipe.rows(), NO_TAIL))
                .toList();
        this.pairs = CellPairs.of(recipe.rows(), recipe.families());
        this.payoffs = new ListedPayoffs(listing, market);
        this.revaluation = new Revaluation(recipe.rows(), pairs, moves, NO_TAIL, SurfaceRule.PUBLISHED);
    }

    /**
     * The table that margin and circuit read.
     *
     * @throws ArithmeticException if a lot is so large that an entry does not fit 32 bits
     */
    public static PublishedTable marginTable(Listing listing, Market market, ParameterSet parameters) {
        return new RiskTableBuilder(Recipe.margin(), listing, market, parameters).build();
    }

    /** The table that sizes the fund: the same entries, the worst day that happened, undamped. */
    public static PublishedTable vaultTable(Listing listing, Market market, ParameterSet parameters) {
        return new RiskTableBuilder(Recipe.vault(), listing, market, parameters).build();
    }

    private PublishedTable build() {
        List<InstrumentRisk> instruments = listing.instruments().stream()
                .flatMap(i -> instrument(i).stream())
                .toList();
        List<AssetRisk> assets =
                listing.assets().stream().flatMap(a -> asset(a).stream()).toList();
        RiskTable table = new RiskTable(
                new Provenance(recipe, listing, market, parameters).canonical(),
                recipe.rows(),
                recipe.families(),
                recipe.combos(),
                moves,
                NO_TAIL,
                WHOLE_WEIGHT,
                listing.groups().stream().map(g -> group(g, instruments)).toList(),
                instruments,
                assets,
                scalars());
        return new PublishedTable(table, leftOut);
    }

    private GroupRange range(RiskGroup group) {
        if (group.name().equals(Market.NUMERAIRE)) {
            return GroupRange.numeraire(group.number(), group.name());
        }
        return new GroupRange(
                group.number(),
                group.name(),
                Math.toIntExact(parameters.value(ScenarioParameters.range(group.name()))),
                Math.toIntExact(parameters.value(ScenarioParameters.apart(group.name()))));
    }

    private Optional<InstrumentRisk> instrument(ListedInstrument listed) {
        return switch (payoffs.of(listed)) {
            case ListedPayoffs.Result.Missing missing -> {
                leftOut.add(new Unpriced(listed.number(), listed.name(), missing.reason()));
                yield Optional.empty();
            }
            case ListedPayoffs.Result.Priced priced -> Optional.of(instrument(listed, priced));
        };
    }

    private InstrumentRisk instrument(ListedInstrument listed, ListedPayoffs.Result.Priced priced) {
        InstrumentRows rows = revaluation.rows(priced.payoff());
        return bounded(new InstrumentRisk(
                listed.number(),
                listed.name(),
                listed.group(),
                listed.paidUp(),
                ExpiryKeys.key(listed.contract(), market.timeMillis()),
                rows.value(),
                rows.row(),
                rows.rowShort(),
                NO_TAIL,
                rows.delta(),
                rows.vega(),
                spread(listed, priced.notional()),
                CrowdSlopes.NONE,
                List.of(),
                0));
    }

    private long spread(ListedInstrument listed, BigDecimal notional) {
        if (!recipe.charges()) {
            return 0;
        }
        long ppm =
                parameters.value(listed.paidUp() ? ScenarioParameters.OPTION_SPREAD : ScenarioParameters.LINEAR_SPREAD);
        return notional.multiply(BigDecimal.valueOf(ppm))
                .divide(BigDecimal.valueOf(ONE))
                .setScale(0, RoundingMode.CEILING)
                .longValueExact();
    }

    private Optional<AssetRisk> asset(ListedAsset listed) {
        Optional<Amount> price = market.assetPrice(listed.number());
        if (price.isEmpty()) {
            leftOut.add(new Unpriced(listed.number(), listed.name(), "no fresh price"));
            return Optional.empty();
        }
        return Optional.of(asset(listed, lotPrice(listed, price.orElseThrow())));
    }

    private AssetRisk asset(ListedAsset listed, long lotPrice) {
        AssetTerms terms = new AssetTerms(lotPrice, listed.haircutPpm(), listed.residualPpm(), 0, listed.stable());
        List<GroupMoves> legs =
                moves.stream().filter(m -> m.group() == listed.group()).toList();
        AssetRows rows = CollateralRule.rows(terms, legs, pairs, row -> false);
        return bounded(new AssetRisk(
                listed.number(),
                listed.name(),
                listed.group(),
                listed.tier().name().toLowerCase(Locale.ROOT),
                listed.stable(),
                lotPrice,
                terms.haircut(),
                terms.residual(),
                terms.peg(),
                rows.value(),
                rows.row(),
                rows.es(),
                rows.debtValue(),
                rows.debtRow(),
                rows.debtEs(),
                assetDelta(listed, lotPrice),
                CrowdSlopes.NONE,
                List.of(),
                0));
    }

    private List<Sensitivity> assetDelta(ListedAsset listed, long lotPrice) {
        boolean still = listing.group(listed.group()).name().equals(Market.NUMERAIRE);
        return still ? List.of() : List.of(new Sensitivity(listed.group(), Math.toIntExact(lotPrice)));
    }

    /** P: price of one lot, u, half to even. A lot of less than one unit cannot be counted. */
    private static long lotPrice(ListedAsset listed, Amount price) {
        Amount worth = listed.lot().times(price).times(Amount.of(Usd.UNITS));
        long units = Rounding.exactLong(Rounding.halfEven(worth.unscaled(), BigInteger.TEN.pow(worth.scale())));
        if (units == 0) {
            throw new IllegalArgumentException("lot of " + listed.name() + " must be worth 1 u or more; have " + worth);
        }
        return units;
    }

    private Group group(RiskGroup group, List<InstrumentRisk> instruments) {
        if (group.name().equals(Market.NUMERAIRE)) {
            return new Group(group.number(), group.name(), Optional.empty());
        }
        GroupCharges none = GroupCharges.none(recipe.steep(), recipe.flat());
        List<GroupCharges.Basis> basis = instruments.stream()
                .filter(i -> i.group() == group.number())
                .flatMapToInt(i -> i.days().stream())
                .distinct()
                .sorted()
                .mapToObj(days -> new GroupCharges.Basis(days, 0))
                .toList();
        return new Group(
                group.number(),
                group.name(),
                Optional.of(new GroupCharges(impact(group), none.contagion(), none.crowding(), none.skew(), basis)));
    }

    private SizeCharge impact(RiskGroup group) {
        return recipe.charges()
                ? new SizeCharge(
                        parameters.value(ScenarioParameters.impactLong(group.name())),
                        parameters.value(ScenarioParameters.impactShort(group.name())),
                        List.of())
                : SizeCharge.NONE;
    }

    private RiskParameters scalars() {
        return new RiskParameters(
                parameters.value(ScenarioParameters.TAIL),
                parameters.value(ScenarioParameters.PHI),
                parameters.value(ScenarioParameters.CASH_RESIDUAL),
                parameters.value(ScenarioParameters.MINIMUM_MARGIN),
                LIMIT,
                Integer.MAX_VALUE);
    }

    private static InstrumentRisk bounded(InstrumentRisk i) {
        return new InstrumentRisk(
                i.number(),
                i.id(),
                i.group(),
                i.paidUp(),
                i.days(),
                i.value(),
                i.row(),
                i.rowShort(),
                i.es(),
                i.delta(),
                i.vega(),
                i.spread(),
                i.crowd(),
                i.knots(),
                EntryBound.of(i));
    }

    private static AssetRisk bounded(AssetRisk a) {
        return new AssetRisk(
                a.number(),
                a.id(),
                a.group(),
                a.tier(),
                a.stable(),
                a.price(),
                a.haircut(),
                a.residual(),
                a.peg(),
                a.value(),
                a.row(),
                a.es(),
                a.debtValue(),
                a.debtRow(),
                a.debtEs(),
                a.delta(),
                a.crowd(),
                a.knots(),
                EntryBound.of(a));
    }
}
