package io.bulwark.netting.revaluation;

import io.bulwark.clearing.governance.Parameter;
import io.bulwark.clearing.governance.ParameterSet;
import io.bulwark.clearing.instrument.ListedAsset;
import io.bulwark.clearing.instrument.ListedInstrument;
import io.bulwark.clearing.instrument.RiskGroup;
import io.bulwark.clearing.money.Ppm;
import io.bulwark.netting.risktable.CrowdSlopes;
import io.bulwark.netting.risktable.GroupCharges;
import io.bulwark.netting.risktable.SizeCharge;
import io.bulwark.netting.scenario.ScenarioParameters;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;

/** The charges on size of a table: of its instruments, its assets and its groups. */
sealed interface AddOnRates permits AddOnRates.None, AddOnRates.Governed, ObservedRates {
    /**
     * Of an instrument.
     *
     * @param notional value of what one lot follows, u, exact
     */
    SizeRates of(ListedInstrument instrument, BigDecimal notional);

    /** Of an asset worth so many u a lot. */
    SizeRates of(ListedAsset asset, long lotPrice);

    /**
     * Of a group.
     *
     * @param none the charges of zero, with the rows of the skew charge
     * @param days the expiry keys of its dated instruments, increasing
     */
    GroupCharges of(RiskGroup group, GroupCharges none, List<Integer> days);

    /** A basis entry of zero for every key. */
    static List<GroupCharges.Basis> free(List<Integer> days) {
        return days.stream().map(key -> new GroupCharges.Basis(key, 0)).toList();
    }

    /** Nothing is charged: the fund reads losses only. */
    record None() implements AddOnRates {
        @Override
        public SizeRates of(ListedInstrument instrument, BigDecimal notional) {
            return SizeRates.NONE;
        }

        @Override
        public SizeRates of(ListedAsset asset, long lotPrice) {
            return SizeRates.NONE;
        }

        @Override
        public GroupCharges of(RiskGroup group, GroupCharges none, List<Integer> days) {
            return new GroupCharges(none.impact(), none.contagion(), none.crowding(), none.skew(), free(days));
        }
    }

    /** Spread and impact at governed rates, nothing else. */
    record Governed(ParameterSet parameters) implements AddOnRates {
        private static final BigDecimal PPM = BigDecimal.valueOf(Ppm.ONE);

        @Override
        public SizeRates of(ListedInstrument instrument, BigDecimal notional) {
            return new SizeRates(share(notional, spread(instrument)), CrowdSlopes.NONE, List.of());
        }

        @Override
        public SizeRates of(ListedAsset asset, long lotPrice) {
            return SizeRates.NONE;
        }

        @Override
        public GroupCharges of(RiskGroup group, GroupCharges none, List<Integer> days) {
            return new GroupCharges(impact(group), none.contagion(), none.crowding(), none.skew(), free(days));
        }

        /** The governed cost of crossing the spread, ppm of the notional. */
        long spread(ListedInstrument instrument) {
            Parameter spread =
                    instrument.paidUp() ? ScenarioParameters.OPTION_SPREAD : ScenarioParameters.LINEAR_SPREAD;
            return parameters.value(spread);
        }

        /** The governed cost of unwinding a net delta. */
        SizeCharge impact(RiskGroup group) {
            return new SizeCharge(
                    parameters.value(ScenarioParameters.impactLong(group.name())),
                    parameters.value(ScenarioParameters.impactShort(group.name())),
                    List.of());
        }

        /** A share of an exact value, u, rounded up. */
        static long share(BigDecimal notional, long ppm) {
            return notional.multiply(BigDecimal.valueOf(ppm))
                    .divide(PPM)
                    .setScale(0, RoundingMode.CEILING)
                    .longValueExact();
        }
    }
}
