package io.bulwark.clearing.oracle;

import io.bulwark.clearing.governance.Parameter;
import io.bulwark.clearing.money.Amount;
import java.math.BigInteger;
import java.util.Comparator;
import java.util.List;

/**
 * All reports of one epoch, and what follows from them: the median of what is fresh, never something stale in silence.
 *
 * @param reports any number, in any order: the result does not depend on it
 * @param epochTimeMillis the sealed time against which age is counted
 * @param ageMillisMax how old a report may be
 */
public record PriceBook(List<PriceReport> reports, long epochTimeMillis, long ageMillisMax) {
    /** How old a report may be and still count. */
    public static final Parameter AGE_MILLIS_MAX =
            new Parameter("oracle.ageMillisMax", "ms", 60_000, 172_800_000, 86_400_000);

    private static final Amount HALF = new Amount(BigInteger.valueOf(5), 1);

    /** Copies the reports. */
    public PriceBook {
        reports = List.copyOf(reports);
    }

    /** The median over all venues' fresh reports of a subject; of an even number the exact mean of the middle two. */
    public Quote quote(Measure measure, String subject) {
        List<PriceReport> all = reports.stream()
                .filter(r -> r.measure() == measure && r.subject().equals(subject))
                .toList();
        if (all.isEmpty()) {
            return new Quote.Absent();
        }
        List<PriceReport> fresh = all.stream()
                .filter(r -> ageMillis(r) <= ageMillisMax)
                .sorted(Comparator.comparing(PriceReport::value).thenComparingLong(PriceReport::timeMillis))
                .toList();
        return fresh.isEmpty()
                ? new Quote.Stale(all.stream().mapToLong(this::ageMillis).min().orElseThrow())
                : median(fresh);
    }

    private Quote median(List<PriceReport> sorted) {
        PriceReport lower = sorted.get((sorted.size() - 1) / 2);
        PriceReport upper = sorted.get(sorted.size() / 2);
        Amount spread = sorted.getLast().value().minus(sorted.getFirst().value());
        return new Quote.Believed(
                lower.value().plus(upper.value()).times(HALF),
                spread.times(HALF),
                sorted.size(),
                Math.max(ageMillis(lower), ageMillis(upper)));
    }

    private long ageMillis(PriceReport report) {
        return Math.max(0, Math.subtractExact(epochTimeMillis, report.timeMillis()));
    }
}
