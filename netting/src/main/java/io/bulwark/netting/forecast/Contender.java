package io.bulwark.netting.forecast;

/** The models that are compared, in the order of the published table. */
public enum Contender {
    /** Exponentially weighted squared returns, λ = .94: σ_now, and the yardstick. */
    EWMA("EWMA of squared returns (.94)"),
    /** Exponentially weighted variances, λ = .85. */
    EWMA_OF_VARIANCE("EWMA of RV (.85)"),
    /** Log-HAR over 1, 7, 30 and 180 days. */
    HAR("log-HAR 1/7/30/180"),
    /** Log-HAR with the negative returns of 1, 7 and 30 days. */
    HAR_LEVERAGE("HAR + leverage terms"),
    /** Boosted trees on the logarithm of the variance, without the regression. */
    TREES("trees alone"),
    /** Log-HAR and the shrunk answer of trees to what it leaves over: the challenger. */
    HAR_TREES("HAR + shrunk trees residual");

    private final String label;

    Contender(String label) {
        this.label = label;
    }

    /** The name in tables. */
    public String label() {
        return label;
    }
}
