package io.bulwark.adapter.registry;

import com.esaulpaugh.headlong.abi.Address;
import com.esaulpaugh.headlong.abi.Function;
import com.esaulpaugh.headlong.abi.Tuple;
import com.esaulpaugh.headlong.abi.TupleType;
import io.bulwark.adapter.evm.EvmCall;
import io.bulwark.clearing.attestation.ChainAddress;
import io.bulwark.clearing.attestation.RegistryAct.NodeSet;
import io.bulwark.clearing.document.Digest;
import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.time.Duration;
import java.util.Collection;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What is said to {@code SolvencyRegistry}: the bytes of its creation and of its calls, and the names of its refusals. */
public final class RegistryCalls {
    /** Asks which node set may sign now. */
    public static final Function NODE_SET = Function.parse("nodeSet()", "(uint32)");

    /** Asks which node set follows, and from when, Unix seconds; zeros where none is on its way. */
    public static final Function NEXT_NODE_SET = Function.parse("nextNodeSet()", "(uint32,uint64)");

    /** Asks for the highest number ever given to a node set. */
    public static final Function LAST_NODE_SET = Function.parse("lastNodeSet()", "(uint32)");

    /** Asks whether an address is a node of a set. */
    public static final Function IS_NODE = Function.parse("isNode(uint32,address)", "(bool)");

    /** Asks how many nodes of a set must sign. */
    public static final Function THRESHOLD = Function.parse("thresholdOf(uint32)", "(uint8)");

    /** Asks whose registry it is. */
    public static final Function HOUSE = Function.parse("HOUSE()", "(uint256)");

    /** Asks how many epochs are taken, counted back from the latest. */
    public static final Function EPOCHS_TAKEN = Function.parse("EPOCHS_TAKEN()", "(uint64)");

    /** Asks for the highest number of a published epoch; 0 before the first. */
    public static final Function LATEST_EPOCH = Function.parse("latestEpoch()", "(uint64)");

    /** Asks for an epoch: its digest or 0, when it was published, the set that signed it, whether a second digest was signed too. */
    public static final Function EPOCHS = Function.parse("epochs(uint64)", "(uint256,uint64,uint32,bool)");

    private static final Function ROTATE = Function.parse("rotateNodes(uint32,uint8,address[],bytes,bytes)");

    private static final TupleType<Tuple> CREATION =
            TupleType.parse("(uint256,bool,uint64,uint64,uint8,address[],address[])");
    private static final Function PUBLISH = Function.parse("publishEpoch(uint64,uint256,uint32,bytes)", "(bool)");
    private static final Function ACCEPT =
            Function.parse("accept((bytes32,uint256[5],string,uint256,uint256,uint64),bytes)", "(uint64)");

    /** The errors of the registry, of the verifiers behind it and of a vault, by the first four bytes of what they return. */
    private static final Map<String, String> REFUSALS = selectors(
            "BadNodeSet(uint256,uint256)",
            "BadSignatures(uint256)",
            "ChallengeAnswered(uint256)",
            "ChallengeDiffers(uint256)",
            "ClaimDiffers(uint256)",
            "ClaimTooLarge()",
            "CodeDiffers(bytes32)",
            "DelayTooLong(uint64,uint64)",
            "DelayTooShort(uint64,uint64)",
            "EpochDiffers(uint64,uint256)",
            "EpochNumberZero()",
            "Equivocated(uint64)",
            "Expired(uint64,uint64)",
            "HandOverPending(uint32)",
            "IsPaused()",
            "KeyDiffers(bytes32)",
            "KeyGone(bytes32)",
            "KeyKnown(bytes32)",
            "KeyNotYet(uint256)",
            "KeyUnknown(bytes32)",
            "KeyUnsafe(bytes32)",
            "Known(uint64)",
            "NoEpochsTaken()",
            "NoHandOverPending()",
            "NoTagTaken(uint256)",
            "NodesNotIncreasing(address)",
            "NotAClaimOfTheHouse(uint256)",
            "NotAHash(uint256)",
            "NotANode(address,uint32)",
            "NotAnElement(uint256,uint256)",
            "NotLater(uint64,uint64)",
            "NotPaused()",
            "NotStanding(uint256)",
            "NotTheSetThatMaySign(uint32)",
            "NothingHeld(uint256)",
            "PurposeTooLong(uint256)",
            "ScopeDiffers(uint256)",
            "SealOfAnotherEpoch(uint64)",
            "SealUnknown(uint256)",
            "SignersNotIncreasing(address)",
            "TagNotOfKey(uint256,uint256)",
            "TooFewSignatures(uint256,uint256)",
            "WrongNumber(uint256,uint256)",
            "ExitsTooEarly(uint64,uint64)",
            "MoreThanAssets(uint256,uint256)",
            "MoreThanHeld(uint256,uint256)",
            "NoSettlement()",
            "NoWindow()",
            "NotLapsed(uint64)",
            "OwnersNotIncreasing(address)",
            "OwnersWithoutLosses(uint256,uint256)",
            "Settled(bytes32)",
            "ProofInvalid()",
            "CommitmentInvalid()",
            "PublicInputNotInField()");

