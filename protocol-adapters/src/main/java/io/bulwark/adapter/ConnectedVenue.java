package io.bulwark.adapter;

import io.bulwark.clearing.document.Digest;
import io.bulwark.clearing.instrument.Listing;
import io.bulwark.clearing.position.RawSnapshot;
import io.bulwark.clearing.position.VenueSnapshot;
import java.util.Optional;

/**
 * A venue as one founding file connects it.
 *
 * @param venue its kind
 * @param founding what the file says of it
 * @param <F> the kind's founding record
 */
public record ConnectedVenue<F extends Venue.Founding>(Venue<F> venue, F founding) {
    /** The venue's permanent number. */
    public int number() {
        return founding.venue();
    }

    /** How often the venue may be asked where nobody says otherwise. */
    public ReadBudget budget() {
        return venue.budget(founding);
    }

    /** What a raw snapshot of the venue says, as {@link Venue#meaning} has it. */
    public VenueSnapshot meaning(RawSnapshot raw, Listing listing) {
        return venue.meaning(founding, raw, listing);
    }

    /** Whoever asks the venue, as {@link Venue#open} has it. */
    public VenueReader open(Endpoint at) {
        return venue.open(founding, at);
    }

    /** Who pushes, where the venue is one that pushes. */
    public Optional<Pusher<F>> pusher() {
        return venue instanceof Venue.Pushed<F> pushed ? Optional.of(new Pusher<>(pushed, founding)) : Optional.empty();
    }

    /**
     * A protocol that pushes, as one founding file connects it.
     *
     * @param venue its kind
     * @param founding what the file says of it
     * @param <F> the kind's founding record
     */
    public record Pusher<F extends Venue.Founding>(Venue.Pushed<F> venue, F founding) {
        /** The protocol's Ed25519 public key. */
        public Digest key() {
            return venue.key(founding);
        }

        /** The text that the protocol signs of a file. */
        public String statement(byte[] file) {
            return venue.statement(founding, file);
        }

        /** Whether the protocol signed a file. */
        public boolean signed(byte[] file, byte[] signature) {
            return venue.signed(founding, file, signature);
        }

        /** A pushed file as a raw snapshot, as {@link Venue.Pushed#pushed} has it. */
        public RawSnapshot pushed(byte[] file, byte[] signature) {
            return venue.pushed(founding, file, signature);
        }
    }
}
