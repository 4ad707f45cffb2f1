package io.bulwark.netting.revaluation;

import static io.bulwark.clearing.document.CanonicalValue.array;
import static io.bulwark.clearing.document.CanonicalValue.integer;
import static io.bulwark.clearing.document.CanonicalValue.text;

import io.bulwark.clearing.document.CanonicalValue;
import io.bulwark.clearing.governance.ParameterSet;
import io.bulwark.clearing.instrument.ListedAsset;
import io.bulwark.clearing.instrument.ListedInstrument;
import io.bulwark.clearing.instrument.Listing;
import io.bulwark.clearing.instrument.RiskGroup;
import io.bulwark.clearing.money.Rounding;
import io.bulwark.netting.liquidity.AddOnSlopes;
import io.bulwark.netting.liquidity.AddOnSlopes.SlopeBasis;
import io.bulwark.netting.liquidity.LiquidityObservations.AssetLiquidity;
import io.bulwark.netting.liquidity.LiquidityObservations.GroupLiquidity;
import io.bulwark.netting.liquidity.LiquidityObservations.InstrumentLiquidity;
import io.bulwark.netting.liquidity.LiquidityObservations.OneSided;
import io.bulwark.netting.liquidity.OwnSize;
import io.bulwark.netting.risktable.AssetRisk;
import io.bulwark.netting.risktable.CrowdSlopes;
import io.bulwark.netting.risktable.Group;
import io.bulwark.netting.risktable.GroupCharges;
import io.bulwark.netting.risktable.InstrumentRisk;
import io.bulwark.netting.risktable.Knot;
import io.bulwark.netting.risktable.RiskTable;
import io.bulwark.netting.risktable.SizeCharge;
import io.bulwark.netting.scenario.GroupStatistics;
import io.bulwark.netting.scenario.TableInputs;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Every charge of the margin formula, from what the epoch observed; governed where it observed nothing. A slope that the table
 * before had too rises by at most the published step, so that one account's trades cannot surprise the others.
 */
final class ObservedRates implements AddOnRates {
    private static final long ONE = Rounding.PPM;

    private final TableInputs inputs;
    private final Governed governed;
    private final AddOnSlopes slopes;

    ObservedRates(ParameterSet parameters, TableInputs inputs) {
        this.inputs = inputs;
        this.governed = new Governed(parameters);
        this.slopes = new AddOnSlopes(parameters);
    }

    @Override
    public SizeRates of(ListedInstrument instrument, BigDecimal notional) {
        Optional<InstrumentLiquidity> observed = inputs.liquidity().instrument(instrument.number());
        long spread = Governed.share(notional, spread(instrument, observed));
        CrowdSlopes ppm = observed.map(slopes::crowd).orElseGet(slopes::unobservedCrowd);
        CrowdSlopes target =
                new CrowdSlopes(Governed.share(notional, ppm.longSide()), Governed.share(notional, ppm.shortSide()));
        Optional<InstrumentRisk> before = before().flatMap(table -> table.instrument(instrument.number()));
        CrowdSlopes crowd = stepped(before.map(InstrumentRisk::crowd), target, Governed.share(notional, ONE));
        return new SizeRates(spread, crowd, knots(spread + crowd.smaller(), observed.map(InstrumentLiquidity::depth)));
    }

    @Override
    public SizeRates of(ListedAsset asset, long lotPrice) {
        Optional<AssetLiquidity> observed = inputs.liquidity().asset(asset.number());
        CrowdSlopes ppm = observed.map(slopes::crowd).orElseGet(slopes::unobservedCrowd);
        CrowdSlopes target = new CrowdSlopes(
                Rounding.cdiv(lotPrice * ppm.longSide(), ONE), Rounding.cdiv(lotPrice * ppm.shortSide(), ONE));
        Optional<AssetRisk> before = before().flatMap(table -> table.asset(asset.number()));
        CrowdSlopes crowd = stepped(before.map(AssetRisk::crowd), target, lotPrice);
        return new SizeRates(0, crowd, knots(crowd.smaller(), observed.map(AssetLiquidity::depth)));
    }

    @Override
    public GroupCharges of(RiskGroup group, GroupCharges none, List<Integer> days) {
        Optional<GroupCharges> before =
                before().flatMap(table -> table.group(group.number())).flatMap(Group::charges);
        OptionalLong score = inputs.statistics()
                .group(group.number())
                .map(GroupStatistics::skewScore)
                .orElse(OptionalLong.empty());
        GroupCharges.Skew skew =
                new GroupCharges.Skew(none.skew().steep(), none.skew().flat(), Math.toIntExact(slopes.psi(score)));
        return new GroupCharges(
                impact(group, before.map(GroupCharges::impact)),
                none.contagion(),
                crowding(group),
                skew,
                days.stream()
                        .map(key -> new GroupCharges.Basis(key, Math.toIntExact(AddOnSlopes.basis(key))))
                        .toList());
    }

