package io.bulwark.api.venue;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.bulwark.adapter.Venues;
import io.bulwark.adapter.feed.FeedVenue;
import io.bulwark.api.door.ExitCode;
import io.bulwark.api.door.InputFile;
import io.bulwark.api.door.OutputFile;
import io.bulwark.api.door.VerbCommand;
import io.bulwark.api.house.OpenHouse;
import io.bulwark.clearing.attestation.QuorumKey;
import io.bulwark.clearing.document.BadInput;
import io.bulwark.house.founding.Admissions;
import io.bulwark.house.founding.FoundingFile;
import io.bulwark.house.founding.Home;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** How a protocol comes into the listing of a house that runs: proposed by the protocol, admitted by the quorum. */
final class AdmissionVerbs {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String NUMBER = "number";
    private static final String NAME = "name";
    private static final String VENUE = "venue";
    private static final String GROUP = "group";
    private static final String CONNECTIONS = "connections";

    private AdmissionVerbs() {}

    private static ObjectNode object(String what, byte[] json) {
        try {
            if (JSON.readTree(json) instanceof ObjectNode object) {
                return object;
            }
            throw new BadInput(what, "", "must be an object");
        } catch (JsonProcessingException e) {
            throw new BadInput(what, "", "must be JSON: " + BadInput.withoutFinds(e.getOriginalMessage()));
        } catch (IOException e) {
            throw new IllegalStateException("reading from memory cannot fail", e);
        }
    }

    /** A protocol's own listing in the numbers of a house. */
    @Command(
            name = "propose",
            description = {
                "Makes a proposal to a house of a listing with numbers of its own: venues, groups, assets, instruments and accounts get"
                        + " the house's next free numbers; groups and assets that the house lists under the same name are its own.",
                "Give the file to the house; venue admit takes it in. Guide: docs/join.md."
            })
    static final class Propose extends VerbCommand {
        @Parameters(paramLabel = "LISTING", description = "A founding file, such as the one of your sandbox.")
        @SuppressWarnings("NullAway.Init")
        private Path listing;

        @Option(
                names = "--against",
                paramLabel = "HOUSE",
                required = true,
                description = "The house: where it answers, its home, or its founding file.")
        @SuppressWarnings("NullAway.Init")
        private String against;

        @Mixin
        private InputFile.Authority authority = new InputFile.Authority();

        @Option(
                names = "--audience",
                paramLabel = "NAME",
                description = "The name under which you sign for this house. Default: its network.")
        private @Nullable String audience;

        @Option(
                names = "--key",
                paramLabel = "KEYFILE",
                required = true,
                description =
                        "The key that you will push with, made the first time; its public half goes into the proposal.")
        @SuppressWarnings("NullAway.Init")
        private Path key;

        @Option(names = "--out", paramLabel = "FILE", required = true, description = "Where the proposal goes.")
        @SuppressWarnings("NullAway.Init")
        private Path out;

        private final Map<String, Map<Integer, Integer>> renumbered = new TreeMap<>();

        @Override
        public Integer call() {
            Venues venues = Venues.with(Home.ofEnvironment().venues());
            AgainstHouse house = AgainstHouse.of(against, authority, venues);
            ObjectNode theirs = object("founding file", house.json());
            ObjectNode mine = object("listing", InputFile.bytes(listing, FoundingFile.BYTES_MAX));
            ObjectNode proposal = JSON.createObjectNode();
            proposal.set("network", theirs.path("network"));
            number("venues", theirs, mine, proposal, false, entry -> entry);
            number("groups", theirs, mine, proposal, true, entry -> entry);
            number("assets", theirs, mine, proposal, true, entry -> at(entry, GROUP, "groups"));
            number(
                    "instruments",
                    theirs,
                    mine,
                    proposal,
                    false,
                    entry -> at(at(entry, GROUP, "groups"), VENUE, "venues"));
            number("accounts", theirs, mine, proposal, false, this::linked);
            connect(theirs, proposal);
            Admissions.merged(house.json(), write(proposal), venues);
            OutputFile.write(out, write(proposal));
            renumbered.forEach(
                    (list, numbers) -> numbers.forEach((from, to) -> out().println(list + " " + from + " -> " + to)));
            return ExitCode.OK;
        }

