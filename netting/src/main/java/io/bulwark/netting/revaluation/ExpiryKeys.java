package io.bulwark.netting.revaluation;

import io.bulwark.clearing.instrument.Instrument;
import io.bulwark.clearing.money.Rounding;
import java.util.List;
import java.util.OptionalInt;
import java.util.OptionalLong;

/** The keys of the basis charge: whole days, at most eight a group; a dated instrument takes the nearest later one. */
final class ExpiryKeys {
    private static final List<Integer> DAYS = List.of(1, 7, 14, 30, 60, 90, 180, 365);
    private static final long DAY_MILLIS = 86_400_000;

    private ExpiryKeys() {}

    static OptionalLong expiryMillis(Instrument contract) {
        return switch (contract) {
            case Instrument.Future future -> OptionalLong.of(future.expiryMillis());
            case Instrument.Option option -> OptionalLong.of(option.expiryMillis());
            case Instrument.Perpetual ignored -> OptionalLong.empty();
            case Instrument.Spot ignored -> OptionalLong.empty();
            case Instrument.LendingClaim ignored -> OptionalLong.empty();
            case Instrument.Debt ignored -> OptionalLong.empty();
            case Instrument.VaultShare ignored -> OptionalLong.empty();
            case Instrument.LiquidityShare ignored -> OptionalLong.empty();
            case Instrument.Basket ignored -> OptionalLong.empty();
        };
    }

    /** The key of a contract at a time; beyond the last key the last. */
    static OptionalInt key(Instrument contract, long timeMillis) {
        OptionalLong expiry = expiryMillis(contract);
        if (expiry.isEmpty()) {
            return OptionalInt.empty();
        }
        long days = Rounding.cdiv(Math.subtractExact(expiry.getAsLong(), timeMillis), DAY_MILLIS);
        return OptionalInt.of(
                DAYS.stream().filter(key -> key >= days).findFirst().orElseGet(DAYS::getLast));
    }
}
