package io.bulwark.api.verification;

import io.bulwark.api.door.InputFile;
import io.bulwark.clearing.document.BadInput;
import io.bulwark.prover.binding.Answer;
import io.bulwark.prover.binding.FieldElement;
import io.bulwark.prover.binding.ProverLibrary;
import io.bulwark.prover.commitment.Claim;
import io.bulwark.prover.proof.Expectation;
import io.bulwark.prover.proof.Judge;
import io.bulwark.prover.proof.Judgement;
import io.bulwark.prover.proof.Judgement.Outcome;
import io.bulwark.prover.proof.MarginProofs;
import io.bulwark.prover.proof.ProofBundle;
import io.bulwark.prover.proof.Verifier;
import io.bulwark.prover.proof.VerifyingKey;
import io.bulwark.prover.wallet.SealedRequests;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * Margin proofs as a verifier finds them. Key and seal are the same for all, so the judge's word on the first about house, epoch, key and rows is
 * that on all; what each says follows from its number, and all are checked in one batch.
 *
 * @param proofs what the file holds
 * @param judged the judgement of all together
 * @param epochDigest the epoch that they are of, where they are trusted
 */
record MarginReading(MarginProofs proofs, Judgement judged, FieldElement epochDigest) {

    /**
     * Reads and checks a file.
     *
     * @throws BadInput if it is none, or holds no proof
     */
    static MarginReading of(ProverLibrary library, Path file, VerifierOptions by) {
        MarginProofs proofs = read(file);
        List<byte[]> keys = by.anchors().keys(proofs.key());
        Expectation expected = by.anchors().expectation(Optional.empty(), 0);
        Optional<SealedRequests> requests = by.tellRequestsOf(file, expected, library);
        long first = proofs.proofs().firstKey();
        expected.statement(Claim.marginIsSealed(first).value());
        Judgement one = VerifyCommand.given(
                new Judge(library).judge(bundle(proofs, first).toJson(), keys, by.houseFile(), expected), file);
        FieldElement epoch = requests.map(SealedRequests::seal)
                .filter(seal -> seal.value(library).equals(proofs.seal()))
                .map(seal -> seal.epochDigest())
                .orElse(proofs.seal());
        return new MarginReading(
                proofs, together(library, proofs, keys, one, by.terms().accounts()), epoch);
    }

    private static MarginProofs read(Path file) {
        MarginProofs proofs = BadInput.refusing(
                "FILE", file.toString(), () -> MarginProofs.decode(InputFile.bytes(file, MarginProofs.BYTES_MAX)));
        if (proofs.proofs().isEmpty()) {
            throw new BadInput("FILE", file.toString(), "must hold the proof of an account's margin");
        }
        return proofs;
    }

    private static ProofBundle bundle(MarginProofs proofs, long number) {
        return new ProofBundle(
                proofs.key(), Objects.requireNonNull(proofs.proofs().get(number)), proofs.publicInputs(number));
    }

    private static Judgement together(
            ProverLibrary library, MarginProofs proofs, List<byte[]> keys, Judgement one, Optional<Long> accounts) {
        if (one.outcome() == Outcome.REFUSED) {
            return one;
        }
        long proved = proofs.proofs().size();
        if (accounts.filter(of -> of < proved).isPresent()) {
            return Verification.refused(
                    one, "there are " + accounts.orElseThrow() + " accounts; the file is of " + proved);
        }
        VerifyingKey key = keys.stream()
                .map(VerifyingKey::of)
                .filter(named -> named.identity().equals(proofs.key()))
                .findFirst()
                .orElseThrow();
        List<Long> numbers = List.copyOf(proofs.proofs().keySet());
        return switch (new Verifier(library, key)
                .verifyAll(
                        numbers.stream().map(number -> bundle(proofs, number)).toList())) {
            case Answer.Given<Verifier.Together> given -> saying(one, sentence(one, numbers, accounts));
            case Answer.Refused<Verifier.Together> refused ->
                Verification.refused(one, "not every margin is proved: " + refused.refusal());
        };
    }

    private static String sentence(Judgement one, List<Long> numbers, Optional<Long> accounts) {
        String epoch = one.epoch().map(number -> "epoch " + number).orElse("its epoch");
        long proved = numbers.size();
        String formula = "of " + epoch + " are what the formula gives";
        return accounts.map(of -> of == proved
                                ? "the sealed margins of all " + of + " accounts " + formula
                                : "the sealed margins of " + proved + " of " + of + " accounts " + formula
                                        + "; one false one among them all is found with the chance " + proved + "/"
                                        + of)
                        .orElseGet(() -> "the sealed margins of " + proved + " accounts " + formula
                                + "; how many accounts there are, this file does not say")
                + ": " + ranges(numbers);
    }

    /** Numbers in their order, runs of them by first and last. */
    static String ranges(Collection<Long> numbers) {
        List<String> runs = new ArrayList<>();
        long from = -1;
        long to = -1;
        for (long number : numbers) {
            if (from >= 0 && number == to + 1) {
                to = number;
                continue;
            }
            if (from >= 0) {
                runs.add(run(from, to));
            }
            from = number;
            to = number;
        }
        runs.add(run(from, to));
        return String.join(", ", runs);
    }

    private static String run(long from, long to) {
        return from == to ? Long.toString(from) : from + " to " + to;
    }

    private static Judgement saying(Judgement judged, String sentence) {
        return new Judgement(
                judged.outcome(),
                judged.firstWords(),
                Optional.of(sentence),
                judged.reason(),
                judged.pins(),
                judged.origin(),
                judged.circuit(),
                judged.key(),
                judged.publicInputs(),
                judged.statement(),
                judged.epoch(),
                judged.asOf());
    }
}
