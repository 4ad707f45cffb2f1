package io.bulwark.api.fund;

import io.bulwark.netting.buffer.BufferTariff;
import io.bulwark.netting.buffer.HouseBuffer;
import io.bulwark.netting.buffer.VegaTariff.Bucket;
import io.micronaut.serde.annotation.Serdeable;
import java.util.List;
import java.util.Locale;

/**
 * How crowded short volatility is in one bucket of tenor and strikes, and what everybody who is short there holds for it.
 *
 * @param asset liquidity group
 * @param tenorDays tenor node, whole days
 * @param strikes put, atm or call: puts below a delta of 35 %, the middle, calls below a delta of 35 %
 * @param netShort what customers are short together and what each dealer is short, u per volatility point, rounded up
 * @param capacity what can be traded on a day of stress at one volatility point of slippage, u per point, rounded down
 * @param crowdingPpm net short over capacity, rounded up
 * @param movePoints the two-day move of implied volatility that is paid for, volatility points
 * @param haircutPpm the share of it that a short holds
 */
@Serdeable
record VolatilityCrowd(
        String asset,
        int tenorDays,
        String strikes,
        long netShort,
        long capacity,
        long crowdingPpm,
        int movePoints,
        int haircutPpm) {
    private static final long MICRO_PER_U = 100;

    /** Every bucket in which somebody is short, as the epoch's tariff has it. */
    static List<VolatilityCrowd> of(HouseBuffer house) {
        BufferTariff tariff = house.buffer().tariff();
        return tariff.vega().buckets().stream()
                .filter(bucket -> bucket.netShortVegaMicro() > 0)
                .map(bucket -> of(tariff.groups().get(bucket.group()).name(), bucket))
                .toList();
    }

    private static VolatilityCrowd of(String asset, Bucket bucket) {
        return new VolatilityCrowd(
                asset,
                bucket.tenorDays(),
                bucket.wing().name().toLowerCase(Locale.ROOT),
                Math.ceilDiv(bucket.netShortVegaMicro(), MICRO_PER_U),
                bucket.capacityMicro() / MICRO_PER_U,
                bucket.crowdingPpm(),
                bucket.volMovePoints(),
                bucket.haircutPpm());
    }
}
