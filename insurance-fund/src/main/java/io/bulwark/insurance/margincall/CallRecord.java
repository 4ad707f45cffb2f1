package io.bulwark.insurance.margincall;

import static io.bulwark.clearing.document.CanonicalValue.array;
import static io.bulwark.clearing.document.CanonicalValue.bit;
import static io.bulwark.clearing.document.CanonicalValue.integer;
import static io.bulwark.clearing.document.CanonicalValue.text;

import io.bulwark.clearing.document.CanonicalException;
import io.bulwark.clearing.document.CanonicalFields;
import io.bulwark.clearing.document.CanonicalValue;
import io.bulwark.clearing.document.Digest;
import io.bulwark.clearing.governance.ParameterSet;
import io.bulwark.clearing.money.Ppm;
import io.bulwark.insurance.margincall.CallRecord.MarginCall.Stage;
import io.bulwark.netting.margin.AccountState;
import io.bulwark.netting.margin.MarginStatement;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The calls of an epoch, {@code call-record.cddl}: those that stand, and those that were met in it. The next epoch seals it.
 *
 * @param epoch its number
 * @param time its time
 * @param calls by account
 */
public record CallRecord(long epoch, Instant time, SortedMap<Integer, MarginCall> calls) {
    private static final String SCHEMA = "bulwark-call-record";

    /** Copies; a call stands under its own account. */
    public CallRecord {
        calls = Collections.unmodifiableSortedMap(new TreeMap<>(calls));
        calls.forEach((account, call) -> {
            if (call.account() != account) {
                throw new IllegalArgumentException("the call of account " + account + " must be its own; have " + call);
            }
        });
    }

    /**
     * Where an account stands in an epoch.
     *
     * @param state after house allocation
     * @param excess E − IM − Buffer of the candidate that counts, u
     * @param initialMargin of that candidate, u
     */
    record Standing(AccountState state, long excess, long initialMargin) {
        /** Of a statement. */
        static Standing of(MarginStatement statement) {
            return new Standing(
                    statement.state(),
                    statement.house().excess(),
                    statement.house().counting().requirement().initialMargin());
        }

        /** What is missing until a call is met, u; 0 where nothing is. */
        long missing(long clearance) {
            long above = Math.ceilDiv(Math.multiplyExact(initialMargin, clearance), (long) Ppm.ONE);
            return BigInteger.valueOf(above)
                    .subtract(BigInteger.valueOf(excess))
                    .max(BigInteger.ZERO)
                    .longValueExact();
        }
    }

    /**
     * The calls of an epoch.
     *
     * @param before those of the epoch before; empty in the first
     * @param statements of every account that has a margin, by number; of one that has none the clock runs on
     */
    public static CallRecord next(
            Optional<CallRecord> before,
            long epoch,
            Instant time,
            Map<Integer, MarginStatement> statements,
            ParameterSet parameters) {
        TreeMap<Integer, Standing> standings = new TreeMap<>();
        statements.forEach((account, statement) -> standings.put(account, Standing.of(statement)));
        return after(before, epoch, time, standings, parameters);
    }

    static CallRecord after(
            Optional<CallRecord> before,
            long epoch,
            Instant time,
            Map<Integer, Standing> standings,
            ParameterSet parameters) {
        TreeMap<Integer, MarginCall> calls = new TreeMap<>();
        before.ifPresent(known -> known.standing().forEach((account, call) -> {
            Optional<Standing> now = Optional.ofNullable(standings.get(account));
            calls.put(
                    account,
                    (extension(account, parameters) > 0
                                    ? call.extended(call.opened().plus(period(account, parameters)))
                                    : call)
                            .after(
                                    time,
                                    now.map(s -> s.missing(parameters.value(CallParameters.CLEARANCE)))
                                            .orElse(call.missing()),
                                    now.filter(s -> s.state() == AccountState.LIQUIDATION)
                                            .isPresent()));
        }));
        standings.forEach((account, standing) -> {
            if (!calls.containsKey(account) && standing.state() != AccountState.OPEN) {
                calls.put(account, opened(account, standing, time, parameters));
            }
        });
        return new CallRecord(epoch, time, calls);
    }

    private static MarginCall opened(int account, Standing standing, Instant time, ParameterSet parameters) {
        long missing = Math.max(1, standing.missing(parameters.value(CallParameters.CLEARANCE)));
        Instant due = time.plus(period(account, parameters));
        return new MarginCall(
                account, time, due, missing, missing, Stage.RUNNING, standing.state() == AccountState.LIQUIDATION);
    }

    private static Duration period(int account, ParameterSet parameters) {
        return Duration.ofHours(parameters.value(CallParameters.PERIOD)).plusHours(extension(account, parameters));
    }

