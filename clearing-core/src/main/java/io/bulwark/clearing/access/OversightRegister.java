package io.bulwark.clearing.access;

import static io.bulwark.clearing.document.CanonicalValue.array;

import io.bulwark.clearing.access.AccessRegister.Role;
import io.bulwark.clearing.access.Consent.Action;
import io.bulwark.clearing.access.Consent.Scope;
import io.bulwark.clearing.attestation.LinkSignature;
import io.bulwark.clearing.attestation.LinkSignature.ContractWallets;
import io.bulwark.clearing.database.Database;
import io.bulwark.clearing.database.DatabaseTransaction;
import io.bulwark.clearing.document.BadInput;
import io.bulwark.clearing.document.Digest;
import io.bulwark.clearing.register.Documents;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * By what right somebody looks at an account that is another's: its owner's consent, or a legal hold that two opened; and who did. Rows
 * are only added.
 */
public final class OversightRegister {
    /** How long a consent or a hold may last. */
    public static final Duration LONGEST = Duration.ofDays(366);

    private static final int REASON_MAX = 500;

    private final Database database;

    /** The register of a database. */
    public OversightRegister(Database database) {
        this.database = database;
    }

    /**
     * Who acts or looks.
     *
     * @param name of a token's holder, or a signer
     * @param role as what he comes
     */
    public record Actor(String name, Role role) {}

    /**
     * A consent in the books.
     *
     * @param number its place, from 1
     * @param action given, or taken back
     * @param account whose it is
     * @param until when it ends
     */
    public record Given(int number, Action action, int account, String grantee, Scope scope, Instant until) {}

    /**
     * An act of a legal hold.
     *
     * @param hold its number
     * @param act propose, confirm or end
     * @param until when the hold ends
     * @param at when it was done
     */
    public record HoldAct(int hold, String act, int account, String reason, Instant until, Actor actor, Instant at) {}

    /**
     * A look at an account that is another's.
     *
     * @param number its place, from 1
     * @param asked method and path
     * @param ground consent or hold, with its number
     */
    public record Look(int number, Instant at, String actor, int account, String asked, String ground) {}

    /** The number that the next consent about an account has. */
    public int nextNonce(int account) {
        return database.read(transaction -> nextNonce(transaction, account));
    }

    private static int nextNonce(DatabaseTransaction transaction, int account) {
        return Math.toIntExact(transaction.number(
                        "select coalesce(max(nonce), 0) from consent where clearing_account = ?", account))
                + 1;
    }

    /**
     * Keeps a consent that the account's owner signed.
     *
     * @param house whose books these are
     * @param now by the clock of whoever takes it in
     * @param wallets asks contract wallets
     * @return its number
     * @throws BadInput naming field, value and rule
     */
    public int take(Consent consent, LinkSignature signature, Digest house, Instant now, ContractWallets wallets) {
        if (!consent.house().equals(house)) {
            throw new BadInput("house", consent.house().hex(), "must be this house, " + house.hex());
        }
        requireInTime("until", consent.until(), now);
        signature.objection(consent, wallets).ifPresent(why -> {
            throw new BadInput("signature", signature.toString(), why);
        });
        return database.write(transaction -> {
            String owner = transaction
                    .first(
                            "select signer from account_owner where clearing_account = ? order by sequence desc limit 1",
                            row -> row.text(1),
                            consent.clearingAccount())
                    .orElse("");
            if (!owner.equals(signature.signer())) {
                throw new BadInput("signature", signature.toString(), "must be the signature of the account's owner");
            }
            int next = nextNonce(transaction, consent.clearingAccount());
            if (consent.nonce() != next) {
                throw new BadInput(
                        "nonce", Integer.toString(consent.nonce()), "must be " + next + ": a consent serves once");
            }
            Digest document = Documents.store(
                    transaction,
                    "account-consent",
                    array(consent.canonical(), signature.canonical()).encode());
            transaction.update(
                    "insert into consent (sequence, document, action, clearing_account, grantee, scope, nonce, ends_millis)"
                            + " select coalesce(max(sequence), 0) + 1, ?, ?, ?, ?, ?, ?, ? from consent",
                    document,
                    consent.action().name(),
                    consent.clearingAccount(),
                    consent.grantee(),
                    consent.scope().name(),
                    consent.nonce(),
                    consent.until().toEpochMilli());
            return Math.toIntExact(transaction.number("select max(sequence) from consent"));
        });
    }

