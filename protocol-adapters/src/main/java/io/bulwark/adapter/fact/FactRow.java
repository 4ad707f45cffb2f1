package io.bulwark.adapter.fact;

import com.fasterxml.jackson.databind.JsonNode;
import io.bulwark.adapter.PayloadFields;
import io.bulwark.adapter.fact.GlossaryFile.Entry;
import io.bulwark.adapter.fact.GlossaryFile.Role;
import io.bulwark.clearing.money.Amount;
import io.bulwark.clearing.position.Horizon;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.function.Function;

/**
 * The facts of one object about one subject: each field that holds a number becomes a fact, in the order in which it is asked for. What
 * the venue leaves out, null, or empty gives no fact. Words and the horizon hold for every fact that is asked for after them.
 */
public final class FactRow {
    private final FactSheet sheet;
    private final PayloadFields fields;
    private final SequencedMap<String, String> words = new LinkedHashMap<>();
    private String subject;
    private Map<String, String> units = Map.of();
    private Optional<Horizon> horizon = Optional.empty();
    private Optional<Horizon> within = Optional.empty();
    private boolean standing;

    /** The facts of an object, put on a sheet. */
    public FactRow(FactSheet sheet, PayloadFields fields, String subject) {
        this.sheet = sheet;
        this.fields = fields;
        this.subject = subject;
    }

    /** The facts of an object that stands in this row: about the same, at the moment that holds within it. */
    public FactRow inner(PayloadFields inside) {
        FactRow row = new FactRow(sheet, inside, subject);
        row.units = units;
        row.horizon = within;
        row.within = within;
        return row;
    }

    /** Facts after this are about something else, whose units have these keys. */
    public FactRow about(String other, Map<String, String> otherUnits) {
        subject = other;
        units = otherUnits;
        return this;
    }

    /** On what it is read. */
    public FactSheet sheet() {
        return sheet;
    }

    /** What the payload says. */
    public PayloadFields fields() {
        return fields;
    }

    /** Of what it speaks. */
    public String subject() {
        return subject;
    }

    /** A unit, each key in braces resolved by the subject. */
    public String unit(String template) {
        int open = template.indexOf('{');
        if (open < 0) {
            return template;
        }
        int close = template.indexOf('}', open);
        String key = template.substring(open + 1, close);
        String unit = key.isEmpty() ? subject : units.getOrDefault(key, key);
        return template.substring(0, open) + unit + unit(template.substring(close + 1));
    }

    /** The same row, with its words and moment, where the payload says it by other fields. */
    public FactRow of(PayloadFields other) {
        FactRow row = inner(other);
        row.words.putAll(words);
        row.horizon = horizon;
        return row;
    }

    /** A word beside the last fact of this row; none where that was not told. */
    public FactRow beside(String name, String word) {
        if (standing) {
            sheet.amend(last -> last.with(name, word));
        }
        return this;
    }

    /** A number beside the last fact of this row; none where that was not told. */
    public FactRow beside(String name, Figure figure) {
        if (standing) {
            sheet.amend(last -> last.with(name, figure));
        }
        return this;
    }

    /** An asset: collateral where it is ≥ 0, and debt, without its sign, below. */
    public FactRow holding(String field, String measure, Figure signed) {
        boolean owed = signed.value().signum() < 0;
        return fact(owed ? FactKind.DEBT : FactKind.COLLATERAL, field, measure, owed ? signed.negate() : signed);
    }

    /** The moment of the rows that stand in this one. */
    void within(long timeMillis) {
        within = Optional.of(new Horizon.VenueTime(timeMillis));
    }

    /** At the venue's time, UTC epoch milliseconds. */
    public FactRow at(long timeMillis) {
        horizon = Optional.of(new Horizon.VenueTime(timeMillis));
        return this;
    }

    /** With a word. */
    public FactRow word(String name, String word) {
        words.put(name, word);
        return this;
    }

    /** With what these fields say, whether text, number or flag, where they are there and not empty. */
    public FactRow said(String... names) {
        for (String name : names) {
            fields.blankOr(name, fields::scalar).ifPresent(value -> words.put(name.replace('_', ' '), value));
        }
        return this;
    }

    /** A number that must be there. */
    public FactRow must(FactKind kind, String field, String measure, String unit) {
        return fact(kind, field, measure, Figure.of(fields.numberOrText(field), unit));
    }

    /** A number where there is one. */
    public FactRow may(FactKind kind, String field, String measure, String unit) {
        fields.blankOr(field, fields::numberOrText)
                .ifPresent(value -> fact(kind, field, measure, Figure.of(value, unit)));
        return this;
    }

    /** Refuses a bar of which one of these prices lies outside its low and high. A premium may be below zero, so that the sign is free. */
    public FactRow within(String low, String high, String... prices) {
        Amount top = fields.numberOrText(high);
        Amount bottom = fields.numberOrText(low);
        for (String field : prices) {
            Amount price = fields.numberOrText(field);
            if (price.compareTo(top) > 0 || price.compareTo(bottom) < 0) {
                throw fields.refusal(field, "must lie within low " + bottom + " and high " + top);
            }
        }
        return this;
    }

    /** Numbers by name, such as sensitivities by index: the name is a word of each. */
    public FactRow byName(FactKind kind, String field, String measure, String unit) {
        fields.absentOr(field, fields::fields).ifPresent(members -> {
            for (String name : members.names()) {
                Amount value = members.numberOrText(name);
                sheet.add(dressed(Fact.of(kind, members.pathOf(name), subject, measure, Figure.of(value, unit)))
                        .with("of", name));
            }
        });
        return this;
    }

