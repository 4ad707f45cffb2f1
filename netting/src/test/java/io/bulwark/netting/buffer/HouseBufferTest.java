package io.bulwark.netting.buffer;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bulwark.clearing.document.CanonicalReader;
import io.bulwark.clearing.governance.ParameterSet;
import io.bulwark.clearing.money.Ppm;
import io.bulwark.netting.contagion.ContagionAccount;
import io.bulwark.netting.contagion.ContagionMap;
import io.bulwark.netting.contagion.ContagionSystem;
import io.bulwark.netting.contagion.ContagionVector;
import io.bulwark.netting.contagion.ImpactLadder;
import io.bulwark.netting.contagion.LiquidityGroup;
import io.bulwark.netting.contagion.ScenarioAccount;
import io.bulwark.netting.formula.Requirement;
import io.bulwark.netting.portfolio.Entry;
import io.bulwark.netting.portfolio.MarginAccount;
import io.bulwark.netting.revaluation.RiskTableBuilder;
import io.bulwark.netting.risktable.IntColumn;
import io.bulwark.netting.risktable.RiskTable;
import io.bulwark.netting.scenario.House;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The buffer over a house's own risk table. */
final class HouseBufferTest {
    private static final int BTC_CALL = 1;
    private static final int BTC_PUT = 2;
    private static final int ETH_PERPETUAL = 4;
    private static final int WRAPPED_ETHER = 2;
    private static final long CASH = 40_000_000_000L;

    private final ParameterSet on = ParameterSet.founding().with(BufferParameters.PUBLISHED, 1);
    private final RiskTable table =
            RiskTableBuilder.marginTable(House.LISTING, House.market(), on).table();
    private final HouseBook book =
            HouseBook.of(table, House.LISTING, House.market(), on).orElseThrow();

    private static MarginAccount positions(long cash, Entry... entries) {
        return new MarginAccount(cash, List.of(entries), List.of(), List.of(), List.of());
    }

    private ContagionAccount account(String name, MarginAccount account) {
        return account(book, name, account);
    }

    private ContagionAccount account(HouseBook over, String name, MarginAccount account) {
        return over.account(name, Optional.empty(), account, Requirement.of(table, account));
    }

    @Test
    void shouldNotExistUnlessTheHousePublishesIt() {
        ParameterSet off = ParameterSet.founding().with(BufferParameters.PUBLISHED, 0);
        assertTrue(HouseBook.of(table, House.LISTING, House.market(), off).isEmpty());
        assertTrue(HouseBook.of(table, House.LISTING, House.market(), ParameterSet.founding())
                .isPresent());
    }

    @Test
    void shouldUseOnlyScenariosThatTheInitialMarginCovers() {
        for (MarginAccount held : List.of(
                positions(CASH, new Entry(ETH_PERPETUAL, 500_000)),
                positions(CASH, new Entry(ETH_PERPETUAL, -500_000)),
                positions(CASH, new Entry(BTC_CALL, -90), new Entry(BTC_PUT, -120)),
                new MarginAccount(CASH, List.of(), List.of(), List.of(new Entry(WRAPPED_ETHER, 900_000)), List.of()))) {
            ContagionAccount seen = account("a", held);
            Requirement requirement = Requirement.of(table, held);
            assertEquals(requirement.equity() * 100, seen.equityMicro());
            assertEquals(requirement.maintenanceMargin() * 100, seen.maintenanceMicro());
            assertTrue(seen.gainsMicro().size() > 10);
            long worst =
                    seen.gainsMicro().stream().mapToLong(Long::longValue).min().orElseThrow();
            assertTrue(worst < 0 && -worst <= requirement.initialMargin() * 100, worst + " in " + held);
        }
    }

