package io.bulwark.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.joran.JoranConfigurator;
import ch.qos.logback.classic.util.LogbackMDCAdapter;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** One line an event in either form. */
class LogsTest {
    @Test
    void shouldBeOneObjectALineWhereTheyAreJson() throws Exception {
        String said = logged("json");
        assertEquals(1, said.lines().count(), said);
        JsonNode line = new ObjectMapper().readTree(said);
        assertEquals("WARN", line.get("level").textValue());
        assertEquals("io.bulwark.venue", line.get("loggerName").textValue());
        assertEquals("aave said \"no\"\nand went", line.get("formattedMessage").textValue());
        assertTrue(line.get("timestamp").isIntegralNumber(), said);
    }

    @Test
    void shouldBeTextOtherwise() throws Exception {
        assertTrue(logged("text").contains(" WARN  io.bulwark.venue aave said \"no\""));
    }

    private static String logged(String form) throws Exception {
        PrintStream before = System.err;
        ByteArrayOutputStream said = new ByteArrayOutputStream();
        System.setErr(new PrintStream(said, true, StandardCharsets.UTF_8));
        LoggerContext context = new LoggerContext();
        try {
            context.setMDCAdapter(new LogbackMDCAdapter());
            context.putProperty("BULWARK_LOGS", form);
            JoranConfigurator reading = new JoranConfigurator();
            reading.setContext(context);
            reading.doConfigure(Bulwark.class.getResource("/logback.xml"));
            context.getLogger("io.bulwark.venue").warn("{} said \"no\"\nand went", "aave");
        } finally {
            context.stop();
            System.setErr(before);
        }
        return said.toString(StandardCharsets.UTF_8);
    }
}
