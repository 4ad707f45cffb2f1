package io.bulwark.netting.scenario;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.bulwark.netting.collateral.AssetRows;
import io.bulwark.netting.collateral.AssetTerms;
import io.bulwark.netting.collateral.CollateralRule;
import io.bulwark.netting.revaluation.Revaluation.InstrumentRows;
import io.bulwark.netting.risktable.IntColumn;
import io.bulwark.netting.risktable.Sensitivity;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The whole reference table, derived again from its builder object alone. */
class ReferenceTableTest {
    private static ReferenceBuilder reference;

    @BeforeAll
    static void read() {
        reference = new ReferenceBuilder();
    }

    @Test
    void shouldDeriveShocksAndDampsToTheByte() {
        JsonNode published = reference.table.path("moves");
        assertEquals(reference.moves.size(), published.size());
        for (int group = 0; group < published.size(); group++) {
            assertEquals(
                    ReferenceBuilder.column(published.path(group).path("shock")),
                    reference.moves.get(group).shock());
            assertEquals(
                    ReferenceBuilder.column(published.path(group).path("damp")),
                    reference.moves.get(group).damp());
        }
    }

    @Test
    void shouldDeriveCollateralAndDebtToTheByte() {
        for (JsonNode asset : reference.table.path("assets")) {
            String id = asset.path("id").asText();
            AssetRows rows = CollateralRule.rows(
                    terms(asset),
                    reference.legs(asset),
                    reference.pairs,
                    row -> reference.rows.get(row).pegs().contains(id));
            assertEquals(asset.path("value").asLong(), rows.value(), id);
            assertEquals(ReferenceBuilder.column(asset.path("row")), rows.row(), id);
            assertEquals(ReferenceBuilder.column(asset.path("es")), rows.es(), id);
            assertEquals(asset.path("debtValue").asLong(), rows.debtValue(), id);
            assertEquals(ReferenceBuilder.column(asset.path("debtRow")), rows.debtRow(), id);
            assertEquals(ReferenceBuilder.column(asset.path("debtEs")), rows.debtEs(), id);
        }
    }

    @Test
    void shouldDeriveEveryInstrumentWithinOneUnit() {
        Differences differences = new Differences();
        for (JsonNode instrument : reference.table.path("instruments")) {
            InstrumentRows rows = reference.revaluation.rows(reference.payoff(instrument));
            String id = instrument.path("id").asText();
            differences.compare(id + " value", instrument.path("value").asLong(), rows.value());
            differences.compare(id + " row", ReferenceBuilder.column(instrument.path("row")), rows.row());
            differences.compare(id + " es", ReferenceBuilder.column(instrument.path("es")), rows.es());
            rows.rowShort()
                    .ifPresent(column -> differences.compare(
                            id + " rowShort", ReferenceBuilder.column(instrument.path("rowShort")), column));
            differences.compare(id + " delta", instrument.path("delta"), rows.delta());
            differences.compare(id + " vega", instrument.path("vega"), rows.vega());
        }
        System.out.println("instrument entries: " + differences.entries + " compared, " + differences.different
                + " differ by one unit");
        assertTrue(differences.entries > 24_000);
    }

    @Test
    void shouldDeriveTheRangeRuleOfReplaysFromTheProxy() {
        CrashDay day = CrashDay.MARCH_2020;
        assertEquals(-388_000, day.move("BTC"));
        assertEquals(-602_000, day.move("GOV"));
        assertEquals(-950_000, new CrashDay("deep", Map.of("ETH", -700_000)).move("GOV"));
    }

    private static AssetTerms terms(JsonNode asset) {
        return new AssetTerms(
                asset.path("price").asLong(),
                asset.path("haircut").asLong(),
                asset.path("residual").asLong(),
                asset.path("peg").asLong(),
                asset.path("tier").asText().equals("stable"));
    }

    private static final class Differences {
        private int entries;
        private int different;

        void compare(String what, JsonNode published, List<Sensitivity> derived) {
            assertEquals(published.size(), derived.size(), what);
            for (Sensitivity sensitivity : derived) {
                String group = List.of("BTC", "ETH", "GOV").get(sensitivity.group());
                compare(what + " " + group, published.path(group).asLong(), sensitivity.amount());
            }
        }

        void compare(String what, IntColumn published, IntColumn derived) {
            assertEquals(published.length(), derived.length(), what);
            for (int row = 0; row < derived.length(); row++) {
                compare(what + " " + row, published.at(row), derived.at(row));
            }
        }

        void compare(String what, long published, long derived) {
            entries++;
            if (published != derived) {
                different++;
                assertTrue(Math.abs(published - derived) <= 1, () -> what + ": " + published + " and " + derived);
            }
        }
    }
}
