package io.bulwark.clearing.event;

import io.bulwark.clearing.account.ClearingAccount;
import io.bulwark.clearing.database.Database;
import io.bulwark.clearing.embedded.EmbeddedKafka;
import io.bulwark.clearing.embedded.EmbeddedPostgres;
import io.bulwark.clearing.embedded.EmbeddedPostgresConfiguration;
import io.bulwark.clearing.ledger.IntakeTestBed;
import io.bulwark.clearing.ledger.SnapshotIntake;
import io.bulwark.clearing.register.AccountRegister;
import io.bulwark.clearing.register.OutboxTable;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** Broker, database, intake and relay in one process, as a house has them, for a test to take the power from. */
final class HouseProcess implements AutoCloseable {
    static final Duration PATIENCE = Duration.ofMillis(200);

    private final EmbeddedPostgres postgres;
    private final EmbeddedKafka kafka;
    private final Database database;
    private final RecordSink intake;

    HouseProcess(Path folder) {
        postgres = EmbeddedPostgres.start(EmbeddedPostgresConfiguration.in(folder.resolve("postgres")));
        kafka = EmbeddedKafka.start(folder.resolve("kafka"));
        database = Database.open(Database.Configuration.at(postgres.jdbcUrl(), postgres.user(), postgres.password()));
        intake = new SnapshotIntake(database, IntakeTestBed::normalise, reader -> true);
        Topics.create(brokers());
        IntakeWorker.align(brokers(), intake);
    }

    Topics.Brokers brokers() {
        return new Topics.Brokers(kafka.bootstrapServers(), kafka.user(), kafka.password());
    }

    Database database() {
        return database;
    }

    long pid() {
        return postgres.pid();
    }

    void open() {
        new AccountRegister(database).open(new ClearingAccount(7, "basis", "Alpha", List.of(IntakeTestBed.ACCOUNT)));
    }

    void publish(int from, int to) {
        try (SnapshotPublisher publisher = SnapshotPublisher.to(brokers(), IntakeTestBed.READER)) {
            for (int n = from; n < to; n++) {
                publisher.publish("a", IntakeTestBed.record(n));
            }
        }
    }

    void book() {
        try (IntakeWorker worker = IntakeWorker.of(brokers(), intake)) {
            worker.drain(PATIENCE);
        }
    }

    void tell() {
        try (OutboxRelay relay = OutboxRelay.of(brokers(), new OutboxTable(database))) {
            relay.drain();
        }
    }

    long entries() {
        return database.read(transaction -> transaction.number("select count(*) from journal_entry"));
    }

    @Override
    public void close() {
        database.close();
        kafka.close();
        postgres.close();
    }

    /**
     * Publishes, books and tells until it is killed, one after the other; each is said once it is acknowledged.
     *
     * @param arguments the folder, and the first record to publish
     */
    public static void main(String[] arguments) {
        try (HouseProcess house = new HouseProcess(Path.of(arguments[0]))) {
            say("postgres " + house.pid());
            int next = Integer.parseInt(arguments[1]);
            try (SnapshotPublisher publisher = SnapshotPublisher.to(house.brokers(), IntakeTestBed.READER);
                    IntakeWorker worker = IntakeWorker.of(house.brokers(), house.intake);
                    OutboxRelay relay = OutboxRelay.of(house.brokers(), new OutboxTable(house.database))) {
                while (true) {
                    for (int end = next + 5; next < end; next++) {
                        publisher.publish("a", IntakeTestBed.record(next));
                        say("published " + (next + 1));
                    }
                    worker.drain(PATIENCE);
                    say("booked " + house.entries());
                    if (next % 2 == 0) {
                        say("told " + relay.drain());
                    }
                }
            }
        }
    }

    private static void say(String line) {
        System.out.println(line);
        System.out.flush();
    }
}
