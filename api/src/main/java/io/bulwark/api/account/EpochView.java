package io.bulwark.api.account;

import io.bulwark.clearing.document.BadInput;
import io.bulwark.clearing.document.Digest;
import io.bulwark.clearing.instrument.ListedVenue;
import io.bulwark.clearing.instrument.Listing;
import io.bulwark.clearing.ledger.SupersededSnapshots.Superseding;
import io.bulwark.house.epoch.AccountLine;
import io.bulwark.house.epoch.ComputedEpoch;
import io.bulwark.house.epoch.EpochMarket;
import io.bulwark.house.fund.AdmissionLimit;
import io.bulwark.house.fund.FundBook;
import io.bulwark.insurance.margincall.CallRecord.MarginCall;
import io.bulwark.netting.action.BufferedAccount;
import io.bulwark.netting.buffer.HouseBuffer;
import io.bulwark.netting.buffer.HouseBuffer.Afterwards;
import io.bulwark.netting.comparison.VenueByVenue;
import io.bulwark.netting.comparison.VenueByVenue.EquityByMode;
import io.bulwark.netting.formula.Equity;
import io.bulwark.netting.formula.Requirement;
import io.bulwark.netting.liquidity.SlopeBases;
import io.bulwark.netting.margin.Candidate;
import io.bulwark.netting.margin.Candidate.Allocation;
import io.bulwark.netting.margin.MarginAdmission;
import io.bulwark.netting.placement.DislocationSlopes;
import io.bulwark.netting.placement.Placement;
import io.bulwark.netting.placement.Placement.PlacedAccount;
import io.bulwark.netting.placement.PlacementParameters;
import io.bulwark.netting.portfolio.MarginAccount;
import io.bulwark.netting.portfolio.Origin;
import io.bulwark.netting.portfolio.Portfolio;
import io.bulwark.netting.risktable.RiskTable;
import io.micronaut.serde.annotation.Serdeable;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.LongFunction;
import java.util.function.Supplier;
import java.util.function.ToIntFunction;
import java.util.stream.Stream;

/**
 * What a margin is computed over.
 *
 * @param table the risk table
 * @param digest SHA-256 of the table's canonical encoding: of an epoch as it was sealed, since it takes longer to make than a margin
 * @param accounts the booked accounts by number, as far as there are any
 * @param market what the table was built from; absent where only the table is known
 * @param origins where the lots of a booked account come from, by its number; empty where that is not known
 * @param standings what the venues of a booked account count themselves, by its number; empty where that is not known
 * @param buffer the epoch's contagion buffer, where its house publishes one
 * @param fund the fund beside the epoch; empty where only a table is known
 * @param calls the margin call of a booked account that is not met, by its number; empty where only a table is known
 * @param superseded snapshots of a booked account's venue accounts that count no more, by its number; empty where that is not known
 * @param subject name in that buffer of the account that is asked about; any other name is an account that comes in
 * @param found what of that account and of the table depends on no change; empty where it is found each time
 */
