package io.bulwark.insurance.defaultmanagement;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bulwark.clearing.document.CanonicalReader;
import io.bulwark.clearing.document.Digest;
import io.bulwark.clearing.governance.ParameterSet;
import io.bulwark.clearing.ledger.LedgerAccount;
import io.bulwark.clearing.ledger.Transfer;
import io.bulwark.clearing.money.Usd;
import io.bulwark.insurance.defaultmanagement.DefaultDeclaration.PortfolioBid;
import io.bulwark.insurance.waterfall.DefaultLayer;
import io.bulwark.tier.Heavy;
import io.bulwark.tier.Sized;
import io.bulwark.tier.Tier;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

@Heavy
@Sized
class DefaultSettlementTest {
    private static final long SEED = 20_180_910;
    private static final ParameterSet FOUNDING = ParameterSet.founding();
    private static final ParameterSet PARAMETERS =
            FOUNDING.with(DefaultParameters.SLICES, 1).with(DefaultParameters.STRESS_SLOWING, 1_000_000);

    /** A loses 500 and holds 100; its contribution is 150, the house has 50, B and C have 100 each. */
    @Test
    void shouldUseEachLayerBeforeTheNextIsTouched() {
        DefaultSettlement settlement = settle(450, List.of());
        assertEquals(
                Map.of(
                        DefaultLayer.OWN_CONTRIBUTION, 150L,
                        DefaultLayer.HOUSE_CAPITAL, 50L,
                        DefaultLayer.JUNIOR_CONTRIBUTIONS, 150L),
                byLayer(settlement));
        assertEquals(100, settlement.closeOuts().getFirst().marginUsed());
        assertEquals(0, settlement.uncovered());
    }

    @Test
    void shouldCallMembersThenCutGainsThenSayWhatNobodyPays() {
        DefaultSettlement settlement = settle(1_000, List.of());
        assertEquals(200, byLayer(settlement).get(DefaultLayer.JUNIOR_CONTRIBUTIONS));
        assertEquals(200, byLayer(settlement).get(DefaultLayer.ASSESSMENTS));
        assertEquals(70, byLayer(settlement).get(DefaultLayer.GAINS), "B gained 70 in the same move");
        assertEquals(1_000 - 100 - 150 - 50 - 200 - 200 - 70, settlement.uncovered());
        assertTrue(settlement.payments().stream()
                .noneMatch(p -> p.layer() == DefaultLayer.GAINS && p.payer().equals("C")));
    }

    @Test
    void shouldTakeTheContributionOfWhoDidNotBidFirst() {
        DefaultSettlement settlement = settle(350, List.of(new PortfolioBid(1, "B", 0, 50)));
        assertEquals(
                List.of("C"),
                settlement.payments().stream()
                        .filter(p -> p.layer() == DefaultLayer.JUNIOR_CONTRIBUTIONS)
                        .map(LayerPayment::payer)
                        .toList());
        assertEquals(50, byLayer(settlement).get(DefaultLayer.JUNIOR_CONTRIBUTIONS));
    }

    /** All at once costs 200: the reserve is a discount of 2 a lot, and a bid at 3 below the marks is void. */
    @Test
    void shouldNeverPayMoreInTheAuctionThanTheMarketCosts() {
        ClosedAccount account = new ClosedAccount(1, "A", 100, 80, 450, 200);
        PortfolioCloseOut none = PortfolioCloseOut.of(account, List.of(new PortfolioBid(1, "B", -3, 100)), PARAMETERS);
        assertEquals(-2, none.reserve());
        assertEquals(200, none.marketCost());
        PortfolioCloseOut half = PortfolioCloseOut.of(account, List.of(new PortfolioBid(1, "B", -1, 50)), PARAMETERS);
        assertEquals(50, half.auctionCost());
        assertEquals(50, half.marketCost(), "selling half moves the price half as far: a quarter of the cost");
        assertEquals(450 + 100 - 100, half.shortfall());
        PortfolioCloseOut premium =
                PortfolioCloseOut.of(account, List.of(new PortfolioBid(1, "B", 1, 100)), PARAMETERS);
        assertEquals(-100, premium.auctionCost());
    }

