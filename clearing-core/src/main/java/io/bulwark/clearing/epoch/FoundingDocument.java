package io.bulwark.clearing.epoch;

import static io.bulwark.clearing.document.CanonicalValue.array;
import static io.bulwark.clearing.document.CanonicalValue.integer;
import static io.bulwark.clearing.document.CanonicalValue.text;

import io.bulwark.clearing.document.CanonicalException;
import io.bulwark.clearing.document.CanonicalFields;
import io.bulwark.clearing.document.CanonicalValue;
import io.bulwark.clearing.document.Digest;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;

/**
 * What makes a house this house: its network, its first quorum, and which proving keys it may ever have. Its identity follows from it and never
 * changes, even when the quorum does.
 *
 * @param version 1 or 2. Version 1 says nothing of keys and counts as {@link KeyRule.Test}; its identity is another than that of the same in version 2
 * @param network the network's name, such as {@code bulwark-demo}
 * @param threshold how many of the keys sign an epoch, 1 to their number
 * @param quorumKeys the first Ed25519 public keys, 32 bytes each, all different
 * @param keys where the house's proving keys must come from
 */
public record FoundingDocument(long version, String network, int threshold, List<Digest> quorumKeys, KeyRule keys) {
    private static final String SCHEMA = "bulwark-founding";
    private static final long VERSION_WITHOUT_KEYS = 1;
    private static final long VERSION = 2;
    private static final int HOUSE_BYTES = 31;
    private static final String TEST = "test";
    private static final String CEREMONY = "ceremony";

    /** Where a house's proving keys must come from. It is part of its identity, so nobody lowers it later. */
    public sealed interface KeyRule {
        /** Keys that the house makes itself: whoever made them could prove anything, so such a house is for tests. */
        record Test() implements KeyRule {}

        /**
         * Keys of ceremonies.
         *
         * @param signed how many different contributors must have signed, at least {@value #SIGNED_MIN}
         */
        record Ceremony(int signed) implements KeyRule {
            /** Fewest signed contributors after whom keys are called a ceremony's. */
            public static final int SIGNED_MIN = 3;

            /** Most that a rule may ask. */
            public static final int SIGNED_MAX = 1_000;

            /** Checks the number. */
            public Ceremony {
                if (signed < SIGNED_MIN || signed > SIGNED_MAX) {
                    throw new CanonicalException(
                            "founding.keys.signed",
                            String.valueOf(signed),
                            "must be in " + SIGNED_MIN + "…" + SIGNED_MAX + " contributors");
                }
            }
        }
    }

    /** Checks the threshold, that no key stands twice, and that version 1 has no rule of keys. */
    public FoundingDocument {
        quorumKeys = List.copyOf(quorumKeys);
        if (version != VERSION_WITHOUT_KEYS && version != VERSION) {
            throw new CanonicalException("founding.version", String.valueOf(version), "must be 1 or 2");
        }
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
        if (version == VERSION_WITHOUT_KEYS && !(keys instanceof KeyRule.Test)) {
            throw new CanonicalException("founding.keys", keys.toString(), "must be test in version 1");
        }
    }

    /** The document of a house that is founded now. */
    public FoundingDocument(String network, int threshold, List<Digest> quorumKeys, KeyRule keys) {
        this(VERSION, network, threshold, quorumKeys, keys);
    }

    /** The document of a house that was founded before there was a rule of keys. */
    public static FoundingDocument withoutKeys(String network, int threshold, List<Digest> quorumKeys) {
        return new FoundingDocument(VERSION_WITHOUT_KEYS, network, threshold, quorumKeys, new KeyRule.Test());
    }

    /** Whether the document itself says which keys the house may have. */
    public boolean namesKeys() {
        return version != VERSION_WITHOUT_KEYS;
    }

    /** The tree of founding.cddl. */
    public CanonicalValue canonical() {
        List<CanonicalValue> fields = new ArrayList<>(List.of(
                text(SCHEMA),
                integer(version),
                text(network),
                integer(threshold),
                array(quorumKeys.stream().map(CanonicalValue::bytes).toList())));
        if (namesKeys()) {
            fields.add(
                    switch (keys) {
                        case KeyRule.Test() -> array(text(TEST));
                        case KeyRule.Ceremony(int signed) -> array(text(CEREMONY), integer(signed));
                    });
        }
        return array(fields);
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
        CanonicalFields fields = CanonicalFields.of(SCHEMA, value);
        if (!fields.text("schema").equals(SCHEMA)) {
            throw new CanonicalException(SCHEMA + ".schema", "another", "must be \"" + SCHEMA + "\"");
        }
        long version = fields.integer("version", VERSION_WITHOUT_KEYS, VERSION);
        String network = fields.text("network");
        long threshold = fields.integer("threshold", 1, Integer.MAX_VALUE);
        List<Digest> quorum = fields.digests("quorumKeys");
        KeyRule keys = version == VERSION_WITHOUT_KEYS ? new KeyRule.Test() : rule(fields.fields("keys"));
        fields.end();
        return new FoundingDocument(version, network, (int) threshold, quorum, keys);
    }

    private static KeyRule rule(CanonicalFields fields) {
        String origin = fields.text("origin");
        KeyRule rule = switch (origin) {
            case TEST -> new KeyRule.Test();
            case CEREMONY -> new KeyRule.Ceremony((int) fields.integer("signed", Integer.MIN_VALUE, Integer.MAX_VALUE));
            default ->
                throw new CanonicalException("founding.keys", "\"" + origin + "\"", "must be \"test\" or \"ceremony\"");
        };
        fields.end();
        return rule;
    }
}
