package io.bulwark.adapter.drift;

import io.bulwark.adapter.JsonText;
import io.bulwark.adapter.PayloadFields;
import io.bulwark.adapter.PayloadFields.Kind;
import io.bulwark.adapter.PayloadRefused;
import io.bulwark.clearing.position.Horizon;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Base64;
import java.util.List;
import java.util.Set;

/**
 * A node's answer about several accounts, all at one slot.
 *
 * @param slot the slot
 * @param accounts in the order of the question, none missing
 */
record DriftNode(long slot, List<Account> accounts) {
    /** The program that owns every account of the venue. */
    static final String PROGRAM = "dRiftyHA39MWEi3m9aunc5MzRF1JYuBsbn6VPcn33UH";

    /** The owner of what the chain itself keeps. */
    private static final String SYSTEM = "Sysvar1111111111111111111111111111111111111";

    private static final int CLOCK_LENGTH = 40;
    private static final int TIME_AT = 32;

    /**
     * An account.
     *
     * @param path names it in a refusal
     * @param owner the program that alone may write it
     * @param base64 its bytes
     */
    record Account(String path, String owner, String base64) {
        /** The bytes of an account of the venue. */
        ByteBuffer bytes(int length, long discriminator, String what) {
            requireOwner(PROGRAM);
            ByteBuffer bytes = decoded(length, what);
            if (bytes.order(ByteOrder.BIG_ENDIAN).getLong(0) != discriminator) {
                throw new PayloadRefused(
                        DriftFacts.VENUE,
                        path,
                        Long.toHexString(bytes.getLong(0)),
                        "must begin with the discriminator of " + what);
            }
            return bytes.order(ByteOrder.LITTLE_ENDIAN);
        }

        DriftUser user() {
            requireOwner(PROGRAM);
            return DriftUser.of(path, base64);
        }

        private void requireOwner(String program) {
            if (!owner.equals(program)) {
                throw new PayloadRefused(DriftFacts.VENUE, path + ".owner", owner, "must be " + program);
            }
        }

        private ByteBuffer decoded(int length, String what) {
            try {
                byte[] bytes = Base64.getDecoder().decode(base64);
                if (bytes.length == length) {
                    return ByteBuffer.wrap(bytes);
                }
                throw new PayloadRefused(
                        DriftFacts.VENUE,
                        path,
                        bytes.length + " bytes",
                        "must be " + what + " of " + length + " bytes");
            } catch (IllegalArgumentException e) {
                throw new PayloadRefused(DriftFacts.VENUE, path, base64, "must be base64");
            }
        }
    }

    /** Of a node's result, which must tell so many accounts. */
    static DriftNode of(byte[] result, int count) {
        PayloadFields fields =
                PayloadFields.of(DriftFacts.VENUE, "", JsonText.tree(DriftFacts.VENUE, DriftClient.ACCOUNTS, result));
        PayloadFields context = fields.fields("context");
        long slot = context.whole("slot");
        context.unread(Kind.TEXT, "apiVersion").end();
        List<Account> accounts = fields.list("value", DriftNode::account);
        fields.end();
        if (accounts.size() != count) {
            throw fields.refusal("value", "must tell the " + count + " accounts that were asked for");
        }
        return new DriftNode(slot, accounts);
    }

    private static Account account(PayloadFields fields) {
        List<String> data = fields.texts("data");
        if (data.size() != 2 || !data.get(1).equals("base64")) {
            throw fields.refusal("data", "must be bytes and their encoding, base64");
        }
        fields.unread(Kind.FIGURE, "lamports", "rentEpoch", "space").unread(Kind.FLAG, "executable");
        return new Account(fields.pathOf("data"), fields.text("owner"), data.getFirst());
    }

    /** The slot and its time, by the chain's own clock, which is the first account and must be of the same slot. */
    Horizon horizon() {
        Account clock = accounts.getFirst();
        clock.requireOwner(SYSTEM);
        ByteBuffer bytes = clock.decoded(CLOCK_LENGTH, "the clock").order(ByteOrder.LITTLE_ENDIAN);
        if (bytes.getLong(0) != slot) {
            throw new PayloadRefused(
                    DriftFacts.VENUE, "context.slot", Long.toString(slot), "must be the clock's " + bytes.getLong(0));
        }
        long seconds = bytes.getLong(TIME_AT);
        if (seconds <= 0 || seconds > Integer.MAX_VALUE * 1_000L) {
            throw new PayloadRefused(
                    DriftFacts.VENUE, clock.path(), Long.toString(seconds), "must be a time in seconds since 1970");
        }
        return new Horizon.Sequence(slot, seconds * 1_000);
    }

    /** The result of a node's answer, without its envelope. */
    static byte[] result(byte[] answer) {
        PayloadFields envelope =
                PayloadFields.of(DriftFacts.VENUE, "", JsonText.tree(DriftFacts.VENUE, DriftClient.ACCOUNTS, answer));
        if (envelope.has("error")) {
            throw envelope.refusal("error", "must not be there in an answer with status 200");
        }
        envelope.text("jsonrpc", Set.of("2.0"));
        envelope.scalarOrAbsent("id");
        envelope.node("result");
        envelope.end();
        byte[] result =
                JsonText.members(DriftFacts.VENUE, DriftClient.ACCOUNTS, answer).get("result");
        if (result == null) {
            throw envelope.refusal("result", "is missing (absent is not zero)");
        }
        return result;
    }
}
