package io.bulwark.insurance.stresstest;

import io.bulwark.clearing.money.Ppm;
import io.bulwark.clearing.money.Rounding;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.hipparchus.fraction.BigFraction;

/**
 * What the fund must hold, and whose risk it is: the larger of the proved Cover-2 and of all layers together. What is proved stays a number of its own.
 *
 * <p>A layer is divided pro rata to what each member asks where the layer is sized: the Euler share of what all ask there, floored at zero, because a loss beyond margin is never
 * negative, and rescaled to the layer. So a third member whose loss comes near that of the worst pair pays for it before it overtakes them.
 *
 * @param proved Cover-2 of direct losses beyond what is held, u = 10⁻⁴ USD: the integer that the proof of the fund says
 * @param size layer by layer
 * @param shortfall ES99 of what all lose beyond what they hold, over the sealed rows of expected shortfall, rounded up, u
 * @param layers they add up to {@link #total}
 */
public record FundDemand(long proved, FundSize size, long shortfall, List<FundLayer> layers) {
    /** Name of the layer of market moves. */
    public static final String MARKET = "market";

    /** Name of the layer of symbols that are worth nothing. */
    public static final String JUMP = "jump to zero";

    /** Name of the layer of margin that has to be sold first. */
    public static final String LIQUIDITY = "liquidity";

    /** Name of the layer of a venue that fails. */
    public static final String VENUE = "venue default";

    /** Name of what the proved need asks beyond all layers. */
    public static final String PROVED = "proved Cover-2 beyond the layers";

    private static final BigInteger WHOLE = BigInteger.valueOf(Ppm.ONE);

    /** Copies the layers; they must add up. */
    public FundDemand {
        layers = List.copyOf(layers);
        long sum = layers.stream().mapToLong(FundLayer::size).reduce(0, Math::addExact);
        if (sum != Math.max(proved, size.total())) {
            throw new IllegalArgumentException(
                    "layers must add up to " + Math.max(proved, size.total()) + "; have " + sum);
        }
    }

    /**
     * The demand.
     *
     * @param losses what members ask wherever the fund is sized
     * @param sharePpm φ, share of all losses beyond what is held that the fund holds at least, ppm
     */
    public static FundDemand of(FundLosses losses, long sharePpm) {
        Sized sized = Sized.of(losses, sharePpm);
        FundSize size = sized.size();
        List<FundLayer> layers = new ArrayList<>();
        long proved = sized.proved().need();
        layers.add(market(losses, sized).proved(Math.min(proved, size.market())));
        layers.add(FundLayer.of(
                JUMP,
                size.jumpToZero(),
                sized.symbol().map(s -> s.losses().scenario()).orElse(""),
                sized.symbol().map(s -> asks(s.losses())).orElseGet(TreeMap::new)));
        StressRow sold = largest(losses.liquidity(), 1);
        layers.add(FundLayer.of(LIQUIDITY, size.liquidity(), sold.scenario(), asks(sold)));
        StressRow failed = largest(losses.venues(), Integer.MAX_VALUE);
        layers.add(FundLayer.of(
                VENUE, size.venueDefault(), size.venueDefault() == 0 ? "" : failed.scenario(), asks(failed)));
        long beyond = proved - size.total();
        if (beyond > 0) {
            StressRow worst = sized.proved().worst();
            // What the market's layer does not hold of it may lie in layers that no proof covers: here stands the rest.
            layers.add(FundLayer.of(PROVED, beyond, worst.scenario(), asks(worst))
                    .proved(Math.min(beyond, proved - Math.min(proved, size.market()))));
        }
        return new FundDemand(proved, size, sized.shortfall().value(), layers);
    }

    /** What the fund must hold: the larger of the proved need and of all layers together, without whose risk it is. */
    public static long total(FundLosses losses, long sharePpm) {
        Sized sized = Sized.of(losses, sharePpm);
        return Math.max(sized.proved().need(), sized.size().total());
    }

    /** What the fund must hold, u. */
    public long total() {
        return layers.stream().mapToLong(FundLayer::size).reduce(0, Math::addExact);
    }

    /** The part of a member in all layers, u. The parts of all members add up to the total. */
    public long part(String member) {
        return layers.stream().mapToLong(layer -> layer.part(member)).reduce(0, Math::addExact);
    }

