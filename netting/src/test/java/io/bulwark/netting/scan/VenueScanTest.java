package io.bulwark.netting.scan;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.bulwark.netting.formula.AddOn;
import io.bulwark.netting.formula.Requirement;
import io.bulwark.netting.margin.RandomAccounts;
import io.bulwark.netting.margin.ReferenceJson;
import io.bulwark.netting.margin.ReferenceTable;
import io.bulwark.netting.portfolio.Entry;
import io.bulwark.netting.portfolio.MarginAccount;
import io.bulwark.netting.portfolio.MarginAccount.Standing;
import io.bulwark.netting.risktable.Family;
import io.bulwark.netting.risktable.Group;
import io.bulwark.netting.risktable.GroupCharges;
import io.bulwark.netting.risktable.GroupCharges.Dislocation;
import io.bulwark.netting.risktable.IntColumn;
import io.bulwark.netting.risktable.RiskTable;
import io.bulwark.netting.risktable.VenueRisk;
import io.bulwark.tier.Heavy;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.function.ToLongFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The fast scan over a table with venues against the plain formula, account by account. */
@Heavy
final class VenueScanTest {
    private static final List<ScanKernel> KERNELS = List.of(new PlainScanKernel(), new VectorScanKernel());
    private static final int DRAWS = 2_000;

    private final RiskTable table = ReferenceTable.withVenues();

    @Test
    void shouldGiveTheIntegersOfThePlainFormulaForEveryDrawnAccount() {
        List<MarginAccount> accounts = drawn(21, 2_000_000_000);
        assertScanned(table, accounts);
        assertTrue(pays(table, accounts, Requirement::prefundingCharge) > DRAWS / 20, "accounts that pay prefunding");
        assertTrue(pays(table, accounts, VenueScanTest::dislocation) > DRAWS / 2, "accounts that pay for marks");
    }

    @Test
    void shouldGiveThemUnderEveryShareThatAHouseMayCharge() {
        for (int share : new int[] {0, 1, 333_333, 1_999_999, 2_000_000}) {
            assertScanned(charging(share, 1), drawn(22 + share, 2_000_000_000).subList(0, 300));
        }
    }

    @Test
    void shouldGiveThemBeyondTheNarrowWidth() {
        assertScanned(charging(1_999_999, 1), drawn(23, 1L << 55).subList(0, 500));
        int large = table.instrument("BTC-PERP-XL").orElseThrow().number();
        List<MarginAccount> largest = new ArrayList<>();
        for (long lots : new long[] {900_000, -900_000, 1}) {
            for (long distance : new long[] {-(1L << 58), -1, 0, 1L << 58}) {
                largest.add(standing(
                        new MarginAccount(
                                -(1L << 57), List.of(new Entry(large, lots)), List.of(), List.of(), List.of()),
                        distance));
            }
        }
        assertScanned(table, largest);
    }

    @Test
    void shouldReadRowsInWhichPathsEndWhereNoFamilyHasThemAlone() {
        int back = table.venueRisk().paths().getFirst().then().getLast();
        List<Family> families = table.families().stream()
                .map(family -> new Family(
                        family.name(),
                        family.points().stream()
                                .map(cells -> cells.equals(IntColumn.of(back)) ? IntColumn.of(back, 27) : cells)
                                .toList()))
                .toList();
        assertScanned(
                copy(families, table.groups(), table.venueRisk()),
                drawn(24, 2_000_000_000).subList(0, 500));
    }

    /** Only there a path may be the worst that ends nowhere worse and lacks nothing: elsewhere the joint rows hold its end. */
    @Test
    void shouldChargeNothingOfAPathThatIsCarriedWhereItsEndIsNoPointOfTheCombo() {
        List<RiskTable.Combo> combos = table.combos().stream()
                .filter(combo -> combo.name().equals("adversarial"))
                .toList();
        RiskTable against = new RiskTable(
                table.builder(),
                table.rows(),
                table.families(),
                combos,
                table.moves(),
                table.esVolatility(),
                table.esWeights(),
                table.groups(),
                table.instruments(),
                table.assets(),
                table.parameters(),
                table.venueRisk());
        assertScanned(against, drawn(26, 2_000_000_000));
    }

