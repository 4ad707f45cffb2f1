package io.bulwark.clearing.ledger;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.bulwark.clearing.database.Database;
import io.bulwark.clearing.embedded.EmbeddedPostgres;
import io.bulwark.clearing.embedded.EmbeddedPostgresConfiguration;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.postgresql.ds.PGSimpleDataSource;

/** One real PostgreSQL server for all tests of this JVM, a fresh database for each that asks. */
public final class PostgresTestBed {
    private static final EmbeddedPostgres SERVER = start();
    private static final AtomicInteger DATABASES = new AtomicInteger();

    private PostgresTestBed() {}

    private static EmbeddedPostgres start() {
        try {
            Path directory = Files.createTempDirectory("bulwark-ledger-test");
            EmbeddedPostgres server = EmbeddedPostgres.start(EmbeddedPostgresConfiguration.in(directory));
            // Killed, not stopped: nobody needs its last checkpoint.
            Runtime.getRuntime().addShutdownHook(new Thread(() -> {
                ProcessHandle.of(server.pid()).ifPresent(ProcessHandle::destroyForcibly);
                delete(directory);
            }));
            return server;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Left to a process of its own: some ten thousand files would hold the end of the tests up. */
    private static void delete(Path directory) {
        try {
            new ProcessBuilder("rm", "-rf", directory.toString()).start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The address of a new, empty database. */
    public static Database.Configuration freshDatabase() {
        String name = "test_" + DATABASES.incrementAndGet();
        execute(dataSource("postgres"), "create database " + name + " template " + Migrated.DATABASE);
        // A copy is another ledger; the trigger that keeps identities is off for this one statement.
        execute(
                dataSource(name),
                "set session_replication_role = replica; update ledger_identity set identity = gen_random_uuid()::text");
        return Database.Configuration.at(SERVER.jdbcUrl(name), SERVER.user(), SERVER.password());
    }

    /** An empty database whose tables are up to date: copying it is quicker than migrating each. */
    private static final class Migrated {
        static final String DATABASE = migrate();

        private static String migrate() {
            execute(dataSource("postgres"), "create database migrated");
            Database.open(Database.Configuration.at(SERVER.jdbcUrl("migrated"), SERVER.user(), SERVER.password()))
                    .close();
            return "migrated";
        }
    }

    /** A plain data source over a database: each connection is a new one. */
    public static DataSource dataSource(Database.Configuration configuration) {
        PGSimpleDataSource source = new PGSimpleDataSource();
        source.setUrl(configuration.jdbcUrl());
        source.setUser(configuration.user());
        source.setPassword(configuration.password());
        return source;
    }

    /** A pool of few connections over a database, for whoever opens many; it goes with this JVM. */
    public static DataSource pool(Database.Configuration configuration) {
        HikariConfig pool = new HikariConfig();
        pool.setDataSource(dataSource(configuration));
        pool.setMaximumPoolSize(3);
        return new HikariDataSource(pool);
    }

    private static DataSource dataSource(String database) {
        return dataSource(Database.Configuration.at(SERVER.jdbcUrl(database), SERVER.user(), SERVER.password()));
    }

    /** Runs one statement as the owner of the tables, past the ledger. */
    public static void execute(DataSource source, String sql) {
        try (Connection connection = source.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw new IllegalStateException(sql, e);
        }
    }
}
