package io.bulwark.netting.portfolio;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.hipparchus.fraction.BigFraction;
import org.junit.jupiter.api.Test;

class ReuseTest {
    @Test
    void shouldApproachTheLeverageOfEndlessLoopingFromBelow() {
        BigFraction ltv = new BigFraction(3, 4);
        BigFraction previous = BigFraction.ZERO;
        for (int loops = 0; loops <= 40; loops++) {
            LoopedPosition position = LoopedPosition.of(ltv, new BigFraction(4, 5), loops);
            assertTrue(position.collateral().compareTo(previous) > 0);
            assertTrue(position.collateral().compareTo(position.leverageMax()) < 0);
            // What one loop borrows is what it posts: collateral·(1 − ltv) = 1 − ltv^(n+1).
            assertEquals(
                    BigFraction.ONE.subtract(ltv.pow(loops + 1)),
                    position.collateral().multiply(BigFraction.ONE.subtract(ltv)));
            previous = position.collateral();
        }
    }

    @Test
    void shouldBeLiquidatedBeforeItIsBadDebt() {
        LoopedPosition position = LoopedPosition.of(new BigFraction(3, 4), new BigFraction(4, 5), 5);
        BigFraction drop = position.dropToBadDebt().orElseThrow();
        assertTrue(position.dropToLiquidation().orElseThrow().compareTo(drop) < 0);
        LendingPool pool = new LendingPool(position.collateral(), position.debt());
        assertEquals(BigFraction.ZERO, pool.badDebt(drop));
        assertTrue(pool.badDebt(drop.add(new BigFraction(1, 1_000_000))).signum() > 0);
        assertEquals(
                Optional.empty(),
                LoopedPosition.of(BigFraction.ZERO, BigFraction.ONE, 3).dropToBadDebt());
        assertThrows(IllegalArgumentException.class, () -> LoopedPosition.of(BigFraction.ONE, BigFraction.ONE, 1));
    }

    @Test
    void shouldLoseOnlyWhatDepositorsHave() {
        LendingPool pool = new LendingPool(new BigFraction(1_000), new BigFraction(930));
        assertEquals(new BigFraction(930), pool.badDebt(BigFraction.ONE));
        assertEquals(BigFraction.ZERO, pool.receiptRate(new BigFraction(900), BigFraction.ONE));
        assertEquals(BigFraction.ONE, pool.receiptRate(new BigFraction(900), BigFraction.ZERO));
        assertThrows(IllegalArgumentException.class, () -> pool.badDebt(BigFraction.TWO));
    }

    @Test
    void shouldLeaveTitleWhereCollateralWasNotPassedOn() {
        PledgeChain chain = PledgeChain.of(List.of(
                new PledgeChain.Link("A", "B", new BigFraction(100)),
                new PledgeChain.Link("B", "C", new BigFraction(80)),
                new PledgeChain.Link("C", "B", new BigFraction(30))));
        assertEquals(new BigFraction(21, 10), chain.velocity());
        assertEquals(
                Map.of("A", BigFraction.ZERO, "B", new BigFraction(50), "C", new BigFraction(50)), chain.titleAtEnd());
        assertThrows(IllegalArgumentException.class, () -> PledgeChain.of(List.of()));
        assertThrows(IllegalArgumentException.class, () -> PledgeChain.velocity(BigFraction.ONE, BigFraction.ZERO));
    }
}
