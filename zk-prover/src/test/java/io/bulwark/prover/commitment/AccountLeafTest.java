package io.bulwark.prover.commitment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bulwark.clearing.document.CanonicalException;
import io.bulwark.clearing.document.CanonicalValue;
import io.bulwark.netting.portfolio.Entry;
import io.bulwark.netting.portfolio.MarginAccount;
import io.bulwark.netting.portfolio.MarginAccount.Standing;
import io.bulwark.prover.binding.Answer;
import io.bulwark.prover.binding.FieldElement;
import io.bulwark.prover.binding.ProverLibrary;
import io.bulwark.prover.binding.ProverRefusal;
import io.bulwark.prover.commitment.AccountLeaf.Format;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Leaves of both formats: what stands in them, and that neither passes for the other. */
final class AccountLeafTest {
    private final ProverLibrary library = ProverLibrary.load();

    private static AccountLeaf leaf(Format format, Standing... standings) {
        MarginAccount account =
                new MarginAccount(-7, List.of(new Entry(1, -2)), List.of(), List.of(), List.of(), List.of(standings));
        return new AccountLeaf(format, 3, FieldElement.of(1), FieldElement.of(2), account);
    }

    private FieldElement hash(AccountLeaf leaf) {
        return leaf.hash(library).orElseThrow();
    }

    /**
     * A standing left out, one better, at another venue, of the other sign, and the leaf of the other format: each
     * has a hash of its own.
     */
    @Test
    void shouldHashEveryAccountApart() {
        List<AccountLeaf> leaves = List.of(
                leaf(Format.WITHOUT_VENUES),
                leaf(Format.AT_VENUES),
                leaf(Format.AT_VENUES, new Standing(1, 0)),
                leaf(Format.AT_VENUES, new Standing(1, 1)),
                leaf(Format.AT_VENUES, new Standing(1, -1)),
                leaf(Format.AT_VENUES, new Standing(2, 1)),
                leaf(Format.AT_VENUES, new Standing(1, Long.MAX_VALUE)),
                leaf(Format.AT_VENUES, new Standing(1, Long.MIN_VALUE)),
                leaf(Format.AT_VENUES, new Standing(1, 0), new Standing(2, 0)));
        Set<FieldElement> hashes = new HashSet<>();
        leaves.forEach(leaf -> assertTrue(hashes.add(hash(leaf)), () -> leaf.encoded() + " has another's hash"));
        leaves.forEach(leaf -> assertEquals(leaf, AccountLeaf.of(leaf.encoded())));
    }

    @Test
    void shouldHaveNoPlaceForStandingsWithoutVenues() {
        assertThrows(IllegalArgumentException.class, () -> leaf(Format.WITHOUT_VENUES, new Standing(1, 0)));
    }

    @Test
    void shouldRefuseAnEncodingThatIsOfNeitherFormat() {
        CanonicalValue standings =
                CanonicalValue.array(CanonicalValue.array(CanonicalValue.integer(1), CanonicalValue.integer(5)));
        List<CanonicalValue> old = items(leaf(Format.WITHOUT_VENUES));
        old.add(standings);
        refuses("must have 10", old);
        List<CanonicalValue> without = items(leaf(Format.AT_VENUES, new Standing(1, 5)));
        without.removeLast();
        refuses("standings is missing", without);
        for (int version : new int[] {0, 3}) {
            List<CanonicalValue> other = items(leaf(Format.AT_VENUES));
            other.set(1, CanonicalValue.integer(version));
            refuses("version", other);
        }
        List<CanonicalValue> misnamed = items(leaf(Format.AT_VENUES));
        misnamed.set(0, CanonicalValue.text("bulwark-margin"));
        refuses("schema", misnamed);
    }

    private static List<CanonicalValue> items(AccountLeaf leaf) {
        return new ArrayList<>(((CanonicalValue.Array) leaf.encoded()).values());
    }

    private static void refuses(String words, List<CanonicalValue> fields) {
        CanonicalException refused =
                assertThrows(CanonicalException.class, () -> AccountLeaf.of(CanonicalValue.array(fields)));
        String said = refused.field() + " " + refused.rule();
        assertTrue(said.contains(words), said);
    }

    /** Which venues a table lists, the leaf does not know; that their numbers increase, and that free money has none, it does. */
    @Test
    void shouldRefuseFaultyListsOfStandings() {
        assertEquals("IDS_NOT_INCREASING", code(new Standing(2, 0), new Standing(1, 0)));
        assertEquals("IDS_NOT_INCREASING", code(new Standing(1, 0), new Standing(1, 0)));
        assertEquals("OUT_OF_RANGE", code(new Standing(0, 5)));
        assertEquals("OUT_OF_RANGE", code(new Standing(1 << 15, 0)));
    }

    private String code(Standing... standings) {
        ProverRefusal refusal = assertInstanceOf(
                        Answer.Refused.class, leaf(Format.AT_VENUES, standings).hash(library))
                .refusal();
        assertTrue(refusal.where().startsWith("account.standings["), refusal::where);
        return refusal.code();
    }
}
