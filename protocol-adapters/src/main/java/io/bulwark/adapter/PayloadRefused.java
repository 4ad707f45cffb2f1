package io.bulwark.adapter;

import java.io.Serial;
import java.util.Optional;

/**
 * A venue's answer that the house does not understand or does not believe. The answer goes into quarantine; the venue's last accepted snapshot
 * stands; other venues go on.
 */
public final class PayloadRefused extends RuntimeException {
    @Serial
    private static final long serialVersionUID = 1L;

    private static final int SHOWN_MAX = 120;

    private final String venue;
    private final String field;
    private final String value;
    private final String rule;

    @SuppressWarnings("serial") // The answer is for the quarantine of this process.
    private final byte[] answer;

    /**
     * A refusal.
     *
     * @param venue the venue's name
     * @param field the field's path, such as {@code assetPositions[0].position.szi}
     * @param value what it holds, shortened; empty if it is missing
     * @param rule what it must be
     */
    public PayloadRefused(String venue, String field, String value, String rule) {
        this(venue, field, value, rule, new byte[0]);
    }

    private PayloadRefused(String venue, String field, String value, String rule, byte[] answer) {
        super(venue + ": " + field + " " + rule + "; have " + shown(value));
        this.venue = venue;
        this.field = field;
        this.value = shown(value);
        this.rule = rule;
        this.answer = answer;
    }

    /** The same refusal with the answer in which it was found, for the quarantine. */
    public PayloadRefused in(byte[] bytes) {
        PayloadRefused refusal = new PayloadRefused(venue, field, value, rule, bytes.clone());
        refusal.setStackTrace(getStackTrace());
        return refusal;
    }

    /** The same refusal in an answer of this name. */
    public PayloadRefused of(String name) {
        if (name.isEmpty() || field.startsWith(name)) {
            return this;
        }
        String path = field.startsWith("[") || field.isEmpty() ? name + field : name + "." + field;
        PayloadRefused refusal = new PayloadRefused(venue, path, value, rule, answer);
        refusal.setStackTrace(getStackTrace());
        return refusal;
    }

    /** The venue's name. */
    public String venue() {
        return venue;
    }

    /** The field's path. */
    public String field() {
        return field;
    }

    /** What the field holds, shortened. */
    public String value() {
        return value;
    }

    /** What the field must be. */
    public String rule() {
        return rule;
    }

    /** The refused answer, where it never became part of a raw snapshot. */
    public Optional<byte[]> answer() {
        return answer.length == 0 ? Optional.empty() : Optional.of(answer.clone());
    }

    private static String shown(String value) {
        if (value.isEmpty()) {
            return "nothing";
        }
        return value.length() <= SHOWN_MAX ? value : value.substring(0, SHOWN_MAX) + "…";
    }
}
