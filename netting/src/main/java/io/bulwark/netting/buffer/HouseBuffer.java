package io.bulwark.netting.buffer;

import io.bulwark.netting.buffer.BufferAdmission.Standing;
import io.bulwark.netting.buffer.BufferAdmission.Standing.Judged;
import io.bulwark.netting.contagion.ContagionAccount;
import io.bulwark.netting.contagion.ContagionMap;
import io.bulwark.netting.contagion.ContagionSystem;
import io.bulwark.netting.contagion.ContagionVector;
import io.bulwark.netting.contagion.VegaHolding;
import io.bulwark.netting.formula.Requirement;
import io.bulwark.netting.margin.MarginStatement;
import io.bulwark.netting.portfolio.MarginAccount;
import io.bulwark.netting.risktable.IntColumn;
import io.bulwark.netting.risktable.RiskTable;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/**
 * The buffer of a house in one epoch: what it publishes, what each account holds, and what an account would hold after a change.
 *
 * <p>Certified vectors are the least fixed points of the epoch's own book; charged ones look at yesterday's and at stressed ladders too
 * ({@link BufferPublication}).
 *
 * @param book how accounts of the margin are seen
 * @param system every account with a margin
 * @param buffer vectors, flows, tariff
 * @param charges of every account with a margin, in the order in which they were given
 */
public record HouseBuffer(HouseBook book, ContagionSystem system, ContagionBuffer buffer, List<BufferCharge> charges) {
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
    public static HouseBuffer of(HouseBook book, List<ContagionAccount> accounts, Optional<EarlierTariff> earlier) {
        ContagionSystem system = book.system(accounts);
        List<ContagionVector> certified = ContagionBuffer.leastFixedPoints(system);
        ContagionBuffer buffer = ContagionBuffer.published(
                system, certified, charged(book, system, certified, earlier), book.vega(accounts));
        return new HouseBuffer(
                book,
                system,
                buffer,
                IntStream.range(0, accounts.size()).mapToObj(buffer::charge).toList());
    }

    private static List<ContagionVector> charged(
            HouseBook book, ContagionSystem system, List<ContagionVector> certified, Optional<EarlierTariff> earlier) {
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
                                earlier.map(e -> e.elapsed().toMillis()).orElse(0L))))
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
     * What an account must hold as it would be after an action.
     *
     * @param charge at the vectors raised by the action and at exit rates with the action inside
     * @param beyond where the action forces more than a vector at its bound covers: an action that opens or takes out waits until there
     * is room
     */
    public record Afterwards(BufferCharge charge, Optional<String> beyond) {
        /** The charge in u, rounded up. */
        public long inU() {
            return HouseBuffer.inU(charge);
        }
    }

    /** Why the buffer of an account cannot be counted, as it would be after an action: amounts must stay below 2⁵⁶ µ$, of an account and of the whole book. */
    public Optional<String> fault(String name, MarginAccount account, Requirement requirement) {
        try {
            book.system(with(seen(name, account, requirement)));
            return Optional.empty();
        } catch (IllegalArgumentException | ArithmeticException e) {
            return Optional.of("beyond the range of the contagion buffer: " + e.getMessage());
        }
    }

    /**
     * The buffer that an account must hold as it would be after an action, so that who comes after the epoch was sealed pays as who was
     * in it.
     *
     * @param name of the account in the epoch; another name is a new account
     * @param requirement its margin over the epoch's table
     * @throws IllegalArgumentException if the account has a {@link #fault}
     * @throws ArithmeticException the same
     */
    public Afterwards afterwards(String name, MarginAccount account, Requirement requirement) {
        ContagionAccount changed = seen(name, account, requirement);
        int place = system.accounts().indexOf(changed);
        if (place >= 0) {
            return new Afterwards(charges.get(place), Optional.empty());
        }
        BufferTariff sealed = buffer.tariff();
        Supplier<ContagionSystem> after = () -> book.system(with(changed));
        Judged step = standing().with(changed, book.isHedger(changed) ? after.get() : system, after);
        BufferAdmission action = step.admission();
        BufferTariff raised = new BufferTariff(
                sealed.groups(),
                sealed.symbols(),
                sealed.scenarios(),
                sealed.rules(),
                action.raised(),
                // What is charged never lies below what is certified: where nothing is raised, it stands.
                action.admitted()
                        ? sealed.charged()
                        : IntStream.range(0, sealed.charged().size())
                                .mapToObj(s -> sealed.charged()
                                        .get(s)
                                        .join(action.raised().get(s)))
                                .toList(),
                action.exits(),
                vega(changed));
        return new Afterwards(
                raised.charge(changed, step.rows()),
                action.beyond().stream().findFirst().map(this::words));
    }

    /** What short volatility pays with the account in it: what it paid, where the account's is what it was. */
    private VegaTariff vega(ContagionAccount changed) {
        VegaTariff sealed = buffer.tariff().vega();
        VegaHolding was = system.accounts().stream()
                .filter(known -> known.name().equals(changed.name()))
                .findFirst()
                .map(ContagionAccount::vega)
                .orElse(VegaHolding.NONE);
        return buffer.isOf(system) && was.equals(changed.vega()) ? sealed : sealed.join(book.vega(with(changed)));
    }

    /** From where steps are judged; of a house that was only asked about, its own. */
    private Standing standing() {
        return buffer.isOf(system)
                ? buffer.standing()
                : new Standing(
                        system, ContagionMap.inEvery(system), buffer.tariff().certified());
    }

    /**
     * The same book if one account held something else, charged at the tariff that is published: vectors and rates stay, so it is for
     * questions about what would be forced, never for an admission.
     *
     * @param name of an account of the epoch
     * @param requirement its margin over the epoch's table
     */
    public HouseBuffer asIf(String name, MarginAccount account, Requirement requirement) {
        ContagionAccount changed = seen(name, account, requirement);
        ContagionSystem other = system.withAccounts(system.accounts().stream()
                .map(known -> known.name().equals(name) ? changed : known)
                .toList());
        return new HouseBuffer(
                book,
                other,
                buffer,
                charges.stream()
                        .map(known ->
                                known.account().equals(name) ? buffer.tariff().charge(changed) : known)
                        .toList());
    }

    private ContagionAccount seen(String name, MarginAccount account, Requirement requirement) {
        Optional<String> owner = system.accounts().stream()
                .filter(known -> known.name().equals(name))
                .findFirst()
                .flatMap(ContagionAccount::owner);
        return book.account(name, owner, account, requirement);
    }

    /** The accounts of the epoch with one changed, or added. */
    private List<ContagionAccount> with(ContagionAccount changed) {
        List<ContagionAccount> accounts = new ArrayList<>(system.accounts());
        accounts.removeIf(known -> known.name().equals(changed.name()));
        accounts.add(changed);
        return accounts;
    }

    private String words(BufferAdmission.BeyondHeadroom beyond) {
        int groups = system.groups().size();
        return "forced " + (beyond.component() < groups ? "sales" : "purchases") + " of "
                + system.groups().get(beyond.component() % groups).name() + " in scenario " + beyond.scenario()
                + " would be " + beyond.flowMicro() + " µ$, above the headroom of " + beyond.headroomMicro()
                + " µ$ at the vector's bound";
    }

    /** A statement of an account, its state with what the published tariff asks. */
    public MarginStatement stated(MarginStatement statement, RiskTable table) {
        return statement.beside(table, candidate -> inU(published(candidate.account(), candidate.requirement())));
    }

    /** A charge in u, rounded up. */
    public static long inU(BufferCharge charge) {
        return Math.ceilDiv(charge.buffer(), MICRO_PER_U);
    }
}
