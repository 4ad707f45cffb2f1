package io.bulwark.api.operation;

import io.bulwark.api.house.SealedBooks;
import io.bulwark.clearing.money.Usd;
import io.bulwark.house.epoch.AccountMargin;
import io.bulwark.house.epoch.ComputedEpoch;
import io.bulwark.house.fund.FundBook;
import io.bulwark.insurance.margincall.CallRecord.MarginCall;
import io.bulwark.insurance.stresstest.FundDemand;
import io.bulwark.netting.margin.AccountState;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.micronaut.context.annotation.Requires;
import jakarta.inject.Singleton;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.NonNull;

/**
 * What the latest sealed epoch says: its time, its accounts by state, the margin calls after it, and the fund beside what it must hold. NaN
 * before the first epoch.
 */
@Singleton
@Requires(beans = SealedBooks.class)
final class HouseMetrics implements MeterBinder {
    private static final double MILLIS = 1000;

    private final Glance<Optional<Sealed>> latest;

    HouseMetrics(SealedBooks books) {
        this.latest = new Glance<>(() -> books.latest().map(epoch -> Sealed.of(epoch, books.fund(epoch.number()))));
    }

    /**
     * An epoch beside the fund.
     *
     * @param held what was received and is in the fund, u
     */
    private record Sealed(ComputedEpoch epoch, FundDemand demand, long held, List<MarginCall> calls) {
        static Sealed of(ComputedEpoch epoch, FundBook fund) {
            return new Sealed(
                    epoch,
                    fund.review(epoch).assessment().demand(),
                    fund.book().total(),
                    List.copyOf(epoch.calls().standing().values()));
        }

        double accounts(AccountState state) {
            return count(
                    epoch.accounts(),
                    line -> line.margin() instanceof AccountMargin.Stated stated
                            && stated.statement().state() == state);
        }

        double coverage() {
            return demand.total() == 0 ? Double.POSITIVE_INFINITY : held / (double) demand.total();
        }

        double oldestCall() {
            return calls.stream()
                    .map(MarginCall::opened)
                    .min(Instant::compareTo)
                    .map(opened -> Duration.between(opened, epoch.time()).toMillis() / MILLIS)
                    .orElse(0.0);
        }
    }

    private static <T> long count(Collection<T> all, Predicate<T> which) {
        return all.stream().filter(which).count();
    }

    private static double usd(long units) {
        return new BigDecimal(Usd.text(units)).doubleValue();
    }

    @Override
    public void bindTo(@NonNull MeterRegistry registry) {
        Gauge.builder(
                        "bulwark.epoch.latest",
                        latest,
                        l -> l.now().map(s -> s.epoch().number()).orElse(0L))
                .description("Number of the latest sealed epoch; 0 before the first")
                .register(registry);
        gauge(
                registry,
                "epoch.time.seconds",
                "Time of the latest sealed epoch, Unix seconds",
                s -> s.epoch().timeMillis() / MILLIS);
        Arrays.stream(AccountState.values())
                .forEach(state -> Gauge.builder("bulwark.accounts", latest, l -> of(l, s -> s.accounts(state), 0))
                        .tag("state", state.label())
                        .description("Accounts of the latest epoch by state")
                        .register(registry));
        gauge(
                registry,
                "accounts.unmargined",
                "Accounts of the latest epoch that have no margin, and a reason",
                s -> count(s.epoch().accounts(), line -> line.margin() instanceof AccountMargin.Without));
        calls(registry);
        fund(registry);
    }

    private void calls(MeterRegistry registry) {
        Arrays.stream(MarginCall.Stage.values())
                .filter(stage -> stage != MarginCall.Stage.MET)
                .forEach(stage -> Gauge.builder(
                                "bulwark.calls",
                                latest,
                                l -> of(l, s -> count(s.calls(), call -> call.stage() == stage), 0))
                        .tag("stage", stage.word())
                        .description("Margin calls that stand after the latest epoch")
                        .register(registry));
        gauge(
                registry,
                "calls.liquidating",
                "Accounts that are to be liquidated until their call is met",
                s -> count(s.calls(), MarginCall::liquidates));
        gauge(
                registry,
                "calls.missing.usd",
                "What is missing over all margin calls that stand, USD",
                s -> usd(s.calls().stream().mapToLong(MarginCall::missing).reduce(0, Math::addExact)));
        gauge(
                registry,
                "calls.oldest.seconds",
                "How long the oldest margin call stands, by epochs' times; 0 where none does",
                Sealed::oldestCall);
    }

    private void fund(MeterRegistry registry) {
        gauge(
                registry,
                "fund.need.usd",
                "What the two largest members may lose beyond what they hold, in the worst row, as it is proved, USD",
                s -> usd(s.demand().proved()));
        gauge(
                registry,
                "fund.demanded.usd",
                "What the fund must hold over all layers, USD",
                s -> usd(s.demand().total()));
        gauge(registry, "fund.held.usd", "What was received and is in the fund, USD", s -> usd(s.held()));
        gauge(
                registry,
                "fund.coverage.ratio",
                "What is in the fund over what it must hold: below 1 it is not enough",
                Sealed::coverage);
    }

    private void gauge(MeterRegistry registry, String name, String description, ToDoubleFunction<Sealed> value) {
        Gauge.builder("bulwark." + name, latest, l -> of(l, value, Double.NaN))
                .description(description)
                .register(registry);
    }

    private static double of(Glance<Optional<Sealed>> latest, ToDoubleFunction<Sealed> value, double otherwise) {
        return latest.now().map(value::applyAsDouble).orElse(otherwise);
    }
}
