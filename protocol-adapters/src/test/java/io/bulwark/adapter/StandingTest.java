package io.bulwark.adapter;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.bulwark.adapter.RecordedSnapshots.Recorded;
import io.bulwark.adapter.reading.PayloadReading;
import io.bulwark.clearing.account.VenueAccount;
import io.bulwark.clearing.money.Amount;
import io.bulwark.clearing.position.RawSnapshot;
import io.bulwark.clearing.position.Reading;
import io.bulwark.clearing.position.VenueStanding;
import io.bulwark.clearing.position.VenueStanding.LiquidationPrice;
import io.bulwark.clearing.position.VenueStanding.NotTold;
import io.bulwark.clearing.position.VenueStanding.Told;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** What venues count of an account, against other figures of the same payloads: nothing here is copied from what the house made of them. */
class StandingTest {
    private static final BigInteger WAD = BigInteger.TEN.pow(18);

    @Test
    void shouldCountAtHyperliquidWhatIsZeroAtItsOwnLiquidationPrice() {
        for (Recorded recorded : accounts("hyperliquid")) {
            JsonNode state = answer(recorded.raw(), 0);
            Told told = told(recorded);
            BigDecimal rate = told.requirement()
                    .toDecimal()
                    .divide(number(state.at("/marginSummary/totalNtlPos")), 18, RoundingMode.HALF_EVEN);
            LiquidationPrice limit = standing(recorded).limits().getFirst();
            assertEquals(
                    number(state.at("/assetPositions/0/position/liquidationPx")),
                    limit.price().toDecimal());
            // Raw USD counts the position as paid in full, so at a price x the account is worth raw + size · x, and the
            // venue acts where that is its rate of |size| · x.
            BigDecimal at = limit.size().times(limit.price()).toDecimal();
            BigDecimal worth = number(state.at("/marginSummary/totalRawUsd")).add(at);
            assertTrue(
                    worth.subtract(at.abs().multiply(rate)).abs().compareTo(new BigDecimal("0.001")) < 0,
                    worth::toString);
            // The same from here: what the leg loses on the way is what was counted beyond the requirement, less what
            // the requirement grows.
            BigDecimal grown =
                    at.abs().subtract(limit.worth().abs().toDecimal()).multiply(rate);
            BigDecimal left = told.distance().minus(limit.loss()).toDecimal().subtract(grown);
            assertTrue(left.abs().compareTo(new BigDecimal("0.001")) < 0, left::toString);
        }
    }

    @Test
    void shouldRequireAtDydxItsMaintenanceShareOfWhatItRequiresInitially() {
        List<Recorded> accounts = accounts("dydx");
        for (Recorded recorded : accounts) {
            JsonNode parent = answer(recorded.raw(), 1).get("subaccount");
            JsonNode market =
                    answer(recorded.raw(), 2).get("markets").iterator().next();
            BigDecimal initial = number(parent.get("equity")).subtract(number(parent.get("freeCollateral")));
            Told told = told(recorded);
            assertEquals(number(parent.get("equity")), told.equity().toDecimal());
            assertEquals(
                    0,
                    told.requirement()
                            .toDecimal()
                            .multiply(number(market.get("initialMarginFraction")))
                            .compareTo(initial.multiply(number(market.get("maintenanceMarginFraction")))));
        }
        assertEquals(3, accounts.size());
    }

    @Test
    void shouldNotTellOfDydxWhatWasSealedBeforeItsMarketsWereAsked() {
        Recorded recorded = accounts("dydx").getFirst();
        RawSnapshot raw = recorded.raw();
        RawSnapshot before =
                new RawSnapshot(raw.account(), raw.horizon(), raw.readings().subList(0, 2));
        NotTold missing =
                assertInstanceOf(NotTold.class, standing(recorded.with(before)).count());
        assertEquals("maintenanceMarginFraction of BTC-USD", missing.field());
        assertEquals(
                recorded.normalised().holdings(),
                recorded.with(before).normalised().holdings());
    }

    @Test
    void shouldCountAtAaveWhatItsHealthFactorSays() {
        for (Recorded recorded : accounts("aave")) {
            List<BigInteger> totals = recorded.raw().readings().stream()
                    .map(StandingTest::words)
                    .filter(words -> words.size() == 6 && words.get(5).signum() > 0)
                    .findFirst()
                    .orElseThrow();
            Told told = told(recorded);
            BigInteger secured = base(told.distance()).add(totals.get(1));
            assertEquals(totals.get(0).subtract(totals.get(1)), base(told.equity()));
            if (totals.get(1).signum() > 0) {
                BigInteger health = secured.multiply(WAD).divide(totals.get(1));
                // The pool cuts its average threshold to a basis point.
                BigInteger off = health.subtract(totals.get(5)).abs();
                assertTrue(
                        off.compareTo(totals.get(5).divide(BigInteger.valueOf(5_000))) <= 0,
                        () -> health + " for " + totals);
            }
        }
    }

