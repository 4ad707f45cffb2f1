package io.bulwark.clearing.attestation;

import io.bulwark.clearing.document.Digest;
import java.math.BigInteger;
import java.util.Collection;
import java.util.Collections;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/** What a quorum may do on a registry, or on a vault. Every act carries a number that the contract takes once, so a signature works once. */
public sealed interface RegistryAct {
    /** The typed data of the act. */
    TypedData data();

    /**
     * Hands over to a new node set; signed by both.
     *
     * @param number one above the highest number of a set so far
     * @param nodes the new set
     */
    record RotateNodes(int number, NodeSet nodes) implements RegistryAct {
        @Override
        public TypedData data() {
            return TypedData.struct("RotateNodes(uint32 number,uint8 threshold,address[] nodes)")
                    .number(number)
                    .number(nodes.threshold())
                    .addresses(nodes.nodes());
        }
    }

    /**
     * Takes a hand-over back while its delay runs.
     *
     * @param number the set that shall not follow
     */
    record KeepNodes(int number) implements RegistryAct {
        @Override
        public TypedData data() {
            return TypedData.struct("KeepNodes(uint32 number)").number(number);
        }
    }

    /**
     * Adds a verifier of another key. All but the code stands in the key's record, and the verifier says the same of itself.
     *
     * @param number one above the number of keys so far
     * @param verifier where it stands
     * @param code its EXTCODEHASH
     * @param identity SHA-256 of the key record
     * @param tags the statements of the key's circuit, bit t for tag t
     * @param contributors how many made the key; 0 where one party did
     * @param signed how many of them signed with keys of their own
     */
    record AddKey(
            int number, ChainAddress verifier, Digest code, Digest identity, long tags, int contributors, int signed)
            implements RegistryAct {
        @Override
        public TypedData data() {
            return TypedData.struct("AddKey(uint32 number,address verifier,bytes32 code,bytes32 identity,uint256 tags,"
                            + "uint32 contributors,uint32 signed)")
                    .number(number)
                    .address(verifier)
                    .word(code)
                    .word(identity)
                    .number(tags)
                    .number(contributors)
                    .number(signed);
        }
    }

    /**
     * Ends the use of a key.
     *
     * @param key its identity: SHA-256 of the key record
     */
    record RetireKey(Digest key) implements RegistryAct {
        @Override
        public TypedData data() {
            return TypedData.struct("RetireKey(bytes32 key)").word(key);
        }
    }

    /**
     * Stops acceptance of proofs; one node is enough.
     *
     * @param number one above the pauses so far
     */
    record Pause(int number) implements RegistryAct {
        @Override
        public TypedData data() {
            return TypedData.struct("Pause(uint32 number)").number(number);
        }
    }

    /**
     * Ends a pause.
     *
     * @param number the pause
     */
    record Resume(int number) implements RegistryAct {
        @Override
        public TypedData data() {
            return TypedData.struct("Resume(uint32 number)").number(number);
        }
    }

    /**
     * Says to a mirror on another chain that a block is final.
     *
     * @param sourceChain EIP-155 number of the chain of the block
     * @param source the registry there that the mirror follows
     * @param number of the block, above every one that the mirror took
     * @param hash of the block
     */
    record BlockCheckpoint(long sourceChain, ChainAddress source, long number, Digest hash) implements RegistryAct {
        @Override
        public TypedData data() {
            return TypedData.struct("BlockCheckpoint(uint256 sourceChain,address source,uint64 number,bytes32 hash)")
                    .number(sourceChain)
                    .address(source)
                    .number(number)
                    .word(hash);
        }
    }

    /**
     * Takes from a vault what a declared default needs.
     *
     * @param number one above the slashes so far
     * @param declaration SHA-256 of the declared default
     * @param losses what each owner of shares loses before the others, units of the vault's asset, > 0
     * @param shared what all who are left lose alike, units of the vault's asset, ≥ 0
     */
    record Slash(int number, Digest declaration, SortedMap<ChainAddress, BigInteger> losses, BigInteger shared)
            implements RegistryAct {
        /** Copies, and checks the ranges. */
        public Slash {
            losses = Collections.unmodifiableSortedMap(new TreeMap<>(losses));
            if (losses.values().stream().anyMatch(units -> units.signum() <= 0) || shared.signum() < 0) {
                throw new IllegalArgumentException(
                        "losses must be > 0, and what is shared >= 0; have " + losses + " and " + shared);
            }
        }

        @Override
        public TypedData data() {
            return TypedData.struct(
                            "Slash(uint32 number,bytes32 declaration,address[] owners,uint256[] losses,uint256 shared)")
                    .number(number)
                    .word(declaration)
                    .addresses(losses.keySet())
                    .numbers(losses.values())
                    .number(shared);
        }
    }

    /**
     * Who signs for a house on a chain.
     *
     * @param threshold how many must; more than half, so that two quorums share a member and two signed digests of one number convict somebody
     * @param nodes their addresses, at most 32, in increasing order
     */
    public record NodeSet(int threshold, SortedSet<ChainAddress> nodes) {
        /** Largest set. */
        public static final int NODES_MAX = 32;

        /** Copies, and checks the rules that the registry has. */
        public NodeSet {
            nodes = Collections.unmodifiableSortedSet(new TreeSet<>(nodes));
            if (nodes.size() > NODES_MAX || threshold > nodes.size() || 2 * threshold <= nodes.size()) {
                throw new IllegalArgumentException("threshold must be more than half of at most " + NODES_MAX
                        + " nodes; have " + threshold + " of " + nodes.size());
            }
        }

        /** A set of the given nodes in any order. */
        public static NodeSet of(int threshold, Collection<ChainAddress> nodes) {
            return new NodeSet(threshold, new TreeSet<>(nodes));
        }
    }
}
