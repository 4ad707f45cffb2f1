package io.bulwark.insurance.vault;

import io.bulwark.clearing.governance.ParameterSet;
import io.bulwark.insurance.apportionment.CumulativeRounding;
import io.bulwark.insurance.stresstest.FundDemand;
import io.bulwark.insurance.stresstest.FundLosses;
import io.bulwark.insurance.stresstest.ShapleyValue;
import java.math.BigInteger;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.hipparchus.fraction.BigFraction;

/**
 * What every member must have in the fund after one review.
 *
 * <p>What the fund must hold, over all layers and never less than what is proved, is shared by marginal risk: each layer pro rata to what a member asks where the layer is sized. Nobody pays less
 * than the governed minimum; what minimums bring is taken off the shares of the others, so that targets add up to the demand, to the unit. A contribution that stands falls by a step at
 * most: only that makes the whole more than the demand.
 *
 * @param epoch number of the epoch
 * @param demand what the fund must hold, layer by layer
 * @param contributions one of each member, by name
 */
public record Assessment(long epoch, FundDemand demand, List<Contribution> contributions) {
    /** With more members all orders of joining are too many for the fairness check. */
    public static final int FAIRNESS_MEMBERS_MAX = 10;

    /** Copies the contributions; targets must be what the fund must hold, or more where minimums bring more, and what is required no less. */
    public Assessment {
        contributions = List.copyOf(contributions);
        long targets = contributions.stream().mapToLong(Contribution::target).reduce(0, Math::addExact);
        long required = contributions.stream().mapToLong(Contribution::required).reduce(0, Math::addExact);
        if (targets < demand.total() || required < targets) {
            throw new IllegalArgumentException("targets must be at least what the fund must hold, " + demand.total()
                    + ", and what is required at least the targets; have " + targets + " and " + required);
        }
    }

    /**
     * The review of one epoch.
     *
     * @param epoch number of the epoch
     * @param losses what members ask wherever the fund is sized
     * @param members everybody who must contribute; members with a contribution or a loss are added
     * @param standing what stands in the fund
     * @param parameters the governed numbers
     */
    public static Assessment of(
            long epoch, FundLosses losses, Set<String> members, Vault standing, ParameterSet parameters) {
        return of(epoch, losses, members, Apart.NOBODY, standing, parameters);
    }

    /**
     * Members who do not rest on the fund.
     *
     * @param leaving of whom nothing is asked, whatever stands of theirs: it leaves a step at a time
     * @param frozen in default until they are readmitted: nothing is asked of them, and what stands of theirs stays
     */
    public record Apart(Set<String> leaving, Set<String> frozen) {
        /** Everybody rests on the fund. */
        public static final Apart NOBODY = new Apart(Set.of(), Set.of());

        /** Copies. */
        public Apart {
            leaving = Set.copyOf(leaving);
            frozen = Set.copyOf(frozen);
        }
    }

    /** The same where some do not rest on the fund. */
    public static Assessment of(
            long epoch, FundLosses losses, Set<String> members, Apart apart, Vault standing, ParameterSet parameters) {
        long sharePpm = parameters.value(VaultParameters.UNCOVERED_SHARE);
        FundDemand demand = FundDemand.of(losses, sharePpm);
        TreeSet<String> all = new TreeSet<>(members);
        all.addAll(losses.members());
        all.addAll(standing.contributions().keySet());
        TreeSet<String> paying = new TreeSet<>(all);
        paying.removeAll(apart.leaving());
        paying.removeAll(apart.frozen());
        SortedMap<String, Long> targets =
                targets(demand, paying, parameters.value(VaultParameters.MINIMUM_CONTRIBUTION));
        Optional<SortedMap<String, Long>> shapley = shapley(losses, sharePpm);
        long kept = parameters.value(VaultParameters.KEPT_SHARE);
        List<Contribution> contributions = all.stream()
                .map(member -> {
                    long target = targets.getOrDefault(member, 0L);
                    long previous = standing.contribution(member);
                    return new Contribution(
                            member,
                            previous,
                            demand.part(member),
                            demand.total() - FundDemand.total(losses.only(m -> !m.equals(member)), sharePpm),
                            shapley.map(s -> s.getOrDefault(member, 0L)),
                            target,
                            apart.frozen().contains(member) ? previous : Contribution.required(target, previous, kept));
                })
                .toList();
        return new Assessment(epoch, demand, contributions);
    }

    /** What the fund holds once all that is called has come and all that is released has gone. */
    public Vault after() {
        TreeMap<String, Long> contributions = new TreeMap<>();
        this.contributions.forEach(c -> contributions.put(c.member(), c.required()));
        return new Vault(contributions);
    }

    /**
     * Shares of the demand of whom nothing takes less than the minimum: who would pay less pays the minimum, and the rest of the demand is divided among the others pro rata to
     * their shares, until nobody is below. Together the larger of the demand and of all minimums.
     */
    private static SortedMap<String, Long> targets(FundDemand demand, Set<String> members, long minimum) {
        TreeMap<String, Long> targets = new TreeMap<>();
        while (true) {
            TreeMap<String, BigFraction> others = new TreeMap<>();
            members.stream()
                    .filter(member -> !targets.containsKey(member))
                    .forEach(member -> others.put(member, new BigFraction(BigInteger.valueOf(demand.part(member)))));
            long rest = Math.max(0, demand.total() - targets.values().stream().reduce(0L, Math::addExact));
            boolean shared = others.values().stream().anyMatch(share -> share.signum() > 0);
            SortedMap<String, Long> divided = CumulativeRounding.proRata(shared ? rest : 0, others);
            List<String> below = divided.entrySet().stream()
                    .filter(e -> e.getValue() < minimum)
                    .map(Map.Entry::getKey)
                    .toList();
            if (below.isEmpty()) {
                targets.putAll(divided);
                return targets;
            }
            below.forEach(member -> targets.put(member, minimum));
        }
    }

    /** Fairness check: the Shapley value of what the fund must hold for a coalition's losses alone. */
    private static Optional<SortedMap<String, Long>> shapley(FundLosses losses, long sharePpm) {
        List<String> players = losses.members();
        if (players.isEmpty() || players.size() > FAIRNESS_MEMBERS_MAX) {
            return players.isEmpty() ? Optional.of(new TreeMap<>()) : Optional.empty();
        }
        List<Long> shares = CumulativeRounding.of(ShapleyValue.of(
                players.size(),
                coalition -> new BigFraction(BigInteger.valueOf(FundDemand.total(
                        losses.only(member -> (coalition >> players.indexOf(member) & 1) == 1), sharePpm)))));
        TreeMap<String, Long> byMember = new TreeMap<>();
        for (int i = 0; i < players.size(); i++) {
            byMember.put(players.get(i), shares.get(i));
        }
        return Optional.of(byMember);
    }
}
