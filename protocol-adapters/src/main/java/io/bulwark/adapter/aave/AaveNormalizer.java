package io.bulwark.adapter.aave;

import io.bulwark.adapter.AssetEntry;
import io.bulwark.adapter.PayloadRefused;
import io.bulwark.adapter.evm.EvmAnswers;
import io.bulwark.clearing.account.VenueAccount;
import io.bulwark.clearing.instrument.Instrument;
import io.bulwark.clearing.instrument.ListedAsset;
import io.bulwark.clearing.instrument.Listing;
import io.bulwark.clearing.money.Amount;
import io.bulwark.clearing.money.Rounding;
import io.bulwark.clearing.oracle.Measure;
import io.bulwark.clearing.oracle.PriceReport;
import io.bulwark.clearing.position.EvidenceGrade;
import io.bulwark.clearing.position.HeldClaim;
import io.bulwark.clearing.position.Holding;
import io.bulwark.clearing.position.RawSnapshot;
import io.bulwark.clearing.position.VenueSnapshot;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** From what the pool says to holdings: supply as a claim on the pool, rounded down; debt rounded up. */
record AaveNormalizer(AaveVenue.Configuration configuration, AaveCalls calls) {
    AaveNormalizer(AaveVenue.Configuration configuration) {
        this(configuration, new AaveCalls(configuration));
    }

    VenueSnapshot normalise(RawSnapshot raw, Listing listing) {
        return raw.account().address().equals(VenueAccount.MARKET) ? market(raw, listing) : account(raw, listing);
    }

    private VenueSnapshot account(RawSnapshot raw, Listing listing) {
        EvmAnswers answers = EvmAnswers.of(AaveVenue.KIND, raw);
        String user = raw.account().address();
        AavePayload payload = AavePayload.of(calls, answers, user);
        EvidenceGrade grade = evidence(user, answers, payload);
        requireStatedTotals(answers, payload);
        AaveStanding standing = AaveStanding.of(payload);
        standing.requireStated(answers, payload);
        List<Holding> holdings = new ArrayList<>();
        for (AavePayload.Reserve reserve : payload.reserves()) {
            supplied(reserve, user, listing, grade).ifPresent(holdings::add);
            owed(reserve, listing).ifPresent(holdings::add);
        }
        return new VenueSnapshot(
                raw, holdings, List.of(), grade, List.of(standing.said().weighing(weights(payload, listing, grade))));
    }

    /** What the pool counts of each supply that the house lists: its threshold, nothing of what is no collateral. */
    private SortedMap<Integer, Integer> weights(AavePayload payload, Listing listing, EvidenceGrade grade) {
        SortedMap<Integer, Integer> weights = new TreeMap<>();
        for (AavePayload.Reserve reserve : payload.reserves()) {
            String asset = configuration.reserves().get(reserve.address());
            if (asset != null && reserve.scaledSupply().signum() > 0) {
                AssetEntry.held(listing, new Instrument.LendingClaim(asset), grade)
                        .ifPresent(entry -> weights.put(entry.number(), AaveStanding.weight(payload, reserve)));
            }
        }
        return weights;
    }

    private EvidenceGrade evidence(String user, EvmAnswers answers, AavePayload payload) {
        if (!configuration.proofs()) {
            return EvidenceGrade.UNSIGNED;
        }
        AaveEvidence evidence = new AaveEvidence(configuration.pool(), payload, answers, user);
        payload.reserves().forEach(evidence::require);
        // Stable debt has an index per account, which is not proved; who owes some has a view's word for it.
        boolean stable =
                payload.reserves().stream().anyMatch(r -> r.stableDebt().signum() > 0);
        return stable ? EvidenceGrade.UNSIGNED : EvidenceGrade.STORAGE_PROOF;
    }

