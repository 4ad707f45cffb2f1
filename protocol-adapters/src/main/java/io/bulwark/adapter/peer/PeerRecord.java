package io.bulwark.adapter.peer;

import static io.bulwark.clearing.document.CanonicalValue.array;
import static io.bulwark.clearing.document.CanonicalValue.bytes;
import static io.bulwark.clearing.document.CanonicalValue.integer;
import static io.bulwark.clearing.document.CanonicalValue.text;

import io.bulwark.clearing.document.CanonicalException;
import io.bulwark.clearing.document.CanonicalFields;
import io.bulwark.clearing.document.CanonicalReader;
import io.bulwark.clearing.document.CanonicalValue;
import io.bulwark.clearing.document.Digest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * A part of what one node says to others over a topic (peer.cddl).
 *
 * @param place whose part it is
 * @param index which part, from 0
 * @param part at most {@value #PART_BYTES} bytes
 */
record PeerRecord(Place place, int index, byte[] part) {
    /** Longest part, bytes: half of what a broker takes where nobody said anything else. */
    static final int PART_BYTES = 512 << 10;

    /** Most parts of one whole: 64 MiB. */
    static final int PARTS_MAX = 128;

    private static final String SCHEMA = "bulwark-peer-record";

    /** What is said. */
    enum Kind {
        /** A message of a round, to everybody. */
        MESSAGE,
        /** A question to one node. */
        QUESTION,
        /** What that node answers, signed by it. */
        ANSWER;

        private String word() {
            return name().toLowerCase(Locale.ROOT);
        }

        private static Kind of(String word) {
            return Arrays.stream(values())
                    .filter(kind -> kind.word().equals(word))
                    .findFirst()
                    .orElseThrow(() ->
                            new CanonicalException("record.kind", "a text", "must be message, question or answer"));
        }
    }

    /**
     * The whole that a part is of.
     *
     * @param of who is asked, or what is answered: the SHA-256 of the question; zero for a message
     * @param whole SHA-256 of all parts together
     * @param count how many parts, 1 to {@value PeerRecord#PARTS_MAX}
     * @param signature of who answers, on {@link #answered}; empty for messages and questions, which are signed in themselves
     */
    record Place(Kind kind, Digest of, Digest whole, int count, byte[] signature) {
        /** What who answers signs. */
        CanonicalValue answered() {
            return array(text("bulwark-round-peer-answer"), integer(1), bytes(of), bytes(whole));
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Place that
                    && kind == that.kind
                    && of.equals(that.of)
                    && whole.equals(that.whole)
                    && count == that.count
                    && Arrays.equals(signature, that.signature);
        }

        @Override
        public int hashCode() {
            return whole.hashCode();
        }

        @Override
        public String toString() {
            return kind + " " + whole + " in " + count + " parts";
        }
    }

    /** The parts of a whole, as the place names it. */
    static List<PeerRecord> parts(Place place, byte[] whole) {
        List<PeerRecord> parts = new ArrayList<>();
        for (int index = 0; index < place.count(); index++) {
            int from = index * PART_BYTES;
            parts.add(new PeerRecord(
                    place, index, Arrays.copyOfRange(whole, from, Math.min(whole.length, from + PART_BYTES))));
        }
        return parts;
    }

    /** In how many parts so many bytes go. */
    static int count(int length) {
        return Math.max(1, Math.ceilDiv(length, PART_BYTES));
    }

    byte[] encode() {
        return array(
                        text(SCHEMA),
                        integer(1),
                        text(place.kind().word()),
                        bytes(place.of()),
                        bytes(place.whole()),
                        integer(place.count()),
                        bytes(place.signature()),
                        integer(index),
                        bytes(part))
                .encode();
    }

    /**
     * Reads what {@link #encode} wrote.
     *
     * @throws CanonicalException if it is none
     */
    static PeerRecord read(byte[] encoded) {
        CanonicalFields fields = CanonicalFields.document(CanonicalReader.read(encoded), SCHEMA, 1);
        Place place = new Place(
                Kind.of(fields.text("kind")),
                fields.digest("of"),
                fields.digest("whole"),
                (int) fields.integer("count", 1, PARTS_MAX),
                fields.bytes("signature"));
        PeerRecord record =
                new PeerRecord(place, (int) fields.integer("index", 0, place.count() - 1), fields.bytes("part"));
        fields.end();
        if (record.part.length > PART_BYTES) {
            throw new CanonicalException(
                    "record.part", record.part.length + " bytes", "must be at most " + PART_BYTES + " bytes");
        }
        return record;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof PeerRecord that
                && place.equals(that.place)
                && index == that.index
                && Arrays.equals(part, that.part);
    }

    @Override
    public int hashCode() {
        return 31 * place.hashCode() + index;
    }

    @Override
    public String toString() {
        return "part " + index + " of " + place;
    }
}
