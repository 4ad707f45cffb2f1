package io.bulwark.api.venue;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.bulwark.adapter.VenueException;
import io.bulwark.adapter.Venues;
import io.bulwark.adapter.feed.FeedFile;
import io.bulwark.adapter.feed.FeedVenue;
import io.bulwark.api.door.InputFile;
import io.bulwark.clearing.account.VenueAccount;
import io.bulwark.clearing.document.BadInput;
import io.bulwark.clearing.document.Refusal;
import io.bulwark.clearing.instrument.Listing;
import io.bulwark.clearing.oracle.OracleParameters;
import io.bulwark.clearing.register.LinkRegister;
import io.bulwark.house.House;
import io.bulwark.house.founding.Admissions;
import io.bulwark.house.founding.FoundingFile;
import io.bulwark.house.founding.Home;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What a house would refuse of a protocol's files.
 *
 * @param json the founding file by which it lists
 * @param linked venue accounts that are linked to accounts of it; empty where that is not for everybody to know
 * @param venues the kinds that it may connect
 */
record AgainstHouse(byte[] json, Optional<Set<VenueAccount>> linked, Venues venues) {
    private static final int OK = 200;

    /**
     * A house.
     *
     * @param named where it answers, its home, or its founding file
     * @param authority who vouches for one that answers by https
     * @throws BadInput if it is none of these
     */
    static AgainstHouse of(String named, InputFile.Authority authority, Venues venues) {
        if (named.startsWith("http://") || named.startsWith("https://")) {
            return served(URI.create(named), authority, venues);
        }
        Path place = Path.of(named);
        if (Files.isDirectory(place)) {
            try (House house = House.forReading(new Home(place))) {
                return of(house);
            }
        }
        byte[] json = InputFile.bytes(place, FoundingFile.BYTES_MAX);
        FoundingFile file = FoundingFile.read(json, venues);
        return new AgainstHouse(
                json,
                Optional.of(file.accounts().stream()
                        .flatMap(account -> account.venueAccounts().stream())
                        .collect(Collectors.toSet())),
                venues);
    }

    /** An open house. */
    static AgainstHouse of(House house) {
        return new AgainstHouse(
                house.listing()
                        .orElseThrow(() ->
                                new BadInput("--against", house.home().folder().toString(), "must be a founded house")),
                Optional.of(house.links().links().stream()
                        .filter(link -> link.standing() != LinkRegister.Standing.REVOKED)
                        .map(LinkRegister.Link::account)
                        .collect(Collectors.toSet())),
                house.venues());
    }

    private static AgainstHouse served(URI address, InputFile.Authority authority, Venues venues) {
        try (FeedVenue.Sender house = authority.of(address)) {
            FeedVenue.Sender.Answer answer = house.listing();
            if (answer.status() != OK) {
                throw new BadInput("--against", address.toString(), "must be a house; it answered " + answer.status());
            }
            return new AgainstHouse(answer.body().getBytes(StandardCharsets.UTF_8), Optional.empty(), venues);
        } catch (VenueException e) {
            throw new BadInput("--against", address.toString(), "must answer: " + e.getMessage());
        }
    }

    /** A founding file as everybody may have it: without accounts. */
    static byte[] withoutAccounts(byte[] json) {
        ObjectMapper mapper = new ObjectMapper();
        try {
            ObjectNode file = (ObjectNode) mapper.readTree(json);
            file.putArray("accounts");
            return mapper.writeValueAsBytes(file);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a founding file that is kept can be read", e);
        } catch (IOException e) {
            throw new IllegalStateException("reading from memory cannot fail", e);
        }
    }

    /**
     * What the house would refuse of a good file, or count against an account.
     *
     * @return in the file's order
     */
    List<Refusal> findings(FeedValidation.Kind kind, byte[] file) {
        return switch (kind) {
            case SNAPSHOT, REPORT -> pushed(FeedFile.read(file));
            case FOUNDING -> proposed(file);
            case MARGIN, PARAMETER, SURFACE, UNKNOWN -> List.of();
        };
    }

    /** Whether whoever validates against it learns nothing of linked accounts. */
    boolean tellsNoAccounts() {
        return linked.isEmpty();
    }

    private List<Refusal> proposed(byte[] file) {
        try {
            Admissions.merged(json, file, venues);
            return List.of();
        } catch (BadInput e) {
            return List.of(new Refusal(e.field().replace(".[", "["), e.value(), e.rule()));
        }
    }

    private List<Refusal> pushed(FeedFile said) {
        FoundingFile house = FoundingFile.read(json, venues);
        Listing listing = house.listing();
        int venue = said.account().venue();
        List<Refusal> findings = new ArrayList<>();
        // A venue that nothing connects yet pushes in the sandbox.
        boolean pushes = house.venues().stream().anyMatch(listed -> listed.number() == venue)
                && house.connections().stream()
                        .noneMatch(connection -> connection.number() == venue
                                && connection.pusher().isEmpty());
        if (!pushes) {
            return List.of(new Refusal(
                    "venue", String.valueOf(venue), "must be the number of a venue that pushes to the house"));
        }
        findings.addAll(FeedVenue.refusals(venue, listing, said));
        said.horizon()
                .ahead(Instant.now(), house.parameterSet().value(OracleParameters.CLOCK_SKEW))
                .ifPresent(findings::add);
        if (said instanceof FeedFile.Snapshot snapshot) {
            linked.filter(accounts -> !accounts.contains(snapshot.account()))
                    .ifPresent(ignored -> findings.add(new Refusal(
                            "account", snapshot.account().address(), "must be linked to an account of the house")));
            findings.addAll(FeedVenue.uneven(venue, listing, snapshot));
        }
        return findings;
    }
}
