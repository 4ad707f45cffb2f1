package io.bulwark.adapter.morpho;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bulwark.adapter.OpenVenue;
import io.bulwark.adapter.PayloadRefused;
import io.bulwark.adapter.VenueException;
import io.bulwark.adapter.evm.StorageProof;
import io.bulwark.adapter.recording.VaultsBed;
import io.bulwark.clearing.money.Amount;
import io.bulwark.clearing.position.EvidenceGrade;
import io.bulwark.clearing.position.HeldClaim;
import io.bulwark.clearing.position.Holding;
import io.bulwark.clearing.position.RawSnapshot;
import io.bulwark.clearing.position.Reading;
import io.bulwark.clearing.position.VenueSnapshot;
import io.bulwark.clearing.position.VenueStanding;
import io.bulwark.tier.Drawn;
import io.bulwark.tier.OfChain;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The adapter against the real contract, ninety days after its last accrual, checked against what the protocol's own library expects. */
@Drawn(2)
@OfChain
class MorphoLiveTest {
    private static VaultsBed bed;
    private static OpenVenue adapter;

    @BeforeAll
    static void play() throws IOException {
        bed = new VaultsBed();
        adapter = OpenVenue.recorded(new MorphoVenue(), configuration(bed.text("id")), bed.endpoint());
    }

    @AfterAll
    static void stop() {
        if (bed != null) {
            adapter.close();
            bed.close();
        }
    }

    @Test
    void shouldOweWhatHasAccruedAndNotWhatIsStored() throws VenueException {
        VenueSnapshot borrower = normalised(read("borrower"));
        assertEquals(
                List.of(
                        new Holding.Collateral(4, Amount.of("10"), claim("collateral in ", "borrower", "weth")),
                        new Holding.Debt(1, new Amount(bed.stated("owed"), 6))),
                borrower.holdings());
        assertTrue(
                bed.stated("owed").compareTo(bed.stated("storedBorrow")) > 0, "ninety days must have cost something");
        // Ninety days of interest follow from the rate contract's word.
        assertEquals(EvidenceGrade.UNSIGNED, borrower.grade());
    }

    /** The contract grants what is between the borrower and liquidation, and no more; both sides round once. */
    @Test
    void shouldBeAsFarFromLiquidationAsTheContractStillLends() throws VenueException {
        VenueStanding standing = normalised(read("borrower")).standings().getFirst();
        VenueStanding.Told told = (VenueStanding.Told) standing.count();
        assertEquals("USDC", told.asset());
        Amount apart = told.distance().minus(new Amount(bed.stated("borrowable"), 6));
        assertTrue(apart.signum() >= 0 && apart.compareTo(Amount.of("0.000002")) <= 0, apart.toString());
        // Ten ether at 3,218.04.
        assertEquals(Amount.of("32180.4").minus(new Amount(bed.stated("owed"), 6)), told.equity());
        assertEquals(Map.of(4, 860_000), standing.weights());
        assertEquals("market " + bed.text("id"), standing.pocket().name());
        assertTrue(normalised(read("lender")).standings().isEmpty());
    }

    @Test
    void shouldNotTellTheDistanceWhereThePriceWasNotAsked() throws VenueException {
        RawSnapshot asked = read("borrower");
        RawSnapshot earlier = new RawSnapshot(
                asked.account(),
                asked.horizon(),
                asked.readings().stream()
                        .filter(reading -> !reading.parameters().contains("\"0xa035b1fe\""))
                        .toList());
        assertEquals(asked.readings().size() - 1, earlier.readings().size());
        assertEquals(normalised(asked).holdings(), normalised(earlier).holdings());
        assertEquals(
                new VenueStanding.NotTold("price of the market's oracle"),
                normalised(earlier).standings().getFirst().count());
    }

    @Test
    void shouldSupplyWhatTheLibraryExpectsAfterTheFee() throws VenueException {
        assertEquals(
                List.of(new Holding.Collateral(
                        2, new Amount(bed.stated("supplied"), 6), claim("supply to ", "lender", "usdc"))),
                normalised(read("lender")).holdings());
    }

    private static Optional<HeldClaim> claim(String book, String account, String token) {
        return Optional.of(
                new HeldClaim(31_337, bed.text("morpho"), book + bed.text("id"), bed.text(account), bed.text(token)));
    }

    @Test
    void shouldRefuseAPositionOrATotalThatTheStorageDoesNotProve() throws VenueException {
        RawSnapshot honest = read("borrower");
        BigInteger ten = BigInteger.TEN.pow(19);
        PayloadRefused position = assertThrows(
                PayloadRefused.class, () -> normalised(told(honest, "eth_call", word(ten), word(ten.add(ten)))));
        assertTrue(position.field().startsWith("borrowShares and collateral of"), position.toString());
        BigInteger stored = bed.stated("storedBorrow");
        PayloadRefused total = assertThrows(
                PayloadRefused.class,
                () -> normalised(told(honest, "eth_call", word(stored), word(stored.subtract(BigInteger.ONE)))));
        // Another total asks another question of the rate contract, or is not what the storage holds.
        assertTrue(total.field().startsWith("totalBorrow of") || total.field().equals("eth_call"), total.toString());
    }

    @Test
    void shouldRefuseAMarketThatIsNotTheOneOfItsId() throws VenueException {
        RawSnapshot honest = read("borrower");
        String weth = bed.text("weth").substring(2);
        String usdc = bed.text("usdc").substring(2);
        PayloadRefused refusal =
                assertThrows(PayloadRefused.class, () -> normalised(told(honest, "eth_call", weth, usdc)));
        assertTrue(refusal.field().startsWith("idToMarketParams of"), refusal.toString());
    }

    @Test
    void shouldRefuseAPositionWithoutItsProof() throws VenueException {
        RawSnapshot honest = read("borrower");
        List<Reading> bare = honest.readings().stream()
                .filter(reading -> !reading.method().equals(StorageProof.METHOD))
                .toList();
        RawSnapshot lie = new RawSnapshot(honest.account(), honest.horizon(), bare);
        assertEquals(
                StorageProof.METHOD,
                assertThrows(PayloadRefused.class, () -> normalised(lie)).field());
    }

    private static RawSnapshot read(String name) throws VenueException {
        return adapter.read(bed.account(name), adapter.finalised());
    }

    private static VenueSnapshot normalised(RawSnapshot raw) {
        return adapter.normalise(raw, bed.listing());
    }

    private static RawSnapshot told(RawSnapshot raw, String method, String honest, String lie) {
        List<Reading> readings = raw.readings().stream()
                .map(reading -> {
                    String text = new String(reading.result(), StandardCharsets.UTF_8);
                    String lied = reading.method().equals(method) ? text.replace(honest, lie) : text;
                    return new Reading(reading.method(), reading.parameters(), lied.getBytes(StandardCharsets.UTF_8));
                })
                .toList();
        return new RawSnapshot(raw.account(), raw.horizon(), readings);
    }

    private static String word(BigInteger value) {
        String hex = value.toString(16);
        return "0".repeat(64 - hex.length()) + hex;
    }

    private static MorphoVenue.Configuration configuration(String id) {
        return new MorphoVenue.Configuration(
                0,
                31_337,
                bed.text("morpho"),
                new TreeMap<>(Map.of(id, new MorphoVenue.Configuration.Market("USDC", 6, "WETH", 18))),
                true);
    }
}
