package io.bulwark.clearing.database;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.HikariPoolMXBean;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;

/**
 * The database of the house: its tables, brought up to date on opening, and its transactions. Who works with the tables need not own
 * them: what the application's role may do is db/roles.sql.
 */
public final class Database implements AutoCloseable {
    /** How often a transaction that could not be serialised is repeated. */
    static final int ATTEMPTS_MAX = 20;

    /** A database that gives no connection for so long is away. */
    private static final Duration AWAY = Duration.ofSeconds(2);

    /** How long one waits for a connection while all are at work: load is no failure. */
    private static final Duration BUSY_MAX = Duration.ofSeconds(30);

    /** A start may meet a server that is starting too. */
    private static final Duration START_MAX = Duration.ofSeconds(10);

    /** Flyway holds one for its table, one for the tables, one for what follows. */
    private static final int MIGRATION_CONNECTIONS = 4;

    /** The level of a connection that nobody set to another. */
    private static final String READS = "TRANSACTION_REPEATABLE_READ";

    private final DataSource source;
    /** Whether connections come at the level of reads: most transactions read, and setting it takes two words with the server. */
    private final boolean readsByItself;

    private final BooleanSupplier busy;
    private final Runnable closing;

    private Database(DataSource source, boolean readsByItself, BooleanSupplier busy, Runnable closing) {
        this.source = source;
        this.readsByItself = readsByItself;
        this.busy = busy;
        this.closing = closing;
    }

    /**
     * How to reach it.
     *
     * @param jdbcUrl address for the PostgreSQL driver, without user and password
     * @param role as whom the tables are worked with
     * @param owner who owns the tables and brings them up to date; absent where another process does
     * @param options of the driver, such as sslmode
     * @param connectionsMax connections kept at most, 2…100
     */
    public record Configuration(
            String jdbcUrl, Role role, Optional<Role> owner, Map<String, String> options, int connectionsMax) {
        /** With it a house answers while some of its transactions wait for their turn. */
        public static final int CONNECTIONS = 16;

        /** A role of the database; its password is shown nowhere. */
        public record Role(String user, String password) {
            @Override
            public String toString() {
                return user;
            }
        }

        /** Checks the bounds, copies. */
        public Configuration {
            if (connectionsMax < 2 || connectionsMax > 100) {
                throw new IllegalArgumentException("connectionsMax must be in 2…100; have " + connectionsMax);
            }
            options = Map.copyOf(options);
        }

        /** For a role that owns the tables, with the default of connections. */
        public static Configuration at(String jdbcUrl, String user, String password) {
            Role role = new Role(user, password);
            return new Configuration(jdbcUrl, role, Optional.of(role), Map.of(), CONNECTIONS);
        }

        public String user() {
            return role.user();
        }

        public String password() {
            return role.password();
        }

        /** Without passwords. */
        @Override
        public String toString() {
            return "Configuration[" + jdbcUrl + ", " + role + ", " + connectionsMax + " connections]";
        }
    }

    /**
     * Connects; the owner, where there is one, brings the tables up to date first.
     *
     * @throws DatabaseException if the database cannot be reached, or there is no owner and the tables are not up to date
     */
    public static Database open(Configuration configuration) {
        configuration.owner().ifPresent(owner -> {
            try (HikariDataSource own =
                    pool("migration", unhurried(configuration), owner, MIGRATION_CONNECTIONS, Optional.empty())) {
                migrate(own, configuration.user());
            }
        });
        HikariDataSource source =
                pool("ledger", configuration, configuration.role(), configuration.connectionsMax(), Optional.of(READS));
        try {
            if (configuration.owner().isEmpty()) {
                requireMigrated(source);
            }
            HikariPoolMXBean pool = source.getHikariPoolMXBean();
            return new Database(
                    source, true, () -> pool.getActiveConnections() >= configuration.connectionsMax(), source::close);
        } catch (RuntimeException e) {
            source.close();
            throw e;
        }
    }

