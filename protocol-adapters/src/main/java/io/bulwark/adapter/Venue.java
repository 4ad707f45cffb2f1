package io.bulwark.adapter;

import io.bulwark.clearing.attestation.EpochSignature;
import io.bulwark.clearing.document.Digest;
import io.bulwark.clearing.instrument.Listing;
import io.bulwark.clearing.position.EvidenceGrade;
import io.bulwark.clearing.position.RawSnapshot;
import io.bulwark.clearing.position.VenueSnapshot;
import java.util.Set;

/**
 * A kind of venue: all that the house knows of it lies in its folder, or in the jar of whoever brings it. Found by {@link java.util.ServiceLoader}, so it has a public
 * constructor without parameters and is named in {@code META-INF/services/io.bulwark.adapter.Venue}. It has no state: what differs between two houses is in the founding record.
 *
 * @param <F> what a founding file says of such a venue
 */
public interface Venue<F extends Venue.Founding> {
    /**
     * What a founding file says of a venue before a byte of it is read: contracts, currencies, settlement. A record, read strictly by its components, each of which must
     * be there. It decides what the bytes mean, so it is sealed as it is written. Where the venue answers, and with which key, is no part of it: that changes no number.
     */
    interface Founding {
        /** The venue's permanent number in the house. */
        int venue();
    }

    /**
     * Which kind this is.
     *
     * @param kind its name in founding files, such as {@code aave}; a stranger's is {@code company.name}. Never given to another form or
     *     meaning again
     * @param version counts the meanings that its bytes have had; sealed with every reading
     * @param founding the record that a founding file's connection of this kind is read as
     */
    record Form<F>(String kind, int version, Class<F> founding) {}

    /** Name, version and founding record of this kind. */
    Form<F> form();

    /** Its name in founding files. */
    default String kind() {
        return form().kind();
    }

    /** The version that is sealed with every reading. */
    default int version() {
        return form().version();
    }

    /** How often the venue may be asked where nobody says otherwise: as it documents, less a third. */
    ReadBudget budget(F founding);

    /** What the house must know of the venue before it believes a number of it. */
    VenueProfile profile(F founding);

    /**
     * The profile of a venue of this kind.
     *
     * @param finality when a horizon may be sealed, in words
     * @param signs how it counts sizes, sides and units, in words
     * @param rounding where its own rounding meets ours, in words
     * @param grades the evidence that its holdings can have
     */
    default VenueProfile profile(
            F founding, String finality, String signs, String rounding, Set<EvidenceGrade> grades) {
        return new VenueProfile(founding.venue(), kind(), version(), finality, signs, rounding, grades);
    }

    /**
     * What a raw snapshot of this venue, of an account or of its market, says in the house's words. A pure function of its arguments: a replay calls this and nothing else.
     *
     * @throws PayloadRefused naming field, value and rule
     */
    VenueSnapshot meaning(F founding, RawSnapshot raw, Listing listing);

    /**
     * Whoever asks the venue.
     *
     * @param at where it answers, to whom, and how often
     * @throws IllegalArgumentException if it cannot be read so, naming what is missing
     */
    VenueReader open(F founding, Endpoint at);

    /**
     * A kind of venue that nobody asks: its protocol pushes what it says, each file signed with a key that the founding record names.
     *
     * @param <F> what a founding file says of such a venue
     */
    interface Pushed<F extends Founding> extends Venue<F> {
        /** The protocol's Ed25519 public key. */
        Digest key(F founding);

        /** The text that the protocol signs of a file. */
        String statement(F founding, byte[] file);

        /** Whether the protocol signed a file. */
        default boolean signed(F founding, byte[] file, byte[] signature) {
            return signature.length == EpochSignature.LENGTH
                    && new EpochSignature(key(founding), signature).signs(statement(founding, file));
        }

        /**
         * A pushed file as a raw snapshot, of an account or of the market.
         *
         * @throws PayloadRefused if the signature is not the protocol's, or of whom and when the file speaks cannot be read
         */
        RawSnapshot pushed(F founding, byte[] file, byte[] signature);

        @Override
        default VenueReader open(F founding, Endpoint at) {
            throw new IllegalArgumentException("venue " + founding.venue() + " must not be asked: it pushes");
        }
    }
}