    private static void requireInTime(String field, Instant until, Instant now) {
        if (!until.isAfter(now) || until.isAfter(now.plus(LONGEST))) {
            throw new BadInput(
                    field, until.toString(), "must be later than now, by at most " + LONGEST.toDays() + " days");
        }
    }

    /** Every consent that was given or taken back, in this order. */
    public List<Given> consents() {
        return database.read(transaction -> transaction.query(
                "select sequence, action, clearing_account, grantee, scope, ends_millis from consent order by sequence",
                row -> new Given(
                        row.integer(1),
                        Action.valueOf(row.text(2)),
                        row.integer(3),
                        row.text(4),
                        Scope.valueOf(row.text(5)),
                        Instant.ofEpochMilli(row.number(6)))));
    }

    /**
     * Proposes a legal hold: it opens nothing until somebody of the other role confirms it.
     *
     * @return its number
     */
    public int propose(int account, String reason, Instant until, Actor actor, Instant now) {
        requireHoldRole(actor);
        requireInTime("until", until, now);
        if (reason.isBlank() || reason.length() > REASON_MAX) {
            throw new BadInput("reason", reason, "must have 1 to " + REASON_MAX + " characters");
        }
        return database.write(transaction -> {
            AccessRegister.requireOpen(transaction, account);
            int hold = Math.toIntExact(transaction.number("select coalesce(max(hold), 0) from legal_hold")) + 1;
            insert(transaction, new HoldAct(hold, "propose", account, reason, until, actor, now));
            return hold;
        });
    }

    /** Confirms a hold, as another than who proposed it, of the other role. */
    public void confirm(int hold, Actor actor, Instant now) {
        act(hold, "confirm", actor, now);
    }

    /** Ends a hold before its time. */
    public void end(int hold, Actor actor, Instant now) {
        act(hold, "end", actor, now);
    }

    private void act(int hold, String act, Actor actor, Instant now) {
        requireHoldRole(actor);
        database.write(transaction -> {
            List<HoldAct> acts = holds(transaction, " where hold = ?", hold);
            if (acts.isEmpty()) {
                throw new BadInput("hold", Integer.toString(hold), "must have been proposed");
            }
            HoldAct proposed = acts.getFirst();
            if (acts.stream()
                    .anyMatch(done -> done.act().equals(act) || done.act().equals("end"))) {
                throw new BadInput(
                        "hold",
                        Integer.toString(hold),
                        "must not be " + acts.getLast().act() + "ed already");
            }
            if (act.equals("confirm")
                    && (proposed.actor().role() == actor.role()
                            || proposed.actor().name().equals(actor.name()))) {
                throw new BadInput(
                        "actor",
                        actor.name(),
                        "must be another than " + proposed.actor().name() + ", who proposed it, of the other role than "
                                + proposed.actor().role().word());
            }
            if (!proposed.until().isAfter(now)) {
                throw new BadInput("hold", Integer.toString(hold), "must not have ended, on " + proposed.until());
            }
            insert(
                    transaction,
                    new HoldAct(hold, act, proposed.account(), proposed.reason(), proposed.until(), actor, now));
            return hold;
        });
    }

    private static void requireHoldRole(Actor actor) {
        if (actor.role() != Role.OPERATOR && actor.role() != Role.AUDITOR) {
            throw new BadInput("role", actor.role().word(), "must be operator or auditor");
        }
    }

    private static void insert(DatabaseTransaction transaction, HoldAct act) {
        transaction.update(
                "insert into legal_hold (sequence, hold, act, clearing_account, reason, ends_millis, actor, role, at_millis)"
                        + " select coalesce(max(sequence), 0) + 1, ?, ?, ?, ?, ?, ?, ?, ? from legal_hold",
                act.hold(),
                act.act(),
                act.account(),
                act.reason(),
                act.until().toEpochMilli(),
                act.actor().name(),
                act.actor().role().word(),
                act.at().toEpochMilli());
    }