    private RegistryCalls() {}

    private static Map<String, String> selectors(String... errors) {
        Map<String, String> names = new LinkedHashMap<>();
        for (String error : errors) {
            names.put("0x" + new Function(error).selectorHex(), error.substring(0, error.indexOf('(')));
        }
        return names;
    }

    /**
     * What a registry is for ever.
     *
     * @param house first 31 bytes of the SHA-256 of the founding document, as an integer
     * @param testNetwork whether it takes keys that one party made
     * @param epochsTaken how many epochs are taken, counted back from the latest
     * @param delay before a new node set or key counts
     * @param nodes the first node set
     * @param verifiers contracts of the first keys
     */
    public record Terms(
            BigInteger house,
            boolean testNetwork,
            long epochsTaken,
            Duration delay,
            NodeSet nodes,
            List<ChainAddress> verifiers) {
        /** Copies. */
        public Terms {
            verifiers = List.copyOf(verifiers);
        }
    }

    /** What creates a registry: its code and its terms. */
    public static byte[] creation(byte[] code, Terms terms) {
        ByteArrayOutputStream creation = new ByteArrayOutputStream();
        creation.writeBytes(code);
        creation.writeBytes(CREATION.encode(Tuple.from(
                        terms.house,
                        terms.testNetwork,
                        BigInteger.valueOf(terms.epochsTaken),
                        BigInteger.valueOf(terms.delay.toSeconds()),
                        terms.nodes.threshold(),
                        addresses(terms.nodes.nodes()),
                        addresses(terms.verifiers)))
                .array());
        return creation.toByteArray();
    }

    static Address[] addresses(Collection<ChainAddress> addresses) {
        return addresses.stream().map(a -> EvmCall.address(a.text())).toArray(Address[]::new);
    }

    /**
     * Publishes an epoch.
     *
     * @param set number of the node set that signed
     * @param signatures 65 bytes each, in the order of the addresses
     */
    public static byte[] publication(long number, Digest digest, long set, byte[] signatures) {
        return PUBLISH.encodeCallWithArgs(
                        BigInteger.valueOf(number), new BigInteger(1, digest.bytes()), set, signatures)
                .array();
    }

    /**
     * Hands over to the next node set.
     *
     * @param number one above the highest number of a set so far
     * @param byOld signatures of the set in force, 65 bytes each, in the order of the addresses
     * @param byNew the same of the new set
     */
    public static byte[] handOver(int number, NodeSet nodes, byte[] byOld, byte[] byNew) {
        return ROTATE.encodeCallWithArgs((long) number, nodes.threshold(), addresses(nodes.nodes()), byOld, byNew)
                .array();
    }

    /**
     * A proof as its sender shows it.
     *
     * @param key identity of the key
     * @param inputs seal, challenge, scope, nullifier, statement
     * @param purpose what the scope is for
     * @param nonce what the challenge holds
     * @param oldestEpoch the oldest epoch that will do; 0 leaves it to the registry
     * @param proof 384 bytes
     */
    public record Showing(
            Digest key, List<BigInteger> inputs, String purpose, BigInteger nonce, long oldestEpoch, byte[] proof) {
        /** Copies. */
        public Showing {
            inputs = List.copyOf(inputs);
            proof = proof.clone();
        }

        @Override
        public byte[] proof() {
            return proof.clone();
        }

        /** The call; the statement that is expected is the one that the proof shows, since its sender chose it. */
        public byte[] call() {
            Tuple showing = Tuple.from(
                    key.bytes(),
                    inputs.toArray(BigInteger[]::new),
                    purpose,
                    nonce,
                    inputs.getLast(),
                    BigInteger.valueOf(oldestEpoch));
            return ACCEPT.encodeCallWithArgs(showing, proof).array();
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Showing that
                    && HexFormat.of().formatHex(call()).equals(HexFormat.of().formatHex(that.call()));
        }

        @Override
        public int hashCode() {
            return inputs.hashCode();
        }

        @Override
        public String toString() {
            return "Showing[" + key + ", " + purpose + "]";
        }
    }

    /** The name of a refusal inside a node's error message, if it is one of the registry or a vault. */
    public static Optional<String> refusal(String message) {
        return REFUSALS.entrySet().stream()
                .filter(refusal -> message.contains(refusal.getKey()))
                .map(Map.Entry::getValue)
                .findFirst();
    }
}
