package io.bulwark.netting.scenario;

import io.bulwark.clearing.governance.Parameter;
import io.bulwark.clearing.governance.ParameterSet;
import io.bulwark.clearing.instrument.Instrument;
import io.bulwark.clearing.instrument.Listing;
import io.bulwark.clearing.instrument.RiskGroup;
import io.bulwark.netting.liquidity.AddOnSlopes;
import io.bulwark.netting.market.Market;
import io.bulwark.netting.market.MarketDoubts;
import java.util.List;
import java.util.Optional;

/** How far every group moves: estimated where the epoch has statistics, else governed. */
public final class GroupRanges {
    private final Listing listing;
    private final MarketDoubts doubts;
    private final ParameterSet parameters;
    private final TableInputs inputs;
    private final AddOnSlopes slopes;

    public GroupRanges(Listing listing, MarketDoubts doubts, ParameterSet parameters, TableInputs inputs) {
        this.listing = listing;
        this.doubts = doubts;
        this.parameters = parameters;
        this.inputs = inputs;
        this.slopes = new AddOnSlopes(parameters);
    }

    /** The groups that have a price of their own, by number. */
    public List<GroupRange> moving() {
        return listing.groups().stream()
                .filter(group -> !ofPools(group))
                .map(this::range)
                .toList();
    }

    /** Whether a group charges on net sensitivities: not the numéraire and not a group of two-asset products. */
    public boolean charged(RiskGroup group) {
        return !numeraire(group) && !ofPools(group);
    }

    private GroupRange range(RiskGroup group) {
        if (numeraire(group)) {
            return GroupRange.numeraire(group.number(), group.name());
        }
        Parameter governedRange = ScenarioParameters.range(group.name());
        Parameter governedApart = ScenarioParameters.apart(group.name());
        Optional<GroupStatistics> estimated = inputs.statistics().group(group.number());
        long fall = estimated.map(s -> (long) s.fall()).orElseGet(() -> parameters.value(governedRange));
        long rise = estimated.map(s -> (long) s.rise()).orElseGet(() -> parameters.value(governedRange));
        long apart = estimated.map(s -> (long) s.apart()).orElseGet(() -> parameters.value(governedApart));
        return new GroupRange(
                group.number(),
                group.name(),
                within(governedRange, widened(group, fall)),
                within(governedRange, widened(group, rise)),
                within(governedApart, apart));
    }

    /** X where depth is thin, and where the price itself is in doubt: it may have moved already. */
    private long widened(RiskGroup group, long range) {
        long thin = inputs.liquidity()
                .group(group.number())
                .map(observed -> slopes.widened(range, observed))
                .orElse(range);
        return Math.addExact(thin, doubts.ofGroup(group.number(), parameters));
    }

    /** X_lo to X_hi and the bounds of κ: an estimate never leaves what governance could set. */
    private static int within(Parameter parameter, long value) {
        return (int) Math.clamp(value, parameter.least(), parameter.most());
    }

    /** A group of liquidity shares follows both legs and has no price of its own. */
    private boolean ofPools(RiskGroup group) {
        boolean shares = listing.assets().stream()
                .anyMatch(a -> a.group() == group.number() && a.form() instanceof Instrument.LiquidityShare);
        boolean others = listing.assets().stream()
                .anyMatch(a -> a.group() == group.number() && !(a.form() instanceof Instrument.LiquidityShare));
        return shares && !others && listing.instruments().stream().noneMatch(i -> i.group() == group.number());
    }

    private static boolean numeraire(RiskGroup group) {
        return group.name().equals(Market.NUMERAIRE);
    }
}
