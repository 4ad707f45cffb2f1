package io.bulwark.api.verification;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.bulwark.api.door.ExitCode;
import io.bulwark.api.door.InputFile;
import io.bulwark.api.door.Printout;
import io.bulwark.api.door.VerbCommand;
import io.bulwark.api.proof.ProofAnswer;
import io.bulwark.clearing.document.BadInput;
import io.bulwark.clearing.document.CanonicalValue;
import io.bulwark.clearing.document.Digest;
import io.bulwark.prover.binding.Answer;
import io.bulwark.prover.binding.ProverLibrary;
import io.bulwark.prover.book.BookProof;
import io.bulwark.prover.proof.Expectation;
import io.bulwark.prover.proof.Judge;
import io.bulwark.prover.proof.Judgement;
import io.bulwark.prover.witness.PublicInputs;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Judges a file from files alone: no database, no network, nothing of the house. */
@Command(
        name = "verify",
        description = {
            "Judges a file of any kind that proves something, from files alone, without database and network: a proof of any circuit, a book, or proofs",
            "of an epoch's margins. What it is, the file itself says.",
            "Exit code 0: TRUSTED, it holds and everything that it must be tied to fits; 4: NOT ANCHORED, it holds and something was not given, which is named;",
            "1: REFUSED, it does not hold or something differs; 2: a file is none."
        })
final class VerifyCommand extends VerbCommand {
    /** Of the first byte of a canonical value: what kind it is, and that of an array. */
    private static final int MAJOR = 0xe0;

    private static final int ARRAY = 0x80;

    @Parameters(paramLabel = "FILE", description = "The file, as every verb writes it that proves.")
    @SuppressWarnings("NullAway.Init")
    private Path file;

    @Mixin
    private final VerifierOptions verifier = new VerifierOptions();

    @Option(
            names = "--mine",
            paramLabel = "BUNDLE",
            description = "Of a book: an account's witness bundle, to hear whether the book counts it. Needs --wallet.")
    private @Nullable Path mine;

    @Option(names = "--wallet", paramLabel = "WALLET", description = "The wallet that opens the bundle of --mine.")
    private @Nullable Path wallet;

    @Mixin
    private final CustodianOptions custodians = new CustodianOptions();

    @Option(names = "--json", description = "Prints the judgement of a proof as POST /verification answers it.")
    private boolean json;

    @Override
    public Integer call() {
        byte[] content = InputFile.bytes(file, BookProof.BYTES_MAX);
        if (isDocument(content, "bulwark-book-proof")) {
            return book();
        }
        refuseOfBook();
        if (isDocument(content, "bulwark-margin-proofs")) {
            return marginProofs();
        }
        String text = new String(content, UTF_8);
        if (content.length > ProofAnswer.FILE_BYTES_MAX || !text.contains("\"bulwark-proof\"")) {
            throw new BadInput(
                    "FILE",
                    file.toString(),
                    "must be a proof, a book or margin proofs, as 'bulwark proof prove' writes them");
        }
        return proof(content, text);
    }

    /** Whether a file is a canonical array whose first element is a name. */
    private static boolean isDocument(byte[] content, String schema) {
        byte[] name = CanonicalValue.text(schema).encode();
        return content.length > name.length
                && (content[0] & MAJOR) == ARRAY
                && Arrays.equals(content, 1, 1 + name.length, name, 0, name.length);
    }

    private int book() {
        verifier.refuseConversation("a book");
        verifier.refuseTable("a book, which holds its table");
        verifier.terms().refuseAllBut("a book", false);
        if (json) {
            throw new BadInput("--json", "", "must stand beside a proof");
        }
        if ((mine == null) != (wallet == null)) {
            throw new BadInput("--mine", "", "must stand beside --wallet");
        }
        BookReading reading = new BookReading(new BookReader(verifier.anchors(), custodians), out(), err());
        BookProof book = BookReading.read(file);
        return mine != null && wallet != null ? reading.included(book, mine, wallet) : reading.judge(book);
    }

