package io.bulwark.api.crif;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bulwark.api.account.NamedPortfolio;
import io.bulwark.api.account.SmallTable;
import io.bulwark.api.door.JsonFields;
import io.bulwark.clearing.governance.ParameterSet;
import io.bulwark.clearing.instrument.AssetTier;
import io.bulwark.clearing.instrument.Instrument;
import io.bulwark.clearing.instrument.ListedAsset;
import io.bulwark.clearing.instrument.ListedInstrument;
import io.bulwark.clearing.instrument.Listing;
import io.bulwark.clearing.instrument.RiskGroup;
import io.bulwark.clearing.money.Amount;
import io.bulwark.clearing.position.EvidenceGrade;
import io.bulwark.house.epoch.EpochMarket;
import io.bulwark.netting.PortfolioMargin;
import io.bulwark.netting.margin.MarginStatement;
import io.bulwark.netting.market.Market;
import io.bulwark.netting.portfolio.Entry;
import io.bulwark.netting.portfolio.MarginAccount;
import io.bulwark.netting.revaluation.RiskTableBuilder;
import io.bulwark.netting.risktable.InstrumentRisk;
import io.bulwark.netting.risktable.RiskTable;
import java.io.IOException;
import java.io.StringWriter;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Sensitivities out of the house and in again. */
final class CrifTest {
    private static final String HEADER =
            "TradeID,PortfolioID,ProductClass,RiskType,Qualifier,Bucket,Label1,Label2,Amount,AmountCurrency,AmountUSD\n";

    /** BTC: two perpetuals in lots of 0.001 and 0.0005 BTC, and a call; SOL: the coin alone, in lots of 0.01. */
    private static final RiskTable TABLE = table();

    @Test
    void shouldWriteWhatAPointOfPriceAndOfVolatilityAreWorth() {
        MarginAccount account = new MarginAccount(
                5,
                List.of(new Entry(3, -10), new Entry(7, 2)),
                List.of(),
                List.of(new Entry(2, 3)),
                List.of(new Entry(4, 100)));
        List<CrifRow> rows = CrifSensitivities.of(account, TABLE, "p");
        assertEquals(
                List.of("positions/BTC-PERP", "positions/BTC-CALL", "positions/BTC-CALL", "collateral/BTC", "debt/SOL"),
                rows.stream().map(CrifRow::trade).toList());
        // −0.01 BTC at 60,000 USD, of which 1 % is −6 USD; 0.003 BTC: 1.8 USD; −1 SOL at 150 USD: −1.5 USD.
        amount("-6", rows.get(0));
        amount("1.8", rows.get(3));
        amount("-1.5", rows.get(4));
        // The call by hand: 30 days, struck at the forward, 45 %: d₁ = ½σ√T, so vega is 0.01·S·√T·φ(d₁) for 0.002 BTC,
        // and the delta is N(d₁).
        double root = Math.sqrt(30 / 365.0);
        double density = Math.exp(-0.5 * Math.pow(0.225 * root, 2)) / Math.sqrt(2 * Math.PI);
        CrifRow vega = rows.get(2);
        assertEquals("Risk_CommodityVol", vega.riskType());
        assertEquals("1m", vega.label());
        assertEquals(0.002 * 0.01 * 60_000 * root * density, vega.amount().doubleValue(), 2e-3);
        assertEquals(
                0.002 * 0.01 * 60_000 * (0.5 + 0.225 * root * 0.3989),
                rows.get(1).amount().doubleValue(),
                1.5e-2);
    }

    @Test
    void shouldComeBackWithTheSameNetDeltaWithinOneLotOfEachGroup() {
        Random random = new Random(20_260_101);
        for (int i = 0; i < 300; i++) {
            MarginAccount account = linear(random);
            CrifPortfolio back = CrifPortfolio.of(CrifFile.read(text(account)), TABLE);
            assertEquals(List.of(), back.refusals());
            MarginAccount read = account(back);
            for (String group : List.of("BTC", "SOL")) {
                BigDecimal lot = BigDecimal.valueOf(group.equals("BTC") ? 600_000 : 15_000, 6);
                BigDecimal off = net(account, group).subtract(net(read, group)).abs();
                assertTrue(off.compareTo(lot) < 0, group + " is off by " + off + ": " + account + read);
            }
            assertTrue(net(read, "BTC").abs().compareTo(net(account, "BTC").abs()) >= 0, "against the account");
        }
    }