    private static HikariDataSource pool(
            String name,
            Configuration configuration,
            Configuration.Role role,
            int connectionsMax,
            Optional<String> isolation) {
        HikariConfig pool = new HikariConfig();
        isolation.ifPresent(pool::setTransactionIsolation);
        pool.setPoolName(name);
        pool.setJdbcUrl(configuration.jdbcUrl());
        pool.setUsername(role.user());
        pool.setPassword(role.password());
        pool.setMaximumPoolSize(connectionsMax);
        pool.setMinimumIdle(Math.min(connectionsMax, MIGRATION_CONNECTIONS));
        pool.setConnectionTimeout(AWAY.toMillis());
        pool.setValidationTimeout(AWAY.toMillis() / 2);
        pool.setInitializationFailTimeout(START_MAX.toMillis());
        // A server whose machine vanished says nothing more: what waits for it ends.
        Map<String, String> options = new TreeMap<>(Map.of(
                "reWriteBatchedInserts",
                "true",
                "connectTimeout",
                "2",
                "socketTimeout",
                "120",
                "tcpKeepAlive",
                "true"));
        options.putAll(configuration.options());
        options.forEach(pool::addDataSourceProperty);
        try {
            return new HikariDataSource(pool);
        } catch (RuntimeException e) {
            throw DatabaseException.unreached(
                    "the database must be reached: " + configuration.jdbcUrl() + " as " + role + ": " + said(e), e);
        }
    }

    /** A migration takes as long as it takes. */
    private static Configuration unhurried(Configuration configuration) {
        Map<String, String> options = new TreeMap<>(configuration.options());
        options.put("socketTimeout", "0");
        return new Configuration(
                configuration.jdbcUrl(), configuration.role(), configuration.owner(), options, MIGRATION_CONNECTIONS);
    }

    /** The innermost words: the pool's own say only that it failed. */
    private static String said(Throwable failure) {
        Throwable cause = failure.getCause();
        return cause == null ? String.valueOf(failure.getMessage()) : said(cause);
    }

    /** Over somebody's data source, which owns the tables; {@link #close()} leaves it open. */
    public static Database over(DataSource source) {
        migrate(source, "");
        return migrated(source);
    }

    /** Over somebody's data source whose tables are up to date. */
    public static Database migrated(DataSource source) {
        return new Database(source, false, () -> false, () -> {});
    }

    private static void migrate(DataSource source, String application) {
        flyway(source).migrate();
        give(source, application);
    }

    private static Flyway flyway(DataSource source) {
        return Flyway.configure().dataSource(source).load();
    }

    /** What the application's role may do. No callback of Flyway, which refuses one that two jars of a class path have. */
    private static void give(DataSource source, String application) {
        try (Connection connection = source.getConnection();
                InputStream roles = Objects.requireNonNull(Database.class.getResourceAsStream("/db/roles.sql"));
                PreparedStatement named =
                        connection.prepareStatement("select set_config('bulwark.application', ?, false)");
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            named.setString(1, application);
            named.execute();
            statement.execute(new String(roles.readAllBytes(), StandardCharsets.UTF_8));
            connection.commit();
            connection.setAutoCommit(true);
        } catch (SQLException e) {
            throw new DatabaseException("the application's role must be given what it needs: " + e.getMessage(), e);
        } catch (IOException e) {
            throw new UncheckedIOException("db/roles.sql", e);
        }
    }

    private static void requireMigrated(DataSource source) {
        int pending = flyway(source).info().pending().length;
        if (pending > 0) {
            throw new DatabaseException("the tables must be up to date; " + pending
                    + " migrations wait for their owner: start one process with database.owner.user");
        }
    }

    /** Runs one SERIALIZABLE transaction; writers take turns. The work may be called again from the start, so it must change nothing but the database. */
    public <T> T write(Function<DatabaseTransaction, T> work) {
        for (int attempt = 1; ; attempt++) {
            try {
                return once(Connection.TRANSACTION_SERIALIZABLE, false, transaction -> {
                    // The lock comes before the first query, whose snapshot of the data then includes what the last
                    // writer wrote.
                    transaction.execute("lock table writing_turn in exclusive mode");
                    return work.apply(transaction);
                });
            } catch (DatabaseException e) {
                if (!e.mustBeRepeated() || attempt == ATTEMPTS_MAX) {
                    throw e;
                }
            }
        }
    }

