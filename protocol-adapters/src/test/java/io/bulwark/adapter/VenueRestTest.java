package io.bulwark.adapter;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.net.http.HttpHeaders;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class VenueRestTest {
    private static final ReadBudget MINUTE =
            new ReadBudget(840, Duration.ofMinutes(1), Duration.ofSeconds(5), 3, 1_000);
    private static final String DATE = "Thu, 23 May 2024 18:11:20 GMT";

    @Test
    void shouldAskForNothingWhereNoHeaderSaysSo() {
        assertRest(Duration.ZERO);
        assertRest(Duration.ZERO, "Date", DATE, "Content-Type", "application/json");
    }

    @Test
    void shouldTakeRetryAfterInSecondsOrAsADateByTheVenuesOwnClock() {
        assertRest(Duration.ofSeconds(7), "Retry-After", "7");
        assertRest(Duration.ZERO, "Retry-After", "0");
        assertRest(Duration.ofSeconds(40), "Retry-After", "Thu, 23 May 2024 18:12:00 GMT", "Date", DATE);
        assertRest(Duration.ZERO, "Retry-After", "Thu, 23 May 2024 18:11:00 GMT", "Date", DATE);
        assertRest(VenueRest.UNREADABLE, "Retry-After", "Thu, 23 May 2024 18:12:00 GMT");
        assertRest(VenueRest.UNREADABLE, "Retry-After", "soon");
        assertRest(VenueRest.UNREADABLE, "Retry-After", "-1");
    }

    @Test
    void shouldCapWhatAVenueCanAskFor() {
        assertRest(VenueRest.LONGEST, "Retry-After", "259200");
        assertRest(VenueRest.LONGEST, "Retry-After", "999999999999999");
    }

    @Test
    void shouldStayWithinSeventyPercentOfAnEndpointsBudget() {
        assertRest(Duration.ZERO, "X-Bapi-Limit", "50", "X-Bapi-Limit-Status", "15");
        assertRest(Duration.ofSeconds(1), "X-Bapi-Limit", "50", "X-Bapi-Limit-Status", "14");
        assertRest(Duration.ofSeconds(1), "X-Bapi-Limit-Status", "0");
        assertRest(Duration.ZERO, "X-Bapi-Limit-Status", "1");
        assertRest(Duration.ZERO, "X-Bapi-Limit-Status", "many");
    }

    @Test
    void shouldWaitForTheNextWindowWhenTheWeightOfTheBudgetsPeriodIsUsed() {
        assertRest(Duration.ZERO, "X-MBX-USED-WEIGHT-1M", "839", "Date", DATE);
        assertRest(Duration.ofSeconds(40), "X-MBX-USED-WEIGHT-1M", "840", "Date", DATE);
        assertRest(Duration.ofSeconds(40), "x-mbx-used-weight-60s", "6000", "Date", DATE);
        assertRest(Duration.ofMinutes(1), "X-MBX-USED-WEIGHT-1M", "840");
        assertRest(Duration.ZERO, "X-MBX-USED-WEIGHT-1H", "9000", "Date", DATE);
        assertRest(Duration.ZERO, "X-MBX-USED-WEIGHT", "9000", "Date", DATE);
    }

    @Test
    void shouldTakeTheLongestOfWhatIsAsked() {
        assertRest(Duration.ofSeconds(7), "Retry-After", "7", "X-Bapi-Limit-Status", "0");
        assertRest(Duration.ofSeconds(40), "Retry-After", "7", "X-MBX-USED-WEIGHT-1M", "900", "Date", DATE);
    }

    private static void assertRest(Duration expected, String... namesAndValues) {
        Map<String, List<String>> headers = new HashMap<>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            headers.put(namesAndValues[i], List.of(namesAndValues[i + 1]));
        }
        assertEquals(expected, VenueRest.asked(HttpHeaders.of(headers, (name, value) -> true), MINUTE));
    }
}
