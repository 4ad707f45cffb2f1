package io.bulwark.adapter.bybit;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.bulwark.adapter.FactLines;
import io.bulwark.adapter.ReferenceFiles;
import io.bulwark.adapter.fact.FactKind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BybitFactsTest {
    private static final String VENUE = "bybit";

    /** A client that hands pages on row by row puts the page's mark into every row. */
    @Test
    void shouldReadARowThatCarriesItsPagesMark() {
        FactLines.of("bybit", """
                {'retCode':'0','retMsg':'OK','result':{'category':'linear','symbol':'SOLUSDT','nextPageCursor':'mark',
                'list':[{'openInterest':'12.5','timestamp':'1750000000123','nextPageCursor':'mark'}]},'retExtInfo':{},'time':'1750000000200'}
                """).says("size | SOLUSDT | open interest | 12.5 SOL @1 | time 1750000000123");
    }

    /** File → subject, kind, signed value, unit, scale, horizon. */
    @ParameterizedTest
    @CsvSource(delimiter = ';', textBlock = """
            http_get_account_info.json; account | account | account | - | time 1697078946000
            http_get_instruments_option.json; parameter | ETH-26JUN26-16000-P | tick | 0.1 USDC per ETH @1 | time 1700000000000
            http_get_positions.json; position | BTCUSDT | size | 0.5 BTC @1 | time 1697673900000
            http_get_wallet_balance.json; collateral | USDT | wallet balance | 1000.5 USDT @1 | time 1234567890
            http_get_wallet_balance.json; debt | ETH | borrowed by spot trading | 0.06142 ETH @5 | time 1234567890
            http_get_wallet_balance_with_spot_borrow.json; collateral | USDT | wallet balance | 1200 USDT @0 | time 1234567890
            http_get_wallet_balance_with_spot_borrow.json; debt | USDT | borrowed by spot trading | 200 USDT @0 | time 1234567890
            jkorf_GetAssetGreeks.txt; sensitivity | BTC | delta | 0.00004001 BTC @8 | time 1672287887942
            jkorf_GetBalances.txt; collateral | BTC | wallet balance | 0 BTC @0 | time 1690872862481
            jkorf_GetCollateralInfo.txt; parameter | BTC | share of value that counts | 0.95 1 @2 | time 1691565901952
            jkorf_GetInsurance.txt; insurance-fund | USDT | balance | 902178.57602476 USDT @8 | time 1714003200000
            jkorf_GetMarginAccountInfo.txt; account | account | account | - | time 1697078946000
            jkorf_GetOpenInterest.txt; size | BTCUSD | open interest | 461134384 USD @0 | time 1669571400000
            jkorf_GetOptionTickers.txt; volatility | BTC-30DEC22-18000-C | mark volatility | 0.7567 1 @4 | time 1672376592395
            ws_ticker_option.json; price | BTC-6JAN23-17500-C | mark price | 7.86976724 USDC per BTC @8 | time 1672917511074
            """)
    void shouldReadTheReferenceInFull(String file, String line) {
        FactLines.of(VENUE, ReferenceFiles.bytes("bybit/" + file)).says(line);
    }

    /** Spot borrowing stands beside the wallet; what derivatives borrowed is the wallet below zero, and no second debt. */
    @Test
    void shouldCountADebtOnce() {
        FactLines lines = FactLines.of(VENUE, """
                {'retCode':0,'retMsg':'OK','time':1750000000000,'result':{'list':[{'accountType':'UNIFIED','totalEquity':'5000','totalMaintenanceMargin':'','coin':[
                {'coin':'SOL','equity':'7','walletBalance':'9','borrowAmount':'2','spotBorrow':'2'},
                {'coin':'USDC','equity':'-30','walletBalance':'-30','borrowAmount':'30','spotBorrow':'0'},
                {'coin':'ETH','equity':'1.5','walletBalance':'2','borrowAmount':'0.5'}]}]}}
                """)
                .says(
                        "collateral | SOL | wallet balance | 9 SOL @0 | time 1750000000000",
                        "debt | SOL | borrowed by spot trading | 2 SOL @0 | time 1750000000000",
                        "account | SOL | borrowed in all | 2 SOL @0 | time 1750000000000",
                        "debt | USDC | wallet balance | 30 USDC @0 | time 1750000000000",
                        "debt | ETH | borrowed in all | 0.5 ETH @1 | time 1750000000000",
                        "account | account | total equity | 5000 USD @0 | time 1750000000000");
        assertEquals(3, lines.of(FactKind.DEBT).size());
        assertEquals(2, lines.of(FactKind.COLLATERAL).size());
    }

    /** Inverse contracts count US dollars and pay the coin; a value that the venue tells of them is no notional. */
    @Test
    void shouldSignPositionsInTheirUnits() {
        FactLines lines = FactLines.of(VENUE, """
                {'retCode':0,'retMsg':'OK','time':1750000000000,'result':{'category':'inverse','nextPageCursor':'','list':[
                {'positionIdx':0,'symbol':'ETHUSD','side':'Sell','size':'450','avgPrice':'2500','positionValue':'0.18','leverage':'5','unrealisedPnl':'-0.002','liqPrice':''},
                {'positionIdx':0,'symbol':'SOL-26JUN26-200-P','side':'Buy','size':'12','avgPrice':'8.5','positionValue':'102','leverage':''},
                {'positionIdx':0,'symbol':'SOLUSDT','side':'','size':'0','avgPrice':'0','positionValue':'','leverage':'5'}]}}
                """)
                .says(
                        "position | ETHUSD | size | -450 USD @0 | time 1750000000000",
                        "account | ETHUSD | unrealised gain | -0.002 ETH @3 | time 1750000000000",
                        "price | ETHUSD | average entry price | 2500 USD per ETH @0 | time 1750000000000",
                        "position | SOL-26JUN26-200-P | size | 12 SOL @0 | time 1750000000000");
        assertEquals(2, lines.of(FactKind.POSITION).size());
    }

    /** Tiers were told in per cent once, and in fractions since: the leverage beside them tells which. */
    @ParameterizedTest
    @CsvSource({"0.5,1,100,0.005", "0.005,0.01,100,0.005", "12.5,25,4,0.125"})
    void shouldReadTiersAsFractions(String maintenance, String initial, String leverage, String fraction) {
        FactLines.of(VENUE, """
                {'retCode':0,'result':{'category':'linear','list':[{'id':1,'symbol':'SOLUSDT','riskLimitValue':'2000000','maintenanceMargin':'%s','initialMargin':'%s','isLowestRisk':1,'maxLeverage':'%s'}]},'time':1750000000000}
                """.formatted(maintenance, initial, leverage))
                .says(
                        "parameter | SOLUSDT | maintenance margin fraction | " + fraction + " 1 @"
                                + fraction.substring(2).length() + " | time 1750000000000",
                        "parameter | SOLUSDT | value up to | 2000000 USDT @0 | time 1750000000000");
    }

    @Test
    void shouldReadBothSidesOfALoan() {
        FactLines.of(VENUE, """
                {'retCode':0,'result':{'list':[{'orderId':'7','loanCurrency':'USDC','collateralCurrency':'SOL','collateralAmount':'40','totalDebt':'3000.5','currentLTV':'0.5','hourlyInterestRate':'0.000002'}]},'time':1750000000000}
                """)
                .says(
                        "collateral | USDC | collateral of a loan | 40 SOL @0 | time 1750000000000",
                        "debt | USDC | owed of a loan | 3000.5 USDC @1 | time 1750000000000");
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', quoteCharacter = '"', textBlock = """
            {'retCode':10006,'retMsg':'Too many visits!','result':{},'time':1}; retCode; must be 0
            {'success':false,'ret_msg':'bad topic','op':'subscribe'}; success; must be true
            {'retCode':0,'result':{'list':[]},'time':1}; result; unknown, not zero
            {'retCode':0,'result':{'list':[{'coin':'SOL','equity':'1','walletBalance':'1','borrowAmount':'-1'}]}}; [0].borrowAmount; must be >= 0
            {'retCode':0,'result':{'list':[{'positionIdx':0,'symbol':'SOLUSDT','side':'Long','size':'1','leverage':'5'}]}}; [0].side; must be one of
            {'retCode':0,'result':{'list':[{'positionIdx':0,'symbol':'SOLUSDT','side':'','size':'1','leverage':'5'}]}}; [0].side; must be Buy or Sell
            {'retCode':0,'result':{'list':[{'positionIdx':0,'symbol':'SOLUSDT','side':'Buy','size':'','leverage':'5'}]}}; [0].size; absent is not zero
            {'retCode':0,'result':{'list':[{'positionIdx':0,'symbol':'SOLUSDT','side':'Buy','size':'1','leverage':'5','mood':'good'}]}}; [0].mood; not a known field
            {'retCode':0,'result':{'symbol':'SOLUSDT','category':'linear','list':[['1750000000000','150','149','148','149','1','150']]}}; list[0].1; must lie within low
            {'retCode':0,'surprise':1,'result':{'list':[{'a':1}]}}; surprise; not a known field
            {'retCode':0,'result':{'id':'1','apiKey':'k'},'time':1}; payload; must be a known payload
            """)
    void shouldRefuseWhatIsNotSaid(String payload, String field, String rule) {
        FactLines.of(VENUE, payload).refuses(field, rule).andNothingElse();
    }

    /** Worth by account type and coin restates what other answers say, so none of it is a holding. */
    @Test
    void shouldTellAnOverviewAsNoHolding() {
        FactLines lines = FactLines.of(VENUE, """
                        {'retCode':0,'retMsg':'Success','result':{'totalEquity':'7457','list':[{'totalEquity':'20429.5','valuationCurrency':'USD','accountType':'CryptoLoans',
                        'coinDetail':[{'equity':'-0.25','coin':'BTC'}],'snapshotTime':'1750000000000'},{'totalEquity':'88.5','valuationCurrency':'USD','accountType':'Earn',
                        'snapshotTime':'1750000000000','categories':[{'category':'Easy Earn','equity':'88.5','coinDetail':[{'equity':'0.5','coin':'ETH'}]}]}]},'time':1750000000001}
                        """)
                .says(
                        "account | BTC | equity | -0.25 BTC @2 | time 1750000000000",
                        "account | ETH | equity | 0.5 ETH @1 | time 1750000000000",
                        "account | CryptoLoans | equity | 20429.5 USD @1 | time 1750000000000");
        assertEquals(0, lines.of(FactKind.COLLATERAL).size());
    }

    /** The answer to added margin does not tell the side, without which a size has no sign. */
    @Test
    void shouldRefuseAPositionWithoutItsSide() {
        FactLines.of(VENUE, """
                        {'retCode':0,'result':{'category':'inverse','symbol':'ETHUSD','positionIdx':0,'riskId':11,'riskLimitValue':'500','size':'200','avgPrice':'1812.7','leverage':'12'},'time':1}
                        """)
                .refuses("side", "must be Buy or Sell in an open position")
                .andNothingElse();
    }

    /** A premium below zero is a ratio; its open is the close before, which may lie outside the bar. */
    @Test
    void shouldReadBarsOfThePremiumAsRatios() {
        String bars =
                "{'retCode':0,'result':{'symbol':'BTCPERP','category':'linear','list':[['1750000000000','-0.0006','-0.0003','-0.0005','CLOSE']]},'time':1750000000001}";
        FactLines.of(VENUE, bars.replace("CLOSE", "-0.0004"))
                .says("price | BTCPERP | low | -0.0005 1 @4 | time 1750000000000");
        FactLines.of(VENUE, bars.replace("CLOSE", "-0.0007"))
                .refuses("list[0].4", "must lie within low")
                .andNothingElse();
    }

    @Test
    void shouldRefuseInterfacesBeforeTheFifth() {
        FactLines.of(VENUE, "{'ret_code':0,'ret_msg':'','result':{'balances':[{'coin':'USDT','total':'10'}]}}")
                .refuses("ret_code", "interfaces before V5 are closed")
                .andNothingElse();
    }

    @Test
    void shouldReadAnAnswerWhoseNumbersAClientPutInQuotes() {
        FactLines.of(VENUE, """
                        {'retCode':'0','retMsg':'OK','result':{'list':[{'coin':'USDT','equity':'10.5','walletBalance':'10.5'}]},'time':'1750000000001'}
                        """).says("collateral | USDT | wallet balance | 10.5 USDT @1 | time 1750000000001");
    }
}
