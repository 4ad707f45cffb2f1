package io.bulwark.adapter.exchange;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bulwark.clearing.instrument.Instrument;
import io.bulwark.clearing.instrument.Instrument.Exercise;
import io.bulwark.clearing.instrument.Instrument.OptionRight;
import io.bulwark.clearing.money.Amount;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OptionNameTest {
    private static final long EXPIRY = Instant.parse("2024-05-31T08:00:00Z").toEpochMilli();

    @ParameterizedTest
    @CsvSource({
        "BTC-31MAY24-70000-C, BTC, BTC, CALL, 70000",
        "BTC-USD-240531-70000-C, BTC, BTC, CALL, 70000",
        "ETH-20240531-4000-P, ETH, ETH, PUT, 4000",
        "ETH-240531-4000-P, ETH, ETH, PUT, 4000",
        "BTC-31MAY24-70000-P-USDT, BTC, USDT, PUT, 70000",
        "XRP-31MAY24-0d55-C, XRP, XRP, CALL, 0.55"
    })
    void shouldReadTheFormsThatExchangesShare(
            String name, String underlying, String settlement, OptionRight right, String strike) {
        assertEquals(
                Optional.of(new OptionName(underlying, settlement, right, Amount.of(strike), EXPIRY)),
                OptionName.of(name));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "BTC-PERPETUAL",
                "BTC-31MAY24",
                "BTC-31MAX24-70000-C",
                "BTC-240231-70000-C",
                "BTC-31MAY24-70000-X",
                ""
            })
    void shouldReadNothingElse(String name) {
        assertEquals(Optional.empty(), OptionName.of(name));
    }

    @Test
    void shouldKnowItsContractByEveryTerm() {
        OptionName name = OptionName.of("BTC-31MAY24-70000-C").orElseThrow();
        assertTrue(name.isListedAs(option("BTC", OptionRight.CALL, "70000", EXPIRY, Exercise.EUROPEAN)));
        assertFalse(name.isListedAs(option("USDC", OptionRight.CALL, "70000", EXPIRY, Exercise.EUROPEAN)));
        assertFalse(name.isListedAs(option("BTC", OptionRight.PUT, "70000", EXPIRY, Exercise.EUROPEAN)));
        assertFalse(name.isListedAs(option("BTC", OptionRight.CALL, "70001", EXPIRY, Exercise.EUROPEAN)));
        assertFalse(name.isListedAs(option("BTC", OptionRight.CALL, "70000", EXPIRY + 1, Exercise.EUROPEAN)));
        assertFalse(name.isListedAs(option("BTC", OptionRight.CALL, "70000", EXPIRY, Exercise.AMERICAN)));
        assertFalse(name.isListedAs(new Instrument.Perpetual("BTC", "BTC", false)));
    }

    private static Instrument option(
            String settlement, OptionRight right, String strike, long expiry, Exercise exercise) {
        return new Instrument.Option("BTC", settlement, right, Amount.of(strike), expiry, exercise);
    }
}
