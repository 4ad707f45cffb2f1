package io.bulwark.api.house;

import io.bulwark.api.door.InputFile;
import io.bulwark.clearing.document.BadInput;
import io.bulwark.clearing.document.Digest;
import io.bulwark.house.founding.Home;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Options that say of which house something must be, and where its file lies. */
public final class PinnedHouse {
    private static final long NAMES_BYTES_MAX = 1 << 20;

    @Option(
            names = "--house",
            paramLabel = "HEX|NAME",
            description = {
                "The house that it must be of: its identity, or its name in houses.json of the home. It is never taken from a file that is",
                "checked."
            })
    private @Nullable String house;

    @Option(
            names = "--house-file",
            paramLabel = "FILE",
            description =
                    "What everybody may know of that house, as 'bulwark epoch house' writes it: its signed epochs and keys.")
    private @Nullable Path file;

    /** The house that is meant; an ask's where nothing else names one. */
    public Optional<Digest> house(Optional<Digest> asked) {
        if (house == null) {
            return asked;
        }
        Digest named = named("--house", house);
        asked.filter(a -> !a.equals(named)).ifPresent(other -> {
            throw new BadInput("--house", named.hex(), "must be the house of --ask, " + other.hex());
        });
        return Optional.of(named);
    }

    /** The bytes of the house's file. */
    public Optional<byte[]> file() {
        return Optional.ofNullable(file).map(path -> InputFile.bytes(path, HouseFile.BYTES_MAX));
    }

    /** The house of an identity in hexadecimal, or of a name that this verifier gave it. */
    public static Digest named(String option, String text) {
        Path names = Home.ofEnvironment().folder().resolve(NamedHouses.FILE);
        NamedHouses known = Files.exists(names)
                ? NamedHouses.read(InputFile.bytes(names, NAMES_BYTES_MAX))
                : new NamedHouses(new TreeMap<>());
        return known.find(option, text);
    }
}
