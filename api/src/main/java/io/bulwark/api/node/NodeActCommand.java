package io.bulwark.api.node;

import io.bulwark.api.door.ExitCode;
import io.bulwark.api.door.InputFile;
import io.bulwark.api.door.OutputFile;
import io.bulwark.api.door.StepCommand;
import io.bulwark.clearing.document.BadInput;
import io.bulwark.clearing.node.NodeList;
import io.bulwark.house.founding.Home;
import io.bulwark.house.node.Genesis;
import io.bulwark.house.node.NodeHome;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Nodes join, leave and change their keys by a list that t of the present ones sign. */
@Command(
        name = "act",
        description =
                "Draws up the next list of nodes, signs it, takes it in: so nodes join, leave and change their keys.",
        synopsisSubcommandLabel = "STEP")
final class NodeActCommand extends StepCommand {
    private static final int FILE_BYTES_MAX = 1 << 20;

    @Command(name = "draw", description = "Writes the next list, signed by the node of this home.")
    int draw(
            @Option(
                            names = "--nodes",
                            required = true,
                            paramLabel = "FILE",
                            description = "JSON as for 'node found': everybody who is on the next list.")
                    Path nodes,
            @Option(
                            names = "--from",
                            required = true,
                            paramLabel = "EPOCH",
                            description = "The first epoch that it seals; every node must have it before.")
                    int from,
            @Parameters(paramLabel = "ACT", description = "The file that is written.") Path out) {
        NodeHome home = new NodeHome(Home.ofEnvironment());
        NodeList before = home.lists().getLast();
        Genesis.Voters voters = NodeCommand.voters(nodes);
        NodeList next = BadInput.refusing(
                "--nodes",
                nodes.toString(),
                () -> new NodeList(
                        before.house(),
                        before.number() + 1,
                        before.digest(),
                        from,
                        voters.threshold(),
                        voters.members(),
                        voters.terms()));
        OutputFile.write(out, home.signed(next, List.of()));
        out().println("list " + next.number() + " from epoch " + from + ": " + next.threshold() + " of "
                + next.members().size() + " nodes; 'node act sign' it with " + before.threshold() + " nodes of list "
                + before.number() + ", then 'node act take' it");
        return ExitCode.OK;
    }

    @Command(name = "sign", description = "Signs a drawn list with the key of this home too.")
    int sign(@Parameters(paramLabel = "ACT", description = "The file; it is written again.") Path file) {
        NodeHome home = new NodeHome(Home.ofEnvironment());
        byte[] signed = home.signed(InputFile.bytes(file, FILE_BYTES_MAX));
        OutputFile.write(file, signed);
        out().println("signed");
        return ExitCode.OK;
    }

    @Command(
            name = "take",
            description =
                    "Takes a list that enough nodes signed into this home; a running node hands it to the others.")
    int take(@Parameters(paramLabel = "ACT", description = "The file.") Path file) {
        NodeHome home = new NodeHome(Home.ofEnvironment());
        home.take(InputFile.bytes(file, FILE_BYTES_MAX)).ifPresent(flaw -> {
            throw new BadInput("ACT", file.toString(), flaw);
        });
        NodeList list = home.lists().getLast();
        out().println("list " + list.number() + " seals from epoch " + list.from() + " on");
        return ExitCode.OK;
    }
}
