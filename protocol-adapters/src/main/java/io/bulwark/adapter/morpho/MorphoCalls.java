package io.bulwark.adapter.morpho;

import com.esaulpaugh.headlong.abi.Function;
import com.esaulpaugh.headlong.abi.Tuple;
import io.bulwark.adapter.evm.EvmAddress;
import io.bulwark.adapter.evm.EvmCall;
import io.bulwark.adapter.evm.StorageProof;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/** The views that are read, in one fixed order, and the storage words behind them (source: Morpho Blue, {@code MorphoStorageLib}). */
final class MorphoCalls {
    private static final BigInteger POSITIONS = BigInteger.TWO;
    private static final BigInteger MARKETS = BigInteger.valueOf(3);
    private static final String PARAMETERS = "(address,address,address,address,uint256)";
    private static final String TOTALS = "(uint128,uint128,uint128,uint128,uint128,uint128)";

    private static final Function PARAMETERS_OF = Function.parse("idToMarketParams(bytes32)", PARAMETERS);
    private static final Function TOTALS_OF = Function.parse("market(bytes32)", TOTALS);
    private static final Function POSITION = Function.parse("position(bytes32,address)", "(uint256,uint128,uint128)");
    private static final Function RATE =
            Function.parse("borrowRateView(" + PARAMETERS + "," + TOTALS + ")", "(uint256)");

    private static final Function PRICE = Function.parse("price()", "(uint256)");

    private final String morpho;

    MorphoCalls(MorphoVenue.Configuration configuration) {
        this.morpho = configuration.morpho();
    }

    EvmCall parameters(String market) {
        return EvmCall.ofValues(morpho, PARAMETERS_OF, (Object) bytes(market));
    }

    EvmCall totals(String market) {
        return EvmCall.ofValues(morpho, TOTALS_OF, (Object) bytes(market));
    }

    EvmCall position(String market, String user) {
        return EvmCall.ofValues(morpho, POSITION, bytes(market), EvmCall.address(user));
    }

    /** Interest a second of each unit borrowed, 10⁻¹⁸, as the market's rate contract states it. */
    EvmCall rate(String rateContract, Tuple parameters, Tuple totals) {
        return EvmCall.ofValues(rateContract, RATE, parameters, totals);
    }

    /** What one unit of the collateral is worth in units of the loan token, 10⁻³⁶, as the market's oracle states it. */
    static EvmCall price(String oracle) {
        return EvmCall.of(oracle, PRICE);
    }

    /** Of an account: every market's parameters and totals, and its position there. */
    List<EvmCall> opening(Iterable<String> markets, String user) {
        List<EvmCall> calls = new ArrayList<>();
        for (String market : markets) {
            calls.addAll(List.of(parameters(market), totals(market), position(market, user)));
        }
        return calls;
    }

    /** The words behind a position: supply shares; collateral ‖ borrow shares. */
    static BigInteger positionSlot(String market, String user, int word) {
        BigInteger inner = StorageProof.mappingSlot(number(market), POSITIONS);
        return StorageProof.mappingSlot(EvmAddress.number(user), inner).add(BigInteger.valueOf(word));
    }

    /** The words behind a market: supply shares ‖ assets; borrow shares ‖ assets; fee ‖ last update. */
    static BigInteger marketSlot(String market, int word) {
        return StorageProof.mappingSlot(number(market), MARKETS).add(BigInteger.valueOf(word));
    }

    /** All words that are proved of an account. */
    static List<BigInteger> slots(Iterable<String> markets, String user) {
        List<BigInteger> slots = new ArrayList<>();
        for (String market : markets) {
            for (int word = 0; word < 3; word++) {
                slots.add(marketSlot(market, word));
            }
            slots.add(positionSlot(market, user, 0));
            slots.add(positionSlot(market, user, 1));
        }
        return slots;
    }

    private static BigInteger number(String market) {
        return new BigInteger(market.substring(2), 16);
    }

    private static byte[] bytes(String market) {
        return HexFormat.of().parseHex(market.substring(2));
    }
}
