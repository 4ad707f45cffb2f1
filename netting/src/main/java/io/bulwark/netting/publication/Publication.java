package io.bulwark.netting.publication;

import io.bulwark.netting.risktable.AssetRisk;
import io.bulwark.netting.risktable.EntryBound;
import io.bulwark.netting.risktable.Group;
import io.bulwark.netting.risktable.GroupCharges;
import io.bulwark.netting.risktable.InstrumentRisk;
import io.bulwark.netting.risktable.IntColumn;
import io.bulwark.netting.risktable.Knot;
import io.bulwark.netting.risktable.RiskParameters;
import io.bulwark.netting.risktable.RiskTable;
import io.bulwark.netting.risktable.RiskTable.Combo;
import io.bulwark.netting.risktable.Sensitivity;
import io.bulwark.netting.risktable.SizeCharge;
import io.bulwark.netting.scenario.Recipe.Skeleton;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.IntStream;

/** Judges whether a well-formed table may be published. A table with a violation is not. */
public final class Publication {
    private static final long MILLION = RiskParameters.MILLION;
    private static final long OWN_SIZE_PERCENT = 3;
    private static final long CROWDING_MAX = 5 * MILLION;
    private static final long PSI_MAX = 500_000;

    private final RiskTable table;
    private final List<Violation> violations = new ArrayList<>();

    private Publication(RiskTable table) {
        this.table = table;
    }

    /** The rules that concern the table's own columns, for any table of the format. */
    public static List<Violation> ofFormula(RiskTable table) {
        Publication publication = new Publication(table);
        publication.checkCombos();
        table.groups().forEach(group -> group.charges().ifPresent(c -> publication.checkGroup(group, c)));
        table.instruments().forEach(publication::checkInstrument);
        table.assets().forEach(publication::checkAsset);
        publication.violations.addAll(VenueRules.violations(table));
        publication.violations.addAll(PlaceRules.violations(table));
        return List.copyOf(publication.violations);
    }

    /** The same and the limits of the product: what a table must pass to be sealed in an epoch. */
    public static List<Violation> ofProduction(RiskTable table) {
        List<Violation> all = new ArrayList<>(ofFormula(table));
        all.addAll(ProductionLimits.of(table));
        return List.copyOf(all);
    }

    /** Whether a table has the structure that was promised of every day: if not, no key that proves over another day's opens it. */
    public static List<Violation> ofSkeleton(RiskTable table, Skeleton skeleton) {
        return skeleton.differences(table).stream()
                .map(what -> new Violation(PublicationCheck.SKELETON, what))
                .toList();
    }

    private void checkCombos() {
        for (Combo combo : table.combos()) {
            require(
                    combo.weights().sum() == MILLION,
                    PublicationCheck.COMBO_WEIGHTS,
                    "combo " + combo.name(),
                    combo.weights());
        }
    }

    private void checkGroup(Group group, GroupCharges charges) {
        String where = "group " + group.id();
        SizeCharge impact = charges.impact();
        SizeCharge contagion = charges.contagion();
        GroupCharges.Crowding crowding = charges.crowding();
        ownSize(impact.knots(), Math.min(impact.longSlope(), impact.shortSlope()), where + " impact");
        ownSize(contagion.knots(), Math.min(contagion.longSlope(), contagion.shortSlope()), where + " contagion");
        ownSize(crowding.knots(), crowding.chi(), where + " crowding");
        long vol = crowding.chi() + slopes(crowding.knots());
        require(vol <= CROWDING_MAX, PublicationCheck.CROWDING_LIMIT, where, vol);
        long basis = charges.basis().stream()
                .mapToLong(GroupCharges.Basis::ppm)
                .max()
                .orElse(0);
        long dislocation = charges.dislocation().stream()
                .mapToLong(GroupCharges.Dislocation::ppm)
                .max()
                .orElse(0);
        long delta = largest(impact) + largest(contagion) + basis + dislocation;
        require(delta <= MILLION, PublicationCheck.DELTA_CHARGES_LIMIT, where, delta);
        require(
                charges.skew().psi() <= PSI_MAX,
                PublicationCheck.SKEW_LIMIT,
                where,
                charges.skew().psi());
    }