    /** In an efficiency mode the pool may price by another source, so its totals are checked outside of one only. */
    private static void requireStatedTotals(EvmAnswers answers, AavePayload payload) {
        if (payload.eMode() != 0) {
            return;
        }
        AaveGeneration generation = payload.generation();
        BigInteger collateral = BigInteger.ZERO;
        BigInteger debt = BigInteger.ZERO;
        for (AavePayload.Reserve reserve : payload.reserves()) {
            BigInteger unit = BigInteger.TEN.pow(reserve.decimals());
            if (reserve.collateral() && reserve.threshold() != 0) {
                BigInteger supply = generation.supply(reserve.scaledSupply(), reserve.income());
                collateral = collateral.add(supply.multiply(reserve.price()).divide(unit));
            }
            BigInteger owed =
                    generation.debt(reserve.scaledDebt(), reserve.debtIndex()).add(reserve.stableDebt());
            debt = debt.add(generation.debtValue(owed, reserve.price(), unit));
        }
        answers.requireStated("totalCollateralBase", payload.collateralBase(), collateral);
        answers.requireStated("totalDebtBase", payload.debtBase(), debt);
    }

    private Optional<Holding> supplied(AavePayload.Reserve reserve, String user, Listing listing, EvidenceGrade grade) {
        String asset = configuration.reserves().get(reserve.address());
        if (asset == null || reserve.scaledSupply().signum() == 0) {
            return Optional.empty();
        }
        BigInteger units = Rounding.fdiv(reserve.scaledSupply().multiply(reserve.income()), AaveInterest.RAY);
        return AssetEntry.held(listing, new Instrument.LendingClaim(asset), grade)
                .map(entry -> new Holding.Collateral(
                        entry.number(),
                        new Amount(units, reserve.decimals()),
                        Optional.of(new HeldClaim(
                                configuration.chainId(), reserve.tokens().supply(), "", user, reserve.address()))));
    }

    private Optional<Holding> owed(AavePayload.Reserve reserve, Listing listing) {
        BigInteger units = Rounding.cdiv(reserve.scaledDebt().multiply(reserve.debtIndex()), AaveInterest.RAY)
                .add(reserve.stableDebt());
        if (units.signum() == 0) {
            return Optional.empty();
        }
        Amount quantity = new Amount(units, reserve.decimals());
        ListedAsset entry = Optional.ofNullable(configuration.reserves().get(reserve.address()))
                .flatMap(asset -> AssetEntry.owed(listing, asset))
                .orElseThrow(() -> new PayloadRefused(
                        AaveVenue.KIND,
                        "debt of " + reserve.address(),
                        quantity.toString(),
                        "must be in a listed asset"));
        return Optional.of(new Holding.Debt(entry.number(), quantity));
    }

    /** The pool's oracle prices tokens; what a wrapped coin is worth says nothing certain of the coin, so no group is reported. */
    private VenueSnapshot market(RawSnapshot raw, Listing listing) {
        EvmAnswers answers = EvmAnswers.of(AaveVenue.KIND, raw);
        BigInteger unit = answers.number(calls.priceUnit());
        int decimals = unit.toString().length() - 1;
        answers.requireStated("BASE_CURRENCY_UNIT", unit, BigInteger.TEN.pow(decimals));
        List<PriceReport> reports = new ArrayList<>();
        for (String reserve : answers.addresses(calls.reserves())) {
            Amount price = new Amount(answers.number(calls.price(reserve)), decimals);
            Optional.ofNullable(configuration.reserves().get(reserve))
                    .filter(asset -> AssetEntry.owed(listing, asset).isPresent())
                    .ifPresent(asset -> reports.add(report(raw, reserve, asset, price)));
        }
        return new VenueSnapshot(raw, List.of(), reports, EvidenceGrade.UNSIGNED);
    }

    private PriceReport report(RawSnapshot raw, String reserve, String subject, Amount price) {
        if (price.signum() == 0) {
            throw new PayloadRefused(
                    AaveVenue.KIND, "getAssetPrice of " + reserve, "0", "must be > 0: the oracle has no price");
        }
        return new PriceReport(
                configuration.venue(),
                Measure.INDEX_PRICE,
                subject,
                price,
                raw.horizon().timeMillis());
    }
}
