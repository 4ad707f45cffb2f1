package io.bulwark.house.alert;

import io.bulwark.adapter.notification.Courier;
import io.bulwark.clearing.alert.AlertRegister;
import io.bulwark.clearing.alert.AlertRegister.AlertEvent;
import io.bulwark.clearing.alert.AlertRule;
import io.bulwark.clearing.alert.DeliveryRegister;
import io.bulwark.clearing.alert.DeliveryRegister.Receiver;
import io.bulwark.clearing.alert.DeliveryRegister.Secret;
import io.bulwark.clearing.alert.DeliveryRegister.Way;
import io.bulwark.clearing.document.BadInput;
import io.bulwark.house.House;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Alerts of an open house: its rules, what stands, whom it tells; and the watch, where this process is the one that watches. */
public final class Alerts implements AutoCloseable {
    private static final int SECRET_BYTES = 32;

    private final House house;
    private final AlertRegister register;
    private final DeliveryRegister deliveries;
    private final Clock clock = Clock.systemUTC();
    private @Nullable AlertWatch watch;
    private @Nullable Courier courier;

    /** Of a house, which stays open as long as this is; nobody watches yet. */
    public Alerts(House house) {
        this.house = house;
        this.register = new AlertRegister(house.database());
        this.deliveries = new DeliveryRegister(house.database());
    }

    /**
     * Watches until this is closed, unless another process does, and as soon as none does.
     *
     * @param everything whether the house's own token opens everything
     * @throws BadInput if the home's alerts.properties says something that cannot be
     */
    public synchronized void watch(boolean everything) {
        watch = new AlertWatch(house, register, deliveries, courier(), everything);
        watch.start();
    }

    /** Rules, and what stands. */
    public AlertRegister register() {
        return register;
    }

    /** Receivers, and what is sent to them. */
    public DeliveryRegister deliveries() {
        return deliveries;
    }

    /**
     * A receiver that was made.
     *
     * @param secret of a webhook: shown this once
     */
    public record Made(Receiver receiver, Optional<Secret> secret) {}

    /**
     * Keeps where somebody wants to be told.
     *
     * @param owner who
     * @param address a URL, or a mailbox
     * @throws BadInput if the address is none that the house speaks to
     */
    public Made receiver(String owner, Way way, String address) {
        String allowed = switch (way) {
            case WEBHOOK -> courier().webhookAddress(address);
            case MAIL -> courier().mailAddress(address);
        };
        Optional<Secret> secret = way == Way.WEBHOOK ? Optional.of(draw()) : Optional.empty();
        int number = deliveries.add(owner, way, allowed, secret, clock.instant());
        return new Made(new Receiver(number, owner, way, allowed, secret), secret);
    }

    private static Secret draw() {
        byte[] bytes = new byte[SECRET_BYTES];
        new SecureRandom().nextBytes(bytes);
        return new Secret(bytes);
    }

    private synchronized Courier courier() {
        Courier opened = courier;
        if (opened == null) {
            opened = new Courier(AlertSettings.of(house.home()));
            courier = opened;
        }
        return opened;
    }

    /** One sentence of what became of an alert. */
    public static String text(AlertRule rule, AlertEvent event) {
        return AlertWords.sentence(rule, event);
    }

    /** When a rule's alert is raised and when it is over, for people. */
    public static String edges(AlertRule rule) {
        return AlertWords.edges(rule);
    }

    @Override
    public synchronized void close() {
        if (watch != null) {
            watch.close();
        }
        if (courier != null) {
            courier.close();
        }
    }
}