    @Test
    void shouldLeaveEveryAccountSolventThatHoldsMarginAndBuffer() {
        List<MarginAccount> held = List.of(
                positions(9_000_000_000L, new Entry(ETH_PERPETUAL, 8_000_000)),
                positions(20_000_000_000L, new Entry(ETH_PERPETUAL, 15_000_000)),
                positions(30_000_000_000L, new Entry(ETH_PERPETUAL, -6_000_000)),
                positions(3_000_000_000L, new Entry(BTC_CALL, -900), new Entry(BTC_PUT, -900)));
        List<ContagionAccount> accounts = IntStream.range(0, held.size())
                .mapToObj(i -> account("a" + i, held.get(i)))
                .toList();
        HouseBuffer buffer = HouseBuffer.of(book, accounts, Optional.empty());
        BufferTariff tariff = buffer.buffer().tariff();
        assertTrue(
                tariff.certified().stream().anyMatch(v -> v.rates().stream().anyMatch(rate -> rate > 0)),
                "somebody must be sold");
        for (int a = 0; a < held.size(); a++) {
            Requirement requirement = Requirement.of(table, held.get(a));
            long buffered = HouseBuffer.inU(buffer.charges().get(a));
            assertEquals(
                    buffered,
                    buffer.afterwards("a" + a, held.get(a), requirement).inU());
            assertEquals(Math.ceilDiv(buffer.charges().get(a).buffer(), 100L), buffered);
            for (int s = 0; s < tariff.scenarios().size(); s++) {
                long loss = -accounts.get(a).gainsMicro().get(s)
                        + buffer.charges().get(a).transmittedPerScenario().get(s);
                assertTrue(loss <= 100 * (requirement.initialMargin() + buffered), "a" + a + ", " + s);
            }
        }
    }

    /** A short straddle has little delta at the table's prices and much on the way: it pays more in a fall than that delta. */
    @Test
    void shouldChargeAShortStraddleWithTheDeltaOfTheWay() {
        MarginAccount held = positions(CASH, new Entry(BTC_CALL, -1_000), new Entry(BTC_PUT, -1_000));
        ContagionSystem system = book.system(List.of(account("s", held)));
        int flat = 0;
        while (system.scenarios().get(flat).returnPpm().stream().anyMatch(r -> r != 0)) {
            flat++;
        }
        ScenarioAccount row = ScenarioAccount.of(system, flat, system.accounts().getFirst());
        int groups = system.groups().size();
        long before = row.transmitted(ContagionVector.zero(groups));
        int[] falls = new int[groups];
        Arrays.fill(falls, 60_000);
        ContagionVector fall = ContagionVector.of(falls, new int[groups]);
        long onTheWay = longSide(row, fall, groups);
        long atRest = longSide(row, ContagionVector.zero(groups), groups);
        assertEquals(0, before);
        assertTrue(onTheWay > atRest, onTheWay + " against " + atRest);
        assertTrue(row.transmitted(fall) > 0);
    }

    private static long longSide(ScenarioAccount row, ContagionVector vector, int groups) {
        long[] amounts = row.amounts(vector);
        return IntStream.range(0, amounts.length)
                .filter(i -> row.component()[i] < groups)
                .mapToLong(i -> amounts[i])
                .sum();
    }

    @Test
    void shouldNetAHedgeOnlyWhereTheHouseUnwindsBothLegs() {
        ParameterSet together = on.with(BufferParameters.UNWIND_TOGETHER, 1);
        MarginAccount hedged = new MarginAccount(
                CASH,
                List.of(new Entry(ETH_PERPETUAL, -900_000)),
                List.of(),
                List.of(new Entry(WRAPPED_ETHER, 900_000)),
                List.of());
        long apart = buffer(book, hedged);
        long netted = buffer(
                HouseBook.of(table, House.LISTING, House.market(), together).orElseThrow(), hedged);
        assertTrue(netted < apart / 2, netted + " against " + apart);
    }

    private long buffer(HouseBook over, MarginAccount held) {
        return HouseBuffer.of(over, List.of(account(over, "h", held)), Optional.empty())
                .charge("h")
                .orElseThrow()
                .closeOut();
    }

    /** Whoever trades after the epoch was sealed pays at the rates with the trade inside: as if it had been there. */
    @Test
    void shouldChargeAnActionAtTheRatesThatItMakes() {
        MarginAccount small = positions(60_000_000_000L, new Entry(ETH_PERPETUAL, 1_000));
        MarginAccount large = positions(60_000_000_000L, new Entry(ETH_PERPETUAL, 40_000_000));
        MarginAccount other = positions(20_000_000_000L, new Entry(ETH_PERPETUAL, 15_000_000));
        HouseBuffer before = unstressed(account("a", small), account("b", other));
        HouseBuffer inside = unstressed(account("a", large), account("b", other));
        long wanted = HouseBuffer.inU(inside.charge("a").orElseThrow());
        assertEquals(
                wanted,
                before.afterwards("a", large, Requirement.of(table, large)).inU());
        HouseBuffer without = unstressed(account("b", other));
        assertEquals(
                wanted,
                without.afterwards("new", large, Requirement.of(table, large)).inU());
        long stale = HouseBuffer.inU(without.buffer().tariff().charge(account("new", large)));
        assertTrue(stale < wanted, stale + " at stale rates against " + wanted);
    }

