package io.bulwark.adapter;

import io.bulwark.clearing.instrument.Listing;
import io.bulwark.clearing.position.RawSnapshot;
import io.bulwark.clearing.position.VenueSnapshot;

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

    /** Its name in founding files, such as {@code aave}; a stranger's is {@code company.name}. Never given to another form or meaning again. */
    String kind();

    /** Counts the meanings that its bytes have had. */
    int version();

    /** The record that a founding file's connection of this kind is read as. */
    Class<F> founding();

    /** How often the venue may be asked where nobody says otherwise: as it documents, less a third. */
    ReadBudget budget(F founding);

    /** What the house must know of the venue before it believes a number of it. */
    VenueProfile profile(F founding);

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
}
