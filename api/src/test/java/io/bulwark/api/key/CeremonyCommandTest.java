package io.bulwark.api.key;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bulwark.api.Said;
import io.bulwark.api.door.ExitCode;
import io.bulwark.prover.ceremony.SealedTranscript;
import io.bulwark.prover.proof.KeyOrigin;
import io.bulwark.prover.proof.VerifyingKey;
import io.bulwark.tier.OfProof;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A ceremony by its verbs, on the small circuit that is there to practise with. */
@OfProof
final class CeremonyCommandTest {
    private static final String BEACON = "0123456789abcdef0123456789abcdef";
    private static final String SOURCE = "hash of the block after the last contribution";

    @TempDir
    private static Path folder = Path.of("");

    private static Path powers = Path.of("");
    private static Path circuit = Path.of("");
    private static Path keys = Path.of("");
    private static Path rehearsals = Path.of("");

    @TempDir
    private Path own = Path.of("");

    @BeforeAll
    static void hold() {
        powers = folder.resolve("powers");
        circuit = folder.resolve("rehearsal");
        keys = folder.resolve("keys");
        rehearsals = folder.resolve("rehearsals");
        done("init", powers.toString(), "--domain", "8");
        contribute(powers, "Ada", "Grace", "Sophie Germain");
        done("seal", powers.toString(), "--beacon", BEACON, "--source", SOURCE, "--keys", keys.toString());
        done("init", circuit.toString(), "--circuit", "rehearsal", "--shape", "190", "--powers", powers.toString());
        contribute(circuit, "Ada", "Grace", "Sophie Germain");
    }

    private static void contribute(Path ceremony, String... names) {
        for (String name : names) {
            String out = done(
                    "contribute",
                    ceremony.toString(),
                    "--name",
                    name,
                    "--sign-with",
                    folder.resolve(name + ".key").toString());
            assertTrue(out.contains(name) && out.contains("link ") && out.contains("key "), out);
        }
    }

    private static Said step(String... arguments) {
        return Said.by(Stream.concat(Stream.of("proof", "ceremony"), Stream.of(arguments))
                .toArray(String[]::new));
    }

    private static String done(String... arguments) {
        Said said = step(arguments);
        assertEquals(ExitCode.OK, said.code(), said.err());
        return said.out();
    }

    private Path copied(Path ceremony) throws IOException {
        Path copy = own.resolve("copy");
        try (Stream<Path> files = Files.walk(ceremony)) {
            for (Path file : files.toList()) {
                Files.copy(file, copy.resolve(ceremony.relativize(file).toString()));
            }
        }
        return copy;
    }

