package io.bulwark.api.verification;

import static io.bulwark.api.verification.KrakenHoldings.KRAKEN;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bulwark.adapter.holding.Custodian;
import io.bulwark.adapter.holding.HoldingWindow;
import io.bulwark.api.account.SmallTable;
import io.bulwark.api.house.KnownHouse;
import io.bulwark.api.verification.KrakenHoldings.Signer;
import io.bulwark.clearing.attestation.HoldingPurpose;
import io.bulwark.clearing.attestation.Quorum;
import io.bulwark.clearing.document.CanonicalValue;
import io.bulwark.clearing.document.Digest;
import io.bulwark.clearing.holding.Held;
import io.bulwark.clearing.holding.SignedHoldings;
import io.bulwark.clearing.position.EvidenceGrade;
import io.bulwark.prover.binding.FieldElement;
import io.bulwark.prover.book.BookProof;
import io.bulwark.prover.commitment.EpochCommitment;
import io.bulwark.prover.proof.Judgement.State;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** What stands behind the reserves of a book: said, shown in part, shown, or another's. */
class ShownReservesTest {
    private static final long EPOCH = 7;
    private static final long AT = 1_716_487_860_000L;
    private static final FieldElement HOUSE = EpochCommitment.house(sha("founding document"));
    private static final Signer FIRST = new Signer("first");
    private static final Signer SECOND = new Signer("second");
    private static final KnownHouse KNOWN = new KnownHouse(
            HOUSE.digest(),
            EPOCH,
            new Quorum(2, Set.of(FIRST.key(), SECOND.key())),
            new HoldingWindow(Instant.ofEpochMilli(AT - 1_000), Instant.ofEpochMilli(AT + 1_000)),
            Optional.empty());
    private static final List<Custodian> CUSTODIANS = List.of(new Custodian("kraken:", KRAKEN.key()));

    private static final Map<Held, Long> ENOUGH = Map.of(Held.CASH, 900L, Held.asset(2), 5L, Held.instrument(7), 3L);

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

    private static KrakenHoldings reserves(Digest house, long epoch) {
        return new KrakenHoldings(HoldingPurpose.RESERVES, house, epoch, AT);
    }

    private static SignedHoldings holdings(Map<Held, Long> lots, boolean controlled) {
        return reserves(HOUSE.digest(), EPOCH).of(lots, controlled, FIRST, SECOND);
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
                shown(reserves(other, EPOCH).of(ENOUGH, true, FIRST, SECOND)).state());
        assertEquals(
                State.WRONG,
                shown(reserves(HOUSE.digest(), EPOCH - 1).of(ENOUGH, true, FIRST, SECOND))
                        .state());
        for (Signer[] few : List.of(
                new Signer[] {}, new Signer[] {FIRST}, new Signer[] {FIRST, FIRST}, new Signer[] {FIRST, KRAKEN})) {
            assertEquals(
                    State.WRONG,
                    shown(reserves(HOUSE.digest(), EPOCH).of(ENOUGH, true, few)).state());
        }
        SignedHoldings signed = holdings(ENOUGH, true);
        SignedHoldings renumbered = new SignedHoldings(signed.list(), 2, signed.signatures(), signed.evidence());
        assertEquals(State.WRONG, shown(renumbered).state(), "signatures are on the number too");
    }

    /** What backs the fund backs no reserve, whether it says so itself or the house's file does. */
    @Test
    void shouldRefuseWhatIsHeldForTheFund() {
        KrakenHoldings fund = new KrakenHoldings(HoldingPurpose.FUND, HOUSE.digest(), EPOCH, AT);
        ShownReserves another = shown(fund.of(ENOUGH, true, FIRST, SECOND));
        assertEquals(State.WRONG, another.state());
        assertEquals("holdings must be held for the reserves; these are for the fund", another.words());
        KrakenHoldings reserves = reserves(HOUSE.digest(), EPOCH);
        ShownReserves borrowed =
                shown(reserves.of(ENOUGH, fund.control(), EvidenceGrade.VENUE_SIGNATURE, FIRST, SECOND));
        assertEquals(State.WRONG, borrowed.state());
        assertTrue(borrowed.words().contains("control of its venue"), borrowed.words());
        KnownHouse both = new KnownHouse(
                KNOWN.house(),
                EPOCH,
                KNOWN.quorum(),
                KNOWN.window(),
                Optional.of(fund.of(ENOUGH, true).list()));
        ShownReserves twice = ShownReserves.of(book().with(holdings(ENOUGH, true)), Optional.of(both), CUSTODIANS);
        assertEquals(State.WRONG, twice.state());
        assertTrue(twice.words().contains("the house file has it for the fund of the same epoch"), twice.words());
    }

    @Test
    void shouldRefuseAHoldingWhoseEvidenceIsLeftOut() {
        SignedHoldings signed = holdings(ENOUGH, true);
        ShownReserves bare = shown(new SignedHoldings(signed.list(), 1, signed.signatures(), List.of()));
        assertEquals(State.WRONG, bare.state());
        assertTrue(bare.words().contains("must bring the signature"), bare.words());
    }
}
