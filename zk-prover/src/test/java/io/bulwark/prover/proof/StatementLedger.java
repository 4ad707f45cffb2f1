package io.bulwark.prover.proof;

import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import io.bulwark.clearing.account.ClearingAccount;
import io.bulwark.clearing.database.Database;
import io.bulwark.clearing.document.CanonicalValue;
import io.bulwark.clearing.document.Digest;
import io.bulwark.clearing.embedded.EmbeddedPostgres;
import io.bulwark.clearing.embedded.EmbeddedPostgresConfiguration;
import io.bulwark.clearing.epoch.Epoch;
import io.bulwark.clearing.epoch.EpochInputs;
import io.bulwark.clearing.epoch.SealedEpoch;
import io.bulwark.clearing.register.AccountRegister;
import io.bulwark.clearing.register.AccountStatement;
import io.bulwark.clearing.register.EpochRegister;
import io.bulwark.clearing.register.EpochRegister.EpochRecord;
import io.bulwark.clearing.register.EpochRegister.SealingResult;
import io.bulwark.netting.formula.Requirement;
import io.bulwark.netting.margin.MarginStatement;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The ledger's integers: statements sealed with an epoch into a real PostgreSQL by the house's own register, and read back from its rows.
 * From there the API shows a margin; that the house hands the register the engine's figures, the replay of every journey says.
 */
final class StatementLedger implements AutoCloseable {
    private final EmbeddedPostgres server;
    private final Database database;
    private final AccountRegister accounts;
    private final EpochRegister epochs;
    private int opened;
    private long sealed;
    private Digest previous = Digest.ZERO;

    private StatementLedger(EmbeddedPostgres server) {
        this.server = server;
        this.database = Database.open(Database.Configuration.at(server.jdbcUrl(), server.user(), server.password()));
        this.accounts = new AccountRegister(database);
        this.epochs = new EpochRegister(database);
    }

    static StatementLedger start() {
        try {
            Path directory = Files.createTempDirectory("bulwark-parity-test");
            return new StatementLedger(EmbeddedPostgres.start(EmbeddedPostgresConfiguration.in(directory)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Seals an epoch of statements and gives what its rows hold, in the same order; empty where an account has no margin. */
    synchronized List<Optional<AccountStatement.Margined>> kept(List<Optional<MarginStatement>> statements) {
        for (; opened < statements.size(); opened++) {
            accounts.open(new ClearingAccount(opened, "account " + opened, "member", List.of()));
        }
        List<AccountStatement> told = new ArrayList<>();
        for (int i = 0; i < statements.size(); i++) {
            told.add(statement(i, statements.get(i)));
        }
        sealed++;
        EpochInputs inputs = new EpochInputs(sealed, List.of(), List.of(), new TreeMap<>(), List.of());
        Digest digest = digest("epoch " + sealed);
        Epoch epoch = new Epoch(
                digest("house"),
                sealed,
                previous,
                digest("accounts"),
                digest("table"),
                digest("encoding"),
                digest("parameters"),
                inputs.canonical().sha256(),
                Digest.ZERO,
                Digest.ZERO,
                Digest.ZERO,
                Digest.ZERO);
        assertInstanceOf(
                SealingResult.Sealed.class, epochs.seal(new EpochRecord(new SealedEpoch(epoch, digest), inputs), told));
        previous = digest;
        return epochs.statements(sealed).stream()
                .map(kept -> kept instanceof AccountStatement.Margined margined
                        ? Optional.of(margined)
                        : Optional.<AccountStatement.Margined>empty())
                .toList();
    }

    private static AccountStatement statement(int account, Optional<MarginStatement> statement) {
        CanonicalValue document = CanonicalValue.array(CanonicalValue.integer(account));
        if (statement.isEmpty()) {
            return new AccountStatement.Unmargined(account, "TOO_LARGE", document);
        }
        Requirement given = statement.get().given();
        return new AccountStatement.Margined(
                account,
                statement.get().state().label(),
                given.initialMargin(),
                given.maintenanceMargin(),
                given.equity(),
                given.excessInitial(),
                given.excessMaintenance(),
                document);
    }

    private static Digest digest(String name) {
        return Digest.sha256(name.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public void close() {
        database.close();
        server.close();
    }
}
