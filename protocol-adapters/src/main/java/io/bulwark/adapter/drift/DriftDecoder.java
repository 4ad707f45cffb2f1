package io.bulwark.adapter.drift;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.bulwark.adapter.PayloadFields;
import io.bulwark.adapter.PayloadFields.Kind;
import io.bulwark.adapter.PayloadRefused;
import io.bulwark.adapter.fact.FactKind;
import io.bulwark.adapter.fact.FactRow;
import io.bulwark.adapter.fact.FactSheet;
import io.bulwark.adapter.fact.Figure;
import io.bulwark.adapter.fact.Glossary;
import io.bulwark.adapter.fact.Glossary.Name;
import io.bulwark.adapter.fact.PayloadKind;
import io.bulwark.adapter.fact.VenueDecoder;
import io.bulwark.clearing.position.Horizon;
import io.bulwark.clearing.position.VenueStanding;
import java.math.BigInteger;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What accounts of the program, or an answer of the gateway or the data interface of Drift say. What their fields mean stands in
 * {@code drift.csv}, which fields an account's bytes hold in {@link DriftForm}.
 */
public final class DriftDecoder implements VenueDecoder {
    /** Names the venue in refusals. */
    static final String VENUE = "drift";

    /** A node's answer about several accounts. */
    static final String ACCOUNTS = "getMultipleAccounts";

    /** The program that owns every account of the venue. */
    private static final String PROGRAM = "dRiftyHA39MWEi3m9aunc5MzRF1JYuBsbn6VPcn33UH";

    /** The owner of what the chain itself keeps. */
    private static final String SYSTEM = "Sysvar1111111111111111111111111111111111111";

    /** A text shorter than this is a word, not an account; longer ones answer for their length themselves. */
    private static final int TEXT_MIN = 300;

    private static final int FUNDING_PLACES = 9;

    private static final Glossary WORDS = Glossary.of(DriftDecoder.class, "drift.csv")
            .units("symbol", symbol -> Map.of("B", base(symbol)))
            .naming("user", fields -> named(fields.text("authority") + "/" + fields.whole("sub_account_id"), ""))
            .naming("spot market", fields -> named("spot market " + fields.whole("market_index"), ""))
            .naming("perp market", fields -> named("perp market " + fields.whole("market_index"), ""))
            .naming("indexed spot", fields -> named("spot market " + fields.whole("marketIndex"), ""))
            .naming("indexed perp", fields -> named("perp market " + fields.whole("marketIndex"), ""))
            .naming("ordered", DriftDecoder::ordered)
            .naming("market view", DriftDecoder::marketView)
            .naming("book", DriftDecoder::book)
            .naming("funding record", DriftDecoder::fundingRecord)
            .told("account", body -> body.isTextual() && body.textValue().length() >= TEXT_MIN)
            .told("accounts", body -> body.isArray() && body.path(0).isTextual())
            .told(
                    "user",
                    body -> PayloadKind.having("account").test(body)
                            || PayloadKind.having("positions", "balances").test(body))
            .told("leverage alone", body -> body.size() == 1)
            .body("user account", (body, sheet) -> account("account", body.textValue(), sheet))
            .body("user accounts", (body, sheet) -> accounts("", body, sheet))
            .step("listed accounts", row -> accounts("accounts", row.fields().node("accounts"), row.sheet()))
            .step("told at one slot", DriftDecoder::toldAtOneSlot)
            .step("slots", DriftDecoder::slots)
            .step("name", row -> row.beside("name", row.fields().node("name").asText()))
            .step("funding paid", DriftDecoder::fundingPaid)
            .step("size in view", row -> row.fields().numberOrText("baseAssetAmount"))
            .step("amount in view", row -> row.fields().numberOrText("amount"))
            .step("held or owed", DriftDecoder::heldOrOwed)
            .step("amount of an order", DriftDecoder::amount)
            .step("levels", DriftDecoder::levels)
            .step("sources", DriftDecoder::sources)
            .step("record", DriftDecoder::record)
            .build();

    private static final DriftDecoder INSTANCE = new DriftDecoder();

    /**
     * What a node's answer about several accounts says, nothing of it refused.
     *
     * @throws PayloadRefused if it does not tell so many
     */
    static FactSheet decoded(byte[] answer, int count) {
        FactSheet sheet = INSTANCE.decode(ACCOUNTS, answer).whole();
        String told = sheet.noted(ACCOUNTS).orElse("0");
        if (!told.equals(Integer.toString(count))) {
            throw new PayloadRefused(VENUE, "value", told, "must tell the " + count + " accounts that were asked for");
        }
        return sheet;
    }

