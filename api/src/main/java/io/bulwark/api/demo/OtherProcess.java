package io.bulwark.api.demo;

import io.bulwark.house.founding.Home;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** This program once more, in a process of its own that shares nothing with ours but the file and the verifying key. */
final class OtherProcess {
    private static final long SECONDS_MAX = 60;

    private OtherProcess() {}

    /**
     * Has a proof checked.
     *
     * @param known what the verifier knows, as options
     * @return what the process printed
     * @throws IllegalStateException if it did not trust the proof
     */
    static List<String> verify(Home home, Path proof, List<String> known) throws IOException {
        List<String> verb = new ArrayList<>(List.of("verify", proof.toString()));
        verb.addAll(known);
        return said(home, verb, "trust the proof");
    }

    /**
     * Has the circuit of a key compiled and noted, so that the verifier knows what the key is of.
     *
     * @throws IllegalStateException if the key is not of the circuit that its record names
     */
    static void compile(Home home, Path key) throws IOException {
        said(home, List.of("proof", "keys", "check", key.toString()), "compile the key's circuit");
    }

    private static List<String> said(Home home, List<String> verb, String what) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                "io.bulwark.api.Bulwark"));
        command.addAll(verb);
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().put("BULWARK_HOME", home.folder().toString());
        Process process = builder.start();
        List<String> lines = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
                .lines()
                .toList();
        try {
            if (!process.waitFor(SECONDS_MAX, TimeUnit.SECONDS) || process.exitValue() != 0) {
                process.destroyForcibly();
                throw new IllegalStateException("the other process did not " + what + ": " + lines);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while another process verified", e);
        }
        return lines;
    }
}
