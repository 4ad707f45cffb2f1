package io.bulwark.adapter.morpho;

import io.bulwark.adapter.AssetEntry;
import io.bulwark.adapter.PayloadRefused;
import io.bulwark.adapter.evm.EvmAnswers;
import io.bulwark.adapter.morpho.MorphoPayload.Market;
import io.bulwark.clearing.account.VenueAccount;
import io.bulwark.clearing.instrument.Instrument;
import io.bulwark.clearing.instrument.ListedAsset;
import io.bulwark.clearing.instrument.Listing;
import io.bulwark.clearing.money.Amount;
import io.bulwark.clearing.position.EvidenceGrade;
import io.bulwark.clearing.position.HeldClaim;
import io.bulwark.clearing.position.Holding;
import io.bulwark.clearing.position.RawSnapshot;
import io.bulwark.clearing.position.VenueSnapshot;
import io.bulwark.clearing.position.VenueStanding;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;

/** From what the contract says to holdings: collateral as what it is, supply as a claim on the market, debt with interest to the block's time. */
record MorphoNormalizer(MorphoVenue.Configuration configuration, MorphoCalls calls) {
    MorphoNormalizer(MorphoVenue.Configuration configuration) {
        this(configuration, new MorphoCalls(configuration));
    }

    VenueSnapshot normalise(RawSnapshot raw, Listing listing) {
        if (raw.account().address().equals(VenueAccount.MARKET)) {
            return new VenueSnapshot(raw, List.of(), List.of(), EvidenceGrade.UNSIGNED);
        }
        String user = raw.account().address();
        EvmAnswers answers = EvmAnswers.of(MorphoVenue.KIND, raw);
        MorphoPayload payload = MorphoPayload.of(configuration, calls, answers, user);
        EvidenceGrade grade = evidence(answers, user, payload);
        List<Holding> holdings = new ArrayList<>();
        List<VenueStanding> standings = new ArrayList<>();
        for (Market market : payload.markets()) {
            MorphoVenue.Configuration.Market names = named(market);
            Optional<Holding.Collateral> collateral = collateral(market, user, listing, grade);
            collateral.ifPresent(holdings::add);
            supplied(market, user, listing, grade).ifPresent(holdings::add);
            Optional<Holding.Debt> owed = owed(market, names, listing);
            owed.ifPresent(holdings::add);
            owed.ifPresent(debt -> standings.add(standing(
                    market,
                    debt,
                    collateral,
                    counted(market, answers, user, listing.asset(debt.asset()), collateral))));
        }
        return new VenueSnapshot(raw, holdings, List.of(), grade, standings);
    }

    /**
     * Each market is liquidated by itself, by the price of its own oracle. Who owes nothing there has nothing to close; supply secures
     * nothing.
     */
    private static VenueStanding standing(
            Market market, Holding.Debt owed, Optional<Holding.Collateral> collateral, VenueStanding standing) {
        List<Holding> there = new ArrayList<>(List.of(owed));
        collateral.ifPresent(there::add);
        return standing.in(VenueStanding.Pocket.of("market " + market.id(), there));
    }

    /** What the market counts, in the asset in which the house lists what is owed. */
    private VenueStanding counted(
            Market market, EvmAnswers answers, String user, ListedAsset loan, Optional<Holding.Collateral> collateral) {
        int decimals = named(market).loanDecimals();
        return MorphoStanding.of(calls, answers, market, user)
                .map(standing -> VenueStanding.of(standing.told(loan.name(), decimals))
                        .weighing(collateral
                                .map(held -> new TreeMap<>(Map.of(held.asset(), standing.weight())))
                                .orElseGet(TreeMap::new)))
                .orElseGet(() -> VenueStanding.of(new VenueStanding.NotTold("price of the market's oracle")));
    }

    private EvidenceGrade evidence(EvmAnswers answers, String user, MorphoPayload payload) {
        if (!configuration.proofs()) {
            return EvidenceGrade.UNSIGNED;
        }
        MorphoEvidence evidence = new MorphoEvidence(configuration, answers, user);
        payload.markets().forEach(evidence::require);
        // What accrued since the last update follows from a rate that is the rate contract's word alone.
        boolean onWord = payload.markets().stream()
                .anyMatch(m -> m.restsOnRate()
                        && (m.borrowShares().signum() > 0 || m.supplyShares().signum() > 0));
        return onWord ? EvidenceGrade.UNSIGNED : EvidenceGrade.STORAGE_PROOF;
    }

    private Optional<Holding.Collateral> collateral(Market market, String user, Listing listing, EvidenceGrade grade) {
        MorphoVenue.Configuration.Market names = named(market);
        if (market.collateral().signum() == 0) {
            return Optional.empty();
        }
        return AssetEntry.named(listing, names.collateral(), grade)
                .map(entry -> new Holding.Collateral(
                        entry.number(),
                        new Amount(market.collateral(), names.collateralDecimals()),
                        Optional.of(claim("collateral in " + market.id(), user, market.collateralToken()))));
    }

    private Optional<Holding> supplied(Market market, String user, Listing listing, EvidenceGrade grade) {
        MorphoVenue.Configuration.Market names = named(market);
        BigInteger units = market.supplied();
        if (units.signum() == 0) {
            return Optional.empty();
        }
        return AssetEntry.held(listing, new Instrument.LendingClaim(names.loan()), grade)
                .map(entry -> new Holding.Collateral(
                        entry.number(),
                        new Amount(units, names.loanDecimals()),
                        Optional.of(claim("supply to " + market.id(), user, market.loanToken()))));
    }

    private HeldClaim claim(String book, String user, String token) {
        return new HeldClaim(configuration.chainId(), configuration.morpho(), book, user, token);
    }

    private static Optional<Holding.Debt> owed(Market market, MorphoVenue.Configuration.Market names, Listing listing) {
        BigInteger units = market.owed();
        if (market.borrowShares().signum() == 0) {
            return Optional.empty();
        }
        Amount quantity = new Amount(units, names.loanDecimals());
        ListedAsset entry = AssetEntry.owed(listing, names.loan())
                .orElseThrow(() -> new PayloadRefused(
                        MorphoVenue.KIND, "debt in " + market.id(), quantity.toString(), "must be in a listed asset"));
        return Optional.of(new Holding.Debt(entry.number(), quantity));
    }

    private MorphoVenue.Configuration.Market named(Market market) {
        return Objects.requireNonNull(configuration.markets().get(market.id()), "only configured markets are read");
    }
}
