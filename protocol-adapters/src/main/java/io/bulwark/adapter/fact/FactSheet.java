package io.bulwark.adapter.fact;

import io.bulwark.adapter.PayloadRefused;
import io.bulwark.clearing.position.Horizon;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

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

    /** The facts, in the payload's order. */
    public List<Fact> facts() {
        return List.copyOf(facts);
    }

    /** The refusals, in the payload's order. */
    public List<PayloadRefused> refused() {
        return List.copyOf(refused);
    }
}
