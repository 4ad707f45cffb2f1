package io.bulwark.insurance.margincall;

import java.time.Instant;
import java.util.Locale;

/**
 * What an account is asked to bring, and how long it has. Amounts in u = 10⁻⁴ USD, times are those of epochs, never a clock's.
 *
 * @param account number of the account
 * @param epoch in which it was called
 * @param opened time of that epoch
 * @param due when what is missing must be there, at the latest
 * @param called the most that was ever missing while it stood, &gt; 0
 * @param missing what is missing now until the call is met; 0 once it is
 * @param stage where it stands
 * @param liquidates whether the account is to be liquidated until the call is met: it fell below maintenance margin, or its time ran out
 */
public record MarginCall(
        int account,
        long epoch,
        Instant opened,
        Instant due,
        long called,
        long missing,
        Stage stage,
        boolean liquidates) {
    /** Checks ranges. */
    public MarginCall {
        boolean met = stage == Stage.MET;
        if (epoch < 1 || !due.isAfter(opened) || called < 1 || missing < 0 || met != (missing == 0)) {
            throw new IllegalArgumentException(
                    "a call must be of an epoch >= 1, due after it was opened, over more than 0, and met once nothing is missing; have "
                            + epoch + ", " + opened + ", " + due + ", " + called + ", " + missing + ", "
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

    /** The call one epoch later, in which so much is missing until it is met. */
    MarginCall after(Instant time, long still, boolean fails) {
        if (still == 0) {
            return new MarginCall(account, epoch, opened, due, called, 0, Stage.MET, false);
        }
        boolean late = stage == Stage.FAILED || time.isAfter(due);
        return new MarginCall(
                account,
                epoch,
                opened,
                due,
                Math.max(called, still),
                still,
                late ? Stage.FAILED : Stage.RUNNING,
                liquidates || late || fails);
    }
}
