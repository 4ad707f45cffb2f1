package io.bulwark.clearing.register;

import io.bulwark.clearing.document.Digest;
import io.bulwark.clearing.money.Amount;
import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Objects;
import java.util.Optional;

/** The current row of a result; columns are numbered from 1 and hold a value, except where {@link #optionalNumber} or {@link #optionalText} is asked. */
public final class Row {
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

    Optional<Long> optionalNumber(int column) throws SQLException {
        long value = results.getLong(column);
        return results.wasNull() ? Optional.empty() : Optional.of(value);
    }

    public int integer(int column) throws SQLException {
        return Math.toIntExact(number(column));
    }

    public String text(int column) throws SQLException {
        return Objects.requireNonNull(results.getString(column), "text");
    }

    Optional<String> optionalText(int column) throws SQLException {
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
