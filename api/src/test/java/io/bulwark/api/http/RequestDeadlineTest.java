package io.bulwark.api.http;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.codec.http.HttpVersion;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** A connection without a whole request ends in time, however its bytes come; one that is answered does not. */
class RequestDeadlineTest {
    private static final String WHOLE = "GET /health HTTP/1.1\r\nHost: a\r\n\r\n";

    private final EmbeddedChannel channel = new EmbeddedChannel(new HttpServerCodec(), new RequestDeadline());

    RequestDeadlineTest() {
        channel.freezeTime();
    }

    @Test
    void shouldEndAConnectionThatSaysNothing() {
        assertEndsAfter(RequestDeadline.SECONDS);
    }

    @Test
    void shouldEndARequestThatTricklesIn() {
        String half = "GET /health HTTP/1.1\r\nX: ";
        for (int i = 0; i < RequestDeadline.SECONDS - 1; i++) {
            send(i < half.length() ? half.substring(i, i + 1) : "x");
            pass(1);
            assertTrue(channel.isOpen(), i + " s");
        }
        assertEndsAfter(1);
    }

    @Test
    void shouldEndABodyThatDoesNotCome() {
        send("POST /verification HTTP/1.1\r\nHost: a\r\nContent-Length: 1000\r\n\r\n{");
        assertEndsAfter(RequestDeadline.SECONDS);
    }

    @Test
    void shouldWaitForAnAnswerAsLongAsItTakes() {
        send(WHOLE);
        pass(100L * RequestDeadline.SECONDS);
        assertTrue(channel.isOpen());
        answer(HttpResponseStatus.OK);
        assertEndsAfter(RequestDeadline.SECONDS);
    }

    @Test
    void shouldWaitForTheAnswerOfARequestThatCameBeforeItsTurn() {
        send(WHOLE + WHOLE);
        answer(HttpResponseStatus.OK);
        pass(100L * RequestDeadline.SECONDS);
        assertTrue(channel.isOpen(), "the second is being answered");
        answer(HttpResponseStatus.OK);
        assertEndsAfter(RequestDeadline.SECONDS);
    }

    @Test
    void shouldNotTakeLeaveToSendABodyForAnAnswer() {
        send("POST /verification HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\nContent-Length: 2\r\n\r\n");
        pass(RequestDeadline.SECONDS - 1);
        answer(HttpResponseStatus.CONTINUE);
        assertEndsAfter(1);
    }

    @Test
    void shouldEndARequestThatWasAnsweredBeforeItsBodyCame() {
        send("POST /verification HTTP/1.1\r\nHost: a\r\nContent-Length: 2\r\n\r\n{");
        answer(HttpResponseStatus.UNAUTHORIZED);
        pass(1);
        send("}");
        assertEndsAfter(RequestDeadline.SECONDS);
    }

    @Test
    void shouldEndABodyThatDoesNotComeAfterTheAnswer() {
        send("POST /verification HTTP/1.1\r\nHost: a\r\nContent-Length: 2\r\n\r\n{");
        answer(HttpResponseStatus.UNAUTHORIZED);
        assertEndsAfter(RequestDeadline.SECONDS);
    }

    @Test
    void shouldGiveEveryRequestOfAConnectionItsOwnTime() {
        for (int i = 0; i < 5; i++) {
            pass(RequestDeadline.SECONDS - 1);
            send(WHOLE);
            answer(HttpResponseStatus.OK);
        }
        assertTrue(channel.isOpen());
    }

    private void assertEndsAfter(long seconds) {
        channel.advanceTimeBy(seconds * 1_000 - 1, TimeUnit.MILLISECONDS);
        channel.runScheduledPendingTasks();
        assertTrue(channel.isOpen(), "a millisecond before");
        channel.advanceTimeBy(1, TimeUnit.MILLISECONDS);
        channel.runScheduledPendingTasks();
        assertFalse(channel.isOpen());
    }

    private void pass(long seconds) {
        channel.advanceTimeBy(seconds, TimeUnit.SECONDS);
        channel.runScheduledPendingTasks();
    }

    private void send(String text) {
        channel.writeInbound(Unpooled.copiedBuffer(text, StandardCharsets.US_ASCII));
    }

    private void answer(HttpResponseStatus status) {
        channel.writeOutbound(new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, status));
        assertNotNull(channel.readOutbound());
    }
}