    @Test
    void shouldRequireAtBinanceUpToTheRatioAtWhichItActs() {
        for (Recorded recorded : accounts("binance")) {
            JsonNode summary = answer(recorded.raw(), 4);
            Told told = told(recorded);
            // uniMMR is equity over maintenance margin, and the venue acts where it is 1.05.
            BigDecimal ratio = told.equity()
                    .toDecimal()
                    .divide(told.requirement().toDecimal(), 20, RoundingMode.HALF_EVEN)
                    .multiply(new BigDecimal("1.05"));
            BigDecimal off = ratio.subtract(number(summary.get("uniMMR"))).abs();
            assertTrue(off.compareTo(ratio.movePointLeft(4)) < 0, ratio::toString);
        }
        assertRefused("uniMMR", "binance", 4, summary -> ((ObjectNode) summary).put("uniMMR", "51.67"));
        assertRefused("uniMMR", "binance", 4, summary -> ((ObjectNode) summary).put("accountMaintMargin", "592.5"));
    }

    @Test
    void shouldCountAtParadexItsOwnCushion() {
        Recorded recorded = accounts("paradex").getFirst();
        JsonNode account = answer(recorded.raw(), 3);
        assertEquals(
                number(account.get("margin_cushion")), told(recorded).distance().toDecimal());
        assertEquals(
                number(account.get("account_value")), told(recorded).equity().toDecimal());
    }

    @Test
    void shouldTakeTheNetMarginOfDeriveForTheDistance() {
        Recorded recorded = accounts("derive").getFirst();
        JsonNode subaccount = answer(recorded.raw(), 1);
        assertEquals(
                number(subaccount.get("maintenance_margin")),
                told(recorded).distance().toDecimal());
        Recorded rich = changed(recorded, 1, changed -> ((ObjectNode) changed).put("maintenance_margin", "99999999.5"));
        assertEquals(Amount.of("99999999.5"), told(rich).distance());
        assertEquals(Amount.ZERO, told(rich).requirement());
    }

    @Test
    void shouldCountEachCurrencyOfDeribitByItselfWithoutCrossCollateral() {
        for (Recorded recorded : accounts("deribit")) {
            JsonNode bitcoin = answer(recorded.raw(), 1).get("summaries").get(0);
            Told told = told(recorded);
            assertEquals("BTC", told.asset());
            assertEquals("BTC", standing(recorded).pocket().name());
            assertEquals(
                    0,
                    number(bitcoin.get("available_funds"))
                            .add(number(bitcoin.get("initial_margin")))
                            .compareTo(told.equity().toDecimal()));
            BigDecimal required = BigDecimal.ZERO;
            for (JsonNode position : answer(recorded.raw(), 0)) {
                required = required.add(number(position.get("maintenance_margin")));
                int number = recorded.listing()
                        .instrumentAt(1, position.get("instrument_name").asText())
                        .orElseThrow()
                        .number();
                assertTrue(standing(recorded).pocket().holdsInstrument(number));
            }
            assertEquals(0, required.compareTo(told.requirement().toDecimal()));
        }
    }

    @Test
    void shouldCountTheWholePortfolioOfDeribitWithCrossCollateral() {
        Consumer<JsonNode> crossed = summaries -> summaries
                .get("summaries")
                .forEach(summary -> ((ObjectNode) summary)
                        .put("total_margin_balance_usd", 1000.5)
                        .put("total_maintenance_margin_usd", 400.25));
        Recorded recorded = accounts("deribit").getFirst();
        Told told = told(changed(recorded, 1, crossed));
        assertEquals(Amount.of("600.25"), told.distance());
        assertEquals(VenueStanding.USD, told.asset());
        assertRefused("total_maintenance_margin_usd", "deribit", 1, summaries -> {
            crossed.accept(summaries);
            ((ObjectNode) summaries.get("summaries").get(1)).put("total_maintenance_margin_usd", 400.26);
        });
    }

    @Test
    void shouldCountTheAccountOfOkxWhereItTellsAndTakeEmptyForAbsent() {
        Recorded silent = accounts("okx").getFirst();
        assertEquals(new NotTold("adjEq"), standing(silent).count());
        Consumer<JsonNode> telling =
                balance -> ((ObjectNode) balance.get("data").get(0))
                        .put("adjEq", "70000.5")
                        .put("mmr", "1200.25");
        Recorded recorded = changed(silent, 3, telling);
        assertEquals(Amount.of("68800.25"), told(recorded).distance());
        assertEquals(
                new NotTold("mmr"),
                standing(changed(
                                recorded,
                                3,
                                balance -> ((ObjectNode) balance.get("data").get(0)).put("mmr", "")))
                        .count());
    }

