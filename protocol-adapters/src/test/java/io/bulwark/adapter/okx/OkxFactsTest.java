package io.bulwark.adapter.okx;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bulwark.adapter.FactLines;
import io.bulwark.adapter.ReferenceFiles;
import io.bulwark.adapter.fact.FactKind;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OkxFactsTest {
    private static final String VENUE = "okx";

    private static final String BALANCE = """
            {'code':'0','msg':'','data':[{'totalEq':'900.5','adjEq':'','imr':'','mmr':'7.5','uTime':'1750000000000','details':[
            {'ccy':'USDT','cashBal':'-250.25','liab':'250.25','eq':'-240','upl':'10.25','interest':'','uTime':'1750000000001'},
            {'ccy':'ETH','cashBal':'0.5','liab':'','eq':'0.5','eqUsd':'1500','uTime':'1750000000002'},
            {'ccy':'SOL','cashBal':'3','liab':'1.5','eq':'3','uTime':'1750000000003'}]}]}
            """;

    private static final String POSITIONS = """
            {'code':'0','msg':'','data':[
            {'instType':'SWAP','instId':'ETH-USDT-SWAP','mgnMode':'cross','posSide':'net','pos':'-12','avgPx':'2500','markPx':'2510.5','upl':'-12.6','ccy':'USDT','uTime':'1750000000000'},
            {'instType':'SWAP','instId':'BTC-USD-SWAP','mgnMode':'cross','posSide':'short','pos':'40','avgPx':'100000','upl':'-0.001','ccy':'BTC','uTime':'1750000000000'},
            {'instType':'OPTION','instId':'BTC-USD-250926-90000-P','mgnMode':'cross','posSide':'net','pos':'3','markPx':'0.0425','ccy':'BTC','uTime':'1750000000000'},
            {'instType':'SWAP','instId':'SOL-USDT-SWAP','mgnMode':'isolated','posSide':'net','pos':'','avgPx':'','markPx':'','upl':'','ccy':'USDT','uTime':'1750000000000'},
            {'instType':'MARGIN','instId':'LTC-USDT','mgnMode':'isolated','posSide':'net','pos':'100','posCcy':'USDT','liab':'-1.25','liabCcy':'LTC','ccy':'LTC','uTime':'1750000000000'}]}
            """;

    /** File → subject, kind, signed value, unit, scale, horizon. */
    @ParameterizedTest
    @CsvSource(delimiter = ';', textBlock = """
            http_get_account_balance.json; collateral | USDT | cash balance | 94.42612990333333 USDT @14 | time 1744498994783
            http_get_account_balance.json; account | account | total equity | 99.88870288820581 USD @14 | time 1744499648556
            http_get_instruments_option.json; instrument | BTC-USD-241217-92000-C | strike | 92000 USD @0 | -
            http_get_instruments_option.json; instrument | BTC-USD-241217-92000-C | contract value | 1 BTC @0 | -
            http_get_mark_price.json; price | BTC-USDT-SWAP | mark price | 84660.1 USDT per BTC @1 | time 1744590349506
            http_get_option_summary.json; volatility | BTC-USD-241217-92000-P | mark volatility | 0.455 1 @3 | time 1734166000000
            http_get_option_summary.json; price | BTC-USD-241217-92000-P | forward price | 97000 USD per BTC @0 | time 1734166000000
            http_get_position_tiers.json; parameter | BTC-USDT | maintenance margin fraction | 0.03 1 @2 | -
            http_get_positions.json; position | BTC-USDT-SWAP | size | 0.5 contracts @1 | time 1622559930237
            jkorf_GetAccountConfiguration.txt; account | account | account | - | -
            jkorf_GetAccountPositionRisk.txt; collateral | BTC-USDT | asset of an isolated pair | 0.4 BTC @1 | time 1620282889345
            jkorf_GetAccountPositionRisk.txt; account | BTC | equity | 1.3863533369419636 BTC @16 | time 1620282889345
            jkorf_GetAccountRiskState.txt; account | account | account | - | time 1625097600000
            ws_account.json; collateral | BTC | cash balance | 0.0000000051 BTC @10 | time 1746947295126
            ws_orders_liquidation.json; trade | BTC-USDT-SWAP | size | -0.5 contracts @1 | time 1746947317402
            """)
    void shouldReadTheReferenceInFull(String file, String line) {
        FactLines.of(VENUE, ReferenceFiles.bytes("okx/" + file)).says(line);
    }

    /** Greeks that the venue leaves empty are absent and not zero: a row is told of, no number is. */
    @Test
    void shouldFindNoNumberInEmptyGreeks() {
        FactLines lines = FactLines.of(VENUE, ReferenceFiles.bytes("okx/jkorf_GetGreeks.txt"));
        assertEquals(List.of(), lines.of(FactKind.SENSITIVITY));
        lines.refuses("payload", "must hold a fact");
    }

    /** Rows of one moment are no bars: open interest and volume by strike, or by expiry. */
    @Test
    void shouldTellOpenInterestByStrikeFromBars() {
        FactLines.of(VENUE, """
                        {'code':'0','data':[['1750000000000','2500','3','0.5','1','0'],['1750000000000','2600','0','5.5','0','1']],'msg':''}
                        """)
                .says(
                        "size | strike 2500 | open interest of calls | 3 units of the venue @0 | time 1750000000000",
                        "size | strike 2600 | open interest of puts | 5.5 units of the venue @1 | time 1750000000000");
        FactLines.of(VENUE, "{'code':'0','data':[['1750000000000','20260626','6','18','0.5','0']],'msg':''}")
                .says("size | expiry 20260626 | open interest of puts | 18 units of the venue @0 | time 1750000000000");
        FactLines.of(
                        VENUE,
                        "{'code':'0','data':[['1750000000000','3','4','2','3.5','1'],['1749999940000','3','4','2','3.5','1']]}")
                .says("price | instrument not named | high | 4 quote per base coin @0 | time 1750000000000");
    }

    @Test
    void shouldReadWhatAnOrderWouldChange() {
        FactLines.of(VENUE, """
                        {'code':'0','data':[{'adjEq':'41.5','adjEqChg':'-26.25','availBal':'0','availBalChg':'0','imr':'0','imrChg':'57.5','liab':'0','liabChg':'0','liabChgCcy':'',
                        'liqPx':'6764.5','liqPxDiff':'-57693','liqPxDiffRatio':'-0.895','mgnRatio':'0','mgnRatioChg':'0','mmr':'0','mmrChg':'1.5','posBal':'','posBalChg':'','type':''}],'msg':''}
                        """)
                .says(
                        "account | account | change of the adjusted equity | -26.25 USD @2 | -",
                        "account | account | change of the maintenance margin | 1.5 USD @1 | -");
    }

    @Test
    void shouldCountADebtOnce() {
        FactLines lines = FactLines.of(VENUE, BALANCE)
                .says(
                        "debt | USDT | cash balance | 250.25 USDT @2 | time 1750000000001",
                        "account | USDT | liability | 250.25 USDT @2 | time 1750000000001",
                        "collateral | ETH | cash balance | 0.5 ETH @1 | time 1750000000002",
                        "debt | SOL | liability | 1.5 SOL @1 | time 1750000000003",
                        "account | account | maintenance margin | 7.5 USD @1 | time 1750000000000");
        assertEquals(2, lines.of(FactKind.DEBT).size());
        assertEquals(2, lines.of(FactKind.COLLATERAL).size());
        assertTrue(lines.all().stream().noneMatch(line -> line.contains("adjusted equity")), "absent is not zero");
    }

    @Test
    void shouldSignPositionsAndLeaveClosedRowsOut() {
        FactLines lines = FactLines.of(VENUE, POSITIONS)
                .says(
                        "position | ETH-USDT-SWAP | size | -12 contracts @0 | time 1750000000000",
                        "price | ETH-USDT-SWAP | mark price | 2510.5 USDT per ETH @1 | time 1750000000000",
                        "position | BTC-USD-SWAP | size | -40 contracts @0 | time 1750000000000",
                        "account | BTC-USD-SWAP | unrealised gain by mark | -0.001 BTC @3 | time 1750000000000",
                        "position | BTC-USD-250926-90000-P | size | 3 contracts @0 | time 1750000000000",
                        "price | BTC-USD-250926-90000-P | mark price | 0.0425 BTC per BTC @4 | time 1750000000000",
                        "collateral | LTC-USDT | asset of a margin position | 100 USDT @0 | time 1750000000000",
                        "debt | LTC-USDT | borrowed | 1.25 LTC @2 | time 1750000000000");
        assertEquals(3, lines.of(FactKind.POSITION).size());
    }

    @Test
    void shouldReadBooksAndCandlesWithTheInstrumentOfTheirChannel() {
        FactLines.of(VENUE, """
                {'arg':{'channel':'books','instId':'SOL-USDT'},'action':'snapshot','data':[{'asks':[['151.5','20','0','3']],
                'bids':[['151.25','10','0','2']],'ts':'1750000000000','checksum':-5,'seqId':11,'prevSeqId':10}]}
                """)
                .says(
                        "depth | SOL-USDT | ask | 20 SOL @0 | time 1750000000000",
                        "depth | SOL-USDT | bid | 10 SOL @0 | time 1750000000000");
        FactLines.of(VENUE, """
                {'arg':{'channel':'candle1D','instId':'SOL-USDT-SWAP'},'data':[['1750000000000','150','156','149.5','151','900','90','13600','1']]}
                """)
                .says(
                        "price | SOL-USDT-SWAP | low | 149.5 USDT per SOL @1 | time 1750000000000",
                        "size | SOL-USDT-SWAP | volume | 900 contracts @0 | time 1750000000000");
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', quoteCharacter = '"', textBlock = """
            {'code':'50011','msg':'Too many requests','data':[]}; code; must be 0
            {'code':'0','msg':'','data':[]}; data; unknown, not zero
            {'data':[{'instId':'SOL-USDT-SWAP','markPx':'-1','ts':'1750000000000'}]}; [0].markPx; >= 0
            {'data':[{'instId':'SOL-USDT-SWAP','markPx':'','ts':'1750000000000'}]}; [0].markPx; absent is not zero
            {'data':[{'instId':'SOL-USDT-SWAP','markPx':null,'ts':'1750000000000'}]}; [0].markPx; absent is not zero
            {'data':[{'instId':'SOL-USDT-SWAP','markPx':'12e','ts':'1750000000000'}]}; [0].markPx; decimal
            {'data':[{'instId':'SOL-USDT-SWAP','markPx':'12','colour':'red'}]}; [0].colour; not a known field
            {'data':[{'instId':'A-USDT-SWAP','pos':'-1','posSide':'long','mgnMode':'cross'}]}; [0].pos; >= 0 on the long side
            {'data':[{'instId':'A-USDT-SWAP','pos':'1','posSide':'both','mgnMode':'cross'}]}; [0].posSide; must be one of
            {'data':[['1750000000000','150','149','148','149','1']]}; [0].1; must lie within low
            {'data':[{'apiKey':'k','perm':'trade','label':'l','ip':''}]}; payload; must be a known payload
            <html>busy</html>; payload; must be one JSON value
            {'code':'0','data':[{'instId'; payload; must be one JSON value
            """)
    void shouldRefuseWhatIsNotSaid(String payload, String field, String rule) {
        FactLines.of(VENUE, payload).refuses(field, rule).andNothingElse();
    }

    /** A bad row is refused, the rows beside it are read. */
    @Test
    void shouldReadTheRowsBesideABadOne() {
        FactLines.of(VENUE, """
                {'code':'0','data':[{'instId':'A-USDT-SWAP','markPx':'x','ts':'1750000000000'},{'instId':'B-USDT-SWAP','markPx':'2','ts':'1750000000000'}]}
                """)
                .refuses("[0].markPx", "decimal")
                .saysAmongOthers("price | B-USDT-SWAP | mark price | 2 USDT per B @0 | time 1750000000000");
    }

    /** The empty text is absent and not nought: a row of nothing else says nothing, and that is said. */
    @Test
    void shouldRefuseAnAnswerInWhichEveryFigureIsAbsent() {
        String greeks =
                "{'code':'0','data':[{'thetaBS':'','deltaBS':'DELTA','gammaBS':'','vegaBS':'','ccy':'BTC','ts':'1750000000000'}],'msg':''}";
        FactLines.of(VENUE, greeks.replace("DELTA", ""))
                .refuses("payload", "every figure in it is absent")
                .andNothingElse();
        FactLines said = FactLines.of(VENUE, greeks.replace("DELTA", "0.5")).says();
        assertEquals(1, said.of(FactKind.SENSITIVITY).size());
    }
}
