package io.bulwark.clearing.register;

/**
 * How to reach the database of the ledger.
 *
 * @param jdbcUrl address for the PostgreSQL driver
 * @param user role that owns the tables
 * @param password its password
 * @param connectionsMax connections kept at most, 2…100
 */
public record LedgerConfiguration(String jdbcUrl, String user, String password, int connectionsMax) {
    /** Checks the bounds. */
    public LedgerConfiguration {
        if (connectionsMax < 2 || connectionsMax > 100) {
            throw new IllegalArgumentException("connectionsMax must be in 2…100; have " + connectionsMax);
        }
    }

    /** With the default of eight connections. */
    public static LedgerConfiguration at(String jdbcUrl, String user, String password) {
        return new LedgerConfiguration(jdbcUrl, user, password, 8);
    }

    /** Without the password. */
    @Override
    public String toString() {
        return "LedgerConfiguration[" + jdbcUrl + ", " + user + ", " + connectionsMax + " connections]";
    }
}
