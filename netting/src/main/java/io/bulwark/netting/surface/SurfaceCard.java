package io.bulwark.netting.surface;

import static io.bulwark.clearing.document.CanonicalValue.array;
import static io.bulwark.clearing.document.CanonicalValue.decimal;
import static io.bulwark.clearing.document.CanonicalValue.integer;
import static io.bulwark.clearing.document.CanonicalValue.text;

import io.bulwark.clearing.document.CanonicalValue;
import io.bulwark.clearing.document.Digest;
import java.math.BigDecimal;
import java.util.Arrays;

/**
 * What has to be known of a learned surface before it may be used.
 *
 * @param features what it looks at
 * @param trainedOnMillis the moment of the chain it was trained on: its whole window, UTC epoch milliseconds
 * @param quotes trained on
 * @param amplitude of the kernel, volatility
 * @param moneynessWidth of the kernel
 * @param timeWidth of the kernel
 * @param bound largest move of a volatility
 * @param scale how much of the residual is used
 * @param errorWithout root mean square error of the fitted surface at the quotes, volatility
 * @param errorLeftOut the same of each quote predicted from all others
 * @param verdict whether it is used, and if not by which rule
 * @param coefficients SHA-256 of the canonical encoding of kernel, features of the quotes and weights
 */
public record SurfaceCard(
        String features,
        long trainedOnMillis,
        int quotes,
        double amplitude,
        double moneynessWidth,
        double timeWidth,
        double bound,
        double scale,
        double errorWithout,
        double errorLeftOut,
        Verdict verdict,
        Digest coefficients) {
    /** What became of a learned surface. */
    public enum Verdict {
        /** It is used. */
        USED,
        /** Fewer than fifty usable quotes. */
        TOO_FEW_QUOTES,
        /** It predicts left-out quotes less than 2 % or a hundredth of a point better than the fitted surface. */
        NO_GAIN,
        /** Even a quarter of it can be traded against itself. */
        ARBITRAGE
    }

    private static final String FEATURES = "moneyness over the deviation at the money; logarithm of days to expiry";

    static SurfaceCard of(long trainedOnMillis, KernelResidual r, double bound, double scale, Verdict verdict) {
        return new SurfaceCard(
                FEATURES,
                trainedOnMillis,
                r.weights().length,
                r.amplitude(),
                r.moneynessWidth(),
                r.timeWidth(),
                bound,
                scale,
                r.before(),
                r.leftOut(),
                verdict,
                coefficients(r).sha256());
    }

    /** ["bulwark-residual", 1, amplitude, widths, moneyness, time, weights]: decimals that a double reads back to the bit. */
    static CanonicalValue coefficients(KernelResidual r) {
        return array(
                text("bulwark-residual"),
                integer(1),
                exact(r.amplitude()),
                exact(r.moneynessWidth()),
                exact(r.timeWidth()),
                exact(r.moneyness()),
                exact(r.time()),
                exact(r.weights()));
    }

    /** The shortest decimal that reads back as the same double. */
    static CanonicalValue exact(double value) {
        return decimal(new BigDecimal(Double.toString(value)));
    }

    private static CanonicalValue exact(double[] values) {
        return array(Arrays.stream(values).mapToObj(SurfaceCard::exact).toList());
    }

    /** ["bulwark-model-card", 1, …] in the order of the fields. */
    public CanonicalValue canonical() {
        return array(
                text("bulwark-model-card"),
                integer(1),
                text(features),
                integer(trainedOnMillis),
                integer(quotes),
                exact(amplitude),
                exact(moneynessWidth),
                exact(timeWidth),
                exact(bound),
                exact(scale),
                exact(errorWithout),
                exact(errorLeftOut),
                text(verdict.name()),
                text(coefficients.toString()));
    }
}
