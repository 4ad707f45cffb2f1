package io.bulwark.api.history;

import io.bulwark.api.door.Money;
import io.bulwark.clearing.register.AccountStatement;
import io.bulwark.clearing.register.EpochRegister.EpochRecord;
import io.bulwark.house.House;
import io.micronaut.serde.annotation.Serdeable;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The margin of an account as epochs sealed it.
 *
 * @param account its number
 * @param points the oldest first; epochs from before the account was booked are left out
 */
@Serdeable
record AccountHistory(int account, List<Point> points) {
    /** Copies. */
    public AccountHistory {
        points = List.copyOf(points);
    }

    /**
     * One epoch.
     *
     * @param epoch its number
     * @param time ISO 8601, UTC
     * @param state open, call or liquidation; why it has no margin where it has none
     * @param initialMargin as sealed and proved; absent where it has no margin
     * @param maintenanceMargin the same
     * @param equity the same
     */
    @Serdeable
    record Point(
            long epoch,
            String time,
            String state,

            @Schema(requiredMode = Schema.RequiredMode.NOT_REQUIRED)
            Optional<Money> initialMargin,

            @Schema(requiredMode = Schema.RequiredMode.NOT_REQUIRED)
            Optional<Money> maintenanceMargin,

            @Schema(requiredMode = Schema.RequiredMode.NOT_REQUIRED)
            Optional<Money> equity) {
        private static Point of(EpochRecord record, AccountStatement statement) {
            long epoch = record.sealed().epoch().number();
            String time =
                    Instant.ofEpochMilli(record.inputs().epochTimeMillis()).toString();
            return switch (statement) {
                case AccountStatement.Margined m ->
                    new Point(
                            epoch,
                            time,
                            m.state(),
                            Optional.of(Money.of(m.initialMargin())),
                            Optional.of(Money.of(m.maintenanceMargin())),
                            Optional.of(Money.of(m.equity())));
                case AccountStatement.Unmargined u ->
                    new Point(epoch, time, u.reason(), Optional.empty(), Optional.empty(), Optional.empty());
            };
        }
    }

    /**
     * Of the newest epochs.
     *
     * @param before of lower numbers than this
     * @param most how many at the most
     */
    static AccountHistory of(House house, int account, long before, int most) {
        return new AccountHistory(
                account,
                house.archive().sealed(before - 1, most).reversed().stream()
                        .flatMap(record -> house
                                .epochs()
                                .statement(record.sealed().epoch().number(), account)
                                .stream()
                                .map(statement -> Point.of(record, statement)))
                        .toList());
    }
}