    /** Runs queries over one unchanging state of the data. */
    public <T> T read(Function<DatabaseTransaction, T> work) {
        return once(Connection.TRANSACTION_REPEATABLE_READ, true, work);
    }

    private <T> T once(int isolation, boolean readOnly, Function<DatabaseTransaction, T> work) {
        try (Connection connection = connection()) {
            connection.setAutoCommit(false);
            connection.setReadOnly(readOnly);
            if (!readsByItself || isolation != Connection.TRANSACTION_REPEATABLE_READ) {
                connection.setTransactionIsolation(isolation);
            }
            return committed(connection, work);
        } catch (SQLException e) {
            throw new DatabaseException("transaction failed", e);
        }
    }

    /** A connection as soon as one is free; who waits while all are at work waits on, who waits because there is no server does not. */
    private Connection connection() throws SQLException {
        long end = System.nanoTime() + BUSY_MAX.toNanos();
        while (true) {
            try {
                return source.getConnection();
            } catch (SQLTransientConnectionException e) {
                if (!busy.getAsBoolean()) {
                    throw e;
                }
                if (System.nanoTime() > end) {
                    throw new DatabaseException(
                            DatabaseException.BUSY, "every connection is at work for " + BUSY_MAX.toSeconds() + " s");
                }
            }
        }
    }

    /**
     * A lock that one session holds (PostgreSQL's advisory lock). It goes with the session, however that ends: PostgreSQL asks a client
     * that has gone silent whether it is there, so that the lock of a machine that vanished is free within seconds.
     */
    public static final class SessionLock implements AutoCloseable {
        private static final int VALID_SECONDS = 2;

        private final Connection connection;

        private SessionLock(Connection connection) {
            this.connection = connection;
        }

        static Optional<SessionLock> take(Connection connection, String name) throws SQLException {
            boolean taken = false;
            try {
                connection.setAutoCommit(true);
                try (Statement alive = connection.createStatement()) {
                    alive.execute(
                            "set tcp_keepalives_idle = 5; set tcp_keepalives_interval = 2; set tcp_keepalives_count = 3");
                }
                taken = tried(connection, name);
                return taken ? Optional.of(new SessionLock(connection)) : Optional.empty();
            } finally {
                if (!taken) {
                    connection.close();
                }
            }
        }

        private static boolean tried(Connection connection, String name) throws SQLException {
            try (PreparedStatement lock =
                    connection.prepareStatement("select pg_try_advisory_lock(hashtextextended(?, 0))")) {
                lock.setString(1, name);
                try (ResultSet row = lock.executeQuery()) {
                    return row.next() && row.getBoolean(1);
                }
            }
        }

        /** Whether the session is still there, and so the lock. */
        public synchronized boolean isHeld() {
            try {
                return connection.isValid(VALID_SECONDS);
            } catch (SQLException e) {
                return false;
            }
        }

        /** Gives the lock back; where the session does not answer it is ended, and the lock with it. */
        @Override
        public synchronized void close() {
            try {
                try (Statement free = connection.createStatement()) {
                    free.execute("select pg_advisory_unlock_all()");
                } finally {
                    connection.close();
                }
            } catch (SQLException gone) {
                // Its end gave the lock back.
                return;
            }
        }
    }

    /**
     * Takes a lock that one session of all that use this database holds, until it is closed or its connection ends.
     *
     * @param name of what it locks
     * @return empty if another session holds it
     */
    public Optional<SessionLock> tryLock(String name) {
        try {
            return SessionLock.take(connection(), name);
        } catch (SQLException e) {
            throw new DatabaseException("lock " + name + " must be asked for", e);
        }
    }

    private static <T> T committed(Connection connection, Function<DatabaseTransaction, T> work) throws SQLException {
        try {
            T result = work.apply(new DatabaseTransaction(connection));
            connection.commit();
            return result;
        } catch (RuntimeException | SQLException e) {
            rollback(connection, e);
            throw e;
        }
    }

    private static void rollback(Connection connection, Exception cause) {
        try {
            connection.rollback();
        } catch (SQLException e) {
            // The connection is gone, and the server rolls back by itself; what counts is why we are here.
            cause.addSuppressed(e);
        }
    }

    @Override
    public void close() {
        closing.run();
    }
}
