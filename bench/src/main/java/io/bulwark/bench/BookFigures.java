package io.bulwark.bench;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.bulwark.clearing.document.Digest;
import io.bulwark.clearing.governance.ParameterSet;
import io.bulwark.clearing.instrument.AssetTier;
import io.bulwark.clearing.instrument.Instrument;
import io.bulwark.clearing.instrument.ListedAsset;
import io.bulwark.clearing.instrument.Listing;
import io.bulwark.clearing.instrument.RiskGroup;
import io.bulwark.clearing.money.Amount;
import io.bulwark.clearing.oracle.Measure;
import io.bulwark.clearing.oracle.PriceBook;
import io.bulwark.clearing.oracle.PriceReport;
import io.bulwark.clearing.position.EvidenceGrade;
import io.bulwark.netting.market.Market;
import io.bulwark.netting.portfolio.Entry;
import io.bulwark.netting.portfolio.MarginAccount;
import io.bulwark.netting.revaluation.RiskTableBuilder;
import io.bulwark.netting.risktable.RiskTable;
import io.bulwark.prover.binding.FieldElement;
import io.bulwark.prover.binding.ProverLibrary;
import io.bulwark.prover.book.BookKeys;
import io.bulwark.prover.book.BookProver.BookCost;
import io.bulwark.prover.book.BookProver;
import io.bulwark.prover.book.BookRequest;
import io.bulwark.prover.book.BookShape.BatchShape;
import io.bulwark.prover.book.BookShape.TopShape;
import io.bulwark.prover.book.BookShape;
import io.bulwark.prover.book.Reserves;
import io.bulwark.prover.commitment.AccountLeaf;
import io.bulwark.prover.commitment.AccountTree;
import io.bulwark.prover.commitment.EpochCommitment;
import io.bulwark.prover.commitment.RiskTableTree;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.OptionalLong;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.IntStream;

/**
 * The figures of a book whose batch has 256 accounts with 16 lines of 100 assets each: one batch and the top above it, and the top alone,
 * so that their difference is what the batch costs. Accounts and amounts are seeded.
 */
final class BookFigures {
    private static final BookShape SHAPE =
            new BookShape(new BatchShape(4, 16, 0, 100, 0, 0, 0, AccountLeaf.Format.WITHOUT_VENUES), new TopShape(100, 0, 4, 2, 10));

    private static final long SEED = 20_240_523;
    private static final long EPOCH_MILLIS = 1_716_487_860_000L;
    private static final long DAY_MILLIS = 86_400_000;
    private static final int LOTS_MAX = 1_000_000;
    private static final double MILLIS = 1_000.0;

    /** Binance's README: 42,300 constraints an account of 50 assets of 500; 700 to 1,380 accounts in 62 s on 32 virtual cores. */
    private static final long BINANCE_CONSTRAINTS = 42_300;

    private static final double BINANCE_ACCOUNTS = 0.70;

    private BookFigures() {}

    static void measure(ObjectNode figures, ProverLibrary library) {
        RiskTable table = table();
        List<AccountLeaf> leaves = leaves();
        BookRequest request =
                new BookRequest(epoch(library, table, leaves), leaves, reserves(leaves), 0, OptionalLong.empty());
        BookCost whole;
        BookCost top;
        try (BookProver prover = BookProver.open(
                library, BookKeys.prepare(library, SHAPE, ProofBenchmark.keyFolder(), BookFigures::announce))) {
            BookProver.Proved first = prover.prove(table, request, new byte[0]).orElseThrow();
            whole = first.cost();
            top = prover.prove(table, request, first.kept()).orElseThrow().cost();
        }
        double batchSeconds = (whole.cpuMillis() - top.cpuMillis()) / MILLIS;
        ObjectNode book = figures.putObject("book");
        ObjectNode shape = book.putObject("shape");
        shape.put("accounts", SHAPE.batch().accounts());
        shape.put("lines", SHAPE.batch().lines());
        shape.put("assets", SHAPE.batch().assets());
        book.put(
                "constraintsPerAccount",
                Math.ceilDiv(whole.batchConstraints(), SHAPE.batch().accounts()));
        book.put("batchCpuSeconds", MarginFigures.rounded(batchSeconds));
        book.put("topCpuSeconds", MarginFigures.rounded(top.cpuMillis() / MILLIS));
        book.put("accountsPerCoreSecond", MarginFigures.rounded(SHAPE.batch().accounts() / batchSeconds));
        ObjectNode peer = book.putObject("published").putObject("binance");
        peer.put("constraintsPerAccount", BINANCE_CONSTRAINTS);
        peer.put("accountsPerCoreSecond", BINANCE_ACCOUNTS);
    }

