package io.bulwark.clearing.governance;

import static io.bulwark.clearing.document.CanonicalValue.array;
import static io.bulwark.clearing.document.CanonicalValue.integer;
import static io.bulwark.clearing.document.CanonicalValue.text;

import io.bulwark.clearing.document.CanonicalFields;
import io.bulwark.clearing.document.CanonicalValue;
import io.bulwark.clearing.document.Digest;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The governed numbers of one epoch. A parameter that the set does not name has its initial value, or the one that was in force when an
 * epoch was sealed whose set could not name it.
 *
 * @param version counts the decisions of governance, from 1
 * @param values by parameter name, sorted
 * @param unnamed values of parameters that the set does not name where they are not the initial ones: no part of what is sealed
 */
public record ParameterSet(long version, SortedMap<String, Long> values, SortedMap<String, Long> unnamed) {
    /** Copies the values. */
    public ParameterSet {
        values = Collections.unmodifiableSortedMap(new TreeMap<>(values));
        unnamed = Collections.unmodifiableSortedMap(new TreeMap<>(unnamed));
    }

    /** A set as governance decides it. */
    public ParameterSet(long version, SortedMap<String, Long> values) {
        this(version, values, new TreeMap<>());
    }

    /** The set at founding: every parameter at its initial value. */
    public static ParameterSet founding() {
        return new ParameterSet(1, new TreeMap<>());
    }

    /** The value in force; outside its bounds is an error. */
    public long value(Parameter parameter) {
        long silent = unnamed.getOrDefault(parameter.name(), parameter.initial());
        return parameter.checked(values.getOrDefault(parameter.name(), silent));
    }

    /**
     * This set as it was in force where a parameter that it does not name had another value than it starts with today: what an epoch was
     * sealed with before the parameter was there. The set's canonical form and its digest stay.
     */
    public ParameterSet readWith(Parameter parameter, long value) {
        SortedMap<String, Long> silent = new TreeMap<>(unnamed);
        silent.put(parameter.name(), parameter.checked(value));
        return values.containsKey(parameter.name()) || value(parameter) == value
                ? this
                : new ParameterSet(version, values, silent);
    }

    /** This set with one value changed, under the next version. */
    public ParameterSet with(Parameter parameter, long value) {
        SortedMap<String, Long> changed = new TreeMap<>(values);
        changed.put(parameter.name(), parameter.checked(value));
        return new ParameterSet(version + 1, changed, unnamed);
    }

    /** ["bulwark-parameters", 1, version, [[name, value] …]], names sorted. */
    public CanonicalValue canonical() {
        return array(
                text("bulwark-parameters"),
                integer(1),
                integer(version),
                array(values.entrySet().stream()
                        .map(e -> array(text(e.getKey()), integer(e.getValue())))
                        .toList()));
    }

    /** SHA-256 of the canonical form; in the epoch and in every proof. */
    public Digest digest() {
        return canonical().sha256();
    }

    /**
     * Reads what {@link #canonical} wrote.
     *
     * @throws io.bulwark.clearing.document.CanonicalException if a field is missing, of another type or too many
     */
    public static ParameterSet of(CanonicalValue value) {
        CanonicalFields fields = CanonicalFields.document(value, "bulwark-parameters", 1);
        long version = fields.integer("version", 1, Long.MAX_VALUE);
        SortedMap<String, Long> values = new TreeMap<>();
        fields.list("values", pair -> values.put(pair.text("name"), pair.integer("value")));
        fields.end();
        return new ParameterSet(version, values);
    }
}