    private void refuseOfBook() {
        if (mine != null || wallet != null) {
            throw new BadInput("--mine", "", "must stand beside a book");
        }
    }

    private int marginProofs() {
        verifier.refuseConversation("margin proofs");
        verifier.terms().refuseHoldings("margin proofs", custodians);
        verifier.terms().refuseAllBut("margin proofs", true);
        return print(MarginReading.of(ProverLibrary.load(), file, verifier).judged(), List.of());
    }

    private int proof(byte[] content, String proof) {
        ProverLibrary library = ProverLibrary.load();
        Judge judge = new Judge(library);
        List<byte[]> keys = verifier.keys(content);
        byte[] house = verifier.houseFile();
        Expectation expected = verifier.expectation(library);
        Judgement alone = given(judge.judge(proof, keys, house, expected), file);
        if (alone.outcome() == Judgement.Outcome.REFUSED) {
            return print(alone, List.of());
        }
        HouseTerms.Told told = verifier.terms().tell(expected, alone, keys, verifier, custodians, library);
        if (told.refusal().isPresent()) {
            return print(Verification.refused(alone, told.refusal().orElseThrow()), List.of());
        }
        Judgement judged = given(judge.judge(proof, keys, house, expected), file);
        return print(
                judged.outcome() == Judgement.Outcome.TRUSTED
                        ? verifier.shownBefore(judged, Digest.sha256(content))
                                .map(reason -> Verification.refused(judged, reason))
                                .orElse(judged)
                        : judged,
                told.lines());
    }

    /** The judgement, where the file can be read. */
    static Judgement given(Answer<Judgement> answer, Path file) {
        return switch (answer) {
            case Answer.Given<Judgement>(Judgement judgement) -> judgement;
            case Answer.Refused<Judgement> refused ->
                throw new BadInput(
                        "FILE",
                        file + ", " + refused.refusal().where(),
                        "must be readable: " + refused.refusal().code());
        };
    }

    private int print(Judgement judged, List<String> more) {
        if (json) {
            new Printout(out()).json(Verification.of(judged, Optional.empty()));
        } else {
            lines(judged, more, out());
        }
        return code(judged.outcome());
    }

    /** The exit code of an outcome. */
    static int code(Judgement.Outcome outcome) {
        return switch (outcome) {
            case TRUSTED -> ExitCode.OK;
            case UNANCHORED -> ExitCode.NOT_ANCHORED;
            case REFUSED -> ExitCode.NEGATIVE;
        };
    }

    /** The first line of an answer. */
    static String first(Judgement judged) {
        return judged.firstWords()
                + switch (judged.outcome()) {
                    case TRUSTED -> ": " + judged.sentence().orElse("");
                    case UNANCHORED ->
                        "; says, without anchor: " + judged.sentence().orElse("");
                    case REFUSED -> ": " + judged.reason().orElse("");
                };
    }

    private static void lines(Judgement judged, List<String> more, PrintWriter out) {
        out.println(first(judged));
        if (judged.outcome() == Judgement.Outcome.UNANCHORED) {
            judged.missing().forEach(pin -> out.println("  not given: " + pin.name() + ": " + pin.words()));
        }
        if (judged.outcome() != Judgement.Outcome.REFUSED) {
            BindingWords.of(judged).ifPresent(words -> out.println("  binds       " + words));
            more.forEach(out::println);
        }
        judged.asOf()
                .ifPresent(
                        date -> out.println("  as of       " + date + ", a date that was named in the clock's place"));
        PublicInputs shown = judged.publicInputs();
        out.println("  key         " + judged.key() + (judged.origin().isEmpty() ? "" : ", " + judged.origin()));
        judged.epoch().ifPresent(number -> out.println("  epoch       " + number));
        out.println("  epoch seal  " + shown.seal());
        out.println("  challenge   " + shown.challenge());
        out.println("  scope       " + shown.scope());
        out.println("  nullifier   " + shown.nullifier());
        out.println("  statement   " + shown.statement());
    }
}
