package io.bulwark.adapter.lyra;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.bulwark.adapter.Quantities;
import io.bulwark.adapter.VenueException;
import io.bulwark.adapter.recording.DerivativesHouse;
import io.bulwark.clearing.money.Amount;
import io.bulwark.clearing.oracle.Measure;
import io.bulwark.clearing.oracle.PriceReport;
import io.bulwark.clearing.position.EvidenceGrade;
import io.bulwark.clearing.position.Holding;
import io.bulwark.clearing.position.VenueSnapshot;
import io.bulwark.clearing.position.VenueStanding;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/** What the adapter says of every account beside what the contracts say of it, and beside what was traded. */
final class LyraAgreement {
    /** Instruments of the house by strike and right. */
    private static final Map<String, Integer> LISTED = Map.of("1P", 1, "2C", 2, "2P", 3, "3C", 4);

    private LyraAgreement() {}

    static void require(DerivativesHouse house) throws VenueException {
        for (String name : List.of("straddle", "writer", "covered", "idle")) {
            requireStated(house, name);
        }
        assertEquals(List.of(option(2, "5"), option(3, "5")), holdings(house, "straddle"));
        assertEquals(
                List.of(option(4, "-3.5"), option(1, "-2"), new Holding.Collateral(3, Amount.of("10000.25"))),
                holdings(house, "writer"));
        // The option that was closed is gone; the call is covered by the base itself.
        assertEquals(
                List.of(option(4, "-4"), option(1, "1"), new Holding.Collateral(4, Amount.of(4))),
                holdings(house, "covered"));
        assertTrue(holdings(house, "idle").isEmpty());
        requirePrices(house);
    }

    private static void requireStated(DerivativesHouse house, String name) throws VenueException {
        VenueSnapshot snapshot = house.normalised(house.read(name));
        assertEquals(EvidenceGrade.STORAGE_PROOF, snapshot.grade());
        int at = 0;
        List<VenueStanding> shorts = new ArrayList<>();
        for (JsonNode stated : house.account(name).get("positions")) {
            String type = stated.get("type").asText();
            BigInteger amount = new BigInteger(stated.get("amount").asText());
            Amount signed = new Amount(type.startsWith("LONG") ? amount : amount.negate(), 18);
            String key = stated.get("strikeId").asText() + (type.contains("CALL") ? "C" : "P");
            assertEquals(
                    new Holding.Derivative(
                            Objects.requireNonNull(LISTED.get(key), key), signed, Optional.empty(), Amount.ZERO),
                    snapshot.holdings().get(at++),
                    name);
            if (stated.has("least")) {
                shorts.add(VenueStanding.of(new VenueStanding.Told(
                                type.endsWith("BASE") ? "sETH" : "sUSD",
                                new Amount(
                                        new BigInteger(stated.get("collateral").asText()), 18),
                                new Amount(new BigInteger(stated.get("least").asText()), 18)))
                        .in(new VenueStanding.Pocket(
                                "position " + stated.get("id").asText(), Set.of(LISTED.get(key)), Set.of())));
            }
        }
        assertEquals(shorts, snapshot.standings(), name);
    }

    private static void requirePrices(DerivativesHouse house) throws VenueException {
        VenueSnapshot market = house.market();
        assertEquals(Measure.INDEX_PRICE, market.reports().get(0).measure());
        assertEquals(
                new Amount(house.stated("spot"), 18), market.reports().get(0).value());
        assertEquals(6, market.reports().size());
        // The base that covers a call is worth what the market takes it for.
        assertEquals(
                new PriceReport(
                        0,
                        Measure.INDEX_PRICE,
                        "sETH",
                        new Amount(house.stated("spot"), 18),
                        market.raw().horizon().timeMillis()),
                market.reports().get(5));
        // A board of 70 % with skews of 0.98 to 1.02, moved a little by what was traded.
        for (int i = 1; i < 5; i++) {
            Amount volatility = market.reports().get(i).value();
            assertEquals(Measure.IMPLIED_VOLATILITY, market.reports().get(i).measure());
            assertTrue(
                    volatility.compareTo(Amount.of("0.6")) > 0 && volatility.compareTo(Amount.of("0.8")) < 0,
                    volatility.toString());
        }
    }

    private static List<Holding> holdings(DerivativesHouse house, String name) throws VenueException {
        return Quantities.of(house.normalised(house.read(name)).holdings());
    }

    private static Holding option(int instrument, String quantity) {
        return new Holding.Derivative(instrument, Amount.of(quantity), Optional.empty(), Amount.ZERO);
    }
}
