package io.bulwark.api.node;

import io.bulwark.adapter.VenueReader;
import io.bulwark.adapter.Venues;
import io.bulwark.api.chain.ChainSender.HeadPosts;
import io.bulwark.api.door.ExitCode;
import io.bulwark.api.door.VerbCommand;
import io.bulwark.api.http.StopSignal;
import io.bulwark.api.venue.VenueCommand;
import io.bulwark.clearing.attestation.ChainSignature;
import io.bulwark.clearing.attestation.ChainStatement.OfAct;
import io.bulwark.clearing.node.NodeList;
import io.bulwark.clearing.round.RoundMessage.Seal;
import io.bulwark.house.founding.FoundingFile;
import io.bulwark.house.founding.Home;
import io.bulwark.house.node.Node;
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

    /** The signal is only listened for: it interrupts this thread. */
    @Override
    @SuppressWarnings("try")
    public Integer call() {
        NodeConfiguration configuration = NodeConfiguration.read(file);
        NodeHome home = new NodeHome(Home.ofEnvironment());
        FoundingFile founding = FoundingFile.read(home.genesis().file(), Venues.ofClassPath());
        List<VenueReader> readers = VenueCommand.readers(configuration.venues(), founding);
        try (StopSignal ignored = StopSignal.listen();
                Peering peering = Peering.of(home, configuration, readers, this::say)) {
            // It looks by itself, in a thread that ends with the process.
            HeadPosts.of(home.home(), new NodeHeads(home, peering.node()), this::say);
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

    /** What a node has to tell a registry. */
    private record NodeHeads(NodeHome home, Node node) implements HeadPosts.Source {
        @Override
        public long last() {
            return home.last();
        }

        @Override
        public Optional<HeadPosts.Head> head(long number) {
            return home.kept(number)
                    .map(kept -> new HeadPosts.Head(
                            kept.sealed(),
                            kept.seals().stream()
                                    .map(said -> ((Seal) said.message()).chain())
                                    .toList()));
        }

        @Override
        public List<NodeList> lists() {
            return home.lists();
        }

        @Override
        public List<ChainSignature> handOver(OfAct act, List<NodeList> between) {
            return node.handOver(act, between);
        }
    }

    private synchronized void say(String line) {
        out().println(line);
        out().flush();
    }
}
