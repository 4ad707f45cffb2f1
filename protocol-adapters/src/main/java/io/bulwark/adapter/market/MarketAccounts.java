package io.bulwark.adapter.market;

import static io.bulwark.adapter.fact.PayloadKind.having;

import io.bulwark.adapter.PayloadFields;
import io.bulwark.adapter.fact.FactKind;
import io.bulwark.adapter.fact.FactRow;
import io.bulwark.adapter.fact.Figure;
import io.bulwark.adapter.fact.Glossary;
import io.bulwark.adapter.fact.Glossary.Name;
import io.bulwark.adapter.fact.Glossary.Row;
import io.bulwark.adapter.fact.PayloadKind;
import io.bulwark.clearing.money.Amount;
import java.math.BigInteger;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Borrowings, liquidation triggers and forced deleveraging of accounts. */
final class MarketAccounts {
    private static final int RAY = 27;

    /** The one token whose decimals the events leave out and its contract has shown since it was deployed. */
    private static final String USDT = "0xdac17f958d2ee523a2206206994597c13d831ec7";

    private static final int USDT_PLACES = 6;

    private MarketAccounts() {}

    static List<PayloadKind> kinds() {
        return List.of(
                Glossary.of(fields -> new Name(fields.text("onBehalfOf"), Map.of()), """
                        contract_address,evt_tx_hash,evt_tx_from,evt_tx_to,evt_tx_index,evt_index,evt_block_date,referralCode,user ; idle
                        evt_block_number ; word ; block
                        interestRateMode ; word ; rate mode
                        reserve ; word
                        """)
                        .beyond(MarketAccounts::borrowed)
                        .kind("borrow events", having("evt_block_number", "borrowRate", "onBehalfOf", "amount")),
                Glossary.of(fields -> new Name(fields.text("user_address"), Map.of()), """
                        outstanding_debt_usdt! ; debt ; owed ; USDT
                        current_hf! ; account ; health factor ; 1
                        eth_liquidation_price ; price ; liquidation price of ETH ; USD per ETH
                        btc_liquidation_price ; price ; liquidation price of BTC ; USD per BTC
                        """)
                        .kind("liquidation triggers", having("user_address", "outstanding_debt_usdt", "current_hf")),
                exposed(),
                deleveraged(),
                volumes(),
                totals(),
                winners(),
                timing(),
                underwater());
    }

    /** Collateral by account and token; what the account owes stands in each of its rows and is said of the account, so that no sum counts it twice. */
    private static PayloadKind exposed() {
        return Glossary.of(
                        fields -> {
                            String token = fields.text("asset_name");
                            return new Name(token, Map.of("C", token));
                        },
                        """
                        asset_name ; idle
                        whale_nickname,original_user_address ; word ; account
                        collateral_amount! ; collateral ; supplied ; C
                        liquidation_threshold ; parameter ; share of value at which an account is liquidated ; 1
                        current_debt_usdt,debt_amount_usdt ; account ; owed by the account against all of its collateral ; USDT
                        """)
                .kind("exposures", having("asset_name", "collateral_amount"));
    }

    private static PayloadKind totals() {
        return new PayloadKind(
                "totals of a cascade",
                having("liquidations", "adl", "total", "top_combined_tickers"),
                (body, sheet) -> sheet.one("", body, fields -> {
                    for (String part : List.of("liquidations", "adl", "total")) {
                        PayloadFields of = fields.fields(part);
                        new FactRow(sheet, of, part)
                                .must(FactKind.SIZE, "events", "events", "events")
                                .must(FactKind.SIZE, "notional", "notional", "USD")
                                .may(FactKind.MOVEMENT, "pnl", "gain realised", "USD");
                        of.end();
                    }
                    PayloadFields coins = fields.fields("top_combined_tickers");
                    for (String coin : coins.names()) {
                        PayloadFields of = coins.fields(coin);
                        new FactRow(sheet, of, coin)
                                .must(FactKind.SIZE, "liquidations", "notional liquidated", "USD")
                                .must(FactKind.SIZE, "adl", "notional deleveraged", "USD")
                                .must(FactKind.SIZE, "total", "notional of both", "USD");
                        of.end();
                    }
                }));
    }

    private static PayloadKind winners() {
        Glossary account = Glossary.of(
                fields -> new Name(fields.text("user"), Map.of()),
                "user ; idle",
                "adl_events! ; size ; deleveraging events ; events");
        return Glossary.of(fields -> new Name("venue", Map.of()), """
                        total_adl_events ; size ; deleveraging events ; events
                        profitable_pct ; parameter ; share of accounts with a gain ; %
                        avg_pnl_percent ; parameter ; mean gain over entry ; %
                        median_pnl_percent ; parameter ; median gain over entry ; %
                        median_leverage ; parameter ; median leverage ; 1
                        p95_leverage ; parameter ; leverage of the 95th percentile ; 1
                        p99_leverage ; parameter ; leverage of the 99th percentile ; 1
                        """)
                .beyond(row -> row.each("top_repeated_winners", account))
                .kind("deleveraged accounts", having("total_adl_events", "top_repeated_winners"));
    }

