package io.bulwark.netting.firesale;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.DoublePredicate;
import java.util.stream.IntStream;

/**
 * Fire sales of banks that sell only when their leverage exceeds a limit, round after round until nobody sells.
 *
 * <p>Source: R. Cont and E. Schaanning, "Fire sales, indirect contagion and systemic stress testing", Norges Bank working paper 2/2017. Doubles: a monitor figure.
 *
 * @param rounds what happens in each round
 * @param equity by bank, at the end
 * @param price by asset, at the end; 1 before the shock
 * @param fireSaleLoss by bank, the initial shock excluded
 */
public record ThresholdFireSale(List<Round> rounds, double[] equity, double[] price, double[] fireSaleLoss) {
    private static final int ROUNDS_MAX = 100_000;

    /**
     * A bank.
     *
     * @param otherAssets not for sale and not shocked; ≥ 0
     * @param securities by asset, at the price before the shock; ≥ 0
     * @param equity before the shock
     */
    public record Bank(double otherAssets, double[] securities, double equity) {}

    /**
     * How the market and the banks behave.
     *
     * @param depth by asset: money whose sale takes the whole price where impact is linear; > 0
     * @param floor by asset: share of the price that no sale takes away, in [0, 1), impact then 1 − exp; empty = linear impact, cut at 1
     * @param leverageMax above it a bank sells; > 0
     * @param leverageTarget to which it returns; > 0, at most the limit
     */
    public record Market(double[] depth, double[] floor, double leverageMax, double leverageTarget) {
        /** Checks ranges. */
        public Market {
            require("depth", depth, d -> d > 0, "> 0");
            require("B", floor, b -> b >= 0 && b < 1, "within 0 … 1, 1 excluded");
            if (floor.length != 0 && floor.length != depth.length) {
                throw new IllegalArgumentException("B must have " + depth.length + " entries; has " + floor.length);
            }
            if (!(leverageTarget > 0 && leverageTarget <= leverageMax && Double.isFinite(leverageMax))) {
                throw new IllegalArgumentException(
                        "lb must be > 0 and at most lmax, " + leverageMax + "; have " + leverageTarget);
            }
        }

        private double impact(int asset, double sold) {
            if (floor.length == 0) {
                return Math.min(1, sold / depth[asset]);
            }
            double movable = 1 - floor[asset];
            return movable * (1 - StrictMath.exp(-sold / (movable * depth[asset])));
        }
    }

    /**
     * One round.
     *
     * @param sellFraction by bank: share of its securities that it sells
     * @param sold by asset, at the price before the sales
     * @param impact by asset: fall as a share of that price
     * @param markToMarketLoss by bank, on what it keeps
     * @param shortfallCost by bank, on what it sells: half the fall
     * @param equity by bank, after the round
     * @param price by asset, after the round
     */
    public record Round(
            double[] sellFraction,
            double[] sold,
            double[] impact,
            double[] markToMarketLoss,
            double[] shortfallCost,
            double[] equity,
            double[] price) {}

    /**
     * Runs the sales.
     *
     * @param shock by asset: share of the price lost at once, at most 1
     * @throws IllegalArgumentException naming the entry that breaks a rule
     */
    public static ThresholdFireSale of(List<Bank> banks, Market market, double[] shock) {
        int assets = market.depth().length;
        require("shock", shock, s -> s <= 1, "at most 1");
        length("shock", shock, assets);
        double[][] held = new double[banks.size()][];
        double[] equity = new double[banks.size()];
        for (int i = 0; i < banks.size(); i++) {
            double[] securities = banks.get(i).securities();
            length("banks[" + i + "].pi", securities, assets);
            require("banks[" + i + "].pi", securities, s -> s >= 0, ">= 0");
            require("banks[" + i + "].theta", new double[] {banks.get(i).otherAssets()}, s -> s >= 0, ">= 0");
            require("banks[" + i + "].C", new double[] {banks.get(i).equity()}, s -> true, "a number");
            held[i] = securities.clone();
            equity[i] = banks.get(i).equity();
            for (int k = 0; k < assets; k++) {
                equity[i] -= shock[k] * held[i][k];
                held[i][k] *= 1 - shock[k];
            }
        }
        double[] shocked = equity.clone();
        double[] price = Arrays.stream(shock).map(s -> 1 - s).toArray();
        List<Round> rounds = new ArrayList<>();
        for (double[] selling = selling(banks, market, held, equity);
                Arrays.stream(selling).anyMatch(share -> share > 0);
                selling = selling(banks, market, held, equity)) {
            if (rounds.size() == ROUNDS_MAX) {
                throw new IllegalStateException("sales have not ended within " + ROUNDS_MAX + " rounds");
            }
            rounds.add(sell(market, selling, held, equity, price));
        }
        double[] loss = IntStream.range(0, equity.length)
                .mapToDouble(i -> shocked[i] - equity[i])
                .toArray();
        return new ThresholdFireSale(List.copyOf(rounds), equity, price, loss);
    }

    private static double[] selling(List<Bank> banks, Market market, double[][] held, double[] equity) {
        return IntStream.range(0, held.length)
                .mapToDouble(i ->
                        share(banks.get(i).otherAssets(), Arrays.stream(held[i]).sum(), equity[i], market))
                .toArray();
    }

    private static double share(double other, double securities, double equity, Market market) {
        if (securities == 0) {
            return 0;
        }
        if (equity <= 0) {
            return 1;
        }
        double assets = other + securities;
        return assets / equity > market.leverageMax()
                ? Math.min(1, (assets - market.leverageTarget() * equity) / securities)
                : 0;
    }

    private static Round sell(Market market, double[] selling, double[][] held, double[] equity, double[] price) {
        int assets = price.length;
        double[] sold = new double[assets];
        double[] impact = new double[assets];
        for (int k = 0; k < assets; k++) {
            for (int i = 0; i < held.length; i++) {
                sold[k] += selling[i] * held[i][k];
            }
            impact[k] = market.impact(k, sold[k]);
            price[k] *= 1 - impact[k];
        }
        double[] kept = new double[held.length];
        double[] cost = new double[held.length];
        for (int i = 0; i < held.length; i++) {
            for (int k = 0; k < assets; k++) {
                kept[i] += (1 - selling[i]) * held[i][k] * impact[k];
                cost[i] += 0.5 * selling[i] * held[i][k] * impact[k];
                held[i][k] *= (1 - selling[i]) * (1 - impact[k]);
            }
            equity[i] -= kept[i] + cost[i];
        }
        return new Round(selling, sold, impact, kept, cost, equity.clone(), price.clone());
    }

    /** The banks, ascending, whose equity is 0 or less at the end. */
    public List<Integer> insolvent() {
        return IntStream.range(0, equity.length)
                .filter(i -> equity[i] <= 0)
                .boxed()
                .toList();
    }

    private static void length(String name, double[] values, int length) {
        if (values.length != length) {
            throw new IllegalArgumentException(name + " must have " + length + " entries; has " + values.length);
        }
    }

    private static void require(String name, double[] values, DoublePredicate rule, String words) {
        for (int i = 0; i < values.length; i++) {
            if (!Double.isFinite(values[i]) || !rule.test(values[i])) {
                throw new IllegalArgumentException(name + "[" + i + "] must be " + words + "; have " + values[i]);
            }
        }
    }
}
