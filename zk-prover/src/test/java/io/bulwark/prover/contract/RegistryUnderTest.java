package io.bulwark.prover.contract;

import com.esaulpaugh.headlong.abi.Tuple;
import io.bulwark.clearing.attestation.ChainAddress;
import io.bulwark.clearing.attestation.ChainKey;
import io.bulwark.clearing.attestation.ChainSignature;
import io.bulwark.clearing.attestation.ChainStatement;
import io.bulwark.clearing.attestation.ChainStatement.Registry;
import io.bulwark.clearing.attestation.RegistryAct;
import io.bulwark.clearing.attestation.RegistryAct.NodeSet;
import io.bulwark.clearing.document.Digest;
import io.bulwark.prover.binding.FieldElement;
import io.bulwark.prover.commitment.Challenge;
import io.bulwark.prover.commitment.Scope;
import io.bulwark.prover.contract.LocalChain.Called;
import io.bulwark.prover.contract.LocalChain.Receipt;
import java.util.Arrays;
import java.util.List;

/** A deployed registry with its nodes' keys: two of three. */
final class RegistryUnderTest {
    /** Seconds before a new set or key counts. */
    static final long DELAY = 100_000;

    /** Epochs taken, counted back from the latest. */
    static final int EPOCHS_TAKEN = 3;

    static final String PURPOSE = "credit line";

    final LocalChain chain;
    final CompiledContract contract;
    final Receipt deployment;
    final Registry registry;
    final List<ChainKey> nodes;
    final Digest house;

    private RegistryUnderTest(
            LocalChain chain, CompiledContract contract, Receipt deployment, List<ChainKey> nodes, Digest house) {
        this.chain = chain;
        this.contract = contract;
        this.deployment = deployment;
        this.registry = new Registry(chain.id(), deployment.created());
        this.nodes = nodes;
        this.house = house;
    }

    /** Creates a verifier contract. */
    static Receipt verifier(LocalChain chain, CompiledContract verifier) {
        return chain.create(chain.account(0), verifier.creation());
    }

    static List<ChainKey> threeNodes() {
        return List.of(ChainKey.generate(), ChainKey.generate(), ChainKey.generate());
    }

    /**
     * What a registry is deployed with, beside the house.
     *
     * @param testNetwork whether it takes keys of one party
     * @param delay seconds before a new set or key counts
     * @param nodes keys of the first set, of which two sign
     */
    record Terms(boolean testNetwork, long delay, List<ChainKey> nodes) {
        /** For a test network. */
        static Terms ofTests(List<ChainKey> nodes) {
            return new Terms(true, DELAY, nodes);
        }
    }

    /** Deploys, with keys in use at once. */
    static RegistryUnderTest deploy(
            LocalChain chain,
            CompiledContract.All contracts,
            FieldElement house,
            Terms terms,
            ChainAddress... verifiers) {
        CompiledContract contract = contracts.named("SolvencyRegistry");
        NodeSet set = set(2, terms.nodes);
        Receipt deployment = chain.create(
                chain.account(0),
                contract.creation(
                        house,
                        terms.testNetwork,
                        EPOCHS_TAKEN,
                        terms.delay,
                        set.threshold(),
                        set.nodes(),
                        Arrays.asList(verifiers)));
        return new RegistryUnderTest(chain, contract, deployment, terms.nodes, house.digest());
    }

    static NodeSet set(int threshold, List<ChainKey> nodes) {
        return NodeSet.of(threshold, nodes.stream().map(ChainKey::address).toList());
    }

    /** Signatures of the first of some keys. */
    static byte[] signed(ChainStatement statement, List<ChainKey> keys, int count) {
        return ChainSignature.joined(
                statement,
                keys.subList(0, count).stream().map(key -> key.sign(statement)).toList());
    }

    byte[] signed(ChainStatement statement) {
        return signed(statement, nodes, 2);
    }

    ChainStatement of(RegistryAct act) {
        return new ChainStatement.OfAct(registry, act);
    }

    byte[] signed(RegistryAct act) {
        return signed(of(act));
    }

    /** Whoever deployed calls a function in a transaction. */
    Receipt send(String function, Object... arguments) {
        return sendBy(chain.account(0), function, arguments);
    }

    Receipt sendBy(ChainAddress sender, String function, Object... arguments) {
        return chain.send(sender, registry.address(), contract.call(function, arguments));
    }

    /** The name of the error that a call is reverted with; empty if it is not. */
    String refusal(String function, Object... arguments) {
        return refusalTo(chain.account(0), function, arguments);
    }

    String refusalTo(ChainAddress sender, String function, Object... arguments) {
        Called called = chain.call(sender, registry.address(), contract.call(function, arguments));
        return called.reverted() ? contract.error(called.data()) : "";
    }

    /** What a view says. */
    Tuple view(String function, Object... arguments) {
        Called called = chain.call(chain.account(0), registry.address(), contract.call(function, arguments));
        if (called.reverted()) {
            throw new IllegalStateException(function + " is reverted: " + contract.error(called.data()));
        }
        return contract.returned(function, called.data());
    }

    /** Arguments that publish an epoch, signed by two nodes. */
    Object[] epoch(long number, FieldElement digest) {
        return epoch(number, digest, 1, nodes);
    }

    Object[] epoch(long number, FieldElement digest, int set, List<ChainKey> signers) {
        ChainStatement statement = new ChainStatement.OfEpoch(house, number, digest.digest());
        return new Object[] {number, digest, set, signed(statement, signers, 2)};
    }

    /** What a proof of this sender must be made for. */
    Challenge challenge(ChainAddress sender, long nonce) {
        return Challenge.of(registry.caip10(), sender.caip10(registry.chainId()), Long.toString(nonce));
    }

    Scope scope() {
        return Scope.of(registry.caip10(), PURPOSE);
    }

    /** What nodes sign of a key whose verifier says what it says of itself. */
    RegistryAct.AddKey key(int number, ChainAddress verifier, StatedKey stated) {
        return new RegistryAct.AddKey(
                number,
                verifier,
                chain.codeHash(verifier),
                stated.identity(),
                stated.tags(),
                stated.contributors(),
                stated.signed());
    }

    /** Arguments that add a key. */
    Object[] added(int number, ChainAddress verifier, StatedKey stated) {
        return added(key(number, verifier, stated));
    }

    Object[] added(RegistryAct.AddKey key) {
        return new Object[] {
            Tuple.from(
                    key.number(),
                    key.verifier(),
                    key.code(),
                    key.identity(),
                    key.tags(),
                    key.contributors(),
                    key.signed()),
            signed(key)
        };
    }

    /** The identity of the key under a number. */
    Digest identity(int number) {
        return Digest.of((byte[]) view("identities", number).get(0));
    }

    /** Arguments that hand over to a set of which two sign. */
    Object[] handOver(int number, NodeSet set, List<ChainKey> next) {
        ChainStatement act = of(new RegistryAct.RotateNodes(number, set));
        return new Object[] {number, set.threshold(), set.nodes(), signed(act), signed(act, next, 2)};
    }
}
