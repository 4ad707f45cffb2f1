package io.bulwark.netting.portfolio;

import io.bulwark.clearing.account.VenueAccount;
import io.bulwark.clearing.document.Digest;
import io.bulwark.clearing.money.Amount;
import io.bulwark.clearing.position.VenueStanding.Pocket;

/**
 * Where some lots of an account come from.
 *
 * @param source the venue account
 * @param snapshot identity of its snapshot
 * @param line the line of the account that the lots stand in
 * @param number permanent number of the instrument (also of a fraction's) or asset; 0 for other cash
 * @param rule how the lots follow from the amount
 * @param amount what the venue said: quantity held or owed; for a fraction the quantity left over
 * @param lots signed lots added to the line; u = 10⁻⁴ USD for cash
 */
public record Origin(VenueAccount source, Digest snapshot, Line line, int number, Rule rule, Amount amount, long lots) {

    /** Whether the lots stand in a pocket of their venue account; cash stands in none. */
    public boolean standsIn(Pocket pocket) {
        return switch (line) {
            case CASH -> false;
            case POSITIONS -> pocket.holdsInstrument(number);
            case COLLATERAL, DEBT -> pocket.holdsAsset(number);
        };
    }

    /** A line of the account. */
    public enum Line {
        CASH,
        POSITIONS,
        COLLATERAL,
        DEBT
    }

    /** How lots follow from a venue's amount. */
    public enum Rule {
        /** A quantity held or owed: assets down, debts up, derivatives toward zero. */
        HELD,
        /** What a perpetual or future has gained or lost since the venue settled it last. */
        UNSETTLED,
        /** A component of a basket that is held or owed: the basket is looked through. */
        COMPONENT,
        /** A fraction of a lot that could owe, charged to cash by twice the instrument's bound. */
        FRACTION,
        /** A fraction of a fully paid option, dropped. */
        DROPPED,
        /** The minimum margin, once, for fractions of an account that owes nothing otherwise. */
        MINIMUM,
        /** An asset that counts for nothing: no fresh price, or evidence below its listing. */
        NOT_COUNTED,
        /** A claim that is credited elsewhere: another venue reads it too, or it belongs to those who hold claims on its holder. */
        COUNTED_ELSEWHERE
    }
}
