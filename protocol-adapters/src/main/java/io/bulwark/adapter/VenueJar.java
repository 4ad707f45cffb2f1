package io.bulwark.adapter;

import io.bulwark.clearing.document.BadInput;
import io.bulwark.clearing.document.Digest;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URL;
import java.net.URLConnection;
import java.net.URLStreamHandler;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Enumeration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.jspecify.annotations.Nullable;

/**
 * The jar of somebody who brings venues. It is read once, whole: the classes that run are of the bytes that were hashed, whoever writes to the file afterwards. It sees
 * Bulwark and the libraries of Bulwark, which go before its own classes, and no other jar. What it does it does with the house's rights.
 */
final class VenueJar extends ClassLoader {
    private static final long BYTES_MAX = 64L << 20;
    private static final long UNPACKED_MAX = 256L << 20;
    private static final String FIELD = "venues";

    private final String file;
    private final Digest sha256;
    private final Map<String, byte[]> entries;

    static {
        registerAsParallelCapable();
    }

    private VenueJar(String file, Digest sha256, Map<String, byte[]> entries) {
        super(file, VenueJar.class.getClassLoader());
        this.file = file;
        this.sha256 = sha256;
        this.entries = entries;
    }

    /**
     * Reads a jar.
     *
     * @throws BadInput if it is none, too large, or says something twice
     */
    static VenueJar read(Path path) {
        String file = path.getFileName().toString();
        try {
            if (Files.size(path) > BYTES_MAX) {
                throw new BadInput(FIELD, file, "must be at most " + BYTES_MAX + " bytes; have " + Files.size(path));
            }
            byte[] jar = Files.readAllBytes(path);
            return new VenueJar(file, Digest.sha256(jar), unpacked(file, jar));
        } catch (IOException e) {
            throw new BadInput(FIELD, file, "must be a jar that can be read: " + e.getMessage());
        }
    }

    private static Map<String, byte[]> unpacked(String file, byte[] jar) throws IOException {
        Map<String, byte[]> entries = new HashMap<>();
        long left = UNPACKED_MAX;
        try (ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(jar))) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                byte[] bytes = zip.readNBytes((int) Math.min(left + 1, Integer.MAX_VALUE));
                left -= bytes.length;
                if (left < 0) {
                    throw new BadInput(FIELD, file, "must hold at most " + UNPACKED_MAX + " bytes unpacked");
                }
                if (!entry.isDirectory() && entries.put(entry.getName(), bytes) != null) {
                    throw new BadInput(FIELD, file, "must hold every entry once; twice " + entry.getName());
                }
            }
        }
        return entries;
    }

    /** The file's name. */
    String file() {
        return file;
    }

    /** SHA-256 of the file. */
    Digest sha256() {
        return sha256;
    }

    /**
     * The venues that it brings.
     *
     * @throws BadInput if there is none, or one cannot be made
     */
    List<Venue<?>> venues() {
        List<Venue<?>> venues = new ArrayList<>();
        brought(Venue.class).forEach(venues::add);
        if (venues.isEmpty()) {
            throw new BadInput(FIELD, file, "must name a venue in META-INF/services/" + Venue.class.getName());
        }
        return venues;
    }

    /**
     * What it brings of a service; nothing that Bulwark itself brings.
     *
     * @throws BadInput if one cannot be made
     */
    <T> List<T> brought(Class<T> service) {
        List<T> brought = new ArrayList<>();
        try {
            for (ServiceLoader.Provider<T> provider :
                    ServiceLoader.load(service, this).stream().toList()) {
                if (provider.type().getClassLoader() == this) {
                    brought.add(provider.get());
                }
            }
        } catch (ServiceConfigurationError | LinkageError e) {
            throw new BadInput(FIELD, file, "must bring venues that this program can load: " + e.getMessage());
        }
        return brought;
    }

    @Override
    protected Class<?> findClass(String name) throws ClassNotFoundException {
        byte[] bytes = entries.get(name.replace('.', '/') + ".class");
        if (bytes == null) {
            throw new ClassNotFoundException(name);
        }
        return defineClass(name, bytes, 0, bytes.length);
    }

    @Override
    protected @Nullable URL findResource(String name) {
        byte[] bytes = entries.get(name);
        return bytes == null ? null : url(name, bytes);
    }

    @Override
    protected Enumeration<URL> findResources(String name) {
        byte[] bytes = entries.get(name);
        return Collections.enumeration(bytes == null ? List.of() : List.of(url(name, bytes)));
    }

    private URL url(String name, byte[] bytes) {
        try {
            return URL.of(URI.create("venue-jar:/" + sha256 + "/").resolve(URI.create(name)), new Held(bytes));
        } catch (IOException e) {
            throw new UncheckedIOException(name, e);
        }
    }

    /** Opens what lies in memory. */
    private static final class Held extends URLStreamHandler {
        private final byte[] bytes;

        Held(byte[] bytes) {
            this.bytes = bytes;
        }

        @Override
        protected URLConnection openConnection(URL url) {
            return new URLConnection(url) {
                @Override
                public void connect() {}

                @Override
                public InputStream getInputStream() {
                    return new ByteArrayInputStream(bytes);
                }
            };
        }
    }
}
