package io.bulwark.prover.contract;

import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.esaulpaugh.headlong.abi.Tuple;
import io.bulwark.clearing.attestation.ChainAddress;
import io.bulwark.clearing.attestation.ChainKey;
import io.bulwark.clearing.document.CanonicalReader;
import io.bulwark.clearing.document.CanonicalValue;
import io.bulwark.clearing.document.Digest;
import io.bulwark.netting.PortfolioMargin;
import io.bulwark.netting.margin.MarginStatement;
import io.bulwark.netting.portfolio.MarginAccount;
import io.bulwark.netting.risktable.RiskTable;
import io.bulwark.prover.RandomAccount;
import io.bulwark.prover.RandomRiskTable;
import io.bulwark.prover.TestEpoch;
import io.bulwark.prover.TestKeys;
import io.bulwark.prover.binding.FieldElement;
import io.bulwark.prover.binding.ProverLibrary;
import io.bulwark.prover.commitment.Claim;
import io.bulwark.prover.commitment.EpochCommitment;
import io.bulwark.prover.contract.LocalChain.Receipt;
import io.bulwark.prover.contract.RegistryUnderTest.Terms;
import io.bulwark.prover.proof.KeyOrigin;
import io.bulwark.prover.proof.KeyRecord;
import io.bulwark.prover.proof.ProofBundle;
import io.bulwark.prover.proof.Prover;
import io.bulwark.prover.proof.SolidityVerifier;
import io.bulwark.prover.proof.VerifyingKey;
import io.bulwark.prover.witness.WitnessRequest;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** A local chain with the verifier of the test circuit's key, and a sealed epoch whose accounts prove to the registries on it. */
final class ContractBed implements AutoCloseable {
    /** The epoch that proofs are over. */
    static final long EPOCH = 7;

    /** The tags of the test circuit, which opens no tariff: 1, 2, 3 and 6. */
    private static final long UNBUFFERED = StatedKey.ACCOUNT & ~(1 << 5);

    private static final long SEED = 31;
    private static final RiskTable TABLE = RandomRiskTable.of(new SplittableRandom(SEED), 6, 20);

    final ProverLibrary library;
    final Prover prover;
    final TestEpoch epoch;
    final Claim claim;
    final CompiledContract.All contracts;
    final LocalChain chain;
    final Receipt verifier;

    private ContractBed(Path folder) throws IOException {
        library = ProverLibrary.load();
        prover = TestKeys.prover(TestKeys.TINY);
        MarginAccount account = RandomAccount.indebted(new SplittableRandom(SEED), TABLE, TestKeys.TINY);
        epoch = TestEpoch.of(library, TABLE, List.of(MarginAccount.EMPTY, account));
        claim = Claim.initialMargin(assertInstanceOf(MarginStatement.class, PortfolioMargin.evaluate(TABLE, account))
                .initialMargin());
        contracts = compile(library, prover, folder);
        chain = LocalChain.start(31_337);
        verifier = RegistryUnderTest.verifier(chain, contracts.named("Unsafe"));
    }

    /**
     * Opens the bed, or skips the tests with a line that says what is missing.
     *
     * @param folder where verifiers are written
     */
    static ContractBed open(Path folder) throws IOException {
        LocalChain.requireNode();
        return new ContractBed(folder);
    }

    /** The verifier of the key as it is; the same of a key that a ceremony made; and one that calls itself the verifier of another key. */
    private static CompiledContract.All compile(ProverLibrary library, Prover prover, Path folder) throws IOException {
        VerifyingKey key = prover.keys().verifyingKey();
        String unsafe = SolidityVerifier.source(library, key).orElseThrow();
        String other = unsafe.replace(key.identity().hex(), otherKey().hex());
        assertNotEquals(unsafe, other);
        return CompiledContract.compile(
                Files.writeString(folder.resolve("Unsafe.sol"), unsafe),
                Files.writeString(
                        folder.resolve("Ceremony.sol"),
                        SolidityVerifier.source(library, ofCeremony(key)).orElseThrow()),
                Files.writeString(folder.resolve("Other.sol"), other));
    }