    /** Hours by which calls of an account run longer than others. */
    public static long extension(int account, ParameterSet parameters) {
        return parameters.value(CallParameters.extensionOf("account-" + account));
    }

    /** Those that are not met. */
    public SortedMap<Integer, MarginCall> standing() {
        TreeMap<Integer, MarginCall> standing = new TreeMap<>(calls);
        standing.values().removeIf(call -> call.stage() == Stage.MET);
        return standing;
    }

    /** The call of an account that is not met. */
    public Optional<MarginCall> of(int account) {
        return Optional.ofNullable(standing().get(account));
    }

    /** The tree of call-record.cddl. */
    public CanonicalValue canonical() {
        return array(
                text(SCHEMA),
                integer(1),
                integer(epoch),
                integer(time.toEpochMilli()),
                array(calls.values().stream()
                        .map(call -> array(
                                integer(call.account()),
                                integer(call.opened().toEpochMilli()),
                                integer(call.due().toEpochMilli()),
                                integer(call.called()),
                                integer(call.missing()),
                                text(call.stage().word()),
                                bit(call.liquidates())))
                        .toList()));
    }

    /** What names it among the documents of the next epoch. */
    public Digest digest() {
        return canonical().sha256();
    }

    /**
     * Reads what {@link #canonical()} wrote.
     *
     * @throws CanonicalException if the value is no record in its one order
     */
    public static CallRecord of(CanonicalValue value) {
        CanonicalFields fields = CanonicalFields.document(value, SCHEMA, 1);
        long epoch = fields.integer("epoch");
        Instant time = Instant.ofEpochMilli(fields.integer("time"));
        TreeMap<Integer, MarginCall> calls = new TreeMap<>();
        fields.list("calls", CallRecord::call).forEach(call -> calls.put(call.account(), call));
        fields.end();
        CallRecord record = new CallRecord(epoch, time, calls);
        if (!record.canonical().equals(value)) {
            throw new CanonicalException("calls", record.digest().hex(), "must list every account once, in order");
        }
        return record;
    }

    private static MarginCall call(CanonicalFields fields) {
        return new MarginCall(
                Math.toIntExact(fields.integer("account", 0, Integer.MAX_VALUE)),
                Instant.ofEpochMilli(fields.integer("opened")),
                Instant.ofEpochMilli(fields.integer("due")),
                fields.integer("called"),
                fields.integer("missing"),
                Stage.valueOf(fields.text("stage").toUpperCase(Locale.ROOT)),
                fields.bit("liquidates"));
    }

    /**
     * What an account is asked to bring, and how long it has. Amounts in u = 10⁻⁴ USD, times are those of epochs, never a clock's.
     *
     * @param account number of the account
     * @param opened time of the epoch in which it was called
     * @param due when what is missing must be there, at the latest
     * @param called the most that was ever missing while it stood, &gt; 0
     * @param missing what is missing now until the call is met; 0 once it is
     * @param stage where it stands
     * @param liquidates whether the account is to be liquidated until the call is met: it fell below maintenance margin, or its time
     *     ran out
     */
    public record MarginCall(
            int account, Instant opened, Instant due, long called, long missing, Stage stage, boolean liquidates) {
        /** Checks ranges. */
        public MarginCall {
            boolean met = stage == Stage.MET;
            if (!due.isAfter(opened) || called < 1 || missing < 0 || met != (missing == 0)) {
                throw new IllegalArgumentException(
                        "a call must be due after it was opened, over more than 0, and met once nothing is missing; have "
                                + opened + ", " + due + ", " + called + ", " + missing + ", "
                                + stage);
            }
        }

        /** Where a call stands. */
        public enum Stage {
            /** Its clock runs. */
            RUNNING,
            /** What was missing is there. */
            MET,
            /** Its time ran out, and something is missing. */
            FAILED;

            /** For people, and as records write it. */
            public String word() {
                return name().toLowerCase(Locale.ROOT);
            }
        }

        /** The call due at the earliest then: who failed does not run again, and no clock is shortened. */
        MarginCall extended(Instant until) {
            return stage == Stage.RUNNING && until.isAfter(due)
                    ? new MarginCall(account, opened, until, called, missing, stage, liquidates)
                    : this;
        }

        /** The call one epoch later, in which so much is missing until it is met. */
        MarginCall after(Instant time, long still, boolean fails) {
            if (still == 0) {
                return new MarginCall(account, opened, due, called, 0, Stage.MET, false);
            }
            boolean late = stage == Stage.FAILED || time.isAfter(due);
            return new MarginCall(
                    account,
                    opened,
                    due,
                    Math.max(called, still),
                    still,
                    late ? Stage.FAILED : Stage.RUNNING,
                    liquidates || late || fails);
        }
    }
}
