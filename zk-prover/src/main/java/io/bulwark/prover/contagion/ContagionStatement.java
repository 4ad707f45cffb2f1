package io.bulwark.prover.contagion;

import io.bulwark.clearing.document.CanonicalFields;
import io.bulwark.netting.buffer.BufferTariff;
import io.bulwark.netting.buffer.HouseBook;
import io.bulwark.netting.risktable.RiskTable;
import io.bulwark.prover.binding.Answer;
import io.bulwark.prover.binding.FieldElement;
import io.bulwark.prover.binding.ProverLibrary;
import io.bulwark.prover.witness.PublicInputs;
import java.math.BigInteger;

/**
 * What a certificate says of an epoch: the contagion vectors of these terms dominate one step of the cascade. In the integer that is public:
 * tag 20 + 2⁸·groups + 2⁸⁰·scenarios; the terms stand in the place of the nullifier, challenge and scope are 0.
 *
 * @param groups liquidity groups of the tariff, 1 … 127
 * @param scenarios of the tariff, ≥ 1
 * @param terms digest of what follows from risk table and tariff alone
 */
public record ContagionStatement(int groups, int scenarios, FieldElement terms) {
    private static final int TAG = 20;
    private static final int GROUPS_BIT = 8;
    private static final int GROUPS_BITS = 7;
    private static final int SCENARIOS_BIT = 80;

    /** Refuses what no certificate says. */
    public ContagionStatement {
        if (groups < 1 || groups >= 1 << GROUPS_BITS || scenarios < 1) {
            throw new IllegalArgumentException(
                    "a certificate must have groups and scenarios; have " + groups + " and " + scenarios);
        }
    }

    /**
     * What a certificate of a shape over this table and tariff says, computed here: whoever checks a proof compares.
     *
     * @return the statement, or the reason why no certificate speaks of them
     */
    public static Answer<ContagionStatement> of(
            ProverLibrary library, ContagionShape shape, RiskTable table, BufferTariff tariff) {
        return library.contagionTerms(shape.encoded(), table.encode(), tariff.encode(), HouseBook.scenarioRows(table))
                .map(answer -> new ContagionStatement(shape.groups(), shape.scenarios(), terms(answer)));
    }

    private static FieldElement terms(CanonicalFields answer) {
        return FieldElement.ofDigest(answer.digest("terms"));
    }

    /** All public inputs of a proof that says this of an epoch's digest. */
    public PublicInputs over(FieldElement seal) {
        BigInteger statement = BigInteger.valueOf(scenarios)
                .shiftLeft(SCENARIOS_BIT)
                .or(BigInteger.valueOf((long) groups << GROUPS_BIT | TAG));
        return new PublicInputs(seal, FieldElement.ZERO, FieldElement.ZERO, terms, FieldElement.of(statement));
    }
}
