package io.bulwark.house.node;

import io.bulwark.clearing.attestation.ChainStatement;
import io.bulwark.clearing.attestation.EpochStatement;
import io.bulwark.clearing.document.Digest;
import io.bulwark.clearing.epoch.Epoch;
import io.bulwark.clearing.epoch.SealedEpoch;
import io.bulwark.clearing.round.RoundMessage.Seal;
import io.bulwark.clearing.round.RoundMessage.Turn;
import io.bulwark.clearing.round.RoundMessage.Value;
import io.bulwark.house.founding.Home;
import io.bulwark.house.node.NodeHome.Kept;
import io.bulwark.house.node.NodeHome.Keys;
import java.nio.file.Path;
import java.util.List;

/** Another digest of an epoch that was sealed, signed in both ways by nodes that signed the true one. */
public final class ForgedHead {
    private ForgedHead() {}

    /**
     * Puts it where the first of the nodes keeps the true one: from now on it shows that to whoever asks.
     *
     * @param signers homes of those who sign it
     * @return the digest
     */
    public static Digest of(long epoch, List<Path> signers) {
        NodeHome shows = new NodeHome(new Home(signers.getFirst()));
        Kept kept = shows.kept(epoch).orElseThrow();
        Digest digest = Digest.sha256(kept.sealed().digest().bytes());
        Digest house = kept.sealed().epoch().house();
        Value value = ((Seal) kept.seals().getFirst().message()).value();
        Value forged = new Value(
                value.record(),
                value.inputs(),
                new EpochStatement(house, epoch, digest, value.statement().timeMillis()));
        Turn turn = new Turn(house, epoch, 0);
        NodeFiles.write(
                signers.getFirst().resolve("node/epochs/" + epoch),
                new Kept(
                                new SealedEpoch(kept.sealed().epoch(), digest),
                                kept.record(),
                                signers.stream()
                                        .map(home -> {
                                            Keys keys = new NodeHome(new Home(home))
                                                    .keys(shows.nodes(epoch))
                                                    .orElseThrow();
                                            return new Seal(
                                                            turn,
                                                            forged,
                                                            keys.key().sign(forged.statement()),
                                                            keys.chain()
                                                                    .sign(new ChainStatement.OfEpoch(
                                                                            house, epoch, digest)))
                                                    .by(keys.key());
                                        })
                                        .toList())
                        .canonical()
                        .encode());
        return digest;
    }

    /** Changes an epoch where a node keeps it, but for its digest and who signed it; gives what was there. */
    public static byte[] changed(long epoch, Path node) {
        Kept kept = new NodeHome(new Home(node)).kept(epoch).orElseThrow();
        Epoch of = kept.sealed().epoch();
        Epoch changed = new Epoch(
                of.house(),
                of.number(),
                of.previous(),
                of.tableRoot(),
                of.accountRoot(),
                of.tableSha256(),
                of.parametersSha256(),
                of.inputsSha256(),
                of.venueRoot(),
                of.vaultTableRoot(),
                of.buffer(),
                of.marginRoot());
        Path file = node.resolve("node/epochs/" + epoch);
        byte[] before = NodeFiles.read(file);
        NodeFiles.write(
                file,
                new Kept(new SealedEpoch(changed, kept.sealed().digest()), kept.record(), kept.seals())
                        .canonical()
                        .encode());
        return before;
    }
}
