package io.bulwark.adapter.uniswap;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.bulwark.adapter.OpenVenue;
import io.bulwark.adapter.PayloadRefused;
import io.bulwark.adapter.VenueException;
import io.bulwark.adapter.evm.EvmCall;
import io.bulwark.adapter.evm.StorageProof;
import io.bulwark.adapter.recording.NodeScript;
import io.bulwark.adapter.recording.TroubledVenue;
import io.bulwark.adapter.recording.TroubledVenue.Mood;
import io.bulwark.clearing.account.VenueAccount;
import io.bulwark.clearing.instrument.AssetTier;
import io.bulwark.clearing.instrument.Instrument;
import io.bulwark.clearing.instrument.ListedAsset;
import io.bulwark.clearing.instrument.ListedVenue;
import io.bulwark.clearing.instrument.Listing;
import io.bulwark.clearing.instrument.RiskGroup;
import io.bulwark.clearing.money.Amount;
import io.bulwark.clearing.position.EvidenceGrade;
import io.bulwark.clearing.position.HeldClaim;
import io.bulwark.clearing.position.Holding;
import io.bulwark.clearing.position.RawSnapshot;
import io.bulwark.clearing.position.Reading;
import io.bulwark.clearing.position.VenueSnapshot;
import io.bulwark.tier.OfChain;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Positions of the real manager on a local chain, in, below and above the price, against what it would pay out for them. */
@OfChain
class UniswapLiveTest {
    private static final Path BED = Path.of("src/test/anvil");
    private static final int HALF_HOUR = 1_800;
    private static final int FALL_PPM = 200_000;
    private static final int RISE_PPM = 250_000;
    private static final int WETH = 0;
    private static final MathContext DIGITS = new MathContext(60);

    @BeforeAll
    static void requireNode() {
        String missing = NodeScript.missing(BED);
        if (!missing.isEmpty()) {
            System.out.println("skipped: Uniswap on a local chain needs " + missing);
        }
        Assumptions.assumeTrue(missing.isEmpty(), missing);
    }

    /** The credit of the first step, against what is paid while the price goes to both ends of the range. */
    @Test
    void shouldCreditAtMostWhatIsPaidAtAnyPriceOfTheRange() throws IOException, VenueException {
        try (NodeScript chain = NodeScript.start(BED, "positions.mjs")) {
            VenueSnapshot opened = read(chain.line(), HALF_HOUR, 0);
            assertEquals(EvidenceGrade.STORAGE_PROOF, opened.grade());
            List<Integer> shares = new ArrayList<>();
            for (JsonNode line = chain.line(); ; line = chain.next()) {
                int share = line.get("share").intValue();
                shares.add(share);
                for (JsonNode position : line.get("positions")) {
                    requireBelow(line, position, opened, share == 80 || share == 125);
                }
                if (share == 125) {
                    break;
                }
            }
            assertEquals(List.of(100, 80, 90, 110, 125), shares);
        }
    }

    private static void requireBelow(JsonNode line, JsonNode position, VenueSnapshot opened, boolean end) {
        BigDecimal price = price(line);
        BigDecimal paid = worth(line, amount(position, 0), amount(position, 1), price);
        BigDecimal credited = credited(line, position, opened, price);
        String text = "position " + position.get("id").asText() + " at " + line.get("share") + ": " + credited + " of "
                + paid;
        System.out.println(text);
        // The manager cuts both coins to their units.
        assertTrue(credited.compareTo(paid.add(new BigDecimal("0.000003"))) <= 0, text);
        assertTrue(credited.signum() > 0, text);
        if (end) {
            assertTrue(paid.subtract(credited).divide(paid, DIGITS).compareTo(new BigDecimal("1e-6")) < 0, text);
        }
    }

    @Test
    void shouldCreditNothingWhileThePriceIsAwayFromItsAverage() throws IOException, VenueException {
        try (NodeScript chain = NodeScript.start(BED, "positions.mjs")) {
            JsonNode fallen = chain.next();
            List<Holding> still = read(fallen, HALF_HOUR, 0).holdings();
            assertTrue(still.size() > 3, "the last half hour was at one price: " + still);
            assertEquals(List.of(), read(fallen, 3 * HALF_HOUR, 700).holdings());
            assertTrue(read(fallen, 3 * HALF_HOUR, 800).holdings().size() > 3);
        }
    }

