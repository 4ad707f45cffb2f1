package io.bulwark.prover.contagion;

import io.bulwark.clearing.document.Digest;
import io.bulwark.clearing.governance.ParameterSet;
import io.bulwark.netting.buffer.BufferParameters;
import io.bulwark.netting.buffer.BufferTariff;
import io.bulwark.netting.buffer.HouseBook;
import io.bulwark.netting.buffer.HouseBuffer;
import io.bulwark.netting.contagion.ContagionAccount;
import io.bulwark.netting.contagion.ContagionSystem;
import io.bulwark.netting.contagion.ContagionVector;
import io.bulwark.netting.formula.Requirement;
import io.bulwark.netting.portfolio.Entry;
import io.bulwark.netting.portfolio.MarginAccount;
import io.bulwark.netting.risktable.RiskTable;
import io.bulwark.prover.HouseTable;
import io.bulwark.prover.binding.FieldElement;
import io.bulwark.prover.binding.ProverLibrary;
import io.bulwark.prover.commitment.AccountLeaf;
import io.bulwark.prover.commitment.AccountLeaf.Format;
import io.bulwark.prover.commitment.AccountTree;
import io.bulwark.prover.commitment.EpochCommitment;
import io.bulwark.prover.commitment.MarginLeaf;
import io.bulwark.prover.commitment.RiskTableTree;
import io.bulwark.prover.commitment.TariffCommitment;
import io.bulwark.prover.fund.FundRequest;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * A house of four accounts, two of one member, that hold perpetuals, futures, collateral and debt of the house's own table at about their maintenance margin, so that
 * a scenario sells some of them.
 */
