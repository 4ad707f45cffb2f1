package io.bulwark.prover.witness;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.bulwark.clearing.governance.ParameterSet;
import io.bulwark.netting.buffer.HouseBook;
import io.bulwark.netting.risktable.RiskTable;
import io.bulwark.netting.scenario.ScenarioParameters;
import io.bulwark.prover.DayHouse;
import io.bulwark.prover.book.BookShape;
import io.bulwark.prover.commitment.AccountLeaf.Format;
import io.bulwark.prover.contagion.ContagionShape;
import io.bulwark.prover.fund.FundShape;
import io.bulwark.prover.witness.ProofShape.TariffSize;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;

/**
 * Whatever key a house proves with by itself, a verifier of this release knows its circuit: without it the pin {@code key} is missing
 * until he has compiled the circuit himself. The Go test of {@code systems.json} compiles what stands there.
 */
final class ReleasedSystemsTest {
    private static final Path SYSTEMS = Path.of("circuits", "verification", "systems.json");
    private static final ParameterSet GRID = ParameterSet.founding().with(ScenarioParameters.DESIGN, 0);
    private static final DayHouse DAY = DayHouse.DAYS.getFirst();

    /** Places of a tariff's digest: groups are filled up from 8, entries from 16 to the 128 that a certificate's largest rung has. */
    private static final int TARIFF_GROUPS = 8;

    private static final int[] TARIFF_ENTRIES = {16, 32, 64, 128};

    /** Tables of both designs; of the full one without a history, and with each of the numbers of rows that governance may choose. */
    private static List<RiskTable> tables() {
        List<RiskTable> deep = List.of(
                DAY.table(GRID),
                DAY.table(DayHouse.FULL, 1),
                DAY.table(DayHouse.FULL, 256),
                DAY.table(DayHouse.FULL, 1024));
        return deep.stream()
                .flatMap(table -> Stream.of(table, table.inTreeOf(RiskTable.SMALL_TREE_DEPTH)))
                .toList();
    }

    /** Every shape of a house's own claims and calls over a table. */
    private static Stream<ProofShape> ofHouse(RiskTable table) {
        List<ProofShape> claims = List.of(ProofShape.standard(table), ProofShape.large(table));
        return Stream.of(
                        claims.stream(),
                        ProofShape.small(table).stream(),
                        claims.stream().map(ProofShape::call))
                .flatMap(shapes -> shapes);
    }

    private static Stream<CircuitSize> chosen() {
        Stream<CircuitSize> accounts =
                tables().stream().flatMap(table -> Stream.concat(ofHouse(table), charged(table)));
        Stream<CircuitSize> funds = Stream.of(DAY.vault(GRID), DAY.vault(DayHouse.FULL))
                .flatMap(vault -> FundShape.ladder(vault.rowCount()).stream())
                .map(rung -> rung.with(Format.AT_VENUES));
        Stream<CircuitSize> certificates = ContagionShape.ladder().stream().map(rung -> rung.with(Format.AT_VENUES));
        BookShape book = BookShape.STANDARD.with(Format.AT_VENUES);
        return Stream.of(accounts, funds, certificates, Stream.of(book.batch(), book.top()))
                .flatMap(sizes -> sizes);
    }

    private static Stream<ProofShape> charged(RiskTable table) {
        int scenarios = HouseBook.scenarioRows(table).size();
        return Stream.of(ProofShape.standard(table), ProofShape.large(table))
                .flatMap(claims -> IntStream.of(TARIFF_ENTRIES)
                        .mapToObj(entries -> claims.with(new TariffSize(scenarios, TARIFF_GROUPS, entries))));
    }

    private static String named(CircuitSize size) {
        return size.circuit() + "=" + HexFormat.of().formatHex(size.encoded().encode());
    }

    private static Set<String> released() {
        try {
            JsonNode systems = new ObjectMapper().readTree(SYSTEMS.toFile());
            return StreamSupport.stream(systems.spliterator(), false)
                    .filter(system -> !system.get("test").asBoolean())
                    .map(system -> system.get("circuit").asText() + "="
                            + system.get("shape").asText())
                    .collect(Collectors.toSet());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void shouldHaveCompiledEveryCircuitThatAHouseProvesWithByItself() {
        Set<String> missing = chosen().map(ReleasedSystemsTest::named).collect(Collectors.toCollection(TreeSet::new));
        int walked = missing.size();
        missing.removeAll(released());
        assertTrue(walked >= 115, () -> "walked: " + walked);
        assertEquals(
                Set.of(),
                missing,
                "go test ./boundary -run SystemsThatTheRelease -of-houses -add-shapes " + String.join(",", missing));
    }

    /** Every table of both designs has as many scenarios, so there is one size of a tariff for each size of a listing. */
    @Test
    void shouldHaveAsManyScenariosOfATariffOverEveryTable() {
        assertEquals(
                Set.of(27),
                tables().stream()
                        .map(table -> HouseBook.scenarioRows(table).size())
                        .collect(Collectors.toSet()));
    }
}