    /** The bound of docs/risk-language/crif.md: one lot of the perpetual, and what the entries cost by size. */
    @Test
    void shouldKeepTheMarginOfPerpetualsWithinTheDocumentedDistance() {
        Random random = new Random(20_260_102);
        long lot = margin(new MarginAccount(0, List.of(new Entry(3, 1)), List.of(), List.of(), List.of()));
        int apart = 0;
        for (int i = 0; i < 300; i++) {
            List<Entry> positions = new ArrayList<>();
            positions.add(new Entry(3, nonZero(random, 100_000)));
            positions.add(new Entry(5, nonZero(random, 100_000)));
            MarginAccount account = new MarginAccount(0, positions, List.of(), List.of(), List.of());
            MarginAccount read = account(CrifPortfolio.of(CrifFile.read(text(account)), TABLE));
            long bound = lot + charges(account) + charges(read);
            long distance = Math.abs(margin(account) - margin(read));
            assertTrue(distance <= bound, distance + " > " + bound + ": " + account);
            apart += distance > 0 ? 1 : 0;
        }
        assertTrue(apart > 100, "the bound must be asked for: " + apart);
        MarginAccount one = new MarginAccount(0, List.of(new Entry(3, -77)), List.of(), List.of(), List.of());
        assertEquals(margin(one), margin(account(CrifPortfolio.of(CrifFile.read(text(one)), TABLE))));
    }

    @Test
    void shouldRoundAgainstTheAccount() {
        // A lot of BTC-PERP is 0.6 USD for 1 %; a lot of SOL 0.015.
        assertEquals(
                "[Line[id=BTC-PERP, lots=2]]",
                map("BTC", "0.6000001").positions().toString());
        assertEquals(
                "[Line[id=BTC-PERP, lots=-2]]",
                map("BTC", "-0.6000001").positions().toString());
        assertEquals("[Line[id=SOL, lots=1]]", map("SOL", "0.029").collateral().toString());
        assertEquals("[Line[id=SOL, lots=2]]", map("SOL", "-0.029").debt().toString());
        assertEquals("[]", map("SOL", "0.014").collateral().toString());
    }

    @Test
    void shouldRefuseRowByRowAndNameWhatDoesNotMap() {
        String[][] bad = {
            {"t,p,Commodity,Risk_CommodityVol,BTC,16,1m,,1,USD,1", "RiskType", "does not say which option"},
            {"t,p,RatesFX,Risk_IRCurve,USD,1,1y,OIS,1,USD,1", "RiskType", "must be Risk_Commodity"},
            {"t,p,Equity,Risk_Commodity,BTC,16,,,1,USD,1", "ProductClass", "must be Commodity"},
            {"t,p,Commodity,Risk_Commodity,BTC,12,,,1,USD,1", "Bucket", "must be 16"},
            {"t,p,Commodity,Risk_Commodity,BTC,16,1m,,1,USD,1", "Label1", "must be empty"},
            {"t,p,Commodity,Risk_Commodity,DOGE,16,,,1,USD,1", "Qualifier", "must be a risk group"},
            {"t,q,Commodity,Risk_Commodity,BTC,16,,,1,USD,1", "PortfolioID", "must be p in all rows"},
            {"t,p,Commodity,Risk_Commodity,BTC,16,,,1,USD,1e3", "AmountUSD", "plain decimal"},
            {"t,p,Commodity,Risk_Commodity,BTC,16,,,1,USD,2", "Amount", "must be AmountUSD"},
            {"t,p,Commodity,Risk_Commodity,BTC,16,,,1,USD", "row", "must have 11 cells"},
            {"t,p,Commodity,Risk_Commodity,SOL,16,,,,,999999999999", "AmountUSD", "must add up to at most"},
        };
        String good = "t,p,Commodity,Risk_Commodity,BTC,16,,,0.6,USD,0.6\n";
        for (String[] line : bad) {
            CrifPortfolio back = CrifPortfolio.of(CrifFile.read(HEADER + good + line[0] + "\n" + good), TABLE);
            assertEquals(
                    "[Line[id=BTC-PERP, lots=2]]", back.portfolio().positions().toString(), line[0]);
            assertEquals(1, back.refusals().size(), line[0]);
            CrifRefusal refusal = back.refusals().getFirst();
            assertEquals(3, refusal.line(), line[0]);
            assertEquals(line[1], refusal.field(), line[0]);
            assertTrue(refusal.rule().contains(line[2]), refusal.rule());
        }
    }

