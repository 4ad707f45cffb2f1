package io.bulwark.api.verification;

import io.bulwark.adapter.holding.Custodian;
import io.bulwark.adapter.holding.HoldingAudit;
import io.bulwark.api.house.KnownHouse;
import io.bulwark.clearing.attestation.HoldingPurpose;
import io.bulwark.clearing.holding.Held;
import io.bulwark.clearing.holding.HoldingList;
import io.bulwark.clearing.holding.ReserveHolding;
import io.bulwark.clearing.holding.SignedHoldings;
import io.bulwark.clearing.money.Usd;
import io.bulwark.prover.proof.Judgement.State;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What stands behind a fund: the pin {@code holdings} of its proof. It is given where cash of at least the grade that the house lists for it, with
 * control, comes to what the proof says that two members lose at most. Only cash counts: what pays in a crash is cash, and an asset would fall in
 * the very scenarios that size the fund.
 *
 * @param state how the pin stands
 * @param words of a missing pin how much of the fund is shown, of a wrong one what differs
 * @param units cash that counts, u; 0 where the holdings are not looked at
 * @param lines what is held, by how it is shown
 */
record ShownFund(State state, String words, long units, List<String> lines) {
    public ShownFund {
        lines = List.copyOf(lines);
    }

    /**
     * Looks at the holdings of a fund.
     *
     * @param shown the holdings, as {@code bulwark proof hold fund} wrote them
     * @param fund what the proof says of the fund, u
     * @param known the house of the proof's epoch, where the reader knows one that signed it
     * @param custodians venues and custodians whose keys the reader knows
     */
    public static ShownFund of(
            SignedHoldings shown, long fund, Optional<KnownHouse> known, List<Custodian> custodians) {
        if (known.isEmpty()) {
            return new ShownFund(
                    State.MISSING,
                    "nobody who is known here signed the proof's epoch: what is held is said, not shown",
                    0,
                    List.of());
        }
        return switch (known.get().look(shown, HoldingPurpose.FUND, custodians)) {
            case KnownHouse.Look.Holds(HoldingAudit audit) -> compared(shown.list(), audit, fund);
            case KnownHouse.Look.Differs(String rule) -> new ShownFund(State.WRONG, rule, 0, List.of());
        };
    }

    private static ShownFund compared(HoldingList list, HoldingAudit audit, long fund) {
        long enough = audit.of(Held.CASH).enough();
        List<String> lines = Stream.concat(
                        audit.shares().entrySet().stream().map(entry -> line(entry.getKey(), entry.getValue())),
                        audit.blocks().stream().map(ShownReserves::toLookUp))
                .toList();
        return enough >= fund
                ? new ShownFund(State.GIVEN, "", enough, lines)
                : new ShownFund(
                        State.MISSING,
                        Usd.text(enough) + " of " + Usd.text(fund) + " USD of the fund are shown in cash by "
                                + ReserveHolding.word(list.least(Held.CASH)) + " or better, with control",
                        enough,
                        lines);
    }

    private static String line(Held held, HoldingAudit.Share share) {
        return held.equals(Held.CASH)
                ? "cash: " + Usd.text(share.lots()) + " USD held for the fund: " + ShownReserves.grades(share)
                : held + ": " + share.lots() + " lots held, which pay nothing here: only cash counts";
    }
}
