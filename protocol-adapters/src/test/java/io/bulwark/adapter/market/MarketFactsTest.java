package io.bulwark.adapter.market;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bulwark.adapter.FactLines;
import io.bulwark.adapter.ReferenceFiles;
import io.bulwark.adapter.fact.FactKind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MarketFactsTest {
    private static final String VENUE = "market";

    /** File → subject, kind, signed value, unit, scale, horizon. */
    @ParameterizedTest
    @CsvSource(delimiter = ';', textBlock = """
            aave_v3_mainnet_usdt_borrow_events_2025-12-23.csv; movement | 0xc583b35dac907275582c4fb405b4b28055f529c7 | borrowed | 30 USDT @6 | time 1766481360000
            aave_v3_mainnet_usdt_borrow_events_2025-12-23.csv; interest | 0xc583b35dac907275582c4fb405b4b28055f529c7 | borrowing rate of one year | 0.0408 1 @27 | time 1766481360000
            aave_v3_whale_triggers_2025-12.csv; debt | 0xe5c248d8d3f3871bd0f68e9c4743459c43bb4e4c | owed | 295000001 USDT @0 | -
            binance-futures_book_snapshot_25_BTCUSDT.csv; depth | BTCUSDT | bid | 10.896 BTC @3 | time 1598918403696
            binance_leverage_tiers_2024-10.json; parameter | BTC/USDT:USDT | maintenance margin taken off | 421481450 USDT @0 | -
            btc_dex_block_prices_2025-12-24.csv; price | instrument not named | average price of the block | 86908.57556 USD per coin @5 | time 1766569775000
            btcusd_daily_2015_2025-09.csv; price | instrument not named | low | 312.6 USD per coin @1 | time 1420070400000
            btcusdt-depth-snap.csv; depth | BTCUSDT | bid | 1.77 BTC @2 | time 1667346579146
            curve_eth_steth_oracle.json; price | instrument not named | oracle price | 1551.889770721238424039 USD per coin @18 | time 1744027931000
            daily_close_9assets_2020-10_2024-06.csv; price | SOL | close | 1.9645 USD per SOL @4 | time 1603411200000
            deribit_btc_chain_2024-05-23.csv; price | call 63000.0 of 2024-05-25 08:00:00 | mark price | 0.0852 coin per coin @4 | time 1716487860000
            deribit_eth_chain_2024-01-08.csv; price | ETH-26JAN24-1200-P | mark price | 0.000853 ETH per ETH @6 | time 1704712781414
            deribit_eth_chain_2024-01-08.csv; size | ETH-26JAN24-1200-P | open interest | 965 ETH @0 | time 1704712781414
            deribit_incremental_book_L2_BTC-PERPETUAL.csv; depth | BTC-PERPETUAL | ask | 18640 USD @0 | time 1585699200245
            hourly_covid_2020-03.csv; price | BTC | high | 8879.5 USD per BTC @1 | time 1583366400000
            hourly_ftx_2022-11.csv; price | ETH | close | 1537.77 USD per ETH @2 | time 1667520000000
            hyperliquid_2025-10-10_adl_net_volume_results.json; size | BTC | size deleveraged | 5832.3903 BTC @4 | -
            hyperliquid_2025-10-10_cascade_timing_results.json; size | venue | liquidations | 104 events @0 | time 1760130903127
            hyperliquid_2025-10-10_insurance_fund_results.json; account | venue | equity below zero of all accounts | -23191104.484828815 USD @9 | -
            hyperliquid_adl_2025-10-10_high_leverage.csv; position | BTC | size | -0.00153 BTC @5 | time 1760131026037
            uniswap_v3_usdc_eth_hourly.csv; price | pool | close | 2223.3277025599814 token0 per token1 @13 | time 1704711600000
            usdc_depeg_2023-03_15min.json; price | instrument not named | low | 1.00302319431652 USD per coin @14 | time 1678338000000
            """)
    void shouldReadTheReferenceInFull(String file, String line) {
        FactLines.of(VENUE, ReferenceFiles.bytes("market/" + file)).says(line);
    }

    /** 34 rows of this chain are flat at 100 per cent, which is what the venue writes where it has no quote. */
    @Test
    void shouldNotTakeAFillerForAVolatility() {
        FactLines lines = FactLines.of(VENUE, ReferenceFiles.bytes("market/deribit_btc_chain_2024-05-23.csv"));
        assertEquals(578 - 34, lines.of(FactKind.VOLATILITY).size());
        assertTrue(lines.of(FactKind.VOLATILITY).stream().noneMatch(line -> line.contains("| 1 1 @")));
    }

    @Test
    void shouldReadVolatilitiesAsFractions() {
        FactLines.of(VENUE, """
                option_type,strike,creation,maturity,mark_price,last_price,mark_iv,index_price
                put,90000.0,2026-01-02 03:04:05,2026-03-27 08:00:00,0.0425,,62.5,95000.5
                """)
                .says(
                        "volatility | put 90000.0 of 2026-03-27 08:00:00 | mark volatility | 0.625 1 @3 | time 1767323045000",
                        "price | put 90000.0 of 2026-03-27 08:00:00 | index price | 95000.5 USD per coin @1 | time 1767323045000");
    }

    /** A bad row is refused, the row beside it is read. */
    @ParameterizedTest
    @CsvSource(delimiter = ';', quoteCharacter = '"', textBlock = """
            2026-01-01T00:00Z,SOL,150,149,151,150,9; [0].high; must be >= the low
            2026-01-01T00:00Z,SOL,150,152,149,153,9; [0].close; must lie within low
            2026-01-01T00:00Z,SOL,150,152,-1,151,9; [0].low; must be >= 0
            2026-01-01T00:00Z,SOL,150,152,149,151,-9; [0].volume; must be >= 0
            2026-01-01T00:00Z,SOL,150,152,149,,9; [0].close; absent is not zero
            2026-13-01T00:00Z,SOL,150,152,149,151,9; [0].open_time_utc; must be a date
            2026-01-01T00:00Z,SOL,150,1e999,149,151,9; [0].high; digits
            """)
    void shouldRefuseARowThatCannotBeTrue(String row, String field, String rule) {
        FactLines.of(
                        VENUE,
                        "open_time_utc,asset,open,high,low,close,volume\n" + row
                                + "\n2026-01-01T01:00Z,SOL,150,152,149,151,9\n")
                .refuses(field, rule)
                .saysAmongOthers("price | SOL | close | 151 USD per SOL @0 | time 1767229200000");
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', quoteCharacter = '"', textBlock = """
            open_time_utc,asset,open,high,low,close,volume,mood~2026-01-01T00:00Z,SOL,150,152,149,151,9,good~; [0].mood; not a known field
            a,b~1,2~; payload; must be a known payload
            [{'block_number':5,'timestamp':1750000000,'price':-1}]; [0].price; must be a whole number > 0
            {'A/USDT:USDT':[{'tier':1,'currency':'USDT','minNotional':5,'maxNotional':5,'maintenanceMarginRate':0.1,'maxLeverage':2}]}; A/USDT:USDT[0].maxNotional; must be above
            {'A/USDT:USDT':[{'tier':1,'currency':'USDT','minNotional':0,'maxNotional':5,'maintenanceMarginRate':0.1,'maxLeverage':2,'info':{'maintMarginRatio':'0.2'}}]}; A/USDT:USDT[0].info.maintMarginRatio; of the same tier
            """)
    void shouldRefuseWhatIsNotSaid(String payload, String field, String rule) {
        FactLines.of(VENUE, payload.replace('~', '\n')).refuses(field, rule).andNothingElse();
    }

    /** What a size counts is told by who counts it: the coin at Binance, dollars for a future of Deribit, and of others it is not told. */
    @Test
    void shouldReadTradesOfAnExchangeInItsUnits() {
        FactLines.of(VENUE, """
                exchange,symbol,timestamp,local_timestamp,id,side,price,amount
                deribit,ETH-PERPETUAL,1700000000123456,1700000000200000,T1,sell,2000.5,350
                binance-futures,ETHUSDT,1700000000123456,1700000000200000,T2,buy,2000.25,1.5
                bitmex,ETHUSD,1700000000123456,1700000000200000,T3,unknown,2000,40
                """)
                .says(
                        "trade | ETH-PERPETUAL | size | 350 USD @0 | time 1700000000123",
                        "price | ETH-PERPETUAL | trade price | 2000.5 USD per ETH @1 | time 1700000000123",
                        "trade | ETHUSDT | size | 1.5 ETH @1 | time 1700000000123",
                        "trade | ETHUSD | size | 40 units of the venue @0 | time 1700000000123");
    }

    @Test
    void shouldReadQuotesTickersAndOptionsRowByRow() {
        FactLines.of(VENUE, """
                exchange,symbol,timestamp,local_timestamp,ask_amount,ask_price,bid_price,bid_amount
                huobi-dm-swap,ETH-USD,1700000000123000,1700000000200000,12,2000.5,2000.25,7
                """)
                .says(
                        "price | ETH-USD | best bid | 2000.25 USD per ETH @2 | time 1700000000123",
                        "depth | ETH-USD | size at the best ask | 12 units of the venue @0 | time 1700000000123");
        FactLines.of(VENUE, """
                exchange,symbol,timestamp,local_timestamp,funding_timestamp,funding_rate,predicted_funding_rate,open_interest,last_price,index_price,mark_price
                deribit,ETH-PERPETUAL,1700000000123000,1700000000200000,,-0.0002,,7500,2000.5,2001,2000.75
                """)
                .says(
                        "funding | ETH-PERPETUAL | funding rate of the interval | -0.0002 1 @4 | time 1700000000123",
                        "size | ETH-PERPETUAL | open interest | 7500 USD @0 | time 1700000000123");
        FactLines.of(
                        VENUE,
                        OPTION_COLUMNS
                                + "deribit,ETH-27DEC24-2500-P,1700000000123000,1700000000200000,put,2500,1735286400000000,"
                                + "12.5,0.09,0.08,4,61.5,0.1,3,64.5,0.091,63,SYN.ETH-27DEC24,2400.5,-0.45,0.0004,9.5,-2.5,-1.25\n")
                .says(
                        "instrument | ETH-27DEC24-2500-P | strike | 2500 USD per ETH @0 | time 1700000000123",
                        "price | ETH-27DEC24-2500-P | mark price | 0.091 ETH per ETH @3 | time 1700000000123",
                        "volatility | ETH-27DEC24-2500-P | mark volatility | 0.63 1 @2 | time 1700000000123",
                        "size | ETH-27DEC24-2500-P | open interest | 12.5 ETH @1 | time 1700000000123",
                        "sensitivity | ETH-27DEC24-2500-P | delta | -0.45 1 @2 | time 1700000000123");
    }

    private static final String OPTION_COLUMNS =
            "exchange,symbol,timestamp,local_timestamp,type,strike_price,expiration,open_interest,last_price,bid_price,bid_amount,bid_iv,"
                    + "ask_price,ask_amount,ask_iv,mark_price,mark_iv,underlying_index,underlying_price,delta,gamma,vega,theta,rho\n";

    /** One moment in milli-, micro- and nanoseconds. */
    @ParameterizedTest
    @CsvSource({"1700000000123", "1700000000123456", "1700000000123456789"})
    void shouldTellTheUnitOfAMomentByHowLargeItIs(String moment) {
        FactLines.of(
                        VENUE,
                        "exchange,symbol,timestamp,local_timestamp,is_snapshot,side,price,amount\nderibit,ETH-PERPETUAL,"
                                + moment + "," + moment + ",true,ask,2000.5,80\n")
                .says("depth | ETH-PERPETUAL | ask | 80 USD @0 | time 1700000000123");
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', textBlock = """
            id,side,price,amount~deribit,ETH-PERPETUAL,1700000000123456,1,T1,hold,2000.5,350~; [0].side; must be one of
            id,side,price,amount~deribit,ETH-PERPETUAL,1700000000123456,1,T1,sell,2000.5,0~; [0].amount; must be > 0
            id,side,price,amount~deribit,ETH-PERPETUAL,0,1,T1,sell,2000.5,1~; [0].timestamp; must be > 0
            ask_amount,ask_price,bid_price,bid_amount~deribit,ETH-PERPETUAL,1700000000123456,1,3,2000,2000,3~; [0].bid_price; must be below the best ask
            funding_rate,open_interest,mark_price~deribit,ETH-PERPETUAL,1700000000123456,1,0.1,-5,2000~; [0].open_interest; must be >= 0
            type,strike_price,expiration,mark_iv~deribit,ETH-27DEC24-2500-P,1700000000123456,1,call,2500,1735286400000000,63~; [0].type; must be what the symbol
            """)
    void shouldRefuseARowOfATapeThatCannotBeTrue(String table, String field, String rule) {
        String text = "exchange,symbol,timestamp,local_timestamp," + table.replace('~', '\n');
        FactLines.of(VENUE, text).refuses(field, rule);
    }

    /** 2⁶³ − 1 is the venue's word for no cap; who kept it in a double wrote 15 digits of it. */
    @Test
    void shouldReadATierWhoseCapWasKeptInADouble() {
        FactLines.of(
                        VENUE,
                        "{'A/USDT:USDT':[{'tier':1,'currency':'USDT','minNotional':0,'maxNotional':9.223372036854776e18,"
                                + "'maintenanceMarginRate':0.1,'maxLeverage':2,'info':{'notionalCap':'9223372036854775807'}}]}")
                .says("parameter | A/USDT:USDT | maintenance margin fraction | 0.1 1 @1 | -");
        FactLines.of(
                        VENUE,
                        "{'A/USDT:USDT':[{'tier':1,'currency':'USDT','minNotional':0,'maxNotional':9.22337e18,"
                                + "'maintenanceMarginRate':0.1,'maxLeverage':2,'info':{'notionalCap':'9223372036854775807'}}]}")
                .refuses("A/USDT:USDT[0].info.notionalCap", "of the same tier");
    }

    /** A table whose first line holds figures alone has no line of columns: its first row is a row. */
    @Test
    void shouldReadCandlesWithoutColumns() {
        FactLines lines = FactLines.of("market", """
                        1750000000000,2.5,2.75,2.25,2.6,100.5,1750000059999,260,79,50,130,0
                        1750000060000000,2.6,2.75,2.5,2.7,90,1750000119999999,240,70,50,130,0
                        """)
                .says(
                        "price | instrument not named | open | 2.5 units of the quote @1 | time 1750000000000",
                        "size | instrument not named | turnover | 260 units of the quote @0 | time 1750000000000",
                        "price | instrument not named | close | 2.7 units of the quote @1 | time 1750000060000");
        assertEquals(8, lines.of(FactKind.PRICE).size());
        FactLines.of("market", "1750000000,2.5,2.75,2.25,2.6,100.5\n")
                .says("size | instrument not named | volume | 100.5 units of the venue @1 | time 1750000000000");
        FactLines.of("binance", "1750000000000,2.5,2.75,2.25,2.6,100.5,1750000059999,260,79,50,130,0\n")
                .says("price | instrument not named | open | 2.5 quote per base coin @1 | time 1750000000000");
    }

    @Test
    void shouldReadBarsAndQuotesByWhateverClock() {
        FactLines.of(
                        "market",
                        "timestamp,open,high,low,close,volume\n2021-12-31 23:01:00.000000,46319.0,46385.0,46300.0,46377.0,2300\n")
                .says("price | instrument not named | high | 46385 units of the quote @0 | time 1640991660000");
        FactLines.of("market", "timestamp,open,high,low,close\n2012-02-01 00:00:00+00:00,1.5,1.75,1.25,1.5\n")
                .says("price | instrument not named | low | 1.25 units of the quote @2 | time 1328054400000");
        FactLines.of("market", "timestamp,bid,ask\n2013-01-01 22:00:00.295000+00:00,86.655,86.728\n")
                .says("price | instrument not named | best ask | 86.728 units of the quote @3 | time 1357077600295");
        FactLines.of("market", "20200101 170000065,1.1212,1.1217,0\n")
                .says("price | instrument not named | best bid | 1.1212 units of the quote @4 | time 1577898000065");
        FactLines.of("market", "timestamp,bid,ask\n2013-01-01 22:00:00,86.7,86.6\n")
                .refuses("[0].bid", "must be <= the ask");
        FactLines.of("market", "timestamp,open,high,low,close\n2012-02-01,1.5,1.75,1.6,1.7\n")
                .refuses("[0].open", "must lie within low");
    }

    /** What an account owes stands in each of its rows: said of the account, so that no sum counts it twice. */
    @Test
    void shouldCountWhatAnAccountOwesInNoRowOfItsCollateral() {
        FactLines lines = FactLines.of("market", """
                        whale_nickname,asset_name,liquidation_threshold,current_debt_usdt,collateral_amount
                        Depositor,WETH,0.825,20000000,256313.5
                        Depositor,USDC,0.75,20000000,199
                        """)
                .says(
                        "collateral | WETH | supplied | 256313.5 WETH @1 | -",
                        "parameter | WETH | share of value at which an account is liquidated | 0.825 1 @3 | -",
                        "account | USDC | owed by the account against all of its collateral | 20000000 USDT @0 | -");
        assertEquals(0, lines.of(FactKind.DEBT).size());
        FactLines.of("market", "minute,symbol,price\n24/12/2025 9:30,WETH,2924.75\n")
                .says("price | WETH | price | 2924.75 USD per WETH @2 | time 1766568600000");
        FactLines.of(
                        "market",
                        "LOCATION,INDICATOR,SUBJECT,MEASURE,FREQUENCY,TIME,Value,Flag Codes\nCHE,STINT,TOT,PC_PA,Q,1974-Q1,10.84,\n")
                .says("interest | CHE | interest rate of one year | 0.1084 1 @4 | -");
    }

    @Test
    void shouldReadTotalsOfACascade() {
        FactLines.of("market", """
                        {'liquidations':{'events':3,'notional':500.5,'pnl':-60.25},'adl':{'events':1,'notional':100,'pnl':10},'total':{'events':4,'notional':600.5},
                        'top_combined_tickers':{'SOL':{'liquidations':400,'adl':100,'total':500}}}
                        """)
                .says(
                        "movement | liquidations | gain realised | -60.25 USD @2 | -",
                        "size | SOL | notional deleveraged | 100 USD @0 | -");
        FactLines.of("market", """
                        {'total_adl_events':34,'profitable_pct':99.5,'median_leverage':0.25,'top_repeated_winners':[{'user':'0xa','adl_events':7}]}
                        """)
                .says(
                        "parameter | venue | share of accounts with a gain | 0.995 1 @3 | -",
                        "size | 0xa | deleveraging events | 7 events @0 | -");
    }
}
