package io.bulwark.clearing.embedded;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.bulwark.tier.OfHouse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@OfHouse
final class EmbeddedPostgresTest {
    @TempDir
    Path directory;

    @Test
    void shouldKeepWhatItAcknowledgedThroughRestartAndKill() throws Exception {
        EmbeddedPostgres first = timed("cold start", this::start);
        execute(first, "create table kept (n int)");
        execute(first, "insert into kept values (1)");
        timed("stop", () -> {
            first.close();
            return 0;
        });

        EmbeddedPostgres second = timed("warm start", this::start);
        execute(second, "insert into kept values (2)");
        second.release();
        ProcessHandle killed = ProcessHandle.of(second.pid()).orElseThrow();
        killed.destroyForcibly();
        killed.onExit().join();

        try (EmbeddedPostgres third = timed("start after kill", this::start)) {
            assertEquals("1,2", query(third, "select string_agg(n::text, ',' order by n) from kept"));
        }
    }

    /** What a terminal sends to every process of its own at Ctrl-C does not reach it: its house stops it. */
    @Test
    void shouldStandInASessionOfItsOwn() throws Exception {
        assumeTrue(Files.isExecutable(Path.of("/usr/bin/setsid")), "skipped: /usr/bin/setsid is missing");
        try (EmbeddedPostgres postgres = start()) {
            // After the name in parentheses: state, parent, process group, session.
            String stat = Files.readString(Path.of("/proc", Long.toString(postgres.pid()), "stat"));
            String session = stat.substring(stat.lastIndexOf(')') + 2).split(" ")[3];
            String own = Files.readString(Path.of("/proc/self/stat"));
            assertNotEquals(own.substring(own.lastIndexOf(')') + 2).split(" ")[3], session);
        }
    }

    /** Killed again and again while it is used: what it acknowledged is there, at the same address. */
    @Test
    void shouldBeStartedAgainWhereItDies() throws Exception {
        try (EmbeddedPostgres postgres = start()) {
            execute(postgres, "create table kept (n int)");
            for (int n = 1; n <= 3; n++) {
                execute(postgres, "insert into kept values (" + n + ")");
                ProcessHandle killed = ProcessHandle.of(postgres.pid()).orElseThrow();
                long start = System.nanoTime();
                killed.destroyForcibly();
                String kept = null;
                while (kept == null
                        && System.nanoTime() - start < Duration.ofSeconds(30).toNanos()) {
                    try {
                        kept = query(postgres, "select count(*) from kept");
                    } catch (SQLException notYet) {
                        Thread.sleep(20);
                    }
                }
                System.out.println(
                        "PostgreSQL killed, answers again: " + (System.nanoTime() - start) / 1_000_000 + " ms");
                assertEquals(String.valueOf(n), kept);
                assertNotEquals(killed.pid(), postgres.pid());
            }
        }
    }

    /** A directory that was copied, or a machine that was started anew: another process has the id that the dead server left. */
    @Test
    void shouldNotTakeAnotherProcessForItsServer() throws Exception {
        EmbeddedPostgres first = start();
        execute(first, "create table kept as select 7 as n");
        first.close();
        Path said = directory.resolve("postgres/data/postmaster.pid");
        Files.writeString(said, ProcessHandle.current().pid() + "\n" + said.getParent() + "\n0\n1\n\n127.0.0.1\n\n");
        try (EmbeddedPostgres second = start()) {
            assertEquals("7", query(second, "select n from kept"));
        }
    }

    @Test
    void shouldStopAnOrphanOfAKilledProcessFirst() throws Exception {
        EmbeddedPostgres orphaned = start();
        execute(orphaned, "create table kept as select 7 as n");
        orphaned.release();
        try (EmbeddedPostgres successor = start()) {
            assertTrue(ProcessHandle.of(orphaned.pid())
                    .filter(ProcessHandle::isAlive)
                    .isEmpty());
            assertEquals("7", query(successor, "select n from kept"));
        }
    }

    @Test
    void shouldFlushWhatItAcknowledges() throws Exception {
        try (EmbeddedPostgres postgres = start()) {
            assertEquals("on", query(postgres, "show fsync"));
            assertEquals("on", query(postgres, "show synchronous_commit"));
            assertEquals("127.0.0.1", query(postgres, "show listen_addresses"));
        }
    }

    @Test
    void shouldRefuseASecondUserOfTheDirectory() {
        try (EmbeddedPostgres postgres = start()) {
            EmbeddedServerException refusal = assertThrows(EmbeddedServerException.class, this::start);
            assertTrue(String.valueOf(refusal.getMessage()).contains("one process at a time"));
            assertTrue(postgres.port() > 0);
        }
    }

    @Test
    void shouldJoinAServerThatAnotherProcessRunsAndLeaveItRunning() throws Exception {
        EmbeddedPostgresConfiguration configuration = EmbeddedPostgresConfiguration.in(directory.resolve("postgres"));
        try (EmbeddedPostgres owner = EmbeddedPostgres.startOrJoin(configuration)) {
            try (EmbeddedPostgres joined = EmbeddedPostgres.startOrJoin(configuration)) {
                assertEquals(owner.port(), joined.port());
                assertEquals(owner.pid(), joined.pid());
                execute(joined, "create table kept as select 7 as n");
            }
            assertEquals("7", query(owner, "select n from kept"));
        }
        try (EmbeddedPostgres successor = EmbeddedPostgres.startOrJoin(configuration)) {
            assertEquals("7", query(successor, "select n from kept"));
        }
    }

    @Test
    void shouldSayWhyItCanNeitherStartNorJoin() {
        EmbeddedPostgresConfiguration patient = EmbeddedPostgresConfiguration.in(directory.resolve("postgres"));
        EmbeddedPostgresConfiguration hasty = new EmbeddedPostgresConfiguration(
                patient.directory(), patient.cache(), Duration.ofMillis(300), patient.connectionsMax());
        try (DirectoryLock elsewhere = DirectoryLock.acquire(hasty.directory())) {
            EmbeddedServerException refusal =
                    assertThrows(EmbeddedServerException.class, () -> EmbeddedPostgres.startOrJoin(hasty));
            assertTrue(String.valueOf(refusal.getMessage()).contains("no server answers"), elsewhere::toString);
        }
    }

    @Test
    void shouldRefuseAWrongPassword() {
        try (EmbeddedPostgres postgres = start()) {
            assertThrows(
                    SQLException.class,
                    () -> DriverManager.getConnection(postgres.jdbcUrl(), postgres.user(), "guess"));
        }
    }

    private EmbeddedPostgres start() {
        return EmbeddedPostgres.start(EmbeddedPostgresConfiguration.in(directory.resolve("postgres")));
    }

    private static void execute(EmbeddedPostgres postgres, String sql) throws SQLException {
        try (Connection connection =
                        DriverManager.getConnection(postgres.jdbcUrl(), postgres.user(), postgres.password());
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static String query(EmbeddedPostgres postgres, String sql) throws SQLException {
        try (Connection connection =
                        DriverManager.getConnection(postgres.jdbcUrl(), postgres.user(), postgres.password());
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            row.next();
            return row.getString(1);
        }
    }

    private interface Step<T> {
        T run() throws Exception;
    }

    private static <T> T timed(String what, Step<T> step) throws Exception {
        long start = System.nanoTime();
        T result = step.run();
        System.out.println("PostgreSQL " + what + ": " + (System.nanoTime() - start) / 1_000_000 + " ms");
        return result;
    }
}
