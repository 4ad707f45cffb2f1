package io.bulwark.api.http;

import io.bulwark.adapter.recording.RecordedVenues;
import io.bulwark.api.Bulwark;
import io.bulwark.api.demo.Demonstration;
import io.bulwark.clearing.attestation.LinkKey;
import io.bulwark.clearing.attestation.LinkSignature.Scheme;
import io.bulwark.house.House;
import io.bulwark.house.founding.Foundation;
import io.bulwark.house.founding.Home;
import io.bulwark.journey.RecordedSurvey;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The demonstration's house with an epoch, its door open, and two owners whose keys it knows: of accounts 1 and 2. */
final class SealedHouse implements AutoCloseable {
    static final int MINE = 1;
    static final int ANOTHERS = 2;
    static final int NOBODYS = 99;

    private final Path folder;
    private final House house;
    private final Foundation foundation;
    private final HttpFrontDoor door;

    private SealedHouse(Path folder, House house, Foundation foundation, HttpFrontDoor door) {
        this.folder = folder;
        this.house = house;
        this.foundation = foundation;
        this.door = door;
    }

    static SealedHouse in(Path folder) throws Exception {
        House house = House.open(new Home(folder.resolve("home")));
        try (RecordedVenues recorded = RecordedVenues.bundled()) {
            Foundation foundation = house.cycle().found(Demonstration.foundingFile());
            house.cycle().intake(RecordedSurvey.of(house, foundation.file(), recorded), foundation.file());
            house.cycle().assess(house.cycle().seal(foundation));
            house.links().registerOwner(MINE, LinkKey.in(folder.resolve("mine")).signer(Scheme.EIP191));
            house.links()
                    .registerOwner(
                            ANOTHERS, LinkKey.in(folder.resolve("anothers")).signer(Scheme.ED25519));
            HttpFrontDoor door = HttpFrontDoor.open(0, house, List.of(URI.create("https://house.example")));
            return new SealedHouse(folder, house, foundation, door);
        }
    }

    /** The same after a restart. */
    static SealedHouse again(Path folder) {
        House house = House.open(new Home(folder.resolve("home")));
        Foundation foundation = house.cycle().found(Demonstration.foundingFile());
        return new SealedHouse(folder, house, foundation, HttpFrontDoor.open(0, house, List.of()));
    }

    House house() {
        return house;
    }

    Foundation foundation() {
        return foundation;
    }

    HttpFrontDoor door() {
        return door;
    }

    Path key(String name) {
        return folder.resolve(name);
    }

    void sealAgain() {
        house.cycle().seal(foundation);
    }

    /** What a verb printed, which must end with this exit code. */
    String verb(int code, String... words) {
        StringWriter said = new StringWriter();
        PrintWriter out = new PrintWriter(said, true);
        int ended = Bulwark.run(
                out,
                out,
                Stream.concat(
                                Stream.of(words),
                                Stream.of("--home", house.home().folder().toString()))
                        .toArray(String[]::new));
        if (ended != code) {
            throw new AssertionError(String.join(" ", words) + " ended with " + ended + ": " + said);
        }
        return said.toString().strip();
    }

    /** A token that the operator gave. */
    String token(String role, String name, String... more) {
        return verb(
                        0,
                        Stream.concat(Stream.of("access", "give", "--role", role, "--name", name), Stream.of(more))
                                .toArray(String[]::new))
                .lines()
                .findFirst()
                .orElseThrow();
    }

    @Override
    public void close() {
        door.close();
        house.close();
    }
}
