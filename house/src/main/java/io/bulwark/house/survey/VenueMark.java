package io.bulwark.house.survey;

import io.bulwark.clearing.account.VenueAccount;
import io.bulwark.clearing.document.Refusal;
import io.bulwark.clearing.ledger.AcceptedSnapshot;
import io.bulwark.house.founding.FoundingFile;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * A venue account (or a whole venue, under its market) of which a round has nothing new: the last accepted snapshot stands and ages. What it is good for fades by the
 * venue's age limit, what it owes stands.
 *
 * @param account whose
 * @param venue the venue's name in the listing
 * @param reason why, for people
 * @param refusal field, value and rule, if an answer came and is not believed
 * @param ageMillis the newest horizon that the house knows less that of the last accepted snapshot, the oldest of a whole venue; empty if none was ever accepted
 */
public record VenueMark(
        VenueAccount account, String venue, String reason, Optional<Refusal> refusal, OptionalLong ageMillis) {
    private static final double MILLIS_PER_SECOND = 1_000;

    /**
     * Whoever a round has nothing new of.
     *
     * @param survey the round
     * @param file what the answers mean
     * @param accepted what the books hold
     */
    public static List<VenueMark> of(VenueSurvey survey, FoundingFile file, List<AcceptedSnapshot> accepted) {
        return VenueMarks.of(survey, file, accepted);
    }

    /** Whether an answer came and is not believed; otherwise none came. */
    public boolean refused() {
        return refusal.isPresent();
    }

    /** One line. */
    public String text() {
        String what = account.address().equals(VenueAccount.MARKET) ? venue : venue + " account " + account.address();
        String age = ageMillis.isPresent()
                ? "what was accepted last is %.1f s old".formatted(ageMillis.getAsLong() / MILLIS_PER_SECOND)
                : "nothing was ever accepted";
        return what + (refused() ? " refused: " : " degraded: ") + reason + "; " + age;
    }
}
