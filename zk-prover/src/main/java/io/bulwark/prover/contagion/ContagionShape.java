package io.bulwark.prover.contagion;

import io.bulwark.clearing.document.CanonicalFields;
import io.bulwark.clearing.document.CanonicalValue;
import io.bulwark.netting.buffer.BufferTariff;
import io.bulwark.prover.commitment.AccountLeaf.Format;
import io.bulwark.prover.witness.CircuitSize;
import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * The size of a certificate's circuit.
 *
 * @param levels 4^levels accounts
 * @param positions positions of an account
 * @param lines collateral and debt lines of an account together
 * @param entries instruments that are no options, and both sides of every asset
 * @param places unwind sets by group
 * @param groups liquidity groups of the tariff, exactly
 * @param scenarios of the tariff, exactly
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

    /**
     * Reads sizes without groups and scenarios, which the tariff says: levels, positions, lines, entries, places,
     * members, with - between, for accounts without standings.
     *
     * @throws IllegalArgumentException if they are none, saying why
     */
    public static ContagionShape of(String sizes, BufferTariff tariff) {
        if (!sizes.matches("\\d{1,4}(-\\d{1,4}){5}")) {
            throw new IllegalArgumentException(
                    "must be LEVELS-POSITIONS-LINES-ENTRIES-PLACES-MEMBERS, such as 2-16-8-64-32-16");
        }
        int[] size = Arrays.stream(sizes.split("-")).mapToInt(Integer::parseInt).toArray();
        return new ContagionShape(
                size[0],
                size[1],
                size[2],
                size[3],
                size[4],
                tariff.groups().size(),
                tariff.scenarios().size(),
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
