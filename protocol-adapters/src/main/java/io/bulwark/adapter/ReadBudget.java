package io.bulwark.adapter;

import java.time.Duration;

/**
 * How often and how long a venue may be asked; kept well below the venue's own limits, because some end the session of a client that overruns them.
 *
 * @param permits weight that may be spent in one period, &gt; 0
 * @param period the venue's accounting period
 * @param timeout the longest wait for one answer, connection included
 * @param attempts how often one question is asked before the venue counts as silent, &ge; 1
 * @param answerBytesMax the longest answer that is read
 */
public record ReadBudget(int permits, Duration period, Duration timeout, int attempts, int answerBytesMax) {
    /** Checks the bounds. */
    public ReadBudget {
        requirePositive("permits", permits);
        requirePositive("period", period.toMillis());
        requirePositive("timeout", timeout.toMillis());
        requirePositive("attempts", attempts);
        requirePositive("answerBytesMax", answerBytesMax);
    }

    /** So much weight a second, answers within five seconds, three attempts, at most 8 MiB. */
    public static ReadBudget perSecond(int permits) {
        return new ReadBudget(permits, Duration.ofSeconds(1), Duration.ofSeconds(5), 3, 8 << 20);
    }

    /** So much weight a minute, the rest alike. */
    public static ReadBudget perMinute(int permits) {
        ReadBudget second = perSecond(permits);
        return new ReadBudget(
                permits, Duration.ofMinutes(1), second.timeout(), second.attempts(), second.answerBytesMax());
    }

    private static void requirePositive(String field, long value) {
        if (value <= 0) {
            throw new IllegalArgumentException(field + " must be > 0; have " + value);
        }
    }
}
