package io.bulwark.house.fund;

import io.bulwark.clearing.governance.ParameterSet;
import io.bulwark.clearing.instrument.ListedVenue;
import io.bulwark.clearing.money.Ppm;
import io.bulwark.clearing.money.Rounding;
import io.bulwark.house.epoch.AccountLine;
import io.bulwark.house.epoch.ComputedEpoch;
import io.bulwark.insurance.monitor.Counterfactual;
import io.bulwark.insurance.monitor.Levers;
import io.bulwark.insurance.monitor.ShockedAccount;
import io.bulwark.insurance.monitor.ShockedBook;
import io.bulwark.insurance.stresstest.FundLosses;
import io.bulwark.insurance.stresstest.MemberLoss;
import io.bulwark.insurance.stresstest.StressRow;
import io.bulwark.insurance.stresstest.StressedAccount;
import io.bulwark.insurance.stresstest.VenueDefault;
import io.bulwark.insurance.stresstest.VenueDefault.Exposure;
import io.bulwark.insurance.stresstest.WorthlessSymbol;
import io.bulwark.insurance.vault.VaultParameters;
import io.bulwark.netting.buffer.BufferTariff;
import io.bulwark.netting.buffer.HouseBuffer;
import io.bulwark.netting.contagion.ForcedFlows;
import io.bulwark.netting.formula.MarginBook;
import io.bulwark.netting.formula.Precision;
import io.bulwark.netting.margin.MarginStatement;
import io.bulwark.netting.placement.Placement;
import io.bulwark.netting.placement.Placement.Place;
import io.bulwark.netting.risktable.RiskTable;
import io.bulwark.netting.risktable.ScenarioRow;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.IntToLongFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * What members ask of the fund, wherever it is sized, from a sealed epoch alone: replay finds it again.
 *
 * <p>A member's margin is what it really holds, min(E, IM + Buffer). The proof of the fund is about direct losses beyond that; everywhere else forced sales are inside the losses where
 * the house publishes a buffer, and of what is held counts what could be given up ({@link FundBook.Reliance}). Only who rests on the
 * fund asks something of it.
 */
public final class FundStress {
    /**
     * What if a venue is gone tomorrow: what stands there is gone at its mark, and of the claim on it what such a venue
     * loses. Empty in a house whose
     * tables do not say where its entries stand.
     */
    public static final class VenueFailures {
        private static final int PERCENT = 4;
        private static final String STILL = "nothing moves";

        private VenueFailures() {}

        /**
         * One venue's failure.
         *
         * @param venue that fails, with every place of it
         * @param cost beyond what the market costs in the same row, where nothing moves or in the joint family
         * @param replayed the same on the days that the vault table replays
         * @param replay the costliest of them, in words
         * @param accounts that have a margin, in the order of both costs' lists
         */
        public record Failure(
                ListedVenue venue,
                VenueDefault cost,
                VenueDefault replayed,
                String replay,
                List<AccountLine> accounts) {
            /** Copies. */
            public Failure {
                accounts = List.copyOf(accounts);
            }

            /** What the fund counts of it: the larger of the two, or as governance says the first alone. */
            public VenueDefault counted(ParameterSet parameters) {
                boolean replays = parameters.value(VaultParameters.VENUE_REPLAYS) == 1;
                return replays && replayed.layer() > cost.layer() ? replayed : cost;
            }
        }

        /** The failure of every listed venue. */
        public static List<Failure> of(ComputedEpoch epoch) {
            return epoch.market().placement().stream()
                    .flatMap(placement ->
                            failures(epoch.table(), epoch.vaultTable(), epoch.accounts(), placement).stream())
                    .toList();
        }

