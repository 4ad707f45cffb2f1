package io.bulwark.netting.market;

import io.bulwark.clearing.governance.Parameter;
import io.bulwark.clearing.governance.ParameterSet;
import io.bulwark.clearing.instrument.Instrument;
import io.bulwark.clearing.instrument.ListedAsset;
import io.bulwark.clearing.instrument.Listing;
import io.bulwark.clearing.money.Ppm;
import io.bulwark.netting.collateral.AssetClasses;
import io.bulwark.netting.collateral.AssetClasses.ClassedAsset;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Which assets have a peg that can break, and how far.
 *
 * <p>All stables break in the same rows, each by its own break, because they have broken together (USDC and DAI, March 2023).
 * Claims on a coin (a staked or wrapped coin) break together with the other claims on that coin.
 */
public final class Pegs {
    private static final long ONE = Ppm.ONE;
    private static final long DEEPEST = -990_000;

    private final Listing listing;
    private final ParameterSet parameters;
    private final AssetClasses classes;

    public Pegs(Listing listing, ParameterSet parameters, AssetClasses classes) {
        this.listing = listing;
        this.parameters = parameters;
        this.classes = classes;
    }

    /** Break of the peg of what is claimed, by its name; 0 for what is redeemed one for one by a contract. */
    public static Parameter peg(String claim, boolean stable) {
        long initial = switch (claim) {
            case "DAI", "USDS" -> -50_000;
            case "WETH" -> 0;
            case "WBTC", "cbBTC" -> -50_000;
            case "rsETH" -> -150_000;
            case "xUSD" -> -900_000;
            case "deUSD" -> -985_000;
            default -> stable ? -130_000 : -90_000;
        };
        return new Parameter("collateral.peg." + claim, "ppm", DEEPEST, 0, initial);
    }

    /** Break of the peg of an asset, ppm; 0 if it has none. A share of a pool moves with the root of both its legs, rounded down. */
    public long of(ListedAsset asset) {
        return classes.of(asset.number()).map(ClassedAsset::peg).orElseGet(() -> governed(claims(asset)));
    }

    /** The stables with a peg, and shares of pools that hold one, by name, in the order of their numbers. */
    public List<String> stables() {
        return listing.assets().stream()
                .filter(asset -> breaksWith(asset).stream().anyMatch(this::numeraire))
                .map(ListedAsset::name)
                .toList();
    }

    /** The claims on coins with a peg, one list a group, by increasing number of the group. */
    public List<List<String>> claimsOnCoins() {
        Map<Integer, List<String>> byGroup = new TreeMap<>();
        for (ListedAsset asset : listing.assets()) {
            breaksWith(asset).stream()
                    .filter(group -> !numeraire(group))
                    .forEach(group -> byGroup.computeIfAbsent(group, g -> new ArrayList<>())
                            .add(asset.name()));
        }
        return List.copyOf(byGroup.values());
    }

    /** What an asset is a claim on, and the group that it should follow. */
    private record Claim(String name, int group) {}

    /** The groups from which an asset breaks away. */
    private Set<Integer> breaksWith(ListedAsset asset) {
        if (of(asset) == 0) {
            return Set.of();
        }
        Set<Integer> groups = claims(asset).stream()
                .filter(claim -> peg(claim) != 0)
                .map(Claim::group)
                .collect(Collectors.toCollection(TreeSet::new));
        return groups.isEmpty() ? Set.of(asset.group()) : groups;
    }

    private List<Claim> claims(ListedAsset asset) {
        return switch (asset.form()) {
            case Instrument.Spot spot -> List.of(new Claim(spot.asset(), asset.group()));
            case Instrument.LendingClaim claim -> List.of(new Claim(claim.asset(), asset.group()));
            case Instrument.Debt debt -> List.of(new Claim(debt.asset(), asset.group()));
            case Instrument.VaultShare share -> List.of(new Claim(share.asset(), asset.group()));
            case Instrument.LiquidityShare share ->
                Stream.of(share.first(), share.second())
                        .flatMap(leg -> listing.assetNamed(leg).stream())
                        .map(leg -> new Claim(leg.name(), leg.group()))
                        .toList();
            case Instrument.Basket ignored -> List.of();
            case Instrument.Perpetual ignored -> List.of();
            case Instrument.Future ignored -> List.of();
            case Instrument.Option ignored -> List.of();
        };
    }

    private long governed(List<Claim> claims) {
        return switch (claims.size()) {
            case 0 -> 0;
            case 1 -> peg(claims.getFirst());
            default -> {
                long product = (ONE + peg(claims.getFirst())) * (ONE + peg(claims.getLast()));
                yield BigInteger.valueOf(product).sqrt().longValueExact() - ONE;
            }
        };
    }

    /** The coin itself has no peg; anything else in its group has. */
    private long peg(Claim claim) {
        return claim.name().equals(listing.group(claim.group()).name())
                ? 0
                : parameters.value(peg(claim.name(), numeraire(claim.group())));
    }

    private boolean numeraire(int group) {
        return listing.group(group).name().equals(Market.NUMERAIRE);
    }
}
