package io.bulwark.api.epoch;

import io.bulwark.adapter.PayloadRefused;
import io.bulwark.adapter.ReadBudget;
import io.bulwark.adapter.VenueException;
import io.bulwark.adapter.VenueTransport;
import io.bulwark.adapter.evm.EvmNode;
import io.bulwark.adapter.registry.EpochSighting;
import io.bulwark.api.chain.ChainSender;
import io.bulwark.api.door.ExitCode;
import io.bulwark.api.door.Printout;
import io.bulwark.api.door.VerbCommand;
import io.bulwark.api.house.OpenHouse;
import io.bulwark.clearing.attestation.ChainAddress;
import io.bulwark.clearing.attestation.ChainStatement.Registry;
import io.bulwark.clearing.attestation.RegistryAct.BlockCheckpoint;
import io.bulwark.clearing.document.BadInput;
import io.bulwark.house.epoch.ChainAttestation.ActAttestation;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** An epoch of one chain's registry for a mirror on another chain. */
@Command(
        name = "mirror",
        description = {
            "Reads an epoch from a registry on one chain by storage proof, at the newest finalised block, checks the proof from the block's hash down, and prints",
            "what a mirror on another chain takes: the arguments of EpochMirror.prove. With --mirror and --mirror-chain also those of EpochMirror.checkpoint,",
            "signed over that block by the quorum members whose keys this machine keeps."
        })
final class MirrorCommand extends VerbCommand {
    private static final String NAME = "registry";
    private static final int READS_A_SECOND = 20;

    @Option(names = "--node", required = true, paramLabel = "URL", description = "A node of the registry's chain.")
    @SuppressWarnings("NullAway.Init")
    private String node;

    @Option(names = "--chain", required = true, paramLabel = "N", description = "EIP-155 number of that chain.")
    private long chain;

    @Option(names = "--registry", required = true, paramLabel = "ADDRESS", description = "The registry there.")
    @SuppressWarnings("NullAway.Init")
    private String registry;

    @Option(names = "--epoch", required = true, paramLabel = "N", description = "The epoch.")
    private long epoch;

    @ArgGroup(exclusive = false)
    private @Nullable Mirror mirror;

    /** The mirror for which a block is signed. */
    private static final class Mirror {
        @Option(names = "--mirror", required = true, paramLabel = "ADDRESS", description = "The mirror.")
        @SuppressWarnings("NullAway.Init")
        private String address;

        @Option(names = "--mirror-chain", required = true, paramLabel = "N", description = "The mirror's chain.")
        private long chain;
    }

    /**
     * What is printed.
     *
     * @param epoch its number
     * @param digest of the epoch, hexadecimal
     * @param publishedAt when the registry took it
     * @param nodeSet the set that signed it
     * @param equivocated whether a second digest of the number was signed: a mirror takes no such epoch
     * @param block number of the finalised block
     * @param blockHash its hash, hexadecimal
     * @param header the block's header in RLP
     * @param account the way to the registry in the state
     * @param digestWay the way to the digest
     * @param flagsWay the way to the word behind it
     * @param checkpoint the signed block, where a mirror is named
     */
    record Sighted(
            long epoch,
            String digest,
            String publishedAt,
            long nodeSet,
            boolean equivocated,
            long block,
            String blockHash,
            String header,
            List<String> account,
            List<String> digestWay,
            List<String> flagsWay,
            Optional<ActAttestation> checkpoint) {}

    @Override
    public Integer call() {
        ChainAddress source = ChainSender.address("--registry", registry);
        EpochSighting seen = sighted(source);
        new Printout(out())
                .json(new Sighted(
                        seen.epoch(),
                        seen.digest().hex(),
                        Instant.ofEpochSecond(seen.publishedAtSeconds()).toString(),
                        seen.nodeSet(),
                        seen.equivocated(),
                        seen.block().number(),
                        seen.block().hash().hex(),
                        seen.header(),
                        seen.account(),
                        seen.digestWay(),
                        seen.flagsWay(),
                        Optional.ofNullable(mirror).map(named -> checkpoint(named, source, seen))));
        out().flush();
        return ExitCode.OK;
    }

    private ActAttestation checkpoint(Mirror named, ChainAddress source, EpochSighting seen) {
        Registry bound = new Registry(named.chain, ChainSender.address("--mirror", named.address));
        BlockCheckpoint act = new BlockCheckpoint(
                chain, source, seen.block().number(), seen.block().hash());
        return OpenHouse.ask(house -> house.attestAct(bound, act));
    }

    private EpochSighting sighted(ChainAddress source) {
        if (epoch < 1) {
            throw new BadInput("--epoch", Long.toString(epoch), "must be >= 1");
        }
        try (EvmNode asked = new EvmNode(
                NAME,
                chain,
                new VenueTransport(NAME, ChainSender.endpoint(node), ReadBudget.perSecond(READS_A_SECOND)))) {
            return EpochSighting.of(asked, source, epoch);
        } catch (VenueException e) {
            throw new BadInput("--node", "of chain " + chain, String.valueOf(e.getMessage()));
        } catch (PayloadRefused e) {
            throw new BadInput("--registry", registry, String.valueOf(e.getMessage()));
        }
    }
}
