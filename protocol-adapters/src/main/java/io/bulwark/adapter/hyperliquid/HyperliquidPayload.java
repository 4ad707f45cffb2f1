package io.bulwark.adapter.hyperliquid;

import com.fasterxml.jackson.databind.JsonNode;
import io.bulwark.adapter.JsonText;
import io.bulwark.adapter.PayloadFields;
import io.bulwark.adapter.PayloadFields.Kind;
import io.bulwark.adapter.PayloadRefused;
import io.bulwark.clearing.money.Amount;
import java.math.BigInteger;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;

/** The answers of the info endpoint, as the venue says them: decimals in quotes, sizes signed, short negative. */
final class HyperliquidPayload {
    /** Names the adapter in refusals. */
    static final String VENUE = "hyperliquid";

    /** Dollars are shown with six places. */
    private static final Amount LAST_PLACE = Amount.of("0.000001");

    private HyperliquidPayload() {}

    /**
     * An account's clearinghouse state.
     *
     * @param accountValue cash and positions at mark, USD
     * @param totalNotional Σ |szi| · mark
     * @param rawUsd cash after paying for every position in full: what is left if all of them were worth nothing
     * @param positions the open positions
     * @param timeMillis the venue's time; absent in the oldest recordings
     */
    record State(
            Amount accountValue,
            Amount totalNotional,
            Amount rawUsd,
            List<Position> positions,
            Optional<Long> timeMillis) {
        static State of(byte[] json) {
            PayloadFields fields = PayloadFields.of(VENUE, "clearinghouseState", json);
            State state = of(fields);
            fields.unread(Kind.OBJECT, "crossMarginSummary")
                    .unread(Kind.TEXT, "crossMaintenanceMarginUsed", "withdrawable");
            fields.end();
            return state;
        }

        /** What the identities are about, and that they hold; the caller reads the rest and closes it. */
        static State of(PayloadFields fields) {
            PayloadFields summary = fields.fields("marginSummary").unread(Kind.TEXT, "totalMarginUsed");
            State state = new State(
                    summary.decimal("accountValue"),
                    summary.decimal("totalNtlPos"),
                    summary.decimal("totalRawUsd"),
                    fields.list("assetPositions", HyperliquidPayload::position),
                    fields.absentOr("time", fields::whole));
            summary.end();
            state.requireIdentities(fields);
            return state;
        }

        /** The venue's time, which every answer of today names. */
        long time() {
            return timeMillis.orElseThrow(
                    () -> new PayloadRefused(VENUE, "time", "", "is missing (absent is not zero)"));
        }

        /** What stands behind the positions if each is worth what it cost: raw USD and Σ size · entry price. */
        Amount balance() {
            return positions.stream().map(Position::cost).reduce(rawUsd, Amount::plus);
        }

        private void requireIdentities(PayloadFields fields) {
            Amount value = rawUsd;
            Amount notional = Amount.ZERO;
            for (Position position : positions) {
                value = value.plus(position.signedValue());
                notional = notional.plus(position.value());
            }
            if (!value.equals(accountValue)) {
                throw fields.refusal(
                        "marginSummary", "must have accountValue = totalRawUsd + signed position values = " + value);
            }
            if (!notional.equals(totalNotional)) {
                throw fields.refusal(
                        "marginSummary", "must have totalNtlPos = the sum of position values = " + notional);
            }
        }
    }

    /**
     * An open position.
     *
     * @param coin the perpetual
     * @param size signed, in the coin
     * @param entryPrice as the venue shows it, USD
     * @param value |size| · mark, USD
     */
    record Position(String coin, Amount size, Amount entryPrice, Amount value) {
        /** What it cost, signed. */
        Amount cost() {
            return size.times(entryPrice);
        }

        /** The gain is value less cost; the entry price may be rounded in its last place. */
        private void requireGain(PayloadFields fields, Amount gain) {
            Amount shown = new Amount(BigInteger.ONE, entryPrice.scale()).times(size.abs());
            Amount computed = signedValue().minus(cost());
            if (gain.minus(computed).abs().compareTo(shown.plus(LAST_PLACE)) > 0) {
                throw fields.refusal("unrealizedPnl", "must be signed positionValue - szi * entryPx = " + computed);
            }
        }

        /** The margin of a cross position is value / leverage, shown with six places. */
        private void requireMargin(PayloadFields fields, Amount margin) {
            PayloadFields leverage = fields.fields("leverage");
            Amount times = leverage.figure("value");
            boolean isCross = leverage.text("type", Set.of("cross", "isolated")).equals("cross");
            if (isCross && margin.times(times).minus(value).abs().compareTo(times.times(LAST_PLACE)) > 0) {
                throw fields.refusal("marginUsed", "must be positionValue / leverage.value of a cross position");
            }
        }