    /** The key with a record that counts three signed contributors. */
    static VerifyingKey ofCeremony(VerifyingKey key) {
        KeyRecord record = key.record();
        KeyRecord counted = new KeyRecord(
                record.circuit(),
                record.shape(),
                record.structure(),
                record.constraints(),
                record.system(),
                record.vk(),
                new KeyOrigin.Ceremony(otherKey(), otherKey(), 3, 3));
        return VerifyingKey.of(CanonicalValue.array(
                        CanonicalValue.text("bulwark-verifying-key"),
                        CanonicalValue.integer(1),
                        CanonicalReader.read(counted.encode()),
                        CanonicalValue.bytes(key.bytes()))
                .encode());
    }

    /** What the verifier of the key as it is says of it. */
    StatedKey stated() {
        return new StatedKey(prover.keys().verifyingKey().identity(), UNBUFFERED, 0, 0);
    }

    /** What the verifier says that calls itself another's. */
    static StatedKey otherStated() {
        return new StatedKey(otherKey(), UNBUFFERED, 0, 0);
    }

    static Digest otherKey() {
        return Digest.sha256(new byte[] {1});
    }

    RegistryUnderTest onChain(LocalChain where, List<ChainKey> nodes, ChainAddress verifierThere) {
        return RegistryUnderTest.deploy(
                where, contracts, epoch.commitment().house(), Terms.ofTests(nodes), verifierThere);
    }

    RegistryUnderTest registryOf(List<ChainKey> nodes) {
        return onChain(chain, nodes, verifier.created());
    }

    /** A registry of its own, with the epoch of the proofs published. */
    RegistryUnderTest registry() {
        RegistryUnderTest registry = registryOf(RegistryUnderTest.threeNodes());
        assertTrue(registry.send("publishEpoch", registry.epoch(EPOCH, seal())).succeeded());
        return registry;
    }

    FieldElement seal() {
        return epoch.commitment().digest(library);
    }

    ProofBundle proved(WitnessRequest request) {
        return assertInstanceOf(Prover.Proving.Proved.class, prover.prove(epoch.table(), request))
                .bundle();
    }

    /** The claim as its owner shows it to a registry. */
    Claim standing() {
        return claim.thatStands();
    }

    /** A proof of the account's owner, with the nullifier that it has in every epoch. */
    ProofBundle proof(RegistryUnderTest registry, ChainAddress sender, long nonce) {
        return proved(request(registry, sender, nonce));
    }

    private WitnessRequest request(RegistryUnderTest registry, ChainAddress sender, long nonce) {
        return epoch.request(1, standing(), registry.challenge(sender, nonce), registry.scope());
    }

    /** The epoch after that of the proofs, of the same accounts. */
    EpochCommitment later() {
        EpochCommitment now = epoch.commitment();
        return new EpochCommitment(
                now.house(),
                now.epoch() + 1,
                seal(),
                now.accountRoot(),
                now.tableRoot(),
                now.tableDigest(),
                now.parametersDigest(),
                now.inputsDigest(),
                now.venueRoot(),
                now.vaultTableRoot(),
                now.bufferDigest(),
                now.marginRoot());
    }

    /** The same over the later epoch. */
    ProofBundle laterProof(RegistryUnderTest registry, ChainAddress sender, long nonce) {
        WitnessRequest now = request(registry, sender, nonce);
        return proved(new WitnessRequest(
                later(), now.leaf(), now.owner(), now.path(), now.challenge(), now.scope(), now.claim()));
    }

    byte[] words(ProofBundle bundle) {
        return SolidityVerifier.proof(library, bundle.proof()).orElseThrow();
    }

    List<BigInteger> inputs(ProofBundle bundle) {
        return new ArrayList<>(bundle.publicInputs().elements().stream()
                .map(FieldElement::value)
                .toList());
    }

    /** The arguments of accept, for a proof with nonce 1 that makes the expected claim. */
    Object[] showing(ProofBundle bundle) {
        return showing(inputs(bundle), bundle.publicInputs().statement().value(), words(bundle), 0);
    }

    Object[] showing(List<BigInteger> inputs, BigInteger expectedClaim, byte[] proof, long oldestEpoch) {
        return new Object[] {
            Tuple.from(
                    prover.keys().verifyingKey().identity(),
                    inputs,
                    RegistryUnderTest.PURPOSE,
                    1L,
                    expectedClaim,
                    oldestEpoch),
            proof
        };
    }

    @Override
    public void close() {
        chain.close();
        epoch.close();
    }
}
