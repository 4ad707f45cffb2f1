package io.bulwark.insurance.liquidation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.hipparchus.fraction.BigFraction;
import org.junit.jupiter.api.Test;

class UniformPriceAuctionTest {
    private static final long SEED = 97;

    /** Contagion design, section 2: 13,580 with the reserve; without it one lot bid at 0.01 sets the price for all: 1.41. */
    @Test
    void shouldLetNoOneLotBidTakeThePriceDown() {
        List<Bid> bids =
                List.of(bid("m1", number(98), 40), bid("m2", number(97), 100), bid("m3", new BigFraction(1, 100), 1));
        UniformPriceAuction with = UniformPriceAuction.settle(number(300), Optional.of(number(90)), bids);
        UniformPriceAuction without = UniformPriceAuction.settle(number(300), Optional.empty(), bids);
        assertEquals(number(13_580), with.proceeds());
        assertEquals(number(160), with.unsold());
        assertEquals(new BigFraction(141, 100), without.proceeds());
    }

    @Test
    void shouldConserveQuantityFillNobodyAboveItsBidAndNeverPriceBelowTheReserve() {
        Random random = new Random(SEED);
        for (int i = 0; i < 2_000; i++) {
            BigFraction quantity = number(random.nextInt(400));
            Optional<BigFraction> reserve =
                    random.nextBoolean() ? Optional.empty() : Optional.of(number(random.nextInt(20)));
            UniformPriceAuction auction = UniformPriceAuction.settle(quantity, reserve, bids(random));
            BigFraction sold = BigFraction.ZERO;
            for (UniformPriceAuction.Fill fill : auction.fills()) {
                assertTrue(fill.quantity().signum() > 0);
                assertTrue(fill.quantity().compareTo(fill.bid().quantity()) <= 0);
                assertTrue(fill.bid().price().compareTo(auction.clearingPrice().orElseThrow()) >= 0);
                sold = sold.add(fill.quantity());
            }
            assertEquals(quantity, sold.add(auction.unsold()));
            reserve.ifPresent(
                    r -> assertTrue(auction.clearingPrice().orElseThrow().compareTo(r) >= 0));
            assertEquals(auction.clearingPrice().map(sold::multiply).orElse(BigFraction.ZERO), auction.proceeds());
        }
    }

    @Test
    void shouldFillTheMarginalPriceProRata() {
        UniformPriceAuction auction = UniformPriceAuction.settle(
                number(10), Optional.empty(), List.of(bid("a", number(5), 10), bid("b", number(5), 30)));
        assertEquals(
                List.of(new BigFraction(5, 2), new BigFraction(15, 2)),
                auction.fills().stream().map(UniformPriceAuction.Fill::quantity).toList());
    }

    @Test
    void shouldNameNoPriceWhereNothingIsSoldWithoutReserve() {
        assertEquals(
                Optional.empty(),
                UniformPriceAuction.settle(number(1), Optional.empty(), List.of())
                        .clearingPrice());
        assertThrows(
                IllegalArgumentException.class,
                () -> UniformPriceAuction.settle(number(-1), Optional.empty(), List.of()));
    }

    @Test
    void shouldSaveByTheNumberOfSlicesWhereTheMarketRecoversAndNothingWhereItDoesNot() {
        BigFraction impact = new BigFraction(1, 1_000);
        BigFraction whole = SlicedSale.cost(number(100), impact, BigFraction.ZERO, 1);
        for (int slices = 1; slices <= 20; slices++) {
            assertEquals(whole, SlicedSale.cost(number(100), impact, BigFraction.ONE, slices));
            assertEquals(whole.divide(slices), SlicedSale.cost(number(100), impact, BigFraction.ZERO, slices));
        }
        assertThrows(
                IllegalArgumentException.class, () -> SlicedSale.cost(number(1), impact, new BigFraction(3, 2), 2));
        assertThrows(IllegalArgumentException.class, () -> SlicedSale.cost(number(1), impact, impact, 0));
    }

    private static List<Bid> bids(Random random) {
        List<Bid> bids = new ArrayList<>();
        for (int i = 0; i < random.nextInt(9); i++) {
            bids.add(bid("m" + i, number(random.nextInt(20)), random.nextInt(90)));
        }
        return bids;
    }

    private static Bid bid(String member, BigFraction price, int quantity) {
        return new Bid(member, price, number(quantity));
    }

    private static BigFraction number(int value) {
        return new BigFraction(value);
    }
}
