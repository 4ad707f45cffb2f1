package io.bulwark.adapter;

import java.net.http.HttpHeaders;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * How long a venue wants to be left alone, by the headers of its own answer. Three forms are understood: {@code Retry-After} (RFC 9110, in seconds or as a date),
 * {@code X-Bapi-Limit-Status} beside {@code X-Bapi-Limit} (what is left of an endpoint's budget in a rolling second), and {@code X-MBX-USED-WEIGHT-1M} and its like
 * (what this address has used of a window that begins with the minute, hour or day of the venue's clock). A header that cannot be read asks for nothing, except
 * {@code Retry-After}: who sends that wants rest.
 */
final class VenueRest {
    /** What a venue can ask for at most; it is asked once more then, and says so again. */
    static final Duration LONGEST = Duration.ofHours(1);

    /** The rest where {@code Retry-After} cannot be read. */
    static final Duration UNREADABLE = Duration.ofSeconds(30);

    /** A house stays within 70 % of what an endpoint takes: some venues end the session of a client that overruns it. */
    private static final int LEFT_PERCENT_MIN = 30;

    private static final Duration ROLLING_WINDOW = Duration.ofSeconds(1);
    private static final Pattern USED_WEIGHT = Pattern.compile("x-mbx-used-weight-([1-9][0-9]{0,3})([smhd])");
    private static final Pattern COUNT = Pattern.compile("[0-9]{1,15}");

    private VenueRest() {}

    /**
     * The rest that an answer asks for; zero for none.
     *
     * @param headers of the answer
     * @param budget what the house allows itself; a used weight counts where its window is the budget's period
     */
    static Duration asked(HttpHeaders headers, ReadBudget budget) {
        Optional<Instant> now = headers.firstValue("Date").flatMap(VenueRest::date);
        Duration longest = Stream.of(
                        retryAfter(headers, now), endpointBudget(headers), usedWeight(headers, budget, now))
                .max(Duration::compareTo)
                .orElse(Duration.ZERO);
        return longest.compareTo(LONGEST) > 0 ? LONGEST : longest;
    }

    private static Duration retryAfter(HttpHeaders headers, Optional<Instant> now) {
        Optional<String> value = headers.firstValue("Retry-After").map(String::strip);
        if (value.isEmpty()) {
            return Duration.ZERO;
        }
        if (COUNT.matcher(value.get()).matches()) {
            return Duration.ofSeconds(Long.parseLong(value.get()));
        }
        Optional<Instant> then = date(value.get());
        return then.isPresent() && now.isPresent() ? notNegative(Duration.between(now.get(), then.get())) : UNREADABLE;
    }

    private static Duration endpointBudget(HttpHeaders headers) {
        OptionalLong left = count(headers, "X-Bapi-Limit-Status");
        if (left.isEmpty()) {
            return Duration.ZERO;
        }
        long limit = count(headers, "X-Bapi-Limit").orElse(0);
        boolean little = left.getAsLong() == 0 || left.getAsLong() * 100 < limit * LEFT_PERCENT_MIN;
        return little ? ROLLING_WINDOW : Duration.ZERO;
    }

    private static Duration usedWeight(HttpHeaders headers, ReadBudget budget, Optional<Instant> now) {
        Duration rest = Duration.ZERO;
        for (Map.Entry<String, List<String>> header : headers.map().entrySet()) {
            Matcher name = USED_WEIGHT.matcher(header.getKey().toLowerCase(Locale.ROOT));
            if (name.matches() && window(name).equals(budget.period()) && spent(header.getValue(), budget)) {
                rest = untilTheNext(window(name), now);
            }
        }
        return rest;
    }

    private static boolean spent(List<String> values, ReadBudget budget) {
        return values.stream()
                .anyMatch(value -> COUNT.matcher(value).matches() && Long.parseLong(value) >= budget.permits());
    }

    private static Duration window(Matcher name) {
        long count = Long.parseLong(name.group(1));
        return switch (name.group(2)) {
            case "s" -> Duration.ofSeconds(count);
            case "m" -> Duration.ofMinutes(count);
            case "h" -> Duration.ofHours(count);
            default -> Duration.ofDays(count);
        };
    }

    /** Windows begin at multiples of their length; a venue that does not tell its time is left alone for a whole one. */
    private static Duration untilTheNext(Duration window, Optional<Instant> now) {
        return now.map(instant -> window.minusMillis(Math.floorMod(instant.toEpochMilli(), window.toMillis())))
                .orElse(window);
    }

    private static OptionalLong count(HttpHeaders headers, String name) {
        return headers.firstValue(name)
                .filter(value -> COUNT.matcher(value).matches())
                .map(value -> OptionalLong.of(Long.parseLong(value)))
                .orElse(OptionalLong.empty());
    }

    private static Optional<Instant> date(String text) {
        try {
            return Optional.of(ZonedDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME)
                    .toInstant());
        } catch (DateTimeParseException e) {
            return Optional.empty();
        }
    }

    private static Duration notNegative(Duration duration) {
        return duration.isNegative() ? Duration.ZERO : duration;
    }
}
