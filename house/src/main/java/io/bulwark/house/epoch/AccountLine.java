package io.bulwark.house.epoch;

import io.bulwark.clearing.instrument.ListedVenue.ConnectionMode;
import io.bulwark.clearing.ledger.SupersededSnapshots.Superseding;
import io.bulwark.netting.buffer.HouseBuffer;
import io.bulwark.netting.comparison.VenueByVenue.EquityByMode;
import io.bulwark.netting.margin.HedgingBenefit;
import io.bulwark.netting.margin.MarginStatement;
import io.bulwark.netting.portfolio.MarginAccount;
import io.bulwark.netting.portfolio.Origin;
import io.bulwark.netting.portfolio.Portfolio;
import io.bulwark.netting.risktable.RiskTable;
import io.bulwark.prover.binding.FieldElement;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * One account of an epoch.
 *
 * @param number the account's number
 * @param name how people call it
 * @param venues names of the venues that it spans, in listing order
 * @param lots what it holds, in lots
 * @param origins where every lot comes from
 * @param standings what each venue counts of its part of the account
 * @param modes how much of its equity stands behind connections of each mode; of an account without a margin nothing
 * @param margin its margin, or why it has none
 * @param restricted whether a missing or old snapshot keeps it from opening, increasing, withdrawing and borrowing
 * @param superseded snapshots of its venue accounts that the quorum superseded, in order: none of them counts
 * @param leaf its leaf in the account tree
 */
public record AccountLine(
        int number,
        String name,
        List<String> venues,
        MarginAccount lots,
        List<Origin> origins,
        List<Portfolio.Standing> standings,
        EquityByMode modes,
        AccountMargin margin,
        boolean restricted,
        List<Superseding> superseded,
        FieldElement leaf) {
    /** Copies the lists. */
    public AccountLine {
        venues = List.copyOf(venues);
        origins = List.copyOf(origins);
        standings = List.copyOf(standings);
        superseded = List.copyOf(superseded);
    }

    /**
     * The same if it held something else; where its lots come from is not known then, and what stands behind its connections is as booked.
     */
    AccountLine holding(MarginAccount other, MarginStatement statement) {
        AccountMargin stated = switch (margin) {
            case AccountMargin.Stated(MarginStatement ignored, HedgingBenefit hedging) ->
                new AccountMargin.Stated(statement, hedging);
            case AccountMargin.Without without -> without;
        };
        return new AccountLine(
                number, name, venues, other, List.of(), List.of(), modes, stated, restricted, superseded, leaf);
    }

    /** The same with so much more of its equity in the house's custody, u: for questions, never sealed. */
    public AccountLine withCustody(long cash) {
        Map<ConnectionMode, Long> more = new EnumMap<>(modes.modes());
        more.merge(ConnectionMode.CUSTODIED, cash, Math::addExact);
        return new AccountLine(
                number,
                name,
                venues,
                lots,
                origins,
                standings,
                new EquityByMode(more),
                margin,
                restricted,
                superseded,
                leaf);
    }

    /** The same in a house that publishes a contagion buffer: its state looks at both. */
    AccountLine beside(HouseBuffer buffer, RiskTable table) {
        AccountMargin stated = switch (margin) {
            case AccountMargin.Stated(MarginStatement statement, HedgingBenefit hedging) ->
                new AccountMargin.Stated(buffer.stated(statement, table), hedging);
            case AccountMargin.Without without -> without;
        };
        return new AccountLine(
                number, name, venues, lots, origins, standings, modes, stated, restricted, superseded, leaf);
    }
}
