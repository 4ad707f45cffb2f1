package io.bulwark.clearing.database;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bulwark.clearing.database.Database.Configuration;
import io.bulwark.clearing.database.Database.Configuration.Role;
import io.bulwark.clearing.database.Database.SessionLock;
import io.bulwark.clearing.embedded.EmbeddedPostgres;
import io.bulwark.clearing.embedded.EmbeddedPostgresConfiguration;
import io.bulwark.clearing.ledger.PostgresTestBed;
import io.bulwark.tier.OfHouse;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the application's role may do, what load and absence of the server are, and the lock that one session holds. */
@OfHouse
final class DatabaseTest {
    private static final String PASSWORD = "of the application; \"quoted\" \\ and 'more'";
    /** The one table of which the application may take rows away. */
    private static final String FORGOTTEN = "request_key";

    private static final String FORBIDDEN = "42501";

    private final Configuration owned = PostgresTestBed.freshDatabase();

    /** A house's own shape: one role owns, another works. */
    private Configuration shared(String application) {
        PostgresTestBed.execute(
                PostgresTestBed.dataSource(owned),
                "do $$ begin create role " + application + " login; exception when duplicate_object then null; end $$;"
                        + " alter role " + application + " password '" + PASSWORD.replace("'", "''") + "'");
        return new Configuration(
                owned.jdbcUrl(),
                new Role(application, PASSWORD),
                Optional.of(owned.role()),
                Map.of(),
                Configuration.CONNECTIONS);
    }

    @Test
    void shouldLetTheApplicationChangeAndOwnNothingOfWhatIsSealed() throws Exception {
        Configuration configuration = shared("application");
        List<String> tables;
        try (Database database = Database.open(configuration)) {
            assertEquals(
                    List.of(
                            "intake_cursor.next",
                            "intake_cursor.topic",
                            "ledger_balance.amount",
                            "relay_mark.told",
                            "writing_turn.nothing"),
                    database.read(transaction -> transaction.query(
                            "select table_name || '.' || column_name from information_schema.column_privileges"
                                    + " where grantee = 'application' and privilege_type = 'UPDATE' order by 1",
                            row -> row.text(1))));
            // No truth of the house: what callers named their requests by, for a day.
            assertEquals(
                    List.of(FORGOTTEN),
                    database.read(transaction -> transaction.query(
                            "select table_name::text from information_schema.table_privileges"
                                    + " where grantee = 'application' and privilege_type = 'DELETE' order by 1",
                            row -> row.text(1))));
            assertEquals(
                    0,
                    number(database, "select count(*) from pg_class where pg_get_userbyid(relowner) = 'application'"));
            database.write(transaction -> transaction.update(
                    "insert into member (number, name) values (?, ?)", 1, "what may be added is added"));
            tables = database.read(transaction -> transaction.query(
                    "select tablename::text from pg_tables where schemaname = 'public' and tablename <> 'writing_turn'",
                    row -> row.text(1)));
        }
        assertTrue(tables.size() > 25, tables::toString);
        try (Connection connection = PostgresTestBed.dataSource(configuration).getConnection()) {
            for (String table : tables) {
                for (String attempt : List.of(
                        "delete from %s",
                        "truncate %s",
                        "alter table %s disable trigger all",
                        "drop table %s",
                        "alter table %s owner to application",
                        "create trigger mine before insert on %s execute function refuse_change()")) {
                    if (!(attempt.startsWith("delete") && table.equals(FORGOTTEN))) {
                        assertForbidden(connection, attempt.formatted(table));
                    }
                }
            }
            for (String attempt : List.of(
                    "drop trigger append_only on epoch",
                    "drop trigger append_only on document",
                    "drop function refuse_change cascade",
                    "update epoch set digest = digest",
                    "update journal_entry set hash = hash",
                    "update document set body = body",
                    "update ledger_balance set account = account",
                    "update sealer_term set holder = 'me'",
                    "set session_replication_role = replica",
                    "create table mine (n int)",
                    "create or replace function refuse_change() returns trigger language plpgsql as $$ begin return new; end $$",
                    "insert into flyway_schema_history select * from flyway_schema_history",
                    "insert into writing_turn values (true)",
                    "create role another",
                    "alter role application superuser",
                    "copy (select 1) to program 'true'")) {
                assertForbidden(connection, attempt);
            }
        }
    }

