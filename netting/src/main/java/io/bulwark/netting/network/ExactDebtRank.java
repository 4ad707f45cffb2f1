package io.bulwark.netting.network;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.stream.IntStream;
import org.hipparchus.fraction.BigFraction;

/**
 * Linear DebtRank, exact: relative loss of equity h = min(1, h₁ + Λh), least fixed point, where Λ_ij is what i holds against j in units of i's equity.
 *
 * <p>Source: M. Bardoscia, S. Battiston, F. Caccioli and G. Caldarelli, "DebtRank: a microscopic foundation for shock propagation", PLoS ONE 10 (2015). The initial
 * distress is cut at 1 before anything is computed from it.
 *
 * <p>How the least fixed point is found: nodes that no shocked node reaches stay at 0. On the others the map is concave and positive somewhere upstream of everybody, so
 * it has one fixed point only, and that is found from above as defaults are: all lost, then the nodes that lose less are solved exactly, until no further one does.
 *
 * @param distress by node, 0 … 1
 * @param iterates h₁ and the next iterates of the map, at most the number asked for, ended by a repeated one if the map stops before
 * @param systemicLoss Σ equity · distress, the initial shock included
 */
public record ExactDebtRank(List<BigFraction> distress, List<List<BigFraction>> iterates, BigFraction systemicLoss) {
    /**
     * Computes it.
     *
     * @param exposures by holder, then debtor; ≥ 0, nothing against oneself
     * @param equity by node, > 0
     * @param initialDistress by node, ≥ 0
     * @param iteratesMax how many iterates are kept
     */
    public static ExactDebtRank of(
            List<List<BigFraction>> exposures,
            List<BigFraction> equity,
            List<BigFraction> initialDistress,
            int iteratesMax) {
        int nodes = equity.size();
        ExactRules.positive("equity", equity);
        ExactRules.length("initialDistress", initialDistress, nodes);
        ExactRules.notNegative("initialDistress", initialDistress);
        List<List<BigFraction>> leverage = leverage(exposures, equity);
        List<BigFraction> shock =
                initialDistress.stream().map(ExactDebtRank::atMostOne).toList();
        List<BigFraction> distress = fixedPoint(leverage, shock);
        BigFraction loss = BigFraction.ZERO;
        for (int i = 0; i < nodes; i++) {
            loss = loss.add(equity.get(i).multiply(distress.get(i)));
        }
        return new ExactDebtRank(distress, iterates(leverage, shock, iteratesMax), loss);
    }

    private static List<List<BigFraction>> leverage(List<List<BigFraction>> exposures, List<BigFraction> equity) {
        ExactRules.length("exposures", exposures, equity.size());
        List<List<BigFraction>> leverage = new ArrayList<>();
        for (int i = 0; i < equity.size(); i++) {
            List<BigFraction> row = exposures.get(i);
            ExactRules.length("exposures[" + i + "]", row, equity.size());
            ExactRules.notNegative("exposures[" + i + "]", row);
            if (row.get(i).signum() != 0) {
                throw new IllegalArgumentException(
                        "exposures[" + i + "][" + i + "] must be 0: a claim on oneself; have " + row.get(i));
            }
            BigFraction own = equity.get(i);
            leverage.add(row.stream().map(held -> held.divide(own)).toList());
        }
        return leverage;
    }

    private static List<List<BigFraction>> iterates(
            List<List<BigFraction>> leverage, List<BigFraction> shock, int iteratesMax) {
        List<List<BigFraction>> iterates = new ArrayList<>();
        iterates.add(shock);
        while (iterates.size() < iteratesMax) {
            List<BigFraction> last = iterates.getLast();
            List<BigFraction> next = IntStream.range(0, shock.size())
                    .mapToObj(i -> atMostOne(image(leverage, shock, last, i)))
                    .toList();
            iterates.add(next);
            if (next.equals(last)) {
                break;
            }
        }
        return List.copyOf(iterates);
    }

    private static List<BigFraction> fixedPoint(List<List<BigFraction>> leverage, List<BigFraction> shock) {
        int nodes = shock.size();
        BitSet reached = reached(leverage, shock);
        List<BigFraction> distress = new ArrayList<>();
        for (int i = 0; i < nodes; i++) {
            distress.add(reached.get(i) ? BigFraction.ONE : BigFraction.ZERO);
        }
        BitSet alive = new BitSet(nodes);
        for (BitSet found = below(leverage, shock, distress, reached, alive);
                !found.isEmpty();
                found = below(leverage, shock, distress, reached, alive)) {
            alive.or(found);
            BitSet lost = (BitSet) reached.clone();
            lost.andNot(alive);
            List<BigFraction> constants = new ArrayList<>(shock);
            for (int i = 0; i < nodes; i++) {
                for (int j = lost.nextSetBit(0); j >= 0; j = lost.nextSetBit(j + 1)) {
                    constants.set(i, constants.get(i).add(leverage.get(i).get(j)));
                }
            }
            ExactLinear.solve(alive, (i, j) -> leverage.get(i).get(j), constants, distress);
        }
        return List.copyOf(distress);
    }

    /** The nodes, not yet known to survive, that the map puts below total loss. */
    private static BitSet below(
            List<List<BigFraction>> leverage,
            List<BigFraction> shock,
            List<BigFraction> distress,
            BitSet reached,
            BitSet alive) {
        BitSet found = new BitSet(shock.size());
        reached.stream()
                .filter(i -> !alive.get(i))
                .filter(i -> image(leverage, shock, distress, i).compareTo(BigFraction.ONE) < 0)
                .forEach(found::set);
        return found;
    }

    private static BitSet reached(List<List<BigFraction>> leverage, List<BigFraction> shock) {
        int nodes = shock.size();
        BitSet reached = new BitSet(nodes);
        IntStream.range(0, nodes).filter(i -> shock.get(i).signum() > 0).forEach(reached::set);
        for (int before = -1; before < reached.cardinality(); ) {
            before = reached.cardinality();
            for (int i = reached.nextClearBit(0); i < nodes; i = reached.nextClearBit(i + 1)) {
                List<BigFraction> row = leverage.get(i);
                if (reached.stream().anyMatch(j -> row.get(j).signum() > 0)) {
                    reached.set(i);
                }
            }
        }
        return reached;
    }

    private static BigFraction image(
            List<List<BigFraction>> leverage, List<BigFraction> shock, List<BigFraction> distress, int node) {
        BigFraction sum = shock.get(node);
        for (int j = 0; j < distress.size(); j++) {
            sum = sum.add(leverage.get(node).get(j).multiply(distress.get(j)));
        }
        return sum;
    }

    private static BigFraction atMostOne(BigFraction value) {
        return value.compareTo(BigFraction.ONE) > 0 ? BigFraction.ONE : value;
    }
}
