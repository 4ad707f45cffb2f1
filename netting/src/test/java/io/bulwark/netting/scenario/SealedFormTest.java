package io.bulwark.netting.scenario;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bulwark.clearing.governance.ParameterSet;
import io.bulwark.netting.placement.Placement;
import io.bulwark.netting.placement.PlacementParameters;
import io.bulwark.netting.revaluation.RiskTableBuilder;
import io.bulwark.netting.risktable.RiskTable;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** An epoch of before there was a number of its table's form is read with what was in force, which its table shows. */
final class SealedFormTest {
    /** A parameter document that names nothing: of whatever time. */
    private static final ParameterSet SILENT = ParameterSet.founding();

    /** What was in force when a silent document was sealed. */
    private static List<ParameterSet> forms() {
        List<ParameterSet> forms = new ArrayList<>();
        for (int form = 0; form < 8; form++) {
            forms.add(SILENT.readWith(ScenarioParameters.DESIGN, form & 1)
                    .readWith(ScenarioParameters.SKELETON, form >> 1 & 1)
                    .readWith(PlacementParameters.VENUES, form >> 2));
        }
        return forms;
    }

    private static RiskTable sealed(RandomHouse house, ParameterSet governed) {
        RiskTable plain = RiskTableBuilder.marginTable(house.listing, house.market, governed, house.inputs)
                .table();
        return governed.value(PlacementParameters.VENUES) == 0
                ? plain
                : Placement.of(house.listing, List.of()).table(plain, governed);
    }

    @Test
    void shouldReadASilentDocumentWithTheValuesThatItWasSealedWith() {
        int others = 0;
        for (long seed = 1; seed <= 4; seed++) {
            RandomHouse house = new RandomHouse(seed);
            for (ParameterSet form : forms()) {
                RiskTable table = sealed(house, form);
                ParameterSet read = RiskTableBuilder.asSealed(SILENT, RiskTable.decode(table.encode()));
                assertEquals(SILENT.digest(), read.digest(), "what is sealed is not touched");
                assertEquals(table.digest(), sealed(house, read).digest(), form::toString);
                assertEquals(
                        form.value(PlacementParameters.VENUES), read.value(PlacementParameters.VENUES), form::toString);
                if (!table.digest().equals(sealed(house, SILENT).digest())) {
                    others++;
                    assertNotEquals(SILENT, read);
                }
            }
        }
        assertTrue(others >= 4 * 6, "read with what a house starts with today, these would be other tables");
    }

    @Test
    void shouldLeaveWhatADocumentNames() {
        RandomHouse house = new RandomHouse(2);
        for (long venues = 0; venues < 2; venues++) {
            ParameterSet named = SILENT.with(ScenarioParameters.DESIGN, 1)
                    .with(ScenarioParameters.SKELETON, 0)
                    .with(PlacementParameters.VENUES, venues);
            assertEquals(named, RiskTableBuilder.asSealed(named, sealed(house, SILENT)));
        }
        ParameterSet older = SILENT.readWith(PlacementParameters.VENUES, 0);
        assertEquals(0, older.value(PlacementParameters.VENUES));
        assertEquals(1, older.with(PlacementParameters.VENUES, 1).value(PlacementParameters.VENUES));
        assertEquals(0, older.with(ScenarioParameters.DESIGN, 1).value(PlacementParameters.VENUES));
    }
}
