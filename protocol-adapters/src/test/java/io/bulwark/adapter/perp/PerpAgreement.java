package io.bulwark.adapter.perp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.bulwark.adapter.PayloadRefused;
import io.bulwark.adapter.Quantities;
import io.bulwark.adapter.VenueException;
import io.bulwark.adapter.recording.DerivativesHouse;
import io.bulwark.clearing.money.Amount;
import io.bulwark.clearing.oracle.Measure;
import io.bulwark.clearing.position.EvidenceGrade;
import io.bulwark.clearing.position.Holding;
import io.bulwark.clearing.position.VenueSnapshot;
import io.bulwark.clearing.position.VenueStanding;
import java.math.BigInteger;
import java.util.List;
import java.util.Map;

/** What the adapter says of every account beside what the contracts say of it. */
final class PerpAgreement {
    private static final BigInteger WEI = BigInteger.TEN.pow(18);

    private PerpAgreement() {}

    static void require(DerivativesHouse house) throws VenueException {
        for (String name : List.of("long", "short", "winner", "arbitrageur")) {
            requireTrader(house, name);
        }
        requireOtherCollateral(house);
        assertTrue(house.normalised(house.read("idle")).holdings().isEmpty());
        PayloadRefused liquidity = assertThrows(PayloadRefused.class, () -> house.normalised(house.read("maker")));
        assertTrue(liquidity.field().startsWith("getOpenOrderIds of "), liquidity.toString());
        requirePrices(house);
    }

    /** Size and funding as stated; balance, gain since entry and funding together are the venue's account value at the venue's mark. */
    private static void requireTrader(DerivativesHouse house, String name) throws VenueException {
        JsonNode stated = house.account(name);
        VenueSnapshot snapshot = house.normalised(house.read(name));
        assertEquals(EvidenceGrade.UNSIGNED, snapshot.grade());
        Holding.Derivative position = (Holding.Derivative) snapshot.holdings().get(0);
        assertEquals(number(stated, "size"), position.quantity(), name);
        assertEquals(number(stated, "pendingFunding").negate(), position.accruedFunding(), name);
        Amount entry = position.settledPrice().orElseThrow();
        // The notional by the size, within the last place.
        Amount off = entry.times(position.quantity()).plus(number(stated, "openNotional"));
        assertTrue(off.abs().compareTo(position.quantity().abs().times(new Amount(BigInteger.ONE, 18))) < 0, name);
        Holding.Collateral balance = (Holding.Collateral) snapshot.holdings().get(1);
        assertEquals(0, balance.asset());
        assertEquals(2, snapshot.holdings().size());
        Amount mark = new Amount(house.stated("mark"), 18);
        Amount value = balance.quantity()
                .plus(position.quantity().times(mark.minus(entry)))
                .plus(position.accruedFunding());
        // The venue cuts the position's value at 18 places and its account value at 6.
        Amount apart = value.minus(new Amount(integer(stated, "accountValue"), 6));
        assertTrue(apart.abs().compareTo(Amount.of("0.000002")) < 0, name + " is apart by " + apart);
        assertEquals(
                List.of(VenueStanding.of(new VenueStanding.Told(
                        VenueStanding.USD,
                        new Amount(integer(stated, "accountValue"), 6),
                        number(stated, "marginForLiquidation")))),
                snapshot.standings());
    }

    /** The account that also deposited four ether: they are collateral of their own, and the balance is what was deposited in dollars. */
    private static void requireOtherCollateral(DerivativesHouse house) throws VenueException {
        VenueSnapshot snapshot = house.normalised(house.read("ether"));
        assertEquals(3, snapshot.holdings().size());
        assertEquals(Amount.of(2), snapshot.holdings().get(0).quantity());
        assertEquals(
                new Holding.Collateral(1, Amount.of(4)),
                Quantities.of(snapshot.holdings()).get(2));
        // The exchange counts ether at seven tenths of its price.
        assertEquals(Map.of(1, 700_000), snapshot.standings().getFirst().weights());
    }

    private static void requirePrices(DerivativesHouse house) throws VenueException {
        VenueSnapshot market = house.market();
        assertEquals(
                List.of(Measure.INDEX_PRICE, Measure.MARK_PRICE),
                market.reports().stream().map(r -> r.measure()).toList());
        assertEquals(Amount.of("3784.8"), market.reports().get(0).value());
        assertEquals(
                new Amount(house.stated("mark"), 18), market.reports().get(1).value());
        // The mark is a median of means over time: within a per cent of the index, and not the index.
        BigInteger apart = house.stated("mark").subtract(house.stated("index"));
        assertTrue(apart.signum() != 0 && apart.abs().compareTo(WEI.multiply(BigInteger.valueOf(37))) < 0);
    }

    private static Amount number(JsonNode stated, String figure) {
        return new Amount(integer(stated, figure), 18);
    }

    private static BigInteger integer(JsonNode stated, String figure) {
        return new BigInteger(stated.get(figure).asText());
    }
}