    @Test
    void shouldSellMoreSlowlyInStress() {
        ClosedAccount account = new ClosedAccount(1, "A", 100, 80, 450, 1_000_000);
        long fast = PortfolioCloseOut.of(account, List.of(), PARAMETERS).marketCost();
        PortfolioCloseOut slow = PortfolioCloseOut.of(account, List.of(), FOUNDING);
        assertEquals(20, slow.slices());
        assertTrue(slow.marketCost() < fast / 5, slow.marketCost() + " against " + fast);
    }

    @Test
    void shouldConserveEveryUnitOverRandomDefaults() {
        Random random = new Random(SEED);
        for (int i = 0; i < Tier.size(600, 3_000); i++) {
            Setting setting = Setting.random(random, i);
            DefaultSettlement settlement = DefaultSettlement.of(setting.declaration(), setting.accounts(), FOUNDING);
            long cost = 0;
            for (PortfolioCloseOut closeOut : settlement.closeOuts()) {
                assertEquals(Math.max(0, closeOut.need()), closeOut.marginUsed() + closeOut.shortfall());
                long left = closeOut.account().held() - closeOut.marginUsed();
                long charged = -Math.floorDiv(-Math.max(0, closeOut.account().maintenance()), 10L);
                assertEquals(Math.min(left, charged), closeOut.penalty(), "a tenth of MM, at most what is left");
                assertTrue(closeOut.penalty() == 0 || closeOut.shortfall() == 0);
                cost += closeOut.shortfall();
            }
            assertEquals(cost, settlement.uncovered() + payments(settlement));
            everyPayerHasWhatItPays(settlement);
            movesWhatIsPaid(settlement);
            List<ClosedAccount> shuffled = new ArrayList<>(setting.accounts());
            Collections.shuffle(shuffled, random);
            assertEquals(settlement, DefaultSettlement.of(setting.declaration(), shuffled, FOUNDING));
            assertEquals(
                    setting.declaration(),
                    DefaultDeclaration.of(CanonicalReader.read(
                            setting.declaration().canonical().encode())));
        }
    }

    /** MM 85, a tenth of it rounded up is 9; of 100 the move takes 21, and then 95, which leaves 5. */
    @Test
    void shouldChargeThePenaltyOutOfWhatIsLeftAndNeverMore() {
        DefaultSettlement settled = of(new ClosedAccount(1, "A", 100, 85, 21, 0), OptionalLong.of(0));
        assertEquals(9, settled.penalties());
        assertEquals(1, settled.transfers().size());
        Transfer transfer = settled.transfers().getFirst();
        assertEquals(LiquidationPenalty.account(), transfer.credit());
        assertEquals(9, Usd.floor(transfer.amount()));
        assertEquals(
                5,
                of(new ClosedAccount(1, "A", 100, 85, 95, 0), OptionalLong.of(0))
                        .penalties());
        assertEquals(
                0,
                of(new ClosedAccount(1, "A", 100, 85, 101, 0), OptionalLong.of(0))
                        .penalties());
    }

    /** Another account of the defaulter leaves 9, 20 stand from before; 50 are missing beyond its contribution of 0: the house pays the other 21. */
    @Test
    void shouldPayWithPenaltiesBeforeTheHouseDoes() {
        DefaultSettlement settlement = DefaultSettlement.of(
                declaration(1, List.of("A"), List.of(), 50, new TreeMap<>(Map.of("A", 0L, "B", 100L)), 20),
                List.of(new ClosedAccount(1, "A", 100, 85, 21, 0), new ClosedAccount(2, "A", 10, 80, 60, 0)),
                PARAMETERS);
        assertEquals(Map.of(DefaultLayer.PENALTIES, 29L, DefaultLayer.HOUSE_CAPITAL, 21L), byLayer(settlement));
        assertEquals(LiquidationPenalty.account(), settlement.transfers().get(1).debit());
    }

    /** A declaration of before penalties were charged settles as it did, under the name that it had. */
    @Test
    void shouldChargeNoPenaltyInADeclarationOfVersionOne() {
        DefaultSettlement before = of(new ClosedAccount(1, "A", 100, 85, 21, 0), OptionalLong.empty());
        assertEquals(List.of(), before.transfers());
        assertEquals(
                before.declaration(),
                DefaultDeclaration.of(
                        CanonicalReader.read(before.declaration().canonical().encode())));
        assertFalse(before.declaration().onlyTaken());
        assertNotEquals(
                before.declaration().digest(),
                of(new ClosedAccount(1, "A", 100, 85, 21, 0), OptionalLong.of(0))
                        .declaration()
                        .digest());
    }