    @Test
    void shouldReachTheFreshScanByRepricing() {
        List<MarginAccount> accounts = drawn(25, 2_000_000_000).subList(0, 500);
        RiskTable next = charging(1_500_000, 3);
        for (ScanKernel kernel : KERNELS) {
            MarginScan before = new MarginScan(table, kernel);
            ScanBook book = before.book(accounts);
            MarginScan after = before.repriced(next, Set.of());
            assertArrayEquals(plain(next, accounts, Requirement::core), after.core(book));
            assertArrayEquals(plain(next, accounts, VenueScanTest::dislocation), after.dislocation(book));
            assertArrayEquals(plain(table, accounts, Requirement::core), before.core(book), "the one before stays");
        }
    }

    @Test
    void shouldRefuseToRepriceATableOfOtherPathsOrPlaces() {
        MarginScan scan = new MarginScan(table);
        VenueRisk risk = table.venueRisk();
        List<VenueRisk.Terms> wallets = risk.venues().stream()
                .map(v -> new VenueRisk.Terms(v.id(), false, v.lossGivenDefault(), v.credit()))
                .toList();
        RiskTable still =
                copy(table.families(), table.groups(), new VenueRisk(wallets, risk.paths(), risk.prefunding()));
        assertThrows(IllegalArgumentException.class, () -> scan.repriced(still, Set.of()));
        List<VenueRisk.Path> turned = risk.paths().reversed();
        RiskTable others =
                copy(table.families(), table.groups(), new VenueRisk(risk.venues(), turned, risk.prefunding()));
        assertThrows(IllegalArgumentException.class, () -> scan.repriced(others, Set.of()));
    }

    @Test
    void shouldAgreeWithEveryReferenceCase() {
        int margins = 0;
        int refused = 0;
        for (JsonNode node : ReferenceJson.json("margin/venue_cases.json").get("cases")) {
            String id = node.get("id").asText();
            RiskTable of =
                    node.has("prefunding") ? charging(node.get("prefunding").intValue(), 1) : table;
            switch (node.get("kind").asText()) {
                case "venue-margin" -> {
                    assertCase(of, node, id);
                    margins++;
                }
                case "venue-margin-error" -> {
                    MarginAccount account = ReferenceTable.account(of, node);
                    assertThrows(IllegalArgumentException.class, () -> new MarginScan(of).book(List.of(account)), id);
                    refused++;
                }
                default -> {
                    List<MarginAccount> accounts = new ArrayList<>();
                    node.get("accounts").forEach(account -> accounts.add(ReferenceTable.account(of, account)));
                    assertScanned(of, accounts);
                }
            }
        }
        assertTrue(margins >= 69 && refused >= 12, "cases: " + margins + " margins, " + refused + " refused");
    }

    private static void assertCase(RiskTable table, JsonNode node, String id) {
        MarginAccount account = ReferenceTable.account(table, node);
        JsonNode expected = node.get("expected");
        for (ScanKernel kernel : KERNELS) {
            MarginScan scan = new MarginScan(table, kernel);
            ScanBook book = scan.book(List.of(account));
            assertEquals(expected.get("stress").longValue(), scan.stress(book)[0], () -> "stress of " + id);
            assertEquals(expected.get("es").longValue(), scan.shortfall(book)[0], () -> "es of " + id);
            assertEquals(expected.get("core").longValue(), scan.core(book)[0], () -> "core of " + id);
            assertEquals(expected.get("prefunding").longValue(), scan.prefunding(book)[0], () -> "prefunding of " + id);
            long dated = Requirement.of(table, account).charges().stream()
                    .filter(c -> c.addOn() == AddOn.BASIS && !c.subject().contains(" at "))
                    .mapToLong(Requirement.Charge::amount)
                    .sum();
            long basis = expected.get("addons").get("basis").longValue();
            assertEquals(basis, dated + scan.dislocation(book)[0], () -> "basis of " + id);
        }
    }