    /** Until 90 days are observed a quote only raises the governed cost of crossing it, ppm. */
    private long spread(ListedInstrument instrument, Optional<InstrumentLiquidity> observed) {
        long least = governed.spread(instrument);
        return observed.map(o -> o.halfSpread().isEmpty()
                        ? least
                        : o.whole()
                                ? o.halfSpread().orElseThrow()
                                : Math.max(least, o.halfSpread().orElseThrow()))
                .orElse(least);
    }

    /**
     * What each slope of an epoch that observes rests on: of instruments the spread and both crowded sides, of assets both
     * sides, of groups the impact of both. What is not named is governed.
     */
    CanonicalValue bases(Listing listing) {
        return array(
                array(inputs.liquidity().instruments().stream()
                        .map(o -> bases(o, listing.instrument(o.instrument())))
                        .toList()),
                array(inputs.liquidity().assets().stream()
                        .map(o -> words(o.asset(), basis(o.interest(), o.depth(), slopes.unobservedCrowd(), o.whole())))
                        .toList()),
                array(inputs.liquidity().groups().stream()
                        .map(o -> bases(o, listing.group(o.group())))
                        .toList()));
    }

    private CanonicalValue bases(InstrumentLiquidity observed, ListedInstrument instrument) {
        OptionalLong half = observed.halfSpread();
        SlopeBasis spread = half.isEmpty()
                ? SlopeBasis.GOVERNED
                : observed.whole()
                        ? SlopeBasis.OBSERVED
                        : SlopeBasis.of(half.orElseThrow(), governed.spread(instrument));
        List<SlopeBasis> bases = new ArrayList<>(List.of(spread));
        bases.addAll(basis(observed.interest(), observed.depth(), slopes.unobservedCrowd(), observed.whole()));
        return words(observed.instrument(), bases);
    }

    private CanonicalValue bases(GroupLiquidity observed, RiskGroup group) {
        SizeCharge impact = governed.impact(group);
        CrowdSlopes least = new CrowdSlopes(impact.longSlope(), impact.shortSlope());
        return words(observed.group(), basis(observed.delta(), observed.depth(), least, observed.whole()));
    }

    private List<SlopeBasis> basis(OneSided interest, long depth, CrowdSlopes least, boolean whole) {
        return List.of(
                slopes.basis(interest.longSide(), depth, least.longSide(), whole),
                slopes.basis(interest.shortSide(), depth, least.shortSide(), whole));
    }

    private static CanonicalValue words(int number, List<SlopeBasis> bases) {
        return array(
                integer(number),
                array(bases.stream().map(basis -> text(basis.word())).toList()));
    }

    private SizeCharge impact(RiskGroup group, Optional<SizeCharge> before) {
        return inputs.liquidity()
                .group(group.number())
                .map(observed -> {
                    SizeCharge target = slopes.impact(observed, governed.impact(group));
                    CrowdSlopes limited = stepped(
                            before.map(b -> new CrowdSlopes(b.longSlope(), b.shortSlope())),
                            new CrowdSlopes(target.longSlope(), target.shortSlope()),
                            ONE);
                    return new SizeCharge(
                            limited.longSide(),
                            limited.shortSide(),
                            knots(limited.smaller(), Optional.of(observed.depth())));
                })
                .orElseGet(() -> governed.impact(group));
    }

    private GroupCharges.Crowding crowding(RiskGroup group) {
        return inputs.liquidity().group(group.number()).map(slopes::crowding).orElseGet(slopes::unobservedCrowding);
    }

    private Optional<RiskTable> before() {
        return inputs.before();
    }

    private CrowdSlopes stepped(Optional<CrowdSlopes> before, CrowdSlopes target, long whole) {
        return before.map(b -> new CrowdSlopes(
                        slopes.stepped(b.longSide(), target.longSide(), whole),
                        slopes.stepped(b.shortSide(), target.shortSide(), whole)))
                .orElse(target);
    }

    private static List<Knot> knots(long linear, Optional<Long> depth) {
        return depth.map(d -> OwnSize.knots(linear, d)).orElseGet(List::of);
    }
}