    @Test
    void shouldFindColumnsByTheirNamesAndReadOtherCurrenciesByTheirAmountInUsd() {
        String text = """
                AMOUNTUSD,qualifier,Desk,RiskType,Bucket,ProductClass,PortfolioID,TradeID,Amount,AmountCurrency
                0.6,BTC,x,Risk_Commodity,16,Commodity,p,t,0.55,EUR
                """;
        CrifPortfolio back = CrifPortfolio.of(CrifFile.read(text), TABLE);
        assertEquals(List.of(), back.refusals());
        assertEquals("[Line[id=BTC-PERP, lots=1]]", back.portfolio().positions().toString());
        for (String header : List.of("", "TradeID\n", HEADER.strip() + ",AmountUSD\n")) {
            CrifFile file = CrifFile.read(header + "1,2,3\n");
            assertEquals("header", file.refusals().getFirst().field(), header);
        }
        assertEquals("file", CrifFile.read("").refusals().getFirst().field());
    }

    /** Bytes changed, left out, doubled; lines shuffled: every line is mapped or refused, and nothing is thrown. */
    @Test
    void shouldNeverThrowWhateverTheText() throws IOException {
        byte[] example = Files.readAllBytes(golden());
        Random random = new Random(20_260_103);
        String[] hostile = {
            "\"", "\"\"", ",", "\n", "\r", "\u0000", "-", "1e999999999", "9".repeat(400), "\uFEFF", "é", "NaN", ".", " "
        };
        int refused = 0;
        for (int i = 0; i < 20_000; i++) {
            StringBuilder text = new StringBuilder(new String(example, StandardCharsets.UTF_8));
            for (int changes = random.nextInt(1, 6); changes > 0; changes--) {
                int at = random.nextInt(text.length() + 1);
                int end = Math.min(text.length(), at + random.nextInt(4));
                text.replace(
                        at,
                        end,
                        random.nextBoolean()
                                ? hostile[random.nextInt(hostile.length)]
                                : "" + (char) random.nextInt(0x250));
            }
            CrifPortfolio back = CrifPortfolio.of(CrifFile.read(text.toString()), TABLE);
            refused += back.refusals().isEmpty() ? 0 : 1;
            assertTrue(
                    back.refusals().stream()
                            .allMatch(r -> r.line() > 0
                                    && !r.rule().isBlank()
                                    && !r.value().contains("\n")),
                    () -> back.refusals().toString());
        }
        assertTrue(refused > 10_000, "hostile texts must be refused: " + refused);
    }

    @Test
    void shouldWriteTheGoldenExample() throws IOException {
        MarginAccount account = NamedPortfolio.read(
                JsonFields.read(Files.readAllBytes(golden().resolveSibling("portfolio.json"))), TABLE);
        assertEquals(Files.readString(golden()), text(account));
        CrifPortfolio back = CrifPortfolio.of(CrifFile.read(Files.readString(golden())), TABLE);
        assertEquals(1, back.refusals().size(), "the vega");
        assertEquals("RiskType", back.refusals().getFirst().field());
    }

    private static Path golden() {
        return Path.of("../docs/risk-language/sensitivities.csv");
    }

    private static NamedPortfolio map(String group, String amount) {
        CrifPortfolio back = CrifPortfolio.of(
                CrifFile.read(HEADER + "t,p,Commodity,Risk_Commodity," + group + ",16,,," + amount + ",USD," + amount),
                TABLE);
        assertEquals(List.of(), back.refusals());
        return back.portfolio();
    }

