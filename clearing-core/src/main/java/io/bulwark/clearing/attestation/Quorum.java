package io.bulwark.clearing.attestation;

import io.bulwark.clearing.document.Digest;
import io.bulwark.clearing.epoch.FoundingDocument;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * Who may vouch for an epoch, and how many must.
 *
 * @param threshold how many, 1 to the number of members
 * @param members their Ed25519 public keys, all different
 */
public record Quorum(int threshold, Set<Digest> members) {
    /** Copies, and checks the threshold. */
    public Quorum {
        members = Set.copyOf(members);
        if (threshold < 1 || threshold > members.size()) {
            throw new IllegalArgumentException("threshold must be in 1…" + members.size() + "; have " + threshold);
        }
    }

    /** The first quorum of a house. */
    public static Quorum of(FoundingDocument founding) {
        return new Quorum(founding.threshold(), Set.copyOf(founding.quorumKeys()));
    }

    /** What a quorum says of an epoch. */
    public sealed interface Verdict {
        /** Enough different members signed. */
        record Attested(Set<Digest> signers) implements Verdict {
            /** Copies. */
            public Attested {
                signers = Set.copyOf(signers);
            }
        }

        /** Too few did; signatures of strangers, of the same member again, or over something else do not count. */
        record Unattested(int valid, int threshold) implements Verdict {}
    }

    /** Counts the members whose signature holds. */
    public Verdict verdict(QuorumStatement statement, List<EpochSignature> signatures) {
        Set<Digest> signers = new TreeSet<>();
        for (EpochSignature signature : signatures) {
            if (members.contains(signature.signer()) && signature.signs(statement)) {
                signers.add(signature.signer());
            }
        }
        return signers.size() >= threshold
                ? new Verdict.Attested(signers)
                : new Verdict.Unattested(signers.size(), threshold);
    }
}
