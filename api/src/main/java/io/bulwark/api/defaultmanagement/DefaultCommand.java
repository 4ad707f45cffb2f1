package io.bulwark.api.defaultmanagement;

import io.bulwark.adapter.evm.EvmAccount;
import io.bulwark.adapter.evm.EvmCall;
import io.bulwark.adapter.registry.VaultCalls;
import io.bulwark.api.chain.ChainSender;
import io.bulwark.api.door.ExitCode;
import io.bulwark.api.door.InputFile;
import io.bulwark.api.door.StepCommand;
import io.bulwark.api.house.OpenHouse;
import io.bulwark.api.margincall.CallTelling;
import io.bulwark.clearing.attestation.ChainAddress;
import io.bulwark.clearing.attestation.ChainStatement.Registry;
import io.bulwark.clearing.attestation.RegistryAct.Slash;
import io.bulwark.clearing.document.BadInput;
import io.bulwark.clearing.document.Digest;
import io.bulwark.clearing.ledger.Transfer;
import io.bulwark.clearing.money.Usd;
import io.bulwark.clearing.register.OrderRegister;
import io.bulwark.house.fund.Defaults;
import io.bulwark.insurance.defaultmanagement.DefaultSettlement;
import io.bulwark.insurance.defaultmanagement.LayerPayment;
import io.bulwark.insurance.defaultmanagement.PortfolioCloseOut;
import io.bulwark.insurance.liquidation.Bid;
import io.bulwark.insurance.liquidation.UniformPriceAuction;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import org.hipparchus.fraction.BigFraction;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** A default from breach to settled books. */
@Command(
        name = "default",
        description = {
            "Closes the portfolios of members who failed and pays what their margin does not cover, layer by layer.",
            "Exit code 0: done, or settled as declared; 1: something is not in the books; 2: bad input."
        },
        synopsisSubcommandLabel = "STEP")
public final class DefaultCommand extends StepCommand {
    private static final long BYTES_MAX = 1 << 20;

    @Command(
            name = "plan",
            description = "Says what a declaration would settle over what stands in the fund now; keeps nothing.")
    int plan(
            @Parameters(paramLabel = "FILE", description = "Who failed, in which scenario, and the bids (JSON).")
                    Path file) {
        Defaults.Request request = DefaultFile.read(InputFile.bytes(file, BYTES_MAX));
        print(OpenHouse.ask(house -> house.defaults().plan(request)));
        return ExitCode.OK;
    }

    @Command(name = "declare", description = "Freezes a declaration; its digest names the default from then on.")
    int declare(
            @Parameters(paramLabel = "FILE", description = "Who failed, in which scenario, and the bids (JSON).")
                    Path file) {
        Defaults.Request request = DefaultFile.read(InputFile.bytes(file, BYTES_MAX));
        DefaultSettlement settlement = OpenHouse.ask(house -> house.defaults().declare(request));
        print(settlement);
        out().println("declared: " + settlement.declaration().digest().hex());
        return ExitCode.OK;
    }

    @Command(name = "settle", description = "Posts what a declared default moves. Settling again changes nothing.")
    int settle(@Parameters(paramLabel = "DIGEST", description = "What declare printed.") String digest) {
        Digest declaration = digest(digest);
        DefaultSettlement settlement = OpenHouse.ask(house -> {
            DefaultSettlement settled = house.defaults().settle(declaration, this::tell);
            house.verify();
            return settled;
        });
        out().println("settled: " + settlement.transfers().size() + " transfers, debits = credits, uncovered "
                + Usd.text(settlement.uncovered()) + " USD");
        return ExitCode.OK;
    }

    @Command(
            name = "replay",
            description =
                    "Recomputes a declared default from the books alone, says how it went, and looks for every transfer in the journal.")
    int replay(@Parameters(paramLabel = "DIGEST", description = "What declare printed.") String digest) {
        Digest declaration = digest(digest);
        List<Transfer> missing = OpenHouse.ask(house -> {
            DefaultSettlement settlement = house.defaults().declared(declaration);
            print(settlement);
            out().println("how it went");
            DefaultDay.of(house, declaration).lines().forEach(out()::println);
            return house.defaults().missing(settlement);
        });
        missing.forEach(transfer -> out().println("NOT in the journal: " + line(transfer)));
        if (missing.isEmpty()) {
            out().println("every transfer is in the journal as recomputed");
        }
        return missing.isEmpty() ? ExitCode.OK : ExitCode.NEGATIVE;
    }

