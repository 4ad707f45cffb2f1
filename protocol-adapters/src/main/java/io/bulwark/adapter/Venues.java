package io.bulwark.adapter;

import io.bulwark.clearing.document.BadInput;
import io.bulwark.clearing.document.Digest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.CodeSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The kinds of venue that a house can connect, by name: Bulwark's own, and those of strangers' jars, on the class path or in the folder of a house. Meaning is sealed by
 * the kind's name; a stranger's by the SHA-256 of its jar too, which a founding file names beside the kind.
 */
public final class Venues {
    private static final String FIELD = "venues";
    private static final Pattern OWN = Pattern.compile("[a-z][a-z0-9]*");
    private static final Pattern STRANGERS = Pattern.compile("[a-z][a-z0-9-]*\\.[a-z][a-z0-9-]*");

    private final SortedMap<String, Brought> byKind = new TreeMap<>();
    private final List<VenueJar> folder = new ArrayList<>();

    /**
     * A venue and the jar that brings it.
     *
     * @param venue the venue
     * @param jar where it is a stranger's
     */
    public record Brought(Venue<?> venue, Optional<Jar> jar) {}

    /**
     * A stranger's jar.
     *
     * @param file its name, for people
     * @param sha256 of its bytes
     */
    public record Jar(String file, Digest sha256) {}

    private Venues() {}

    /**
     * The venues of the class path.
     *
     * @throws BadInput naming a kind that two venues bear, or one that its bearer must not
     */
    public static Venues ofClassPath() {
        Venues venues = new Venues();
        ServiceLoader.load(Venue.class, Venues.class.getClassLoader())
                .forEach(venue -> venues.add(venue, jarOf(venue.getClass())));
        return venues;
    }

    /**
     * The venues of the class path, and those of every jar in a folder.
     *
     * @param folder with files that end with {@code .jar}; one that is absent holds none
     * @throws BadInput naming the jar that brings none or cannot be read, or a kind as above
     */
    public static Venues with(Path folder) {
        return with(folder, ignored -> true);
    }

    /**
     * The same of some jars alone: of another no class is loaded, so none runs.
     *
     * @param named SHA-256 of the jars that are meant; one that does not lie in the folder brings nothing
     */
    public static Venues named(Path folder, Set<Digest> named) {
        return with(folder, named::contains);
    }

    private static Venues with(Path folder, Predicate<Digest> meant) {
        Venues venues = ofClassPath();
        for (Path file : jars(folder)) {
            VenueJar jar = VenueJar.read(file);
            if (meant.test(jar.sha256())) {
                jar.venues().forEach(venue -> venues.add(venue, Optional.of(new Jar(jar.file(), jar.sha256()))));
                venues.folder.add(jar);
            }
        }
        return venues;
    }

    /** The venue of a kind. */
    public Optional<Brought> of(String kind) {
        return Optional.ofNullable(byKind.get(kind));
    }

    /**
     * What the jars of the folder bring of another service, such as decoders of their payloads. What stands on the class path is found by
     * whoever asks for it there.
     *
     * @throws BadInput naming the jar of one that cannot be made
     */
    public <T> List<T> beside(Class<T> service) {
        return folder.stream().flatMap(jar -> jar.brought(service).stream()).toList();
    }

    /** Every kind, in the order of names. */
    public List<String> kinds() {
        return List.copyOf(byKind.keySet());
    }

    private void add(Venue<?> venue, Optional<Jar> jar) {
        String kind = venue.kind();
        Pattern form = jar.isPresent() ? STRANGERS : OWN;
        if (!form.matcher(kind).matches()) {
            throw new BadInput(
                    FIELD,
                    kind,
                    "kind of " + bearer(venue, jar) + " must be of the form "
                            + (jar.isPresent() ? "company.name" : "name") + ", in small letters");
        }
        Brought other = byKind.putIfAbsent(kind, new Brought(venue, jar));
        if (other != null) {
            throw new BadInput(
                    FIELD,
                    kind,
                    "must be the kind of one venue; both " + bearer(other.venue(), other.jar()) + " and "
                            + bearer(venue, jar) + " bear it");
        }
    }

    private static String bearer(Venue<?> venue, Optional<Jar> jar) {
        return venue.getClass().getName() + jar.map(j -> " of " + j.file()).orElse("");
    }

    private static List<Path> jars(Path folder) {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.getFileName().toString().endsWith(".jar"))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException("folder " + folder, e);
        }
    }

    /** The jar of a class of the class path, where it is not Bulwark's own. */
    private static Optional<Jar> jarOf(Class<?> venue) {
        URL own = place(Venue.class);
        URL place = place(venue);
        if (place != null && own != null && place.toString().equals(own.toString())) {
            return Optional.empty();
        }
        Path file = place == null ? Path.of("") : Path.of(URI.create(place.toString()));
        if (!Files.isRegularFile(file)) {
            throw new BadInput(FIELD, venue.getName(), "must come in a jar, whose SHA-256 a founding file can name");
        }
        return Optional.of(
                new Jar(file.getFileName().toString(), VenueJar.read(file).sha256()));
    }

    private static @Nullable URL place(Class<?> of) {
        CodeSource source = of.getProtectionDomain().getCodeSource();
        return source == null ? null : source.getLocation();
    }
}
