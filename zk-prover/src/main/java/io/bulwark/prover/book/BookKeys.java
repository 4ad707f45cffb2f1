package io.bulwark.prover.book;

import io.bulwark.prover.binding.ProverLibrary;
import io.bulwark.prover.proof.CircuitKeys;
import io.bulwark.prover.proof.SetupProgress;
import java.nio.file.Path;

/**
 * The keys of the two circuits of a book.
 *
 * @param shape the sizes
 * @param batch of batches
 * @param top of the layer above
 */
public record BookKeys(BookShape shape, CircuitKeys batch, CircuitKeys top) {
    /**
     * Opens the keys of a shape, made before by the same library, or makes them: that takes about half a minute. They are unsafe, like every
     * key that one machine makes.
     *
     * @param keys folder of all keys; made if absent
     * @param progress hears about once a second while keys are made
     */
    public static BookKeys prepare(ProverLibrary library, BookShape shape, Path keys, SetupProgress progress) {
        return new BookKeys(
                shape,
                CircuitKeys.prepare(library, shape.batch(), keys, progress),
                CircuitKeys.prepare(library, shape.top(), keys, progress));
    }
}
