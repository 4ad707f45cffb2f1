package io.bulwark.netting.risktable;

import io.bulwark.clearing.document.CanonicalValue;
import io.bulwark.clearing.document.Digest;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Function;
import java.util.function.ToIntFunction;

/**
 * The published risk table, format version 2, or 3 where it lists venues: immutable, one per epoch, the only thing
 * that margin and circuit read.
 *
 * <p>The constructor refuses a table that has no meaning (lengths, references, order, signs). Whether a meaningful table may be <em>published</em> is judged by {@link
 * Publication}.
 *
 * @param builder how the table was built: normative for its rows, any canonical tree, never read by the margin
 * @param rows scenario rows, numbered from 0
 * @param families scenario families
 * @param combos mixtures of families
 * @param moves price moves per group, sorted by group
 * @param esVolatility volatility shock per expected-shortfall row, 10⁻⁶ of the full shock
 * @param esWeights weight per expected-shortfall row, ppm, together 10⁶
 * @param groups every group that an entry names, sorted by number
 * @param instruments sorted by number
 * @param assets sorted by number
 * @param parameters scalars
 * @param venueRisk venues and what they may do on their own; none in format 2
 */
public record RiskTable(
        CanonicalValue builder,
        List<ScenarioRow> rows,
        List<Family> families,
        List<Combo> combos,
        List<GroupMoves> moves,
        IntColumn esVolatility,
        IntColumn esWeights,
        List<Group> groups,
        List<InstrumentRisk> instruments,
        List<AssetRisk> assets,
        RiskParameters parameters,
        VenueRisk venueRisk) {
    /** Levels of the tree of a table's leaves, where its house chose no other. */
    public static final int TREE_DEPTH = 5;

    /** The other choice. */
    public static final int SMALL_TREE_DEPTH = 4;

    /** Name of the canonical schema. */
    public static final String SCHEMA = "bulwark-risk-table";

    /** Version of the format and of the schema of a table without venues. */
    public static final int FORMAT = 2;

    /** Version of the format and of the schema of a table with venues. */
    public static final int FORMAT_OF_VENUES = 3;

    /** Copies and checks everything that the arithmetic relies on. */
    public RiskTable {
        rows = List.copyOf(rows);
        families = List.copyOf(families);
        combos = List.copyOf(combos);
        moves = List.copyOf(moves);
        groups = List.copyOf(groups);
        instruments = List.copyOf(instruments);
        assets = List.copyOf(assets);
        Entries.increasing(groups, Group::number, "groups");
        Entries.increasing(instruments, InstrumentRisk::number, "instruments");
        Entries.increasing(assets, AssetRisk::number, "assets");
        Entries.increasing(moves, GroupMoves::group, "moves");
        distinct(groups, Group::id, "group ids");
        distinct(instruments, InstrumentRisk::id, "instrument ids");
        distinct(assets, AssetRisk::id, "asset ids");
        distinct(families, Family::name, "family names");
        distinct(combos, Combo::name, "combo names");
        requireScenarios(rows.size(), families, combos);
        requireEsRows(esVolatility, esWeights);
        TableShape shape = new TableShape(rows.size(), esWeights.length(), groups, venueRisk);
        shape.requirePaths();
        groups.forEach(shape::require);
        moves.forEach(shape::require);
        instruments.forEach(shape::require);
        assets.forEach(shape::require);
    }

    /** The same table under other rules of its venues. */
    public RiskTable with(VenueRisk other) {
        return with(parameters, other);
    }

    /** The same table in a tree of another depth: another root, the same margins. */
    public RiskTable inTreeOf(int levels) {
        return with(parameters.inTreeOf(levels), venueRisk);
    }

    private RiskTable with(RiskParameters scalars, VenueRisk risk) {
        return new RiskTable(
                builder,
                rows,
                families,
                combos,
                moves,
                esVolatility,
                esWeights,
                groups,
                instruments,
                assets,
                scalars,
                risk);
    }

    /** Levels of the 4-ary tree of its leaves, whose root an epoch seals. */
    public int treeDepth() {
        return parameters.treeDepth();
    }

    /**
     * Leaves of its tree: one for the whole, one a group, one an instrument and one more where short lots have a row of their own, two an
     * asset.
     */
    public int leafCount() {
        long ofShortLots = instruments.stream()
                .filter(instrument -> instrument.rowShort().isPresent())
                .count();
        return 1 + groups.size() + instruments.size() + Math.toIntExact(ofShortLots) + 2 * assets.size();
    }

    /** The version of its format: 3 where it lists venues, else 2. */
    public int format() {
        return venueRisk.venues().isEmpty() ? FORMAT : FORMAT_OF_VENUES;
    }

    /** Number of scenario rows R. */
    public int rowCount() {
        return rows.size();
    }

    /**
     * Whether a row only fills a place, so that the table has the same structure on every day: it is no scenario, or one that
     * stands in the table before. No maximum of rows feels it, and nobody is told of it.
     */
    public boolean fillsPlace(int row) {
        ScenarioRow own = rows.get(row);
        return own.isPad() || rows.indexOf(own) < row;
    }

    /** Number of expected-shortfall rows N. */
    public int esRowCount() {
        return esWeights.length();
    }

    /** The instrument of a permanent number. */
    public Optional<InstrumentRisk> instrument(int number) {
        return at(instruments, InstrumentRisk::number, number);
    }

    /** The asset of a permanent number. */
    public Optional<AssetRisk> asset(int number) {
        return at(assets, AssetRisk::number, number);
    }

    /** The group of a permanent number. */
    public Optional<Group> group(int number) {
        return at(groups, Group::number, number);
    }

    /** The instrument of an id. */
    public Optional<InstrumentRisk> instrument(String id) {
        return instruments.stream().filter(i -> i.id().equals(id)).findFirst();
    }

    /** The asset of an id. */
    public Optional<AssetRisk> asset(String id) {
        return assets.stream().filter(a -> a.id().equals(id)).findFirst();
    }

    /** The published moves of a group; empty for a group whose price does not move by itself. */
    public Optional<GroupMoves> movesOf(int group) {
        return at(moves, GroupMoves::group, group);
    }

    /** The moves that an asset follows: its group's, or those of its underlyings where its group does not move by itself. */
    public List<GroupMoves> legsOf(AssetRisk asset) {
        return movesOf(asset.group())
                .map(List::of)
                .orElseGet(() -> asset.delta().stream()
                        .flatMap(leg -> movesOf(leg.group()).stream())
                        .toList());
    }

    /** What the builder says under a name; empty where it says nothing of it. */
    public Optional<CanonicalValue> built(String name) {
        return builder instanceof CanonicalValue.Array fields
                ? fields.values().stream()
                        .filter(CanonicalValue.Array.class::isInstance)
                        .map(field -> ((CanonicalValue.Array) field).values())
                        .filter(pair -> pair.size() == 2 && pair.getFirst().equals(CanonicalValue.text(name)))
                        .map(List::getLast)
                        .findFirst()
                : Optional.empty();
    }

    /** The canonical encoding: schema {@code risk-table.cddl}. */
    public byte[] encode() {
        return RiskTableEncoding.tree(this).encode();
    }

    /** SHA-256 of the canonical encoding. */
    public Digest digest() {
        return Digest.sha256(encode());
    }

    /**
     * Reads a canonical encoding.
     *
     * @throws IllegalArgumentException if the bytes are not the one encoding of a well-formed table
     */
    public static RiskTable decode(byte[] encoding) {
        return RiskTableDecoding.read(encoding);
    }

    private static <T> Optional<T> at(List<T> entries, ToIntFunction<T> number, int wanted) {
        OptionalInt index = Entries.find(entries, number, wanted);
        return index.isPresent() ? Optional.of(entries.get(index.getAsInt())) : Optional.empty();
    }

    private static <T> void distinct(List<T> entries, Function<T, String> id, String where) {
        Set<String> seen = new HashSet<>();
        entries.forEach(entry -> Require.that(seen.add(id.apply(entry)), where, "must be distinct", id.apply(entry)));
    }

    private static void requireScenarios(int rowCount, List<Family> families, List<Combo> combos) {
        Require.that(rowCount > 0, "rows", "must not be empty", rowCount);
        for (Family family : families) {
            boolean known =
                    family.points().stream().flatMapToInt(IntColumn::stream).allMatch(r -> r >= 0 && r < rowCount);
            Require.that(known, "family " + family.name(), "must name rows 0.." + (rowCount - 1), family.points());
        }
        for (Combo combo : combos) {
            Require.length(combo.weights(), families.size(), "weights of combo " + combo.name());
        }
    }

    private static void requireEsRows(IntColumn esVolatility, IntColumn esWeights) {
        Require.length(esVolatility, esWeights.length(), "esVolatility");
        Require.that(esWeights.stream().allMatch(w -> w >= 0), "esWeights", "must be >= 0", esWeights);
        // The worst tail of weight exists only if the weights make up the whole.
        Require.that(esWeights.sum() == RiskParameters.MILLION, "esWeights", "must add up to 1000000", esWeights.sum());
    }

    /**
     * A published mixture of families.
     *
     * @param name e.g. joint, breakdown, star
     * @param weights one weight per family in table order, ppm, none negative, together 10⁶
     */
    public record Combo(String name, IntColumn weights) {
        /** Checks the signs; the sum is a publication check. */
        public Combo {
            Require.notBlank(name, "combo name");
            Require.that(weights.stream().allMatch(w -> w >= 0), "combo " + name, "must have weights >= 0", weights);
        }
    }

    /**
     * The published moves of one group, from which collateral and debt rows follow in exact integers.
     *
     * @param group permanent number of the group
     * @param shock relative price move per scenario row, ppm
     * @param damp damping factor per scenario row, ppm
     * @param es relative price move per expected-shortfall row, ppm
     */
    public record GroupMoves(int group, IntColumn shock, IntColumn damp, IntColumn es) {}
}
