package io.bulwark.netting.tail;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import java.util.Comparator;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RankedWorldsTest {
    @Test
    void shouldOrderAsTheLibrarySortDoesEqualFiguresByNumber() {
        SplittableRandom random = new SplittableRandom(3);
        for (int count : new int[] {0, 1, 2, 15, 16, 17, 33, 1_000, 4_097}) {
            double[] figures = IntStream.range(0, count)
                    .mapToDouble(i -> random.nextInt(5) == 0 ? random.nextInt(3) - 1.0 : random.nextGaussian())
                    .toArray();
            int[] shuffled = IntStream.range(0, count)
                    .boxed()
                    .sorted(Comparator.comparingDouble((Integer i) -> -figures[i]))
                    .mapToInt(Integer::intValue)
                    .toArray();
            int[] expected = IntStream.range(0, count)
                    .boxed()
                    .sorted(Comparator.comparingDouble((Integer i) -> figures[i])
                            .thenComparing(Comparator.naturalOrder()))
                    .mapToInt(Integer::intValue)
                    .toArray();
            assertArrayEquals(expected, RankedWorlds.by(i -> figures[i], shuffled), count + " numbers");
        }
    }
}
