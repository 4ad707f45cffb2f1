package io.bulwark.clearing.ledger;

import io.bulwark.clearing.database.DatabaseTransaction;
import io.bulwark.clearing.document.Digest;
import io.bulwark.clearing.ledger.JournalEntry.Kind;
import io.bulwark.clearing.ledger.JournalEntry.Posting;
import io.bulwark.clearing.money.Amount;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The journal inside a write transaction: appends entries, keeps the balances beside them. */
final class Journal {
    private Journal() {}

    private record Head(long sequence, Digest hash) {}

    /** Appends an entry with these postings after the last one. */
    static JournalEntry append(DatabaseTransaction transaction, Kind kind, Digest source, List<Posting> postings) {
        Head head = head(transaction);
        JournalEntry entry = new JournalEntry(head.sequence() + 1, kind, source, head.hash(), postings);
        transaction.update(
                "insert into journal_entry (sequence, kind, source, previous, hash) values (?, ?, ?, ?, ?)",
                entry.sequence(),
                kind.name(),
                source,
                entry.previous(),
                entry.hash());
        Map<String, Long> numbers = accountNumbers(transaction, entry.postings());
        List<List<Object>> rows = new ArrayList<>();
        List<List<Object>> balances = new ArrayList<>();
        for (Posting posting : entry.postings()) {
            long account = numbers.getOrDefault(posting.account().name(), 0L);
            rows.add(List.of(
                    entry.sequence(), rows.size(), account, posting.amount().toDecimal()));
            balances.add(List.of(account, posting.amount().toDecimal()));
        }
        transaction.batch("insert into journal_leg (entry, leg, account, amount) values (?, ?, ?, ?)", rows);
        transaction.batch(
                "insert into ledger_balance (account, amount) values (?, ?) on conflict (account) do update set amount = ledger_balance.amount + excluded.amount",
                balances);
        return entry;
    }

    private static Head head(DatabaseTransaction transaction) {
        return transaction
                .first(
                        "select sequence, hash from journal_entry order by sequence desc limit 1",
                        row -> new Head(row.number(1), row.digest(2)))
                .orElse(new Head(0, Digest.ZERO));
    }

    /** The signed balance, debits minus credits; zero for an account that nothing has touched. */
    static Amount debitBalance(DatabaseTransaction transaction, LedgerAccount account) {
        return transaction
                .first(
                        "select b.amount from ledger_balance b join ledger_account a on a.number = b.account where a.name = ?",
                        row -> row.amount(1),
                        account.name())
                .orElse(Amount.ZERO);
    }

    /** The balances on their normal side of all accounts whose name begins so, without those at zero. */
    static Map<LedgerAccount, Amount> balances(DatabaseTransaction transaction, String prefix) {
        Map<LedgerAccount, Amount> balances = new HashMap<>();
        transaction.each(
                "select a.name, b.amount from ledger_balance b join ledger_account a on a.number = b.account where a.name ^@ ? and b.amount <> 0",
                row -> Map.entry(LedgerAccount.of(row.text(1)), row.amount(2)),
                balance -> balances.put(balance.getKey(), onNormalSide(balance.getKey(), balance.getValue())),
                prefix);
        return balances;
    }

    /** A signed balance as counted on the account's normal side. */
    static Amount onNormalSide(LedgerAccount account, Amount debitBalance) {
        return account.debitNormal() ? debitBalance : debitBalance.negate();
    }

    private static Map<String, Long> accountNumbers(DatabaseTransaction transaction, List<Posting> postings) {
        Map<String, Long> numbers = new HashMap<>();
        String[] names =
                postings.stream().map(posting -> posting.account().name()).toArray(String[]::new);
        transaction.each(
                "select name, number from ledger_account where name = any(?)",
                row -> Map.entry(row.text(1), row.number(2)),
                found -> numbers.put(found.getKey(), found.getValue()),
                (Object) names);
        long next = transaction.number("select coalesce(max(number), 0) + 1 from ledger_account");
        List<List<Object>> opened = new ArrayList<>();
        for (Posting posting : postings) {
            if (numbers.putIfAbsent(posting.account().name(), next) == null) {
                opened.add(List.of(
                        next,
                        posting.account().name(),
                        posting.account().commodity().id()));
                next++;
            }
        }
        transaction.batch("insert into ledger_account (number, name, commodity) values (?, ?, ?)", opened);
        return numbers;
    }
}