    private static long number(Database database, String sql) {
        return database.read(transaction -> transaction.number(sql));
    }

    private static void assertForbidden(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            SQLException refused = assertThrows(SQLException.class, () -> statement.execute(sql), sql);
            assertEquals(FORBIDDEN, refused.getSQLState(), sql + ": " + refused.getMessage());
        }
    }

    @Test
    void shouldOpenForWhoOwnsNothingOnlyWhatItsOwnerBroughtUpToDate() {
        Configuration configuration = shared("latecomer");
        Database.open(configuration).close();
        Configuration alone = new Configuration(
                configuration.jdbcUrl(), configuration.role(), Optional.empty(), Map.of(), Configuration.CONNECTIONS);
        Database.open(alone).close();
        PostgresTestBed.execute(
                PostgresTestBed.dataSource(owned),
                "delete from flyway_schema_history where version = (select max(version::int)::text from flyway_schema_history)");
        String refused = assertThrows(DatabaseException.class, () -> Database.open(alone))
                .getMessage();
        assertTrue(refused.contains("1 migrations wait for their owner"), refused);
    }

    @Test
    void shouldRefuseAnApplicationThatIsTheMasterOfEverything() {
        PostgresTestBed.execute(
                PostgresTestBed.dataSource(owned),
                "do $$ begin create role mighty login superuser; exception when duplicate_object then null; end $$");
        Configuration mighty =
                new Configuration(owned.jdbcUrl(), new Role("mighty", "x"), Optional.of(owned.role()), Map.of(), 2);
        String refused = String.valueOf(assertThrows(RuntimeException.class, () -> Database.open(mighty))
                .getMessage());
        assertTrue(refused.contains("must be no superuser"), refused);
    }

    /** All connections at work for longer than an absent server is waited for: who comes waits, and is served. */
    @Test
    void shouldNotTakeLoadForFailure() throws Exception {
        Configuration few = new Configuration(owned.jdbcUrl(), owned.role(), Optional.empty(), Map.of(), 2);
        try (Database database = Database.open(few)) {
            CountDownLatch begun = new CountDownLatch(2);
            List<CompletableFuture<Long>> work = IntStream.range(0, 2)
                    .mapToObj(n -> CompletableFuture.supplyAsync(
                            () -> database.read(transaction -> {
                                begun.countDown();
                                return transaction.number("select 1 from pg_sleep(2.6)");
                            }),
                            Thread::startVirtualThread))
                    .toList();
            begun.await();
            long start = System.nanoTime();
            assertEquals(7, number(database, "select 7"));
            assertTrue(System.nanoTime() - start > Duration.ofSeconds(2).toNanos(), "it had to wait");
            work.forEach(CompletableFuture::join);
        }
    }

    @Test
    void shouldSayWithinSecondsThatTheServerIsAway(@TempDir Path directory) {
        EmbeddedPostgres postgres = EmbeddedPostgres.start(EmbeddedPostgresConfiguration.in(directory));
        try (Database database =
                Database.open(Configuration.at(postgres.jdbcUrl(), postgres.user(), postgres.password()))) {
            assertEquals(7, number(database, "select 7"));
            postgres.close();
            for (int n = 0; n < 2; n++) {
                long start = System.nanoTime();
                DatabaseException away = assertThrows(DatabaseException.class, () -> number(database, "select 7"));
                assertTrue(away.isAway() && !away.isBusy(), away::toString);
                assertTrue(System.nanoTime() - start < Duration.ofSeconds(4).toNanos());
            }
        }
    }

    @Test
    void shouldHaveOneHolderOfALockUntilItsSessionEnds() {
        try (Database one = Database.open(owned);
                Database another = Database.open(owned)) {
            SessionLock held = one.tryLock("seal").orElseThrow();
            assertEquals(Optional.empty(), another.tryLock("seal"));
            assertTrue(another.tryLock("something else").isPresent());
            assertTrue(held.isHeld());
            another.read(transaction -> transaction.number(
                    "select count(pg_terminate_backend(pid)) from pg_locks where locktype = 'advisory' and database ="
                            + " (select oid from pg_database where datname = current_database())"));
            assertFalse(held.isHeld());
            SessionLock taken = another.tryLock("seal").orElseThrow();
            assertEquals(Optional.empty(), one.tryLock("seal"));
            taken.close();
            one.tryLock("seal").orElseThrow().close();
        }
    }
}
