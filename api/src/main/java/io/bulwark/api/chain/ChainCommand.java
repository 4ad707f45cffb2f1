package io.bulwark.api.chain;

import io.bulwark.adapter.VenueException;
import io.bulwark.adapter.evm.EvmAccount;
import io.bulwark.adapter.evm.EvmAccount.Mined;
import io.bulwark.adapter.evm.EvmCall;
import io.bulwark.adapter.evm.EvmNode;
import io.bulwark.adapter.registry.RegistryCalls;
import io.bulwark.adapter.registry.VaultCalls;
import io.bulwark.api.door.ExitCode;
import io.bulwark.api.door.Printout;
import io.bulwark.api.door.StepCommand;
import io.bulwark.clearing.attestation.ChainAddress;
import io.bulwark.clearing.attestation.ChainStatement.Registry;
import io.bulwark.clearing.attestation.RegistryAct.NodeSet;
import io.bulwark.clearing.document.BadInput;
import io.bulwark.clearing.document.Digest;
import io.bulwark.prover.binding.FieldElement;
import io.bulwark.prover.commitment.Challenge;
import io.bulwark.prover.commitment.Scope;
import java.math.BigInteger;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The house's registry on a chain: put there, told of an epoch, shown a proof. Everything comes from files; no house need be here. */
@Command(
        name = "chain",
        description = {
            "The house's registry on a chain: put there with a verifier for each key, told of a signed epoch, shown a proof of the sender's.",
            "Its vault too.",
            "The key that pays is in a file of its owner's alone, or in an environment variable; it is no argument and is never printed.",
            "What would be reverted is not sent: the registry's refusal is printed by its name. Exit code 0: in a block; 2: not sent, or reverted."
        },
        synopsisSubcommandLabel = "STEP")
public final class ChainCommand extends StepCommand {
    private static final String REGISTRY = "SolvencyRegistry";
    private static final String VAULT = "GlobalRiskVault";

    /**
     * A transaction in a block.
     *
     * @param chain the chain
     * @param contract what was created or called
     * @param name the contract, or what it was told
     * @param transaction hash of the transaction
     * @param block number of the block
     * @param gas used
     */
    record Done(long chain, String contract, String name, String transaction, long block, long gas) {}

    /**
     * A deployment.
     *
     * @param house the house, hexadecimal
     * @param registry its registry
     * @param verifiers of the keys, in the order in which they were given: their numbers count from 1
     * @param threshold how many of the nodes sign
     * @param nodes who signs for the house there
     * @param testNetwork whether keys that one party made are taken
     */
    record Deployed(
            String house,
            Done registry,
            List<Done> verifiers,
            int threshold,
            List<String> nodes,
            boolean testNetwork) {}

