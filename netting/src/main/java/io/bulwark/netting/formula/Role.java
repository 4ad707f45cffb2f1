package io.bulwark.netting.formula;

/** The lists whose entries count in the margin. Paid-up lots count nowhere. */
public enum Role {
    /** Margined position, signed. */
    POSITION,
    /** Asset held. */
    COLLATERAL,
    /** Asset owed. */
    DEBT
}
