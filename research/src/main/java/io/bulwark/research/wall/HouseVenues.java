package io.bulwark.research.wall;

import io.bulwark.api.door.Money;
import io.bulwark.clearing.money.Ppm;
import io.bulwark.clearing.money.Rounding;
import io.bulwark.house.epoch.ComputedEpoch;
import io.bulwark.house.fund.FundStress;
import io.bulwark.insurance.stresstest.StressedAccount;
import io.bulwark.netting.buffer.HouseBuffer;
import io.bulwark.netting.margin.MarginStatement;
import io.bulwark.netting.placement.Placement;
import io.bulwark.netting.placement.Placement.Place;
import io.bulwark.netting.portfolio.Entry;
import io.bulwark.netting.portfolio.MarginAccount;
import io.bulwark.netting.risktable.AssetRisk;
import io.bulwark.netting.risktable.InstrumentRisk;
import io.bulwark.netting.risktable.RiskTable;
import io.bulwark.netting.scenario.CrashDay;
import io.bulwark.research.wall.HouseWallBook.Margined;
import java.math.BigInteger;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * A sealed book on a day when a venue did something of its own: each of the house's venues in the place of the one that did. Source: venue
 * risk, section 6, in the row of the day; and its section 10 on what deleveraging leaves.
 *
 * @param epoch sealed, over a table that says where entries stand
 * @param accounts that have a margin, in the order of the epoch
 * @param day what prices did
 * @param table with a row of the day
 * @param row that row
 */
record HouseVenues(ComputedEpoch epoch, List<Margined> accounts, CrashDay day, RiskTable table, int row) {
    HouseVenues {
        accounts = List.copyOf(accounts);
    }

    /** What venues do to one account, u. */
    private record Struck(long claim, long loss) {}

    /** Every venue gone: what stands there is gone at its mark before the day, and of the claim on it what such a venue loses. */
    List<WallAnswer.VenueLoss> gone() {
        return FundStress.VenueFailures.of(epoch).stream()
                .map(failure -> {
                    Set<Integer> places = places(failure.venue().number());
                    List<Struck> struck = IntStream.range(0, accounts.size())
                            .mapToObj(i -> gone(
                                    accounts.get(i).line().lots(),
                                    places,
                                    failure.cost().lost().get(i)))
                            .toList();
                    Money sized = Money.of(failure.counted(epoch.parameters()).layer());
                    return loss(failure.venue().name(), "gone", struck, Optional.of(sized));
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
                    List<Struck> struck = accounts.stream()
                            .map(account -> taken(account.line().lots(), places, taken))
                            .toList();
                    return loss(venue.name(), "deleveraged", struck, Optional.empty());
                })
                .toList();
    }

    private Set<Integer> places(int venue) {
        return epoch.market().placement().orElseThrow().placesOf(venue).stream()
                .map(Place::number)
                .collect(Collectors.toUnmodifiableSet());
    }

    /** Of all accounts, each struck in its own way. */
    private WallAnswer.VenueLoss loss(String venue, String happened, List<Struck> struck, Optional<Money> sized) {
        long claim = 0;
        long loss = 0;
        long beyond = 0;
        long uncharged = 0;
        long equity = 0;
        for (int i = 0; i < struck.size(); i++) {
            Margined account = accounts.get(i);
            long lost = struck.get(i).loss();
            claim = Math.addExact(claim, struck.get(i).claim());
            loss = Math.addExact(loss, Math.max(0, lost));
            beyond = Math.addExact(beyond, beyond(lost, account.held()));
            uncharged = Math.addExact(uncharged, beyond(lost, uncharged(account)));
            equity = Math.addExact(equity, beyond(lost, account.statement().equity()));
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

    private static long beyond(long loss, long held) {
        return Math.max(0, Math.subtractExact(loss, Math.max(0, held)));
    }

    /** What an account would hold if its margin charged nothing of what venues may do, u. */
    private long uncharged(Margined account) {
        MarginStatement statement = account.statement();
        long beside = epoch.buffer()
                .flatMap(buffer -> buffer.charge(Integer.toString(account.line().number())))
                .map(HouseBuffer::inU)
                .orElse(0L);
        long charged = Math.addExact(
                statement.given().prefundingCharge(), statement.given().dislocation());
        return Math.min(
                statement.equity(), Math.addExact(Math.subtractExact(statement.initialMargin(), charged), beside));
    }

    private Struck gone(MarginAccount account, Set<Integer> places, long claim) {
        long elsewhere = Math.subtractExact(lossOfDay(account), lossOfDay(at(account, places)));
        return new Struck(claim, Math.addExact(elsewhere, claim));
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
