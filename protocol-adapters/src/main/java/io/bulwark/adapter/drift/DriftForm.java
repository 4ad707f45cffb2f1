package io.bulwark.adapter.drift;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.bulwark.adapter.PayloadFields;
import io.bulwark.adapter.PayloadRefused;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;

/**
 * The forms of accounts: how long, how they begin, and at which place of their little-endian bytes each field that is of use stands, by the
 * program's own name of it. A {@code User} has 8 spot slots of 40 bytes, 8 perpetual slots of 96 and 32 orders of 96 between its name and
 * its totals.
 */
enum DriftForm {
    /** What a subaccount holds and ordered. */
    USER("a User account", "user", 4376, "9f755fe3ef973aec", """
            8 key authority, 72 text name, 4272 u64 total_deposits, 4280 u64 total_withdraws, 4288 u64 total_social_loss,
            4296 i64 settled_perp_pnl, 4304 i64 cumulative_spot_fees, 4312 i64 cumulative_perp_funding, 4328 u64 last_active_slot,
            4346 u16 sub_account_id, 4348 u8 status"""),
    /** What an owner sums up over all subaccounts: no position and no balance. */
    USER_STATS("a UserStats account", "user stats", 240, "b0df881b7a4f20e3", """
            8 key authority, 72 u64 total_fee_paid, 80 u64 total_fee_rebate, 88 u64 total_token_discount,
            96 u64 total_referee_discount, 104 u64 total_referrer_reward, 112 u64 current_epoch_referrer_reward,
            128 u64 maker_volume30d, 136 u64 taker_volume30d, 144 u64 filler_volume30d, 176 u64 if_staked_quote_asset_amount,
            184 u16 number_of_sub_accounts, 186 u16 number_of_sub_accounts_created, 216 u64 if_staked_gov_token_amount"""),
    /** Price and funding of a perpetual. */
    PERP_MARKET("a PerpMarket account", "perp market", 1216, "0adf0c2c6bf537f7", """
            72 i64 oracle_price, 112 time oracle_time, 608 i128 cumulative_funding_rate_long, 624 i128 cumulative_funding_rate_short,
            1000 text name, 1160 u16 market_index, 1166 u16 quote_spot_market_index"""),
    /** Interest of a token. */
    SPOT_MARKET("a SpotMarket account", "spot market", 776, "64b1086ba8414127", """
            464 i128 cumulative_deposit_interest, 480 i128 cumulative_borrow_interest, 680 u32 decimals, 684 u16 market_index"""),
    /** The chain's own clock. */
    CLOCK("the clock", "clock", 40, "", "0 u64 slot, 32 time unix_timestamp");

    private static final String SPOT_SLOT = """
            0 u64 scaled_balance, 8 i64 open_bids, 16 i64 open_asks, 24 i64 cumulative_deposits, 32 u16 market_index,
            34 u8 balance_type, 35 u8 open_orders""";

    private static final String PERP_SLOT = """
            0 i64 last_cumulative_funding_rate, 8 i64 base_asset_amount, 16 i64 quote_asset_amount, 24 i64 quote_break_even_amount,
            32 i64 quote_entry_amount, 40 i64 open_bids, 48 i64 open_asks, 56 i64 settled_pnl, 64 u64 lp_shares,
            92 u16 market_index, 94 u8 open_orders""";

    private static final String ORDER_SLOT = """
            8 u64 price, 16 u64 base_asset_amount, 24 u64 base_asset_amount_filled, 40 u64 trigger_price, 72 i32 oracle_price_offset,
            76 u32 order_id, 80 u16 market_index, 82 u8 status, 83 u8 order_type, 84 u8 market_type, 87 u8 direction""";

    private static final List<String> ORDER_TYPES =
            List.of("market", "limit", "trigger market", "trigger limit", "oracle");

    private static final int TEXT_LENGTH = 32;
    private static final int SPOT_AT = 104;
    private static final int PERP_AT = SPOT_AT + 8 * 40;
    private static final int ORDER_AT = PERP_AT + 8 * 96;

