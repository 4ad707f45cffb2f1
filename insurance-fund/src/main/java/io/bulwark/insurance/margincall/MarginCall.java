package io.bulwark.insurance.margincall;

import java.util.Locale;

/**
 * What an account is asked to bring, and how long it has. Amounts in u = 10⁻⁴ USD, times in UTC epoch milliseconds.
 *
 * @param account number of the account
 * @param epoch in which it was called
 * @param openedMillis time of that epoch
 * @param dueMillis when what is missing must be there, at the latest
 * @param called the most that was ever missing while it stood, &gt; 0
 * @param missing what is missing now until the call is met; 0 once it is
 * @param stage where it stands
 * @param liquidates whether the account is to be liquidated until the call is met: it fell below maintenance margin, or its time ran out
 */
public record MarginCall(
        int account,
        long epoch,
        long openedMillis,
        long dueMillis,
        long called,
        long missing,
        Stage stage,
        boolean liquidates) {
    /** Checks ranges. */
    public MarginCall {
        boolean met = stage == Stage.MET;
        if (epoch < 1 || dueMillis <= openedMillis || called < 1 || missing < 0 || met != (missing == 0)) {
            throw new IllegalArgumentException(
                    "a call must be of an epoch >= 1, due after it was opened, over more than 0, and met once nothing is missing; have "
                            + epoch + ", " + openedMillis + ", " + dueMillis + ", " + called + ", " + missing + ", "
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
    MarginCall after(long timeMillis, long still, boolean fails) {
        if (still == 0) {
            return new MarginCall(account, epoch, openedMillis, dueMillis, called, 0, Stage.MET, false);
        }
        boolean late = stage == Stage.FAILED || timeMillis > dueMillis;
        return new MarginCall(
                account,
                epoch,
                openedMillis,
                dueMillis,
                Math.max(called, still),
                still,
                late ? Stage.FAILED : Stage.RUNNING,
                liquidates || late || fails);
    }
}
