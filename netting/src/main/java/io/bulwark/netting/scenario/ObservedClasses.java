package io.bulwark.netting.scenario;

import io.bulwark.clearing.governance.ParameterSet;
import io.bulwark.clearing.instrument.AssetTier;
import io.bulwark.clearing.instrument.Instrument;
import io.bulwark.clearing.instrument.ListedAsset;
import io.bulwark.clearing.instrument.Listing;
import io.bulwark.netting.collateral.AssetClassRule;
import io.bulwark.netting.collateral.AssetClassRule.Kind;
import io.bulwark.netting.collateral.AssetClassRule.Observed;
import io.bulwark.netting.collateral.AssetClasses;
import io.bulwark.netting.liquidity.LiquidityObservations.GroupLiquidity;
import io.bulwark.netting.market.Market;
import io.bulwark.netting.market.Pegs;
import io.bulwark.netting.risktable.AssetRisk;
import io.bulwark.netting.risktable.RiskTable;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;

/**
 * What an epoch knows of its assets, as their classes ask it: the volatility that its price history says, the depth that 90 days of
 * reports say, the governed breaks of pegs. What it does not know is not judged.
 */
record ObservedClasses(Listing listing, ParameterSet parameters, TableInputs inputs) {
    /** The classes of all listed assets, after those that a table had. */
    AssetClasses after(Optional<RiskTable> before) {
        return new AssetClassRule(parameters)
                .classify(listing.assets().stream()
                        .filter(asset -> !(asset.form() instanceof Instrument.Basket))
                        .sorted(Comparator.comparingInt(ListedAsset::number))
                        .map(asset -> observed(asset, before))
                        .toList());
    }

    private Observed observed(ListedAsset asset, Optional<RiskTable> before) {
        return new Observed(
                asset,
                kind(asset),
                had(asset, before),
                sigma(asset),
                inputs.liquidity()
                        .group(asset.group())
                        .filter(GroupLiquidity::whole)
                        .map(known -> OptionalLong.of(known.depth()))
                        .orElse(OptionalLong.empty()),
                Math.toIntExact(new Pegs(listing, parameters, AssetClasses.NONE).of(asset)));
    }

    /** Of a share the most volatile of what it stands for. */
    private OptionalLong sigma(ListedAsset asset) {
        Stream<Integer> groups = asset.form() instanceof Instrument.LiquidityShare share
                ? Stream.of(share.first(), share.second())
                        .flatMap(leg -> listing.assetNamed(leg).stream())
                        .map(ListedAsset::group)
                : Stream.of(asset.group());
        return groups.flatMap(group -> inputs.statistics().group(group).stream())
                .flatMapToLong(known -> known.sigma().stream())
                .max();
    }

    private AssetTier had(ListedAsset asset, Optional<RiskTable> before) {
        return before.flatMap(table -> table.asset(asset.number()))
                .map(AssetRisk::tier)
                .map(tier -> AssetTier.valueOf(tier.toUpperCase(Locale.ROOT)))
                .orElse(asset.tier());
    }

    private Kind kind(ListedAsset asset) {
        if (asset.form() instanceof Instrument.VaultShare || asset.form() instanceof Instrument.LiquidityShare) {
            return Kind.SHARE;
        }
        String group = listing.group(asset.group()).name();
        if (group.equals(Market.NUMERAIRE)) {
            return Kind.USD_CLAIM;
        }
        return asset.form().equals(new Instrument.Spot(group)) ? Kind.COIN : Kind.COIN_CLAIM;
    }
}
