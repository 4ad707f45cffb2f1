package io.bulwark.api;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.bulwark.adapter.feed.FeedVenue;
import io.bulwark.api.door.ExitCode;
import io.bulwark.api.door.InputFile;
import io.bulwark.api.door.OutputFile;
import io.bulwark.api.door.VerbCommand;
import io.bulwark.api.http.DoorOptions;
import io.bulwark.api.http.HttpFrontDoor;
import io.bulwark.api.http.StopSignal;
import io.bulwark.clearing.attestation.QuorumKey;
import io.bulwark.clearing.document.BadInput;
import io.bulwark.clearing.money.Usd;
import io.bulwark.house.House;
import io.bulwark.house.epoch.AccountLine;
import io.bulwark.house.epoch.AccountMargin;
import io.bulwark.house.epoch.ComputedEpoch;
import io.bulwark.house.founding.Foundation;
import io.bulwark.house.founding.FoundingFile;
import io.bulwark.house.founding.Home;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** A house for a newcomer alone: founded on his listing, it margins what he pushes at once. */
@Command(
        name = "sandbox",
        description = {
            "A house in which a protocol sees its own feed margined: founded on LISTING, it takes what is pushed, seals an epoch"
                    + " after it, and says what margin each account has.",
            "Venues of LISTING that have no connection push, with the key of --key. Without LISTING, that of an example protocol. The"
                    + " home is new and goes with the house, unless --home names one. Guide: docs/join.md.",
            "--example writes the example's three files and ends."
        })
final class SandboxCommand extends VerbCommand {
    private static final String AUDIENCE = "sandbox";
    private static final List<String> EXAMPLE = List.of("listing.json", "report.json", "snapshot.json");
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration LOOK = Duration.ofMillis(250);

    /** Looks without anything new before what came is sealed: files that are pushed together are sealed together. */
    private static final int QUIET = 6;

    @Parameters(
            paramLabel = "LISTING",
            arity = "0..1",
            description = "A founding file: what you list, and who has accounts.")
    private @Nullable Path listing;

    @Option(
            names = "--key",
            paramLabel = "KEYFILE",
            description = "The protocol's key, made the first time. Default: feed.key in the home.")
    private @Nullable Path key;

    @Option(
            names = "--example",
            paramLabel = "FOLDER",
            description = "Writes listing.json, report.json and snapshot.json of the example into FOLDER.")
    private @Nullable Path example;

    @CommandLine.Mixin
    private DoorOptions opening = new DoorOptions();

    @Override
    public Integer call() throws InterruptedException, IOException {
        if (example != null) {
            write(example);
            return ExitCode.OK;
        }
        opening.require();
        Optional<Path> named = Home.named();
        Path folder = named.isPresent() ? named.get() : Files.createTempDirectory("bulwark-sandbox-");
        try {
            serve(new Home(folder));
        } finally {
            if (named.isEmpty()) {
                delete(folder);
            }
        }
        return ExitCode.OK;
    }

    private void write(Path folder) throws IOException {
        Files.createDirectories(folder);
        for (String name : EXAMPLE) {
            if (Files.exists(folder.resolve(name))) {
                throw new BadInput(
                        "--example", folder.resolve(name).toString(), "must not be there: it is not written over");
            }
        }
        for (String name : EXAMPLE) {
            OutputFile.write(folder.resolve(name), bundled(name));
            out().println(folder.resolve(name));
        }
    }

    private void serve(Home home) throws InterruptedException {
        Path keyFile = key == null ? home.folder().resolve("feed.key") : key;
        byte[] file = connected(
                listing == null ? bundled("listing.json") : InputFile.bytes(listing, FoundingFile.BYTES_MAX),
                QuorumKey.in(keyFile));
        FoundingFile.read(file);
        try (StopSignal stop = StopSignal.listen();
                House house = House.open(home)) {
            Foundation founded = house.cycle().found(file, place());
            try (HttpFrontDoor door = opening.open(house)) {
                DoorOptions.announce(stop, door, out(), " until it is stopped (Ctrl-C)");
                tell(home, keyFile, door);
                watch(stop, house, founded);
            }
        }
    }

    private Path place() {
        return listing == null
                ? Path.of("").toAbsolutePath()
                : listing.toAbsolutePath().resolveSibling("");
    }

