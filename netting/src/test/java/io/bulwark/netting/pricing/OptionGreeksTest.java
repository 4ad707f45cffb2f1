package io.bulwark.netting.pricing;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.bulwark.clearing.instrument.Instrument.OptionRight;
import java.util.Random;
import java.util.function.DoubleFunction;
import java.util.function.ToDoubleFunction;
import org.junit.jupiter.api.Test;

/** One contract for the Greeks of every model: each is the slope of what it is said to be the derivative of. */
class OptionGreeksTest {
    private static final long SEED = 40_404;

    /** A central difference of step 1e-4, relative to the scale of the Greek. */
    private static final double DIFFERENCE_TOLERANCE = 2e-6;

    private static final double STEP = 1e-4;

    /** An option of a model at any inputs. */
    interface Model {
        OptionModel at(Inputs inputs);
    }

    record Inputs(OptionRight right, double spot, double yield, double rate, double years, double volatility) {
        BlackScholesMerton lognormal() {
            return new BlackScholesMerton(right, spot, 100, yield, rate, years, volatility);
        }
    }

    @Test
    void shouldBeSlopesUnderBlackScholesMerton() {
        everywhere(Inputs::lognormal);
    }

    @Test
    void shouldBeSlopesUnderJumpDiffusion() {
        everywhere(i -> new MertonJumpDiffusion(i.lognormal(), 3, -0.1, 0.2));
        everywhere(i -> new MertonJumpDiffusion(i.lognormal(), 12, 0.05, 0));
    }

    private static void everywhere(Model model) {
        Random random = new Random(SEED);
        for (int i = 0; i < 60; i++) {
            OptionRight right = i % 2 == 0 ? OptionRight.CALL : OptionRight.PUT;
            Inputs inputs = new Inputs(
                    right,
                    70 + 60 * random.nextDouble(),
                    -0.03 + 0.1 * random.nextDouble(),
                    -0.03 + 0.1 * random.nextDouble(),
                    0.2 + 2 * random.nextDouble(),
                    0.2 + 0.6 * random.nextDouble());
            contract(model, inputs, DIFFERENCE_TOLERANCE);
        }
    }

    static void contract(Model model, Inputs i, double tolerance) {
        OptionModel o = model.at(i);
        DoubleFunction<Inputs> spot = s -> new Inputs(i.right(), s, i.yield(), i.rate(), i.years(), i.volatility());
        DoubleFunction<Inputs> yield = q -> new Inputs(i.right(), i.spot(), q, i.rate(), i.years(), i.volatility());
        DoubleFunction<Inputs> rate = r -> new Inputs(i.right(), i.spot(), i.yield(), r, i.years(), i.volatility());
        DoubleFunction<Inputs> years = t -> new Inputs(i.right(), i.spot(), i.yield(), i.rate(), t, i.volatility());
        DoubleFunction<Inputs> sigma = v -> new Inputs(i.right(), i.spot(), i.yield(), i.rate(), i.years(), v);
        Slopes slopes = new Slopes(model, i, tolerance);
        slopes.are("delta", o.delta(), 1, spot, i.spot(), OptionModel::price);
        slopes.are("gamma", o.gamma(), 1 / i.spot(), spot, i.spot(), OptionModel::delta);
        slopes.are("speed", o.speed(), 1 / (i.spot() * i.spot()), spot, i.spot(), OptionModel::gamma);
        slopes.are("vega", o.vega(), i.spot(), sigma, i.volatility(), OptionModel::price);
        slopes.are("theta", -o.theta(), i.spot(), years, i.years(), OptionModel::price);
        slopes.are("rho", o.rho(), i.spot(), rate, i.rate(), OptionModel::price);
        slopes.are("dividendRho", o.dividendRho(), i.spot(), yield, i.yield(), OptionModel::price);
        slopes.are("vanna", o.vanna(), 1, sigma, i.volatility(), OptionModel::delta);
        slopes.are("volga", o.volga(), i.spot(), sigma, i.volatility(), OptionModel::vega);
        slopes.are("charm", -o.charm(), 1, years, i.years(), OptionModel::delta);
        slopes.are("veta", -o.veta(), i.spot(), years, i.years(), OptionModel::vega);
        slopes.are("vera", o.vera(), i.spot(), rate, i.rate(), OptionModel::vega);
    }

    private record Slopes(Model model, Inputs inputs, double tolerance) {
        void are(
                String greek,
                double value,
                double scale,
                DoubleFunction<Inputs> moved,
                double at,
                ToDoubleFunction<OptionModel> of) {
            double step = STEP * Math.max(Math.abs(at), 0.1);
            double up = of.applyAsDouble(model.at(moved.apply(at + step)));
            double down = of.applyAsDouble(model.at(moved.apply(at - step)));
            double slope = (up - down) / (2 * step);
            double allowed = tolerance * Math.max(scale, Math.abs(value));
            assertEquals(slope, value, allowed, () -> greek + " of " + model.at(inputs));
        }
    }
}
