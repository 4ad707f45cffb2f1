package io.bulwark.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.bulwark.clearing.instrument.Instrument.OptionRight;
import io.bulwark.netting.portfolio.Entry;
import io.bulwark.netting.revaluation.Payoff;
import io.bulwark.netting.revaluation.Revaluation;
import io.bulwark.netting.risktable.InstrumentRisk;
import io.bulwark.netting.risktable.IntColumn;
import io.bulwark.netting.risktable.ScenarioRow;
import io.bulwark.netting.scan.MarginScan;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/** The same data given to scipy and numpy, by way of files in a folder of its own; the scripts stand in {@code bench/peers}. */
final class Peers {
    private static final String PYTHON = "BULWARK_PEERS_PYTHON";
    private static final String SCRIPTS = "BULWARK_PEERS";
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final String python;
    private final Path scripts;

    private Peers(String python, Path scripts) {
        this.python = python;
        this.scripts = scripts;
    }

    /** The peers, if the launcher found a Python for them. */
    static Optional<Peers> found() {
        String python = System.getenv(PYTHON);
        String scripts = System.getenv(SCRIPTS);
        return python == null || scripts == null ? Optional.empty() : Optional.of(new Peers(python, Path.of(scripts)));
    }

    /** Nanoseconds an account of scipy.sparse over a book. */
    double scan(SeededBook book, int points, int cells) throws IOException {
        Path folder = Files.createTempDirectory("bulwark-peers");
        List<InstrumentRisk> instruments = book.table().instruments();
        ObjectNode about = JsonNodeFactory.instance.objectNode();
        about.put("instruments", instruments.size())
                .put("accounts", book.accounts().size());
        about.put("points", points).put("cells", cells);
        JSON.writeValue(folder.resolve("about.json").toFile(), about);
        ints(folder, "rows.bin", instruments.stream().flatMapToInt(i -> i.row().stream()));
        ints(folder, "groups.bin", instruments.stream().mapToInt(InstrumentRisk::group));
        ints(
                folder,
                "account.bin",
                IntStream.range(0, book.accounts().size())
                        .flatMap(
                                a -> book.accounts().get(a).positions().stream().mapToInt(p -> a)));
        List<Entry> lines =
                book.accounts().stream().flatMap(a -> a.positions().stream()).toList();
        ints(folder, "instrument.bin", lines.stream().mapToInt(Entry::number));
        longs(folder, "lots.bin", lines.stream().mapToLong(Entry::lots).toArray());
        MarginScan scan = new MarginScan(book.table());
        longs(folder, "stress.bin", scan.stress(scan.book(book.accounts())));
        return run("scan.py", folder).get("nanosPerAccount").doubleValue();
    }

    /** Nanoseconds a price of numpy over the option book. */
    double table(Cells cells, List<Payoff.European> options, Revaluation engine) throws IOException {
        Path folder = Files.createTempDirectory("bulwark-peers");
        ObjectNode about = JsonNodeFactory.instance.objectNode();
        about.put("options", options.size()).put("cells", cells.rows().size());
        JSON.writeValue(folder.resolve("about.json").toFile(), about);
        doubles(
                folder,
                "options.bin",
                options,
                List.of(
                        o -> o.right() == OptionRight.CALL ? 1 : -1,
                        Payoff.European::spot,
                        Payoff.European::strike,
                        Payoff.European::years,
                        Payoff.European::volatility,
                        Payoff.European::quantity));
        IntColumn shocks = cells.moves().shock();
        doubles(
                folder,
                "cells.bin",
                IntStream.range(0, cells.rows().size()).boxed().toList(),
                List.of(
                        r -> shocks.at(r) / 1e6,
                        r -> level(cells.rows().get(r)),
                        r -> cells.rows().get(r).twist(),
                        r -> cells.rows().get(r).skewSlope().doubleValue(),
                        r -> level(cells.rows().get(r)) > 0 ? 0 : 2 / 365.0));
        ints(folder, "rows.bin", options.stream().flatMapToInt(o -> engine.rows(o).row().stream()));
        return run("table.py", folder).get("nanosPerPrice").doubleValue();
    }

    /** What scipy.sparse says about a network whose payments the engine has computed. */
    JsonNode clearing(SeededNetwork network, double[] payments) throws IOException {
        Path folder = Files.createTempDirectory("bulwark-peers");
        ObjectNode about = JsonNodeFactory.instance.objectNode();
        about.put("nodes", SeededNetwork.NODES);
        JSON.writeValue(folder.resolve("about.json").toFile(), about);
        ints(folder, "debtor.bin", IntStream.of(network.debtor()));
        ints(folder, "creditor.bin", IntStream.of(network.creditor()));
        doubles(folder, "amount.bin", network.amount());
        doubles(folder, "assets.bin", network.externalAssets());
        doubles(folder, "external.bin", network.externalLiabilities());
        doubles(folder, "payments.bin", payments);
        return run("clearing.py", folder);
    }

    private static double level(ScenarioRow row) {
        double shock = row.volatilityShock().doubleValue();
        return (shock > 0 ? 0.6 : 0.35) * shock;
    }

    private JsonNode run(String script, Path folder) throws IOException {
        ProcessBuilder process =
                new ProcessBuilder(python, scripts.resolve(script).toString(), folder.toString());
        for (String threads : List.of("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS")) {
            process.environment().put(threads, "1");
        }
        Process running = process.redirectError(ProcessBuilder.Redirect.INHERIT).start();
        String said = new String(running.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        try {
            if (running.waitFor() != 0) {
                throw new IllegalStateException(script + " failed; it said on standard error why");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(script + " was interrupted", e);
        }
        return JSON.readTree(said);
    }

    private static void ints(Path folder, String name, IntStream values) {
        int[] all = values.toArray();
        byte[] bytes = new byte[Math.multiplyExact(all.length, Integer.BYTES)];
        littleEndian(bytes).asIntBuffer().put(all);
        write(folder, name, bytes);
    }

    private static void longs(Path folder, String name, long[] values) {
        byte[] bytes = new byte[Math.multiplyExact(values.length, Long.BYTES)];
        littleEndian(bytes).asLongBuffer().put(values);
        write(folder, name, bytes);
    }

    private static <T> void doubles(Path folder, String name, List<T> entries, List<ToDoubleFunction<T>> fields) {
        doubles(
                folder,
                name,
                entries.stream()
                        .flatMapToDouble(e -> DoubleStream.of(fields.stream()
                                .mapToDouble(f -> f.applyAsDouble(e))
                                .toArray()))
                        .toArray());
    }

    private static void doubles(Path folder, String name, double[] all) {
        byte[] bytes = new byte[Math.multiplyExact(all.length, Double.BYTES)];
        littleEndian(bytes).asDoubleBuffer().put(all);
        write(folder, name, bytes);
    }

    private static ByteBuffer littleEndian(byte[] bytes) {
        return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }

    private static void write(Path folder, String name, byte[] bytes) {
        try {
            Files.write(folder.resolve(name), bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
