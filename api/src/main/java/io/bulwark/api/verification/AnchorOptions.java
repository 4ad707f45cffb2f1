package io.bulwark.api.verification;

import io.bulwark.api.door.InputFile;
import io.bulwark.api.house.PinnedHouse;
import io.bulwark.clearing.document.BadInput;
import io.bulwark.clearing.document.Digest;
import io.bulwark.house.founding.Home;
import io.bulwark.prover.proof.Expectation;
import io.bulwark.prover.proof.VerifyingKey;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** What everything that can be checked is held against: the house, its file, keys, the time. */
final class AnchorOptions {
    @Mixin
    private final PinnedHouse pinned = new PinnedHouse();

    @Option(
            names = "--key",
            paramLabel = "VK",
            description =
                    "A file of a verifying key; may stand more than once. Default: those that the file names, in the home.")
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
            names = "--compiled",
            paramLabel = "FILE",
            description = "Circuits that 'bulwark proof keys check' compiled. Default: its file in the home.")
    private @Nullable Path compiled;

    /** The house's file; empty where none is given. */
    byte[] houseFile() {
        return pinned.file().orElseGet(() -> new byte[0]);
    }

    /** Whether files of keys are named. */
    boolean namesKeys() {
        return !keys.isEmpty();
    }

    /**
     * Files of keys that were named, or those of these identities in the home.
     *
     * @throws BadInput if one is not there
     */
    List<byte[]> keys(Digest... identities) {
        if (namesKeys()) {
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

    /**
     * House, epoch and key, as they are known here.
     *
     * @param askedHouse the house of an ask
     * @param askedOldest the oldest epoch that an ask takes; 0: it names none
     */
    Expectation expectation(Optional<Digest> askedHouse, long askedOldest) {
        Expectation expected =
                new Expectation().maxAge(Duration.ofHours(maxAgeHours).toMillis());
        pinned.house(askedHouse).ifPresent(expected::house);
        if (at == null) {
            expected.clock(System.currentTimeMillis());
        } else {
            expected.at(date(at));
        }
        expected.oldestEpoch(oldest != null ? oldest : askedOldest);
        expected.compiled(new CompiledCircuits(compiled != null ? compiled : CompiledCircuits.ofHome()).known());
        if (test) {
            expected.test();
        }
        return expected;
    }

    private static long date(String text) {
        try {
            return Instant.parse(text).toEpochMilli();
        } catch (DateTimeException e) {
            throw new BadInput("--at", text, "must be a date such as 2024-05-23T18:11:00Z");
        }
    }
}
