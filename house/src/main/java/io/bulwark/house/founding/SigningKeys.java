package io.bulwark.house.founding;

import io.bulwark.clearing.attestation.ChainKey;
import io.bulwark.clearing.attestation.EpochSignature;
import io.bulwark.clearing.attestation.QuorumKey;
import io.bulwark.clearing.attestation.QuorumStatement;
import io.bulwark.clearing.document.BadInput;
import io.bulwark.clearing.document.Digest;
import io.bulwark.clearing.document.DurableFile;
import io.bulwark.clearing.epoch.FoundingDocument;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The secret keys of the quorum's members that this machine keeps, and of its reader: {@link Home#signing()} holds them and nothing else. They are drawn before the
 * house is founded and never again: with other keys it would be another house.
 */
public final class SigningKeys {
    /** What stands beside the quorum's signatures where all were made by keys of one folder: their number says nothing more. */
    public static final String ONE_MACHINE = "all keys lie on this machine: one machine, one word";

    /** Members of a quorum that is drawn on this machine. */
    private static final int MEMBERS = 3;

    private static final String EARLIER_FILES = "quorum-[0-9]+(\\.chain)?\\.key";

    /**
     * A member of the quorum whose keys this machine keeps.
     *
     * @param key what the member signs epochs with
     * @param chainKey what it signs with for contracts
     */
    public record Member(QuorumKey key, ChainKey chainKey) {}

    private final Home home;
    private final Supplier<Optional<FoundingDocument>> founded;
    private final boolean here;

    /**
     * The signing keys of a home.
     *
     * @param founded what the house was founded as; empty before its first epoch
     */
    public SigningKeys(Home home, Supplier<Optional<FoundingDocument>> founded) {
        this(home, founded, true);
    }

    private SigningKeys(Home home, Supplier<Optional<FoundingDocument>> founded, boolean here) {
        this.home = home;
        this.founded = founded;
        this.here = here;
    }

    /** Of a process that serves without any: the folder is neither looked for nor made, and what needs a key is refused. */
    public static SigningKeys elsewhere(Home home, Supplier<Optional<FoundingDocument>> founded) {
        return new SigningKeys(home, founded, false);
    }

    private Path folder() {
        if (!here) {
            throw new BadInput("house", "served without its signing keys", "must be asked for this where its keys are");
        }
        return home.signing();
    }

    /**
     * Takes in the files of a home that kept them among its proving keys, which are for everybody. Each is renamed, never copied.
     *
     * @return where they lie now; empty if there were none
     * @throws IllegalStateException if one lies in both folders
     */
    public List<Path> takeIn() {
        try (Stream<Path> files = Files.list(home.keys())) {
            List<Path> earlier = files.filter(
                            file -> file.getFileName().toString().matches(EARLIER_FILES))
                    .sorted()
                    .toList();
            for (Path file : earlier) {
                if (Files.exists(inSigning(file))) {
                    throw new IllegalStateException("signing key " + file.getFileName()
                            + " must lie in one place; have " + file + " and " + inSigning(file)
                            + ": keep the one that the house was founded with, in the latter");
                }
            }
            for (Path file : earlier) {
                DurableFile.move(file, inSigning(file));
            }
            return earlier.stream().map(this::inSigning).toList();
        } catch (IOException e) {
            throw new UncheckedIOException("signing keys in " + home.keys(), e);
        }
    }

    private Path inSigning(Path file) {
        return folder().resolve(file.getFileName().toString());
    }

    /**
     * The quorum's keys. Those of a founded house must be there and be the ones that it was founded with; else they are made the first time.
     *
     * @throws IllegalStateException naming the file that is missing or holds another key
     */
    public List<QuorumKey> quorum() {
        Optional<FoundingDocument> founding = founded.get();
        int members = founding.map(house -> house.quorumKeys().size()).orElse(MEMBERS);
        return IntStream.range(0, members)
                .mapToObj(i -> founding.map(house -> kept(house.quorumKeys().get(i), file(i)))
                        .orElseGet(() -> QuorumKey.in(file(i))))
                .toList();
    }

    /** The key with which this machine answers for what it fetches from venues; made the first time. */
    public QuorumKey reader() {
        return QuorumKey.in(folder().resolve("reader.key"));
    }

    private Path file(int member) {
        return folder().resolve("quorum-" + (member + 1) + ".key");
    }

    private static QuorumKey kept(Digest founded, Path file) {
        if (!Files.exists(file)) {
            throw new IllegalStateException(
                    "quorum key " + file + " is missing: the house was founded with it, public key " + founded
                            + ", and with a new one would be another house; put it back from where you keep its copy");
        }
        QuorumKey key = QuorumKey.keptIn(file);
        if (!key.publicKey().equals(founded)) {
            throw new IllegalStateException(
                    "quorum key " + file + " must be the one that the house was founded with, public key " + founded
                            + "; have " + key.publicKey());
        }
        return key;
    }

    /** Signatures of all members on a statement. */
    public List<EpochSignature> sign(QuorumStatement statement) {
        return quorum().stream().map(key -> key.sign(statement)).toList();
    }

    /** The quorum's members with the keys that they sign with for contracts, which are made the first time: members certify them. */
    public List<Member> members() {
        List<QuorumKey> quorum = quorum();
        return IntStream.range(0, quorum.size())
                .mapToObj(i ->
                        new Member(quorum.get(i), ChainKey.in(folder().resolve("quorum-" + (i + 1) + ".chain.key"))))
                .toList();
    }
}
