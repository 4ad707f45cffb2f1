package io.bulwark.house.fund;

import io.bulwark.clearing.instrument.ListedVenue;
import io.bulwark.clearing.instrument.ListedVenue.ConnectionMode;
import io.bulwark.clearing.money.Ppm;
import io.bulwark.house.epoch.AccountLine;
import io.bulwark.house.epoch.ComputedEpoch;
import io.bulwark.insurance.defaultmanagement.DefaultParameters;
import io.bulwark.insurance.monitor.AccountLoss;
import io.bulwark.insurance.monitor.Adequacy;
import io.bulwark.insurance.monitor.Concentration;
import io.bulwark.insurance.monitor.Counterfactual;
import io.bulwark.insurance.monitor.Levers;
import io.bulwark.insurance.stresstest.CoverTwo;
import io.bulwark.insurance.stresstest.FundDemand;
import io.bulwark.insurance.stresstest.FundLosses;
import io.bulwark.insurance.stresstest.ReverseStress;
import io.bulwark.insurance.stresstest.StressRow;
import io.bulwark.insurance.vault.Assessment;
import io.bulwark.insurance.vault.Vault;
import io.bulwark.insurance.vault.VaultBook;
import io.bulwark.insurance.vault.VaultParameters;
import io.bulwark.netting.PortfolioMargin;
import io.bulwark.netting.margin.AccountChange;
import io.bulwark.netting.margin.MarginStatement;
import io.bulwark.netting.portfolio.MarginAccount;
import io.bulwark.netting.scenario.PriceMoves;
import java.math.BigInteger;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * What the books say about the fund beside an epoch, and what follows from both. Nothing is posted.
 *
 * @param members who stands behind each account of the epoch, by number
 * @param book what was asked of each, what came and what left
 */
public record FundBook(SortedMap<Integer, String> members, VaultBook book) {
    private static final ReverseStress.Grid GRID = new ReverseStress.Grid(250_000, PriceMoves.SCALE_MAX);

    /** Copies the members. */
    public FundBook {
        members = Collections.unmodifiableSortedMap(new TreeMap<>(members));
    }

    /**
     * The fund of the members of an epoch.
     *
     * @param members who stands behind each account, by number
     */
    public static FundBook of(Map<Integer, String> members, VaultBook book) {
        return new FundBook(new TreeMap<>(members), book);
    }

    /** What was received of members and is in the fund now; zero of a member who paid nothing. */
    public Vault vault() {
        TreeMap<String, Long> standing = new TreeMap<>(book.vault().contributions());
        members.values().forEach(member -> standing.putIfAbsent(member, 0L));
        return new Vault(standing);
    }

    /** What was received of the house itself and is in it now, u = 10⁻⁴ USD. */
    public long houseCapital() {
        return book.houseCapital();
    }

    /**
     * What a review of the fund would ask now: the demand of a sealed epoch over what stands in the books.
     *
     * @param losses what members ask wherever the fund is sized
     * @param assessment of every member
     * @param exempted symbols whose own governed cap binds
     */
    public record Review(FundLosses losses, Assessment assessment, List<FundLosses.Symbol> exempted) {
        /** Copies. */
        public Review {
            exempted = List.copyOf(exempted);
        }

        /** The row in which the two who lose most beyond what they hold lose most together, forced sales inside. */
        public StressRow worst() {
            return CoverTwo.ofRows(losses.held()).worst();
        }
    }

    /** The review of an epoch. */
    public Review review(ComputedEpoch epoch) {
        Set<String> frozen = book.frozen();
        FundLosses losses = FundStress.of(epoch, members).only(member -> !frozen.contains(member));
        long all = epoch.parameters().value(VaultParameters.SYMBOL_CAP);
        return new Review(
                losses,
                Assessment.of(
                        epoch.number(),
                        losses,
                        new TreeSet<>(members.values()),
                        new Assessment.Apart(Reliance.of(epoch).leaving(members), frozen),
                        vault(),
                        epoch.parameters()),
                losses.symbols().stream()
                        .filter(s -> s.cap() < all && s.losses().total() > s.cap())
                        .toList());
    }

