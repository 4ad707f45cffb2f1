package io.bulwark.journey;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/**
 * The jar of a venue that Bulwark does not know: compiled from the sources in {@code venue-in-a-jar}, outside of the tree, as a third party
 * would.
 */
final class StrangersJar {
    private static final Path SOURCES = Path.of("venue-in-a-jar");

    private StrangersJar() {}

    /** The venue as its sources stand, compiled once for all who ask: the same bytes every time. */
    private static final class AsItStands {
        static final byte[] BYTES = compiled();

        private static byte[] compiled() {
            try {
                Path folder = Files.createTempDirectory("venue-as-it-stands");
                return Files.readAllBytes(at(folder.resolve("venue.jar"), source -> source));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    /** Puts the venue as its sources stand. */
    static Path at(Path jar) throws IOException {
        Files.createDirectories(jar.getParent());
        return Files.write(jar, AsItStands.BYTES);
    }

    /**
     * The venue of other sources.
     *
     * @param edit of each file, services included
     */
    static Path at(Path jar, UnaryOperator<String> edit) throws IOException {
        Path work = Files.createTempDirectory("venue-in-a-jar");
        Path classes = Files.createDirectory(work.resolve("classes"));
        for (Path source : files(SOURCES)) {
            Path to = (source.toString().endsWith(".java") ? work : classes).resolve(SOURCES.relativize(source));
            Files.createDirectories(to.getParent());
            Files.writeString(to, edit.apply(Files.readString(source)));
        }
        compile(
                files(work).stream()
                        .filter(file -> file.toString().endsWith(".java"))
                        .toList(),
                classes);
        return packed(classes, jar);
    }

    private static void compile(List<Path> sources, Path classes) throws IOException {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        StringWriter said = new StringWriter();
        try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, StandardCharsets.UTF_8)) {
            List<String> options = List.of(
                    "-proc:none",
                    "-nowarn",
                    "-d",
                    classes.toString(),
                    "-classpath",
                    System.getProperty("java.class.path"));
            boolean compiled = compiler.getTask(
                            said, files, null, options, null, files.getJavaFileObjectsFromPaths(sources))
                    .call();
            assertTrue(compiled, said::toString);
        }
    }

    private static Path packed(Path classes, Path jar) throws IOException {
        Files.createDirectories(jar.getParent());
        try (OutputStream file = Files.newOutputStream(jar);
                ZipOutputStream zip = new ZipOutputStream(file)) {
            for (Path entry : files(classes)) {
                ZipEntry packed = new ZipEntry(classes.relativize(entry).toString());
                packed.setTime(0);
                zip.putNextEntry(packed);
                zip.write(Files.readAllBytes(entry));
            }
        }
        return jar;
    }

    private static List<Path> files(Path folder) throws IOException {
        try (Stream<Path> walk = Files.walk(folder)) {
            return walk.filter(Files::isRegularFile).sorted().toList();
        }
    }
}
