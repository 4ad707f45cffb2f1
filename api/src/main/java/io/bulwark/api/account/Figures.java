package io.bulwark.api.account;

import io.bulwark.api.door.Money;
import io.bulwark.netting.formula.Requirement;
import io.micronaut.serde.annotation.Serdeable;

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
}
