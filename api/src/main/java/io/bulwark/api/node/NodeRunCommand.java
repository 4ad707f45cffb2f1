package io.bulwark.api.node;

import io.bulwark.adapter.VenueReader;
import io.bulwark.adapter.Venues;
import io.bulwark.api.chain.ChainSender.HeadPosts;
import io.bulwark.api.door.ExitCode;
import io.bulwark.api.door.VerbCommand;
import io.bulwark.api.http.StopSignal;
import io.bulwark.api.venue.VenueCommand;
import io.bulwark.clearing.attestation.ChainSignature;
import io.bulwark.clearing.attestation.ChainStatement;
import io.bulwark.clearing.round.RoundMessage.Seal;
import io.bulwark.house.founding.FoundingFile;
import io.bulwark.house.founding.Home;
import io.bulwark.house.node.NodeHome;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** One process, one member of the quorum. */
@Command(
        name = "run",
        description = {
            "Runs a node: it reads the venues by itself, commits to what it saw and reveals it, recomputes every epoch,"
                    + " votes, and signs what was decided on.",
            "The home holds its own key and nobody else's. GET /node says how every node stands."
        })
final class NodeRunCommand extends VerbCommand {
    @Option(
            names = "--config",
            required = true,
            paramLabel = "FILE",
            description = "Where it listens, where the venues answer, how long it waits: docs/nodes.md.")
    @SuppressWarnings("NullAway.Init")
    private Path file;

    private static final int LOOK_MILLIS = 1_000;

    /** The signal is only listened for: it interrupts this thread. */
    @Override
    @SuppressWarnings("try")
    public Integer call() {
        NodeConfiguration configuration = NodeConfiguration.read(file);
        NodeHome home = new NodeHome(Home.ofEnvironment());
        FoundingFile founding = FoundingFile.read(home.genesis().file(), Venues.ofClassPath());
        List<VenueReader> readers = VenueCommand.readers(configuration.venues(), founding);
        Optional<HeadPosts> heads = HeadPosts.of(home.home(), this::say);
        try (StopSignal ignored = StopSignal.listen();
                Peering peering = Peering.of(home, configuration, readers, this::say)) {
            heads.ifPresent(posts -> Thread.ofPlatform().daemon().start(() -> follow(home, posts)));
            peering.node().run();
        } catch (InterruptedException e) {
            // Somebody wished the process to end.
            say("the node ends");
        } catch (IllegalStateException e) {
            say("the node stops: " + e.getMessage());
            return ExitCode.NEGATIVE;
        } finally {
            readers.forEach(VenueReader::close);
        }
        return ExitCode.OK;
    }

    /** Posts each epoch that the node has sealed, from the last one on. */
    private static void follow(NodeHome home, HeadPosts posts) {
        try {
            for (long next = Math.max(1, home.last()); true; Thread.sleep(LOOK_MILLIS)) {
                for (long last = home.last(); next <= last; next++) {
                    NodeHome.Kept kept = home.kept(next).orElseThrow();
                    ChainStatement statement = ChainStatement.OfEpoch.of(kept.sealed());
                    List<ChainSignature> signatures = kept.seals().stream()
                            .map(said -> ((Seal) said.message()).chain())
                            .toList();
                    posts.post(next, kept.sealed().digest(), ChainSignature.joined(statement, signatures));
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private synchronized void say(String line) {
        out().println(line);
        out().flush();
    }
}