    /**
     * What one more position costs the fund; amounts in u.
     *
     * @param account that would hold it
     * @param member who stands behind it
     * @param asset whose price moves it
     * @param instrument that is traded
     * @param isLong whether it is bought
     * @param margin by how much the account's initial margin changes
     * @param layers by how much each layer changes, u, by its name
     * @param demanded by how much what the fund must hold changes; below 0 the position takes risk off it
     */
    public record PositionCost(
            int account,
            String member,
            String asset,
            String instrument,
            boolean isLong,
            long margin,
            SortedMap<String, Long> layers,
            long demanded) {
        /** Copies the layers. */
        public PositionCost {
            layers = Collections.unmodifiableSortedMap(new TreeMap<>(layers));
        }
    }

    /**
     * What one more position of a size costs the fund, both sides, of the members with the largest parts in every linear asset; margined, netted and stressed again. Each is an exact
     * difference of two sizes, not a slope: it holds over kinks.
     *
     * @param size of the position, u
     */
    public List<PositionCost> positionCosts(ComputedEpoch epoch, long size) {
        return new PositionCosts(epoch, this, size).costs();
    }

    /** What members can be called for beyond what they have in the fund, u, rounded down. */
    public long callable(ComputedEpoch epoch) {
        return BigInteger.valueOf(vault().total())
                .multiply(BigInteger.valueOf(epoch.parameters().value(DefaultParameters.ASSESSMENT_SHARE)))
                .divide(BigInteger.valueOf(Ppm.ONE))
                .longValueExact();
    }

    /**
     * What the fund would have to hold if an account had so much more cash in the house's custody, u; empty where it has no margin then.
     *
     * @param account of the epoch
     * @param cash u, at least 0
     */
    public OptionalLong demandedIfPaid(ComputedEpoch epoch, AccountLine account, long cash) {
        MarginAccount paid =
                new AccountChange(cash, List.of(), List.of(), List.of(), List.of()).applyTo(account.lots());
        return PortfolioMargin.evaluate(epoch.table(), paid) instanceof MarginStatement statement
                ? OptionalLong.of(demanded(epoch.asIf(account.withCustody(cash), paid, statement, members)))
                : OptionalLong.empty();
    }

    private long demanded(ComputedEpoch epoch) {
        return FundDemand.total(
                FundStress.of(epoch, members).only(member -> !book.frozen().contains(member)),
                epoch.parameters().value(VaultParameters.UNCOVERED_SHARE));
    }

    /** Who pays a row, layer by layer. */
    public Adequacy adequacy(StressRow row, List<AccountLoss> accounts, ComputedEpoch epoch) {
        return Adequacy.of(row, accounts, vault().contributions(), houseCapital(), (int)
                epoch.parameters().value(DefaultParameters.ASSESSMENT_SHARE));
    }

    /** How many times the price moves of the worst row exhaust what is paid in, a quarter of the scenario at a time and then by bisection. */
    public ReverseStress distance(ComputedEpoch epoch) {
        int worst = Reliance.cover(epoch, members).worst().row();
        Levers none = new Levers(
                Ppm.ONE, 1, (int) epoch.parameters().value(DefaultParameters.DISPLACEMENT_KEPT), Optional.empty(), 0);
        return ReverseStress.of(
                scale -> adequacy(
                                Counterfactual.row(FundStress.shocked(epoch, members, worst, scale), none),
                                List.of(),
                                epoch)
                        .beyondPrefunded(),
                0,
                GRID);
    }

