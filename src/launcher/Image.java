import com.google.cloud.tools.jib.api.Containerizer;
import com.google.cloud.tools.jib.api.ImageReference;
import com.google.cloud.tools.jib.api.Jib;
import com.google.cloud.tools.jib.api.JibContainerBuilder;
import com.google.cloud.tools.jib.api.TarImage;
import com.google.cloud.tools.jib.api.buildplan.AbsoluteUnixPath;
import com.google.cloud.tools.jib.api.buildplan.FileEntriesLayer;
import com.google.cloud.tools.jib.api.buildplan.FilePermissions;
import com.google.cloud.tools.jib.api.buildplan.ImageFormat;
import com.google.cloud.tools.jib.api.buildplan.Platform;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Writes a container image of an unpacked archive, as ./bulwark package --image asks for it: without Docker, without a base image.
 * Arguments: the folder of the archive, the folder of what it needs of a system, the time that every file bears (ISO 8601), a folder for
 * what Jib keeps, the file to write, and the version.
 */
final class Image {
    private static final AbsoluteUnixPath PLACE = AbsoluteUnixPath.get("/opt/bulwark");
    private static final String USER = "10001:10001";

    private Image() {}

    public static void main(String[] arguments) throws Exception {
        Path archive = Path.of(arguments[0]);
        Path system = Path.of(arguments[1]);
        Instant time = Instant.parse(arguments[2]);
        Path kept = Path.of(arguments[3]);
        Path image = Path.of(arguments[4]);
        String java = PLACE + "/runtime/bin/java";
        JibContainerBuilder built = Jib.fromScratch()
                .setFormat(ImageFormat.OCI)
                .setPlatforms(Set.of(new Platform("amd64", "linux")))
                .setCreationTime(time)
                .setUser(USER)
                .setWorkingDirectory(AbsoluteUnixPath.get("/house"))
                .addVolume(AbsoluteUnixPath.get("/house"))
                .addEnvironmentVariable("BULWARK_HOME", "/house/.bulwark")
                .addEnvironmentVariable("PATH", PLACE + "/runtime/bin:/bin")
                .addLabel("org.opencontainers.image.title", "Bulwark")
                .addLabel("org.opencontainers.image.licenses", "Apache-2.0")
                .setEntrypoint(
                        java,
                        "--enable-native-access=ALL-UNNAMED",
                        "--sun-misc-unsafe-memory-access=allow",
                        "-XX:+UseSerialGC",
                        "-Dbulwark.native=" + PLACE + "/native",
                        "-Djna.boot.library.path=" + PLACE + "/native",
                        "-Xlog:aot*=off",
                        "-Xlog:cds*=off",
                        "-jar",
                        PLACE + "/program/bulwark.jar")
                .setProgramArguments("run")
                .addFileEntriesLayer(layer("system", system, AbsoluteUnixPath.get("/"), time, List.of("")));
        // What changes least lies lowest: a new version of the program leaves the layers below it as they are.
        built.addFileEntriesLayer(layer("runtime", archive, PLACE, time, List.of("runtime")))
                .addFileEntriesLayer(layer("libraries", archive, PLACE, time, List.of("program/lib")))
                .addFileEntriesLayer(layer(
                        "program",
                        archive,
                        PLACE,
                        time,
                        List.of("program/bulwark.jar", "native", "LICENSE", "README.md", "docs", "share/verbs.aot")));
        built.containerize(Containerizer.to(TarImage.at(image).named(ImageReference.of(null, "bulwark", arguments[5])))
                .setOfflineMode(true)
                .setToolName("bulwark package")
                .setBaseImageLayersCache(kept)
                .setApplicationLayersCache(kept));
    }

    /** Files and folders with the rights that they have here, in the order of their names; only /house is its user's. */
    private static FileEntriesLayer layer(String name, Path root, AbsoluteUnixPath to, Instant time, List<String> parts)
            throws IOException {
        FileEntriesLayer.Builder layer = FileEntriesLayer.builder().setName(name);
        for (String part : parts) {
            try (Stream<Path> files = Files.walk(root.resolve(part))) {
                for (Path file : files.sorted().toList()) {
                    Path relative = root.relativize(file);
                    if (relative.toString().isEmpty()) {
                        continue;
                    }
                    boolean own = relative.startsWith("house");
                    layer.addEntry(file, to.resolve(relative), rights(file), time, own ? USER : "0:0");
                }
            }
        }
        return layer.build();
    }

    private static FilePermissions rights(Path file) {
        try {
            if (file.endsWith("tmp")) {
                return FilePermissions.fromOctalString("777");
            }
            return FilePermissions.fromPosixFilePermissions(Files.getPosixFilePermissions(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
