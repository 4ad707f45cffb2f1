package io.bulwark.house.proof;

import io.bulwark.clearing.document.DurableFile;
import io.bulwark.clearing.register.EpochRegister;
import io.bulwark.house.epoch.ComputedEpoch;
import io.bulwark.house.epoch.EpochComputation;
import io.bulwark.house.epoch.SealedLeaves;
import io.bulwark.house.founding.Home;
import io.bulwark.prover.binding.Answer;
import io.bulwark.prover.binding.ProverLibrary;
import io.bulwark.prover.book.BookKeys;
import io.bulwark.prover.book.BookProver;
import io.bulwark.prover.book.BookRequest;
import io.bulwark.prover.book.BookShape;
import io.bulwark.prover.book.Reserves;
import io.bulwark.prover.commitment.AccountLeaf.Format;
import io.bulwark.prover.proof.SetupProgress;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalLong;

/**
 * Proves the book of the whole house over a sealed epoch. What a book keeps for the next lies in the
 * home, readable by this user only: it holds subtotals.
 */
public final class BookProofs {
    private final ProverLibrary library;
    private final Home home;
    private final EpochRegister epochs;
    private final HouseKeys keys;

    public BookProofs(ProverLibrary library, Home home, EpochRegister epochs, HouseKeys keys) {
        this.library = library;
        this.home = home;
        this.epochs = epochs;
        this.keys = keys;
    }

    /**
     * Proves the book of an epoch. Batches whose accounts have not changed since the last one keep their proofs while values stay in the band.
     *
     * @param shape the sizes of its circuits, which open the accounts in the format of the epoch's table
     * @param epoch the epoch
     * @param reserves what the house holds
     * @param bandPpm how much worse than today's the values of new batch proofs are
     * @param declared shortfall that the house declares, u; empty: as much as is missing
     * @param progress hears about once a second while keys are made
     */
    public Answer<BookProver.Proved> prove(
            BookShape shape,
            ComputedEpoch epoch,
            Reserves reserves,
            int bandPpm,
            OptionalLong declared,
            SetupProgress progress) {
        BookRequest request = new BookRequest(
                EpochComputation.commitment(epoch.sealed().epoch()),
                SealedLeaves.of(epoch, epochs),
                reserves,
                bandPpm,
                declared);
        try (BookProver prover = BookProver.open(library, keys(shape.with(Format.of(epoch.table())), progress))) {
            Answer<BookProver.Proved> answer = prover.prove(epoch.table(), request, kept());
            if (answer instanceof Answer.Given<BookProver.Proved>(BookProver.Proved proved)) {
                keep(proved.kept());
            }
            return answer;
        }
    }

    private BookKeys keys(BookShape shape, SetupProgress progress) {
        return new BookKeys(shape, keys.of(shape.batch(), progress), keys.of(shape.top(), progress));
    }

    private byte[] kept() {
        try {
            return Files.exists(file()) ? Files.readAllBytes(file()) : new byte[0];
        } catch (IOException e) {
            throw new UncheckedIOException("kept book " + file(), e);
        }
    }

    private void keep(byte[] kept) {
        try {
            DurableFile.write(file(), kept);
        } catch (IOException e) {
            throw new UncheckedIOException("kept book " + file(), e);
        }
    }

    private Path file() {
        return home.book().resolve("kept.cbor");
    }
}
