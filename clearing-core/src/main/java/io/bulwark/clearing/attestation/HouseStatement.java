package io.bulwark.clearing.attestation;

import static io.bulwark.clearing.document.CanonicalValue.array;
import static io.bulwark.clearing.document.CanonicalValue.bytes;
import static io.bulwark.clearing.document.CanonicalValue.integer;
import static io.bulwark.clearing.document.CanonicalValue.text;

import io.bulwark.clearing.document.CanonicalException;
import io.bulwark.clearing.document.CanonicalValue;
import io.bulwark.clearing.document.Digest;
import java.util.Arrays;

/**
 * What a quorum vouches for beside epochs: a numbered document of the house.
 *
 * @param house the house
 * @param number from 1, consecutive in each subject
 * @param subject what the document is about
 * @param digest SHA-256 of the document's canonical encoding
 */
public record HouseStatement(Digest house, long number, Subject subject, Digest digest) implements QuorumStatement {
    /** What documents of a house are about. */
    public enum Subject {
        /** Which verifying keys it proves with: a {@link KeyList}. */
        KEYS("keys"),
        /** What it holds, and by what that is shown. */
        HOLDINGS("holdings"),
        /** Keys of those who fetch what venues say. */
        READERS("readers"),
        /** The daily prices that it estimates from, once its founding's were continued. */
        PRICES("prices"),
        /** What it lists, once its founding's was continued. */
        LISTING("listing"),
        /** Keys of those who recompute epochs. */
        NODES("nodes"),
        /** Accepted snapshots that are wrong: each list says one more. */
        SUPERSEDED("superseded");

        private final String word;

        Subject(String word) {
            this.word = word;
        }

        /** As it stands in documents. */
        public String word() {
            return word;
        }

        /**
         * The subject of a word.
         *
         * @throws CanonicalException if there is none
         */
        public static Subject of(String word) {
            return Arrays.stream(values())
                    .filter(subject -> subject.word.equals(word))
                    .findFirst()
                    .orElseThrow(() -> new CanonicalException(
                            "subject",
                            "\"" + word + "\"",
                            "must be keys, holdings, readers, prices, listing, nodes or superseded"));
        }
    }

    /** Checks the number. */
    public HouseStatement {
        if (number < 1) {
            throw new CanonicalException("statement.number", String.valueOf(number), "must be >= 1");
        }
    }

    /** ["bulwark-house-statement", 1, house, number, subject, digest]; its bytes are signed. */
    @Override
    public CanonicalValue canonical() {
        return array(
                text("bulwark-house-statement"),
                integer(1),
                bytes(house),
                integer(number),
                text(subject.word()),
                bytes(digest));
    }

    /** Another document under the same number. */
    @Override
    public boolean contradicts(QuorumStatement other) {
        return other instanceof HouseStatement that
                && house.equals(that.house)
                && number == that.number
                && subject == that.subject
                && !digest.equals(that.digest);
    }
}
