package io.bulwark.netting.surface;

import io.bulwark.clearing.instrument.Instrument.OptionRight;
import io.bulwark.netting.SharedReference;
import io.bulwark.netting.surface.ChainExpiry.OptionQuote;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatterBuilder;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.TreeMap;

/** The two recorded option chains, read where they lie. */
final class RealChains {
    /** When the chain's own prices and volatilities say that it was read: the median of what its nearest expiries imply. */
    static final long BTC_MILLIS = millis(LocalDateTime.of(2024, 5, 24, 19, 7));

    /** When the chain was read, in the file. */
    static final long ETH_MILLIS = 1_704_712_781_414L;

    private static final double YEAR_MILLIS = 365 * 86_400_000.0;

    private RealChains() {}

    /** Bids, offers, marks and the venue's forwards: 2024-01-08 11:19:41 UTC. */
    static List<ChainExpiry> eth() {
        Map<LocalDate, List<OptionQuote>> quotes = new TreeMap<>();
        Map<LocalDate, Double> forwards = new TreeMap<>();
        SharedReference.read("venues/market/deribit_eth_chain_2024-01-08.csv")
                .lines()
                .skip(1)
                .forEach(line -> {
                    String[] row = line.split(",", -1);
                    LocalDate expiry = LocalDate.parse(
                            row[21],
                            new DateTimeFormatterBuilder()
                                    .parseCaseInsensitive()
                                    .appendPattern("dMMMyy")
                                    .toFormatter(Locale.ROOT));
                    forwards.put(expiry, Double.parseDouble(row[10]));
                    quotes.computeIfAbsent(expiry, key -> new ArrayList<>())
                            .add(new OptionQuote(
                                    row[23].equals("C") ? OptionRight.CALL : OptionRight.PUT,
                                    Double.parseDouble(row[22]),
                                    number(row[15]),
                                    number(row[14]),
                                    number(row[12]),
                                    OptionalDouble.empty()));
                });
        List<ChainExpiry> chain = new ArrayList<>();
        quotes.forEach((expiry, list) -> chain.add(
                new ChainExpiry(years(expiry.atTime(8, 0), ETH_MILLIS), forwards.getOrDefault(expiry, 0.0), list)));
        return chain;
    }

    /** Marks and the venue's volatilities, forwards from parity. */
    static List<ChainExpiry> btc() {
        Map<String, List<OptionQuote>> quotes = new TreeMap<>();
        SharedReference.read("venues/market/deribit_btc_chain_2024-05-23.csv")
                .lines()
                .skip(1)
                .forEach(line -> {
                    String[] row = line.split(",", -1);
                    quotes.computeIfAbsent(row[3], key -> new ArrayList<>())
                            .add(new OptionQuote(
                                    row[0].equals("call") ? OptionRight.CALL : OptionRight.PUT,
                                    Double.parseDouble(row[1]),
                                    OptionalDouble.empty(),
                                    OptionalDouble.empty(),
                                    number(row[4]),
                                    OptionalDouble.of(Double.parseDouble(row[6]) / 100)));
                });
        List<ChainExpiry> chain = new ArrayList<>();
        quotes.forEach((expiry, list) -> ChainExpiry.parityForward(list)
                .ifPresent(forward -> chain.add(new ChainExpiry(
                        years(LocalDateTime.parse(expiry.replace(' ', 'T')), BTC_MILLIS), forward, list))));
        return chain;
    }

    private static OptionalDouble number(String text) {
        return text.isEmpty() ? OptionalDouble.empty() : OptionalDouble.of(Double.parseDouble(text));
    }

    private static double years(LocalDateTime expiry, long now) {
        return (millis(expiry) - now) / YEAR_MILLIS;
    }

    private static long millis(LocalDateTime utc) {
        return utc.toInstant(ZoneOffset.UTC).toEpochMilli();
    }
}