record DrawnHouse(
        ProverLibrary library,
        RiskTable table,
        ContagionSystem system,
        BufferTariff tariff,
        List<FundRequest.Account> accounts,
        EpochCommitment epoch) {
    private static final List<Integer> MEMBERS = List.of(1, 0, 2, 1);
    private static final int BTC_PERPETUAL = 0;
    private static final int BTC_FUTURE = 2;
    private static final int USDC = 0;
    private static final int BTC = 1;
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final FieldElement HOUSE = EpochCommitment.house(digest("founding document"));
    private static final long EPOCH = 7;

    static DrawnHouse of(ProverLibrary library, SplittableRandom random, int together) {
        ParameterSet parameters = ParameterSet.founding()
                .with(BufferParameters.PUBLISHED, 1)
                .with(BufferParameters.UNWIND_TOGETHER, together);
        RiskTable table = HouseTable.of(parameters);
        HouseBook book = HouseTable.book(table, parameters);
        List<MarginAccount> held = IntStream.range(0, MEMBERS.size())
                .mapToObj(i -> account(table, random))
                .toList();
        List<ContagionAccount> seen = IntStream.range(0, MEMBERS.size())
                .mapToObj(i -> book.account(
                        Integer.toString(i),
                        Optional.of("member-" + MEMBERS.get(i)),
                        held.get(i),
                        Requirement.of(table, held.get(i))))
                .toList();
        HouseBuffer buffer = HouseBuffer.of(book, seen, Optional.empty());
        List<FundRequest.Account> accounts = IntStream.range(0, MEMBERS.size())
                .mapToObj(i -> new AccountLeaf(
                        Format.of(table), i, AccountLeaf.drawSalt(RANDOM), AccountLeaf.drawSalt(RANDOM), held.get(i)))
                .map(leaf -> new FundRequest.Account(leaf, margin(table, leaf)))
                .toList();
        return sealed(library, table, buffer.system(), buffer.buffer().tariff(), accounts);
    }

    private static MarginLeaf margin(RiskTable table, AccountLeaf leaf) {
        Requirement required = Requirement.of(table, leaf.account());
        int number = Math.toIntExact(leaf.number());
        return new MarginLeaf(
                number,
                MEMBERS.get(number),
                required.initialMargin(),
                required.maintenanceMargin(),
                required.equity(),
                number,
                MarginLeaf.salt(HOUSE, EPOCH, leaf.salt()));
    }

    /** The size of the circuit for such houses. */
    static ContagionShape shape(DrawnHouse house) {
        return new ContagionShape(
                1,
                2,
                3,
                6,
                6,
                house.tariff.groups().size(),
                house.tariff.scenarios().size(),
                3,
                Format.WITHOUT_VENUES);
    }

    private static MarginAccount account(RiskTable table, SplittableRandom random) {
        long size = 1L << (10 + random.nextInt(13));
        List<Entry> positions = Stream.of(BTC_PERPETUAL, BTC_FUTURE)
                .filter(number -> random.nextInt(4) > 0)
                .map(number -> new Entry(number, random.nextLong(1, size) * (random.nextBoolean() ? 1 : -1)))
                .toList();
        List<Entry> collateral = Stream.of(USDC, BTC)
                .filter(number -> random.nextBoolean())
                .map(number -> new Entry(number, random.nextLong(1, size)))
                .toList();
        List<Entry> debt = random.nextInt(3) == 0 ? List.of(new Entry(BTC, random.nextLong(1, size))) : List.of();
        Requirement bare = Requirement.of(table, new MarginAccount(0, positions, List.of(), collateral, debt));
        long cash = bare.maintenanceMargin() - bare.equity() + random.nextLong(1 + bare.initialMargin());
        return new MarginAccount(cash, positions, List.of(), collateral, debt);
    }

    /** The same house with other certified vectors; whatever is charged is at least as much. */
    DrawnHouse publishing(List<ContagionVector> certified) {
        List<ContagionVector> charged = new ArrayList<>();
        for (int s = 0; s < certified.size(); s++) {
            charged.add(certified.get(s).join(tariff.charged().get(s)).cutTo(million(certified.get(s))));
        }
        return sealed(
                library,
                table,
                system,
                new BufferTariff(
                        tariff.groups(),
                        tariff.symbols(),
                        tariff.scenarios(),
                        tariff.rules(),
                        certified,
                        charged,
                        tariff.exits(),
                        tariff.vega()),
                accounts);
    }

    private static ContagionVector million(ContagionVector like) {
        int[] rates = IntStream.range(0, like.groups()).map(k -> 1_000_000).toArray();
        return ContagionVector.of(rates, rates);
    }

    private static DrawnHouse sealed(
            ProverLibrary library,
            RiskTable table,
            ContagionSystem system,
            BufferTariff tariff,
            List<FundRequest.Account> accounts) {
        try (RiskTableTree opened = RiskTableTree.open(library, table).orElseThrow();
                AccountTree tree = AccountTree.open(library);
                AccountTree margins = AccountTree.open(library)) {
            TreeMap<Long, FieldElement> hashes = new TreeMap<>();
            accounts.forEach(account -> hashes.put(
                    account.leaf().number(), account.leaf().hash(library).orElseThrow()));
            tree.update(hashes);
            TreeMap<Long, FieldElement> leaves = new TreeMap<>();
            accounts.forEach(account ->
                    leaves.put(account.margin().number(), account.margin().hash(library)));
            margins.update(leaves);
            EpochCommitment epoch = new EpochCommitment(
                    HOUSE,
                    EPOCH,
                    FieldElement.of(6),
                    tree.root(),
                    opened.root(),
                    table.digest(),
                    digest("parameters"),
                    digest("inputs"),
                    FieldElement.ZERO,
                    FieldElement.ZERO,
                    TariffCommitment.of(opened, tariff).orElseThrow().digest(),
                    margins.root());
            return new DrawnHouse(library, table, system, tariff, accounts, epoch);
        }
    }

    private static Digest digest(String text) {
        return Digest.sha256(text.getBytes(StandardCharsets.UTF_8));
    }

    ContagionRequest request() {
        return request(accounts);
    }

    ContagionRequest request(List<FundRequest.Account> of) {
        return new ContagionRequest(epoch, table, tariff, of);
    }
}