    private static FundLayer market(FundLosses losses, Sized sized) {
        FundSize size = sized.size();
        if (size.market() == size.coverTwo()) {
            StressRow worst = sized.cover().worst();
            return FundLayer.of(MARKET, size.market(), worst.scenario(), asks(worst));
        }
        if (size.market() == sized.shortfall().value()) {
            return FundLayer.of(
                    MARKET,
                    size.market(),
                    "the tail of expected shortfall",
                    sized.shortfall().shares());
        }
        StressRow worst = largest(losses.held(), Integer.MAX_VALUE);
        return FundLayer.of(
                MARKET, size.market(), "the governed share of all losses in " + worst.scenario(), asks(worst));
    }

    /** The row in which the n who ask most ask most together, the first of equals. */
    private static StressRow largest(List<StressRow> rows, int n) {
        return rows.stream()
                .reduce((first, next) -> next.largest(n) > first.largest(n) ? next : first)
                .orElseGet(() -> new StressRow(0, "", List.of()));
    }

    private static SortedMap<String, BigFraction> asks(StressRow row) {
        TreeMap<String, BigFraction> asks = new TreeMap<>();
        row.members().forEach(m -> asks.put(m.member(), new BigFraction(BigInteger.valueOf(m.beyondMargin()))));
        return asks;
    }

    private record Sized(
            CoverTwo proved, CoverTwo cover, Shortfall shortfall, Optional<FundLosses.Symbol> symbol, FundSize size) {
        static Sized of(FundLosses losses, long sharePpm) {
            CoverTwo cover = CoverTwo.ofRows(losses.held());
            Shortfall shortfall = Shortfall.of(losses.tail());
            Optional<FundLosses.Symbol> symbol = losses.symbols().stream()
                    .max(Comparator.comparingLong(FundLosses.Symbol::asked)
                            .thenComparingLong(s -> s.losses().total())
                            .thenComparing(s -> s.losses().scenario()));
            return new Sized(
                    CoverTwo.ofRows(losses.direct()),
                    cover,
                    shortfall,
                    symbol,
                    FundSize.of(
                            cover,
                            shortfall.value(),
                            sharePpm,
                            symbol.map(FundLosses.Symbol::asked).orElse(0L),
                            largest(losses.liquidity(), 1).largest(1),
                            largest(losses.venues(), Integer.MAX_VALUE).total()));
        }
    }

    /**
     * Expected shortfall of what all lose together.
     *
     * @param value rounded up, u
     * @param weights in the tail of the rows in which somebody loses
     * @param rows those rows
     */
    private record Shortfall(long value, List<BigFraction> weights, List<StressRow> rows) {
        static Shortfall of(FundLosses.Tail tail) {
            List<Integer> lost = IntStream.range(0, tail.rows().size())
                    .filter(row -> tail.rows().get(row).total() > 0)
                    .boxed()
                    .toList();
            if (lost.isEmpty()) {
                return new Shortfall(0, List.of(), List.of());
            }
            List<StressRow> rows = lost.stream().map(tail.rows()::get).toList();
            List<BigFraction> losses = new ArrayList<>(rows.stream()
                    .map(row -> new BigFraction(BigInteger.valueOf(row.total())))
                    .toList());
            List<BigFraction> probabilities = new ArrayList<>(
                    lost.stream().map(row -> ofPpm(tail.weightsPpm().get(row))).toList());
            BigFraction rest =
                    BigFraction.ONE.subtract(probabilities.stream().reduce(BigFraction.ZERO, BigFraction::add));
            if (rest.signum() > 0) {
                losses.add(BigFraction.ZERO);
                probabilities.add(rest);
            }
            TailLosses together =
                    new TailLosses(List.of(losses), probabilities, BigFraction.ONE.subtract(ofPpm(tail.tailPpm())));
            BigFraction mean = together.expectedShortfall(together.everybody());
            return new Shortfall(
                    Rounding.exactLong(Rounding.cdiv(mean.getNumerator(), mean.getDenominator())),
                    together.tailWeights(together.everybody()),
                    rows);
        }

        private static BigFraction ofPpm(int ppm) {
            return new BigFraction(BigInteger.valueOf(ppm), WHOLE);
        }

        private SortedMap<String, BigFraction> shares() {
            TreeMap<String, BigFraction> shares = new TreeMap<>();
            for (int row = 0; row < rows.size(); row++) {
                BigFraction weight = weights.get(row);
                asks(rows.get(row))
                        .forEach((member, loss) -> shares.merge(member, loss.multiply(weight), BigFraction::add));
            }
            return shares;
        }
    }
}
