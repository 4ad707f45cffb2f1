package io.bulwark.adapter.recording;

import com.fasterxml.jackson.databind.JsonNode;
import io.bulwark.adapter.JsonText;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A script on Node that prints one line of JSON, or one a step, and then stays up until it is closed. Needs Node and the packages of the script's folder. */
public final class NodeScript implements AutoCloseable {
    private static final long END_SECONDS = 5;

    private final Process process;
    private final BufferedReader out;
    private final String script;
    private JsonNode line;

    private NodeScript(Process process, String script) throws IOException {
        this.process = process;
        this.out = process.inputReader(StandardCharsets.UTF_8);
        this.script = script;
        this.line = read();
    }

    /**
     * Starts a script and reads its line.
     *
     * @param folder where the script and its packages lie
     * @param script the script's file name
     * @param arguments its arguments
     * @throws IOException if Node is absent, the packages are not installed, or the script ends without a line
     */
    public static NodeScript start(Path folder, String script, String... arguments) throws IOException {
        if (!Files.isDirectory(folder.resolve("node_modules"))) {
            throw new IOException("packages must be installed: npm ci --ignore-scripts in " + folder);
        }
        List<String> command =
                Stream.concat(Stream.of("node", script), Stream.of(arguments)).toList();
        Process process = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        return new NodeScript(process, script);
    }

    /**
     * What a script of this folder lacks to run, in words; empty if nothing.
     *
     * @param folder where the script and its packages lie
     */
    public static String missing(Path folder) {
        if (!Files.isRegularFile(folder.resolve("package.json"))) {
            throw new IllegalArgumentException(folder + " must hold package.json, as a bed of scripts does");
        }
        if (!Files.isDirectory(folder.resolve("node_modules"))) {
            return "its packages: npm ci --ignore-scripts in " + folder;
        }
        try {
            return new ProcessBuilder("node", "--version").start().waitFor() == 0 ? "" : "Node";
        } catch (IOException e) {
            return "Node 18 or newer on the path";
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return "time";
        }
    }

    /** The last line. */
    public JsonNode line() {
        return line;
    }

    /**
     * Lets a script that plays in steps play its next, and reads the line of it.
     *
     * @throws IOException if the script ends without one
     */
    public JsonNode next() throws IOException {
        return next("");
    }

    /**
     * The same of a script that is told its steps.
     *
     * @param step what to play
     */
    public JsonNode next(String step) throws IOException {
        process.getOutputStream().write((step + "\n").getBytes(StandardCharsets.UTF_8));
        process.getOutputStream().flush();
        line = read();
        return line;
    }

    private JsonNode read() throws IOException {
        String text = out.readLine();
        if (text == null) {
            throw new IOException(script + " must print a line of JSON; it ended without a word");
        }
        return JsonText.tree("node", script, text.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public void close() {
        try {
            process.getOutputStream().close();
            if (!process.waitFor(END_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (IOException e) {
            process.destroyForcibly();
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
