package io.bulwark.netting.contagion;

import java.util.List;
import java.util.stream.IntStream;

/**
 * Φ of one scenario: from falls and rises of prices to what they force to be sold and bought, and from there back to falls and rises. Isotone on a finite box of integers,
 * so its least fixed point c* exists, is unique and depends on no order; Φ(c′) ≤ c′ certifies c′ ≥ c*.
 *
 * <p>Page: {@code docs/methodology/contagion.md}, "Contagion vectors".
 */
public final class ContagionMap implements IsotoneMap<ContagionVector> {
    private static final int ROUNDS_MAX = 10_000_000;

    private final ContagionSystem system;
    private final ScenarioBook book;
    private final ContagionVector bound;

    /** The map of a scenario, by place in the system. */
    public ContagionMap(ContagionSystem system, int scenario) {
        this(
                system,
                new ScenarioBook(system, scenario),
                system.scenarios().get(scenario).bound(system.groups()));
    }

    private ContagionMap(ContagionSystem system, ScenarioBook book, ContagionVector bound) {
        this.system = system;
        this.book = book;
        this.bound = bound;
    }

    /** The maps of all scenarios of a system. */
    public static List<ContagionMap> inEvery(ContagionSystem system) {
        List<ScenarioBook> books = ScenarioBook.inEvery(system);
        return IntStream.range(0, books.size())
                .mapToObj(s -> new ContagionMap(
                        system, books.get(s), system.scenarios().get(s).bound(system.groups())))
                .toList();
    }

    /** The maps of a system with the groups and scenarios of known ones, and other accounts. */
    public static List<ContagionMap> like(List<ContagionMap> known, ContagionSystem system) {
        List<ScenarioBook> books = ScenarioBook.inEvery(system);
        return IntStream.range(0, books.size())
                .mapToObj(s -> new ContagionMap(system, books.get(s), known.get(s).bound))
                .toList();
    }

    @Override
    public ContagionVector apply(ContagionVector vector) {
        return image(flows(vector));
    }

    @Override
    public boolean atMost(ContagionVector lower, ContagionVector upper) {
        return lower.atMost(upper);
    }

    /** The least fixed point c*, from below, all components at once. */
    public FixedPoint<ContagionVector> leastFixedPoint() {
        return FixedPoint.least(this, ContagionVector.zero(system.groups().size()), ROUNDS_MAX);
    }

    /** The largest values that a vector can have here: the caps, and no price falls below zero. */
    public ContagionVector bound() {
        return bound;
    }

    /** The certificate: whether Φ(c′) ≤ c′ for the candidate cut to its bound. */
    public boolean holds(ContagionVector candidate) {
        ContagionVector cut = candidate.cutTo(bound());
        return apply(cut).atMost(cut);
    }

    /** The same of a vector within its bound, from the flows of a whole book of which this map may know a part. */
    public boolean covers(ContagionVector vector, ForcedFlows flows) {
        return image(flows).atMost(vector);
    }

    /** The least certified vector at or above the candidate cut to its bound. */
    public ContagionVector raised(ContagionVector candidate) {
        return FixedPoint.leastAbove(this, candidate.cutTo(bound()), ContagionVector::join, ROUNDS_MAX)
                .point();
    }

    /** What is forced into the market under a vector. */
    public ForcedFlows flows(ContagionVector vector) {
        return flows(vector, 0);
    }

    ForcedFlows flows(ContagionVector vector, int haircut) {
        long[] flows = new long[2 * system.groups().size()];
        book.add(vector, haircut, flows, 0, book.ownerCount());
        book.addHedgers(vector, flows);
        return ForcedFlows.of(flows);
    }

    /**
     * What some owners and the hedgers add to it.
     *
     * @param accounts all of these owners, by place
     */
    public ForcedFlows part(ContagionVector vector, int[] accounts) {
        long[] flows = new long[2 * system.groups().size()];
        book.addOwnersOf(accounts, vector, flows);
        book.addHedgers(vector, flows);
        return ForcedFlows.of(flows);
    }

    ContagionVector image(ForcedFlows flows) {
        int groups = system.groups().size();
        int[] down = new int[groups];
        int[] up = new int[groups];
        for (int k = 0; k < groups; k++) {
            ImpactLadder ladder = system.groups().get(k).ladder();
            down[k] = ladder.rate(flows.sale(k), bound.down(k));
            up[k] = ladder.rate(flows.purchase(k), bound.up(k));
        }
        return ContagionVector.of(down, up);
    }

    /**
     * F̄: by group and side the largest flow that a certified vector covers. An action that lifts a flow above it waits, also where the vector is at its cap and the
     * certificate holds for any flow. {@link Long#MAX_VALUE} where no flow moves the price further.
     */
    public ForcedFlows headroom(ContagionVector certified) {
        int groups = system.groups().size();
        return ForcedFlows.of(IntStream.range(0, 2 * groups)
                .mapToLong(i -> system.groups()
                        .get(i % groups)
                        .ladder()
                        .largestFlow(certified.rates().at(i)))
                .toArray());
    }

    /** g of every account by itself, ppm. */
    public List<Integer> liquidated(ContagionVector vector) {
        return book.liquidated(vector, 0);
    }

    /** Number of groups. */
    int groups() {
        return system.groups().size();
    }

    public ScenarioBook book() {
        return book;
    }
}
