package io.bulwark.netting.surface;

import io.bulwark.clearing.governance.GovernedRoom;
import io.bulwark.clearing.governance.Parameter;

/** The governed numbers of the surface. */
public final class SurfaceParameters implements GovernedRoom {
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
}
