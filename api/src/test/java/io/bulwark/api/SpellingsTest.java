package io.bulwark.api;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bulwark.api.door.ExitCode;
import io.bulwark.api.door.Spellings;
import io.bulwark.api.door.Spellings.Spelling;
import io.bulwark.tier.Heavy;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Old spellings answer and name the new one; short ones that stay are silent. */
@Heavy
final class SpellingsTest {
    static Stream<Spelling> spellings() {
        return Bulwark.spellings().spellings().stream();
    }

    @ParameterizedTest
    @MethodSource("spellings")
    void shouldAnswerAsTheVerbThatItIs(Spelling spelling) {
        Said typed = Said.by(words(spelling.typed()));
        Said verb = Said.by(words(spelling.verb()));
        assertEquals(ExitCode.OK, typed.code(), typed.toString());
        assertEquals(verb.out(), typed.out());
        assertTrue(typed.out().startsWith("Usage: bulwark " + String.join(" ", spelling.verb()) + " ["), typed.out());
        assertTrue(verb.err().isEmpty(), verb.err());
        if (spelling.stays()) {
            assertTrue(typed.err().isEmpty(), typed.err());
        } else {
            assertEquals(1, typed.err().lines().count(), typed.err());
            assertTrue(typed.err().contains("'" + String.join(" ", spelling.verb()) + "'"), typed.err());
        }
    }

    private static String[] words(List<String> verb) {
        List<String> all = new ArrayList<>(verb);
        all.add("--help");
        return all.toArray(String[]::new);
    }

    @ParameterizedTest
    @CsvSource({
        "margin p.json --json,account margin p.json --json",
        "--home h margin p.json,--home h account margin p.json",
        "--home=h replay --epoch 1,--home=h epoch replay --epoch 1",
        "export --verifier k.vk,proof key k.vk",
        "export --verifier=k.vk --home h,proof key k.vk --home h",
        "export --house,epoch house",
        "export --house h.json --newest 3,epoch house h.json --newest 3",
        "export --attestation --epoch 2,epoch attest --epoch 2",
        "export --format csv,epoch export --format csv",
        "book included b.cbor --mine m --wallet w,proof verify b.cbor --mine m --wallet w",
        "fund prove --fund 7,proof prove fund --fund 7",
        "fund undeclared,fund undeclared",
        "account margin --account 1,account margin --account 1",
        "liquidate margin,liquidate margin"
    })
    void shouldKeepEverythingThatIsNotTheSpelling(String typed, String now) {
        PrintWriter nowhere = new PrintWriter(new StringWriter());
        assertArrayEquals(now.split(" ", -1), Bulwark.spellings().now(nowhere, typed.split(" ", -1)));
    }

    @Test
    void shouldLeaveAloneWhatHasNoVerb() {
        PrintWriter nowhere = new PrintWriter(new StringWriter());
        assertArrayEquals(new String[] {}, Bulwark.spellings().now(nowhere));
        assertArrayEquals(new String[] {"--home"}, Bulwark.spellings().now(nowhere, "--home"));
        assertArrayEquals(new String[] {"--help"}, Bulwark.spellings().now(nowhere, "--help"));
    }

    @Test
    void shouldTakeTheLongestSpelling() {
        Spellings spellings = Spellings.of("a > x\na b > y\na --c > z");
        PrintWriter nowhere = new PrintWriter(new StringWriter());
        assertArrayEquals(new String[] {"y", "d"}, spellings.now(nowhere, "a", "b", "d"));
        assertArrayEquals(new String[] {"z", "1"}, spellings.now(nowhere, "a", "--c=1"));
        assertArrayEquals(new String[] {"x", "--cc"}, spellings.now(nowhere, "a", "--cc"));
    }

    @ParameterizedTest
    @CsvSource({"account", "epoch", "fund", "venue", "proof", "chain", "proof prove", "proof hold", "account crif"})
    void shouldListTheVerbsOfAGroupThatIsCalledAlone(String group) {
        Said said = Said.by(group.split(" ", -1));
        assertEquals(ExitCode.OK, said.code(), said.toString());
        assertTrue(said.out().startsWith("Usage: bulwark " + group + " "), said.out());
        assertTrue(said.out().contains("Commands:"), said.out());
        Said unknown = Said.by((group + " liquidate-everything").split(" ", -1));
        assertTrue(unknown.isOneLineRefusal(), unknown.toString());
        assertTrue(unknown.err().contains("liquidate-everything"), unknown.err());
    }
}
