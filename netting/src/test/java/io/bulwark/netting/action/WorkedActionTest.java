package io.bulwark.netting.action;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bulwark.clearing.governance.ParameterSet;
import io.bulwark.netting.action.Cure.Kind;
import io.bulwark.netting.action.LiquidationDistance.World;
import io.bulwark.netting.margin.AccountState;
import io.bulwark.netting.margin.HouseAllocation;
import io.bulwark.netting.market.Market;
import io.bulwark.netting.portfolio.Entry;
import io.bulwark.netting.portfolio.MarginAccount;
import io.bulwark.netting.revaluation.RiskTableBuilder;
import io.bulwark.netting.risktable.RiskTable;
import io.bulwark.netting.scenario.House;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

/** The worked numbers of the action page. */
final class WorkedActionTest {
    private static final int ETH = 2;
    private static final int ETH_PERPETUAL = 4;

    private final ParameterSet parameters = ParameterSet.founding();
    private final RiskTable table = RiskTableBuilder.marginTable(House.LISTING, House.market(), parameters)
            .table();
    private final ActionTable rules = new ActionTable(table, TableAge.fresh(parameters), Map.of());

    @Test
    void shouldGiveActn001TheWaysOutOfALiquidation() {
        MarginAccount account = perpetual(6_000_000);
        assertEquals(
                AccountState.LIQUIDATION, HouseAllocation.of(table, account).state());
        List<Cure> cures = Cures.of(rules, account, 500);
        Cure deposit = only(cures, Kind.DEPOSIT_CASH);
        Cure reduce = only(cures, Kind.REDUCE);
        assertEquals(1_699_419, deposit.capital());
        assertEquals(-222, reduce.action().fills().getFirst().entry().lots());
        assertEquals(222 * 19, reduce.cost());
    }

    @Test
    void shouldGiveActn002TheDistanceToLiquidation() {
        MarginAccount account = perpetual(10_000_000);
        OptionalLong fall = LiquidationDistance.of(n -> world(account, -n), 20_000, 960_000);
        long expected = (10_000_000 - 6_159_536) * 1_000_000L / (37_852_000 - 6_159_536);
        assertTrue(Math.abs(fall.orElseThrow() - expected) <= 30, () -> fall + " ppm, about " + expected);
        OptionalLong rise = LiquidationDistance.of(n -> world(account, n), 20_000, 500_000);
        assertTrue(rise.isEmpty());
        assertEquals(OptionalLong.of(0), LiquidationDistance.of(n -> world(perpetual(1_000_000), n), 20_000, 960_000));
    }

    @Test
    void shouldSettleAMovedPriceInCashRoundedAgainstTheAccount() {
        assertEquals(-757_040, world(perpetual(0), -20_000).account().cash());
        assertEquals(-38, world(perpetual(0), -1).account().cash());
        assertEquals(37, world(perpetual(0), 1).account().cash());
    }

    private World world(MarginAccount account, long ppm) {
        RiskTable moved = moved(ppm);
        return World.priced(table, moved, account, ETH, ppm);
    }

    private RiskTable moved(long ppm) {
        Market market = House.market().moved(House.LISTING, Market.Move.ofPrice(ETH, ppm));
        return RiskTableBuilder.marginTable(House.LISTING, market, parameters).table();
    }

    private static Cure only(List<Cure> cures, Kind kind) {
        return cures.stream().filter(cure -> cure.kind() == kind).findFirst().orElseThrow();
    }

    private static MarginAccount perpetual(long cash) {
        return new MarginAccount(cash, List.of(new Entry(ETH_PERPETUAL, 1_000)), List.of(), List.of(), List.of());
    }
}
