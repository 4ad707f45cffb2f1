package io.bulwark.netting.firesale;

import java.util.Arrays;
import java.util.List;

/**
 * A banking system that deleverages step by step, as the Oxford programme of {@code ox-inet-resilience/firesale_stresstest} does: below a leverage of 3 % a bank fails and
 * all that it can sell is sold, below its buffer it repays loans from cash and sells towards 5 %.
 *
 * <p>Source: that programme at commit dd861c6, over the public figures of the EBA's stress test of 2018. Doubles: a monitor figure.
 *
 * @param defaultsPerStep newly failed banks in steps 0 … 6
 * @param soldFraction after steps 0 … 5: share of all that could be sold, at the prices before the shock
 * @param price of corporate and government bonds after the sales of step 5; 1 before the shock. Step 6 only counts defaults
 */
public record LeverageFireSale(int[] defaultsPerStep, double[] soldFraction, double[] price) {
    private static final int STEPS = 6;
    private static final double DEFAULT_LEVERAGE = 0.03;
    private static final double TARGET_LEVERAGE = 0.05;
    private static final double CASH_SHARE = 0.05;
    private static final double LOAN_SHARE = 0.5;
    private static final double REFERENCE_SALE = 0.05;
    private static final int CORPORATE = 0;
    private static final int GOVERNMENT = 1;

    /**
     * A bank as published.
     *
     * @param coreCapital common equity tier 1; > 0
     * @param leverageRatioPct capital over assets, per cent; > 0
     * @param debtSecurities bonds that can be sold, government bonds included
     * @param governmentBonds within 0 … debtSecurities
     */
    public record Bank(double coreCapital, double leverageRatioPct, double debtSecurities, double governmentBonds) {
        /** Checks ranges. */
        public Bank {
            if (!(coreCapital > 0 && Double.isFinite(coreCapital))) {
                throw new IllegalArgumentException("cet1 must be > 0; have " + coreCapital);
            }
            if (!(leverageRatioPct > 0 && leverageRatioPct <= 100)) {
                throw new IllegalArgumentException(
                        "leverageRatioPct must be > 0 and at most 100; have " + leverageRatioPct);
            }
            if (!(governmentBonds >= 0 && governmentBonds <= debtSecurities && Double.isFinite(debtSecurities))) {
                throw new IllegalArgumentException("governmentBonds must be within 0 … debtSecurities, "
                        + debtSecurities + "; have " + governmentBonds);
            }
        }
    }

    /** What a bank holds while the steps run. */
    private static final class Balance {
        private double cash;
        private final double[] units;
        private final double other;
        private double liabilities;
        private double loans;
        private boolean failed;

        Balance(Bank bank) {
            double assets = bank.coreCapital() / (bank.leverageRatioPct() / 100);
            cash = CASH_SHARE * assets;
            units = new double[] {bank.debtSecurities() - bank.governmentBonds(), bank.governmentBonds()};
            other = assets - cash - units[CORPORATE] - units[GOVERNMENT];
            liabilities = assets - bank.coreCapital();
            loans = LOAN_SHARE * liabilities;
        }

        double tradable(double[] price) {
            return units[CORPORATE] * price[CORPORATE] + units[GOVERNMENT] * price[GOVERNMENT];
        }

        double assets(double[] price) {
            return cash + other + tradable(price);
        }

        /** The share of each bond that this step orders to sell; fails or repays on the way. */
        double order(double[] price, double buffer) {
            double assets = assets(price);
            double equity = assets - liabilities;
            if (failed) {
                return 0;
            }
            if (equity / assets < DEFAULT_LEVERAGE) {
                failed = true;
                return 1;
            }
            if (equity / assets >= buffer) {
                return 0;
            }
            double need = Math.max(0, Math.min(assets - equity / TARGET_LEVERAGE, loans));
            double repaid = Math.min(cash, need);
            cash -= repaid;
            loans -= repaid;
            liabilities -= repaid;
            double tradable = tradable(price);
            return tradable > 0 ? Math.min(1, (need - repaid) / tradable) : 0;
        }
    }

    /**
     * Runs the steps.
     *
     * @param priceImpact fall of a bond's price when 5 % of it is sold, in [0, 1)
     * @param shock share of the price that government bonds lose at once, 0 … 1
     * @param buffer leverage below which a bank acts, 0 … 1
     */
    public static LeverageFireSale of(List<Bank> banks, double priceImpact, double shock, double buffer) {
        unit("priceImpact5pct", priceImpact, priceImpact < 1);
        unit("shock", shock, true);
        unit("buffer", buffer, true);
        List<Balance> balances = banks.stream().map(Balance::new).toList();
        double[] total = totals(balances);
        double[] price = {1, 1 - shock};
        double steepness = priceImpact == 0 ? 0 : -StrictMath.log(1 - priceImpact) / REFERENCE_SALE;
        int[] defaults = new int[STEPS + 1];
        double[] soldFraction = new double[STEPS];
        double soldUnits = 0;
        double[] lastPrice = price;
        for (int step = 1; step <= STEPS; step++) {
            lastPrice = price.clone();
            double[] orders = orders(balances, price, buffer);
            int failed = (int) balances.stream().filter(b -> b.failed).count();
            defaults[step] = failed - Arrays.stream(defaults).sum();
            soldUnits += settle(balances, orders, price, total, steepness);
            if (step < STEPS) {
                soldFraction[step] = total[CORPORATE] + total[GOVERNMENT] > 0
                        ? soldUnits / (total[CORPORATE] + total[GOVERNMENT])
                        : 0;
            }
        }
        return new LeverageFireSale(defaults, soldFraction, lastPrice);
    }

    private static double[] totals(List<Balance> balances) {
        double[] total = new double[2];
        for (Balance balance : balances) {
            total[CORPORATE] += balance.units[CORPORATE];
            total[GOVERNMENT] += balance.units[GOVERNMENT];
        }
        return total;
    }

    private static double[] orders(List<Balance> balances, double[] price, double buffer) {
        return balances.stream().mapToDouble(b -> b.order(price, buffer)).toArray();
    }

    /** Moves the prices once for the pooled orders, pays the sellers the mid of old and new price, and gives the units sold. */
    private static double settle(
            List<Balance> balances, double[] orders, double[] price, double[] total, double steepness) {
        double soldUnits = 0;
        for (int bond = CORPORATE; bond <= GOVERNMENT; bond++) {
            double sold = 0;
            for (int i = 0; i < orders.length; i++) {
                sold += orders[i] * balances.get(i).units[bond];
            }
            double old = price[bond];
            price[bond] = sold == 0 ? old : old * StrictMath.exp(-steepness * sold / total[bond]);
            for (int i = 0; i < orders.length; i++) {
                Balance seller = balances.get(i);
                double units = orders[i] * seller.units[bond];
                seller.units[bond] -= units;
                seller.cash += units * (old + price[bond]) / 2;
            }
            soldUnits += sold;
        }
        return soldUnits;
    }

    private static void unit(String name, double value, boolean further) {
        if (!(value >= 0 && value <= 1 && further)) {
            throw new IllegalArgumentException(name + " must be within 0 … 1; have " + value);
        }
    }
}
