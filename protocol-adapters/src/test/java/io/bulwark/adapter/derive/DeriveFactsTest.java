package io.bulwark.adapter.derive;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bulwark.adapter.FactLines;
import io.bulwark.adapter.ReferenceFiles;
import io.bulwark.adapter.fact.FactKind;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DeriveFactsTest {
    private static final String SUBACCOUNT = """
            {'id':'q','result':{'subaccount_id':7,'currency':'ETH','margin_type':'PM','is_under_liquidation':false,'label':'',
            'subaccount_value':'880.5','initial_margin':'-12.25','maintenance_margin':'40','open_orders':[],
            'collaterals':[{'asset_name':'USDC','asset_type':'erc20','currency':'USDC','amount':'-120','mark_price':'1','mark_value':'-120',
            'initial_margin':'-120','maintenance_margin':'-120','pending_interest':'-0.01','cumulative_interest':'-1.2e-1'}],
            'positions':[{'instrument_name':'ETH-20260925-4000-P','instrument_type':'option','amount':'-2.5','average_price':'100',
            'mark_price':'80','mark_value':'-200','index_price':'4100','delta':'0.9','vega':'-4','theta':'2','gamma':'-0.001',
            'initial_margin':'-700','maintenance_margin':'-500','unrealized_pnl':'50','leverage':null,'liquidation_price':null},
            {'instrument_name':'ETH-PERP','instrument_type':'perp','amount':'0','mark_price':'4100','mark_value':'0'}]}}
            """;

    /** File → subject, kind, signed value, unit, scale, horizon. */
    @ParameterizedTest
    @CsvSource(delimiter = ';', textBlock = """
            common_http_subaccount_usdc.json; collateral | USDC | amount | 1000 USDC @0 | -
            common_http_subaccount_usdc.json; account | account | maintenance margin, net | 0 USD @0 | -
            options_http_ticker_eth_snapshot.json; volatility | ETH-20260627-3500-C | mark volatility | 0.6 1 @1 | time 1700000000000
            options_http_ticker_eth_snapshot.json; price | ETH-20260627-3500-C | best bid | 118 USDC per ETH @0 | time 1700000000000
            options_instrument_eth.json; instrument | ETH-20260627-3500-C | strike | 3500 USDC per ETH @0 | -
            options_ws_ticker_slim_eth_call.json; volatility | the instrument of the question | mark volatility | 0.67698 1 @5 | time 1779953796231
            perps_http_positions_result_eth.json; position | ETH-PERP | size | 1 ETH @0 | -
            perps_http_ticker_eth_snapshot.json; funding | ETH-PERP | funding rate of one hour | 0.0002 1 @4 | -
            perps_instrument_eth.json; parameter | ETH-PERP | lowest funding rate of one hour | -0.01 1 @2 | -
            perps_ws_orderbook_eth.json; depth | ETH-PERP | ask | 2 ETH @0 | time 1700000000000
            spot_instrument_eth.json; instrument | ETH-USDC | decimals of the token | 18 1 @0 | -
            """)
    void shouldReadTheReferenceInFull(String file, String line) {
        FactLines.of("derive", ReferenceFiles.bytes("derive/" + file)).says(line);
    }

    /** Margins are net of what is required: below zero means too little. What is owed is a debt; what is closed is no position. */
    @Test
    void shouldReadASubaccountOfTheSecondSchema() {
        FactLines lines = FactLines.of("derive", SUBACCOUNT)
                .says(
                        "debt | USDC | amount | 120 USDC @0 | -",
                        "position | ETH-20260925-4000-P | size | -2.5 ETH @1 | -",
                        "account | account | initial margin, net | -12.25 USD @2 | -",
                        "movement | USDC | interest of all time | -0.12 USDC @2 | -",
                        "sensitivity | ETH-20260925-4000-P | vega | -4 USD per percentage point @0 | -");
        assertEquals(1, lines.of(FactKind.POSITION).size());
    }

    /** Quirk 10: the third schema says its currencies in an array and credits beside. */
    @Test
    void shouldReadASubaccountOfTheThirdSchema() {
        FactLines.of(
                        "derive",
                        SUBACCOUNT.replace(
                                "'currency':'ETH','margin_type'",
                                "'currency':['ETH','BTC'],'risk_universe_id':3,'mm_credits':'5.5','margin_type'"))
                .says(
                        "position | ETH-20260925-4000-P | size | -2.5 ETH @1 | -",
                        "account | account | maintenance margin credits | 5.5 USD @1 | -");
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', quoteCharacter = '"', textBlock = """
            'asset_name':'USDC'; 'failed_to_fetch':true,'asset_name':'USDC'; collaterals[0].failed_to_fetch; the row is no data
            'instrument_name':'ETH-2; 'failed_to_fetch':true,'instrument_name':'ETH-2; positions[0].failed_to_fetch; the row is no data
            'mark_value':'-120'; 'mark_value':'-121'; collaterals[0].mark_value; must be amount * mark_price = -120
            'mark_value':'-200'; 'mark_value':'200'; positions[0].mark_value; must have the sign of amount
            'amount':'-2.5'; 'amount':''; positions[0].amount; absent is not zero
            'vega':'-4'; 'colour':'-4'; positions[0].colour; is not a known field
            """)
    void shouldRefuseARowThatBreaksARule(String from, String to, String field, String rule) {
        FactLines.of("derive", SUBACCOUNT.replaceFirst(Pattern.quote(from), to))
                .saysAmongOthers("account | account | value | 880.5 USD @1 | -")
                .refuses(field, rule);
    }

    /** Quirk 11: volatility is a fraction here. A best price of nought is nobody's. */
    @Test
    void shouldNameTheInstrumentOfASlimTickerFromItsChannel() {
        FactLines lines = FactLines.of("derive", """
                {'method':'subscription','params':{'channel':'ticker_slim.BTC-20260925-90000-C.1000','data':{'timestamp':1750000000001,
                'instrument_ticker':{'t':1750000000001,'A':'0','a':'0','B':'1.5','b':'2500','I':'91000','M':'2600','f':null,
                'option_pricing':{'i':'0.6253','bi':'0','ai':'0','d':'0.5'},'stats':{'oi':'12.5','c':'3','p':'-0.05'}}}}}
                """)
                .says(
                        "volatility | BTC-20260925-90000-C | mark volatility | 0.6253 1 @4 | time 1750000000001",
                        "price | BTC-20260925-90000-C | best bid | 2500 USD per BTC @0 | time 1750000000001",
                        "size | BTC-20260925-90000-C | open interest | 12.5 BTC @1 | time 1750000000001",
                        "price | BTC-20260925-90000-C | change of the day | -0.05 1 @2 | time 1750000000001");
        assertTrue(
                lines.all().stream().noneMatch(line -> line.contains("best ask |") || line.contains("bid volatility")));
    }

    @Test
    void shouldRefuseWhatIsNoPayload() {
        FactLines.of("derive", "{'id':'q','error':{'code':-32000,'message':'Rate limit exceeded'}}")
                .refuses("error.message", "must not be an error of the venue")
                .andNothingElse();
        FactLines.of("derive", "{'amount':'1','direction':'buy','signature':'0x1','nonce':1}")
                .refuses("payload", "must be a known payload")
                .andNothingElse();
    }
}
