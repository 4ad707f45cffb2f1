package io.bulwark.adapter.exchange;

import io.bulwark.adapter.PayloadRefused;
import io.bulwark.adapter.VenueException;
import io.bulwark.adapter.VenueException.Category;
import io.bulwark.clearing.position.Horizon;
import io.bulwark.clearing.position.Reading;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** What asks a venue that answers for its present only. */
public interface ExchangeReader extends AutoCloseable {
    /**
     * Readings and the one moment of which they speak.
     *
     * @param horizon as the readings themselves say it
     * @param readings in the adapter's fixed order
     */
    record Cut(Horizon horizon, List<Reading> readings) {
        /** Copies the readings. */
        public Cut {
            readings = List.copyOf(readings);
        }
    }

    /** One read of an account; empty if it moved in between. */
    @FunctionalInterface
    interface Attempt {
        /** Reads. */
        Optional<Cut> once() throws VenueException;
    }

    /** How often an account that moves is read before it is left for the next round. */
    int ATTEMPTS = 3;

    /**
     * An account that did not move while it was read, for a venue whose answers cannot give all of it at one moment: what an account may be margined by is read, then the rest,
     * then the first again.
     *
     * @param venue names the venue in an error
     * @throws VenueException if it moved in every attempt: nothing is mixed
     */
    static Cut steady(String venue, Attempt attempt) throws VenueException {
        for (int n = 0; n < ATTEMPTS; n++) {
            Optional<Cut> cut = attempt.once();
            if (cut.isPresent()) {
                return cut.get();
            }
        }
        throw new VenueException(
                venue, Category.RETRY, "positions changed in each of " + ATTEMPTS + " reads; none is mixed");
    }

    /** The venue's present. */
    Horizon now() throws VenueException;

    /**
     * All that the venue says of one account.
     *
     * @param address as the house lists it
     * @throws IllegalArgumentException if this venue has no such addresses
     * @throws VenueException if the venue does not answer, or moved while it was read
     */
    Cut account(String address) throws VenueException;

    /** The venue's public prices and volatilities. */
    Cut market() throws VenueException;

    @Override
    void close();

    /**
     * What a reading means to whoever asks further by it.
     *
     * @throws PayloadRefused with the answer, if it cannot be understood
     */
    static <T> T meaning(Reading reading, Function<byte[], T> meaning) {
        try {
            return meaning.apply(reading.result());
        } catch (PayloadRefused e) {
            throw e.in(reading.result());
        }
    }
}
