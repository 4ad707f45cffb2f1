package io.bulwark.clearing.instrument;

import io.bulwark.clearing.money.Amount;
import io.bulwark.clearing.position.EvidenceGrade;

/**
 * An asset that counts as collateral or can be owed. The same asset under another evidence grade is another entry.
 *
 * @param number permanent, below 2³¹
 * @param name unique, such as {@code USDC} or {@code aWETH}
 * @param group the risk group whose price moves it
 * @param form what it is; its underlying claim is named here, so that one claim is never counted twice
 * @param lot quantity of one lot, &gt; 0
 * @param tier stable, major or governance
 * @param haircutPpm h of the collateral rule (margin formula, section 1.6), in ppm
 * @param residualPpm ρ of the collateral rule, in ppm
 * @param grade the evidence that a holding of it must have
 */
public record ListedAsset(
        int number,
        String name,
        int group,
        Instrument form,
        Amount lot,
        AssetTier tier,
        long haircutPpm,
        long residualPpm,
        EvidenceGrade grade) {
    /** Checks the lot. */
    public ListedAsset {
        if (lot.signum() <= 0) {
            throw new IllegalArgumentException("lot of " + name + " must be > 0; have " + lot);
        }
    }

    /** Whether its debts never gain from a fall (stable tier). */
    public boolean stable() {
        return tier == AssetTier.STABLE;
    }
}
