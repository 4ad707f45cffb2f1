package io.bulwark.adapter.dydx;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.bulwark.adapter.FactLines;
import io.bulwark.adapter.ReferenceFiles;
import io.bulwark.adapter.fact.FactKind;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DydxFactsTest {
    /** Short 2 SOL at 150 that gained 20: 1,000 − 300 + 20 = 720. */
    private static final String SUBACCOUNT = """
            {'subaccount':{'address':'dydx1house','subaccountNumber':128,'equity':'720','freeCollateral':'700.5','marginEnabled':true,
            'updatedAtHeight':'99','latestProcessedBlockHeight':'12345',
            'openPerpetualPositions':{'SOL-USD':{'market':'SOL-USD','status':'OPEN','side':'SHORT','size':'-2','maxSize':'-3',
            'entryPrice':'150','exitPrice':null,'realizedPnl':'1.5','unrealizedPnl':'20','createdAt':'2025-06-01T00:00:00.000Z',
            'createdAtHeight':'90','closedAt':null,'sumOpen':'3','sumClose':'1','netFunding':'0.25','subaccountNumber':128}},
            'assetPositions':{'USDC':{'size':'1000','symbol':'USDC','side':'LONG','assetId':'0','subaccountNumber':128}}}}
            """;

    /** File → subject, kind, signed value, unit, scale, horizon. */
    @ParameterizedTest
    @CsvSource(delimiter = ';', textBlock = """
            ccxt_fetchAccounts_addresses.json; position | BTC-USD | size | -0.491 BTC @3 | height 45293477 at 0
            ccxt_fetchAccounts_addresses.json; collateral | USDC | balance | 82291.083758 USDC @6 | height 45293477 at 0
            ccxt_fetchAccounts_addresses.json; account | account | equity | 25346.73993597 USDC @8 | height 45293477 at 0
            http_get_block_height.json; clock | chain | height | 66624132 blocks @0 | height 66624132 at 1765210319450
            http_get_historical_funding.json; funding | BTC-USD | funding rate of one hour | 0.000002375 1 @9 | time 1765209600219
            http_get_orderbook.json; depth | the market of the question | bid | 0.1661 base @4 | time 1765210320000
            http_get_perpetual_markets.json; parameter | SOL-USD | initial margin fraction | 0.05 1 @2 | time 1765210320000
            http_get_perpetual_markets.json; price | ETH-USD | oracle price | 3103.01 USD per ETH @2 | time 1765210320000
            http_get_perpetual_markets.json; instrument | BTC-USD | power of ten of a quantum | -10 1 @0 | time 1765210320000
            http_get_subaccount.json; collateral | USDC | balance | 45.201296 USDC @6 | height 66624141 at 1765210320000
            http_get_time.json; clock | venue | time | 1765210316.125 s since 1970 UTC @3 | time 1765210316125
            ws_block_height_update.json; clock | chain | height | 12345679 blocks @0 | height 12345679 at 1704067201000
            """)
    void shouldReadTheReferenceInFull(String file, String line) {
        FactLines.of("dydx", ReferenceFiles.bytes("dydx/" + file)).says(line);
    }

    /** This message was written by a test's author: 100,000 + 0.5 · 43,000 + 125 is not 125,000.5. */
    @Test
    void shouldRefuseTheReferenceThatDoesNotAddUp() {
        FactLines.of("dydx", ReferenceFiles.bytes("dydx/ws_subaccounts_subscribed.json"))
                .refuses("subaccount.equity", "must be USDC + size * entry price + unrealised gain = 121625")
                .andNothingElse();
    }

    @Test
    void shouldReadASubaccountAtItsHeight() {
        FactLines lines = FactLines.of("dydx", SUBACCOUNT)
                .says(
                        "position | SOL-USD | size | -2 SOL @0 | height 12345 at 0",
                        "collateral | USDC | balance | 1000 USDC @0 | height 12345 at 0",
                        "account | account | free collateral | 700.5 USDC @1 | height 12345 at 0",
                        "movement | SOL-USD | funding received since opening | 0.25 USDC @2 | height 12345 at 0");
        assertEquals(1, lines.of(FactKind.POSITION).size());
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', quoteCharacter = '"', textBlock = """
            'equity':'720'; 'equity':'720.1'; subaccount.equity; USDC + size * entry price + unrealised gain = 720
            'side':'SHORT'; 'side':'LONG'; subaccount.openPerpetualPositions.SOL-USD.size; must have the sign of its side LONG
            'size':'1000'; 'size':'-1000'; subaccount.assetPositions.USDC.size; the sign of an asset is its side
            'size':'-2'; 'size':''; subaccount.openPerpetualPositions.SOL-USD.size; absent is not zero
            'unrealizedPnl':'20',; ''; subaccount.openPerpetualPositions.SOL-USD.unrealizedPnl; is missing
            'marginEnabled':true; 'colour':1; subaccount.colour; is not a known field
            """)
    void shouldRefuseASubaccountThatBreaksARule(String from, String to, String field, String rule) {
        FactLines.of("dydx", SUBACCOUNT.replaceFirst(Pattern.quote(from), to.equals("''") ? "" : to))
                .refuses(field, rule)
                .andNothingElse();
    }

    @Test
    void shouldSayWhatIsOwedAsDebt() {
        FactLines.of(
                        "dydx",
                        "{'positions':[{'size':'12.5','symbol':'USDC','side':'SHORT','assetId':'0','subaccountNumber':0}]}")
                .says("debt | USDC | balance | 12.5 USDC @1 | -");
    }

    @Test
    void shouldTakeAClosedPositionForNone() {
        FactLines lines =
                FactLines.of("dydx", """
                {'positions':[{'market':'ETH-USD','status':'CLOSED','side':'LONG','size':'0','entryPrice':'2500','realizedPnl':'-3.5',
                'unrealizedPnl':'0','closedAt':'2025-06-01T00:00:00.000Z'},
                {'market':'ETH-USD','status':'OPEN','side':'LONG','size':'1.25','entryPrice':'2500','unrealizedPnl':'7'}]}
                """).says("account | ETH-USD | gain of a closed position | -3.5 USDC @1 | -");
        assertEquals(List.of("position | ETH-USD | size | 1.25 ETH @2 | -"), lines.of(FactKind.POSITION));
    }

    @Test
    void shouldNameTheMarketOfABookFromItsMessage() {
        FactLines.of("dydx", """
                {'type':'channel_data','connection_id':'c','message_id':3,'id':'ETH-USD','channel':'v4_orderbook','version':'1.0.0',
                'contents':{'bids':[['2500','1.5']],'asks':[['2501','0']]}}
                """)
                .says("depth | ETH-USD | bid | 1.5 ETH @1 | -", "depth | ETH-USD | ask | 0 ETH @0 | -");
        FactLines.of("dydx", """
                {'type':'channel_batch_data','connection_id':'c','message_id':3,'id':'ETH-USD','channel':'v4_orderbook','version':'1.0.0',
                'contents':[{'bids':[['2500','1.5']]},{'asks':[['2501','2']]}]}
                """)
                .says("depth | ETH-USD | bid | 1.5 ETH @1 | -", "depth | ETH-USD | ask | 2 ETH @0 | -");
    }

    @Test
    void shouldReadWhatHappened() {
        FactLines.of(
                        "dydx",
                        "{'transfers':[{'id':'t','sender':{'address':'a','subaccountNumber':0},'recipient':{'address':'b'},"
                                + "'size':'10.5','createdAt':'2025-06-01T00:00:00.000Z','createdAtHeight':'7','symbol':'USDC','type':'WITHDRAWAL',"
                                + "'transactionHash':'AB'}]}")
                .says("movement | USDC | amount | 10.5 USDC @1 | time 1748736000000");
        FactLines.of(
                        "dydx",
                        "{'fills':[{'id':'f','side':'SELL','liquidity':'MAKER','type':'LIQUIDATED','market':'SOL-USD','price':'150',"
                                + "'size':'2','fee':'-0.01','createdAt':'2025-06-01T00:00:00.000Z'}]}")
                .says("trade | SOL-USD | size | 2 SOL @0 | time 1748736000000");
    }

    @Test
    void shouldRefuseWhatIsNoPayload() {
        FactLines.of("dydx", "{'errors':[{'msg':'No subaccount found'}]}")
                .refuses("errors", "must not be an error of the venue")
                .andNothingElse();
        FactLines.of("dydx", "{'requestId':'r','status':'error','isoTimestamp':'2025-06-01T00:00:00Z','result':{}}")
                .refuses("status", "must be one of [success]")
                .andNothingElse();
        FactLines.of("dydx", "{'iso':'2025-06-01T00:00:00.000Z','epoch':1748736002}")
                .refuses("epoch", "must be the seconds of iso")
                .andNothingElse();
    }
}
