package io.bulwark.conformance;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.bulwark.clearing.document.BadInput;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** Reading of reference files: UTF-8, integers and decimals exact, no field twice, nothing after the document. */
public final class JsonDocument {
    static final JsonMapper MAPPER = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();

    private JsonDocument() {}

    /**
     * The one document of a file.
     *
     * @throws BadInput if the file cannot be read or holds anything else
     */
    public static JsonNode read(Path file) {
        try {
            JsonNode document = MAPPER.readTree(text(file));
            if (document.isMissingNode()) {
                throw new BadInput(file.toString(), "an empty file", "must hold one JSON document");
            }
            return document;
        } catch (JsonProcessingException e) {
            String reason = e.getOriginalMessage().lines().findFirst().orElse("not well formed");
            String place =
                    e.getLocation() == null ? "" : "line " + e.getLocation().getLineNr();
            throw new BadInput(file.toString(), place, "must hold one JSON document: " + reason);
        }
    }

    /**
     * The text of a file.
     *
     * @throws BadInput if it cannot be read or is not UTF-8
     */
    public static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (NoSuchFileException e) {
            throw new BadInput(file.toString(), "", "there is no such file");
        } catch (CharacterCodingException e) {
            throw new BadInput(file.toString(), "", "must be UTF-8 text");
        } catch (IOException e) {
            throw new BadInput(file.toString(), "", "cannot be read: " + e.getMessage());
        }
    }
}