    /** The slot of such an answer and its time, by the chain's own clock. */
    static Horizon horizon(FactSheet accounts) {
        return accounts.one("slot").horizon().orElseThrow();
    }

    @Override
    public Glossary glossary() {
        return WORDS;
    }

    /** The gateway tells what the venue counts; the chain's accounts hold weights that are not read. */
    @Override
    public List<VenueStanding> standings(FactSheet said) {
        return said.alone("account value").stream()
                .map(value -> VenueStanding.of(said.count(
                        VenueStanding.USD,
                        said.sameRow(value, "collateral"),
                        said.sameRow(value, "maintenance margin"),
                        List.of("totalCollateral", "maintenanceMargin"))))
                .toList();
    }

    @Override
    public JsonNode body(JsonNode answer, FactSheet sheet) {
        return answer.isObject() ? within(answer, sheet) : answer;
    }

    /** What stands in the envelope of a node or of the gateway. */
    private static JsonNode within(JsonNode answer, FactSheet sheet) {
        PayloadFields fields = PayloadFields.of(VENUE, "", answer);
        if (answer.has("error")) {
            throw fields.refusal("error", "must not be an error of the venue");
        }
        if (answer.has("success") && !fields.flag("success")) {
            throw fields.refusal("success", "must be true: anything else is an error of the venue");
        }
        if (answer.has("jsonrpc") && answer.has("result")) {
            fields.unread(Kind.TEXT, "jsonrpc").scalarOrAbsent("id");
            JsonNode result = fields.node("result");
            fields.end();
            return result.path("value").isArray() ? result : one(fields.fields("result"), sheet);
        }
        return answer;
    }

    /** A node's answer about one account, at the slot of its context. */
    private static JsonNode one(PayloadFields result, FactSheet sheet) {
        sheet.atHeight(slot(result));
        PayloadFields value = result.fields("value");
        result.end();
        value.unread(Kind.TEXT, "owner");
        return data(value);
    }

    private static long slot(PayloadFields result) {
        PayloadFields context = result.fields("context");
        long slot = context.whole("slot");
        context.unread(Kind.TEXT, "apiVersion").end();
        return slot;
    }

    private static JsonNode data(PayloadFields account) {
        account.unread(Kind.FIGURE, "lamports", "rentEpoch", "space").unread(Kind.FLAG, "executable");
        JsonNode data = account.node("data");
        account.end();
        if (!data.isArray() || data.size() != 2 || !data.path(1).asText().equals("base64")) {
            throw account.refusal("data", "must be bytes and their encoding, base64");
        }
        return data.get(0);
    }

    /** The chain's clock and accounts of the venue: what they say was so at the slot, at the clock's time. */
    private static void toldAtOneSlot(FactRow row) {
        PayloadFields fields = row.fields();
        FactSheet sheet = row.sheet();
        long slot = slot(fields);
        sheet.atHeight(slot);
        sheet.note(ACCOUNTS, Integer.toString(fields.node("value").size()));
        sheet.rows("value", fields.node("value"), (path, element) -> {
            PayloadFields account = sheet.fields(path, element);
            String owner = account.text("owner");
            byte[] bytes = DriftForm.bytes(path + ".data", data(account).asText());
            DriftForm form = DriftForm.of(path + ".data", bytes);
            String program = form == DriftForm.CLOCK ? SYSTEM : PROGRAM;
            if (!owner.equals(program)) {
                throw account.refusal("owner", "must be " + program);
            }
            ObjectNode read = form.read(path + ".data", bytes);
            if (form == DriftForm.CLOCK) {
                if (read.get("slot").longValue() != slot) {
                    throw new PayloadRefused(
                            VENUE, "context.slot", Long.toString(slot), "must be the clock's " + read.get("slot"));
                }
                sheet.at(new Horizon.Sequence(slot, read.get("unix_timestamp").longValue() * 1_000));
            }
            WORDS.read(sheet, sheet.fields(path + ".data", read), form.table());
        });
    }

    private static void accounts(String path, JsonNode accounts, FactSheet sheet) {
        sheet.rows(path, accounts, (at, account) -> {
            if (!account.isTextual()) {
                throw new PayloadRefused(VENUE, at, account.toString(), "must be a text in base64");
            }
            account(at, account.textValue(), sheet);
        });
    }

    private static void account(String path, String base64, FactSheet sheet) {
        byte[] bytes = DriftForm.bytes(path, base64);
        DriftForm form = DriftForm.of(path, bytes);
        PayloadFields fields = sheet.fields(path, form.read(path, bytes));
        if (form == DriftForm.USER_STATS
                && fields.whole("number_of_sub_accounts") > fields.whole("number_of_sub_accounts_created")) {
            throw fields.refusal(
                    "number_of_sub_accounts",
                    "must be <= number_of_sub_accounts_created " + fields.whole("number_of_sub_accounts_created"));
        }
        WORDS.read(sheet, fields, form.table());
    }

