package io.bulwark.api.margincall;

import io.bulwark.api.door.Money;
import io.bulwark.clearing.instrument.ListedVenue;
import io.bulwark.clearing.register.OrderRegister;
import io.bulwark.clearing.register.OrderRegister.End;
import io.bulwark.clearing.register.OrderRegister.Kept;
import io.bulwark.house.epoch.ComputedEpoch;
import io.bulwark.house.margincall.LiquidationOrders;
import io.bulwark.netting.action.Fill;
import io.bulwark.netting.action.LiquidationPlan.Batch;
import io.bulwark.netting.formula.MarginLine.Role;
import io.micronaut.serde.annotation.Serdeable;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/**
 * What would be traded for an account that is liquidated, batch by batch, and what it costs.
 *
 * @param account its number
 * @param name how people call it
 * @param because the call that it follows from, in words
 * @param status proposed, or sent where orders of this epoch went out
 * @param batches in their order; what is neutral goes first
 * @param cost of all, estimated
 * @param restores whether the call is met afterwards
 * @param excess what the account has afterwards beyond what meets the call; below 0 where trading alone does not meet it
 * @param sent everything that was ever sent for the account, the oldest first
 */
@Serdeable
record OrdersAnswer(
        int account,
        String name,
        String because,
        String status,
        List<Planned> batches,
        Money cost,
        boolean restores,
        Money excess,
        List<Sent> sent) {
    /** Copies. */
    public OrdersAnswer {
        batches = List.copyOf(batches);
        sent = List.copyOf(sent);
    }

    /**
     * An order that was sent to a venue.
     *
     * @param epoch of whose plan it is
     * @param does trade, or deposit of what the fund paid
     * @param what market or asset there, of the venue account
     * @param size of the underlying, below 0 sold; of the asset
     * @param limit of all of it, USD: the least that a sale brings, the most that a purchase costs; what is paid in
     * @param transaction on which chain, and its hash
     * @param became traded, reverted, never in a block, or on its way
     */
    @Serdeable
    record Sent(long epoch, String does, String what, String size, String limit, String transaction, String became) {
        /** What became of an order. */
        static Sent of(Kept kept) {
            OrderRegister.Order order = kept.order();
            return new Sent(
                    order.epoch(),
                    order.kind().name().toLowerCase(Locale.ROOT),
                    order.symbol() + " of " + order.at().address(),
                    order.size().toString(),
                    order.limit().toString(),
                    order.transaction() + " on chain " + order.chain(),
                    became(kept));
        }

        private static String became(Kept kept) {
            if (kept.end().isEmpty()) {
                return "on its way";
            }
            End end = kept.end().get();
            return end.block().isEmpty()
                    ? "in no block, and in none to come"
                    : (end.done() ? "done" : "reverted") + " in block "
                            + end.block().getAsLong();
        }

        /** For people who know the epoch. */
        String text() {
            return does + " " + size + " " + what + ", limit " + limit + " USD: " + became + ", " + transaction;
        }
    }

    /**
     * One batch.
     *
     * @param number from 1
     * @param orders that go out together
     * @param neutral whether it leaves the account no more exposed to prices than it was
     * @param cost at the far end of the price band, and what it moves the market by the table's charge
     * @param excess what the account has afterwards beyond what meets the call
     */
    @Serdeable
    public record Planned(int number, List<Order> orders, boolean neutral, Money cost, Money excess) {
        /** Copies. */
        public Planned {
            orders = List.copyOf(orders);
        }
    }

    /**
     * One order.
     *
     * @param venue that it goes to; empty in a house whose tables do not say where entries stand
     * @param side buy, sell or repay
     * @param what instrument or asset, as the table has it
     * @param lots of it, above 0
     * @param least the least that it may bring, below 0 the most that it may cost
     */
    @Serdeable
    public record Order(String venue, String side, String what, long lots, Money least) {}

    static OrdersAnswer of(ComputedEpoch epoch, LiquidationOrders orders, List<Kept> sent) {
        List<Batch> batches = orders.plan().batches();
        return new OrdersAnswer(
                orders.account().number(),
                orders.account().name(),
                MarginCallsAnswer.Call.of(epoch, orders.call()).text(),
                sent.stream().anyMatch(kept -> kept.order().epoch() == epoch.number()) ? "sent" : "proposed",
                IntStream.range(0, batches.size())
                        .mapToObj(i -> planned(epoch, i + 1, batches.get(i)))
                        .toList(),
                Money.of(orders.plan().cost()),
                orders.plan().restores(),
                Money.of(orders.plan().excess()),
                sent.stream().map(Sent::of).toList());
    }

    private static Planned planned(ComputedEpoch epoch, int number, Batch batch) {
        return new Planned(
                number,
                batch.fills().stream().map(fill -> order(epoch, fill)).toList(),
                batch.isNeutral(),
                Money.of(batch.cost()),
                Money.of(batch.excess()));
    }

    private static Order order(ComputedEpoch epoch, Fill fill) {
        int number = fill.entry().number();
        String what = fill.role() == Role.POSITION
                ? epoch.table().instrument(number).orElseThrow().id()
                : epoch.table().asset(number).orElseThrow().id();
        String side = fill.role() == Role.DEBT ? "repay" : fill.entry().lots() > 0 ? "buy" : "sell";
        return new Order(
                LiquidationOrders.venue(epoch, fill).map(ListedVenue::name).orElse(""),
                side,
                what,
                Math.absExact(fill.entry().lots()),
                Money.of(fill.cash()));
    }
}