        /** The same of some accounts over a risk table and the vault table beside it. */
        public static List<Failure> failures(
                RiskTable table, RiskTable vault, List<AccountLine> lines, Placement placement) {
            List<AccountLine> accounts = lines.stream()
                    .filter(line -> line.margin().stated().isPresent())
                    .toList();
            List<MarginBook> books = accounts.stream()
                    .map(line -> MarginBook.of(table, line.lots(), Precision.INT128))
                    .toList();
            return placement.venues().stream()
                    .map(venue -> {
                        List<Exposure> exposed = exposed(table, books, venue, placement);
                        VenueDefault replayed = VenueDefault.onReplays(venue.number(), exposed, vault);
                        return new Failure(
                                venue,
                                VenueDefault.of(venue.number(), exposed),
                                replayed,
                                replay(vault, replayed),
                                accounts);
                    })
                    .toList();
        }

        private static String replay(RiskTable vault, VenueDefault cost) {
            return cost.row().isPresent()
                            && vault.rows().get(cost.row().getAsInt()).move() instanceof ScenarioRow.Replay(String day)
                    ? "the replay of " + day
                    : STILL;
        }

        private static List<Exposure> exposed(
                RiskTable table, List<MarginBook> books, ListedVenue venue, Placement placement) {
            Set<Integer> places = placement.placesOf(venue.number()).stream()
                    .map(Place::number)
                    .collect(Collectors.toUnmodifiableSet());
            int lost = places.stream()
                    .mapToInt(place -> table.venueRisk().venues().get(place).lossGivenDefault())
                    .max()
                    .orElse(0);
            return books.stream().map(book -> new Exposure(book, places, lost)).toList();
        }

        /** What members lose beyond what the market costs them, a row for each venue, in the words of its scenario. */
        static List<StressRow> rows(ComputedEpoch epoch, Map<Integer, String> members) {
            boolean replays = epoch.parameters().value(VaultParameters.VENUE_REPLAYS) == 1;
            List<StressRow> rows = new ArrayList<>();
            for (Failure failure : of(epoch)) {
                String joint = words(epoch.table(), failure.cost());
                rows.add(row(rows.size(), epoch, members, failure, failure.cost(), joint));
                if (replays) {
                    rows.add(row(rows.size(), epoch, members, failure, failure.replayed(), failure.replay()));
                }
            }
            return rows;
        }

        private static StressRow row(
                int row,
                ComputedEpoch epoch,
                Map<Integer, String> members,
                Failure failure,
                VenueDefault cost,
                String when) {
            List<MemberLoss> losses = IntStream.range(0, failure.accounts().size())
                    .filter(i ->
                            FundBook.Reliance.rests(epoch, failure.accounts().get(i)))
                    .mapToObj(i -> new MemberLoss(
                            FundStress.member(members, failure.accounts().get(i)),
                            cost.beyond().get(i),
                            List.of(failure.accounts().get(i).number())))
                    .toList();
            return new StressRow(row, failure.venue().name() + " is gone, " + when, MemberLoss.ofAccounts(losses));
        }

        /** The scenario in which a failure costs most where no day is replayed: the price moves of the groups. */
        public static String words(RiskTable table, VenueDefault cost) {
            if (cost.row().isEmpty()) {
                return STILL;
            }
            int row = cost.row().getAsInt();
            String moves = table.moves().stream()
                    .filter(group -> group.shock().at(row) != 0)
                    .map(group -> table.group(group.group()).orElseThrow().id() + " "
                            + (group.shock().at(row) > 0 ? "+" : "\u2212")
                            + percent(Math.abs(group.shock().at(row))) + " %")
                    .collect(Collectors.joining(", "));
            return moves.isEmpty() ? "no price moves" : moves;
        }

        private static String percent(int ppm) {
            return BigDecimal.valueOf(ppm, PERCENT).stripTrailingZeros().toPlainString();
        }
    }

    private static final long MICRO_PER_U = 100;

    private FundStress() {}

    /** An account with a margin: as it stands, and as a stress test sees it. */
    private record Held(
            AccountLine line, MarginStatement statement, StressedAccount stressed, IntToLongFunction losses) {}

