package io.bulwark.insurance.deleveraging;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import org.hipparchus.fraction.BigFraction;

/**
 * BitMEX's auto-deleveraging queue: the numerically highest rank is closed first, whole positions, until the liquidated
 * quantity is filled.
 *
 * @param places in queue order
 * @param fills who is closed, in queue order
 * @param unfilled quantity that the queue cannot fill
 */
public record BitmexQueue(List<Place> places, List<Fill> fills, BigFraction unfilled) {
    private static final int LIGHTS = 5;
    private static final int PERCENT_A_LIGHT = 20;

    /**
     * A position that may be closed.
     *
     * @param account its holder
     * @param quantity ≥ 0
     * @param rank the higher, the sooner
     */
    public record Position(int account, BigFraction quantity, BigFraction rank) {}

    /**
     * A place in the queue.
     *
     * @param position who stands there
     * @param percentile 20, 40, 60, 80 or 100: the light that the holder sees; cumulated from the front, own quantity included
     */
    public record Place(Position position, int percentile) {}

    /**
     * A position that is closed.
     *
     * @param account its holder
     * @param closed quantity closed, > 0
     * @param remaining quantity left
     */
    public record Fill(int account, BigFraction closed, BigFraction remaining) {}

    /** Copies the lists. */
    public BitmexQueue {
        places = List.copyOf(places);
        fills = List.copyOf(fills);
    }

    /**
     * Queues positions and closes.
     *
     * @param positions on the winning side, together > 0; equal ranks keep their order
     * @param liquidated quantity to be filled, ≥ 0
     */
    public static BitmexQueue of(List<Position> positions, BigFraction liquidated) {
        BigFraction total = positions.stream().map(Position::quantity).reduce(BigFraction.ZERO, BigFraction::add);
        if (total.signum() <= 0 || positions.stream().anyMatch(p -> p.quantity().signum() < 0)) {
            throw new IllegalArgumentException("qty must be >= 0 and together > 0; have " + total);
        }
        if (liquidated.signum() < 0) {
            throw new IllegalArgumentException("liquidatedShort must be >= 0; have " + liquidated);
        }
        List<Place> places = new ArrayList<>();
        List<Fill> fills = new ArrayList<>();
        BigFraction cumulative = BigFraction.ZERO;
        BigFraction rest = liquidated;
        for (Position position : positions.stream()
                .sorted(Comparator.comparing(Position::rank).reversed())
                .toList()) {
            cumulative = cumulative.add(position.quantity());
            places.add(new Place(position, percentile(cumulative.divide(total))));
            BigFraction closed = Collections.min(List.of(rest, position.quantity()));
            if (closed.signum() > 0) {
                fills.add(
                        new Fill(position.account(), closed, position.quantity().subtract(closed)));
                rest = rest.subtract(closed);
            }
        }
        return new BitmexQueue(places, fills, rest);
    }

    private static int percentile(BigFraction share) {
        BigFraction lights = share.multiply(LIGHTS);
        int whole = lights.getNumerator().divide(lights.getDenominator()).intValueExact();
        boolean more = !lights.getDenominator().equals(BigInteger.ONE);
        return PERCENT_A_LIGHT * (more ? whole + 1 : whole);
    }

    /**
     * BitMEX's rank of a position: profit share times effective leverage, or divided by it where it loses. Values are signed:
     * shorts carry negative ones. A mark beyond the bankrupt value gives a negative leverage and ranks a bankrupt winner last: the
     * venue's formula, as it is.
     *
     * @param leverage |mark| / (mark − bankrupt)
     * @param profitShare (mark − entry) / |entry|
     * @param rank the higher, the sooner the position is closed
     */
    public record BitmexRank(BigFraction leverage, BigFraction profitShare, BigFraction rank) {
        /**
         * Ranks a position.
         *
         * @param mark value at the mark price
         * @param bankrupt value at the bankruptcy price; differs from the mark
         * @param entry value at the average entry price; not 0
         */
        public static BitmexRank of(BigFraction mark, BigFraction bankrupt, BigFraction entry) {
            BigFraction cushion = mark.subtract(bankrupt);
            if (cushion.signum() == 0) {
                throw new IllegalArgumentException("bankruptValue must differ from markValue; have " + bankrupt);
            }
            if (entry.signum() == 0) {
                throw new IllegalArgumentException("avgEntryValue must not be 0; have 0");
            }
            BigFraction leverage = mark.abs().divide(cushion);
            BigFraction share = mark.subtract(entry).divide(entry.abs());
            if (share.signum() <= 0 && leverage.signum() == 0) {
                throw new IllegalArgumentException("markValue must not be 0 where the position loses; have 0");
            }
            return new BitmexRank(
                    leverage, share, share.signum() > 0 ? share.multiply(leverage) : share.divide(leverage));
        }
    }
}
