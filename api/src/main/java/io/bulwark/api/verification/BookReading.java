package io.bulwark.api.verification;

import io.bulwark.api.door.ExitCode;
import io.bulwark.api.door.InputFile;
import io.bulwark.api.proof.ClaimWords;
import io.bulwark.clearing.document.BadInput;
import io.bulwark.prover.binding.Answer;
import io.bulwark.prover.binding.ProverLibrary;
import io.bulwark.prover.book.BookJudge;
import io.bulwark.prover.book.BookProof;
import io.bulwark.prover.proof.Expectation;
import io.bulwark.prover.proof.Judgement;
import io.bulwark.prover.wallet.EncryptedBundle;
import io.bulwark.prover.wallet.OwnerWallet;
import io.bulwark.prover.wallet.WitnessBundle;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * A book as a reader finds it: judged as a whole, and asked whether it counts one account.
 *
 * @param reader what the reader knows
 * @param out where answers go
 * @param err where a negative one's reason goes
 */
record BookReading(BookReader reader, PrintWriter out, PrintWriter err) {
    private static final long WALLET_BYTES_MAX = 4 << 10;

    /** A judgement with what it was made from. */
    private record Judged(BookProof book, Judgement judgement, ShownReserves reserves) {}

    /**
     * The book in a file.
     *
     * @throws BadInput if it is none
     */
    static BookProof read(Path file) {
        byte[] bytes = InputFile.bytes(file, BookProof.BYTES_MAX);
        return BadInput.refusing("FILE", file.toString(), () -> BookProof.read(bytes));
    }

    /** Judges a book and prints what comes of it; gives the exit code. */
    int judge(BookProof book) {
        return printed(judged(book));
    }

    /** The same, and whether the book counts the account of a bundle: a book that holds is made of every leaf under its epoch's account root. */
    int included(BookProof book, Path bundle, Path wallet) {
        ProverLibrary library = ProverLibrary.load();
        WitnessBundle mine = mine(library, bundle, wallet);
        Optional<String> missing = book.missing(library, mine.epoch(), mine.leaf(), mine.path());
        int code = printed(judged(book));
        if (code == ExitCode.NEGATIVE) {
            return code;
        }
        if (missing.isPresent()) {
            err.println("bulwark: not counted: " + missing.get());
            return ExitCode.NEGATIVE;
        }
        out.println(
                "  account " + mine.leaf().number() + " is counted in this book, with everything that its leaf holds");
        return code;
    }

    private Judged judged(BookProof book) {
        ProverLibrary library = ProverLibrary.load();
        ShownReserves reserves = reader.shown(library, book);
        Expectation expected = reader.expectation(reserves);
        List<byte[]> keys = reader.keys(book.batchKey(), book.topKey());
        byte[] house = reader.houseFile();
        return switch (new BookJudge(library).judge(book, keys, house, expected)) {
            case Answer.Given<Judgement>(Judgement judgement) -> new Judged(book, judgement, reserves);
            case Answer.Refused<Judgement> refused ->
                throw new BadInput(
                        "FILE",
                        refused.refusal().where(),
                        "must be readable: " + refused.refusal().code());
        };
    }

    private int printed(Judged judged) {
        Judgement judgement = judged.judgement();
        out.println(VerifyCommand.first(judgement));
        if (judgement.outcome() == Judgement.Outcome.REFUSED) {
            return ExitCode.NEGATIVE;
        }
        judgement.missing().forEach(pin -> out.println("  not given: " + pin.name() + ": " + pin.words()));
        out.println("  " + ClaimWords.of(judged.book().statement()));
        judged.reserves().lines().forEach(line -> out.println("  " + line));
        judgement
                .asOf()
                .ifPresent(
                        date -> out.println("  as of       " + date + ", a date that was named in the clock's place"));
        out.println("  keys        " + judgement.origin());
        out.println("  epoch seal  " + judgement.publicInputs().seal());
        return VerifyCommand.code(judgement.outcome());
    }

    /** The bundle that its wallet opens, every part of which leads to its epoch's roots. */
    private static WitnessBundle mine(ProverLibrary library, Path bundle, Path wallet) {
        byte[] walletFile = InputFile.secretBytes(wallet, WALLET_BYTES_MAX);
        byte[] bundleFile = InputFile.bytes(bundle, EncryptedBundle.BYTES_MAX);
        try {
            OwnerWallet owner = OwnerWallet.decode(walletFile);
            WitnessBundle mine = owner.open(EncryptedBundle.decode(bundleFile));
            mine.check(library, owner.key());
            return mine;
        } catch (IllegalArgumentException e) {
            throw new BadInput("--mine", bundle.toString(), String.valueOf(e.getMessage()));
        }
    }
}