    private final String words;
    private final String table;
    private final int length;
    private final String discriminator;
    private final String fields;

    DriftForm(String words, String table, int length, String discriminator, String fields) {
        this.words = words;
        this.table = table;
        this.length = length;
        this.discriminator = discriminator;
        this.fields = fields;
    }

    /** Bytes of such an account. */
    int length() {
        return length;
    }

    /** The table of the glossary that its fields are read by. */
    String table() {
        return table;
    }

    /**
     * The bytes of a text.
     *
     * @throws PayloadRefused if it is no base64
     */
    static byte[] bytes(String path, String base64) {
        try {
            return Base64.getDecoder().decode(base64);
        } catch (IllegalArgumentException e) {
            throw new PayloadRefused(DriftDecoder.VENUE, path, base64, "must be base64");
        }
    }

    /**
     * The form of an account.
     *
     * @throws PayloadRefused if none has its length and beginning
     */
    static DriftForm of(String path, byte[] account) {
        DriftForm form = Arrays.stream(values())
                .filter(known -> known.length == account.length)
                .findFirst()
                .orElseThrow(() -> new PayloadRefused(
                        DriftDecoder.VENUE,
                        path,
                        account.length + " bytes",
                        "must be " + USER.words + " of " + USER.length + " bytes, or another of the program's"));
        String begins = HexFormat.of().formatHex(account, 0, form.discriminator.length() / 2);
        if (!begins.equals(form.discriminator)) {
            throw new PayloadRefused(
                    DriftDecoder.VENUE,
                    path,
                    begins,
                    "must begin with the discriminator of " + form.words + ", " + form.discriminator);
        }
        return form;
    }

    /**
     * What the account's fields hold, the slots of a user that are live among them; empty slots are null.
     *
     * @throws PayloadRefused naming the field that breaks a rule
     */
    ObjectNode read(String path, byte[] account) {
        ByteBuffer bytes = ByteBuffer.wrap(account).order(ByteOrder.LITTLE_ENDIAN);
        ObjectNode read = read(path, bytes, 0, fields);
        if (this == USER) {
            int status = read.get("status").intValue();
            read.put(
                    "status",
                    (status & 2) != 0
                            ? "bankrupt"
                            : (status & 1) != 0 ? "in liquidation" : (status & 4) != 0 ? "reduce only" : "active");
            ArrayNode spot = read.putArray("spot_positions");
            ArrayNode perpetual = read.putArray("perp_positions");
            ArrayNode orders = read.putArray("orders");
            for (int i = 0; i < 8; i++) {
                String slot = "_positions[" + i + "]";
                spot.add(spot(path + ".spot" + slot, read(path, bytes, SPOT_AT + i * 40, SPOT_SLOT)));
                perpetual.add(perpetual(path + ".perp" + slot, read(path, bytes, PERP_AT + i * 96, PERP_SLOT)));
            }
            for (int i = 0; i < 32; i++) {
                orders.add(order(path + ".orders[" + i + "]", read(path, bytes, ORDER_AT + i * 96, ORDER_SLOT)));
            }
        }
        return read;
    }

    private static ObjectNode read(String path, ByteBuffer bytes, int at, String fields) {
        ObjectNode read = JsonNodeFactory.instance.objectNode();
        for (String field : fields.split(",\\s", -1)) {
            String[] words = field.split(" ", -1);
            String name = words[2];
            int from = at + Integer.parseInt(words[0]);
            switch (words[1]) {
                case "u8" -> read.put(name, Byte.toUnsignedInt(bytes.get(from)));
                case "u16" -> read.put(name, Short.toUnsignedInt(bytes.getShort(from)));
                case "u32" -> read.put(name, Integer.toUnsignedLong(bytes.getInt(from)));
                case "i32" -> read.put(name, bytes.getInt(from));
                case "i64" -> read.put(name, bytes.getLong(from));
                case "u64" -> read.put(name, unsigned(bytes.getLong(from)));
                case "i128" ->
                    read.put(
                            name,
                            BigInteger.valueOf(bytes.getLong(from + 8))
                                    .shiftLeft(Long.SIZE)
                                    .add(unsigned(bytes.getLong(from))));
                case "time" -> read.put(name, time(path + "." + name, bytes.getLong(from)));
                case "key" -> read.put(name, HexFormat.of().formatHex(taken(bytes, from)));
                default -> read.put(name, printable(taken(bytes, from)));
            }
        }
        return read;
    }

