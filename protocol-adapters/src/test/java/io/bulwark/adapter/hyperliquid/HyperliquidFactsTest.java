package io.bulwark.adapter.hyperliquid;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bulwark.adapter.FactLines;
import io.bulwark.adapter.ReferenceFiles;
import io.bulwark.adapter.fact.FactKind;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HyperliquidFactsTest {
    /** Long 2 at 20 (mark 25, 5x cross) and short 0.5 at 100 (mark 90, isolated): raw 30, so value 30 + 50 − 45 = 35; used 10 + 9. */
    private static final String STATE = """
            {'marginSummary':{'accountValue':'35.0','totalNtlPos':'95.0','totalRawUsd':'30.0','totalMarginUsed':'19.0'},
            'crossMarginSummary':{},'crossMaintenanceMarginUsed':'2.5','withdrawable':'16.0','time':1750000000123,
            'assetPositions':[
            {'type':'oneWay','position':{'coin':'SOL','szi':'2.0','entryPx':'20.0','positionValue':'50.0','unrealizedPnl':'10.0',
            'marginUsed':'10.0','liquidationPx':null,'maxLeverage':20,'leverage':{'type':'cross','value':5},
            'cumFunding':{'allTime':'-1.5','sinceOpen':'0.25','sinceChange':'0.0'}}},
            {'type':'oneWay','position':{'coin':'ETH','szi':'-0.5','entryPx':'100.0','positionValue':'45.0','unrealizedPnl':'5.0',
            'marginUsed':'9.0','liquidationPx':'118.2','returnOnEquity':'0.5','leverage':{'type':'isolated','value':5,'rawUsd':'54.0'}}}]}
            """;

    /** File → subject, kind, signed value, unit, scale, horizon. */
    @ParameterizedTest
    @CsvSource(delimiter = ';', textBlock = """
            cassette_clearinghouseState.json; position | BTC | size | -0.00785 BTC @5 | -
            cassette_clearinghouseState.json; account | account | account value | 1182.312496 USD @6 | -
            cassette_clearinghouseState.json; account | account | may be withdrawn | 1010.57173 USD @5 | -
            cassette_l2Book.json; parameter | BTC | highest leverage | 50 1 @0 | -
            cassette_meta.json; instrument | ETH | decimals of sizes | 4 1 @0 | -
            cassette_userNonFundingLedgerUpdates.json; movement | USDC | amount | 2703997.4500000002 USDC @10 | time 1731999196516
            cassette_userRateLimit.json; limit | account | requests used | 36589831368 requests @0 | -
            http_all_perp_metas_non_usdc_collateral.json; parameter | km:US500 | highest leverage | 20 1 @0 | -
            http_l2_book_btc.json; depth | BTC | bid | 4.11882 BTC @5 | time 1761786491067
            http_meta_perp_sample.json; instrument | BTC | decimals of sizes | 5 1 @0 | -
            http_spot_clearinghouse_state.json; collateral | USDC | spot balance | 14.625485 USDC @6 | -
            jkorf_clearinghouseState_current.txt; position | HYPE | size | 2 HYPE @0 | time 1754467216357
            jkorf_clearinghouseState_current.txt; collateral | USDC | balance behind the positions | 83.313638 USDC @6 | time 1754467216357
            jkorf_metaAndAssetCtxs.txt; price | ETH | oracle price | 6.0457 USD per ETH @4 | -
            jkorf_metaAndAssetCtxs.txt; funding | BTC | funding rate of one hour | 0.0000125 1 @7 | -
            ws_all_dexs_asset_ctxs.json; price | xyz: coin 0 | mark price |
            ws_user_fill_liquidation.json; trade | BTC | size | 0.001 BTC @3 | time 1781528065899
            """)
    void shouldReadTheReferenceInFull(String file, String line) {
        FactLines lines = FactLines.of("hyperliquid", ReferenceFiles.bytes("hyperliquid/" + file))
                .says();
        assertTrue(
                lines.all().stream()
                        .anyMatch(said -> said.equals(line) || (line.endsWith("|") && said.startsWith(line))),
                () -> line + " is not among " + lines.all());
    }

    @Test
    void shouldFindEveryPositionOfTheCassetteWithItsSign() {
        FactLines lines =
                FactLines.of("hyperliquid", ReferenceFiles.bytes("hyperliquid/cassette_clearinghouseState.json"));
        assertEquals(12, lines.of(FactKind.POSITION).size());
        assertEquals(List.of(), lines.of(FactKind.DEBT));
    }

    @Test
    void shouldReadAnAccountOfBothMarginModes() {
        FactLines.of("hyperliquid", STATE)
                .says(
                        "position | SOL | size | 2 SOL @0 | time 1750000000123",
                        "position | ETH | size | -0.5 ETH @1 | time 1750000000123",
                        "collateral | USDC | balance behind the positions | 20 USDC @0 | time 1750000000123",
                        "account | account | may be withdrawn | 16 USD @0 | time 1750000000123",
                        "account | ETH | liquidation price | 118.2 USD per ETH @1 | time 1750000000123",
                        "movement | SOL | funding paid, of all time | -1.5 USD @1 | time 1750000000123");
    }

    /** One digit off, and where that is noticed. An identity of the whole refuses the whole; one of a row, the row. */
    @ParameterizedTest
    @CsvSource(delimiter = ';', quoteCharacter = '"', textBlock = """
            'accountValue':'35.0'; 'accountValue':'35.1'; marginSummary; accountValue = totalRawUsd + signed position values
            'totalNtlPos':'95.0'; 'totalNtlPos':'96.0'; marginSummary; the sum of position values
            'withdrawable':'16.0'; 'withdrawable':'16.1'; withdrawable; accountValue - totalMarginUsed
            'unrealizedPnl':'10.0'; 'unrealizedPnl':'13.1'; assetPositions[0].position.unrealizedPnl; positionValue - szi
            'marginUsed':'10.0'; 'marginUsed':'10.1'; assetPositions[0].position.marginUsed; positionValue / leverage.value
            'szi':'2.0'; 'szi':''; assetPositions[0].position.szi; not empty (absent is not zero)
            'szi':'2.0'; 'szi':'0'; assetPositions[0].position.szi; must not be 0 in an open position
            'szi':'2.0','entryPx'; 'entryPx'; assetPositions[0].position.szi; is missing
            'type':'oneWay'; 'type':'hedge'; assetPositions[0].type; must be one of [oneWay]
            'time':1750; 'colour':1,'time':1750; colour; is not a known field
            """)
    void shouldRefuseAStateThatBreaksARule(String from, String to, String field, String rule) {
        FactLines.of("hyperliquid", STATE.replaceFirst(Pattern.quote(from), to)).refuses(field, rule);
    }

    @Test
    void shouldLetRestingOrdersHoldWhatPositionsLeave() {
        FactLines.of("hyperliquid", STATE.replace("'withdrawable':'16.0'", "'withdrawable':'15.9'"))
                .says("account | account | may be withdrawn | 15.9 USD @1 | time 1750000000123");
    }

    /** Quirk 2: in unified mode the money stands in the spot state and this says 0. */
    @Test
    void shouldReadNothingToWithdrawInUnifiedMode() {
        FactLines.of("hyperliquid", STATE.replace("'withdrawable':'16.0'", "'withdrawable':'0.0'"))
                .says("account | account | may be withdrawn | 0 USD @0 | time 1750000000123");
        FactLines.of("hyperliquid", """
                {'portfolioMarginEnabled':true,'balances':[{'coin':'USDC','token':0,'total':'-12.5','hold':'0.0','entryNtl':'0.0'},
                {'coin':'HYPE','token':150,'total':'3.25','hold':'1.0','entryNtl':'80.5','ltv':'0.5'}],
                'evmEscrows':[{'coin':'PURR','token':1,'total':'7.0'}],'portfolioMarginRatio':'0.02'}
                """)
                .says(
                        "debt | USDC | spot balance | 12.5 USDC @1 | -",
                        "collateral | HYPE | spot balance | 3.25 HYPE @2 | -",
                        "collateral | PURR | held in escrow | 7 PURR @0 | -",
                        "parameter | HYPE | loan to value | 0.5 1 @1 | -");
    }

    /** Quirk 13: universe and contexts pair by position; a delisted coin keeps its slot. */
    @Test
    void shouldPairContextsByPosition() {
        String universe = "{'universe':[{'name':'BTC','szDecimals':5,'maxLeverage':40},"
                + "{'name':'OLD','szDecimals':1,'maxLeverage':3,'isDelisted':true},{'name':'ETH','szDecimals':4,'maxLeverage':25}]}";
        String contexts =
                "[{'markPx':'90000.5','funding':'-0.00001','openInterest':'12.5'},{'markPx':'1.5'},{'markPx':'2500'}]";
        FactLines.of("hyperliquid", "[" + universe + "," + contexts + "]")
                .says(
                        "price | BTC | mark price | 90000.5 USD per BTC @1 | -",
                        "funding | BTC | funding rate of one hour | -0.00001 1 @5 | -",
                        "price | ETH | mark price | 2500 USD per ETH @0 | -");
        FactLines.of("hyperliquid", "[" + universe + ",[{'markPx':'1'}]]")
                .refuses("[1]", "must be as many as the universe's 3");
    }

    @Test
    void shouldReadWhatHappened() {
        FactLines.of(
                        "hyperliquid",
                        "[{'coin':'PURR/USDC','px':'0.25','sz':'40','side':'A','time':1750000000001,'tid':'7','fee':'0.01',"
                                + "'feeToken':'USDC','oid':9,'crossed':true}]")
                .says("trade | PURR/USDC | size | 40 PURR @0 | time 1750000000001");
        FactLines.of(
                        "hyperliquid",
                        "[{'coin':'SOL','limitPx':'150','sz':'1.5','side':'B','oid':4,'timestamp':1750000000002}]")
                .says("order | SOL | size left | 1.5 SOL @1 | time 1750000000002");
        FactLines.of(
                        "hyperliquid",
                        "[{'time':1750000000003,'hash':'0x1','delta':{'type':'funding','coin':'ETH','usdc':'-0.75','szi':'10',"
                                + "'fundingRate':'0.00003','nSamples':null}}]")
                .says(
                        "movement | ETH | funding received | -0.75 USDC @2 | time 1750000000003",
                        "funding | ETH | funding rate of one hour | 0.00003 1 @5 | time 1750000000003");
        FactLines.of(
                        "hyperliquid",
                        "{'channel':'bbo','data':{'coin':'SOL','time':1750000000004,'bbo':[{'px':'150','sz':'2','n':1},null]}}")
                .says("depth | SOL | best bid | 2 SOL @0 | time 1750000000004");
    }

    @Test
    void shouldRefuseAnAnswerOfNoRows() {
        for (String empty : List.of("{'request':{'type':'userFunding'},'response':[]}", "[]")) {
            FactLines.of("hyperliquid", empty)
                    .refuses("payload", "must hold a row (an empty answer is unknown, not zero)")
                    .andNothingElse();
        }
    }

    @Test
    void shouldReadWhoMaySign() {
        FactLines.of("hyperliquid", "[{'name':'desk','address':'0x01','validUntil':1767776120478}]")
                .says("clock | 0x01 | may sign for the account until | 1767776120478 ms @0 | -");
    }

    @Test
    void shouldReadWhatAStreamPushedAndNotWhatWasAsked() {
        FactLines.of("hyperliquid", """
                > {'method':'subscribe'}
                < {'channel':'subscriptionResponse','data':{}}
                =
                {'channel':'allMids','data':{'mids':{'SOL':'150.25'}}}
                """).says("price | SOL | mid price | 150.25 USD per SOL @2 | -");
    }

    @Test
    void shouldRefuseWhatIsNoPayload() {
        FactLines.of("hyperliquid", "{'status':'err','response':'Must deposit before performing actions'}")
                .refuses("response", "must not be an error of the venue")
                .andNothingElse();
        FactLines.of("hyperliquid", "{'channel':'error','data':'Invalid subscription'}")
                .refuses("data", "must not be an error of the venue")
                .andNothingElse();
        FactLines.of("hyperliquid", "null")
                .refuses("payload", "must be a known payload")
                .andNothingElse();
        FactLines.of("hyperliquid", "[{'coin':'SOL','px':'1','sz':'-1','side':'A','time':1}]")
                .refuses("[0].sz", "must be > 0: the sign is in side")
                .andNothingElse();
    }

    /** As a client that quotes or unquotes numbers keeps it: the same facts. */
    @Test
    void shouldReadARecordingWhoseNumbersAreQuotedOrNot() {
        FactLines plain = FactLines.of("hyperliquid", STATE);
        String kept =
                STATE.replace("'time':1750000000123", "'time':'1750000000123'").replace("'szi':'2.0'", "'szi':2.0");
        assertNotEquals(STATE, kept);
        assertEquals(plain.all(), FactLines.of("hyperliquid", kept).says().all());
        FactLines.of("hyperliquid", """
                        {'universe':[{'name':'@1','tokens':['1','0'],'index':'1','isCanonical':false}],'tokens':[]}
                        """).says("instrument | @1 | number of the pair | 1 1 @0 | -");
    }

    /** In unified accounts and under portfolio margin the money lies in the spot state: both are read of one message. */
    @Test
    void shouldReadEverythingThatThePageOfTheVenueAsksFor() {
        FactLines.of("hyperliquid", """
                        {'channel':'webData2','data':{'clearinghouseState':{'marginSummary':{'accountValue':'0.0','totalNtlPos':'0.0','totalRawUsd':'0.0','totalMarginUsed':'0.0'},
                        'crossMarginSummary':{'accountValue':'0.0','totalNtlPos':'0.0','totalRawUsd':'0.0','totalMarginUsed':'0.0'},'crossMaintenanceMarginUsed':'0.0',
                        'withdrawable':'0.0','assetPositions':[],'time':1750000000000},'leadingVaults':[],'totalVaultEquity':'12.5','openOrders':[],'agentAddress':'0xa',
                        'agentValidUntil':1,'cumLedger':'100.25','meta':{'universe':[{'name':'SOL','szDecimals':2,'maxLeverage':20}]},
                        'assetCtxs':[{'markPx':'150.5','funding':'0.0000125','openInterest':'7.5'}],'serverTime':1750000000001,'isVault':false,'user':'0xu','twapStates':[],
                        'spotState':{'balances':[{'coin':'USDC','token':0,'total':'250.5','hold':'0.0','entryNtl':'0.0'}]},'spotAssetCtxs':[],'perpsAtOpenInterestCap':[]}}
                        """)
                .says(
                        "collateral | USDC | spot balance | 250.5 USDC @1 | time 1750000000001",
                        "price | SOL | mark price | 150.5 USD per SOL @1 | time 1750000000001",
                        "account | account | shares of vaults | 12.5 USD @1 | time 1750000000001",
                        "movement | account | deposited less withdrawn, of all time | 100.25 USD @2 | time 1750000000001");
        FactLines.of("hyperliquid", "{'role':'subAccount','data':{'master':'0xm'}}")
                .says("account | account | role | - | -");
        FactLines.of("hyperliquid", "'portfolioMargin'").says("account | account | mode | - | -");
        FactLines.of("hyperliquid", "'moody'").refuses("payload", "must be a known payload");
    }
}
