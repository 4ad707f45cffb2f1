package io.bulwark.netting.margin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bulwark.netting.formula.GrossBound;
import io.bulwark.netting.formula.MarginBook;
import io.bulwark.netting.formula.Precision;
import io.bulwark.netting.formula.Prefunding.VenueNeed;
import io.bulwark.netting.formula.Requirement;
import io.bulwark.netting.portfolio.Entry;
import io.bulwark.netting.portfolio.MarginAccount;
import io.bulwark.netting.portfolio.MarginAccount.Standing;
import io.bulwark.netting.risktable.AssetRisk;
import io.bulwark.netting.risktable.RiskEntry;
import io.bulwark.netting.risktable.RiskTable;
import io.bulwark.netting.risktable.VenueRisk;
import io.bulwark.tier.Heavy;
import io.bulwark.tier.Sized;
import io.bulwark.tier.Tier;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * What must hold of the charge for what venues do on their own, on seeded random accounts over the reference table
 * with venues. Source: venue risk, section 4.
 */
@Heavy
@Sized
final class VenuePropertiesTest {
    private static final long SEED = Long.getLong("bulwark.seed", 20_251_010L);
    private static final int DRAWS = Tier.size(1_500, 100_000);
    private static final long MILLION = 1_000_000;

    private final RiskTable table = ReferenceTable.withVenues();
    private final Random random = new Random(SEED);

    @BeforeAll
    static void printSeed() {
        System.out.println("venue properties: -Dbulwark.seed=" + SEED);
    }

    @Test
    void shouldBeFormatTwoWhereNothingIsChargedOfWhatVenuesDo() {
        RiskTable uncharged = UnchargedTable.ofVenues(table);
        RiskTable plain = UnchargedTable.ofFormat2(table);
        for (int i = 0; i < DRAWS; i++) {
            MarginAccount account = standing(drawn(entry -> true));
            MarginStatement with = MarginStatement.of(uncharged, account);
            MarginStatement without = MarginStatement.of(plain, unstanding(account));
            assertEquals(without.given().core(), with.given().core(), () -> "core of " + account);
            assertEquals(without.initialMargin(), with.initialMargin(), () -> "IM of " + account);
            assertEquals(without.state(), with.state(), () -> "state of " + account);
        }
    }

    @Test
    void shouldBeFormatTwoWhereEverythingIsFree() {
        RiskTable plain = UnchargedTable.ofFormat2(table);
        int charged = 0;
        for (int i = 0; i < DRAWS; i++) {
            MarginAccount account = drawn(entry -> entry.venue() == VenueRisk.FREE);
            Requirement with = Requirement.of(table, account);
            Requirement without = Requirement.of(plain, account);
            boolean enough = with.prefunding().free() >= 0;
            assertTrue(with.initialMargin() >= without.initialMargin(), () -> "IM of " + account);
            if (enough) {
                assertEquals(without.core(), with.core(), () -> "core of " + account);
                assertEquals(0, with.prefundingCharge(), () -> "prefunding of " + account);
            }
            charged += with.prefundingCharge() > 0 ? 1 : 0;
        }
        assertTrue(charged > 0, "what the house has lent must be charged once more in some account");
    }

    @Test
    void shouldSaveNothingBySplitting() {
        int paying = 0;
        for (int i = 0; i < DRAWS; i++) {
            MarginAccount a = standing(drawn(entry -> true));
            MarginAccount b = standing(drawn(entry -> true));
            Requirement whole = Requirement.of(table, sum(a, b));
            Requirement first = Requirement.of(table, a);
            Requirement second = Requirement.of(table, b);
            assertTrue(whole.core() <= first.core() + second.core(), () -> "core of " + a + " and " + b);
            for (int p = 0; p < table.venueRisk().paths().size(); p++) {
                long parts = first.prefunding().paths().get(p).loss()
                        + second.prefunding().paths().get(p).loss();
                assertTrue(whole.prefunding().paths().get(p).loss() <= parts, () -> "path of " + a + " and " + b);
            }
            paying += whole.prefundingCharge() > 0 ? 1 : 0;
        }
        int some = paying;
        assertTrue(some > DRAWS / 20, () -> "accounts that pay for what venues do: " + some);
    }

