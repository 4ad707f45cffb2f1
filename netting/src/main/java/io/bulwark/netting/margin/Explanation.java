package io.bulwark.netting.margin;

import io.bulwark.netting.formula.MarginBook;
import io.bulwark.netting.formula.MarginLine;
import io.bulwark.netting.formula.Precision;
import io.bulwark.netting.formula.Prefunding;
import io.bulwark.netting.formula.Prefunding.VenueNeed;
import io.bulwark.netting.formula.Requirement;
import io.bulwark.netting.formula.Requirement.Charge;
import io.bulwark.netting.formula.WeightedSum;
import io.bulwark.netting.risktable.Family;
import io.bulwark.netting.risktable.IntColumn;
import io.bulwark.netting.risktable.RiskParameters;
import io.bulwark.netting.risktable.RiskTable;
import io.bulwark.netting.risktable.RiskTable.Combo;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Why the initial margin is what it is: terms that sum to it exactly.
 *
 * <p>The core is split by Euler's rule: each entry contributes its own loss in the binding scenario (or in the tail), weighted as the combo (or the tail) weights it and
 * rounded down; where a path binds, the entries lose what they lose at its end, and each venue's need is a term, less
 * the free money that carries it. What all roundings
 * together leave is a term of its own. Each charge of each add-on is a term as it stands.
 *
 * @param terms in the order core, rounding, charges, minimum margin; none is zero
 * @param total the initial margin, u
 */
public record Explanation(List<Term> terms, long total) {
    /** What a term is. */
    public enum Part {
        /** An entry's loss in the binding scenario. */
        STRESS,
        /** What a venue may close on its own and nothing carries, or what carries it. */
        PREFUNDING,
        /** An entry's loss in the expected-shortfall tail. */
        SHORTFALL,
        /** What rounding the core once, up, adds to the contributions rounded down. */
        ROUNDING,
        /** A charge of an add-on. */
        ADD_ON,
        /** What is missing to the smallest margin of an account that owes anything. */
        MINIMUM_MARGIN
    }

    /**
     * One term.
     *
     * @param part what it is
     * @param name add-on label, or the name of the part
     * @param subject entry, group or account
     * @param amount u; a contribution to the core is negative where the entry gains
     */
    public record Term(Part part, String name, String subject, long amount) {}

    /** Copies and checks the sum. */
    public Explanation {
        terms = List.copyOf(terms);
        long sum = terms.stream().mapToLong(Term::amount).reduce(0, Math::addExact);
        if (sum != total) {
            throw new IllegalStateException("terms must sum to " + total + " u; have " + sum);
        }
    }

    static Explanation of(MarginBook book, Requirement requirement, LowerWitness witness) {
        List<Term> terms = new ArrayList<>(coreTerms(book, requirement, witness));
        for (Charge charge : requirement.charges()) {
            terms.add(new Term(Part.ADD_ON, charge.addOn().label(), charge.subject(), charge.amount()));
        }
        long left = requirement.initialMargin()
                - terms.stream().mapToLong(Term::amount).reduce(0, Math::addExact);
        if (left != 0) {
            terms.add(new Term(Part.MINIMUM_MARGIN, "minimum margin", "account", left));
        }
        return new Explanation(terms, requirement.initialMargin());
    }

    private static List<Term> coreTerms(MarginBook book, Requirement requirement, LowerWitness witness) {
        List<Term> terms = new ArrayList<>();
        long left = requirement.core();
        for (MarginLine holding : witness.core() == LowerWitness.Core.NONE ? List.<MarginLine>of() : book.holdings()) {
            long amount = contribution(book, holding, witness);
            left -= amount;
            if (amount != 0) {
                terms.add(coreTerm(witness.core(), holding, amount));
            }
        }
        for (Term need : needs(book.table(), requirement.prefunding(), witness)) {
            left -= need.amount();
            terms.add(need);
        }
        if (left != 0) {
            terms.add(new Term(Part.ROUNDING, "rounding", "core", left));
        }
        return terms;
    }

    private static List<Term> needs(RiskTable table, Prefunding prefunding, LowerWitness witness) {
        if (witness.needs().isEmpty()) {
            return List.of();
        }
        Combo combo = combo(table, witness);
        Map<String, WeightedSum> sums = new LinkedHashMap<>();
        for (int k : LowerWitness.familiesOf(combo)) {
            Family family = table.families().get(k);
            LowerWitness.Needs needs = witness.needs().get(family.name());
            if (needs != null && needs.charged()) {
                int path = witness.points().getOrDefault(family.name(), 0)
                        - family.points().size();
                long weight = Math.multiplyExact(
                        (long) combo.weights().at(k), table.venueRisk().prefunding());
                for (VenueNeed venue : prefunding.venues()) {
                    String id = table.venueRisk().venues().get(venue.venue()).id();
                    sum(sums, id).add(weight, venue.need(path));
                }
                sum(sums, "free entries")
                        .add(weight, prefunding.paths().get(path).residual());
                sum(sums, "free money").add(weight, Math.negateExact(prefunding.free()));
            }
        }
        List<Term> terms = new ArrayList<>();
        sums.forEach((subject, sum) -> {
            long amount = sum.floorDiv(RiskParameters.MILLION * RiskParameters.MILLION);
            if (amount != 0) {
                terms.add(new Term(Part.PREFUNDING, "prefunding", subject, amount));
            }
        });
        return terms;
    }

    private static WeightedSum sum(Map<String, WeightedSum> sums, String subject) {
        return sums.computeIfAbsent(subject, ignored -> Precision.INT128.sum());
    }

    private static Combo combo(RiskTable table, LowerWitness witness) {
        return table.combos().stream()
                .filter(c -> c.name().equals(witness.combo().orElseThrow()))
                .findFirst()
                .orElseThrow();
    }

    private static Term coreTerm(LowerWitness.Core core, MarginLine holding, long amount) {
        return core == LowerWitness.Core.STRESS
                ? new Term(Part.STRESS, "stress", subject(holding), amount)
                : new Term(Part.SHORTFALL, "expected shortfall", subject(holding), amount);
    }

    private static String subject(MarginLine holding) {
        return switch (holding.role()) {
            case POSITION -> holding.id();
            case COLLATERAL -> holding.id() + " collateral";
            case DEBT -> holding.id() + " debt";
        };
    }

    private static long contribution(MarginBook book, MarginLine holding, LowerWitness witness) {
        return switch (witness.core()) {
            case STRESS -> stressContribution(book, holding, witness);
            case SHORTFALL -> {
                WeightedSum sum = book.precision().sum();
                witness.tail().forEach(row -> sum.add(row.weight(), holding.esLoss(row.row())));
                yield sum.floorDiv(book.table().parameters().tail());
            }
            case NONE -> 0;
        };
    }

    private static long stressContribution(MarginBook book, MarginLine holding, LowerWitness witness) {
        RiskTable table = book.table();
        Combo combo = combo(table, witness);
        IntColumn weights = combo.weights();
        WeightedSum sum = book.precision().sum();
        for (int k : LowerWitness.familiesOf(combo)) {
            Map<Integer, Integer> rows =
                    witness.cells().get(table.families().get(k).name());
            Integer row = rows == null ? null : rows.get(holding.group());
            if (row == null) {
                throw new IllegalStateException("witness must name a cell of group " + holding.group());
            }
            sum.add(weights.at(k), holding.loss(row));
        }
        return sum.floorDiv(RiskParameters.MILLION);
    }
}
