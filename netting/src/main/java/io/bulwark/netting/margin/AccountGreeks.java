package io.bulwark.netting.margin;

import io.bulwark.clearing.money.Rounding;
import io.bulwark.netting.portfolio.Entry;
import io.bulwark.netting.portfolio.MarginAccount;
import io.bulwark.netting.risktable.AssetRisk;
import io.bulwark.netting.risktable.InstrumentRisk;
import io.bulwark.netting.risktable.IntColumn;
import io.bulwark.netting.risktable.RiskTable;
import io.bulwark.netting.risktable.RiskTable.GroupMoves;
import io.bulwark.netting.risktable.ScenarioRow;
import io.bulwark.netting.risktable.ScenarioRow.PricePoint;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.IntStream;

/**
 * An account's Greeks by risk group and expiry, out of its risk table alone: sums of published integers, so that anybody finds the same.
 *
 * <p>Delta and vega are the table's. Theta is its row in which nothing moves but time. Gamma is what its rows bend: of that row
 * and the nearest plain rows below and above, 2 · ((P₂ − P₀)/h₂ − (P₁ − P₀)/h₁)/(h₂ − h₁), P profits and h moves; an average
 * over that stretch and not the tangent at a point. A product of two groups has neither here: its rows move both.
 *
 * @param lines by group, then by expiry, what never expires first
 */
public record AccountGreeks(List<Line> lines) {
    /** Moves are ppm, so their squares 10⁻¹²; a hundredth of that for 1 %. */
    private static final BigInteger PPM_SQUARED_A_PERCENT = BigInteger.valueOf(10_000_000_000L);

    /** Copies the lines. */
    public AccountGreeks {
        lines = List.copyOf(lines);
    }

    /** What an account has of a group at an expiry. */
    public enum Greek {
        /** u for a move of the whole price. */
        DELTA,
        /** How much the delta rises where the price rises by 1 %, u; rounded down. */
        GAMMA,
        /** u for one volatility point. */
        VEGA,
        /** u over the table's horizon where nothing moves. */
        THETA
    }

    /**
     * One expiry of one group.
     *
     * @param group permanent number
     * @param days the table's own expiry, days; empty for what never expires: perpetuals, spot and collateral
     * @param amounts by Greek; one that is not named is 0
     */
    public record Line(int group, OptionalInt days, Map<Greek, Long> amounts) {
        /** Copies. */
        public Line {
            amounts = Map.copyOf(amounts);
        }

        /** Of a Greek. */
        public long of(Greek greek) {
            return amounts.getOrDefault(greek, 0L);
        }
    }

    /**
     * Of an account.
     *
     * @throws ArithmeticException if a sum leaves 63 bits
     */
    public static AccountGreeks of(MarginAccount account, RiskTable table) {
        Sums sums = new Sums(table);
        account.positions().forEach(sums::instrument);
        account.paid().forEach(sums::instrument);
        account.collateral().forEach(entry -> sums.asset(entry, entry.lots()));
        account.debt().forEach(entry -> sums.asset(entry, Math.negateExact(entry.lots())));
        return new AccountGreeks(sums.lines());
    }

    private static final class Sums {
        private static final Comparator<Place> ORDER = Comparator.comparingInt(Place::group)
                .thenComparingInt(place -> place.days().orElse(-1));

        private final RiskTable table;
        private final OptionalInt still;

        /** Rows that move prices alone, and the stretches of groups around today's: found once, for many entries of one group. */
        private final int[] plain;

        private final Map<Integer, Optional<Stretch>> stretches = new HashMap<>();
        private final SortedMap<Place, Map<Greek, Long>> sums = new TreeMap<>(ORDER);

        Sums(RiskTable table) {
            this.table = table;
            this.still = IntStream.range(0, table.rows().size())
                    .filter(row -> table.rows().get(row).equals(ScenarioRow.grid(0, BigDecimal.ZERO)))
                    .findFirst();
            this.plain = IntStream.range(0, table.rows().size())
                    .filter(row -> isPlain(table.rows().get(row)))
                    .toArray();
        }