    @Test
    void shouldBeConvexAtMidpoints() {
        RandomAccounts liable = new RandomAccounts(table, random);
        for (int i = 0; i < DRAWS; i++) {
            MarginAccount a = times(standing(liable.withLiability()), MILLION);
            MarginAccount b = times(standing(liable.withLiability()), MILLION);
            long middle = -2 * Requirement.of(table, sum(a, b)).excessInitial();
            long ends = -Requirement.of(table, sum(a, a)).excessInitial()
                    - Requirement.of(table, sum(b, b)).excessInitial();
            // Of every two: a ceiling a path, a combo and an add-on. m₀ makes no difference at this size.
            assertTrue(middle <= ends + 16, () -> "midpoint of " + a + " and " + b + ": " + middle + " over " + ends);
        }
    }

    @Test
    void shouldNeverAskMoreWhereAVenueIsFurtherFromActing() {
        for (int i = 0; i < DRAWS; i++) {
            MarginAccount account = standing(drawn(entry -> true));
            MarginAccount better = withStandings(
                    account,
                    account.standings().stream()
                            .map(s -> new Standing(s.venue(), s.distance() + random.nextLong(1_000_000_000)))
                            .toList());
            long before = Requirement.of(table, account).initialMargin();
            assertTrue(Requirement.of(table, better).initialMargin() <= before, () -> "better standing of " + account);
        }
    }

    @Test
    void shouldNeverLoseExcessByADepositAtAVenueOrInTheHouse() {
        List<AssetRisk> assets = table.assets();
        for (int i = 0; i < DRAWS; i++) {
            MarginAccount account = standing(drawn(entry -> true));
            AssetRisk asset = assets.get(random.nextInt(assets.size()));
            long lots = 1L + random.nextInt(20_000);
            MarginAccount deposited = new AccountChange(
                            0, List.of(), List.of(), List.of(new Entry(asset.number(), lots)), List.of())
                    .applyTo(account);
            long counted = lots * asset.price() * asset.at().weight() / MILLION;
            MarginAccount told = table.venueRisk().liquidates(asset.venue())
                    ? withStandings(deposited, raised(account.standings(), asset.venue(), counted))
                    : deposited;
            long before = Requirement.of(table, account).excessInitial();
            assertTrue(
                    Requirement.of(table, told).excessInitial() >= before,
                    () -> lots + " lots of " + asset.id() + " for " + account);
        }
    }

    @Test
    void shouldNeverGainByLendingFreeMoneyToOneself() {
        for (int i = 0; i < DRAWS; i++) {
            MarginAccount account = standing(drawn(entry -> true));
            List<Entry> both = List.of(new Entry(random.nextInt(table.assets().size()), 1L + random.nextInt(5_000)));
            MarginAccount split = new AccountChange(0, List.of(), List.of(), both, both).applyTo(account);
            MarginAccount told = withStandings(split, account.standings());
            boolean free = table.asset(both.getFirst().number()).orElseThrow().venue() == VenueRisk.FREE;
            long before = Requirement.of(table, account).excessInitial();
            assertTrue(!free || Requirement.of(table, told).excessInitial() <= before, () -> both + " for " + account);
        }
    }

    @Test
    void shouldLeaveWhoOwesNothingOpen() {
        RandomAccounts accounts = new RandomAccounts(table, random);
        for (int i = 0; i < DRAWS; i++) {
            MarginAccount owing = accounts.withoutLiability();
            MarginAccount account = standing(owing, 1);
            assertEquals(AccountState.OPEN, MarginStatement.of(table, account).state(), () -> "state of " + account);
        }
    }

