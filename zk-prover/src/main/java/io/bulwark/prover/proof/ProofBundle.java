package io.bulwark.prover.proof;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.bulwark.clearing.document.Digest;
import io.bulwark.prover.binding.FieldElement;
import io.bulwark.prover.witness.PublicInputs;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.HexFormat;

/**
 * Everything that another process needs to check a proof, beside the verifying key that it names.
 *
 * <p>Its file form is one JSON object of exactly these fields in exactly this order: {@code format}, {@code version}, {@code key},
 * {@code proof}, and {@code publicInputs} with {@code seal}, {@code challenge}, {@code scope}, {@code nullifier},
 * {@code statement}; bytes in lower-case hexadecimal. Of which circuit it is, the key's record says, never this file.
 *
 * @param key identity of the key, {@link KeyRecord#identity()}
 * @param proof the proof
 * @param publicInputs what it shows
 */
public record ProofBundle(Digest key, Proof proof, PublicInputs publicInputs) {
    /** Longest file form, characters. */
    public static final int TEXT_MAX = 4096;

    private static final String FORMAT = "bulwark-proof";
    private static final int VERSION = 2;
    private static final JsonFactory JSON = new JsonFactory();

    /** The file form. */
    public String toJson() {
        StringWriter text = new StringWriter();
        try (JsonGenerator json = JSON.createGenerator(text).useDefaultPrettyPrinter()) {
            json.writeStartObject();
            json.writeStringField("format", FORMAT);
            json.writeNumberField("version", VERSION);
            json.writeStringField("key", key.hex());
            json.writeStringField("proof", proof.toString());
            json.writeObjectFieldStart("publicInputs");
            json.writeStringField("seal", publicInputs.seal().hex());
            json.writeStringField("challenge", publicInputs.challenge().hex());
            json.writeStringField("scope", publicInputs.scope().hex());
            json.writeStringField("nullifier", publicInputs.nullifier().hex());
            json.writeStringField("statement", publicInputs.statement().hex());
            json.writeEndObject();
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException("writing to memory", e);
        }
        return text + "\n";
    }

    /**
     * Reads the file form.
     *
     * @throws IllegalArgumentException if the text is anything but one bundle; the message names field and rule
     */
    public static ProofBundle ofJson(String text) {
        if (text.length() > TEXT_MAX) {
            throw new IllegalArgumentException(
                    "proof file must have at most " + TEXT_MAX + " characters; have " + text.length());
        }
        try (JsonParser json = JSON.createParser(text)) {
            return new Reader(json).bundle();
        } catch (IOException e) {
            throw new IllegalArgumentException("proof file must be one JSON object; " + firstLine(e), e);
        }
    }

    private static String firstLine(IOException e) {
        return String.valueOf(e.getMessage()).lines().findFirst().orElse("");
    }

    /** Takes the fields in their order. */
    private record Reader(JsonParser json) {
        ProofBundle bundle() throws IOException {
            token(JsonToken.START_OBJECT, "object");
            constant("format", FORMAT);
            field("version");
            token(JsonToken.VALUE_NUMBER_INT, "version");
            check("version", json.getText().equals(Integer.toString(VERSION)), "must be " + VERSION);
            Digest key = Digest.of(hex("key", Digest.LENGTH));
            Proof proof = Proof.of(hex("proof", Proof.BYTES));
            PublicInputs inputs = publicInputs();
            token(JsonToken.END_OBJECT, "end of the object");
            check("end", json.nextToken() == null, "must follow the object");
            return new ProofBundle(key, proof, inputs);
        }

        private PublicInputs publicInputs() throws IOException {
            field("publicInputs");
            token(JsonToken.START_OBJECT, "publicInputs");
            PublicInputs inputs = new PublicInputs(
                    element("seal"),
                    element("challenge"),
                    element("scope"),
                    element("nullifier"),
                    element("statement"));
            token(JsonToken.END_OBJECT, "end of publicInputs");
            return inputs;
        }

        private void constant(String name, String value) throws IOException {
            check(name, text(name).equals(value), "must be \"" + value + "\"");
        }

        private FieldElement element(String name) throws IOException {
            byte[] bytes = hex(name, FieldElement.BYTES);
            try {
                return FieldElement.ofBytes(bytes);
            } catch (IllegalArgumentException e) {
                throw new IllegalArgumentException("proof file's " + name + ": " + e.getMessage(), e);
            }
        }

        private byte[] hex(String name, int length) throws IOException {
            String text = text(name);
            boolean digits = text.chars().allMatch(c -> (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'));
            check(
                    name,
                    digits && text.length() == 2 * length,
                    "must be " + 2 * length + " lower-case hexadecimal digits");
            return HexFormat.of().parseHex(text);
        }

        private String text(String name) throws IOException {
            field(name);
            token(JsonToken.VALUE_STRING, name);
            return json.getText();
        }

        private void field(String name) throws IOException {
            boolean here = json.nextToken() == JsonToken.FIELD_NAME
                    && json.currentName().equals(name);
            check(name, here, "must come here");
        }

        private void token(JsonToken wanted, String name) throws IOException {
            check(name, json.nextToken() == wanted, "must be here, of type " + wanted);
        }

        private static void check(String name, boolean holds, String rule) {
            if (!holds) {
                throw new IllegalArgumentException("proof file's " + name + " " + rule);
            }
        }
    }
}
