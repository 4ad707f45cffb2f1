package io.bulwark.clearing.database;

import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;

/**
 * The database did not do what it must. Whether the transaction took effect may be unknown: every operation of the ledger may be
 * repeated.
 */
public final class DatabaseException extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private static final String SERIALIZATION_FAILURE = "40001";
    private static final String DEADLOCK = "40P01";
    private static final String CONNECTION = "08";
    private static final String INTERVENTION = "57P";
    private static final String TOO_MANY_CONNECTIONS = "53300";

    /** Not PostgreSQL's: every connection of this process was at work for as long as one waits. */
    static final String BUSY = "BUSY";

    private final String state;

    DatabaseException(String message, SQLException cause) {
        super(message + ": " + cause.getMessage(), cause);
        this.state = cause.getSQLState() == null ? "" : cause.getSQLState();
    }

    /** No connection was given at the start: the server is away, or says why it takes nobody. */
    static DatabaseException unreached(String message, RuntimeException cause) {
        return new DatabaseException(message, cause);
    }

    private DatabaseException(String message, RuntimeException cause) {
        super(message, cause);
        this.state = CONNECTION;
    }

    DatabaseException(String state, String message) {
        super(message);
        this.state = state;
    }

    /** What is not as it must be. */
    public DatabaseException(String message) {
        super(message);
        this.state = "";
    }

    /** PostgreSQL's five-character code, or the empty text. */
    public String state() {
        return state;
    }

    /** Whether the database is away, or starting or stopping: the same may be asked again in a moment. */
    public boolean isAway() {
        return getCause() instanceof SQLTransientConnectionException
                || state.startsWith(CONNECTION)
                || state.startsWith(INTERVENTION);
    }

    /** Whether there is a database with more to do than it can: the same may be asked again later. */
    public boolean isBusy() {
        return state.equals(BUSY) || state.equals(TOO_MANY_CONNECTIONS);
    }

    /** Whether the whole transaction, rolled back, will succeed when repeated. */
    boolean mustBeRepeated() {
        return state.equals(SERIALIZATION_FAILURE) || state.equals(DEADLOCK);
    }
}
