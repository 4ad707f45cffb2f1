package io.bulwark.prover;

import io.bulwark.clearing.money.Ppm;
import io.bulwark.netting.formula.GrossBound;
import io.bulwark.netting.margin.MarginStatement;
import io.bulwark.netting.portfolio.MarginAccount;
import io.bulwark.netting.portfolio.MarginAccount.Standing;
import io.bulwark.netting.risktable.AssetRisk;
import io.bulwark.netting.risktable.Family;
import io.bulwark.netting.risktable.Group;
import io.bulwark.netting.risktable.GroupCharges;
import io.bulwark.netting.risktable.InstrumentRisk;
import io.bulwark.netting.risktable.IntColumn;
import io.bulwark.netting.risktable.RiskTable;
import io.bulwark.netting.risktable.VenueRisk;
import io.bulwark.prover.witness.ProofShape;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Random tables of format 3: a random one of format 2, each of whose entries stands free, at one of three, or five, venues
 * that may act, or in a wallet. Beside
 * them accounts with a standing wherever one is asked for.
 */
public final class RandomVenues {
    private static final List<VenueRisk.Terms> VENUES = List.of(
            new VenueRisk.Terms("free", false, 0, 0),
            new VenueRisk.Terms("pool", true, 300_000, 10_000),
            new VenueRisk.Terms("exchange", true, 400_000, 30_000),
            new VenueRisk.Terms("wallet", false, 0, 0),
            new VenueRisk.Terms("chain", true, 500_000, 20_000));
    private static final List<VenueRisk.Terms> MANY = Stream.concat(
                    VENUES.stream(),
                    Stream.of("desk", "book").map(name -> new VenueRisk.Terms(name, true, 600_000, 40_000)))
            .toList();

    private final SplittableRandom random;
    private final RiskTable plain;
    private final List<VenueRisk.Terms> venues;
    private final List<VenueRisk.Path> paths;

    private RandomVenues(SplittableRandom random, RiskTable plain, List<VenueRisk.Terms> venues) {
        this.random = random;
        this.plain = plain;
        this.venues = venues;
        this.paths = paths(plain);
    }

    /** Such a table over one of {@link RandomRiskTable}, in whose last row no asset moves. */
    public static RiskTable over(SplittableRandom random, RiskTable plain) {
        return new RandomVenues(random, plain, VENUES).table();
    }

    /** The same with five venues that may act. */
    public static RiskTable overMany(SplittableRandom random, RiskTable plain) {
        return new RandomVenues(random, plain, MANY).table();
    }

    private static List<Integer> acting(List<VenueRisk.Terms> venues) {
        return IntStream.range(0, venues.size())
                .filter(venue -> venues.get(venue).liquidates())
                .boxed()
                .toList();
    }

    /** Two mirrored paths, one that ends in the row back alone, and a counter path where the table has a family for it. */
    private static List<VenueRisk.Path> paths(RiskTable plain) {
        int back = plain.rowCount() - 1;
        Stream<VenueRisk.Path> joint = Stream.of(
                new VenueRisk.Path(0, List.of(1, back)),
                new VenueRisk.Path(1, List.of(0, back)),
                new VenueRisk.Path(2, List.of(back)));
        Stream<VenueRisk.Path> counter = plain.families().stream()
                .filter(family -> family.name().equals("ADV"))
                .map(Family::points)
                .map(points -> new VenueRisk.Path(points.getFirst().at(0), List.of(back)));
        return Stream.concat(joint, counter).toList();
    }

    private RiskTable table() {
        int[] shares = {Ppm.ONE, 2 * Ppm.ONE, 1 + random.nextInt(Ppm.ONE)};
        return new RiskTable(
                plain.builder(),
                plain.rows(),
                plain.families(),
                plain.combos(),
                plain.moves(),
                plain.esVolatility(),
                plain.esWeights(),
                plain.groups().stream().map(this::parting).toList(),
                plain.instruments().stream().map(this::standing).toList(),
                plain.assets().stream().map(this::standing).toList(),
                plain.parameters(),
                new VenueRisk(venues, paths, shares[random.nextInt(shares.length)]));
    }

    private Group parting(Group group) {
        return new Group(
                group.number(),
                group.id(),
                group.charges()
                        .map(c -> new GroupCharges(
                                c.impact(),
                                c.contagion(),
                                c.crowding(),
                                c.skew(),
                                c.basis(),
                                acting(venues).stream()
                                        .map(venue -> new GroupCharges.Dislocation(venue, random.nextInt(30_000)))
                                        .toList())));
    }

