package io.bulwark.insurance.defaultmanagement;

import io.bulwark.clearing.governance.ParameterSet;
import io.bulwark.clearing.money.Rounding;
import io.bulwark.insurance.defaultmanagement.DefaultDeclaration.PortfolioBid;
import io.bulwark.insurance.liquidation.Bid;
import io.bulwark.insurance.liquidation.SlicedSale;
import io.bulwark.insurance.liquidation.UniformPriceAuction;
import java.math.BigInteger;
import java.util.List;
import java.util.Optional;
import org.hipparchus.fraction.BigFraction;

/**
 * How the portfolio of one failed account was closed. Amounts in u.
 *
 * <p>It is auctioned in lots of one per cent at a uniform price on top of the marks of the declared row. The reserve is what selling in
 * the market would cost a lot: no auction may cost more than the market. What is not sold goes to the market in slices, slower than
 * usual because depth is that of stress.
 *
 * @param account the account in the row
 * @param auction fills, price and what is unsold, in lots and u a lot
 * @param reserve u a lot, ≤ 0
 * @param slices in which the unsold part is sold
 * @param marketCost of the unsold part, rounded up
 * @param penalty what the account is charged out of the margin that is left, ≥ 0
 */
public record PortfolioCloseOut(
        ClosedAccount account, UniformPriceAuction auction, long reserve, int slices, long marketCost, long penalty) {
    private static final BigFraction WHOLE = new BigFraction(PortfolioBid.LOTS);

    static PortfolioCloseOut of(ClosedAccount account, List<PortfolioBid> bids, ParameterSet parameters) {
        int slices = slices(parameters);
        BigFraction atOnce = new BigFraction(BigInteger.valueOf(account.exitCost()));
        BigFraction kept = new BigFraction(parameters.value(DefaultParameters.DISPLACEMENT_KEPT), Rounding.PPM);
        long reserve = Math.negateExact(
                ceil(sale(BigFraction.ONE, atOnce, kept, slices).divide(WHOLE)));
        UniformPriceAuction auction = UniformPriceAuction.settle(
                WHOLE,
                Optional.of(new BigFraction(reserve)),
                bids.stream()
                        .filter(bid -> bid.account() == account.number())
                        .map(bid -> new Bid(bid.bidder(), new BigFraction(bid.price()), new BigFraction(bid.lots())))
                        .toList());
        long marketCost = ceil(sale(auction.unsold().divide(WHOLE), atOnce, kept, slices));
        PortfolioCloseOut closed = new PortfolioCloseOut(account, auction, reserve, slices, marketCost, 0);
        return closed.charged(parameters);
    }

    /** Impact is linear: selling everything at once costs {@code atOnce}, so a unit moves the price by twice that. */
    private static BigFraction sale(BigFraction share, BigFraction atOnce, BigFraction kept, int slices) {
        return SlicedSale.cost(share, atOnce.multiply(2), kept, slices);
    }

    private static int slices(ParameterSet parameters) {
        BigInteger slowed = BigInteger.valueOf(parameters.value(DefaultParameters.SLICES))
                .multiply(BigInteger.valueOf(parameters.value(DefaultParameters.STRESS_SLOWING)));
        long slices = Rounding.exactLong(Rounding.cdiv(slowed, BigInteger.valueOf(Rounding.PPM)));
        return (int) Math.min(SlicedSale.SLICES_MAX, slices);
    }

    private static long ceil(BigFraction value) {
        return Rounding.exactLong(Rounding.cdiv(value.getNumerator(), value.getDenominator()));
    }

    private PortfolioCloseOut charged(ParameterSet parameters) {
        long left = Math.subtractExact(account.taken(), marginUsed());
        return new PortfolioCloseOut(
                account,
                auction,
                reserve,
                slices,
                marketCost,
                LiquidationPenalty.of(account.maintenance(), left, parameters));
    }

    /** Without a penalty: declared before there was one. */
    PortfolioCloseOut uncharged() {
        return new PortfolioCloseOut(account, auction, reserve, slices, marketCost, 0);
    }

    /** Loss and cost together; negative where the account gained more than closing cost. */
    public long need() {
        return Math.addExact(account.loss(), Math.addExact(marketCost, auctionCost()));
    }

    /** What the auction cost: a discount is a cost, a premium lowers it. */
    public long auctionCost() {
        return ceil(auction.proceeds().negate());
    }

    /** What margin does not cover that can be taken: max(0, loss + cost − taken). */
    public long shortfall() {
        return Math.max(0, Math.subtractExact(need(), account.taken()));
    }

    /** What margin pays, out of what can be taken. */
    public long marginUsed() {
        return Math.max(0, Math.min(need(), account.taken()));
    }

    /** What margin would have paid too if its owner could not withdraw it. */
    public long onlyRead() {
        return Math.min(shortfall(), Math.subtractExact(account.held(), account.taken()));
    }
}
