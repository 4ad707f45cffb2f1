package io.bulwark.research.wall;

import io.bulwark.api.door.Money;
import io.bulwark.clearing.money.Ppm;
import io.bulwark.clearing.money.Rounding;
import io.bulwark.house.epoch.AccountLine;
import io.bulwark.house.epoch.ComputedEpoch;
import io.bulwark.house.fund.FundStress;
import io.bulwark.insurance.stresstest.StressedAccount;
import io.bulwark.netting.buffer.HouseBuffer;
import io.bulwark.netting.formula.Equity;
import io.bulwark.netting.margin.MarginStatement;
import io.bulwark.netting.placement.Placement;
import io.bulwark.netting.placement.Placement.Place;
import io.bulwark.netting.portfolio.Entry;
import io.bulwark.netting.portfolio.MarginAccount;
import io.bulwark.netting.risktable.AssetRisk;
import io.bulwark.netting.risktable.InstrumentRisk;
import io.bulwark.netting.risktable.RiskTable;
import io.bulwark.netting.scenario.CrashDay;
import java.math.BigInteger;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.IntFunction;
import java.util.stream.Collectors;

/**
 * A sealed book on a day when a venue did something of its own: each of the house's venues in the place of the one that did. Source: venue
 * risk, section 6, in the row of the day; and its section 10 on what deleveraging leaves.
 *
 * @param epoch sealed, over a table that says where entries stand
 * @param day what prices did
 * @param table with a row of the day
 * @param row that row
 */
record HouseVenues(ComputedEpoch epoch, CrashDay day, RiskTable table, int row) {
    /** An account's margin on the day: what it holds, and what it would hold if nothing of venues were charged, u. */
    private record Margined(AccountLine line, MarginStatement statement, long held, long uncharged) {}

    /** What venues do to one account, u. */
    private record Struck(long claim, long loss) {}

    /** Every venue gone: what stands there is gone at its mark before the day, and of the claim on it what such a venue loses. */
    List<WallAnswer.VenueLoss> gone() {
        return FundStress.VenueFailures.of(epoch).stream()
                .map(failure -> {
                    Set<Integer> places = places(failure.venue().number());
                    int lost = places.stream()
                            .mapToInt(place -> epoch.table()
                                    .venueRisk()
                                    .venues()
                                    .get(place)
                                    .lossGivenDefault())
                            .max()
                            .orElse(0);
                    return loss(
                            failure.venue().name(),
                            "gone",
                            account -> gone(account, places, lost),
                            Optional.of(Money.of(failure.cost().layer())));
                })
                .toList();
    }

    /** Every venue taking winning positions at the first price at which one did on the day, while the market went on. */
    List<WallAnswer.VenueLoss> deleveraged(String date) {
        List<WallEvent.Deleveraging> taken = WallEvent.Deleveraging.recorded().stream()
                .filter(coin -> coin.date().equals(date))
                .toList();
        return epoch.market().placement().map(Placement::venues).orElse(List.of()).stream()
                .map(venue -> {
                    Set<Integer> places = places(venue.number());
                    return loss(
                            venue.name(), "deleveraged", account -> taken(account, places, taken), Optional.empty());
                })
                .toList();
    }

    private Set<Integer> places(int venue) {
        return epoch.market().placement().orElseThrow().placesOf(venue).stream()
                .map(Place::number)
                .collect(Collectors.toUnmodifiableSet());
    }

    private WallAnswer.VenueLoss loss(
            String venue, String happened, Function<MarginAccount, Struck> strike, Optional<Money> sized) {
        long claim = 0;
        long loss = 0;
        long beyond = 0;
        long uncharged = 0;
        long equity = 0;
        for (Margined account : margined()) {
            Struck struck = strike.apply(account.line().lots());
            claim = Math.addExact(claim, struck.claim());
            loss = Math.addExact(loss, Math.max(0, struck.loss()));
            beyond = Math.addExact(beyond, Math.max(0, Math.subtractExact(struck.loss(), account.held())));
            uncharged = Math.addExact(uncharged, Math.max(0, Math.subtractExact(struck.loss(), account.uncharged())));
            long owned = Math.max(0, account.statement().equity());
            equity = Math.addExact(equity, Math.max(0, Math.subtractExact(struck.loss(), owned)));
        }
        return new WallAnswer.VenueLoss(
                venue,
                happened,
                Money.of(claim),
                Money.of(loss),
                Money.of(beyond),
                Money.of(uncharged),
                Money.of(equity),
                sized);
    }

