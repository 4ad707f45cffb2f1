package io.bulwark.netting.scenario;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bulwark.clearing.governance.ParameterSet;
import io.bulwark.netting.publication.Publication;
import io.bulwark.netting.publication.PublishedMargins;
import io.bulwark.netting.revaluation.PublishedTable;
import io.bulwark.netting.revaluation.RiskTableBuilder;
import io.bulwark.netting.risktable.AssetRisk;
import io.bulwark.netting.risktable.CrowdSlopes;
import io.bulwark.netting.risktable.InstrumentRisk;
import io.bulwark.netting.risktable.RiskTable;
import io.bulwark.tier.Heavy;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Whatever is listed, observed and submitted: a full table may be published. A failure names its seed. */
@Heavy
class FullTablePropertiesTest {
    private static final int HOUSES = 40;
    private static final ParameterSet FULL = ParameterSet.founding();

    @Test
    void shouldPassEveryPublicationCheckWhateverIsListed() {
        int leftOut = 0;
        int entries = 0;
        for (long seed = 1; seed <= HOUSES; seed++) {
            RandomHouse house = new RandomHouse(seed);
            for (long phi : new long[] {700_000, 800_000, 900_000}) {
                ParameterSet governed = FULL.with(ScenarioParameters.PHI, phi);
                PublishedTable margin =
                        RiskTableBuilder.marginTable(house.listing, house.market, governed, house.inputs);
                assertEquals(List.of(), PublishedMargins.violations(margin.table()), "seed " + seed + ", phi " + phi);
                leftOut += margin.leftOut().size();
                entries += margin.table().assets().size()
                        + margin.table().instruments().size();
            }
            RiskTable vault = RiskTableBuilder.vaultTable(house.listing, house.market, FULL, house.inputs)
                    .table();
            assertEquals(List.of(), Publication.ofProduction(vault), "vault, seed " + seed);
        }
        System.out.println(
                HOUSES + " random houses: " + entries + " entries published, " + leftOut + " left out by name");
        assertTrue(entries > 2_000 && leftOut < entries / 20);
    }

    @Test
    void shouldDecodeWhatItEncodes() {
        RandomHouse house = new RandomHouse(11);
        RiskTable table = RiskTableBuilder.marginTable(house.listing, house.market, FULL, house.inputs)
                .table();
        assertEquals(table, RiskTable.decode(table.encode()));
    }

    @Test
    void shouldLetSlopesRiseByOneStepAfterTheTableBefore() {
        RandomHouse house = new RandomHouse(3);
        RiskTable calm = RiskTableBuilder.marginTable(
                        house.listing,
                        house.market,
                        FULL,
                        house.inputs.with(io.bulwark.netting.liquidity.LiquidityObservations.NONE))
                .table();
        RiskTable free = RiskTableBuilder.marginTable(house.listing, house.market, FULL, house.inputs)
                .table();
        RiskTable stepped = RiskTableBuilder.marginTable(house.listing, house.market, FULL, house.inputs.after(calm))
                .table();
        int limited = 0;
        for (AssetRisk asset : stepped.assets()) {
            CrowdSlopes before = calm.asset(asset.number()).orElseThrow().crowd();
            CrowdSlopes unlimited = free.asset(asset.number()).orElseThrow().crowd();
            long most = before.longSide() + Math.max((before.longSide() + 3) / 4, (asset.price() + 999) / 1_000);
            assertTrue(asset.crowd().longSide() <= most, asset.id());
            assertTrue(asset.crowd().longSide() <= unlimited.longSide(), asset.id());
            limited += asset.crowd().longSide() < unlimited.longSide() ? 1 : 0;
        }
        assertTrue(limited > 0, "a step must bind somewhere");
        assertTrue(stepped.instruments().stream().map(InstrumentRisk::crowd).anyMatch(c -> c.smaller() > 0));
    }
}