    private static void flip(Path file) throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        bytes[bytes.length / 2] ^= 1;
        Files.write(file, bytes);
    }

    @Test
    void shouldSealKeysThatSayWhichCeremonyMadeThem() throws IOException {
        Path ceremony = copied(circuit);
        String sealed =
                done("seal", ceremony.toString(), "--beacon", BEACON, "--source", SOURCE, "--keys", keys.toString());
        assertTrue(sealed.contains("second phase of rehearsal-190") && sealed.contains(BEACON), sealed);
        SealedTranscript transcript = SealedTranscript.read(ceremony.resolve("transcript.cbor"));
        assertTrue(sealed.contains("transcript     " + transcript.sha256()), sealed);

        Path home =
                rehearsals.resolve("rehearsal-190-" + transcript.sha256().hex().substring(0, 16));
        try (Stream<Path> files = Files.list(home)) {
            assertEquals(
                    List.of(
                            "keys.cbor",
                            "powers.cbor",
                            "rehearsal-190.ccs",
                            "rehearsal-190.digests",
                            "rehearsal-190.pk",
                            "rehearsal-190.vk",
                            "transcript.cbor"),
                    files.map(file -> file.getFileName().toString()).sorted().toList());
        }
        try (Stream<Path> all = Files.list(rehearsals)) {
            assertEquals(1, all.count(), "nothing half made is left");
        }
        try (Stream<Path> proving = Files.list(keys)) {
            assertEquals(0, proving.count(), "a rehearsal's keys never lie where proving keys lie");
        }
        assertTrue(sealed.contains("counts as      ceremony of 3 signed contributors"), sealed);
        assertEquals(sealed, done("verify", ceremony.toString()));

        String vk = home.resolve("rehearsal-190.vk").toString();
        KeyOrigin origin = VerifyingKey.read(Path.of(vk)).record().origin();
        KeyOrigin.Ceremony counted = assertInstanceOf(KeyOrigin.Ceremony.class, origin);
        assertEquals(transcript.sha256(), counted.transcript());
        assertEquals(3, counted.contributors());
        assertEquals(3, counted.signed());
        assertEquals(
                transcript.verifyingKey(),
                VerifyingKey.read(Path.of(vk)).record().vk());
        Path verified = own.resolve("verified.vk");
        String shown = done("verify", ceremony.toString(), "--out", verified.toString());
        assertArrayEquals(Files.readAllBytes(Path.of(vk)), Files.readAllBytes(verified));
        assertTrue(
                shown.startsWith(sealed)
                        && shown.contains(
                                "key identity   " + VerifyingKey.read(verified).identity()),
                shown);
        Said open = step("verify", powers.toString(), "--out", verified.toString());
        assertEquals(ExitCode.NEGATIVE, open.code(), open.toString());

        // The same beacon gives the same keys again, for a library that reads proving keys otherwise; another gives
        // none.
        byte[] before = Files.readAllBytes(home.resolve("rehearsal-190.pk"));
        assertEquals(
                sealed,
                done("seal", ceremony.toString(), "--beacon", BEACON, "--source", SOURCE, "--keys", keys.toString()));
        assertArrayEquals(before, Files.readAllBytes(home.resolve("rehearsal-190.pk")));
        Said other = step(
                "seal", ceremony.toString(), "--beacon", BEACON + "00", "--source", SOURCE, "--keys", keys.toString());
        assertEquals(ExitCode.NEGATIVE, other.code());
        assertTrue(other.err().contains("transcript.cbor: must not be sealed yet"), other.err());
    }

    /** Whoever makes the powers alone forges under every key on them; who signs twice is one; who does not sign is nobody. */
    @Test
    void shouldSayHowManyOfThreeContributorsThereWere() {
        Path few = own.resolve("powers");
        done("init", few.toString(), "--domain", "7");
        String key = own.resolve("key").toString();
        done("contribute", few.toString(), "--name", "Ada", "--sign-with", key);
        done("contribute", few.toString(), "--name", "Grace", "--sign-with", key);
        Said noFile = step("contribute", few.toString(), "--name", "Ada", "--sign-with", own.toString());
        assertTrue(noFile.isOneLineRefusal() && noFile.err().contains("64 hexadecimal digits"), noFile.toString());
        String unsigned = done("contribute", few.toString(), "--name", "Sophie Germain");
        assertTrue(unsigned.contains("not signed: counts for nobody"), unsigned);
        String sealed = done("seal", few.toString(), "--beacon", BEACON, "--source", SOURCE, "--keys", keys.toString());
        assertTrue(sealed.contains("1 of 3 contributors: as good as unsafe"), sealed);
        Path second = own.resolve("second");
        done("init", second.toString(), "--circuit", "rehearsal", "--shape", "40", "--powers", few.toString());
        contribute(second, "Ada", "Grace", "Sophie Germain");
        String verified = done("verify", second.toString());
        assertTrue(verified.contains("3 signed, but the powers below have 1"), verified);
        assertTrue(verified.contains("1 of 3 contributors: as good as unsafe"), verified);
    }

    @Test
    void shouldImportOnlyFilesOfPowers() throws IOException {
        Path file = Files.writeString(own.resolve("none.ptau"), "ptau and nothing more");
        Said said = step("init", own.resolve("imported").toString(), "--import", file.toString());
        assertEquals(ExitCode.NEGATIVE, said.code(), said.toString());
        assertTrue(said.err().contains("none.ptau: must be powers of tau as snarkjs writes them"), said.err());
    }

    @Test
    void shouldNameTheFileAndTheRuleInOneLine() throws IOException {
        assertTrue(done("verify", powers.toString()).contains("powers of tau for at most 2^8 constraints"));
        Path ceremony = copied(circuit);
        flip(ceremony.resolve("0002.contribution"));
        assertRefused(ceremony, "0002.contribution: must have the SHA-256 that the transcript names (DIGEST_DIFFERS)");
        Files.delete(ceremony.resolve("0001.contribution"));
        assertRefused(ceremony, "0001.contribution: must be there (FILE_MISSING)");
    }

    private static void assertRefused(Path ceremony, String line) {
        Said said = step("verify", ceremony.toString());
        assertEquals(ExitCode.NEGATIVE, said.code());
        assertEquals("", said.out());
        assertEquals(1, said.err().lines().count(), said.err());
        assertTrue(said.err().startsWith("bulwark: ") && said.err().contains(line), said.err());
    }

    /** Every circuit of the library can have a ceremony, on powers that are enough for it. */
    @Test
    void shouldKnowTheCircuitsOfTheHouse() {
        for (List<String> circuit :
                List.of(List.of("contagion", "1-3-2-11-12-2-4-3-2"), List.of("fund", "1-2-2-3-2-3-3-2"))) {
            Said said = step(
                    "init",
                    own.resolve(circuit.getFirst()).toString(),
                    "--circuit",
                    circuit.getFirst(),
                    "--shape",
                    circuit.getLast(),
                    "--powers",
                    powers.toString());
            assertEquals(ExitCode.NEGATIVE, said.code(), said.toString());
            assertTrue(said.err().contains("POWERS_TOO_FEW"), said.err());
        }
    }

    @Test
    void shouldRefuseStepsThatCannotBeInOneLine() {
        String here = own.resolve("new").toString();
        for (List<String> arguments : List.of(
                List.of("init", here),
                List.of("init", here, "--domain", "9", "--circuit", "rehearsal"),
                List.of("init", here, "--domain", "9", "--import", here),
                List.of("init", here, "--domain", "25"),
                List.of("init", here, "--circuit", "rehearsal", "--powers", powers.toString()),
                List.of("init", here, "--circuit", "rehearsal", "--shape", "x", "--powers", powers.toString()),
                List.of("init", here, "--circuit", "account", "--shape", "4", "--powers", powers.toString()),
                List.of("init", here, "--circuit", "rehearsal", "--shape", "190"),
                List.of("init", here, "--circuit", "unknown", "--shape", "4", "--powers", powers.toString()),
                List.of("init", here, "--circuit", "Rehearsal", "--shape", "4", "--powers", powers.toString()),
                List.of("init", here, "--circuit", "call", "--shape", "4", "--powers", powers.toString()),
                List.of("init", here, "--circuit", "fund", "--small-key", "--powers", powers.toString()),
                List.of("init", here, "--circuit", "contagion", "--tariff", here, "--powers", powers.toString()),
                List.of("init", here, "--circuit", "contagion", "--shape", "1-2-3", "--powers", powers.toString()),
                List.of("contribute", here),
                List.of("contribute", powers.toString(), "--name", "two\nlines"),
                List.of("seal", powers.toString(), "--beacon", "xy", "--source", SOURCE),
                List.of("seal", powers.toString(), "--beacon", "00", "--source", SOURCE, "--keys", here))) {
            Said said = step(arguments.toArray(String[]::new));
            assertTrue(said.isOneLineRefusal(), arguments + ": " + said);
        }
    }
}
