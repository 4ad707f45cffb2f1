package io.bulwark.clearing.document;

import java.nio.charset.StandardCharsets;
import java.text.Normalizer;

/**
 * Why something was not taken: which field, what stood there, which rule it breaks.
 *
 * @param field where; made storable, see below
 * @param value what stands there, cut after {@value #VALUE_MAX} characters
 * @param rule what should stand there
 */
public record Refusal(String field, String value, String rule) {
    /** Longest value that is kept beside the whole payload. */
    public static final int VALUE_MAX = 200;

    /** Makes the texts storable: they may quote a payload that holds anything, so NUL and lone surrogates become the replacement character, and the form C. */
    public Refusal {
        field = storable(field);
        value = storable(value);
        rule = storable(rule);
    }

    private static String storable(String text) {
        String shortened = text.length() <= VALUE_MAX ? text : text.substring(0, VALUE_MAX) + "…";
        byte[] utf8 = shortened.replace('\u0000', '\ufffd').getBytes(StandardCharsets.UTF_8);
        return Normalizer.normalize(new String(utf8, StandardCharsets.UTF_8), Normalizer.Form.NFC);
    }

    @Override
    public String toString() {
        return field + " " + rule + "; have " + value;
    }
}
