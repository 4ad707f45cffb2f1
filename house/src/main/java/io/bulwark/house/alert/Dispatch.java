package io.bulwark.house.alert;

import io.bulwark.adapter.notification.Courier;
import io.bulwark.adapter.notification.Courier.Carried;
import io.bulwark.adapter.notification.Courier.Notice;
import io.bulwark.clearing.alert.AlertRegister;
import io.bulwark.clearing.alert.AlertRegister.AlertEvent;
import io.bulwark.clearing.alert.AlertRule;
import io.bulwark.clearing.alert.DeliveryRegister;
import io.bulwark.clearing.alert.DeliveryRegister.Delivery;
import io.bulwark.clearing.alert.DeliveryRegister.Outcome;
import io.bulwark.clearing.alert.DeliveryRegister.Receiver;
import io.bulwark.clearing.database.DatabaseException;
import io.bulwark.clearing.document.Digest;
import io.bulwark.clearing.epoch.FoundingDocument;
import io.bulwark.house.House;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Sends what is kept to be sent, each receiver's in order and no receiver waiting for another. An attempt is kept after it was made: who is
 * killed in between makes it again, under the same id.
 */
final class Dispatch implements AutoCloseable {
    private static final Duration END = Duration.ofSeconds(12);
    private static final int ID = 32;

    private final House house;
    private final AlertRegister register;
    private final DeliveryRegister deliveries;
    private final Courier courier;
    private final Function<String, Rights> rights;
    private final ExecutorService senders = Executors.newThreadPerTaskExecutor(
            Thread.ofVirtual().name("alert-", 0).factory());
    private final Set<Integer> busy = ConcurrentHashMap.newKeySet();
    private volatile boolean closed;

    Dispatch(
            House house,
            AlertRegister register,
            DeliveryRegister deliveries,
            Courier courier,
            Function<String, Rights> rights) {
        this.house = house;
        this.register = register;
        this.deliveries = deliveries;
        this.courier = courier;
        this.rights = rights;
    }

    /** Begins with whatever is due. */
    void send(Instant now) {
        Map<Integer, List<Delivery>> due = deliveries.open().stream()
                .filter(delivery -> !busy.contains(delivery.receiver()))
                .filter(delivery -> !delivery.due(courier.pauses()).isAfter(now))
                .collect(Collectors.groupingBy(Delivery::receiver));
        due.forEach((receiver, waiting) -> {
            busy.add(receiver);
            senders.execute(() -> {
                try {
                    for (Delivery delivery : waiting) {
                        if (!closed) {
                            attempt(delivery);
                        }
                    }
                } catch (DatabaseException e) {
                    // The books are away: what was not kept is sent again under the same id.
                    return;
                } finally {
                    busy.remove(receiver);
                }
            });
        });
    }

    private void attempt(Delivery delivery) {
        AlertEvent event = register.event(delivery.event());
        AlertRule rule = register.rule(event.rule()).orElseThrow();
        Optional<Receiver> receiver = deliveries.receivers().stream()
                .filter(kept -> kept.number() == delivery.receiver())
                .findFirst();
        if (receiver.isEmpty()) {
            end(delivery, Outcome.DEAD, "its receiver was ended");
        } else if (!rights.apply(receiver.get().owner()).sees(rule.measure(), event.subject())) {
            end(delivery, Outcome.DEAD, "its owner may no longer see this");
        } else {
            kept(delivery, carried(receiver.get(), notice(delivery, rule, event)));
        }
    }

    private Carried carried(Receiver receiver, Notice notice) {
        return switch (receiver.way()) {
            case WEBHOOK ->
                courier.webhook(
                        receiver.address(), receiver.secret().orElseThrow().bytes(), notice);
            case MAIL -> courier.mail(receiver.address(), notice);
        };
    }

    private Notice notice(Delivery delivery, AlertRule rule, AlertEvent event) {
        String house = this.house
                .founding()
                .map(FoundingDocument::house)
                .map(Digest::hex)
                .orElse("");
        String id = Digest.sha256(("alert " + house + " " + delivery.number()).getBytes(StandardCharsets.UTF_8))
                .hex()
                .substring(0, ID);
        return new Notice(
                "msg_" + id,
                Instant.now(),
                AlertWords.line(rule, event),
                AlertWords.sentence(rule, event) + "\n" + AlertWords.edges(rule) + "\n\nAlert " + event.alert()
                        + ", rule " + event.rule() + ", at " + event.at()
                        + ".\nWho acknowledges it: bulwark alert acknowledge " + event.alert() + "\n",
                AlertWords.json(rule, event));
    }

    private void kept(Delivery delivery, Carried carried) {
        switch (carried) {
            case Carried.Arrived(String said) -> end(delivery, Outcome.DELIVERED, said);
            case Carried.Refused(String said) -> end(delivery, Outcome.DEAD, said);
            case Carried.Failed(String said) -> {
                boolean last = delivery.failures() >= courier.pauses().size();
                // What ends because the house ends is no failure of the receiver's.
                if (!closed) {
                    end(delivery, last ? Outcome.DEAD : Outcome.FAILED, said);
                }
            }
        }
    }

    private void end(Delivery delivery, Outcome outcome, String said) {
        deliveries.attempt(delivery, outcome, said, Instant.now());
    }

    /** Whoever is being told has a moment to be told whole. */
    @Override
    public void close() {
        closed = true;
        senders.shutdown();
        try {
            if (!senders.awaitTermination(END.toSeconds(), TimeUnit.SECONDS)) {
                senders.shutdownNow();
            }
        } catch (InterruptedException e) {
            senders.shutdownNow();
            Thread.currentThread().interrupt();
        }
    }
}
