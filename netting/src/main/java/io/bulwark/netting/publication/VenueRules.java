package io.bulwark.netting.publication;

import io.bulwark.netting.collateral.CollateralRule;
import io.bulwark.netting.publication.Publication.Violation;
import io.bulwark.netting.risktable.AssetRisk;
import io.bulwark.netting.risktable.Family;
import io.bulwark.netting.risktable.Group;
import io.bulwark.netting.risktable.GroupCharges.Dislocation;
import io.bulwark.netting.risktable.InstrumentRisk;
import io.bulwark.netting.risktable.IntColumn;
import io.bulwark.netting.risktable.RiskParameters;
import io.bulwark.netting.risktable.RiskTable;
import io.bulwark.netting.risktable.RiskTable.GroupMoves;
import io.bulwark.netting.risktable.ScenarioRow;
import io.bulwark.netting.risktable.VenueRisk;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * What a table with venues must keep beside all others: its paths, what venues count, and the marks that may part.
 * Source: venue risk, section 1.
 */
final class VenueRules {
    private static final String JOINT = "J";
    private static final Set<String> FAMILIES = Set.of(JOINT, "EXT", "HIST", "DEPEG", "ADV");

    private final RiskTable table;
    private final List<VenueRisk.Path> paths;
    private final List<Violation> violations = new ArrayList<>();

    private VenueRules(RiskTable table) {
        this.table = table;
        this.paths = table.venueRisk().paths();
    }

    static List<Violation> violations(RiskTable table) {
        VenueRules rules = new VenueRules(table);
        rules.paths.forEach(rules::checkPath);
        table.assets().forEach(rules::checkAsset);
        rules.checkDislocation();
        return rules.violations;
    }

    private void checkPath(VenueRisk.Path path) {
        String where = "path from row " + path.first();
        Optional<Family> family = familyOf(path.first());
        boolean first = family.isPresent() && !table.rows().get(path.first()).cross();
        require(first, PublicationCheck.PATH_FIRST, where, path.first());
        long backs = path.then().stream().filter(this::isBack).count();
        boolean then = backs == 1 && path.then().stream().allMatch(row -> isBack(row) || startsAnother(path, row));
        require(then, PublicationCheck.PATH_THEN, where, path.then());
        boolean mirrored =
                paths.stream().anyMatch(other -> familyOf(other.first()).equals(family) && isMirror(path, other));
        require(mirrored, PublicationCheck.PATH_MIRROR, where, path.first());
    }

    private Optional<Family> familyOf(int row) {
        return table.families().stream()
                .filter(family -> FAMILIES.contains(family.name()))
                .filter(family -> isPointOf(family, row))
                .findFirst();
    }

    private static boolean isPointOf(Family family, int row) {
        return family.points().stream().anyMatch(cells -> cells.length() == 1 && cells.at(0) == row);
    }

    /** Of the joint family, and nothing moves: no price, no volatility, no asset as collateral or as debt. */
    private boolean isBack(int number) {
        ScenarioRow row = table.rows().get(number);
        return isJoint(number)
                && row.equals(ScenarioRow.grid(0, BigDecimal.ZERO))
                && table.assets().stream()
                        .allMatch(asset ->
                                asset.row().at(number) == 0 && asset.debtRow().at(number) == 0);
    }

    private boolean isJoint(int row) {
        return table.families().stream().anyMatch(family -> family.name().equals(JOINT) && isPointOf(family, row));
    }

    private boolean startsAnother(VenueRisk.Path path, int row) {
        return isJoint(row) && paths.stream().anyMatch(other -> !other.equals(path) && other.first() == row);
    }

    private boolean isMirror(VenueRisk.Path path, VenueRisk.Path other) {
        ScenarioRow row = table.rows().get(path.first());
        ScenarioRow its = table.rows().get(other.first());
        boolean still = row.move() instanceof ScenarioRow.PricePoint point && point.point() == 0;
        return still
                ? its.move().equals(row.move())
                        && its.volatilityShock().signum()
                                == -row.volatilityShock().signum()
                : table.moves().stream().allMatch(moves -> opposite(moves.shock(), path.first(), other.first()));
    }

    private static boolean opposite(IntColumn shock, int row, int other) {
        return Integer.signum(shock.at(row)) == -Integer.signum(shock.at(other));
    }

    private void checkAsset(AssetRisk asset) {
        String where = "asset " + asset.id();
        boolean full = asset.venue() != VenueRisk.FREE || asset.at().weight() == RiskParameters.MILLION;
        require(full, PublicationCheck.VENUE_ROW, where, asset.at().weight());
        if (!paths.isEmpty()) {
            IntColumn derived = venueRow(asset);
            require(
                    derived.equals(asset.at().row()),
                    PublicationCheck.VENUE_ROW,
                    where,
                    asset.at().row());
        }
        if (asset.venue() == VenueRisk.FREE) {
            for (VenueRisk.Path path : paths) {
                path.then().forEach(then -> checkFreeDebt(asset, path.first(), then));
            }
        }
    }

    private void checkFreeDebt(AssetRisk asset, int first, int then) {
        require(
                asset.isBoundedAsFreeDebt(first, then),
                PublicationCheck.FREE_DEBT,
                "asset " + asset.id(),
                asset.freeDebt(first, then));
    }

    private IntColumn venueRow(AssetRisk asset) {
        List<GroupMoves> legs = table.legsOf(asset);
        return IntColumn.ofLongs(paths.stream()
                .mapToLong(path -> CollateralRule.atVenue(
                        asset.price(),
                        asset.at().weight(),
                        legs,
                        path.first(),
                        table.rows().get(path.first()).pegs().contains(asset.id()) ? asset.peg() : 0))
                .toArray());
    }

    private void checkDislocation() {
        for (Group group : table.groups()) {
            group.charges().ifPresent(charges -> {
                SortedSet<Integer> missing = venuesOf(group.number());
                missing.removeAll(new HashSet<>(
                        charges.dislocation().stream().map(Dislocation::venue).toList()));
                require(
                        missing.isEmpty(),
                        PublicationCheck.DISLOCATION_KEYS,
                        "group " + group.id(),
                        "none of venues " + missing);
            });
        }
    }

    private SortedSet<Integer> venuesOf(int group) {
        SortedSet<Integer> venues = new TreeSet<>();
        for (InstrumentRisk instrument : table.instruments()) {
            boolean moves = instrument.delta().stream().anyMatch(leg -> leg.group() == group);
            if (moves && instrument.venue() != VenueRisk.FREE) {
                venues.add(instrument.venue());
            }
        }
        return venues;
    }

    private void require(boolean holds, PublicationCheck check, String where, Object value) {
        if (!holds) {
            violations.add(new Violation(check, where + ": have " + value));
        }
    }
}
