package io.bulwark.house.fund;

import io.bulwark.clearing.money.Ppm;
import io.bulwark.house.epoch.ComputedEpoch;
import io.bulwark.insurance.defaultmanagement.DefaultParameters;
import io.bulwark.insurance.monitor.AccountLoss;
import io.bulwark.insurance.monitor.Adequacy;
import io.bulwark.insurance.monitor.Concentration;
import io.bulwark.insurance.monitor.Counterfactual;
import io.bulwark.insurance.monitor.Levers;
import io.bulwark.insurance.stresstest.CoverTwo;
import io.bulwark.insurance.stresstest.FundLosses;
import io.bulwark.insurance.stresstest.ReverseStress;
import io.bulwark.insurance.stresstest.StressRow;
import io.bulwark.insurance.vault.Assessment;
import io.bulwark.insurance.vault.Vault;
import io.bulwark.insurance.vault.VaultParameters;
import io.bulwark.netting.scenario.PriceMoves;
import java.math.BigInteger;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What the books say about the fund beside an epoch, and what follows from both. Nothing is posted.
 *
 * @param members who stands behind each account of the epoch, by number
 * @param vault what members have in the fund now
 * @param houseCapital what the house itself has in it now, u = 10⁻⁴ USD
 */
public record FundBook(SortedMap<Integer, String> members, Vault vault, long houseCapital) {
    private static final ReverseStress.Grid GRID = new ReverseStress.Grid(250_000, PriceMoves.SCALE_MAX);

    /** Copies the members. */
    public FundBook {
        members = Collections.unmodifiableSortedMap(new TreeMap<>(members));
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
        FundLosses losses = FundStress.of(epoch, members);
        long all = epoch.parameters().value(VaultParameters.SYMBOL_CAP);
        return new Review(
                losses,
                Assessment.of(epoch.number(), losses, new TreeSet<>(members.values()), vault, epoch.parameters()),
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
        return BigInteger.valueOf(vault.total())
                .multiply(BigInteger.valueOf(epoch.parameters().value(DefaultParameters.ASSESSMENT_SHARE)))
                .divide(BigInteger.valueOf(Ppm.ONE))
                .longValueExact();
    }

    /** Who pays a row, layer by layer. */
    public Adequacy adequacy(StressRow row, List<AccountLoss> accounts, ComputedEpoch epoch) {
        return Adequacy.of(row, accounts, vault.contributions(), houseCapital, (int)
                epoch.parameters().value(DefaultParameters.ASSESSMENT_SHARE));
    }

    /** How many times the price moves of the worst row exhaust what is paid in, a quarter of the scenario at a time and then by bisection. */
    public ReverseStress distance(ComputedEpoch epoch) {
        int worst = epoch.cover().worst().row();
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
        epoch.cover().worst().members().forEach(m -> beyond.put(m.member(), m.beyondMargin()));
        return List.of(
                Concentration.of("initial margin", margin.values()),
                Concentration.of("equity held", equity.values()),
                Concentration.of(
                        "contributions to the fund", vault.contributions().values()),
                Concentration.of("loss beyond margin in the worst row", beyond.values()));
    }
}
