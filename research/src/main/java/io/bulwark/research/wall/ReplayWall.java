package io.bulwark.research.wall;

import io.bulwark.api.door.Money;
import io.bulwark.clearing.governance.ParameterSet;
import io.bulwark.clearing.money.Ppm;
import io.bulwark.house.epoch.ComputedEpoch;
import io.bulwark.house.epoch.CrashReplayFile;
import io.bulwark.house.fund.Defaults;
import io.bulwark.insurance.defaultmanagement.DefaultParameters;
import io.bulwark.insurance.liquidation.LiquidationParameters;
import io.bulwark.insurance.liquidation.LiquidationReplay;
import io.bulwark.insurance.liquidation.PricePath;
import io.bulwark.insurance.liquidation.SaleSpeed;
import io.bulwark.insurance.stresstest.ReverseStress;
import io.bulwark.insurance.stresstest.WorthlessSymbol;
import io.bulwark.insurance.waterfall.Absorption;
import io.bulwark.insurance.waterfall.Layer;
import io.bulwark.insurance.waterfall.Waterfall;
import io.bulwark.netting.buffer.BufferParameters;
import io.bulwark.netting.contagion.CascadeBook;
import io.bulwark.netting.contagion.ContagionAccount;
import io.bulwark.netting.contagion.ContagionMap;
import io.bulwark.netting.contagion.ContagionRules;
import io.bulwark.netting.contagion.ContagionScenario;
import io.bulwark.netting.contagion.ContagionSymbol;
import io.bulwark.netting.contagion.ContagionSystem;
import io.bulwark.netting.contagion.LiquidityGroup;
import io.bulwark.netting.contagion.ReproductionNumber;
import io.bulwark.netting.risktable.IntColumn;
import io.bulwark.netting.scenario.CrashDay;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.hipparchus.fraction.BigFraction;

/** Takes one book through events. */
public final class ReplayWall {
    private static final long MICRO_PER_U = 100;
    private static final int PUSH = 1_000;
    private static final List<Integer> RECOVERIES = List.of(0, 250_000, 500_000, 750_000, 900_000, 1_000_000);

    private final WallBook book;
    private final ParameterSet parameters;
    private final List<LiquidityGroup> groups;
    private final List<WallBook.Account> accounts;
    private final CascadeBook cascade;
    private final SaleSpeed speed;
    private final int spanPpm;

    private ReplayWall(WallBook book, ParameterSet parameters) {
        this.book = book;
        this.parameters = parameters;
        this.groups = book.groups();
        this.accounts = book.accounts();
        this.cascade = cascade();
        this.speed = LiquidationParameters.speed(parameters);
        this.spanPpm = Math.toIntExact(parameters.value(BufferParameters.SPAN));
    }

    /** The wall of a sealed epoch over what stands ready now. */
    public static WallAnswer ofEpoch(ComputedEpoch epoch, Defaults.Standing standing, List<WallEvent> events) {
        TreeMap<String, Long> contributions = new TreeMap<>();
        standing.contributions().forEach((member, u) -> contributions.put(member, Math.multiplyExact(u, MICRO_PER_U)));
        WallBook.Resources resources = new WallBook.Resources(
                Math.multiplyExact(standing.houseCapital(), MICRO_PER_U),
                contributions,
                epoch.parameters().value(DefaultParameters.ASSESSMENT_SHARE));
        return new ReplayWall(new HouseWallBook(epoch, standing.members(), resources), epoch.parameters())
                .answer(events);
    }

    /**
     * The wall of a book drawn from a seed, at the governed numbers of a new house.
     *
     * @param size number of accounts
     * @param grossMillions million USD
     */
    public static WallAnswer ofSeed(long seed, int size, long grossMillions, List<WallEvent> events) {
        ParameterSet founding = ParameterSet.founding();
        return new ReplayWall(DrawnBook.of(seed, size, grossMillions, founding), founding).answer(events);
    }

    private WallAnswer answer(List<WallEvent> events) {
        List<CrashDay> days = CrashReplayFile.replays();
        return new WallAnswer(
                book.name(),
                money(book.resources().prefunded()),
                events.stream()
                        .map(event -> new WallAnswer.Event(
                                event.event(),
                                event.date(),
                                event.title(),
                                event.source(),
                                event.market() ? Optional.of(market(day(days, event))) : Optional.empty(),
                                event.market() ? Optional.empty() : Optional.of(collateral(event)),
                                event.market() ? book.venues(event, day(days, event)) : List.of()))
                        .toList());
    }

