package io.bulwark.adapter.lyra;

import com.esaulpaugh.headlong.abi.Function;
import io.bulwark.adapter.evm.EvmAddress;
import io.bulwark.adapter.evm.EvmCall;
import io.bulwark.adapter.evm.StorageProof;
import io.bulwark.adapter.lyra.LyraPayload.Position;
import io.bulwark.adapter.lyra.LyraPayload.Strike;
import io.bulwark.adapter.lyra.LyraVenue.Configuration.Contracts;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The views of the market that are read, in one fixed order, and the storage words behind them (source: {@code OptionToken}, {@code OptionMarket} of Lyra Avalon). */
final class LyraCalls {
    /** Words of a position: id, strike, type, amount, collateral, state. */
    static final int POSITION_WORDS = 6;

    private static final BigInteger OWNERS = BigInteger.valueOf(5);
    private static final BigInteger COUNTS = BigInteger.valueOf(6);
    private static final BigInteger POSITIONS = BigInteger.valueOf(17);
    private static final BigInteger BOARDS = BigInteger.valueOf(18);
    private static final BigInteger STRIKES = BigInteger.valueOf(19);

    private static final Function COUNT = Function.parse("balanceOf(address)", "(uint256)");
    private static final Function POSITIONS_OF =
            Function.parse("getOwnerPositions(address)", "((uint256,uint256,uint8,uint256,uint256,uint8)[])");
    private static final Function STRIKE = Function.parse(
            "getStrike(uint256)", "((uint256,uint256,uint256,uint256,uint256,uint256,uint256,uint256,uint256))");
    private static final Function EXPIRY = Function.parse("getStrikeAndExpiry(uint256)", "(uint256,uint256)");
    private static final Function LIVE_BOARDS = Function.parse("getLiveBoards()", "(uint256[])");
    private static final Function BOARD =
            Function.parse("getOptionBoard(uint256)", "((uint256,uint256,uint256,bool,uint256[]))");
    private static final Function SPOT = Function.parse("getSpotPriceForMarket(address)", "(uint256)");

    private static final Function LEAST_COLLATERAL =
            Function.parse("getMinCollateral(uint8,uint256,uint256,uint256,uint256)", "(uint256)");

    private final Contracts contracts;

    LyraCalls(LyraVenue.Configuration configuration) {
        this.contracts = configuration.contracts();
    }

    EvmCall count(String user) {
        return EvmCall.of(contracts.token(), COUNT, user);
    }

    EvmCall positions(String user) {
        return EvmCall.of(contracts.token(), POSITIONS_OF, user);
    }

    EvmCall strike(BigInteger strike) {
        return EvmCall.ofValues(contracts.market(), STRIKE, strike);
    }

    EvmCall strikeAndExpiry(BigInteger strike) {
        return EvmCall.ofValues(contracts.market(), EXPIRY, strike);
    }

    EvmCall liveBoards() {
        return EvmCall.of(contracts.market(), LIVE_BOARDS);
    }

    EvmCall board(BigInteger board) {
        return EvmCall.ofValues(contracts.market(), BOARD, board);
    }

    EvmCall spot() {
        return EvmCall.of(contracts.spot(), SPOT, contracts.market());
    }

    /**
     * Below how much collateral a short may be liquidated at a spot price; empty where the house does not know the contract that says
     * it.
     */
    Optional<EvmCall> leastCollateral(Position position, Strike strike, BigInteger spot) {
        return contracts
                .greeks()
                .map(greeks -> EvmCall.ofValues(
                        greeks,
                        LEAST_COLLATERAL,
                        position.type().word().intValueExact(),
                        strike.price(),
                        strike.expiry(),
                        spot,
                        position.amount()));
    }

    /** First of an account: how many positions it has, and which. */
    List<EvmCall> accountOpening(String user) {
        return List.of(count(user), positions(user));
    }

    /** Then: every strike that they are on, and the spot price by which shorts are liquidated. */
    List<EvmCall> strikes(Iterable<BigInteger> strikes) {
        List<EvmCall> calls = new ArrayList<>();
        if (contracts.greeks().isPresent()) {
            calls.add(spot());
        }
        for (BigInteger strike : strikes) {
            calls.addAll(List.of(strike(strike), strikeAndExpiry(strike)));
        }
        return calls;
    }

    /** First of the market: its spot, and which boards live. */
    List<EvmCall> marketOpening() {
        return List.of(spot(), liveBoards());
    }

    /** How many positions an account has, in the option token. */
    static BigInteger countSlot(String user) {
        return StorageProof.mappingSlot(EvmAddress.number(user), COUNTS);
    }

    /** Who has a position, in the option token. */
    static BigInteger ownerSlot(BigInteger position) {
        return StorageProof.mappingSlot(position, OWNERS);
    }

    /** A word of a position, in the option token. */
    static BigInteger positionSlot(BigInteger position, int word) {
        return StorageProof.mappingSlot(position, POSITIONS).add(BigInteger.valueOf(word));
    }

    /** The price of a strike, in the market. */
    static BigInteger strikePriceSlot(BigInteger strike) {
        return StorageProof.mappingSlot(strike, STRIKES).add(BigInteger.ONE);
    }

    /** The board of a strike, in the market. */
    static BigInteger strikeBoardSlot(BigInteger strike) {
        return StorageProof.mappingSlot(strike, STRIKES).add(BigInteger.valueOf(8));
    }

    /** The expiry of a board, in the market. */
    static BigInteger boardExpirySlot(BigInteger board) {
        return StorageProof.mappingSlot(board, BOARDS).add(BigInteger.ONE);
    }

    /** The words of the option token behind an account's positions. */
    static List<BigInteger> tokenSlots(String user, Iterable<BigInteger> positions) {
        List<BigInteger> slots = new ArrayList<>(List.of(countSlot(user)));
        for (BigInteger position : positions) {
            slots.add(ownerSlot(position));
            for (int word = 0; word < POSITION_WORDS; word++) {
                slots.add(positionSlot(position, word));
            }
        }
        return slots;
    }
}
