package io.bulwark.netting.backtest;

import io.bulwark.netting.formula.Requirement;
import io.bulwark.netting.formula.Stress.FamilyLoss;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/** A margin that is read from the house's own requirement of a book: its whole, or what other rules would have made of its parts, u. */
sealed interface BookRule extends ToDoubleFunction<Requirement> {
    /** Initial margin as the house asks it. */
    record House() implements BookRule {
        @Override
        public double applyAsDouble(Requirement requirement) {
            return requirement.initialMargin();
        }
    }

    /**
     * A mixture of families, at least 0.
     *
     * @param weights by family, such as J: .8, S: .2
     */
    record Mixture(Map<String, Double> weights) implements BookRule {
        /** Copies. */
        public Mixture {
            weights = Map.copyOf(weights);
        }

        @Override
        public double applyAsDouble(Requirement requirement) {
            double sum = 0;
            for (FamilyLoss family : requirement.families()) {
                sum += weights.getOrDefault(family.family(), 0.0) * family.loss();
            }
            return Math.max(0, sum);
        }
    }

    /** Expected shortfall alone. */
    record Shortfall() implements BookRule {
        @Override
        public double applyAsDouble(Requirement requirement) {
            return requirement.shortfall();
        }
    }

    /**
     * The largest of several rules.
     *
     * @param rules at least one
     */
    record Largest(List<BookRule> rules) implements BookRule {
        /** Copies. */
        public Largest {
            rules = List.copyOf(rules);
        }

        @Override
        public double applyAsDouble(Requirement requirement) {
            return rules.stream()
                    .mapToDouble(rule -> rule.applyAsDouble(requirement))
                    .max()
                    .orElse(0);
        }
    }

    /** Rules of the two-asset comparison by name (margin formula, section 4.3), at one κ. */
    static Map<String, BookRule> compared() {
        BookRule joint = new Mixture(Map.of("J", 1.0));
        BookRule breakdown = new Mixture(Map.of("J", 0.8, "S", 0.2));
        BookRule star = new Mixture(Map.of("STAR", 1.0));
        BookRule shortfall = new Shortfall();
        return Map.of(
                "joint",
                joint,
                "80/20",
                breakdown,
                "50/50",
                new Mixture(Map.of("J", 0.5, "S", 0.5)),
                "span sum",
                new Mixture(Map.of("S", 1.0)),
                "star",
                star,
                "fhs es99",
                shortfall,
                "largest",
                new Largest(List.of(breakdown, star, shortfall)));
    }
}
