package io.bulwark.adapter.fact;

import com.fasterxml.jackson.databind.JsonNode;
import io.bulwark.adapter.PayloadFields;
import io.bulwark.adapter.PayloadRefused;
import io.bulwark.clearing.money.Amount;
import io.bulwark.clearing.position.Horizon;
import io.bulwark.clearing.position.VenueStanding;
import io.bulwark.clearing.position.VenueStanding.Count;
import io.bulwark.clearing.position.VenueStanding.LiquidationPrice;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/** What was read of one payload, and what was refused of it. Used by one thread. */
public final class FactSheet {
    private final List<Fact> facts = new ArrayList<>();
    private final List<PayloadRefused> refused = new ArrayList<>();
    private final Map<List<String>, List<Fact>> told = new HashMap<>();
    private final Map<String, String> notes = new HashMap<>();
    private final String venue;
    private final String answer;
    private final boolean recorded;
    private Optional<Horizon> horizon = Optional.empty();

    /** An empty sheet of a payload as somebody's recording keeps it. */
    public FactSheet(String venue) {
        this(venue, "", true);
    }

    private FactSheet(String venue, String answer, boolean recorded) {
        this.venue = venue;
        this.answer = answer;
        this.recorded = recorded;
    }

    /**
     * An empty sheet of what a venue sends to the house itself, which is held to the venue's own form.
     *
     * @param answer names the answer in refusals
     */
    public static FactSheet sent(String venue, String answer) {
        return new FactSheet(venue, answer, false);
    }

    /**
     * This sheet, nothing of which was refused.
     *
     * @throws PayloadRefused the first refusal
     */
    public FactSheet whole() {
        refused.stream().findFirst().ifPresent(first -> {
            throw first.of(answer);
        });
        return this;
    }

    /** The facts of one kind, in the payload's order. */
    public List<Fact> all(FactKind kind) {
        return facts.stream().filter(fact -> fact.kind() == kind).toList();
    }

    /** The facts of one measure, in the payload's order. */
    public List<Fact> all(String measure) {
        return told(List.of(measure));
    }

    /**
     * The one fact of a measure.
     *
     * @throws PayloadRefused if it is not told, or twice
     */
    public Fact one(String measure) {
        return one(measure, all(measure));
    }

    /**
     * The one fact of a measure about a subject.
     *
     * @throws PayloadRefused if it is not told, or twice
     */
    public Fact one(String subject, String measure) {
        return one(subject + " " + measure, told(List.of(measure, subject)));
    }

    private List<Fact> told(List<String> of) {
        if (told.isEmpty()) {
            for (Fact fact : facts) {
                told.computeIfAbsent(List.of(fact.measure()), ignored -> new ArrayList<>())
                        .add(fact);
                told.computeIfAbsent(List.of(fact.measure(), fact.subject()), ignored -> new ArrayList<>())
                        .add(fact);
            }
        }
        return told.getOrDefault(of, List.of());
    }

    private Fact one(String what, List<Fact> found) {
        if (found.size() != 1) {
            throw new PayloadRefused(
                            venue,
                            what,
                            found.isEmpty() ? "" : found.size() + " times",
                            found.isEmpty() ? "is missing (absent is not zero)" : "must be told once")
                    .of(answer);
        }
        return found.getFirst();
    }

    /** What the row of a fact says of another measure; none where it says nothing of it. */
    public Optional<Fact> sameRow(Fact fact, String measure) {
        return told(List.of(measure, fact.subject())).stream()
                .filter(other -> row(other).equals(row(fact)))
                .findFirst();
    }

    /**
     * What the row of a fact says of another measure.
     *
     * @throws PayloadRefused if it says nothing of it
     */
    public Fact inRow(Fact fact, String measure) {
        return sameRow(fact, measure)
                .orElseThrow(() ->
                        new PayloadRefused(venue, row(fact) + " " + measure, "", "is missing (absent is not zero)"));
    }

    /**
     * What a venue counts by two of its facts; not told where one of them is absent.
     *
     * @param asset in which it counts them
     * @param equity the fact of its equity
     * @param requirement the fact of what it requires
     * @param fields how the venue names both, equity first
     * @throws PayloadRefused if it requires less than nothing
     */
    public Count count(String asset, Optional<Fact> equity, Optional<Fact> requirement, List<String> fields) {
        if (equity.isEmpty() || requirement.isEmpty()) {
            return new VenueStanding.NotTold(equity.isEmpty() ? fields.getFirst() : fields.getLast());
        }
        Amount required = requirement.get().signed();
        if (required.signum() < 0) {
            throw new PayloadRefused(venue, requirement.get().path(), required.toString(), "must be >= 0");
        }
        return new VenueStanding.Told(asset, equity.get().signed(), required);
    }

    /**
     * The liquidation price that a venue tells of a leg; none where it says 0, by which venues mean that there is none.
     *
     * @param symbol the venue's name of the instrument
     * @param size signed, in the underlying
     * @param worth what the leg is worth at the venue's own mark, without its sign
     * @param price as the venue tells it; empty where it does not
     * @throws PayloadRefused if the price is below 0
     */
    public Optional<LiquidationPrice> limit(String symbol, Amount size, Amount worth, Optional<Fact> price) {
        if (price.isEmpty() || price.get().signed().signum() == 0 || worth.signum() == 0 || size.signum() == 0) {
            return Optional.empty();
        }
        Amount told = price.get().signed();
        if (told.signum() < 0) {
            throw new PayloadRefused(venue, price.get().path(), told.toString(), "must be >= 0");
        }
        Amount signed = size.signum() < 0 ? worth.abs().negate() : worth.abs();
        return Optional.of(new LiquidationPrice(symbol, size, signed, told));
    }