    /**
     * Everything that the fund is sized by.
     *
     * @param members who stands behind each account of the epoch, by number
     */
    public static FundLosses of(ComputedEpoch epoch, Map<Integer, String> members) {
        RiskTable vault = epoch.vaultTable();
        Set<Integer> apart = FundBook.Reliance.of(epoch).apartNumbers();
        List<Held> held = epoch.accounts().stream()
                .flatMap(
                        line -> line.margin().stated().stream().map(statement -> held(epoch, members, line, statement)))
                .toList();
        List<Held> resting =
                held.stream().filter(h -> !apart.contains(h.line().number())).toList();
        return new FundLosses(
                FundBook.Reliance.cover(epoch, members).rows(),
                rows(vault).mapToObj(row -> forced(epoch, held, apart, row)).toList(),
                FundLosses.Tail.of(
                        epoch.table(), resting.stream().map(Held::stressed).toList()),
                symbols(epoch, members),
                rows(vault).mapToObj(row -> liquidity(epoch, resting, row)).toList(),
                VenueFailures.rows(epoch, members));
    }

    /**
     * The book of an epoch in a row of its vault table at a scale of the row's price moves.
     *
     * @param members who stands behind each account, by number
     * @param scalePpm multiple of every price move, ppm
     */
    public static ShockedBook shocked(ComputedEpoch epoch, Map<Integer, String> members, int row, int scalePpm) {
        RiskTable table =
                scalePpm == Ppm.ONE ? epoch.vaultTable() : epoch.market().scaledVaultTable(scalePpm);
        return shocked(epoch, members, table, row, words(epoch, row));
    }

    /** The same in a row of a table of the vault's design. */
    public static ShockedBook shocked(
            ComputedEpoch epoch, Map<Integer, String> members, RiskTable table, int row, String scenario) {
        List<ShockedAccount> accounts = epoch.accounts().stream()
                .flatMap(a -> a.margin().stated().stream()
                        .map(s -> ShockedAccount.of(
                                table,
                                row,
                                new StressedAccount(
                                        a.number(),
                                        member(members, a),
                                        a.lots(),
                                        FundBook.Reliance.counted(epoch, a, s)),
                                a.venues(),
                                s.initialMargin(),
                                s.equity())))
                .toList();
        return ShockedBook.of(table, row, scenario, accounts, epoch.buffer().map(buffer -> buffer.system()))
                .without(FundBook.Reliance.of(epoch).apartNumbers());
    }

    /** Who stands behind an account. */
    static String member(Map<Integer, String> members, AccountLine account) {
        return Objects.requireNonNull(members.get(account.number()));
    }

    /**
     * Loss beyond margin over margin, a member each in its worst row, ppm, rounded up, largest first; a margin of 0 counts as one unit.
     *
     * @param members who stands behind each account, by number
     */
    public static List<Long> distribution(ComputedEpoch epoch, Map<Integer, String> members) {
        TreeMap<String, Long> margin = new TreeMap<>();
        TreeMap<String, Long> worst = new TreeMap<>();
        epoch.accounts()
                .forEach(a -> a.margin()
                        .stated()
                        .ifPresent(s -> margin.merge(member(members, a), s.initialMargin(), Math::addExact)));
        FundBook.Reliance.cover(epoch, members).rows().stream()
                .flatMap(row -> row.members().stream())
                .forEach(m -> worst.merge(m.member(), m.beyondMargin(), Math::max));
        return margin.entrySet().stream()
                .map(e -> Rounding.cdiv(
                                BigInteger.valueOf(worst.getOrDefault(e.getKey(), 0L))
                                        .multiply(BigInteger.valueOf(Ppm.ONE)),
                                BigInteger.valueOf(Math.max(1, e.getValue())))
                        .longValueExact())
                .sorted(Comparator.reverseOrder())
                .toList();
    }

    /**
     * Room in one asset and side, in the scenario that forces most into it.
     *
     * @param group liquidity group
     * @param isSale whether sales are forced, or purchases
     * @param movePpm the scenario's own move
     * @param ratePpm certified further move
     * @param flow what is forced under the certified vectors, u, rounded up
     * @param limit the largest flow that they cover, u, rounded down; empty where no flow moves the price further
     */
    public record Headroom(String group, boolean isSale, int movePpm, int ratePpm, long flow, OptionalLong limit) {}

