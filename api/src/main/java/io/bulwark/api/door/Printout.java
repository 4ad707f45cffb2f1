package io.bulwark.api.door;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import java.io.PrintWriter;

/** Answers as the JSON that the API gives. */
public final class Printout {
    private static final JsonInclude.Value WITHOUT_ABSENT =
            JsonInclude.Value.construct(JsonInclude.Include.NON_ABSENT, JsonInclude.Include.NON_ABSENT);
    private static final ObjectMapper JSON = JsonMapper.builder()
            .addModule(new Jdk8Module())
            .defaultPropertyInclusion(WITHOUT_ABSENT)
            .build();

    private final PrintWriter out;

    /** Prints there. */
    public Printout(PrintWriter out) {
        this.out = out;
    }

    /** One JSON object. */
    public void json(Object answer) {
        try {
            out.println(JSON.writerWithDefaultPrettyPrinter().writeValueAsString(answer));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("answer must have a JSON form", e);
        }
    }
}
