package io.bulwark.netting.pricing;

import java.util.function.DoubleUnaryOperator;

/**
 * A model without closed form: its Greeks are central differences of its price. Across an exercise boundary, where gamma jumps,
 * they are those of a small interval.
 */
sealed interface DifferencedModel extends OptionModel permits AmericanOption {
    /** The price at the spot times a factor, all else, exercise boundary included, computed once. */
    DoubleUnaryOperator curve();

    /** The same option at another yield, rate, time and volatility. */
    DifferencedModel moved(double ofYield, double ofRate, double ofYears, double ofVolatility);

    /** Price of the underlying. */
    double spot();

    /** How far inputs are moved to either side. */
    Steps steps();

    /**
     * Steps of differences; one of 0 is an input without room to either side, and its Greeks have no value.
     *
     * @param spot relative
     * @param volatility absolute
     * @param rate absolute, of rate and yield
     * @param years absolute
     */
    record Steps(double spot, double volatility, double rate, double years) {}

    @Override
    default double price() {
        return curve().applyAsDouble(1);
    }

    @Override
    default double delta() {
        double step = spotStep();
        DoubleUnaryOperator curve = curve();
        return (curve.applyAsDouble(1 + step) - curve.applyAsDouble(1 - step)) / (2 * step * spot());
    }

    @Override
    default double gamma() {
        double step = spotStep();
        DoubleUnaryOperator curve = curve();
        double bend = curve.applyAsDouble(1 + step) - 2 * curve.applyAsDouble(1) + curve.applyAsDouble(1 - step);
        return bend / (step * step * spot() * spot());
    }

    /** ∂³V/∂S³, by steps three times as wide as those of {@link #gamma}. */
    @Override
    default double speed() {
        double step = 3 * spotStep();
        DoubleUnaryOperator curve = curve();
        double twist = curve.applyAsDouble(1 + 2 * step)
                - 2 * curve.applyAsDouble(1 + step)
                + 2 * curve.applyAsDouble(1 - step)
                - curve.applyAsDouble(1 - 2 * step);
        return twist / (2 * step * step * step * spot() * spot() * spot());
    }

    @Override
    default double vega() {
        return slope(steps().volatility(), step -> moved(0, 0, 0, step).price());
    }

    @Override
    default double theta() {
        return -slope(steps().years(), step -> moved(0, 0, step, 0).price());
    }

    @Override
    default double rho() {
        return slope(steps().rate(), step -> moved(0, step, 0, 0).price());
    }

    @Override
    default double dividendRho() {
        return slope(steps().rate(), step -> moved(step, 0, 0, 0).price());
    }

    @Override
    default double vanna() {
        return slope(steps().volatility(), step -> moved(0, 0, 0, step).delta());
    }

    /** ∂²V/∂σ², by steps five times as wide as those of {@link #vega}. */
    @Override
    default double volga() {
        double step = present(5 * steps().volatility());
        return (moved(0, 0, 0, step).price()
                        - 2 * price()
                        + moved(0, 0, 0, -step).price())
                / (step * step);
    }

    @Override
    default double charm() {
        return -slope(steps().years(), step -> moved(0, 0, step, 0).delta());
    }

    @Override
    default double veta() {
        return -slope(steps().years(), step -> moved(0, 0, step, 0).vega());
    }

    @Override
    default double vera() {
        return slope(10 * steps().rate(), step -> moved(0, step, 0, 0).vega());
    }

    private double spotStep() {
        return spot() > 0 ? present(steps().spot()) : present(0);
    }

    private static double slope(double step, DoubleUnaryOperator value) {
        return (value.applyAsDouble(present(step)) - value.applyAsDouble(-step)) / (2 * step);
    }

    private static double present(double step) {
        if (!(step > 0)) {
            throw new ArithmeticException("a Greek has no value where its argument is 0");
        }
        return step;
    }
}
