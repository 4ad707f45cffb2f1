package io.bulwark.house.margincall;

import io.bulwark.adapter.VenueException;
import io.bulwark.adapter.evm.ChainVenue.OnChain;
import io.bulwark.adapter.evm.EvmAccount;
import io.bulwark.adapter.evm.EvmAccount.Mined;
import io.bulwark.adapter.evm.EvmAccount.Signed;
import io.bulwark.adapter.evm.EvmNode;
import io.bulwark.adapter.evm.VenueTrader;
import io.bulwark.clearing.account.VenueAccount;
import io.bulwark.clearing.document.BadInput;
import io.bulwark.clearing.document.Digest;
import io.bulwark.clearing.instrument.Instrument;
import io.bulwark.clearing.instrument.ListedAsset;
import io.bulwark.clearing.instrument.ListedInstrument;
import io.bulwark.clearing.instrument.ListedVenue.ConnectionMode;
import io.bulwark.clearing.money.Amount;
import io.bulwark.clearing.money.Ppm;
import io.bulwark.clearing.money.Usd;
import io.bulwark.clearing.register.OrderRegister;
import io.bulwark.clearing.register.OrderRegister.End;
import io.bulwark.clearing.register.OrderRegister.Kept;
import io.bulwark.clearing.register.OrderRegister.Order;
import io.bulwark.house.epoch.ComputedEpoch;
import io.bulwark.house.epoch.EpochArchive;
import io.bulwark.house.founding.FoundingFile;
import io.bulwark.insurance.defaultmanagement.DefaultSettlement;
import io.bulwark.insurance.liquidation.LiquidationParameters;
import io.bulwark.netting.action.Fill;
import io.bulwark.netting.action.LiquidationPlan.Batch;
import io.bulwark.netting.formula.MarginLine.Role;
import io.bulwark.netting.portfolio.Origin;
import io.bulwark.netting.risktable.InstrumentRisk;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Where orders of liquidations go out: the first batch of an epoch's plan, each order of it once. What was sent is in the books before it
 * is sent, so that whoever comes after a crash sends the same transaction again and no other. After a batch the account is read and
 * margined anew: the next batch is of the next epoch's plan.
 */
public final class OrderDesk {
    private final OrderRegister orders;
    private final EpochArchive archive;

    /** Over the books of a house. */
    public OrderDesk(OrderRegister orders, EpochArchive archive) {
        this.orders = orders;
        this.archive = archive;
    }

    /** Every order of an account, the oldest first. */
    public List<Kept> of(int account) {
        return orders.of(account);
    }

    /** How much is written down of all accounts: whoever saw as much saw everything. */
    public long written() {
        return orders.written();
    }

    /**
     * Sends what is to be sent for an account in the latest epoch, and waits until all that was ever sent for it is in a block.
     *
     * @param account its number
     * @param node of the chain on which the sender pays
     * @return its orders, the oldest first
     * @throws BadInput if it is not liquidated, or its next batch can only be proposed
     * @throws VenueException if the node or the venue refuses; what was sent before stands
     */
    public List<Kept> send(int account, EvmNode node, EvmAccount sender) throws VenueException {
        settle(sender);
        ComputedEpoch epoch = archive.latest().orElseThrow(() -> unliquidated(account, 0));
        LiquidationOrders liquidation =
                LiquidationOrders.of(epoch, account).orElseThrow(() -> unliquidated(account, epoch.number()));
        FoundingFile file = archive.founding().orElseThrow();
        List<Instruction> trades = liquidation.plan().batches().stream()
                .findFirst()
                .map(batch -> trades(epoch, file, liquidation, batch, sender.chainId()))
                .orElse(List.of());
        // The plan of a sealed epoch is always the same: what a crash kept from being sent of it is the end of the
        // list.
        long sent = orders.of(account).stream()
                .filter(kept -> isOf(kept.order(), Order.Kind.TRADE, epoch))
                .count();
        for (Instruction trade : trades.stream().skip(sent).toList()) {
            carryOut(trade, epoch, account, node, sender);
        }
        return orders.of(account);
    }

    /** In the books before it is sent; what must be in a block before it, and may be there twice, is sent at once. */
    private void carryOut(Instruction one, ComputedEpoch epoch, int account, EvmNode node, EvmAccount sender)
            throws VenueException {
        List<VenueTrader.Call> calls = one.calls(node, sender);
        for (VenueTrader.Call before : calls.subList(0, calls.size() - 1)) {
            sender.send(Optional.of(before.to()), before.data());
        }
        VenueTrader.Call last = calls.getLast();
        Signed signed = sender.sign(Optional.of(last.to()), last.data());
        orders.keep(one.order(epoch.number(), account, leg(account, epoch), sender, signed), signed.bytes());
        settle(sender);
    }

