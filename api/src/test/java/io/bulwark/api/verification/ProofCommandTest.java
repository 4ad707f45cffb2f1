package io.bulwark.api.verification;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bulwark.api.Said;
import io.bulwark.api.door.ExitCode;
import io.bulwark.api.proof.Ask;
import io.bulwark.clearing.document.Digest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a verifier writes and notes. */
final class ProofCommandTest {
    private static final String HOUSE = "00" + "07".repeat(31);

    @TempDir
    private Path folder;

    @Test
    void shouldWriteAnAskWithANonceOfItsOwn() throws IOException {
        Said said = ask("ask.json", "--amount", "1000000.5", "--account", "4", "--once");
        assertEquals(ExitCode.OK, said.code(), said.toString());
        assertTrue(
                said.out().contains("account 4 has at least 1000000.5000 USD of equity over its initial margin"),
                said.out());
        Ask ask = Ask.read(Files.readAllBytes(folder.resolve("ask.json")));
        assertEquals(HOUSE, ask.house().hex());
        assertEquals(1_000_000_5000L, ask.claim().m());
        assertEquals(OptionalLong.of(4), ask.claim().account());
        assertTrue(ask.once());
        assertEquals(ExitCode.OK, ask("other.json").code());
        Ask other = Ask.read(Files.readAllBytes(folder.resolve("other.json")));
        assertNotEquals(ask.conversation().nonce(), other.conversation().nonce());
        assertNotEquals(ask.conversation().challenge(), other.conversation().challenge());
        assertEquals(ask.conversation().scope(), other.conversation().scope());
    }

    @Test
    void shouldNotWriteOverAnAskThatWasGivenAway() {
        assertEquals(ExitCode.OK, ask("ask.json").code());
        Said said = ask("ask.json");
        assertTrue(said.isOneLineRefusal() && said.err().contains("never written over"), said.toString());
    }

    @Test
    void shouldRefuseWhatCouldBeWrittenInTwoWays() {
        for (String[] other : new String[][] {
            {"--verifier", "https://bank.example/"},
            {"--verifier", "https://Bank.example"},
            {"--purpose", "u\u0308ber"},
            {"--house", "northhouse"},
            {"--claim", "excess-over-initial"},
            {"--amount", "1.00001"}
        }) {
            Said said = ask("never.json", other);
            assertTrue(said.isOneLineRefusal(), String.join(" ", other) + ": " + said);
        }
    }

    private Said ask(String out, String... more) {
        String[] words = {
            "--house",
            HOUSE,
            "--verifier",
            "https://bank.example",
            "--purpose",
            "loan",
            "--beneficiary",
            "borealis",
            "--claim",
            "initial-margin"
        };
        for (int i = 0; i < more.length - 1; i++) {
            for (int j = 0; j < words.length; j += 2) {
                if (words[j].equals(more[i])) {
                    words[j + 1] = more[i + 1];
                }
            }
        }
        boolean replaced = more.length == 2 && Stream.of(words).anyMatch(word -> word.equals(more[0]));
        return Said.by(Stream.of(
                        Stream.of("proof", "ask"),
                        Stream.of(words),
                        replaced ? Stream.<String>of() : Stream.of(more),
                        Stream.of("--out", folder.resolve(out).toString()))
                .flatMap(words1 -> words1)
                .toArray(String[]::new));
    }

    @Test
    void shouldTakeOneProofForAnAskAndLookAtItAgain() throws IOException {
        AskAnswer answer = AskAnswer.beside(folder.resolve("ask.json"));
        Digest first = Digest.sha256(new byte[] {1});
        Digest second = Digest.sha256(new byte[] {2});
        assertTrue(answer.isFree(first));
        assertTrue(answer.take(first));
        assertTrue(answer.take(first), "a second look");
        assertTrue(answer.isFree(first));
        assertTrue(!answer.isFree(second) && !answer.take(second), "a second proof");
        Files.writeString(answer.path(), first.hex().substring(0, 20));
        assertTrue(answer.take(second), "what a crash cut off was never said");
        assertTrue(!answer.take(first));
    }
}
