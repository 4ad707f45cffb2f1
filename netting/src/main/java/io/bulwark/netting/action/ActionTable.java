package io.bulwark.netting.action;

import io.bulwark.netting.action.Verdict.Rule;
import io.bulwark.netting.formula.MarginLine.Role;
import io.bulwark.netting.formula.Requirement;
import io.bulwark.netting.margin.Candidate;
import io.bulwark.netting.margin.Candidate.Allocation;
import io.bulwark.netting.margin.HouseAllocation;
import io.bulwark.netting.margin.MarginAdmission;
import io.bulwark.netting.margin.MarginRefusal;
import io.bulwark.netting.portfolio.Entry;
import io.bulwark.netting.portfolio.MarginAccount;
import io.bulwark.netting.risktable.AssetRisk;
import io.bulwark.netting.risktable.InstrumentRisk;
import io.bulwark.netting.risktable.RiskTable;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Which actions an account may take: the rows of the published table, in their order, the first that decides.
 *
 * <p>Source: margin method, section "Equity, collateral, paid-up sleeve, actions". All figures are those after house
 * allocation; interest is taken before.
 *
 * @param table the risk table
 * @param age how old it is
 * @param openInterest of the instruments whose depth is known, by number; an instrument without is not limited
 * @param buffer where the house publishes a contagion buffer: {@code IM + Buffer} then stands for IM in every row
 */
