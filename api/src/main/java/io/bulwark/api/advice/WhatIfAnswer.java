package io.bulwark.api.advice;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.bulwark.api.account.AccountRequest;
import io.bulwark.api.account.EpochView;
import io.bulwark.api.account.Figures;
import io.bulwark.api.account.MarginAnswer;
import io.bulwark.api.door.JsonFields;
import io.bulwark.api.door.Money;
import io.bulwark.clearing.document.BadInput;
import io.bulwark.house.fund.AdmissionLimit;
import io.bulwark.netting.margin.AccountChange;
import io.bulwark.netting.margin.MarginResult;
import io.bulwark.netting.portfolio.MarginAccount;
import io.bulwark.netting.risktable.RiskTable;
import io.micronaut.json.JsonMapper;
import io.micronaut.serde.annotation.Serdeable;
import io.swagger.v3.oas.annotations.media.Schema;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.Optional;

/**
 * Base portfolio plus changes gives margin: what a trade, a deposit or a withdrawal would do. Nothing is booked.
 *
 * @param before margin of the base
 * @param after margin of the base with the changes
 * @param change after − before
 * @param beyond where the changed account would force more into the market than a contagion vector at its bound covers: an action that opens or takes out waits until
 *     there is room; absent where it would not, and where the house publishes no contagion buffer
 * @param called the margin call of a booked account that is not met: until it is, what opens or takes out waits, whatever its state is now;
 *     absent where it has none
 * @param fund what the fund would ask of the member behind a booked account, beside what it has; absent for a portfolio and where
 *     only a table is known
 */
