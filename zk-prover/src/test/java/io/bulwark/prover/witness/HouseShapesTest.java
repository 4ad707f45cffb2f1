package io.bulwark.prover.witness;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.bulwark.clearing.document.CanonicalValue;
import io.bulwark.prover.book.BookShape;
import io.bulwark.prover.commitment.AccountLeaf.Format;
import io.bulwark.prover.contagion.ContagionShape;
import io.bulwark.prover.fund.FundShape;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The sizes of circuits over all accounts of a house, of both formats: what the library reads, and what files are named. */
final class HouseShapesTest {
    private static final BookShape BOOK = BookShape.STANDARD;
    private static final FundShape FUND = FundShape.of("2-16-8-64-16-16", 32);
    private static final ContagionShape CONTAGION =
            new ContagionShape(2, 16, 8, 64, 32, 3, 27, 16, Format.WITHOUT_VENUES);

    private static List<CanonicalValue> fields(CircuitSize size) {
        return new ArrayList<>(((CanonicalValue.Array) size.encoded()).values());
    }

    @Test
    void shouldEndWithAOneWhereAccountsHaveStandings() {
        for (CircuitSize.OfAccounts plain : List.of(BOOK.batch(), FUND, CONTAGION)) {
            CircuitSize.OfAccounts atVenues = switch (plain) {
                case FundShape fund -> fund.with(Format.AT_VENUES);
                case ContagionShape contagion -> contagion.with(Format.AT_VENUES);
                default -> BOOK.with(Format.AT_VENUES).batch();
            };
            List<CanonicalValue> expected = fields(plain);
            assertEquals(plain.sizes().count(), expected.size());
            expected.add(CanonicalValue.integer(1));
            assertEquals(expected, fields(atVenues));
            assertEquals(plain.label() + "-1", atVenues.label());
        }
        assertEquals(fields(BOOK.top()), fields(BOOK.with(Format.AT_VENUES).top()));
        assertEquals(BOOK, BOOK.with(Format.AT_VENUES).with(Format.WITHOUT_VENUES));
    }

    @Test
    void shouldReadTheSizeOfACertificateOfEitherFormat() {
        ContagionShape atVenues = CONTAGION.with(Format.AT_VENUES);
        assertEquals(CONTAGION, ContagionShape.of(CONTAGION.encoded()));
        assertEquals(atVenues, ContagionShape.of(atVenues.encoded()));
        for (int last : new int[] {0, 2}) {
            List<CanonicalValue> other = fields(CONTAGION);
            other.add(CanonicalValue.integer(last));
            assertThrows(IllegalArgumentException.class, () -> ContagionShape.of(CanonicalValue.array(other)));
        }
        List<CanonicalValue> longer = fields(atVenues);
        longer.add(CanonicalValue.integer(1));
        assertThrows(IllegalArgumentException.class, () -> ContagionShape.of(CanonicalValue.array(longer)));
    }
}
