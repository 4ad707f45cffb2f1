package io.bulwark.insurance.vault;

import java.time.Instant;

/**
 * What a review asked of one payer beyond what was in the fund and called already. Amounts in u = 10⁻⁴ USD, times are those of epochs
 * and receipts.
 *
 * @param epoch of the review
 * @param due when it must be there
 * @param amount what is called; a later review that asks less takes it down, never below what was received
 * @param received of it
 * @param returned of what was received
 * @param last when the last of what was received came; the epoch of UTC while nothing was
 */
public record ContributionCall(long epoch, Instant due, long amount, long received, long returned, Instant last) {
    /** Checks that nothing is more than what it is a part of. */
    public ContributionCall {
        if (amount < received || received < returned || returned < 0) {
            throw new IllegalArgumentException(
                    "a call must be at least what was received, and that at least what was returned; have " + amount
                            + ", " + received + ", " + returned);
        }
    }

    /** Where a call stands. */
    public enum State {
        /** Nothing came, and it is not due. */
        CALLED("called"),
        /** Some of it came, and it is not due. */
        PARTLY_RECEIVED("partly received"),
        /** All of it came. */
        RECEIVED("received"),
        /** It is due, and some of it is missing. */
        OVERDUE("overdue"),
        /** All that came went back. */
        RETURNED("returned");

        private final String words;

        State(String words) {
            this.words = words;
        }

        /** For people. */
        public String words() {
            return words;
        }
    }

    /** What is called and did not come. */
    public long missing() {
        return amount - received;
    }

    /** Where it stands at a time. */
    public State state(Instant now) {
        if (missing() > 0) {
            if (now.isAfter(due)) {
                return State.OVERDUE;
            }
            return received > 0 ? State.PARTLY_RECEIVED : State.CALLED;
        }
        return received > 0 && returned == received ? State.RETURNED : State.RECEIVED;
    }

    /** Whether some of it came after it was due. */
    public boolean isLate() {
        return last.isAfter(due);
    }

    ContributionCall with(long more, Instant at) {
        return new ContributionCall(
                epoch, due, amount, Math.addExact(received, more), returned, at.isAfter(last) ? at : last);
    }

    ContributionCall less(long taken) {
        return new ContributionCall(epoch, due, amount - taken, received, returned, last);
    }

    ContributionCall back(long more) {
        return new ContributionCall(epoch, due, amount, received, returned + more, last);
    }
}
