package io.bulwark.api.access;

import io.bulwark.api.door.JsonFields;
import io.bulwark.clearing.access.OversightRegister;
import io.bulwark.clearing.access.OversightRegister.Given;
import io.bulwark.clearing.access.OversightRegister.HoldAct;
import io.bulwark.clearing.access.OversightRegister.Look;
import io.micronaut.serde.annotation.Serdeable;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.function.IntPredicate;

/**
 * What is written down of consents, holds and looks.
 *
 * @param consents given and taken back, in this order
 * @param holds their acts, in this order
 * @param looks at accounts that are another's
 */
@Serdeable
record AccessLog(List<ConsentLine> consents, List<HoldLine> holds, List<LookLine> looks) {
    /** Copies. */
    AccessLog {
        consents = List.copyOf(consents);
        holds = List.copyOf(holds);
        looks = List.copyOf(looks);
    }

    /**
     * A consent.
     *
     * @param action give or revoke
     * @param scope margin or positions
     * @param until ISO 8601, UTC
     */
    @Serdeable
    record ConsentLine(int number, String action, int account, String grantee, String scope, String until) {
        static ConsentLine of(Given given) {
            return new ConsentLine(
                    given.number(),
                    given.action().name().toLowerCase(Locale.ROOT),
                    given.account(),
                    given.grantee(),
                    given.scope().name().toLowerCase(Locale.ROOT),
                    given.until().toString());
        }

        String text() {
            return "consent %d: account %d, %s %s to %s until %s"
                    .formatted(number, account, action, scope, grantee, until);
        }
    }

    /**
     * An act of a legal hold.
     *
     * @param act propose, confirm or end
     * @param until ISO 8601, UTC: when the hold ends by itself
     * @param actor who did it, as what
     * @param at ISO 8601, UTC
     */
    @Serdeable
    record HoldLine(
            int hold, String act, int account, String reason, String until, String actor, String role, String at) {
        static HoldLine of(HoldAct act) {
            return new HoldLine(
                    act.hold(),
                    act.act(),
                    act.account(),
                    act.reason(),
                    act.until().toString(),
                    act.actor().name(),
                    act.actor().role().word(),
                    act.at().toString());
        }

        String text() {
            return "hold %d: %s by %s (%s) at %s: account %d until %s, %s"
                    .formatted(hold, act, actor, role, at, account, until, reason);
        }
    }

    /**
     * A look.
     *
     * @param at ISO 8601, UTC
     * @param asked method and path
     * @param ground consent or hold, with its number
     */
    @Serdeable
    record LookLine(int number, String at, String actor, int account, String asked, String ground) {
        static LookLine of(Look look) {
            return new LookLine(
                    look.number(), look.at().toString(), look.actor(), look.account(), look.asked(), look.ground());
        }

        String text() {
            return "look %d: %s at %s: account %d, %s, by %s".formatted(number, actor, at, account, asked, ground);
        }
    }

    /**
     * A hold that is asked for.
     *
     * @param reason in words, 1 to 500 characters
     * @param days how long, 1 to 366
     */
    @Serdeable
    record HoldAsked(int account, String reason, int days) {
        private static final int DAYS_MAX = 366;
        private static final int REASON_MAX = 500;

        static HoldAsked read(JsonFields asked) {
            HoldAsked hold = new HoldAsked(
                    (int) asked.wholeNumber("account", 0, Integer.MAX_VALUE), asked.text("reason", REASON_MAX), (int)
                            asked.wholeNumber("days", 1, DAYS_MAX));
            asked.nothingElse();
            return hold;
        }

        Instant end(Instant now) {
            return now.plus(Duration.ofDays(days));
        }
    }

    static AccessLog of(OversightRegister oversight, int from, int limit, IntPredicate shown) {
        return new AccessLog(
                oversight.consents().stream()
                        .filter(given -> shown.test(given.account()))
                        .map(ConsentLine::of)
                        .toList(),
                oversight.holds().stream()
                        .filter(act -> shown.test(act.account()))
                        .map(HoldLine::of)
                        .toList(),
                oversight.looks(from, limit).stream()
                        .filter(look -> shown.test(look.account()))
                        .map(LookLine::of)
                        .toList());
    }

    /** The last act of a hold. */
    static HoldLine hold(OversightRegister oversight, int hold) {
        return HoldLine.of(oversight.holds().stream()
                .filter(act -> act.hold() == hold)
                .toList()
                .getLast());
    }
}
