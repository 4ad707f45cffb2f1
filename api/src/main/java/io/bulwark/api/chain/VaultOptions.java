package io.bulwark.api.chain;

import io.bulwark.adapter.registry.VaultCalls;
import io.bulwark.clearing.attestation.RegistryAct.NodeSet;
import java.time.Duration;
import picocli.CommandLine.Option;

/** What a vault is for ever: options of its deployment. */
final class VaultOptions {
    @Option(
            names = "--asset",
            required = true,
            paramLabel = "ADDRESS",
            description = "What is deposited: a plain ERC-20.")
    @SuppressWarnings("NullAway.Init")
    private String asset;

    @Option(
            names = "--settlement",
            required = true,
            paramLabel = "ADDRESS",
            description = "Where slashed assets go, for ever.")
    @SuppressWarnings("NullAway.Init")
    private String settlement;

    @Option(
            names = "--risk-horizon",
            paramLabel = "SECONDS",
            description = "That the loss of a default can take to show and to be settled. Default: ${DEFAULT-VALUE}.")
    private long riskHorizonSeconds = 432_000;

    @Option(
            names = "--exit-delay",
            paramLabel = "SECONDS",
            description = "That an exit waits. Default: ${DEFAULT-VALUE}.")
    private long exitDelaySeconds = 864_000;

    @Option(
            names = "--exit-window",
            paramLabel = "SECONDS",
            description = "In which it can then be used. Default: ${DEFAULT-VALUE}.")
    private long exitWindowSeconds = 172_800;

    @Option(
            names = "--delay",
            paramLabel = "SECONDS",
            description = "Before a new node set counts. Default: ${DEFAULT-VALUE}.")
    private long delaySeconds = 172_800;

    VaultCalls.Terms terms(NodeSet nodes) {
        return new VaultCalls.Terms(
                ChainSender.address("--asset", asset),
                ChainSender.address("--settlement", settlement),
                Duration.ofSeconds(riskHorizonSeconds),
                Duration.ofSeconds(exitDelaySeconds),
                Duration.ofSeconds(exitWindowSeconds),
                Duration.ofSeconds(delaySeconds),
                nodes);
    }
}