public record EpochView(
        RiskTable table,
        Supplier<Digest> digest,
        LongFunction<Optional<MarginAccount>> accounts,
        Optional<EpochMarket> market,
        LongFunction<List<Origin>> origins,
        LongFunction<List<Portfolio.Standing>> standings,
        Optional<HouseBuffer> buffer,
        Optional<Seat> fund,
        LongFunction<Optional<MarginCall>> calls,
        LongFunction<List<Superseding>> superseded,
        String subject,
        Optional<Found> found) {
    private static final String NEWCOMER = "newcomer";

    /** Of a house without a contagion buffer. */
    public EpochView(RiskTable table, LongFunction<Optional<MarginAccount>> accounts, Optional<EpochMarket> market) {
        this(
                table,
                table::digest,
                accounts,
                market,
                number -> List.of(),
                number -> List.of(),
                Optional.empty(),
                Optional.empty(),
                number -> Optional.empty(),
                number -> List.of(),
                NEWCOMER,
                Optional.empty());
    }

    /**
     * What depends on no change of the account that is asked about.
     *
     * @param slopes what the size charges of the table rest on
     * @param marks how far marks may part under the table
     * @param places what its places are to its owner
     */
    record Found(
            Optional<SlopeBases> slopes,
            List<DislocationSlopes.Published> marks,
            NavigableMap<Integer, Placement.Own> places) {}

    /**
     * The fund that an account rests on.
     *
     * @param epoch over which it is sized
     * @param book what is in it; read where it is asked
     */
    public record Seat(ComputedEpoch epoch, Supplier<FundBook> book) {}

    /** A sealed epoch's table and accounts beside the fund as it stands. */
    public static EpochView of(ComputedEpoch epoch, Supplier<FundBook> book) {
        EpochView view = of(epoch);
        return view.with(view.subject, Optional.of(new Seat(epoch, book)), view.found);
    }

    /** A sealed epoch's table and accounts. */
    public static EpochView of(ComputedEpoch epoch) {
        return new EpochView(
                epoch.table(),
                () -> epoch.sealed().epoch().tableSha256(),
                number -> epoch.account(Math.toIntExact(number)).map(AccountLine::lots),
                Optional.of(epoch.market()),
                number -> epoch.account(Math.toIntExact(number))
                        .map(AccountLine::origins)
                        .orElse(List.of()),
                number -> epoch.account(Math.toIntExact(number))
                        .map(AccountLine::standings)
                        .orElse(List.of()),
                epoch.buffer(),
                Optional.empty(),
                number -> epoch.calls().of(Math.toIntExact(number)),
                number -> epoch.account(Math.toIntExact(number))
                        .map(AccountLine::superseded)
                        .orElse(List.of()),
                NEWCOMER,
                Optional.empty());
    }

    /** A table alone: nothing is booked under it. */
    public static EpochView of(RiskTable table) {
        return new EpochView(table, number -> Optional.empty(), Optional.empty());
    }

    /** The same, asked about a booked account: what changes is its own holding and nobody else's. */
    public EpochView about(long number) {
        return with(Long.toString(number), fund, Optional.empty());
    }

    /** The same for who asks about one account again and again: what depends on no change is found now. */
    public EpochView settled() {
        return with(subject, fund, Optional.of(new Found(slopes(), marks(), places())));
    }

    private EpochView with(String subject, Optional<Seat> fund, Optional<Found> found) {
        return new EpochView(
                table, digest, accounts, market, origins, standings, buffer, fund, calls, superseded, subject, found);
    }

    /** How far marks of one coin may part by venue under the table. */
    List<DislocationSlopes.Published> marks() {
        return found.map(Found::marks).orElseGet(() -> DislocationSlopes.published(table));
    }

    /** What the size charges of the table rest on; empty where they rest on governed numbers alone. */
    Optional<SlopeBases> slopes() {
        return found.map(Found::slopes).orElseGet(() -> SlopeBases.of(table));
    }

    /**
     * What the venues of the account that is asked about would need one by one, and what stands behind the connections to them; empty for
     * a newcomer, and for anything else than what is booked.
     */
    Optional<MarginByVenue> byVenue(MarginAccount account) {
        return market.filter(known -> !booked().isEmpty())
                .flatMap(known -> VenueByVenue.of(table, account, booked(), counted(), known.placement())
                        .map(parts -> MarginByVenue.of(
                                parts, Equity.of(table, account), modes(known, account), known.listing())));
    }

    /** The table's number of what some lots of the account that is asked about are of. */
    public ToIntFunction<Origin> numbers() {
        return market.flatMap(EpochMarket::placement)
                .map(placement -> placement.numbers(booked(), counted()))
                .orElse(Origin::number);
    }

    private EquityByMode modes(EpochMarket known, MarginAccount account) {
        return EquityByMode.of(table, known.listing(), account, booked(), numbers());
    }

    /** What the venues of an account may do on their own; empty under a table that does not say where entries stand. */
    Optional<VenueRiskAnswer> venueRisk(MarginAccount account, Requirement requirement) {
        return table.format() == RiskTable.FORMAT_OF_VENUES
                ? Optional.of(VenueRiskAnswer.of(
                        new PlacedAccount(table, account, places()), this::connected, marks(), requirement))
                : Optional.empty();
    }

    /** The connection to a place of the table; empty where only the table is known. */
    private Optional<VenueRiskAnswer.Connected> connected(int place) {
        return market.flatMap(known -> known.placement().map(placement -> {
            ListedVenue venue =
                    known.listing().venue(placement.places().get(place - 1).venue());
            return new VenueRiskAnswer.Connected(venue.mode(), PlacementParameters.Tier.of(venue, known.parameters()));
        }));
    }

    /** What the places of the account that is asked about are to its owner; empty for a newcomer. */
    public NavigableMap<Integer, Placement.Own> places() {
        return found.map(Found::places)
                .orElseGet(() -> market.flatMap(EpochMarket::placement)
                        .map(placement -> placement.of(booked(), counted()))
                        .orElseGet(Collections::emptyNavigableMap));
    }

    /** What the account that is asked about holds and is given no credit for; empty for a newcomer. */
    List<Uncredited> uncredited() {
        return market.map(known -> Uncredited.of(booked(), known.listing())).orElse(List.of());
    }

    /** Where the lots of the account that is asked about come from; empty for a newcomer. */
    public List<Origin> booked() {
        return isNewcomer() ? List.of() : origins.apply(Long.parseLong(subject));
    }

    /** What its venues count themselves; empty for a newcomer. */
    public List<Portfolio.Standing> counted() {
        return isNewcomer() ? List.of() : standings.apply(Long.parseLong(subject));
    }

    /** The same in the answer's words. */
    List<MarginAnswer.Counted> told() {
        return market.map(known -> counted().stream()
                        .map(standing -> MarginAnswer.Counted.of(standing, known.listing()))
                        .toList())
                .orElse(List.of());
    }

    /** Snapshots of its venue accounts that count no more; empty for a newcomer. */
    List<MarginAnswer.WrongSnapshot> wrong() {
        return isNewcomer()
                ? List.of()
                : superseded.apply(Long.parseLong(subject)).stream()
                        .map(MarginAnswer.WrongSnapshot::of)
                        .toList();
    }

    /**
     * What the fund would ask of the member behind the account that is asked about, were it changed; empty for a newcomer and where
     * only a table is known.
     *
     * @param changed the account after so much of the change, ppm
     */
    public Optional<AdmissionLimit> admission(LongFunction<Optional<MarginAccount>> changed) {
        return fund.filter(seat -> !isNewcomer())
                .flatMap(
                        seat -> AdmissionLimit.of(seat.epoch(), seat.book().get(), Integer.parseInt(subject), changed));
    }

    /** Whether no booked account is asked about. */
    public boolean isNewcomer() {
        return subject.equals(NEWCOMER);
    }

    /** The margin call of the account that is asked about; empty for a newcomer and where it has none that is not met. */
    public Optional<MarginCall> call() {
        return isNewcomer() ? Optional.empty() : calls.apply(Long.parseLong(subject));
    }

    /** The account that is asked about, in the epoch's buffer; empty where the house publishes none. */
    public Optional<BufferedAccount> buffered() {
        return buffer.map(house -> new BufferedAccount(house, subject));
    }

    /**
     * The market that the table was built from.
     *
     * @throws BadInput where only the table is known
     */
    public EpochMarket requireMarket() {
        return market.orElseThrow(() -> new BadInput(
                "--table",
                "a table alone",
                "must be a sealed epoch: the terms of its contracts are needed, not only their rows"));
    }

    /**
     * Refuses an account that has no margin over the table.
     *
     * @throws BadInput naming the first fault
     */
    public void requireAdmitted(MarginAccount account) {
        MarginAdmission.firstFault(table, account).ifPresent(refusal -> {
            throw new BadInput(refusal.field(), refusal.code().name(), refusal.text());
        });
        requireBuffered(account, Requirement.of(table, account));
    }

    /** Refuses an account whose buffer cannot be counted. */
    void requireBuffered(MarginAccount account, Requirement requirement) {
        buffered()
                .flatMap(b -> b.fault(new Candidate(Allocation.GIVEN, account, requirement)))
                .ifPresent(fault -> {
                    throw tooLarge(fault);
                });
    }

    /** What the account that is asked about must hold in a split of it. The whole book is made for it, once for each split. */
    Optional<Function<Candidate, Afterwards>> afterwards() {
        Map<Allocation, Afterwards> known = new EnumMap<>(Allocation.class);
        return buffered()
                .map(account -> candidate ->
                        known.computeIfAbsent(candidate.allocation(), split -> inRange(account, candidate)));
    }

    private static Afterwards inRange(BufferedAccount account, Candidate candidate) {
        try {
            return account.afterwards(candidate);
        } catch (IllegalArgumentException | ArithmeticException e) {
            throw tooLarge(account.fault(candidate).orElseThrow(() -> e));
        }
    }

    private static BadInput tooLarge(String fault) {
        return new BadInput("portfolio", "too large", fault);
    }

    /**
     * Something that an account holds and is given no credit for.
     *
     * @param venue where it stands, by name
     * @param asset what it is, by its listed name
     * @param quantity how much of it, at the venue's own scale
     * @param why the rule, in words
     */
    @Serdeable
    public record Uncredited(String venue, String asset, String quantity, String why) {
        private static final String UNPROVED = "no fresh price, or evidence below its listing";
        private static final String ELSEWHERE =
                "credited elsewhere: another venue reads the same claim, or it belongs to those who hold claims on this address";

        /** By an account's origins, in their order. */
        static List<Uncredited> of(List<Origin> origins, Listing listing) {
            return origins.stream().flatMap(origin -> of(origin, listing)).toList();
        }

        private static Stream<Uncredited> of(Origin origin, Listing listing) {
            return switch (origin.rule()) {
                case NOT_COUNTED -> Stream.of(of(origin, listing, UNPROVED));
                case COUNTED_ELSEWHERE -> Stream.of(of(origin, listing, ELSEWHERE));
                case HELD, UNSETTLED, COMPONENT, FRACTION, DROPPED, MINIMUM -> Stream.empty();
            };
        }

        private static Uncredited of(Origin origin, Listing listing, String why) {
            return new Uncredited(
                    listing.venue(origin.source().venue()).name(),
                    listing.asset(origin.number()).name(),
                    origin.amount().toString(),
                    why);
        }
    }
}
