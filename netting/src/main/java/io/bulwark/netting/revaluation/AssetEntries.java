package io.bulwark.netting.revaluation;

import io.bulwark.clearing.instrument.AssetTier;
import io.bulwark.clearing.instrument.Instrument;
import io.bulwark.clearing.instrument.ListedAsset;
import io.bulwark.clearing.instrument.Listing;
import io.bulwark.clearing.money.Amount;
import io.bulwark.clearing.money.Rounding;
import io.bulwark.clearing.money.Usd;
import io.bulwark.netting.collateral.AssetClasses;
import io.bulwark.netting.collateral.AssetClasses.ClassedAsset;
import io.bulwark.netting.collateral.AssetRows;
import io.bulwark.netting.collateral.AssetTerms;
import io.bulwark.netting.collateral.CollateralRule;
import io.bulwark.netting.market.Market;
import io.bulwark.netting.market.Pegs;
import io.bulwark.netting.risktable.AssetRisk;
import io.bulwark.netting.risktable.CellPairs;
import io.bulwark.netting.risktable.IntColumn;
import io.bulwark.netting.risktable.RiskTable.GroupMoves;
import io.bulwark.netting.risktable.ScenarioRow;
import io.bulwark.netting.risktable.Sensitivity;
import io.bulwark.netting.scenario.Recipe;
import java.math.BigInteger;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.IntToLongFunction;
import java.util.function.ToLongFunction;
import java.util.stream.Stream;

/** The entries of collateral and debt of one table. */
final class AssetEntries {
    private final Listing listing;
    private final List<GroupMoves> moves;
    private final List<ScenarioRow> rows;
    private final CellPairs pairs;
    private final AssetClasses classes;
    private final Pegs pegs;
    private final AddOnRates rates;
    private final IntToLongFunction doubt;

    AssetEntries(
            Recipe recipe,
            Listing listing,
            List<GroupMoves> moves,
            CellPairs pairs,
            Pegs pegs,
            AssetClasses classes,
            AddOnRates rates,
            IntToLongFunction doubt) {
        this.listing = listing;
        this.moves = moves;
        this.rows = recipe.rows();
        this.pairs = pairs;
        this.classes = classes;
        this.pegs = pegs;
        this.rates = rates;
        this.doubt = doubt;
    }

    /** An entry, or the sentence that says why there is none. */
    sealed interface Result {
        /** The entry of the table. */
        record Counted(AssetRisk entry) implements Result {}

        /** No entry. */
        record Missing(String reason) implements Result {}
    }

    /**
     * The entry of an asset.
     *
     * @param price of one unit, USD
     * @param unwinding what closing a lot's deltas costs at most, u
     */
    Result of(ListedAsset listed, Optional<Amount> price, ToLongFunction<List<Sensitivity>> unwinding) {
        if (listed.form() instanceof Instrument.Basket) {
            return new Result.Missing("a basket counts by its components");
        }
        if (legs(listed).isEmpty()) {
            return new Result.Missing("an asset of the pool is not listed");
        }
        return price.map(p -> counted(listed, lotPrice(listed, p), unwinding))
                .orElseGet(() -> new Result.Missing("no fresh price"));
    }

    private Result counted(ListedAsset listed, long lotPrice, ToLongFunction<List<Sensitivity>> unwinding) {
        AssetTerms terms = terms(listed, lotPrice);
        AssetRows counted = CollateralRule.rows(
                terms, legs(listed), pairs, row -> rows.get(row).pegs().contains(listed.name()));
        List<Sensitivity> delta = delta(listed, lotPrice);
        long room =
                counted.value() + Math.min(least(counted.row()), least(counted.es())) - unwinding.applyAsLong(delta);
        return room < 0
                ? new Result.Missing("its charges could exceed what it counts for in the worst row")
                : new Result.Counted(entry(
                        listed,
                        terms,
                        counted,
                        delta,
                        rates.of(listed, lotPrice).within(room)));
    }

    private static long least(IntColumn column) {
        return column.stream().min().orElse(0);
    }

    private AssetRisk entry(
            ListedAsset listed, AssetTerms terms, AssetRows counted, List<Sensitivity> delta, SizeRates size) {
        return new AssetRisk(
                        listed.number(),
                        listed.name(),
                        listed.group(),
                        tier(listed).name().toLowerCase(Locale.ROOT),
                        listed.stable(),
                        terms.price(),
                        Math.toIntExact(terms.haircut()),
                        Math.toIntExact(terms.residual()),
                        Math.toIntExact(terms.peg()),
                        counted.value(),
                        counted.row(),
                        counted.es(),
                        counted.debtValue(),
                        counted.debtRow(),
                        counted.debtEs(),
                        delta,
                        size.crowd(),
                        size.knots(),
                        0,
                        AssetRisk.AtVenue.NONE)
                .bounded();
    }

    /** A price in doubt widens the haircut by the doubt. */
    private AssetTerms terms(ListedAsset listed, long lotPrice) {
        Optional<ClassedAsset> classed = classes.of(listed.number());
        boolean named = rows.stream().anyMatch(row -> row.pegs().contains(listed.name()));
        return new AssetTerms(
                lotPrice,
                Math.min(
                        Rounding.PPM,
                        classed.map(ClassedAsset::haircut).orElse(listed.haircutPpm())
                                + doubt.applyAsLong(listed.number())),
                classed.map(ClassedAsset::residual).orElse(listed.residualPpm()),
                named ? pegs.of(listed) : 0,
                listed.stable());
    }

    private AssetTier tier(ListedAsset listed) {
        return classes.of(listed.number()).map(ClassedAsset::tier).orElse(listed.tier());
    }

    /** The moves that an asset follows; none if an asset of its pool is not listed. */
    private List<GroupMoves> legs(ListedAsset listed) {
        List<GroupMoves> legs = groups(listed).stream()
                .flatMap(group -> moves.stream().filter(m -> m.group() == group))
                .toList();
        return legs.size() == (listed.form() instanceof Instrument.LiquidityShare ? 2 : 1) ? legs : List.of();
    }

    private List<Integer> groups(ListedAsset listed) {
        return listed.form() instanceof Instrument.LiquidityShare share
                ? Stream.of(share.first(), share.second())
                        .flatMap(leg -> listing.assetNamed(leg).stream())
                        .map(ListedAsset::group)
                        .toList()
                : List.of(listed.group());
    }

    /** Per group whose price moves: a liquidity share has half its value in each leg. */
    private List<Sensitivity> delta(ListedAsset listed, long lotPrice) {
        List<Integer> groups = groups(listed);
        return groups.stream()
                .filter(group -> !listing.group(group).name().equals(Market.NUMERAIRE))
                .distinct()
                .sorted()
                .map(group -> new Sensitivity(group, Math.toIntExact(share(lotPrice, groups, group))))
                .toList();
    }

    private static long share(long lotPrice, List<Integer> groups, int group) {
        long legs = groups.stream().filter(g -> g == group).count();
        return Rounding.halfEven(BigInteger.valueOf(lotPrice * legs), BigInteger.valueOf(groups.size()))
                .longValueExact();
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
}
