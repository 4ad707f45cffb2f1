package io.bulwark.netting.buffer;

import io.bulwark.clearing.money.MoneyRange;
import io.bulwark.clearing.money.Ppm;
import io.bulwark.clearing.money.PpmSum;
import io.bulwark.netting.contagion.VegaHolding;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * What short volatility pays for its crowd: vega in buckets of tenor and wing, how crowded each of them is, and where the vega of one lot of every option lies. A part of the
 * {@link BufferTariff}, from which anybody computes an account's charge.
 *
 * <p>Page: {@code docs/methodology/contagion.md}, "Short volatility".
 *
 * @param buckets in any order
 * @param options every option of the table
 */
public record VegaTariff(List<Bucket> buckets, List<OptionVega> options) {
    /** A house without options. */
    public static final VegaTariff NONE = new VegaTariff(List.of(), List.of());

    /** Where on the smile: puts below a delta of 35 %, the middle, calls below a delta of 35 %. */
    public enum Wing {
        PUT(0),
        ATM(1),
        CALL(2);

        private final int code;

        Wing(int code) {
            this.code = code;
        }

        /** Its number in the tariff's encoding, and its place among the wings of a group. */
        int code() {
            return code;
        }
    }

    /**
     * One tenor node of one wing.
     *
     * @param group liquidity group, by its place
     * @param tenorDays whole days
     * @param capacityMicro vega that can be traded on a day of stress at one volatility point of slippage, micro-USD per point, &gt; 0
     * @param volMovePoints Δσ, volatility points ≥ 0
     * @param netShortVegaMicro what customers are short together and what each dealer is short, micro-USD per point ≥ 0
     * @param haircutPpm share of Δσ that a short pays
     */
    public record Bucket(
            int group,
            int tenorDays,
            Wing wing,
            long capacityMicro,
            int volMovePoints,
            long netShortVegaMicro,
            int haircutPpm) {
        /** Checks ranges. */
        public Bucket {
            new VegaCrowding.Node(tenorDays, capacityMicro, volMovePoints);
            MoneyRange.notNegative("netShortVegaMicro", netShortVegaMicro);
            MoneyRange.rate("haircutPpm", haircutPpm, 0, Ppm.ONE);
        }

        /** Net short over capacity, ppm, rounded up. */
        public long crowdingPpm() {
            return VegaCrowding.crowding(netShortVegaMicro, capacityMicro);
        }

        private Bucket join(Bucket other) {
            return new Bucket(
                    group,
                    tenorDays,
                    wing,
                    capacityMicro,
                    volMovePoints,
                    Math.max(netShortVegaMicro, other.netShortVegaMicro),
                    Math.max(haircutPpm, other.haircutPpm));
        }
    }

    /**
     * Where the vega of one long lot of an option lies.
     *
     * @param id of the option in the table
     */
    public record OptionVega(String id, List<Share> shares) {
        /** Copies the shares. */
        public OptionVega {
            shares = List.copyOf(shares);
        }
    }

    /**
     * A part of an option's vega.
     *
     * @param bucket its place
     * @param vegaMicro micro-USD per lot and volatility point
     */
    public record Share(int bucket, long vegaMicro) {}

    /** Copies the lists; a share must name a bucket. */
    public VegaTariff {
        buckets = List.copyOf(buckets);
        options = List.copyOf(options);
        for (OptionVega option : options) {
            for (Share share : option.shares) {
                if (share.bucket < 0 || share.bucket >= buckets.size()) {
                    throw new IllegalArgumentException("bucket of " + option.id + " must be within 0 … "
                            + (buckets.size() - 1) + "; have " + share.bucket);
                }
            }
        }
    }

    /**
     * What an account must hold for being short where many are, beyond what its initial margin charges for short vega already: Σ over groups of (⌈Σ (−ν)⁺ Δσ h / 10⁶⌉ − χ)⁺,
     * micro-USD.
     *
     * @throws IllegalArgumentException if the account's vega is of other buckets
     */
    public long charge(VegaHolding held) {
        if (buckets.isEmpty() || held.equals(VegaHolding.NONE)) {
            return 0;
        }
        if (held.vegaMicro().size() != buckets.size()) {
            throw new IllegalArgumentException("vegaMicro must have " + buckets.size() + " entries; has "
                    + held.vegaMicro().size());
        }
        List<Long> asked = asked(held, held.paidMicro().size());
        return IntStream.range(0, asked.size())
                .mapToLong(k -> Math.max(0, asked.get(k) - held.paidMicro().get(k)))
                .reduce(0, Math::addExact);
    }

    /** What the buckets of each group ask, micro-USD, rounded up once a group. */
    private List<Long> asked(VegaHolding held, int groups) {
        List<PpmSum> sums = new ArrayList<>();
        for (int k = 0; k < groups; k++) {
            sums.add(new PpmSum());
        }
        for (int b = 0; b < buckets.size(); b++) {
            Bucket bucket = buckets.get(b);
            long shortVega = Math.max(0, -held.vegaMicro().get(b));
            sums.get(bucket.group).add(Math.multiplyExact(shortVega, (long) bucket.volMovePoints), bucket.haircutPpm);
        }
        return sums.stream().map(PpmSum::up).toList();
    }

    /** The dearer of two tariffs over the same buckets: neither crowd is counted smaller. */
    VegaTariff join(VegaTariff other) {
        return new VegaTariff(
                IntStream.range(0, buckets.size())
                        .mapToObj(b -> buckets.get(b).join(other.buckets.get(b)))
                        .toList(),
                options);
    }
}
