package io.bulwark.house.margincall;

import io.bulwark.clearing.instrument.ListedVenue;
import io.bulwark.house.epoch.AccountLine;
import io.bulwark.house.epoch.ComputedEpoch;
import io.bulwark.insurance.liquidation.LiquidationParameters;
import io.bulwark.insurance.margincall.CallParameters;
import io.bulwark.insurance.margincall.CallRecord.MarginCall;
import io.bulwark.netting.action.ActionTable;
import io.bulwark.netting.action.BufferedAccount;
import io.bulwark.netting.action.Fill;
import io.bulwark.netting.action.LiquidationPlan;
import io.bulwark.netting.action.TableAge;
import io.bulwark.netting.margin.MarginStatement;
import io.bulwark.netting.placement.Placement;
import io.bulwark.netting.placement.Placement.Place;
import java.util.Map;
import java.util.Optional;

/**
 * The orders that would bring an account back to where its call is met. They are proposed: a connection of this house reads a venue and
 * does not trade there.
 *
 * @param account whose they are
 * @param call why
 * @param plan the trades, batch by batch
 */
public record LiquidationOrders(AccountLine account, MarginCall call, LiquidationPlan plan) {
    /**
     * Of an account that is to be liquidated; empty for every other, whose owner has the call period.
     *
     * @param number of the account
     */
    public static Optional<LiquidationOrders> of(ComputedEpoch epoch, int number) {
        return epoch.calls()
                .of(number)
                .filter(MarginCall::liquidates)
                .flatMap(call -> epoch.account(number)
                        .flatMap(line -> line.margin()
                                .stated()
                                .map(stated -> new LiquidationOrders(line, call, plan(epoch, line, stated)))));
    }

    /** From the allocation that counts: it is booked before a liquidation trades. */
    private static LiquidationPlan plan(ComputedEpoch epoch, AccountLine line, MarginStatement stated) {
        ActionTable rules = new ActionTable(
                epoch.table(),
                TableAge.fresh(epoch.parameters()),
                Map.of(),
                epoch.buffer().map(buffer -> new BufferedAccount(buffer, Integer.toString(line.number()))));
        return LiquidationPlan.of(
                rules,
                stated.house().counting().account(),
                epoch.parameters().value(CallParameters.CLEARANCE),
                Math.toIntExact(epoch.parameters().value(LiquidationParameters.SLICES)));
    }

    /** The venue that a trade goes to; empty in a house whose tables do not say where entries stand. */
    public static Optional<ListedVenue> venue(ComputedEpoch epoch, Fill fill) {
        int number = fill.entry().number();
        int place = switch (fill.role()) {
            case POSITION -> epoch.table().instrument(number).orElseThrow().venue();
            case COLLATERAL, DEBT -> epoch.table().asset(number).orElseThrow().venue();
        };
        return epoch.market()
                .placement()
                .map(Placement::places)
                .filter(places -> place > 0 && place <= places.size())
                .map(places -> places.get(place - 1))
                .map(Place::venue)
                .map(venue -> epoch.market().listing().venue(venue));
    }
}
