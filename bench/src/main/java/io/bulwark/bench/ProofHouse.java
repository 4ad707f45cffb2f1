package io.bulwark.bench;

import io.bulwark.clearing.epoch.Digest;
import io.bulwark.clearing.governance.ParameterSet;
import io.bulwark.clearing.instrument.AssetTier;
import io.bulwark.clearing.instrument.Instrument;
import io.bulwark.clearing.instrument.ListedAsset;
import io.bulwark.clearing.instrument.ListedInstrument;
import io.bulwark.clearing.instrument.ListedVenue;
import io.bulwark.clearing.instrument.Listing;
import io.bulwark.clearing.instrument.RiskGroup;
import io.bulwark.clearing.money.Amount;
import io.bulwark.clearing.oracle.Measure;
import io.bulwark.clearing.oracle.PriceBook;
import io.bulwark.clearing.oracle.PriceReport;
import io.bulwark.clearing.position.EvidenceGrade;
import io.bulwark.netting.margin.MarginStatement;
import io.bulwark.netting.portfolio.Entry;
import io.bulwark.netting.portfolio.MarginAccount;
import io.bulwark.netting.risktable.RiskTable;
import io.bulwark.netting.scenario.Market;
import io.bulwark.netting.scenario.RiskTableBuilder;
import io.bulwark.prover.binding.FieldElement;
import io.bulwark.prover.binding.ProverLibrary;
import io.bulwark.prover.commitment.AccountLeaf;
import io.bulwark.prover.commitment.AccountTree;
import io.bulwark.prover.commitment.Challenge;
import io.bulwark.prover.commitment.Claim;
import io.bulwark.prover.commitment.EpochCommitment;
import io.bulwark.prover.commitment.OwnerKey;
import io.bulwark.prover.commitment.RiskTableTree;
import io.bulwark.prover.commitment.Scope;
import io.bulwark.prover.witness.ProofRequest;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * One sealed account over a table of the house's own builder, at BTC's index price of 2024-05-23 18:11 UTC (Deribit): a hedged book of perpetual, option and coin. What a
 * proof costs depends on the circuit's shape alone, so that one account measures all.
 */
final class ProofHouse {
    private static final long EPOCH_MILLIS = 1_716_487_860_000L;
    private static final long DAY_MILLIS = 86_400_000;
    private static final long ACCOUNT = 4_711;

    private ProofHouse() {}

    static RiskTable table() {
        return RiskTableBuilder.marginTable(listing(), market(), ParameterSet.founding())
                .table();
    }

    static MarginAccount account() {
        return new MarginAccount(
                50_000_000,
                List.of(new Entry(0, -40), new Entry(1, 12)),
                List.of(new Entry(1, 3)),
                List.of(new Entry(1, 700)),
                List.of(new Entry(0, 500)));
    }

    /** The claim that the account's initial margin is what the evaluator says. */
    static ProofRequest request(ProverLibrary library, RiskTableTree table) {
        SecureRandom random = new SecureRandom();
        OwnerKey owner = OwnerKey.draw(random);
        AccountLeaf leaf =
                new AccountLeaf(ACCOUNT, owner.commitment(library, ACCOUNT), AccountLeaf.drawSalt(random), account());
        try (AccountTree tree = AccountTree.open(library)) {
            tree.update(new TreeMap<>(Map.of(ACCOUNT, leaf.hash(library).orElseThrow())));
            long margin = MarginStatement.of(table.table(), account()).initialMargin();
            return new ProofRequest(
                    epoch(tree.root(), table),
                    leaf,
                    Optional.of(owner),
                    tree.path(ACCOUNT),
                    Challenge.of("https://verifier.example", "measurement", "1"),
                    Scope.of("https://verifier.example", "measurement"),
                    Claim.initialMargin(margin));
        }
    }

    private static EpochCommitment epoch(FieldElement accounts, RiskTableTree table) {
        return new EpochCommitment(
                EpochCommitment.house(digest("founding document")),
                1,
                FieldElement.ZERO,
                accounts,
                table.root(),
                table.digest(),
                digest("parameters"),
                digest("inputs"),
                FieldElement.ZERO,
                FieldElement.ZERO,
                FieldElement.ZERO);
    }

    private static Digest digest(String text) {
        return Digest.sha256(text.getBytes(StandardCharsets.UTF_8));
    }

    private static Listing listing() {
        Instrument.Option option = new Instrument.Option(
                "BTC", "BTC", Instrument.OptionRight.CALL, Amount.of("68000"), EPOCH_MILLIS + 8 * DAY_MILLIS);
        return new Listing(
                List.of(new ListedVenue(1, "deribit", "venue:deribit", DAY_MILLIS, EvidenceGrade.UNSIGNED)),
                List.of(new RiskGroup(0, "USD"), new RiskGroup(1, "BTC")),
                List.of(
                        asset(0, "USDC", 0, "1", AssetTier.STABLE, 30_000, 10_000),
                        asset(1, "BTC", 1, "0.0001", AssetTier.MAJOR, 110_000, 20_000)),
                List.of(
                        instrument(0, "BTC-PERPETUAL", new Instrument.Perpetual("BTC", "BTC", true), "10"),
                        instrument(1, "BTC-31MAY24-68000-C", option, "0.1")));
    }

    private static ListedAsset asset(
            int number, String name, int group, String lot, AssetTier tier, long haircut, long residual) {
        return new ListedAsset(
                number,
                name,
                group,
                new Instrument.Spot(name),
                Amount.of(lot),
                tier,
                haircut,
                residual,
                EvidenceGrade.UNSIGNED);
    }

    private static ListedInstrument instrument(int number, String symbol, Instrument contract, String lot) {
        return new ListedInstrument(number, "deribit:" + symbol, 1, symbol, 1, contract, Amount.of(lot));
    }

    private static Market market() {
        List<PriceReport> reports = List.of(
                report(Measure.INDEX_PRICE, "BTC", "68777.9"),
                report(Measure.INDEX_PRICE, "USDC", "0.9999"),
                report(Measure.IMPLIED_VOLATILITY, "deribit:BTC-31MAY24-68000-C", "0.5575"));
        return Market.of(listing(), new PriceBook(reports, EPOCH_MILLIS, DAY_MILLIS));
    }

    private static PriceReport report(Measure measure, String subject, String value) {
        return new PriceReport(1, measure, subject, Amount.of(value), EPOCH_MILLIS);
    }
}