    /** Of 100 held 30 can be taken: of a loss of 90 they pay 30, and 60 are the fund's; what is only read would have paid all of it. */
    @Test
    void shouldLetOnlyMarginPayThatCanBeTaken() {
        ClosedAccount account = new ClosedAccount(1, "A", 100, 85, 90, 0).giving(30);
        DefaultDeclaration declaration =
                declaration(1, List.of("A"), List.of(), 50, new TreeMap<>(Map.of("A", 0L, "B", 100L)), 0);
        PortfolioCloseOut closed = DefaultSettlement.of(declaration, List.of(account), PARAMETERS)
                .closeOuts()
                .getFirst();
        assertEquals(30, closed.marginUsed());
        assertEquals(60, closed.shortfall());
        assertEquals(60, closed.onlyRead());
        assertEquals(0, closed.penalty(), "nothing is left that could be taken");
        PortfolioCloseOut whole = DefaultSettlement.of(
                        declaration, List.of(new ClosedAccount(1, "A", 100, 85, 90, 0)), PARAMETERS)
                .closeOuts()
                .getFirst();
        assertEquals(List.of(90L, 0L, 0L), List.of(whole.marginUsed(), whole.shortfall(), whole.onlyRead()));
        assertEquals(100, account.giving(Long.MAX_VALUE).held());
        assertThrows(IllegalArgumentException.class, () -> new ClosedAccount(1, "A", 100, 101, 85, 90, 0));
        assertThrows(IllegalArgumentException.class, () -> account.giving(-1));
    }

    /** Who can withdraw what he holds is in breach no sooner for it. */
    @Test
    void shouldSeeABreachByAllThatIsHeld() {
        DefaultDeclaration declaration = declaration(1, List.of("A"), List.of(), 50, new TreeMap<>(), 0);
        List<ClosedAccount> sound = List.of(new ClosedAccount(1, "A", 100, 85, 10, 0).giving(0));
        assertThrows(IllegalArgumentException.class, () -> DefaultSettlement.of(declaration, sound, PARAMETERS));
    }

    private static DefaultSettlement of(ClosedAccount account, OptionalLong penalties) {
        DefaultDeclaration declaration = declaration(1, List.of("A"), List.of(), 50, new TreeMap<>(), 0);
        return DefaultSettlement.of(
                new DefaultDeclaration(
                        declaration.event(),
                        declaration.epoch(),
                        declaration.epochDigest(),
                        declaration.row(),
                        declaration.members(),
                        declaration.seed(),
                        declaration.bids(),
                        declaration.houseCapital(),
                        declaration.contributions(),
                        penalties,
                        penalties.isPresent() ? 2 : 1),
                List.of(account),
                PARAMETERS);
    }

    private static void everyPayerHasWhatItPays(DefaultSettlement settlement) {
        TreeMap<String, Long> paid = new TreeMap<>();
        settlement.payments().stream()
                .filter(p -> p.layer().prefunded())
                .forEach(p -> paid.merge(p.payer(), p.units(), Math::addExact));
        DefaultDeclaration declaration = settlement.declaration();
        paid.forEach((payer, units) -> assertTrue(
                units
                        <= switch (payer) {
                            case LayerPayment.HOUSE -> declaration.houseCapital();
                            case LayerPayment.FUND -> declaration.penalties().getAsLong() + settlement.penalties();
                            default -> declaration.contributions().getOrDefault(payer, 0L);
                        },
                payer));
    }

    /** Out of the bank goes what is paid; what is not prefunded came in before. Every transfer has a name of its own. */
    private static void movesWhatIsPaid(DefaultSettlement settlement) {
        long bank = 0;
        for (Transfer transfer : settlement.transfers()) {
            long units = Usd.floor(transfer.amount());
            bank += transfer.debit() instanceof LedgerAccount.Settlement ? units : -units;
        }
        long prefunded = settlement.payments().stream()
                .filter(p -> p.layer().prefunded())
                .mapToLong(LayerPayment::units)
                .sum();
        assertEquals(settlement.penalties() - prefunded, bank);
        assertTrue(
                settlement.transfers().stream().noneMatch(t -> t.credit().equals(HouseCapital.account())),
                "the house gains nothing by closing anybody");
        assertEquals(
                settlement.transfers().size(),
                settlement.transfers().stream().map(Transfer::id).distinct().count());
    }

