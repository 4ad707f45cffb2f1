package io.bulwark.api.proof;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.bulwark.clearing.document.BadInput;
import io.bulwark.clearing.document.Digest;
import io.bulwark.prover.commitment.Claim;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class AskTest {
    private static final Conversation HELD = new Conversation("https://bank.example", "Kredit über", "borealis", "7f");
    private static final Ask UNNAMED = new Ask(Digest.ZERO, HELD, Claim.excessOverInitial(1_000_000_0000L), 3, true);

    @Test
    void shouldReadWhatItWrote() {
        assertEquals(UNNAMED, Ask.read(UNNAMED.encode()));
        Claim named = new Claim(Claim.Kind.INITIAL_MARGIN, Claim.Candidate.GIVEN, Long.MAX_VALUE, OptionalLong.of(4));
        Ask other = new Ask(Digest.ZERO, HELD, named.thatStands(), 1, false);
        assertEquals(other, Ask.read(other.encode()));
    }

    @Test
    void shouldSayAmountsInUsd() {
        assertEquals(12_3456, Ask.units("amount", "12.3456"));
        assertEquals(12_0000, Ask.units("amount", "12"));
        assertEquals(Long.MAX_VALUE, Ask.units("amount", "922337203685477.5807"));
        for (String other :
                new String[] {"", "-1", "1.00001", "1e3", "922337203685477.5808", "1,000", " 1", "\u0661"}) {
            assertThrows(BadInput.class, () -> Ask.units("amount", other), other);
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                    "format" : "bulwark-ask"         | "format" : "bulwark-proof"        | format
                    "version" : 1                    | "version" : 2                     | format
                    "house" : "0000                  | "house" : "00                     | house
                    "verifier" : "https://bank       | "verifier" : "http://bank         | verifier
                    "claim" : "initial-margin"       | "claim" : "initial_margin"        | claim
                    "claim" : "initial-margin"       | "claim" : "below-maintenance"     | claim
                    "candidate" : "given"            | "candidate" : "taken"             | candidate
                    "amount" : "1000000.0000"        | "amount" : "-1"                   | amount
                    "oldestEpoch" : 3                | "oldestEpoch" : -3                | oldestEpoch
                    "once" : true                    | "once" : "yes"                    | once
                    "once" : true                    | "twice" : true                    | twice
                    "account" : null                 | "account" : 4294967296            | account
                    """)
    void shouldNameTheFieldThatItRefuses(String from, String to, String field) {
        String file = new String(UNNAMED.encode(), UTF_8);
        assertEquals(true, file.contains(from), file);
        BadInput refusal = assertThrows(
                BadInput.class, () -> Ask.read(file.replace(from, to).getBytes(UTF_8)));
        assertEquals(field, refusal.field());
    }
}