    private static CrashDay day(List<CrashDay> days, WallEvent event) {
        return days.stream()
                .filter(d -> d.day().equals(event.replay()))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("no replay " + event.replay()));
    }

    private WallAnswer.MarketLoss market(CrashDay day) {
        List<WallBook.FirstLoss> losses = book.losses(day);
        List<WallBook.FirstLoss> losers =
                losses.stream().filter(l -> l.loss() > 0).toList();
        EventPath way = EventPath.of(day);
        IntColumn moves =
                IntColumn.of(groups.stream().mapToInt(g -> day.move(g.name())).toArray());
        int seconds = Math.toIntExact(parameters.value(LiquidationParameters.SLICE_SECONDS));
        PricePath path = way.prices(moves, seconds);
        ReproductionNumber r = reproduction(moves);
        return new WallAnswer.MarketLoss(
                moves(moves),
                way.known()
                        ? "shape of BTC's known prices, a moment every " + seconds + " s"
                        : "straight over a day, a moment every " + seconds + " s",
                money(losers.stream().mapToLong(WallBook.FirstLoss::loss).reduce(0, Math::addExact)),
                money(losers.stream().mapToLong(WallBook.FirstLoss::held).reduce(0, Math::addExact)),
                money(losers.stream().mapToLong(WallBook.FirstLoss::uncovered).reduce(0, Math::addExact)),
                payers(losers),
                answer(replay(path, SaleSpeed.atOnce(speed.keptPpm()))),
                answer(replay(path, speed)),
                RECOVERIES.stream().map(kept -> recovery(path, kept)).toList(),
                new WallAnswer.Reproduction(r.lowerPpm(), r.upperPpm(), r.alongPpm()),
                exhausted(moves));
    }

    private LiquidationReplay replay(PricePath path, SaleSpeed at) {
        return LiquidationReplay.of(cascade, groups, path, at, spanPpm);
    }

    private WallAnswer.Recovery recovery(PricePath path, int kept) {
        LiquidationReplay atOnce = replay(path, SaleSpeed.atOnce(kept));
        LiquidationReplay slowly = replay(path, speed.withKept(kept));
        return new WallAnswer.Recovery(
                kept,
                money(atOnce.uncovered()),
                money(slowly.uncovered()),
                money(atOnce.impactCost()),
                money(slowly.impactCost()));
    }

    private WallAnswer.Cascade answer(LiquidationReplay replay) {
        return new WallAnswer.Cascade(
                money(replay.uncovered()),
                money(replay.impactCost()),
                money(replay.forcedFlow()),
                replay.liquidated(),
                replay.insolvent(),
                moves(IntColumn.of(
                        replay.lowestPpm().stream().map(p -> p - Ppm.ONE).toArray())),
                replay.moments());
    }

    /** The event at once, in the map of the buffer: long and short apart, owners apart. */
    private ReproductionNumber reproduction(IntColumn moves) {
        List<ContagionSymbol> symbols = IntStream.range(0, groups.size())
                .mapToObj(k -> new ContagionSymbol(
                        groups.get(k).name(), k, groups.get(k).name()))
                .toList();
        List<ContagionAccount> held = IntStream.range(0, accounts.size())
                .mapToObj(a -> ContagionAccount.linear(
                        Integer.toString(a),
                        Optional.empty(),
                        IntStream.range(0, groups.size())
                                .mapToObj(k -> (ContagionAccount.Leg) new ContagionAccount.Leg.Linear(
                                        k, accounts.get(a).values().get(k)))
                                .toList(),
                        accounts.get(a).equity(),
                        accounts.get(a).maintenance()))
                .toList();
        ContagionSystem system = new ContagionSystem(
                groups,
                symbols,
                held,
                List.of(new ContagionScenario(moves, IntColumn.zeros(symbols.size()))),
                new ContagionRules(spanPpm, 0, 0));
        return ReproductionNumber.of(new ContagionMap(system, 0), PUSH);
    }

    private Optional<Integer> exhausted(IntColumn moves) {
        ReverseStress found = ReverseStress.of(
                multiple ->
                        replay(multipleOf(moves, multiple), SaleSpeed.atOnce(0)).uncovered(),
                book.resources().prefunded(),
                ReverseStress.Grid.USUAL);
        return found.multiplePpm().stream().boxed().findFirst();
    }

    private static PricePath multipleOf(IntColumn moves, int multiplePpm) {
        return new PricePath(List.of(IntColumn.of(moves.stream()
                .map(m -> (int) Math.max(0, PricePath.START + Math.floorDiv((long) m * multiplePpm, (long) Ppm.ONE)))
                .toArray())));
    }

    /** Own contributions, the house's capital, the others' contributions, calls on them, nobody. */
    private List<WallAnswer.Payer> payers(List<WallBook.FirstLoss> losers) {
        TreeMap<String, Long> beyond = new TreeMap<>();
        losers.stream()
                .filter(l -> l.uncovered() > 0)
                .forEach(l -> beyond.merge(l.member(), l.uncovered(), Math::addExact));
        long own = 0;
        long others = 0;
        for (Map.Entry<String, Long> member : book.resources().contributions().entrySet()) {
            long lost = beyond.getOrDefault(member.getKey(), 0L);
            own = Math.addExact(own, Math.min(lost, member.getValue()));
            others = Math.addExact(others, lost > 0 ? 0 : member.getValue());
        }
        BigFraction calls = new BigFraction(BigInteger.valueOf(others))
                .multiply(new BigFraction(book.resources().assessmentPpm(), Ppm.ONE));
        Absorption paid = new Waterfall(List.of(
                        layer("contributions of those who lose", own),
                        layer("the house's own capital", book.resources().houseCapital()),
                        layer("contributions of the others", others),
                        Layer.of("assessments of the others", calls)))
                .absorb(new BigFraction(
                        BigInteger.valueOf(beyond.values().stream().reduce(0L, Math::addExact))));
        List<WallAnswer.Payer> payers = new ArrayList<>();
        paid.layers().forEach(use -> payers.add(new WallAnswer.Payer(use.name(), money(up(use.used())))));
        payers.add(new WallAnswer.Payer("nobody", money(up(paid.residual()))));
        return payers;
    }

    private static Layer layer(String name, long micro) {
        return Layer.of(name, new BigFraction(BigInteger.valueOf(micro)));
    }

    private static long up(BigFraction micro) {
        BigInteger[] parts = micro.getNumerator().divideAndRemainder(micro.getDenominator());
        return parts[0].longValueExact() + parts[1].signum();
    }

    private WallAnswer.CollateralLoss collateral(WallEvent event) {
        List<WorthlessSymbol> chains = book.chains(event.dropPpm());
        return new WallAnswer.CollateralLoss(
                event.symbol(),
                event.dropPpm(),
                chains.stream()
                        .filter(c -> c.symbol().equals(event.symbol()))
                        .findFirst()
                        .map(ReplayWall::chain),
                chains.stream()
                        .max(Comparator.comparingLong(WorthlessSymbol::uncovered)
                                .thenComparingLong(WorthlessSymbol::exposure)
                                .thenComparing(WorthlessSymbol::symbol))
                        .map(ReplayWall::chain));
    }

    private static WallAnswer.Chain chain(WorthlessSymbol lost) {
        return new WallAnswer.Chain(lost.symbol(), lost.chain(), Money.of(lost.exposure()), Money.of(lost.uncovered()));
    }

    private List<WallAnswer.Move> moves(IntColumn ppm) {
        return IntStream.range(0, groups.size())
                .mapToObj(k -> new WallAnswer.Move(groups.get(k).name(), ppm.at(k)))
                .toList();
    }

    private CascadeBook cascade() {
        int[] start = new int[accounts.size() + 1];
        List<Integer> sides = new ArrayList<>();
        List<Long> amounts = new ArrayList<>();
        for (int a = 0; a < accounts.size(); a++) {
            for (int k = 0; k < groups.size(); k++) {
                long value = accounts.get(a).values().get(k);
                if (value != 0) {
                    sides.add(value > 0 ? 2 * k : 2 * k + 1);
                    amounts.add(Math.absExact(value));
                }
            }
            start[a + 1] = sides.size();
        }
        return CascadeBook.of(
                groups.size(),
                start,
                sides.stream().mapToInt(Integer::intValue).toArray(),
                amounts.stream().mapToLong(Long::longValue).toArray(),
                accounts.stream().mapToLong(WallBook.Account::equity).toArray(),
                accounts.stream().mapToLong(WallBook.Account::maintenance).toArray());
    }

    /** In u, rounded up. */
    private static Money money(long micro) {
        return Money.of(Math.ceilDiv(micro, MICRO_PER_U));
    }
}
