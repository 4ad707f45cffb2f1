package io.bulwark.journey;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The packaged program in a process of its own, as the launcher starts it: its output is read line by line, and it may be killed. */
final class Program implements AutoCloseable {
    /** For a line of output: three processes that make a circuit's keys side by side on two cores take minutes each. */
    private static final Duration PATIENCE = Duration.ofMinutes(10);

    private final Process process;
    private final List<String> lines = new ArrayList<>();
    private final Thread reader;

    private Program(Process process) {
        this.process = process;
        this.reader = Thread.ofPlatform().daemon().start(this::readLines);
    }

    /** Starts a verb over a home. Errors and output come in one stream. */
    static Program start(Path home, String... verb) throws IOException {
        return new Program(process(home, "-XX:AOTCache=" + loadedClasses(), verb));
    }

    /** The same with more in its environment. */
    static Program start(Path home, Map<String, String> environment, String... verb) throws IOException {
        ProcessBuilder builder = builder(home, ofProgram("-XX:AOTCache=" + loadedClasses()), List.of(verb));
        builder.environment().putAll(environment);
        return new Program(builder.start());
    }

    /** Starts another program than Bulwark, of the classes of this process. */
    static Program java(Path home, String program, String... arguments) throws IOException {
        return new Program(
                builder(home, List.of("-cp", System.getProperty("java.class.path"), program), List.of(arguments))
                        .start());
    }

    private static Process process(Path home, String option, String... verb) throws IOException {
        return builder(home, ofProgram(option), List.of(verb)).start();
    }

    private static List<String> ofProgram(String option) throws IOException {
        return List.of(option, "-Xlog:aot*=off", "-Xlog:cds*=off", "-jar", jar().toString());
    }

    private static ProcessBuilder builder(Path home, List<String> program, List<String> arguments) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-Xmx1g"));
        command.addAll(program);
        command.addAll(arguments);
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().put("BULWARK_HOME", home.toString());
        return builder;
    }

    /**
     * The classes of the packaged program as they are after they were loaded and linked (JEP 514), made once for a jar by a start over an empty home: every
     * later start takes half the processor time. A JVM that cannot use the file loads the jar.
     */
    private static synchronized Path loadedClasses() throws IOException {
        Path jar = jar();
        Path kept =
                jar.resolveSibling("journeys-" + Files.getLastModifiedTime(jar).toMillis() + ".aot");
        if (!Files.exists(kept)) {
            Path home = Files.createDirectories(jar.resolveSibling("journeys-home"));
            Path made =
                    kept.resolveSibling("journeys-" + ProcessHandle.current().pid() + ".aot");
            Process warm = process(home, "-XX:AOTCacheOutput=" + made, "replay", "--epoch", "1");
            warm.getInputStream().transferTo(OutputStream.nullOutputStream());
            warm.onExit().join();
            if (Files.exists(made)) {
                Files.move(made, kept, StandardCopyOption.ATOMIC_MOVE);
            }
        }
        return kept;
    }

    /** Runs a verb to its end and gives everything that it printed. */
    static Program run(Path home, String... verb) throws IOException, InterruptedException {
        Program program = start(home, verb);
        program.exitCode();
        return program;
    }

    /** Runs a verb to its end, which must have this exit code, and gives everything that it printed. */
    static String said(int code, Path home, String... verb) throws IOException, InterruptedException {
        Program program = run(home, verb);
        assertEquals(code, program.exitCode(), program.output());
        return program.output();
    }

    /** Runs a verb to its end, which must have this exit code and say these words. */
    static void refused(int code, Path home, String words, String... verb) throws IOException, InterruptedException {
        String said = said(code, home, verb);
        assertTrue(said.contains(words), said);
    }

    /** Waits for a line that a pattern is found in. */
    Matcher await(String pattern) throws InterruptedException {
        Pattern wanted = Pattern.compile(pattern);
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        int seen = 0;
        while (System.nanoTime() < deadline) {
            boolean ended = !process.isAlive() && !reader.isAlive();
            synchronized (lines) {
                for (; seen < lines.size(); seen++) {
                    Matcher matcher = wanted.matcher(lines.get(seen));
                    if (matcher.find()) {
                        return matcher;
                    }
                }
                if (ended) {
                    break;
                }
                lines.wait(200);
            }
        }
        throw new AssertionError("no line with /" + pattern + "/ in:\n" + output());
    }

    /** The system's number of the process. */
    long pid() {
        return process.pid();
    }

    /** Every process that it started, and those that these started. */
    List<ProcessHandle> descendants() {
        return process.descendants().toList();
    }

    /** SIGKILL to the process that proves for this one, which must have one. */
    void killProver() {
        process.descendants()
                .filter(child -> child.info().command().orElse("").endsWith("bulwark-prover"))
                .findFirst()
                .orElseThrow()
                .destroyForcibly();
    }

    /** SIGKILL, and waits until the process is gone. */
    void kill() throws InterruptedException {
        process.destroyForcibly();
        process.waitFor();
        reader.join();
    }

    /** Waits for the end and gives the exit code. */
    int exitCode() throws InterruptedException {
        return exitCode(PATIENCE);
    }

    /** Waits so long for the end and gives the exit code. */
    int exitCode(Duration patience) throws InterruptedException {
        if (!process.waitFor(patience.toMillis(), TimeUnit.MILLISECONDS)) {
            process.destroyForcibly();
            throw new AssertionError("did not end within " + patience + ":\n" + output());
        }
        reader.join();
        return process.exitValue();
    }

    /** Asks the process to end, as an operator's machine does (SIGTERM), and gives its exit code. */
    int stop() throws InterruptedException {
        process.destroy();
        return exitCode(Duration.ofSeconds(30));
    }

    /** Everything printed so far. */
    String output() {
        synchronized (lines) {
            return String.join("\n", lines);
        }
    }

    /** Ends the process as an operator would, or harder. */
    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(30, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }

    private void readLines() {
        try (BufferedReader output =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            String line;
            while ((line = output.readLine()) != null) {
                synchronized (lines) {
                    lines.add(line);
                    lines.notifyAll();
                }
            }
        } catch (IOException e) {
            // The stream of a killed process may break in the middle of a line: what was read stands.
            synchronized (lines) {
                lines.notifyAll();
            }
        }
    }

    private static Path jar() throws IOException {
        try (Stream<Path> files = Files.list(checkout().resolve("api/target"))) {
            return files.filter(f -> f.getFileName().toString().matches("api-[^-]*(-SNAPSHOT)?\\.jar"))
                    .findFirst()
                    .orElseThrow(() -> new IllegalStateException("api/target holds no program; package it first"));
        }
    }

    /** The root of the checkout. */
    static Path checkout() {
        Path at = Path.of("").toAbsolutePath();
        while (!Files.exists(at.resolve("zk-prover"))) {
            at = at.getParent();
            if (at == null) {
                throw new IllegalStateException("run inside the checkout");
            }
        }
        return at;
    }
}
