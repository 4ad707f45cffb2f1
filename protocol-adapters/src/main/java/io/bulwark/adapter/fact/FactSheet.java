package io.bulwark.adapter.fact;

import com.fasterxml.jackson.databind.JsonNode;
import io.bulwark.adapter.PayloadFields;
import io.bulwark.adapter.PayloadRefused;
import io.bulwark.clearing.position.Horizon;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/** What was read of one payload, and what was refused of it. Used by one thread. */
public final class FactSheet {
    private final List<Fact> facts = new ArrayList<>();
    private final List<PayloadRefused> refused = new ArrayList<>();
    private final String venue;
    private Optional<Horizon> horizon = Optional.empty();

    /** An empty sheet of a venue. */
    public FactSheet(String venue) {
        this.venue = venue;
    }

    /** The moment of every fact that follows and names none of its own. */
    public void at(Horizon moment) {
        horizon = Optional.of(moment);
    }

    /** The venue's time of every fact that follows and names none of its own, UTC epoch milliseconds. */
    public void at(long timeMillis) {
        at(new Horizon.VenueTime(timeMillis));
    }

    /** The height of every fact that follows and names no moment of its own, at the time that is known by then, 0 if none is. */
    public void atHeight(long height) {
        at(new Horizon.Sequence(height, horizon.map(Horizon::timeMillis).orElse(0L)));
    }

    /** Notes a fact. */
    public void add(Fact fact) {
        facts.add(fact.horizon().isPresent() || horizon.isEmpty() ? fact : fact.at(horizon.get()));
    }

    /** Notes facts. */
    public void add(List<Fact> several) {
        several.forEach(this::add);
    }

    /**
     * Reads one row: all of its facts, or none and its refusal.
     *
     * <p>A row that breaks a rule only when it is said in the house's words (a negative holding, a value out of range) is refused too.
     */
    public void row(Runnable reading) {
        int before = facts.size();
        try {
            reading.run();
        } catch (PayloadRefused e) {
            facts.subList(before, facts.size()).clear();
            refused.add(e);
        } catch (IllegalArgumentException | ArithmeticException e) {
            facts.subList(before, facts.size()).clear();
            refused.add(new PayloadRefused(
                    venue,
                    "row",
                    Objects.requireNonNullElse(e.getMessage(), ""),
                    "must be sayable in the house's words"));
        }
    }

    /** Reads each object of an array as a row of its own. */
    public void each(String path, JsonNode array, Consumer<PayloadFields> reading) {
        rows(
                path,
                array,
                (at, element) -> closed(PayloadFields.of(venue, at, element).recorded(), reading));
    }

    /** Reads each array of an array, such as a level of a book or a candle, as a row of its own, by its places {@code "0"}, {@code "1"} … */
    public void tuples(String path, JsonNode array, Consumer<PayloadFields> reading) {
        rows(
                path,
                array,
                (at, element) -> closed(
                        PayloadFields.tuple(venue, at, element, element.size()).recorded(), reading));
    }

    /** Reads an object as one row. */
    public void one(String path, JsonNode object, Consumer<PayloadFields> reading) {
        row(() -> closed(PayloadFields.of(venue, path, object).recorded(), reading));
    }

    /** Reads each member of an object whose keys are data as a row of its own. */
    public void members(String path, JsonNode object, Consumer<PayloadFields> reading) {
        PayloadFields members = PayloadFields.of(venue, path, object).recorded();
        for (String name : members.names()) {
            row(() -> closed(members.fields(name), reading));
        }
    }

    /** Reads each element of an array, of whatever type, as a row of its own, by its path. */
    public void rows(String path, JsonNode array, BiConsumer<String, JsonNode> reading) {
        if (!array.isArray()) {
            throw new PayloadRefused(venue, path, array.toString(), "must be an array");
        }
        for (int i = 0; i < array.size(); i++) {
            String at = path + "[" + i + "]";
            JsonNode element = array.get(i);
            row(() -> reading.accept(at, element));
        }
    }

    private static void closed(PayloadFields fields, Consumer<PayloadFields> reading) {
        reading.accept(fields);
        fields.end();
    }

    /** How many facts there are so far. */
    public int size() {
        return facts.size();
    }

    /** The facts, in the payload's order. */
    public List<Fact> facts() {
        return List.copyOf(facts);
    }

    /** The refusals, in the payload's order. */
    public List<PayloadRefused> refused() {
        return List.copyOf(refused);
    }
}