    private static void borrowed(Row row) {
        PayloadFields fields = row.fields();
        row.facts().at(MarketClock.millis(fields, "evt_block_time"));
        String reserve = fields.text("reserve").toLowerCase(Locale.ROOT);
        boolean known = reserve.equals(USDT);
        BigInteger units = whole(fields, "amount");
        row.facts()
                .fact(
                        FactKind.MOVEMENT,
                        "amount",
                        "borrowed",
                        Figure.counted(units, known ? USDT_PLACES : 0, known ? "USDT" : "units of " + reserve))
                .fact(
                        FactKind.INTEREST,
                        "borrowRate",
                        "borrowing rate of one year",
                        Figure.counted(whole(fields, "borrowRate"), RAY, Figure.RATIO));
    }

    private static BigInteger whole(PayloadFields fields, String field) {
        Amount value = fields.figure(field);
        if (value.signum() < 0 || value.scale() > 0) {
            throw fields.refusal(field, "must be a whole number >= 0");
        }
        return value.unscaled();
    }

    private static PayloadKind deleveraged() {
        return Glossary.of(
                        fields -> {
                            String coin = fields.text("coin");
                            return new Name(coin, Map.of("B", coin, "P", "USD per " + coin));
                        },
                        """
                        coin,timestamp,time_str ; idle
                        time! ; time
                        user ; word ; account
                        liquidated_user ; word ; liquidated account
                        is_negative_equity ; word ; equity below zero
                        adl_price! ; trade ; price ; P
                        adl_notional ; trade ; notional ; USD
                        closed_pnl ; movement ; gain realised ; USD
                        entry_price ; price ; average entry price ; P
                        account_value_realtime ; account ; account value ; USD
                        total_unrealized_pnl ; account ; unrealised gain of all positions ; USD
                        total_equity ; account ; equity ; USD
                        leverage_realtime ; account ; leverage ; 1
                        position_unrealized_pnl ; account ; unrealised gain of the position ; USD
                        pnl_percent ; account ; gain over entry ; %
                        """)
                .beyond(row -> {
                    PayloadFields fields = row.fields();
                    Amount closed = fields.figure("adl_size");
                    if (closed.signum() <= 0) {
                        throw fields.refusal("adl_size", "must be > 0");
                    }
                    Amount held = fields.figure("position_size");
                    row.facts()
                            .fact(
                                    FactKind.TRADE,
                                    "adl_size",
                                    "size deleveraged",
                                    Figure.of(held.signum() < 0 ? closed : closed.negate(), row.unit("B")));
                    if (held.signum() != 0) {
                        row.facts().fact(FactKind.POSITION, "position_size", "size", Figure.of(held, row.unit("B")));
                    }
                })
                .kind("deleveraging events", having("user", "coin", "adl_price", "adl_size", "position_size"));
    }

    private static PayloadKind volumes() {
        return Glossary.of(fields -> new Name("venue", Map.of()), """
                        total_events ; size ; deleveraging events ; events
                        total_notional ; size ; notional deleveraged ; USD
                        """)
                .beyond(row -> {
                    PayloadFields coins = row.fields().fields("top10");
                    for (String coin : coins.names()) {
                        PayloadFields of = coins.fields(coin);
                        new FactRow(row.sheet(), of, coin)
                                .must(FactKind.SIZE, "events", "deleveraging events", "events")
                                .must(FactKind.SIZE, "net_volume", "size deleveraged", coin)
                                .must(FactKind.SIZE, "net_notional", "notional deleveraged", "USD")
                                .may(FactKind.SIZE, "total_pnl", "gain realised by it", "USD")
                                .may(FactKind.PRICE, "avg_price", "average price", "USD per " + coin);
                        of.end();
                    }
                })
                .kind("deleveraged volumes", having("total_events", "total_notional", "top10"));
    }

    private static PayloadKind timing() {
        Glossary burst = Glossary.of(fields -> new Name("venue", Map.of()), """
                second ; word ; second of the event
                liquidations ; size ; liquidations ; events
                adls ; size ; deleveraging events ; events
                """);
        return Glossary.of(fields -> new Name("venue", Map.of()), """
                        first_liquidation,first_adl ; word
                        delay_seconds ; size ; from the first liquidation to the first deleveraging ; s
                        """)
                .beyond(row -> {
                    row.sheet().at(MarketClock.millis(row.fields(), "event_start"));
                    row.each("timeline", burst);
                    row.each("top_bursts", burst);
                })
                .kind("cascade timing", having("event_start", "timeline", "delay_seconds"));
    }

    private static PayloadKind underwater() {
        Glossary account = Glossary.of(fields -> new Name(fields.text("user"), Map.of()), """
                coin ; word
                total_equity ; account ; equity ; USD
                adl_notional ; trade ; notional deleveraged ; USD
                """);
        return Glossary.of(fields -> new Name("venue", Map.of()), """
                        total_adl_events ; size ; deleveraging events ; events
                        underwater_accounts ; size ; accounts with equity below zero ; accounts
                        underwater_share_percent ; size ; share of accounts with equity below zero ; %
                        total_negative_equity ; account ; equity below zero of all accounts ; USD
                        """)
                .beyond(row -> row.each("top_underwater_accounts", account))
                .kind("underwater accounts", having("underwater_accounts", "total_negative_equity"));
    }
}
