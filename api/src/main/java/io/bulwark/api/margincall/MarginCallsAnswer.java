package io.bulwark.api.margincall;

import io.bulwark.api.door.Money;
import io.bulwark.house.epoch.AccountLine;
import io.bulwark.house.epoch.ComputedEpoch;
import io.bulwark.insurance.margincall.CallRecord;
import io.bulwark.insurance.margincall.CallRecord.MarginCall;
import io.micronaut.serde.annotation.Serdeable;
import java.time.Instant;
import java.util.List;
import java.util.function.IntPredicate;

/**
 * The margin calls of an epoch: those that stand, and those that were met in it. They follow from the calls of the epoch before and this
 * epoch's own margins; the next epoch seals them.
 *
 * @param epoch its number
 * @param time ISO 8601, UTC: what is due is due by epochs' times and by no clock
 * @param calls by account
 */
@Serdeable
record MarginCallsAnswer(long epoch, String time, List<Call> calls) {
    /** Copies. */
    public MarginCallsAnswer {
        calls = List.copyOf(calls);
    }

    /**
     * One call.
     *
     * @param account its number
     * @param name how people call it
     * @param opened ISO 8601: the time of the epoch in which it was called
     * @param due ISO 8601
     * @param extendedHours by how much longer than others governance lets it run (call.extension.account-N); 0: it does not
     * @param called the most that was ever missing while it stood
     * @param missing what is missing now until it is met: E − IM − Buffer at least the governed clearance (call.clearance of IM)
     * @param stage running, met or failed
     * @param liquidates whether the account is to be liquidated until it is met
     * @param text in words
     */
    @Serdeable
    public record Call(
            int account,
            String name,
            String opened,
            String due,
            int extendedHours,
            Money called,
            Money missing,
            String stage,
            boolean liquidates,
            String text) {
        static Call of(ComputedEpoch epoch, MarginCall call) {
            String name = epoch.account(call.account()).map(AccountLine::name).orElse("account " + call.account());
            int extended = Math.toIntExact(CallRecord.extension(call.account(), epoch.parameters()));
            return new Call(
                    call.account(),
                    name,
                    call.opened().toString(),
                    call.due().toString(),
                    extended,
                    Money.of(call.called()),
                    Money.of(call.missing()),
                    call.stage().word(),
                    call.liquidates(),
                    text(name, call, extended));
        }

        private static String text(String name, MarginCall call, int extended) {
            return switch (call.stage()) {
                case MET -> name + " met its call of " + call.opened();
                case FAILED ->
                    name + " failed its call of " + call.opened() + ", due " + call.due() + ": "
                            + Money.of(call.missing()) + " USD are missing, and it is liquidated";
                case RUNNING ->
                    name + " was called on " + call.opened() + ": " + Money.of(call.missing())
                            + " USD are missing, due " + call.due()
                            + (extended > 0 ? ", extended by " + extended + " hours" : "")
                            + (call.liquidates() ? "; it fell below maintenance margin and is liquidated" : "");
            };
        }
    }

    static MarginCallsAnswer of(ComputedEpoch epoch) {
        return of(epoch, account -> true);
    }

    static MarginCallsAnswer of(ComputedEpoch epoch, IntPredicate shown) {
        return new MarginCallsAnswer(
                epoch.number(),
                Instant.ofEpochMilli(epoch.timeMillis()).toString(),
                epoch.calls().calls().values().stream()
                        .filter(call -> shown.test(call.account()))
                        .map(call -> Call.of(epoch, call))
                        .toList());
    }
}
