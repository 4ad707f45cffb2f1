package io.bulwark.netting.contagion;

import io.bulwark.clearing.money.MoneyRange;
import io.bulwark.clearing.money.Ppm;
import io.bulwark.clearing.money.PpmSum;
import io.bulwark.netting.risktable.IntColumn;

/**
 * A large book in columns: what each account is long and short of, by account. Linear holdings only, owners apart; {@link ContagionMap} is the form for the rest.
 *
 * <p>A side is 2·group for long and 2·group + 1 for short; an account has each side at most once, already netted by unwind set.
 */
public final class CascadeBook {
    /** Below it an account's gross value times a return of at most 200 % fits 64 bits. */
    private static final long NARROW = Long.MAX_VALUE / (2 * Ppm.ONE);

    private final int groups;
    private final int[] start;
    private final int[] side;
    private final long[] amount;
    private final long[] equity;
    private final long[] maintenance;
    private final long[] gross;

    private CascadeBook(
            int groups, int[] start, int[] side, long[] amount, long[] equity, long[] maintenance, long[] gross) {
        this.groups = groups;
        this.start = start;
        this.side = side;
        this.amount = amount;
        this.equity = equity;
        this.maintenance = maintenance;
        this.gross = gross;
    }

    /**
     * A book over the given columns, which are not copied and must not change any more.
     *
     * @param start by account: where its holdings begin; one more at the end
     * @param side of each holding
     * @param amount of each holding, micro-USD ≥ 0
     * @param equity by account, micro-USD
     * @param maintenance by account, micro-USD ≥ 0
     * @throws IllegalArgumentException naming the account that breaks a rule
     */
    public static CascadeBook of(
            int groups, int[] start, int[] side, long[] amount, long[] equity, long[] maintenance) {
        int accounts = equity.length;
        if (start.length != accounts + 1
                || start[0] != 0
                || start[accounts] != amount.length
                || side.length != amount.length
                || maintenance.length != accounts) {
            throw new IllegalArgumentException("columns of a book must fit each other; have " + accounts
                    + " accounts and " + amount.length + " holdings");
        }
        MoneyRange value = new MoneyRange("value");
        MoneyRange own = new MoneyRange("equity");
        MoneyRange margin = new MoneyRange("maintenance");
        long[] gross = new long[accounts];
        for (int a = 0; a < accounts; a++) {
            String name = Integer.toString(a);
            own.add(name, equity[a]);
            margin.add(name, maintenance[a]);
            if (maintenance[a] < 0 || start[a] > start[a + 1]) {
                throw new IllegalArgumentException("account " + a + " must have a maintenance margin >= 0 and holdings"
                        + " in order; have " + maintenance[a] + " and " + start[a] + " … " + start[a + 1]);
            }
            for (int p = start[a]; p < start[a + 1]; p++) {
                if (side[p] < 0 || side[p] >= 2 * groups || amount[p] < 0) {
                    throw new IllegalArgumentException("a holding of account " + a + " must be >= 0 of a side below "
                            + 2 * groups + "; have " + amount[p] + " of " + side[p]);
                }
                value.add(name, amount[p]);
                gross[a] += amount[p];
            }
        }
        return new CascadeBook(groups, start, side, amount, equity, maintenance, gross);
    }

    /** Number of groups. */
    public int groups() {
        return groups;
    }

    /** Number of accounts. */
    public int accounts() {
        return equity.length;
    }

    /** Place of the account's first holding. */
    public int first(int account) {
        return start[account];
    }

    /** Place behind the account's last holding. */
    public int end(int account) {
        return start[account + 1];
    }

    /** Side of a holding: 2·group for long, 2·group + 1 for short. */
    public int side(int holding) {
        return side[holding];
    }

    /** Amount of a holding, micro-USD ≥ 0. */
    public long amount(int holding) {
        return amount[holding];
    }

    /** Equity of an account, micro-USD. */
    public long equity(int account) {
        return equity[account];
    }

    /** Maintenance margin of an account, micro-USD ≥ 0. */
    public long maintenance(int account) {
        return maintenance[account];
    }

    /** E + ⌊Σ V·r / 10⁶⌋ − MM: what the account can lose in the second round before it is sold. */
    long slack(int account, IntColumn returnPpm) {
        long gain = gross[account] < NARROW ? narrowGain(account, returnPpm) : wideGain(account, returnPpm);
        return equity[account] + gain - maintenance[account];
    }

    private long narrowGain(int account, IntColumn returnPpm) {
        long sum = 0;
        for (int p = start[account]; p < start[account + 1]; p++) {
            long value = amount[p] * returnPpm.at(side[p] >> 1);
            sum += (side[p] & 1) == 0 ? value : -value;
        }
        return Math.floorDiv(sum, (long) Ppm.ONE);
    }

    private long wideGain(int account, IntColumn returnPpm) {
        PpmSum gain = new PpmSum();
        for (int p = start[account]; p < start[account + 1]; p++) {
            long move = returnPpm.at(side[p] >> 1);
            gain.add(amount[p], (side[p] & 1) == 0 ? move : -move);
        }
        return gain.down();
    }

    /** Everything that the account is long and short of, micro-USD. */
    long gross(int account) {
        return gross[account];
    }
}
