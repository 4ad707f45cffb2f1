package io.bulwark.api.fund;

import io.bulwark.house.House;
import io.bulwark.house.fund.Contributions;
import java.io.PrintWriter;
import java.time.Instant;
import java.util.Locale;

/** Taking in a receipt, and telling where calls stand, for every mouth alike. */
final class ReceiptVerbs {
    private ReceiptVerbs() {}

    /** Takes a receipt in and says what stands of its payer then. */
    static CallsAnswer.Payer receive(House house, byte[] body, Instant now) {
        Contributions.Taken taken = house.contributions().receive(body, ReceiptFile::read, now);
        long time = house.archive().latest().map(epoch -> epoch.timeMillis()).orElse(0L);
        return CallsAnswer.payer(taken.payer(), taken.account(), time);
    }

    /** Prints every payer with its calls. */
    static void print(CallsAnswer answer, PrintWriter out) {
        out.println(answer.money().text());
        answer.payers().forEach(payer -> printPayer(payer, out));
    }

    /** Prints one payer with its calls. */
    static void printPayer(CallsAnswer.Payer payer, PrintWriter out) {
        String shown = String.join(
                ", ",
                payer.shown().stream().map(sum -> sum.by() + " " + sum.amount()).toList());
        out.println(String.format(
                Locale.ROOT,
                "%-12s in the fund %18s USD%s%s%s",
                payer.payer(),
                payer.standing(),
                shown.isEmpty() ? "" : " (" + shown + ")",
                payer.releasable().u() > 0 ? ", may go back " + payer.releasable() : "",
                payer.frozenBy()
                        .map(by -> ", frozen by the default " + by.substring(0, 16) + ", owes " + payer.owed())
                        .orElse("")));
        payer.calls()
                .forEach(call -> out.println(String.format(
                        Locale.ROOT,
                        "  called %18s USD after epoch %d, due %s: %s, received %s%s%s",
                        call.amount(),
                        call.epoch(),
                        call.due(),
                        call.state(),
                        call.received(),
                        call.returned().u() > 0 ? ", returned " + call.returned() : "",
                        call.late() ? ", late" : "")));
    }
}