    @Test
    void shouldDeclareNobodyInDefaultWhoIsNotInBreach() {
        assertThrows(IllegalArgumentException.class, () -> settle(20, List.of()), "100 − 20 is not below 80");
        settle(21, List.of());
        assertThrows(IllegalArgumentException.class, () -> settle(450, List.of(new PortfolioBid(1, "A", 0, 1))));
        assertThrows(IllegalArgumentException.class, () -> settle(450, List.of(new PortfolioBid(2, "B", 0, 1))));
        assertThrows(IllegalArgumentException.class, () -> new PortfolioBid(1, "B", 0, 101));
    }

    private static DefaultSettlement settle(long loss, List<PortfolioBid> bids) {
        List<ClosedAccount> accounts = List.of(
                new ClosedAccount(1, "A", 100, 80, loss, 0),
                new ClosedAccount(2, "B", 100, 80, -70, 0),
                new ClosedAccount(3, "C", 100, 80, 5, 0));
        return DefaultSettlement.of(
                declaration(1, List.of("A"), bids, 50, new TreeMap<>(Map.of("A", 150L, "B", 100L, "C", 100L)), 0),
                accounts,
                PARAMETERS);
    }

    private static DefaultDeclaration declaration(
            long event,
            List<String> members,
            List<PortfolioBid> bids,
            long houseCapital,
            SortedMap<String, Long> contributions,
            long penalties) {
        return new DefaultDeclaration(
                event,
                1,
                Digest.sha256(new byte[] {1}),
                0,
                new TreeSet<>(members),
                Digest.sha256(new byte[] {(byte) event}),
                bids,
                houseCapital,
                contributions,
                OptionalLong.of(penalties),
                DefaultDeclaration.NEWEST);
    }

    private static Map<DefaultLayer, Long> byLayer(DefaultSettlement settlement) {
        Map<DefaultLayer, Long> layers = new EnumMap<>(DefaultLayer.class);
        settlement.payments().forEach(p -> layers.merge(p.layer(), p.units(), Math::addExact));
        return layers;
    }

    private static long payments(DefaultSettlement settlement) {
        return settlement.payments().stream().mapToLong(LayerPayment::units).sum();
    }

    private record Setting(DefaultDeclaration declaration, List<ClosedAccount> accounts) {
        static Setting random(Random random, int event) {
            List<ClosedAccount> accounts = new ArrayList<>();
            TreeMap<String, Long> contributions = new TreeMap<>();
            int members = 3 + random.nextInt(6);
            for (int number = 0; number < members * 2; number++) {
                String member = "M" + number % members;
                accounts.add(ClosedAccount.of(
                        number,
                        member,
                        new ClosedAccount.Stated(
                                random.nextLong(-500, 5_000), random.nextLong(4_000), random.nextLong(3_000)),
                        random.nextLong(-4_000, 8_000),
                        random.nextLong(900)));
                contributions.put(member, random.nextLong(1_500));
            }
            List<String> failed = accounts.stream()
                    .filter(ClosedAccount::breached)
                    .map(ClosedAccount::member)
                    .distinct()
                    .limit(2)
                    .toList();
            if (failed.isEmpty()) {
                return random(random, event);
            }
            List<PortfolioBid> bids = new ArrayList<>();
            for (ClosedAccount account : accounts) {
                String bidder = "M" + random.nextInt(members);
                if (failed.contains(account.member()) && !failed.contains(bidder)) {
                    bids.add(new PortfolioBid(
                            account.number(), bidder, random.nextLong(-9, 3), 1 + random.nextInt(100)));
                }
            }
            return new Setting(
                    DefaultSettlementTest.declaration(
                            1 + event, failed, bids, random.nextLong(800), contributions, random.nextLong(300)),
                    accounts);
        }
    }
}
