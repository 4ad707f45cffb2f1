package io.bulwark.api.node;

import io.bulwark.adapter.Venues;
import io.bulwark.api.door.ExitCode;
import io.bulwark.api.door.InputFile;
import io.bulwark.api.door.JsonFields;
import io.bulwark.api.door.OutputFile;
import io.bulwark.api.door.StepCommand;
import io.bulwark.clearing.attestation.ChainAddress;
import io.bulwark.clearing.document.BadInput;
import io.bulwark.clearing.document.CanonicalException;
import io.bulwark.clearing.document.Digest;
import io.bulwark.clearing.node.NodeList;
import io.bulwark.clearing.node.NodeList.Fault;
import io.bulwark.clearing.round.Evidence;
import io.bulwark.house.founding.FoundingFile;
import io.bulwark.house.founding.HistoryReader;
import io.bulwark.house.founding.Home;
import io.bulwark.house.founding.OwnerWallets;
import io.bulwark.house.node.Genesis;
import io.bulwark.house.node.Node;
import io.bulwark.house.node.NodeHome;
import io.bulwark.prover.binding.ProverLibrary;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The verbs of a node. */
@Command(
        name = "node",
        description = "One node of a house that many keep: its key, its genesis, its work, what convicts a node.",
        synopsisSubcommandLabel = "VERB",
        subcommands = {NodeRunCommand.class, NodeActCommand.class})
public final class NodeCommand extends StepCommand {
    private static final int TEXT_MAX = 4_096;

    @Command(
            name = "key",
            description = {
                "The public keys of the node of this home, as the list of nodes takes them; drawn the first time.",
                "Whoever founds the house, or draws up the next list of its nodes, needs this line and no secret."
            })
    int key(
            @Option(names = "--new", description = "Draws keys to follow those that are there.") boolean next,
            @Option(
                            names = "--url",
                            paramLabel = "URL",
                            defaultValue = "http://127.0.0.1:7001",
                            description = "Where the others reach the node. Default: ${DEFAULT-VALUE}.")
                    String url) {
        Home home = Home.ofEnvironment();
        NodeHome.Keys keys =
                next ? NodeHome.drawKeys(home) : NodeHome.keys(home).getLast();
        out().println("{\"key\": \"" + keys.key().publicKey().hex() + "\", \"chain\": \""
                + keys.chain().address() + "\", \"url\": \"" + url + "\"}");
        return ExitCode.OK;
    }

    @Command(
            name = "found",
            description = {
                "Founds a house that nodes keep, into one file that all of them take with 'node join'.",
                "The file holds the salts of every leaf: it is for nodes and auditors. Owners' wallets are drawn into this home."
            })
    int found(
            @Option(names = "--house", required = true, paramLabel = "FILE", description = "The founding file.")
                    Path founding,
            @Option(
                            names = "--nodes",
                            required = true,
                            paramLabel = "FILE",
                            description =
                                    "JSON: {\"threshold\": T, \"nodes\": [what 'node key' printed, …]}; 3 T > 2 N.")
                    Path nodes,
            @Parameters(paramLabel = "GENESIS", description = "The file that is written.") Path out) {
        byte[] json = InputFile.bytes(founding, FoundingFile.BYTES_MAX);
        FoundingFile file = FoundingFile.read(json, Venues.ofClassPath());
        Genesis genesis = Genesis.found(
                json,
                HistoryReader.read(file, founding.toAbsolutePath().resolveSibling("")),
                voters(nodes),
                new OwnerWallets(Home.ofEnvironment().owners()),
                ProverLibrary.load());
        OutputFile.write(out, genesis.canonical().encode());
        out().println("house " + genesis.founding().house() + ": "
                + genesis.nodes().threshold() + " of "
                + genesis.nodes().members().size() + " nodes seal its epochs, "
                + genesis.nodes().faulty() + " may lie or be silent; written to " + out);
        return ExitCode.OK;
    }

    static Genesis.Voters voters(Path file) {
        return JsonFields.ofFile(file, NodeCommand::voters);
    }

    private static Genesis.Voters voters(JsonFields fields) {
        int threshold = (int) fields.wholeNumber("threshold", 1, NodeList.MEMBERS_MAX);
        List<NodeList.Member> members = fields.objects("nodes", NodeList.MEMBERS_MAX).stream()
                .map(NodeCommand::member)
                .toList();
        int outlier = (int) fields.wholeNumber("outlierPpm", 1, Integer.MAX_VALUE, NodeList.Terms.INITIAL.outlierPpm());
        int removal = (int) fields.wholeNumber("removalAt", 1, Integer.MAX_VALUE, NodeList.Terms.INITIAL.removalAt());
        Map<Fault, Integer> penalties =
                fields.has("penalties") ? penalties(fields.object("penalties")) : NodeList.Terms.INITIAL.penalties();
        fields.nothingElse();
        return new Genesis.Voters(
                threshold,
                members,
                BadInput.refusing(
                        fields.at("outlierPpm"),
                        Integer.toString(outlier),
                        () -> new NodeList.Terms(outlier, removal, penalties)));
    }