    /** Whatever word of the node's answers is changed: refused, or worth no more. */
    @Test
    void shouldGainNothingFromAnyChangedWord() throws IOException, VenueException {
        try (NodeScript chain = NodeScript.start(BED, "positions.mjs");
                OpenVenue adapter = adapter(chain.line(), HALF_HOUR, 0)) {
            RawSnapshot honest = raw(chain.line(), adapter, "holder");
            List<Holding> held = adapter.normalise(honest, listing()).holdings();
            assertEquals(6, held.size());
            int refused = 0;
            int changed = 0;
            for (int at = 0; at < honest.readings().size(); at++) {
                Reading reading = honest.readings().get(at);
                if (!reading.method().equals(EvmCall.METHOD)) {
                    continue;
                }
                String said = new String(reading.result(), StandardCharsets.UTF_8);
                for (int word = 0; word < said.length() / 64; word++) {
                    changed++;
                    refused += refusedOrWorthNoMore(adapter, with(honest, at, flipped(said, word)), held) ? 1 : 0;
                }
            }
            System.out.println(refused + " of " + changed + " changed words refused, the others worth no more");
            assertTrue(refused > 20, "refused " + refused);
        }
    }

    /** The last digit of a word, so that a holder's number of positions becomes another and an id becomes somebody else's. */
    private static String flipped(String said, int word) {
        int at = 3 + 64 * word + 63;
        char digit = said.charAt(at) == '1' ? '2' : '1';
        return said.substring(0, at) + digit + said.substring(at + 1);
    }

    private static boolean refusedOrWorthNoMore(OpenVenue adapter, RawSnapshot lie, List<Holding> held) {
        try {
            List<Holding> now = adapter.normalise(lie, listing()).holdings();
            assertTrue(held.containsAll(now), now.toString());
            return false;
        } catch (PayloadRefused e) {
            return true;
        }
    }

    @Test
    void shouldRefuseAMissingProofAndSeeOnlyItsOwn() throws IOException, VenueException {
        try (NodeScript chain = NodeScript.start(BED, "positions.mjs");
                OpenVenue adapter = adapter(chain.line(), HALF_HOUR, 0)) {
            RawSnapshot honest = raw(chain.line(), adapter, "holder");
            List<Reading> without = honest.readings().stream()
                    .filter(reading -> !reading.method().equals(StorageProof.METHOD))
                    .toList();
            RawSnapshot unproved = new RawSnapshot(honest.account(), honest.horizon(), without);
            assertThrows(PayloadRefused.class, () -> adapter.normalise(unproved, listing()));
            List<Holding> others = adapter.normalise(raw(chain.line(), adapter, "other"), listing())
                    .holdings();
            String other = chain.line().get("other").asText();
            assertEquals(2, others.size());
            others.forEach(holding -> assertEquals(
                    new HeldClaim(
                            31_337,
                            chain.line().get("manager").asText(),
                            "position 2",
                            other,
                            chain.line().get("manager").asText()),
                    ((Holding.Collateral) holding).claim().orElseThrow().entry()));
        }
    }

    /** A node that says one thing throughout: a price with an average to match, and another's position with its proof. */
    @Test
    void shouldRefuseALieThatAgreesWithItself() throws IOException, VenueException {
        try (NodeScript chain = NodeScript.start(BED, "positions.mjs");
                OpenVenue adapter = adapter(chain.line(), HALF_HOUR, 0)) {
            RawSnapshot honest = raw(chain.line(), adapter, "holder");
            int spot = readingOfWords(honest, 7);
            int observed = readingOfWords(honest, 8);
            RawSnapshot dearer = with(
                    with(honest, spot, raised(honest, spot, 1, 700)),
                    observed,
                    raised(honest, observed, 4, 700L * HALF_HOUR));
            PayloadRefused refused = assertThrows(PayloadRefused.class, () -> adapter.normalise(dearer, listing()));
            assertEquals("slot0 of " + chain.line().get("pool").asText(), refused.field());
            try (TroubledVenue lying =
                    new TroubledVenue(URI.create(chain.line().get("url").asText()))) {
                lying.become(new Mood.Says(answer -> answer.replace(quoted(1), quoted(2))));
                try (OpenVenue deceived = adapter(chain.line(), lying.endpoint(), HALF_HOUR, 0)) {
                    RawSnapshot others = raw(chain.line(), deceived, "holder");
                    assertEquals(
                            "tokenOfOwnerByIndex 0",
                            assertThrows(PayloadRefused.class, () -> adapter.normalise(others, listing()))
                                    .field());
                }
            }
        }
    }

    private static String quoted(int id) {
        return "\"0x%064x\"".formatted(id);
    }

    private static int readingOfWords(RawSnapshot honest, int words) {
        return IntStream.range(0, honest.readings().size())
                .filter(at -> honest.readings().get(at).method().equals(EvmCall.METHOD))
                .filter(at -> honest.readings().get(at).result().length == 4 + 64 * words)
                .findFirst()
                .orElseThrow();
    }

