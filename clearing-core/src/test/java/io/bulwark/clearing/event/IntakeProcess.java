package io.bulwark.clearing.event;

import io.bulwark.clearing.database.Database;
import io.bulwark.clearing.ledger.IntakeTestBed;
import io.bulwark.clearing.ledger.SnapshotIntake;
import io.bulwark.clearing.register.OutboxTable;
import java.time.Duration;

/** The intake and the relay as a process of their own, for a test to kill: books and tells until nothing is left. */
final class IntakeProcess {
    private IntakeProcess() {}

    /** Arguments: brokers, database address, user, password, the brokers' user and password. Writes a 'w' when work begins. */
    public static void main(String[] arguments) {
        Topics.Brokers brokers = new Topics.Brokers(arguments[0], arguments[4], arguments[5]);
        Database.Configuration configuration = Database.Configuration.at(arguments[1], arguments[2], arguments[3]);
        try (Database database = Database.open(configuration);
                IntakeWorker worker = IntakeWorker.of(
                        brokers, new SnapshotIntake(database, IntakeTestBed::normalise, reader -> true));
                OutboxRelay relay = OutboxRelay.of(brokers, new OutboxTable(database))) {
            System.out.print('w');
            System.out.flush();
            boolean idle = false;
            while (!idle) {
                IntakeWorker.Round round = worker.work(Duration.ofMillis(500));
                idle = relay.drain() == 0 && round.equals(new IntakeWorker.Round.Worked(0));
            }
        }
    }
}
