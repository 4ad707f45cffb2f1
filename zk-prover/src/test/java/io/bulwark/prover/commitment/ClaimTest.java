package io.bulwark.prover.commitment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.bulwark.prover.binding.FieldElement;
import io.bulwark.prover.commitment.Claim.Candidate;
import io.bulwark.prover.commitment.Claim.Kind;
import java.math.BigInteger;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The integer of a claim. */
final class ClaimTest {
    @Test
    void shouldPlaceEveryPartAtItsBit() {
        Claim claim = new Claim(Kind.EXCESS_OVER_MAINTENANCE, Candidate.RETURNED, 5, OptionalLong.of(9));
        BigInteger expected = BigInteger.valueOf(2 + (2 << 8) + (5L << 16)).add(BigInteger.TEN.shiftLeft(80));
        assertEquals(expected, claim.value().value());
    }

    @ParameterizedTest
    @CsvSource({
        "EXCESS_OVER_INITIAL, GIVEN, 0, -1",
        "EXCESS_OVER_INITIAL, ALL_PAID, 9223372036854775807, 0",
        "EXCESS_OVER_MAINTENANCE, RETURNED, 1, 4294967295",
        "INITIAL_MARGIN, GIVEN, 123456789, -1",
        "BELOW_MAINTENANCE, GIVEN, 0, 17",
        "EXCESS_OVER_BUFFER, ALL_PAID, 3, -1",
        "MARGIN_IS_SEALED, GIVEN, 0, 17"
    })
    void shouldReadWhatItWrites(Kind kind, Candidate candidate, long m, long account) {
        Claim claim = new Claim(kind, candidate, m, account < 0 ? OptionalLong.empty() : OptionalLong.of(account));
        assertEquals(claim, Claim.of(claim.value()));
        if (!kind.byHouseAlone()) {
            Claim standing = claim.thatStands();
            assertEquals(standing, Claim.of(standing.value()));
            assertEquals(
                    claim.value().value().add(BigInteger.ONE.shiftLeft(15)),
                    standing.value().value());
        }
    }

    @Test
    void shouldRefuseWhatNoCircuitCouldSatisfy() {
        refuse(() -> new Claim(Kind.EXCESS_OVER_INITIAL, Candidate.GIVEN, -1, OptionalLong.empty()));
        refuse(() -> new Claim(Kind.INITIAL_MARGIN, Candidate.ALL_PAID, 1, OptionalLong.empty()));
        refuse(() -> new Claim(Kind.BELOW_MAINTENANCE, Candidate.GIVEN, 0, OptionalLong.empty()));
        refuse(() -> new Claim(Kind.BELOW_MAINTENANCE, Candidate.GIVEN, 1, OptionalLong.of(1)));
        refuse(() -> new Claim(Kind.MARGIN_IS_SEALED, Candidate.GIVEN, 0, OptionalLong.empty()));
        refuse(() -> new Claim(Kind.MARGIN_IS_SEALED, Candidate.GIVEN, 1, OptionalLong.of(1)));
        refuse(() -> new Claim(Kind.MARGIN_IS_SEALED, Candidate.RETURNED, 0, OptionalLong.of(1)));
        refuse(() -> Claim.marginIsSealed(1).thatStands());
        refuse(() -> new Claim(Kind.BELOW_MAINTENANCE, Candidate.GIVEN, 0, OptionalLong.of(1), true));
        refuse(() -> Claim.excessOverInitial(0).naming(1L << 32));
        refuse(() -> Claim.excessOverInitial(0).naming(-1));
    }

    @Test
    void shouldRefuseIntegersThatAreNoClaim() {
        BigInteger claim = Claim.excessOverInitial(7).value().value();
        refuse(() -> Claim.of(FieldElement.ZERO));
        refuse(() -> Claim.of(FieldElement.of(claim.subtract(BigInteger.ONE))));
        refuse(() -> Claim.of(FieldElement.of(claim.add(BigInteger.valueOf(6)))));
        refuse(() -> Claim.of(FieldElement.of(claim.setBit(10).setBit(11))));
        refuse(() ->
                Claim.of(FieldElement.of(Claim.marginIsSealed(3).value().value().setBit(15))));
        refuse(() -> Claim.of(FieldElement.of(claim.setBit(79))));
        refuse(() -> Claim.of(FieldElement.of(claim.setBit(113))));
        refuse(() -> Claim.of(FieldElement.of(claim.setBit(200))));
    }

    private static void refuse(Runnable construction) {
        assertThrows(IllegalArgumentException.class, construction::run);
    }
}
