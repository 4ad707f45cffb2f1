package io.bulwark.prover.fund;

import io.bulwark.prover.witness.CircuitSize;
import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * The size of a fund's circuit.
 *
 * @param levels 4^levels accounts
 * @param positions positions of an account
 * @param lines collateral and debt lines of an account together
 * @param instruments instruments of the vault table
 * @param assets assets of the vault table
 * @param rows scenarios of the vault table, exactly
 * @param members clearing members
 */
public record FundShape(int levels, int positions, int lines, int instruments, int assets, int rows, int members)
        implements CircuitSize.Row {
    private static final int DEPTH = 10;

    /**
     * Reads sizes without the rows, which the vault table says: levels, positions, lines, instruments, assets, members, with - between.
     *
     * @throws IllegalArgumentException if they are none, saying why
     */
    public static FundShape of(String sizes, int rows) {
        if (!sizes.matches("\\d{1,3}(-\\d{1,3}){5}")) {
            throw new IllegalArgumentException(
                    "must be LEVELS-POSITIONS-LINES-INSTRUMENTS-ASSETS-MEMBERS, such as 2-16-8-64-16-16");
        }
        int[] size = Arrays.stream(sizes.split("-")).mapToInt(Integer::parseInt).toArray();
        return new FundShape(size[0], size[1], size[2], size[3], size[4], rows, size[5]);
    }

    @Override
    public IntStream sizes() {
        return IntStream.of(levels, positions, lines, instruments, assets, rows, members, DEPTH);
    }

    @Override
    public String circuit() {
        return "fund";
    }
}
