package io.bulwark.clearing.epoch;

import static io.bulwark.clearing.epoch.CanonicalValue.array;
import static io.bulwark.clearing.epoch.CanonicalValue.integer;
import static io.bulwark.clearing.epoch.CanonicalValue.text;

import java.util.HashSet;
import java.util.List;

/**
 * What makes a house this house: its network and its first quorum. Its identity follows from it and never changes, even when the quorum does.
 *
 * @param network the network's name, such as {@code bulwark-demo}
 * @param threshold how many of the keys sign an epoch, 1 to their number
 * @param quorumKeys the first Ed25519 public keys, 32 bytes each, all different
 */
public record FoundingDocument(String network, int threshold, List<Digest> quorumKeys) {
    private static final String SCHEMA = "bulwark-founding";
    private static final long VERSION = 1;
    private static final int HOUSE_BYTES = 31;

    /** Checks the threshold and that no key stands twice. */
    public FoundingDocument {
        quorumKeys = List.copyOf(quorumKeys);
        if (network.isBlank()) {
            throw new CanonicalException("founding.network", "\"" + network + "\"", "must not be blank");
        }
        if (new HashSet<>(quorumKeys).size() != quorumKeys.size()) {
            throw new CanonicalException("founding.quorumKeys", quorumKeys.toString(), "must all be different");
        }
        if (threshold < 1 || threshold > quorumKeys.size()) {
            throw new CanonicalException(
                    "founding.threshold",
                    String.valueOf(threshold),
                    "must be in 1…" + quorumKeys.size() + ", the number of keys");
        }
    }

    /** The tree of founding.cddl. */
    public CanonicalValue canonical() {
        return array(
                text(SCHEMA),
                integer(VERSION),
                text(network),
                integer(threshold),
                array(quorumKeys.stream().map(CanonicalValue::bytes).toList()));
    }

    /** The house's identity: the first 31 bytes of the SHA-256, behind a zero byte, so that it is a field element. */
    public Digest house() {
        byte[] house = new byte[Digest.LENGTH];
        System.arraycopy(canonical().sha256().bytes(), 0, house, 1, HOUSE_BYTES);
        return Digest.of(house);
    }

    /**
     * Reads what {@link #canonical()} wrote.
     *
     * @throws CanonicalException if the value is not a founding document
     */
    public static FoundingDocument of(CanonicalValue value) {
        CanonicalFields fields = CanonicalFields.document(value, SCHEMA, VERSION);
        String network = fields.text("network");
        long threshold = fields.integer("threshold", 1, Integer.MAX_VALUE);
        List<Digest> keys = fields.digests("quorumKeys");
        fields.end();
        return new FoundingDocument(network, (int) threshold, keys);
    }
}
