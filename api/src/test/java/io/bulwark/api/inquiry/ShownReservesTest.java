package io.bulwark.api.inquiry;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bulwark.adapter.holding.Custodian;
import io.bulwark.adapter.holding.HoldingWindow;
import io.bulwark.api.inquiry.ShownReserves.KnownHouse;
import io.bulwark.api.inquiry.ShownReserves.State;
import io.bulwark.clearing.attestation.EpochSignature;
import io.bulwark.clearing.attestation.PlaceControl;
import io.bulwark.clearing.attestation.Quorum;
import io.bulwark.clearing.epoch.CanonicalValue;
import io.bulwark.clearing.epoch.Digest;
import io.bulwark.clearing.holding.Held;
import io.bulwark.clearing.holding.HoldingEvidence;
import io.bulwark.clearing.holding.HoldingList;
import io.bulwark.clearing.holding.HoldingSeen;
import io.bulwark.clearing.holding.ReserveHolding;
import io.bulwark.clearing.position.EvidenceGrade;
import io.bulwark.prover.binding.FieldElement;
import io.bulwark.prover.book.BookProof;
import io.bulwark.prover.book.SignedHoldings;
import io.bulwark.prover.commitment.EpochCommitment;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.bouncycastle.math.ec.rfc8032.Ed25519;
import org.junit.jupiter.api.Test;

/** What stands behind the reserves of a book: said, shown in part, shown, or another's. */
class ShownReservesTest {
    private static final long EPOCH = 7;
    private static final long AT = 1_716_487_860_000L;
    private static final FieldElement HOUSE = EpochCommitment.house(sha("founding document"));
    private static final String PLACE = "kraken:1";
    private static final Signer KRAKEN = new Signer();
    private static final Signer FIRST = new Signer();
    private static final Signer SECOND = new Signer();
    private static final KnownHouse KNOWN = new KnownHouse(
            HOUSE.digest(),
            new Quorum(2, Set.of(FIRST.key(), SECOND.key())),
            new HoldingWindow(AT - 1_000, AT + 1_000));
    private static final List<Custodian> CUSTODIANS = List.of(new Custodian("kraken:", KRAKEN.key()));

    private static final Map<Held, Long> ENOUGH = Map.of(Held.CASH, 900L, Held.asset(2), 5L, Held.instrument(7), 3L);

    /** An Ed25519 key of the test. */
    private static final class Signer {
        private final byte[] secret = new byte[Ed25519.SECRET_KEY_SIZE];

        Signer() {
            Ed25519.generatePrivateKey(new SecureRandom(), secret);
        }

        Digest key() {
            byte[] key = new byte[Ed25519.PUBLIC_KEY_SIZE];
            Ed25519.generatePublicKey(secret, 0, key, 0);
            return Digest.of(key);
        }

        byte[] sign(CanonicalValue value) {
            byte[] message = value.encode();
            byte[] signature = new byte[Ed25519.SIGNATURE_SIZE];
            Ed25519.sign(secret, 0, message, 0, message.length, signature, 0);
            return signature;
        }
    }

    private static Digest sha(String text) {
        return Digest.sha256(text.getBytes(StandardCharsets.UTF_8));
    }

    private static CanonicalValue ints(long... values) {
        List<CanonicalValue> list = new ArrayList<>();
        for (long value : values) {
            list.add(CanonicalValue.integer(value));
        }
        return CanonicalValue.array(list);
    }

    /** A book file whose proofs nobody looks at: 500 u of 900 owed in cash, all 5 lots of the asset, all 3 paid lots of the option. */
    private static BookProof book() {
        EpochCommitment epoch = new EpochCommitment(
                HOUSE,
                EPOCH,
                FieldElement.of(6),
                FieldElement.of(1),
                FieldElement.of(2),
                SmallTable.TABLE.digest(),
                sha("parameters"),
                sha("inputs"),
                FieldElement.ZERO,
                FieldElement.ZERO,
                FieldElement.ZERO,
                FieldElement.ZERO);
        CanonicalValue bundle = CanonicalValue.array(
                CanonicalValue.text("bulwark-book"),
                CanonicalValue.integer(2),
                CanonicalValue.bytes(epoch.document()),
                CanonicalValue.array(),
                CanonicalValue.array(),
                CanonicalValue.array(),
                CanonicalValue.integer(4),
                CanonicalValue.integer(0),
                CanonicalValue.array(
                        CanonicalValue.integer(500),
                        CanonicalValue.integer(0),
                        CanonicalValue.integer(900),
                        ints(5, 0),
                        ints(5, 0),
                        ints(11, 0),
                        ints(9, 0),
                        ints(0, 3),
                        ints(0, 3)),
                CanonicalValue.bytes(new byte[0]));
        return BookProof.read(CanonicalValue.array(
                        CanonicalValue.text("bulwark-book-proof"),
                        CanonicalValue.integer(2),
                        CanonicalValue.bytes(sha("batch")),
                        CanonicalValue.bytes(sha("top")),
                        CanonicalValue.bytes(SmallTable.TABLE.encode()),
                        CanonicalValue.bytes(bundle.encode()),
                        CanonicalValue.array())
                .encode());
    }