    private static String raised(RawSnapshot honest, int reading, int word, long by) {
        String said = new String(honest.readings().get(reading).result(), StandardCharsets.UTF_8);
        int from = 3 + 64 * word;
        BigInteger now = new BigInteger(said.substring(from, from + 64), 16)
                .add(BigInteger.valueOf(by))
                .mod(BigInteger.TWO.pow(256));
        return said.substring(0, from) + "%064x".formatted(now) + said.substring(from + 64);
    }

    private static VenueSnapshot read(JsonNode line, int window, int apart) throws VenueException {
        try (OpenVenue adapter = adapter(line, window, apart)) {
            return adapter.normalise(raw(line, adapter, "holder"), listing());
        }
    }

    private static RawSnapshot raw(JsonNode line, OpenVenue adapter, String who) throws VenueException {
        return adapter.read(new VenueAccount(0, line.get(who).asText()), adapter.finalised());
    }

    private static RawSnapshot with(RawSnapshot honest, int at, String said) {
        List<Reading> readings = new ArrayList<>(honest.readings());
        Reading reading = readings.get(at);
        readings.set(at, new Reading(reading.method(), reading.parameters(), said.getBytes(StandardCharsets.UTF_8)));
        return new RawSnapshot(honest.account(), honest.horizon(), readings);
    }

    /** Dollars for one ether at the pool's spot price. */
    private static BigDecimal price(JsonNode line) {
        BigDecimal root =
                new BigDecimal(line.get("root").asText()).divide(new BigDecimal(BigInteger.TWO.pow(96)), DIGITS);
        BigDecimal raw = root.multiply(root, DIGITS);
        return line.get("wethFirst").booleanValue()
                ? raw.scaleByPowerOfTen(12)
                : BigDecimal.ONE.divide(raw, DIGITS).scaleByPowerOfTen(12);
    }

    private static BigDecimal amount(JsonNode position, int coin) {
        return new BigDecimal(position.get("paid").get(coin).asText());
    }

    private static BigDecimal worth(JsonNode line, BigDecimal first, BigDecimal second, BigDecimal price) {
        boolean wethFirst = line.get("wethFirst").booleanValue();
        BigDecimal ether = (wethFirst ? first : second).movePointLeft(18);
        return ether.multiply(price).add((wethFirst ? second : first).movePointLeft(6));
    }

    private static BigDecimal credited(JsonNode line, JsonNode position, VenueSnapshot opened, BigDecimal price) {
        HeldClaim claim = new HeldClaim(
                31_337,
                line.get("manager").asText(),
                "position " + position.get("id").asText(),
                line.get("holder").asText(),
                line.get("manager").asText());
        return opened.holdings().stream()
                .map(Holding.Collateral.class::cast)
                .filter(held -> held.claim().orElseThrow().entry().equals(claim))
                .map(held -> held.asset() == WETH
                        ? held.quantity().toDecimal().multiply(price)
                        : held.quantity().toDecimal())
                .reduce(BigDecimal.ZERO, BigDecimal::add);
    }

    private static OpenVenue adapter(JsonNode line, int window, int apart) {
        return adapter(line, URI.create(line.get("url").asText()), window, apart);
    }

    private static OpenVenue adapter(JsonNode line, URI node, int window, int apart) {
        boolean wethFirst = line.get("wethFirst").booleanValue();
        UniswapVenue.Configuration.Pool pool = new UniswapVenue.Configuration.Pool(
                wethFirst ? "WETH" : "USDC",
                wethFirst ? 18 : 6,
                wethFirst ? "USDC" : "WETH",
                wethFirst ? 6 : 18,
                window,
                apart,
                FALL_PPM,
                RISE_PPM);
        return OpenVenue.recorded(
                new UniswapVenue(),
                new UniswapVenue.Configuration(
                        0,
                        31_337,
                        line.get("manager").asText(),
                        new TreeMap<>(Map.of(line.get("pool").asText(), pool)),
                        true),
                node);
    }

    private static Listing listing() {
        return new Listing(
                List.of(new ListedVenue(0, "uniswap", "eip155:31337", 900_000, EvidenceGrade.UNSIGNED)),
                List.of(new RiskGroup(0, "ETH"), new RiskGroup(1, "USD")),
                List.of(asset(WETH, "WETH"), asset(1, "USDC")),
                List.of());
    }

    private static ListedAsset asset(int number, String name) {
        return new ListedAsset(
                number,
                name,
                number,
                new Instrument.Spot(name),
                Amount.of("0.01"),
                AssetTier.MAJOR,
                100_000,
                200_000,
                EvidenceGrade.STORAGE_PROOF);
    }
}
