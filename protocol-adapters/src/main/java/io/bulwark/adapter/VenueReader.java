package io.bulwark.adapter;

import io.bulwark.clearing.account.VenueAccount;
import io.bulwark.clearing.position.Horizon;
import io.bulwark.clearing.position.RawSnapshot;

/** Asks a venue. */
public interface VenueReader extends AutoCloseable {
    /** What this venue counts in, and when it is final. */
    VenueProfile profile();

    /**
     * The newest horizon that may be sealed: the finalised block, the processed height, or the venue's own time.
     *
     * @throws VenueException if the venue does not answer
     * @throws PayloadRefused if its answer cannot be understood
     */
    Horizon finalised() throws VenueException;

    /**
     * All that the venue says of one account, at one horizon: never a mixture.
     *
     * @param account an account of this venue
     * @param horizon as {@link #finalised} gave it; a venue that cannot look back answers for its present, and the snapshot says so
     * @throws VenueException if the venue does not answer, or moved while it was read
     * @throws PayloadRefused if an answer cannot be understood
     */
    RawSnapshot read(VenueAccount account, Horizon horizon) throws VenueException;

    /**
     * The venue's public prices and volatilities at one horizon, under the account name {@link VenueAccount#MARKET}.
     *
     * @throws VenueException if the venue does not answer, or moved while it was read
     * @throws PayloadRefused if an answer cannot be understood
     */
    RawSnapshot market(Horizon horizon) throws VenueException;

    /** Gives the connections back. */
    @Override
    void close();
}
