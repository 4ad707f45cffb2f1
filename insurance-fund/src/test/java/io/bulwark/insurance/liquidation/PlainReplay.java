package io.bulwark.insurance.liquidation;

import io.bulwark.netting.contagion.LiquidityGroup;
import io.bulwark.netting.risktable.IntColumn;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The replay as the page says it, in decimals, account by account, from the list of everything that was sold: the twin of {@link ForcedSales}. */
final class PlainReplay {
    private static final BigDecimal ONE = BigDecimal.valueOf(1_000_000);

    /** Sold at a move of the path's price (ppm) and a displacement (half ppm). */
    private record Fill(int side, BigDecimal quantity, int pricePpm, int twiceDisplacedPpm, int moment) {}

    private static final class Account {
        private final DrawnBook.Held book;
        private final List<Fill> fills = new ArrayList<>();
        private int sold;
        private int pending;
        private int order;

        Account(DrawnBook.Held book) {
            this.book = book;
        }

        BigDecimal soldOf(int side, int share) {
            return up(BigDecimal.valueOf(book.held()[side]).multiply(BigDecimal.valueOf(share)));
        }

        BigDecimal equity(IntColumn prices, int[] displaced) {
            BigDecimal gain = BigDecimal.ZERO;
            BigDecimal loss = BigDecimal.ZERO;
            for (int side = 0; side < displaced.length; side++) {
                BigDecimal left = BigDecimal.valueOf(book.held()[side]).subtract(soldOf(side, sold));
                gain = gain.add(left.multiply(BigDecimal.valueOf(move(prices.at(side / 2), side))));
                loss = loss.add(left.multiply(BigDecimal.valueOf(displaced[side])));
            }
            BigDecimal equity =
                    BigDecimal.valueOf(book.equity()).add(down(gain)).subtract(up(loss));
            int moments = fills.stream().mapToInt(Fill::moment).max().orElse(-1);
            for (int moment = 0; moment <= moments; moment++) {
                BigDecimal made = BigDecimal.ZERO;
                BigDecimal twice = BigDecimal.ZERO;
                for (Fill fill : fills) {
                    if (fill.moment() == moment) {
                        made = made.add(
                                fill.quantity().multiply(BigDecimal.valueOf(move(fill.pricePpm(), fill.side()))));
                        twice = twice.add(fill.quantity().multiply(BigDecimal.valueOf(fill.twiceDisplacedPpm())));
                    }
                }
                equity = equity.add(down(made)).subtract(half(up(twice)));
            }
            return equity;
        }

        int due(IntColumn prices, int[] displaced) {
            int left = 1_000_000 - sold;
            BigDecimal maintenance = up(BigDecimal.valueOf(book.maintenance()).multiply(BigDecimal.valueOf(left)));
            BigDecimal lacking = maintenance.subtract(equity(prices, displaced));
            if (lacking.signum() <= 0 || left == 0) {
                return pending;
            }
            BigDecimal span = down(maintenance.multiply(BigDecimal.valueOf(DrawnBook.SPAN)))
                    .max(BigDecimal.ONE);
            BigDecimal share =
                    lacking.multiply(ONE).divide(span, 0, RoundingMode.CEILING).min(ONE);
            return Math.max(
                    pending, up(share.multiply(BigDecimal.valueOf(left))).intValueExact());
        }

        int slice(int due, int slices) {
            return Math.min(due, Math.ceilDiv(Math.max(order, due), slices));
        }
    }

    private PlainReplay() {}