    /**
     * At which prices a venue says that it closes positions, of contracts whose gain is linear in USD: an inverse one
     * moves the worth of its
     * collateral too. What a position is worth is its size at the mark.
     */
    public List<LiquidationPrice> linearLimits() {
        return all(FactKind.POSITION).stream()
                .flatMap(position -> limit(
                        position.subject(),
                        position.signed(),
                        position.signed().times(inRow(position, "mark price").signed()),
                        sameRow(position, "liquidation price"))
                        .stream())
                .toList();
    }

    /** The one fact of a measure; none where it is not told, or of several subjects. */
    public Optional<Fact> alone(String measure) {
        List<Fact> found = all(measure);
        return found.size() == 1 ? Optional.of(found.getFirst()) : Optional.empty();
    }

    private static String row(Fact fact) {
        return fact.path().substring(0, Math.max(0, fact.path().lastIndexOf('.')));
    }

    /** Keeps what stands beside the rows and is no fact, such as the mark of the next page; a name is told once. */
    public void note(String name, String value) {
        if (notes.put(name, value) != null) {
            throw new PayloadRefused(venue, name, value, "must be told once");
        }
    }

    /** What was noted under a name. */
    public Optional<String> noted(String name) {
        return Optional.ofNullable(notes.get(name));
    }

    /** Whether it is of a payload as a recording keeps it; else it is of what a venue sends to the house itself. */
    public boolean isRecorded() {
        return recorded;
    }

    /**
     * The moment that the answer itself names, epoch milliseconds.
     *
     * @throws PayloadRefused if it names none
     */
    public long time() {
        return horizon.orElseThrow(() -> new PayloadRefused(venue, "time", "", "is missing (absent is not zero)"))
                .timeMillis();
    }

    /**
     * The time of a fact, epoch milliseconds.
     *
     * @throws PayloadRefused if the payload names none
     */
    public long time(Fact fact) {
        return fact.horizon()
                .orElseThrow(() -> new PayloadRefused(venue, "time", "", "is missing (absent is not zero)"))
                .timeMillis();
    }

    /** The moment of every fact that follows and names none of its own. */
    public void at(Horizon moment) {
        horizon = Optional.of(moment);
    }

    /** The venue's time of every fact that follows and names none of its own, UTC epoch milliseconds. */
    public void at(long timeMillis) {
        at(new Horizon.VenueTime(timeMillis));
    }

    /** The venue's clock, of an answer that is nothing but a whole number of epoch milliseconds. */
    public void clock(JsonNode answer) {
        if (!answer.isIntegralNumber() || !answer.canConvertToLong() || answer.longValue() <= 0) {
            throw new PayloadRefused(venue, "result", answer.toString(), "must be a time in milliseconds since 1970");
        }
        at(answer.longValue());
        Figure time = Figure.of(Amount.of(answer.longValue()), "ms since 1970 UTC");
        add(Fact.of(FactKind.CLOCK, "", "venue", "time", time));
    }

    /** The height of every fact that follows and names no moment of its own, at the time that is known by then, 0 if none is. */
    public void atHeight(long height) {
        at(new Horizon.Sequence(height, horizon.map(Horizon::timeMillis).orElse(0L)));
    }

    /** Notes a fact. */
    public void add(Fact fact) {
        facts.add(fact.horizon().isPresent() || horizon.isEmpty() ? fact : fact.at(horizon.get()));
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
        rows(path, array, (at, element) -> closed(PayloadFields.of(venue, at, element), reading));
    }

    /**
     * Reads each array of an array, such as a level of a book or a candle, as a row of its own, by its places {@code "0"}, {@code "1"} …
     */
    public void tuples(String path, JsonNode array, Consumer<PayloadFields> reading) {
        rows(path, array, (at, element) -> closed(PayloadFields.tuple(venue, at, element, element.size()), reading));
    }

    /** Reads an object as one row. */
    public void one(String path, JsonNode object, Consumer<PayloadFields> reading) {
        row(() -> closed(PayloadFields.of(venue, path, object), reading));
    }

    /** Reads each member of an object whose keys are data as a row of its own. */
    public void members(String path, JsonNode object, Consumer<PayloadFields> reading) {
        PayloadFields members = formed(PayloadFields.of(venue, path, object));
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

    /** The fields of an object; the caller closes them. */
    public PayloadFields fields(String path, JsonNode object) {
        return formed(PayloadFields.of(venue, path, object));
    }

    /** An array of fixed length by its places; the caller closes it. */
    public PayloadFields tuple(String path, JsonNode array, int length) {
        return formed(PayloadFields.tuple(venue, path, array, length));
    }

    private PayloadFields formed(PayloadFields fields) {
        return recorded ? fields.recorded() : fields;
    }

    private void closed(PayloadFields fields, Consumer<PayloadFields> reading) {
        PayloadFields formed = formed(fields);
        reading.accept(formed);
        formed.end();
    }

    /** Says more of the last fact. */
    void amend(UnaryOperator<Fact> more) {
        facts.add(more.apply(facts.removeLast()));
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
