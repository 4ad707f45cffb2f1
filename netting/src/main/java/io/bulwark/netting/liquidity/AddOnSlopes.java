package io.bulwark.netting.liquidity;

import io.bulwark.clearing.governance.ParameterSet;
import io.bulwark.clearing.money.Rounding;
import io.bulwark.netting.liquidity.LiquidityObservations.AssetLiquidity;
import io.bulwark.netting.liquidity.LiquidityObservations.GroupLiquidity;
import io.bulwark.netting.liquidity.LiquidityObservations.InstrumentLiquidity;
import io.bulwark.netting.liquidity.LiquidityObservations.OneSided;
import io.bulwark.netting.risktable.CrowdSlopes;
import io.bulwark.netting.risktable.GroupCharges;
import io.bulwark.netting.risktable.Knot;
import io.bulwark.netting.risktable.SizeCharge;
import java.math.BigInteger;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;

/** The published slopes of the size charges, from aggregates (margin formula, section 1.8); every one rounded up. */
public final class AddOnSlopes {
    private static final long ONE = Rounding.PPM;

    /** No χ is larger, its own-size increments included: 5 volatility points. */
    private static final long CHI_MAX = 5 * ONE;

    private static final long PSI_MAX = 500_000;
    private static final long CLUSTER_FREE = 2 * ONE;
    private static final long CLUSTER_SPAN = 3 * ONE;
    private static final long BASIS_LEAST = 2_000;
    private static final long BASIS_A_YEAR = 50_000;
    private static final long DAYS_A_YEAR = 365;

    /** One part in a thousand. */
    private static final long STEP_LEAST = 1_000;

    private final ParameterSet parameters;

    /** With the governed numbers in force. */
    public AddOnSlopes(ParameterSet parameters) {
        this.parameters = parameters;
    }

    /** Concentration slopes of a contract, ppm of its notional; the short side with the surcharge of its cluster. */
    public CrowdSlopes crowd(InstrumentLiquidity observed) {
        CrowdSlopes plain = crowd(observed.interest(), observed.depth(), observed.whole());
        return new CrowdSlopes(plain.longSide(), plain.shortSide() + cluster(observed.crowding()));
    }

    /** Concentration slopes of an asset, ppm of its price: collateral and debt. */
    public CrowdSlopes crowd(AssetLiquidity observed) {
        return crowd(observed.interest(), observed.depth(), observed.whole());
    }

    /**
     * What one side's slope rests on.
     *
     * @param interest of the side
     * @param depth D in the same unit
     * @param least the governed slope below which it is not published
     * @param whole whether 90 days are behind the depth, so that nothing governed is the least
     */
    public SlopeBasis basis(long interest, long depth, long least, boolean whole) {
        return whole ? SlopeBasis.OBSERVED : SlopeBasis.of(average(interest, depth), least);
    }

    /** Those of an entry of which nothing is known. */
    public CrowdSlopes unobservedCrowd() {
        long governed = parameters.value(LiquidityParameters.CROWD_UNOBSERVED);
        return new CrowdSlopes(governed, governed);
    }

    /** The law's slopes; until 90 days are observed none below the governed one. */
    private CrowdSlopes crowd(OneSided interest, long depth, boolean whole) {
        CrowdSlopes law = crowd(interest, depth);
        long least = whole ? 0 : parameters.value(LiquidityParameters.CROWD_UNOBSERVED);
        return new CrowdSlopes(Math.max(least, law.longSide()), Math.max(least, law.shortSide()));
    }

    /**
     * Impact of unwinding a net delta, ppm, with its own-size increments in u of delta; until 90 days are observed no slope is
     * below the governed one.
     */
    public SizeCharge impact(GroupLiquidity observed, SizeCharge governed) {
        CrowdSlopes law = crowd(observed.delta(), observed.depth());
        CrowdSlopes slopes = observed.whole()
                ? law
                : new CrowdSlopes(
                        Math.max(governed.longSlope(), law.longSide()),
                        Math.max(governed.shortSlope(), law.shortSide()));
        return new SizeCharge(slopes.longSide(), slopes.shortSide(), OwnSize.knots(slopes.smaller(), observed.depth()));
    }

