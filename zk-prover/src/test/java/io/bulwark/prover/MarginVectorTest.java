package io.bulwark.prover;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.bulwark.netting.formula.AddOn;
import io.bulwark.netting.formula.Requirement;
import io.bulwark.netting.formula.Stress.ComboLoss;
import io.bulwark.netting.formula.Stress.FamilyLoss;
import io.bulwark.netting.portfolio.Entry;
import io.bulwark.netting.portfolio.MarginAccount;
import io.bulwark.netting.risktable.RiskTable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.IntPredicate;
import java.util.function.LongSupplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * The vectors of the whole formula, {@code vectors/margin.json}: every component of seeded accounts as the margin engine computes it. Go's
 * tests read the same file. {@code -Dbulwark.vectors.update=true} writes it anew; a changed file is a changed formula.
 */
final class MarginVectorTest {
    private static final Path FILE = Path.of("vectors", "margin.json");
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int ACCOUNTS = 120;

    private final RiskTable table = FormulaTable.make();
    private final SplittableRandom random = new SplittableRandom(20_240_523);

    @Test
    void shouldComputeWhatTheSharedVectorsSay() throws IOException {
        ObjectNode computed = vectors();
        if (Boolean.getBoolean("bulwark.vectors.update")) {
            Files.writeString(FILE, JSON.writeValueAsString(computed).replace("},{", "},\n{") + "\n");
        }
        JsonNode pinned = JSON.readTree(Files.readString(FILE));
        assertEquals(pinned.get("encoding"), computed.get("encoding"));
        for (int i = 0; i < ACCOUNTS; i++) {
            assertEquals(
                    pinned.at("/cases/" + i).toString(),
                    computed.at("/cases/" + i).toString());
        }
    }

    private ObjectNode vectors() {
        ObjectNode root = JSON.createObjectNode();
        root.put("encoding", HexFormat.of().formatHex(table.encode()));
        ArrayNode cases = root.putArray("cases");
        for (int i = 0; i < ACCOUNTS; i++) {
            MarginAccount account = account(i);
            put(cases.addObject(), "account " + i, account, Requirement.of(table, account));
        }
        return root;
    }

    /** By turns large and small, long, short and both, with and without collateral and debt; the first is empty. */
    private MarginAccount account(int i) {
        int most = i % 5 == 0 ? 60 : 6_000;
        int count = i == 0 ? 0 : 1 + random.nextInt(i % 7 == 0 ? 1 : 6);
        boolean owes = i % 3 != 0;
        List<Entry> positions = entries(
                table.instruments().stream().mapToInt(e -> e.number()).toArray(),
                count,
                number -> owes || paidUp(number),
                () -> owes && random.nextBoolean() ? -1 - random.nextInt(most) : 1 + random.nextInt(most));
        int[] assets = table.assets().stream().mapToInt(e -> e.number()).toArray();
        return new MarginAccount(
                i == 0 ? 0 : owes ? random.nextLong(-5_000_000, 50_000_000) : random.nextLong(50_000_000),
                positions,
                entries(numbers(), i % 4 == 1 ? 2 : 0, this::paidUp, () -> 1 + random.nextInt(most)),
                entries(assets, i == 0 ? 0 : random.nextInt(3), number -> true, () -> 1 + random.nextInt(most)),
                entries(assets, owes ? random.nextInt(2) : 0, number -> true, () -> 1 + random.nextInt(most)));
    }

    private int[] numbers() {
        return table.instruments().stream().mapToInt(e -> e.number()).toArray();
    }

    private boolean paidUp(int number) {
        return table.instrument(number).orElseThrow().paidUp();
    }

    private List<Entry> entries(int[] numbers, int count, IntPredicate fit, LongSupplier lots) {
        return IntStream.generate(() -> numbers[random.nextInt(numbers.length)])
                .filter(fit)
                .limit(count)
                .distinct()
                .sorted()
                .mapToObj(number -> new Entry(number, lots.getAsLong()))
                .toList();
    }

    private static void put(ObjectNode node, String name, MarginAccount account, Requirement requirement) {
        node.put("name", name).put("cash", account.cash());
        put(node.putArray("positions"), account.positions());
        put(node.putArray("paid"), account.paid());
        put(node.putArray("collateral"), account.collateral());
        put(node.putArray("debt"), account.debt());
        ArrayNode families = node.putArray("families");
        requirement.families().stream().mapToLong(FamilyLoss::loss).forEach(families::add);
        ArrayNode combos = node.putArray("combos");
        requirement.combos().stream().mapToLong(ComboLoss::loss).forEach(combos::add);
        node.put("stress", requirement.stress()).put("shortfall", requirement.shortfall());
        for (AddOn addOn : AddOn.values()) {
            node.put(addOn.label(), requirement.addOns().getOrDefault(addOn, 0L));
        }
        node.put("liability", requirement.liability());
        node.put("initialMargin", requirement.initialMargin())
                .put("maintenanceMargin", requirement.maintenanceMargin());
        node.put("equity", requirement.equity());
    }

    private static void put(ArrayNode array, List<Entry> entries) {
        entries.forEach(entry -> array.addArray().add(entry.number()).add(entry.lots()));
    }
}
