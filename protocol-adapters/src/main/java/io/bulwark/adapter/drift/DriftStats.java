package io.bulwark.adapter.drift;

import static io.bulwark.adapter.fact.FactKind.ACCOUNT;
import static io.bulwark.adapter.fact.FactKind.MOVEMENT;

import io.bulwark.adapter.PayloadRefused;
import io.bulwark.adapter.fact.Fact;
import io.bulwark.adapter.fact.FactKind;
import io.bulwark.adapter.fact.FactSheet;
import io.bulwark.adapter.fact.Figure;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;

/**
 * The bytes of a {@code UserStats} account, what an owner sums up over all subaccounts: an eight-byte discriminator, owner, referrer, fees, volumes of 30 days,
 * stakes, how many subaccounts there are. Little-endian; quote amounts and the governance token at 10⁻⁶. It holds no position and no balance.
 */
final class DriftStats {
    /** The account's length. */
    static final int LENGTH = 240;

    private static final byte[] DISCRIMINATOR = HexFormat.of().parseHex("b0df881b7a4f20e3");
    private static final int TEXT = (LENGTH + 2) / 3 * 4;
    private static final int FEES_AT = 72;
    private static final int VOLUMES_AT = 128;
    private static final int SUBACCOUNTS_AT = 184;
    private static final String USDC = "USDC";

    private final String path;
    private final String owner;
    private final ByteBuffer bytes;
    private final FactSheet sheet;

    private DriftStats(String path, byte[] account, FactSheet sheet) {
        this.path = path;
        this.owner = HexFormat.of().formatHex(account, 8, 40);
        this.bytes = ByteBuffer.wrap(account).order(ByteOrder.LITTLE_ENDIAN);
        this.sheet = sheet;
    }

    /** Whether a text has the length of this account's. */
    static boolean fits(String base64) {
        return base64.length() == TEXT;
    }

    /**
     * What the account in a text says.
     *
     * @throws PayloadRefused if it is no base64, has another discriminator, or breaks a rule
     */
    static void say(String path, String base64, FactSheet sheet) {
        byte[] account;
        try {
            account = Base64.getDecoder().decode(base64);
        } catch (IllegalArgumentException e) {
            throw new PayloadRefused(DriftFacts.VENUE, path, base64, "must be base64");
        }
        if (account.length != LENGTH || !Arrays.equals(account, 0, 8, DISCRIMINATOR, 0, 8)) {
            throw new PayloadRefused(
                    DriftFacts.VENUE,
                    path,
                    HexFormat.of().formatHex(account, 0, 8),
                    "must begin with the discriminator of a UserStats account, "
                            + HexFormat.of().formatHex(DISCRIMINATOR));
        }
        new DriftStats(path, account, sheet).say();
    }

    private void say() {
        int live = Short.toUnsignedInt(bytes.getShort(SUBACCOUNTS_AT));
        int created = Short.toUnsignedInt(bytes.getShort(SUBACCOUNTS_AT + 2));
        if (live > created) {
            throw new PayloadRefused(
                    DriftFacts.VENUE,
                    path + ".number_of_sub_accounts",
                    Integer.toString(live),
                    "must be <= number_of_sub_accounts_created " + created);
        }
        quote(MOVEMENT, FEES_AT, "total_fee_paid", "fees paid, of all time");
        quote(MOVEMENT, FEES_AT + 8, "total_fee_rebate", "rebates received, of all time");
        quote(MOVEMENT, FEES_AT + 16, "total_token_discount", "discounts for tokens, of all time");
        quote(MOVEMENT, FEES_AT + 24, "total_referee_discount", "discounts for being referred, of all time");
        quote(MOVEMENT, FEES_AT + 32, "total_referrer_reward", "rewards for referring, of all time");
        quote(MOVEMENT, FEES_AT + 40, "current_epoch_referrer_reward", "rewards for referring, of this epoch");
        quote(ACCOUNT, VOLUMES_AT, "maker_volume30d", "volume made in 30 days");
        quote(ACCOUNT, VOLUMES_AT + 8, "taker_volume30d", "volume taken in 30 days");
        quote(ACCOUNT, VOLUMES_AT + 16, "filler_volume30d", "volume filled in 30 days");
        quote(ACCOUNT, 176, "if_staked_quote_asset_amount", "staked in the insurance fund of quote");
        amount(ACCOUNT, 216, "if_staked_gov_token_amount", "staked in the insurance fund of DRIFT", "DRIFT");
        said(ACCOUNT, "number_of_sub_accounts", "subaccounts", BigInteger.valueOf(live), 0, Figure.RATIO);
        said(
                ACCOUNT,
                "number_of_sub_accounts_created",
                "subaccounts that were ever made",
                BigInteger.valueOf(created),
                0,
                Figure.RATIO);
    }

    private void quote(FactKind kind, int at, String field, String measure) {
        amount(kind, at, field, measure, USDC);
    }

    private void amount(FactKind kind, int at, String field, String measure, String unit) {
        BigInteger units = new BigInteger(Long.toUnsignedString(bytes.getLong(at)));
        said(kind, field, measure, units, DriftUser.QUOTE, unit);
    }

    private void said(FactKind kind, String field, String measure, BigInteger units, int scale, String unit) {
        sheet.add(Fact.of(kind, path + "." + field, owner, measure, Figure.counted(units, scale, unit)));
    }
}
