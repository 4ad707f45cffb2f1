package io.bulwark.api.verification;

import static io.bulwark.api.verification.KrakenHoldings.KRAKEN;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bulwark.adapter.holding.Custodian;
import io.bulwark.adapter.holding.HoldingWindow;
import io.bulwark.api.house.KnownHouse;
import io.bulwark.api.verification.KrakenHoldings.Signer;
import io.bulwark.clearing.attestation.HoldingPurpose;
import io.bulwark.clearing.attestation.Quorum;
import io.bulwark.clearing.document.Digest;
import io.bulwark.clearing.holding.Held;
import io.bulwark.clearing.holding.SignedHoldings;
import io.bulwark.clearing.position.EvidenceGrade;
import io.bulwark.prover.proof.Judgement.State;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What stands behind a fund: every way of showing one that is not there. */
class ShownFundTest {
    private static final long EPOCH = 7;
    private static final long AT = 1_716_487_860_000L;
    private static final long FUND = 25_000_000;
    private static final Digest HOUSE = Digest.sha256("house".getBytes(UTF_8));
    private static final Signer FIRST = new Signer("first");
    private static final Signer SECOND = new Signer("second");
    private static final List<Custodian> CUSTODIANS = List.of(new Custodian("kraken:", KRAKEN.key()));
    private static final KrakenHoldings HELD = held(HoldingPurpose.FUND, HOUSE, EPOCH);
    private static final Map<Held, Long> ENOUGH = Map.of(Held.CASH, FUND);

    private static KrakenHoldings held(HoldingPurpose purpose, Digest house, long epoch) {
        return new KrakenHoldings(purpose, house, epoch, AT);
    }

    private static KnownHouse known(SignedHoldings... newest) {
        return new KnownHouse(
                HOUSE,
                EPOCH,
                new Quorum(2, Set.of(FIRST.key(), SECOND.key())),
                new HoldingWindow(Instant.ofEpochMilli(AT - 1_000), Instant.ofEpochMilli(AT + 1_000)),
                List.of(newest).stream().findFirst().map(SignedHoldings::list));
    }

    private static ShownFund shown(SignedHoldings holdings) {
        SignedHoldings travelled = SignedHoldings.read(holdings.canonical().encode());
        return ShownFund.of(travelled, FUND, Optional.of(known()), CUSTODIANS);
    }

    private static void refused(String words, SignedHoldings holdings) {
        ShownFund fund = shown(holdings);
        assertEquals(State.WRONG, fund.state(), fund.words());
        assertTrue(fund.words().contains(words), fund.words());
        assertEquals(0, fund.units());
    }

    @Test
    void shouldGiveThePinWhereCashComesToTheFund() {
        ShownFund fund = shown(HELD.of(ENOUGH, true, FIRST, SECOND));
        assertEquals(State.GIVEN, fund.state(), fund.words());
        assertEquals(FUND, fund.units());
        assertEquals(
                List.of("cash: 2500.0000 USD held for the fund: 100 % venue-signature; 0 % without control"),
                fund.lines());
    }

    @Test
    void shouldMissOneUnit() {
        ShownFund fund = shown(HELD.of(Map.of(Held.CASH, FUND - 1), true, FIRST, SECOND));
        assertEquals(State.MISSING, fund.state());
        assertEquals(
                "2499.9999 of 2500.0000 USD of the fund are shown in cash by venue-signature or better, with control",
                fund.words());
    }

    @Test
    void shouldCountNothingButCash() {
        ShownFund fund = shown(
                HELD.of(Map.of(Held.CASH, 1L, Held.asset(2), FUND, Held.instrument(3), FUND), true, FIRST, SECOND));
        assertEquals(State.MISSING, fund.state());
        assertTrue(fund.words().startsWith("0.0001 of 2500.0000 USD"), fund.words());
        assertTrue(
                fund.lines().contains("asset 2: 25000000 lots held, which pay nothing here: only cash counts"),
                fund.lines().toString());
        assertEquals(
                State.MISSING, shown(HELD.of(Map.of(), true, FIRST, SECOND)).state());
    }

