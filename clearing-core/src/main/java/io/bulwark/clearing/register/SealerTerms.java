package io.bulwark.clearing.register;

import io.bulwark.clearing.database.DatabaseTransaction;
import java.util.Optional;

/** Who was elected to seal, term after term from 1: the last that began is the only one in which an epoch is sealed. */
final class SealerTerms {
    private SealerTerms() {}

    static long begin(DatabaseTransaction transaction, String holder) {
        long term = last(transaction) + 1;
        transaction.update("insert into sealer_term (term, holder) values (?, ?)", term, holder);
        return term;
    }

    /** 0 before the first. */
    static long last(DatabaseTransaction transaction) {
        return transaction.number("select coalesce(max(term), 0) from sealer_term");
    }

    static Optional<String> holder(DatabaseTransaction transaction) {
        return transaction.first("select holder from sealer_term order by term desc limit 1", row -> row.text(1));
    }
}