    @Test
    void shouldChargeNoPrefundingOfDerivativesAtOneVenue() {
        for (int venue = 1; venue < table.venueRisk().venues().size(); venue++) {
            int at = venue;
            List<Integer> settled = table.instruments().stream()
                    .filter(risk -> risk.venue() == at
                            && risk.value() == 0
                            && risk.rowShort().isEmpty())
                    .map(RiskEntry::number)
                    .toList();
            for (int i = 0; i < DRAWS / 10 && !settled.isEmpty(); i++) {
                List<Entry> positions = settled.stream()
                        .filter(number -> random.nextBoolean())
                        .map(number -> new Entry(number, 1L + random.nextInt(5_000)))
                        .map(entry -> random.nextBoolean() ? entry : new Entry(entry.number(), -entry.lots()))
                        .toList();
                MarginAccount account = standing(
                        new MarginAccount(random.nextInt(1_000_000), positions, List.of(), List.of(), List.of()), 1);
                assertEquals(0, Requirement.of(table, account).prefundingCharge(), () -> "prefunding of " + account);
            }
        }
    }

    @Test
    void shouldGiveTheSameIntegersOnBothPaths() {
        for (int i = 0; i < DRAWS; i++) {
            MarginAccount account = standing(drawn(entry -> true));
            if (GrossBound.of(table, account) < Precision.NARROW_LIMIT) {
                assertEquals(
                        Requirement.of(table, account, Precision.INT64),
                        Requirement.of(table, account, Precision.INT128),
                        () -> "widths of " + account);
            }
        }
    }

    @Test
    void shouldProveEveryCoreFromBelowAndNeverMore() {
        int paths = 0;
        for (int i = 0; i < DRAWS; i++) {
            MarginAccount account = standing(drawn(entry -> true));
            MarginStatement statement = MarginStatement.of(table, account);
            MarginBook book = MarginBook.of(table, account, Precision.INT128);
            long core = statement.given().core();
            assertEquals(OptionalLong.of(core), statement.witness().bound(book), () -> "witness of " + account);
            LowerWitness other = altered(statement.witness());
            OptionalLong offered = other.bound(book);
            assertTrue(offered.isEmpty() || offered.getAsLong() <= core, () -> other + " of " + account);
            paths += statement.witness().needs().isEmpty() ? 0 : 1;
        }
        int some = paths;
        assertTrue(some > DRAWS / 20, () -> "witnesses that open a path: " + some);
    }

    @Test
    void shouldRefuseAWitnessWhoseNeedsAreNotThoseOfAPath() {
        for (int i = 0; i < DRAWS; i++) {
            MarginAccount account = standing(drawn(entry -> true));
            LowerWitness honest = MarginStatement.of(table, account).witness();
            MarginBook book = MarginBook.of(table, account, Precision.INT128);
            honest.needs().forEach((family, needs) -> {
                List<Integer> twice = new ArrayList<>(needs.venues());
                twice.addAll(needs.venues());
                LowerWitness cheat = withNeeds(honest, Map.of(family, new LowerWitness.Needs(twice, true, true)));
                assertTrue(needs.venues().isEmpty() || cheat.bound(book).isEmpty(), () -> "a venue twice: " + account);
                LowerWitness none = withNeeds(honest, Map.of());
                assertTrue(none.bound(book).isEmpty(), () -> "a path without needs: " + account);
                LowerWitness foreign = withNeeds(honest, Map.of("S", needs));
                assertTrue(foreign.bound(book).isEmpty(), () -> "needs of another family: " + account);
            });
        }
    }

    @Test
    void shouldExplainWhatEachVenueAsks() {
        int explained = 0;
        for (int i = 0; i < DRAWS; i++) {
            MarginAccount account = standing(drawn(entry -> true));
            MarginStatement statement = MarginStatement.of(table, account);
            long needs = statement.explanation().terms().stream()
                    .filter(term -> term.part() == Explanation.Part.PREFUNDING)
                    .count();
            boolean path = statement.witness().needs().values().stream().anyMatch(LowerWitness.Needs::charged);
            assertEquals(path, needs > 0, () -> "terms of " + account);
            explained += needs > 0 ? 1 : 0;
        }
        assertTrue(explained > 0, "some account must be told what its venues ask");
    }

    @Test
    void shouldNeedAtAVenueWhatItsDistanceDoesNotCover() {
        VenueNeed need = new VenueNeed(2, 459_000_000, List.of(600_000_000L, 459_000_000L, -600_000_000L));
        assertEquals(List.of(141_000_000L, 0L, 0L), need.needs());
        assertEquals(600_000_001, new VenueNeed(2, -1, need.losses()).need(0));
    }

