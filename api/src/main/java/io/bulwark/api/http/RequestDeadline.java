package io.bulwark.api.http;

import io.micronaut.context.event.BeanCreatedEvent;
import io.micronaut.context.event.BeanCreatedEventListener;
import io.micronaut.http.netty.channel.ChannelPipelineCustomizer;
import io.micronaut.http.server.netty.NettyServerCustomizer;
import io.netty.channel.Channel;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpStatusClass;
import io.netty.handler.codec.http.LastHttpContent;
import jakarta.inject.Singleton;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * How long a connection may be held without a whole request: from its opening, or from the end of the answer before. A clock of
 * idleness would start again with every byte that trickles in; this one does not. What is being answered has as long as it takes.
 */
final class RequestDeadline extends ChannelDuplexHandler {
    /** A request has at most 1 MiB: 35 kB/s are enough. */
    static final int SECONDS = 30;

    /** Whole requests without an answer; below 0 where one was answered before all of it had come. */
    private int answering;

    private @Nullable Future<?> cut;

    @Override
    public void handlerAdded(ChannelHandlerContext context) {
        start(context);
    }

    @Override
    public void handlerRemoved(ChannelHandlerContext context) {
        stop();
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        stop();
        context.fireChannelInactive();
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        if (message instanceof LastHttpContent) {
            answering++;
            keepTime(context);
        }
        context.fireChannelRead(message);
    }

    @Override
    public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) throws Exception {
        if (message instanceof LastHttpContent && !isInformation(message)) {
            answering--;
            keepTime(context);
        }
        super.write(context, message, promise);
    }

    /** That a body may be sent (100) is no answer yet. */
    private static boolean isInformation(Object message) {
        return message instanceof HttpResponse response
                && response.status().codeClass() == HttpStatusClass.INFORMATIONAL;
    }

    private void keepTime(ChannelHandlerContext context) {
        if (answering > 0) {
            stop();
        } else {
            start(context);
        }
    }

    private void start(ChannelHandlerContext context) {
        stop();
        cut = context.executor().schedule(() -> end(context), SECONDS, TimeUnit.SECONDS);
    }

    private static void end(ChannelHandlerContext context) {
        // Whether it could be closed in order changes nothing: it is gone.
        Future<?> _ = context.close();
    }

    private void stop() {
        if (cut != null) {
            cut.cancel(false);
            cut = null;
        }
    }

    /** Puts a deadline on every connection of the server. */
    @Singleton
    static final class OfEveryConnection implements BeanCreatedEventListener<NettyServerCustomizer.Registry> {
        @Override
        public NettyServerCustomizer.Registry onCreated(BeanCreatedEvent<NettyServerCustomizer.Registry> event) {
            event.getBean().register(new Opened(null));
            return event.getBean();
        }
    }

    /** The customizer of the listener, and of each connection once it is there. */
    private record Opened(@Nullable Channel connection) implements NettyServerCustomizer {
        @Override
        public NettyServerCustomizer specializeForChannel(Channel channel, ChannelRole role) {
            return role == ChannelRole.CONNECTION ? new Opened(channel) : this;
        }

        @Override
        public void onInitialPipelineBuilt() {
            if (connection != null) {
                connection
                        .pipeline()
                        .addAfter(
                                ChannelPipelineCustomizer.HANDLER_HTTP_SERVER_CODEC,
                                RequestDeadline.class.getSimpleName(),
                                new RequestDeadline());
            }
        }
    }
}
