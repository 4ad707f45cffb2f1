package io.bulwark.netting.forecast;

import io.bulwark.clearing.document.Digest;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Decides from a record alone whether a challenger counts; the record is the audit trail's input, the decision its output.
 *
 * <p>A proposed model runs in shadow for a whole period and is judged once at its end, on that period only: Diebold–Mariano statistic of QLIKE above the governed
 * least, and Acerbi–Székely's Z2 of its own raw σ not worse than the champion's. One that fails begins another period. A promoted one is judged by the same periods
 * and goes back to shadow when it loses to the champion (statistic below 0). A stop acts at once, and lasts until a model is proposed.
 */
public final class ShadowRecord {
    private final int periodDays;
    private final double statisticLeast;
    private final List<Day> period = new ArrayList<>();
    private final List<Decision> trail = new ArrayList<>();
    private Standing standing = Standing.CLASSICAL;
    private Optional<Digest> model = Optional.empty();
    private int lastDay = Integer.MIN_VALUE;

    private ShadowRecord(int periodDays, double statisticLeast) {
        this.periodDays = periodDays;
        this.statisticLeast = statisticLeast;
    }

    /** One line of the record, in the order of time. */
    public sealed interface Entry {
        /** When. */
        int epochDay();
    }

    /**
     * Governance proposes a model.
     *
     * @param epochDay when
     * @param model digest of the model file
     */
    public record Proposal(int epochDay, Digest model) implements Entry {}

    /**
     * Somebody switched the model off.
     *
     * @param epochDay when
     * @param reason why, in words
     */
    public record Stop(int epochDay, String reason) implements Entry {}

    /**
     * One day of both models.
     *
     * @param epochDay the day that was forecast (of a longer horizon, the first)
     * @param logReturn what its price did
     * @param realised its variance
     * @param champion variance that the champion forecast
     * @param challenger variance that the challenger forecast
     */
    public record Day(int epochDay, double logReturn, double realised, double champion, double challenger)
            implements Entry {}

    /**
     * One line of the audit trail.
     *
     * @param epochDay when
     * @param from standing before
     * @param to standing after
     * @param reason why, with the figures
     */
    public record Decision(int epochDay, Standing from, Standing to, String reason) {}

    /**
     * What a record amounts to.
     *
     * @param standing now
     * @param model the proposed model, if there is one
     * @param daysOfPeriod days of the unfinished period
     * @param trail every decision, oldest first
     */
    public record Verdict(Standing standing, Optional<Digest> model, int daysOfPeriod, List<Decision> trail) {}

    /**
     * Reads a record from its beginning, under the founding values of the governed numbers.
     *
     * @throws IllegalArgumentException if time runs backwards or a day repeats
     */
    public static Verdict decide(List<? extends Entry> entries) {
        return decide(
                entries,
                Math.toIntExact(ForecastParameters.SHADOW_DAYS.initial()),
                ForecastParameters.STATISTIC_LEAST.initial() / Features.MICRO);
    }

    /**
     * Reads a record from its beginning.
     *
     * @param periodDays days of one period
     * @param statisticLeast what the statistic must exceed
     */
    public static Verdict decide(List<? extends Entry> entries, int periodDays, double statisticLeast) {
        ShadowRecord record = new ShadowRecord(periodDays, statisticLeast);
        entries.forEach(record::read);
        return new Verdict(record.standing, record.model, record.period.size(), List.copyOf(record.trail));
    }

    private void read(Entry entry) {
        boolean backwards = entry.epochDay() < lastDay;
        if (backwards || (entry instanceof Day && !period.isEmpty() && entry.epochDay() == lastDay)) {
            throw new IllegalArgumentException(
                    "a record must go forward, a day once; have " + entry.epochDay() + " after " + lastDay);
        }
        lastDay = entry.epochDay();
        switch (entry) {
            case Proposal proposal -> {
                model = Optional.of(proposal.model());
                change(proposal.epochDay(), Standing.SHADOW, "model " + proposal.model() + " is proposed");
            }
            case Stop stop -> change(stop.epochDay(), Standing.STOPPED, "switched off: " + stop.reason());
            case Day day -> observe(day);
        }
    }

    private void observe(Day day) {
        switch (standing) {
            case CLASSICAL, STOPPED -> {}
            case SHADOW, PROMOTED -> {
                period.add(day);
                if (period.size() == periodDays) {
                    judge(day.epochDay());
                }
            }
        }
    }

    private void judge(int epochDay) {
        ShadowEvidence evidence = ShadowEvidence.of(period);
        boolean passes =
                evidence.statistic() > statisticLeast && evidence.challengerShortfall() >= evidence.championShortfall();
        boolean loses = evidence.statistic() < 0;
        Standing next = passes || (standing == Standing.PROMOTED && !loses) ? Standing.PROMOTED : Standing.SHADOW;
        change(epochDay, next, evidence.toString());
    }

    private void change(int epochDay, Standing to, String reason) {
        trail.add(new Decision(epochDay, standing, to, reason));
        standing = to;
        period.clear();
    }

    /** What a learned volatility may do. */
    public enum Standing {
        /** Nothing is proposed: σ_now as it is. */
        CLASSICAL,
        /** A challenger forecasts beside the champion and changes nothing. */
        SHADOW,
        /** The challenger has passed: it may raise σ within the bound. */
        PROMOTED,
        /** Switched off by hand, until a model is proposed anew. */
        STOPPED
    }
}
