package io.bulwark.bench;

import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseDecoder;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.AttributeKey;
import io.netty.util.concurrent.Future;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.zip.CRC32C;
import org.HdrHistogram.Histogram;

/**
 * Sends requests in turn, again and again, at a constant pace, whatever the server does: each has its moment, and its latency counts from
 * that moment, also where no connection was free for it (no coordinated omission). One thread of its own, with bytes that were made once,
 * so that it takes as little as it can of the processor that it shares with the server.
 */
final class OpenLoop {
    private static final long SECOND = 1_000_000_000L;
    private static final long TICK_MILLIS = 1;
    private static final long HIGHEST_NANOS = 60 * SECOND;
    private static final int DIGITS = 3;

    /** A server that is so far behind is not measured any longer. */
    private static final int WAITING_SECONDS = 20;

    private final URI server;
    private final List<byte[]> requests;
    private final int connections;

    /**
     * @param server address
     * @param requests whole, as they go over the wire
     * @param connections kept open at once, at most
     */
    OpenLoop(URI server, List<byte[]> requests, int connections) {
        this.server = server;
        this.requests = List.copyOf(requests);
        this.connections = connections;
    }

    /**
     * What came of it.
     *
     * @param latency nanoseconds from a request's moment to the end of its answer, of answers with 200
     * @param parts the same by a tenth of the time each
     * @param answers how many by status
     * @param kinds how many answers with 200 by request and the checksum of their bytes: as many as there are requests where each is
     *     answered the same each time
     * @param unanswered sent or due and not answered when it ended
     * @param nanos how long it took until the last answer
     */
    record Outcome(
            Histogram latency,
            List<Histogram> parts,
            Map<Integer, Long> answers,
            Map<Kind, Long> kinds,
            long unanswered,
            long nanos) {}

    /** An answer by its bytes. */
    record Kind(int request, long checksum) {}

    /** A request on its way. */
    private record Due(long moment, int request) {}

    /** Sends so many a second for so many seconds, then waits for the answers. */
    Outcome run(int rate, int seconds) throws InterruptedException {
        EventLoopGroup loop = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
        // A selector that waits for less than a few milliseconds turns without rest: the pace is another's, which sleeps.
        try (ScheduledExecutorService pace = Executors.newSingleThreadScheduledExecutor()) {
            Run run = new Run(loop, rate, seconds);
            Future<?> _ = loop.next().submit(run::begin).sync();
            java.util.concurrent.Future<?> _ = pace.scheduleAtFixedRate(
                    () -> loop.next().execute(run::tick), 0, TICK_MILLIS, TimeUnit.MILLISECONDS);
            return run.outcome();
        } finally {
            loop.shutdownGracefully(0, 1, TimeUnit.SECONDS).sync();
        }
    }

    /** All of it is of the one thread. */
    private final class Run {
        private static final int PARTS = 10;

        private final EventLoopGroup loop;
        private final int rate;
        private final long total;
        private final Deque<Channel> idle = new ArrayDeque<>();
        private final Deque<Due> due = new ArrayDeque<>();
        private final Histogram latency = new Histogram(HIGHEST_NANOS, DIGITS);
        private final List<Histogram> parts = new ArrayList<>();
        private final Map<Integer, Long> answers = new HashMap<>();
        private final Map<Kind, Long> kinds = new HashMap<>();
        private final CompletableFuture<Long> ended = new CompletableFuture<>();
        private int open;
        private long start;
        private long scheduled;
        private long answered;

        Run(EventLoopGroup loop, int rate, int seconds) {
            this.loop = loop;
            this.rate = rate;
            this.total = (long) rate * seconds;
            for (int part = 0; part < PARTS; part++) {
                parts.add(new Histogram(HIGHEST_NANOS, DIGITS));
            }
        }

        void begin() {
            start = System.nanoTime();
        }

        Outcome outcome() throws InterruptedException {
            try {
                long nanos = ended.get();
                return new Outcome(latency, parts, answers, kinds, total - answered, nanos);
            } catch (ExecutionException e) {
                throw new IllegalStateException("the server must be reached: " + server, e.getCause());
            }
        }

        private void tick() {
            long now = System.nanoTime() - start;
            while (scheduled < total && scheduled * SECOND / rate <= now) {
                due.add(new Due(scheduled * SECOND / rate, (int) (scheduled % requests.size())));
                scheduled++;
            }
            send();
            if (answered == total || now > total * SECOND / rate + WAITING_SECONDS * SECOND) {
                ended.complete(now);
            }
        }

        private void send() {
            while (!due.isEmpty()) {
                Channel free = idle.poll();
                if (free == null) {
                    if (open < connections) {
                        open++;
                        connect();
                    }
                    return;
                }
                Due next = due.remove();
                free.attr(Answer.DUE).set(next);
                Future<?> _ = free.writeAndFlush(Unpooled.wrappedBuffer(requests.get(next.request())));
            }
        }

        private void connect() {
            Future<?> _ = new Bootstrap()
                    .group(loop)
                    .channel(NioSocketChannel.class)
                    .handler(new ChannelInitializer<Channel>() {
                        @Override
                        protected void initChannel(Channel channel) {
                            channel.pipeline().addLast(new HttpResponseDecoder(), new Answer(Run.this));
                        }
                    })
                    .connect(new InetSocketAddress(server.getHost(), server.getPort()))
                    .addListener(done -> {
                        if (!done.isSuccess()) {
                            ended.completeExceptionally(done.cause());
                        }
                    });
        }

        void opened(Channel channel) {
            idle.add(channel);
            send();
        }

        /** A request that was on it stays unanswered. */
        void closed(Channel channel) {
            idle.remove(channel);
            open--;
        }

        void answered(Channel channel, Due sent, int status, long checksum) {
            long moment = sent.moment();
            answered++;
            answers.merge(status, 1L, Long::sum);
            if (status == 200) {
                long nanos = Math.min(System.nanoTime() - start - moment, HIGHEST_NANOS);
                latency.recordValue(nanos);
                parts.get((int) (moment * rate / SECOND * PARTS / total)).recordValue(nanos);
                kinds.merge(new Kind(sent.request(), checksum), 1L, Long::sum);
            }
            idle.add(channel);
            send();
        }
    }

    /** Reads the answers of one connection. */
    private static final class Answer extends SimpleChannelInboundHandler<HttpObject> {
        private static final AttributeKey<Due> DUE = AttributeKey.valueOf("due");

        private final Run run;
        private final CRC32C checksum = new CRC32C();
        private int status;

        Answer(Run run) {
            this.run = run;
        }

        @Override
        public void channelActive(ChannelHandlerContext context) {
            run.opened(context.channel());
        }

        @Override
        public void channelInactive(ChannelHandlerContext context) {
            run.closed(context.channel());
        }

        @Override
        protected void channelRead0(ChannelHandlerContext context, HttpObject message) {
            if (message instanceof HttpResponse response) {
                status = response.status().code();
                checksum.reset();
            }
            if (message instanceof HttpContent content) {
                ByteBuf bytes = content.content();
                if (bytes.isReadable()) {
                    checksum.update(bytes.nioBuffer());
                }
            }
            if (message instanceof LastHttpContent) {
                run.answered(context.channel(), context.channel().attr(DUE).get(), status, checksum.getValue());
            }
        }
    }
}
