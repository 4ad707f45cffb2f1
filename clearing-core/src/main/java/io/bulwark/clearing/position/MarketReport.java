package io.bulwark.clearing.position;

import static io.bulwark.clearing.document.CanonicalValue.array;
import static io.bulwark.clearing.document.CanonicalValue.integer;
import static io.bulwark.clearing.document.CanonicalValue.text;

import io.bulwark.clearing.document.CanonicalValue;
import io.bulwark.clearing.money.Amount;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;

/**
 * What a venue shows of the market of one contract, beside the prices that the house believes: the size charges rest on it.
 *
 * @param venue the reporting venue's number
 * @param kind what is shown
 * @param subject the listed name of the contract
 * @param value &gt; 0, in the kind's unit
 * @param grade how well the answer is evidenced
 * @param timeMillis the venue's time of it
 */
public record MarketReport(int venue, Kind kind, String subject, Amount value, EvidenceGrade grade, long timeMillis) {
    private static final String SCHEMA = "bulwark-market";
    private static final long VERSION = 1;

    private static final Comparator<MarketReport> ORDER = Comparator.comparing(MarketReport::subject)
            .thenComparing(MarketReport::kind)
            .thenComparingInt(MarketReport::venue)
            .thenComparingLong(MarketReport::timeMillis)
            .thenComparing(MarketReport::value);

    /** What a report shows. */
    public enum Kind {
        /** What the venue margins positions by: its mark, or its oracle's price where it takes that. USD per unit of the underlying. */
        MARK,
        /** What bid and ask are apart, as a fraction of their middle, rounded up to 10⁻⁹. */
        SPREAD,
        /** What is quoted within 2 % of the middle on the thinner side, units of the underlying. */
        DEPTH
    }

    /** Checks the sign. */
    public MarketReport {
        Objects.requireNonNull(kind, "kind");
        Objects.requireNonNull(subject, "subject");
        Objects.requireNonNull(grade, "grade");
        if (value.signum() <= 0) {
            throw new IllegalArgumentException(kind + " of " + subject + " must be > 0; have " + value);
        }
    }

    /** Each once, in the one order. */
    public static List<MarketReport> ordered(List<MarketReport> reports) {
        return reports.stream().distinct().sorted(ORDER).toList();
    }

    /** The tree of market-reports.cddl: what an epoch seals of its reports. */
    public static CanonicalValue canonical(List<MarketReport> reports) {
        return array(
                text(SCHEMA),
                integer(VERSION),
                array(ordered(reports).stream().map(MarketReport::canonical).toList()));
    }

    private CanonicalValue canonical() {
        return array(
                integer(venue),
                text(kind.name()),
                text(subject),
                text(value.toString()),
                text(grade.name()),
                integer(timeMillis));
    }
}