    private static void assertScanned(RiskTable table, List<MarginAccount> accounts) {
        for (ScanKernel kernel : KERNELS) {
            MarginScan scan = new MarginScan(table, kernel);
            ScanBook book = scan.book(accounts);
            assertArrayEquals(plain(table, accounts, Requirement::stress), scan.stress(book), "stress");
            assertArrayEquals(plain(table, accounts, Requirement::shortfall), scan.shortfall(book), "shortfall");
            assertArrayEquals(plain(table, accounts, Requirement::core), scan.core(book), "core");
            assertArrayEquals(plain(table, accounts, Requirement::prefundingCharge), scan.prefunding(book), "paths");
            assertArrayEquals(plain(table, accounts, VenueScanTest::dislocation), scan.dislocation(book), "marks");
        }
    }

    private static long[] plain(RiskTable table, List<MarginAccount> accounts, ToLongFunction<Requirement> measure) {
        return accounts.stream()
                .mapToLong(account -> measure.applyAsLong(Requirement.of(table, account)))
                .toArray();
    }

    private static long pays(RiskTable table, List<MarginAccount> accounts, ToLongFunction<Requirement> charge) {
        return accounts.stream()
                .filter(account -> charge.applyAsLong(Requirement.of(table, account)) > 0)
                .count();
    }

    /** The part of the add-on basis that is of venues. */
    private static long dislocation(Requirement requirement) {
        return requirement.charges().stream()
                .filter(c -> c.addOn() == AddOn.BASIS && c.subject().contains(" at "))
                .mapToLong(Requirement.Charge::amount)
                .sum();
    }

    /** Accounts whose standings lie between a seventh of the farthest, owed, and it. */
    private List<MarginAccount> drawn(long seed, long farthest) {
        Random random = new Random(seed);
        RandomAccounts accounts = new RandomAccounts(table, random);
        List<MarginAccount> drawn = new ArrayList<>(List.of(MarginAccount.EMPTY));
        for (int i = 0; i < DRAWS; i++) {
            MarginAccount account = i % 4 == 0 ? accounts.withLiability() : accounts.any();
            drawn.add(with(
                    account,
                    acting().filter(venue -> random.nextInt(5) > 0)
                            .mapToObj(venue -> new Standing(venue, random.nextLong(-farthest / 7, farthest)))
                            .toList()));
        }
        return drawn;
    }

    private MarginAccount standing(MarginAccount account, long distance) {
        return with(account, List.of(new Standing(acting().findFirst().orElseThrow(), distance)));
    }

    private IntStream acting() {
        return IntStream.range(0, table.venueRisk().venues().size()).filter(table.venueRisk()::liquidates);
    }

    private static MarginAccount with(MarginAccount account, List<Standing> standings) {
        return new MarginAccount(
                account.cash(), account.positions(), account.paid(), account.collateral(), account.debt(), standings);
    }

    /** The table with another share of what does not reach a venue, and marks that part so many times as far. */
    private RiskTable charging(int share, int times) {
        List<Group> groups = table.groups().stream()
                .map(group ->
                        new Group(group.number(), group.id(), group.charges().map(charges -> parting(charges, times))))
                .toList();
        VenueRisk risk = table.venueRisk();
        return copy(table.families(), groups, new VenueRisk(risk.venues(), risk.paths(), share));
    }

    private static GroupCharges parting(GroupCharges c, int times) {
        return new GroupCharges(
                c.impact(),
                c.contagion(),
                c.crowding(),
                c.skew(),
                c.basis(),
                c.dislocation().stream()
                        .map(d -> new Dislocation(d.venue(), times * d.ppm()))
                        .toList());
    }

    private RiskTable copy(List<Family> families, List<Group> groups, VenueRisk risk) {
        return new RiskTable(
                table.builder(),
                table.rows(),
                families,
                table.combos(),
                table.moves(),
                table.esVolatility(),
                table.esWeights(),
                groups,
                table.instruments(),
                table.assets(),
                table.parameters(),
                risk);
    }
}