    /** Room in every asset, sales first, then purchases. */
    public static List<Headroom> headroom(HouseBuffer house) {
        BufferTariff tariff = house.buffer().tariff();
        List<ForcedFlows> flows = house.buffer().flows();
        List<ForcedFlows> limits = house.buffer().headroom();
        int groups = tariff.groups().size();
        return IntStream.range(0, 2 * groups)
                .mapToObj(side -> {
                    int scenario = IntStream.range(0, flows.size())
                            .boxed()
                            .max(Comparator.comparing((Integer s) ->
                                            flows.get(s).amounts().get(side))
                                    .thenComparing(Comparator.reverseOrder()))
                            .orElseThrow();
                    long limit = limits.get(scenario).amounts().get(side);
                    return new Headroom(
                            tariff.groups().get(side % groups).name(),
                            side < groups,
                            tariff.scenarios().get(scenario).returnPpm().at(side % groups),
                            tariff.certified().get(scenario).rates().at(side),
                            Math.ceilDiv(flows.get(scenario).amounts().get(side), MICRO_PER_U),
                            limit == Long.MAX_VALUE ? OptionalLong.empty() : OptionalLong.of(limit / MICRO_PER_U));
                })
                .toList();
    }

    private static IntStream rows(RiskTable table) {
        return IntStream.range(0, table.rowCount());
    }

    private static Held held(
            ComputedEpoch epoch, Map<Integer, String> members, AccountLine line, MarginStatement statement) {
        StressedAccount stressed = new StressedAccount(
                line.number(),
                members.getOrDefault(line.number(), line.name()),
                line.lots(),
                FundBook.Reliance.counted(epoch, line, statement));
        long[] losses = stressed.losses(epoch.vaultTable());
        return new Held(line, statement, stressed, row -> losses[row]);
    }

    /** What those who do not rest on the fund are forced to sell moves the prices of those who do. */
    private static StressRow forced(ComputedEpoch epoch, List<Held> held, Set<Integer> apart, int row) {
        return Counterfactual.row(
                ShockedBook.of(
                                epoch.vaultTable(),
                                row,
                                words(epoch, row),
                                held.stream()
                                        .map(h -> ShockedAccount.of(
                                                epoch.vaultTable(),
                                                row,
                                                h.stressed(),
                                                h.line().venues(),
                                                h.statement().initialMargin(),
                                                h.statement().equity()))
                                        .toList(),
                                epoch.buffer().map(buffer -> buffer.system()))
                        .without(apart),
                Levers.none());
    }

    private static String words(ComputedEpoch epoch, int row) {
        return epoch.cover().rows().get(row).scenario();
    }

    private static List<FundLosses.Symbol> symbols(ComputedEpoch epoch, Map<Integer, String> members) {
        List<WorthlessSymbol> symbols = CollateralChains.of(epoch, members, Ppm.ONE);
        return IntStream.range(0, symbols.size())
                .mapToObj(i -> new FundLosses.Symbol(
                        symbols.get(i).row(i),
                        VaultParameters.symbolCap(
                                epoch.parameters(), symbols.get(i).symbol())))
                .toList();
    }

    /** Of each account max(0, min(loss, held) − cash): margin that covers a loss but has to be sold first. */
    private static StressRow liquidity(ComputedEpoch epoch, List<Held> held, int row) {
        return new StressRow(
                row,
                words(epoch, row),
                MemberLoss.ofAccounts(held.stream()
                        .map(h -> new MemberLoss(
                                h.stressed().member(),
                                Math.max(
                                        0,
                                        Math.min(
                                                        h.losses().applyAsLong(row),
                                                        h.stressed().held())
                                                - Math.max(0, h.line().lots().cash())),
                                List.of(h.line().number())))
                        .toList()));
    }
}