    private int leg(int account, ComputedEpoch epoch) {
        return 1
                + (int) orders.of(account).stream()
                        .filter(kept -> kept.order().epoch() == epoch.number())
                        .count();
    }

    private static boolean isOf(Order order, Order.Kind kind, ComputedEpoch epoch) {
        return order.kind() == kind && order.epoch() == epoch.number();
    }

    /**
     * Pays into an account of a settled default what the fund paid for it, where the account owes at a venue, and waits until it is in a
     * block. What was paid is not paid again.
     *
     * @param settlement settled in the books
     * @param account one of those that were closed
     * @param node of the chain on which the sender pays
     * @return the account's payments of this default, the oldest first
     * @throws BadInput if nothing was paid for the account, or where it owes is no venue at which the house pays in
     */
    public List<Kept> pay(DefaultSettlement settlement, int account, EvmNode node, EvmAccount sender)
            throws VenueException {
        settle(sender);
        Digest declaration = settlement.declaration().digest();
        ComputedEpoch epoch = archive.epoch(settlement.declaration().epoch()).orElseThrow();
        for (Instruction deposit : deposits(epoch, settlement, account, sender.chainId())) {
            if (paid(account, declaration).stream().noneMatch(kept -> deposit.isIn(kept.order()))) {
                carryOut(deposit, epoch, account, node, sender);
            }
        }
        return paid(account, declaration);
    }

    /** Payments that were not reverted: one that was is made again. */
    private List<Kept> paid(int account, Digest declaration) {
        return orders.of(account).stream()
                .filter(kept -> kept.order().because().equals(declaration)
                        && kept.end().map(End::done).orElse(true))
                .toList();
    }

    /** What is to be done at a venue, and who knows how it takes it; as an order has it. */
    private record Instruction(
            Order.Kind kind,
            Digest because,
            VenueTrader trader,
            VenueAccount at,
            String symbol,
            Amount size,
            Amount limit) {
        boolean isIn(Order order) {
            return order.at().equals(at) && order.symbol().equals(symbol);
        }

        List<VenueTrader.Call> calls(EvmNode node, EvmAccount sender) throws VenueException {
            return switch (kind) {
                case TRADE ->
                    List.of(trader.trade(
                            node, sender.address(), new VenueTrader.Order(at.address(), symbol, size, limit)));
                case DEPOSIT -> trader.deposit(node, at.address(), symbol, size);
            };
        }

        Order order(long epoch, int account, int leg, EvmAccount sender, Signed signed) {
            return new Order(
                    kind,
                    because,
                    epoch,
                    account,
                    leg,
                    at,
                    symbol,
                    size,
                    limit,
                    sender.chainId(),
                    sender.address().text(),
                    signed.nonce(),
                    signed.transaction());
        }
    }

    /** Where the account owes, in the order of its origins, until what was paid for it is used up. */
    private List<Instruction> deposits(ComputedEpoch epoch, DefaultSettlement settlement, int account, long chain) {
        FoundingFile file = archive.founding().orElseThrow();
        long left = settlement.paid(account);
        List<Instruction> deposits = new ArrayList<>();
        for (Origin origin : epoch.account(account).orElseThrow().origins()) {
            if (origin.line() == Origin.Line.DEBT && left > 0) {
                ListedAsset asset = epoch.market().listing().asset(origin.number());
                VenueTrader trader = trader(file, origin.source().venue(), chain)
                        .orElseThrow(() -> new BadInput(
                                "account",
                                String.valueOf(account),
                                "must owe where the house pays in; it owes " + asset.name() + " at venue "
                                        + origin.source().venue()));
                BigInteger price = BigInteger.valueOf(
                        epoch.table().asset(origin.number()).orElseThrow().price());
                BigInteger lots = BigInteger.valueOf(left)
                        .divide(price)
                        .min(BigInteger.valueOf(origin.lots()).abs());
                if (lots.signum() == 0) {
                    continue;
                }
                Amount amount = asset.lot().times(new Amount(lots, 0));
                long units = lots.multiply(price).longValueExact();
                deposits.add(new Instruction(
                        Order.Kind.DEPOSIT,
                        settlement.declaration().digest(),
                        trader,
                        origin.source(),
                        form(asset),
                        amount,
                        new Amount(BigInteger.valueOf(units), Usd.SCALE)));
                left -= units;
            }
        }
        return deposits;
    }

    private static String form(ListedAsset asset) {
        return asset.form() instanceof Instrument.Spot(String name) ? name : asset.name();
    }

