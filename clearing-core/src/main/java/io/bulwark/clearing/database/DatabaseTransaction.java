package io.bulwark.clearing.database;

import io.bulwark.clearing.document.Digest;
import io.bulwark.clearing.money.Amount;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;

/** One open transaction: statements with their parameters, rows with their columns. */
public final class DatabaseTransaction {
    private static final int FETCH_ROWS = 1_000;

    private final Connection connection;

    DatabaseTransaction(Connection connection) {
        this.connection = connection;
    }

    /**
     * The current row of a result; columns are numbered from 1 and hold a value, except where {@link #optionalNumber} or {@link
     * #optionalText} is asked.
     */
    public static final class Row {
        private final ResultSet results;

        Row(ResultSet results) {
            this.results = results;
        }

        public long number(int column) throws SQLException {
            long value = results.getLong(column);
            if (results.wasNull()) {
                throw new SQLException("column " + column + " must hold a number; have null");
            }
            return value;
        }

        public Optional<Long> optionalNumber(int column) throws SQLException {
            long value = results.getLong(column);
            return results.wasNull() ? Optional.empty() : Optional.of(value);
        }

        public int integer(int column) throws SQLException {
            return Math.toIntExact(number(column));
        }

        public String text(int column) throws SQLException {
            return Objects.requireNonNull(results.getString(column), "text");
        }

        public Optional<String> optionalText(int column) throws SQLException {
            return Optional.ofNullable(results.getString(column));
        }

        public byte[] bytes(int column) throws SQLException {
            return Objects.requireNonNull(results.getBytes(column), "bytes");
        }

        public Digest digest(int column) throws SQLException {
            return Digest.of(bytes(column));
        }

        public Amount amount(int column) throws SQLException {
            BigDecimal decimal = Objects.requireNonNull(results.getBigDecimal(column), "amount");
            return Amount.of(decimal);
        }
    }

    /** Reads one row; columns are numbered from 1. */
    public interface RowReader<T> {
        T read(Row row) throws SQLException;
    }

    public void execute(String sql) {
        update(sql);
    }

    /** Runs a statement; says how many rows it touched. */
    public int update(String sql, Object... parameters) {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            bind(statement, parameters);
            return statement.executeUpdate();
        } catch (SQLException e) {
            throw failed(sql, e);
        }
    }

    /** Runs a statement once per list of parameters, in few round trips. */
    public void batch(String sql, List<List<Object>> parameters) {
        if (parameters.isEmpty()) {
            return;
        }
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            for (List<Object> row : parameters) {
                bind(statement, row.toArray());
                statement.addBatch();
            }
            statement.executeBatch();
        } catch (SQLException e) {
            throw failed(sql, e);
        }
    }

    public <T> List<T> query(String sql, RowReader<T> reader, Object... parameters) {
        List<T> rows = new ArrayList<>();
        each(sql, reader, rows::add, parameters);
        return rows;
    }

    public <T> Optional<T> first(String sql, RowReader<T> reader, Object... parameters) {
        List<T> rows = query(sql, reader, parameters);
        return rows.isEmpty() ? Optional.empty() : Optional.of(rows.getFirst());
    }

    /** The one number that a query such as {@code select count(*)} gives. */
    public long number(String sql, Object... parameters) {
        return first(sql, row -> row.number(1), parameters).orElseThrow();
    }

    /** Hands row after row on, however many there are, without holding them all. */
    public <T> void each(String sql, RowReader<T> reader, Consumer<T> consumer, Object... parameters) {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setFetchSize(FETCH_ROWS);
            bind(statement, parameters);
            try (ResultSet results = statement.executeQuery()) {
                Row row = new Row(results);
                while (results.next()) {
                    consumer.accept(reader.read(row));
                }
            }
        } catch (SQLException e) {
            throw failed(sql, e);
        }
    }

    private static void bind(PreparedStatement statement, Object... parameters) throws SQLException {
        for (int i = 0; i < parameters.length; i++) {
            switch (parameters[i]) {
                case Digest digest -> statement.setBytes(i + 1, digest.bytes());
                case byte[] bytes -> statement.setBytes(i + 1, bytes);
                case String[] texts ->
                    statement.setArray(i + 1, statement.getConnection().createArrayOf("text", texts));
                case Optional<?> value -> statement.setObject(i + 1, value.orElse(null));
                default -> statement.setObject(i + 1, parameters[i]);
            }
        }
    }

    private static DatabaseException failed(String sql, SQLException cause) {
        return new DatabaseException("statement failed (" + sql.strip() + ")", cause);
    }
}
