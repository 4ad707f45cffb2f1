package io.bulwark.netting.backtest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bulwark.clearing.governance.ParameterSet;
import io.bulwark.clearing.instrument.Listing;
import io.bulwark.netting.calibration.Calibration;
import io.bulwark.netting.coverage.Procyclicality;
import io.bulwark.netting.risktable.RiskTable;
import io.bulwark.netting.risktable.RiskTable.GroupMoves;
import io.bulwark.netting.scenario.GroupStatistics;
import io.bulwark.netting.tail.TailParameters;
import io.bulwark.netting.volatility.DailyPrices;
import io.bulwark.netting.volatility.PriceHistory;
import io.bulwark.netting.volatility.VolatilityParameters;
import io.bulwark.tier.Drawn;
import io.bulwark.tier.Heavy;
import java.util.List;
import java.util.OptionalInt;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The tables that a house would have sealed over a drawn coin with a day of +318 %. */
@Drawn(2)
@Heavy
final class SealedTablesTest {
    private static final int FIRST = 18_000;
    private static final int DAYS = 330;
    private static final int JUMP = 250;
    private static final ParameterSet FOUNDING = ParameterSet.founding()
            .with(VolatilityParameters.SIDED, 1)
            .with(VolatilityParameters.YEAR_TIMES, 4)
            .with(TailParameters.REACH, 1_000_000);

    @Test
    void shouldSealWhatTheHouseSeals() {
        BookHistory history = BookHistory.of(List.of(coin()));
        SealedTables.SealedDays days = new SealedTables.SealedDays(history, FOUNDING);
        SealedTables tables = new SealedTables(history, days, List.of(new Contract.Perpetual(0)), FOUNDING, 1);
        for (int move : new int[] {JUMP - 2, JUMP, JUMP + 40}) {
            Calibration house = Calibration.of(
                    new Listing(List.of(), SealedTables.SealedDays.groups(history), List.of(), List.of()),
                    new PriceHistory(new TreeMap<>(java.util.Map.of("X", coin()))),
                    (FIRST + move + 1) * 86_400_000L + 12_345,
                    FOUNDING);
            GroupStatistics sealed = house.statistics().group(1).orElseThrow();
            assertEquals(house.statistics().groups(), days.at(move).statistics().groups());
            assertEquals(house.shortfall(), days.at(move).shortfall());
            RiskTable table = tables.table(move, new double[] {0.8});
            GroupMoves moves = table.movesOf(1).orElseThrow();
            assertEquals(128, table.rowCount(), "the whole design on its skeleton");
            assertEquals(house.shortfall().movesOf(1, "X"), moves.es());
            assertEquals(house.shortfall().weights(), table.esWeights());
            assertEquals(-sealed.fall(), moves.shock().at(0), "the grid ends at the fall");
            assertEquals(sealed.rise(), moves.shock().at(24), "and at the rise");
        }
    }

    /** One bound for the rows of the grid and those of shortfall: without it the jump would count in σ and as a residual of it. */
    @Test
    void shouldMoveNoRowFurtherThanTheRange() {
        BookHistory history = BookHistory.of(List.of(coin()));
        SealedTables.SealedDays days = new SealedTables.SealedDays(history, FOUNDING);
        SealedTables.SealedDays free =
                new SealedTables.SealedDays(history, FOUNDING.with(TailParameters.REACH, 5_000_000));
        for (int move : new int[] {JUMP, JUMP + 1, JUMP + 30}) {
            GroupStatistics group = days.at(move).statistics().group(1).orElseThrow();
            assertTrue(group.rise() <= 950_000 && group.fall() <= 950_000);
            assertTrue(days.at(move).shortfall().movesOf(1, "X").stream()
                    .allMatch(row -> row >= -group.fall() && row <= group.rise()));
            assertTrue(
                    free.at(move).shortfall().movesOf(1, "X").stream().anyMatch(row -> row > 2 * group.rise()),
                    "unbounded rows do leave it");
        }
    }

    @Test
    void shouldEndWithATableOverADayOf318Percent() {
        HouseBacktest.Part whole = HouseBacktest.run(
                        BookHistory.of(List.of(coin())),
                        CanonicalBooks.linear(0, "X"),
                        new HouseBacktest.Request(
                                FIRST + 225, FIRST + 275, OptionalInt.empty(), HouseBacktest.PUBLISHED, 100, true),
                        FOUNDING)
                .getFirst();
        BookVerdict shorts = whole.books().get(1).verdict();
        assertEquals(1, shorts.day().breaches().exceedances().count(), "nobody holds 318 %");
        for (int side = 0; side < 2; side++) {
            Procyclicality swing =
                    whole.books().get(side).verdict().procyclicality().orElseThrow();
            assertTrue(swing.peakToTrough() <= 4.001, side + ": " + swing.peakToTrough());
        }
        List<HouseBacktest.RuleLine> own = whole.rules().stream()
                .filter(line -> line.rule().equals(HouseBacktest.PUBLISHED))
                .toList();
        assertEquals(
                List.of("X long", "X short"),
                own.stream().map(HouseBacktest.RuleLine::book).toList());
        assertEquals(shorts.day().averageMargin(), own.get(1).averageMargin(), 1e-12);
        HouseBacktest.RuleLine peer = line(whole, "X short", RuleComparison.PEER);
        assertTrue(peer.peakToTrough() > 4, "the peer swings: " + peer.peakToTrough());
        // Touching: as few breaches as the table, and no smaller multiple would do.
        for (String rule : List.of(HouseBacktest.PUBLISHED + ", touching", RuleComparison.PEER + ", touching")) {
            for (String book : List.of("X long", "X short")) {
                assertTrue(
                        line(whole, book, rule).breaches()
                                <= line(whole, book, HouseBacktest.PUBLISHED).breaches(),
                        rule);
            }
        }
        assertTrue(line(whole, "X short", "published, touching").averageMargin()
                <= line(whole, "X short", "published").averageMargin());
    }

    private static HouseBacktest.RuleLine line(HouseBacktest.Part part, String book, String rule) {
        return part.rules().stream()
                .filter(line -> line.book().equals(book) && line.rule().equals(rule))
                .findFirst()
                .orElseThrow();
    }

    private static DailyPrices coin() {
        SplittableRandom random = new SplittableRandom(9);
        double[] close = new double[DAYS];
        close[0] = 10;
        for (int day = 1; day < DAYS; day++) {
            double jump = day == JUMP ? StrictMath.log(4.18) : 0.05 * random.nextGaussian();
            close[day] = close[day - 1] * StrictMath.exp(jump);
        }
        return DailyPrices.ofCloses("X", IntStream.range(FIRST, FIRST + DAYS).toArray(), close);
    }
}
