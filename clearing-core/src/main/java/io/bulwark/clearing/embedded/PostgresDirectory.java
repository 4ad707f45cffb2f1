package io.bulwark.clearing.embedded;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/** One data directory of PostgreSQL, with the binaries that serve it and the user who owns it. */
final class PostgresDirectory {
    private static final Path SETSID = Path.of("/usr/bin/setsid");
    private static final int PASSWORD_BYTES = 24;
    private static final int LOG_TAIL_LINES = 5;

    // Where postmaster.pid has them, counted from 0 (PostgreSQL, src/include/utils/pidfile.h).
    private static final int PID_LINE = 0;
    private static final int PORT_LINE = 3;

    private final Path binaries;
    private final ServerUser user;
    private final Path data;
    private final Path log;
    private final Path passwordFile;
    private final Path applicationPasswordFile;

    private PostgresDirectory(Path binaries, ServerUser user, Path directory) {
        this.binaries = binaries;
        this.user = user;
        this.data = directory.resolve("data");
        this.log = directory.resolve("log");
        this.passwordFile = directory.resolve("password");
        this.applicationPasswordFile = directory.resolve("application-password");
    }

    /** Unpacks the binaries and creates the database cluster, as far as they are not there yet. */
    static PostgresDirectory prepare(EmbeddedPostgresConfiguration configuration) {
        Path binaries = PostgresBinaries.unpack(configuration.cache());
        PostgresDirectory directory = new PostgresDirectory(binaries, ServerUser.choose(), configuration.directory());
        try {
            directory.user.own(configuration.directory());
            directory.initialise();
            if (!Files.exists(directory.applicationPasswordFile)) {
                directory.writePassword(directory.applicationPasswordFile);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("preparing " + configuration.directory(), e);
        }
        return directory;
    }

    /** A directory in which another process runs the server. */
    static PostgresDirectory existing(EmbeddedPostgresConfiguration configuration) {
        return new PostgresDirectory(
                PostgresBinaries.unpack(configuration.cache()), ServerUser.choose(), configuration.directory());
    }

    /** Created beside its place and moved there when complete, so that a kill in between leaves nothing half made. */
    private void initialise() throws IOException {
        if (Files.isDirectory(data)) {
            return;
        }
        Path unfinished = data.resolveSibling("data.new");
        Directories.delete(unfinished);
        Files.createDirectories(unfinished);
        user.own(unfinished);
        writePassword(passwordFile);
        Command.mustSucceed(user.command(List.of(
                binary("initdb"),
                "--pgdata=" + unfinished,
                "--username=postgres",
                "--pwfile=" + passwordFile,
                "--auth=scram-sha-256",
                "--encoding=UTF-8",
                "--locale=C",
                "--data-checksums")));
        Files.move(unfinished, data, StandardCopyOption.ATOMIC_MOVE);
    }

    private void writePassword(Path file) throws IOException {
        byte[] secret = new byte[PASSWORD_BYTES];
        new SecureRandom().nextBytes(secret);
        Files.deleteIfExists(file);
        Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.writeString(file, HexFormat.of().formatHex(secret));
        user.own(file);
    }

    String password() {
        return read(passwordFile);
    }

    String applicationPassword() {
        return read(applicationPasswordFile);
    }

    private static String read(Path file) {
        try {
            return Files.readString(file).strip();
        } catch (IOException e) {
            throw new UncheckedIOException("reading " + file, e);
        }
    }

    /** Starts the server in the foreground of a child process; it writes its log itself. */
    Process launch(int port, int connectionsMax) {
        List<String> command = new ArrayList<>(
                // What a terminal sends to all of its processes at Ctrl-C is the house's: it stops its server itself.
                Files.isExecutable(SETSID) ? List.of(SETSID.toString()) : List.of());
        command.addAll(user.command(List.of(
                binary("postgres"),
                "-D",
                data.toString(),
                "-c",
                "listen_addresses=127.0.0.1",
                "-c",
                "port=" + port,
                "-c",
                "unix_socket_directories=",
                "-c",
                "max_connections=" + connectionsMax,
                "-c",
                "fsync=on",
                "-c",
                "synchronous_commit=on",
                "-c",
                "full_page_writes=on",
                "-c",
                "timezone=UTC",
                "-c",
                "lc_messages=C")));
        try {
            return new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException("starting " + binary("postgres"), e);
        }
    }

    /**
     * Stops a server that an earlier process left behind. A process id alone proves nothing: it must be a postgres on this very
     * directory.
     */
    void stopOrphan() {
        if (Files.exists(data.resolve("postmaster.pid")) && isOurs(postmaster())) {
            stop();
        }
    }

    /**
     * Takes away what says that a server runs here where none does. PostgreSQL believes a process of that id whatever it is: after a
     * restart
     * of the machine, or in a copied directory, it may be anybody's.
     */
    void forgetTheDead() {
        Path said = data.resolve("postmaster.pid");
        if (!isOurs(postmaster())) {
            try {
                Files.deleteIfExists(said);
            } catch (IOException e) {
                throw new UncheckedIOException("taking away " + said, e);
            }
        }
    }

    void stop() {
        Command.mustSucceed(
                user.command(List.of(binary("pg_ctl"), "stop", "-D", data.toString(), "-m", "fast", "-w", "-t", "50")));
    }

    private long postmaster() {
        return postmasterLine(PID_LINE).orElse(0L);
    }

    /** The port of the server that runs here, if one does and has said so. */
    Optional<Integer> livePort() {
        return isOurs(postmaster()) ? postmasterLine(PORT_LINE).map(Math::toIntExact) : Optional.empty();
    }

    /** A number of postmaster.pid; empty while the server has not written it. */
    private Optional<Long> postmasterLine(int line) {
        try {
            List<String> lines = Files.readAllLines(data.resolve("postmaster.pid"));
            return lines.size() > line
                    ? Optional.of(Long.parseLong(lines.get(line).strip()))
                    : Optional.empty();
        } catch (IOException | NumberFormatException notWritten) {
            return Optional.empty();
        }
    }

    /** The server's process. */
    Optional<ProcessHandle> liveServer() {
        return Optional.of(postmaster()).filter(this::isOurs).flatMap(ProcessHandle::of);
    }

    private boolean isOurs(long pid) {
        try {
            String commandLine = Files.readString(Path.of("/proc/" + pid + "/cmdline"), StandardCharsets.ISO_8859_1);
            return commandLine.contains("postgres") && commandLine.contains(data.toString());
        } catch (IOException gone) {
            return false;
        }
    }

    String logTail() {
        try {
            List<String> lines = Files.readAllLines(log);
            return String.join(" | ", lines.subList(Math.max(0, lines.size() - LOG_TAIL_LINES), lines.size()));
        } catch (IOException e) {
            return "unreadable: " + e.getMessage();
        }
    }

    private String binary(String name) {
        return binaries.resolve("bin").resolve(name).toString();
    }
}
