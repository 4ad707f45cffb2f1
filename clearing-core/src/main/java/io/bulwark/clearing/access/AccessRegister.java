package io.bulwark.clearing.access;

import io.bulwark.clearing.database.Database;
import io.bulwark.clearing.database.DatabaseTransaction;
import io.bulwark.clearing.document.BadInput;
import io.bulwark.clearing.document.Digest;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** Tokens that the operator gave, and sessions of those who signed in with a wallet or a key. Only the SHA-256 of a secret is kept. */
public final class AccessRegister {
    private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9._@-]{0,63}");

    /** Names of those who sign in: a token that had one would come under another's name. */
    private static final Pattern SIGNER = Pattern.compile("0x[0-9a-f]{40}|[0-9a-f]{64}");

    private static final String TOKENS =
            "select t.sha256, t.role, t.name, t.subject, t.ends_millis, e.sha256 is not null from access_token t "
                    + "left join access_token_end e using (sha256)";

    private final Database database;

    /** The register of a database. */
    public AccessRegister(Database database) {
        this.database = database;
    }

    /** As what somebody comes. */
    public enum Role {
        /** Anybody. */
        PUBLIC,
        /** A protocol. */
        MEMBER,
        /** Of accounts. */
        OWNER,
        /** Of the insurance fund. */
        FUND_MANAGER,
        /** Of books and proofs. */
        AUDITOR,
        /** Of the house. */
        OPERATOR;

        /** As people write it. */
        public String word() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }

        /** The role of a word that {@link #word} wrote. */
        public static Role of(String word) {
            return Arrays.stream(values())
                    .filter(role -> role.word().equals(word))
                    .findFirst()
                    .orElseThrow(() -> new BadInput(
                            "role",
                            word,
                            "must be one of "
                                    + Arrays.stream(values())
                                            .filter(role -> role != PUBLIC)
                                            .map(Role::word)
                                            .toList()));
        }
    }

    /**
     * Who holds a token.
     *
     * @param name how the house calls him; what a consent names
     * @param role as what he comes
     * @param subject the name of a member; empty of the others
     * @param until when it ends; empty: when it is revoked
     */
    public record Holder(String name, Role role, Optional<String> subject, Optional<Instant> until) {
        /** Checks the forms. */
        public Holder {
            if (!NAME.matcher(name).matches() || SIGNER.matcher(name).matches()) {
                throw new BadInput(
                        "name",
                        name,
                        "must be 1 to 64 of a-z, 0-9, dot, underscore, @ and hyphen, begin with a letter or digit, "
                                + "and be no wallet's address and no key");
            }
            switch (role) {
                case PUBLIC -> throw new BadInput("role", role.word(), "must be one that needs a token");
                case OWNER ->
                    throw new BadInput("role", role.word(), "must be another: owners sign in with their wallet");
                case MEMBER -> {
                    if (subject.filter(member -> !member.isBlank()).isEmpty()) {
                        throw new BadInput("member", subject.orElse(""), "must be the name of a member");
                    }
                }
                case FUND_MANAGER, AUDITOR, OPERATOR -> {
                    if (subject.isPresent()) {
                        throw new BadInput("subject", subject.get(), "must be left out for role " + role.word());
                    }
                }
            }
        }
    }

    /**
     * A token that was given.
     *
     * @param sha256 of it
     * @param holder who holds it
     * @param revoked whether it was taken back
     */
    public record Token(Digest sha256, Holder holder, boolean revoked) {}

    /**
     * Somebody who signed in.
     *
     * @param signer a wallet's lower-case address, an Ed25519 key in hexadecimal, or the name of a token's holder
     * @param accounts those whose owner's key it is now
     */
    public record Session(String signer, Set<Integer> accounts) {
        /** Copies. */
        public Session {
            accounts = Set.copyOf(accounts);
        }

        /** Whether it began with a token, not with a signature. */
        public boolean isHolders() {
            return !SIGNER.matcher(signer).matches();
        }
    }

    /**
     * Keeps a token.
     *
     * @throws BadInput if the name belongs to another role
     */
    public void give(Digest sha256, Holder holder) {
        database.write(transaction -> {
            transaction
                    .first(
                            "select role from access_token where name = ? and role <> ? limit 1",
                            row -> row.text(1),
                            holder.name(),
                            holder.role().word())
                    .ifPresent(role -> {
                        throw new BadInput("name", holder.name(), "must stay of the role that it was given, " + role);
                    });
            return transaction.update(
                    "insert into access_token (sequence, sha256, role, name, subject, ends_millis)"
                            + " select coalesce(max(sequence), 0) + 1, ?, ?, ?, ?, ? from access_token",
                    sha256,
                    holder.role().word(),
                    holder.name(),
                    holder.subject(),
                    holder.until().map(Instant::toEpochMilli));
        });
    }

    static void requireOpen(DatabaseTransaction transaction, int account) {
        if (transaction.number("select count(*) from clearing_account where number = ?", account) == 0) {
            throw new BadInput("account", Integer.toString(account), "must be open");
        }
    }

    /** Every token that was ever given, in this order. */
    public List<Token> tokens() {
        return database.read(transaction -> transaction.query(TOKENS + " order by t.sequence", AccessRegister::token));
    }

    /** Who holds a token now; empty if it was never given, was taken back, or has ended. */
    public Optional<Holder> holder(Digest sha256, Instant now) {
        return database.read(transaction -> transaction
                .first(TOKENS + " where t.sha256 = ?", AccessRegister::token, sha256)
                .filter(token -> !token.revoked())
                .map(Token::holder)
                .filter(holder -> isInForce(holder, now)));
    }

    /** Who comes under a name that a token was given to; empty unless one of its tokens is in force. */
    public Optional<Holder> named(String name, Instant now) {
        return database
                .read(transaction -> transaction.query(
                        TOKENS + " where t.name = ? and e.sha256 is null order by t.sequence",
                        AccessRegister::token,
                        name))
                .stream()
                .map(Token::holder)
                .filter(holder -> isInForce(holder, now))
                .findFirst();
    }

    private static boolean isInForce(Holder holder, Instant now) {
        return holder.until().filter(end -> !now.isBefore(end)).isEmpty();
    }

    /**
     * Takes back every token of a name, for good.
     *
     * @return how many that were not taken back before
     */
    public int revoke(String name) {
        return database.write(transaction -> {
            List<Digest> standing = transaction.query(
                    "select t.sha256 from access_token t left join access_token_end e using (sha256) where t.name "
                            + "= ? and e.sha256 is null order by t.sequence",
                    row -> row.digest(1),
                    name);
            standing.forEach(sha256 -> transaction.update(
                    "insert into access_token_end (sequence, sha256) select coalesce(max(sequence), 0) + 1, ? from access_token_end",
                    sha256));
            return standing.size();
        });
    }

    /**
     * Keeps that somebody signed in.
     *
     * @param nonce of what he signed; it serves once
     * @param sha256 of the session's secret
     * @return whether the nonce served for the first time
     */
    public boolean signIn(String nonce, Digest sha256, String signer, Instant until) {
        return database.write(transaction -> transaction.update(
                        "insert into sign_in (nonce, sha256, signer, ends_millis) values (?, ?, ?, ?) on conflict (nonce) do nothing",
                        nonce,
                        sha256,
                        signer,
                        until.toEpochMilli())
                == 1);
    }

    /** Who stands behind a session now; empty if it never was, or is over. */
    public Optional<Session> session(Digest sha256, Instant now) {
        return database.read(transaction -> transaction
                .first(
                        "select s.signer from sign_in s left join sign_in_end e using (sha256) where s.sha256 = ? "
                                + "and e.sha256 is null and s.ends_millis > ?",
                        row -> row.text(1),
                        sha256,
                        now.toEpochMilli())
                .map(signer -> new Session(signer, accounts(transaction, signer))));
    }

    /** The accounts whose owner's key a signer is now. */
    public Set<Integer> accounts(String signer) {
        return database.read(transaction -> accounts(transaction, signer));
    }

    private static Set<Integer> accounts(DatabaseTransaction transaction, String signer) {
        return new TreeSet<>(transaction.query(
                "select clearing_account from (select distinct on (clearing_account) clearing_account, signer from "
                        + "account_owner order by clearing_account, sequence desc) newest where signer = ?",
                row -> row.integer(1),
                signer));
    }

    /** Ends a session. */
    public void signOut(Digest sha256) {
        database.write(transaction -> transaction.update(
                "insert into sign_in_end (sha256) select sha256 from sign_in where sha256 = ? on conflict do nothing",
                sha256));
    }

    private static Token token(DatabaseTransaction.Row row) throws SQLException {
        return new Token(
                row.digest(1),
                new Holder(
                        row.text(3),
                        Role.of(row.text(2)),
                        row.optionalText(4),
                        row.optionalNumber(5).map(Instant::ofEpochMilli)),
                row.text(6).equals("t"));
    }

    /**
     * Requests that callers named by a key of their own: one that is asked again is answered again and not done again. Kept for {@link
     * #KEPT}.
     */
    public static final class RequestKeys {
        /** How long a key is known. */
        public static final Duration KEPT = Duration.ofHours(24);

        /** Keys of one caller that are known at a time. */
        public static final int KEYS_MAX = 1_000;

        private final Database database;

        /** Those of a database. */
        public RequestKeys(Database database) {
            this.database = database;
        }

        /**
         * What was answered.
         *
         * @param status 200 to 499
         * @param type media type
         * @param body at most 65,536 characters
         */
        public record Answer(int status, String type, String body) {}

        /** What is known of a request that begins. */
        public sealed interface Known {
            /** Nothing: it is to be done, and is known from now on. */
            record Nothing() implements Known {}

            /** It was done, and answered. */
            record Answered(Answer answer) implements Known {}

            /** It was begun and is not answered: it is under way, or was cut short. */
            record UnderWay() implements Known {}

            /** The key was another request's. */
            record AnotherRequest() implements Known {}

            /** Nothing, and the caller has as many keys as one may. */
            record TooMany() implements Known {}
        }

        /**
         * Begins a request, unless it is known.
         *
         * @param request SHA-256 of all that it asks
         */
        public Known begin(String caller, String key, Digest request, Instant now) {
            return database.write(transaction -> {
                transaction.update(
                        "delete from request_key where begun_millis < ?",
                        now.minus(KEPT).toEpochMilli());
                Optional<Known> known = transaction.first(
                        "select k.request, a.type, coalesce(a.status, 0), coalesce(a.body, '') from request_key k"
                                + " left join request_answer a using (caller, key) where caller = ? and key = ?",
                        row -> known(request, row),
                        caller,
                        key);
                if (known.isPresent()) {
                    return known.get();
                }
                if (transaction.number("select count(*) from request_key where caller = ?", caller) >= KEYS_MAX) {
                    return new Known.TooMany();
                }
                transaction.update(
                        "insert into request_key (caller, key, request, begun_millis) values (?, ?, ?, ?)",
                        caller,
                        key,
                        request,
                        now.toEpochMilli());
                return new Known.Nothing();
            });
        }

        private static Known known(Digest request, DatabaseTransaction.Row row) throws SQLException {
            if (!row.digest(1).equals(request)) {
                return new Known.AnotherRequest();
            }
            Optional<String> type = row.optionalText(2);
            return type.isEmpty()
                    ? new Known.UnderWay()
                    : new Known.Answered(new Answer(row.integer(3), type.get(), row.text(4)));
        }

        /** Keeps what was answered. */
        public void answer(String caller, String key, Answer answer) {
            database.write(transaction -> transaction.update(
                    "insert into request_answer (caller, key, status, type, body) values (?, ?, ?, ?, ?)",
                    caller,
                    key,
                    answer.status(),
                    answer.type(),
                    answer.body()));
        }

        /** Forgets a request that changed nothing, so that it may be tried again. */
        public void forget(String caller, String key) {
            database.write(transaction ->
                    transaction.update("delete from request_key where caller = ? and key = ?", caller, key));
        }
    }
}
