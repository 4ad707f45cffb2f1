package io.bulwark.clearing.position;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bulwark.clearing.money.Amount;
import io.bulwark.clearing.position.VenueStanding.LiquidationPrice;
import io.bulwark.clearing.position.VenueStanding.Told;
import java.math.BigDecimal;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What a venue counts, by arithmetic that needs no venue. */
class VenueStandingTest {
    @Test
    void shouldBeAsFarAwayAsEquityExceedsWhatIsRequired() {
        Told told = new Told(VenueStanding.USD, Amount.of("92505"), Amount.of("5677.2"));
        assertEquals(Amount.of("86827.8"), told.distance());
        Told called = new Told("BTC", Amount.of("0.5"), Amount.of("0.75"));
        assertEquals(Amount.of("-0.25"), called.distance());
    }

    @Test
    void shouldLoseOnTheWayToALiquidationPriceWhatTheLegMoves() {
        LiquidationPrice shorted = limit("-150", "-567720", "4357.92");
        assertEquals(Amount.of("85968"), shorted.loss());
        assertEquals(new BigDecimal("0.151426"), shorted.move());
        LiquidationPrice bought = limit("2", "8000", "3000");
        assertEquals(Amount.of("2000"), bought.loss());
        assertEquals(new BigDecimal("-0.250000"), bought.move());
        // On the side on which the leg gains.
        assertEquals(Amount.of("-2000"), limit("2", "8000", "5000").loss());
    }

    @Test
    void shouldRefuseALegThatIsNone() {
        assertThrows(IllegalArgumentException.class, () -> limit("0", "0", "1"));
        assertThrows(IllegalArgumentException.class, () -> limit("-1", "100", "1"));
        assertThrows(IllegalArgumentException.class, () -> limit("1", "100", "0"));
        assertThrows(IllegalArgumentException.class, () -> new Told(VenueStanding.USD, Amount.of(1), Amount.of(-1)));
    }

    @Test
    void shouldKeepItsPocketAndPrices() {
        VenueStanding standing = VenueStanding.of(new VenueStanding.NotTold("adjEq"))
                .in(new VenueStanding.Pocket("market 7", Set.of(3), Set.of(4)))
                .limited(List.of(limit("1", "100", "50")));
        assertEquals("market 7", standing.pocket().name());
        assertTrue(standing.pocket().holdsInstrument(3) && standing.pocket().holdsAsset(4));
        assertFalse(standing.pocket().holdsInstrument(4) || standing.pocket().holdsAsset(3));
        assertTrue(VenueStanding.Pocket.WHOLE.holdsInstrument(9) && VenueStanding.Pocket.WHOLE.holdsAsset(9));
        assertEquals(1, standing.limits().size());
        assertEquals(new VenueStanding.NotTold("adjEq"), standing.count());
    }

    private static LiquidationPrice limit(String size, String worth, String price) {
        return new LiquidationPrice("ETH", Amount.of(size), Amount.of(worth), Amount.of(price));
    }
}
