package io.bulwark.adapter.feed;

import com.fasterxml.jackson.databind.JsonNode;
import io.bulwark.clearing.document.BadInput;
import io.bulwark.clearing.money.Amount;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** An object of a file under strict reading: each refusal names the field by its path. */
final class FeedFields {
    private static final String DECIMAL = "-?(0|[1-9][0-9]*)(\\.[0-9]{1,64})?";
    private static final int DECIMAL_LENGTH_MAX = 160;
    private static final int TEXT_LENGTH_MAX = 200;
    private static final int ELEMENTS_MAX = 100_000;
    private static final int SHOWN_MAX = 80;

    private final JsonNode object;
    private final String path;
    private final Set<String> asked = new HashSet<>();

    FeedFields(JsonNode object, String path) {
        this.object = object;
        this.path = path;
        if (!object.isObject()) {
            throw new BadInput(path.isEmpty() ? "file" : path, shown(object), "must be an object");
        }
    }

    boolean has(String name) {
        asked.add(name);
        return object.has(name);
    }

    private JsonNode required(String name) {
        asked.add(name);
        JsonNode node = object.get(name);
        if (node == null) {
            throw new BadInput(at(name), "nothing", "must be there");
        }
        return node;
    }

    long whole(String name, long most) {
        JsonNode node = required(name);
        if (!node.isIntegralNumber() || !node.canConvertToLong() || node.longValue() < 0 || node.longValue() > most) {
            throw refuse(name, "must be a whole number from 0 to " + most);
        }
        return node.longValue();
    }

    int number(String name) {
        return (int) whole(name, Integer.MAX_VALUE);
    }

    String text(String name) {
        JsonNode node = required(name);
        if (!node.isTextual() || node.textValue().isBlank()) {
            throw refuse(name, "must be a text that is not empty");
        }
        if (node.textValue().length() > TEXT_LENGTH_MAX) {
            throw refuse(name, "must have at most " + TEXT_LENGTH_MAX + " characters");
        }
        if (node.textValue().chars().anyMatch(Character::isISOControl)
                || !StandardCharsets.UTF_8.newEncoder().canEncode(node.textValue())) {
            throw refuse(name, "must be text without control characters and half pairs");
        }
        return node.textValue();
    }

    String matching(String name, String form) {
        String text = text(name);
        if (!text.matches(form)) {
            throw refuse(name, "must match " + form);
        }
        return text;
    }

    Amount amount(String name) {
        String text = matching(name, DECIMAL);
        if (text.length() > DECIMAL_LENGTH_MAX) {
            throw refuse(name, "must have at most " + DECIMAL_LENGTH_MAX + " characters");
        }
        return Amount.of(text);
    }

    Amount unsigned(String name) {
        if (text(name).startsWith("-")) {
            throw refuse(name, "must not be below zero");
        }
        return amount(name);
    }

    Amount positive(String name) {
        Amount amount = amount(name);
        if (amount.signum() <= 0) {
            throw refuse(name, "must be above zero");
        }
        return amount;
    }

    <T extends Enum<T>> T named(String name, List<T> values) {
        String text = text(name);
        return values.stream()
                .filter(value -> value.name().equals(text))
                .findFirst()
                .orElseThrow(() -> refuse(name, "must be one of " + values));
    }

    FeedFields member(String name) {
        return new FeedFields(required(name), at(name));
    }

    List<FeedFields> elements(String name) {
        JsonNode array = required(name);
        if (!array.isArray()) {
            throw refuse(name, "must be an array");
        }
        if (array.size() > ELEMENTS_MAX) {
            throw new BadInput(at(name), array.size() + " elements", "must have at most " + ELEMENTS_MAX);
        }
        List<FeedFields> elements = new ArrayList<>();
        for (JsonNode element : array) {
            elements.add(new FeedFields(element, at(name) + "[" + elements.size() + "]"));
        }
        return elements;
    }

    void nothingElse() {
        object.fieldNames().forEachRemaining(name -> {
            if (!asked.contains(name)) {
                throw refuse(name, "must not be there: no such field");
            }
        });
    }

    BadInput refuse(String name, String rule) {
        return new BadInput(at(name), shown(object.path(name)), rule);
    }

    private String at(String name) {
        return path.isEmpty() ? name : path + "." + name;
    }

    /** A value in one line. */
    private static String shown(JsonNode node) {
        String whole = node.isMissingNode() ? "nothing" : node.toString();
        return whole.length() <= SHOWN_MAX ? whole : whole.substring(0, SHOWN_MAX) + "…";
    }
}
