package io.bulwark.netting.scenario;

import io.bulwark.clearing.governance.ParameterSet;
import io.bulwark.clearing.instrument.Instrument;
import io.bulwark.clearing.instrument.Listing;
import io.bulwark.clearing.instrument.RiskGroup;
import java.util.List;
import java.util.Optional;

/** How far every group moves: estimated where the epoch has statistics, else governed. */
final class GroupRanges {
    private final Listing listing;
    private final ParameterSet parameters;
    private final TableInputs inputs;

    GroupRanges(Listing listing, ParameterSet parameters, TableInputs inputs) {
        this.listing = listing;
        this.parameters = parameters;
        this.inputs = inputs;
    }

    /** The groups that have a price of their own, by number. */
    List<GroupRange> moving() {
        return listing.groups().stream()
                .filter(group -> !ofPools(group))
                .map(this::range)
                .toList();
    }

    /** Whether a group charges on net sensitivities: not the numéraire and not a group of two-asset products. */
    boolean charged(RiskGroup group) {
        return !numeraire(group) && !ofPools(group);
    }

    private GroupRange range(RiskGroup group) {
        if (numeraire(group)) {
            return GroupRange.numeraire(group.number(), group.name());
        }
        Optional<GroupStatistics> estimated = inputs.statistics().group(group.number());
        return new GroupRange(
                group.number(),
                group.name(),
                estimated
                        .map(GroupStatistics::range)
                        .orElseGet(() -> Math.toIntExact(parameters.value(ScenarioParameters.range(group.name())))),
                estimated
                        .map(GroupStatistics::apart)
                        .orElseGet(() -> Math.toIntExact(parameters.value(ScenarioParameters.apart(group.name())))));
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