        void instrument(Entry entry) {
            InstrumentRisk risk = table.instrument(entry.number()).orElseThrow();
            Counter counter = new Counter(risk.days(), entry.lots());
            risk.delta().forEach(delta -> counter.add(delta.group(), Greek.DELTA, delta.amount()));
            risk.vega().forEach(vega -> counter.add(vega.group(), Greek.VEGA, vega.amount()));
            if (risk.delta().size() == 1 && still.isPresent()) {
                int group = risk.delta().getFirst().group();
                IntColumn row = risk.rowFor(entry.lots());
                counter.add(group, Greek.THETA, row.at(still.getAsInt()));
                stretches
                        .computeIfAbsent(group, g -> table.movesOf(g).flatMap(this::stretch))
                        .ifPresent(around -> counter.sum(group, Greek.GAMMA, around.bend(row, entry.lots())));
            }
        }

        void asset(Entry entry, long lots) {
            Counter counter = new Counter(OptionalInt.empty(), lots);
            AssetRisk risk = table.asset(entry.number()).orElseThrow();
            risk.delta().forEach(delta -> counter.add(delta.group(), Greek.DELTA, delta.amount()));
        }

        private final class Counter {
            private final OptionalInt days;
            private final long lots;

            Counter(OptionalInt days, long lots) {
                this.days = days;
                this.lots = lots;
            }

            void add(int group, Greek greek, int aLot) {
                sum(group, greek, Math.multiplyExact(aLot, lots));
            }

            void sum(int group, Greek greek, long amount) {
                sums.computeIfAbsent(new Place(group, days), ignored -> new EnumMap<>(Greek.class))
                        .merge(greek, amount, Math::addExact);
            }
        }

        private Optional<Stretch> stretch(GroupMoves moves) {
            OptionalInt below = nearest(moves, -1);
            OptionalInt above = nearest(moves, 1);
            return below.isPresent() && above.isPresent()
                    ? Optional.of(new Stretch(moves, below.getAsInt(), still.orElseThrow(), above.getAsInt()))
                    : Optional.empty();
        }

        /** The plain row that moves the least to one side, the first of equals. */
        private OptionalInt nearest(GroupMoves moves, int sign) {
            OptionalInt nearest = OptionalInt.empty();
            for (int row : plain) {
                int move = moves.shock().at(row) * sign;
                if (move > 0 && (nearest.isEmpty() || move < moves.shock().at(nearest.getAsInt()) * sign)) {
                    nearest = OptionalInt.of(row);
                }
            }
            return nearest;
        }

        private static boolean isPlain(ScenarioRow row) {
            return row.move() instanceof PricePoint move && row.equals(ScenarioRow.grid(move.point(), BigDecimal.ZERO));
        }

        List<Line> lines() {
            List<Line> lines = new ArrayList<>();
            sums.forEach((place, amounts) -> lines.add(new Line(place.group(), place.days(), amounts)));
            return lines;
        }
    }

    private record Place(int group, OptionalInt days) {}

    /** The row of today's price, and one on either side. */
    private record Stretch(GroupMoves moves, int below, int still, int above) {
        long bend(IntColumn row, long lots) {
            BigInteger down = BigInteger.valueOf(moves.shock().at(below));
            BigInteger up = BigInteger.valueOf(moves.shock().at(above));
            BigInteger bent = BigInteger.valueOf((long) row.at(above) - row.at(still))
                    .multiply(down)
                    .subtract(BigInteger.valueOf((long) row.at(below) - row.at(still))
                            .multiply(up))
                    .multiply(BigInteger.valueOf(lots))
                    .multiply(BigInteger.TWO)
                    .multiply(PPM_SQUARED_A_PERCENT);
            BigInteger over = up.multiply(down).multiply(up.subtract(down));
            return Rounding.fdiv(bent.negate(), over.negate()).longValueExact();
        }
    }
}
