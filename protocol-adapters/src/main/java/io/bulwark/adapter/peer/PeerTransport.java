package io.bulwark.adapter.peer;

import io.bulwark.adapter.peer.PeerRecord.Kind;
import io.bulwark.adapter.peer.PeerRecord.Place;
import io.bulwark.clearing.attestation.EpochSignature;
import io.bulwark.clearing.attestation.QuorumKey;
import io.bulwark.clearing.document.Digest;
import io.bulwark.clearing.event.Topics;
import io.bulwark.clearing.event.Topics.Brokers;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Posts bytes to other nodes. Who does not answer in time has not answered. */
public final class PeerTransport implements AutoCloseable {
    private static final int OK = 200;
    private static final int ANSWER_BYTES_MAX = 256 << 20;

    private final HttpClient client;
    private final Duration patience;

    /**
     * A transport.
     *
     * @param patience for a whole answer
     */
    public PeerTransport(Duration patience) {
        this.patience = patience;
        this.client = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(patience)
                .followRedirects(HttpClient.Redirect.NEVER)
                .build();
    }

    /** The answer to what is posted; empty if there was none, another than 200, or too long. */
    public Optional<byte[]> post(String url, String path, byte[] content) {
        HttpRequest request = HttpRequest.newBuilder(URI.create(url + path))
                .timeout(patience)
                .header("Content-Type", "application/cbor")
                .POST(BodyPublishers.ofByteArray(content))
                .build();
        // The client's own limit on time ends with the headers: a body that trickles would keep us for ever.
        CompletableFuture<HttpResponse<byte[]>> answer =
                client.sendAsync(request, BodyHandlers.limiting(BodyHandlers.ofByteArray(), ANSWER_BYTES_MAX));
        try {
            HttpResponse<byte[]> come = answer.get(patience.toMillis(), TimeUnit.MILLISECONDS);
            return come.statusCode() == OK ? Optional.of(come.body()) : Optional.empty();
        } catch (TimeoutException e) {
            return Optional.empty();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof IOException) {
                return Optional.empty();
            }
            throw new IllegalStateException("a call fails only by input and output", e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        } finally {
            answer.cancel(true);
        }
    }

    @Override
    public void close() {
        client.shutdownNow();
    }

    /**
     * The nodes of one deployment over a topic: messages to all, questions to one, what that answers. What no node signed is nobody's word,
     * and what goes by while the brokers are away is asked for again by whoever misses it; nothing here is kept for that.
     */
    public static final class PeerTopic implements AutoCloseable {
        /** Nothing is asked for that is older: rounds lie in the nodes' homes. */
        private static final Duration RETENTION = Duration.ofHours(1);

        private static final Duration LOOK = Duration.ofMillis(200);
        private static final Duration AGAIN = Duration.ofSeconds(1);
        private static final Duration LONGEST_REQUEST = Duration.ofSeconds(5);
        private static final int ANSWERED_AT_ONCE = 8;
        private static final int TOLD_MAX = 256;

        private final Brokers brokers;
        private final String topic;
        private final Duration patience;
        private final Supplier<List<QuorumKey>> keys;
        private final Consumer<String> say;

        private final KafkaProducer<byte[], byte[]> producer;
        private final KafkaConsumer<byte[], byte[]> consumer;
        private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
        private final Semaphore room = new Semaphore(ANSWERED_AT_ONCE);
        private final Map<Digest, Asked> asked = new ConcurrentHashMap<>();
        private final AtomicBoolean away = new AtomicBoolean();
        private final Wholes wholes = new Wholes();
        private final Set<Digest> told = Collections.synchronizedSet(Collections.newSetFromMap(new LinkedHashMap<>() {
            private static final long serialVersionUID = 1;

            @Override
            protected boolean removeEldestEntry(Map.Entry<Digest, Boolean> eldest) {
                return size() > TOLD_MAX;
            }
        }));
        private volatile boolean closed;

