package io.bulwark.netting.backtest;

import io.bulwark.clearing.account.VenueAccount;
import io.bulwark.clearing.document.Digest;
import io.bulwark.clearing.governance.ParameterSet;
import io.bulwark.clearing.instrument.AssetTier;
import io.bulwark.clearing.instrument.Instrument;
import io.bulwark.clearing.instrument.ListedAsset;
import io.bulwark.clearing.instrument.ListedInstrument;
import io.bulwark.clearing.instrument.ListedVenue;
import io.bulwark.clearing.instrument.Listing;
import io.bulwark.clearing.instrument.RiskGroup;
import io.bulwark.clearing.money.Amount;
import io.bulwark.clearing.money.Usd;
import io.bulwark.clearing.position.EvidenceGrade;
import io.bulwark.clearing.position.VenueStanding;
import io.bulwark.netting.backtest.DayStates.DayState;
import io.bulwark.netting.formula.Requirement;
import io.bulwark.netting.placement.Placement;
import io.bulwark.netting.placement.PlacementParameters;
import io.bulwark.netting.portfolio.Entry;
import io.bulwark.netting.portfolio.MarginAccount;
import io.bulwark.netting.portfolio.Origin;
import io.bulwark.netting.portfolio.Portfolio;
import io.bulwark.netting.risktable.RiskTable;
import io.bulwark.netting.risktable.VenueRisk;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;

/**
 * What the house asks of books over venues on a day: its own placement over the day's table, in format 2 and in format 3. Every window
 * begins with the same book at the price of the day, so that what stands where, and what each venue counts of it, is placed once.
 */
final class VenueTables {
    private static final Amount LOT = Amount.of(1);
    private static final String ADDRESS = "book";

    private final List<Contract> contracts;
    private final List<CrossVenueBook.Venue> venues;
    private final DayTables tables;
    private final Placement placement;
    private final List<MarginAccount> accounts;
    private final ParameterSet parameters;

    VenueTables(List<String> coins, List<CrossVenueBook> books, ParameterSet parameters) {
        this.parameters = parameters;
        this.contracts = new ArrayList<>();
        contracts.add(new Contract.Dollars());
        for (int asset = 0; asset < coins.size(); asset++) {
            contracts.add(new Contract.Perpetual(asset));
            contracts.add(new Contract.Collateral(asset));
        }
        this.venues = books.stream()
                .flatMap(book -> book.parts().stream())
                .map(CrossVenueBook.Part::venue)
                .distinct()
                .toList();
        this.tables = new DayTables(coins, contracts);
        List<Portfolio> portfolios = books.stream().map(this::portfolio).toList();
        this.placement = Placement.of(listing(coins), portfolios);
        this.accounts = portfolios.stream().map(placement::account).toList();
    }

    /** What is asked of every book on a day. */
    List<VenueBacktest.Asked> asked(DayState state) {
        RiskTable day = tables.table(state);
        RiskTable plain = placement.vault(day, parameters);
        RiskTable governed = placement.table(day, parameters);
        VenueRisk risk = governed.venueRisk();
        int most = Math.toIntExact(PlacementParameters.PREFUNDING.most());
        RiskTable whole = governed.with(new VenueRisk(risk.venues(), risk.paths(), most));
        return accounts.stream()
                .map(account -> new VenueBacktest.Asked(
                        initial(plain, account), initial(governed, account), initial(whole, account)))
                .toList();
    }

    /** The requirement of one book in format 3, with what venues may do. */
    Requirement requirement(DayState state, int book) {
        return Requirement.of(placement.table(tables.table(state), parameters), accounts.get(book));
    }

    private static long initial(RiskTable table, MarginAccount account) {
        return Requirement.of(table, account).initialMargin();
    }

