package io.bulwark.adapter.feed;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bulwark.adapter.PayloadRefused;
import io.bulwark.clearing.account.VenueAccount;
import io.bulwark.clearing.attestation.QuorumKey;
import io.bulwark.clearing.document.Digest;
import io.bulwark.clearing.instrument.Instrument;
import io.bulwark.clearing.instrument.ListedInstrument;
import io.bulwark.clearing.instrument.ListedVenue;
import io.bulwark.clearing.instrument.Listing;
import io.bulwark.clearing.instrument.RiskGroup;
import io.bulwark.clearing.money.Amount;
import io.bulwark.clearing.position.EvidenceGrade;
import io.bulwark.clearing.position.Horizon;
import io.bulwark.clearing.position.RawSnapshot;
import io.bulwark.clearing.position.Reading;
import io.bulwark.clearing.position.VenueSnapshot;
import io.bulwark.clearing.position.VenueStanding;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a protocol signed is what the house takes: nothing else, of nobody else, for no other house. */
class FeedVenueTest {
    private static final FeedVenue VENUE = new FeedVenue();
    private static final QuorumKey KEY = QuorumKey.generate();
    private static final FeedVenue.Configuration HERE = configured(3, "here");
    private static final Listing LISTING = new Listing(
            List.of(new ListedVenue(3, "reef", "venue:reef", 60_000, EvidenceGrade.VENUE_SIGNATURE)),
            List.of(new RiskGroup(0, "ETH")),
            List.of(),
            List.of(new ListedInstrument(
                    7, "reef:ETH", 3, "ETH", 0, new Instrument.Perpetual("ETH", "USDC", false), Amount.of("0.01"))));
    private static final byte[] SNAPSHOT = bytes("""
            {"venue": 3, "account": "alice", "horizon": {"kind": "venueTime", "timeMillis": 1000}, "grade": "VENUE_SIGNATURE",
             "holdings": [{"kind": "derivative", "instrument": 7, "quantity": "-2.5", "accruedFunding": "0"}]}""");

    @Test
    void shouldSayWhatIsSignedAtTheGradeOfAVenuesSignature() {
        VenueSnapshot said = VENUE.meaning(HERE, VENUE.pushed(HERE, SNAPSHOT, signed(HERE, SNAPSHOT)), LISTING);
        assertEquals(EvidenceGrade.VENUE_SIGNATURE, said.grade());
        assertEquals(Amount.of("-2.5"), said.holdings().getFirst().quantity());
        assertTrue(said.standings().getFirst().count() instanceof VenueStanding.NotTold, "silence is no credit");
        byte[] never = bytes(text().replace("\"holdings\"", "\"standings\": [], \"holdings\""));
        assertEquals(
                List.of(),
                VENUE.meaning(HERE, VENUE.pushed(HERE, never, signed(HERE, never)), LISTING)
                        .standings());
    }

    @Test
    void shouldSignTheFourLinesOfThePage() {
        assertEquals(
                "bulwark feed 1\nhere\n3\n" + Digest.sha256(SNAPSHOT).hex() + "\n", VENUE.statement(HERE, SNAPSHOT));
    }

    @Test
    void shouldTakeNoOtherSignature() {
        byte[] good = signed(HERE, SNAPSHOT);
        byte[] edited = bytes(text().replace("-2.5", "-0.5"));
        assertTrue(VENUE.signed(HERE, SNAPSHOT, good));
        assertFalse(VENUE.signed(HERE, edited, good));
        assertFalse(VENUE.signed(HERE, SNAPSHOT, signed(configured(3, "elsewhere"), SNAPSHOT)), "another house");
        assertFalse(VENUE.signed(HERE, SNAPSHOT, signed(configured(4, "here"), SNAPSHOT)), "another venue");
        assertFalse(VENUE.signed(
                HERE,
                SNAPSHOT,
                QuorumKey.generate().sign(VENUE.statement(HERE, SNAPSHOT)).signature()));
        assertFalse(VENUE.signed(HERE, SNAPSHOT, new byte[63]));
        refused("signature", () -> VENUE.pushed(HERE, edited, good));
    }

    /** Whoever could write into the broker says of whom and when the same signed file speaks otherwise. */
    @Test
    void shouldBindWhatIsBookedToWhatWasSigned() {
        RawSnapshot raw = VENUE.pushed(HERE, SNAPSHOT, signed(HERE, SNAPSHOT));
        refused("account", () -> meaning(new VenueAccount(3, "bob"), raw.horizon(), raw.readings()));
        refused("account", () -> meaning(new VenueAccount(3, VenueAccount.MARKET), raw.horizon(), raw.readings()));
        refused("horizon", () -> meaning(raw.account(), new Horizon.VenueTime(2000), raw.readings()));
        refused(
                "readings",
                () -> meaning(raw.account(), raw.horizon(), raw.readings().subList(0, 1)));
        Reading edited = new Reading("file", "", bytes(text().replace("-2.5", "-0.5")));
        refused(
                "signature",
                () -> meaning(
                        raw.account(),
                        raw.horizon(),
                        List.of(edited, raw.readings().get(1))));
    }

    @Test
    void shouldRefuseWhatIsNotListedOrNotItsOwn() {
        refusedSigned("holdings[0].instrument", text().replace("\"instrument\": 7", "\"instrument\": 8"));
        refusedSigned("grade", text().replace("VENUE_SIGNATURE", "STORAGE_PROOF"));
        String report =
                "{\"venue\": 3, \"horizon\": {\"kind\": \"venueTime\", \"timeMillis\": 1000}, \"grade\": \"VENUE_SIGNATURE\","
                        + " \"prices\": [{\"measure\": \"MARK_PRICE\", \"subject\": \"reef:ETH\", \"value\": \"2500\"}]}";
        byte[] good = bytes(report);
        assertEquals(
                1,
                VENUE.meaning(HERE, VENUE.pushed(HERE, good, signed(HERE, good)), LISTING)
                        .reports()
                        .size());
        refusedSigned("prices[0].subject", report.replace("reef:ETH", "other:ETH"));
        refusedSigned("prices[0].subject", report.replace("MARK_PRICE", "INDEX_PRICE"));
        refusedSigned("prices[0].value", report.replace("2500", "0"));
        refusedSigned("prices[0].measure", report.replace("MARK_PRICE", "LAST_PRICE"));
    }

    private static void refusedSigned(String field, String file) {
        byte[] bytes = bytes(file);
        refused(field, () -> VENUE.meaning(HERE, VENUE.pushed(HERE, bytes, signed(HERE, bytes)), LISTING));
    }

    private static void refused(String field, Runnable step) {
        assertEquals(field, assertThrows(PayloadRefused.class, step::run).field());
    }

    private static VenueSnapshot meaning(VenueAccount account, Horizon horizon, List<Reading> readings) {
        return VENUE.meaning(HERE, new RawSnapshot(account, horizon, readings), LISTING);
    }

    private static FeedVenue.Configuration configured(int venue, String audience) {
        return new FeedVenue.Configuration(venue, audience, KEY.publicKey().hex());
    }

    private static byte[] signed(FeedVenue.Configuration configuration, byte[] file) {
        return KEY.sign(VENUE.statement(configuration, file)).signature();
    }

    private static String text() {
        return new String(SNAPSHOT, StandardCharsets.UTF_8);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
