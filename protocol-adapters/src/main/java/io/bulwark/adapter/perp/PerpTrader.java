package io.bulwark.adapter.perp;

import com.esaulpaugh.headlong.abi.Function;
import com.esaulpaugh.headlong.abi.Tuple;
import io.bulwark.adapter.VenueException;
import io.bulwark.adapter.VenueException.Category;
import io.bulwark.adapter.evm.EvmCall;
import io.bulwark.adapter.evm.EvmNode;
import io.bulwark.adapter.evm.VenueTrader;
import io.bulwark.clearing.attestation.ChainAddress;
import io.bulwark.clearing.money.Amount;
import java.math.BigInteger;
import java.util.List;
import java.util.SortedMap;

/**
 * Trades on Perp v2 for an account that approved the sender in the exchange's own register of delegates. Sizes and quotes have 18 places;
 * a sale names what it sells, a purchase what it buys.
 */
record PerpTrader(PerpVenue.Configuration founding) implements VenueTrader {
    private static final int PLACES = 18;
    private static final BigInteger FOR_EVER = BigInteger.TWO.pow(60);
    private static final Amount SMALLEST = new Amount(BigInteger.ONE, PLACES);

    private static final Function CLEARING_HOUSE = Function.parse("getClearingHouse()", "(address)");
    private static final Function DELEGATES = Function.parse("getDelegateApproval()", "(address)");
    private static final Function MAY_TRADE = Function.parse("canOpenPositionFor(address,address)", "(bool)");
    private static final Function TRADE =
            Function.parse("openPositionFor(address,(address,bool,bool,uint256,uint256,uint256,uint160,bytes32))");
    private static final Function DECIMALS = Function.parse("decimals()", "(uint8)");
    private static final Function APPROVE = Function.parse("approve(address,uint256)");
    private static final Function DEPOSIT = Function.parse("depositFor(address,address,uint256)");

    @Override
    public Call trade(EvmNode node, ChainAddress sender, Order order) throws VenueException {
        String house = address(node, EvmCall.of(founding.contracts().vault(), CLEARING_HOUSE));
        String delegates = address(node, EvmCall.of(house, DELEGATES));
        if (!node.newest(EvmCall.of(delegates, MAY_TRADE, order.account(), sender.text()))
                .<Boolean>get(0)) {
            throw new VenueException(
                    PerpVenue.KIND,
                    Category.HALT,
                    "account " + order.account() + " must have approved " + sender + " in the register of delegates "
                            + delegates);
        }
        boolean sold = order.size().signum() < 0;
        Tuple terms = Tuple.from(
                EvmCall.address(address("market", founding.markets(), order.symbol())),
                sold,
                sold,
                order.size().abs().floorUnits(SMALLEST),
                sold ? order.limit().ceilingUnits(SMALLEST) : order.limit().floorUnits(SMALLEST),
                FOR_EVER,
                BigInteger.ZERO,
                new byte[32]);
        return call(house, TRADE, EvmCall.address(order.account()), terms);
    }

    @Override
    public List<Call> deposit(EvmNode node, String account, String asset, Amount amount) throws VenueException {
        String token = address("token", founding.tokens(), asset);
        int places = node.newest(EvmCall.of(token, DECIMALS)).<Integer>get(0);
        BigInteger units = amount.ceilingUnits(new Amount(BigInteger.ONE, places));
        String vault = founding.contracts().vault();
        return List.of(
                call(token, APPROVE, EvmCall.address(vault), units),
                call(vault, DEPOSIT, EvmCall.address(account), EvmCall.address(token), units));
    }

    private static String address(EvmNode node, EvmCall call) throws VenueException {
        return EvmCall.text(node.newest(call).get(0));
    }

    private static Call call(String to, Function function, Object... values) {
        return new Call(
                new ChainAddress(to), function.encodeCall(Tuple.from(values)).array());
    }

    private static String address(String field, SortedMap<String, String> named, String name) {
        return named.entrySet().stream()
                .filter(entry -> entry.getValue().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(
                        field + " must be one of " + named.values() + " at " + PerpVenue.KIND + "; have " + name))
                .getKey();
    }
}
