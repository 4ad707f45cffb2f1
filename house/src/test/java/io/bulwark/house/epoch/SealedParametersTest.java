package io.bulwark.house.epoch;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.bulwark.clearing.governance.GovernedNumbers;
import io.bulwark.clearing.governance.ParameterSet;
import io.bulwark.netting.buffer.BufferParameters;
import io.bulwark.netting.liquidity.LiquidityParameters;
import io.bulwark.netting.tail.TailParameters;
import io.bulwark.netting.volatility.VolatilityParameters;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** A sealed set of today says all of itself; one of before is read with what was in force then. */
final class SealedParametersTest {
    @Test
    void shouldReadWhatIsSealedTodayAsItIs() {
        ParameterSet sealed = GovernedNumbers.ofAllRooms().named(ParameterSet.founding());
        assertEquals(sealed, SealedParameters.of(sealed, Optional.empty()));
        assertEquals(1L, sealed.values().get(BufferParameters.PUBLISHED.name()));
    }

    @Test
    void shouldReadASilentSetWithWhatWasInForce() {
        ParameterSet silent = new ParameterSet(1, new TreeMap<>(Map.of(VolatilityParameters.SIDED.name(), 1L)));
        ParameterSet read = SealedParameters.of(silent, Optional.empty());
        assertEquals(0, read.value(BufferParameters.PUBLISHED));
        assertEquals(0, read.value(LiquidityParameters.OBSERVED));
        assertEquals(1, read.value(VolatilityParameters.SIDED), "what it names it names");
        assertEquals(32, read.value(VolatilityParameters.YEAR_TIMES));
        assertEquals(200_000_000, read.value(TailParameters.REACH));
        assertEquals(silent.digest(), read.digest(), "what was sealed is untouched");
    }
}
