package io.bulwark.netting.pricing;

/**
 * Price and Greeks of one option on one unit under one model, in the unit of its underlying.
 *
 * <p>A Greek is a derivative per one whole unit of its argument: vega for a volatility of 1.00, rho for a rate of 1.00, theta,
 * charm and veta for one year of calendar time passing. Where the value has no such derivative (exactly at the money with no
 * deviation left) asking throws {@link ArithmeticException}.
 */
sealed interface OptionModel permits BlackScholesMerton, MertonJumpDiffusion, DifferencedModel {
    /** Value, ≥ 0. */
    double price();

    /** ∂V/∂S. */
    double delta();

    /** ∂²V/∂S². */
    double gamma();

    /** ∂³V/∂S³: how gamma moves with the spot. */
    double speed();

    /** ∂V/∂σ. */
    double vega();

    /** ∂V/∂t: what the option gains, usually loses, by waiting. */
    double theta();

    /** ∂V/∂r at an unchanged yield (for a forward: at an unchanged forward). */
    double rho();

    /** ∂V/∂q at an unchanged rate. */
    double dividendRho();

    /** ∂²V/∂S∂σ. */
    double vanna();

    /** ∂²V/∂σ². */
    double volga();

    /** ∂²V/∂S∂t: how delta decays. */
    double charm();

    /** ∂²V/∂σ∂t: how vega decays. */
    double veta();

    /** ∂²V/∂σ∂r. */
    double vera();
}
