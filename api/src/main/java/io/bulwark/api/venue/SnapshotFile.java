package io.bulwark.api.venue;

import com.fasterxml.jackson.databind.JsonNode;
import io.bulwark.clearing.account.VenueAccount;
import io.bulwark.clearing.document.BadInput;
import io.bulwark.clearing.document.Digest;
import io.bulwark.clearing.money.Amount;
import io.bulwark.clearing.position.EvidenceGrade;
import io.bulwark.clearing.position.Holding;
import io.bulwark.clearing.position.Horizon;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What a venue account holds at one horizon, as a file of the risk language.
 *
 * @param account whose
 * @param horizon when
 * @param grade how well it is evidenced
 * @param holdings what it holds and owes
 */
record SnapshotFile(VenueAccount account, Horizon horizon, EvidenceGrade grade, List<Holding> holdings) {
    private static final String DECIMAL = "-?(0|[1-9][0-9]*)(\\.[0-9]{1,64})?";
    private static final int DECIMAL_LENGTH_MAX = 160;

    public SnapshotFile {
        holdings = List.copyOf(holdings);
    }

    /**
     * Reads it.
     *
     * @throws BadInput naming field, value and rule
     */
    static SnapshotFile read(JsonNode tree) {
        Members file = new Members(tree, "");
        VenueAccount account = new VenueAccount((int) file.whole("venue", Integer.MAX_VALUE), file.text("account"));
        Horizon horizon = horizon(file.member("horizon"));
        EvidenceGrade grade = file.named("grade", EvidenceGrade.values());
        List<Holding> holdings = new ArrayList<>();
        for (Members holding : file.elements("holdings")) {
            holdings.add(holding(holding));
        }
        file.nothingElse();
        return new SnapshotFile(account, horizon, grade, holdings);
    }

    private static Horizon horizon(Members fields) {
        String kind = fields.text("kind");
        long time = fields.whole("timeMillis", Long.MAX_VALUE);
        Horizon horizon = switch (kind) {
            case "block" ->
                new Horizon.Block(
                        fields.whole("chainId", Long.MAX_VALUE),
                        fields.whole("number", Long.MAX_VALUE),
                        Digest.parse(fields.matching("hash", "[0-9a-f]{64}")),
                        fields.named("finality", Horizon.Finality.values()),
                        time);
            case "sequence" -> new Horizon.Sequence(fields.whole("number", Long.MAX_VALUE), time);
            case "venueTime" -> new Horizon.VenueTime(time);
            default -> throw fields.refuse("kind", "must be block, sequence or venueTime");
        };
        fields.nothingElse();
        return horizon;
    }

    private static Holding holding(Members fields) {
        String kind = fields.text("kind");
        Holding holding = switch (kind) {
            case "derivative" ->
                new Holding.Derivative(
                        (int) fields.whole("instrument", Integer.MAX_VALUE),
                        fields.amount("quantity"),
                        fields.has("settledPrice") ? Optional.of(fields.amount("settledPrice")) : Optional.empty(),
                        fields.amount("accruedFunding"));
            case "collateral" ->
                new Holding.Collateral((int) fields.whole("asset", Integer.MAX_VALUE), fields.unsigned("quantity"));
            case "debt" ->
                new Holding.Debt((int) fields.whole("asset", Integer.MAX_VALUE), fields.unsigned("quantity"));
            case "cash" -> new Holding.Cash(fields.amount("quantity"));
            default -> throw fields.refuse("kind", "must be derivative, collateral, debt or cash");
        };
        fields.nothingElse();
        return holding;
    }

    /** An object's members under strict reading. */
    private static final class Members {
        private final JsonNode object;
        private final String path;
        private final Set<String> asked = new HashSet<>();

        Members(JsonNode object, String path) {
            this.object = object;
            this.path = path;
            if (!object.isObject()) {
                throw new BadInput(path, FeedValidation.shown(object), "must be an object");
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
            if (!node.isIntegralNumber()
                    || !node.canConvertToLong()
                    || node.longValue() < 0
                    || node.longValue() > most) {
                throw refuse(name, "must be a whole number from 0 to " + most);
            }
            return node.longValue();
        }

        String text(String name) {
            JsonNode node = required(name);
            if (!node.isTextual() || node.textValue().isBlank()) {
                throw refuse(name, "must be a text that is not empty");
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

        <T extends Enum<T>> T named(String name, T[] values) {
            String text = text(name);
            return Arrays.stream(values)
                    .filter(value -> value.name().equals(text))
                    .findFirst()
                    .orElseThrow(() -> refuse(name, "must be one of " + Arrays.toString(values)));
        }

        Members member(String name) {
            return new Members(required(name), at(name));
        }

        List<Members> elements(String name) {
            JsonNode array = required(name);
            if (!array.isArray()) {
                throw refuse(name, "must be an array");
            }
            List<Members> elements = new ArrayList<>();
            for (JsonNode element : array) {
                elements.add(new Members(element, at(name) + "[" + elements.size() + "]"));
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
            return new BadInput(at(name), FeedValidation.shown(object.path(name)), rule);
        }

        private String at(String name) {
            return path.isEmpty() ? name : path + "." + name;
        }
    }
}
