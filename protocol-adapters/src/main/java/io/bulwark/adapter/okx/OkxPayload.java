package io.bulwark.adapter.okx;

import com.fasterxml.jackson.databind.JsonNode;
import io.bulwark.adapter.JsonText;
import io.bulwark.adapter.PayloadFields;
import io.bulwark.adapter.PayloadFields.Kind;
import io.bulwark.adapter.PayloadRefused;
import io.bulwark.adapter.exchange.GainIdentity;
import io.bulwark.adapter.exchange.KnownFields;
import io.bulwark.clearing.money.Amount;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * The venue's answers as it says them: decimals in quotes, the empty text where there is no number, sizes of derivatives in contracts. {@link OkxFacts} knows every field;
 * here stand those that an account or a market is made of.
 */
final class OkxPayload {
    private static final Set<String> SIDES = Set.of("long", "short", "net");
    private static final Set<String> DERIVATIVES = Set.of("SWAP", "FUTURES", "OPTION");
    private static final Set<String> TYPES = Set.of("MARGIN", "SWAP", "FUTURES", "OPTION");

    /** Balances of this mode tell no debts: it lends nothing. */
    private static final String FUTURES_MODE = "2";

    private OkxPayload() {}

    /** The rows of an answer, every field of which is known. */
    static <T> List<T> rows(String kind, byte[] answer, Function<PayloadFields, T> row) {
        JsonNode envelope = JsonText.tree(OkxFacts.VENUE, kind, answer);
        PayloadFields fields = PayloadFields.of(OkxFacts.VENUE, "", envelope);
        if (!fields.text("code").equals("0")) {
            throw fields.refusal("code", "must be 0, else the answer is an error of the venue");
        }
        fields.unread(Kind.TEXT, "msg");
        JsonNode data = fields.node("data");
        fields.end();
        KnownFields.require(new OkxFacts(), kind, data);
        List<T> rows = new ArrayList<>();
        if (!data.isArray()) {
            throw fields.refusal("data", "must be an array");
        }
        for (int i = 0; i < data.size(); i++) {
            rows.add(row.apply(PayloadFields.of(OkxFacts.VENUE, "data[" + i + "]", data.get(i))));
        }
        return rows;
    }

    /** The row of an answer that has exactly one. */
    static <T> T row(String kind, byte[] answer, Function<PayloadFields, T> row) {
        List<T> rows = rows(kind, answer, row);
        if (rows.size() != 1) {
            throw new PayloadRefused(
                    OkxFacts.VENUE,
                    "data",
                    rows.size() + " rows",
                    "must hold one row (an empty answer is unknown, not zero)");
        }
        return rows.getFirst();
    }

    /** A time in quotes, epoch milliseconds. */
    static long time(PayloadFields fields) {
        return fields.wholeText("ts");
    }

    /**
     * The account whose key it is.
     *
     * @param uid the account's number
     * @param lends whether its mode has debts, so that balances must tell them
     */
    record Config(String uid, boolean lends) {
        static Config of(byte[] answer) {
            return row(
                    "account/config",
                    answer,
                    fields -> new Config(
                            fields.text("uid"), !fields.text("acctLv").equals(FUTURES_MODE)));
        }
    }

    /** Which position: an instrument may be held on two sides. */
    record Place(String instrument, String side) implements Comparable<Place> {
        static Place of(PayloadFields fields) {
            return new Place(fields.text("instId"), fields.text("posSide", SIDES));
        }

        @Override
        public int compareTo(Place other) {
            int byInstrument = instrument.compareTo(other.instrument);
            return byInstrument != 0 ? byInstrument : side.compareTo(other.side);
        }

        /** As refusals name it. */
        @Override
        public String toString() {
            return instrument + " " + side;
        }
    }

    /**
     * What positions there are, at one moment: the answer that the venue gives for balances and positions together.
     *
     * @param timeMillis the moment
     * @param sizes signed, in contracts; none is zero
     */
    record Risk(long timeMillis, SortedMap<Place, Amount> sizes) {
        static Risk of(byte[] answer) {
            return row("account/account-position-risk", answer, fields -> {
                SortedMap<Place, Amount> sizes = new TreeMap<>();
                fields.list("posData", row -> {
                    Amount size = size(row, row::decimal).orElseThrow(() -> row.refusal("pos", "is missing"));
                    if (size.signum() != 0) {
                        put(row, sizes, Place.of(row), size);
                    }
                    row.unreadRest();
                    return size;
                });
                return new Risk(time(fields), sizes);
            });
        }
    }

    private static void put(PayloadFields row, SortedMap<Place, Amount> sizes, Place place, Amount size) {
        if (sizes.put(place, size) != null) {
            throw row.refusal("instId", "must be listed once on a side");
        }
    }

    /**
     * The signed size of a position, short below zero. In net mode the venue signs it itself; in the mode of two sides every size is told without a sign.
     *
     * @param reading how strictly a number is read
     * @return empty if none is told
     */
    static Optional<Amount> size(PayloadFields fields, Function<String, Amount> reading) {
        String side = fields.text("posSide", SIDES);
        Optional<Amount> told = fields.blankOr("pos", reading);
        if (side.equals("long") && told.filter(size -> size.signum() < 0).isPresent()) {
            throw fields.refusal("pos", "must be >= 0 on the long side");
        }
        return told.map(held -> side.equals("short") ? held.abs().negate() : held);
    }

