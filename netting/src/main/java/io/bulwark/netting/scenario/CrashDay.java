package io.bulwark.netting.scenario;

import io.bulwark.clearing.money.Rounding;
import java.math.BigInteger;
import java.util.Map;
import java.util.Optional;

/**
 * One day that happened, as moves of groups.
 *
 * @param day how rows name it, such as {@code 2020-03-12}
 * @param moves relative move by group name, ppm
 */
public record CrashDay(String day, Map<String, Integer> moves) {
    /**
     * BTC −38.8 % in one day (daily series of margin evidence, section 4.2), ETH about −43 %; the day that sizes the fund.
     */
    public static final CrashDay MARCH_2020 = new CrashDay("2020-03-12", Map.of("BTC", -388_000, "ETH", -430_000));

    /** The group whose move stands in for one that did not trade, or not liquidly, on the day. */
    private static final String PROXY = "ETH";

    private static final long PROXY_TENTHS = 14;
    private static final int LOWEST = -950_000;

    /** In the place of a group's name: the groups without a move of their own, such as the worst coin of the day. */
    public static final String OTHERS = "*";

    /** Copies the moves; a day without the proxy could not say how other groups moved. */
    public CrashDay {
        moves = Map.copyOf(moves);
        if (!moves.containsKey(PROXY)) {
            throw new IllegalArgumentException("replay " + day + " must have a move of " + PROXY);
        }
    }

    /**
     * The move of a group, ppm: its own; else 1.4 times that of ETH (half to even), or that of the others where the day has one
     * and it is worse in the same direction. Never below −95 %, unless it is a fact.
     */
    public int move(String group) {
        return Optional.ofNullable(moves.get(group)).orElseGet(this::proxyMove);
    }

    private int proxyMove() {
        long ofProxy = Optional.ofNullable(moves.get(PROXY)).orElseThrow();
        long scaled = Rounding.halfEven(BigInteger.valueOf(PROXY_TENTHS * ofProxy), BigInteger.TEN)
                .longValueExact();
        long others =
                Optional.ofNullable(moves.get(OTHERS)).map(Integer::longValue).orElse(scaled);
        return (int) Math.max(LOWEST, ofProxy < 0 ? Math.min(scaled, others) : Math.max(scaled, others));
    }
}
