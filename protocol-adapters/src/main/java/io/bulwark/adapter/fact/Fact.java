package io.bulwark.adapter.fact;

import io.bulwark.clearing.money.Amount;
import io.bulwark.clearing.position.EvidenceGrade;
import io.bulwark.clearing.position.Horizon;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Objects;
import java.util.Optional;
import java.util.SequencedMap;

/**
 * One thing that a payload says.
 *
 * @param kind what it is about
 * @param path where in the payload it stands: {@code result[0].size}
 * @param subject the venue's name of the instrument, asset, account or feed
 * @param measure what is measured of it: {@code size}, {@code mark price}, {@code initial margin}
 * @param figure the number; empty for terms that are words alone
 * @param beside further numbers of the same row, by measure, in a fixed order: entry price, accrued funding
 * @param words what is no number, by name, in a fixed order: account, side, option right, expiry
 * @param horizon the one moment of which the payload speaks; empty where it names none
 * @param grade how well it is evidenced by the payload alone
 */
public record Fact(
        FactKind kind,
        String path,
        String subject,
        String measure,
        Optional<Figure> figure,
        SequencedMap<String, Figure> beside,
        SequencedMap<String, String> words,
        Optional<Horizon> horizon,
        EvidenceGrade grade) {
    private static final SequencedMap<String, Figure> NONE =
            Collections.unmodifiableSequencedMap(new LinkedHashMap<>());
    private static final SequencedMap<String, String> NO_WORDS =
            Collections.unmodifiableSequencedMap(new LinkedHashMap<>());

    /** Copies the maps, keeping their order. */
    public Fact {
        Objects.requireNonNull(kind, "kind");
        Objects.requireNonNull(figure, "figure");
        beside = copy(beside);
        words = copy(words);
        if (kind == FactKind.COLLATERAL || kind == FactKind.DEBT) {
            figure.filter(held -> held.value().signum() < 0).ifPresent(held -> {
                throw new IllegalArgumentException(kind + " of " + subject + " must be >= 0; have " + held.value());
            });
        }
    }

    /** A fact of one number, to which more may be added. */
    public static Fact of(FactKind kind, String path, String subject, String measure, Figure figure) {
        return words(kind, path, subject, measure).withFigure(figure);
    }

    /** A fact of words, to which more may be added. */
    public static Fact words(FactKind kind, String path, String subject, String measure) {
        return new Fact(
                kind,
                path,
                subject,
                measure,
                Optional.empty(),
                NONE,
                NO_WORDS,
                Optional.empty(),
                EvidenceGrade.UNSIGNED);
    }

    /** The same with a further number. */
    public Fact with(String name, Figure more) {
        SequencedMap<String, Figure> longer = new LinkedHashMap<>(beside);
        longer.put(name, more);
        return new Fact(kind, path, subject, measure, figure, longer, words, horizon, grade);
    }

    /** The same with a further word. */
    public Fact with(String name, String word) {
        SequencedMap<String, String> longer = new LinkedHashMap<>(words);
        longer.put(name, word);
        return new Fact(kind, path, subject, measure, figure, beside, longer, horizon, grade);
    }

    /** The same with these words alone. */
    Fact saying(SequencedMap<String, String> all) {
        return new Fact(kind, path, subject, measure, figure, beside, all, horizon, grade);
    }

    /** The number; below zero of what is owed. */
    public Amount signed() {
        Amount value = figure.map(Figure::value)
                .orElseThrow(() -> new IllegalStateException(measure + " of " + subject + " must hold a number"));
        return kind == FactKind.DEBT ? value.negate() : value;
    }

    /** A number beside it, by its measure. */
    public Optional<Amount> besides(String name) {
        return Optional.ofNullable(beside.get(name)).map(Figure::value);
    }

    /** The same at a horizon. */
    public Fact at(Horizon moment) {
        return new Fact(kind, path, subject, measure, figure, beside, words, Optional.of(moment), grade);
    }

    /** The same at the venue's time, UTC epoch milliseconds. */
    public Fact at(long timeMillis) {
        return at(new Horizon.VenueTime(timeMillis));
    }

    private Fact withFigure(Figure value) {
        return new Fact(kind, path, subject, measure, Optional.of(value), beside, words, horizon, grade);
    }

    private static <T> SequencedMap<String, T> copy(SequencedMap<String, T> map) {
        return map.isEmpty()
                ? Collections.unmodifiableSequencedMap(new LinkedHashMap<>(0))
                : Collections.unmodifiableSequencedMap(new LinkedHashMap<>(map));
    }
}