        /** Gives each entry the next free number; one that the house lists under the same name is the house's, where that may be. */
        private void number(
                String list,
                ObjectNode theirs,
                ObjectNode mine,
                ObjectNode proposal,
                boolean shared,
                UnaryOperator<ObjectNode> mapped) {
            int next = 0;
            Map<String, Integer> known = new HashMap<>();
            for (JsonNode entry : theirs.path(list)) {
                next = Math.max(next, entry.path(NUMBER).asInt() + 1);
                known.put(entry.path(NAME).asText(), entry.path(NUMBER).asInt());
            }
            ArrayNode added = proposal.putArray(list);
            Map<Integer, Integer> numbers = renumbered.computeIfAbsent(list, ignored -> new TreeMap<>());
            for (JsonNode entry : mine.path(list)) {
                Integer same = shared ? known.get(entry.path(NAME).asText()) : null;
                numbers.put(entry.path(NUMBER).asInt(), same == null ? next : same);
                if (same == null && entry instanceof ObjectNode own) {
                    added.add(mapped.apply(own.deepCopy()).put(NUMBER, next++));
                }
            }
        }

        private ObjectNode at(ObjectNode entry, String field, String list) {
            Integer number = renumbered
                    .getOrDefault(list, Map.of())
                    .get(entry.path(field).asInt());
            if (number == null) {
                throw new BadInput(field, entry.path(field).asText(), "must be one of the " + list + " of the listing");
            }
            return entry.put(field, number);
        }

        private ObjectNode linked(ObjectNode account) {
            account.path("venueAccounts").forEach(link -> at((ObjectNode) link, VENUE, "venues"));
            return account;
        }

        private void connect(ObjectNode theirs, ObjectNode proposal) {
            ArrayNode connections = proposal.putArray(CONNECTIONS);
            String named = audience == null ? theirs.path("network").asText() : audience;
            for (JsonNode venue : proposal.path("venues")) {
                connections
                        .addObject()
                        .put("kind", FeedVenue.KIND)
                        .put(VENUE, venue.path(NUMBER).asInt())
                        .put("audience", named)
                        .put("key", QuorumKey.in(key).publicKey().hex());
            }
        }

        private static byte[] write(ObjectNode proposal) {
            try {
                return JSON.writerWithDefaultPrettyPrinter().writeValueAsBytes(proposal);
            } catch (JsonProcessingException e) {
                throw new IllegalStateException("a tree can be written", e);
            }
        }
    }

    /** The quorum takes a proposal in. */
    @Command(
            name = "admit",
            description = {
                "Takes a proposal into the listing: the quorum's members of this machine sign it, its accounts are opened, and"
                        + " the next epoch lists it. A house that runs takes pushes of its venues at once; a venue that is read needs a new"
                        + " start with its --venues.",
                "Exit code 2: refused by field, value and rule; nothing was signed."
            })
    static final class Admit extends VerbCommand {
        @Parameters(paramLabel = "FILE", description = "A proposal, as venue propose writes it.")
        @SuppressWarnings("NullAway.Init")
        private Path file;

        @Override
        public Integer call() {
            byte[] proposal = InputFile.bytes(file, FoundingFile.BYTES_MAX);
            return OpenHouse.ask(house -> {
                FoundingFile listed = house.cycle().admit(proposal);
                ObjectNode added = object("proposal", proposal);
                for (String list : List.of("venues", "groups", "assets", "instruments", "accounts")) {
                    added.path(list)
                            .forEach(entry -> out().println(
                                            list + " " + entry.path(NUMBER).asInt() + ": "
                                                    + entry.path(NAME).asText()));
                }
                out().println("signed by the quorum as admission "
                        + house.archive().admissions().all().size() + "; the next epoch lists "
                        + listed.venues().size() + " venues and "
                        + listed.instruments().size() + " instruments");
                return ExitCode.OK;
            });
        }
    }
}
