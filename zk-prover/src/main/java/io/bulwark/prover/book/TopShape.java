package io.bulwark.prover.book;

import io.bulwark.prover.witness.CircuitSize;
import java.util.stream.IntStream;

/**
 * The size of the top layer, which sums batches to the house.
 *
 * @param assets assets of the batches
 * @param instruments instruments of the batches
 * @param height levels of a batch
 * @param fan 4^fan batches are summed
 * @param depth levels of the account tree
 */
public record TopShape(int assets, int instruments, int height, int fan, int depth) implements CircuitSize.Row {
    @Override
    public IntStream sizes() {
        return IntStream.of(assets, instruments, height, fan, depth);
    }

    @Override
    public String circuit() {
        return "book-top";
    }
}
