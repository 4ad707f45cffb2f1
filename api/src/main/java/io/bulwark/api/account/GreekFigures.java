package io.bulwark.api.account;

import io.bulwark.api.door.Money;
import io.bulwark.netting.margin.AccountGreeks;
import io.bulwark.netting.portfolio.MarginAccount;
import io.bulwark.netting.risktable.Group;
import io.bulwark.netting.risktable.RiskTable;
import io.micronaut.serde.annotation.Serdeable;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import java.util.Optional;

/**
 * What an account holds in one expiry of one risk group.
 *
 * @param group name of the risk group
 * @param days the table's own expiry, days; absent for what never expires
 * @param delta for a move of the whole price
 * @param gammaPerPercent how much the delta rises where the price rises by 1 %, out of the table's nearest rows, rounded down
 * @param vegaPerPoint for one volatility point
 * @param theta over the table's horizon where nothing moves
 */
@Serdeable
public record GreekFigures(
        String group,

        @Schema(requiredMode = Schema.RequiredMode.NOT_REQUIRED)
        Optional<Integer> days,

        Money delta,
        Money gammaPerPercent,
        Money vegaPerPoint,
        Money theta) {
    static List<GreekFigures> of(MarginAccount account, RiskTable table) {
        return AccountGreeks.of(account, table).lines().stream()
                .map(line -> new GreekFigures(
                        table.group(line.group()).map(Group::id).orElseThrow(),
                        line.days().isPresent() ? Optional.of(line.days().getAsInt()) : Optional.empty(),
                        Money.of(line.delta()),
                        Money.of(line.gamma()),
                        Money.of(line.vega()),
                        Money.of(line.theta())))
                .toList();
    }
}
