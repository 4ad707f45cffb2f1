package io.bulwark.netting.publication;

import io.bulwark.netting.formula.AddOn;
import io.bulwark.netting.formula.Precision;
import io.bulwark.netting.formula.Requirement;
import io.bulwark.netting.formula.Requirement.Charge;
import io.bulwark.netting.portfolio.Entry;
import io.bulwark.netting.portfolio.MarginAccount;
import io.bulwark.netting.publication.Publication.Violation;
import io.bulwark.netting.risktable.InstrumentRisk;
import io.bulwark.netting.risktable.RiskParameters;
import io.bulwark.netting.risktable.RiskTable;
import io.bulwark.netting.scenario.Recipe.Skeleton;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The publication checks that need the margin itself: single-instrument books of a table that is to be sealed. */
public final class PublishedMargins {
    /** Lots of a single-instrument book: enough that rounding does not decide, below any size at which own size matters. */
    private static final long LOTS = 1_000;

    /** 1/√2 in ppm, rounded up: shortfall of one day over a liquidation of half a day. */
    private static final long HALF_DAY = 707_107;

    private PublishedMargins() {}

    /** Every check that a table must pass to be sealed, of columns, limits and margins. */
    public static List<Violation> violations(RiskTable table) {
        List<Violation> all = new ArrayList<>(Publication.ofProduction(table));
        all.addAll(ofMargins(table));
        return List.copyOf(all);
    }

    /**
     * The same of a table of which governance promises a structure.
     *
     * @param skeleton the structure; empty where a table has that of its day
     */
    public static List<Violation> violations(RiskTable table, Optional<Skeleton> skeleton) {
        List<Violation> all = new ArrayList<>(violations(table));
        skeleton.ifPresent(promised -> all.addAll(Publication.ofSkeleton(table, promised)));
        return List.copyOf(all);
    }

    /** Only the checks that evaluate single-instrument books. */
    public static List<Violation> ofMargins(RiskTable table) {
        List<Violation> violations = new ArrayList<>();
        for (InstrumentRisk instrument : table.instruments()) {
            for (long side : List.of(1L, -1L)) {
                checkFraction(table, instrument, side, violations);
                checkMaintenance(table, instrument, side * LOTS, violations);
            }
        }
        return violations;
    }

    private static void checkFraction(
            RiskTable table, InstrumentRisk instrument, long lots, List<Violation> violations) {
        Requirement requirement = Requirement.of(table, book(instrument, lots));
        long shortage = raw(requirement) - requirement.equity();
        if (shortage > 2 * instrument.bound()) {
            violations.add(new Violation(
                    PublicationCheck.FRACTION_CHARGE, instrument.id() + ", " + lots + " lot: have " + shortage));
        }
    }

    private static void checkMaintenance(
            RiskTable table, InstrumentRisk instrument, long lots, List<Violation> violations) {
        Requirement requirement = Requirement.of(table, book(instrument, lots));
        long maintenance = Precision.INT128.ceilDiv(table.parameters().phi(), raw(requirement), RiskParameters.MILLION);
        long liquidation = Math.addExact(
                requirement.addOns().getOrDefault(AddOn.LIQUIDITY, 0L),
                Precision.INT128.ceilDiv(HALF_DAY, requirement.shortfall(), RiskParameters.MILLION));
        if (requirement.liability() && maintenance < liquidation) {
            violations.add(new Violation(
                    PublicationCheck.MAINTENANCE_COVERS_LIQUIDATION,
                    instrument.id() + ", " + lots + " lots: have " + maintenance + " against " + liquidation));
        }
    }

    /** IM without the smallest margin of an account. */
    private static long raw(Requirement requirement) {
        return requirement.charges().stream().mapToLong(Charge::amount).reduce(requirement.core(), Math::addExact);
    }

    private static MarginAccount book(InstrumentRisk instrument, long lots) {
        return new MarginAccount(0, List.of(new Entry(instrument.number(), lots)), List.of(), List.of(), List.of());
    }
}