@Serdeable
public record WhatIfAnswer(
        MarginAnswer before,
        MarginAnswer after,
        Difference change,

        @Schema(requiredMode = Schema.RequiredMode.NOT_REQUIRED)
        Optional<String> beyond,

        @Schema(requiredMode = Schema.RequiredMode.NOT_REQUIRED)
        Optional<String> called,

        @Schema(requiredMode = Schema.RequiredMode.NOT_REQUIRED)
        Optional<Admission> fund) {
    private static final byte[] BEFORE = "{\"before\":".getBytes(UTF_8);

    /**
     * When what costs more than the margin itself is told: the fund, sized again for each of a score of parts of a change, and each entry
     * alone.
     */
    public enum Detail {
        /** Whoever asks on the house's own machine keeps nobody waiting. */
        ALWAYS,
        /** Only where the request's fields {@code fund} and {@code hedging} say so. */
        WHERE_ASKED
    }

    /**
     * What the fund would ask of a member, and how much more it may take.
     *
     * @param member who stands behind the account
     * @param before what the fund asks of it now
     * @param after what it would ask after the changes
     * @param means what the member would have: received of it, and equity of its accounts beyond what they must hold
     * @param mostPpm how much of the changes leaves the demand within the means, ppm, at most sixteen times; absent where none does
     * @param stopped why it is not opened, by name; absent where the fund does not stop it
     */
    @Serdeable
    public record Admission(
            String member,
            Money before,
            Money after,
            Money means,

            @Schema(requiredMode = Schema.RequiredMode.NOT_REQUIRED)
            Optional<Long> mostPpm,

            @Schema(requiredMode = Schema.RequiredMode.NOT_REQUIRED)
            Optional<String> stopped) {
        private static Admission of(AdmissionLimit limit) {
            return new Admission(
                    limit.member(),
                    Money.of(limit.before()),
                    Money.of(limit.after()),
                    Money.of(limit.means()),
                    limit.mostPpm().stream().boxed().findFirst(),
                    limit.stopped());
        }
    }

    /**
     * After − before.
     *
     * @param initialMargin of IM
     * @param maintenanceMargin of MM
     * @param equity of E
     * @param excessInitial of E − IM
     * @param buffer of the contagion buffer; absent where the house publishes none
     */
    @Serdeable
    public record Difference(
            Money initialMargin,
            Money maintenanceMargin,
            Money equity,
            Money excessInitial,

            @Schema(requiredMode = Schema.RequiredMode.NOT_REQUIRED)
            Optional<Money> buffer) {
        private static Difference between(MarginAnswer from, MarginAnswer to) {
            Figures before = from.asBooked();
            Figures after = to.asBooked();
            return new Difference(
                    minus(after.initialMargin(), before.initialMargin()),
                    minus(after.maintenanceMargin(), before.maintenanceMargin()),
                    minus(after.equity(), before.equity()),
                    minus(after.excessInitial(), before.excessInitial()),
                    to.buffer().flatMap(then -> from.buffer().map(now -> minus(then.buffer(), now.buffer()))));
        }

        private static Money minus(Money after, Money before) {
            return Money.of(Math.subtractExact(after.u(), before.u()));
        }
    }

    /** The answer less what it starts from, in the same order. */
    @Serdeable
    record Rest(
            MarginAnswer after,
            Difference change,
            Optional<String> beyond,
            Optional<String> called,
            Optional<Admission> fund) {}

    /** What changes start from, as it stands in {@link #written}: members ask about one account again and again. */
    byte[] writtenBefore(JsonMapper json) {
        return bytes(json, before);
    }

    /** The answer as JSON: the bytes that a writer of the whole would give. */
    byte[] written(JsonMapper json, byte[] writtenBefore) {
        byte[] rest = bytes(json, new Rest(after, change, beyond, called, fund));
        return ByteBuffer.allocate(BEFORE.length + writtenBefore.length + rest.length)
                .put(BEFORE)
                .put(writtenBefore)
                .put((byte) ',')
                .put(rest, 1, rest.length - 1)
                .array();
    }

    private static byte[] bytes(JsonMapper json, Object part) {
        try {
            return json.writeValueAsBytes(part);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Answers one what-if.
     *
     * @param asked {@code {account | portfolio, changes, fund, hedging}}
     * @param view the table to compute with, and the accounts that may be named
     * @param detail when the fund and each entry alone are told
     * @throws BadInput naming field, value and rule
     */
    public static WhatIfAnswer of(JsonFields asked, EpochView view, Detail detail) {
        return of(asked, view, detail, Start::of);
    }

    /**
     * What changes start from.
     *
     * @param before the margin of what is changed
     * @param view about it
     */
    record Start(MarginAnswer before, EpochView view) {
        static Start of(MarginAccount base, boolean hedged, EpochView about) {
            return new Start(MarginAnswer.before(base, hedged, about), about);
        }
    }

    /** Where changes start. */
    interface Starts {
        /** Of what is changed. */
        Start of(MarginAccount base, boolean hedged, EpochView about);
    }

    static WhatIfAnswer of(JsonFields asked, EpochView view, Detail detail, Starts starts) {
        RiskTable table = view.table();
        MarginAccount base = AccountRequest.account(asked, view);
        AccountChange change = Changes.read(asked, table, base);
        boolean always = detail == Detail.ALWAYS;
        boolean sized = asked.flag("fund") || always;
        boolean hedged = asked.flag("hedging") || always;
        asked.nothingElse();
        MarginResult changed = change.evaluate(table, base);
        Start start = starts.of(base, hedged, AccountRequest.view(asked, view));
        MarginAnswer.Changed after = MarginAnswer.after(changed, hedged, start.view());
        return new WhatIfAnswer(
                start.before(),
                after.answer(),
                Difference.between(start.before(), after.answer()),
                after.beyond(),
                start.view()
                        .call()
                        .map(call -> "called on " + call.opened() + ", due " + call.due() + ": "
                                + Money.of(call.missing())
                                + " USD are missing; until they are there what opens or takes out waits"),
                sized ? start.view().admission(ppm -> scaled(change, ppm, base)).map(Admission::of) : Optional.empty());
    }

    /** The account after a part of the changes, or more than all of them; empty where that leaves a range. */
    private static Optional<MarginAccount> scaled(AccountChange change, long ppm, MarginAccount base) {
        try {
            return Optional.of(change.times(ppm).applyTo(base));
        } catch (ArithmeticException | IllegalArgumentException tooLarge) {
            return Optional.empty();
        }
    }
}