    private void tell(Home home, Path keyFile, HttpFrontDoor door) {
        String report = listing == null
                ? "report.json"
                : listing.resolveSibling("report.json").toString();
        String snapshot = listing == null
                ? "snapshot.json"
                : listing.resolveSibling("snapshot.json").toString();
        String signing = " --key " + keyFile + " --audience " + AUDIENCE;
        out().println();
        out().println("Push what your market shows, then what an account holds:");
        out().println("  ./bulwark venue push " + report + " " + snapshot + signing + " --to " + door.address());
        if (listing == null) {
            out().println("  (./bulwark sandbox --example FOLDER writes those two)");
        }
        out().println("The same by any HTTP client; ./bulwark venue push FILE" + signing + " prints the signature:");
        out().println("  curl --data-binary @" + snapshot + " -H \"Feed-Signature: $SIGNATURE\" " + door.address()
                + "/venues/0/snapshots");
        out().println("Then, in another window:");
        out().println("  ./bulwark account margin --account 0 --home " + home.folder());
        out().println(
                        "And proved, as somebody asks for it (docs/join.md, section 3); HOUSE stands beside each epoch below:");
        out().println(
                        "  ./bulwark proof ask --house HOUSE --verifier https://bank.example --purpose loan --beneficiary me"
                                + " --claim initial-margin --out ask.json --home " + home.folder());
        out().println("  ./bulwark proof prove account --account 0 --ask ask.json --out proof.json --home "
                + home.folder());
        out().println();
        out().flush();
    }

    /** Seals after each push that was booked, once nothing more comes for a moment. */
    private void watch(StopSignal stop, House house, Foundation founded) throws InterruptedException {
        long sealed = house.feeds().booked();
        long before = sealed;
        int quiet = 0;
        while (!stop.await(LOOK)) {
            long now = house.feeds().booked();
            quiet = now == before ? quiet + 1 : 0;
            before = now;
            if (now > sealed && quiet >= QUIET) {
                sealed = now;
                seal(house, founded);
            }
        }
    }

    private void seal(House house, Foundation founded) {
        try {
            ComputedEpoch epoch = house.cycle().seal(house.cycle().current(founded));
            house.cycle().assess(epoch);
            out().println("epoch " + epoch.number() + " of house "
                    + epoch.sealed().epoch().house() + ", over " + epoch.time());
            epoch.leftOut()
                    .forEach(entry -> out().println("  not priced: " + entry.name() + " (" + entry.reason() + ")"));
            epoch.accounts().forEach(line -> out().println("  account " + line.number() + " " + said(line)));
        } catch (IllegalStateException | IllegalArgumentException unsealed) {
            out().println("no epoch: " + unsealed.getMessage());
        }
        out().flush();
    }

    private static String said(AccountLine line) {
        return line.name() + ": "
                + switch (line.margin()) {
                    case AccountMargin.Stated stated ->
                        "initial margin " + Usd.text(stated.statement().initialMargin()) + " USD, equity "
                                + Usd.text(stated.statement().equity()) + " USD, "
                                + stated.statement().state().label();
                    case AccountMargin.Without(List<String> reasons) -> "no margin: " + String.join("; ", reasons);
                };
    }

    /** The listing, in which every venue that nothing connects pushes with a key. */
    private static byte[] connected(byte[] listing, QuorumKey key) {
        try {
            JsonNode tree = JSON.readTree(listing);
            if (tree instanceof ObjectNode file
                    && file.path("venues") instanceof ArrayNode venues
                    && file.path("connections") instanceof ArrayNode connections) {
                for (JsonNode venue : venues) {
                    int number = venue.path("number").asInt();
                    boolean isConnected =
                            connections.findValues("venue").stream().anyMatch(other -> other.asInt() == number);
                    if (!isConnected) {
                        connections
                                .addObject()
                                .put("kind", FeedVenue.KIND)
                                .put("venue", number)
                                .put("audience", AUDIENCE)
                                .put("key", key.publicKey().hex());
                    }
                }
                return JSON.writeValueAsBytes(file);
            }
            // Said in full by whoever reads it as a founding file.
            return listing;
        } catch (JsonProcessingException e) {
            return listing;
        } catch (IOException e) {
            throw new UncheckedIOException("reading from memory cannot fail", e);
        }
    }

    private static byte[] bundled(String name) {
        try (InputStream file = SandboxCommand.class.getResourceAsStream("/sandbox/" + name)) {
            if (file == null) {
                throw new IllegalStateException("the program lacks /sandbox/" + name);
            }
            return file.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException("/sandbox/" + name, e);
        }
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(path);
            }
        }
    }
}
