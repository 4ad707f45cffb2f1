package io.bulwark.adapter.binance;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.bulwark.adapter.FactLines;
import io.bulwark.adapter.ReferenceFiles;
import io.bulwark.adapter.fact.FactKind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BinanceFactsTest {
    private static final String VENUE = "binance";

    /** File → subject, kind, signed value, unit, scale, horizon. */
    @ParameterizedTest
    @CsvSource(delimiter = ';', textBlock = """
            account_info_v2.json; collateral | USDT | wallet balance | 23.72469206 USDT @8 | time 1625474304765
            account_update.json; collateral | USDT | wallet balance | 122624.12345678 USDT @8 | time 1564745798939
            balance.json; collateral | USDT | wallet balance | 122.12345678 USDT @8 | time 1617939110373
            jkorf_GetBrackets.txt; parameter | ETHUSDT | maintenance margin fraction | 0.0065 1 @4 | -
            jkorf_GetBrackets.txt; parameter | ETHUSDT | up to | 10000 USDT @0 | -
            jkorf_GetPortfolioMarginAccountInfo.txt; account | account | equity after collateral rates | 122607.35137903 USD @8 | -
            jkorf_GetPortfolioMarginBankruptcyLoan.txt; debt | BUSD | bankruptcy loan | 579.45 BUSD @2 | -
            jkorf_GetPortfolioMarginCollateralRate.txt; parameter | USDC | share of value that counts | 1 1 @0 | -
            jkorf_GetPositions.txt; position | BTCUSDT | size | 0.001 BTC @3 | time 1655217461579
            liquidation_stream.json; trade | BTCUSDT | size | -0.014 BTC @3 | time 1568014460893
            position_risk.json; price | BTCUSDT | mark price | 51000 USDT per BTC @0 | time 1625474304765
            """)
    void shouldReadTheReferenceInFull(String file, String line) {
        FactLines.of(VENUE, ReferenceFiles.bytes("binance/" + file)).says(line);
    }

    @Test
    void shouldReadTheMarkOfAnOptionAndNoQuoteWhereThereIsNone() {
        FactLines.of("binance", """
                [{'symbol':'SOL-261225-200-C','markPrice':'17.5','bidIV':'-0.00000001','askIV':'0.81','markIV':'0.75','delta':'0.4','theta':'-0.05',
                'gamma':'0.002','vega':'0.31','highPriceLimit':'30','lowPriceLimit':'5','riskFreeInterest':'0.04'}]
                """)
                .says(
                        "price | SOL-261225-200-C | mark price | 17.5 USDT per SOL @1 | -",
                        "volatility | SOL-261225-200-C | mark volatility | 0.75 1 @2 | -",
                        "sensitivity | SOL-261225-200-C | theta a day | -0.05 USDT @2 | -",
                        "interest | SOL-261225-200-C | rate behind the mark a year | 0.04 1 @2 | -");
    }

    @Test
    void shouldReadAnAccountThatHoldsBothSides() {
        FactLines lines = FactLines.of(VENUE, """
                {'totalWalletBalance':'900','totalMaintMargin':'4.5','multiAssetsMargin':true,
                'assets':[{'asset':'USDC','walletBalance':'950','marginBalance':'900','updateTime':1750000000000},
                {'asset':'BNB','walletBalance':'-0.25','updateTime':1750000000001}],
                'positions':[{'symbol':'SOLUSDC','positionAmt':'-3.5','positionSide':'SHORT','entryPrice':'150','unrealizedProfit':'-7','updateTime':1750000000002},
                {'symbol':'ETHUSD_PERP','positionAmt':'12','positionSide':'LONG','entryPrice':'2500','unrealizedProfit':'0.01','updateTime':1750000000003},
                {'symbol':'ETHUSDT','positionAmt':'0','positionSide':'BOTH','entryPrice':'0.0','updateTime':0}]}
                """)
                .says(
                        "collateral | USDC | wallet balance | 950 USDC @0 | time 1750000000000",
                        "debt | BNB | wallet balance | 0.25 BNB @2 | time 1750000000001",
                        "position | SOLUSDC | size | -3.5 SOL @1 | time 1750000000002",
                        "account | SOLUSDC | unrealised gain | -7 USDC @0 | time 1750000000002",
                        "position | ETHUSD_PERP | size | 12 contracts @0 | time 1750000000003",
                        "account | ETHUSD_PERP | unrealised gain | 0.01 ETH @2 | time 1750000000003",
                        "account | account | maintenance margin | 4.5 USD @1 | -");
        assertEquals(2, lines.of(FactKind.POSITION).size());
        assertEquals(2, lines.of(FactKind.PRICE).size(), "a price of 0 is none");
    }

    /** Principal and interest are both owed; what the venue nets of them is no holding. */
    @Test
    void shouldReadAMarginAccount() {
        FactLines lines = FactLines.of(VENUE, """
                {'accountType':'MARGIN','marginLevel':'2.5','totalAssetOfBtc':'1','totalLiabilityOfBtc':'0.4','totalNetAssetOfBtc':'0.6','userAssets':[
                {'asset':'SOL','free':'10','locked':'2','borrowed':'4','interest':'0.01','netAsset':'7.99'}]}
                """)
                .says(
                        "collateral | SOL | free balance | 10 SOL @0 | -",
                        "collateral | SOL | locked in orders | 2 SOL @0 | -",
                        "debt | SOL | borrowed | 4 SOL @0 | -",
                        "debt | SOL | interest owed | 0.01 SOL @2 | -",
                        "account | SOL | net of what is owed | 7.99 SOL @2 | -",
                        "account | account | assets over liabilities | 2.5 1 @1 | -");
        assertEquals(2, lines.of(FactKind.COLLATERAL).size());
    }

    @Test
    void shouldReadStreamsInTheirEnvelope() {
        FactLines.of(VENUE, """
                {'stream':'solusdt@markPrice','data':{'e':'markPriceUpdate','E':1750000000000,'s':'SOLUSDT','p':'151.5','i':'151.4','P':'151.3','r':'-0.0001','T':1750003600000}}
                """)
                .says(
                        "price | SOLUSDT | mark price | 151.5 USDT per SOL @1 | time 1750000000000",
                        "funding | SOLUSDT | funding rate of this interval | -0.0001 1 @4 | time 1750000000000");
        FactLines.of(VENUE, """
                {'e':'depthUpdate','E':1750000000001,'T':1750000000000,'s':'SOLUSDT','U':5,'u':6,'pu':4,'b':[['151','3']],'a':[['152','0']]}
                """)
                .says(
                        "depth | SOLUSDT | bid | 3 SOL @0 | time 1750000000000",
                        "depth | SOLUSDT | ask | 0 SOL @0 | time 1750000000000");
    }

    /** Futures tell margins of their listing in per cent, and spot its fees in basis points. */
    @Test
    void shouldReadPercentAndBasisPointsAsFractions() {
        FactLines.of(VENUE, """
                {'timezone':'UTC','serverTime':1750000000000,'rateLimits':[],'exchangeFilters':[],'symbols':[{'symbol':'SOLUSDT','baseAsset':'SOL','quoteAsset':'USDT','marginAsset':'USDT',
                'maintMarginPercent':'2.5000','requiredMarginPercent':'5.0000','filters':[{'filterType':'PRICE_FILTER','tickSize':'0.01'},{'filterType':'LOT_SIZE','stepSize':'1','minQty':'1','maxQty':'900'}]}]}
                """)
                .says(
                        "parameter | SOLUSDT | maintenance margin fraction | 0.025 1 @3 | time 1750000000000",
                        "parameter | SOLUSDT | tick | 0.01 USDT per SOL @2 | time 1750000000000",
                        "parameter | SOLUSDT | lot | 1 SOL @0 | time 1750000000000");
        FactLines.of(
                        VENUE,
                        "{'accountType':'SPOT','makerCommission':15,'updateTime':1750000000000,'balances':[{'asset':'SOL','free':'1','locked':'0'}]}")
                .says("parameter | account | maker fee | 0.0015 1 @4 | time 1750000000000");
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', quoteCharacter = '"', textBlock = """
            {'code':-1003,'msg':'Too many requests'}; code; must not be an error
            []; payload; unknown, not zero
            [{'symbol':'SOLUSDT','positionAmt':'1','positionSide':'SHORT'}]; [0].positionAmt; must have the sign of its side
            [{'symbol':'SOLUSDT','positionAmt':'-1','positionSide':'LONG'}]; [0].positionAmt; must have the sign of its side
            [{'symbol':'SOLUSDT','positionAmt':'','positionSide':'BOTH'}]; [0].positionAmt; absent is not zero
            [{'symbol':'SOLUSDT','positionAmt':'1','positionSide':'BOTH','shine':1}]; [0].shine; not a known field
            [{'asset':'SOL','free':'1','locked':'-1'}]; [0].locked; must be >= 0
            [[1750000000000,'150','149','148','149','1',1750000059999,'150',3,'1','1','0']]; [0].1; must lie within low
            {'listenKey':'k'}; payload; must be a known payload
            """)
    void shouldRefuseWhatIsNotSaid(String payload, String field, String rule) {
        FactLines.of(VENUE, payload).refuses(field, rule).andNothingElse();
    }
}
