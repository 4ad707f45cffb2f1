package io.bulwark.netting.tail;

import io.bulwark.netting.copula.SeededDraws;
import io.bulwark.netting.copula.StudentCopula;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.hipparchus.distribution.continuous.TDistribution;
import org.hipparchus.util.FastMath;

/**
 * Many equally likely worlds one day from now: a log-move of every group and a relative move of implied volatility, jointly.
 *
 * <p>A world replays a day's residuals at today's σ_used, or a day of the worst year as it was, or is drawn from the t-copula of
 * the residuals (margin formula, section 3.4). Residuals are smoothed inside their own rank, and beyond the 5 % and 95 % quantiles
 * they follow the extreme-value tail. A group without a return on a replayed day is drawn from the copula, given the groups that
 * have one.
 *
 * <p>No history of implied volatility is sealed; its move is governed: correlated with the common move of prices, as wide as
 * prices' own radius is. That is a model, and is said so in the table's provenance.
 */
public final class JointWorlds {
    /** Worlds of one population: enough for a hundred in the outermost stratum of each block. */
    public static final int COUNT = 1 << 17;

    private static final double ONE = 1e6;
    private static final int RECENT_DAYS = 90;

    private final JointHistory history;
    private final WorldMix mix;
    private final List<Marginal> marginals;
    private final StudentCopula copula;
    private final TDistribution scoreLaw;
    private final double commonDeviation;
    private final int[] replayed;
    private final List<StressedDay> worst;
    private final double[][] moves;
    private final double[] volatility;
    private final double[] radius;
    private final double[] common;

    private JointWorlds(JointHistory history, double[][] correlation, WorldMix mix, int count) {
        int size = history.groups().size();
        this.history = history;
        this.mix = mix;
        this.marginals =
                IntStream.range(0, size).mapToObj(g -> marginal(history, g)).toList();
        this.copula = new StudentCopula(StudentCopula.fit(history.complete()).degrees(), correlation);
        this.scoreLaw = new TDistribution(copula.degrees());
        this.commonDeviation = FastMath.sqrt(
                Arrays.stream(correlation).flatMapToDouble(Arrays::stream).sum());
        this.replayed = replayed(history, mix.recentWeight());
        this.worst = Arrays.stream(history.worstYear()).mapToObj(this::stressed).toList();
        this.moves = new double[size][count];
        this.volatility = new double[count];
        this.radius = new double[count];
        this.common = new double[count];
    }

    /**
     * Draws {@link #COUNT} worlds.
     *
     * @param groups residuals of every group that moves
     * @param correlation the published one, in the order of the groups, positive definite; ν is fitted to the residuals
     * @param mix where worlds come from
     * @throws IllegalArgumentException naming the group whose history is too short
     */
    public static JointWorlds draw(List<FilteredResiduals> groups, double[][] correlation, WorldMix mix) {
        return draw(groups, correlation, mix, COUNT);
    }

    static JointWorlds draw(List<FilteredResiduals> groups, double[][] correlation, WorldMix mix, int count) {
        JointHistory history = new JointHistory(groups, mix.lookBackDays());
        JointWorlds worlds = new JointWorlds(history, reordered(groups, correlation, history), mix, count);
        for (int world = 0; world < count; world++) {
            worlds.fill(world, new SeededDraws(mix.seed(), world));
        }
        return worlds;
    }

    /** Number of worlds. */
    public int count() {
        return volatility.length;
    }

    /** The groups, in the order of their history. */
    public List<String> groups() {
        return history.groups().stream().map(FilteredResiduals::group).toList();
    }

    /** Dependence of the residuals, in the order of {@link #groups}. */
    public StudentCopula copula() {
        return copula;
    }

    /** Log-move of a group in a world. */
    public double move(int group, int world) {
        return moves[group][world];
    }

    /** Relative move of implied volatility in a world: &gt; −1. */
    public double volatilityMove(int world) {
        return volatility[world];
    }

    /** How far out a world lies: Mahalanobis' distance of its moves in units of σ_used. */
    public double radius(int world) {
        return radius[world];
    }

    /** The common move of all groups, in its own standard deviations. */
    public double common(int world) {
        return common[world];
    }