    @Command(name = "deploy", description = "Puts a registry and the verifiers of its first keys on a chain.")
    int deploy(
            @Parameters(
                            paramLabel = "ATTESTATION",
                            description =
                                    "An epoch signed for contracts (bulwark epoch attest), or the genesis of a house that nodes keep:"
                                            + " its house and its signers are the registry's.")
                    Path attestation,
            @Option(names = "--key", required = true, paramLabel = "VK", description = "A key file; may be repeated.")
                    List<Path> keys,
            @Option(
                            names = "--threshold",
                            paramLabel = "N",
                            description = "How many nodes sign. Default: more than half.")
                    int threshold,
            @Option(
                            names = "--epochs-taken",
                            paramLabel = "N",
                            defaultValue = "96",
                            description =
                                    "How many epochs are taken, counted back from the latest. Default: ${DEFAULT-VALUE}.")
                    long epochsTaken,
            @Option(
                            names = "--delay",
                            paramLabel = "SECONDS",
                            defaultValue = "172800",
                            description =
                                    "Before a new node set or key counts; at least a day, unless for tests. Default: ${DEFAULT-VALUE}.")
                    long delaySeconds,
            @Option(
                            names = "--test-network",
                            description = "Takes keys that one party made; the registry says so for ever.")
                    boolean testNetwork,
            @Option(
                            names = "--compiled",
                            paramLabel = "FILE",
                            description =
                                    "What node compile.mjs printed for the contracts and for each key's verifier under the key file's name, where no compiler is here.")
                    @Nullable
                    Path compiled,
            @Mixin ChainSender sender) {
        RegistrySigners signed = RegistrySigners.of(attestation, threshold);
        NodeSet nodes = signed.nodes();
        Map<String, String> sources = new LinkedHashMap<>();
        for (Path key : keys) {
            sources.put(name(key), ContractFiles.verifier(key));
        }
        Map<String, byte[]> code =
                compiled == null ? ContractCompiler.compiled(sources) : ContractCompiler.compiled(compiled);
        Deployed deployed = sender.ask((account, node) -> {
            List<Done> verifiers = new ArrayList<>();
            for (String name : sources.keySet()) {
                verifiers.add(created(sender, account, name, code(code, name)));
            }
            byte[] creation = RegistryCalls.creation(
                    code(code, REGISTRY),
                    new RegistryCalls.Terms(
                            new BigInteger(1, signed.house().bytes()),
                            testNetwork,
                            epochsTaken,
                            Duration.ofSeconds(delaySeconds),
                            nodes,
                            verifiers.stream()
                                    .map(v -> new ChainAddress(v.contract()))
                                    .toList()));
            return new Deployed(
                    signed.house().hex(),
                    created(sender, account, REGISTRY, creation),
                    verifiers,
                    nodes.threshold(),
                    nodes.nodes().stream().map(ChainAddress::text).toList(),
                    testNetwork);
        });
        return printed(deployed);
    }

    @Command(
            name = "deploy-vault",
            description = "Puts a vault on a chain, whose shares lose what members' defaults take of their owners.")
    int deployVault(
            @Parameters(
                            paramLabel = "ATTESTATION",
                            description =
                                    "An epoch signed for contracts (bulwark epoch attest), or the genesis of a house that nodes keep:"
                                            + " its signers are the vault's.")
                    Path attestation,
            @Option(
                            names = "--threshold",
                            paramLabel = "N",
                            description = "How many nodes sign. Default: more than half.")
                    int threshold,
            @Mixin VaultOptions vault,
            @Option(
                            names = "--compiled",
                            paramLabel = "FILE",
                            description = "What node compile.mjs printed for the contracts, where no compiler is here.")
                    @Nullable
                    Path compiled,
            @Mixin ChainSender sender) {
        VaultCalls.Terms terms =
                vault.terms(RegistrySigners.of(attestation, threshold).nodes());
        Map<String, byte[]> code =
                compiled == null ? ContractCompiler.compiled(Map.of()) : ContractCompiler.compiled(compiled);
        return printed(sender.ask(
                (account, node) -> created(sender, account, VAULT, VaultCalls.creation(code(code, VAULT), terms))));
    }

    /** The name of a key's verifier among the contracts: that of the file, in letters that a file of Solidity may have. */
    private static String name(Path key) {
        return String.valueOf(key.getFileName()).replaceFirst("\\.vk$", "").replaceAll("[^A-Za-z0-9-]", "-");
    }

    private static byte[] code(Map<String, byte[]> compiled, String name) {
        byte[] code = compiled.get(name);
        if (code == null || code.length == 0) {
            throw new BadInput("--compiled", name, "must be among the compiled contracts; have " + compiled.keySet());
        }
        return code;
    }

    private static Done created(ChainSender sender, EvmAccount account, String name, byte[] code)
            throws VenueException {
        Mined mined = account.send(Optional.empty(), code);
        return done(sender, mined.created().orElseThrow(), name, mined);
    }

    private static Done done(ChainSender sender, ChainAddress contract, String name, Mined mined) {
        return new Done(sender.chain(), contract.text(), name, mined.transaction(), mined.block(), mined.gas());
    }

