package io.bulwark.netting.scenario;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bulwark.clearing.governance.ParameterSet;
import io.bulwark.clearing.instrument.AssetTier;
import io.bulwark.clearing.instrument.Instrument;
import io.bulwark.clearing.instrument.ListedAsset;
import io.bulwark.clearing.instrument.Listing;
import io.bulwark.clearing.instrument.RiskGroup;
import io.bulwark.clearing.money.Amount;
import io.bulwark.clearing.position.EvidenceGrade;
import io.bulwark.netting.collateral.AssetClasses;
import io.bulwark.netting.market.Pegs;
import io.bulwark.netting.risktable.Family;
import io.bulwark.netting.risktable.RiskTable.Combo;
import io.bulwark.netting.risktable.ScenarioRow;
import io.bulwark.netting.scenario.NamedScenarios.ExtremeMove;
import java.math.BigDecimal;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class RecipeTest {
    private static final Listing REFERENCE_LISTING = new Listing(
            List.of(),
            List.of(new RiskGroup(0, "BTC"), new RiskGroup(1, "ETH"), new RiskGroup(2, "GOV"), new RiskGroup(3, "USD")),
            List.of(
                    spot(0, "USDC", 3),
                    spot(1, "DAI", 3),
                    spot(2, "BTC", 0),
                    spot(3, "ETH", 1),
                    spot(4, "stETH", 1),
                    spot(5, "GOV", 2)),
            List.of());

    @Test
    void shouldDeriveEveryRowFamilyAndComboOfTheReferenceTable() {
        ReferenceBuilder reference = new ReferenceBuilder();
        NamedScenarios scenarios = new NamedScenarios(reference.replays(), reference.submissions(), List.of());
        Recipe recipe = Recipe.full(scenarios, pegs(REFERENCE_LISTING));
        assertEquals(reference.rows, recipe.rows());
        assertEquals(reference.families, recipe.families());
        assertEquals(
                List.of("joint", "breakdown", "star", "extended", "historical", "depeg", "adversarial"),
                recipe.combos().stream().map(Combo::name).toList());
        assertEquals(1_000_000, recipe.combos().getLast().weights().at(6));
        assertEquals(800_000, recipe.combos().get(1).weights().at(0));
        assertEquals(Recipe.REPLAY_WEIGHT, reference.builder.path("histWeight").asInt());
    }

    @Test
    void shouldLeaveOutAFamilyWithoutMembersAndItsCombo() {
        Recipe recipe = Recipe.full(NamedScenarios.NONE, pegs(REFERENCE_LISTING));
        assertEquals(
                List.of("J", "S", "STAR", "EXT", "DEPEG"),
                recipe.families().stream().map(Family::name).toList());
        assertEquals(5, recipe.combos().getFirst().weights().length());
        assertEquals(92, recipe.rows().size());
    }

    @Test
    void shouldKeepWithin128RowsWhateverIsListed() {
        List<ListedAsset> assets = IntStream.range(0, 40)
                .mapToObj(i -> spot(i, "token" + i, i % 20))
                .toList();
        List<RiskGroup> groups = Stream.concat(
                        IntStream.range(0, 19).mapToObj(i -> new RiskGroup(i, "G" + i)),
                        Stream.of(new RiskGroup(19, "USD")))
                .toList();
        Listing many = new Listing(List.of(), groups, assets, List.of());
        NamedScenarios live = new NamedScenarios(
                Collections.nCopies(16, CrashDay.MARCH_2020),
                Collections.nCopies(16, new Submission("s", Map.of(), BigDecimal.ONE)),
                List.of());
        Recipe recipe = Recipe.full(live, pegs(many));
        assertEquals(127, recipe.rows().size());
        for (ListedAsset asset : assets) {
            assertTrue(
                    recipe.rows().stream().anyMatch(row -> row.pegs().contains(asset.name())),
                    asset.name() + " must break somewhere");
        }
        NamedScenarios tooMany = new NamedScenarios(Collections.nCopies(17, CrashDay.MARCH_2020), List.of(), List.of());
        assertThrows(IllegalArgumentException.class, () -> Recipe.full(tooMany, pegs(many)));
    }

    /** Rows that are judged beyond plausible leave the vault and stand in a table of their own; on the skeleton its form stays. */
    @Test
    void shouldSizeTheFundByWhatIsPlausible() {
        NamedScenarios judged = new NamedScenarios(List.of(CrashDay.MARCH_2020), List.of(), List.of())
                .with(ExtremeMove.ALL.stream()
                        .map(move -> new ExtremeMove(move, Math.abs(move), 500_000))
                        .toList());
        assertEquals(List.of(-330_000, 500_000), extremes(Recipe.fullVault(judged)));
        assertEquals(List.of(-660_000, 1_000_000, 2_000_000, 4_000_000), extremes(Recipe.beyondPlausible(judged)));
        Recipe form = Recipe.fullVaultOnSkeleton(judged);
        assertEquals(List.of(-330_000, 500_000, -330_000, -330_000, -330_000, -330_000), extremes(form));
        assertEquals(Recipe.fullVaultOnSkeleton(NamedScenarios.NONE).families(), form.families());
        assertEquals(ExtremeMove.ALL, extremes(Recipe.fullVault(NamedScenarios.NONE)), "not judged, so all of them");
        assertEquals(List.of(), extremes(Recipe.beyondPlausible(NamedScenarios.NONE)));
        assertEquals(6, extremes(Recipe.full(judged, pegs(REFERENCE_LISTING))).size(), "margin keeps all, damped");
    }

    private static List<Integer> extremes(Recipe recipe) {
        return recipe.rows().stream()
                .filter(row -> row.move() instanceof ScenarioRow.Absolute)
                .map(row -> ((ScenarioRow.Absolute) row.move()).ppm())
                .toList();
    }

    @Test
    void shouldBreakAShareOfAPoolWithBothItsLegs() {
        ListedAsset pool = new ListedAsset(
                6,
                "POOL",
                1,
                new Instrument.LiquidityShare("stETH", "USDC"),
                Amount.of("1"),
                AssetTier.GOVERNANCE,
                250_000,
                50_000,
                EvidenceGrade.UNSIGNED);
        Listing listing = new Listing(
                List.of(),
                REFERENCE_LISTING.groups(),
                Stream.concat(REFERENCE_LISTING.assets().stream(), Stream.of(pool))
                        .toList(),
                List.of());
        Pegs pegs = pegs(listing);
        assertEquals(List.of("USDC", "DAI", "POOL"), pegs.stables());
        assertEquals(List.of(List.of("stETH", "POOL")), pegs.claimsOnCoins());
        // √(0.87 · 0.91) − 1 = −0.1102247…, rounded down.
        assertEquals(-110_225, pegs.of(pool));
    }

    private static Pegs pegs(Listing listing) {
        return new Pegs(listing, ParameterSet.founding(), AssetClasses.NONE);
    }

    private static ListedAsset spot(int number, String name, int group) {
        return new ListedAsset(
                number,
                name,
                group,
                new Instrument.Spot(name),
                Amount.of("1"),
                AssetTier.MAJOR,
                110_000,
                20_000,
                EvidenceGrade.UNSIGNED);
    }
}
