package io.bulwark.netting.comparison;

import io.bulwark.clearing.governance.Parameter;
import io.bulwark.clearing.money.Ppm;
import io.bulwark.netting.formula.Requirement;
import io.bulwark.netting.portfolio.Entry;
import io.bulwark.netting.portfolio.MarginAccount;
import io.bulwark.netting.risktable.InstrumentRisk;
import io.bulwark.netting.risktable.RiskTable;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/**
 * One portfolio under every method, so that their numbers can be laid side by side.
 *
 * @param notional Σ |lots|·value of what a lot follows, u, rounded up; the base of the shares
 * @param lines one per method, in the order of {@link Method}
 */
public record MethodComparison(long notional, List<Line> lines) {
    /** Share of notional that the static method asks for: 15 %. */
    public static final Parameter STATIC_SHARE =
            new Parameter("comparison.staticShare", "ppm", 10_000, Ppm.ONE, 150_000);

    /** The one move of the simple cross method: ±10 %. */
    public static final Parameter CROSS_MOVE = new Parameter("comparison.crossMove", "ppm", 10_000, 900_000, 100_000);

    private static final long MILLION = Ppm.ONE;

    /** The methods that are compared. */
    public enum Method {
        /** Each leg by itself: a bought option its premium, every other leg the initial margin that it would need alone. */
        ISOLATED,
        /** One pool under one move up or down, every leg settled at once; the larger loss. */
        CROSS,
        /** This engine's initial margin of the positions together. */
        PORTFOLIO,
        /** A fixed share of notional. */
        STATIC,
        /** The loss that the published expected-shortfall rows pass with the tail's probability. */
        VALUE_AT_RISK,
        /** The mean of the published rows beyond it. */
        EXPECTED_SHORTFALL,
        /** The worst published stress, without add-ons. */
        STRESS
    }

    /**
     * One method's answer.
     *
     * @param method which
     * @param amount u, at least 0; absent where the table publishes nothing to compute it from
     */
    public record Line(Method method, OptionalLong amount) {}

    /** Copies. */
    public MethodComparison {
        lines = List.copyOf(lines);
    }

    /**
     * Compares the positions of an account; cash, collateral, debt and paid lots are left out, they answer for the margin and are not it.
     *
     * @param table the risk table
     * @param account admitted by the table
     * @param terms of every instrument held, by number
     * @param staticShare value of {@link #STATIC_SHARE}
     * @param crossMove value of {@link #CROSS_MOVE}
     * @throws IllegalArgumentException if the terms of a position are missing
     */
    public static MethodComparison of(
            RiskTable table,
            MarginAccount account,
            Map<Integer, ContractTerms> terms,
            long staticShare,
            long crossMove) {
        List<Entry> positions = account.positions();
        MarginAccount alone = new MarginAccount(0, positions, List.of(), List.of(), List.of());
        Requirement whole = Requirement.of(table, alone);
        long notional = positions.stream()
                .map(p -> terms(terms, p).notional().multiply(BigDecimal.valueOf(Math.absExact(p.lots()))))
                .reduce(BigDecimal.ZERO, BigDecimal::add)
                .setScale(0, RoundingMode.CEILING)
                .longValueExact();
        List<Line> lines = new ArrayList<>();
        lines.add(line(Method.ISOLATED, isolated(table, positions)));
        lines.add(line(Method.CROSS, cross(table, positions, terms, crossMove)));
        lines.add(line(Method.PORTFOLIO, whole.initialMargin()));
        lines.add(line(Method.STATIC, Math.ceilDiv(Math.multiplyExact(notional, staticShare), MILLION)));
        PublishedTail tail = PublishedTail.of(table, alone);
        boolean published = table.esRowCount() > 1;
        lines.add(
                new Line(Method.VALUE_AT_RISK, published ? OptionalLong.of(tail.valueAtRisk()) : OptionalLong.empty()));
        lines.add(new Line(
                Method.EXPECTED_SHORTFALL,
                published ? OptionalLong.of(tail.expectedShortfall()) : OptionalLong.empty()));
        lines.add(line(Method.STRESS, whole.stress()));
        return new MethodComparison(notional, lines);
    }

    private static Line line(Method method, long amount) {
        return new Line(method, OptionalLong.of(amount));
    }

    private static long isolated(RiskTable table, List<Entry> positions) {
        return positions.stream().mapToLong(p -> isolated(table, p)).reduce(0, Math::addExact);
    }

    /** A bought option can lose its premium and no more. */
    private static long isolated(RiskTable table, Entry position) {
        InstrumentRisk risk = table.instrument(position.number()).orElseThrow();
        if (risk.paidUp() && position.lots() > 0) {
            return Math.multiplyExact(position.lots(), risk.value());
        }
        MarginAccount leg = new MarginAccount(0, List.of(position), List.of(), List.of(), List.of());
        return Requirement.of(table, leg).initialMargin();
    }

    /** The larger loss of the two moves, at least 0, rounded up. */
    static long cross(RiskTable table, List<Entry> positions, Map<Integer, ContractTerms> terms, long move) {
        return Math.max(0, Math.max(loss(table, positions, terms, -move), loss(table, positions, terms, move)));
    }

    private static long loss(RiskTable table, List<Entry> positions, Map<Integer, ContractTerms> terms, long move) {
        return positions.stream()
                .map(p -> BigDecimal.valueOf(
                                table.instrument(p.number()).orElseThrow().value())
                        .subtract(terms(terms, p).settled(move))
                        .multiply(BigDecimal.valueOf(p.lots())))
                .reduce(BigDecimal.ZERO, BigDecimal::add)
                .setScale(0, RoundingMode.CEILING)
                .longValueExact();
    }

    private static ContractTerms terms(Map<Integer, ContractTerms> terms, Entry position) {
        ContractTerms known = terms.get(position.number());
        if (known == null) {
            throw new IllegalArgumentException("terms of instrument " + position.number() + " must be known");
        }
        return known;
    }
}
