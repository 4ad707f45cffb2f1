package io.bulwark.netting.network;

import io.bulwark.clearing.money.Ppm;
import java.math.BigInteger;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The nets of one commodity.
 *
 * @param commodity what
 * @param gross all obligations together, units
 * @param nets of each member: positive is received from the house, negative is paid to it; a member whose obligations cancel has 0
 */
public record CommodityNet(String commodity, long gross, SortedMap<String, Long> nets) {
    private static final long PPM = Ppm.ONE;

    /** Copies; the nets must sum to zero. */
    public CommodityNet {
        nets = Collections.unmodifiableSortedMap(new TreeMap<>(nets));
        long sum = nets.values().stream().reduce(0L, Math::addExact);
        if (sum != 0) {
            throw new IllegalArgumentException("nets of " + commodity + " must sum to 0; have " + sum);
        }
    }

    /** What is settled instead of the gross: all that members pay to the house, units. It passes on as much. */
    public long settled() {
        return nets.values().stream().filter(net -> net < 0).reduce(0L, Math::subtractExact);
    }

    /** The share of gross that need not be settled, ppm, rounded down. */
    public long savedPpm() {
        return BigInteger.valueOf(gross - settled())
                .multiply(BigInteger.valueOf(PPM))
                .divide(BigInteger.valueOf(gross))
                .longValueExact();
    }
}
