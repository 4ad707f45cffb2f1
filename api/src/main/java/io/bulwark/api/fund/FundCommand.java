package io.bulwark.api.fund;

import io.bulwark.api.contribution.ReceiptVerbs;
import io.bulwark.api.defaultmanagement.DefaultCommand;
import io.bulwark.api.door.ExitCode;
import io.bulwark.api.door.StepCommand;
import io.bulwark.api.house.OpenHouse;
import io.bulwark.clearing.document.BadInput;
import io.bulwark.house.epoch.ComputedEpoch;
import io.bulwark.netting.buffer.HiddenDivision;
import io.bulwark.netting.buffer.HouseBuffer;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The fund's verbs. */
@Command(
        name = "fund",
        description = {
            "The insurance fund: who pays when members fail, what they owe one another, and what an owner could hide.",
            "What it must hold, 'GET /fund' of a running house says, and 'bulwark proof prove fund' proves."
        },
        synopsisSubcommandLabel = "VERB",
        subcommands = {DefaultCommand.class, NetCommand.class})
public final class FundCommand extends StepCommand {
    private static final long MICRO_PER_U = 100;
    private static final int LARGEST = 10;

    @Command(
            name = "undeclared",
            description = {
                "By how much an owner whom nobody knows could lower the contagion vectors by dividing one of the ten largest accounts in two",
                "whose parts both hold their margin and buffer."
            })
    int undeclared(
            @Option(names = "--epoch", paramLabel = "N", description = "A sealed epoch. Default: the latest.") @Nullable
                    Long epoch) {
        List<HiddenDivision> divisions = OpenHouse.ask(house -> divisions(OpenHouse.epoch(house, epoch)));
        divisions.forEach(found -> out().println(String.format(
                Locale.ROOT,
                "account %-8s %8d ppm  %s",
                found.account(),
                found.fallPpm(),
                found.fallPpm() == 0
                        ? "no division that is admitted lowers any rate"
                        : found.positionPercent() + " % of the positions on " + found.equityPercent()
                                + " % of the equity")));
        return ExitCode.OK;
    }

    @Command(
            name = "calls",
            description = {
                "What every member, and the house itself, was asked to have in the fund, what was received, and where each call stands.",
                "Only what was received is in the fund: what shows it stands beside each sum."
            })
    int calls() {
        return ReceiptVerbs.calls(out());
    }

    @Command(
            name = "coverage",
            description = {
                "How much of what the fund must hold was there, epoch by epoch, the newest first:",
                "as it stood when the epoch's review was made."
            })
    int coverage(
            @Option(
                            names = "--most",
                            paramLabel = "N",
                            defaultValue = "100",
                            description = "How many epochs at most. Default: ${DEFAULT-VALUE}.")
                    int most) {
        return ReceiptVerbs.coverage(most, out());
    }

    @Command(
            name = "receive",
            description = {
                "Takes in a receipt: that money came into the fund, or went back. docs/receipts.md has examples.",
                "A payment counts once, by its place and reference. What is refused is kept in quarantine. Exit code 2: refused."
            })
    int receive(
            @Parameters(paramLabel = "FILE", description = "The receipt (JSON).") Path file,
            @Option(
                            names = "--to-sign",
                            description =
                                    "Takes nothing in: prints the bytes, in hexadecimal, that a custodian signs (Ed25519).")
                    boolean toSign) {
        return toSign ? ReceiptVerbs.toSign(file, out()) : ReceiptVerbs.receive(file, out());
    }

    @Command(
            name = "settlement",
            description = {
                "What everybody is asked for or gets back in the latest epoch, netted into one amount a member before it is asked for:",
                "contributions that are called, what goes back, and what margin calls miss;",
                "each net with its obligations, and what netting saves."
            })
    int settlement() {
        SettlementAnswer answer = OpenHouse.ask(house -> {
            ComputedEpoch epoch = OpenHouse.epoch(house, null);
            return SettlementAnswer.of(epoch, house.fundBook(epoch.number()));
        });
        answer.nets().forEach(net -> out().println(net.text()));
        out().println(answer.settled() + " USD of " + answer.gross() + " move; netting saves " + answer.saved());
        if (!answer.frozen().isEmpty()) {
            out().println("outside, frozen after a default: " + String.join(", ", answer.frozen()));
        }
        return ExitCode.OK;
    }

