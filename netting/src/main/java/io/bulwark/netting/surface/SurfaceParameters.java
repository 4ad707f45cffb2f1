package io.bulwark.netting.surface;

import io.bulwark.clearing.governance.Parameter;
import io.bulwark.clearing.governance.ParameterSet;

/**
 * The governed numbers of the surface, read.
 *
 * @param tick least step of a price, in units of the forward
 * @param spreadMost widest spread of a usable quote, in volatility
 * @param outlierLeast no quote nearer than this to the fit is an outlier, in volatility
 * @param fitMost a fit with a larger root mean square error is not used, in volatility
 * @param residualMost how far a learned surface may stand from the fitted one, in volatility
 */
public record SurfaceParameters(
        double tick, double spreadMost, double outlierLeast, double fitMost, double residualMost) {
    /** Least step of a price. */
    public static final Parameter TICK = new Parameter("surface.tick", "ppm of the forward", 1, 1_000, 100);

    /** Widest spread of a usable quote. */
    public static final Parameter SPREAD_MOST =
            new Parameter("surface.spreadMost", "ppm of volatility", 10_000, 500_000, 150_000);

    /** Least distance of an outlier. */
    public static final Parameter OUTLIER_LEAST =
            new Parameter("surface.outlierLeast", "ppm of volatility", 5_000, 200_000, 30_000);

    /** Largest error with which a fit is used. */
    public static final Parameter FIT_MOST =
            new Parameter("surface.fitMost", "ppm of volatility", 5_000, 200_000, 50_000);

    /** Farthest a learned surface may stand from the fitted one. */
    public static final Parameter RESIDUAL_MOST =
            new Parameter("surface.residualMost", "ppm of volatility", 0, 150_000, 50_000);

    private static final double PPM = 1e6;

    /** The numbers in force. */
    public static SurfaceParameters of(ParameterSet set) {
        return new SurfaceParameters(
                set.value(TICK) / PPM,
                set.value(SPREAD_MOST) / PPM,
                set.value(OUTLIER_LEAST) / PPM,
                set.value(FIT_MOST) / PPM,
                set.value(RESIDUAL_MOST) / PPM);
    }
}
