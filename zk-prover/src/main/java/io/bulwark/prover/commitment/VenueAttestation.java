package io.bulwark.prover.commitment;

import io.bulwark.clearing.document.CanonicalValue;
import io.bulwark.netting.portfolio.Entry;
import io.bulwark.prover.binding.Answer;
import io.bulwark.prover.binding.FieldElement;
import io.bulwark.prover.binding.ProverLibrary;
import java.util.List;

/**
 * What a venue says of one account's positions: a leaf of the tree whose root the epoch seals. It names the account, so that it serves no
 * other.
 *
 * @param venue the venue's number
 * @param account the account's number
 * @param blinding known to venue and owner, so that the leaf does not tell what stands in it
 * @param entries signed lots by instrument, numbers increasing; at most {@link #ENTRIES_MAX}
 */
public record VenueAttestation(int venue, long account, FieldElement blinding, List<Entry> entries) {
    /** Most entries of one attestation. */
    public static final int ENTRIES_MAX = 8;

    /** Copies. */
    public VenueAttestation {
        entries = List.copyOf(entries);
    }

    /** The leaf: H_16(15; venue, account number, blinding, entries). Faulty entries are refused. */
    public Answer<FieldElement> hash(ProverLibrary library) {
        return library.attestationLeaf(CanonicalValue.array(
                        CanonicalValue.text("bulwark-attestation"),
                        CanonicalValue.integer(1),
                        CanonicalValue.integer(venue),
                        CanonicalValue.integer(account),
                        CanonicalValue.bytes(blinding.bytes()),
                        encodedEntries())
                .encode());
    }

    /** The entries as [number, lots]. */
    public CanonicalValue encodedEntries() {
        return CanonicalValue.array(entries.stream()
                .map(entry -> CanonicalValue.array(
                        CanonicalValue.integer(entry.number()), CanonicalValue.integer(entry.lots())))
                .toList());
    }

    /** Venue and account alone: lots and blinding are nobody else's business. */
    @Override
    public String toString() {
        return "VenueAttestation[venue=" + venue + ", account=" + account + "]";
    }
}
