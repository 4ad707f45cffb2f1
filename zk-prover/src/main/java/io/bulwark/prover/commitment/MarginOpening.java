package io.bulwark.prover.commitment;

import io.bulwark.clearing.document.CanonicalValue;
import io.bulwark.prover.binding.FieldElement;
import io.bulwark.prover.binding.ProverLibrary;

/**
 * An account's leaf of the margin tree and where it stands. To show it to somebody discloses IM, MM, E and Buffer of that account, and nothing
 * of what it holds; that they are the formula's, a proof of tag 6 says, or whoever knows the account.
 *
 * @param leaf the leaf
 * @param path its place, the account's number
 */
public record MarginOpening(MarginLeaf leaf, TreePath path) {
    /** Refuses a path that is another account's. */
    public MarginOpening {
        if (path.number() != leaf.number()) {
            throw new IllegalArgumentException("margin path must be that of account " + leaf.number());
        }
    }

    /** Whether it stands under an epoch's margin root, with the salt of that epoch. */
    public boolean stands(ProverLibrary library, EpochCommitment epoch) {
        FieldElement root = path.root(library, leaf.hash(library));
        return root.equals(epoch.marginRoot());
    }

    /** [member, salt, path], as the library reads it: the figures it computes itself. */
    public CanonicalValue encoded() {
        return CanonicalValue.array(
                CanonicalValue.integer(leaf.member()),
                CanonicalValue.bytes(leaf.salt().bytes()),
                CanonicalValue.bytes(path.bytes()));
    }

    /** The account's number alone. */
    @Override
    public String toString() {
        return "MarginOpening[number=" + leaf.number() + "]";
    }
}