    /** Everything that the sender ever signed here, for whatever account: a nonce that is not used yet holds up all later ones. */
    private void settle(EvmAccount sender) throws VenueException {
        for (Kept kept : orders.open(sender.chainId(), sender.address().text())) {
            Optional<Mined> mined =
                    sender.settle(new Signed(kept.signed(), kept.order().nonce()));
            orders.ended(
                    kept,
                    new End(
                            mined.map(m -> OptionalLong.of(m.block())).orElse(OptionalLong.empty()),
                            mined.map(Mined::succeeded).orElse(false)));
        }
    }

    private static BadInput unliquidated(int account, long epoch) {
        return new BadInput(
                "--account",
                String.valueOf(account),
                "must be liquidated in epoch " + epoch + "; account calls says who is");
    }

    /** All of a batch or nothing: one side of a hedge alone would leave the account more exposed. */
    private static List<Instruction> trades(
            ComputedEpoch epoch, FoundingFile file, LiquidationOrders liquidation, Batch batch, long chain) {
        List<Instruction> trades = new ArrayList<>();
        for (Fill fill : batch.fills()) {
            if (fill.role() != Role.POSITION) {
                throw proposed(fill, "it is no trade of an instrument");
            }
            ListedInstrument instrument =
                    epoch.market().listing().instrument(fill.entry().number());
            VenueTrader trader = trader(epoch, file, instrument, fill, chain);
            InstrumentRisk risk =
                    epoch.table().instrument(fill.entry().number()).orElseThrow();
            long left = fill.entry().lots();
            for (Origin origin : liquidation.account().origins()) {
                if (origin.line() == Origin.Line.POSITIONS
                        && origin.number() == instrument.number()
                        && Long.signum(origin.lots()) == -Long.signum(left)) {
                    long part = Math.min(Math.absExact(left), Math.absExact(origin.lots())) * Long.signum(left);
                    trades.add(new Instruction(
                            Order.Kind.TRADE,
                            epoch.sealed().digest(),
                            trader,
                            origin.source(),
                            instrument.symbol(),
                            instrument.lot().times(Amount.of(part)),
                            limit(epoch, risk, part)));
                    left -= part;
                }
            }
        }
        return trades;
    }

    private static VenueTrader trader(
            ComputedEpoch epoch, FoundingFile file, ListedInstrument instrument, Fill fill, long chain) {
        if (epoch.market().listing().venue(instrument.venue()).mode() == ConnectionMode.ADVISORY) {
            throw proposed(fill, "the founding file has the connection read only");
        }
        return trader(file, instrument.venue(), chain)
                .orElseThrow(() -> proposed(fill, "its venue takes no orders of the house on chain " + chain));
    }

    /** Who knows how the house acts at a venue on this chain; empty where it only reads. */
    private static Optional<VenueTrader> trader(FoundingFile file, int venue, long chain) {
        return file.connections().stream()
                .filter(connected -> connected.number() == venue)
                .findFirst()
                .flatMap(connected -> connected.venue() instanceof VenueTrader.Taking<?> trading
                                && connected.founding() instanceof OnChain founding
                                && founding.chainId() == chain
                        ? Optional.of(trader(trading, founding))
                        : Optional.empty());
    }

    /** A connection was read as the record of its own venue. */
    @SuppressWarnings("unchecked")
    private static <F extends OnChain> VenueTrader trader(VenueTrader.Taking<F> venue, OnChain founding) {
        return venue.trader((F) founding);
    }

    private static BadInput proposed(Fill fill, String why) {
        return new BadInput(
                "orders",
                fill.role() + " " + fill.entry().number(),
                "must be of instruments whose venues take orders of the house; they are proposed alone: " + why);
    }

    /**
     * What so many lots are worth by the table, and beyond that the spread and the displacement of a price at which its depth
     * counts as that of stress, USD: an order that would move a market further is not filled, and the plan is made anew.
     */
    private static Amount limit(ComputedEpoch epoch, InstrumentRisk risk, long part) {
        BigInteger lots = BigInteger.valueOf(part).abs();
        BigInteger worth = risk.delta().stream()
                .map(leg -> BigInteger.valueOf(leg.amount()))
                .reduce(BigInteger.ZERO, BigInteger::add)
                .abs()
                .multiply(lots);
        BigInteger displaced = worth.multiply(
                        BigInteger.valueOf(epoch.parameters().value(LiquidationParameters.STRESSED_DISPLACEMENT)))
                .divide(BigInteger.valueOf(Ppm.ONE));
        BigInteger band = BigInteger.valueOf(risk.spread()).multiply(lots).add(displaced);
        return new Amount(part < 0 ? worth.subtract(band) : worth.add(band), Usd.SCALE);
    }
}
