package io.bulwark.netting.comparison;

import io.bulwark.clearing.instrument.ConnectionMode;
import io.bulwark.clearing.instrument.Listing;
import io.bulwark.netting.formula.Equity;
import io.bulwark.netting.portfolio.Entry;
import io.bulwark.netting.portfolio.MarginAccount;
import io.bulwark.netting.portfolio.Origin;
import io.bulwark.netting.portfolio.Origin.Line;
import io.bulwark.netting.risktable.RiskTable;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * How much of an account's equity stands behind a connection of each mode: what the house could reach if it had to, and what it only sees.
 *
 * @param parts by mode, each there, u; what is owed at a venue counts against its mode
 * @param residual what the house charges on cash that is owed on balance, which stands at no venue, u ≤ 0
 */
public record EquityByMode(Map<ConnectionMode, Long> parts, long residual) {
    /** Copies. */
    public EquityByMode {
        parts = Collections.unmodifiableMap(new EnumMap<>(parts));
    }

    /**
     * The equity of an account as a table counts it, by mode; together it is E to the unit.
     *
     * @param origins where its lots come from, paid ones with the others; of an instrument at several venues the first that has them
     *     is taken to have paid
     */
    public static EquityByMode of(RiskTable table, Listing listing, MarginAccount account, List<Origin> origins) {
        Map<ConnectionMode, Long> parts = new EnumMap<>(ConnectionMode.class);
        for (ConnectionMode mode : ConnectionMode.values()) {
            parts.put(mode, 0L);
        }
        origins.forEach(origin -> parts.merge(mode(listing, origin), value(table, origin), Math::addExact));
        account.paid().forEach(entry -> pay(table, listing, entry, origins, parts));
        long together = parts.values().stream().reduce(0L, Math::addExact);
        return new EquityByMode(parts, Math.subtractExact(Equity.of(table, account), together));
    }

    private static ConnectionMode mode(Listing listing, Origin origin) {
        return listing.venue(origin.source().venue()).mode();
    }

    private static long value(RiskTable table, Origin origin) {
        int number = origin.number();
        if (origin.lots() == 0) {
            // What is dropped or not counted may not even be listed by the table.
            return 0;
        }
        return switch (origin.line()) {
            case CASH -> origin.lots();
            case POSITIONS ->
                Math.multiplyExact(
                        origin.lots(), table.instrument(number).orElseThrow().value());
            case COLLATERAL ->
                Math.multiplyExact(
                        origin.lots(), table.asset(number).orElseThrow().value());
            case DEBT ->
                Math.negateExact(Math.multiplyExact(
                        origin.lots(), table.asset(number).orElseThrow().debtValue()));
        };
    }

    /** Paid lots are outside the margined book, and so outside of E. */
    private static void pay(
            RiskTable table, Listing listing, Entry paid, List<Origin> origins, Map<ConnectionMode, Long> parts) {
        long left = paid.lots();
        for (Origin origin : origins) {
            if (origin.line() == Line.POSITIONS && origin.number() == paid.number() && origin.lots() > 0) {
                long lots = Math.min(left, origin.lots());
                long value = table.instrument(paid.number()).orElseThrow().value();
                parts.merge(mode(listing, origin), -Math.multiplyExact(lots, value), Math::addExact);
                left -= lots;
            }
        }
    }
}
