package io.bulwark.house.founding;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import java.util.Set;
import java.util.function.IntSupplier;

/**
 * The folder where a house lives: everything that must survive a restart. It is its owner's alone, and so is all that lies in it: whoever
 * is to have proofs, keys or published epochs is given copies.
 *
 * @param folder its root, made if absent
 */
public record Home(Path folder) {
    private static final Set<PosixFilePermission> OWNER_ONLY = PosixFilePermissions.fromString("rwx------");

    /** Makes the path absolute. */
    public Home {
        folder = folder.toAbsolutePath().normalize();
    }

    private static final ScopedValue<Path> CHOSEN = ScopedValue.newInstance();

    /**
     * Runs a verb in this home: {@link #ofEnvironment} is it, whatever the environment names, for the thread of the verb and as long as
     * it runs.
     */
    public static int chosen(Path folder, IntSupplier verb) {
        return ScopedValue.where(CHOSEN, folder).call(verb::getAsInt);
    }

    /** The home that the verb was given; empty where it was given none. */
    public static Optional<Path> named() {
        return CHOSEN.isBound() ? Optional.of(CHOSEN.get()) : Optional.empty();
    }

    /**
     * The home that the verb was given, else that which the environment names ({@code BULWARK_HOME}), else {@code .bulwark} in the
     * working directory.
     */
    public static Home ofEnvironment() {
        if (CHOSEN.isBound()) {
            return new Home(CHOSEN.get());
        }
        String named = System.getenv("BULWARK_HOME");
        return new Home(Path.of(named == null || named.isBlank() ? ".bulwark" : named));
    }

    /** The data directory of PostgreSQL: the truth. */
    public Path postgres() {
        return made("postgres");
    }

    /** The data directory of the broker: what venues said of everybody. Its owner's alone. */
    public Path kafka() {
        return alone("kafka");
    }

    /** Proving keys and verifying keys. Nothing in it is secret: whoever proves or verifies may have a copy. */
    public Path keys() {
        return made("keys");
    }

    /**
     * The quorum's secret keys, which nobody but their owner may read.
     *
     * @throws IllegalStateException if others may read the folder
     */
    public Path signing() {
        Path signing = folder.resolve("signing");
        try {
            if (!Files.exists(signing)) {
                closed();
                Files.createDirectory(signing, PosixFilePermissions.asFileAttribute(OWNER_ONLY));
            }
            Set<PosixFilePermission> permissions = Files.getPosixFilePermissions(signing);
            if (!permissions.equals(OWNER_ONLY)) {
                throw new IllegalStateException("folder " + signing + " must be its owner's alone; have "
                        + PosixFilePermissions.toString(permissions) + ": chmod 700 " + signing);
            }
            return signing;
        } catch (IOException e) {
            throw new UncheckedIOException("home " + folder, e);
        }
    }

    /** Owners' keys, one file each; they belong to the owners, not to the house. The folder is its owner's alone. */
    public Path owners() {
        return alone("owners");
    }

    /** Proofs as files that anyone may be given. */
    public Path proofs() {
        return made("proofs");
    }

    /** What a book keeps for the next one: subtotals, the house's own, and its owner's alone. */
    public Path book() {
        return alone("book");
    }

    /** Jars of strangers' venues. The operator puts them there: whatever lies in it runs with the house's rights. */
    public Path venues() {
        return folder.resolve("venues");
    }

    /** What owners want sealed and waits for it; its owner's alone. */
    public Path requests() {
        return alone("requests");
    }

    /** Which epochs this machine saw sealed, beside the books. */
    public Path witness() {
        return folder.resolve("witness");
    }

    /** Which servers the house uses instead of those that it brings along; absent where it uses these. */
    public Path servers() {
        return folder.resolve("servers.properties");
    }

    /** What whoever may see accounts over the API must know. */
    public Path token() {
        return folder.resolve("token");
    }

    /** Makes the home, or closes one that others could enter: a home of before, or one that somebody made by hand. */
    private void closed() throws IOException {
        if (!Files.exists(folder)) {
            Files.createDirectories(folder, PosixFilePermissions.asFileAttribute(OWNER_ONLY));
        } else if (!Files.getPosixFilePermissions(folder).equals(OWNER_ONLY)) {
            Files.setPosixFilePermissions(folder, OWNER_ONLY);
        }
    }

    /** A folder that nobody but its owner enters; one that others could enter is closed to them. */
    private Path alone(String name) {
        Path made = folder.resolve(name);
        try {
            if (!Files.exists(made)) {
                closed();
                Files.createDirectory(made, PosixFilePermissions.asFileAttribute(OWNER_ONLY));
            } else if (!Files.getPosixFilePermissions(made).equals(OWNER_ONLY)) {
                Files.setPosixFilePermissions(made, OWNER_ONLY);
            }
            return made;
        } catch (FileAlreadyExistsException e) {
            return made;
        } catch (IOException e) {
            throw new UncheckedIOException("home " + folder, e);
        }
    }

    private Path made(String name) {
        try {
            closed();
            return Files.createDirectories(folder.resolve(name));
        } catch (IOException e) {
            throw new UncheckedIOException("home " + folder, e);
        }
    }
}