    @Test
    void shouldCountTheWalletOfBybitWhereItTellsAndTakeEmptyForAbsent() {
        Recorded silent = accounts("bybit").getFirst();
        assertEquals(new NotTold("totalMarginBalance"), standing(silent).count());
        int wallet = silent.raw().readings().size() - 2;
        Recorded recorded = changed(
                silent,
                wallet,
                answer -> ((ObjectNode) answer.at("/result/list/0"))
                        .put("totalMarginBalance", "50000.25")
                        .put("totalMaintenanceMargin", "1000"));
        assertEquals(Amount.of("49000.25"), told(recorded).distance());
        Recorded sold =
                changed(recorded, 0, answer -> ((ObjectNode) answer.at("/result/list/0")).put("liqPrice", "5000.5"));
        LiquidationPrice limit = standing(sold).limits().getFirst();
        assertEquals("ETHUSDT", limit.symbol());
        // 20 sold at a mark of 3,785.1.
        assertEquals(Amount.of("24308"), limit.loss());
    }

    @Test
    void shouldNotTellOfDriftWhoseWeightsAreNotRead() {
        for (Recorded recorded : accounts("drift")) {
            assertInstanceOf(NotTold.class, standing(recorded).count());
        }
    }

    @Test
    void shouldTellNothingOfMarkets() {
        for (Recorded recorded : RecordedSnapshots.ofEveryVenue()) {
            if (recorded.raw().account().address().equals(VenueAccount.MARKET)) {
                assertEquals(List.of(), recorded.normalised().standings(), recorded::toString);
            }
        }
    }

    @Test
    void shouldRefuseAnIsolatedPositionAtHyperliquid() {
        assertRefused("leverage.type of ETH", "hyperliquid", 0, state -> {
            ObjectNode leverage = (ObjectNode) state.at("/assetPositions/0/position/leverage");
            leverage.put("type", "isolated");
        });
        assertRefused(
                "crossMarginSummary.accountValue",
                "hyperliquid",
                0,
                state -> ((ObjectNode) state.get("crossMarginSummary")).put("accountValue", "92504.9"));
    }

    /**
     * The short of 567,720 USD counts 86,827.8 USD beyond its requirement: 2 % of it, and the one per cent by which the requirement
     * grows, are allowed.
     */
    @Test
    void shouldRefuseALiquidationPriceThatIsNotOfWhatIsCounted() {
        Recorded recorded = accounts("hyperliquid").getFirst();
        for (String near : List.of("4290.00", "4357.92", "4430.00")) {
            assertEquals(
                    Amount.of(near),
                    standing(priced(recorded, near)).limits().getFirst().price());
        }
        for (String far : List.of("4270.00", "4470.00", "3000.00")) {
            PayloadRefused refusal = assertThrows(
                    PayloadRefused.class, () -> priced(recorded, far).normalised());
            assertEquals("liquidationPx of ETH", refusal.field());
            assertTrue(refusal.rule().contains("resting orders"), refusal.rule());
        }
        // With a highest leverage of 3 a sixth of the way is required on top.
        Recorded early = priced(recorded, "4250.00");
        assertThrows(PayloadRefused.class, early::normalised);
        Recorded steep =
                changed(early, 0, state -> ((ObjectNode) state.at("/assetPositions/0/position")).put("maxLeverage", 3));
        assertEquals(1, standing(steep).limits().size());
        // A tenth of the requirement that is told.
        assertRefused("liquidationPx of ETH", "hyperliquid", 0, state -> {
            ((ObjectNode) state).put("crossMaintenanceMarginUsed", "56772.0");
        });
    }

    private static Recorded priced(Recorded recorded, String price) {
        return changed(
                recorded,
                0,
                state -> ((ObjectNode) state.at("/assetPositions/0/position")).put("liquidationPx", price));
    }

    /**
     * A real account of twelve legs: each of the five prices that the venue told is where that leg alone loses the account's value less
     * one per cent of its notional.
     */
    @Test
    void shouldAgreeWithEveryPriceOfARealAccountOfHyperliquid() throws IOException {
        Path file = ReferenceFiles.folder("venues").resolve("hyperliquid/cassette_clearinghouseState.json");
        byte[] cassette = Files.readAllBytes(file);
        JsonNode summary = JsonText.tree("test", "cassette", cassette).at("/response/crossMarginSummary");
        List<VenueStanding> standings = PayloadReading.ofClassPath().standings("hyperliquid", cassette);
        assertEquals(1, standings.size());
        assertEquals(
                new NotTold("crossMaintenanceMarginUsed"), standings.getFirst().count());
        BigDecimal distance = number(summary.get("accountValue"))
                .subtract(number(summary.get("totalNtlPos")).movePointLeft(2));
        List<LiquidationPrice> limits = standings.getFirst().limits();
        assertEquals(
                List.of("BTC", "ATOM", "DYDX", "APE", "OP"),
                limits.stream().map(LiquidationPrice::symbol).toList());
        for (LiquidationPrice limit : limits) {
            BigDecimal off = limit.loss().toDecimal().subtract(distance).abs();
            assertTrue(off.compareTo(new BigDecimal("0.001")) < 0, limit + ": " + off);
        }
    }