    private static SignedHoldings holdings(
            Map<Held, Long> lots, Digest house, long epoch, boolean controlled, Signer... signers) {
        List<ReserveHolding> pieces = new ArrayList<>();
        List<HoldingEvidence> evidence = new ArrayList<>();
        byte[] control = controlled ? KRAKEN.sign(new PlaceControl(house, epoch, PLACE).canonical()) : new byte[0];
        lots.forEach((held, amount) -> {
            HoldingSeen seen = new HoldingSeen(house, epoch, held, amount, PLACE, AT);
            HoldingEvidence piece = new HoldingEvidence.Signed(KRAKEN.key(), KRAKEN.sign(seen.canonical()));
            evidence.add(piece);
            pieces.add(new ReserveHolding(
                    held, amount, PLACE, EvidenceGrade.VENUE_SIGNATURE, piece.digest(), control, AT));
        });
        TreeMap<Held, EvidenceGrade> listed = new TreeMap<>();
        lots.keySet().forEach(held -> listed.put(held, EvidenceGrade.VENUE_SIGNATURE));
        HoldingList list = new HoldingList(house, epoch, listed, pieces);
        List<EpochSignature> signatures = Arrays.stream(signers)
                .map(signer -> new EpochSignature(
                        signer.key(),
                        signer.sign(SignedHoldings.statement(list, 1).canonical())))
                .toList();
        return new SignedHoldings(list, 1, signatures, evidence);
    }

    private static SignedHoldings holdings(Map<Held, Long> lots, boolean controlled) {
        return holdings(lots, HOUSE.digest(), EPOCH, controlled, FIRST, SECOND);
    }

    private static ShownReserves shown(SignedHoldings holdings) {
        BookProof travelled = BookProof.read(book().with(holdings).encode());
        return ShownReserves.of(travelled, Optional.of(KNOWN), CUSTODIANS);
    }

    @Test
    void shouldSayThatReservesWithoutEvidenceAreSaidNotShown() {
        ShownReserves said = ShownReserves.of(book(), Optional.of(KNOWN), CUSTODIANS);
        assertEquals(State.MISSING, said.state());
        assertEquals(
                List.of("cash (u): 900 said, not shown", "BTC: 5 said, not shown", "BTC-CALL: 3 said, not shown"),
                said.lines());
    }

    @Test
    void shouldGiveThePinWhereEverythingOwedIsShownWithControl() {
        ShownReserves shown = shown(holdings(ENOUGH, true));
        assertEquals(State.GIVEN, shown.state(), shown.words());
        assertEquals(
                List.of(
                        "cash (u): 900 held against 500 owed: 100 % venue-signature; 0 % without control",
                        "BTC: 5 held against 5 owed: 100 % venue-signature; 0 % without control",
                        "BTC-CALL: 3 held against 3 owed: 100 % venue-signature; 0 % without control"),
                shown.lines());
    }

    @Test
    void shouldLeaveThePinMissingWithoutControlOrWithoutAKeyThatTheReaderKnows() {
        ShownReserves uncontrolled = shown(holdings(ENOUGH, false));
        assertEquals(State.MISSING, uncontrolled.state());
        assertTrue(
                uncontrolled
                        .words()
                        .contains("0 of 5 owed of BTC are shown by venue-signature or better, with control"),
                uncontrolled.words());
        assertTrue(
                uncontrolled.lines().getFirst().endsWith("100 % without control"),
                uncontrolled.lines().getFirst());
        BookProof book = book().with(holdings(ENOUGH, true));
        ShownReserves unknown = ShownReserves.of(book, Optional.of(KNOWN), List.of());
        assertEquals(State.MISSING, unknown.state());
        assertTrue(
                unknown.lines().getFirst().contains("100 % unsigned"),
                unknown.lines().getFirst());
        assertEquals(
                State.MISSING,
                ShownReserves.of(book, Optional.empty(), CUSTODIANS).state(),
                "nobody says who the quorum is");
    }

    @Test
    void shouldRefuseAReserveOneLotShortOfWhatIsHeld() {
        for (Held held : ENOUGH.keySet()) {
            Map<Held, Long> less = new TreeMap<>(ENOUGH);
            less.merge(held, -1L, Long::sum);
            ShownReserves short1 = shown(holdings(less, true));
            assertEquals(State.WRONG, short1.state(), held.toString());
            assertTrue(short1.words().contains("lots that are held"), short1.words());
        }
        Map<Held, Long> none = new TreeMap<>(ENOUGH);
        none.remove(Held.instrument(7));
        assertEquals(State.WRONG, shown(holdings(none, true)).state(), "cash does not stand for paid lots");
    }

    @Test
    void shouldRefuseHoldingsOfAnotherHouseOrEpochOrThatTheQuorumDidNotSign() {
        Digest other = EpochCommitment.house(sha("another")).digest();
        assertEquals(
                State.WRONG,
                shown(holdings(ENOUGH, other, EPOCH, true, FIRST, SECOND)).state());
        assertEquals(
                State.WRONG,
                shown(holdings(ENOUGH, HOUSE.digest(), EPOCH - 1, true, FIRST, SECOND))
                        .state());
        for (Signer[] few : List.of(
                new Signer[] {}, new Signer[] {FIRST}, new Signer[] {FIRST, FIRST}, new Signer[] {FIRST, KRAKEN})) {
            assertEquals(
                    State.WRONG,
                    shown(holdings(ENOUGH, HOUSE.digest(), EPOCH, true, few)).state());
        }
        SignedHoldings signed = holdings(ENOUGH, true);
        SignedHoldings renumbered = new SignedHoldings(signed.list(), 2, signed.signatures(), signed.evidence());
        assertEquals(State.WRONG, shown(renumbered).state(), "signatures are on the number too");
    }

    @Test
    void shouldRefuseAHoldingWhoseEvidenceIsLeftOut() {
        SignedHoldings signed = holdings(ENOUGH, true);
        ShownReserves bare = shown(new SignedHoldings(signed.list(), 1, signed.signatures(), List.of()));
        assertEquals(State.WRONG, bare.state());
        assertTrue(bare.words().contains("must bring the signature"), bare.words());
    }
}
