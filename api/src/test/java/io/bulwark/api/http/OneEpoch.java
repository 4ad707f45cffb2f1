package io.bulwark.api.http;

import io.bulwark.api.account.SmallTable;
import io.bulwark.api.house.HouseFile;
import io.bulwark.api.house.SealedBooks;
import io.bulwark.clearing.document.Digest;
import io.bulwark.clearing.document.Refusal;
import io.bulwark.clearing.epoch.Epoch;
import io.bulwark.clearing.epoch.FoundingDocument;
import io.bulwark.clearing.epoch.FoundingDocument.KeyRule;
import io.bulwark.clearing.epoch.SealedEpoch;
import io.bulwark.clearing.governance.ParameterSet;
import io.bulwark.clearing.instrument.ListedVenue.ConnectionMode;
import io.bulwark.clearing.ledger.QuarantinedPayload;
import io.bulwark.clearing.payment.PaymentReceipt;
import io.bulwark.clearing.register.OrderRegister;
import io.bulwark.house.epoch.AccountLine;
import io.bulwark.house.epoch.AccountMargin;
import io.bulwark.house.epoch.ComputedEpoch;
import io.bulwark.house.fund.FundBook;
import io.bulwark.house.proof.FundProofs;
import io.bulwark.insurance.margincall.CallRecord;
import io.bulwark.insurance.stresstest.CoverTwo;
import io.bulwark.insurance.stresstest.StressedAccount;
import io.bulwark.insurance.vault.VaultAct;
import io.bulwark.insurance.vault.VaultBook;
import io.bulwark.netting.comparison.VenueByVenue.EquityByMode;
import io.bulwark.netting.margin.HedgingBenefit;
import io.bulwark.netting.margin.MarginStatement;
import io.bulwark.netting.portfolio.Entry;
import io.bulwark.netting.portfolio.MarginAccount;
import io.bulwark.prover.binding.FieldElement;
import io.bulwark.prover.commitment.Claim;
import io.bulwark.prover.proof.Proof;
import io.bulwark.prover.proof.ProofBundle;
import io.bulwark.prover.witness.PublicInputs;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Books that hold one epoch over {@link SmallTable}: account 4 long 10 lots against 5 lots of collateral, account 9 without margin. */
public final class OneEpoch implements SealedBooks {
    static final Digest DIGEST = Digest.parse("07".repeat(32));

    private final ComputedEpoch epoch = epoch();

    @Override
    public Optional<ComputedEpoch> latest() {
        return Optional.of(epoch);
    }

    @Override
    public Optional<ComputedEpoch> epoch(long number) {
        return latest().filter(e -> e.number() == number);
    }

    @Override
    public List<SealedEpoch> seals(long newest, int most) {
        return List.of(epoch.sealed());
    }

    @Override
    public List<QuarantinedPayload> quarantine(long from, int most) {
        return List.of(new QuarantinedPayload(
                1,
                "venue 2",
                DIGEST,
                new Refusal("result.positions[0].size", "12..5", "must be a decimal"),
                1_716_487_200_000L));
    }

    @Override
    public HouseFile houseFile(int newest) {
        FoundingDocument founding = new FoundingDocument("test", 1, List.of(DIGEST), new KeyRule.Test());
        return new HouseFile(
                founding, List.of(), List.of(), List.of(new HouseFile.SignedEpoch(epoch.sealed(), 7, List.of())));
    }

    @Override
    public List<OrderRegister.Kept> sent(int account) {
        return List.of();
    }

    @Override
    public FundBook fund(long number) {
        return FundBook.of(
                Map.of(4, "desk", 9, "late"),
                VaultBook.EMPTY.after(Stream.of(received("desk", 1_500_000), received(VaultAct.HOUSE, 500_000))
                        .flatMap(List::stream)
                        .toList()));
    }

    private static List<VaultAct> received(String payer, long units) {
        return List.of(
                new VaultAct.Asked(payer, 1, Instant.EPOCH, Instant.ofEpochMilli(1), units),
                new VaultAct.Paid(new PaymentReceipt(
                        new PaymentReceipt.Statement(
                                DIGEST,
                                PaymentReceipt.Direction.RECEIVED,
                                payer,
                                PaymentReceipt.USD,
                                units,
                                "bank",
                                "payment-" + units,
                                0),
                        new PaymentReceipt.Evidence.Operator("test"))));
    }

    @Override
    public List<FundProofs.Kept> fundProofs(long number) {
        return List.of();
    }

    @Override
    public List<ProofBundle> proofs(long number) {
        FieldElement one = FieldElement.of(1);
        byte[] proof = new byte[Proof.BYTES];
        proof[131] = 1;
        FieldElement claim = Claim.initialMargin(5).naming(4).value();
        return List.of(new ProofBundle(DIGEST, Proof.of(proof), new PublicInputs(one, one, one, one, claim)));
    }

    private static ComputedEpoch epoch() {
        Digest none = Digest.ZERO;
        Digest table = SmallTable.TABLE.digest();
        Epoch sealed = new Epoch(DIGEST, 1, none, DIGEST, DIGEST, table, DIGEST, DIGEST, none, none, none, none);
        MarginAccount lots = new MarginAccount(
                10_000_000, List.of(new Entry(3, 10)), List.of(), List.of(new Entry(2, 5)), List.of());
        AccountMargin margin = new AccountMargin.Stated(
                MarginStatement.of(SmallTable.TABLE, lots), HedgingBenefit.of(SmallTable.TABLE, lots));
        AccountMargin without = new AccountMargin.Without(List.of("venue perpetual-one never answered"));
        return new ComputedEpoch(
                new SealedEpoch(sealed, DIGEST),
                1_716_487_200_000L,
                ParameterSet.founding(),
                List.of(),
                SmallTable.TABLE,
                List.of(),
                SmallTable.TABLE,
                List.of(line(4, "desk", lots, margin), line(9, "late", MarginAccount.EMPTY, without)),
                SmallTable.MARKET,
                CoverTwo.of(SmallTable.TABLE, List.of(new StressedAccount(4, "desk", lots, 0))),
                Optional.empty(),
                List.of(),
                Set.of(),
                new CallRecord(1, Instant.EPOCH, new TreeMap<>()));
    }

    private static AccountLine line(int number, String name, MarginAccount lots, AccountMargin margin) {
        return new AccountLine(
                number,
                name,
                List.of("perpetual-one"),
                lots,
                List.of(),
                List.of(),
                new EquityByMode(Map.of(
                        ConnectionMode.PLEDGED,
                        margin.stated().map(MarginStatement::equity).orElse(0L))),
                margin,
                false,
                List.of(),
                FieldElement.ZERO);
    }
}