    @Test
    void shouldShowOfAFileWhatTheHouseHolds() {
        Recorded recorded = accounts("hyperliquid").getFirst();
        byte[] state = recorded.raw().readings().getFirst().result();
        assertEquals(
                recorded.normalised().standings(), PayloadReading.ofClassPath().standings("hyperliquid", state));
        Recorded parent = accounts("dydx").getFirst();
        assertEquals(
                List.of(VenueStanding.of(new NotTold("maintenanceMarginFraction"))),
                PayloadReading.ofClassPath()
                        .standings("dydx", parent.raw().readings().get(1).result()));
    }

    @Test
    void shouldTakeNoRequirementBelowNothing() {
        assertRefused(
                "crossMaintenanceMarginUsed",
                "hyperliquid",
                0,
                state -> ((ObjectNode) state).put("crossMaintenanceMarginUsed", "-0.1"));
    }

    @Test
    void shouldRequireNoMoreThanAPositionIsWorth() {
        assertRefused(
                "maintenanceMarginFraction",
                "dydx",
                2,
                markets -> ((ObjectNode) markets.get("markets").iterator().next())
                        .put("maintenanceMarginFraction", "1.01"));
    }

    @Test
    void shouldNotTellWhatThePayloadLacks() {
        Recorded recorded = changed(
                accounts("hyperliquid").getFirst(),
                0,
                state -> ((ObjectNode) state).remove("crossMaintenanceMarginUsed"));
        assertEquals(
                new NotTold("crossMaintenanceMarginUsed"), standing(recorded).count());
        Recorded whole = changed(
                accounts("hyperliquid").getFirst(), 0, state -> ((ObjectNode) state).remove("crossMarginSummary"));
        assertEquals(
                new NotTold("crossMarginSummary.accountValue"), standing(whole).count());
    }

    private static void assertRefused(String field, String venue, int reading, Consumer<JsonNode> change) {
        Recorded altered = changed(accounts(venue).getFirst(), reading, change);
        PayloadRefused refusal = assertThrows(PayloadRefused.class, altered::normalised);
        assertTrue(refusal.field().endsWith(field), refusal.getMessage());
        assertTrue(!refusal.rule().isEmpty() && !refusal.value().isEmpty(), refusal.getMessage());
    }

    private static Recorded changed(Recorded recorded, int reading, Consumer<JsonNode> change) {
        RawSnapshot raw = recorded.raw();
        JsonNode answer = answer(raw, reading);
        change.accept(answer);
        List<Reading> readings = new ArrayList<>(raw.readings());
        Reading old = readings.get(reading);
        readings.set(
                reading,
                new Reading(old.method(), old.parameters(), answer.toString().getBytes(StandardCharsets.UTF_8)));
        return recorded.with(new RawSnapshot(raw.account(), raw.horizon(), readings));
    }

    private static List<Recorded> accounts(String venue) {
        return RecordedSnapshots.ofEveryVenue().stream()
                .filter(recorded -> recorded.adapter().profile().name().equals(venue))
                .filter(recorded -> !recorded.raw().account().address().equals(VenueAccount.MARKET))
                .toList();
    }

    private static VenueStanding standing(Recorded recorded) {
        List<VenueStanding> standings = recorded.normalised().standings();
        assertEquals(1, standings.size(), recorded::toString);
        return standings.getFirst();
    }

    private static Told told(Recorded recorded) {
        return assertInstanceOf(Told.class, standing(recorded).count(), recorded::toString);
    }

    private static JsonNode answer(RawSnapshot raw, int reading) {
        return JsonText.tree("test", "answer", raw.readings().get(reading).result());
    }

    /** The words of an ABI answer of whole words. */
    private static List<BigInteger> words(Reading reading) {
        JsonNode answer = JsonText.tree("test", "answer", reading.result());
        List<BigInteger> words = new ArrayList<>();
        if (answer.isTextual() && answer.textValue().length() == 2 + 6 * 64) {
            for (int at = 2; at < answer.textValue().length(); at += 64) {
                words.add(new BigInteger(answer.textValue().substring(at, at + 64), 16));
            }
        }
        return words;
    }

    private static BigInteger base(Amount usd) {
        return usd.toDecimal().movePointRight(8).toBigIntegerExact();
    }

    private static BigDecimal number(JsonNode text) {
        return new BigDecimal(text.asText());
    }
}