        /** A question that waits for the answer of one node. */
        private record Asked(Digest node, CompletableFuture<byte[]> answer) {}

        /**
         * What a node does with what it hears.
         *
         * @param message takes a message of a round
         * @param question answers a question, if a node asked it that may
         */
        public record Ears(Consumer<byte[]> message, Function<byte[], Optional<byte[]>> question) {}

        /**
         * A node on a topic of these brokers; it hears nothing before {@link #listen}.
         *
         * @param patience how long an answer is waited for
         * @param keys the node's own, by which it is asked and signs what it answers
         * @param say takes a line for people
         */
        public PeerTopic(
                Brokers brokers,
                String topic,
                Duration patience,
                Supplier<List<QuorumKey>> keys,
                Consumer<String> say) {
            this.brokers = brokers;
            this.topic = topic;
            this.patience = patience;
            this.keys = keys;
            this.say = say;
            int millis = Math.toIntExact(LONGEST_REQUEST.toMillis());
            this.producer = new KafkaProducer<>(
                    brokers.with(Map.of(
                            "acks",
                            "all",
                            "request.timeout.ms",
                            millis,
                            "max.block.ms",
                            millis,
                            "delivery.timeout.ms",
                            2 * millis,
                            "compression.type",
                            "gzip",
                            "max.request.size",
                            2 * PeerRecord.PART_BYTES)),
                    new ByteArraySerializer(),
                    new ByteArraySerializer());
            this.consumer = new KafkaConsumer<>(
                    brokers.with(Map.of(
                            "enable.auto.commit", false,
                            "auto.offset.reset", "latest",
                            "allow.auto.create.topics", false)),
                    new ByteArrayDeserializer(),
                    new ByteArrayDeserializer());
        }

        /** Hears from now on, in a thread of its own. */
        public void listen(Ears ears) {
            Thread.ofPlatform().daemon().name("peers on " + topic).start(() -> hear(ears));
        }