    /** A number as a line of a glossary says it; what a line says beside it stands beside nothing where it was not told. */
    void number(String field, Entry line) {
        Function<String, Amount> reading = line.isCounted()
                ? name -> new Amount(fields.counted(name), 0)
                : line.scale().equals("quoted") ? fields::decimal : fields::numberOrText;
        Optional<Amount> told = line.must() ? Optional.of(reading.apply(field)) : fields.blankOr(field, reading);
        Optional<Amount> meant =
                told.filter(value -> value.signum() != 0 || !line.need().endsWith("unless 0"));
        if (line.role() != Role.BESIDE) {
            standing = meant.isPresent();
        }
        told.ifPresent(value -> requireSign(field, line.sign(), value));
        meant.ifPresent(value -> {
            Figure figure = figure(value, line);
            switch (line.role()) {
                case BESIDE -> beside(line.measure(), figure);
                case HOLDING -> holding(field, line.measure(), figure);
                default -> fact(line.kind().orElseThrow(), field, line.measure(), figure);
            }
        });
    }

    private void requireSign(String field, String sign, Amount value) {
        boolean holds = switch (sign) {
            case ">=0" -> value.signum() >= 0;
            case ">0" -> value.signum() > 0;
            default -> true;
        };
        if (!holds) {
            throw fields.refusal(field, "must be " + sign.replace("0", " 0"));
        }
    }

    private Figure figure(Amount value, Entry line) {
        String unit = unit(line.unit());
        if (line.isCounted()) {
            return Figure.counted(value.unscaled(), places(line.scale()), unit);
        }
        // A key may say so too, where a row tells by itself whether it is in per cent.
        return switch (unit.equals("%") ? unit : line.scale()) {
            case "%" -> Figure.percent(value);
            case "bp" -> Figure.ratio(value.times(Amount.of("0.0001")));
            default -> Figure.of(value, unit);
        };
    }

    private int places(String scale) {
        String places = unit(scale);
        if (places.isEmpty() || !Character.isDigit(places.charAt(0))) {
            throw fields.refusal(places, "is missing (absent is not zero)");
        }
        return Integer.parseInt(places);
    }

    /** A number that the reader made of a field. */
    public FactRow fact(FactKind kind, String field, String measure, Figure figure) {
        sheet.add(dressed(Fact.of(kind, fields.pathOf(field), subject, measure, figure)));
        return this;
    }

    /** A number that the reader made of a field, with further numbers beside it. */
    public FactRow fact(FactKind kind, String field, String measure, Figure figure, Map<String, Figure> beside) {
        Fact fact = Fact.of(kind, fields.pathOf(field), subject, measure, figure);
        for (Map.Entry<String, Figure> more : beside.entrySet()) {
            fact = fact.with(more.getKey(), more.getValue());
        }
        sheet.add(dressed(fact));
        return this;
    }

    /** Words alone, so that a row that holds no number says what it holds. */
    public FactRow terms(FactKind kind, String measure) {
        sheet.add(dressed(Fact.words(kind, fields.path(), subject, measure)));
        return this;
    }

    /** A level of a book for each element of an array of arrays, price and size at their places. */
    public FactRow levels(String field, String side, int pricePlace, String priceUnit, String sizeUnit) {
        JsonNode levels = fields.node(field);
        sheet.tuples(fields.pathOf(field), levels, level -> {
            Amount price = level.numberOrText(Integer.toString(pricePlace));
            String sizePlace = Integer.toString(pricePlace + 1);
            Fact fact = Fact.of(FactKind.DEPTH, level.path(), subject, side, size(level, sizePlace, sizeUnit))
                    .with("price", Figure.of(price, priceUnit));
            level.unreadRest();
            sheet.add(dressed(pricePlace == 0 ? fact : fact.with("change", level.text("0"))));
        });
        return this;
    }

    /** A level of a book for each element of an array of objects. */
    public FactRow levelObjects(
            String field, String side, String priceField, String priceUnit, String sizeField, String sizeUnit) {
        sheet.each(fields.pathOf(field), fields.node(field), level -> {
            Fact fact = Fact.of(FactKind.DEPTH, level.path(), subject, side, size(level, sizeField, sizeUnit))
                    .with("price", Figure.of(level.numberOrText(priceField), priceUnit));
            sheet.add(dressed(level.absentOr("n", level::whole)
                    .map(orders -> fact.with("orders", Long.toString(orders)))
                    .orElse(fact)));
        });
        return this;
    }

    private static Figure size(PayloadFields level, String field, String unit) {
        Amount size = level.numberOrText(field);
        if (size.signum() < 0) {
            throw level.refusal(field, "must be >= 0");
        }
        return Figure.of(size, unit);
    }

    private Fact dressed(Fact fact) {
        Fact said = fact;
        if (!words.isEmpty()) {
            said = fact.words().isEmpty() ? fact.saying(words) : fact.saying(joined(fact.words(), words));
        }
        return horizon.map(said::at).orElse(said);
    }

    private static SequencedMap<String, String> joined(Map<String, String> first, Map<String, String> more) {
        SequencedMap<String, String> all = new LinkedHashMap<>(first);
        all.putAll(more);
        return all;
    }
}