    /** What stands with few: initial margin, equity, contributions, and loss beyond margin in the worst row. */
    public List<Concentration> concentration(ComputedEpoch epoch) {
        TreeMap<String, Long> margin = new TreeMap<>();
        TreeMap<String, Long> equity = new TreeMap<>();
        epoch.accounts()
                .forEach(a -> a.margin().stated().ifPresent(s -> {
                    margin.merge(FundStress.member(members, a), s.initialMargin(), Math::addExact);
                    equity.merge(FundStress.member(members, a), Math.max(0, s.equity()), Math::addExact);
                }));
        TreeMap<String, Long> beyond = new TreeMap<>();
        Reliance.cover(epoch, members).worst().members().forEach(m -> beyond.put(m.member(), m.beyondMargin()));
        return List.of(
                Concentration.of("initial margin", margin.values()),
                Concentration.of("equity held", equity.values()),
                Concentration.of(
                        "contributions to the fund", vault().contributions().values()),
                Concentration.of("loss beyond margin in the worst row", beyond.values()));
    }

    /**
     * Who rests on the shared fund, and what of their margin could be given up. What stands behind an advisory connection binds
     * nobody: its owner can withdraw it, so the fund
     * counts none of it; an account of which nothing else stands anywhere rests on the fund only where governance says so ({@code
     * vault.advisoryRests}).
     *
     * <p>An account with a margin rests on the fund if what is pledged or in custody of it is worth something, net of what is owed
     * there: a connection that says so with nothing
     * behind it moves nobody. So does one that owes more than it has, there and in all: that is the loss which the fund is for. Of
     * an account without a margin nothing is counted; it rests on the fund if a connection of it is pledged or custodied.
     *
     * @param rests accounts that rest on the fund, by number
     * @param apart accounts that do not
     * @param frozen numbers of those of them that do not because their member is frozen after a default
     * @param behind what those that rest hold against losses, by the mode of the connection that it stands behind, u
     */
    public record Reliance(
            List<AccountLine> rests, List<AccountLine> apart, Set<Integer> frozen, Map<ConnectionMode, Long> behind) {
        /** Copies. */
        public Reliance {
            frozen = Set.copyOf(frozen);
            rests = List.copyOf(rests);
            apart = List.copyOf(apart);
            behind = Collections.unmodifiableMap(new EnumMap<>(behind));
        }

        /** Of every account of an epoch. */
        public static Reliance of(ComputedEpoch epoch) {
            Map<Boolean, List<AccountLine>> lines =
                    epoch.accounts().stream().collect(Collectors.partitioningBy(line -> rests(epoch, line)));
            Map<ConnectionMode, Long> behind = new EnumMap<>(ConnectionMode.class);
            for (ConnectionMode mode : ConnectionMode.values()) {
                behind.put(mode, 0L);
            }
            for (AccountLine line : lines.getOrDefault(true, List.of())) {
                line.margin()
                        .stated()
                        .ifPresent(statement -> line.modes()
                                .behind(epoch.held(line.number(), statement))
                                .forEach((mode, held) -> behind.merge(mode, held, Math::addExact)));
            }
            return new Reliance(
                    lines.getOrDefault(true, List.of()), lines.getOrDefault(false, List.of()), epoch.frozen(), behind);
        }

        /** Whether an account rests on the fund. */
        static boolean rests(ComputedEpoch epoch, AccountLine line) {
            return !epoch.frozen().contains(line.number())
                    && (epoch.parameters().value(VaultParameters.ADVISORY_RESTS) == 1 || gives(epoch, line));
        }

        /** Whether anything of an account could be given up, or more is owed than it has where the house gave its word. */
        private static boolean gives(ComputedEpoch epoch, AccountLine line) {
            return line.margin()
                    .stated()
                    .map(statement -> line.modes().binding() > 0
                            || (statement.equity() < 0 && line.modes().isOwing()))
                    .orElseGet(() -> epoch.market().listing().venues().stream()
                            .filter(venue -> venue.mode() != ConnectionMode.ADVISORY)
                            .map(ListedVenue::name)
                            .anyMatch(line.venues()::contains));
        }

        /** What the fund counts of what an account holds against losses: what could be given up of it, u. */
        static long counted(ComputedEpoch epoch, AccountLine line, MarginStatement statement) {
            return Math.min(epoch.held(line.number(), statement), line.modes().binding());
        }

        /**
         * Cover-2 of direct losses among those who rest on the fund.
         *
         * @param members who stands behind each account, by number
         */
        public static CoverTwo cover(ComputedEpoch epoch, Map<Integer, String> members) {
            return epoch.coverOf(line -> rests(epoch, line), members);
        }

        /** What of the margin of those who rest on the fund could be given up, u. */
        public long counted() {
            return behind.entrySet().stream()
                    .filter(e -> e.getKey() != ConnectionMode.ADVISORY)
                    .mapToLong(Map.Entry::getValue)
                    .reduce(0, Math::addExact);
        }

        /** Those who rest on the fund though nothing of them could be given up, as governance lets them. */
        public List<AccountLine> bare(ComputedEpoch epoch) {
            return rests.stream().filter(line -> !gives(epoch, line)).toList();
        }

        /** Numbers of the accounts that do not rest on the fund. */
        Set<Integer> apartNumbers() {
            return apart.stream().map(AccountLine::number).collect(Collectors.toCollection(TreeSet::new));
        }

        /**
         * Members none of whose accounts rests on the fund.
         *
         * @param members who stands behind each account, by number
         */
        public Set<String> apartMembers(Map<Integer, String> members) {
            Set<String> names = names(apart, members);
            names.removeAll(names(rests, members));
            return names;
        }

        /**
         * The same, but for those who do not because they are frozen: what stands of theirs stays.
         *
         * @param members who stands behind each account, by number
         */
        Set<String> leaving(Map<Integer, String> members) {
            Set<String> names = names(
                    apart.stream()
                            .filter(line -> !frozen.contains(line.number()))
                            .toList(),
                    members);
            names.removeAll(names(rests, members));
            return names;
        }

        private static Set<String> names(List<AccountLine> lines, Map<Integer, String> members) {
            return lines.stream()
                    .map(line -> members.getOrDefault(line.number(), line.name()))
                    .collect(Collectors.toCollection(TreeSet::new));
        }

        /** One or two sentences for people, by name. */
        public String text(ComputedEpoch epoch) {
            String said = "; what is pledged or in custody is as the founding file says, and no adapter checks it.";
            if (rests.isEmpty()) {
                return "Nobody rests on the fund: nothing of any account is pledged to the house or in its custody, "
                        + "and what is only read can be withdrawn.";
            }
            if (!frozen.isEmpty()) {
                return "Frozen after a default until readmitted, and not on the fund: "
                        + named(apart.stream()
                                .filter(line -> frozen.contains(line.number()))
                                .toList())
                        + "; what they owe stands. " + others(epoch, said);
            }
            return others(epoch, said);
        }

        private String others(ComputedEpoch epoch, String said) {
            List<AccountLine> unbound = apart.stream()
                    .filter(line -> !frozen.contains(line.number()))
                    .toList();
            if (!unbound.isEmpty()) {
                return "Not on the fund: " + named(unbound)
                        + ", of whom nothing is pledged to the house or in its custody. The fund is not sized for them, "
                        + "and they pay nothing into it" + said;
            }
            List<AccountLine> bare = bare(epoch);
            return bare.isEmpty()
                    ? "Every account rests on the fund" + said
                    : "Every account rests on the fund, by governance (vault.advisoryRests) also " + named(bare)
                            + ", of whom nothing is pledged to the house or in its custody: none of their margin counts"
                            + said;
        }

        private static String named(List<AccountLine> lines) {
            return lines.stream().map(AccountLine::name).collect(Collectors.joining(", "));
        }
    }
}
