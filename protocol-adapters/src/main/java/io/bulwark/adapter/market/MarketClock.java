package io.bulwark.adapter.market;

import com.fasterxml.jackson.databind.JsonNode;
import io.bulwark.adapter.PayloadFields;
import io.bulwark.adapter.fact.FactRow;
import io.bulwark.clearing.money.Amount;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.function.Consumer;

/**
 * Moments as tables write them, all UTC: {@code 2023-03-09T05:00:00.000Z}, {@code 2020-03-05T00:00Z}, {@code 2015-01-01 00:00:00},
 * {@code 2020-10-23}, {@code 23/12/2025 9:16}.
 */
final class MarketClock {
    private static final DateTimeFormatter YEAR_FIRST =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss[.SSSSSS][.SSS]");

    private static final DateTimeFormatter DAY_FIRST = DateTimeFormatter.ofPattern("d/M/yyyy H:mm");

    private static final DateTimeFormatter PACKED = DateTimeFormatter.ofPattern("yyyyMMdd HHmmssSSS");

    private static final List<String> MOMENTS =
            List.of("timestamp", "time", "date", "datetime", "open_time", "Date", "Timestamp", "Datetime", "unix");

    private MarketClock() {}

    /** Whether a row names its moment by one word of these alone. */
    static boolean isOneMoment(JsonNode row) {
        return MOMENTS.stream().filter(row::has).count() == 1;
    }

    /** A row whose moment is a date. */
    static Consumer<FactRow> dated(String field) {
        return row -> row.at(millis(row.fields(), field));
    }

    /** Seconds that a table writes with a point. */
    static void poolHour(FactRow row) {
        Amount seconds = row.fields().numberOrText("periodStartUnix");
        row.at(Math.multiplyExact(seconds.toDecimal().longValueExact(), 1_000L));
    }

    /** A date beside the same moment in seconds. */
    static void sameMoment(FactRow row) {
        long told = millis(row.fields(), "timestamp");
        if (told != Math.multiplyExact(row.fields().whole("unix_timestamp"), 1_000L)) {
            throw row.fields().refusal("timestamp", "must be the same moment as unix_timestamp");
        }
    }

    /** A row that names its moment by one of the usual words. */
    static void moment(FactRow row) {
        PayloadFields fields = row.fields();
        String named = MOMENTS.stream().filter(fields::has).findFirst().orElse("timestamp");
        row.at(moment(fields, named));
    }

    /** Epoch milliseconds of a text. */
    static long millis(PayloadFields fields, String field) {
        String text = fields.text(field);
        try {
            return instant(text).toEpochMilli();
        } catch (DateTimeException | ArithmeticException e) {
            throw fields.refusal(field, "must be a date, with or without a time of day");
        }
    }

    /** Below this count a whole number is seconds: as milliseconds it would lie before March 1973. */
    private static final long SECONDS_BELOW = 100_000_000_000L;

    /** From this count on a whole number is no longer milliseconds: as such it would lie beyond the year 5138. */
    private static final long MICROS_FROM = 100_000_000_000_000L;

    private static final long NANOS_FROM = 1_000 * MICROS_FROM;

    /** Epoch milliseconds of a whole number of milli-, micro- or nanoseconds, told by how large it is; cut. */
    static long epochMillis(PayloadFields fields, String field) {
        long count = fields.whole(field);
        if (count <= 0) {
            throw fields.refusal(field, "must be > 0");
        }
        return count < MICROS_FROM ? count : count < NANOS_FROM ? count / 1_000 : count / 1_000_000;
    }

    /** Epoch milliseconds of a date, or of a whole number of seconds or of what {@link #epochMillis} tells. */
    static long moment(PayloadFields fields, String field) {
        String text = fields.scalar(field);
        if (!text.chars().allMatch(c -> c >= '0' && c <= '9')) {
            return millis(fields, field);
        }
        long count = fields.whole(field);
        return count > 0 && count < SECONDS_BELOW ? Math.multiplyExact(count, 1_000L) : epochMillis(fields, field);
    }

    private static Instant instant(String text) {
        if (text.length() == 10) {
            return LocalDate.parse(text).atStartOfDay().toInstant(ZoneOffset.UTC);
        }
        if (text.length() > 19 && text.charAt(10) == ' ' && text.indexOf('+') > 0) {
            return OffsetDateTime.parse(text.replace(' ', 'T')).toInstant();
        }
        if (text.length() == 18 && text.charAt(8) == ' ') {
            return LocalDateTime.parse(text, PACKED).toInstant(ZoneOffset.UTC);
        }
        if (text.indexOf('T') > 0) {
            return OffsetDateTime.parse(text).toInstant();
        }
        DateTimeFormatter form = text.indexOf('/') > 0 ? DAY_FIRST : YEAR_FIRST;
        return LocalDateTime.parse(text, form).toInstant(ZoneOffset.UTC);
    }
}