    /** Every act of every hold, in this order. */
    public List<HoldAct> holds() {
        return database.read(transaction -> holds(transaction, ""));
    }

    private static List<HoldAct> holds(DatabaseTransaction transaction, String where, Object... parameters) {
        return transaction.query(
                "select hold, act, clearing_account, reason, ends_millis, actor, role, at_millis from legal_hold"
                        + where + " order by sequence",
                OversightRegister::act,
                parameters);
    }

    private static HoldAct act(DatabaseTransaction.Row row) throws SQLException {
        return new HoldAct(
                row.integer(1),
                row.text(2),
                row.integer(3),
                row.text(4),
                Instant.ofEpochMilli(row.number(5)),
                new Actor(row.text(6), Role.of(row.text(7))),
                Instant.ofEpochMilli(row.number(8)));
    }

    /**
     * Whether somebody may look at an account that is another's; that he did is written down before he is told anything.
     *
     * @param asked method and path of what he asks
     * @return whether there is a consent of that scope, or a hold that two opened and its role serves, at this moment
     */
    public boolean look(Actor actor, int account, Scope scope, String asked, Instant now) {
        if (database.read(transaction -> ground(transaction, actor, account, scope, now))
                .isEmpty()) {
            return false;
        }
        return database.write(transaction -> {
            Optional<String[]> ground = ground(transaction, actor, account, scope, now);
            ground.ifPresent(right -> transaction.update(
                    "insert into access_log (sequence, at_millis, actor, clearing_account, asked, ground, ground_number)"
                            + " select coalesce(max(sequence), 0) + 1, ?, ?, ?, ?, ?, ? from access_log",
                    now.toEpochMilli(),
                    actor.name(),
                    account,
                    asked,
                    right[0],
                    Long.parseLong(right[1])));
            return ground.isPresent();
        });
    }

    private static Optional<String[]> ground(
            DatabaseTransaction transaction, Actor actor, int account, Scope scope, Instant now) {
        Set<String> enough =
                scope == Scope.MARGIN ? Set.of(Scope.MARGIN.name(), Scope.POSITIONS.name()) : Set.of(scope.name());
        Optional<String[]> consent = transaction
                .first(
                        "select sequence, action, scope, ends_millis from consent where clearing_account = ? and "
                                + "grantee = ? order by sequence desc limit 1",
                        row -> new String[] {row.text(1), row.text(2), row.text(3), row.text(4)},
                        account,
                        actor.name())
                .filter(newest -> newest[1].equals(Action.GIVE.name())
                        && enough.contains(newest[2])
                        && Long.parseLong(newest[3]) > now.toEpochMilli())
                .map(newest -> new String[] {"consent", newest[0]});
        if (consent.isPresent() || (actor.role() != Role.OPERATOR && actor.role() != Role.AUDITOR)) {
            return consent;
        }
        return transaction.first(
                "select hold from legal_hold where clearing_account = ? and act = 'confirm' and ends_millis > ?"
                        + " and hold not in (select hold from legal_hold where act = 'end') order by hold limit 1",
                row -> new String[] {"hold", row.text(1)},
                account,
                now.toEpochMilli());
    }

    /**
     * Looks at accounts that are another's.
     *
     * @param accounts at which; empty: at any
     * @param from place of the first, from 1
     * @param most how many
     */
    public List<Look> looks(Optional<Set<Integer>> accounts, int from, int most) {
        return database.read(transaction -> transaction.query(
                "select sequence, at_millis, actor, clearing_account, asked, ground || ' ' || ground_number from "
                        + "access_log where sequence >= ? and (? or clearing_account::text = any (?)) order by sequence limit ?",
                row -> new Look(
                        row.integer(1),
                        Instant.ofEpochMilli(row.number(2)),
                        row.text(3),
                        row.integer(4),
                        row.text(5),
                        row.text(6)),
                from,
                accounts.isEmpty(),
                accounts.orElse(Set.of()).stream().map(Object::toString).toArray(String[]::new),
                most));
    }
}