    @Test
    void shouldCountNoPlaceWithoutControlOrWithAKeyThatTheReaderDoesNotKnow() {
        assertEquals(State.MISSING, shown(HELD.of(ENOUGH, false, FIRST, SECOND)).state());
        SignedHoldings whole = HELD.of(ENOUGH, true, FIRST, SECOND);
        for (List<Custodian> others : List.of(
                List.<Custodian>of(),
                List.of(new Custodian("okx:", KRAKEN.key())),
                List.of(new Custodian("kraken:", FIRST.key())))) {
            ShownFund fund = ShownFund.of(whole, FUND, Optional.of(known()), others);
            assertTrue(fund.state() != State.GIVEN, others.toString());
            assertEquals(0, fund.units(), others.toString());
        }
        ShownFund unknown = ShownFund.of(whole, FUND, Optional.of(known()), List.of());
        assertEquals(State.MISSING, unknown.state());
        assertTrue(
                unknown.lines().getFirst().contains("100 % unsigned"),
                unknown.lines().getFirst());
        assertEquals(
                State.MISSING,
                ShownFund.of(whole, FUND, Optional.empty(), CUSTODIANS).state(),
                "nobody says who the quorum is");
    }

    @Test
    void shouldRefuseWhatIsHeldForTheReserves() {
        KrakenHoldings reserves = held(HoldingPurpose.RESERVES, HOUSE, EPOCH);
        refused(
                "holdings must be held for the fund; these are for the reserves",
                reserves.of(ENOUGH, true, FIRST, SECOND));
        refused(
                "control of its venue for this house, this epoch and the fund",
                HELD.of(ENOUGH, reserves.control(), EvidenceGrade.VENUE_SIGNATURE, FIRST, SECOND));
        SignedHoldings seen = reserves.of(ENOUGH, HELD.control(), EvidenceGrade.VENUE_SIGNATURE);
        SignedHoldings relabelled = HELD.of(ENOUGH, true);
        refused("must bring the signature", KrakenHoldings.signed(relabelled.list(), seen.evidence(), FIRST, SECOND));
        SignedHoldings whole = HELD.of(ENOUGH, true, FIRST, SECOND);
        ShownFund twice =
                ShownFund.of(whole, FUND, Optional.of(known(reserves.of(Map.of(Held.asset(1), 1L), true))), CUSTODIANS);
        assertEquals(State.WRONG, twice.state());
        assertTrue(twice.words().contains("place kraken:1 must back one thing"), twice.words());
        assertEquals(
                State.GIVEN,
                ShownFund.of(
                                whole,
                                FUND,
                                Optional.of(known(held(HoldingPurpose.RESERVES, HOUSE, EPOCH - 1)
                                        .of(ENOUGH, true))),
                                CUSTODIANS)
                        .state(),
                "what it backed an epoch ago is another's matter");
    }

    @Test
    void shouldRefuseHoldingsOfAnotherHouseEpochOrTime() {
        refused(
                "must be of epoch 7",
                held(HoldingPurpose.FUND, HOUSE, EPOCH - 1).of(ENOUGH, true, FIRST, SECOND));
        refused(
                "must be of epoch 7 of house " + HOUSE,
                held(HoldingPurpose.FUND, KRAKEN.key(), EPOCH).of(ENOUGH, true, FIRST, SECOND));
        refused(
                "must be seen in its epoch",
                new KrakenHoldings(HoldingPurpose.FUND, HOUSE, EPOCH, AT - 1_001).of(ENOUGH, true, FIRST, SECOND));
    }

    @Test
    void shouldRefuseOneSignatureTooFew() {
        for (Signer[] few : List.of(
                new Signer[] {}, new Signer[] {FIRST}, new Signer[] {FIRST, FIRST}, new Signer[] {FIRST, KRAKEN})) {
            refused("holdings must be signed by 2 members of the quorum", HELD.of(ENOUGH, true, few));
        }
        SignedHoldings signed = HELD.of(ENOUGH, true, FIRST, SECOND);
        refused("0 signed", new SignedHoldings(signed.list(), 2, signed.signatures(), signed.evidence()));
        refused("must bring", new SignedHoldings(signed.list(), 1, signed.signatures(), List.of()));
    }

    @Test
    void shouldRefuseAGradeThatIsRaised() {
        refused(
                "must bring the storage proof that it says",
                HELD.of(ENOUGH, HELD.control(), EvidenceGrade.STORAGE_PROOF, FIRST, SECOND));
        refused(
                "must bring the signatures of those who saw it",
                HELD.of(ENOUGH, HELD.control(), EvidenceGrade.QUORUM_OBSERVATION, FIRST, SECOND));
    }
}
