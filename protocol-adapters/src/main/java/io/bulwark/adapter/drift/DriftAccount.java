package io.bulwark.adapter.drift;

import static io.bulwark.adapter.fact.FactKind.ACCOUNT;
import static io.bulwark.adapter.fact.FactKind.MOVEMENT;
import static io.bulwark.adapter.fact.FactKind.ORDER;

import io.bulwark.adapter.fact.Fact;
import io.bulwark.adapter.fact.FactKind;
import io.bulwark.adapter.fact.FactSheet;
import io.bulwark.adapter.fact.Figure;
import java.math.BigInteger;

/** What the bytes of a user account say. Markets are named by their index, which is all that an account holds of them. */
final class DriftAccount {
    private static final String USDC = "USDC";

    private DriftAccount() {}

    static void say(String path, DriftUser user, FactSheet sheet) {
        String owner = user.authority() + "/" + user.totals().subaccount();
        user.spot().forEach(spot -> spot(path + ".spot_positions[" + spot.slot() + "]", spot, owner, sheet));
        user.perpetuals().forEach(held -> perpetual(path + ".perp_positions[" + held.slot() + "]", held, owner, sheet));
        user.orders().forEach(order -> order(path + ".orders[" + order.slot() + "]", order, owner, sheet));
        totals(path, user, owner, sheet);
    }

    private static void spot(String path, DriftUser.Spot spot, String owner, FactSheet sheet) {
        String market = "spot market " + spot.market();
        String token = "token of " + market;
        if (spot.scaled().signum() != 0) {
            sheet.add(Fact.of(
                            spot.borrow() ? FactKind.DEBT : FactKind.COLLATERAL,
                            path + ".scaled_balance",
                            market,
                            "scaled balance",
                            Figure.counted(spot.scaled(), DriftUser.SCALED, "scaled " + token))
                    .with("deposits less withdrawals", units(spot.deposited(), token))
                    .with("owner", owner)
                    .with("balance type", spot.borrow() ? "borrow" : "deposit")
                    .with("to be multiplied by", "cumulative interest of the market, scale 10, not in the account"));
        }
        if (spot.bids() != 0 || spot.asks() != 0) {
            sheet.add(Fact.of(ORDER, path + ".open_bids", market, "open bids", units(spot.bids(), token))
                    .with("open asks", units(spot.asks(), token))
                    .with("owner", owner));
        }
    }

    private static Figure units(long units, String token) {
        return Figure.counted(BigInteger.valueOf(units), 0, "smallest unit of the " + token);
    }

    private static Figure quote(long units) {
        return Figure.counted(BigInteger.valueOf(units), DriftUser.QUOTE, USDC);
    }

    private static void perpetual(String path, DriftUser.Perpetual held, String owner, FactSheet sheet) {
        String market = "perp market " + held.market();
        String base = "base of " + market;
        if (held.base() != 0) {
            sheet.add(Fact.of(
                            FactKind.POSITION,
                            path + ".base_asset_amount",
                            market,
                            "size",
                            Figure.counted(BigInteger.valueOf(held.base()), DriftUser.BASE, base))
                    .with("quote amount", quote(held.quote()))
                    .with("quote at entry", quote(held.entry()))
                    .with("quote at break-even", quote(held.breakEven()))
                    .with("owner", owner));
        } else if (held.quote() != 0) {
            sheet.add(Fact.of(
                            ACCOUNT,
                            path + ".quote_asset_amount",
                            market,
                            "gain of a closed position, not settled",
                            quote(held.quote()))
                    .with("owner", owner));
        }
        sheet.add(Fact.of(ACCOUNT, path + ".settled_pnl", market, "gain that was settled", quote(held.settled()))
                .with("owner", owner));
        if (held.bids() != 0 || held.asks() != 0) {
            sheet.add(Fact.of(
                            ORDER,
                            path + ".open_bids",
                            market,
                            "open bids",
                            Figure.counted(BigInteger.valueOf(held.bids()), DriftUser.BASE, base))
                    .with("open asks", Figure.counted(BigInteger.valueOf(held.asks()), DriftUser.BASE, base))
                    .with("owner", owner));
        }
        if (held.shares().signum() != 0) {
            sheet.add(Fact.of(
                            ACCOUNT,
                            path + ".lp_shares",
                            market,
                            "shares of the market's pool",
                            Figure.counted(held.shares(), DriftUser.BASE, "shares of " + market))
                    .with("owner", owner)
                    .with("position of the shares", "not in the account: it is the market's to say"));
        }
    }

    private static void order(String path, DriftUser.Order order, String owner, FactSheet sheet) {
        String market = (order.perpetual() ? "perp market " : "spot market ") + order.market();
        Figure amount = amount(order.base(), order.perpetual(), market);
        sheet.add(Fact.of(ORDER, path + ".base_asset_amount", market, "amount", amount)
                .with("filled", amount(order.filled(), order.perpetual(), market))
                .with("price", price(order.price(), market))
                .with("trigger price", price(order.trigger(), market))
                .with("offset to the oracle's price", price(BigInteger.valueOf(order.oracleOffset()), market))
                .with("direction", order.sell() ? "short" : "long")
                .with("type", order.type())
                .with("order id", Long.toString(order.id()))
                .with("owner", owner));
    }

    private static Figure amount(BigInteger units, boolean perpetual, String market) {
        return perpetual
                ? Figure.counted(units, DriftUser.BASE, "base of " + market)
                : Figure.counted(units, 0, "smallest unit of the token of " + market);
    }

    private static Figure price(BigInteger units, String market) {
        return Figure.counted(units, DriftUser.PRICE, "USDC per base of " + market);
    }

    private static void totals(String path, DriftUser user, String owner, FactSheet sheet) {
        DriftUser.Totals totals = user.totals();
        Figure deposits = Figure.counted(totals.deposits(), DriftUser.QUOTE, USDC);
        Figure withdrawals = Figure.counted(totals.withdrawals(), DriftUser.QUOTE, USDC);
        Figure loss = Figure.counted(totals.socialLoss(), DriftUser.QUOTE, USDC);
        sheet.add(Fact.of(
                        ACCOUNT,
                        path + ".settled_perp_pnl",
                        owner,
                        "gain of perpetuals, settled",
                        quote(totals.settled()))
                .with("name", user.name())
                .with("last active slot", totals.lastSlot().toString())
                .with("status", status(totals.status())));
        sheet.add(Fact.of(MOVEMENT, path + ".total_deposits", owner, "deposits of all time", deposits));
        sheet.add(Fact.of(MOVEMENT, path + ".total_withdraws", owner, "withdrawals of all time", withdrawals));
        sheet.add(Fact.of(MOVEMENT, path + ".total_social_loss", owner, "losses taken over from others", loss));
        sheet.add(Fact.of(
                MOVEMENT, path + ".cumulative_spot_fees", owner, "spot fees of all time", quote(totals.spotFees())));
        sheet.add(Fact.of(
                MOVEMENT, path + ".cumulative_perp_funding", owner, "funding of all time", quote(totals.funding())));
    }

    private static String status(int bits) {
        return (bits & 2) != 0
                ? "bankrupt"
                : (bits & 1) != 0 ? "in liquidation" : (bits & 4) != 0 ? "reduce only" : "active";
    }
}
