package io.bulwark.api.margincall;

import io.bulwark.api.chain.ChainSender;
import io.bulwark.api.door.ExitCode;
import io.bulwark.api.door.Printout;
import io.bulwark.api.door.VerbCommand;
import io.bulwark.api.house.OpenHouse;
import io.bulwark.clearing.document.BadInput;
import io.bulwark.house.epoch.ComputedEpoch;
import io.bulwark.house.margincall.LiquidationOrders;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The verbs of margin calls, taken in by the group of accounts. */
@Command(subcommands = {CallVerbs.Calls.class, CallVerbs.Orders.class, CallVerbs.Liquidate.class})
public final class CallVerbs {
    /** Who is called. */
    @Command(
            name = "calls",
            description = {
                "Who is called, since when, until when, and what is missing, by the time of the latest epoch.",
                "Who is below maintenance margin, or whose time ran out, is liquidated: account orders says how."
            })
    static final class Calls extends VerbCommand {
        @Option(names = "--json", description = "Prints the JSON that the API gives.")
        private boolean json;

        @Override
        public Integer call() {
            MarginCallsAnswer answer = OpenHouse.ask(house -> MarginCallsAnswer.of(OpenHouse.epoch(house, null)));
            if (json) {
                new Printout(out()).json(answer);
            } else if (answer.calls().isEmpty()) {
                out().println("Nobody is called in epoch " + answer.epoch() + ".");
            } else {
                answer.calls().forEach(call -> out().println(call.text()));
            }
            return ExitCode.OK;
        }
    }

    /** What would be traded. */
    @Command(
            name = "orders",
            description = {
                "What would be traded for an account that is liquidated, batch by batch, and what it costs.",
                "Each batch is margined again and the rest is planned anew. Nothing is sent: account liquidate does.",
                "Exit code 2: it is not liquidated."
            })
    static final class Orders extends VerbCommand {
        @Option(
                names = "--account",
                required = true,
                paramLabel = "N",
                description = "A booked account, by its number.")
        private int account;

        @Option(names = "--json", description = "Prints the JSON that the API gives.")
        private boolean json;

        @Override
        public Integer call() {
            OrdersAnswer answer = OpenHouse.ask(house -> {
                ComputedEpoch epoch = OpenHouse.epoch(house, null);
                return LiquidationOrders.of(epoch, account)
                        .map(orders ->
                                OrdersAnswer.of(epoch, orders, house.orders().of(account)))
                        .orElseThrow(() -> new BadInput(
                                "--account",
                                String.valueOf(account),
                                "must be liquidated in epoch " + epoch.number() + "; account calls says who is"));
            });
            if (json) {
                new Printout(out()).json(answer);
            } else {
                CallTelling.lines(answer).forEach(out()::println);
            }
            return ExitCode.OK;
        }
    }

    /** What is traded. */
    @Command(
            name = "liquidate",
            description = {
                "Sends the first batch of account orders to the venues that take orders of the house: where the founding file",
                "has the connection pledged or in custody, and the account itself approved the key that pays.",
                "An order is in the books before it is sent; asked again it is not sent again. The next batch is of the next",
                "epoch: the account is read and margined first. Exit code 2: it is not liquidated, or only proposed."
            })
    static final class Liquidate extends VerbCommand {
        @Option(
                names = "--account",
                required = true,
                paramLabel = "N",
                description = "A booked account, by its number.")
        private int account;

        @Mixin
        private ChainSender sender = new ChainSender();

        @Override
        public Integer call() {
            OpenHouse.ask(house -> sender.ask((payer, node) -> house.orders().send(account, node, payer)))
                    .forEach(kept -> out().println(CallTelling.sent(kept)));
            return ExitCode.OK;
        }
    }
}
