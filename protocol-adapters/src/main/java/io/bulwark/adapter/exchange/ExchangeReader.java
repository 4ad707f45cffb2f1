package io.bulwark.adapter.exchange;

import io.bulwark.adapter.PayloadRefused;
import io.bulwark.adapter.VenueException;
import io.bulwark.clearing.position.Horizon;
import io.bulwark.clearing.position.Reading;
import java.util.List;
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
