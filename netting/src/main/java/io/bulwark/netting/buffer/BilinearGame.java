package io.bulwark.netting.buffer;

import java.util.List;
import java.util.stream.IntStream;
import org.hipparchus.fraction.BigFraction;

/**
 * The second round as a game, exact: v(S) = Σ_k λ_k (Σ_{a∈S} g_a·x_ak)(Σ_{b∈S} x_bk), own terms included. Evidence for charging what is transmitted; no part of the charge.
 *
 * <p>The game is a sum of terms of pairs (and of single accounts), and a pair's term is shared evenly by the Shapley value (L. Shapley, 1953): so it is half of what an
 * account suffers plus half of what it causes.
 *
 * @param transmitted by account: x_ak·λ_k·Σ_b g_b·x_bk over the assets
 * @param caused by account: g_a·x_ak·λ_k·Σ_b x_bk over the assets
 * @param shapley by account: half of both
 * @param total v of all accounts
 */
public record BilinearGame(
        List<BigFraction> transmitted, List<BigFraction> caused, List<BigFraction> shapley, BigFraction total) {
    /**
     * Computes it.
     *
     * @param positions by account, then asset
     * @param propensity g, by account
     * @param impact λ, by asset
     */
    public static BilinearGame of(
            List<List<BigFraction>> positions, List<BigFraction> propensity, List<BigFraction> impact) {
        if (propensity.size() != positions.size()) {
            throw new IllegalArgumentException(
                    "liquidationPropensity must have " + positions.size() + " entries; has " + propensity.size());
        }
        for (List<BigFraction> held : positions) {
            if (held.size() != impact.size()) {
                throw new IllegalArgumentException(
                        "positions must have " + impact.size() + " entries an account; have " + held.size());
            }
        }
        int accounts = positions.size();
        List<BigFraction> transmitted = IntStream.range(0, accounts)
                .mapToObj(a -> sum(IntStream.range(0, impact.size())
                        .mapToObj(k -> positions
                                .get(a)
                                .get(k)
                                .multiply(impact.get(k))
                                .multiply(sold(positions, propensity, k)))
                        .toList()))
                .toList();
        List<BigFraction> caused = IntStream.range(0, accounts)
                .mapToObj(a -> sum(IntStream.range(0, impact.size())
                                .mapToObj(k -> positions
                                        .get(a)
                                        .get(k)
                                        .multiply(impact.get(k))
                                        .multiply(held(positions, k)))
                                .toList())
                        .multiply(propensity.get(a)))
                .toList();
        List<BigFraction> shapley = IntStream.range(0, accounts)
                .mapToObj(a -> transmitted.get(a).add(caused.get(a)).divide(2))
                .toList();
        return new BilinearGame(transmitted, caused, shapley, sum(transmitted));
    }

    private static BigFraction sold(List<List<BigFraction>> positions, List<BigFraction> propensity, int asset) {
        return sum(IntStream.range(0, positions.size())
                .mapToObj(b -> positions.get(b).get(asset).multiply(propensity.get(b)))
                .toList());
    }

    private static BigFraction held(List<List<BigFraction>> positions, int asset) {
        return sum(positions.stream().map(held -> held.get(asset)).toList());
    }

    private static BigFraction sum(List<BigFraction> terms) {
        return terms.stream().reduce(BigFraction.ZERO, BigFraction::add);
    }
}
