package io.bulwark.clearing.alert;

import io.bulwark.clearing.alert.AlertRegister.Step;
import io.bulwark.clearing.database.Database;
import io.bulwark.clearing.database.DatabaseTransaction;
import io.bulwark.clearing.document.BadInput;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** Receivers of alerts, what is to be sent to them, and every attempt at it. Rows are only added. */
public final class DeliveryRegister {
    /** Receivers that one owner may have at a time. */
    public static final int RECEIVERS_MAX = 8;

    private static final int SAID_MAX = 300;

    private static final String STATE =
            "select d.number, d.event, d.receiver, a.outcome, a.said, a.at_millis, coalesce(a.number, 0),"
                    + " (select count(*) from alert_attempt f where f.delivery = d.number and f.outcome = 'failed' and f.number >"
                    + " coalesce((select max(r.number) from alert_attempt r where r.delivery = d.number and r.outcome = 'resend'), 0)),"
                    + " e.kind from alert_delivery d join alert_event e on e.sequence = d.event left join lateral"
                    + " (select * from alert_attempt l where l.delivery = d.number order by l.number desc limit 1) a on true";

    private final Database database;

    /** The register of a database. */
    public DeliveryRegister(Database database) {
        this.database = database;
    }

    /** How somebody is told. */
    public enum Way {
        /** An HTTP request, signed. */
        WEBHOOK,
        /** A mail. */
        MAIL;

        /** As people write it. */
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** What signs what a webhook is sent: shown once, when it is drawn. Its text says nothing of it. */
    public static final class Secret {
        private final byte[] bytes;

        /** Of these bytes. */
        public Secret(byte[] bytes) {
            this.bytes = bytes.clone();
        }

        /** The bytes, to sign with. */
        public byte[] bytes() {
            return bytes.clone();
        }

        @Override
        public String toString() {
            return "Secret[…]";
        }
    }

    /**
     * Where somebody is told.
     *
     * @param number its place, from 1
     * @param owner who made it
     * @param way how
     * @param address a URL, or a mail address
     * @param secret of a webhook
     */
    public record Receiver(int number, String owner, Way way, String address, Optional<Secret> secret) {}

    /** What became of an attempt. */
    public enum Outcome {
        /** It arrived. */
        DELIVERED,
        /** It did not, and is tried again. */
        FAILED,
        /** It did not, and is not tried again until somebody says so. */
        DEAD,
        /** Somebody says so. */
        RESEND;

        private String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * The last attempt at a delivery.
     *
     * @param number dense from 1
     * @param said why it failed, or what was answered
     */
    public record Attempt(int number, Outcome outcome, String said, Instant at) {}

    /**
     * Something that is to be sent.
     *
     * @param number its place, from 1
     * @param event the place of what became of an alert
     * @param step what became of it
     * @param receiver the receiver's number
     * @param last the last attempt; empty before the first
     * @param failures attempts that failed since it was first tried, or sent again
     */
    public record Delivery(int number, int event, Step step, int receiver, Optional<Attempt> last, int failures) {
        /** Whether nothing more is done of itself. */
        public boolean isOver() {
            return last.filter(attempt -> attempt.outcome() == Outcome.DELIVERED || attempt.outcome() == Outcome.DEAD)
                    .isPresent();
        }

        /**
         * When it is tried next.
         *
         * @param pauses after the first failure, the second and so on; never empty
         */
        public Instant due(List<Duration> pauses) {
            return last.filter(attempt -> attempt.outcome() == Outcome.FAILED)
                    .map(attempt -> attempt.at().plus(pauses.get(Math.min(failures, pauses.size()) - 1)))
                    .orElse(Instant.EPOCH);
        }
    }

    /**
     * Keeps a receiver.
     *
     * @param secret of a webhook
     * @return its number
     * @throws BadInput if its owner has as many as one may
     */
    public int add(String owner, Way way, String address, Optional<Secret> secret, Instant now) {
        return database.write(transaction -> {
            if (receivers(transaction).stream()
                            .filter(r -> r.owner().equals(owner))
                            .count()
                    >= RECEIVERS_MAX) {
                throw new BadInput(
                        "receiver",
                        address,
                        "must be one of at most " + RECEIVERS_MAX + " of one owner: end another first");
            }
            int number = Math.toIntExact(transaction.number("select coalesce(max(number), 0) + 1 from alert_receiver"));
            transaction.update(
                    "insert into alert_receiver (number, owner, kind, address, secret, made_millis) values (?, ?, ?, ?, ?, ?)",
                    number,
                    owner,
                    way.word(),
                    address,
                    secret.map(Secret::bytes),
                    now.toEpochMilli());
            return number;
        });
    }