    @Command(name = "publish", description = "Publishes a signed epoch on a registry.")
    int publish(
            @Parameters(
                            paramLabel = "ATTESTATION",
                            description = "An epoch signed for contracts (bulwark epoch attest).")
                    Path attestation,
            @Option(names = "--registry", required = true, paramLabel = "ADDRESS", description = "The registry.")
                    String registry,
            @Mixin ChainSender sender) {
        AttestationFile signed = AttestationFile.of(attestation);
        ChainAddress there = ChainSender.address("--registry", registry);
        return printed(sender.ask((account, node) -> {
            byte[] call = RegistryCalls.publication(
                    signed.number(), signed.digest(), nodeSet(node, there), signed.signatures());
            return done(sender, there, "epoch " + signed.number(), account.send(Optional.of(there), call));
        }));
    }

    /** The set that signs now: asked at the newest block, since a publication is refused there if another one does. */
    private static long nodeSet(EvmNode node, ChainAddress registry) throws VenueException {
        return node.newest(EvmCall.of(registry.text(), RegistryCalls.NODE_SET)).<Long>get(0);
    }

    @Command(
            name = "submit",
            description = "Shows a registry a proof of the account that pays, made for --purpose and --nonce.")
    int submit(
            @Parameters(paramLabel = "PROOF", description = "The proof's file.") Path proof,
            @Option(names = "--registry", required = true, paramLabel = "ADDRESS", description = "The registry.")
                    String registry,
            @Option(names = "--purpose", required = true, paramLabel = "TEXT", description = "What the scope is for.")
                    String purpose,
            @Option(names = "--nonce", required = true, paramLabel = "N", description = "What the challenge holds.")
                    BigInteger nonce,
            @Option(
                            names = "--oldest-epoch",
                            paramLabel = "N",
                            description = "The oldest epoch that will do. Default: what the registry takes.")
                    long oldestEpoch,
            @Mixin ChainSender sender) {
        ContractFiles.ContractProof words = ContractFiles.proof(proof);
        ChainAddress there = ChainSender.address("--registry", registry);
        List<BigInteger> inputs = words.inputs().stream()
                .map(hex -> new BigInteger(hex.substring(2), 16))
                .toList();
        RegistryCalls.Showing showing = new RegistryCalls.Showing(
                Digest.parse(words.key().substring(2)),
                inputs,
                purpose,
                nonce,
                oldestEpoch,
                HexFormat.of().parseHex(words.proof().substring(2)));
        return printed(sender.ask((account, node) -> {
            requireConversation(inputs, new Registry(sender.chain(), there), account.address(), purpose, nonce);
            return done(sender, there, "proof", account.send(Optional.of(there), showing.call()));
        }));
    }

    @Command(name = "proof", description = "A proof as a contract takes it: key, five inputs, 384 bytes.")
    int proof(@Parameters(paramLabel = "FILE", description = "The proof's file.") Path file) {
        return printed(ContractFiles.proof(file));
    }

    /** What the registry would say of challenge and scope is said here in words, with what they must be made of. */
    private static void requireConversation(
            List<BigInteger> inputs, Registry registry, ChainAddress sender, String purpose, BigInteger nonce) {
        FieldElement challenge = Challenge.of(registry.caip10(), sender.caip10(registry.chainId()), nonce.toString())
                .value();
        if (!inputs.get(1).equals(challenge.value())) {
            throw new BadInput(
                    "challenge",
                    "",
                    "must be for verifier " + registry.caip10() + ", beneficiary " + sender.caip10(registry.chainId())
                            + ", nonce " + nonce);
        }
        if (!inputs.get(2).equals(Scope.of(registry.caip10(), purpose).value().value())) {
            throw new BadInput(
                    "scope", "", "must be for verifier " + registry.caip10() + ", purpose \"" + purpose + "\"");
        }
    }

    private int printed(Object answer) {
        new Printout(out()).json(answer);
        return ExitCode.OK;
    }
}
