package io.bulwark.clearing.embedded;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A PostgreSQL server of our own, as a child process on the loopback interface, with a data directory that outlives it.
 *
 * <p>Our own launcher, because the one that comes with the binaries turns fsync off and does not survive orphans. A server that an
 * earlier process left running in the
 * same directory (that process was killed) is stopped first: nothing that it acknowledged is lost. A server that dies while it is needed is
 * started again on its port, for as long as that takes; who speaks to it then asks again.
 */
public final class EmbeddedPostgres implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(EmbeddedPostgres.class);
    private static final String USER = "postgres";
    private static final String APPLICATION = "bulwark";

    private static final Duration RETRY = Duration.ofMillis(200);

    private final PostgresDirectory directory;
    private final Optional<DirectoryLock> lock;
    private final int port;
    private volatile ProcessHandle server;
    private volatile boolean given;

    private EmbeddedPostgres(
            PostgresDirectory directory, Optional<DirectoryLock> lock, ProcessHandle server, int port) {
        this.directory = directory;
        this.lock = lock;
        this.server = server;
        this.port = port;
    }

    /**
     * Starts the server and waits until it answers.
     *
     * @throws EmbeddedServerException if it does not, if another process uses the directory, or if it would not flush what it acknowledges
     */
    public static EmbeddedPostgres start(EmbeddedPostgresConfiguration configuration) {
        return start(configuration, DirectoryLock.acquire(configuration.directory()));
    }

    /**
     * Starts the server, or joins the one that another live process runs in the same directory; a joined server is left running by
     * {@link #close()}.
     *
     * @throws EmbeddedServerException if neither works within the start limit
     */
    public static EmbeddedPostgres startOrJoin(EmbeddedPostgresConfiguration configuration) {
        long deadline = System.nanoTime() + configuration.startLimit().toNanos();
        while (true) {
            Optional<DirectoryLock> lock = DirectoryLock.tryAcquire(configuration.directory());
            if (lock.isPresent()) {
                return start(configuration, lock.get());
            }
            Optional<EmbeddedPostgres> joined = join(PostgresDirectory.existing(configuration), deadline);
            if (joined.isPresent()) {
                return joined.get();
            }
            if (System.nanoTime() > deadline) {
                throw new EmbeddedServerException("directory " + configuration.directory()
                        + " must be used by one process at a time; another one holds it, and no server answers there");
            }
            pause(Duration.ofMillis(100));
        }
    }

    private static Optional<EmbeddedPostgres> join(PostgresDirectory directory, long deadline) {
        return directory
                .livePort()
                .flatMap(port -> directory
                        .liveServer()
                        .map(server -> new EmbeddedPostgres(directory, Optional.empty(), server, port)))
                .filter(postgres -> postgres.answersBefore(deadline));
    }

    private static EmbeddedPostgres start(EmbeddedPostgresConfiguration configuration, DirectoryLock lock) {
        try {
            PostgresDirectory directory = PostgresDirectory.prepare(configuration);
            directory.stopOrphan();
            return start(configuration, directory, lock);
        } catch (RuntimeException e) {
            lock.close();
            throw e;
        }
    }

    /** The address for the driver, without user and password. */
    public String jdbcUrl() {
        return jdbcUrl("postgres");
    }

    /** The address of another database of this server. */
    public String jdbcUrl(String database) {
        return "jdbc:postgresql://127.0.0.1:" + port + "/" + database;
    }

    /** Whom the application speaks as: a role that owns nothing. */
    public String application() {
        return APPLICATION;
    }

    /** The application's password: made on the first start, kept in the directory. */
    public String applicationPassword() {
        return directory.applicationPassword();
    }

    /** The superuser, who owns the tables. */
    public String user() {
        return USER;
    }

    /** Its password: made on the first start, kept in the directory, readable by the server's user alone. */
    public String password() {
        return directory.password();
    }

    /** The port on 127.0.0.1. */
    public int port() {
        return port;
    }

    /** The server's process id: another one after it died. */
    public long pid() {
        return server.pid();
    }

    /**
     * Stops the server, unless it was joined: open transactions are rolled back, what was committed is on disk. A server that has
     * already ended is no error.
     */
    @Override
    public synchronized void close() {
        given = true;
        try {
            if (lock.isPresent() && server.isAlive()) {
                directory.stop();
            }
        } finally {
            release();
        }
    }

    /** Lets go of the directory and leaves the server running, as the end of this process by a kill would. */
    synchronized void release() {
        given = true;
        lock.ifPresent(DirectoryLock::close);
    }

    private static EmbeddedPostgres start(
            EmbeddedPostgresConfiguration configuration, PostgresDirectory directory, DirectoryLock lock) {
        long deadline = System.nanoTime() + configuration.startLimit().toNanos();
        while (true) {
            int port = FreePort.find(1).getFirst();
            directory.forgetTheDead();
            Process process = directory.launch(port, configuration.connectionsMax());
            EmbeddedPostgres postgres = new EmbeddedPostgres(directory, Optional.of(lock), process.toHandle(), port);
            if (postgres.answersBefore(deadline)) {
                postgres.checkThatCommitsAreFlushed();
                postgres.admitTheApplication();
                Thread.ofVirtual()
                        .name("postgres-watch")
                        .start(() -> postgres.watch(configuration.connectionsMax(), configuration.startLimit()));
                return postgres;
            }
            if (System.nanoTime() > deadline) {
                process.destroyForcibly();
                throw new EmbeddedServerException("PostgreSQL must answer within " + configuration.startLimit()
                        + "; its log ends: " + directory.logTail());
            }
            pause(Duration.ofMillis(200));
        }
    }

    /** Starts the server again whenever it dies, until it is given back. */
    private void watch(int connectionsMax, Duration startLimit) {
        while (!given) {
            server.onExit().join();
            while (!isBack(connectionsMax, startLimit)) {
                pause(RETRY);
            }
        }
    }

    private synchronized boolean isBack(int connectionsMax, Duration startLimit) {
        if (given || server.isAlive()) {
            return true;
        }
        LOG.warn("PostgreSQL died and is started again; its log ends: {}", directory.logTail());
        directory.forgetTheDead();
        server = directory.launch(port, connectionsMax).toHandle();
        if (answersBefore(System.nanoTime() + startLimit.toNanos())) {
            return true;
        }
        server.destroyForcibly();
        return false;
    }

    /** Whether the server answers; false as soon as it has ended or the time is over. */
    private boolean answersBefore(long deadline) {
        while (server.isAlive() && System.nanoTime() < deadline) {
            try (Connection connection = connect()) {
                return connection.isValid(5);
            } catch (SQLException notYet) {
                pause(Duration.ofMillis(20));
            }
        }
        return false;
    }

    private void checkThatCommitsAreFlushed() {
        for (String setting : List.of("fsync", "synchronous_commit", "full_page_writes")) {
            String value = show(setting);
            if (!value.equals("on")) {
                close();
                throw new EmbeddedServerException(setting + " must be on; have " + value);
            }
        }
    }

    /** No log of statements has the password, which is hexadecimal digits. */
    private void admitTheApplication() {
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            statement.execute("set log_statement = 'none'; set log_min_error_statement = panic");
            statement.execute("do $$ begin create role " + APPLICATION
                    + " login; exception when duplicate_object then null; end $$");
            statement.execute("alter role " + APPLICATION + " password '" + applicationPassword() + "'");
        } catch (SQLException e) {
            throw new EmbeddedServerException("role " + APPLICATION + " must be admitted", e);
        }
    }

    private String show(String setting) {
        try (Connection connection = connect();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("show " + setting)) {
            row.next();
            return row.getString(1);
        } catch (SQLException e) {
            throw new EmbeddedServerException("PostgreSQL must answer", e);
        }
    }

    private Connection connect() throws SQLException {
        return DriverManager.getConnection(jdbcUrl() + "?connectTimeout=5&socketTimeout=20", USER, password());
    }

    private static void pause(Duration duration) {
        try {
            Thread.sleep(duration);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new EmbeddedServerException("interrupted while PostgreSQL starts", e);
        }
    }
}
