package io.bulwark.netting.venuemargin;

import java.util.List;

/**
 * A portfolio of one underlying under the portfolio risk manager, version 1.
 *
 * @param cash in the cash asset, signed
 * @param perpetuals units, short below 0
 * @param perpetualValue gains and funding of the perpetuals not settled yet
 * @param base units of the underlying held, ≥ 0
 * @param expiries one entry per expiry
 */
public record Pmrm1Portfolio(
        double cash, double perpetuals, double perpetualValue, double base, List<HeldExpiry> expiries) {
    /** Copies the expiries and checks the ranges. */
    public Pmrm1Portfolio {
        Check.finite("cash", cash);
        Check.finite("perpetuals", perpetuals);
        Check.finite("perpetual value", perpetualValue);
        Check.notNegative("base", base);
        expiries = List.copyOf(expiries);
    }
}
