package io.bulwark.prover.book;

import io.bulwark.clearing.document.CanonicalException;
import io.bulwark.clearing.document.CanonicalFields;
import io.bulwark.clearing.document.CanonicalReader;
import io.bulwark.clearing.document.CanonicalValue;
import io.bulwark.prover.commitment.EpochCommitment;
import java.util.List;
import java.util.stream.IntStream;

/**
 * What a book says about its epoch. It holds where the judge of {@code circuits/verification} accepts the file that it comes from.
 *
 * @param epoch the epoch
 * @param accounts accounts that are counted
 * @param batches batches that they stand in
 * @param shortfall what the accounts whose equity is below 0 lack together at most, u = 10⁻⁴ USD
 * @param cashOwed sum of the cash of accounts that have some, u
 * @param cashLent sum of what accounts owe in cash, u
 * @param cashReserve what the house holds against the cash owed, u
 * @param assets by asset of the risk table
 * @param instruments by instrument of the risk table
 */
public record BookStatement(
        EpochCommitment epoch,
        long accounts,
        int batches,
        long shortfall,
        long cashOwed,
        long cashLent,
        long cashReserve,
        List<AssetTotal> assets,
        List<InstrumentTotal> instruments) {
    /** Copies the lists. */
    public BookStatement {
        assets = List.copyOf(assets);
        instruments = List.copyOf(instruments);
    }

    /**
     * One asset of the risk table; places beyond its list are 0.
     *
     * @param owed lots that accounts hold as collateral: what the house owes
     * @param lent lots that accounts owe
     * @param reserve lots that the house holds
     */
    public record AssetTotal(long owed, long lent, long reserve) {}

    /**
     * One instrument of the risk table; places beyond its list are 0.
     *
     * @param longLots lots that accounts are long
     * @param shortLots lots that accounts are short
     * @param paidLots lots that accounts have paid for: what the house owes in kind
     * @param reserve lots that the house holds against them
     */
    public record InstrumentTotal(long longLots, long shortLots, long paidLots, long reserve) {}

    /**
     * Reads the statement of a bundle.
     *
     * @throws io.bulwark.clearing.document.CanonicalException if it is none
     */
    static BookStatement of(byte[] bundle) {
        CanonicalFields fields = CanonicalReader.document(bundle, "bulwark-book", 2);
        EpochCommitment epoch = EpochCommitment.ofDocument(fields.bytes("epoch"));
        fields.value("values");
        int batches = fields.list("batches", BookStatement::batch).size();
        fields.value("layers");
        long accounts = fields.integer("accounts");
        long shortfall = fields.integer("shortfall");
        CanonicalFields published = fields.fields("published");
        long owed = published.integer("cashPlus");
        long lent = published.integer("cashMinus");
        long reserve = published.integer("cashReserve");
        List<Long> lines = integers(published, "lines");
        List<Long> reserves = integers(published, "reserves");
        List<Long> longLots = integers(published, "long");
        List<Long> shortLots = integers(published, "short");
        List<Long> paidLots = integers(published, "paid");
        List<Long> paidReserves = integers(published, "paidReserves");
        return new BookStatement(
                epoch,
                accounts,
                batches,
                shortfall,
                owed,
                lent,
                reserve,
                IntStream.range(0, Math.min(lines.size(), reserves.size()) / 2)
                        .mapToObj(asset ->
                                new AssetTotal(lines.get(2 * asset), lines.get(2 * asset + 1), reserves.get(2 * asset)))
                        .toList(),
                IntStream.range(0, least(List.of(longLots, shortLots, paidLots, paidReserves)))
                        .mapToObj(row -> new InstrumentTotal(
                                longLots.get(row), shortLots.get(row), paidLots.get(row), paidReserves.get(row)))
                        .toList());
    }

    private static int least(List<List<Long>> lists) {
        return lists.stream().mapToInt(List::size).min().orElse(0);
    }

    private static CanonicalValue batch(CanonicalFields fields) {
        CanonicalValue node = fields.value("node");
        fields.value("proof");
        fields.value("values");
        return node;
    }

    private static List<Long> integers(CanonicalFields fields, String name) {
        if (fields.value(name) instanceof CanonicalValue.Array(List<CanonicalValue> values)) {
            return values.stream()
                    .map(value -> value instanceof CanonicalValue.Int(long number) ? number : refused(name))
                    .toList();
        }
        throw new CanonicalException("published." + name, "another value", "must be an array");
    }

    private static long refused(String name) {
        throw new CanonicalException("published." + name, "another value", "must hold integers");
    }
}
