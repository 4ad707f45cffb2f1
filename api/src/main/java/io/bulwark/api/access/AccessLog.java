package io.bulwark.api.access;

import io.bulwark.api.door.Caller.Page;
import io.bulwark.api.door.JsonFields;
import io.bulwark.clearing.access.OversightRegister;
import io.bulwark.clearing.access.OversightRegister.HoldAct;
import io.bulwark.clearing.access.OversightRegister.Look;
import io.micronaut.serde.annotation.Serdeable;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

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
        static ConsentLine of(OversightRegister.Given given) {
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

    /**
     * How far each list was given.
     *
     * @param consents number of the last consent
     * @param holds how many acts of holds there are up to the last
     * @param looks number of the last look
     */
    record Given(int consents, int holds, int looks) {
        private static final int DIGITS = Page.place(0).length();

        /** The beginning, but for looks before one. */
        static Given from(int look) {
            return new Given(0, 0, look - 1);
        }

        /** What a place of {@link #place} says. */
        static Given of(String place) {
            return new Given(
                    Integer.parseInt(place.substring(0, DIGITS)),
                    Integer.parseInt(place.substring(DIGITS, 2 * DIGITS)),
                    Integer.parseInt(place.substring(2 * DIGITS)));
        }

        String place() {
            return Page.place(consents) + Page.place(holds) + Page.place(looks);
        }
    }

    /**
     * A part of the log.
     *
     * @param last how far it goes; empty if there is no more
     */
    record Part(AccessLog log, Optional<Given> last) {}

    /**
     * What follows.
     *
     * @param given how far it was given
     * @param most lines of each kind
     * @param accounts of which; empty: of all
     */
    static Part after(OversightRegister oversight, Given given, int most, Optional<Set<Integer>> accounts) {
        IntPredicate shown = account -> accounts.isEmpty() || accounts.get().contains(account);
        List<OversightRegister.Given> consents = oversight.consents().stream()
                .filter(consent -> consent.number() > given.consents() && shown.test(consent.account()))
                .limit(most + 1L)
                .toList();
        List<HoldAct> acts = oversight.holds();
        List<Integer> holds = IntStream.range(given.holds(), acts.size())
                .filter(act -> shown.test(acts.get(act).account()))
                .limit(most + 1L)
                .boxed()
                .toList();
        List<Look> looks = oversight.looks(accounts, given.looks() + 1, most + 1);
        AccessLog log = new AccessLog(
                consents.stream().limit(most).map(ConsentLine::of).toList(),
                holds.stream().limit(most).map(acts::get).map(HoldLine::of).toList(),
                looks.stream().limit(most).map(LookLine::of).toList());
        boolean more = Math.max(consents.size(), Math.max(holds.size(), looks.size())) > most;
        return new Part(
                log,
                more
                        ? Optional.of(new Given(
                                log.consents.isEmpty()
                                        ? given.consents()
                                        : log.consents.getLast().number(),
                                log.holds.isEmpty() ? given.holds() : holds.get(log.holds.size() - 1) + 1,
                                log.looks.isEmpty()
                                        ? given.looks()
                                        : log.looks.getLast().number()))
                        : Optional.empty());
    }

    /** The last act of a hold. */
    static HoldLine hold(OversightRegister oversight, int hold) {
        return HoldLine.of(oversight.holds().stream()
                .filter(act -> act.hold() == hold)
                .toList()
                .getLast());
    }
}
