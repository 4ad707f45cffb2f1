package io.bulwark.api.proof;

import io.bulwark.clearing.document.BadInput;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * What a caller prefers while an answer takes its time (RFC 7240): {@code respond-async}, or {@code wait=N} seconds, or both. Preferences that this house does not know are no fault.
 *
 * @param patience how long the caller waits before the answer is only where it will be
 */
record Preference(Duration patience) {
    /** Without a preference the answer is waited for as long as clients commonly do. */
    static final Preference NONE = new Preference(Duration.ofSeconds(60));

    private static final String ASYNCHRONOUS = "respond-async";
    private static final String WAIT = "wait=";
    private static final int WAIT_SECONDS_MAX = 600;

    /** Reads the header {@code Prefer}. */
    static Preference of(String header) {
        List<String> preferences = Arrays.stream(header.split("[,;]"))
                .map(preference -> preference.strip().toLowerCase(Locale.ROOT))
                .toList();
        return preferences.stream()
                .filter(preference -> preference.startsWith(WAIT))
                .findFirst()
                .map(preference -> ofSeconds(preference.substring(WAIT.length())))
                .orElse(preferences.contains(ASYNCHRONOUS) ? new Preference(Duration.ZERO) : NONE);
    }

    private static Preference ofSeconds(String seconds) {
        if (!seconds.matches("[0-9]{1,3}") || Integer.parseInt(seconds) > WAIT_SECONDS_MAX) {
            throw new BadInput(
                    "Prefer", WAIT + seconds, "must be wait=0 to wait=" + WAIT_SECONDS_MAX + ", or respond-async");
        }
        return new Preference(Duration.ofSeconds(Integer.parseInt(seconds)));
    }
}
