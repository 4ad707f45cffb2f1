package io.bulwark.clearing.ledger;

import io.bulwark.clearing.database.DatabaseTransaction;
import io.bulwark.clearing.document.Digest;
import java.util.List;
import java.util.function.Consumer;

/**
 * A table of the books whose rows epochs seal. Of most the rows stand at positions that only grow, so that an epoch seals those since the
 * epoch before; of the others it lists those that it has not sealed yet. When something was received decides nothing and is not sealed;
 * balances are sums of legs, and a document is named by its own digest.
 */
enum BookTable {
    MEMBER("member", "number + 1", "number, name"),
    LEAF_IDENTITY("leaf_identity", "sequence", "sequence, clearing_account, owner, salt"),
    PAID_ALLOCATION("paid_allocation", "sequence", "sequence, clearing_account, body"),
    BUNDLE_KEY("bundle_key", "sequence", "sequence, clearing_account, public_key"),
    ACCOUNT_OWNER("account_owner", "sequence", "sequence, clearing_account, signer"),
    LINK_STATEMENT("link_statement", "sequence", "sequence, digest, action, clearing_account, venue, address, nonce"),
    RAW_SNAPSHOT("raw_snapshot", "arrival", "digest, arrival, venue, address, horizon, reader, signature"),
    QUARANTINE("quarantine", "sequence", "sequence, document, origin, field, value, rule"),
    LEDGER_ACCOUNT("ledger_account", "number", "number, name, commodity"),
    JOURNAL_ENTRY("journal_entry", "sequence", "sequence, kind, source, previous, hash"),
    JOURNAL_LEG("journal_leg", "entry", "entry, leg, account, amount"),
    TRANSFER("transfer", "entry", "id, document, entry"),
    ACCEPTED_SNAPSHOT("accepted_snapshot", "entry", "snapshot, venue, address, horizon_time, horizon_number, entry"),
    SUPERSEDED_SNAPSHOT("superseded_snapshot", "entry", "snapshot, entry"),
    EPOCH("epoch", "number", "number, epoch_time, digest, previous, body, inputs"),
    EPOCH_DOCUMENT("epoch_document", "epoch", "epoch, name, digest"),
    STATEMENT(
            "statement",
            "epoch",
            "epoch, clearing_account, document, state, initial_margin, maintenance_margin, equity, excess_initial, excess_maintenance"),
    PROOF("proof", "sequence", "digest, epoch, verifying_key, public_inputs, sequence"),
    FUND_PROOF("fund_proof", "sequence", "digest, epoch, verifying_key, sequence"),
    PROOF_JOB("proof_job", "sequence", "id, sequence, epoch, clearing_account, claim, challenge, scope"),
    FUND_ACT("fund_act", "sequence", "sequence, document, payment, entry"),
    VENUE_ORDER(
            "venue_order",
            "sequence",
            "sequence, document, epoch, clearing_account, leg, chain, sender, nonce, signed"),
    SEALER_TERM("sealer_term", "term", "term, holder"),
    OUTBOX("outbox", "sequence", "sequence, topic, key, event"),
    ACCESS_TOKEN("access_token", "sequence", "sequence, sha256, role, name, subject, ends_millis"),
    ACCESS_TOKEN_END("access_token_end", "sequence", "sequence, sha256"),
    CONSENT("consent", "sequence", "sequence, document, action, clearing_account, grantee, scope, nonce, ends_millis"),
    LEGAL_HOLD(
            "legal_hold",
            "sequence",
            "sequence, hold, act, clearing_account, reason, ends_millis, actor, role, at_millis"),
    ACCESS_LOG("access_log", "sequence", "sequence, at_millis, actor, clearing_account, asked, ground, ground_number"),
    CLEARING_ACCOUNT("clearing_account", "", "number, name, member"),
    VENUE_ACCOUNT("venue_account", "", "venue, address, clearing_account"),
    INCIDENT("incident", "", "first, second"),
    SUPERSESSION("supersession", "", "orphaned, successor"),
    EPOCH_SIGNATURE("epoch_signature", "", "epoch, signer, signature"),
    FOUNDING("founding", "", "document"),
    HOUSE_STATEMENT("house_statement", "", "subject, number, document"),
    HOUSE_STATEMENT_SIGNATURE("house_statement_signature", "", "subject, number, signer, signature"),
    PROOF_ATTEMPT("proof_attempt", "", "job, number"),
    PROOF_FAILURE("proof_failure", "", "job, number, reason"),
    PROOF_OUTCOME("proof_outcome", "", "job, kind, proof, field, value, rule"),
    VENUE_ORDER_END("venue_order_end", "", "document, block, done"),
    FUND_COVERAGE("fund_coverage", "", "epoch, demanded, received");

    private final String table;
    private final String position;
    private final String row;

    BookTable(String table, String position, String columns) {
        this.table = table;
        this.position = position;
        this.row = "sha256(convert_to(jsonb_build_array(" + columns + ")::text, 'UTF8'))";
    }

    /** The table's name. */
    String title() {
        return table;
    }

    /** Whether its rows stand at positions that only grow. */
    boolean isOrdered() {
        return !position.isEmpty();
    }

    /** Whether a record leaves it out as long as it has no row: what epochs sealed before there was such a table stays what it is. */
    boolean isLeftOutWhenEmpty() {
        return switch (this) {
            case ACCESS_TOKEN, ACCESS_TOKEN_END, CONSENT, LEGAL_HOLD, ACCESS_LOG -> true;
            default -> false;
        };
    }

    /** The last position; 0 of a table without a row. */
    long last(DatabaseTransaction transaction) {
        return transaction.number("select coalesce(max(" + position + "), 0) from " + table);
    }

    /** Hands on the digests of the rows after a position up to another, in their order; from 0 on nothing is left out. */
    void rows(DatabaseTransaction transaction, long after, long upTo, Consumer<Digest> consumer) {
        transaction.each(
                "select " + row + " from " + table + " where " + position + " > ? and " + position + " <= ? order by "
                        + position + ", 1",
                found -> found.digest(1),
                consumer,
                after == 0 ? Long.MIN_VALUE : after,
                upTo);
    }

    /** The digests of all rows, sorted. */
    List<Digest> rows(DatabaseTransaction transaction) {
        return transaction.query("select " + row + " from " + table + " order by 1", found -> found.digest(1));
    }
}
