package io.bulwark.prover.proof;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bulwark.clearing.governance.ParameterSet;
import io.bulwark.netting.buffer.BufferParameters;
import io.bulwark.netting.buffer.BufferTariff;
import io.bulwark.netting.buffer.HouseBook;
import io.bulwark.netting.buffer.HouseBuffer;
import io.bulwark.netting.contagion.ContagionAccount;
import io.bulwark.netting.formula.Requirement;
import io.bulwark.netting.portfolio.Entry;
import io.bulwark.netting.portfolio.MarginAccount;
import io.bulwark.netting.risktable.RiskTable;
import io.bulwark.prover.HouseTable;
import io.bulwark.prover.TestEpoch;
import io.bulwark.prover.TestKeys;
import io.bulwark.prover.binding.Answer;
import io.bulwark.prover.binding.ProverLibrary;
import io.bulwark.prover.commitment.Claim;
import io.bulwark.prover.commitment.Opening;
import io.bulwark.prover.commitment.TariffCommitment;
import io.bulwark.prover.proof.Constraints.Solution;
import io.bulwark.prover.witness.ProofShape;
import io.bulwark.prover.witness.ProofShape.TariffSize;
import io.bulwark.prover.witness.TableStructure;
import io.bulwark.prover.witness.WitnessRequest;
import io.bulwark.tier.Drawn;
import io.bulwark.tier.OfProof;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The buffer that the house computes and the one that the circuit proves are one integer, over random portfolios of the house's own table. */
@Drawn(0)
@OfProof
final class BufferParityTest {
    /** Of twenty none pays where all unwind together. */
    private static final int ACCOUNTS = 60;

    private static final int BTC_PERPETUAL = 0;
    private static final int BTC_OPTION = 1;
    private static final int BTC_FUTURE = 2;
    private static final int USDC = 0;
    private static final int BTC = 1;

    private final ProverLibrary library = ProverLibrary.load();

    /** A perpetual, a future, collateral and debt in one asset, so that what nets in a house and what does not differ. */
    private static MarginAccount account(SplittableRandom random) {
        long size = 1L << (8 + random.nextInt(15));
        List<Entry> positions = Stream.of(BTC_PERPETUAL, BTC_FUTURE)
                .filter(number -> random.nextInt(4) > 0)
                .map(number -> new Entry(number, random.nextLong(1, size) * (random.nextBoolean() ? 1 : -1)))
                .toList();
        List<Entry> collateral = Stream.of(USDC, BTC)
                .filter(number -> random.nextBoolean())
                .map(number -> new Entry(number, random.nextLong(1, size)))
                .toList();
        List<Entry> debt = random.nextInt(3) == 0 ? List.of(new Entry(BTC, random.nextLong(1, size))) : List.of();
        return new MarginAccount(1L << 42, positions, List.of(), collateral, debt);
    }

    @ParameterizedTest(name = "together {0}, {1}")
    @CsvSource({"0, DIRECT", "1, DIRECT", "0, CHALLENGE", "1, COMPACT"})
    void shouldProveTheHousesOwnInteger(long together, Opening opening) {
        ParameterSet parameters = ParameterSet.founding()
                .with(BufferParameters.PUBLISHED, 1)
                .with(BufferParameters.UNWIND_TOGETHER, together);
        RiskTable table = HouseTable.of(parameters);
        HouseBook book = HouseTable.book(table, parameters);
        SplittableRandom random = new SplittableRandom(20_261_120 + together);
        List<MarginAccount> accounts =
                IntStream.range(0, ACCOUNTS).mapToObj(i -> account(random)).toList();
        HouseBuffer buffer = HouseBuffer.of(book, seen(book, table, accounts), Optional.empty());
        BufferTariff tariff = buffer.buffer().tariff();
        int charged = 0;
        try (TestEpoch epoch = TestEpoch.of(library, table, accounts, tariff)) {
            ProofShape shape = new ProofShape(3, 4, 4, 0, 10, opening, TableStructure.of(table))
                    .with(TariffSize.of(
                            TariffCommitment.of(epoch.table(), tariff).orElseThrow()));
            for (int i = 0; i < ACCOUNTS; i++) {
                Requirement requirement = Requirement.of(table, accounts.get(i));
                long published = HouseBuffer.inU(buffer.published(accounts.get(i), requirement));
                assertEquals(HouseBuffer.inU(buffer.charges().get(i)), published);
                assertEquals(
                        published,
                        TariffCommitment.charge(epoch.table(), tariff, epoch.leaf(i))
                                .orElseThrow(),
                        "without a circuit, as an owner computes it");
                long most = requirement.equity() - requirement.initialMargin() - published;
                assertInstanceOf(Answer.Given.class, solve(shape, epoch, tariff, i, most), "account " + i);
                var refused = assertInstanceOf(
                        Answer.Refused.class, solve(shape, epoch, tariff, i, most + 1), "account " + i);
                assertEquals("CLAIM_NOT_MET", refused.refusal().code(), "account " + i);
                charged += published > 0 ? 1 : 0;
            }
        }
        assertTrue(charged > ACCOUNTS / 3, charged + " of " + ACCOUNTS + " pay");
    }

    @Test
    void shouldRefuseAnAccountWithAnOptionByName() {
        ParameterSet parameters = ParameterSet.founding().with(BufferParameters.PUBLISHED, 1);
        RiskTable table = HouseTable.of(parameters);
        HouseBook book = HouseTable.book(table, parameters);
        List<MarginAccount> accounts = List.of(
                new MarginAccount(1L << 40, List.of(new Entry(BTC_OPTION, 5)), List.of(), List.of(), List.of()));
        BufferTariff tariff = HouseBuffer.of(book, seen(book, table, accounts), Optional.empty())
                .buffer()
                .tariff();
        try (TestEpoch epoch = TestEpoch.of(library, table, accounts, tariff)) {
            ProofShape shape = new ProofShape(3, 4, 4, 0, 10, Opening.DIRECT, TableStructure.of(table))
                    .with(TariffSize.of(
                            TariffCommitment.of(epoch.table(), tariff).orElseThrow()));
            var refused = assertInstanceOf(Answer.Refused.class, solve(shape, epoch, tariff, 0, 0));
            assertEquals("NO_BUFFER_PROOF_WITH_OPTIONS", refused.refusal().code());
            assertInstanceOf(ProofShape.Fit.TooLarge.class, shape.fit(table, accounts.getFirst()));
        }
    }

    private static List<ContagionAccount> seen(HouseBook book, RiskTable table, List<MarginAccount> accounts) {
        return IntStream.range(0, accounts.size())
                .mapToObj(i -> book.account(
                        Integer.toString(i), Optional.empty(), accounts.get(i), Requirement.of(table, accounts.get(i))))
                .toList();
    }

    private static Answer<Solution> solve(ProofShape shape, TestEpoch epoch, BufferTariff tariff, int account, long m) {
        Claim claim = new Claim(Claim.Kind.EXCESS_OVER_BUFFER, Claim.Candidate.GIVEN, m, OptionalLong.empty());
        WitnessRequest request = epoch.request(account, claim).chargedBy(tariff);
        Constraints constraints = TestKeys.constraints(shape);
        if (shape.opening() == Opening.DIRECT) {
            return constraints.solve(epoch.table(), request);
        }
        return switch (epoch.sealed(shape.opening(), constraints, request)) {
            case Answer.Given<WitnessRequest> sealed -> constraints.solve(epoch.table(), sealed.value());
            case Answer.Refused<WitnessRequest> refused -> new Answer.Refused<>(refused.refusal());
        };
    }
}
