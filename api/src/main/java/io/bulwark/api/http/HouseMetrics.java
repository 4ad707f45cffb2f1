package io.bulwark.api.http;

import io.bulwark.api.house.SealedBooks;
import io.bulwark.house.epoch.AccountLine;
import io.bulwark.house.epoch.AccountMargin;
import io.bulwark.house.epoch.ComputedEpoch;
import io.bulwark.netting.margin.AccountState;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.micronaut.context.annotation.Requires;
import jakarta.inject.Singleton;
import java.util.Arrays;
import org.jspecify.annotations.NonNull;

/** What an operator watches: the latest epoch, and its accounts by state. A gauge shows; it decides nothing. */
@Singleton
@Requires(beans = SealedBooks.class)
final class HouseMetrics implements MeterBinder {
    private final SealedBooks books;

    HouseMetrics(SealedBooks books) {
        this.books = books;
    }

    @Override
    public void bindTo(@NonNull MeterRegistry registry) {
        Gauge.builder("bulwark.epoch.latest", books, HouseMetrics::latest)
                .description("Number of the latest sealed epoch; 0 before the first")
                .register(registry);
        Arrays.stream(AccountState.values())
                .forEach(state -> Gauge.builder("bulwark.accounts", books, b -> accounts(b, state))
                        .tag("state", state.label())
                        .description("Accounts of the latest epoch by state")
                        .register(registry));
    }

    private static double latest(SealedBooks books) {
        return books.latest().map(ComputedEpoch::number).orElse(0L);
    }

    private static double accounts(SealedBooks books, AccountState state) {
        return books.latest().stream()
                .flatMap(epoch -> epoch.accounts().stream())
                .map(AccountLine::margin)
                .filter(margin -> margin instanceof AccountMargin.Stated stated
                        && stated.statement().state() == state)
                .count();
    }
}
