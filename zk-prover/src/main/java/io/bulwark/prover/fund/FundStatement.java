package io.bulwark.prover.fund;

import io.bulwark.prover.binding.FieldElement;
import io.bulwark.prover.witness.PublicInputs;
import java.math.BigInteger;

/**
 * What the proof of a fund says of an epoch: in each of so many sealed scenarios the two members who lose most beyond what they hold lose at most
 * the fund together. In the integer that is public: tag 19 + 2⁸·2 + 2¹⁶·fund + 2⁸⁰·scenarios; challenge, scope and nullifier are 0.
 *
 * @param fund what the fund holds at least, u = 10⁻⁴ USD, ≥ 0
 * @param scenarios rows of the vault table, ≥ 1
 */
public record FundStatement(long fund, int scenarios) {
    private static final int TAG = 19;
    private static final int COVERED = 2;
    private static final int COVERED_BIT = 8;
    private static final int FUND_BIT = 16;
    private static final int SCENARIOS_BIT = 80;

    /** Refuses what no fund says. */
    public FundStatement {
        if (fund < 0 || scenarios < 1) {
            throw new IllegalArgumentException(
                    "fund must be at least 0 over a scenario or more; have " + fund + " over " + scenarios);
        }
    }

    /** The integer. */
    FieldElement element() {
        BigInteger named = BigInteger.valueOf(scenarios).shiftLeft(SCENARIOS_BIT - FUND_BIT);
        BigInteger amount = named.or(BigInteger.valueOf(fund)).shiftLeft(FUND_BIT);
        return FieldElement.of(amount.or(BigInteger.valueOf(COVERED << COVERED_BIT | TAG)));
    }

    /** All public inputs of a proof that says this of an epoch's digest. */
    public PublicInputs over(FieldElement seal) {
        return new PublicInputs(seal, FieldElement.ZERO, FieldElement.ZERO, FieldElement.ZERO, element());
    }

    /**
     * What public inputs say.
     *
     * @throws IllegalArgumentException if they are none of a fund
     */
    public static FundStatement of(PublicInputs shown) {
        BigInteger amount = shown.statement().value().shiftRight(FUND_BIT);
        BigInteger named = amount.shiftRight(SCENARIOS_BIT - FUND_BIT);
        if (named.bitLength() < Integer.SIZE && named.signum() > 0) {
            BigInteger fund = amount.subtract(named.shiftLeft(SCENARIOS_BIT - FUND_BIT));
            if (fund.bitLength() < Long.SIZE) {
                FundStatement statement = new FundStatement(fund.longValueExact(), named.intValueExact());
                if (statement.over(shown.seal()).equals(shown)) {
                    return statement;
                }
            }
        }
        throw new IllegalArgumentException("public inputs must be those of a fund: tag " + TAG + ", cover number "
                + COVERED + ", no challenge, scope or nullifier");
    }
}
