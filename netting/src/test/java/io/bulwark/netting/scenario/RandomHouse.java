package io.bulwark.netting.scenario;

import io.bulwark.clearing.instrument.AssetTier;
import io.bulwark.clearing.instrument.Instrument;
import io.bulwark.clearing.instrument.Instrument.OptionRight;
import io.bulwark.clearing.instrument.ListedAsset;
import io.bulwark.clearing.instrument.ListedInstrument;
import io.bulwark.clearing.instrument.ListedVenue;
import io.bulwark.clearing.instrument.Listing;
import io.bulwark.clearing.instrument.RiskGroup;
import io.bulwark.clearing.money.Amount;
import io.bulwark.clearing.position.EvidenceGrade;
import io.bulwark.netting.collateral.AssetClasses;
import io.bulwark.netting.collateral.AssetClasses.ClassedAsset;
import io.bulwark.netting.liquidity.LiquidityObservations;
import io.bulwark.netting.liquidity.LiquidityObservations.AssetLiquidity;
import io.bulwark.netting.liquidity.LiquidityObservations.GroupLiquidity;
import io.bulwark.netting.liquidity.LiquidityObservations.InstrumentLiquidity;
import io.bulwark.netting.liquidity.LiquidityObservations.OneSided;
import io.bulwark.netting.market.Market;
import io.bulwark.netting.risktable.IntColumn;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.SplittableRandom;
import java.util.TreeMap;

/** A listing, its market and everything an epoch may observe of it, drawn from a seed. */
final class RandomHouse {
    private static final long DAY_MILLIS = 86_400_000;
    private static final int BLOCKS = 16;

    private final SplittableRandom random;
    private final Map<Integer, Double> prices = new TreeMap<>();
    private final Map<Integer, Amount> assetPrices = new TreeMap<>();
    private final Map<Integer, Amount> instrumentPrices = new TreeMap<>();
    private final Map<Integer, Amount> volatilities = new TreeMap<>();
    private final List<RiskGroup> groups = new ArrayList<>();
    private final List<ListedAsset> assets = new ArrayList<>();
    private final List<ListedInstrument> instruments = new ArrayList<>();

    final Listing listing;
    final Market market;
    final TableInputs inputs;

    RandomHouse(long seed) {
        random = new SplittableRandom(seed);
        int coins = random.nextInt(1, 6);
        groups.add(new RiskGroup(0, "USD"));
        prices.put(0, 1.0);
        for (int group = 1; group <= coins; group++) {
            groups.add(new RiskGroup(group, "C" + group));
            prices.put(group, StrictMath.exp(random.nextDouble(-3, 11)));
        }
        stables();
        for (int group = 1; group <= coins; group++) {
            coin(group);
        }
        pool(coins);
        listing = new Listing(
                List.of(new ListedVenue(1, "venue", "venue:venue", DAY_MILLIS, EvidenceGrade.UNSIGNED)),
                groups,
                assets,
                instruments);
        Map<Integer, Amount> groupPrices = new HashMap<>();
        prices.forEach((group, price) -> groupPrices.put(group, amount(price)));
        market = new Market(House.EPOCH_MILLIS, groupPrices, assetPrices, instrumentPrices, Map.of(), volatilities);
        inputs = new TableInputs(
                scenarios(coins),
                statistics(coins),
                shortfall(coins),
                liquidity(coins),
                classes(),
                java.util.Optional.empty(),
                io.bulwark.netting.liquidity.MarketRecord.NONE);
    }

    private void stables() {
        for (String stable : List.of("USDC", "DAI")) {
            asset(stable, 0, new Instrument.Spot(stable), random.nextDouble(0.8, 1.01), AssetTier.STABLE);
        }
        asset("aUSDC", 0, new Instrument.LendingClaim("USDC"), 1, AssetTier.STABLE);
    }

    private void coin(int group) {
        String name = "C" + group;
        double price = prices.getOrDefault(group, 1.0);
        asset(name, group, new Instrument.Spot(name), price, AssetTier.MAJOR);
        asset("st" + name, group, new Instrument.Spot("st" + name), 0.97 * price, AssetTier.MAJOR);
        asset("v" + name, group, new Instrument.VaultShare(name), 1.1 * price, AssetTier.GOVERNANCE);
        double lot = lot(price);
        instrument(name + "-PERP", group, new Instrument.Perpetual(name, "USDC", false), lot);
        instrument(name + "-INV", group, new Instrument.Perpetual(name, name, true), 10);
        for (int expiry = 0; expiry < 3; expiry++) {
            long millis = House.EPOCH_MILLIS + random.nextLong(1, 500) * DAY_MILLIS - 1_000_000;
            instrument(name + "-F" + expiry, group, new Instrument.Future(name, "USDC", false, millis), lot);
            for (OptionRight right : OptionRight.values()) {
                double strike = price * StrictMath.exp(random.nextDouble(-1.5, 1.5));
                Instrument.Option option = new Instrument.Option(name, "USDC", right, amount(strike), millis);
                volatilities.put(instruments.size(), amount(random.nextDouble(0.1, 2.5)));
                instrument(name + "-" + right + expiry, group, option, lot);
            }
        }
    }

    private void pool(int coins) {
        int group = groups.size();
        groups.add(new RiskGroup(group, "POOL"));
        String other = coins > 1 ? "C2" : "USDC";
        asset("LP", group, new Instrument.LiquidityShare("C1", other), 50, AssetTier.GOVERNANCE);
    }

