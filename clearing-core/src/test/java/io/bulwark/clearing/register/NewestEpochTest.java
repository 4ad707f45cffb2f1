package io.bulwark.clearing.register;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

final class NewestEpochTest {
    private static final int QUESTIONS = 100_000;

    @Test
    void shouldAskTheBooksOnceForAllWhoAskInTenMilliseconds() {
        AtomicLong readings = new AtomicLong();
        NewestEpoch newest = new NewestEpoch(readings::incrementAndGet);
        long begin = System.nanoTime();
        for (int i = 0; i < QUESTIONS; i++) {
            newest.number();
        }
        long most = 1 + (System.nanoTime() - begin) / NewestEpoch.OLD.toNanos();
        assertTrue(readings.get() >= 1 && readings.get() <= most, readings + " readings, at most " + most);
    }

    @Test
    void shouldAskAgainAsSoonAsThisProcessSealed() {
        AtomicLong sealed = new AtomicLong(4);
        NewestEpoch newest = new NewestEpoch(sealed::get);
        for (long number = 4; number < QUESTIONS / 100; number++) {
            assertEquals(number, newest.number());
            sealed.incrementAndGet();
            newest.forget();
        }
    }

    /** Whoever asked the books before the seal must not hide it from whoever asks after. */
    @Test
    void shouldForgetAReadingThatBeganBeforeTheSeal() {
        AtomicLong sealed = new AtomicLong(4);
        NewestEpoch[] newest = new NewestEpoch[1];
        newest[0] = new NewestEpoch(() -> {
            long read = sealed.get();
            if (read == 4) {
                sealed.set(5);
                newest[0].forget();
            }
            return read;
        });
        assertEquals(4, newest[0].number());
        assertEquals(5, newest[0].number());
    }
}
