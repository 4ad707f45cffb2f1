package io.bulwark.insurance.regulatory;

import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Exposure at default of one netting set under SA-CCR: {@code EAD = 1.4·(RC + multiplier·add-on)}. Source: Basel Framework
 * CRE52.1 to 52.23.
 *
 * @param addOns by class
 * @param replacementCost RC
 * @param multiplier how far over-collateralisation lowers the add-on, in [0.05, 1]
 * @param exposure EAD
 */
public record NettingSetExposure(
        Map<AssetClass, FutureExposure> addOns, double replacementCost, double multiplier, double exposure) {
    private static final double ALPHA = 1.4;
    private static final double FLOOR = 0.05;

    /**
     * A margin agreement.
     *
     * @param threshold TH
     * @param minimumTransfer MTA
     * @param independentCollateral NICA, net; may be negative
     * @param periodDays margin period of risk, business days, > 0
     */
    public record Agreement(double threshold, double minimumTransfer, double independentCollateral, double periodDays) {
        /** Checks the period. */
        public Agreement {
            if (!(periodDays > 0)) {
                throw new IllegalArgumentException("mpor must be > 0; have " + periodDays);
            }
        }
    }

    /** Copies the add-ons in the order of the classes. */
    public NettingSetExposure {
        addOns = addOns.isEmpty() ? Map.of() : Collections.unmodifiableMap(new EnumMap<>(addOns));
    }

    /**
     * Computes it.
     *
     * @param trades of the set
     * @param value V, of all trades
     * @param collateral C, net of haircuts
     * @param agreement empty without margin
     */
    public static NettingSetExposure of(
            List<DerivativeTrade> trades, double value, double collateral, Optional<Agreement> agreement) {
        Optional<Double> days = agreement.map(Agreement::periodDays);
        EnumMap<AssetClass, FutureExposure> addOns = new EnumMap<>(AssetClass.class);
        trades.stream()
                .collect(Collectors.groupingBy(DerivativeTrade::assetClass))
                .forEach((assetClass, group) -> addOns.put(assetClass, FutureExposure.of(assetClass, group, days)));
        double addOn =
                addOns.values().stream().mapToDouble(FutureExposure::total).sum();
        double unrelieved =
                addOns.values().stream().mapToDouble(FutureExposure::unrelieved).sum();
        double cost = replacementCost(value, collateral, agreement);
        double multiplier = multiplier(value - collateral, addOn - unrelieved);
        return new NettingSetExposure(
                addOns, cost, multiplier, exposure(cost + unrelieved, multiplier, addOn - unrelieved));
    }

    /** {@code max(V − C, TH + MTA − NICA, 0)}, without the middle term where there is no agreement (CRE52.10, 52.18). */
    public static double replacementCost(double value, double collateral, Optional<Agreement> agreement) {
        double current = Math.max(value - collateral, 0);
        return agreement
                .map(a -> Math.max(current, a.threshold() + a.minimumTransfer() - a.independentCollateral()))
                .orElse(current);
    }

    /** {@code min(1, 0.05 + 0.95·exp((V − C)/(1.9·add-on)))} (CRE52.23); 1 where value covers collateral. */
    public static double multiplier(double uncollateralised, double addOn) {
        return uncollateralised >= 0
                ? 1
                : Math.min(1, FLOOR + (1 - FLOOR) * StrictMath.exp(uncollateralised / (2 * (1 - FLOOR) * addOn)));
    }

    /** {@code 1.4·(RC + multiplier·add-on)}. */
    public static double exposure(double replacementCost, double multiplier, double addOn) {
        return ALPHA * (replacementCost + multiplier * addOn);
    }

    /** All classes together. */
    public double aggregateAddOn() {
        return addOns.values().stream().mapToDouble(FutureExposure::total).sum();
    }

    /** Potential future exposure. */
    public double potentialFutureExposure() {
        double unrelieved =
                addOns.values().stream().mapToDouble(FutureExposure::unrelieved).sum();
        return multiplier * (aggregateAddOn() - unrelieved) + unrelieved;
    }
}
