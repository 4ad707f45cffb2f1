package io.bulwark.clearing.register;

import io.bulwark.clearing.document.Digest;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** One open transaction: statements with their parameters, rows with their columns. */
public final class LedgerTransaction {
    private static final int FETCH_ROWS = 1_000;

    private final Connection connection;

    LedgerTransaction(Connection connection) {
        this.connection = connection;
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

    private static RegisterException failed(String sql, SQLException cause) {
        return new RegisterException("statement failed (" + sql.strip() + ")", cause);
    }
}
