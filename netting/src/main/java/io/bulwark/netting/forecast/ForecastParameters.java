package io.bulwark.netting.forecast;

import io.bulwark.clearing.governance.GovernedRoom;
import io.bulwark.clearing.governance.Parameter;
import io.bulwark.clearing.money.Ppm;

/** The governed numbers of predictive volatility. */
public final class ForecastParameters implements GovernedRoom {
    /** A learned σ counts at most as this multiple of σ_now. */
    public static final Parameter BOUND = new Parameter("forecast.bound", "ppm", Ppm.ONE, 1_500_000, 1_500_000);

    /** Days of one shadow period: a challenger is judged at its end, once. */
    public static final Parameter SHADOW_DAYS = new Parameter("forecast.shadowDays", "days", 90, 365, 91);

    /** The Diebold–Mariano statistic that a challenger must exceed. */
    public static final Parameter STATISTIC_LEAST =
            new Parameter("forecast.statisticLeast", "ppm", 1_645_000, 4_000_000, 2_000_000);

    /** Smallest variance of a day that is believed; a day without a trade has none. 10 000 is a σ of 0.32 %. */
    public static final Parameter VARIANCE_LEAST =
            new Parameter("forecast.varianceLeast", "10^-9", 100, 1_000_000, 10_000);

    /** Share of the trees' answer that is added to the regression's. */
    public static final Parameter BLEND = new Parameter("forecast.blend", "ppm", 0, Ppm.ONE, 500_000);

    /** Days between two fits. */
    public static final Parameter REFIT_DAYS = new Parameter("forecast.refitDays", "days", 1, 90, 30);

    static double varianceLeast() {
        return VARIANCE_LEAST.initial() / 1e9;
    }
}