    /** Ends a receiver: nothing more is sent to it. */
    public void end(int receiver, String actor, Instant now) {
        database.write(transaction -> transaction.update(
                "insert into alert_receiver_end (receiver, actor, at_millis) values (?, ?, ?) on conflict do nothing",
                receiver,
                actor,
                now.toEpochMilli()));
    }

    /** The receivers in force, in the order in which they were made. */
    public List<Receiver> receivers() {
        return database.read(DeliveryRegister::receivers);
    }

    private static List<Receiver> receivers(DatabaseTransaction transaction) {
        return transaction.query(
                "select r.number, r.owner, r.kind, r.address, coalesce(r.secret, '') from alert_receiver r"
                        + " left join alert_receiver_end e on e.receiver = r.number where e.receiver is null order by r.number",
                row -> {
                    Way way = Way.valueOf(row.text(3).toUpperCase(Locale.ROOT));
                    return new Receiver(
                            row.integer(1),
                            row.text(2),
                            way,
                            row.text(4),
                            way == Way.WEBHOOK ? Optional.of(new Secret(row.bytes(5))) : Optional.empty());
                });
    }

    static void enqueue(DatabaseTransaction transaction, int event, int receiver) {
        transaction.update(
                "insert into alert_delivery (number, event, receiver) select coalesce(max(number), 0) + 1, ?, ? from alert_delivery",
                event,
                receiver);
    }

    /** What is still to be sent, the oldest first. Of what was delivered, which is most and stays so, no attempt is looked at. */
    public List<Delivery> open() {
        return deliveries(
                " where not exists (select from alert_attempt x where x.delivery = d.number and x.outcome = 'delivered')"
                        + " and (a.outcome is null or a.outcome in ('failed', 'resend')) order by d.number");
    }

    /**
     * What is tried no more, the newest first, at most so many.
     *
     * @param receivers to whom
     * @param before of lower numbers than this
     */
    public List<Delivery> dead(Set<Integer> receivers, int before, int most) {
        return deliveries(
                " where a.outcome = 'dead' and d.receiver::text = any (?) and d.number < ? order by d.number desc limit ?",
                receivers.stream().map(Object::toString).toArray(String[]::new),
                before,
                most);
    }

    /** A delivery; empty if there is none. */
    public Optional<Delivery> find(int number) {
        return deliveries(" where d.number = ?", number).stream().findFirst();
    }

    private List<Delivery> deliveries(String where, Object... parameters) {
        return database.read(transaction -> transaction.query(STATE + where, DeliveryRegister::delivery, parameters));
    }

    private static Delivery delivery(DatabaseTransaction.Row row) throws SQLException {
        Optional<String> outcome = row.optionalText(4);
        Optional<Attempt> last = outcome.isEmpty()
                ? Optional.empty()
                : Optional.of(new Attempt(
                        row.integer(7),
                        Outcome.valueOf(outcome.get().toUpperCase(Locale.ROOT)),
                        row.text(5),
                        Instant.ofEpochMilli(row.number(6))));
        return new Delivery(
                row.integer(1),
                row.integer(2),
                Step.valueOf(row.text(9).toUpperCase(Locale.ROOT)),
                row.integer(3),
                last,
                row.integer(8));
    }

    /** Keeps what became of an attempt; unless another has been kept since the delivery was read. */
    public void attempt(Delivery delivery, Outcome outcome, String said, Instant now) {
        int number = delivery.last().map(Attempt::number).orElse(0) + 1;
        database.write(transaction -> transaction.update(
                "insert into alert_attempt (delivery, number, outcome, said, at_millis) values (?, ?, ?, ?, ?) on conflict do nothing",
                delivery.number(),
                number,
                outcome.word(),
                said.length() > SAID_MAX ? said.substring(0, SAID_MAX) : said,
                now.toEpochMilli()));
    }

    /**
     * Has a dead delivery sent again.
     *
     * @throws BadInput unless it is dead
     */
    public void resend(int number, String actor, Instant now) {
        Delivery delivery = find(number)
                .filter(found -> found.last()
                        .filter(attempt -> attempt.outcome() == Outcome.DEAD)
                        .isPresent())
                .orElseThrow(() -> new BadInput("delivery", Integer.toString(number), "must be a dead one"));
        attempt(delivery, Outcome.RESEND, "by " + actor, now);
    }
}
