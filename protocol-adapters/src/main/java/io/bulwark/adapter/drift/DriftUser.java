package io.bulwark.adapter.drift;

import io.bulwark.adapter.PayloadRefused;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;

/**
 * The bytes of a {@code User} account: an eight-byte discriminator, owner, delegate and name, 8 spot slots of 40 bytes, 8 perpetual slots of 96, 32 orders of 96,
 * and totals. Little-endian; prices at 10⁻⁶, base amounts at 10⁻⁹, quote amounts at 10⁻⁶, scaled balances at 10⁻⁹.
 *
 * @param authority the owner, as hexadecimal
 * @param name what the owner called it
 * @param spot the live spot slots
 * @param perpetuals the live perpetual slots
 * @param orders the open orders
 * @param totals what the account sums up
 */
record DriftUser(
        String authority, String name, List<Spot> spot, List<Perpetual> perpetuals, List<Order> orders, Totals totals) {
    /** The account's length. */
    static final int LENGTH = 4376;

    /** Decimal places of prices. */
    static final int PRICE = 6;

    /** Decimal places of base amounts. */
    static final int BASE = 9;

    /** Decimal places of quote amounts. */
    static final int QUOTE = 6;

    /** Decimal places of scaled balances, of every token. */
    static final int SCALED = 9;

    private static final byte[] DISCRIMINATOR = HexFormat.of().parseHex("9f755fe3ef973aec");
    private static final int SPOT_AT = 104;
    private static final int SPOT_LENGTH = 40;
    private static final int PERPETUAL_AT = SPOT_AT + 8 * SPOT_LENGTH;
    private static final int PERPETUAL_LENGTH = 96;
    private static final int ORDER_AT = PERPETUAL_AT + 8 * PERPETUAL_LENGTH;
    private static final int ORDER_LENGTH = 96;
    private static final int TOTALS_AT = ORDER_AT + 32 * ORDER_LENGTH;

    /**
     * A balance.
     *
     * @param slot its place
     * @param market the spot market's index
     * @param borrow whether it is owed
     * @param scaled to be multiplied by the market's cumulative interest
     * @param deposited deposits less withdrawals, in token units
     * @param bids open bids, in token units
     * @param asks open asks, in token units, not above 0
     * @param orders how many orders are open
     */
    record Spot(
            int slot,
            int market,
            boolean borrow,
            BigInteger scaled,
            long deposited,
            long bids,
            long asks,
            int orders) {}

    /**
     * A position.
     *
     * @param slot its place
     * @param market the perpetual market's index
     * @param funding cumulative funding of its side when it was settled last, 10⁻⁹ of the quote a unit of the base
     * @param base signed
     * @param quote what settling at no worth would leave, signed
     * @param entry quote at entry, signed
     * @param breakEven quote at entry with fees, signed
     * @param settled gain that was settled
     * @param bids open bids
     * @param asks open asks, not above 0
     * @param shares of the market's own pool, with a position of their own that is not in the account
     */
    record Perpetual(
            int slot,
            int market,
            long funding,
            long base,
            long quote,
            long entry,
            long breakEven,
            long settled,
            long bids,
            long asks,
            BigInteger shares) {}

    /**
     * An open order.
     *
     * @param slot its place
     * @param id the venue's number
     * @param perpetual whether it is of a perpetual market
     * @param market the market's index
     * @param base amount, in base or token units
     * @param filled of it
     * @param price 0 where it follows the oracle or the market
     * @param trigger price, 0 for none
     * @param oracleOffset to the oracle's price, 0 for none
     * @param sell whether it sells
     * @param type market, limit, triggered or oracle
     */
    record Order(
            int slot,
            long id,
            boolean perpetual,
            int market,
            BigInteger base,
            BigInteger filled,
            BigInteger price,
            BigInteger trigger,
            int oracleOffset,
            boolean sell,
            String type) {
        private static final List<String> TYPES =
                List.of("market", "limit", "trigger market", "trigger limit", "oracle");
    }

    /**
     * What the account sums up, in quote.
     *
     * @param deposits worth of all deposits
     * @param withdrawals worth of all withdrawals
     * @param socialLoss what it lost for others
     * @param settled gain of perpetuals that was settled
     * @param spotFees fees of spot
     * @param funding funding received
     * @param lastSlot when it was last active
     * @param subaccount its number
     * @param status bits: 1 in liquidation, 2 bankrupt, 4 reduce only
     */
    record Totals(
            BigInteger deposits,
            BigInteger withdrawals,
            BigInteger socialLoss,
            long settled,
            long spotFees,
            long funding,
            BigInteger lastSlot,
            int subaccount,
            int status) {}

    /**
     * The account in a text.
     *
     * @throws PayloadRefused if it is no base64, or not of the documented length and discriminator, or a slot breaks a rule
     */
    static DriftUser of(String path, String base64) {
        byte[] account;
        try {
            account = Base64.getDecoder().decode(base64);
        } catch (IllegalArgumentException e) {
            throw refused(path, base64, "must be base64");
        }
        if (account.length != LENGTH) {
            throw refused(path, account.length + " bytes", "must be a User account of " + LENGTH + " bytes");
        }
        if (!Arrays.equals(account, 0, 8, DISCRIMINATOR, 0, 8)) {
            throw refused(
                    path,
                    HexFormat.of().formatHex(account, 0, 8),
                    "must begin with the discriminator of a User account, "
                            + HexFormat.of().formatHex(DISCRIMINATOR));
        }
        ByteBuffer bytes = ByteBuffer.wrap(account).order(ByteOrder.LITTLE_ENDIAN);
        return new DriftUser(
                HexFormat.of().formatHex(account, 8, 40),
                printable(account),
                spot(path, bytes),
                perpetuals(path, bytes),
                orders(path, bytes),
                totals(bytes));
    }

    private static String printable(byte[] account) {
        StringBuilder name = new StringBuilder();
        for (int i = 72; i < SPOT_AT; i++) {
            name.append(account[i] >= ' ' && account[i] < 127 ? (char) account[i] : '?');
        }
        return name.toString().strip();
    }

    private static List<Spot> spot(String path, ByteBuffer bytes) {
        List<Spot> live = new ArrayList<>();
        for (int slot = 0; slot < 8; slot++) {
            int at = SPOT_AT + slot * SPOT_LENGTH;
            int type = Byte.toUnsignedInt(bytes.get(at + 34));
            if (type > 1) {
                throw refused(
                        path + ".spot_positions[" + slot + "].balance_type",
                        Integer.toString(type),
                        "must be 0, deposit, or 1, borrow");
            }
            Spot spot = new Spot(
                    slot,
                    Short.toUnsignedInt(bytes.getShort(at + 32)),
                    type == 1,
                    unsigned(bytes, at),
                    bytes.getLong(at + 24),
                    bytes.getLong(at + 8),
                    bytes.getLong(at + 16),
                    Byte.toUnsignedInt(bytes.get(at + 35)));
            if (spot.bids() < 0 || spot.asks() > 0) {
                throw refused(
                        path + ".spot_positions[" + slot + "].open_bids",
                        spot.bids() + ", " + spot.asks(),
                        "must be bids >= 0 and asks <= 0");
            }
            if (spot.scaled().signum() != 0 || spot.orders() != 0) {
                live.add(spot);
            }
        }
        return live;
    }

    private static List<Perpetual> perpetuals(String path, ByteBuffer bytes) {
        List<Perpetual> live = new ArrayList<>();
        for (int slot = 0; slot < 8; slot++) {
            int at = PERPETUAL_AT + slot * PERPETUAL_LENGTH;
            Perpetual perpetual = new Perpetual(
                    slot,
                    Short.toUnsignedInt(bytes.getShort(at + 92)),
                    bytes.getLong(at),
                    bytes.getLong(at + 8),
                    bytes.getLong(at + 16),
                    bytes.getLong(at + 32),
                    bytes.getLong(at + 24),
                    bytes.getLong(at + 56),
                    bytes.getLong(at + 40),
                    bytes.getLong(at + 48),
                    unsigned(bytes, at + 64));
            String field = path + ".perp_positions[" + slot + "]";
            if (Long.signum(perpetual.base()) * Long.signum(perpetual.entry()) > 0) {
                throw refused(
                        field + ".quote_entry_amount",
                        Long.toString(perpetual.entry()),
                        "must have the sign against base_asset_amount " + perpetual.base());
            }
            if (perpetual.bids() < 0 || perpetual.asks() > 0) {
                throw refused(
                        field + ".open_bids",
                        perpetual.bids() + ", " + perpetual.asks(),
                        "must be bids >= 0 and asks <= 0");
            }
            boolean empty = perpetual.base() == 0
                    && perpetual.quote() == 0
                    && perpetual.shares().signum() == 0
                    && bytes.get(at + 94) == 0;
            if (!empty) {
                live.add(perpetual);
            }
        }
        return live;
    }

    private static List<Order> orders(String path, ByteBuffer bytes) {
        List<Order> open = new ArrayList<>();
        for (int slot = 0; slot < 32; slot++) {
            int at = ORDER_AT + slot * ORDER_LENGTH;
            if (bytes.get(at + 82) != 1) {
                continue;
            }
            String field = path + ".orders[" + slot + "]";
            int type = Byte.toUnsignedInt(bytes.get(at + 83));
            if (type >= Order.TYPES.size()) {
                throw refused(field + ".order_type", Integer.toString(type), "must be 0 to 4");
            }
            open.add(new Order(
                    slot,
                    Integer.toUnsignedLong(bytes.getInt(at + 76)),
                    flag(field + ".market_type", bytes.get(at + 84)),
                    Short.toUnsignedInt(bytes.getShort(at + 80)),
                    unsigned(bytes, at + 16),
                    unsigned(bytes, at + 24),
                    unsigned(bytes, at + 8),
                    unsigned(bytes, at + 40),
                    bytes.getInt(at + 72),
                    flag(field + ".direction", bytes.get(at + 87)),
                    Order.TYPES.get(type)));
        }
        return open;
    }

    private static boolean flag(String field, byte value) {
        if (value != 0 && value != 1) {
            throw refused(field, Integer.toString(Byte.toUnsignedInt(value)), "must be 0 or 1");
        }
        return value == 1;
    }

    private static Totals totals(ByteBuffer bytes) {
        return new Totals(
                unsigned(bytes, TOTALS_AT + 8),
                unsigned(bytes, TOTALS_AT + 16),
                unsigned(bytes, TOTALS_AT + 24),
                bytes.getLong(TOTALS_AT + 32),
                bytes.getLong(TOTALS_AT + 40),
                bytes.getLong(TOTALS_AT + 48),
                unsigned(bytes, TOTALS_AT + 64),
                Short.toUnsignedInt(bytes.getShort(TOTALS_AT + 82)),
                Byte.toUnsignedInt(bytes.get(TOTALS_AT + 84)));
    }

    private static BigInteger unsigned(ByteBuffer bytes, int at) {
        return new BigInteger(Long.toUnsignedString(bytes.getLong(at)));
    }

    private static PayloadRefused refused(String path, String value, String rule) {
        return new PayloadRefused(DriftFacts.VENUE, path, value, rule);
    }
}