    private void asset(String name, int group, Instrument form, double price, AssetTier tier) {
        boolean stable = tier == AssetTier.STABLE;
        assetPrices.put(assets.size(), amount(price));
        assets.add(new ListedAsset(
                assets.size(),
                name,
                group,
                form,
                amount(lot(price)),
                tier,
                stable ? 30_000 : random.nextLong(100_000, 900_000),
                stable ? 10_000 : random.nextLong(20_000, 80_000),
                EvidenceGrade.UNSIGNED));
    }

    private void instrument(String name, int group, Instrument contract, double lot) {
        if (!(contract instanceof Instrument.Option)) {
            instrumentPrices.put(instruments.size(), amount(prices.getOrDefault(group, 1.0)));
        }
        instruments.add(new ListedInstrument(instruments.size(), "v:" + name, 1, name, group, contract, amount(lot)));
    }

    /** A lot worth about ten to a hundred USD. */
    private double lot(double price) {
        return StrictMath.pow(10, Math.ceil(1 - StrictMath.log10(price)));
    }

    private NamedScenarios scenarios(int coins) {
        List<CrashDay> replays = new ArrayList<>(CrashReplays.of(CrashReplaysTest.facts()));
        List<CrashDay> some = replays.subList(0, random.nextInt(replays.size() + 1)).stream()
                .map(replay -> {
                    Map<String, Integer> moves = new HashMap<>(replay.moves());
                    moves.put("C1", random.nextInt(-990_000, 900_000));
                    return new CrashDay(replay.day(), moves);
                })
                .toList();
        List<Submission> accepted = new ArrayList<>();
        for (int i = random.nextInt(17); i > 0; i--) {
            Map<String, Integer> moves = new HashMap<>();
            for (int group = 1; group <= coins; group++) {
                moves.put("C" + group, random.nextInt(-950_000, 2_000_000));
            }
            accepted.add(new Submission("s" + i, moves, new BigDecimal(random.nextInt(-4, 11)).movePointLeft(1)));
        }
        return new NamedScenarios(some, first(accepted, 12), first(accepted, 10));
    }

    private static List<Submission> first(List<Submission> all, int places) {
        return all.subList(0, Math.min(places, all.size()));
    }

    private MarketStatistics statistics(int coins) {
        List<GroupStatistics> all = new ArrayList<>();
        for (int group = 1; group <= coins; group++) {
            if (random.nextBoolean()) {
                OptionalLong score = random.nextBoolean()
                        ? OptionalLong.of(random.nextLong(-3_000_000, 5_000_000))
                        : OptionalLong.empty();
                all.add(new GroupStatistics(group, random.nextInt(1, 2_000_000), random.nextInt(0, 1_000_000), score));
            }
        }
        return new MarketStatistics("drawn", all);
    }

    private ExpectedShortfallRows shortfall(int coins) {
        if (random.nextInt(4) == 0) {
            return ExpectedShortfallRows.NONE;
        }
        Map<Integer, IntColumn> moves = new HashMap<>();
        for (int group = 1; group <= coins; group++) {
            moves.put(group, IntColumn.of(random.ints(256, -600_000, 900_000).toArray()));
        }
        List<Integer> weights = new ArrayList<>();
        int left = 62_500;
        for (int block = 1; block <= BLOCKS; block++) {
            int weight = block == BLOCKS ? left : random.nextInt(left / 2 + 1);
            left -= weight;
            weights.addAll(Collections.nCopies(16, weight));
        }
        int[] column = weights.stream().mapToInt(Integer::intValue).toArray();
        return new ExpectedShortfallRows(
                "drawn",
                moves,
                IntColumn.of(random.ints(256, -1_000_000, 2_000_000).toArray()),
                IntColumn.of(column));
    }

    private LiquidityObservations liquidity(int coins) {
        List<InstrumentLiquidity> ofInstruments = instruments.stream()
                .filter(i -> random.nextInt(4) > 0)
                .map(i -> new InstrumentLiquidity(
                        i.number(), random.nextLong(30_000), count(), sides(), random.nextLong(8_000_000)))
                .toList();
        List<AssetLiquidity> ofAssets = assets.stream()
                .filter(a -> random.nextInt(4) > 0)
                .map(a -> new AssetLiquidity(a.number(), count(), sides()))
                .toList();
        List<GroupLiquidity> ofGroups = groups.subList(1, coins + 1).stream()
                .filter(g -> random.nextInt(4) > 0)
                .map(g -> new GroupLiquidity(
                        g.number(), count(), count(), sides(), count(), random.nextLong(2) * count()))
                .toList();
        return new LiquidityObservations("drawn", ofInstruments, ofAssets, ofGroups);
    }

    private AssetClasses classes() {
        return new AssetClasses(
                1,
                assets.stream()
                        .filter(a -> a.tier() != AssetTier.STABLE && random.nextInt(3) == 0)
                        .map(a -> new ClassedAsset(a.number(), AssetTier.GOVERNANCE, 300_000, 60_000, -90_000, "drawn"))
                        .toList());
    }

    private OneSided sides() {
        return new OneSided(count(), count());
    }

    private long count() {
        return 1 + random.nextLong(1L << random.nextInt(1, 45));
    }

    private static Amount amount(double value) {
        return Amount.of(
                new BigDecimal(value).setScale(10, RoundingMode.HALF_EVEN).max(new BigDecimal("0.0000000001")));
    }
}
