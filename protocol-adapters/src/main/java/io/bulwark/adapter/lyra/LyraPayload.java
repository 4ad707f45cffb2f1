package io.bulwark.adapter.lyra;

import com.esaulpaugh.headlong.abi.Tuple;
import io.bulwark.adapter.PayloadRefused;
import io.bulwark.adapter.evm.EvmAnswers;
import io.bulwark.adapter.evm.EvmCall;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What the market says of one account at one block; all amounts and prices with 18 places.
 *
 * @param positions in the order of the option token
 * @param strikes every strike that they are on, by its number
 */
record LyraPayload(List<Position> positions, SortedMap<BigInteger, Strike> strikes) {
    LyraPayload {
        positions = List.copyOf(positions);
    }

    /** What a position is, by the market's own numbers. */
    enum Type {
        LONG_CALL(0),
        LONG_PUT(1),
        SHORT_CALL_BASE(2),
        SHORT_CALL_QUOTE(3),
        SHORT_PUT_QUOTE(4);

        private final int number;

        Type(int number) {
            this.number = number;
        }

        BigInteger word() {
            return BigInteger.valueOf(number);
        }

        boolean isLong() {
            return this == LONG_CALL || this == LONG_PUT;
        }

        boolean call() {
            return this != LONG_PUT && this != SHORT_PUT_QUOTE;
        }

        private static Type of(int number) {
            return Arrays.stream(values())
                    .filter(type -> type.number == number)
                    .findFirst()
                    .orElseThrow(() -> refused("optionType", Integer.toString(number), "must be 0 to 4"));
        }
    }

    /**
     * A position.
     *
     * @param id of the option token
     * @param strike the number of its strike
     * @param type long or short, and what secures it
     * @param amount of the underlying, &gt; 0
     * @param collateral locked behind a short, in the base for {@link Type#SHORT_CALL_BASE}, else in the quote; 0 for a long
     * @param state 1 while it is open
     */
    record Position(BigInteger id, BigInteger strike, Type type, BigInteger amount, BigInteger collateral, int state) {}

    /**
     * A strike.
     *
     * @param price in the quote
     * @param expiry Unix seconds
     * @param board the number of its board
     */
    record Strike(BigInteger price, BigInteger expiry, BigInteger board) {}

    /** The strike that a position is on. */
    Strike strike(Position position) {
        return Objects.requireNonNull(strikes.get(position.strike()), "the strike of every position is read");
    }

    /** Reads an account's answers. */
    static LyraPayload of(LyraCalls calls, EvmAnswers answers, String user) {
        List<Position> positions = positions(calls, answers, user);
        SortedMap<BigInteger, Strike> strikes = new TreeMap<>();
        for (Position position : positions) {
            strikes.computeIfAbsent(position.strike(), number -> strike(calls, answers, number));
        }
        return new LyraPayload(positions, strikes);
    }

    /** The account's positions. */
    static List<Position> positions(LyraCalls calls, EvmAnswers answers, String user) {
        Tuple[] positions = answers.tuple(calls.positions(user)).get(0);
        BigInteger count = answers.number(calls.count(user));
        if (!count.equals(BigInteger.valueOf(positions.length))) {
            throw refused(
                    "getOwnerPositions", positions.length + " positions", "must be " + count + " as balanceOf says");
        }
        return Arrays.stream(positions).map(LyraPayload::position).toList();
    }

    /**
     * The question for the least collateral of a short; empty of a long, of one that waits for settlement, and where the snapshot does not
     * say the spot price.
     */
    static Optional<EvmCall> leastCollateral(LyraCalls calls, EvmAnswers answers, Position position, Strike strike) {
        boolean waits = strike.expiry().compareTo(BigInteger.valueOf(answers.seconds())) <= 0;
        return position.type().isLong() || waits || !answers.asked(calls.spot())
                ? Optional.empty()
                : calls.leastCollateral(position, strike, answers.number(calls.spot()));
    }

    /** The strikes of some positions, each once. */
    static List<BigInteger> strikes(List<Position> positions) {
        return positions.stream().map(Position::strike).distinct().sorted().toList();
    }

    private static Position position(Tuple position) {
        return new Position(
                position.get(0),
                position.get(1),
                Type.of(position.<Integer>get(2)),
                position.get(3),
                position.get(4),
                position.<Integer>get(5));
    }

    private static Strike strike(LyraCalls calls, EvmAnswers answers, BigInteger number) {
        Tuple strike = answers.tuple(calls.strike(number)).get(0);
        Tuple dated = answers.tuple(calls.strikeAndExpiry(number));
        answers.requireStated("getStrike.id of " + number, strike.get(0), number);
        answers.requireStated("getStrike.strikePrice of " + number, strike.get(1), dated.get(0));
        return new Strike(dated.get(0), dated.get(1), strike.get(8));
    }

    static PayloadRefused refused(String field, String value, String rule) {
        return new PayloadRefused(LyraVenue.KIND, field, value, rule);
    }
}
