package io.bulwark.house.alert;

import io.bulwark.adapter.notification.Courier;
import io.bulwark.clearing.access.AccessRegister;
import io.bulwark.clearing.alert.AlertRegister;
import io.bulwark.clearing.alert.AlertRegister.Change;
import io.bulwark.clearing.alert.AlertRegister.Kept;
import io.bulwark.clearing.alert.AlertRule;
import io.bulwark.clearing.alert.AlertRule.Measure;
import io.bulwark.clearing.alert.DeliveryRegister;
import io.bulwark.clearing.alert.DeliveryRegister.Receiver;
import io.bulwark.clearing.database.Database.SessionLock;
import io.bulwark.clearing.epoch.EpochInputs;
import io.bulwark.clearing.ledger.FundActs.Coverage;
import io.bulwark.clearing.money.Ppm;
import io.bulwark.house.House;
import io.bulwark.house.epoch.ComputedEpoch;
import io.bulwark.insurance.alert.Hysteresis;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Holds every rule against every sealed epoch once, and those of ages against the clock at whole minutes; then sends what has to be sent.
 * What it does is kept before anybody is told, so that whoever takes over goes on where it ended.
 */
final class AlertWatch implements AutoCloseable {
    /** The step of the clock by which ages count. */
    static final Duration STEP = Duration.ofMinutes(1);

    private static final Logger LOG = LoggerFactory.getLogger(AlertWatch.class);
    private static final String LOCK = "bulwark-alerts";
    private static final Duration LOOK = Duration.ofSeconds(1);
    private static final Duration END = Duration.ofSeconds(15);
    private static final int COVERAGES = 1_000;

    private final House house;
    private final AlertRegister register;
    private final DeliveryRegister deliveries;
    private final AccessRegister access;
    private final Dispatch dispatch;
    private final boolean everything;
    private final CountDownLatch closing = new CountDownLatch(1);
    private final Map<Integer, Long> heldTo = new HashMap<>();
    private final Map<Integer, Instant> steps = new HashMap<>();
    private final Thread thread = Thread.ofPlatform().daemon().name("alerts").unstarted(this::run);
    private @Nullable SessionLock lock;
    private String trouble = "";

    /** By a courier that outlasts this. */
    AlertWatch(House house, AlertRegister register, DeliveryRegister deliveries, Courier courier, boolean everything) {
        this.house = house;
        this.register = register;
        this.deliveries = deliveries;
        this.access = new AccessRegister(house.database());
        this.everything = everything;
        this.dispatch = new Dispatch(house, register, deliveries, courier, name -> rights(name, Instant.now()));
    }

    void start() {
        thread.start();
    }

