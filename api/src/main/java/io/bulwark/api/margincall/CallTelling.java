package io.bulwark.api.margincall;

import io.bulwark.clearing.register.OrderRegister;
import io.bulwark.house.House;
import io.bulwark.house.epoch.ComputedEpoch;
import io.bulwark.house.margincall.LiquidationOrders;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Calls and orders as people read them. */
public final class CallTelling {
    private CallTelling() {}

    /** Every call of an epoch in a line, with the orders of who is liquidated below it. */
    public static List<String> lines(House house, ComputedEpoch epoch) {
        List<String> lines = new ArrayList<>();
        for (MarginCallsAnswer.Call call : MarginCallsAnswer.of(epoch).calls()) {
            LiquidationOrders.of(epoch, call.account())
                    .map(orders ->
                            lines(OrdersAnswer.of(epoch, orders, house.orders().of(call.account()))))
                    .ifPresentOrElse(lines::addAll, () -> lines.add(call.text()));
        }
        return lines;
    }

    /** What was sent to a venue, and what became of it. */
    public static String sent(OrderRegister.Kept kept) {
        return OrdersAnswer.Sent.of(kept).text();
    }

    static List<String> lines(OrdersAnswer answer) {
        List<String> lines = new ArrayList<>(List.of(answer.because()));
        for (OrdersAnswer.Planned batch : answer.batches()) {
            lines.add(String.format(
                    Locale.ROOT,
                    "  %2d  %-64s cost %12s, then %14s USD beyond what meets the call%s",
                    batch.number(),
                    batch.orders().stream().map(CallTelling::words).collect(Collectors.joining(" and ")),
                    batch.cost(),
                    batch.excess(),
                    batch.neutral() ? "" : ", more exposed"));
        }
        answer.sent().forEach(sent -> lines.add("  " + sent.text()));
        lines.add("  " + answer.status() + " in " + answer.batches().size() + " batches, which cost " + answer.cost()
                + " USD: "
                + (answer.restores()
                        ? "the call is met afterwards"
                        : "trading alone does not meet the call, " + answer.excess() + " USD beyond it"));
        return lines;
    }

    private static String words(OrdersAnswer.Order order) {
        boolean told = order.venue().isEmpty() || order.what().contains(order.venue());
        return order.side() + " " + order.lots() + " lots of " + order.what() + (told ? "" : " at " + order.venue());
    }
}
