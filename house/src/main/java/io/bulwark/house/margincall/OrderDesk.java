package io.bulwark.house.margincall;

import io.bulwark.adapter.ConnectedVenue;
import io.bulwark.adapter.Venue;
import io.bulwark.adapter.VenueException;
import io.bulwark.adapter.evm.ChainVenue.OnChain;
import io.bulwark.adapter.evm.EvmAccount;
import io.bulwark.adapter.evm.EvmAccount.Mined;
import io.bulwark.adapter.evm.EvmAccount.Signed;
import io.bulwark.adapter.evm.EvmNode;
import io.bulwark.adapter.evm.TradingVenue;
import io.bulwark.adapter.evm.VenueTrader;
import io.bulwark.clearing.account.VenueAccount;
import io.bulwark.clearing.document.BadInput;
import io.bulwark.clearing.instrument.ListedInstrument;
import io.bulwark.clearing.instrument.ListedVenue.ConnectionMode;
import io.bulwark.clearing.money.Amount;
import io.bulwark.clearing.money.Usd;
import io.bulwark.clearing.register.OrderRegister;
import io.bulwark.clearing.register.OrderRegister.End;
import io.bulwark.clearing.register.OrderRegister.Kept;
import io.bulwark.clearing.register.OrderRegister.Order;
import io.bulwark.house.epoch.ComputedEpoch;
import io.bulwark.house.epoch.EpochArchive;
import io.bulwark.house.founding.FoundingFile;
import io.bulwark.netting.action.Fill;
import io.bulwark.netting.action.LiquidationPlan.Batch;
import io.bulwark.netting.formula.MarginLine.Role;
import io.bulwark.netting.portfolio.Origin;
import io.bulwark.netting.risktable.InstrumentRisk;
import io.bulwark.netting.risktable.Sensitivity;
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

    /**
     * Sends what is to be sent for an account in the latest epoch, and waits until all that was ever sent for it is in a block.
     *
     * @param account its number
     * @param chain that the sender's node serves
     * @return its orders, the oldest first
     * @throws BadInput if it is not liquidated, or its next batch can only be proposed
     * @throws VenueException if the node or the venue refuses; what was sent before stands
     */
    public List<Kept> send(int account, long chain, EvmNode node, EvmAccount sender) throws VenueException {
        settle(account, chain, sender);
        ComputedEpoch epoch = archive.latest().orElseThrow(() -> unliquidated(account, 0));
        LiquidationOrders liquidation =
                LiquidationOrders.of(epoch, account).orElseThrow(() -> unliquidated(account, epoch.number()));
        if (orders.of(account).stream().noneMatch(kept -> kept.order().epoch() == epoch.number())) {
            FoundingFile file = archive.founding().orElseThrow();
            List<Leg> legs = liquidation.plan().batches().stream()
                    .findFirst()
                    .map(batch -> legs(epoch, file, liquidation, batch, chain))
                    .orElse(List.of());
            for (int i = 0; i < legs.size(); i++) {
                VenueTrader.Call call = legs.get(i).call(node, sender);
                Signed signed = sender.sign(Optional.of(call.to()), call.data());
                orders.keep(legs.get(i).order(epoch.number(), account, i + 1, chain, sender, signed), signed.bytes());
                settle(account, chain, sender);
            }
        }
        return orders.of(account);
    }

    private void settle(int account, long chain, EvmAccount sender) throws VenueException {
        for (Kept kept : orders.of(account)) {
            Order order = kept.order();
            if (kept.end().isEmpty()
                    && order.chain() == chain
                    && order.sender().equals(sender.address().text())) {
                Optional<Mined> mined = sender.settle(new Signed(kept.signed(), BigInteger.valueOf(order.nonce())));
                orders.ended(
                        kept,
                        new End(
                                mined.map(m -> OptionalLong.of(m.block())).orElse(OptionalLong.empty()),
                                mined.map(Mined::succeeded).orElse(false)));
            }
        }
    }

    private static BadInput unliquidated(int account, long epoch) {
        return new BadInput(
                "--account",
                String.valueOf(account),
                "must be liquidated in epoch " + epoch + "; account calls says who is");
    }

    /** One order of a batch, and who knows how the venue takes it. */
    private record Leg(VenueTrader trader, VenueAccount at, String symbol, Amount size, Amount limit) {
        VenueTrader.Call call(EvmNode node, EvmAccount sender) throws VenueException {
            return trader.trade(node, sender.address(), new VenueTrader.Order(at.address(), symbol, size, limit));
        }

        Order order(long epoch, int account, int leg, long chain, EvmAccount sender, Signed signed) {
            return new Order(
                    epoch,
                    account,
                    leg,
                    at,
                    symbol,
                    size,
                    limit,
                    chain,
                    sender.address().text(),
                    signed.nonce().longValueExact(),
                    signed.transaction());
        }
    }

    /** All of a batch or nothing: one side of a hedge alone would leave the account more exposed. */
    private static List<Leg> legs(
            ComputedEpoch epoch, FoundingFile file, LiquidationOrders liquidation, Batch batch, long chain) {
        List<Leg> legs = new ArrayList<>();
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
                    legs.add(new Leg(
                            trader,
                            origin.source(),
                            instrument.symbol(),
                            instrument.lot().times(Amount.of(part)),
                            limit(risk, part, fill)));
                    left -= part;
                }
            }
        }
        return legs;
    }

    private static VenueTrader trader(
            ComputedEpoch epoch, FoundingFile file, ListedInstrument instrument, Fill fill, long chain) {
        if (epoch.market().listing().venue(instrument.venue()).mode() == ConnectionMode.ADVISORY) {
            throw proposed(fill, "the founding file has the connection read only");
        }
        ConnectedVenue<?> connected = file.connections().stream()
                .filter(venue -> venue.number() == instrument.venue())
                .findFirst()
                .orElseThrow(() -> proposed(fill, "nothing connects its venue"));
        return trader(connected, chain)
                .orElseThrow(() -> proposed(fill, "its venue takes no orders of the house on chain " + chain));
    }

    private static <F extends Venue.Founding> Optional<VenueTrader> trader(ConnectedVenue<F> connected, long chain) {
        return connected.venue() instanceof TradingVenue<?> venue
                        && connected.founding() instanceof OnChain founding
                        && founding.chainId() == chain
                ? Optional.of(trader(venue, founding))
                : Optional.empty();
    }

    /** A connection was read as the record of its own venue. */
    @SuppressWarnings("unchecked")
    private static <F extends OnChain> VenueTrader trader(TradingVenue<F> venue, OnChain founding) {
        return venue.trader((F) founding);
    }

    private static BadInput proposed(Fill fill, String why) {
        return new BadInput(
                "orders",
                fill.role() + " " + fill.entry().number(),
                "must be of instruments whose venues take orders of the house; they are proposed alone: " + why);
    }

    /** What so many lots are worth by the table, at the far end of the price band, as the plan has it, USD. */
    private static Amount limit(InstrumentRisk risk, long lots, Fill fill) {
        BigInteger worth = risk.delta().stream()
                .map(Sensitivity::amount)
                .map(BigInteger::valueOf)
                .reduce(BigInteger.ZERO, BigInteger::add)
                .multiply(BigInteger.valueOf(Math.absExact(lots)))
                .abs();
        BigInteger band = BigInteger.valueOf(Math.multiplyExact(risk.spread(), Math.absExact(lots)));
        return new Amount(fill.entry().lots() < 0 ? worth.subtract(band) : worth.add(band), Usd.SCALE);
    }
}
