package io.bulwark.netting.contagion;

import io.bulwark.clearing.money.MoneyRange;
import io.bulwark.netting.buffer.VegaTariff;
import java.util.List;

/**
 * The vega of one account.
 *
 * @param vegaMicro by bucket of the {@link VegaTariff}, micro-USD per volatility point, long &gt; 0
 * @param paidMicro χ by liquidity group: what the initial margin charges for short vega already, micro-USD ≥ 0, rounded down
 */
public record VegaHolding(List<Long> vegaMicro, List<Long> paidMicro) {
    /** An account without options. */
    public static final VegaHolding NONE = new VegaHolding(List.of(), List.of());

    /** Copies the lists; sizes must lie within the range of the buffer. */
    public VegaHolding {
        vegaMicro = List.copyOf(vegaMicro);
        paidMicro = List.copyOf(paidMicro);
        for (long vega : vegaMicro) {
            if (vega <= -MoneyRange.END || vega >= MoneyRange.END) {
                throw new IllegalArgumentException("vegaMicro must lie below 2^56 in size; have " + vega);
            }
        }
        paidMicro.forEach(paid -> MoneyRange.notNegative("paidMicro", paid));
    }
}