    private Listing listing(List<String> coins) {
        List<RiskGroup> groups = new ArrayList<>(List.of(new RiskGroup(0, "USD")));
        List<ListedAsset> assets = new ArrayList<>();
        List<ListedInstrument> instruments = new ArrayList<>();
        for (int number = 0; number < contracts.size(); number++) {
            Contract contract = contracts.get(number);
            int group = contract.asset() + 1;
            String coin = group == 0 ? "USDC" : coins.get(contract.asset());
            if (contract instanceof Contract.Perpetual) {
                groups.add(new RiskGroup(group, coin));
                instruments.add(new ListedInstrument(
                        number,
                        coin + " perpetual",
                        0,
                        coin,
                        group,
                        new Instrument.Perpetual(coin, "USDC", false),
                        LOT));
            } else {
                assets.add(new ListedAsset(
                        number,
                        coin,
                        group,
                        new Instrument.Spot(coin),
                        LOT,
                        group == 0 ? AssetTier.STABLE : AssetTier.MAJOR,
                        0,
                        0,
                        EvidenceGrade.UNSIGNED));
            }
        }
        return new Listing(
                IntStream.range(0, venues.size())
                        .mapToObj(v -> listed(v, venues.get(v)))
                        .toList(),
                groups,
                assets,
                instruments);
    }

    private static ListedVenue listed(int number, CrossVenueBook.Venue venue) {
        return switch (venue.kind()) {
            case LENDING_MARKET -> listed(number, venue, "eip155:1", EvidenceGrade.STORAGE_PROOF);
            case APPLICATION_CHAIN -> listed(number, venue, "chain:" + venue.name(), EvidenceGrade.UNSIGNED);
            case EXCHANGE -> listed(number, venue, "venue:" + venue.name(), EvidenceGrade.UNSIGNED);
        };
    }

    private static ListedVenue listed(int number, CrossVenueBook.Venue venue, String chain, EvidenceGrade grade) {
        return new ListedVenue(number, venue.name(), chain, 0, grade);
    }

    private Portfolio portfolio(CrossVenueBook book) {
        int perpetual = contracts.indexOf(new Contract.Perpetual(book.asset()));
        int coin = contracts.indexOf(new Contract.Collateral(book.asset()));
        List<Origin> origins = new ArrayList<>();
        List<Portfolio.Standing> standings = new ArrayList<>();
        for (CrossVenueBook.Part part : book.parts()) {
            VenueAccount source = new VenueAccount(venues.indexOf(part.venue()), ADDRESS);
            add(origins, source, Origin.Line.POSITIONS, perpetual, part.perpetual());
            add(origins, source, Origin.Line.COLLATERAL, coin, part.coins());
            add(origins, source, Origin.Line.COLLATERAL, 0, Math.max(0, part.dollars()));
            add(origins, source, Origin.Line.DEBT, 0, Math.max(0, -part.dollars()));
            standings.add(standing(source, part, coin));
        }
        MarginAccount whole = new MarginAccount(
                0,
                entries(origins, Origin.Line.POSITIONS),
                List.of(),
                entries(origins, Origin.Line.COLLATERAL),
                entries(origins, Origin.Line.DEBT));
        return new Portfolio(whole, origins, List.of(), standings);
    }

    private static void add(List<Origin> origins, VenueAccount source, Origin.Line line, int number, int ppm) {
        long lots = ppm / CrossVenueBook.STEP;
        if (lots != 0) {
            origins.add(
                    new Origin(source, Digest.ZERO, line, number, Origin.Rule.HELD, Amount.of(Math.abs(lots)), lots));
        }
    }

    private static Portfolio.Standing standing(VenueAccount source, CrossVenueBook.Part part, int coin) {
        long[] counted = VenueWalk.counted(part);
        Amount equity = new Amount(BigInteger.valueOf(counted[0]), Usd.SCALE);
        Amount required = new Amount(BigInteger.valueOf(counted[1]), Usd.SCALE);
        VenueStanding.Told told = new VenueStanding.Told(VenueStanding.USD, equity, required);
        VenueStanding said = VenueStanding.of(told)
                .weighing(new TreeMap<>(Map.of(coin, part.venue().weight())));
        return new Portfolio.Standing(source, Digest.ZERO, said, told.distance());
    }

    private static List<Entry> entries(List<Origin> origins, Origin.Line line) {
        TreeMap<Integer, Long> lots = new TreeMap<>();
        origins.stream()
                .filter(origin -> origin.line() == line)
                .forEach(origin -> lots.merge(origin.number(), origin.lots(), Math::addExact));
        return lots.entrySet().stream()
                .filter(entry -> entry.getValue() != 0)
                .map(entry -> new Entry(entry.getKey(), entry.getValue()))
                .toList();
    }
}
