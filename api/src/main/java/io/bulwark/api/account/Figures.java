package io.bulwark.api.account;

import io.bulwark.api.door.Money;
import io.bulwark.netting.buffer.BufferCharge;
import io.bulwark.netting.buffer.HouseBuffer;
import io.bulwark.netting.formula.Requirement;
import io.bulwark.netting.margin.MarginStatement;
import io.micronaut.serde.annotation.Serdeable;
import java.util.List;

/**
 * The five figures that decide about an account.
 *
 * @param initialMargin IM
 * @param maintenanceMargin MM
 * @param equity E
 * @param excessInitial E − IM
 * @param excessMaintenance E − MM
 */
@Serdeable
public record Figures(
        Money initialMargin, Money maintenanceMargin, Money equity, Money excessInitial, Money excessMaintenance) {

    /** The figures of a requirement. */
    public static Figures of(Requirement requirement) {
        return new Figures(
                Money.of(requirement.initialMargin()),
                Money.of(requirement.maintenanceMargin()),
                Money.of(requirement.equity()),
                Money.of(requirement.excessInitial()),
                Money.of(requirement.excessMaintenance()));
    }

    /**
     * The contagion buffer of one account of an epoch. Parts are micro-USD, as the kernel counts them; the buffer itself is rounded up to
     * u.
     *
     * @param buffer what must be held beside IM after every action that opens, increases or takes out
     * @param excess E − IM − Buffer of the account as booked
     * @param transmittedMicro what others' forced sales may cost it, in the worst scenario
     * @param transmittedPerScenarioMicro the same by scenario
     * @param closeOutMicro what leaving every group after the crowd costs
     * @param closeOutExcessMicro the part of it beyond what the initial margin charges for impact
     * @param ownSizeMicro the part of it that depends on the account's own size
     * @param shortVolatilityMicro what short vega pays for its crowd, beyond what the initial margin charges for it
     */
    @Serdeable
    public record BufferFigures(
            Money buffer,
            Money excess,
            long transmittedMicro,
            List<Long> transmittedPerScenarioMicro,
            long closeOutMicro,
            long closeOutExcessMicro,
            long ownSizeMicro,
            long shortVolatilityMicro) {
        static BufferFigures of(BufferCharge charge, MarginStatement statement) {
            long held = HouseBuffer.inU(charge);
            return new BufferFigures(
                    Money.of(held),
                    Money.of(statement.given().excessInitial() - held),
                    charge.transmitted(),
                    charge.transmittedPerScenario(),
                    charge.closeOut(),
                    charge.closeOutExcess(),
                    charge.ownSize(),
                    charge.vega());
        }
    }
}
