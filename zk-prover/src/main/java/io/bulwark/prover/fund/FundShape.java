package io.bulwark.prover.fund;

import io.bulwark.netting.risktable.RiskTable;
import io.bulwark.prover.commitment.AccountLeaf;
import io.bulwark.prover.witness.CircuitSize;
import java.util.Arrays;
import java.util.List;
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
 * @param format of the accounts' leaves, which follows from the house's tables
 */
public record FundShape(
        int levels,
        int positions,
        int lines,
        int instruments,
        int assets,
        int rows,
        int members,
        AccountLeaf.Format format)
        implements CircuitSize.OfAccounts {
    private static final int DEPTH = 10;

    /** Sizes of a house's own keys, from the smallest: 16 accounts, 16 with more listed, 64. */
    private static final List<String> LADDER = List.of("2-16-8-64-16-16", "2-16-8-128-64-16", "3-16-8-128-64-64");

    /**
     * The smallest of a house's own sizes that has room for it, else the largest: how many accounts, members and entries there are on a
     * day decides nothing inside it.
     *
     * @param vault the vault table; its rows are the same on every day
     * @param places of the account tree up to its last account
     */
    public static FundShape rung(RiskTable vault, int places) {
        List<FundShape> rungs = ladder(vault.rowCount());
        return rungs.stream()
                .filter(rung -> places <= 1 << (2 * rung.levels)
                        && vault.instruments().size() <= rung.instruments
                        && vault.assets().size() <= rung.assets)
                .findFirst()
                .orElseGet(rungs::getLast);
    }

    /** A house's own sizes over vault tables of so many rows, from the smallest. */
    public static List<FundShape> ladder(int rows) {
        return LADDER.stream().map(sizes -> of(sizes, rows)).toList();
    }

    /**
     * Reads sizes without the rows, which the vault table says: levels, positions, lines, instruments, assets,
     * members, with - between, for accounts without standings.
     *
     * @throws IllegalArgumentException if they are none, saying why
     */
    public static FundShape of(String sizes, int rows) {
        if (!sizes.matches("\\d{1,3}(-\\d{1,3}){5}")) {
            throw new IllegalArgumentException(
                    "must be LEVELS-POSITIONS-LINES-INSTRUMENTS-ASSETS-MEMBERS, such as 2-16-8-64-16-16");
        }
        int[] size = Arrays.stream(sizes.split("-")).mapToInt(Integer::parseInt).toArray();
        return new FundShape(
                size[0], size[1], size[2], size[3], size[4], rows, size[5], AccountLeaf.Format.WITHOUT_VENUES);
    }

    /** The same sizes for a house whose accounts are of a format. */
    public FundShape with(AccountLeaf.Format leaves) {
        return new FundShape(levels, positions, lines, instruments, assets, rows, members, leaves);
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