        private void hear(Ears ears) {
            try (consumer) {
                boolean made = false;
                while (!closed) {
                    try {
                        if (!made) {
                            Topics.create(brokers, topic, RETENTION);
                            TopicPartition partition = new TopicPartition(topic, 0);
                            consumer.assign(List.of(partition));
                            consumer.seekToEnd(List.of(partition));
                            consumer.position(partition, LONGEST_REQUEST);
                            made = true;
                            back();
                        }
                        for (ConsumerRecord<byte[], byte[]> record : consumer.poll(LOOK)) {
                            heard(record.value(), ears);
                        }
                    } catch (WakeupException | InterruptException e) {
                        return;
                    } catch (KafkaException e) {
                        gone(e);
                        Thread.sleep(AGAIN);
                    }
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }

        private void gone(Exception why) {
            if (!closed && away.compareAndSet(false, true)) {
                String words = Optional.ofNullable(why.getCause()).orElse(why).getMessage();
                say.accept("the brokers of topic " + topic + " do not answer: " + words);
            }
        }

        private void back() {
            if (away.compareAndSet(true, false)) {
                say.accept("the brokers of topic " + topic + " are back");
            }
        }

        private void heard(byte[] record, Ears ears) {
            try {
                PeerRecord part = PeerRecord.read(record);
                if (meant(part.place())) {
                    wholes.with(part).ifPresent(whole -> whole(part.place(), whole, ears));
                }
            } catch (IllegalArgumentException e) {
                // What is no record of nodes, or no message of a round, is nobody's word.
            }
        }

        /** Whether somebody here waits for it: what is said to others, or answered by others than were asked, is not even kept. */
        private boolean meant(Place place) {
            return switch (place.kind()) {
                case MESSAGE -> true;
                case QUESTION -> key(place.of()).isPresent();
                case ANSWER -> {
                    Asked waiting = asked.get(place.of());
                    yield waiting != null
                            && place.signature().length == EpochSignature.LENGTH
                            && new EpochSignature(waiting.node(), place.signature()).says(place.answered());
                }
            };
        }

        private Optional<QuorumKey> key(Digest node) {
            return keys.get().stream()
                    .filter(key -> key.publicKey().equals(node))
                    .findFirst();
        }

        private void whole(Place place, byte[] whole, Ears ears) {
            switch (place.kind()) {
                case MESSAGE -> ears.message().accept(whole);
                case QUESTION -> threads.execute(() -> answer(place, whole, ears));
                case ANSWER ->
                    Optional.ofNullable(asked.get(place.of()))
                            .ifPresent(waiting -> waiting.answer().complete(whole));
            }
        }

        /** Who asks too much at once waits until it asks again. */
        private void answer(Place place, byte[] question, Ears ears) {
            if (!room.tryAcquire()) {
                return;
            }
            try {
                answered(question, ears).ifPresent(answer -> {
                    Digest of = Digest.sha256(question);
                    Place unsigned = new Place(
                            Kind.ANSWER, of, Digest.sha256(answer), PeerRecord.count(answer.length), new byte[0]);
                    byte[] signature = key(place.of())
                            .orElseThrow()
                            .say(unsigned.answered())
                            .signature();
                    send(new Place(Kind.ANSWER, of, unsigned.whole(), unsigned.count(), signature), answer);
                });
            } finally {
                room.release();
            }
        }

        /** What is no question has no answer. */
        private static Optional<byte[]> answered(byte[] question, Ears ears) {
            try {
                return ears.question().apply(question);
            } catch (IllegalArgumentException e) {
                return Optional.empty();
            }
        }

        /** Says a message to all nodes on the topic; what was said to all is not said again to each. */
        public void tell(byte[] message) {
            if (told.add(Digest.sha256(message))) {
                send(Kind.MESSAGE, Digest.ZERO, message);
            }
        }

        /** Asks a node; empty if it did not answer in time. */
        public Optional<byte[]> ask(Digest node, byte[] question) {
            Digest of = Digest.sha256(question);
            Asked waiting = new Asked(node, new CompletableFuture<>());
            asked.put(of, waiting);
            try {
                send(Kind.QUESTION, node, question);
                return Optional.of(waiting.answer().get(patience.toMillis(), TimeUnit.MILLISECONDS));
            } catch (TimeoutException e) {
                return Optional.empty();
            } catch (ExecutionException e) {
                throw new IllegalStateException("an answer fails by nothing but time", e.getCause());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return Optional.empty();
            } finally {
                asked.remove(of);
            }
        }

        private void send(Kind kind, Digest of, byte[] content) {
            send(new Place(kind, of, Digest.sha256(content), PeerRecord.count(content.length), new byte[0]), content);
        }

        private void send(Place place, byte[] content) {
            if (place.count() > PeerRecord.PARTS_MAX) {
                say.accept("not sent over topic " + topic + ": " + content.length + " bytes, more than "
                        + (long) PeerRecord.PARTS_MAX * PeerRecord.PART_BYTES);
                return;
            }
            try {
                for (PeerRecord part : PeerRecord.parts(place, content)) {
                    byte[] value = part.encode();
                    Future<RecordMetadata> _ =
                            producer.send(new ProducerRecord<>(topic, 0, null, value), (_, failure) -> {
                                if (failure instanceof RecordTooLargeException) {
                                    say.accept("not sent: topic " + topic + " takes no record of " + value.length
                                            + " bytes; its max.message.bytes must be at least "
                                            + 2 * PeerRecord.PART_BYTES);
                                } else if (failure != null) {
                                    gone(failure);
                                } else {
                                    back();
                                }
                            });
                }
            } catch (InterruptException e) {
                Thread.currentThread().interrupt();
            } catch (KafkaException | IllegalStateException e) {
                gone(e);
            }
        }

        @Override
        public void close() {
            closed = true;
            threads.shutdownNow();
            consumer.wakeup();
            producer.close(Duration.ofSeconds(1));
        }
    }
}
