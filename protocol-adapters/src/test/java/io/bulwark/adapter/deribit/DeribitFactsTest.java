package io.bulwark.adapter.deribit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bulwark.adapter.FactLines;
import io.bulwark.adapter.ReferenceFiles;
import io.bulwark.adapter.fact.FactKind;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DeribitFactsTest {
    /** A perpetual, short 500 USD: 500/50,000 = 0.01 coin; since entry −500·(1/40,000 − 1/50,000); since settlement −500·(1/49,000 − 1/50,000). */
    private static final String SHORT = """
            {'instrument_name':'BTC-PERPETUAL','kind':'future','direction':'sell','size':-500,'size_currency':-0.01,
            'average_price':40000,'mark_price':50000,'settlement_price':49000,'index_price':50010.5,
            'total_profit_loss':-2.5e-3,'floating_profit_loss':-2.04082e-4,'initial_margin':2e-4,'leverage':50}
            """;

    /** Equity 3.5 = 3 + 0.25 + 0.125 + 0.125. */
    private static final String SUMMARY = """
            {'currency':'BTC','balance':3,'session_rpl':0.25,'futures_session_upl':0.125,'options_value':0.125,'equity':3.5,
            'margin_balance':9,'initial_margin':1.5,'cross_collateral_enabled':true,'total_equity_usd':420000}
            """;

    /** File → subject, kind, signed value, unit, scale, horizon. */
    @ParameterizedTest
    @CsvSource(delimiter = ';', textBlock = """
            http_get_account_summaries.json; collateral | BTC | balance and realised | 302.5680766 BTC @7 | time 1687352432005
            http_get_account_summaries.json; account | BTC | equity | 302.61869214 BTC @8 | time 1687352432005
            http_get_account_summaries.json; collateral | ETH | balance and realised | 100 ETH @0 | time 1687352432005
            http_get_combos.json; instrument | BTC-FS-19MAY26_PERP | leg, of one combination | -1 1 @0 | time 1779177084722
            http_get_instrument_option.json; instrument | BTC-27DEC24-100000-C | strike | 100000 USD per BTC @0 | time 1765297564479
            http_get_order_book.json; depth | BTC-PERPETUAL | bid | 199190 USD @0 | time 1766554855140
            http_get_order_book.json; funding | BTC-PERPETUAL | funding rate of eight hours | 0.00000655 1 @8 | time 1766554855140
            position_btc_perpetual_user_report.json; position | BTC-PERPETUAL | size | 40 USD @0 | -
            position_btc_perpetual_user_report.json; account | BTC-PERPETUAL | initial margin of the position | 0.000007322 BTC @9 | -
            ws_book_delta.json; depth | BTC-PERPETUAL | ask | 0 USD @0 | time 1699999999500
            ws_book_snapshot.json; depth | BTC-PERPETUAL | bid | 1000 USD @0 | time 1699999999000
            ws_portfolio.json; collateral | USDT | balance and realised | 55.00055 USDT @5 | -
            ws_portfolio.json; account | USDT | margin balance | 54.968258 USDT @6 | -
            ws_ticker.json; price | BTC-PERPETUAL | mark price | 92281.78 USD per BTC @2 | time 1765541474086
            ws_ticker.json; size | BTC-PERPETUAL | open interest | 1132329370 USD @0 | time 1765541474086
            ws_volatility_index.json; volatility | btc_usd | index volatility | 1.2936 1 @4 | time 1619777946007
            """)
    void shouldReadTheReferenceInFull(String file, String line) {
        FactLines.of("deribit", ReferenceFiles.bytes("deribit/" + file)).says(line);
    }

    @Test
    void shouldReadAnInversePositionInDollarsWithItsSign() {
        FactLines lines = FactLines.of("deribit", "[" + SHORT + "]")
                .says(
                        "position | BTC-PERPETUAL | size | -500 USD @0 | -",
                        "account | BTC-PERPETUAL | initial margin of the position | 0.0002 BTC @4 | -",
                        "price | BTC-PERPETUAL | index price | 50010.5 USD per BTC @1 | -");
        assertEquals(
                "-0.01 BTC @2",
                FactLines.figure(
                        Objects.requireNonNull(lines.facts().getFirst().beside().get("size in the coin"))));
    }

    @Test
    void shouldReadNumbersThatAClientPutInQuotes() {
        String quoted = SHORT.replaceAll(":(-?[0-9][0-9.e-]*)", ":'$1'");
        assertEquals(
                FactLines.of("deribit", SHORT).all(),
                FactLines.of("deribit", quoted).all());
    }

    /** What a figure is off by, and where that is noticed. */
    @ParameterizedTest
    @CsvSource(delimiter = ';', textBlock = """
            -2.04082e-4; -2.04182e-4; floating_profit_loss; size * (1/settlement_price - 1/mark_price)
            -2.5e-3; -2.6e-3; total_profit_loss; size * (1/average_price - 1/mark_price)
            'size_currency':-0.01; 'size_currency':-0.0101; size_currency; size / mark_price
            'size':-500; 'size':500; size; must have the sign of its direction sell
            'leverage':50; 'leverage':50,'colour':1; colour; is not a known field
            'mark_price':50000; 'mark_price':''; mark_price; must be a decimal in quotes, not empty
            'mark_price':50000; 'mark_price':null; mark_price; must not be null
            'mark_price':50000,; ''; mark_price; is missing (absent is not zero)
            BTC-PERPETUAL; bitcoin; instrument_name; must be named as this venue names its instruments
            """, quoteCharacter = '"')
    void shouldRefuseAPositionThatBreaksARule(String from, String to, String field, String rule) {
        FactLines.of("deribit", "[" + SHORT + "," + SHORT.replace(from, to.equals("''") ? "" : to) + "]")
                .saysAmongOthers("position | BTC-PERPETUAL | size | -500 USD @0 | -")
                .refuses("[1]." + field, rule);
    }

    @Test
    void shouldReadAnOptionInItsCoinAndALinearFutureInItsBase() {
        FactLines.of("deribit", """
                [{'instrument_name':'ETH-27JUN25-4000-P','kind':'option','direction':'buy','size':12.5,'mark_price':0.0315,
                  'floating_profit_loss':0.01,'vega':3.25},
                 {'instrument_name':'SOL_USDC-PERPETUAL','kind':'future','direction':'sell','size':-7,'mark_price':145.5,
                  'floating_profit_loss':3.5,'settlement_price':146,'initial_margin':20.5},
                 {'instrument_name':'BTC-PERPETUAL','kind':'future','direction':'zero','size':0,'mark_price':50000,
                  'floating_profit_loss':0}]
                """)
                .says(
                        "position | ETH-27JUN25-4000-P | size | 12.5 ETH @1 | -",
                        "sensitivity | ETH-27JUN25-4000-P | vega | 3.25 USD per percentage point @2 | -",
                        "position | SOL_USDC-PERPETUAL | size | -7 SOL @0 | -",
                        "account | SOL_USDC-PERPETUAL | initial margin of the position | 20.5 USDC @1 | -");
        assertEquals(
                List.of(),
                FactLines.of(
                                "deribit",
                                "[{'instrument_name':'BTC-PERPETUAL','kind':'future','direction':'zero',"
                                        + "'size':0,'mark_price':50000,'floating_profit_loss':0}]")
                        .of(FactKind.POSITION));
    }

    /** Quirk 1: with cross collateral every currency restates the whole portfolio. Coins alone are collateral. */
    @Test
    void shouldNeverTakeARestatementForCollateral() {
        FactLines lines = FactLines.of("deribit", "{'summaries':[" + SUMMARY + "]}")
                .says(
                        "collateral | BTC | balance and realised | 3.25 BTC @2 | -",
                        "account | BTC | margin balance | 9 BTC @0 | -",
                        "account | BTC | equity of the portfolio | 420000 USD @0 | -");
        assertEquals(1, lines.of(FactKind.COLLATERAL).size());
        assertTrue(lines.facts().stream()
                .filter(fact -> fact.measure().equals("margin balance"))
                .allMatch(fact -> "the whole portfolio, restated in BTC"
                        .equals(fact.words().get("says"))));
    }

    @Test
    void shouldSayWhatIsOwedAsDebt() {
        FactLines.of(
                        "deribit",
                        "{'currency':'USDC','balance':-250.5,'session_rpl':0,'futures_session_upl':0,"
                                + "'options_value':0,'equity':-250.5}")
                .says(
                        "debt | USDC | balance and realised | 250.5 USDC @1 | -",
                        "account | USDC | equity | -250.5 USDC @1 | -");
    }

    @Test
    void shouldRefuseACurrencyWhoseEquityIsOffAndReadTheOther() {
        FactLines.of(
                        "deribit",
                        "{'summaries':[" + SUMMARY.replace("'equity':3.5", "'equity':3.5000001") + ","
                                + SUMMARY.replace("'BTC'", "'ETH'") + "]}")
                .saysAmongOthers("collateral | ETH | balance and realised | 3.25 ETH @2 | -")
                .refuses("summaries[0].equity", "must be balance + session_rpl");
    }

    /** Quirk 11: implied volatility is in per cent here; the rate of funding is a fraction. */
    @Test
    void shouldTurnPerCentIntoFractions() {
        FactLines.of("deribit", """
                {'instrument_name':'BTC-27JUN25-90000-C','mark_price':0.0512,'mark_iv':62.53,'bid_iv':61,'ask_iv':64.1,
                'underlying_price':91000.5,'timestamp':1750000000123,'state':'open','open_interest':310.4,
                'best_bid_price':0.051,'best_bid_amount':4.2,'index_price':90950,'interest_rate':0,
                'stats':{'volume':12.5,'price_change':-3.5},'greeks':{'delta':0.51,'vega':88.4}}
                """)
                .says(
                        "volatility | BTC-27JUN25-90000-C | mark volatility | 0.6253 1 @4 | time 1750000000123",
                        "volatility | BTC-27JUN25-90000-C | bid volatility | 0.61 1 @2 | time 1750000000123",
                        "price | BTC-27JUN25-90000-C | mark price | 0.0512 BTC per BTC @4 | time 1750000000123",
                        "price | BTC-27JUN25-90000-C | index price | 90950 USD per BTC @0 | time 1750000000123",
                        "size | BTC-27JUN25-90000-C | open interest | 310.4 BTC @1 | time 1750000000123",
                        "price | BTC-27JUN25-90000-C | change of the day | -0.035 1 @3 | time 1750000000123",
                        "sensitivity | BTC-27JUN25-90000-C | vega | 88.4 USD per percentage point @1 | time 1750000000123");
    }

    @Test
    void shouldReadWhatElseTheVenueSays() {
        FactLines.of("deribit", "{'jsonrpc':'2.0','result':1750000000123}")
                .says("clock | venue | time | 1750000000123 ms since 1970 UTC @0 | time 1750000000123");
        FactLines.of(
                        "deribit",
                        "[{'timestamp':1750000000000,'interest_1h':1.5e-6,'interest_8h':1.2e-5,'index_price':90000,"
                                + "'prev_index_price':90010}]")
                .says(
                        "funding | the instrument of the question | funding rate of eight hours | 0.000012 1 @6 | time 1750000000000");
        FactLines.of(
                        "deribit",
                        "{'trades':[{'instrument_name':'ETH_USDC','trade_id':'E-1','trade_seq':4,'timestamp':1750000000001,"
                                + "'amount':0.25,'price':2500.5,'direction':'sell'}],'has_more':false}")
                .says("trade | ETH_USDC | amount | 0.25 ETH @2 | time 1750000000001");
        FactLines.of(
                        "deribit",
                        "{'count':1,'data':[{'currency':'BTC','amount':0.4,'state':'completed','updated_timestamp':1750000000002}]}")
                .says("movement | BTC | amount | 0.4 BTC @1 | time 1750000000002");
        FactLines.of(
                        "deribit",
                        "{'jsonrpc':'2.0','method':'subscription','params':{'channel':'perpetual.ETH-PERPETUAL.raw',"
                                + "'data':{'interest':0.00004,'index_price':2500,'timestamp':1750000000003}}}")
                .says("funding | ETH-PERPETUAL | funding rate of eight hours | 0.00004 1 @5 | time 1750000000003");
    }

    @Test
    void shouldReadExportsWithALineOfColumns() {
        FactLines.of("deribit", """
                exchange,symbol,timestamp,local_timestamp,is_snapshot,side,price,amount
                deribit,BTC-PERPETUAL,1750000000123456,1750000000123999,true,ask,90000.5,1250
                """).says("depth | BTC-PERPETUAL | ask | 1250 USD @0 | time 1750000000123");
        FactLines.of("deribit", """
                ,mid_price,mark_price,creation_timestamp,base_currency,quote_currency,open_interest,ask_price,instrument_name,currency
                0,,0.0125,1750000000123,ETH,ETH,12.5,,ETH-27JUN25-4000-C,ETH
                """)
                .says(
                        "price | ETH-27JUN25-4000-C | mark price | 0.0125 ETH per ETH @4 | time 1750000000123",
                        "size | ETH-27JUN25-4000-C | open interest | 12.5 ETH @1 | time 1750000000123");
    }

    @Test
    void shouldRefuseWhatIsNoPayload() {
        FactLines.of("deribit", "{'jsonrpc':'2.0','error':{'code':10028,'message':'too_many_requests'}}")
                .refuses("error.message", "must not be an error of the venue")
                .andNothingElse();
        FactLines.of("deribit", "{'jsonrpc':'2.0','result':['trades.BTC-PERPETUAL.raw']}")
                .refuses("payload", "must be a known payload")
                .andNothingElse();
        FactLines.of("deribit", "<html>502</html>")
                .refuses("payload", "must be")
                .andNothingElse();
        FactLines.of("deribit", "").refuses("payload", "must not be empty").andNothingElse();
    }

    /** What a simulated portfolio would need is of the account, and nothing in it is held. */
    @Test
    void shouldTellASimulationAsNoHolding() {
        FactLines lines = FactLines.of("deribit", """
                        {'jsonrpc':'2.0','id':2,'result':{'currency':'BTC','projected_initial_margin':2.5,'initial_margin':2.5,'maintenance_margin':2,'projected_maintenance_margin':2,
                        'margin_balance':10.25,'available_funds':7.75,'equity':10,'delta_total':-1.5,'options_gamma':-0.00004,'options_vega':-39.5,'futures_pl':0.5,
                        'delta_total_map':{'btc_usd':-1.5},'cross_collateral_enabled':true,'margin_model':'cross_pm','total_initial_margin_usd':250000.5,'options_value':-0.25}}
                        """)
                .says(
                        "account | BTC | initial margin | 2.5 BTC @1 | -",
                        "account | BTC | margin balance | 10.25 BTC @2 | -",
                        "account | BTC | initial margin of the portfolio | 250000.5 USD @1 | -",
                        "account | BTC | options value | -0.25 BTC @2 | -",
                        "sensitivity | BTC | vega of options | -39.5 USD per percentage point @1 | -");
        assertEquals(List.of(), lines.of(FactKind.COLLATERAL));
        assertEquals(List.of(), lines.of(FactKind.DEBT));
    }

    /** An index in USD and a historical volatility in per cent are told in rows of the same form. */
    @Test
    void shouldNotGuessWhatPointsMeasure() {
        FactLines.of("deribit", "{'jsonrpc':'2.0','result':[[1750000000000,65.25],[1750003600000,64.5]]}")
                .refuses("[0][1]", "must say what it measures")
                .andNothingElse();
    }

    @Test
    void shouldReadABookWhoseLevelsAClientPutInQuotes() {
        FactLines.of("deribit", """
                        {'instrument_name':'BTC-PERPETUAL','timestamp':'1750000000000','bids':[['90000.5','10']],'asks':[['90001','20']]}
                        """).says("depth | BTC-PERPETUAL | bid | 10 USD @0 | time 1750000000000");
    }
}
