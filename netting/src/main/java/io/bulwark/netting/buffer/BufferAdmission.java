package io.bulwark.netting.buffer;

import io.bulwark.netting.contagion.ContagionAccount;
import io.bulwark.netting.contagion.ContagionAccount.Leg;
import io.bulwark.netting.contagion.ContagionMap;
import io.bulwark.netting.contagion.ContagionSystem;
import io.bulwark.netting.contagion.ContagionVector;
import io.bulwark.netting.contagion.ForcedFlows;
import io.bulwark.netting.contagion.ScenarioAccount;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

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
        return new Standing(before, ContagionMap.inEvery(before), certified).to(after);
    }

    /** A book at its certified vectors, from which steps are judged: what of a judgement depends on no step is made once. */
    static final class Standing {
        private final ContagionSystem before;
        private final List<ContagionMap> maps;
        private final List<ContagionVector> cut;
        private final long[] sides;
        private final List<ForcedFlows> flows;
        private final ForcedFlows crowd;
        private final BookRoom room;

        /** What owners of the book add, by account, found where it is first asked: the same whatever step they take. */
        private final @Nullable Share[] shares;

        /**
         * What an account's owner adds to the book.
         *
         * @param flows forced, by scenario; those of hedgers with them
         * @param sides long and short of every group
         */
        private record Share(List<ForcedFlows> flows, long[] sides) {}

        Standing(ContagionSystem before, List<ContagionMap> maps, List<ContagionVector> certified) {
            if (certified.size() != maps.size()) {
                throw new IllegalArgumentException("there must be a certified vector for each of " + maps.size()
                        + " scenarios; have " + certified.size());
            }
            this.before = before;
            this.maps = List.copyOf(maps);
            this.cut = IntStream.range(0, maps.size())
                    .mapToObj(s -> certified.get(s).cutTo(maps.get(s).bound()))
                    .toList();
            this.sides = ContagionBuffer.sides(before, maps, cut);
            this.flows = ContagionBuffer.flows(maps, cut);
            this.crowd = ForcedFlows.largest(flows);
            this.room = new BookRoom(before);
            this.shares = new Share[before.accounts().size()];
        }

        /** Judges the step to any other book. */
        BufferAdmission to(ContagionSystem after) {
            List<ContagionMap> now = ContagionMap.inEvery(after);
            List<ContagionVector> raised = IntStream.range(0, now.size())
                    .mapToObj(s -> now.get(s).raised(cut.get(s)))
                    .toList();
            return judged(
                    after,
                    now,
                    IntStream.range(0, now.size())
                            .mapToObj(s -> now.get(s).holds(cut.get(s)))
                            .toList(),
                    raised,
                    ContagionBuffer.sides(after, now, raised),
                    ContagionBuffer.flows(now, raised));
        }

        /**
         * A step that was judged.
         *
         * @param rows of the account that takes it, by scenario
         */
        record Judged(BufferAdmission admission, List<ScenarioAccount> rows) {}

        /**
         * Judges the step to the book in which one account holds something else, or came in. Flows and sides are sums over owners, so that
         * only what this one's owner adds is counted again; where that lifts a vector, the whole book is.
         *
         * @param groups what it is judged in: with what hedgers must trade afterwards
         * @param after the whole book with it
         * @throws IllegalArgumentException if the book with it would leave a range
         */
        Judged with(ContagionAccount changed, ContagionSystem groups, Supplier<ContagionSystem> after) {
            room.require(changed);
            ContagionSystem is = groups.withAccounts(ofOwner(changed));
            List<ContagionMap> more = ContagionMap.like(maps, is);
            List<ScenarioAccount> rows =
                    more.stream().map(map -> map.book().row(0)).toList();
            Share was = share(changed);
            List<ForcedFlows> flowsNow = new ArrayList<>();
            boolean covered = true;
            for (int s = 0; s < cut.size(); s++) {
                ForcedFlows now =
                        flows.get(s).changed(was.flows.get(s), more.get(s).flows(cut.get(s)));
                covered = covered && more.get(s).covers(cut.get(s), now);
                flowsNow.add(now);
            }
            if (!covered) {
                return new Judged(to(after.get()), rows);
            }
            long[] sidesNow = ContagionBuffer.sides(is, more, cut);
            for (int i = 0; i < sidesNow.length; i++) {
                sidesNow[i] = Math.addExact(sides[i] - was.sides[i], sidesNow[i]);
            }
            return new Judged(
                    judged(groups, more, Collections.nCopies(cut.size(), true), cut, sidesNow, flowsNow), rows);
        }

        /** Of who is not in the book: the hedgers' alone. */
        private Share share(ContagionAccount changed) {
            for (int place = 0; place < shares.length; place++) {
                ContagionAccount known = before.accounts().get(place);
                if (known.name().equals(changed.name()) && known.owner().equals(changed.owner())) {
                    Share found = shares[place] == null ? shareOf(changed) : shares[place];
                    shares[place] = found;
                    return found;
                }
            }
            return shareOf(changed);
        }

        private Share shareOf(ContagionAccount changed) {
            int[] was = IntStream.range(0, before.accounts().size())
                    .filter(i -> isOfOwner(before.accounts().get(i), changed))
                    .toArray();
            return new Share(
                    IntStream.range(0, cut.size())
                            .mapToObj(s -> maps.get(s).part(cut.get(s), was))
                            .toList(),
                    ContagionBuffer.sides(before, maps, cut, was));
        }

        /** It and the others of its owner. */
        private List<ContagionAccount> ofOwner(ContagionAccount changed) {
            List<ContagionAccount> own = new ArrayList<>(List.of(changed));
            for (ContagionAccount known : before.accounts()) {
                if (isOfOwner(known, changed) && !known.name().equals(changed.name())) {
                    own.add(known);
                }
            }
            return own;
        }

        private static boolean isOfOwner(ContagionAccount known, ContagionAccount changed) {
            return known.name().equals(changed.name())
                    || (changed.owner().isPresent() && known.owner().equals(changed.owner()));
        }

        private BufferAdmission judged(
                ContagionSystem after,
                List<ContagionMap> now,
                List<Boolean> holds,
                List<ContagionVector> raised,
                long[] sidesNow,
                List<ForcedFlows> flowsNow) {
            long[] largest = new long[sides.length];
            for (int i = 0; i < sides.length; i++) {
                largest[i] = Math.max(sides[i], sidesNow[i]);
            }
            List<BeyondHeadroom> beyond = new ArrayList<>();
            for (int s = 0; s < now.size(); s++) {
                beyond.addAll(beyond(s, now.get(s), raised.get(s), flows.get(s), flowsNow.get(s)));
            }
            return new BufferAdmission(
                    holds, raised, ExitRates.of(after, largest, crowd.join(ForcedFlows.largest(flowsNow))), beyond);
        }
    }

    /** A raised vector below its bound covers its flows: it dominates its image. */
    private static List<BeyondHeadroom> beyond(
            int scenario, ContagionMap map, ContagionVector raised, ForcedFlows before, ForcedFlows now) {
        ContagionVector bound = map.bound();
        int[] lifted = IntStream.range(0, bound.rates().length())
                .filter(i -> raised.rates().at(i) == bound.rates().at(i)
                        && now.amounts().get(i) > before.amounts().get(i))
                .toArray();
        if (lifted.length == 0) {
            return List.of();
        }
        ForcedFlows headroom = map.headroom(raised);
        return IntStream.of(lifted)
                .filter(i -> now.amounts().get(i) > headroom.amounts().get(i))
                .mapToObj(i -> new BeyondHeadroom(
                        scenario, i, now.amounts().get(i), headroom.amounts().get(i)))
                .toList();
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