    /** Points of the faults that it names; of the others those of any list. */
    private static Map<Fault, Integer> penalties(JsonFields fields) {
        Map<Fault, Integer> penalties = new EnumMap<>(Fault.class);
        for (Fault fault : Fault.values()) {
            penalties.put(fault, (int) fields.wholeNumber(fault.word(), 0, Integer.MAX_VALUE, fault.points()));
        }
        fields.nothingElse();
        return penalties;
    }

    private static NodeList.Member member(JsonFields fields) {
        NodeList.Member member = BadInput.refusing(
                fields.at("key"),
                "a node",
                () -> new NodeList.Member(
                        Digest.of(fields.bytes("key", Digest.LENGTH, Digest.LENGTH)),
                        new ChainAddress(fields.text("chain", TEXT_MAX).toLowerCase(Locale.ROOT)),
                        fields.text("url", TEXT_MAX)));
        fields.nothingElse();
        return member;
    }

    @Command(name = "join", description = "Takes the genesis of a house into this home, which then is a node's.")
    int join(@Parameters(paramLabel = "GENESIS", description = "The file that 'node found' wrote.") Path file) {
        NodeHome home = NodeHome.join(Home.ofEnvironment(), InputFile.bytes(file, Genesis.BYTES_MAX));
        NodeList nodes = home.genesis().nodes();
        Optional<NodeHome.Keys> mine = NodeHome.keys(Home.ofEnvironment()).stream()
                .filter(keys -> nodes.member(keys.key().publicKey()).isPresent())
                .findFirst();
        out().println("house " + nodes.house() + ": "
                + mine.map(keys -> "this is " + nodes.name(keys.key().publicKey()) + " of "
                                + nodes.members().size())
                        .orElse("this node is not on its first list; it follows, and signs once a list names it"));
        return ExitCode.OK;
    }

    @Command(
            name = "status",
            description = "What the node of this home has sealed, and what stands against every node.")
    int status() {
        NodeHome home = new NodeHome(Home.ofEnvironment());
        long last = home.last();
        NodeList nodes = home.nodes(last + 1);
        out().println("house " + nodes.house() + ", list " + nodes.number() + ": " + nodes.threshold() + " of "
                + nodes.members().size() + " nodes");
        out().println(home.kept(last)
                .map(kept -> "epoch " + last + " " + kept.sealed().digest() + ", signed by "
                        + kept.seals().size() + " nodes")
                .orElse("no epoch is sealed"));
        NodeTable.lines(Node.standings(nodes, home.evidence())).forEach(out()::println);
        home.evidence()
                .forEach(evidence -> out().println("  " + evidence.fault().word() + ": "
                        + evidence.inWords(home.nodes(evidence.turn().epoch())) + " (" + home.fileOf(evidence) + ")"));
        return ExitCode.OK;
    }

    @Command(
            name = "evidence",
            description = {
                "Judges evidence against a node, believing nobody who handed it on: signatures, and what follows from what was signed.",
                "The home must have the genesis, and for what recomputation refutes the epochs before. "
                        + "Exit code 0: it convicts; 1: it does not, with the reason."
            })
    int evidence(@Parameters(paramLabel = "FILE", description = "The evidence.") Path file) {
        NodeHome home = new NodeHome(Home.ofEnvironment());
        Evidence evidence;
        try {
            evidence = Evidence.read(InputFile.bytes(file, Evidence.BYTES_MAX));
        } catch (CanonicalException e) {
            throw new BadInput(file.toString(), e.field(), "must be evidence: " + e.rule());
        }
        NodeList nodes = home.nodes(evidence.turn().epoch());
        Optional<String> flaw = Node.flaw(home, ProverLibrary.load(), evidence);
        out().println(flaw.map(why -> "convicts nobody: " + why)
                .orElseGet(() -> evidence.fault().word() + ": " + evidence.inWords(nodes) + "; "
                        + nodes.terms().of(evidence.fault()) + " points"));
        return flaw.isEmpty() ? ExitCode.OK : ExitCode.NEGATIVE;
    }
}