    @Test
    void shouldPublishTheSameBytesForTheSameBookAndOthersForAnother() {
        MarginAccount held = positions(9_000_000_000L, new Entry(ETH_PERPETUAL, 8_000_000));
        byte[] once = tariff(held).encode();
        assertArrayEquals(once, tariff(held).encode());
        assertFalse(Arrays.equals(
                once,
                tariff(positions(9_000_000_000L, new Entry(ETH_PERPETUAL, 8_100_000)))
                        .encode()));
    }

    private BufferTariff tariff(MarginAccount held) {
        return HouseBuffer.of(book, List.of(account("a", held)), Optional.empty())
                .buffer()
                .tariff();
    }

    /** A house that charges what it certifies: its actions can be compared with a book that held them from the beginning. */
    private HouseBuffer unstressed(ContagionAccount... accounts) {
        ParameterSet plain = on.with(BufferParameters.STRESS_WEIGHT, 0);
        return HouseBuffer.of(
                HouseBook.of(table, House.LISTING, House.market(), plain).orElseThrow(),
                List.of(accounts),
                Optional.empty());
    }

    /** c_pub of every component against the formula, the stressed vectors from a house whose ladders are four times as steep. */
    @Test
    void shouldChargeYesterdaysAndStressedVectorsToo() {
        ContagionAccount large = account("a", positions(9_000_000_000L, new Entry(ETH_PERPETUAL, 8_000_000)));
        ContagionAccount small = account("a", positions(9_000_000_000L, new Entry(ETH_PERPETUAL, 6_000_000)));
        BufferTariff yesterday = tariff(large, Optional.empty());
        BufferTariff today = tariff(small, Optional.of(new EarlierTariff(yesterday, Duration.ofDays(2))));
        boolean looked = false;
        boolean fell = false;
        for (int s = 0; s < today.scenarios().size(); s++) {
            for (int i = 0; i < 2 * today.groups().size(); i++) {
                assertEquals(
                        wanted(large, yesterday, 0, s, i),
                        yesterday.charged().get(s).rates().at(i),
                        s + ", " + i);
                long kept = yesterday.charged().get(s).rates().at(i) * 9_409L / 10_000;
                assertEquals(
                        wanted(small, today, kept, s, i),
                        today.charged().get(s).rates().at(i),
                        s + ", " + i);
                looked |= wanted(large, yesterday, 0, s, i)
                        > yesterday.certified().get(s).rates().at(i);
                fell |= wanted(small, today, kept, s, i) > wanted(small, today, 0, s, i);
            }
        }
        assertTrue(looked, "the stressed ladders must bind somewhere");
        assertTrue(fell, "yesterday must bind somewhere");
    }

    private long wanted(ContagionAccount account, BufferTariff tariff, long kept, int scenario, int i) {
        long certified = tariff.certified().get(scenario).rates().at(i);
        long steep = HouseBuffer.of(steeper(), List.of(account), Optional.empty())
                .buffer()
                .tariff()
                .certified()
                .get(scenario)
                .rates()
                .at(i);
        long mixed = (3 * certified + steep + 3) / 4;
        long bound =
                tariff.scenarios().get(scenario).bound(tariff.groups()).rates().at(i);
        return Math.min(bound, Math.max(certified, Math.max(kept, mixed)));
    }

    private BufferTariff tariff(ContagionAccount account, Optional<EarlierTariff> earlier) {
        return HouseBuffer.of(book, List.of(account), earlier).buffer().tariff();
    }

    private HouseBook steeper() {
        ParameterSet four = on.with(BufferParameters.STRESS_WEIGHT, 0);
        for (LiquidityGroup group : book.system(List.of()).groups()) {
            four = four.with(
                    BufferParameters.slope(group.name()),
                    4 * BufferParameters.slope(group.name()).initial());
        }
        return HouseBook.of(table, House.LISTING, House.market(), four).orElseThrow();
    }

