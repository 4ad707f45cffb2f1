package io.bulwark.netting.buffer;

import io.bulwark.netting.buffer.BufferAccount.Leg;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * What an action inside the epoch does to the certified vectors and to the exit rates. The rates come from running maxima: neither a side nor the crowd is counted smaller
 * than before the action, so who comes after the snapshot pays as who was in it.
 *
 * @param holds by scenario: whether the certified vector still dominates its image
 * @param raised by scenario: the least certified vector at or above it on the changed book
 * @param exits rates with the action inside
 */
public record Admission(List<Boolean> holds, List<ContagionVector> raised, ExitRates exits) {
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
    public Admission {
        holds = List.copyOf(holds);
        raised = List.copyOf(raised);
    }

    /**
     * Judges changes, applied in order.
     *
     * @param certified by scenario, cut to its bound before anything else
     */
    public static Admission of(BufferSystem before, List<ContagionVector> certified, List<Change> changes) {
        return between(before, changed(before, changes), certified);
    }

    /**
     * Judges the step from one book to another over the same groups, symbols and scenarios.
     *
     * @param certified by scenario, cut to its bound before anything else
     */
    static Admission between(BufferSystem before, BufferSystem after, List<ContagionVector> certified) {
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
        ForcedFlows crowd = ForcedFlows.largest(ContagionBuffer.flows(old, cut))
                .join(ForcedFlows.largest(ContagionBuffer.flows(now, raised)));
        return new Admission(holds, raised, ExitRates.of(after, sides, crowd));
    }

    /** Whether nothing has to be raised; the tests of equity and headroom come on top. */
    public boolean admitted() {
        return holds.stream().allMatch(hold -> hold);
    }

    /** The book after the changes. */
    public static BufferSystem changed(BufferSystem system, List<Change> changes) {
        List<BufferAccount> accounts = new ArrayList<>(system.accounts());
        for (Change change : changes) {
            int place = IntStream.range(0, accounts.size())
                    .filter(i -> accounts.get(i).name().equals(change.account()))
                    .findFirst()
                    .orElse(accounts.size());
            if (place == accounts.size()) {
                accounts.add(BufferAccount.linear(change.account(), change.owner(), List.of(), 0, 0));
            }
            accounts.set(place, changed(accounts.get(place), change));
        }
        return system.withAccounts(accounts);
    }

    private static BufferAccount changed(BufferAccount account, Change change) {
        if (change.owner().isPresent() && !change.owner().equals(account.owner())) {
            throw new IllegalArgumentException("owner of account " + account.name() + " must not change; it is "
                    + account.owner().orElse("not known"));
        }
        List<Leg> legs = new ArrayList<>(account.legs());
        legs.addAll(change.legs());
        return new BufferAccount(
                account.name(),
                account.owner(),
                legs,
                Math.addExact(account.equityMicro(), change.equityMicro()),
                Math.addExact(account.maintenanceMicro(), change.maintenanceMicro()),
                account.quietExitMicro(),
                account.gainsMicro());
    }
}
