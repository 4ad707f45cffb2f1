package io.bulwark.clearing.ledger;

import io.bulwark.clearing.epoch.Digest;
import io.bulwark.clearing.money.Amount;
import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Objects;
import java.util.Optional;

/** The current row of a result; columns are numbered from 1 and hold a value, except where {@link #optionalNumber} or {@link #optionalText} is asked. */
final class Row {
    private final ResultSet results;

    Row(ResultSet results) {
        this.results = results;
    }

    long number(int column) throws SQLException {
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

    int integer(int column) throws SQLException {
        return Math.toIntExact(number(column));
    }

    String text(int column) throws SQLException {
        return Objects.requireNonNull(results.getString(column), "text");
    }

    Optional<String> optionalText(int column) throws SQLException {
        return Optional.ofNullable(results.getString(column));
    }

    byte[] bytes(int column) throws SQLException {
        return Objects.requireNonNull(results.getBytes(column), "bytes");
    }

    Digest digest(int column) throws SQLException {
        return Digest.of(bytes(column));
    }

    Amount amount(int column) throws SQLException {
        BigDecimal decimal = Objects.requireNonNull(results.getBigDecimal(column), "amount");
        return Amount.of(decimal);
    }
}