public record ActionTable(
        RiskTable table, TableAge age, Map<Integer, OpenInterest> openInterest, Optional<BufferedAccount> buffer) {
    private static final int PPM_PLACES = 6;
    private static final long BEYOND_RANGE = Long.MAX_VALUE / 4;

    /** Copies. */
    public ActionTable {
        openInterest = Map.copyOf(openInterest);
    }

    /** The table of a house without a contagion buffer. */
    public ActionTable(RiskTable table, TableAge age, Map<Integer, OpenInterest> openInterest) {
        this(table, age, openInterest, Optional.empty());
    }

    /**
     * Whether an account may take an action.
     *
     * @param account as booked, admitted by the table
     * @throws IllegalArgumentException if the account itself has no margin
     */
    public Verdict judge(MarginAccount account, Action action) {
        MarginAccount after = action.applyTo(account);
        Optional<Verdict> barred = barred(account, action, after);
        if (barred.isPresent()) {
            return barred.get();
        }
        Standing then = standing(after);
        if (then.excess() >= 0) {
            return waiting(account, action, then)
                    .orElseGet(() -> Verdict.allow(
                            Rule.OPEN_AFTERWARDS, then.words() + " is " + then.excess() + " u afterwards"));
        }
        Standing now = standing(account);
        if (action.onlyBrings()) {
            return bringing(now, then);
        }
        if (action.onlyTrades()) {
            return reducing(account, action, now, then);
        }
        return Verdict.refuse(
                Rule.OTHERWISE,
                "the account would not be open: " + then.words() + " would be " + then.excess()
                        + " u, must be at least 0");
    }

    /**
     * Where an account stands.
     *
     * @param house the candidate that counts, with what it must hold beside IM
     */
    private record Standing(HouseAllocation house, boolean buffered) {
        /** E − IM, or E − IM − Buffer, u. */
        long excess() {
            return house.excess();
        }

        /** IM, or IM + Buffer, u. */
        long asked() {
            return Math.addExact(house.counting().requirement().initialMargin(), house.beside());
        }

        String words() {
            return buffered ? "E − IM − Buffer" : "E − IM";
        }
    }

    private Standing standing(MarginAccount account) {
        return new Standing(house(account), buffer.isPresent());
    }

    /** The house allocation of an admitted account, with the buffer that it would have to hold; beyond the buffer's range no equity is enough. */
    public HouseAllocation house(MarginAccount account) {
        return HouseAllocation.of(
                table,
                account,
                candidate -> buffer.map(b -> b.fault(candidate).isPresent()
                                ? BEYOND_RANGE
                                : b.afterwards(candidate).inU())
                        .orElse(0L));
    }

    /** E − IM, or E − IM − Buffer, of the candidate that counts, u; the least number for an account that is not admitted. */
    long excess(MarginAccount account) {
        return MarginAdmission.firstFault(table, account).isPresent()
                ? Long.MIN_VALUE
                : house(account).excess();
    }

    /** Why an action that leaves the account open must wait for room, if it must: bringing, and reducing without more to hold, never wait. */
    private Optional<Verdict> waiting(MarginAccount account, Action action, Standing then) {
        Optional<String> beyond =
                buffer.flatMap(b -> b.afterwards(then.house().counting()).beyond());
        boolean free = beyond.isEmpty()
                || action.onlyBrings()
                || (action.onlyTrades()
                        && action.fills().stream().allMatch(fill -> shrinks(account, fill))
                        && then.asked() <= standing(account).asked());
        return free ? Optional.empty() : beyond.map(text -> Verdict.refuse(Rule.HEADROOM, text));
    }

    /** Whether an action that leaves the account open must wait for room. */
    boolean waits(MarginAccount account, Action action) {
        return waiting(account, action, standing(action.applyTo(account))).isPresent();
    }

    private Optional<Verdict> barred(MarginAccount account, Action action, MarginAccount after) {
        return age.fault()
                .map(fault -> Verdict.refuse(Rule.STALE_TABLE, fault))
                .or(() -> unadmitted(account, "the account"))
                .or(() -> unadmitted(after, "the account afterwards"))
                .or(() -> overdrawn(account, action, after))
                .or(() -> crowded(account, action));
    }

    private Optional<Verdict> unadmitted(MarginAccount account, String which) {
        Optional<MarginRefusal> fault = MarginAdmission.firstFault(table, account);
        return fault.map(f -> f.code() + ", " + f.text())
                .or(() -> buffer.flatMap(
                        b -> b.fault(new Candidate(Allocation.GIVEN, account, Requirement.of(table, account)))))
                .map(text -> Verdict.refuse(Rule.ADMISSION_OF_ACCOUNT, which + ": " + text));
    }

    private Optional<Verdict> overdrawn(MarginAccount account, Action action, MarginAccount after) {
        boolean taken = action.transfers().cash() < 0;
        boolean opens = action.fills().stream().anyMatch(fill -> !shrinks(account, fill));
        boolean falls = after.cash() < 0 && after.cash() < account.cash();
        return falls && (taken || opens)
                ? Optional.of(Verdict.refuse(
                        Rule.CASH,
                        "cash would be " + after.cash() + " u: no withdrawal and no opening trade may take it below 0"))
                : Optional.empty();
    }

    private Optional<Verdict> crowded(MarginAccount account, Action action) {
        for (Fill fill : action.fills()) {
            OpenInterest interest = fill.role() == Role.POSITION ? openInterest.get(number(fill)) : null;
            long more = opened(account, fill);
            if (interest != null && more > 0 && !interest.admits(fill.entry().lots() > 0, more)) {
                return Optional.of(Verdict.refuse(
                        Rule.OPEN_INTEREST,
                        "number " + number(fill) + ": " + more
                                + " lots more would pass five depths of one-sided open interest, or a tenth of a depth since the table; have "
                                + interest));
            }
        }
        return Optional.empty();
    }

    private static Verdict bringing(Standing now, Standing then) {
        return then.excess() >= now.excess()
                ? Verdict.allow(
                        Rule.DEPOSIT_OR_REPAY,
                        now.words() + " goes from " + now.excess() + " to " + then.excess() + " u")
                : Verdict.refuse(
                        Rule.DEPOSIT_OR_REPAY,
                        now.words() + " would fall from " + now.excess() + " to " + then.excess()
                                + " u: a deposit in call or liquidation must not lower it");
    }

    private Verdict reducing(MarginAccount account, Action action, Standing now, Standing then) {
        for (Fill fill : action.fills()) {
            if (!shrinks(account, fill)) {
                return Verdict.refuse(
                        Rule.REDUCE,
                        fill.role() + " " + number(fill)
                                + ": nothing may grow or change its sign in call or liquidation");
            }
            long least = leastCash(fill);
            if (fill.cash() < least) {
                return Verdict.refuse(
                        Rule.REDUCE,
                        fill.role() + " " + number(fill) + ": cash of the fill is " + fill.cash()
                                + " u, outside the price band: must be at least " + least);
            }
        }
        if (then.buffered() && then.asked() > now.asked()) {
            return Verdict.refuse(
                    Rule.REDUCE,
                    "IM + Buffer must not rise; it would go from " + now.asked() + " to " + then.asked() + " u");
        }
        return then.excess() > now.excess()
                ? Verdict.allow(
                        Rule.REDUCE, now.words() + " rises from " + now.excess() + " to " + then.excess() + " u")
                : Verdict.refuse(
                        Rule.REDUCE,
                        now.words() + " must rise; it would go from " + now.excess() + " to " + then.excess() + " u");
    }

    /**
     * The least that a fill inside the price band pays into the account: the table's mark less the spread for instruments, less the
     * residual for assets.
     */
    long leastCash(Fill fill) {
        long lots = fill.entry().lots();
        if (fill.role() == Role.POSITION) {
            InstrumentRisk risk = table.instrument(number(fill)).orElseThrow();
            long mark = Math.negateExact(Math.multiplyExact(lots, risk.value()));
            return Math.subtractExact(mark, Math.multiplyExact(Math.absExact(lots), risk.spread()));
        }
        AssetRisk risk = table.asset(number(fill)).orElseThrow();
        // What is sold comes in, what is bought to repay goes out: debt shrinks with lots below 0 and so does cash.
        long sold = fill.role() == Role.COLLATERAL ? Math.negateExact(lots) : lots;
        BigDecimal worth = BigDecimal.valueOf(sold).multiply(BigDecimal.valueOf(risk.price()));
        BigDecimal band = worth.abs().multiply(BigDecimal.valueOf(risk.residual(), PPM_PLACES));
        return worth.subtract(band).setScale(0, RoundingMode.CEILING).longValueExact();
    }

    /** Whether a fill only makes its entry smaller, without changing its sign. */
    private static boolean shrinks(MarginAccount account, Fill fill) {
        long held = held(account, fill);
        long left = held + fill.entry().lots();
        return Math.abs(left) < Math.abs(held) && Long.signum(left) * Long.signum(held) >= 0;
    }

    /** By how many lots a fill makes the open interest of its side larger. */
    private static long opened(MarginAccount account, Fill fill) {
        long held = held(account, fill);
        long left = held + fill.entry().lots();
        boolean onLongSide = fill.entry().lots() > 0;
        return onLongSide ? Math.max(left, 0) - Math.max(held, 0) : Math.max(-left, 0) - Math.max(-held, 0);
    }

    private static long held(MarginAccount account, Fill fill) {
        List<Entry> list = switch (fill.role()) {
            case POSITION -> account.positions();
            case COLLATERAL -> account.collateral();
            case DEBT -> account.debt();
        };
        return list.stream()
                .filter(entry -> entry.number() == number(fill))
                .mapToLong(Entry::lots)
                .sum();
    }

    private static int number(Fill fill) {
        return fill.entry().number();
    }
}
