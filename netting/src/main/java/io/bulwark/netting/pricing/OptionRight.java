package io.bulwark.netting.pricing;

/** What the owner of an option may do at the strike. */
public enum OptionRight {
    /** Buy. */
    CALL(1),
    /** Sell. */
    PUT(-1);

    private final int sign;

    OptionRight(int sign) {
        this.sign = sign;
    }

    /** +1 for a call, −1 for a put: the sign with which the underlying's gain reaches the owner. */
    public int sign() {
        return sign;
    }
}
