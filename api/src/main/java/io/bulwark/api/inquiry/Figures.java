package io.bulwark.api.inquiry;

import io.bulwark.netting.margin.Requirement;
import io.micronaut.serde.annotation.Serdeable;
import io.swagger.v3.oas.annotations.media.Schema;

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
@Schema(description = "The figures that decide about an account")
public record Figures(
        @Schema(description = "IM: the integer that ledger, API and proof share")
        Money initialMargin,

        @Schema(description = "MM") Money maintenanceMargin,

        @Schema(description = "E: what the account is worth under the collateral rule")
        Money equity,

        @Schema(description = "E - IM: the account may open new risk where it is at least 0")
        Money excessInitial,

        @Schema(description = "E - MM") Money excessMaintenance) {
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
