package io.bulwark.adapter.chainprice;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bulwark.adapter.OpenVenue;
import io.bulwark.adapter.PayloadRefused;
import io.bulwark.adapter.RecordedSnapshots;
import io.bulwark.adapter.VenueException;
import io.bulwark.adapter.chainprice.ChainPriceVenue.Configuration.Average;
import io.bulwark.adapter.chainprice.ChainPriceVenue.Configuration.Round;
import io.bulwark.adapter.recording.NodeScript;
import io.bulwark.clearing.money.Amount;
import io.bulwark.clearing.oracle.PriceReport;
import io.bulwark.tier.OfChain;
import java.io.IOException;
import java.math.BigInteger;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A feed and a real Uniswap v3 pool on a local chain: what is a price, and what is not one any more. */
@OfChain
class ChainPriceLiveTest {
    private static final Path BED = Path.of("src/test/anvil");
    private static final long HOUR = 3_600;

    private NodeScript script;

    @BeforeEach
    void play() throws IOException {
        String missing = NodeScript.missing(BED);
        if (!missing.isEmpty()) {
            System.out.println("skipped: feeds on a local chain need " + missing);
        }
        Assumptions.assumeTrue(missing.isEmpty(), missing);
        script = NodeScript.start(BED, "feeds.mjs");
    }

    @AfterEach
    void stop() {
        if (script != null) {
            script.close();
        }
    }

    @Test
    void shouldReportARoundAtItsOwnTimeAndAnAverageAsThePoolRemembersIt() throws IOException, VenueException {
        List<PriceReport> still = reports(round(HOUR), average(HOUR, "1000000"));
        assertEquals(Amount.of("3218.04"), still.get(0).value());
        assertTrue(still.get(0).timeMillis() < still.get(1).timeMillis(), "a round is as old as the feed says");
        requireMean(still.get(1));
        script.next();
        List<PriceReport> moved = reports(round(HOUR), average(HOUR, "1000000"));
        assertEquals(Amount.of("3200"), moved.get(0).value());
        // A quarter of the hour at 2,900 moves the mean a quarter of the way, in logarithms.
        requireMean(moved.get(1));
        double expected = 3_218.04 * Math.pow(2_900 / 3_218.04, 0.25);
        assertEquals(expected, moved.get(1).value().toDecimal().doubleValue(), expected * 2e-3);
    }

    @Test
    void shouldRefuseARoundPastItsHeartbeatAndOneAtItsBound() throws IOException {
        script.next();
        script.next();
        PayloadRefused late = assertThrows(PayloadRefused.class, () -> reports(round(HOUR), Map.of()));
        assertEquals("updatedAt of ETH", late.field());
        assertTrue(late.rule().contains("heartbeat of 3600 s"), late.toString());
        script.next();
        PayloadRefused pinned = assertThrows(PayloadRefused.class, () -> reports(round(HOUR), Map.of()));
        assertEquals("answer of ETH", pinned.field());
        assertTrue(pinned.rule().contains("pinned"), pinned.toString());
    }

    @Test
    void shouldRefuseAnAverageThatIsForSaleAndAWindowThatNobodyRemembers() throws VenueException {
        PayloadRefused cheap =
                assertThrows(PayloadRefused.class, () -> reports(Map.of(), average(HOUR, "1000000000000")));
        assertEquals("cost of one per cent of ETH", cheap.field());
        VenueException old = assertThrows(VenueException.class, () -> reports(Map.of(), average(10 * HOUR, "1")));
        assertTrue(old.toString().contains("OLD"), old.toString());
    }

    @Test
    void shouldCostMoreToPushALongerAverageOfADeeperPool() {
        Average hour = new Average("ETH", false, 18, 6, HOUR, Amount.ZERO);
        Average half = new Average("ETH", false, 18, 6, HOUR / 2, Amount.ZERO);
        // Liquidity 10^18 at a price of one unit for one: √P = 1, f = 1.01^300 = 19.788…, √f + 1/√f − 2 = 2.6732…
        BigInteger perSecond = BigInteger.TWO.pow(128).divide(BigInteger.TEN.pow(18));
        PoolAverage at = new PoolAverage(hour, 0, perSecond.multiply(BigInteger.valueOf(HOUR)));
        assertEquals(2.673e12, at.cost().toDecimal().doubleValue(), 2e9);
        PoolAverage shorter = new PoolAverage(half, 0, perSecond.multiply(BigInteger.valueOf(HOUR / 2)));
        assertTrue(shorter.cost().compareTo(at.cost()) < 0);
        PoolAverage shallower = new PoolAverage(hour, 0, perSecond.multiply(BigInteger.valueOf(2 * HOUR)));
        assertTrue(shallower.cost().compareTo(at.cost()) < 0);
        assertEquals(Amount.of("1000000000000"), at.price());
    }

    private void requireMean(PriceReport report) {
        double stated = script.line().get("mean").doubleValue();
        double computed = report.value().toDecimal().doubleValue();
        // The protocol's library takes the whole tick below; one tick is a basis point.
        assertTrue(computed <= stated * (1 + 1e-9) && computed > stated * (1 - 1.01e-4), computed + " for " + stated);
    }

    private Map<String, Round> round(long heartbeat) {
        return Map.of(text("feed"), new Round("ETH", 8, heartbeat, Amount.of("1"), Amount.of("10000")));
    }

    private Map<String, Average> average(long window, String costLeast) {
        boolean dollarFirst = !script.line().get("wethFirst").booleanValue();
        return Map.of(
                text("pool"),
                new Average(
                        "ETH", dollarFirst, dollarFirst ? 6 : 18, dollarFirst ? 18 : 6, window, Amount.of(costLeast)));
    }

    private List<PriceReport> reports(Map<String, Round> rounds, Map<String, Average> averages) throws VenueException {
        SortedMap<String, Round> feeds = new TreeMap<>(rounds);
        ChainPriceVenue.Configuration configuration =
                new ChainPriceVenue.Configuration(0, 31_337, feeds, new TreeMap<>(averages));
        try (OpenVenue adapter = OpenVenue.recorded(new ChainPriceVenue(), configuration, URI.create(text("url")))) {
            return adapter.normalise(adapter.market(adapter.finalised()), RecordedSnapshots.LISTING)
                    .reports();
        }
    }

    private String text(String name) {
        return script.line().get(name).asText().toLowerCase(Locale.ROOT);
    }
}
