package io.bulwark.api.account;

import io.bulwark.api.account.EpochView.Uncredited;
import io.bulwark.api.account.Figures.BufferFigures;
import io.bulwark.api.door.Money;
import io.bulwark.api.house.Lookup;
import io.bulwark.clearing.document.BadInput;
import io.bulwark.clearing.instrument.Listing;
import io.bulwark.clearing.ledger.SupersededSnapshots.Superseding;
import io.bulwark.clearing.position.VenueStanding;
import io.bulwark.clearing.position.VenueStanding.Told;
import io.bulwark.house.epoch.AccountLine;
import io.bulwark.house.epoch.AccountMargin;
import io.bulwark.house.epoch.ComputedEpoch;
import io.bulwark.netting.PortfolioMargin;
import io.bulwark.netting.buffer.BufferCharge;
import io.bulwark.netting.buffer.HouseBuffer;
import io.bulwark.netting.buffer.HouseBuffer.Afterwards;
import io.bulwark.netting.formula.AddOn;
import io.bulwark.netting.formula.Requirement;
import io.bulwark.netting.margin.AccountGreeks;
import io.bulwark.netting.margin.AccountGreeks.Greek;
import io.bulwark.netting.margin.Candidate;
import io.bulwark.netting.margin.Explanation;
import io.bulwark.netting.margin.HedgingBenefit;
import io.bulwark.netting.margin.MarginRefusal;
import io.bulwark.netting.margin.MarginResult;
import io.bulwark.netting.margin.MarginStatement;
import io.bulwark.netting.margin.WorstScenario;
import io.bulwark.netting.portfolio.MarginAccount;
import io.bulwark.netting.portfolio.Portfolio;
import io.bulwark.netting.risktable.Group;
import io.bulwark.netting.risktable.RiskTable;
import io.micronaut.serde.annotation.Serdeable;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * The margin of one account, with why it is what it is. The integers are those of the statement; nothing is computed here that the statement does not hold.
 *
 * @param riskTable SHA-256 of the table's canonical encoding
 * @param state open, call or liquidation, after house allocation; open is E ≥ IM + Buffer where the house publishes a contagion buffer
 * @param counting the allocation whose figures decide the state: given, allPaid or returned
 * @param asBooked figures of the account as booked; its IM is the integer that is sealed and proved
 * @param candidates figures of every allocation that the house looked at, the booked one first
 * @param stress the worst combo, floored at 0
 * @param shortfall expected shortfall
 * @param addOns every add-on by name, zeros too
 * @param worstScenario the worst published scenario as a sentence
 * @param scenario the same by combo, family and group
 * @param terms amounts in u that sum exactly to the initial margin
 * @param sizes what the charges for size of what it holds rest on; empty where its house charges by governed numbers alone
 * @param greeks delta, gamma and vega by risk group and expiry, as the table has them
 * @param hedging each entry alone against the account; absent for an account of more than 100 entries, and in what changes would do
 *     where it is not asked
 * @param byVenue what its venues would need one by one, and the equity by mode of connection; absent for a portfolio that is not booked
 * @param uncredited what the account holds and is given no credit for, and why; empty for a portfolio that is not booked
 * @param venueRisk what its venues may do on their own, and the margin with that; absent for a portfolio that is not booked
 * @param standings what each venue itself counts of the account, and how far it is from acting by itself; empty for a portfolio that is
 *     not booked
 * @param superseded snapshots of its venue accounts that the quorum superseded: the margin rests on none of them; empty for a portfolio
 *     that is not booked
 * @param portfolio the account itself, in the form in which it can be asked again
 * @param buffer what the account must hold beside its initial margin; at the epoch's published rates; absent where its house publishes no contagion buffer
 */
