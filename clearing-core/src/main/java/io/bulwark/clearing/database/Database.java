package io.bulwark.clearing.database;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.function.Function;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;

/** The database of the house: its tables, brought up to date on opening, and its transactions. */
public final class Database implements AutoCloseable {
    /** How often a transaction that could not be serialised is repeated. */
    static final int ATTEMPTS_MAX = 20;

    private final DataSource source;
    private final Runnable closing;

    private Database(DataSource source, Runnable closing) {
        this.source = source;
        this.closing = closing;
    }

    /**
     * How to reach it.
     *
     * @param jdbcUrl address for the PostgreSQL driver
     * @param user role that owns the tables
     * @param password its password
     * @param connectionsMax connections kept at most, 2…100
     */
    public record Configuration(String jdbcUrl, String user, String password, int connectionsMax) {
        /** Checks the bounds. */
        public Configuration {
            if (connectionsMax < 2 || connectionsMax > 100) {
                throw new IllegalArgumentException("connectionsMax must be in 2…100; have " + connectionsMax);
            }
        }

        /** With the default of eight connections. */
        public static Configuration at(String jdbcUrl, String user, String password) {
            return new Configuration(jdbcUrl, user, password, 8);
        }

        /** Without the password. */
        @Override
        public String toString() {
            return "Configuration[" + jdbcUrl + ", " + user + ", " + connectionsMax + " connections]";
        }
    }

    /**
     * Connects and migrates.
     *
     * @throws DatabaseException if the database cannot be reached or migrated
     */
    public static Database open(Configuration configuration) {
        HikariConfig pool = new HikariConfig();
        pool.setPoolName("ledger");
        pool.setJdbcUrl(configuration.jdbcUrl());
        pool.setUsername(configuration.user());
        pool.setPassword(configuration.password());
        pool.setMaximumPoolSize(configuration.connectionsMax());
        pool.addDataSourceProperty("reWriteBatchedInserts", "true");
        HikariDataSource source = new HikariDataSource(pool);
        try {
            return over(source, source::close);
        } catch (RuntimeException e) {
            source.close();
            throw e;
        }
    }

    /** Over somebody's data source; {@link #close()} leaves it open. */
    public static Database over(DataSource source) {
        return over(source, () -> {});
    }

    /** Over somebody's data source whose tables are up to date. */
    public static Database migrated(DataSource source) {
        return new Database(source, () -> {});
    }

    private static Database over(DataSource source, Runnable closing) {
        Flyway.configure().dataSource(source).load().migrate();
        return new Database(source, closing);
    }

    /** Runs one SERIALIZABLE transaction; writers take turns. The work may be called again from the start, so it must change nothing but the database. */
    public <T> T write(Function<DatabaseTransaction, T> work) {
        for (int attempt = 1; ; attempt++) {
            try {
                return once(Connection.TRANSACTION_SERIALIZABLE, false, transaction -> {
                    // The lock comes before the first query, whose snapshot of the data then includes what the last
                    // writer wrote.
                    transaction.execute("lock table journal_entry in exclusive mode");
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
        try (Connection connection = source.getConnection()) {
            connection.setAutoCommit(false);
            connection.setReadOnly(readOnly);
            connection.setTransactionIsolation(isolation);
            return committed(connection, work);
        } catch (SQLException e) {
            throw new DatabaseException("transaction failed", e);
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