    static LiquidationReplay of(DrawnBook drawn, PricePath path, SaleSpeed speed) {
        List<LiquidityGroup> groups = drawn.groups();
        List<Account> accounts = drawn.accounts().stream().map(Account::new).toList();
        BigDecimal[] missing = new BigDecimal[2 * groups.size()];
        Arrays.fill(missing, BigDecimal.ZERO);
        int[] lowest = new int[groups.size()];
        int[] highest = new int[groups.size()];
        Arrays.fill(lowest, Integer.MAX_VALUE);
        int[] after = new int[missing.length];
        int moment = 0;
        IntColumn prices = path.moments().getFirst();
        for (; moment < path.moments().size() || accounts.stream().anyMatch(a -> a.pending > 0); moment++) {
            prices = path.moments().get(Math.min(moment, path.moments().size() - 1));
            for (int side = 0; side < missing.length; side++) {
                missing[side] = up(missing[side].multiply(BigDecimal.valueOf(speed.keptPpm())));
            }
            int[] before = displaced(groups, missing, prices);
            after = before.clone();
            int[] slices = new int[accounts.size()];
            for (int a = 0; a < slices.length; a++) {
                int most = 0;
                for (int side = 0; side < missing.length; side++) {
                    most = accounts.get(a).book.held()[side] > 0 ? Math.max(most, before[side]) : most;
                }
                slices[a] = speed.slicesAt(most);
            }
            BigDecimal[] total;
            while (true) {
                total = missing.clone();
                for (int a = 0; a < slices.length; a++) {
                    Account account = accounts.get(a);
                    int slice = account.slice(account.due(prices, after), slices[a]);
                    for (int side = 0; side < total.length; side++) {
                        total[side] = total[side].add(account.soldOf(side, account.sold + slice)
                                .subtract(account.soldOf(side, account.sold)));
                    }
                }
                int[] next = displaced(groups, total, prices);
                if (Arrays.equals(next, after)) {
                    break;
                }
                after = next;
            }
            for (int a = 0; a < slices.length; a++) {
                Account account = accounts.get(a);
                int due = account.due(prices, after);
                int slice = account.slice(due, slices[a]);
                for (int side = 0; side < total.length && slice > 0; side++) {
                    account.fills.add(new Fill(
                            side,
                            account.soldOf(side, account.sold + slice).subtract(account.soldOf(side, account.sold)),
                            prices.at(side / 2),
                            before[side] + after[side],
                            moment));
                }
                account.sold += slice;
                account.pending = due - slice;
                account.order = account.pending == 0 ? 0 : Math.max(account.order, due);
            }
            missing = total;
            for (int k = 0; k < groups.size(); k++) {
                lowest[k] = Math.min(lowest[k], prices.at(k) - after[2 * k]);
                highest[k] = Math.max(highest[k], prices.at(k) + after[2 * k + 1]);
            }
        }
        BigDecimal uncovered = BigDecimal.ZERO;
        BigDecimal cost = BigDecimal.ZERO;
        BigDecimal flow = BigDecimal.ZERO;
        int insolvent = 0;
        for (Account account : accounts) {
            BigDecimal equity = account.equity(prices, after);
            uncovered = uncovered.add(equity.negate().max(BigDecimal.ZERO));
            insolvent += equity.signum() < 0 ? 1 : 0;
            for (int at = 0; at < moment; at++) {
                BigDecimal twice = BigDecimal.ZERO;
                for (Fill fill : account.fills) {
                    if (fill.moment() == at) {
                        flow = flow.add(fill.quantity());
                        twice = twice.add(fill.quantity().multiply(BigDecimal.valueOf(fill.twiceDisplacedPpm())));
                    }
                }
                cost = cost.add(half(up(twice)));
            }
        }
        return new LiquidationReplay(
                uncovered.longValueExact(),
                cost.longValueExact(),
                flow.longValueExact(),
                IntColumn.of(lowest),
                IntColumn.of(highest),
                (int) accounts.stream().filter(a -> a.sold > 0).count(),
                insolvent,
                moment);
    }

    private static int[] displaced(List<LiquidityGroup> groups, BigDecimal[] quantity, IntColumn prices) {
        int[] displaced = new int[quantity.length];
        for (int side = 0; side < displaced.length; side++) {
            LiquidityGroup group = groups.get(side / 2);
            BigInteger impact = BigInteger.ZERO;
            for (var step : group.ladder().steps()) {
                impact = impact.add(quantity[side]
                        .toBigIntegerExact()
                        .subtract(BigInteger.valueOf(step.fromMicro()))
                        .max(BigInteger.ZERO)
                        .multiply(BigInteger.valueOf(step.slope())));
            }
            int most = side % 2 == 0 ? Math.min(group.capPpm(), prices.at(side / 2)) : group.capPpm();
            displaced[side] = new BigDecimal(impact)
                    .divide(BigDecimal.valueOf(1_000_000_000_000L), 0, RoundingMode.CEILING)
                    .min(BigDecimal.valueOf(most))
                    .intValueExact();
        }
        return displaced;
    }

    private static int move(int pricePpm, int side) {
        return side % 2 == 0 ? pricePpm - 1_000_000 : 1_000_000 - pricePpm;
    }

    private static BigDecimal up(BigDecimal ppm) {
        return ppm.divide(ONE, 0, RoundingMode.CEILING);
    }

    private static BigDecimal down(BigDecimal ppm) {
        return ppm.divide(ONE, 0, RoundingMode.FLOOR);
    }

    private static BigDecimal half(BigDecimal twice) {
        return twice.divide(BigDecimal.valueOf(2), 0, RoundingMode.CEILING);
    }
}
