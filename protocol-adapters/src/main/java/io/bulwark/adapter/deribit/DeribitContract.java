package io.bulwark.adapter.deribit;

import io.bulwark.clearing.instrument.Instrument;
import io.bulwark.clearing.instrument.Instrument.OptionRight;
import io.bulwark.clearing.money.Amount;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The contract that an option's name spells: {@code BTC-31MAY24-70000-C} is a call on BTC at 70,000 USD, settled in BTC on 31 May 2024 at 08:00 UTC.
 *
 * @param currency underlying and settlement
 * @param right call or put
 * @param strike USD
 * @param expiryMillis UTC epoch milliseconds
 */
record DeribitContract(String currency, OptionRight right, Amount strike, long expiryMillis) {
    private static final Pattern NAME = Pattern.compile("([A-Z]{2,8})-(\\d{1,2}[A-Z]{3}\\d{2})-(\\d{1,9})-([CP])");
    private static final LocalTime EXPIRY_TIME = LocalTime.of(8, 0);
    private static final DateTimeFormatter DATE = new DateTimeFormatterBuilder()
            .parseCaseInsensitive()
            .appendPattern("dMMMuu")
            .toFormatter(Locale.ENGLISH);

    /** The contract of a name; empty if the name spells no coin-settled option. */
    static Optional<DeribitContract> of(String name) {
        Matcher parts = NAME.matcher(name);
        if (!parts.matches()) {
            return Optional.empty();
        }
        try {
            long expiry = LocalDate.parse(parts.group(2), DATE)
                    .atTime(EXPIRY_TIME)
                    .toInstant(ZoneOffset.UTC)
                    .toEpochMilli();
            OptionRight right = parts.group(4).equals("C") ? OptionRight.CALL : OptionRight.PUT;
            return Optional.of(new DeribitContract(parts.group(1), right, Amount.of(parts.group(3)), expiry));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    /** Whether a listed contract is this one. */
    boolean isListedAs(Instrument contract) {
        return contract instanceof Instrument.Option option
                && option.right() == right
                && option.strike().equals(strike)
                && option.expiryMillis() == expiryMillis
                && option.exercise() == Instrument.Exercise.EUROPEAN
                && option.settlement().equals(currency);
    }
}
