package io.bulwark.api.verification;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.bulwark.clearing.attestation.EpochSignature;
import io.bulwark.clearing.attestation.HoldingPurpose;
import io.bulwark.clearing.attestation.PlaceControl;
import io.bulwark.clearing.document.CanonicalValue;
import io.bulwark.clearing.document.Digest;
import io.bulwark.clearing.holding.Held;
import io.bulwark.clearing.holding.HoldingEvidence;
import io.bulwark.clearing.holding.HoldingList;
import io.bulwark.clearing.holding.HoldingSeen;
import io.bulwark.clearing.holding.ReserveHolding;
import io.bulwark.clearing.holding.SignedHoldings;
import io.bulwark.clearing.position.EvidenceGrade;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.bouncycastle.math.ec.rfc8032.Ed25519;

/**
 * Holdings of a house of tests, all of them at one venue that signs what it keeps.
 *
 * @param purpose what they are held for
 * @param house the house
 * @param epoch the epoch
 * @param atMillis when they were seen
 */
public record KrakenHoldings(HoldingPurpose purpose, Digest house, long epoch, long atMillis) {
    /** The venue. */
    public static final Signer KRAKEN = new Signer("kraken");

    private static final String PLACE = "kraken:1";

    /** An Ed25519 key of a test. */
    public static final class Signer {
        private final byte[] secret;

        /** The key whose seed is the SHA-256 of a text. */
        public Signer(String name) {
            secret = Digest.sha256(name.getBytes(UTF_8)).bytes();
        }

        /** The public key. */
        public Digest key() {
            byte[] key = new byte[Ed25519.PUBLIC_KEY_SIZE];
            Ed25519.generatePublicKey(secret, 0, key, 0);
            return Digest.of(key);
        }

        /** A signature on the bytes of a value. */
        public byte[] sign(CanonicalValue value) {
            byte[] message = value.encode();
            byte[] signature = new byte[Ed25519.SIGNATURE_SIZE];
            Ed25519.sign(secret, 0, message, 0, message.length, signature, 0);
            return signature;
        }
    }

    /** The venue's control of its place. */
    public byte[] control() {
        return KRAKEN.sign(new PlaceControl(house, epoch, purpose, PLACE).canonical());
    }

    /** A list of these holdings, signed by these members. */
    public SignedHoldings of(Map<Held, Long> lots, boolean controlled, Signer... members) {
        return of(lots, controlled ? control() : new byte[0], EvidenceGrade.VENUE_SIGNATURE, members);
    }

    /** The same, under a control and a grade that the house writes down. */
    public SignedHoldings of(Map<Held, Long> lots, byte[] control, EvidenceGrade grade, Signer... members) {
        List<ReserveHolding> pieces = new ArrayList<>();
        List<HoldingEvidence> evidence = new ArrayList<>();
        lots.forEach((held, amount) -> {
            HoldingSeen seen = new HoldingSeen(house, epoch, purpose, held, amount, PLACE, atMillis);
            HoldingEvidence piece = new HoldingEvidence.Signed(KRAKEN.key(), KRAKEN.sign(seen.canonical()));
            evidence.add(piece);
            pieces.add(new ReserveHolding(held, amount, PLACE, grade, piece.digest(), control, atMillis));
        });
        TreeMap<Held, EvidenceGrade> listed = new TreeMap<>();
        lots.keySet().forEach(held -> listed.put(held, EvidenceGrade.VENUE_SIGNATURE));
        return signed(new HoldingList(house, epoch, purpose, listed, pieces), evidence, members);
    }

    /** A list as members sign it. */
    public static SignedHoldings signed(HoldingList list, List<HoldingEvidence> evidence, Signer... members) {
        List<EpochSignature> signatures = Arrays.stream(members)
                .map(member -> new EpochSignature(
                        member.key(),
                        member.sign(SignedHoldings.statement(list, 1).canonical())))
                .toList();
        return new SignedHoldings(list, 1, signatures, evidence);
    }
}