    @Command(
            name = "slash",
            description = {
                "Takes what a settled default drew of shares of a vault: the quorum members whose keys are here sign it,",
                "and the vault burns the shares of each payer for what it loses and pays the settlement.",
                "Asked again nothing is taken a second time. Exit code 2: not sent, or refused by its name."
            })
    int slash(
            @Parameters(paramLabel = "DIGEST", description = "What declare printed.") String digest,
            @Option(names = "--vault", required = true, paramLabel = "ADDRESS", description = "The vault.")
                    String vault,
            @Mixin ChainSender sender) {
        Digest declaration = digest(digest);
        ChainAddress there = ChainSender.address("--vault", vault);
        String said = OpenHouse.ask(house -> sender.ask((payer, node) -> {
            int slashes = Math.toIntExact(
                    node.newest(EvmCall.of(there.text(), VaultCalls.SLASHES)).<Long>get(0));
            Slash slash = house.defaults().slash(house.defaults().declared(declaration), there, slashes + 1);
            if (slash.losses().isEmpty()) {
                return "nothing of it was paid in shares of " + there;
            }
            if (node.newest(VaultCalls.settled(there, slash)).<Boolean>get(0)) {
                return "slashed already: " + losses(slash);
            }
            String signatures = house.attestAct(new Registry(sender.chain(), there), slash)
                    .signatures()
                    .substring(2);
            EvmAccount.Mined mined = payer.send(
                    Optional.of(there), VaultCalls.slash(slash, HexFormat.of().parseHex(signatures)));
            return "slashed in block " + mined.block() + ", " + mined.transaction() + ": " + losses(slash);
        }));
        out().println(said);
        return ExitCode.OK;
    }

    private static String losses(Slash slash) {
        return slash.losses().entrySet().stream()
                .map(loss -> loss.getKey() + " loses " + loss.getValue())
                .collect(Collectors.joining(", ", "", " units of the vault's asset"));
    }

    @Command(
            name = "pay",
            description = {
                "Pays into an account that was closed what the fund paid for it, from the key that pays,",
                "where it owes at a venue that takes payments of the house.",
                "A payment is in the books before it is sent; asked again it is not made again. Exit code 2: not sent, or refused."
            })
    int pay(
            @Parameters(paramLabel = "DIGEST", description = "What declare printed.") String digest,
            @Option(names = "--account", required = true, paramLabel = "N", description = "An account that was closed.")
                    int account,
            @Mixin ChainSender sender) {
        Digest declaration = digest(digest);
        List<OrderRegister.Kept> paid = OpenHouse.ask(house -> {
            DefaultSettlement settlement = house.defaults().declared(declaration);
            if (!house.defaults().missing(settlement).isEmpty()) {
                throw new BadInput("DIGEST", digest, "must be settled in the books first");
            }
            return sender.ask((payer, node) -> house.orders().pay(settlement, account, node, payer));
        });
        paid.forEach(kept -> out().println(CallTelling.sent(kept)));
        if (paid.isEmpty()) {
            out().println("nothing is to be paid into account " + account);
        }
        return ExitCode.OK;
    }

    private static Digest digest(String hex) {
        try {
            return Digest.parse(hex);
        } catch (IllegalArgumentException e) {
            throw new BadInput("DIGEST", hex, "must be 64 hexadecimal digits");
        }
    }

    private void tell(Transfer transfer) {
        out().println("in the journal: " + line(transfer));
        out().flush();
    }

    private static String line(Transfer transfer) {
        return transfer.purpose() + " " + transfer.amount().toDecimal().toPlainString() + " USD";
    }

    private void print(DefaultSettlement settlement) {
        PrintWriter out = out();
        for (PortfolioCloseOut closeOut : settlement.closeOuts()) {
            out.println(closeOut.account().member() + ", account "
                    + closeOut.account().number());
            amount("lost in the move", closeOut.account().loss());
            amount("auction of " + sold(closeOut) + " lots of 100", closeOut.auctionCost());
            amount("market, " + closeOut.slices() + " slices", closeOut.marketCost());
            amount("paid by margin", closeOut.marginUsed());
            amount("beyond margin", closeOut.shortfall());
            if (closeOut.onlyRead() > 0) {
                amount("  of it margin that is only read, not taken", closeOut.onlyRead());
            }
            amount("liquidation penalty, to the fund", closeOut.penalty());
        }
        out.println("who pays " + Usd.text(settlement.shortfall()) + " USD beyond margin");
        for (LayerPayment payment : settlement.payments()) {
            amount(payment.layer().words() + " of " + payment.payer(), payment.units());
        }
        amount("uncovered", settlement.uncovered());
    }

    private static String sold(PortfolioCloseOut closeOut) {
        String fills = closeOut.auction().fills().stream()
                .map(UniformPriceAuction.Fill::bid)
                .map(Bid::member)
                .distinct()
                .collect(Collectors.joining(", "));
        return closeOut.auction().fills().stream()
                        .map(UniformPriceAuction.Fill::quantity)
                        .reduce(BigFraction.ZERO, BigFraction::add)
                + (fills.isEmpty() ? "" : " (" + fills + ")");
    }

    private void amount(String what, long units) {
        out().println(String.format(Locale.ROOT, "  %-48s %20s USD", what, Usd.text(units)));
    }
}
