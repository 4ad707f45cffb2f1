package io.bulwark.netting.buffer;

import io.bulwark.netting.margin.Requirement;
import io.bulwark.netting.portfolio.MarginAccount;
import io.bulwark.netting.risktable.IntColumn;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * The buffer of a house in one epoch: what it publishes, what each account holds, and what an account would hold after a change.
 *
 * <p>Certified vectors are the least fixed points of the epoch's own book; charged ones look at yesterday's and at stressed ladders too ({@link Publication}).
 *
 * @param book how accounts of the margin are seen
 * @param system every account with a margin
 * @param buffer vectors, flows, tariff
 * @param charges of every account with a margin, in the order in which they were given
 */
public record HouseBuffer(HouseBook book, BufferSystem system, ContagionBuffer buffer, List<BufferCharge> charges) {
    private static final long MICRO_PER_U = 100;

    /** Copies the charges. */
    public HouseBuffer {
        charges = List.copyOf(charges);
    }

    /**
     * The buffer of a book of accounts that {@link HouseBook#account} made.
     *
     * @param earlier what the epoch before published; empty in the first epoch, and where that epoch published no buffer
     */
    public static HouseBuffer of(HouseBook book, List<BufferAccount> accounts, Optional<EarlierTariff> earlier) {
        BufferSystem system = book.system(accounts);
        List<ContagionVector> certified = ContagionBuffer.leastFixedPoints(system);
        ContagionBuffer buffer =
                ContagionBuffer.published(system, certified, charged(book, system, certified, earlier));
        return new HouseBuffer(
                book,
                system,
                buffer,
                IntStream.range(0, accounts.size()).mapToObj(buffer::charge).toList());
    }

    private static List<ContagionVector> charged(
            HouseBook book, BufferSystem system, List<ContagionVector> certified, Optional<EarlierTariff> earlier) {
        List<ContagionVector> stressed = ContagionBuffer.leastFixedPoints(book.stressed(system));
        int scenarios = certified.size();
        return IntStream.range(0, scenarios)
                .mapToObj(s -> new ContagionVector(book.publication()
                        .published(
                                certified.get(s).rates(),
                                earlier.map(e -> e.charged(s, scenarios, system.groups()))
                                        .orElse(IntColumn.zeros(
                                                2 * system.groups().size())),
                                stressed.get(s).rates(),
                                system.scenarios().get(s).bound(system.groups()).rates(),
                                earlier.map(EarlierTariff::elapsedMillis).orElse(0L))))
                .toList();
    }

    /** The charge of an account of the epoch, by name. */
    public Optional<BufferCharge> charge(String account) {
        return charges.stream().filter(c -> c.account().equals(account)).findFirst();
    }

    /**
     * What the published tariff asks of an account, booked or not. An action is judged by {@link #afterwards}.
     *
     * @param requirement its margin over the epoch's table
     */
    public BufferCharge published(MarginAccount account, Requirement requirement) {
        return buffer.tariff().charge(book.account("asked", Optional.empty(), account, requirement));
    }

    /**
     * The buffer that an account must hold as it would be after an action, u, rounded up: at the vectors raised by the action and at exit rates with the action inside, so
     * who comes after the epoch was sealed pays as who was in it.
     *
     * @param name of the account in the epoch; another name is a new account
     * @param requirement its margin over the epoch's table
     */
    public long afterwards(String name, MarginAccount account, Requirement requirement) {
        List<BufferAccount> accounts = new ArrayList<>(system.accounts());
        int place = IntStream.range(0, accounts.size())
                .filter(i -> accounts.get(i).name().equals(name))
                .findFirst()
                .orElse(accounts.size());
        Optional<String> owner = place < accounts.size() ? accounts.get(place).owner() : Optional.empty();
        BufferAccount changed = book.account(name, owner, account, requirement);
        if (place < accounts.size() && changed.equals(accounts.get(place))) {
            return inU(charges.get(place));
        }
        if (place < accounts.size()) {
            accounts.set(place, changed);
        } else {
            accounts.add(changed);
        }
        BufferTariff sealed = buffer.tariff();
        Admission action = Admission.between(system, system.withAccounts(accounts), sealed.certified());
        BufferTariff raised = new BufferTariff(
                sealed.groups(),
                sealed.symbols(),
                sealed.scenarios(),
                sealed.rules(),
                action.raised(),
                IntStream.range(0, sealed.charged().size())
                        .mapToObj(s ->
                                sealed.charged().get(s).join(action.raised().get(s)))
                        .toList(),
                action.exits());
        return inU(raised.charge(changed));
    }

    /** A charge in u, rounded up. */
    public static long inU(BufferCharge charge) {
        return Math.ceilDiv(charge.buffer(), MICRO_PER_U);
    }
}