    /**
     * An open position.
     *
     * @param place which
     * @param type SWAP, FUTURES or OPTION
     * @param contracts signed
     * @param averagePrice up to which gains are paid; the venue moves it when it settles a dated future
     * @param fields the row, for the identity that needs the contract's size
     */
    record Position(Place place, String type, Amount contracts, Amount averagePrice, PayloadFields fields) {
        /** The open positions of an answer; a closed one leaves a row of empty texts behind, which holds nothing. */
        static List<Position> of(byte[] answer) {
            return rows("account/positions", answer, OkxPayload::position).stream()
                    .flatMap(Optional::stream)
                    .toList();
        }

        static SortedMap<Place, Amount> sizes(List<Position> positions) {
            SortedMap<Place, Amount> sizes = new TreeMap<>();
            positions.forEach(p -> put(p.fields(), sizes, p.place(), p.contracts()));
            return sizes;
        }

        /** What it has gained is size · (mark − average), at the contract's size. */
        void requireGain(Amount size, boolean inverse) {
            GainIdentity.require(
                    fields, "upl", fields.decimal("upl"), size, inverse, averagePrice, fields.decimal("markPx"));
        }
    }

    private static Optional<Position> position(PayloadFields fields) {
        Amount size = size(fields, fields::decimal)
                .orElseThrow(() -> fields.refusal("pos", "must not be empty (absent is not zero)"));
        if (size.signum() == 0) {
            return Optional.empty();
        }
        String type = fields.text("instType", TYPES);
        if (!DERIVATIVES.contains(type)) {
            throw fields.refusal(
                    "instType", "must be SWAP, FUTURES or OPTION: an isolated margin pair is not read live");
        }
        fields.text("mgnMode", Set.of("cross"));
        return Optional.of(new Position(Place.of(fields), type, size, fields.decimal("avgPx"), fields));
    }

    /**
     * A currency of an account.
     *
     * @param currency the venue's name of it
     * @param cash what is there, 0 if it is owed
     * @param debt what is owed with interest accrued
     */
    record Balance(String currency, Amount cash, Amount debt) {
        static List<Balance> of(byte[] answer, boolean lends) {
            return row("account/balance", answer, fields -> {
                fields.unreadRest();
                return fields.list("details", row -> {
                    row.unreadRest();
                    return of(row, lends);
                });
            });
        }

        /** A debt once: the cash where that is below zero, what is owed otherwise; interest that is not deducted yet on top. */
        private static Balance of(PayloadFields fields, boolean lends) {
            Amount cash = fields.decimal("cashBal");
            Amount liability = amount(fields, "liab", lends);
            Amount interest = amount(fields, "interest", lends);
            boolean owed = cash.signum() < 0;
            return new Balance(
                    fields.text("ccy"),
                    owed ? Amount.ZERO : cash,
                    (owed ? cash : liability).abs().plus(interest.abs()));
        }

        private static Amount amount(PayloadFields fields, String field, boolean must) {
            return must
                    ? fields.decimal(field)
                    : fields.blankOr(field, fields::decimal).orElse(Amount.ZERO);
        }
    }

    /**
     * What a contract is, by the instrument's own row.
     *
     * @param instrument the venue's name
     * @param type SWAP, FUTURES or OPTION
     * @param underlying such as {@code BTC-USDT}
     * @param settlement the currency in which gains are paid
     * @param inverse whether it counts USD and pays the coin
     * @param size of one contract: its value times its multiplier, in the coin, or in USD if it is inverse
     * @param fields the row, for terms of one type alone
     */
    record Contract(
            String instrument,
            String type,
            String underlying,
            String settlement,
            boolean inverse,
            Amount size,
            PayloadFields fields) {
        static Contract of(byte[] answer) {
            return row("instruments", answer, OkxPayload::contract);
        }
    }

    private static Contract contract(PayloadFields fields) {
        String type = fields.text("instType", DERIVATIVES);
        boolean inverse = !type.equals("OPTION")
                && fields.text("ctType", Set.of("linear", "inverse")).equals("inverse");
        String underlying = fields.text("uly");
        String counts = inverse ? "USD" : underlying.split("-", -1)[0];
        fields.text("ctValCcy", Set.of(counts));
        Amount value = fields.decimal("ctVal");
        Amount multiplier = fields.decimal("ctMult");
        if (value.signum() <= 0 || multiplier.signum() <= 0) {
            throw fields.refusal("ctVal", "and ctMult must be > 0");
        }
        if (value.scale() + multiplier.scale() > Amount.SCALE_MAX) {
            throw fields.refusal("ctVal", "and ctMult must have at most " + Amount.SCALE_MAX + " places");
        }
        return new Contract(
                fields.text("instId"),
                type,
                underlying,
                fields.text("settleCcy"),
                inverse,
                value.times(multiplier),
                fields);
    }

    /**
     * A price or volatility of an instrument or index.
     *
     * @param subject the venue's name of it
     * @param value a price in the quote, or a volatility as a fraction
     * @param timeMillis the venue's time of it
     */
    record Quote(String subject, Amount value, long timeMillis) {
        /** The rows of an answer whose number is in this field. */
        static List<Quote> of(String kind, byte[] answer, String field) {
            return rows(kind, answer, fields -> new Quote(fields.text("instId"), fields.decimal(field), time(fields)));
        }
    }
}
