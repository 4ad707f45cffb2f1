package io.bulwark.prover.contagion;

import io.bulwark.clearing.document.CanonicalFields;
import io.bulwark.clearing.document.CanonicalValue;
import io.bulwark.netting.buffer.BufferTariff;
import io.bulwark.netting.risktable.RiskTable;
import io.bulwark.prover.commitment.AccountLeaf.Format;
import io.bulwark.prover.witness.CircuitSize;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The size of a certificate's circuit.
 *
 * @param levels 4^levels accounts
 * @param positions positions of an account
 * @param lines collateral and debt lines of an account together
 * @param entries instruments that are no options, and both sides of every asset
 * @param places unwind sets by group
 * @param groups places for liquidity groups of the tariff
 * @param scenarios places for scenarios of the tariff; nothing moves in one behind the last
 * @param members clearing members
 * @param format of the accounts' leaves, which follows from the house's tables
 */
public record ContagionShape(
        int levels,
        int positions,
        int lines,
        int entries,
        int places,
        int groups,
        int scenarios,
        int members,
        Format format)
        implements CircuitSize.OfAccounts {
    private static final int DEPTH = 10;
    private static final int FIELDS = 9;

    /** Groups and scenarios of a house's keys, from the smallest. */
    private static final List<Room> ROOMS = List.of(new Room(3, 27), new Room(4, 32), new Room(8, 36));

    /** Sizes of a house's own keys, from the smallest: 16 accounts, 16 with more listed, 64. */
    private static final List<String> LADDER = List.of("2-16-8-64-32-16", "2-16-8-256-128-16", "3-16-8-256-128-64");

    /** What a key has room for of a tariff. */
    private record Room(int groups, int scenarios) {}

    /**
     * The smallest of a house's own sizes that has room for it, else the largest: how many accounts, members, entries, groups and
     * scenarios there are on a day decides nothing inside it.
     *
     * @param table whose entries the tariff charges
     * @param places of the account tree up to its last account
     * @throws IllegalArgumentException if no key has room for the tariff
     */
    public static ContagionShape rung(RiskTable table, BufferTariff tariff, int places) {
        List<ContagionShape> rungs = ladder(room(tariff));
        long linear = table.instruments().stream()
                .filter(instrument -> instrument.vega().isEmpty())
                .count();
        return rungs.stream()
                .filter(rung -> places <= 1 << (2 * rung.levels)
                        && linear + 2L * table.assets().size() <= rung.entries)
                .findFirst()
                .orElseGet(rungs::getLast);
    }

    /** A house's own sizes: of each tariff that there is a key for from the smallest. */
    public static List<ContagionShape> ladder() {
        return ROOMS.stream().flatMap(room -> ladder(room).stream()).toList();
    }

    private static List<ContagionShape> ladder(Room room) {
        return LADDER.stream().map(sizes -> of(sizes, room)).toList();
    }

    private static Room room(BufferTariff tariff) {
        return ROOMS.stream()
                .filter(room -> tariff.groups().size() <= room.groups
                        && tariff.scenarios().size() <= room.scenarios)
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("must be of a tariff of at most "
                        + ROOMS.getLast().groups + " groups and " + ROOMS.getLast().scenarios + " scenarios; have "
                        + tariff.groups().size() + " and " + tariff.scenarios().size()));
    }

    /**
     * Reads sizes without groups and scenarios, of which there is room for 3 and 27, 4 and 32 or 8 and 36: levels,
     * positions, lines, entries, places, members, with - between, for accounts without standings.
     *
     * @throws IllegalArgumentException if they are none, saying why
     */
    public static ContagionShape of(String sizes, BufferTariff tariff) {
        if (!sizes.matches("\\d{1,4}(-\\d{1,4}){5}")) {
            throw new IllegalArgumentException(
                    "must be LEVELS-POSITIONS-LINES-ENTRIES-PLACES-MEMBERS, such as 2-16-8-64-32-16");
        }
        return of(sizes, room(tariff));
    }

    private static ContagionShape of(String sizes, Room room) {
        int[] size = Arrays.stream(sizes.split("-")).mapToInt(Integer::parseInt).toArray();
        return new ContagionShape(
                size[0],
                size[1],
                size[2],
                size[3],
                size[4],
                room.groups,
                room.scenarios,
                size[5],
                Format.WITHOUT_VENUES);
    }

    /** The same sizes for a house whose accounts are of a format. */
    public ContagionShape with(Format leaves) {
        return new ContagionShape(levels, positions, lines, entries, places, groups, scenarios, members, leaves);
    }

    /**
     * Reads what {@link #encoded} writes, as the record of a key holds it.
     *
     * @throws IllegalArgumentException if it is no certificate's
     */
    public static ContagionShape of(CanonicalValue encoded) {
        boolean atVenues = encoded instanceof CanonicalValue.Array(var fields) && fields.size() > FIELDS;
        return read(CanonicalFields.of("shape", encoded), atVenues ? Format.AT_VENUES : Format.WITHOUT_VENUES);
    }

    private static ContagionShape read(CanonicalFields fields, Format format) {
        ContagionShape shape = new ContagionShape(
                size(fields, "levels"),
                size(fields, "positions"),
                size(fields, "lines"),
                size(fields, "entries"),
                size(fields, "places"),
                size(fields, "groups"),
                size(fields, "scenarios"),
                size(fields, "members"),
                format);
        fields.integer("depth", DEPTH, DEPTH);
        if (format == Format.AT_VENUES) {
            fields.integer("standings", 1, 1);
        }
        fields.end();
        return shape;
    }

    private static int size(CanonicalFields fields, String name) {
        return (int) fields.integer(name, 1, Short.MAX_VALUE);
    }

    @Override
    public IntStream sizes() {
        return IntStream.of(levels, positions, lines, entries, places, groups, scenarios, members, DEPTH);
    }

    @Override
    public String circuit() {
        return "contagion";
    }
}
