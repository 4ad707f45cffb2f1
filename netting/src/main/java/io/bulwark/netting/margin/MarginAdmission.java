package io.bulwark.netting.margin;

import io.bulwark.netting.formula.GrossBound;
import io.bulwark.netting.margin.MarginRefusal.Code;
import io.bulwark.netting.portfolio.Entry;
import io.bulwark.netting.portfolio.MarginAccount;
import io.bulwark.netting.portfolio.MarginAccount.Standing;
import io.bulwark.netting.risktable.InstrumentRisk;
import io.bulwark.netting.risktable.RiskTable;
import io.bulwark.netting.risktable.VenueRisk;
import java.util.List;
import java.util.Optional;
import java.util.function.IntPredicate;
import java.util.stream.Stream;

/**
 * Whether an account has a margin at all: the lists in the order positions, paid, collateral, debt, standings, entry
 * by entry, all checks in the written order, and
 * the gross bound last. Source: margin method, account rule.
 */
public final class MarginAdmission {
    private final RiskTable table;

    private MarginAdmission(RiskTable table) {
        this.table = table;
    }

    /** The first fault of an account, or empty if it is admitted. */
    public static Optional<MarginRefusal> firstFault(RiskTable table, MarginAccount account) {
        return new MarginAdmission(table).firstFault(account);
    }

    private Optional<MarginRefusal> firstFault(MarginAccount account) {
        return listFault("positions", account.positions(), this::isInstrument, number -> true, true)
                .or(() -> listFault("paid", account.paid(), this::isInstrument, this::isPaidUp, false))
                .or(() -> listFault("collateral", account.collateral(), this::isAsset, number -> true, false))
                .or(() -> listFault("debt", account.debt(), this::isAsset, number -> true, false))
                .or(() -> standingFault(account.standings()))
                .or(() -> sizeFault(account));
    }

    private Optional<MarginRefusal> standingFault(List<Standing> standings) {
        for (int i = 0; i < standings.size(); i++) {
            Standing standing = standings.get(i);
            boolean increasing = i == 0 || standings.get(i - 1).venue() < standing.venue();
            Optional<Code> code = fault(standing.venue(), increasing);
            if (code.isPresent()) {
                String field = "standings[" + i + "]";
                return Optional.of(new MarginRefusal(
                        code.get(), field, field + ": venue " + standing.venue() + ": " + rule(code.get())));
            }
        }
        return Optional.empty();
    }

    private Optional<Code> fault(int venue, boolean increasing) {
        if (venue == VenueRisk.FREE || !table.venueRisk().known(venue)) {
            return Optional.of(Code.UNKNOWN_ID);
        }
        if (!table.venueRisk().liquidates(venue)) {
            return Optional.of(Code.NOT_LIQUIDATING);
        }
        return increasing ? Optional.empty() : Optional.of(Code.IDS_NOT_INCREASING);
    }

    private Optional<MarginRefusal> listFault(
            String list, List<Entry> entries, IntPredicate known, IntPredicate fit, boolean signed) {
        for (int i = 0; i < entries.size(); i++) {
            Entry entry = entries.get(i);
            boolean increasing = i == 0 || entries.get(i - 1).number() < entry.number();
            Optional<Code> code = fault(entry, known, fit, increasing, signed);
            if (code.isPresent()) {
                return Optional.of(refusal(code.get(), list + "[" + i + "]", entry));
            }
        }
        return Optional.empty();
    }

    private Optional<Code> fault(
            Entry entry, IntPredicate known, IntPredicate fit, boolean increasing, boolean signed) {
        long most = table.parameters().lotsMax();
        if (!known.test(entry.number())) {
            return Optional.of(Code.UNKNOWN_ID);
        }
        if (!fit.test(entry.number())) {
            return Optional.of(Code.NOT_PAID_UP);
        }
        if (!increasing) {
            return Optional.of(Code.IDS_NOT_INCREASING);
        }
        if (entry.lots() == 0) {
            return Optional.of(Code.ZERO_QUANTITY);
        }
        if (!signed && entry.lots() < 0) {
            return Optional.of(Code.NEGATIVE_QUANTITY);
        }
        return entry.lots() > most || entry.lots() < -most ? Optional.of(Code.OUT_OF_RANGE) : Optional.empty();
    }

    /** Whether every quantity of an account is one that a table counts, and a leaf has room for. */
    public static boolean isInRange(RiskTable table, MarginAccount account) {
        long most = table.parameters().lotsMax();
        return Stream.of(account.positions(), account.paid(), account.collateral(), account.debt())
                .flatMap(List::stream)
                .allMatch(entry -> entry.lots() <= most && entry.lots() >= -most);
    }

    private Optional<MarginRefusal> sizeFault(MarginAccount account) {
        long bound = GrossBound.of(table, account);
        long limit = table.parameters().limit();
        return bound < limit
                ? Optional.empty()
                : Optional.of(new MarginRefusal(
                        Code.TOO_LARGE, "account", "account: gross bound must be < " + limit + " u; have " + bound));
    }

    private MarginRefusal refusal(Code code, String field, Entry entry) {
        return new MarginRefusal(
                code, field, field + ": number " + entry.number() + ", lots " + entry.lots() + ": " + rule(code));
    }

    private String rule(Code code) {
        return switch (code) {
            case UNKNOWN_ID -> "the risk table lists no such number";
            case NOT_PAID_UP -> "only paid-up instruments may stand in the paid list";
            case NOT_LIQUIDATING -> "only a venue that closes what it holds has a standing";
            case IDS_NOT_INCREASING -> "numbers must increase strictly, one entry each";
            case ZERO_QUANTITY -> "lots must not be 0";
            case NEGATIVE_QUANTITY -> "lots must be > 0 in this list";
            case OUT_OF_RANGE ->
                "lots must lie within -" + table.parameters().lotsMax() + ".."
                        + table.parameters().lotsMax();
            case TOO_LARGE -> "the account is too large";
        };
    }

    private boolean isInstrument(int number) {
        return table.instrument(number).isPresent();
    }

    private boolean isPaidUp(int number) {
        return table.instrument(number).map(InstrumentRisk::paidUp).orElse(false);
    }

    private boolean isAsset(int number) {
        return table.asset(number).isPresent();
    }
}
