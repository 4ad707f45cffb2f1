package io.bulwark.netting.collateral;

import io.bulwark.clearing.governance.Parameter;
import io.bulwark.clearing.governance.ParameterSet;
import io.bulwark.clearing.instrument.AssetTier;
import io.bulwark.clearing.money.Rounding;
import io.bulwark.clearing.money.Usd;
import io.bulwark.netting.collateral.AssetClassRule.Kind;
import io.bulwark.netting.collateral.AssetClassRule.Observed;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Which limits of the classes one asset keeps, and what to say of it. */
record ClassLimits(ParameterSet parameters, Observed asset) {
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

    /**
     * Why an asset has its class: the limits that it keeps, or the ones of its listed class that it breaks; that its listing says so, or
     * that it is not yet far enough inside the limits of a better one.
     */
    String because(AssetTier tier) {
        AssetTier had = asset.had();
        String until = tier.compareTo(had) > 0 ? ", " + words(had) + " until now" : "";
        if (keeps(tier, 0) && tier != AssetTier.GOVERNANCE) {
            return until + ": " + said(limits(tier, 0).stream());
        }
        AssetTier better = tier == asset.listed().tier() ? tier : asset.listed().tier();
        String broken = said(limits(better, 0).stream().filter(limit -> !limit.kept()));
        if (!broken.isEmpty()) {
            return until + ": " + broken;
        }
        return better == tier
                ? ", as listed"
                : ", as until now: not yet far enough inside the limits of a better class";
    }

    static String words(AssetTier tier) {
        return tier == AssetTier.MAJOR ? "a major" : tier.name().toLowerCase(Locale.ROOT);
    }

    private boolean keeps(AssetTier tier, long inside) {
        return limits(tier, inside).stream().allMatch(Limit::kept);
    }

    private List<Limit> limits(AssetTier tier, long inside) {
        List<Limit> limits = new ArrayList<>();
        switch (tier) {
            case STABLE -> {
                limits.add(new Limit("it " + (dollars() ? "promises" : "does not promise") + " USD", dollars()));
                observed(limits, inside, ClassParameters.STABLE_SIGMA, ClassParameters.STABLE_DEPTH);
                limits.add(broken(parameters.value(ClassParameters.STABLE_BREAK)));
            }
            case MAJOR -> {
                limits.add(new Limit("it is " + (share() ? "" : "not ") + "a share", !share()));
                observed(limits, inside, ClassParameters.MAJOR_SIGMA, ClassParameters.MAJOR_DEPTH);
                limits.add(broken(parameters.value(ClassParameters.MAJOR_BREAK)));
            }
            case GOVERNANCE -> {
                // Everything else: nothing is asked of it.
            }
        }
        return limits;
    }

    private void observed(List<Limit> limits, long inside, Parameter calm, Parameter deep) {
        asset.sigma().ifPresent(sigma -> limits.add(sigma(sigma, parameters.value(calm), inside)));
        asset.depth().ifPresent(depth -> limits.add(depth(depth, parameters.value(deep), inside)));
    }

    private static Limit sigma(long sigma, long most, long inside) {
        long limit = Rounding.fdiv(most * (ONE - inside), ONE);
        return compared(
                "volatility " + AssetClassRule.percent(sigma) + " a day",
                sigma <= limit,
                "at most",
                AssetClassRule.percent(limit));
    }

    private static Limit depth(long depth, long least, long inside) {
        long limit = Rounding.cdiv(least * (ONE + inside), ONE);
        boolean kept = depth >= Math.multiplyExact(limit, Usd.UNITS);
        return compared(
                "depth " + usd(Rounding.fdiv(depth, Usd.UNITS)) + " USD", kept, "at least", usd(limit) + " USD");
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
        return asset.kind() == Kind.USD_CLAIM;
    }

    private boolean share() {
        return asset.kind() == Kind.SHARE;
    }

    private static String said(Stream<Limit> limits) {
        return limits.map(Limit::text).collect(Collectors.joining(", "));
    }

    private static String usd(long whole) {
        String digits = BigInteger.valueOf(whole).toString();
        return digits.replaceAll("(?<=\\d)(?=(\\d{3})+$)", ",");
    }
}