    private void run() {
        try {
            do {
                tried();
            } while (!closing.await(LOOK.toMillis(), TimeUnit.MILLISECONDS));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** What fails is tried again with the next look; the same trouble is said once. */
    private void tried() {
        try {
            if (house.founding().isPresent() && isElected()) {
                look(Instant.now());
            }
            trouble = "";
        } catch (RuntimeException e) {
            String said = String.valueOf(e.getMessage());
            if (closing.getCount() > 0 && !said.equals(trouble)) {
                LOG.warn("alerts are looked at again in a moment: {}", said);
            }
            trouble = said;
        }
    }

    private boolean isElected() {
        SessionLock held = lock;
        if (held != null && held.isHeld()) {
            return true;
        }
        if (held != null) {
            held.close();
        }
        lock = house.database().tryLock(LOCK).orElse(null);
        heldTo.clear();
        steps.clear();
        return lock != null;
    }

    private void look(Instant now) {
        register.found(now);
        List<Receiver> receivers = deliveries.receivers();
        Map<String, Rights> rights = new HashMap<>();
        Function<String, Rights> known = name -> rights.computeIfAbsent(name, asked -> rights(asked, now));
        for (Kept rule : register.rules()) {
            if (closing.getCount() == 0) {
                return;
            }
            // Whoever may no longer see a figure watches it no more.
            boolean sees = rule.rule().owner().equals(AlertRule.HOUSE)
                    || known.apply(rule.rule().owner())
                            .sees(rule.rule().measure(), rule.rule().subject());
            if (sees) {
                Function<Change, List<Integer>> told = change -> receivers.stream()
                        .filter(receiver -> isFor(rule.rule(), receiver)
                                && known.apply(receiver.owner())
                                        .sees(rule.rule().measure(), change.subject()))
                        .map(Receiver::number)
                        .toList();
                hold(rule, now, told);
            }
        }
        dispatch.send(now);
    }

    /** A rule of the house tells whoever may see the figure, anybody's own tells himself. */
    private static boolean isFor(AlertRule rule, Receiver receiver) {
        return rule.owner().equals(AlertRule.HOUSE) || rule.owner().equals(receiver.owner());
    }

    private Rights rights(String name, Instant now) {
        return Rights.of(name, access, everything, now);
    }

    private void hold(Kept rule, Instant now, Function<Change, List<Integer>> told) {
        if (rule.rule().measure().isAge()) {
            Instant step = Instant.ofEpochSecond(now.getEpochSecond() / STEP.toSeconds() * STEP.toSeconds());
            if (!step.equals(steps.get(rule.number()))) {
                atStep(rule, step, told);
                steps.put(rule.number(), step);
            }
            return;
        }
        long last = house.archive().last();
        if (heldTo.getOrDefault(rule.number(), 0L) >= last) {
            return;
        }
        for (long epoch : register.ahead(rule)) {
            EpochInputs inputs = house.epochs().epoch(epoch).orElseThrow().inputs();
            Optional<SortedMap<String, Integer>> figures = figures(rule.rule(), epoch, inputs, last);
            if (figures.isEmpty()) {
                return;
            }
            Instant time = Instant.ofEpochMilli(inputs.epochTimeMillis());
            register.hold(
                    rule,
                    OptionalLong.of(epoch),
                    time,
                    standing -> Hysteresis.of(rule.rule(), standing, figures.get()),
                    told);
        }
        heldTo.put(rule.number(), last);
    }

    /** What changes nothing is not written down: every minute would be. */
    private void atStep(Kept rule, Instant step, Function<Change, List<Integer>> told) {
        SortedMap<String, Integer> ages = new AgeFigures(house, register, step).of(rule.rule());
        Function<Set<String>, List<Change>> decide = standing -> Hysteresis.of(rule.rule(), standing, ages);
        if (!decide.apply(register.standing(rule)).isEmpty()) {
            register.hold(rule, OptionalLong.empty(), step, decide, told);
        }
    }

    /** The figures of an epoch; empty if its review is still to come. */
    private Optional<SortedMap<String, Integer>> figures(AlertRule rule, long epoch, EpochInputs inputs, long last) {
        if (rule.measure() == Measure.COVERAGE) {
            Coverage kept = house.contributions().coverage(COVERAGES).get(epoch);
            if (kept == null) {
                return epoch == last ? Optional.empty() : Optional.of(new TreeMap<>());
            }
            return Optional.of(new TreeMap<>(Map.of(rule.subject().text(), coverage(kept))));
        }
        ComputedEpoch computed = house.archive().epoch(epoch).orElseThrow();
        return Optional.of(new EpochFigures(computed, inputs.members()).of(rule));
    }

    /** What is in the fund over what it must hold, rounded down; whole where nothing must be. */
    private static int coverage(Coverage kept) {
        return kept.demanded().unscaled().signum() == 0
                ? Ppm.ONE
                : EpochFigures.capped(kept.received()
                        .unscaled()
                        .multiply(BigInteger.valueOf(Ppm.ONE))
                        .divide(kept.demanded().unscaled()));
    }

    @Override
    public void close() {
        closing.countDown();
        dispatch.close();
        try {
            thread.join(END);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        if (lock != null) {
            lock.close();
        }
    }
}
