package io.bulwark.netting.forecast;

import io.bulwark.netting.forecast.WalkForward.Contender;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * What the models said and what came, row by row of a history.
 *
 * @param history what was forecast
 * @param firstRow first row with a forecast
 * @param end behind the last row whose outcome is known
 * @param horizonDays days that a forecast covers
 * @param realised variance over the horizon behind each row
 * @param variance forecasts of the same, a column a model
 */
public record Forecasts(
        VarianceHistory history,
        int firstRow,
        int end,
        int horizonDays,
        double[] realised,
        Map<Contender, double[]> variance) {
    /**
     * One line of the table.
     *
     * @param contender model
     * @param qlike mean loss
     * @param gainOverEwma 1 − loss/loss of EWMA
     * @param statisticToHar Diebold–Mariano statistic against log-HAR, positive where this model is better; 0 for HAR itself
     */
    public record Score(Contender contender, double qlike, double gainOverEwma, double statisticToHar) {}

    /** Copies the map. */
    public Forecasts {
        variance = new EnumMap<>(variance);
    }

    /** Number of days that are judged. */
    public int days() {
        return end - firstRow;
    }

    /** Losses of one model over the judged days. */
    double[] losses(Contender contender) {
        return ForecastLoss.qlike(judged(realised), judged(column(contender)));
    }

    /** Forecasts of one model over the judged days: variances over the horizon. */
    public double[] of(Contender contender) {
        return judged(column(contender));
    }

    private double[] column(Contender contender) {
        double[] column = variance.get(contender);
        if (column == null) {
            throw new IllegalArgumentException(contender + " did not take part");
        }
        return column;
    }

    private double[] judged(double[] column) {
        return Arrays.copyOfRange(column, firstRow, end);
    }

    /** The table, one line a model. */
    public List<Score> scores() {
        double yardstick = ForecastLoss.mean(losses(Contender.EWMA));
        double[] har = losses(Contender.HAR);
        return variance.keySet().stream()
                .map(contender -> score(contender, yardstick, har))
                .toList();
    }

    private Score score(Contender contender, double yardstick, double[] har) {
        double[] losses = losses(contender);
        double qlike = ForecastLoss.mean(losses);
        return new Score(
                contender, qlike, 1 - qlike / yardstick, ForecastLoss.dieboldMariano(har, losses, horizonDays));
    }

    /** The days as a shadow record: log-HAR is the champion, the challenger is the model named. */
    public List<ShadowRecord.Entry> shadow(Contender champion, Contender challenger) {
        double[] first = column(champion);
        double[] second = column(challenger);
        double[] returns = history.logReturn();
        return IntStream.range(firstRow, end)
                .<ShadowRecord.Entry>mapToObj(t ->
                        new ShadowRecord.Day(history.epochDay(t + 1), returns[t + 1], realised[t], first[t], second[t]))
                .toList();
    }

    @Override
    public boolean equals(Object other) {
        return this == other;
    }

    @Override
    public int hashCode() {
        return System.identityHashCode(this);
    }

    @Override
    public String toString() {
        return "Forecasts[" + history + ", " + days() + " judged]";
    }
}
