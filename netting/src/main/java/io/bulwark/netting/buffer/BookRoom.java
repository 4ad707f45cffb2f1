package io.bulwark.netting.buffer;

import io.bulwark.clearing.money.MoneyRange;
import io.bulwark.netting.contagion.ContagionAccount;
import io.bulwark.netting.contagion.ContagionAccount.Leg;
import io.bulwark.netting.contagion.ContagionSystem;
import java.util.HashMap;
import java.util.Map;

/**
 * What the accounts of a book hold together: whether one that holds something else, or comes in, still fits is seen from its own
 * amounts. It refuses what {@link ContagionSystem#withAccounts} would, which looks at every account again.
 */
final class BookRoom {
    private final Map<String, Amounts> known = new HashMap<>();
    private final Amounts all;

    BookRoom(ContagionSystem book) {
        book.accounts().forEach(account -> known.put(account.name(), Amounts.of(account)));
        this.all = known.values().stream().reduce(Amounts.NONE, Amounts::plus);
    }

    /** Sizes, micro-USD. */
    private record Amounts(long equity, long maintenance, long value) {
        static final Amounts NONE = new Amounts(0, 0, 0);

        static Amounts of(ContagionAccount account) {
            return new Amounts(
                    Math.absExact(account.equityMicro()),
                    account.maintenanceMicro(),
                    account.legs().stream().mapToLong(Leg::sizeMicro).reduce(0, Math::addExact));
        }

        Amounts plus(Amounts other) {
            return new Amounts(
                    Math.addExact(equity, other.equity),
                    Math.addExact(maintenance, other.maintenance),
                    Math.addExact(value, other.value));
        }
    }

    /**
     * Refuses an account beside all others of the book.
     *
     * @throws IllegalArgumentException if the book would leave a range
     */
    void require(ContagionAccount account) {
        Amounts was = known.getOrDefault(account.name(), Amounts.NONE);
        Amounts is = Amounts.of(account);
        fit("equity", account, all.equity - was.equity, is.equity);
        fit("maintenance", account, all.maintenance - was.maintenance, is.maintenance);
        fit("value", account, all.value - was.value, is.value);
    }

    private static void fit(String name, ContagionAccount account, long others, long own) {
        MoneyRange range = new MoneyRange(name);
        range.add(account.name(), others);
        range.add(account.name(), own);
    }
}
