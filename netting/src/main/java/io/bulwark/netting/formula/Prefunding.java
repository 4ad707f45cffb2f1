package io.bulwark.netting.formula;

import io.bulwark.netting.formula.MarginLine.Role;
import io.bulwark.netting.portfolio.MarginAccount.Standing;
import io.bulwark.netting.risktable.Family;
import io.bulwark.netting.risktable.IntColumn;
import io.bulwark.netting.risktable.RiskParameters;
import io.bulwark.netting.risktable.RiskTable;
import io.bulwark.netting.risktable.VenueRisk;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * What venues may close on their own on the way of each path, and what it costs that free money does not carry it.
 * Source: venue risk, section 3.
 *
 * <p>On a path the market moves to its first row. What neither the venues' own distance nor free money carries is
 * closed there; then the market comes back or turns,
 * and that loss stays. Only money that stands with the house can be sent: a gain at another venue cannot, in time,
 * and the mark of a position is no money.
 *
 * @param free E₀, signed, u: what can be sent
 * @param venues every venue that closes by its own rule and where the account has an entry or a standing, by number
 * @param paths by path
 */
public record Prefunding(long free, List<VenueNeed> venues, List<PathLoss> paths) {
    /** Over a table without venues. */
    public static final Prefunding NONE = new Prefunding(0, List.of(), List.of());

    /**
     * What one path costs.
     *
     * @param family index of the family whose worst loss it may be
     * @param then row in which it ends: the costlier of its rows, the first on ties
     * @param residual what free entries lose more in the first row than at the end, u ≥ 0
     * @param charged ⌈χ·F⌉ of what cannot reach the venues, u ≥ 0
     * @param loss at the end with what is charged, u; may be negative
     */
    public record PathLoss(int family, int then, long residual, long charged, long loss) {}

    /**
     * What one venue that closes positions by its own rule asks of an account on the way of each path.
     *
     * @param venue number of the venue
     * @param distance d, u: what the venue's own count leaves before it acts; below 0 it may act now
     * @param losses l by path: what the account's entries there lose in the path's first row, as the venue counts them, u
     */
    public record VenueNeed(int venue, long distance, List<Long> losses) {
        /** Copies. */
        public VenueNeed {
            losses = List.copyOf(losses);
        }

        /** T of a path, u ≥ 0: what must reach the venue in the path's first row so that it does not act. */
        public long need(int path) {
            return Math.max(0, Math.subtractExact(losses.get(path), distance));
        }

        /** T by path, u. */
        public List<Long> needs() {
            return IntStream.range(0, losses.size()).mapToObj(this::need).toList();
        }
    }

    /** Copies. */
    public Prefunding {
        venues = List.copyOf(venues);
        paths = List.copyOf(paths);
    }

    /** What the venues may do to a book. */
    public static Prefunding of(MarginBook book, GroupLosses losses) {
        VenueRisk risk = book.table().venueRisk();
        if (risk.paths().isEmpty()) {
            return NONE;
        }
        long free = free(book);
        List<VenueNeed> venues = venues(book);
        long[] freeLosses = freeLosses(book);
        List<PathLoss> paths = new ArrayList<>();
        for (int p = 0; p < risk.paths().size(); p++) {
            long needs = -free;
            for (VenueNeed venue : venues) {
                needs = Math.addExact(needs, venue.need(p));
            }
            paths.add(path(book, losses, risk.paths().get(p), needs, freeLosses));
        }
        return new Prefunding(free, venues, paths);
    }

    /** What a family's worst loss may be beside its points: the largest of its paths, the first on ties; −1 where it has none. */
    int worstOf(int family) {
        int worst = -1;
        for (int p = 0; p < paths.size(); p++) {
            boolean its = paths.get(p).family() == family;
            if (its && (worst < 0 || paths.get(p).loss() > paths.get(worst).loss())) {
                worst = p;
            }
        }
        return worst;
    }

    private static PathLoss path(
            MarginBook book, GroupLosses losses, VenueRisk.Path path, long needs, long[] freeLosses) {
        long chi = book.table().venueRisk().prefunding();
        @Nullable PathLoss worst = null;
        int family = familyOf(book.table(), path.first());
        for (int then : path.then()) {
            long residual = Math.max(0, Math.subtractExact(freeLosses[path.first()], freeLosses[then]));
            long missing = Math.max(0, Math.addExact(needs, residual));
            long charged = book.precision().ceilDiv(chi, missing, RiskParameters.MILLION);
            long loss = Math.addExact(losses.total(then), charged);
            if (worst == null || loss > worst.loss()) {
                worst = new PathLoss(family, then, residual, charged, loss);
            }
        }
        return Objects.requireNonNull(worst);
    }

    /** l₀(a) − l₀(b) of a path and a row in which it ends, u, signed: what free entries lose more on the way than at the end. */
    public static long residual(MarginBook book, int path, int then) {
        long[] losses = freeLosses(book);
        return Math.subtractExact(
                losses[book.table().venueRisk().paths().get(path).first()], losses[then]);
    }

    /**
     * The first family that has a row as a point by itself: whose worst loss a path from there may be.
     *
     * @throws IllegalArgumentException if no family has
     */
    public static int familyOf(RiskTable table, int row) {
        List<Family> families = table.families();
        for (int k = 0; k < families.size(); k++) {
            for (IntColumn cells : families.get(k).points()) {
                if (cells.length() == 1 && cells.at(0) == row) {
                    return k;
                }
            }
        }
        throw new IllegalArgumentException(
                "path must start in a row that is a point of a family by itself; have " + row);
    }

    /**
     * E₀: cash, and collateral less debt that stand at no venue, as counted. Without a floor: a loan of the house
     * cannot be called back in time.
     */
    private static long free(MarginBook book) {
        long free = Equity.cash(book);
        for (MarginLine holding : book.holdings()) {
            if (holding.venue() == VenueRisk.FREE && holding.role() != Role.POSITION) {
                free = Math.addExact(free, Equity.value(holding));
            }
        }
        return free;
    }

    /** l₀: what the entries that stand at no venue lose by row, as the house counts. */
    private static long[] freeLosses(MarginBook book) {
        long[] rows = new long[book.table().rowCount()];
        for (MarginLine holding : book.holdings()) {
            if (holding.venue() == VenueRisk.FREE) {
                holding.row().addTo(rows, holding.lossLots());
            }
        }
        return rows;
    }

    private static List<VenueNeed> venues(MarginBook book) {
        VenueRisk risk = book.table().venueRisk();
        SortedMap<Integer, long[]> losses = new TreeMap<>();
        SortedMap<Integer, Long> distances = new TreeMap<>();
        for (MarginLine holding : book.holdings()) {
            if (risk.liquidates(holding.venue())) {
                long[] paths = losses.computeIfAbsent(
                        holding.venue(), venue -> new long[risk.paths().size()]);
                for (int p = 0; p < paths.length; p++) {
                    long lost = holding.lossAtVenue(p, risk.paths().get(p).first());
                    paths[p] = Math.addExact(paths[p], lost);
                }
            }
        }
        for (Standing standing : book.standings()) {
            losses.computeIfAbsent(
                    standing.venue(), venue -> new long[risk.paths().size()]);
            distances.put(standing.venue(), standing.distance());
        }
        List<VenueNeed> venues = new ArrayList<>();
        losses.forEach((venue, paths) -> venues.add(new VenueNeed(
                venue,
                distances.getOrDefault(venue, 0L),
                Arrays.stream(paths).boxed().toList())));
        return venues;
    }
}
