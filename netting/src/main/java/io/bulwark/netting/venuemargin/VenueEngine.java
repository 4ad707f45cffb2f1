package io.bulwark.netting.venuemargin;

import java.util.Map;

/** A margin engine of another venue with its published parameters. */
public sealed interface VenueEngine {
    /** How the venue's rule stands to our own formula, a convex piecewise-linear function of the quantities. */
    enum Form {
        /** The venue's rule is one of our configurations: families of cells, combos, linear charges. */
        EXACT,
        /** The venue's rule is not convex; a convex requirement beside it is never below it. */
        BOUNDED
    }

    /** How its rule stands to our formula. */
    Form form();

    /**
     * Deribit's portfolio margin; bounded because of the extended table's dampener.
     *
     * @param underlyings parameters by risk group
     */
    record Deribit(Map<String, DeribitParameters> underlyings) implements VenueEngine {
        /** Copies the map. */
        public Deribit {
            underlyings = Map.copyOf(underlyings);
        }

        @Override
        public Form form() {
            return Form.BOUNDED;
        }
    }

    /** Derive's portfolio risk manager, version 1. */
    record DerivePmrm1(Pmrm1Parameters parameters) implements VenueEngine {
        @Override
        public Form form() {
            return Form.EXACT;
        }
    }

    /**
     * Derive's portfolio risk manager, version 2; bounded because of its skew scenarios.
     *
     * @param parameters published parameters
     * @param baseInitialHaircut further haircut on the underlying held, initial margin
     * @param baseMaintenanceHaircut haircut on it in both margins
     */
    record DerivePmrm2(Pmrm2Parameters parameters, double baseInitialHaircut, double baseMaintenanceHaircut)
            implements VenueEngine {
        @Override
        public Form form() {
            return Form.BOUNDED;
        }
    }

    /** Derive's standard manager; bounded because it takes the smaller of two requirements. */
    record DeriveStandard(StandardParameters parameters) implements VenueEngine {
        @Override
        public Form form() {
            return Form.BOUNDED;
        }
    }

    /** A scan of a risk array; bounded where it has calendar charges or inter-commodity credits. */
    record Span(SpanParameters parameters) implements VenueEngine {
        @Override
        public Form form() {
            boolean offsets = !parameters.credits().isEmpty()
                    || parameters.underlyings().values().stream()
                            .anyMatch(ranges -> !ranges.spreads().isEmpty());
            return offsets ? Form.BOUNDED : Form.EXACT;
        }
    }
}