    private static void amount(String expected, CrifRow row) {
        assertEquals(0, new BigDecimal(expected).compareTo(row.amount()), row.toString());
    }

    private static MarginAccount linear(Random random) {
        boolean owes = random.nextBoolean();
        List<Entry> coins = List.of(new Entry(4, random.nextInt(1, 1_000_000)));
        return new MarginAccount(
                0,
                List.of(new Entry(3, nonZero(random, 1_000_000)), new Entry(5, nonZero(random, 1_000_000))),
                List.of(),
                owes ? List.of() : coins,
                owes ? coins : List.of());
    }

    private static long nonZero(Random random, int most) {
        return (random.nextBoolean() ? 1 : -1) * (long) random.nextInt(1, most);
    }

    private static String text(MarginAccount account) {
        StringWriter out = new StringWriter();
        CrifFile.write(CrifSensitivities.of(account, TABLE, "portfolio"), out);
        return out.toString();
    }

    private static MarginAccount account(CrifPortfolio back) {
        return new MarginAccount(
                0,
                back.portfolio().positions().stream()
                        .map(line -> new Entry(
                                TABLE.instrument(line.id()).orElseThrow().number(), line.lots()))
                        .toList(),
                List.of(),
                assets(back.portfolio().collateral()),
                assets(back.portfolio().debt()));
    }

    private static List<Entry> assets(List<NamedPortfolio.Line> lines) {
        return lines.stream()
                .map(line -> new Entry(TABLE.asset(line.id()).orElseThrow().number(), line.lots()))
                .toList();
    }

    private static BigDecimal net(MarginAccount account, String group) {
        return CrifSensitivities.of(account, TABLE, "p").stream()
                .filter(row -> row.qualifier().equals(group))
                .map(CrifRow::amount)
                .reduce(BigDecimal.ZERO, BigDecimal::add);
    }

    private static MarginStatement statement(MarginAccount account) {
        return (MarginStatement) PortfolioMargin.evaluate(TABLE, account);
    }

    private static long margin(MarginAccount account) {
        return statement(account).given().initialMargin();
    }

    private static long charges(MarginAccount account) {
        return statement(account).given().addOns().values().stream()
                .mapToLong(Long::longValue)
                .sum();
    }

    private static RiskTable table() {
        EpochMarket known = SmallTable.MARKET;
        List<RiskGroup> groups = new ArrayList<>(known.listing().groups());
        groups.add(new RiskGroup(2, "SOL"));
        List<ListedAsset> assets = new ArrayList<>(known.listing().assets());
        assets.add(new ListedAsset(
                4,
                "SOL",
                2,
                new Instrument.Spot("SOL"),
                Amount.of("0.01"),
                AssetTier.MAJOR,
                150_000,
                20_000,
                EvidenceGrade.UNSIGNED));
        List<ListedInstrument> instruments = new ArrayList<>(known.listing().instruments());
        instruments.add(
                1,
                new ListedInstrument(
                        5,
                        "BTC-TWO",
                        0,
                        "BTC-TWO",
                        1,
                        new Instrument.Perpetual("BTC", "USDC", false),
                        Amount.of("0.0005")));
        Listing listing = new Listing(known.listing().venues(), groups, assets, instruments);
        Market market = new Market(
                known.market().timeMillis(),
                Map.of(0, Amount.of(1), 1, Amount.of(60_000), 2, Amount.of(150)),
                Map.of(2, Amount.of(60_000), 4, Amount.of(150)),
                Map.of(3, Amount.of(60_000), 5, Amount.of(60_000)),
                Map.of(7, Amount.of(3_000)),
                Map.of(7, Amount.of("0.45")));
        RiskTable table = RiskTableBuilder.marginTable(listing, market, ParameterSet.founding())
                .table();
        assertEquals(
                List.of(3, 5, 7),
                table.instruments().stream().map(InstrumentRisk::number).toList());
        return table;
    }
}
