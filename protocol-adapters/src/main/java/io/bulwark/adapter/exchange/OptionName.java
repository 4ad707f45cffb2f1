package io.bulwark.adapter.exchange;

import io.bulwark.clearing.instrument.Instrument;
import io.bulwark.clearing.instrument.Instrument.OptionRight;
import io.bulwark.clearing.money.Amount;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.ResolverStyle;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The contract that an option's name spells, in the forms that exchanges share: {@code BTC-31MAY24-70000-C}, {@code BTC-240531-70000-C}, {@code ETH-20240531-4000-P},
 * {@code BTC-USD-240531-70000-C}, {@code BTC-31MAY24-70000-C-USDT}. All of them expire at 08:00 UTC.
 *
 * @param underlying the first word
 * @param settlement the quote or the last word where one is told, else the underlying
 * @param right call or put
 * @param strike USD; an underscore or a d in it is the point
 * @param expiryMillis UTC epoch milliseconds
 */
public record OptionName(String underlying, String settlement, OptionRight right, Amount strike, long expiryMillis) {
    private static final Pattern NAME = Pattern.compile(
            "([A-Z0-9]{1,12})(?:-([A-Z]{3,5}))?-(\\d{1,2}[A-Z]{3}\\d{2}|\\d{6}|\\d{8})-(\\d{1,9}(?:[._d]\\d{1,8})?)-([CP])(?:-([A-Z]{3,5}))?");
    private static final LocalTime EXPIRY_TIME = LocalTime.of(8, 0);
    private static final DateTimeFormatter MONTH = new DateTimeFormatterBuilder()
            .parseCaseInsensitive()
            .appendPattern("dMMMuu")
            .toFormatter(Locale.ENGLISH)
            .withResolverStyle(ResolverStyle.STRICT);
    private static final DateTimeFormatter SHORT =
            DateTimeFormatter.ofPattern("uuMMdd", Locale.ROOT).withResolverStyle(ResolverStyle.STRICT);
    private static final DateTimeFormatter LONG =
            DateTimeFormatter.ofPattern("uuuuMMdd", Locale.ROOT).withResolverStyle(ResolverStyle.STRICT);

    /** The contract of a name; empty if the name spells no option. */
    public static Optional<OptionName> of(String name) {
        Matcher parts = NAME.matcher(name);
        if (!parts.matches()) {
            return Optional.empty();
        }
        try {
            long expiry = date(parts.group(3))
                    .atTime(EXPIRY_TIME)
                    .toInstant(ZoneOffset.UTC)
                    .toEpochMilli();
            OptionRight right = parts.group(5).equals("C") ? OptionRight.CALL : OptionRight.PUT;
            Amount strike = Amount.of(parts.group(4).replace('_', '.').replace('d', '.'));
            return Optional.of(new OptionName(parts.group(1), settlement(parts), right, strike, expiry));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    private static String settlement(Matcher parts) {
        String told = Optional.ofNullable(parts.group(6)).orElse(parts.group(2));
        return told == null || told.equals("USD") ? parts.group(1) : told;
    }

    private static LocalDate date(String text) {
        if (!text.chars().allMatch(Character::isDigit)) {
            return LocalDate.parse(text, MONTH);
        }
        return LocalDate.parse(text, text.length() == 6 ? SHORT : LONG);
    }

    /** Whether a listed contract is this one, settled as the venue settles: European, of this right, strike and expiry. */
    public boolean isListedAs(Instrument contract, String settledIn) {
        return contract instanceof Instrument.Option option
                && option.right() == right
                && option.strike().equals(strike)
                && option.expiryMillis() == expiryMillis
                && option.exercise() == Instrument.Exercise.EUROPEAN
                && option.settlement().equals(settledIn);
    }

    /** The same where the name itself tells the settlement. */
    public boolean isListedAs(Instrument contract) {
        return isListedAs(contract, settlement);
    }
}
