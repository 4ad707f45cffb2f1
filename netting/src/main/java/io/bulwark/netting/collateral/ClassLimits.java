package io.bulwark.netting.collateral;

import io.bulwark.clearing.governance.ParameterSet;
import io.bulwark.clearing.instrument.AssetTier;
import io.bulwark.clearing.money.Rounding;
import io.bulwark.clearing.money.Usd;
import java.math.BigInteger;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Which limits of the classes one asset keeps, and what to say of it. */
record ClassLimits(ParameterSet parameters, AssetObservation asset) {
    private static final long ONE = Rounding.PPM;
    private static final long FULL_DEPTH = 4;

    /** One limit of a class. */
    private record Limit(String text, boolean kept) {}

    /** The best class whose limits are kept. */
    AssetTier best() {
        return Stream.of(AssetTier.STABLE, AssetTier.MAJOR)
                .filter(tier -> keeps(tier, 0))
                .findFirst()
                .orElse(AssetTier.GOVERNANCE);
    }

    /** The class of an asset that had one: worse at once, better only from well inside the limits. */
    AssetTier from(AssetTier had) {
        AssetTier best = best();
        if (best.compareTo(had) >= 0) {
            return best;
        }
        long inside = parameters.value(ClassParameters.PROMOTION);
        return Stream.of(AssetTier.STABLE, AssetTier.MAJOR)
                .filter(tier -> tier.compareTo(had) < 0 && keeps(tier, inside))
                .findFirst()
                .orElse(had);
    }

    /** The depth, u, at and above which an asset of a class is not thin: four times the least. */
    long fullDepth(AssetTier tier) {
        return switch (tier) {
            case STABLE -> FULL_DEPTH * Usd.UNITS * parameters.value(ClassParameters.STABLE_DEPTH);
            case MAJOR -> FULL_DEPTH * Usd.UNITS * parameters.value(ClassParameters.MAJOR_DEPTH);
            case GOVERNANCE -> Usd.UNITS * parameters.value(ClassParameters.MAJOR_DEPTH);
        };
    }

    /** The limits that an asset of a class keeps; of a governance asset, what kept it from being a major. */
    String kept(AssetTier tier) {
        return tier == AssetTier.GOVERNANCE
                ? said(limits(AssetTier.MAJOR, 0).stream().filter(limit -> !limit.kept()))
                : said(limits(tier, 0).stream());
    }

    /** Why an asset moved: the limits that it broke, or those that it now keeps well. */
    String reason(AssetTier from, AssetTier to) {
        return to.compareTo(from) > 0
                ? said(limits(from, 0).stream().filter(limit -> !limit.kept()))
                : said(limits(to, parameters.value(ClassParameters.PROMOTION)).stream());
    }

    static String words(AssetTier tier) {
        return tier == AssetTier.MAJOR ? "a major" : tier.name().toLowerCase(Locale.ROOT);
    }

    private boolean keeps(AssetTier tier, long inside) {
        return limits(tier, inside).stream().allMatch(Limit::kept);
    }

    private List<Limit> limits(AssetTier tier, long inside) {
        return switch (tier) {
            case STABLE ->
                List.of(
                        new Limit("it " + (dollars() ? "promises" : "does not promise") + " USD", dollars()),
                        sigma(parameters.value(ClassParameters.STABLE_SIGMA), inside),
                        depth(parameters.value(ClassParameters.STABLE_DEPTH), inside),
                        broken(parameters.value(ClassParameters.STABLE_BREAK)));
            case MAJOR ->
                List.of(
                        new Limit("it is " + (share() ? "" : "not ") + "a share", !share()),
                        sigma(parameters.value(ClassParameters.MAJOR_SIGMA), inside),
                        depth(parameters.value(ClassParameters.MAJOR_DEPTH), inside),
                        broken(parameters.value(ClassParameters.MAJOR_BREAK)));
            case GOVERNANCE -> List.of();
        };
    }

    private Limit sigma(long most, long inside) {
        long limit = Rounding.fdiv(most * (ONE - inside), ONE);
        return compared(
                "volatility " + AssetClassRule.percent(asset.sigma()) + " a day",
                asset.sigma() <= limit,
                "at most",
                AssetClassRule.percent(limit));
    }

    private Limit depth(long least, long inside) {
        long limit = Rounding.cdiv(least * (ONE + inside), ONE);
        boolean kept = asset.depth() >= Math.multiplyExact(limit, Usd.UNITS);
        return compared(
                "depth " + usd(Rounding.fdiv(asset.depth(), Usd.UNITS)) + " USD",
                kept,
                "at least",
                usd(limit) + " USD");
    }

    private Limit broken(long deepest) {
        return compared(
                "deepest break " + AssetClassRule.percent(asset.worstBreak()),
                asset.worstBreak() >= deepest,
                "at least",
                AssetClassRule.percent(deepest));
    }

    private static Limit compared(String value, boolean kept, String relation, String limit) {
        return new Limit(value + (kept ? " is " : " is not ") + relation + " " + limit, kept);
    }

    private boolean dollars() {
        return asset.kind() == AssetObservation.Kind.USD_CLAIM;
    }

    private boolean share() {
        return asset.kind() == AssetObservation.Kind.SHARE;
    }

    private static String said(Stream<Limit> limits) {
        return limits.map(Limit::text).collect(Collectors.joining(", "));
    }

    private static String usd(long whole) {
        String digits = BigInteger.valueOf(whole).toString();
        return digits.replaceAll("(?<=\\d)(?=(\\d{3})+$)", ",");
    }
}
