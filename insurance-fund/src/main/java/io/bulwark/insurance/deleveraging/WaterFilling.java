package io.bulwark.insurance.deleveraging;

import java.util.Comparator;
import java.util.List;
import org.hipparchus.fraction.BigFraction;

/**
 * Closing positions so that the most leveraged come down to one common leverage: {@code closed = (N − level·E)⁺}.
 *
 * <p>It closes no more than asked, and who splits an account into parts of the same leverage is closed as before.
 *
 * @param level the leverage N/E to which everybody above it is brought down, ≥ 0
 * @param closed notional closed of each, in the order asked
 */
public record WaterFilling(BigFraction level, List<BigFraction> closed) {
    /**
     * An account on the winning side.
     *
     * @param equity E > 0
     * @param notional N ≥ 0
     */
    public record Candidate(BigFraction equity, BigFraction notional) {
        /** Checks both. */
        public Candidate {
            if (equity.signum() <= 0) {
                throw new IllegalArgumentException("equity must be > 0; have " + equity);
            }
            if (notional.signum() < 0) {
                throw new IllegalArgumentException("notional must be >= 0; have " + notional);
            }
        }

        BigFraction leverage() {
            return notional.divide(equity);
        }
    }

    /** Copies the list. */
    public WaterFilling {
        closed = List.copyOf(closed);
    }

    /**
     * Finds the level by going down the accounts in order of leverage until what lies above the next one's is enough.
     *
     * @param candidates at least one
     * @param toClose 0 ≤ toClose ≤ all notional
     */
    public static WaterFilling of(List<Candidate> candidates, BigFraction toClose) {
        BigFraction all = candidates.stream().map(Candidate::notional).reduce(BigFraction.ZERO, BigFraction::add);
        if (candidates.isEmpty() || toClose.signum() < 0 || toClose.compareTo(all) > 0) {
            throw new IllegalArgumentException("notionalToClose must be in 0 … " + all + "; have " + toClose);
        }
        BigFraction level = level(
                candidates.stream()
                        .sorted(Comparator.comparing(Candidate::leverage).reversed())
                        .toList(),
                toClose);
        return new WaterFilling(
                level,
                candidates.stream()
                        .map(c -> c.notional().subtract(level.multiply(c.equity())))
                        .map(above -> above.signum() > 0 ? above : BigFraction.ZERO)
                        .toList());
    }

    private static BigFraction level(List<Candidate> descending, BigFraction toClose) {
        BigFraction equity = BigFraction.ZERO;
        BigFraction notional = BigFraction.ZERO;
        BigFraction level = descending.getFirst().leverage();
        for (int i = 0; i < descending.size(); i++) {
            equity = equity.add(descending.get(i).equity());
            notional = notional.add(descending.get(i).notional());
            level = notional.subtract(toClose).divide(equity);
            boolean last = i + 1 == descending.size();
            if (last || level.compareTo(descending.get(i + 1).leverage()) >= 0) {
                break;
            }
        }
        return level;
    }
}
