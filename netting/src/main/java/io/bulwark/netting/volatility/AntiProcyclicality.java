package io.bulwark.netting.volatility;

/** How the volatility that margin is built on is kept from falling with calm and leaping with storm: the three tools of EU regulation 153/2013 article 28(1), alone and together. All volatilities a day. */
public sealed interface AntiProcyclicality {
    /** The volatility that margin uses. */
    double used(Levels levels);

    /**
     * What a rule may look at, all of one day.
     *
     * @param now σ_now
     * @param recentMedian median of σ_now over the days that release a buffer
     * @param stress the stressed quantile of σ_now
     * @param longRun root mean square of returns over up to ten years
     */
    record Levels(double now, double recentMedian, double stress, double longRun) {}

    /** No tool: σ_now as it is. */
    record None() implements AntiProcyclicality {
        @Override
        public double used(Levels levels) {
            return levels.now();
        }
    }

    /**
     * Tool (a): a buffer on top, exhausted while σ_now is above a multiple of its recent median.
     *
     * @param share of σ_now, such as 0.25
     * @param release multiple of the recent median
     */
    record Buffer(double share, double release) implements AntiProcyclicality {
        @Override
        public double used(Levels levels) {
            boolean exhausted = levels.now() > release * levels.recentMedian();
            return exhausted ? levels.now() : (1 + share) * levels.now();
        }
    }

    /**
     * Tool (b): a weight on stressed observations.
     *
     * @param weight of σ_stress, such as 0.25
     */
    record StressWeight(double weight) implements AntiProcyclicality {
        @Override
        public double used(Levels levels) {
            return (1 - weight) * levels.now() + weight * levels.stress();
        }
    }

    /**
     * Tool (c): not below the long run.
     *
     * @param weight of the long-run volatility; 1 in the regulation
     */
    record LongRunFloor(double weight) implements AntiProcyclicality {
        @Override
        public double used(Levels levels) {
            return Math.max(levels.now(), weight * levels.longRun());
        }
    }

    /**
     * Tools (b) and (c) together, the published rule: max((1−w)·σ_now + w·σ_stress, f·σ_10y).
     *
     * @param stressWeight w
     * @param floorWeight f
     */
    record StressAndFloor(double stressWeight, double floorWeight) implements AntiProcyclicality {
        @Override
        public double used(Levels levels) {
            return Math.max(new StressWeight(stressWeight).used(levels), floorWeight * levels.longRun());
        }
    }
}
