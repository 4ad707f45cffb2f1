package io.bulwark.research.wall;

import io.bulwark.api.door.Money;
import io.bulwark.clearing.money.Ppm;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * A table of one event, for text and page alike.
 *
 * @param title of the table
 * @param head of its columns
 * @param rows the first cell names the row
 */
record WallTable(String title, List<String> head, List<List<String>> rows) {
    private static final double PER_CENT = 10_000;
    private static final double WHOLE = Ppm.ONE;

    WallTable {
        head = List.copyOf(head);
        rows = List.copyOf(rows);
    }

    static List<WallTable> of(WallAnswer.Event event) {
        List<WallTable> tables = new ArrayList<>();
        event.market().ifPresent(market -> tables.addAll(of(market)));
        event.collateral().ifPresent(lost -> tables.add(of(lost)));
        if (!event.venues().isEmpty()) {
            tables.add(venues(event.venues()));
        }
        return tables;
    }

    private static List<WallTable> of(WallAnswer.MarketLoss market) {
        List<List<String>> first = new ArrayList<>();
        first.add(List.of("moves", moves(market.moves())));
        first.add(List.of("lost by those who lose", usd(market.loss())));
        first.add(List.of("margin held against it", usd(market.marginHeld())));
        first.add(List.of("beyond margin", usd(market.uncovered())));
        market.payers().forEach(p -> first.add(List.of("  paid by " + p.layer(), usd(p.paid()))));
        first.add(List.of("R at the end, at least", factor(market.reproduction().lowerPpm())));
        first.add(List.of("R at the end, at most", factor(market.reproduction().upperPpm())));
        first.add(List.of("R on the way", factor(market.reproduction().alongPpm())));
        first.add(List.of(
                "fund exhausted at",
                market.exhaustedAtPpm().map(m -> factor(m) + " of the event").orElse("no multiple up to 5")));
        return List.of(
                new WallTable("The whole move at once", List.of("", "USD"), first),
                new WallTable(
                        "The cascade in time: " + market.path(),
                        List.of("", "at once", "in batches"),
                        cascade(market.atOnce(), market.inBatches())),
                new WallTable(
                        "The same where the market recovers otherwise",
                        List.of(
                                "left of a displacement when the next slice is sold",
                                "beyond equity, at once",
                                "in batches",
                                "impact, at once",
                                "in batches"),
                        market.recovery().stream()
                                .map(r -> List.of(
                                        percent(r.keptPpm()),
                                        usd(r.atOnce()),
                                        usd(r.inBatches()),
                                        usd(r.impactAtOnce()),
                                        usd(r.impactInBatches())))
                                .toList()));
    }

    private static List<List<String>> cascade(WallAnswer.Cascade once, WallAnswer.Cascade batches) {
        return List.of(
                List.of("lost beyond equity, USD", usd(once.uncovered()), usd(batches.uncovered())),
                List.of("impact cost, USD", usd(once.impactCost()), usd(batches.impactCost())),
                List.of("sold and bought by force, USD", usd(once.forcedFlow()), usd(batches.forcedFlow())),
                List.of("accounts sold", String.valueOf(once.liquidated()), String.valueOf(batches.liquidated())),
                List.of(
                        "accounts left with less than nothing",
                        String.valueOf(once.insolvent()),
                        String.valueOf(batches.insolvent())),
                List.of("lowest prices", moves(once.lowest()), moves(batches.lowest())),
                List.of("moments", String.valueOf(once.moments()), String.valueOf(batches.moments())));
    }

    private static WallTable venues(List<WallAnswer.VenueLoss> venues) {
        return new WallTable(
                "The same day if a venue had done what one did then",
                List.of(
                        "venue",
                        "is",
                        "claims lost, USD",
                        "lost by those who lose",
                        "beyond margin",
                        "beyond, venues uncharged",
                        "beyond equity",
                        "the fund holds for it"),
                venues.stream()
                        .map(v -> List.of(
                                v.venue(),
                                v.happened(),
                                usd(v.claim()),
                                usd(v.loss()),
                                usd(v.beyondMargin()),
                                usd(v.beyondUncharged()),
                                usd(v.beyondEquity()),
                                v.sized().map(WallTable::usd).orElse("")))
                        .toList());
    }

    private static WallTable of(WallAnswer.CollateralLoss lost) {
        List<List<String>> rows = new ArrayList<>();
        rows.add(
                lost.own().map(WallTable::chain).orElse(List.of(lost.symbol(), "not listed here", "0.0000", "0.0000")));
        lost.worst().ifPresent(worst -> rows.add(chain(worst)));
        return new WallTable(
                lost.symbol() + " and every claim on it lose " + percent(lost.dropPpm())
                        + "; below it the listed symbol on which most rests",
                List.of("symbol", "chain", "held, USD", "lost beyond margin, USD"),
                rows);
    }

    private static List<String> chain(WallAnswer.Chain chain) {
        return List.of(
                chain.symbol(), String.join(" → ", chain.chain()), usd(chain.exposure()), usd(chain.uncovered()));
    }

    private static String usd(Money money) {
        return money.usd();
    }

    private static String moves(List<WallAnswer.Move> moves) {
        return moves.stream().map(m -> m.coin() + " " + percent(m.ppm())).collect(Collectors.joining(", "));
    }

    private static String percent(long ppm) {
        return String.format(Locale.ROOT, "%.1f %%", ppm / PER_CENT);
    }

    private static String factor(long ppm) {
        return String.format(Locale.ROOT, "%.6f", ppm / WHOLE);
    }
}