    private MarginAccount drawn(Predicate<RiskEntry> fit) {
        MarginAccount account = random.nextInt(4) == 0
                ? new RandomAccounts(table, random).withLiability()
                : new RandomAccounts(table, random).any();
        return new MarginAccount(
                account.cash(),
                kept(
                        account.positions(),
                        number -> fit.test(table.instrument(number).orElseThrow())),
                kept(account.paid(), number -> fit.test(table.instrument(number).orElseThrow())),
                kept(
                        account.collateral(),
                        number -> fit.test(table.asset(number).orElseThrow())),
                kept(account.debt(), number -> fit.test(table.asset(number).orElseThrow())));
    }

    private static List<Entry> kept(List<Entry> entries, Predicate<Integer> fit) {
        return entries.stream().filter(entry -> fit.test(entry.number())).toList();
    }

    /** With a standing drawn for most venues that may act: below 0, about what a path asks, or far away. */
    private MarginAccount standing(MarginAccount account) {
        return standing(account, -300_000_000);
    }

    private MarginAccount standing(MarginAccount account, long least) {
        List<Standing> standings = IntStream.range(0, table.venueRisk().venues().size())
                .filter(table.venueRisk()::liquidates)
                .filter(venue -> random.nextInt(5) > 0)
                .mapToObj(venue -> new Standing(venue, random.nextLong(least, 2_000_000_000)))
                .toList();
        return withStandings(account, standings);
    }

    private static MarginAccount withStandings(MarginAccount account, List<Standing> standings) {
        return new MarginAccount(
                account.cash(), account.positions(), account.paid(), account.collateral(), account.debt(), standings);
    }

    private static MarginAccount unstanding(MarginAccount account) {
        return withStandings(account, List.of());
    }

    private static List<Standing> raised(List<Standing> standings, int venue, long by) {
        SortedMap<Integer, Long> distances = new TreeMap<>();
        standings.forEach(standing -> distances.put(standing.venue(), standing.distance()));
        distances.merge(venue, by, Math::addExact);
        return distances.entrySet().stream()
                .map(entry -> new Standing(entry.getKey(), entry.getValue()))
                .toList();
    }

    private static MarginAccount sum(MarginAccount a, MarginAccount b) {
        List<Standing> standings = a.standings();
        for (Standing standing : b.standings()) {
            standings = raised(standings, standing.venue(), standing.distance());
        }
        MarginAccount lots = new AccountChange(b.cash(), b.positions(), b.paid(), b.collateral(), b.debt()).applyTo(a);
        return withStandings(lots, standings);
    }

    private static MarginAccount times(MarginAccount account, long factor) {
        return new MarginAccount(
                account.cash() * factor,
                times(account.positions(), factor),
                times(account.paid(), factor),
                times(account.collateral(), factor),
                times(account.debt(), factor),
                account.standings().stream()
                        .map(s -> new Standing(s.venue(), s.distance() * factor))
                        .toList());
    }

    private static List<Entry> times(List<Entry> entries, long factor) {
        return entries.stream()
                .map(entry -> new Entry(entry.number(), entry.lots() * factor))
                .toList();
    }

    private LowerWitness altered(LowerWitness honest) {
        Map<String, LowerWitness.Needs> needs = new TreeMap<>();
        honest.needs()
                .forEach((family, named) -> needs.put(
                        family,
                        new LowerWitness.Needs(
                                IntStream.range(1, table.venueRisk().venues().size())
                                        .filter(table.venueRisk()::liquidates)
                                        .filter(venue -> random.nextBoolean())
                                        .boxed()
                                        .toList(),
                                random.nextBoolean(),
                                random.nextBoolean())));
        return withNeeds(honest, needs);
    }

    private static LowerWitness withNeeds(LowerWitness witness, Map<String, LowerWitness.Needs> needs) {
        return new LowerWitness(
                witness.core(), witness.combo(), witness.points(), witness.cells(), needs, witness.tail());
    }
}