    /** The live slots of a user: balances, positions, orders, each in the name of its owner. */
    private static void slots(FactRow row) {
        for (String field : List.of("spot_positions", "perp_positions", "orders")) {
            JsonNode slots = row.fields().node(field);
            for (int i = 0; i < slots.size(); i++) {
                if (slots.get(i) instanceof ObjectNode slot) {
                    slot.put("owner", row.subject());
                    String table = switch (field) {
                        case "spot_positions" -> "spot slot";
                        case "orders" -> slot.get("market_type").asText() + " order";
                        default -> slot.get("base_asset_amount").asLong() == 0 ? "closed slot" : "open slot";
                    };
                    row.sheet()
                            .one(
                                    row.fields().pathOf(field) + "[" + i + "]",
                                    slot,
                                    fields -> WORDS.read(row.sheet(), fields, table));
                }
            }
        }
    }

    /** From where a house counts the funding that a position has not paid. */
    private static void fundingPaid(FactRow row) {
        if (!row.sheet().isRecorded()) {
            BigInteger paid = row.fields().counted("last_cumulative_funding_rate");
            row.beside(
                    "cumulative funding paid", Figure.counted(paid, FUNDING_PLACES, row.unit("USDC per base of {}")));
        }
    }

    private static void heldOrOwed(FactRow row) {
        PayloadFields fields = row.fields();
        boolean borrow = fields.text("type", Set.of("deposit", "borrow")).equals("borrow");
        row.fact(
                borrow ? FactKind.DEBT : FactKind.COLLATERAL,
                "amount",
                "balance",
                Figure.of(fields.numberOrText("amount").abs(), row.unit("token of {}")));
    }

    private static void amount(FactRow row) {
        WORDS.read(row, row.fields().has("amount") ? "gateway order" : "data order");
    }

    private static void levels(FactRow row) {
        PayloadFields fields = row.fields();
        fields.absentOr("ts", fields::whole).ifPresent(row.sheet()::at);
        fields.absentOr("slot", fields::whole).ifPresent(row.sheet()::atHeight);
        String type = fields.blankOr("marketType", fields::text).orElse("perp").equals("perp") ? "perp " : "spot ";
        for (String side : List.of("bids", "asks")) {
            row.sheet().each(side, fields.node(side), level -> WORDS.read(row.inner(level), type + side));
        }
    }

    private static void sources(FactRow row) {
        row.fields()
                .absentOr("sources", row.fields()::fields)
                .ifPresent(sources -> sources.names()
                        .forEach(source -> row.beside(
                                "from " + source, sources.numberOrText(source).toString())));
    }

    private static void record(FactRow row) {
        PayloadFields fields = row.fields();
        boolean fill = fields.has("fillRecordId") || fields.has("action");
        String other = fields.has("fundingRate") ? "funding record" : "order";
        WORDS.read(row, fill ? "fill" : fields.has("fillOpen") ? "candle" : other);
    }

    /** What sizes are in: {@code SOL-PERP} in SOL, {@code 1MBONK-PERP} in 1MBONK, {@code JTO} in JTO. */
    private static String base(String symbol) {
        int dash = symbol.indexOf('-');
        return dash > 0 ? symbol.substring(0, dash) : symbol;
    }

    private static Name named(String subject, String base) {
        return new Name(subject, Map.of("B", base));
    }

    private static Name ordered(PayloadFields fields) {
        if (fields.has("symbol")) {
            return named(fields.text("symbol"), base(fields.text("symbol")));
        }
        String market = fields.text("marketType") + " market " + fields.scalar("marketIndex");
        return named(market, "base of " + market);
    }

    private static Name marketView(PayloadFields fields) {
        String symbol = fields.text("symbol");
        String base = fields.blankOr("baseAsset", fields::text).orElse(base(symbol));
        String quote = fields.blankOr("quoteAsset", fields::text).orElse("USDC");
        return new Name(symbol, Map.of("B", base, "Q", quote));
    }

    private static Name book(PayloadFields fields) {
        String name = fields.blankOr("marketName", fields::text).orElse("market " + fields.whole("marketIndex"));
        return named(name, base(name));
    }

    private static Name fundingRecord(PayloadFields fields) {
        String name = fields.has("symbol") ? fields.text("symbol") : "perp market " + fields.scalar("marketIndex");
        return named(name, base(name));
    }
}