        /** The value with the position's sign. */
        Amount signedValue() {
            return size.signum() < 0 ? value.negate() : value;
        }
    }

    private static Position position(PayloadFields fields) {
        fields.text("type", Set.of("oneWay"));
        PayloadFields inner = fields.fields("position");
        Position position = terms(inner);
        inner.unread(Kind.OBJECT, "leverage", "cumFunding")
                .unread(Kind.TEXT, "unrealizedPnl", "returnOnEquity", "liquidationPx", "marginUsed")
                .unread(Kind.FIGURE, "maxLeverage")
                .unread(Kind.ARRAY, "maxTradeSzs");
        inner.end();
        return position;
    }

    /** The terms of a position, its identities checked; the caller reads the rest and closes it. */
    static Position terms(PayloadFields inner) {
        Position position = new Position(
                inner.text("coin"), inner.decimal("szi"), inner.decimal("entryPx"), inner.decimal("positionValue"));
        if (position.size().signum() == 0) {
            throw inner.refusal("szi", "must not be 0 in an open position");
        }
        if (position.value().signum() < 0) {
            throw inner.refusal("positionValue", "must be >= 0: the sign is in szi");
        }
        if (position.entryPrice().signum() <= 0) {
            throw inner.refusal("entryPx", "must be > 0");
        }
        inner.absentOr("unrealizedPnl", inner::decimal).ifPresent(gain -> position.requireGain(inner, gain));
        if (inner.has("marginUsed") && inner.has("leverage")) {
            position.requireMargin(inner, inner.decimal("marginUsed"));
        }
        return position;
    }

    /**
     * The market: one entry for each perpetual of the universe.
     *
     * @param coin the perpetual
     * @param sizeDecimals places of its sizes
     * @param delisted whether it only keeps its place
     * @param oraclePrice the index, USD
     * @param markPrice the mark, USD
     */
    record Market(String coin, long sizeDecimals, boolean delisted, Amount oraclePrice, Amount markPrice) {
        /** Universe and contexts of one answer, paired by position. */
        static List<Market> of(byte[] json) {
            JsonNode answer = JsonText.tree(VENUE, "metaAndAssetCtxs", json);
            if (!answer.isArray() || answer.size() != 2) {
                throw new PayloadRefused(
                        VENUE, "metaAndAssetCtxs", answer.toString(), "must be an array of universe and contexts");
            }
            PayloadFields meta = PayloadFields.of(VENUE, "metaAndAssetCtxs[0]", answer.get(0));
            List<Coin> universe = meta.unread(Kind.ARRAY, "marginTables")
                    .unread(Kind.FIGURE, "collateralToken")
                    .list("universe", HyperliquidPayload::coin);
            meta.end();
            List<Prices> contexts =
                    PayloadFields.list(VENUE, "metaAndAssetCtxs[1]", answer.get(1), HyperliquidPayload::prices);
            if (universe.size() != contexts.size()) {
                throw new PayloadRefused(
                        VENUE,
                        "metaAndAssetCtxs[1]",
                        contexts.size() + " contexts",
                        "must be as many as the universe's " + universe.size());
            }
            return IntStream.range(0, universe.size())
                    .mapToObj(i -> market(universe.get(i), contexts.get(i)))
                    .toList();
        }

        private static Market market(Coin coin, Prices prices) {
            return new Market(coin.name(), coin.sizeDecimals(), coin.delisted(), prices.oracle(), prices.mark());
        }
    }

    private record Coin(String name, long sizeDecimals, boolean delisted) {}

    private record Prices(Amount oracle, Amount mark) {}

    private static Coin coin(PayloadFields fields) {
        fields.unread(Kind.FIGURE, "maxLeverage", "marginTableId")
                .unread(Kind.FLAG, "onlyIsolated")
                .unread(Kind.TEXT, "marginMode");
        return new Coin(
                fields.text("name"),
                fields.integer("szDecimals"),
                fields.absentOr("isDelisted", fields::flag).orElse(false));
    }

    private static Prices prices(PayloadFields fields) {
        fields.unread(Kind.TEXT, "dayNtlVlm", "dayBaseVlm", "funding", "midPx", "openInterest", "premium", "prevDayPx")
                .unread(Kind.ARRAY, "impactPxs");
        return new Prices(fields.decimal("oraclePx"), fields.decimal("markPx"));
    }
}
