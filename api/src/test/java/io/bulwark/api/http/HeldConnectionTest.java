package io.bulwark.api.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.management.UnixOperatingSystemMXBean;
import io.bulwark.tier.Heavy;
import io.netty.buffer.PooledByteBufAllocator;
import java.io.IOException;
import java.lang.management.BufferPoolMXBean;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** The server that ships cuts connections that hold it without asking anything, and answers others meanwhile. */
@Heavy
class HeldConnectionTest {
    private static final List<String> HALVES = List.of(
            "", "GET / HTTP/1.1\r\nX: ", "POST /verification HTTP/1.1\r\nHost: a\r\nContent-Length: 1000\r\n\r\n{");

    private static final int EACH = 50;
    private static final int MANY = 3_000;
    private static final int BYTES_EACH_MAX = 40_000;
    private static final int PATIENCE_MILLIS = 10_000;

    @Test
    void shouldCutWhatHoldsItAndAnswerOthers() throws Exception {
        try (HttpFrontDoor door = HttpFrontDoor.open(0, Asked.ADMISSION)) {
            int port = door.address().getPort();
            List<Socket> held = new ArrayList<>();
            try {
                long opened = System.nanoTime();
                for (String half : HALVES) {
                    for (int i = 0; i < EACH; i++) {
                        held.add(sent(port, half));
                    }
                }
                assertEquals(200, new Asked(door.address()).get("/").statusCode());
                for (Socket one : held) {
                    one.setSoTimeout(PATIENCE_MILLIS + RequestDeadline.SECONDS * 1_000);
                    String said = new String(one.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
                    assertTrue(said.isEmpty() || said.startsWith("HTTP/1.1 4"), said);
                }
                long seconds = TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - opened);
                assertTrue(seconds >= RequestDeadline.SECONDS - 1, seconds + " s");
            } finally {
                for (Socket one : held) {
                    one.close();
                }
            }
        }
    }

    /** Thousands of half-sent requests cost little and keep nobody out: what a connection holds is bounded, whatever it sends. */
    @Test
    void shouldHoldThousandsInLittleMemory() throws Exception {
        assumeTrue(
                ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean system
                        && system.getMaxFileDescriptorCount() > 2 * MANY + 1_000,
                "too few file descriptors for " + MANY + " connections and their other ends");
        try (HttpFrontDoor door = HttpFrontDoor.open(0, Asked.ADMISSION)) {
            int port = door.address().getPort();
            assertEquals(200, new Asked(door.address()).get("/").statusCode());
            long before = memory();
            List<Socket> held = new ArrayList<>();
            try {
                for (int i = 0; i < MANY; i++) {
                    held.add(sent(port, HALVES.get(i % HALVES.size()) + "x".repeat(1_000)));
                }
                assertEquals(200, new Asked(door.address()).get("/").statusCode());
                long each = (memory() - before) / MANY;
                System.out.println(MANY + " held connections: " + each + " bytes each, their other ends included");
                assertTrue(each < BYTES_EACH_MAX, each + " bytes each");
            } finally {
                for (Socket one : held) {
                    one.close();
                }
            }
        }
    }

    /** What the heap holds after it was swept, and what lies beside it. */
    private static long memory() {
        System.gc();
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed()
                + PooledByteBufAllocator.DEFAULT.metric().usedDirectMemory()
                + ManagementFactory.getPlatformMXBeans(BufferPoolMXBean.class).stream()
                        .mapToLong(BufferPoolMXBean::getMemoryUsed)
                        .sum();
    }

    private static Socket sent(int port, String half) throws IOException {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
        socket.getOutputStream().write(half.getBytes(StandardCharsets.US_ASCII));
        return socket;
    }
}
