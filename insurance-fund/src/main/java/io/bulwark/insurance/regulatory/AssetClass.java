package io.bulwark.insurance.regulatory;

/**
 * The asset classes of SA-CCR with their supervisory numbers. Sources: Basel Framework CRE52.72, table 2; of crypto-assets SCO60,
 * counterparty credit risk.
 */
public enum AssetClass {
    /** Interest rates. */
    IR,
    /** Foreign exchange. */
    FX,
    /** Credit, single names by rating and indices by grade. */
    CR,
    /** Equity, single names and indices. */
    EQ,
    /** Commodities. */
    CO,
    /** Crypto-assets: {@link #HEDGED} or {@link #GROSS}, as the bank's supervisor classifies the coin. */
    CRYPTO;

    /** Group 2a: what is long and short of one coin hedges. */
    public static final String HEDGED = "2a";
    /** Group 2b: no hedge is recognised, and half of what is traded is the add-on. */
    public static final String GROSS = "2b";
    /** Supervisory volatility of options on crypto-assets. */
    public static final double CRYPTO_VOLATILITY = 1.2;

    private static final double SINGLE_NAME_CORRELATION = 0.5;
    private static final double INDEX_CORRELATION = 0.8;

    /**
     * The supervisory factor.
     *
     * @param subclass rating, grade or kind; empty for rates and currencies
     * @throws IllegalArgumentException if the class has no such subclass
     */
    public double supervisoryFactor(String subclass) {
        return switch (this) {
            case IR -> only(subclass, 0.005);
            case FX -> only(subclass, 0.04);
            case CR -> credit(subclass);
            case EQ ->
                switch (subclass) {
                    case "single" -> 0.32;
                    case "index" -> 0.2;
                    default -> throw unknown(subclass);
                };
            case CO ->
                switch (subclass) {
                    case "electricity" -> 0.4;
                    case "oilgas", "metals", "agri", "other" -> 0.18;
                    default -> throw unknown(subclass);
                };
            case CRYPTO ->
                switch (subclass) {
                    case HEDGED -> 0.32;
                    case GROSS -> 0.5;
                    default -> throw unknown(subclass);
                };
        };
    }

    private double credit(String subclass) {
        return switch (subclass) {
            case "AAA", "AA", "IG" -> 0.0038;
            case "A" -> 0.0042;
            case "BBB" -> 0.0054;
            case "BB", "SG" -> 0.0106;
            case "B" -> 0.016;
            case "CCC" -> 0.06;
            default -> throw unknown(subclass);
        };
    }

    private double only(String subclass, double factor) {
        if (!subclass.isEmpty()) {
            throw unknown(subclass);
        }
        return factor;
    }

    private IllegalArgumentException unknown(String subclass) {
        return new IllegalArgumentException("subclass must be one that " + this + " has; have " + subclass);
    }

    /** ρ: correlation with the systematic factor of credit and equity, a half for single names, 0.8 for indices. */
    public double correlation(String subclass) {
        return switch (subclass) {
            case "IG", "SG", "index" -> INDEX_CORRELATION;
            default -> SINGLE_NAME_CORRELATION;
        };
    }
}