    /**
     * χ and its increments: 5 volatility points where all accounts together are short twice the vega that is usually held long.
     * A house where nobody ever was long has no capacity: the full χ as soon as somebody is short. While nobody knows what is usual, the
     * governed χ.
     */
    public GroupCharges.Crowding crowding(GroupLiquidity observed) {
        if (observed.vegaCapacity().isEmpty()) {
            return unobservedCrowding();
        }
        long known = observed.vegaCapacity().orElseThrow();
        long chi = chi(observed.shortVega(), known);
        long capacity = Math.max(1, known);
        List<Knot> knots = OwnSize.knots(chi, capacity);
        long own = knots.stream().mapToLong(Knot::slope).sum();
        return new GroupCharges.Crowding(chi, chi + own <= CHI_MAX ? knots : List.of());
    }

    /** The governed χ. */
    public GroupCharges.Crowding unobservedCrowding() {
        return new GroupCharges.Crowding(parameters.value(LiquidityParameters.CHI_UNOBSERVED), List.of());
    }

    /** ψ = clamp(.25·(1 + z), 0, .5), ppm; z is 0 where nobody has measured the skew. */
    public long psi(OptionalLong skewScore) {
        long base = parameters.value(LiquidityParameters.PSI_BASE);
        long score = Math.clamp(skewScore.orElse(0), -ONE, 10 * ONE);
        return Math.min(PSI_MAX, Rounding.cdiv(base * (ONE + score), ONE));
    }

    /** b = max(0.2 %, 5 % a year) of the absolute dated delta, ppm. */
    public static long basis(int days) {
        return Math.max(BASIS_LEAST, Rounding.cdiv(BASIS_A_YEAR * days, DAYS_A_YEAR));
    }

    /**
     * The price range, widened where depth is thin: X·(1 + λ_L·clamp(D_ref/D − 1, 0, 1)), ppm, rounded up.
     *
     * @param range X before, ppm
     */
    public long widened(long range, GroupLiquidity observed) {
        long missing = Math.max(0, observed.referenceDepth() - observed.depth());
        long thin = missing >= observed.depth() ? ONE : scaled(missing, observed.depth(), ONE);
        long factor = ONE + Rounding.cdiv(parameters.value(LiquidityParameters.THIN_DEPTH) * thin, ONE);
        return Rounding.cdiv(range * factor, ONE);
    }

    /**
     * A slope that rises by at most the published step: of the slope before, or 0.1 % of what it is a slope of if that is more.
     *
     * @param before the slope of the table before
     * @param target what it would be without the step
     * @param whole the slope that would take everything: the notional of a lot, or 10⁶ for a slope in ppm
     */
    public long stepped(long before, long target, long whole) {
        long step = scaled(before, ONE, parameters.value(LiquidityParameters.STEP_MAX));
        return Math.min(target, before + Math.max(step, Rounding.cdiv(whole, STEP_LEAST)));
    }

    private CrowdSlopes crowd(OneSided interest, long depth) {
        return new CrowdSlopes(average(interest.longSide(), depth), average(interest.shortSide(), depth));
    }

    private long average(long interest, long depth) {
        return SquareRootImpact.average(
                interest,
                depth,
                parameters.value(LiquidityParameters.CROWD_SHARE),
                parameters.value(LiquidityParameters.SLOPE_MAX));
    }

    /** a_max·clamp((OI of the cluster/median − 2)/3, 0, 1). */
    private long cluster(long crowding) {
        long above = Math.clamp(crowding - CLUSTER_FREE, 0, CLUSTER_SPAN);
        return Rounding.cdiv(parameters.value(LiquidityParameters.CLUSTER_MAX) * above, CLUSTER_SPAN);
    }

    private static long chi(long shortVega, long capacity) {
        long above = Math.max(0, shortVega - capacity);
        return above >= capacity ? (above == 0 ? 0 : CHI_MAX) : scaled(above, capacity, CHI_MAX);
    }

    /** ⌈part · scale / whole⌉. */
    private static long scaled(long part, long whole, long scale) {
        BigInteger product = BigInteger.valueOf(part).multiply(BigInteger.valueOf(scale));
        return Rounding.cdiv(product, BigInteger.valueOf(whole)).longValueExact();
    }

    /** What a published slope rests on. */
    public enum SlopeBasis {
        /** On what the epoch's reports and accounts, and the record of those before, say. */
        OBSERVED,
        /** On the governed number, for nobody reports what it would follow from. */
        GOVERNED,
        /** On the governed number, because what is observed would charge less. */
        FLOOR;

        /**
         * Of a slope that is the larger of what is observed and a governed least.
         *
         * @param observed what follows from observations
         * @param least the governed least
         */
        public static SlopeBasis of(long observed, long least) {
            return observed > least ? OBSERVED : FLOOR;
        }

        /** For people and provenances. */
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
