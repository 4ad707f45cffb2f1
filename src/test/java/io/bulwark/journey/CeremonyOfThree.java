package io.bulwark.journey;

import static io.bulwark.journey.Program.refused;
import static io.bulwark.journey.Program.said;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.bulwark.api.demo.Demonstration;
import io.bulwark.api.house.HouseFile;
import io.bulwark.api.http.HttpFrontDoor;
import io.bulwark.clearing.document.Digest;
import io.bulwark.house.House;
import io.bulwark.house.founding.Home;
import io.bulwark.prover.binding.ProverLibrary;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/**
 * A house that is founded to prove with keys of a ceremony: three contribute to the powers and to the key of its account circuit, an owner
 * proves with it, and a verifier in an empty home trusts the proof from exported files alone.
 */
final class CeremonyOfThree {
    private static final Duration PATIENCE = Duration.ofHours(2);
    private static final String DOMAIN = "17";
    private static final String BEACON = "00112233445566778899aabbccddeeff";
    private static final List<String> CONTRIBUTORS = List.of("ALICE", "BOB", "CAROL");
    private static final String ACCOUNT = "1";

    private final Path folder;
    private final Path house;
    private final Path owner;
    private final Path verifier;

    private CeremonyOfThree(Path folder) {
        this.folder = folder;
        this.house = folder.resolve("house");
        this.owner = folder.resolve("owner");
        this.verifier = folder.resolve("verifier");
    }

    /** The whole way, in an empty folder. */
    static void hold(Path folder) throws IOException, InterruptedException {
        CeremonyOfThree ceremony = new CeremonyOfThree(folder);
        ceremony.sealsAnEpochAndProvesNothing();
        ceremony.isMadeByThree();
        ceremony.provesWithIt();
        ceremony.isTrustedFromFilesAlone();
    }

    private void sealsAnEpochAndProvesNothing() throws IOException, InterruptedException {
        refused(
                2,
                house,
                "must name the transcript of a ceremony for account",
                "demo",
                "--once",
                "--house",
                founded(List.of()).toString());
        try (House open = House.open(new Home(house));
                HttpFrontDoor door = HttpFrontDoor.open(0, open, List.of());
                HttpClient anybody = HttpClient.newHttpClient()) {
            HttpRequest table = HttpRequest.newBuilder(door.address().resolve("/epochs/1/table"))
                    .build();
            assertEquals(
                    200,
                    anybody.send(table, BodyHandlers.ofFile(folder.resolve("table")))
                            .statusCode());
        }
    }

    private Path founded(List<Digest> transcripts) throws IOException {
        ObjectMapper json = new ObjectMapper();
        ObjectNode founding = (ObjectNode) json.readTree(Demonstration.foundingFile());
        founding.putObject("keys").put("origin", "ceremony").put("signed", CONTRIBUTORS.size());
        if (!transcripts.isEmpty()) {
            ArrayNode ceremonies = founding.putArray("ceremonies");
            transcripts.forEach(transcript -> ceremonies.add(transcript.hex()));
        }
        return Files.write(folder.resolve("founding.json"), json.writeValueAsBytes(founding));
    }

    private void isMadeByThree() throws IOException, InterruptedException {
        step("init", at("powers"), "--domain", DOMAIN);
        contribute("powers");
        step("seal", at("powers"), "--beacon", BEACON, "--source", "a test");
        step("init", at("account"), "--circuit", "account", "--table", at("table"), "--powers", at("powers"));
        contribute("account");
        step(
                "seal",
                at("account"),
                "--beacon",
                BEACON,
                "--source",
                "a test",
                "--keys",
                house.resolve("keys").toString());
    }

    private void contribute(String phase) throws IOException, InterruptedException {
        for (String name : CONTRIBUTORS) {
            step("contribute", at(phase), "--name", name, "--sign-with", at(name + ".key"));
        }
    }

    /** A step of the ceremony, in the home of nobody in particular. */
    private void step(String... step) throws IOException, InterruptedException {
        String[] verb =
                Stream.concat(Stream.of("proof", "ceremony"), Stream.of(step)).toArray(String[]::new);
        try (Program program = Program.start(folder.resolve("organiser"), verb)) {
            assertEquals(0, program.exitCode(PATIENCE), program.output());
        }
    }

    private void provesWithIt() throws IOException, InterruptedException {
        Digest transcript =
                Digest.sha256(Files.readAllBytes(folder.resolve("account").resolve("transcript.cbor")));
        String demo = said(
                0,
                house,
                "demo",
                "--once",
                "--house",
                founded(List.of(transcript)).toString());
        assertFalse(demo.contains("test keys"), demo);
        assertTrue(demo.contains("TRUSTED: "), demo);
        said(0, house, "proof", "bundle", "--account", ACCOUNT, "--out", at("bundle"));
        said(0, house, "epoch", "house", at("house.json"));
        Files.createDirectories(owner);
        Files.move(house.resolve("owners/account-" + ACCOUNT + ".key"), folder.resolve("wallet"));
        HouseFile known = HouseFile.read(ProverLibrary.load(), Files.readAllBytes(folder.resolve("house.json")));
        said(
                0,
                verifier,
                "proof",
                "ask",
                "--house",
                known.house().hex(),
                "--verifier",
                "https://bank.example",
                "--purpose",
                "loan",
                "--beneficiary",
                "owner",
                "--claim",
                "initial-margin",
                "--out",
                at("ask.json"));
        said(
                0,
                owner,
                "proof",
                "prove",
                "account",
                "--ask",
                at("ask.json"),
                "--bundle",
                at("bundle"),
                "--wallet",
                at("wallet"),
                "--keys",
                house.resolve("keys").toString(),
                "--house-file",
                at("house.json"),
                "--out",
                at("proof.json"));
    }

    private void isTrustedFromFilesAlone() throws IOException, InterruptedException {
        Path key = folder.resolve("account.vk");
        try (Stream<Path> files = Files.walk(house.resolve("keys"))) {
            Files.copy(
                    files.filter(file -> file.toString().endsWith(".vk"))
                            .findFirst()
                            .orElseThrow(),
                    key);
        }
        String[] verify = {
            "verify",
            at("proof.json"),
            "--ask",
            at("ask.json"),
            "--house-file",
            at("house.json"),
            "--key",
            key.toString(),
            "--at",
            "2024-05-23T20:00:00Z"
        };
        String before = said(4, verifier, verify);
        assertTrue(before.contains("not given: key: "), before);
        assertTrue(said(0, verifier, "proof", "keys", "check", key.toString()).contains("account"));
        String trusted = said(0, verifier, verify);
        assertTrue(trusted.startsWith("TRUSTED: some account of the prover"), trusted);
        assertTrue(trusted.contains("3 signed"), trusted);
    }

    private String at(String name) {
        return folder.resolve(name).toString();
    }
}
