package io.bulwark.clearing.position;

import static io.bulwark.clearing.document.CanonicalValue.array;
import static io.bulwark.clearing.document.CanonicalValue.bytes;
import static io.bulwark.clearing.document.CanonicalValue.integer;
import static io.bulwark.clearing.document.CanonicalValue.text;

import io.bulwark.clearing.account.VenueAccount;
import io.bulwark.clearing.document.CanonicalFields;
import io.bulwark.clearing.document.CanonicalValue;
import io.bulwark.clearing.document.Digest;
import java.util.List;
import java.util.Objects;

/**
 * What a venue said of one account at one horizon, byte for byte: the sealed input from which everything else follows.
 *
 * @param account whose
 * @param horizon when, by the venue
 * @param readings the answers in the adapter's fixed order
 */
public record RawSnapshot(VenueAccount account, Horizon horizon, List<Reading> readings) {
    /** Copies the readings. */
    public RawSnapshot {
        Objects.requireNonNull(account, "account");
        Objects.requireNonNull(horizon, "horizon");
        readings = List.copyOf(readings);
    }

    /** [venue, account, horizon, [[method, parameters, result] …]]: the canonical form whose SHA-256 is the identity. */
    public CanonicalValue canonical() {
        return array(
                integer(account.venue()),
                text(account.address()),
                horizon.canonical(),
                array(readings.stream()
                        .map(r -> array(text(r.method()), text(r.parameters()), bytes(r.result())))
                        .toList()));
    }

    /** The snapshot's identity. The same identity twice is no change. */
    public Digest id() {
        return canonical().sha256();
    }

    /**
     * Reads what {@link #canonical} wrote.
     *
     * @throws io.bulwark.clearing.document.CanonicalException if a field is missing, of another type or too many
     */
    public static RawSnapshot of(CanonicalValue value) {
        CanonicalFields fields = CanonicalFields.of("snapshot", value);
        VenueAccount account =
                new VenueAccount((int) fields.integer("venue", 0, Integer.MAX_VALUE), fields.text("account"));
        CanonicalFields horizon = fields.fields("horizon");
        RawSnapshot snapshot = new RawSnapshot(
                account,
                Horizon.of(horizon),
                fields.list("readings", r -> new Reading(r.text("method"), r.text("parameters"), r.bytes("result"))));
        horizon.end();
        fields.end();
        return snapshot;
    }
}
