package io.bulwark.journey;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion.VersionFlag;
import io.bulwark.api.demo.Demonstration;
import io.bulwark.clearing.document.BadInput;
import io.bulwark.clearing.instrument.Instrument;
import io.bulwark.clearing.instrument.Instrument.Exercise;
import io.bulwark.clearing.instrument.ListedInstrument;
import io.bulwark.house.founding.FoundingFile;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The published schema and the program agree on what a founding file is. */
class RiskLanguageTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    @Test
    void shouldAcceptTheDemonstrationByTheSchemaAndByTheProgram() throws IOException {
        assertEquals(Set.of(), schema().validate(demonstration()));
        assertEquals(
                7, FoundingFile.read(Demonstration.foundingFile()).accounts().size());
    }

    @Test
    void shouldRefuseWhatTheSchemaRefuses() throws IOException {
        ObjectNode unknown = demonstration();
        ((ObjectNode) unknown.get("assets").get(0)).put("colour", "blue");
        ObjectNode negative = demonstration();
        ((ObjectNode) negative.get("instruments").get(0)).put("lot", "-1");
        ObjectNode missing = demonstration();
        missing.remove("groups");
        for (JsonNode broken : new JsonNode[] {unknown, missing}) {
            assertFalse(schema().validate(broken).isEmpty());
            refused(broken);
        }
        assertTrue(refused(negative).rule().contains("must be > 0"));
    }

    @Test
    void shouldLetAnOptionSayWhenItMayBeExercised() throws IOException {
        assertEquals(Exercise.EUROPEAN, exercise(demonstration()));
        ObjectNode early = demonstration();
        firstOption(early).put("exercise", "AMERICAN");
        assertEquals(Set.of(), schema().validate(early));
        assertEquals(Exercise.AMERICAN, exercise(early));
        ObjectNode unknown = demonstration();
        firstOption(unknown).put("exercise", "BERMUDAN");
        assertFalse(schema().validate(unknown).isEmpty());
        assertTrue(refused(unknown).field().endsWith("contract.exercise"));
    }

    @Test
    void shouldLetAVenueSayWhatStandsBehindItsConnection() throws IOException {
        for (String mode : new String[] {"advisory", "pledged", "custodied"}) {
            ObjectNode said = demonstration();
            ((ObjectNode) said.get("venues").get(0)).put("mode", mode);
            assertEquals(Set.of(), schema().validate(said));
            FoundingFile read = FoundingFile.read(said.toString().getBytes(StandardCharsets.UTF_8));
            assertEquals(mode, read.venues().getFirst().mode().label());
        }
        ObjectNode unknown = demonstration();
        ((ObjectNode) unknown.get("venues").get(0)).put("mode", "owned");
        assertFalse(schema().validate(unknown).isEmpty());
        assertTrue(refused(unknown).field().endsWith("mode"));
    }

    private static Exercise exercise(ObjectNode file) {
        return FoundingFile.read(file.toString().getBytes(StandardCharsets.UTF_8)).instruments().stream()
                .map(ListedInstrument::contract)
                .filter(Instrument.Option.class::isInstance)
                .map(Instrument.Option.class::cast)
                .findFirst()
                .orElseThrow()
                .exercise();
    }

    private static ObjectNode firstOption(ObjectNode file) {
        return (ObjectNode) file.get("instruments")
                .valueStream()
                .map(instrument -> instrument.get("contract"))
                .filter(contract -> contract.get("kind").asText().equals("option"))
                .findFirst()
                .orElseThrow();
    }

    private static BadInput refused(JsonNode file) {
        BadInput refusal = assertThrows(
                BadInput.class, () -> FoundingFile.read(file.toString().getBytes(StandardCharsets.UTF_8)));
        assertFalse(refusal.field().isBlank());
        assertFalse(refusal.rule().isBlank());
        return refusal;
    }

    private static ObjectNode demonstration() throws IOException {
        return (ObjectNode) JSON.readTree(Demonstration.foundingFile());
    }

    private static JsonSchema schema() throws IOException {
        try (InputStream text = RiskLanguageTest.class.getResourceAsStream("/schema/risk-language-1.schema.json")) {
            return JsonSchemaFactory.getInstance(VersionFlag.V202012).getSchema(Objects.requireNonNull(text));
        }
    }
}
