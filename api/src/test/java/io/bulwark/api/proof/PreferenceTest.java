package io.bulwark.api.proof;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.bulwark.clearing.document.BadInput;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class PreferenceTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    respond-async|0
                    Respond-Async|0
                    respond-async, wait=5|5
                    wait=5|5
                    handling=lenient, wait=600|600
                    wait=0|0
                    return=minimal|60
                    ''|60
                    """)
    void shouldReadWhatIsPreferred(String header, int seconds) {
        assertEquals(Duration.ofSeconds(seconds), Preference.of(header).patience());
    }

    @ParameterizedTest
    @ValueSource(strings = {"wait=601", "wait=-1", "wait=", "wait=1000", "wait=soon"})
    void shouldRefuseAWaitThatNobodyWaits(String header) {
        assertEquals(
                "Prefer",
                assertThrows(BadInput.class, () -> Preference.of(header)).field());
    }

    @Test
    void shouldWaitAMinuteWithoutPreference() {
        assertEquals(Duration.ofMinutes(1), Preference.NONE.patience());
    }
}
