package io.bulwark.api.contribution;

import io.bulwark.api.chain.ChainSender;
import io.bulwark.api.door.ExitCode;
import io.bulwark.api.door.InputFile;
import io.bulwark.api.house.OpenHouse;
import io.bulwark.clearing.document.BadInput;
import io.bulwark.house.House;
import io.bulwark.house.epoch.ComputedEpoch;
import io.bulwark.house.fund.Contributions;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;

/** Taking in a receipt, and telling where calls stand, for every mouth alike. */
public final class ReceiptVerbs {
    private ReceiptVerbs() {}

    /** Takes a receipt in and says what stands of its payer then. */
    static CallsAnswer.Payer receive(House house, byte[] body, Instant now) {
        Contributions.Taken taken = house.contributions().receive(body, ReceiptFile::read, now);
        Instant time = house.archive().latest().map(ComputedEpoch::time).orElse(Instant.EPOCH);
        return CallsAnswer.payer(taken.payer(), taken.account(), time);
    }

    /** Says what a custodian signs of a file, in hexadecimal; takes nothing in. */
    public static int toSign(Path file, PrintWriter out) {
        out.println(HexFormat.of()
                .formatHex(ReceiptFile.statement(InputFile.bytes(file, ReceiptFile.BYTES_MAX))
                        .canonical()
                        .encode()));
        return ExitCode.OK;
    }

    /** Takes the receipt of a file in. */
    public static int receive(Path file, PrintWriter out) {
        byte[] bytes = InputFile.bytes(file, ReceiptFile.BYTES_MAX);
        printPayer(
                OpenHouse.ask(house -> receive(house, bytes, Clock.systemUTC().instant())), out);
        return ExitCode.OK;
    }

    /** Takes in what lies in vaults of a chain beyond what was shown before. */
    public static int look(String address, long chain, PrintWriter out) {
        List<CallsAnswer.Payer> taken = OpenHouse.ask(house -> ChainSender.reading(address, chain, node -> {
            Instant time = OpenHouse.epoch(house, null).time();
            return house.contributions().look(node, chain, Clock.systemUTC().instant()).stream()
                    .map(one -> CallsAnswer.payer(one.payer(), one.account(), time))
                    .toList();
        }));
        taken.forEach(payer -> printPayer(payer, out));
        if (taken.isEmpty()) {
            out.println("nothing is there that was not shown before and is called");
        }
        return ExitCode.OK;
    }

    /** Says what was asked of every payer and what came. */
    public static int calls(PrintWriter out) {
        print(OpenHouse.ask(ReceiptVerbs::answer), out);
        return ExitCode.OK;
    }

    /** Says how much of what the fund must hold was there, epoch by epoch. */
    public static int coverage(int most, PrintWriter out) {
        if (most < 1 || most > CoverageAnswer.MOST) {
            throw new BadInput("--most", Integer.toString(most), "must be 1 to " + CoverageAnswer.MOST);
        }
        List<String> lines = OpenHouse.ask(house -> CoverageAnswer.of(house, Long.MAX_VALUE, most))
                .lines();
        lines.forEach(out::println);
        if (lines.isEmpty()) {
            out.println("no epoch was reviewed yet");
        }
        return ExitCode.OK;
    }

    /** The calls of an open house at its latest epoch. */
    static CallsAnswer answer(House house) {
        ComputedEpoch epoch = OpenHouse.epoch(house, null);
        return CallsAnswer.of(epoch, house.fundBook(epoch.number()));
    }

    /** Takes a member back that a default froze. */
    public static int readmit(String member, String reason, PrintWriter out) {
        if (reason.isBlank()) {
            throw new BadInput("--reason", reason, "must say why");
        }
        printPayer(
                OpenHouse.ask(house -> {
                    Instant time = OpenHouse.epoch(house, null).time();
                    return CallsAnswer.payer(member, house.contributions().readmit(member, reason, time), time);
                }),
                out);
        return ExitCode.OK;
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
