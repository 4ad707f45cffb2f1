package io.bulwark.adapter.dydx;

import io.bulwark.adapter.PayloadFields;
import io.bulwark.adapter.PayloadFields.Kind;
import io.bulwark.adapter.PayloadRefused;
import io.bulwark.clearing.money.Amount;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;

/** The indexer's answers, as the venue says them: decimals in quotes, positions signed with a side beside, assets positive with a side. */
final class DydxPayload {
    /** Names the adapter in refusals. */
    static final String VENUE = "dydx";

    /** The entry price is a quotient, shown with twenty places; a position's share of the identity is off by at most size times the last of them. */
    private static final Amount TOLERANCE = Amount.of("0.000001");

    private DydxPayload() {}

    /**
     * What the indexer has processed.
     *
     * @param height the chain's height
     * @param timeMillis that block's time
     */
    record Height(long height, long timeMillis) {
        static Height of(byte[] json) {
            PayloadFields fields = PayloadFields.of(VENUE, "height", json);
            Height height = new Height(fields.wholeText("height"), millis(fields, "time"));
            fields.end();
            return height;
        }
    }

    /**
     * A parent subaccount: cross positions stand in the child of the same number, isolated ones in children of their own.
     *
     * @param children every child that holds something
     */
    record Parent(List<Subaccount> children) {
        static Parent of(byte[] json) {
            PayloadFields fields = PayloadFields.of(VENUE, "", json);
            PayloadFields parent = fields.fields("subaccount");
            parent.unread(Kind.TEXT, "address", "freeCollateral").unread(Kind.FIGURE, "parentSubaccountNumber");
            Amount equity = parent.decimal("equity");
            List<Subaccount> children = parent.list("childSubaccounts", Subaccount::of);
            parent.end();
            fields.end();
            Amount sum = children.stream().map(Subaccount::equity).reduce(Amount.ZERO, Amount::plus);
            requireNear(parent, "equity", equity, sum, "the sum of the children's equity");
            return new Parent(children);
        }

        /** The one height of all children; none if there is no child. */
        Optional<Long> height() {
            List<Long> heights =
                    children.stream().map(Subaccount::height).distinct().toList();
            if (heights.size() > 1) {
                throw new PayloadRefused(
                        VENUE, "latestProcessedBlockHeight", heights.toString(), "must be one height in all children");
            }
            return heights.stream().findFirst();
        }
    }

    /**
     * A subaccount.
     *
     * @param equity USDC and positions at the oracle's price
     * @param usdc signed; sale proceeds of shorts included, purchase prices of longs deducted
     * @param positions the open positions, by market
     * @param height the height at which the indexer answered
     */
    record Subaccount(Amount equity, Amount usdc, List<Position> positions, long height) {
        static Subaccount of(PayloadFields fields) {
            fields.unread(Kind.TEXT, "address", "freeCollateral", "updatedAtHeight")
                    .unread(Kind.FIGURE, "subaccountNumber")
                    .unread(Kind.FLAG, "marginEnabled");
            SortedMap<String, Amount> assets = fields.map("assetPositions", DydxPayload::asset);
            SortedMap<String, Position> positions = fields.map("openPerpetualPositions", DydxPayload::position);
            if (!Set.of("USDC").containsAll(assets.keySet())) {
                throw fields.refusal("assetPositions", "must be USDC only: another asset's worth is unknown");
            }
            Subaccount subaccount = new Subaccount(
                    fields.decimal("equity"),
                    assets.getOrDefault("USDC", Amount.ZERO),
                    List.copyOf(positions.values()),
                    fields.wholeText("latestProcessedBlockHeight"));
            subaccount.requireIdentity(fields);
            return subaccount;
        }

        private void requireIdentity(PayloadFields fields) {
            Amount value = usdc;
            for (Position position : positions) {
                value = value.plus(position.cost()).plus(position.unrealised());
            }
            requireNear(fields, "equity", equity, value, "USDC + size * entry price + unrealised gain");
        }
    }

    /**
     * An open position.
     *
     * @param market such as {@code BTC-USD}
     * @param size signed, in the base asset
     * @param entryPrice average, USD
     * @param unrealised gain since entry at the oracle's price, USD
     */
    record Position(String market, Amount size, Amount entryPrice, Amount unrealised) {
        /** What the position cost, signed: what its USDC balance is short of. */
        Amount cost() {
            return size.times(entryPrice);
        }
    }

    /** An asset, signed by its side. */
    static Amount asset(PayloadFields fields) {
        fields.unread(Kind.TEXT, "symbol", "assetId").unread(Kind.FIGURE, "subaccountNumber");
        Amount size = fields.decimal("size");
        String side = fields.text("side", Set.of("LONG", "SHORT"));
        if (size.signum() < 0) {
            throw fields.refusal("size", "must be >= 0: the sign of an asset is its side");
        }
        return side.equals("LONG") ? size : size.negate();
    }

    /** An open position. */
    static Position position(PayloadFields fields) {
        fields.unread(Kind.TEXT, "maxSize", "exitPrice", "realizedPnl", "createdAt", "createdAtHeight", "closedAt")
                .unread(Kind.TEXT, "sumOpen", "sumClose", "netFunding")
                .unread(Kind.FIGURE, "subaccountNumber");
        fields.text("status", Set.of("OPEN"));
        Position position = new Position(
                fields.text("market"),
                fields.decimal("size"),
                fields.decimal("entryPrice"),
                fields.decimal("unrealizedPnl"));
        String side = fields.text("side", Set.of("LONG", "SHORT"));
        if (position.size().signum() != (side.equals("LONG") ? 1 : -1)) {
            throw fields.refusal("size", "must have the sign of its side " + side);
        }
        return position;
    }

    /**
     * A perpetual market.
     *
     * @param oraclePrice USD
     * @param active whether it trades
     */
    record Market(Amount oraclePrice, boolean active) {
        /** Every market by its name. */
        static SortedMap<String, Market> of(byte[] json) {
            PayloadFields fields = PayloadFields.of(VENUE, "perpetualMarkets", json);
            SortedMap<String, Market> markets = fields.map("markets", Market::of);
            fields.end();
            return markets;
        }

        private static Market of(PayloadFields fields) {
            fields.unread(Kind.TEXT, "clobPairId", "ticker", "priceChange24H", "volume24H", "nextFundingRate")
                    .unread(
                            Kind.TEXT,
                            "initialMarginFraction",
                            "maintenanceMarginFraction",
                            "openInterest",
                            "tickSize",
                            "stepSize")
                    .unread(
                            Kind.TEXT,
                            "marketType",
                            "openInterestLowerCap",
                            "openInterestUpperCap",
                            "baseOpenInterest",
                            "defaultFundingRate1H")
                    .unread(
                            Kind.FIGURE,
                            "trades24H",
                            "atomicResolution",
                            "quantumConversionExponent",
                            "stepBaseQuantums",
                            "subticksPerTick");
            return new Market(
                    fields.decimal("oraclePrice"), fields.text("status").equals("ACTIVE"));
        }
    }

    /** A time as text, epoch milliseconds. */
    static long millis(PayloadFields fields, String field) {
        try {
            return Instant.parse(fields.text(field)).toEpochMilli();
        } catch (DateTimeParseException e) {
            throw fields.refusal(field, "must be a time such as 2024-05-23T18:11:00.000Z");
        }
    }

    private static void requireNear(PayloadFields fields, String field, Amount stated, Amount computed, String what) {
        if (stated.minus(computed).abs().compareTo(TOLERANCE) > 0) {
            throw fields.refusal(field, "must be " + what + " = " + computed);
        }
    }
}
