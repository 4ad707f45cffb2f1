package io.bulwark.conformance;

import com.fasterxml.jackson.databind.JsonNode;
import io.bulwark.clearing.document.BadInput;
import java.util.Map;
import java.util.Optional;

/** Kinds whose result follows from the case's {@code inputs} alone. */
public final class KindTable implements Computation {
    private final Map<String, Rule> rules;

    /** How the cases of one kind are computed; empty if they ask for something within the kind that is not known. */
    @FunctionalInterface
    public interface Rule {
        Optional<? extends JsonNode> compute(CaseFields inputs);

        /** A rule that knows everything within its kind. */
        static Rule of(Whole whole) {
            return inputs -> Optional.of(whole.compute(inputs));
        }
    }

    /** The result of every case of a kind. */
    @FunctionalInterface
    public interface Whole {
        JsonNode compute(CaseFields inputs);
    }

    /**
     * A table of kinds.
     *
     * @param rules by the kind's name
     */
    public KindTable(Map<String, Rule> rules) {
        this.rules = Map.copyOf(rules);
    }

    @Override
    public boolean knows(String kind) {
        return rules.containsKey(kind);
    }

    @Override
    public Optional<JsonNode> compute(ReferenceCase asked) {
        Rule rule = rules.get(asked.kind());
        if (rule == null) {
            return Optional.empty();
        }
        CaseFields inputs = CaseFields.of(asked.where("inputs"), asked.inputs().path("inputs"));
        try {
            return rule.compute(inputs).map(JsonNode.class::cast);
        } catch (IllegalArgumentException | IllegalStateException | ArithmeticException e) {
            throw new BadInput(asked.where("inputs"), "", String.valueOf(e.getMessage()));
        }
    }
}