    private int venue() {
        return random.nextInt(3) == 0 ? VenueRisk.FREE : 1 + random.nextInt(venues.size() - 1);
    }

    private InstrumentRisk standing(InstrumentRisk i) {
        return new InstrumentRisk(
                i.number(),
                i.id(),
                i.group(),
                i.paidUp(),
                i.days(),
                i.value(),
                i.row(),
                i.rowShort(),
                i.es(),
                i.delta(),
                i.vega(),
                i.spread(),
                i.crowd(),
                i.knots(),
                i.bound(),
                venue());
    }

    private AssetRisk standing(AssetRisk a) {
        int most = Math.toIntExact(a.value());
        IntColumn counted = IntColumn.of(
                paths.stream().mapToInt(path -> random.nextInt(-most, most + 1)).toArray());
        return new AssetRisk(
                        a.number(),
                        a.id(),
                        a.group(),
                        a.tier(),
                        a.stable(),
                        a.price(),
                        a.haircut(),
                        a.residual(),
                        a.peg(),
                        a.value(),
                        a.row(),
                        a.es(),
                        a.debtValue(),
                        a.debtRow(),
                        a.debtEs(),
                        a.delta(),
                        a.crowd(),
                        a.knots(),
                        0,
                        new AssetRisk.AtVenue(venue(), random.nextInt(Ppm.ONE + 1), counted))
                .bounded();
    }

    /**
     * The account with a standing at every venue that may act and where it has lots, sometimes at one more: good
     * ones, none, and ones below 0.
     */
    public static MarginAccount standing(SplittableRandom random, RiskTable table, MarginAccount account) {
        Set<Integer> venues = new TreeSet<>();
        Stream.of(account.positions(), account.paid())
                .flatMap(List::stream)
                .map(entry -> table.instrument(entry.number()))
                .flatMap(Optional::stream)
                .forEach(instrument -> venues.add(instrument.venue()));
        Stream.of(account.collateral(), account.debt())
                .flatMap(List::stream)
                .map(entry -> table.asset(entry.number()))
                .flatMap(Optional::stream)
                .forEach(asset -> venues.add(asset.venue()));
        List<Integer> acting = acting(table.venueRisk().venues());
        venues.add(acting.get(random.nextInt(acting.size())));
        venues.removeIf(venue -> !table.venueRisk().liquidates(venue));
        long size = Math.max(1, Math.min(1L << 50, GrossBound.of(table, account) / 8));
        return standing(
                account,
                venues.stream()
                        .map(venue ->
                                new Standing(venue, random.nextInt(5) == 0 ? 0 : random.nextLong(-size / 4, size)))
                        .toList());
    }

    /** An account of at least two standings whose margin the first of them changes: none of its money is free. */
    public static MarginAccount paying(SplittableRandom random, RiskTable table, ProofShape shape) {
        return Stream.generate(() -> RandomAccount.indebted(random, table, shape))
                .limit(2_000)
                .map(drawn -> new MarginAccount(0, drawn.positions(), drawn.paid(), drawn.collateral(), drawn.debt()))
                .map(drawn -> standing(random, table, drawn))
                .filter(drawn -> drawn.standings().size() > 1)
                .filter(drawn -> margin(table, drawn) > margin(table, farther(drawn)))
                .findFirst()
                .orElseThrow();
    }

    private static long margin(RiskTable table, MarginAccount account) {
        return MarginStatement.of(table, account).initialMargin();
    }

    /** The account with its first venue so far from acting that nothing is asked for there. */
    public static MarginAccount farther(MarginAccount account) {
        return standing(account, better(account.standings(), 0, 1L << 40));
    }

    /** The account with other standings. */
    public static MarginAccount standing(MarginAccount account, List<Standing> standings) {
        return new MarginAccount(
                account.cash(), account.positions(), account.paid(), account.collateral(), account.debt(), standings);
    }

    /** The standings with one of them so much better. */
    public static List<Standing> better(List<Standing> standings, int place, long by) {
        List<Standing> changed = new ArrayList<>(standings);
        Standing one = standings.get(place);
        changed.set(place, new Standing(one.venue(), one.distance() + by));
        return Collections.unmodifiableList(changed);
    }
}