    @Command(
            name = "capital",
            description = {
                "What the Basel standard makes of the house (CRE54, SA-CCR, SCO60): its exposure to every member that rests on the fund,",
                "hypothetical capital, and what a member that is a bank holds for its contribution; where every coin hedges, and where none does."
            })
    int capital(
            @Option(names = "--epoch", paramLabel = "N", description = "A sealed epoch. Default: the latest.") @Nullable
                    Long epoch) {
        CapitalAnswer answer = OpenHouse.ask(house -> {
            ComputedEpoch asked = OpenHouse.epoch(house, epoch);
            return CapitalAnswer.of(asked, house.fundBook(asked.number()));
        });
        answer.lines().forEach(out()::println);
        return ExitCode.OK;
    }

    @Command(
            name = "network",
            description = {
                "Who cannot pay whom after a price move if nobody steps in, between accounts and the venues that they stand at:",
                "clearing payments, in the order in which they fall, and how much of its worth everybody loses (DebtRank)."
            })
    int network(
            @Option(names = "--epoch", paramLabel = "N", description = "A sealed epoch. Default: the latest.") @Nullable
                    Long epoch,
            @Option(
                            names = "--row",
                            paramLabel = "N",
                            description =
                                    "A row of the vault table, as GET /fund numbers them; -1: nothing moves. Default: the worst of Cover-2.")
                    Optional<Integer> row,
            @Option(
                            names = "--venue",
                            paramLabel = "NAME",
                            description = "A venue that loses a part of what others hold there.")
                    Optional<String> venue,
            @Option(names = "--lost", paramLabel = "PPM", description = "That part.") Optional<Integer> lost,
            @Option(
                            names = "--kept",
                            paramLabel = "PPM",
                            description = "What a default leaves of what there is. Default: 1000000, no default costs.")
                    Optional<Integer> kept) {
        NetworkAnswer answer = OpenHouse.ask(house -> {
            ComputedEpoch asked = OpenHouse.epoch(house, epoch);
            return NetworkAnswer.of(
                    new NetworkAnswer.Asked(row, venue, lost, kept), asked, house.fundBook(asked.number()));
        });
        answer.lines().forEach(out()::println);
        return ExitCode.OK;
    }

    @Command(
            name = "look",
            description = {
                "Looks at every payer's shares of vaults on a chain, in the newest block of it that the house read as final,",
                "and takes in as received what is there beyond what was shown before, as far as it is called.",
                "The founding file says where whose shares lie (payments, kind shares)."
            })
    int look(
            @Option(names = "--node", required = true, paramLabel = "URL", description = "A node of the chain.")
                    String node,
            @Option(names = "--chain", required = true, paramLabel = "N", description = "EIP-155 number of the chain.")
                    long chain) {
        return ReceiptVerbs.look(node, chain, out());
    }

    @Command(
            name = "readmit",
            description = {
                "Takes a member back that a default froze: the next review asks of it again. What it owes stands.",
                "Until then nothing is asked of it, nothing goes back to it, and no second default of it is declared."
            })
    int readmit(
            @Parameters(paramLabel = "MEMBER", description = "Its name.") String member,
            @Option(names = "--reason", required = true, paramLabel = "TEXT", description = "Why; kept with the act.")
                    String reason) {
        return ReceiptVerbs.readmit(member, reason, out());
    }

    private static List<HiddenDivision> divisions(ComputedEpoch epoch) {
        HouseBuffer buffer = epoch.buffer()
                .orElseThrow(() -> new BadInput(
                        "--epoch",
                        String.valueOf(epoch.number()),
                        "must be an epoch with a contagion buffer: the house publishes none"));
        Map<String, Long> margins = new HashMap<>();
        epoch.accounts()
                .forEach(a -> a.margin()
                        .stated()
                        .ifPresent(s -> margins.put(
                                Integer.toString(a.number()), Math.multiplyExact(s.initialMargin(), MICRO_PER_U))));
        return HiddenDivision.of(buffer.system(), buffer.buffer().tariff().vega(), margins, LARGEST);
    }
}
