package io.bulwark.netting.buffer;

import io.bulwark.netting.contagion.ContagionAccount;
import io.bulwark.netting.contagion.ContagionAccount.Leg;
import io.bulwark.netting.contagion.ContagionMap;
import io.bulwark.netting.contagion.ContagionSystem;
import io.bulwark.netting.contagion.ContagionVector;
import io.bulwark.netting.contagion.ForcedFlows;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * What an action inside the epoch does to the certified vectors and to the exit rates. The rates come from running maxima: neither a side nor the crowd is counted smaller
 * than before the action, so who comes after the snapshot pays as who was in it.
 *
 * @param holds by scenario: whether the certified vector still dominates its image
 * @param raised by scenario: the least certified vector at or above it on the changed book
 * @param exits rates with the action inside
 * @param beyond where the action lifts a flow above what the raised vector covers: at its bound a certificate holds for any flow, so there the headroom rules
 */
public record BufferAdmission(
        List<Boolean> holds, List<ContagionVector> raised, ExitRates exits, List<BeyondHeadroom> beyond) {
    /**
     * A flow that no rate covers.
     *
     * @param scenario its place
     * @param component the group's number for forced sales, groups + number for forced purchases
     * @param flowMicro what would be forced, micro-USD
     * @param headroomMicro F̄: the largest flow that the vector's bound covers, micro-USD
     */
    public record BeyondHeadroom(int scenario, int component, long flowMicro, long headroomMicro) {}

    /**
     * A change of one account; an account that is not there yet starts empty.
     *
     * @param account its name
     * @param owner of a new account, if known
     * @param legs added to what it holds
     * @param equityMicro added, micro-USD
     * @param maintenanceMicro added, micro-USD
     */
    public record Change(
            String account, Optional<String> owner, List<Leg> legs, long equityMicro, long maintenanceMicro) {}

    /** Copies the lists. */
    public BufferAdmission {
        holds = List.copyOf(holds);
        raised = List.copyOf(raised);
        beyond = List.copyOf(beyond);
    }

    /**
     * Judges changes, applied in order.
     *
     * @param certified by scenario, cut to its bound before anything else
     */
    public static BufferAdmission of(ContagionSystem before, List<ContagionVector> certified, List<Change> changes) {
        return between(before, changed(before, changes), certified);
    }

    /**
     * Judges the step from one book to another over the same groups, symbols and scenarios.
     *
     * @param certified by scenario, cut to its bound before anything else
     */
    static BufferAdmission between(ContagionSystem before, ContagionSystem after, List<ContagionVector> certified) {
        if (certified.size() != before.scenarios().size()) {
            throw new IllegalArgumentException("there must be a certified vector for each of "
                    + before.scenarios().size() + " scenarios; have " + certified.size());
        }
        List<ContagionMap> old = ContagionBuffer.maps(before);
        List<ContagionMap> now = ContagionBuffer.maps(after);
        List<ContagionVector> cut = IntStream.range(0, old.size())
                .mapToObj(s -> certified.get(s).cutTo(old.get(s).bound()))
                .toList();
        List<Boolean> holds = IntStream.range(0, now.size())
                .mapToObj(s -> now.get(s).holds(cut.get(s)))
                .toList();
        List<ContagionVector> raised = IntStream.range(0, now.size())
                .mapToObj(s -> now.get(s).raised(cut.get(s)))
                .toList();
        long[] sides = ContagionBuffer.sides(before, old, cut);
        long[] sidesNow = ContagionBuffer.sides(after, now, raised);
        for (int i = 0; i < sides.length; i++) {
            sides[i] = Math.max(sides[i], sidesNow[i]);
        }
        List<ForcedFlows> flows = ContagionBuffer.flows(old, cut);
        List<ForcedFlows> flowsNow = ContagionBuffer.flows(now, raised);
        ForcedFlows crowd = ForcedFlows.largest(flows).join(ForcedFlows.largest(flowsNow));
        List<BeyondHeadroom> beyond = IntStream.range(0, now.size())
                .boxed()
                .flatMap(s -> beyond(s, now.get(s), raised.get(s), flows.get(s), flowsNow.get(s)))
                .toList();
        return new BufferAdmission(holds, raised, ExitRates.of(after, sides, crowd), beyond);
    }

    /** A raised vector below its bound covers its flows: it dominates its image. */
    private static Stream<BeyondHeadroom> beyond(
            int scenario, ContagionMap map, ContagionVector raised, ForcedFlows before, ForcedFlows now) {
        ContagionVector bound = map.bound();
        int[] lifted = IntStream.range(0, bound.rates().length())
                .filter(i -> raised.rates().at(i) == bound.rates().at(i))
                .filter(i -> now.amounts().get(i) > before.amounts().get(i))
                .toArray();
        if (lifted.length == 0) {
            return Stream.of();
        }
        ForcedFlows headroom = map.headroom(raised);
        return IntStream.of(lifted)
                .filter(i -> now.amounts().get(i) > headroom.amounts().get(i))
                .mapToObj(i -> new BeyondHeadroom(
                        scenario, i, now.amounts().get(i), headroom.amounts().get(i)));
    }

    /** Whether nothing has to be raised; the tests of equity and headroom come on top. */
    public boolean admitted() {
        return holds.stream().allMatch(hold -> hold);
    }

    /** The book after the changes. */
    public static ContagionSystem changed(ContagionSystem system, List<Change> changes) {
        List<ContagionAccount> accounts = new ArrayList<>(system.accounts());
        for (Change change : changes) {
            int place = IntStream.range(0, accounts.size())
                    .filter(i -> accounts.get(i).name().equals(change.account()))
                    .findFirst()
                    .orElse(accounts.size());
            if (place == accounts.size()) {
                accounts.add(ContagionAccount.linear(change.account(), change.owner(), List.of(), 0, 0));
            }
            accounts.set(place, changed(accounts.get(place), change));
        }
        return system.withAccounts(accounts);
    }

    private static ContagionAccount changed(ContagionAccount account, Change change) {
        if (change.owner().isPresent() && !change.owner().equals(account.owner())) {
            throw new IllegalArgumentException("owner of account " + account.name() + " must not change; it is "
                    + account.owner().orElse("not known"));
        }
        List<Leg> legs = new ArrayList<>(account.legs());
        legs.addAll(change.legs());
        return new ContagionAccount(
                account.name(),
                account.owner(),
                legs,
                Math.addExact(account.equityMicro(), change.equityMicro()),
                Math.addExact(account.maintenanceMicro(), change.maintenanceMicro()),
                account.quietExitMicro(),
                account.gainsMicro(),
                account.vega());
    }
}
