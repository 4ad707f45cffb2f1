package io.bulwark.prover.commitment;

import io.bulwark.netting.buffer.BufferTariff;
import io.bulwark.prover.binding.Answer;
import io.bulwark.prover.binding.FieldElement;

/**
 * What an epoch seals of a house's published buffer, in the form that a proof opens: H_16(21; SHA-256 of the tariff's encoding as two limbs, scenarios, a leaf for every group of
 * the table, an entry for everything that is no option). Package {@code tariff} of the circuits says which element stands where.
 *
 * @param digest the epoch's buffer digest
 * @param scenarios of the tariff
 * @param groups places for groups, filled up so that a listing seldom asks for another key
 * @param entries places for entries, filled up too
 */
public record TariffCommitment(FieldElement digest, int scenarios, int groups, int entries) {
    /**
     * What the tariff charges an account as booked, u: the integer that a proof shows. Refused as NO_BUFFER_PROOF_WITH_OPTIONS for an account with an
     * option, since a tariff publishes no delta of one.
     */
    public static Answer<Long> charge(RiskTableTree table, BufferTariff tariff, AccountLeaf account) {
        return table.handle().chargeByTariff(tariff.encode(), account.encoded().encode());
    }

    /** The commitment to a tariff beside its table; one that is not of this table is refused by field and rule. */
    public static Answer<TariffCommitment> of(RiskTableTree table, BufferTariff tariff) {
        return table.handle().commitTariff(tariff.encode()).map(fields -> {
            TariffCommitment commitment = new TariffCommitment(
                    FieldElement.ofDigest(fields.digest("digest")),
                    Math.toIntExact(fields.integer("scenarios")),
                    Math.toIntExact(fields.integer("groups")),
                    Math.toIntExact(fields.integer("entries")));
            fields.end();
            return commitment;
        });
    }
}
