package io.bulwark.clearing.money;

/** Money of the buffer: micro-USD below 2⁵⁶ in size (72 billion USD), of one account and added up over all. */
public final class MoneyRange {
    /** The first size that is refused. */
    public static final long END = 1L << 56;

    private final String name;
    private long total;

    public MoneyRange(String name) {
        this.name = name;
    }

    /** Counts an amount of an account into the total of its kind. */
    public void add(String account, long amount) {
        if (amount <= -END || amount >= END) {
            throw new IllegalArgumentException(
                    name + " of account " + account + " must lie below 2^56 micro-USD in size; have " + amount);
        }
        total += Math.abs(amount);
        if (total >= END) {
            throw new IllegalArgumentException(
                    name + " of all accounts to " + account + " must lie below 2^56 micro-USD together");
        }
    }

    public static void notNegative(String name, long amount) {
        if (amount < 0 || amount >= END) {
            throw new IllegalArgumentException(name + " must be >= 0 and below 2^56 micro-USD; have " + amount);
        }
    }

    public static void rate(String name, long rate, long least, long most) {
        if (rate < least || rate > most) {
            throw new IllegalArgumentException(name + " must be within " + least + " … " + most + " ppm; have " + rate);
        }
    }
}
