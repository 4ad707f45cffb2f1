package io.bulwark.insurance.stresstest;

import io.bulwark.clearing.money.Ppm;
import io.bulwark.clearing.money.Rounding;
import io.bulwark.netting.formula.Equity;
import io.bulwark.netting.formula.MarginBook;
import io.bulwark.netting.formula.MarginLine;
import io.bulwark.netting.formula.MarginLine.Role;
import io.bulwark.netting.formula.Precision;
import io.bulwark.netting.portfolio.Entry;
import io.bulwark.netting.portfolio.MarginAccount;
import io.bulwark.netting.risktable.IntColumn;
import io.bulwark.netting.risktable.RiskTable;
import io.bulwark.netting.risktable.ScenarioRow;
import io.bulwark.netting.risktable.VenueRisk;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * What it costs the fund that one venue fails, beyond what the market costs it already. Source: venue risk, section 6.
 *
 * <p>What an account holds at the venue is gone at its mark, and of its claim the venue's loss given default; who
 * owes the venue on balance loses no claim and still
 * owes. All accounts meet the failure at once, so the layer is their sum and not that of two members. Only what an
 * account is short by more than it would be by the
 * market alone counts: the rest is the market layer's.
 *
 * @param venue number of the venue
 * @param layer u ≥ 0
 * @param row of the joint family, or of the vault's replays, in which it is largest; empty where nothing moves, or the layer is 0
 * @param lost claim on the venue that is lost, by account, u ≥ 0
 * @param beyond what each account is short by in that row beyond the market's part, u ≥ 0; they add up to the layer
 */
public record VenueDefault(int venue, long layer, OptionalInt row, List<Long> lost, List<Long> beyond) {
    private static final String JOINT = "J";

    /** Copies. */
    public VenueDefault {
        lost = List.copyOf(lost);
        beyond = List.copyOf(beyond);
    }

    /**
     * The default of every venue of a table but free money, by number.
     *
     * @param accounts as booked
     * @throws IllegalArgumentException if the table does not list an entry
     */
    public static List<VenueDefault> of(RiskTable table, List<MarginAccount> accounts) {
        return IntStream.range(VenueRisk.FREE + 1, table.venueRisk().venues().size())
                .mapToObj(venue -> of(
                        venue,
                        accounts.stream()
                                .map(account -> new Exposure(
                                        MarginBook.of(table, account, Precision.INT128),
                                        Set.of(venue),
                                        table.venueRisk().venues().get(venue).lossGivenDefault()))
                                .toList()))
                .toList();
    }

    /**
     * What an account holds, and which of it stands where the failure is.
     *
     * @param book over a table with the joint family
     * @param venues numbers of the venues in that table that fail together
     * @param lossGivenDefault share of a claim that is lost, ppm
     */
    public record Exposure(MarginBook book, Set<Integer> venues, int lossGivenDefault) {
        /** Copies. */
        public Exposure {
            venues = Set.copyOf(venues);
        }

        private int[] joint() {
            return book.table().families().stream()
                    .filter(family -> family.name().equals(JOINT))
                    .flatMap(family -> family.points().stream())
                    .flatMapToInt(IntColumn::stream)
                    .sorted()
                    .distinct()
                    .toArray();
        }

        private StandingBook standing(RiskTable rows) {
            BookedBook booked = new BookedBook(Equity.of(book), losses(rows, book.holdings()));
            List<MarginLine> there = book.holdings().stream()
                    .filter(line -> venues.contains(line.venue()))
                    .toList();
            long claim = there.stream().mapToLong(Equity::value).reduce(0, Math::addExact);
            long lost = Rounding.cdiv(Math.multiplyExact(lossGivenDefault, Math.max(0, claim)), Ppm.ONE);
            return new StandingBook(booked, losses(rows, there), lost);
        }

        private static long[] losses(RiskTable table, List<MarginLine> holdings) {
            return StressLoss.perRow(
                    table,
                    new MarginAccount(
                            0,
                            entries(holdings, Role.POSITION),
                            List.of(),
                            entries(holdings, Role.COLLATERAL),
                            entries(holdings, Role.DEBT)));
        }

        private static List<Entry> entries(List<MarginLine> holdings, Role role) {
            return holdings.stream()
                    .filter(line -> line.role() == role)
                    .map(line -> new Entry(line.number(), line.lots()))
                    .toList();
        }
    }

    /**
     * The default of one venue.
     *
     * @param venue its number
     * @param accounts over tables of the same rows; a venue of which nobody loses a claim costs nothing
     */
    public static VenueDefault of(int venue, List<Exposure> accounts) {
        List<StandingBook> parts = accounts.stream()
                .map(account -> account.standing(account.book().table()))
                .toList();
        return largest(
                venue,
                accounts,
                parts,
                accounts.isEmpty() ? new int[0] : accounts.getFirst().joint());
    }

    /**
     * The same on the days that a vault table replays, at full weight, where {@link #of} looks at the joint family of the margin table: a
     * venue fails when prices have fallen, and the market's part of those very days is the market layer's. Its row is one of the vault
     * table's.
     *
     * @param vault which lists what accounts hold
     */
    public static VenueDefault onReplays(int venue, List<Exposure> accounts, RiskTable vault) {
        List<StandingBook> parts =
                accounts.stream().map(account -> account.standing(vault)).toList();
        int[] replays = IntStream.range(0, vault.rowCount())
                .filter(row -> vault.rows().get(row).move() instanceof ScenarioRow.Replay)
                .toArray();
        return largest(venue, accounts, parts, replays);
    }

    private static VenueDefault largest(int venue, List<Exposure> accounts, List<StandingBook> parts, int[] rows) {
        List<Long> lost = parts.stream().map(StandingBook::lost).toList();
        boolean fails = accounts.stream().anyMatch(account -> account.lossGivenDefault() > 0);
        long worst = fails ? sum(parts, StandingBook.NOW) : 0;
        OptionalInt row = OptionalInt.empty();
        for (int next : fails ? rows : new int[0]) {
            long layer = sum(parts, next);
            row = layer > worst ? OptionalInt.of(next) : row;
            worst = Math.max(worst, layer);
        }
        int at = row.orElse(StandingBook.NOW);
        List<Long> beyond =
                parts.stream().map(part -> fails ? part.beyondMarket(at) : 0L).toList();
        return new VenueDefault(venue, worst, row, lost, beyond);
    }

    /** The costliest, the first on ties. */
    public static VenueDefault largest(List<VenueDefault> all) {
        return all.stream()
                .reduce((first, next) -> next.layer() > first.layer() ? next : first)
                .orElseThrow(() -> new IllegalArgumentException("the table must list a venue; have none"));
    }

    private static long sum(List<StandingBook> parts, int row) {
        return parts.stream().mapToLong(part -> part.beyondMarket(row)).reduce(0, Math::addExact);
    }

    /** An account's equity and its loss by row. */
    private record BookedBook(long equity, long[] losses) {}

    /** The part of an account's book that stands at one venue. */
    private record StandingBook(BookedBook whole, long[] losses, long lost) {
        static final int NOW = -1;

        /** What the account is short by beyond the market's part if the venue fails in a row. */
        long beyondMarket(int row) {
            long market = row == NOW ? 0 : whole.losses()[row];
            long there = row == NOW ? 0 : losses[row];
            long failed = Math.addExact(Math.subtractExact(market, there), lost);
            return Math.max(0, shortBy(failed) - shortBy(market));
        }

        private long shortBy(long loss) {
            return Math.max(0, Math.subtractExact(loss, whole.equity()));
        }
    }
}
