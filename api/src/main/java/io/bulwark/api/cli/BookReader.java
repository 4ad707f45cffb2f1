package io.bulwark.api.cli;

import io.bulwark.adapter.holding.Custodian;
import io.bulwark.adapter.holding.HoldingWindow;
import io.bulwark.api.cycle.BadInput;
import io.bulwark.api.cycle.Home;
import io.bulwark.api.inquiry.HouseFile;
import io.bulwark.api.inquiry.NamedHouses;
import io.bulwark.api.inquiry.ShownReserves;
import io.bulwark.api.inquiry.ShownReserves.KnownHouse;
import io.bulwark.clearing.attestation.Quorum;
import io.bulwark.clearing.epoch.Digest;
import io.bulwark.prover.binding.ProverLibrary;
import io.bulwark.prover.book.BookProof;
import io.bulwark.prover.proof.Expectation;
import io.bulwark.prover.proof.Judgement;
import io.bulwark.prover.proof.VerifyingKey;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What a reader of a book knows for himself: the house, its file, keys, the time, and those who keep what a house holds. */
final class BookReader {
    private static final String PIN = "holdings";
    private static final long NAMES_BYTES_MAX = 1 << 20;

    @Option(
            names = "--house",
            paramLabel = "HEX|NAME",
            description = "The house that it must be of: its identity, or its name in houses.json of the home.")
    private @Nullable String house;

    @Option(
            names = "--house-file",
            paramLabel = "FILE",
            description = "What everybody may know of that house, as 'bulwark export --house' writes it.")
    private @Nullable Path houseFile;

    @Option(
            names = "--key",
            paramLabel = "VK",
            arity = "1..*",
            description = "Files of verifying keys, those that the book names among them. Default: those in the home.")
    private List<Path> keys = new ArrayList<>();

    @Option(names = "--oldest-epoch", paramLabel = "N", description = "The oldest epoch that is taken.")
    private @Nullable Long oldest;

    @Option(
            names = "--max-age",
            paramLabel = "HOURS",
            defaultValue = "48",
            description =
                    "How old the newest epoch of the house's file may be by this machine's clock. Default: ${DEFAULT-VALUE}")
    private long maxAgeHours = 48;

    @Option(
            names = "--at",
            paramLabel = "DATE",
            description =
                    "A date in place of the clock, for recorded houses (2024-05-23T18:11:00Z); the answer says so.")
    private @Nullable String at;

    @Option(names = "--test", description = "Takes keys made on one machine, of a house that is founded with such.")
    private boolean test;

    @Option(
            names = "--custodian",
            paramLabel = "PLACES=KEY",
            description = {
                "A venue or custodian whose Ed25519 key you know, by what its places begin with, such as kraken:=HEX. Signatures of others count as",
                "unsigned."
            })
    private Map<String, String> custodians = new LinkedHashMap<>();

    /** The house's file; empty where none is given. */
    byte[] houseFile() {
        return houseFile == null ? new byte[0] : InputFile.bytes(houseFile, HouseFile.BYTES_MAX);
    }

    /**
     * Files of keys that were named, or those of these identities in the home.
     *
     * @throws BadInput if one is not there
     */
    List<byte[]> keys(Digest... identities) {
        if (!keys.isEmpty()) {
            return keys.stream()
                    .map(path -> InputFile.bytes(path, VerifyingKey.FILE_BYTES_MAX))
                    .toList();
        }
        Path folder = Home.ofEnvironment().folder().resolve("keys");
        return Stream.of(identities)
                .map(identity -> VerifyingKey.named(folder, identity)
                        .orElseThrow(() -> new BadInput(
                                "--key",
                                "",
                                "name the file of the verifying key " + identity.hex() + "; this home has none"))
                        .encode())
                .toList();
    }

    /** What the reader expects, with what he found of the reserves. */
    Expectation expectation(ShownReserves shown) {
        Expectation expected =
                new Expectation().maxAge(Duration.ofHours(maxAgeHours).toMillis());
        if (house != null) {
            expected.house(named(house));
        }
        if (at == null) {
            expected.clock(System.currentTimeMillis());
        } else {
            expected.at(date(at));
        }
        if (oldest != null) {
            expected.oldestEpoch(oldest);
        }
        if (test) {
            expected.test();
        }
        tell(expected, shown);
        return expected;
    }

    private static Digest named(String text) {
        Path names = Home.ofEnvironment().folder().resolve(NamedHouses.FILE);
        NamedHouses known = Files.exists(names)
                ? NamedHouses.read(InputFile.bytes(names, NAMES_BYTES_MAX))
                : new NamedHouses(new TreeMap<>());
        return known.find("--house", text);
    }

    private static long date(String text) {
        try {
            return Instant.parse(text).toEpochMilli();
        } catch (DateTimeException e) {
            throw new BadInput("--at", text, "must be a date such as 2024-05-23T18:11:00Z");
        }
    }

    /** What stands behind the reserves of a book. */
    ShownReserves shown(ProverLibrary library, BookProof book) {
        byte[] file = houseFile();
        Optional<KnownHouse> known =
                file.length == 0 ? Optional.empty() : known(HouseFile.read(library, file), library, book);
        return ShownReserves.of(book, known, known());
    }

    private static void tell(Expectation expected, ShownReserves shown) {
        expected.fact(
                PIN,
                switch (shown.state()) {
                    case GIVEN -> Judgement.State.GIVEN;
                    case MISSING -> Judgement.State.MISSING;
                    case WRONG -> Judgement.State.WRONG;
                },
                shown.words());
    }

    private List<Custodian> known() {
        return custodians.entrySet().stream()
                .map(entry -> {
                    try {
                        return new Custodian(entry.getKey(), Digest.parse(entry.getValue()));
                    } catch (IllegalArgumentException e) {
                        throw new BadInput(
                                "--custodian",
                                entry.getKey() + "=" + entry.getValue(),
                                "must be PLACES=64 hexadecimal digits");
                    }
                })
                .toList();
    }

    /** The house, where its file knows the book's epoch and the one before; the first epoch's holdings may be a day old. */
    private static Optional<KnownHouse> known(HouseFile file, ProverLibrary library, BookProof book) {
        return file.epoch(book.statement().epoch().digest(library).digest()).flatMap(signed -> {
            long number = signed.sealed().epoch().number();
            Optional<Long> from = number == 1
                    ? Optional.of(signed.timeMillis() - HoldingWindow.FIRST_MILLIS)
                    : file.epochs().stream()
                            .filter(other -> other.sealed().epoch().number() == number - 1)
                            .map(HouseFile.Signed::timeMillis)
                            .findFirst();
            return from.map(begin -> new KnownHouse(
                    file.house(), Quorum.of(file.founding()), new HoldingWindow(begin, signed.timeMillis())));
        });
    }
}