    private static Marginal marginal(JointHistory history, int group) {
        try {
            return Marginal.of(history.residuals(group));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "history of " + history.groups().get(group).group() + ": " + e.getMessage(), e);
        }
    }

    private static double[][] reordered(List<FilteredResiduals> groups, double[][] correlation, JointHistory history) {
        int[] places = history.groups().stream().mapToInt(groups::indexOf).toArray();
        return Arrays.stream(places)
                .mapToObj(a -> Arrays.stream(places)
                        .mapToDouble(b -> correlation[a][b])
                        .toArray())
                .toArray(double[][]::new);
    }

    /** Each day of the look-back once, each of the last 90 as often as the regime says. */
    private static int[] replayed(JointHistory history, int recentWeight) {
        return Arrays.stream(history.days())
                .flatMap(day -> IntStream.range(0, day > history.last() - RECENT_DAYS ? recentWeight : 1)
                        .map(again -> day))
                .toArray();
    }

    private void fill(int world, SeededDraws draws) {
        double kind = draws.uniform() * ONE;
        double rest = (kind - mix.stressedPpm()) / (ONE - mix.stressedPpm()) * ONE;
        double[] sizes;
        if (kind < mix.stressedPpm()) {
            sizes = worst.get(draws.below(worst.size())).drawn(this, draws);
        } else if (rest < mix.copulaPpm()) {
            sizes = drawn(draws);
        } else {
            sizes = replayed(replayed[draws.below(replayed.length)], draws);
        }
        place(world, sizes, draws);
    }

    /** A day's residuals, each anywhere inside its own rank. */
    private double[] replayed(int day, SeededDraws draws) {
        double[] sizes = new double[marginals.size()];
        int known = history.known(day);
        double[] probabilities = new double[known];
        for (int g = 0; g < known; g++) {
            FilteredResiduals group = history.groups().get(g);
            Marginal law = marginals.get(g);
            probabilities[g] = law.probability(group.residual(group.find(day))) + (draws.uniform() - 0.5) / law.size();
            sizes[g] = law.quantile(probabilities[g]);
        }
        complete(sizes, scores(probabilities), 1, draws);
        return sizes;
    }

    /**
     * A day of the worst year at its own σ, in units of today's: nothing of it is chance but the groups that it lacks.
     *
     * @param sizes moves of all groups, 0 for those that the day lacks
     * @param scores of the groups that it has
     * @param ratio its σ over today's
     */
    private record StressedDay(double[] sizes, double[] scores, double ratio) {
        double[] drawn(JointWorlds worlds, SeededDraws draws) {
            double[] all = sizes.clone();
            worlds.complete(all, scores, ratio, draws);
            return all;
        }
    }

    private StressedDay stressed(int day) {
        double[] sizes = new double[marginals.size()];
        int known = history.known(day);
        double[] probabilities = new double[known];
        double ratio = 0;
        for (int g = 0; g < known; g++) {
            FilteredResiduals group = history.groups().get(g);
            int at = group.find(day);
            sizes[g] = group.returned(at) / group.used();
            probabilities[g] = inside(marginals.get(g), group.residual(at));
            ratio += group.volatility(at) / group.used() / known;
        }
        return new StressedDay(sizes, scores(probabilities), ratio);
    }

    /** What the copula is told of the groups that a day has; of a day that has all it is asked nothing. */
    private double[] scores(double[] probabilities) {
        return probabilities.length == marginals.size()
                ? probabilities
                : Arrays.stream(probabilities)
                        .map(scoreLaw::inverseCumulativeProbability)
                        .toArray();
    }

    /** The share of a law below a residual, which may lie beyond every one that the law was made from. */
    private static double inside(Marginal law, double residual) {
        double half = 0.5 / law.size();
        return FastMath.max(half, FastMath.min(1 - half, law.probability(residual)));
    }

    private double[] drawn(SeededDraws draws) {
        double[] sizes = new double[marginals.size()];
        complete(sizes, new double[0], 1, draws);
        return sizes;
    }

    /** Fills in the groups beyond those whose scores are known. */
    private void complete(double[] sizes, double[] known, double scale, SeededDraws draws) {
        if (known.length == sizes.length) {
            return;
        }
        double[] scores = copula.draw(known, draws);
        for (int g = known.length; g < sizes.length; g++) {
            sizes[g] = scale * marginals.get(g).quantile(scoreLaw.cumulativeProbability(scores[g]));
        }
    }

    private void place(int world, double[] sizes, SeededDraws draws) {
        double sum = 0;
        for (int g = 0; g < sizes.length; g++) {
            sum += sizes[g];
            moves[g][world] = sizes[g] * history.groups().get(g).used();
        }
        double square = copula.squaredDistance(sizes);
        double leverage = mix.leveragePpm() / ONE;
        double degrees = copula.degrees();
        double own = draws.normal() * FastMath.sqrt((degrees - 2 + square) / draws.chiSquared(degrees + sizes.length));
        common[world] = sum / commonDeviation;
        volatility[world] = FastMath.expm1(mix.volatilityMovePpm()
                / ONE
                * (-leverage * common[world] + FastMath.sqrt(1 - leverage * leverage) * own));
        radius[world] = FastMath.sqrt(square + own * own);
    }
}