    private static void announce(long seconds) {
        System.err.println("making the keys of the book: " + seconds + " s");
    }

    private static List<AccountLeaf> leaves() {
        Random random = new Random(SEED);
        SecureRandom salts = new SecureRandom();
        return IntStream.range(0, SHAPE.batch().accounts())
                .mapToObj(number -> new AccountLeaf(
                        AccountLeaf.Format.WITHOUT_VENUES,
                        number,
                        AccountLeaf.drawSalt(salts),
                        AccountLeaf.drawSalt(salts),
                        account(random)))
                .toList();
    }

    /** Sixteen different lines: twelve of collateral, four of debt in other assets. */
    private static MarginAccount account(Random random) {
        List<Integer> assets = new ArrayList<>(
                IntStream.range(0, SHAPE.batch().assets()).boxed().toList());
        Collections.shuffle(assets, random);
        int debts = SHAPE.batch().lines() / 4;
        return new MarginAccount(
                1 + random.nextInt(LOTS_MAX),
                List.of(),
                List.of(),
                entries(assets.subList(debts, SHAPE.batch().lines()), random),
                entries(assets.subList(0, debts), random));
    }

    private static List<Entry> entries(List<Integer> assets, Random random) {
        return assets.stream()
                .sorted()
                .map(asset -> new Entry(asset, 1 + random.nextInt(LOTS_MAX)))
                .toList();
    }

    private static Reserves reserves(List<AccountLeaf> leaves) {
        long[] owed = new long[SHAPE.batch().assets()];
        leaves.forEach(leaf -> leaf.account().collateral().forEach(held -> owed[held.number()] += held.lots()));
        long cash = leaves.stream().mapToLong(leaf -> leaf.account().cash()).sum();
        return new Reserves(
                cash,
                IntStream.range(0, owed.length).mapToObj(asset -> owed[asset]).toList());
    }

    private static EpochCommitment epoch(ProverLibrary library, RiskTable table, List<AccountLeaf> leaves) {
        TreeMap<Long, FieldElement> hashes = new TreeMap<>();
        leaves.forEach(leaf -> hashes.put(leaf.number(), leaf.hash(library).orElseThrow()));
        try (AccountTree accounts = AccountTree.open(library);
                RiskTableTree sealed = RiskTableTree.open(library, table).orElseThrow()) {
            accounts.update(hashes);
            return new EpochCommitment(
                    EpochCommitment.house(digest("founding document")),
                    1,
                    FieldElement.ZERO,
                    accounts.root(),
                    sealed.root(),
                    sealed.digest(),
                    digest("parameters"),
                    digest("inputs"),
                    FieldElement.ZERO,
                    FieldElement.ZERO,
                    FieldElement.ZERO,
                    FieldElement.ZERO);
        }
    }

    private static Digest digest(String text) {
        return Digest.sha256(text.getBytes(StandardCharsets.UTF_8));
    }

    private static RiskTable table() {
        List<ListedAsset> assets = IntStream.range(0, SHAPE.batch().assets())
                .mapToObj(number -> new ListedAsset(
                        number,
                        name(number),
                        number,
                        new Instrument.Spot(name(number)),
                        Amount.of("0.0001"),
                        AssetTier.MAJOR,
                        110_000,
                        20_000,
                        EvidenceGrade.UNSIGNED))
                .toList();
        List<RiskGroup> groups = IntStream.range(0, assets.size())
                .mapToObj(number -> new RiskGroup(number, number == 0 ? "USD" : name(number)))
                .toList();
        Listing listing = new Listing(List.of(), groups, assets, List.of());
        List<PriceReport> reports = IntStream.range(0, assets.size())
                .mapToObj(number -> new PriceReport(
                        1,
                        Measure.INDEX_PRICE,
                        name(number),
                        Amount.of(Integer.toString(100 + 7 * number)),
                        EPOCH_MILLIS))
                .toList();
        Market market = Market.of(listing, new PriceBook(reports, EPOCH_MILLIS, DAY_MILLIS));
        return RiskTableBuilder.marginTable(listing, market, ParameterSet.founding())
                .table();
    }

    private static String name(int number) {
        return "A" + number;
    }
}