    private void checkInstrument(InstrumentRisk instrument) {
        String where = "instrument " + instrument.id();
        ownSize(instrument.knots(), instrument.spread() + instrument.crowd().smaller(), where);
        require(EntryBound.of(instrument) == instrument.bound(), PublicationCheck.BOUND, where, instrument.bound());
        require(instrument.bound() < 1L << 31, PublicationCheck.BOUND, where, instrument.bound());
        if (instrument.paidUp()) {
            long worst = instrument.value() + Math.min(least(instrument.row()), least(instrument.es()));
            require(worst >= 0, PublicationCheck.PAID_UP_NEVER_OWES, where, worst);
        }
        instrument
                .rowShort()
                .ifPresent(shortRow -> require(
                        positions(shortRow)
                                .allMatch(
                                        r -> shortRow.at(r) >= instrument.row().at(r)),
                        PublicationCheck.SHORT_ROW,
                        where,
                        "a smaller entry"));
        instrument.days().ifPresent(days -> instrument.delta().forEach(d -> checkBasisKey(where, d.group(), days)));
    }

    private void checkBasisKey(String where, int group, int days) {
        Optional<GroupCharges> charges = table.group(group).flatMap(Group::charges);
        boolean known = charges.isEmpty() || charges.get().basis().stream().anyMatch(basis -> basis.days() == days);
        require(known, PublicationCheck.BASIS_KEYS, where, "group " + group + ", days " + days);
    }

    private void checkAsset(AssetRisk asset) {
        String where = "asset " + asset.id();
        ownSize(asset.knots(), asset.crowd().smaller(), where);
        require(EntryBound.of(asset) == asset.bound(), PublicationCheck.BOUND, where, asset.bound());
        require(asset.bound() < 1L << 31, PublicationCheck.BOUND, where, asset.bound());
        long gap = asset.debtValue() - asset.value();
        boolean covered = covers(asset.debtRow(), asset.row(), gap) && covers(asset.debtEs(), asset.es(), gap);
        require(covered, PublicationCheck.DEBT_COVERS_COLLATERAL, where, "D - K = " + gap);
        for (int row : skewRows(asset.group())) {
            int flat = table.group(asset.group())
                    .flatMap(Group::charges)
                    .orElseThrow()
                    .skew()
                    .flat();
            boolean equal = asset.row().at(row) == asset.row().at(flat)
                    && asset.debtRow().at(row) == asset.debtRow().at(flat);
            require(equal, PublicationCheck.SKEW_ROWS_NEUTRAL, where, "rows " + row + ", " + flat);
        }
        checkCollateralSlopes(asset, where);
    }

    private List<Integer> skewRows(int group) {
        return table.group(group)
                .flatMap(Group::charges)
                .map(charges -> List.of(charges.skew().steep()))
                .orElse(List.of());
    }

    // Compared in ppm, so that no division rounds: every slope that one more lot of collateral could pay.
    private void checkCollateralSlopes(AssetRisk asset, String where) {
        long perLot = Math.multiplyExact(MILLION, asset.crowd().longSide() + slopes(asset.knots()));
        for (Sensitivity delta : asset.delta()) {
            Optional<GroupCharges> charges = table.group(delta.group()).flatMap(Group::charges);
            long ppm = charges.map(c -> largest(c.impact()) + largest(c.contagion()))
                    .orElse(0L);
            perLot = Math.addExact(perLot, Math.multiplyExact(Math.abs((long) delta.amount()), ppm));
        }
        long least = asset.value() + Math.min(least(asset.row()), least(asset.es()));
        require(perLot <= Math.multiplyExact(MILLION, least), PublicationCheck.COLLATERAL_SLOPES, where, least);
    }

    private void ownSize(List<Knot> knots, long linear, String where) {
        long own = slopes(knots);
        require(100 * own <= OWN_SIZE_PERCENT * linear, PublicationCheck.OWN_SIZE, where, own + " of " + linear);
    }

    private static boolean covers(IntColumn debt, IntColumn collateral, long gap) {
        return positions(debt).allMatch(r -> gap + debt.at(r) - collateral.at(r) >= 0);
    }

    private static IntStream positions(IntColumn column) {
        return IntStream.range(0, column.length());
    }

    private static long least(IntColumn column) {
        OptionalInt least = column.stream().min();
        return least.orElse(0);
    }

    private static long largest(SizeCharge charge) {
        return Math.max(charge.longSlope(), charge.shortSlope()) + slopes(charge.knots());
    }

    private static long slopes(List<Knot> knots) {
        return knots.stream().mapToLong(Knot::slope).sum();
    }

    private void require(boolean holds, PublicationCheck check, String where, Object value) {
        if (!holds) {
            violations.add(new Violation(check, where + ": have " + value));
        }
    }

    /**
     * A rule that a table breaks.
     *
     * @param check the rule
     * @param where the entry or group that breaks it, with the value
     */
    public record Violation(PublicationCheck check, String where) {}
}