@Serdeable
public record MarginAnswer(
        String riskTable,

        String state,

        String counting,

        Figures asBooked,

        List<CandidateFigures> candidates,

        Money stress,

        Money shortfall,

        Map<String, Money> addOns,

        String worstScenario,

        WorstScenario scenario,

        List<Explanation.Term> terms,

        List<SizeGround> sizes,

        List<Greeks> greeks,

        @Schema(requiredMode = Schema.RequiredMode.NOT_REQUIRED)
        Optional<HedgingBenefit> hedging,

        @Schema(requiredMode = Schema.RequiredMode.NOT_REQUIRED)
        Optional<MarginByVenue> byVenue,

        List<Uncredited> uncredited,

        @Schema(requiredMode = Schema.RequiredMode.NOT_REQUIRED)
        Optional<VenueRiskAnswer> venueRisk,

        List<Counted> standings,

        List<WrongSnapshot> superseded,

        NamedPortfolio portfolio,

        @Schema(requiredMode = Schema.RequiredMode.NOT_REQUIRED)
        Optional<BufferFigures> buffer) {
    private static final int HEDGING_ENTRIES_MAX = 100;

    /**
     * The figures of one allocation.
     *
     * @param allocation given, allPaid or returned
     * @param figures its figures
     */
    @Serdeable
    public record CandidateFigures(String allocation, Figures figures) {}

    /**
     * An accepted snapshot that was wrong.
     *
     * @param venue the venue's permanent number
     * @param address of the account at the venue
     * @param snapshot its id, hexadecimal
     * @param reason why the quorum superseded it
     */
    @Serdeable
    public record WrongSnapshot(int venue, String address, String snapshot, String reason) {
        static WrongSnapshot of(Superseding one) {
            return new WrongSnapshot(
                    one.account().venue(),
                    one.account().address(),
                    one.snapshot().hex(),
                    one.reason());
        }
    }

    /**
     * What an account holds in one expiry of one risk group.
     *
     * @param group name of the risk group
     * @param days the table's own expiry, days; absent for what never expires
     * @param delta for a move of the whole price
     * @param gammaPerPercent how much the delta rises where the price rises by 1 %, out of the table's nearest rows, rounded down
     * @param vegaPerPoint for one volatility point
     * @param theta over the table's horizon where nothing moves
     */
    @Serdeable
    public record Greeks(
            String group,

            @Schema(requiredMode = Schema.RequiredMode.NOT_REQUIRED)
            Optional<Integer> days,

            Money delta,
            Money gammaPerPercent,
            Money vegaPerPoint,
            Money theta) {
        static List<Greeks> of(MarginAccount account, RiskTable table) {
            return AccountGreeks.of(account, table).lines().stream()
                    .map(line -> new Greeks(
                            table.group(line.group()).map(Group::id).orElseThrow(),
                            line.days().isPresent() ? Optional.of(line.days().getAsInt()) : Optional.empty(),
                            Money.of(line.of(Greek.DELTA)),
                            Money.of(line.of(Greek.GAMMA)),
                            Money.of(line.of(Greek.VEGA)),
                            Money.of(line.of(Greek.THETA))))
                    .toList();
        }
    }

    /**
     * What a venue itself counts.
     *
     * @param venue its name
     * @param part what it liquidates by itself; absent for the whole account
     * @param asset in which it counts; absent where it does not tell
     * @param equity its own, at its own scale; absent where it does not tell
     * @param requirement its own; absent where it does not tell
     * @param distance from acting, as the house counts it: 0 where it is not told, less of an ageing snapshot
     * @param text in words
     */
    @Serdeable
    public record Counted(
            String venue,

            @Schema(requiredMode = Schema.RequiredMode.NOT_REQUIRED)
            Optional<String> part,

            @Schema(requiredMode = Schema.RequiredMode.NOT_REQUIRED)
            Optional<String> asset,

            @Schema(requiredMode = Schema.RequiredMode.NOT_REQUIRED)
            Optional<String> equity,

            @Schema(requiredMode = Schema.RequiredMode.NOT_REQUIRED)
            Optional<String> requirement,

            Money distance,
            String text) {
        static Counted of(Portfolio.Standing standing, Listing listing) {
            VenueStanding said = standing.said();
            Optional<Told> told = said.count() instanceof Told count ? Optional.of(count) : Optional.empty();
            return new Counted(
                    listing.venue(standing.source().venue()).name(),
                    Optional.of(said.pocket().name()).filter(name -> !name.isEmpty()),
                    told.map(Told::asset),
                    told.map(count -> count.equity().toString()),
                    told.map(count -> count.requirement().toString()),
                    Money.of(standing.units()),
                    said.text());
        }
    }

    /**
     * The margin of an account over an epoch's table, with what the epoch's published buffer asks.
     *
     * @throws BadInput if the account has no margin: the first fault, by its code
     */
    public static MarginAnswer of(MarginAccount account, EpochView view) {
        MarginStatement statement = stated(PortfolioMargin.evaluate(view.table(), account));
        return published(statement, true, view, WhereBooked.of(account, statement.given(), view));
    }

    /**
     * The margin that a change starts from: nobody asks where it comes from.
     *
     * @param hedged whether each entry alone stands beside the account: the margin of each is computed twice
     * @throws BadInput if the account has no margin: the first fault, by its code
     */
    public static MarginAnswer before(MarginAccount account, boolean hedged, EpochView view) {
        MarginStatement statement = stated(PortfolioMargin.evaluate(view.table(), account));
        return published(statement, hedged, view, WhereBooked.changed(statement, view));
    }

    private static MarginAnswer published(
            MarginStatement statement, boolean hedged, EpochView view, WhereBooked booked) {
        view.requireBuffered(statement.account(), statement.given());
        return of(
                statement,
                hedged,
                view,
                booked,
                view.buffer().map(buffer -> c -> buffer.published(c.account(), c.requirement())));
    }

    /** What a change gives; beyond: where it would force more into the market than a contagion vector at its bound covers. */
    public record Changed(MarginAnswer answer, Optional<String> beyond) {}

    /**
     * The margin that a change gives, with the buffer that the account must hold after it.
     *
     * @param hedged as of what it starts from
     * @throws BadInput if it gives none: the first fault, by its code
     */
    public static Changed after(MarginResult changed, boolean hedged, EpochView view) {
        MarginStatement statement = stated(changed);
        Candidate given = statement.house().candidates().getFirst();
        Optional<Function<Candidate, Afterwards>> afterwards = view.afterwards();
        return new Changed(
                of(
                        statement,
                        hedged,
                        view,
                        WhereBooked.changed(statement, view),
                        afterwards.map(of -> candidate -> of.apply(candidate).charge())),
                afterwards.flatMap(of -> of.apply(given).beyond()));
    }

    private static MarginStatement stated(MarginResult result) {
        return switch (result) {
            case MarginStatement statement -> statement;
            case MarginRefusal refusal ->
                throw new BadInput(refusal.field(), refusal.code().name(), refusal.text());
        };
    }

    private static MarginAnswer of(
            MarginStatement statement,
            boolean hedged,
            EpochView view,
            WhereBooked booked,
            Optional<Function<Candidate, BufferCharge>> buffer) {
        MarginStatement stated = buffer.map(b -> statement.beside(view.table(), c -> HouseBuffer.inU(b.apply(c))))
                .orElse(statement);
        Candidate given = stated.house().candidates().getFirst();
        return of(
                stated,
                hedged ? hedging(statement, view.table()) : Optional.empty(),
                booked,
                view,
                buffer.map(b -> BufferFigures.of(b.apply(given), statement)));
    }

    /** The margin of a booked account, as its epoch sealed it; 404 with the reasons where it has none. */
    public static MarginAnswer booked(ComputedEpoch epoch, int number) {
        AccountLine account = Lookup.account(epoch, number);
        return of(account, epoch)
                .orElseThrow(() -> Lookup.absent("Account " + number + " has no margin in epoch " + epoch.number()
                        + ": " + String.join("; ", AccountSummary.of(account).reasons())));
    }

    /** The answer that a sealed account holds; empty if it has no margin. */
    public static Optional<MarginAnswer> of(AccountLine line, ComputedEpoch epoch) {
        EpochView view = EpochView.of(epoch).about(line.number());
        return switch (line.margin()) {
            case AccountMargin.Stated(MarginStatement statement, HedgingBenefit hedging) ->
                Optional.of(of(
                        statement,
                        Optional.of(hedging),
                        WhereBooked.of(statement.account(), statement.given(), view),
                        view,
                        epoch.buffer()
                                .flatMap(buffer -> buffer.charge(Integer.toString(line.number())))
                                .map(charge -> BufferFigures.of(charge, statement))));
            case AccountMargin.Without ignored -> Optional.empty();
        };
    }

    private static MarginAnswer of(
            MarginStatement statement,
            Optional<HedgingBenefit> hedging,
            WhereBooked booked,
            EpochView view,
            Optional<BufferFigures> buffer) {
        RiskTable table = view.table();
        Requirement given = statement.given();
        MarginAccount account = statement.account();
        return new MarginAnswer(
                view.digest().get().hex(),
                statement.state().label(),
                statement.house().counting().allocation().label(),
                Figures.of(given),
                statement.house().candidates().stream()
                        .map(c -> new CandidateFigures(c.allocation().label(), Figures.of(c.requirement())))
                        .toList(),
                Money.of(given.stress()),
                Money.of(given.shortfall()),
                addOns(given),
                statement.scenario().text(),
                statement.scenario(),
                statement.explanation().terms(),
                SizeGround.of(account, view),
                Greeks.of(account, table),
                hedging,
                booked.byVenue(),
                booked.uncredited(),
                booked.venueRisk(),
                booked.standings(),
                booked.superseded(),
                NamedPortfolio.of(account, table),
                buffer);
    }

    private static Map<String, Money> addOns(Requirement requirement) {
        Map<String, Money> named = new LinkedHashMap<>();
        for (AddOn addOn : AddOn.values()) {
            named.put(addOn.label(), Money.of(requirement.addOns().getOrDefault(addOn, 0L)));
        }
        return named;
    }

    private static Optional<HedgingBenefit> hedging(MarginStatement statement, RiskTable table) {
        return entries(statement.account()) > HEDGING_ENTRIES_MAX
                ? Optional.empty()
                : Optional.of(HedgingBenefit.of(table, statement));
    }

    private static int entries(MarginAccount account) {
        return account.positions().size()
                + account.collateral().size()
                + account.debt().size();
    }
}