    /** A new group and a new set of scenarios start at 0; a group keeps its rate under another place. */
    @Test
    void shouldStartNewGroupsAndScenariosAtNothing() {
        BufferTariff tariff = tariff(positions(9_000_000_000L, new Entry(ETH_PERPETUAL, 8_000_000)));
        EarlierTariff earlier = new EarlierTariff(tariff, Duration.ofMillis(1));
        int hit = IntStream.range(0, tariff.charged().size())
                .filter(s -> tariff.charged().get(s).rates().stream().anyMatch(rate -> rate > 0))
                .findFirst()
                .orElseThrow();
        int scenarios = tariff.charged().size();
        List<LiquidityGroup> turned = tariff.groups().reversed();
        IntColumn found = earlier.charged(hit, scenarios, turned);
        int groups = turned.size();
        for (int k = 0; k < groups; k++) {
            assertEquals(tariff.charged().get(hit).down(k), found.at(groups - 1 - k));
            assertEquals(tariff.charged().get(hit).up(k), found.at(2 * groups - 1 - k));
        }
        LiquidityGroup unknown = new LiquidityGroup("NEW", new ImpactLadder(List.of()), 1, 0, 0, List.of());
        assertEquals(IntColumn.zeros(2), earlier.charged(hit, scenarios, List.of(unknown)));
        assertEquals(IntColumn.zeros(2 * groups), earlier.charged(hit, scenarios + 1, tariff.groups()));
    }

    @Test
    void shouldReadTheTariffThatItWrote() {
        BufferTariff tariff = tariff(positions(9_000_000_000L, new Entry(ETH_PERPETUAL, 8_000_000)));
        assertEquals(tariff, BufferTariff.of(CanonicalReader.read(tariff.encode())));
    }

    /** A dealer who hedges a short straddle sells into every fall: admitted as a hedger, its flow moves the price in each scenario that falls, and its own margin is not asked. */
    @Test
    void shouldCountWhatAdmittedHedgersMustTrade() {
        MarginAccount straddle = positions(900_000_000_000L, new Entry(BTC_CALL, -9_000), new Entry(BTC_PUT, -9_000));
        ContagionAccount seen = account("5", straddle);
        HouseBook hedged = HouseBook.of(
                        table, House.LISTING, House.market(), on.with(BufferParameters.hedger("account-5"), 1))
                .orElseThrow();
        ContagionSystem quiet = book.system(List.of(seen));
        ContagionSystem flowing = hedged.system(List.of(seen));
        assertTrue(quiet.groups().stream().allMatch(g -> g.hedgerGammaMicro() == 0));
        int btc = IntStream.range(0, quiet.groups().size())
                .filter(k -> quiet.groups().get(k).name().equals("BTC"))
                .findFirst()
                .orElseThrow();
        long gamma = flowing.groups().get(btc).hedgerGammaMicro();
        assertTrue(gamma > 0);
        int falls = 0;
        for (int s = 0; s < quiet.scenarios().size(); s++) {
            int move = quiet.scenarios().get(s).returnPpm().at(btc);
            ContagionVector before =
                    new ContagionMap(quiet, s).leastFixedPoint().point();
            ContagionVector after =
                    new ContagionMap(flowing, s).leastFixedPoint().point();
            assertTrue(before.atMost(after));
            if (move < 0) {
                falls++;
                assertTrue(after.down(btc) > before.down(btc), "scenario " + s);
                long shed = seen.legs().stream()
                        .map(leg -> (ContagionAccount.Leg.Option) leg)
                        .mapToLong(option -> shed(
                                option.deltaMicro().getFirst(),
                                quiet.groups().get(btc).cellsPpm(),
                                move))
                        .sum();
                assertTrue(shed > 0 && Ppm.shareUp(gamma, -move) >= shed, "scenario " + s);
            }
        }
        assertTrue(falls > 0);
        HouseBuffer sealed = HouseBuffer.of(hedged, List.of(), Optional.empty());
        assertTrue(sealed.afterwards("5", straddle, Requirement.of(table, straddle))
                        .inU()
                > HouseBuffer.of(book, List.of(), Optional.empty())
                        .afterwards("5", straddle, Requirement.of(table, straddle))
                        .inU());
    }

    /** By how much the delta has grown when the price has fallen to a cell. */
    private static long shed(List<Long> deltas, List<Integer> cells, int move) {
        return deltas.get(cells.indexOf(move)) - deltas.get(cells.indexOf(0));
    }
}
