package io.bulwark.netting.buffer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bulwark.clearing.money.MoneyRange;
import io.bulwark.netting.contagion.ContagionAccount;
import io.bulwark.netting.contagion.ContagionMap;
import io.bulwark.netting.contagion.ContagionSystem;
import io.bulwark.netting.contagion.ContagionVector;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** A step that is judged from what one owner adds is the step that is judged from the whole book. */
final class StandingTest {
    private static final int BOOKS = 300;
    private static final int STEPS = 3;

    @Test
    void shouldJudgeFromOneOwnerWhatTheWholeBookJudges() {
        int lifted = 0;
        for (long seed = 0; seed < BOOKS; seed++) {
            Random random = new Random(seed);
            ContagionSystem before = RandomBook.of(seed);
            List<ContagionVector> certified = ContagionBuffer.leastFixedPoints(before).stream()
                    .map(vector -> random.nextBoolean()
                            ? vector
                            : vector.join(
                                    RandomBook.vector(random, before.groups().size(), 20_000)))
                    .toList();
            BufferAdmission.Standing standing =
                    new BufferAdmission.Standing(before, ContagionMap.inEvery(before), certified);
            for (int step = 0; step < STEPS; step++) {
                ContagionAccount changed = changed(before, random);
                ContagionSystem after = with(before, changed);
                BufferAdmission whole = BufferAdmission.between(before, after, certified);
                assertEquals(
                        whole,
                        standing.with(changed, after, () -> after).admission(),
                        "seed " + seed + ", step " + step);
                lifted += whole.admitted() ? 0 : 1;
            }
        }
        assertTrue(
                lifted > BOOKS / 20 && lifted < STEPS * BOOKS / 2, lifted + " of " + STEPS * BOOKS + " lift a vector");
    }

    /** The whole book's range is kept although nobody adds the whole book up again. */
    @Test
    void shouldRefuseAStepThatTakesTheBookOutOfItsRangeInTheWordsOfTheWholeBook() {
        int refused = 0;
        for (long seed = 0; seed < BOOKS; seed++) {
            Random random = new Random(seed);
            ContagionSystem before = RandomBook.of(seed);
            ContagionAccount one =
                    before.accounts().get(random.nextInt(before.accounts().size()));
            long others = before.accounts().stream()
                    .filter(known -> !known.name().equals(one.name()))
                    .mapToLong(known -> Math.abs(known.equityMicro()))
                    .sum();
            for (long over = -1; over <= 1; over++) {
                ContagionAccount changed =
                        one.with(MoneyRange.END - others + over, one.maintenanceMicro(), one.gainsMicro());
                Optional<String> whole = refusal(() -> with(before, changed));
                assertEquals(whole, refusal(() -> new BookRoom(before).require(changed)), "seed " + seed);
                assertEquals(over >= 0, whole.isPresent(), "seed " + seed);
                refused += whole.isPresent() ? 1 : 0;
            }
        }
        assertTrue(refused > BOOKS, refused + " steps must be refused");
    }

    private static Optional<String> refusal(Runnable step) {
        try {
            step.run();
            return Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.of(e.getMessage());
        }
    }

    /** One of the book, grown or shrunk, or one that comes in. */
    private static ContagionAccount changed(ContagionSystem book, Random random) {
        ContagionAccount one =
                book.accounts().get(random.nextInt(book.accounts().size()));
        String name = random.nextInt(4) == 0 ? "newcomer" : one.name();
        return RandomBook.scaled(one, name, random.nextInt(40), 20);
    }

    private static ContagionSystem with(ContagionSystem book, ContagionAccount changed) {
        List<ContagionAccount> accounts = new ArrayList<>(book.accounts());
        accounts.removeIf(known -> known.name().equals(changed.name()));
        accounts.add(changed);
        return book.withAccounts(accounts);
    }
}
