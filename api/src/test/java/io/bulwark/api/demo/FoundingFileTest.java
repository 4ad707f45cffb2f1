package io.bulwark.api.demo;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.bulwark.adapter.ConnectedVenue;
import io.bulwark.adapter.uniswap.UniswapVenue;
import io.bulwark.clearing.document.BadInput;
import io.bulwark.clearing.document.Digest;
import io.bulwark.clearing.epoch.FoundingDocument.KeyRule;
import io.bulwark.clearing.governance.GovernedNumbers;
import io.bulwark.clearing.instrument.ListedVenue;
import io.bulwark.clearing.instrument.ListedVenue.ConnectionMode;
import io.bulwark.house.founding.FoundingFile;
import io.bulwark.house.founding.HistoryReader;
import io.bulwark.netting.forecast.ForecastModel;
import io.bulwark.netting.forecast.SealedForecast;
import io.bulwark.netting.forecast.ShadowRecord.Standing;
import io.bulwark.netting.forecast.VarianceMeasure;
import io.bulwark.netting.volatility.PriceHistory;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.Base64;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Governed numbers and price histories of a founding file, taken or refused by name. */
class FoundingFileTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    @Test
    void shouldRefuseAGovernedNumberThatNoRoomDeclares() {
        assertEquals("parameters.table.phy", refusal("table.phy", 800_000).field());
        assertEquals(
                "parameters.scenario.range.BTCC",
                refusal("scenario.range.BTCC", 160_000).field());
        assertTrue(refusal("table.phi", 1).rule().contains("must be 700000 to 900000"));
        assertDoesNotThrow(() -> require("table.phi", 810_000));
        assertDoesNotThrow(() -> require("scenario.range.BTC", 170_000));
        assertDoesNotThrow(() -> require("vault.keptShare", 700_000));
    }

    @Test
    void shouldReadPoolsOfWhichPositionsCount() throws IOException {
        ObjectNode uniswap = JSON.createObjectNode()
                .put("kind", "uniswap")
                .put("venue", 2)
                .put("chainId", 31_337)
                .put("manager", "0x" + "a".repeat(40))
                .put("proofs", true);
        ObjectNode pool = uniswap.putObject("pools").putObject("0x" + "b".repeat(40));
        pool.put("first", "WETH").put("firstDecimals", 18).put("second", "USDC").put("secondDecimals", 6);
        pool.put("windowSeconds", 1_800)
                .put("apartTicks", 100)
                .put("fallPpm", 600_000)
                .put("risePpm", 900_000);
        ObjectNode file = demonstration();
        ((ArrayNode) file.get("connections")).add(uniswap);
        ConnectedVenue<?> read = read(file).connections().getLast();
        assertEquals(
                600_000,
                ((UniswapVenue.Configuration) read.founding())
                        .pools()
                        .firstEntry()
                        .getValue()
                        .fallPpm());
        pool.put("fallPpm", 1_000_000);
        assertTrue(assertThrows(BadInput.class, () -> read(file)).rule().contains("fallPpm must be 1 to 999999"));
    }

    @Test
    void shouldRefuseTwoConnectionsToOneExchangeThatSayOtherThings() throws IOException {
        ObjectNode file = demonstration();
        ObjectNode again = file.get("venues").get(1).deepCopy();
        again.put("number", 4).put("name", "deribit-again").put("mode", "custodied");
        ((ArrayNode) file.get("venues")).add(again);
        BadInput refusal = assertThrows(BadInput.class, () -> read(file));
        assertTrue(
                refusal.rule()
                        .contains("mode must be the same wherever venue:deribit is connected; have pledged of deribit"),
                refusal.toString());
        again.put("mode", "pledged");
        assertEquals(5, read(file).venues().size(), "one word, twice");
    }

    @Test
    void shouldReadWhatStandsBehindEachConnection() throws IOException {
        assertTrue(read(demonstration()).venues().stream().allMatch(v -> v.mode() == ConnectionMode.PLEDGED));
        ObjectNode file = demonstration();
        file.get("venues").forEach(venue -> ((ObjectNode) venue).remove("mode"));
        assertTrue(read(file).venues().stream().allMatch(v -> v.mode() == ConnectionMode.ADVISORY), "who is silent");
        ObjectNode second = (ObjectNode) file.get("venues").get(1);
        ((ObjectNode) file.get("venues").get(0)).put("mode", "custodied");
        second.put("mode", "pledged");
        ((ObjectNode) file.get("venues").get(2)).put("mode", "advisory");
        assertEquals(
                List.of(
                        ConnectionMode.CUSTODIED,
                        ConnectionMode.PLEDGED,
                        ConnectionMode.ADVISORY,
                        ConnectionMode.ADVISORY),
                read(file).venues().stream().map(ListedVenue::mode).toList());
        for (String unknown : List.of("PLEDGED", "lent", "")) {
            second.put("mode", unknown);
            BadInput refusal = assertThrows(BadInput.class, () -> read(file));
            assertEquals("venues.[1].mode", refusal.field());
            assertEquals(unknown, refusal.value());
            assertEquals("must be advisory, pledged or custodied", refusal.rule());
        }
        second.put("mode", 1);
        assertEquals(
                "venues.[1].mode",
                assertThrows(BadInput.class, () -> read(file)).field());
        second.putNull("mode");
        assertThrows(BadInput.class, () -> read(file));
    }

    @Test
    void shouldReadAFileWithoutHistoryAsBefore() throws IOException {
        ObjectNode without = demonstration();
        without.remove("history");
        FoundingFile file = read(without);
        assertTrue(file.history().isEmpty());
        assertTrue(HistoryReader.read(file, Path.of("nowhere")).isEmpty());
    }

    /** The demonstration's series come with the program: no folder is asked, and no other bytes pass for them. */
    @Test
    void shouldReadTheSeriesThatComeWithTheProgram(@TempDir Path folder) throws IOException {
        PriceHistory history = HistoryReader.read(read(demonstration())).orElseThrow();
        assertEquals(3_430, history.of("BTC").orElseThrow().size());
        assertEquals(1_308, history.of("ETH").orElseThrow().size());
        assertEquals(
                LocalDate.of(2024, 5, 22).toEpochDay(),
                history.of("BTC").orElseThrow().lastDay());
        ObjectNode file = demonstration();
        ObjectNode series = (ObjectNode) file.withArray("history").get(0);
        series.put("sha256", "00".repeat(32));
        BadInput other = assertThrows(BadInput.class, () -> HistoryReader.read(read(file)));
        assertEquals("history.BTC.sha256", other.field());
        series.put("file", "shipped:none.csv");
        assertEquals(
                "none.csv",
                assertThrows(BadInput.class, () -> HistoryReader.read(read(file)))
                        .value());
        series.put("file", "daily-closes.csv");
        assertTrue(assertThrows(BadInput.class, () -> HistoryReader.read(read(file)))
                .rule()
                .startsWith("must be read from the founding file's folder"));
        Files.writeString(folder.resolve("daily-closes.csv"), "date,BTC\n2024-01-01,42000\n");
        assertEquals(
                "history.BTC.sha256",
                assertThrows(BadInput.class, () -> HistoryReader.read(read(file), folder))
                        .field());
        series.put("sha256", "ab");
        assertTrue(refusedFile(file).rule().contains("64"), refusedFile(file).toString());
    }

    @Test
    void shouldReadTheSeriesThatItNames(@TempDir Path folder) throws IOException {
        Files.writeString(folder.resolve("two.csv"), "date,BTC,ETH\n2024-01-01,42000,2300\n2024-01-02,45000,2350\n");
        ObjectNode file = demonstration();
        file.putArray("history").add(series("BTC", "two.csv", "BTC")).add(series("ETH", "two.csv", "ETH"));
        PriceHistory history = HistoryReader.read(read(file), folder).orElseThrow();
        assertEquals(45_000, history.of("BTC").orElseThrow().close(1));
        assertEquals("ETH", history.of("ETH").orElseThrow().underlying());
    }

    @Test
    void shouldReadTheLearnedVolatilityThatItNames() throws IOException {
        ObjectNode file = demonstration();
        file.putArray("history").add(series("BTC", "two.csv", "BTC"));
        file.putArray("forecasts").add(learned("BTC"));
        SealedForecast sealed =
                Objects.requireNonNull(read(file).sealedForecasts().get("BTC"));
        assertEquals(model("BTC"), sealed.model());
        assertEquals(Standing.SHADOW, sealed.learned().standing());
    }

    @Test
    void shouldRefuseALearnedVolatilityThatCannotBeUsed() throws IOException {
        ObjectNode file = demonstration();
        file.remove("history");
        file.putArray("forecasts").add(learned("BTC"));
        assertTrue(refusedFile(file).rule().contains("forecasts must be of groups with a history"));
        file.putArray("history").add(series("BTC", "two.csv", "BTC"));
        file.withArray("forecasts").add(learned("BTC"));
        assertTrue(refusedFile(file).rule().contains("each once"));
        file.putArray("forecasts").add(learned("BTC").put("model", "AAAA"));
        assertTrue(
                refusedFile(file).rule().startsWith("BTC: "), refusedFile(file).toString());
        file.putArray("forecasts").add(learned("BTC").put("boundPpm", 1_500_001));
        assertTrue(
                refusedFile(file).rule().contains("forecast.bound must be"),
                refusedFile(file).toString());
    }

    @Test
    void shouldReadTheCeremoniesThatItNames() throws IOException {
        ObjectNode file = demonstration();
        assertEquals(List.of(), read(file).transcripts(), "a house that names none has keys of its own");
        Digest transcript = Digest.sha256(new byte[] {1});
        file.putArray("ceremonies").add(transcript.hex());
        assertTrue(
                refusedFile(file).rule().contains("have origin test"),
                refusedFile(file).toString());
        file.putObject("keys").put("origin", "ceremony").put("signed", 3);
        assertEquals(List.of(transcript), read(file).transcripts());
        file.putArray("ceremonies").add("ab");
        assertTrue(refusedFile(file).rule().contains("64"), refusedFile(file).toString());
    }

    @Test
    void shouldReadWhereKeysMustComeFrom() throws IOException {
        ObjectNode file = demonstration();
        assertEquals(new KeyRule.Test(), read(file).keys(), "a file that says nothing founds a test house");
        file.putObject("keys").put("origin", "test");
        assertEquals(new KeyRule.Test(), read(file).keys());
        file.putObject("keys").put("origin", "ceremony").put("signed", 5);
        assertEquals(new KeyRule.Ceremony(5), read(file).keys());
        file.putObject("keys").put("origin", "ceremony").put("signed", 2);
        assertTrue(
                refusedFile(file).rule().contains("must be in 3…1000"),
                refusedFile(file).toString());
        file.putObject("keys").put("origin", "ceremony");
        refusedFile(file);
        file.putObject("keys").put("origin", "unsafe");
        refusedFile(file);
        file.putObject("keys").put("origin", "test").put("signed", 3);
        refusedFile(file);
        file.putObject("keys");
        refusedFile(file);
    }

    private static BadInput refusedFile(ObjectNode file) {
        return assertThrows(BadInput.class, () -> read(file));
    }

    private static ObjectNode learned(String group) {
        return JSON.createObjectNode()
                .put("group", group)
                .put("model", Base64.getEncoder().encodeToString(model(group).encode()))
                .put("card", Digest.ZERO.hex())
                .put("boundPpm", 1_500_000)
                .put("standing", "SHADOW");
    }

    private static ForecastModel model(String group) {
        return new ForecastModel(
                group,
                VarianceMeasure.GARMAN_KLASS,
                1,
                ForecastModel.FEATURES,
                List.of(-7_000_000_000L),
                List.of(),
                0,
                0,
                new ForecastModel.Training(0, 0, 0, Digest.ZERO));
    }

    @Test
    void shouldRefuseASeriesThatIsNotThere(@TempDir Path folder) throws IOException {
        Files.writeString(folder.resolve("one.csv"), "date,BTC\n2024-01-01,42000\n");
        assertEquals(
                "history.ETH",
                refusedSeries(folder, series("ETH", "one.csv", "ETH")).field());
        assertEquals(
                "history.XRP",
                refusedSeries(folder, series("XRP", "one.csv", "BTC")).field());
        assertEquals(
                "must stand once",
                refusedSeries(folder, series("BTC", "one.csv", "BTC"), series("BTC", "one.csv", "BTC"))
                        .rule());
    }

    private static BadInput refusedSeries(Path folder, ObjectNode... series) throws IOException {
        ObjectNode file = demonstration();
        file.putArray("history").addAll(List.of(series));
        FoundingFile founding = read(file);
        return assertThrows(BadInput.class, () -> HistoryReader.read(founding, folder));
    }

    private static BadInput refusal(String name, long value) {
        return assertThrows(BadInput.class, () -> require(name, value));
    }

    private static void require(String name, long value) throws IOException {
        ObjectNode file = demonstration();
        ((ObjectNode) file.get("parameters")).put(name, value);
        read(file).requireDeclared(GovernedNumbers.ofAllRooms());
    }

    private static ObjectNode series(String group, String file, String underlying) {
        return JSON.createObjectNode().put("group", group).put("file", file).put("underlying", underlying);
    }

    private static FoundingFile read(ObjectNode file) {
        return FoundingFile.read(file.toString().getBytes(StandardCharsets.UTF_8));
    }

    private static ObjectNode demonstration() throws IOException {
        return (ObjectNode) JSON.readTree(Demonstration.foundingFile());
    }
}