    private List<Margined> margined() {
        return epoch.accounts().stream()
                .flatMap(line -> line.margin().stated().stream().map(statement -> margined(line, statement)))
                .toList();
    }

    private Margined margined(AccountLine line, MarginStatement statement) {
        long beside = epoch.buffer()
                .flatMap(buffer -> buffer.charge(Integer.toString(line.number())))
                .map(HouseBuffer::inU)
                .orElse(0L);
        long charged = Math.addExact(
                statement.given().prefundingCharge(), statement.given().dislocation());
        long asked = Math.addExact(Math.subtractExact(statement.initialMargin(), charged), beside);
        return new Margined(
                line,
                statement,
                epoch.held(line.number(), statement),
                Math.max(0, Math.min(statement.equity(), asked)));
    }

    private Struck gone(MarginAccount account, Set<Integer> places, int lossGivenDefault) {
        MarginAccount there = at(account, places);
        long claim = Math.max(0, Equity.of(epoch.table(), there));
        long lost = Rounding.cdiv(Math.multiplyExact(lossGivenDefault, claim), Ppm.ONE);
        return new Struck(lost, Math.addExact(Math.subtractExact(lossOfDay(account), lossOfDay(there)), lost));
    }

    /** What a winning position gains behind the price at which it is taken is not gained. */
    private Struck taken(MarginAccount account, Set<Integer> places, List<WallEvent.Deleveraging> taken) {
        long missed = 0;
        for (Entry position : at(account, places).positions()) {
            InstrumentRisk risk = epoch.table().instrument(position.number()).orElseThrow();
            long gain = Math.negateExact(
                    lossOfDay(new MarginAccount(0, List.of(position), List.of(), List.of(), List.of())));
            String group = epoch.table().group(risk.group()).orElseThrow().id();
            Optional<WallEvent.Deleveraging> coin =
                    taken.stream().filter(t -> t.coin().equals(group)).findFirst();
            if (!risk.paidUp() && gain > 0 && coin.isPresent()) {
                missed = Math.addExact(missed, missed(gain, coin.get()));
            }
        }
        return new Struck(0, Math.addExact(lossOfDay(account), missed));
    }

    /** Of a gain over the whole move what lies behind the first price at which positions were taken, rounded up. */
    private long missed(long gain, WallEvent.Deleveraging coin) {
        long whole = Math.abs((long) day.move(coin.coin()));
        int first = Ppm.ONE - coin.ppm(coin.first());
        return first >= whole
                ? 0
                : Rounding.exactLong(Rounding.cdiv(
                        BigInteger.valueOf(gain).multiply(BigInteger.valueOf(whole - first)),
                        BigInteger.valueOf(whole)));
    }

    private long lossOfDay(MarginAccount account) {
        return new StressedAccount(0, "", account, 0).loss(table, row);
    }

    /** What of an account stands at some places; its cash stands at none. */
    private MarginAccount at(MarginAccount account, Set<Integer> places) {
        RiskTable placed = epoch.table();
        IntFunction<Integer> instrument =
                number -> placed.instrument(number).map(InstrumentRisk::venue).orElseThrow();
        IntFunction<Integer> asset =
                number -> placed.asset(number).map(AssetRisk::venue).orElseThrow();
        return new MarginAccount(
                0,
                at(account.positions(), instrument, places),
                List.of(),
                at(account.collateral(), asset, places),
                at(account.debt(), asset, places));
    }

    private static List<Entry> at(List<Entry> entries, IntFunction<Integer> venue, Set<Integer> places) {
        return entries.stream()
                .filter(entry -> places.contains(venue.apply(entry.number())))
                .toList();
    }
}
