package io.bulwark.netting.surface;

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
public record SurfaceLimits(double tick, double spreadMost, double outlierLeast, double fitMost, double residualMost) {
    private static final double PPM = 1e6;

    /** The numbers in force. */
    public static SurfaceLimits of(ParameterSet set) {
        return new SurfaceLimits(
                set.value(SurfaceParameters.TICK) / PPM,
                set.value(SurfaceParameters.SPREAD_MOST) / PPM,
                set.value(SurfaceParameters.OUTLIER_LEAST) / PPM,
                set.value(SurfaceParameters.FIT_MOST) / PPM,
                set.value(SurfaceParameters.RESIDUAL_MOST) / PPM);
    }
}