    private static BigInteger unsigned(long word) {
        return new BigInteger(Long.toUnsignedString(word));
    }

    private static long time(String path, long seconds) {
        if (seconds <= 0 || seconds > Integer.MAX_VALUE * 1_000L) {
            throw new PayloadRefused(
                    DriftDecoder.VENUE, path, Long.toString(seconds), "must be a time in seconds since 1970");
        }
        return seconds;
    }

    private static byte[] taken(ByteBuffer bytes, int from) {
        byte[] taken = new byte[TEXT_LENGTH];
        bytes.get(from, taken);
        return taken;
    }

    private static String printable(byte[] bytes) {
        StringBuilder text = new StringBuilder();
        for (byte letter : bytes) {
            text.append(letter >= ' ' && letter < 127 ? (char) letter : '?');
        }
        return text.toString().strip();
    }

    /** A balance, below zero of what is owed; null where there is none. */
    private static JsonNode spot(String path, ObjectNode slot) {
        PayloadFields fields = PayloadFields.of(DriftDecoder.VENUE, path, slot);
        int type = slot.get("balance_type").intValue();
        if (type > 1) {
            throw fields.refusal("balance_type", "must be 0, deposit, or 1, borrow");
        }
        requireBids(fields, slot);
        BigInteger scaled = slot.get("scaled_balance").bigIntegerValue();
        slot.put("scaled_balance", type == 1 ? scaled.negate() : scaled);
        slot.put("balance_type", type == 1 ? "borrow" : "deposit");
        return scaled.signum() == 0 && isZero(slot, "open_orders") ? NullNode.instance : slot;
    }

    private static JsonNode perpetual(String path, ObjectNode slot) {
        PayloadFields fields = PayloadFields.of(DriftDecoder.VENUE, path, slot);
        long base = slot.get("base_asset_amount").longValue();
        if (Long.signum(base) * Long.signum(slot.get("quote_entry_amount").longValue()) > 0) {
            throw fields.refusal("quote_entry_amount", "must have the sign against base_asset_amount " + base);
        }
        requireBids(fields, slot);
        return isZero(slot, "base_asset_amount", "quote_asset_amount", "lp_shares", "open_orders")
                ? NullNode.instance
                : slot;
    }

    /** What stands in the book on both sides; left out where nothing does. */
    private static void requireBids(PayloadFields fields, ObjectNode slot) {
        if (slot.get("open_bids").longValue() < 0 || slot.get("open_asks").longValue() > 0) {
            throw fields.refusal("open_bids", "must be bids >= 0 and asks <= 0");
        }
        if (isZero(slot, "open_bids", "open_asks")) {
            slot.remove(List.of("open_bids", "open_asks"));
        }
    }

    private static JsonNode order(String path, ObjectNode slot) {
        if (slot.get("status").intValue() != 1) {
            return NullNode.instance;
        }
        PayloadFields fields = PayloadFields.of(DriftDecoder.VENUE, path, slot);
        int type = slot.get("order_type").intValue();
        if (type >= ORDER_TYPES.size()) {
            throw fields.refusal("order_type", "must be 0 to 4");
        }
        slot.put("order_type", ORDER_TYPES.get(type));
        slot.put("market_type", flag(fields, "market_type") ? "perp" : "spot");
        slot.put("direction", flag(fields, "direction") ? "short" : "long");
        return slot;
    }

    private static boolean flag(PayloadFields fields, String field) {
        long value = fields.whole(field);
        if (value > 1) {
            throw fields.refusal(field, "must be 0 or 1");
        }
        return value == 1;
    }

    private static boolean isZero(ObjectNode slot, String... fields) {
        return Arrays.stream(fields)
                .allMatch(field -> slot.get(field).bigIntegerValue().signum() == 0);
    }
}
