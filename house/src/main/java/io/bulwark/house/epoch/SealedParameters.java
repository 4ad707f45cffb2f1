package io.bulwark.house.epoch;

import io.bulwark.clearing.governance.Parameter;
import io.bulwark.clearing.governance.ParameterSet;
import io.bulwark.insurance.vault.VaultParameters;
import io.bulwark.netting.buffer.BufferParameters;
import io.bulwark.netting.collateral.ClassParameters;
import io.bulwark.netting.liquidity.LiquidityParameters;
import io.bulwark.netting.revaluation.RiskTableBuilder;
import io.bulwark.netting.risktable.RiskTable;
import io.bulwark.netting.tail.TailParameters;
import io.bulwark.netting.volatility.VolatilityParameters;
import java.util.Map;
import java.util.Optional;

/**
 * The governed numbers of a sealed epoch. What is sealed today names all of them; a document of before does not, and is read with what
 * was in force: of the table's form its own table says it.
 */
final class SealedParameters {
    /** What was in force of numbers that a sealed set did not name before sets named every one. */
    private static final Map<Parameter, Long> UNNAMED = Map.of(
            BufferParameters.PUBLISHED, 0L,
            VaultParameters.PLAUSIBLE, 0L,
            LiquidityParameters.OBSERVED, 0L,
            LiquidityParameters.SKEW, 0L,
            ClassParameters.OBSERVED, 0L,
            VolatilityParameters.SIDED, 0L,
            VolatilityParameters.YEAR_TIMES, 32L,
            TailParameters.REACH, 200_000_000L);

    private SealedParameters() {}

    /**
     * A set as it was in force.
     *
     * @param named as sealed
     * @param table of the same epoch, where it is kept
     */
    static ParameterSet of(ParameterSet named, Optional<RiskTable> table) {
        ParameterSet read = named;
        for (Map.Entry<Parameter, Long> before : UNNAMED.entrySet()) {
            read = read.readWith(before.getKey(), before.getValue());
        }
        ParameterSet sealed = read;
        return table.map(form -> RiskTableBuilder.asSealed(sealed, form)).orElse(sealed);
    }
}
