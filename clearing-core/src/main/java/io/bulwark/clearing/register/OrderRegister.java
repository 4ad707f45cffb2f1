package io.bulwark.clearing.register;

import static io.bulwark.clearing.document.CanonicalValue.array;
import static io.bulwark.clearing.document.CanonicalValue.bytes;
import static io.bulwark.clearing.document.CanonicalValue.integer;
import static io.bulwark.clearing.document.CanonicalValue.text;

import io.bulwark.clearing.account.VenueAccount;
import io.bulwark.clearing.database.Database;
import io.bulwark.clearing.database.DatabaseTransaction;
import io.bulwark.clearing.document.CanonicalFields;
import io.bulwark.clearing.document.CanonicalReader;
import io.bulwark.clearing.document.CanonicalValue;
import io.bulwark.clearing.document.Digest;
import io.bulwark.clearing.money.Amount;
import java.math.BigInteger;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** What the house sent to venues for accounts that are liquidated, and what became of it. Rows are only added. */
public final class OrderRegister {
    private static final String KIND = "venue-order";
    private static final String SCHEMA = "bulwark-venue-order";
    private static final String ROWS =
            "select d.body, o.signed, (e.document is not null)::int, e.block, coalesce(e.done, false)::int from venue_order o"
                    + " join document d on d.digest = o.document left join venue_order_end e on e.document = o.document";

    private final Database database;

    /** The register of a database. */
    public OrderRegister(Database database) {
        this.database = database;
    }

    /**
     * An order as it is kept before it is sent.
     *
     * @param kind what it does there
     * @param because digest of what it follows from: of the epoch of whose plan it is the first batch, or of a declared default
     * @param epoch number of that epoch
     * @param account the clearing account
     * @param leg from 1: which order of the account in the epoch
     * @param at the venue account
     * @param symbol of the market there, or name of the asset that is paid in
     * @param size of the underlying, below 0 sold; of the asset, above 0
     * @param limit of all of it: the least that a sale brings, the most that a purchase costs; what is paid in, USD
     * @param chain EIP-155 number
     * @param sender whose transaction it is
     * @param nonce of which the chain takes one of the sender
     * @param transaction hash of the signed transaction
     */
    public record Order(
            Kind kind,
            Digest because,
            long epoch,
            int account,
            int leg,
            VenueAccount at,
            String symbol,
            Amount size,
            Amount limit,
            long chain,
            String sender,
            BigInteger nonce,
            String transaction) {
        /** What an order does. */
        public enum Kind {
            /** Trades for the account. */
            TRADE,
            /** Pays into it. */
            DEPOSIT
        }

        /**
         * ["bulwark-venue-order", 1, kind, because, epoch, account, leg, venue, address, symbol, size, limit, chain, sender, nonce,
         * transaction].
         */
        public CanonicalValue canonical() {
            return array(
                    text(SCHEMA),
                    integer(1),
                    text(kind.name()),
                    bytes(because),
                    integer(epoch),
                    integer(account),
                    integer(leg),
                    integer(at.venue()),
                    text(at.address()),
                    text(symbol),
                    text(size.toString()),
                    text(limit.toString()),
                    integer(chain),
                    text(sender),
                    integer(nonce.longValueExact()),
                    text(transaction));
        }

        private static Order of(CanonicalValue value) {
            CanonicalFields fields = CanonicalFields.document(value, SCHEMA, 1);
            Order order = new Order(
                    Kind.valueOf(fields.text("kind")),
                    fields.digest("because"),
                    fields.integer("epoch", 1, Long.MAX_VALUE),
                    (int) fields.integer("account", 0, Integer.MAX_VALUE),
                    (int) fields.integer("leg", 1, Integer.MAX_VALUE),
                    new VenueAccount((int) fields.integer("venue", 0, Integer.MAX_VALUE), fields.text("address")),
                    fields.text("symbol"),
                    Amount.of(fields.text("size")),
                    Amount.of(fields.text("limit")),
                    fields.integer("chain", 1, Long.MAX_VALUE),
                    fields.text("sender"),
                    BigInteger.valueOf(fields.integer("nonce", 0, Long.MAX_VALUE)),
                    fields.text("transaction"));
            fields.end();
            return order;
        }
    }

    /**
     * What became of an order.
     *
     * @param block in which it is; empty for one that will be in none, since another transaction took its nonce
     * @param done whether it traded; else it was reverted
     */
    public record End(OptionalLong block, boolean done) {}

    /**
     * An order, the transaction as it was signed, and what became of it; empty as long as nobody knows.
     */
    public record Kept(Order order, byte[] signed, Optional<End> end) {
        /** Copies. */
        public Kept {
            signed = signed.clone();
        }

        @Override
        public byte[] signed() {
            return signed.clone();
        }
    }

    /**
     * Keeps an order, before it is sent.
     *
     * @throws io.bulwark.clearing.database.DatabaseException if there is another for the same leg or nonce
     */
    public Kept keep(Order order, byte[] signed) {
        return database.write(transaction -> {
            Digest document =
                    Documents.store(transaction, KIND, order.canonical().encode());
            transaction.update(
                    "insert into venue_order (sequence, document, epoch, clearing_account, leg, chain, sender, nonce, signed)"
                            + " select coalesce(max(sequence), 0) + 1, ?, ?, ?, ?, ?, ?, ?, ? from venue_order",
                    document,
                    order.epoch(),
                    order.account(),
                    order.leg(),
                    order.chain(),
                    order.sender(),
                    order.nonce().longValueExact(),
                    signed);
            return new Kept(order, signed, Optional.empty());
        });
    }

    /** Writes down what became of an order; the same again changes nothing. */
    public Kept ended(Kept kept, End end) {
        return database.write(transaction -> {
            transaction.update(
                    "insert into venue_order_end (document, block, done) values (?, ?, ?) on conflict (document) do nothing",
                    kept.order().canonical().sha256(),
                    end.block().isPresent() ? Optional.of(end.block().getAsLong()) : Optional.empty(),
                    end.done());
            return new Kept(kept.order(), kept.signed(), Optional.of(end));
        });
    }

    /** Every order of an account, the oldest first. */
    public List<Kept> of(int account) {
        return database.read(transaction -> transaction.query(
                ROWS + " where o.clearing_account = ? order by o.sequence", OrderRegister::kept, account));
    }

    /** Orders of a sender on a chain of which nobody knows yet what became, by nonce: the chain takes them in this order. */
    public List<Kept> open(long chain, String sender) {
        return database.read(transaction -> transaction.query(
                ROWS + " where o.chain = ? and o.sender = ? and e.document is null order by o.nonce",
                OrderRegister::kept,
                chain,
                sender));
    }

    /** How much is written down: whoever saw as much saw everything. */
    public long written() {
        return database.read(transaction -> transaction.number(
                "select (select count(*) from venue_order) + (select count(*) from venue_order_end)"));
    }

    private static Kept kept(DatabaseTransaction.Row row) throws SQLException {
        boolean ended = row.integer(3) == 1;
        Optional<Long> block = row.optionalNumber(4);
        return new Kept(
                Order.of(CanonicalReader.read(row.bytes(1))),
                row.bytes(2),
                ended
                        ? Optional.of(new End(
                                block.isPresent() ? OptionalLong.of(block.get()) : OptionalLong.empty(),
                                row.integer(5) == 1))
                        : Optional.empty());
    }
}
