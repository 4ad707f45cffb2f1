package io.bulwark.api.verification;

import io.bulwark.adapter.holding.Custodian;
import io.bulwark.adapter.holding.HoldingAudit;
import io.bulwark.api.house.KnownHouse;
import io.bulwark.clearing.attestation.HoldingPurpose;
import io.bulwark.clearing.holding.Held;
import io.bulwark.clearing.holding.HoldingList;
import io.bulwark.clearing.holding.ReserveHolding;
import io.bulwark.clearing.holding.SignedHoldings;
import io.bulwark.clearing.position.EvidenceGrade;
import io.bulwark.netting.risktable.AssetRisk;
import io.bulwark.netting.risktable.InstrumentRisk;
import io.bulwark.netting.risktable.RiskTable;
import io.bulwark.prover.book.BookProof;
import io.bulwark.prover.book.BookStatement;
import io.bulwark.prover.proof.Judgement.State;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What stands behind the reserves that a book publishes: the pin {@code holdings}. It is given where every asset that is owed is covered by holdings of
 * at least the grade that the house lists for it, with control.
 *
 * @param state how the pin stands
 * @param words of a missing pin what is not shown, of a wrong one what differs
 * @param lines by asset, the share of each grade and the share without control
 */
record ShownReserves(State state, String words, List<String> lines) {
    private static final String SAID = "what is held is said, not shown";
    private static final long PER_CENT = 100;

    public ShownReserves {
        lines = List.copyOf(lines);
    }

    /** One reserve of a book: what is owed and what the house says that it holds against it. */
    private record Reserve(Held held, String name, long owed, long said) {
        boolean matters() {
            return owed > 0 || said > 0;
        }
    }

    /**
     * Looks at the holdings of a book.
     *
     * @param known the house, where the reader knows one that signed the book's epoch
     * @param custodians venues and custodians whose keys the reader knows
     */
    public static ShownReserves of(BookProof book, Optional<KnownHouse> known, List<Custodian> custodians) {
        List<Reserve> reserves = reserves(book.statement(), book.riskTable());
        if (book.holdings().isEmpty()) {
            return new ShownReserves(
                    State.MISSING,
                    SAID,
                    reserves.stream()
                            .map(reserve -> reserve.name() + ": " + reserve.said() + " said, not shown")
                            .toList());
        }
        SignedHoldings shown = book.holdings().get();
        HoldingList list = shown.list();
        Optional<String> differs = KnownHouse.differs(
                list,
                HoldingPurpose.RESERVES,
                book.statement().epoch().house().digest(),
                book.statement().epoch().epoch());
        if (differs.isPresent()) {
            return wrong(differs.get());
        }
        if (known.isEmpty()) {
            return new ShownReserves(State.MISSING, "nobody who is known here signed the holdings: " + SAID, List.of());
        }
        return switch (known.get().look(shown, HoldingPurpose.RESERVES, custodians)) {
            case KnownHouse.Look.Holds(HoldingAudit audit) -> compared(list, audit, reserves);
            case KnownHouse.Look.Differs(String rule) -> wrong(rule);
        };
    }

    private static ShownReserves wrong(String words) {
        return new ShownReserves(State.WRONG, words, List.of());
    }

    private static List<Reserve> reserves(BookStatement statement, RiskTable table) {
        List<Reserve> reserves = new ArrayList<>();
        reserves.add(new Reserve(Held.CASH, "cash (u)", statement.cashOwed(), statement.cashReserve()));
        List<AssetRisk> assets = table.assets();
        for (int i = 0; i < Math.min(assets.size(), statement.assets().size()); i++) {
            BookStatement.AssetTotal total = statement.assets().get(i);
            reserves.add(new Reserve(
                    Held.asset(assets.get(i).number()), assets.get(i).id(), total.owed(), total.reserve()));
        }
        List<InstrumentRisk> instruments = table.instruments();
        for (int i = 0; i < Math.min(instruments.size(), statement.instruments().size()); i++) {
            BookStatement.InstrumentTotal total = statement.instruments().get(i);
            reserves.add(new Reserve(
                    Held.instrument(instruments.get(i).number()),
                    instruments.get(i).id(),
                    total.paidLots(),
                    total.reserve()));
        }
        return reserves.stream().filter(Reserve::matters).toList();
    }

    private static ShownReserves compared(HoldingList list, HoldingAudit audit, List<Reserve> reserves) {
        for (Reserve reserve : reserves) {
            long held = audit.of(reserve.held()).lots();
            if (held < reserve.said()) {
                return wrong("reserve of " + reserve.name() + " must be at most the " + held
                        + " lots that are held; the book says " + reserve.said());
            }
        }
        List<String> lines = Stream.concat(
                        reserves.stream().map(reserve -> line(reserve, audit.of(reserve.held()))),
                        audit.blocks().stream().map(ShownReserves::toLookUp))
                .toList();
        String lacking = reserves.stream()
                .filter(reserve -> audit.of(reserve.held()).enough() < reserve.owed())
                .map(reserve -> audit.of(reserve.held()).enough() + " of " + reserve.owed() + " owed of "
                        + reserve.name() + " are shown by " + ReserveHolding.word(list.least(reserve.held()))
                        + " or better, with control")
                .collect(Collectors.joining("; "));
        return lacking.isEmpty()
                ? new ShownReserves(State.GIVEN, "", lines)
                : new ShownReserves(State.MISSING, lacking, lines);
    }

    private static String line(Reserve reserve, HoldingAudit.Share share) {
        return reserve.name() + ": " + share.lots() + " held against " + reserve.owed() + " owed: " + grades(share);
    }

    /** How what is held is shown, and how much of it is nobody's for all that is shown. */
    static String grades(HoldingAudit.Share share) {
        String grades = share.byGrade().entrySet().stream()
                .map(entry -> share(entry.getValue(), share.lots()) + " " + words(entry.getKey()))
                .collect(Collectors.joining(", "));
        return (grades.isEmpty() ? "none" : grades) + "; " + share(share.withoutControl(), share.lots())
                + " without control";
    }

    /** What no file can say of a block. */
    static String toLookUp(String block) {
        return "look up whether it is the chain's, and the token: " + block;
    }

    private static String words(EvidenceGrade grade) {
        return ReserveHolding.word(grade);
    }

    /** Rounded down, so that nothing is called whole that is not. */
    private static String share(long part, long whole) {
        return whole == 0
                ? "0 %"
                : Math.multiplyHigh(part, PER_CENT) == 0
                        ? part * PER_CENT / whole + " %"
                        : part / (whole / PER_CENT) + " %";
    }
}
