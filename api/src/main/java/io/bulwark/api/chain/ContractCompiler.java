package io.bulwark.api.chain;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.bulwark.api.door.InputFile;
import io.bulwark.clearing.document.BadInput;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The code of the house's contracts. The verifier of a key is a contract of its own, so code is compiled when it is deployed, by the pinned
 * compiler beside the contracts, or elsewhere by the same one: its output is taken as a file.
 */
final class ContractCompiler {
    /** The folder of the contracts, which the launcher names. */
    static final String FOLDER = "BULWARK_CONTRACTS";

    private static final long COMPILED_BYTES_MAX = 64L << 20;

    private ContractCompiler() {}

    /**
     * The code of each contract by name.
     *
     * @param verifiers verifiers' sources by name
     * @throws BadInput if Node or the compiler's packages are absent, or a source does not compile
     */
    static Map<String, byte[]> compiled(Map<String, String> verifiers) {
        Path folder = Path.of(System.getenv().getOrDefault(FOLDER, "zk-prover/contracts"));
        if (!Files.isDirectory(folder.resolve("node_modules"))) {
            throw missing("needs the packages of the compiler: npm ci --ignore-scripts in " + folder);
        }
        try {
            Path sources = Files.createTempDirectory("bulwark-verifiers");
            List<String> command = new ArrayList<>(List.of("node", "compile.mjs"));
            for (Map.Entry<String, String> verifier : verifiers.entrySet()) {
                command.add(Files.writeString(sources.resolve(verifier.getKey() + ".sol"), verifier.getValue())
                        .toString());
            }
            Process process = new ProcessBuilder(command)
                    .directory(folder.toFile())
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            byte[] compiled = process.getInputStream().readAllBytes();
            for (String name : verifiers.keySet()) {
                Files.delete(sources.resolve(name + ".sol"));
            }
            Files.delete(sources);
            if (process.waitFor() != 0) {
                throw missing("refuses a source: node compile.mjs in " + folder + " says which");
            }
            return read(compiled);
        } catch (IOException e) {
            throw missing("needs Node 18 or newer on the path");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw missing("was interrupted");
        }
    }

    private static BadInput missing(String what) {
        return new BadInput("the contracts' compiler", "", what + "; or give its output by --compiled");
    }

    /**
     * The code in what the compiler printed.
     *
     * @throws BadInput if it is not its output
     */
    static Map<String, byte[]> compiled(Path file) {
        try {
            return read(InputFile.bytes(file, COMPILED_BYTES_MAX));
        } catch (IOException | IllegalArgumentException e) {
            throw new BadInput("--compiled", file.toString(), "must be what node compile.mjs printed");
        }
    }

    private static Map<String, byte[]> read(byte[] compiled) throws IOException {
        JsonNode contracts = new ObjectMapper().readTree(compiled);
        Map<String, byte[]> code = new TreeMap<>();
        contracts
                .properties()
                .forEach(contract -> code.put(
                        contract.getKey(),
                        HexFormat.of()
                                .parseHex(contract.getValue().path("bytecode").asText())));
        return code;
    }
}
