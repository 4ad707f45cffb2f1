package io.bulwark.api.fund;

import io.bulwark.api.door.Money;
import io.bulwark.clearing.money.Usd;
import io.bulwark.house.epoch.ComputedEpoch;
import io.bulwark.house.fund.FundBook;
import io.bulwark.house.fund.RegulatoryCapital;
import io.bulwark.insurance.regulatory.AssetClass;
import io.bulwark.insurance.regulatory.CentralCounterpartyCapital;
import io.bulwark.insurance.regulatory.CentralCounterpartyCapital.MemberCapital;
import io.micronaut.serde.annotation.Serdeable;
import io.swagger.v3.oas.annotations.media.Schema;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * What the Basel standard makes of the house: hypothetical capital, and what a member that is a bank holds for its contribution. Which
 * coins hedge
 * (group 2a of SCO60) a supervisor says; so the figure stands for both answers, all or none. Amounts are rounded to the nearest unit.
 *
 * @param epoch its number
 * @param prefunded what was received and is in the fund, the house's own included
 * @param hedged where every coin is of group 2a
 * @param gross where every coin is of group 2b
 * @param leftOut accounts that rest on the fund and have no margin: they are in no figure
 */
@Serdeable
record CapitalAnswer(long epoch, Money prefunded, Treatment hedged, Treatment gross, List<String> leftOut) {
    private static final double PERCENT = 100;

    /** Copies. */
    public CapitalAnswer {
        leftOut = List.copyOf(leftOut);
    }

    /**
     * One answer.
     *
     * @param hypothetical K_CCP: 1.6 % of all exposures
     * @param coverage what is in the fund over it, per cent, rounded down; absent where nobody rests on the fund with an exposure
     * @param members by name
     */
    @Serdeable
    record Treatment(
            Money hypothetical,

            @Schema(requiredMode = Schema.RequiredMode.NOT_REQUIRED)
            Optional<String> coverage,

            List<Member> members) {
        /** Copies. */
        public Treatment {
            members = List.copyOf(members);
        }
    }

    /**
     * A member.
     *
     * @param member its name
     * @param exposure of the house to it at default (SA-CCR), what it holds and paid in taken off
     * @param contribution of it in the fund
     * @param capital K_CM, which it holds if it is a bank; absent where nobody paid in
     * @param floorBinds whether 8 % of 2 % of its contribution decided
     */
    @Serdeable
    record Member(
            String member,
            Money exposure,
            Money contribution,

            @Schema(requiredMode = Schema.RequiredMode.NOT_REQUIRED)
            Optional<Money> capital,

            boolean floorBinds) {
        String text() {
            return String.format(
                    Locale.ROOT,
                    "  %-12s exposed with %16s, in the fund %16s, capital %s",
                    member,
                    exposure,
                    contribution,
                    capital.map(held -> held + (floorBinds ? " (the floor)" : ""))
                            .orElse("none: nobody paid in"));
        }
    }

    /** Of an epoch and the fund's book beside it. */
    static CapitalAnswer of(ComputedEpoch epoch, FundBook fund) {
        RegulatoryCapital hedged = RegulatoryCapital.of(epoch, fund, AssetClass.HEDGED);
        long prefunded = Math.addExact(fund.houseCapital(), fund.vault().total());
        return new CapitalAnswer(
                epoch.number(),
                Money.of(prefunded),
                treatment(hedged, prefunded),
                treatment(RegulatoryCapital.of(epoch, fund, AssetClass.GROSS), prefunded),
                hedged.leftOut());
    }

    private static Treatment treatment(RegulatoryCapital capital, long prefunded) {
        List<CentralCounterpartyCapital.Member> members = capital.exposures();
        Money hypothetical = money(capital.hypothetical());
        return new Treatment(
                hypothetical,
                hypothetical.u() == 0
                        ? Optional.empty()
                        : Optional.of(BigDecimal.valueOf(prefunded)
                                .multiply(BigDecimal.valueOf(PERCENT))
                                .divide(BigDecimal.valueOf(hypothetical.u()), 2, RoundingMode.DOWN)
                                .toPlainString()),
                IntStream.range(0, members.size())
                        .mapToObj(i -> member(
                                members.get(i),
                                capital.members().map(all -> all.members().get(i))))
                        .toList());
    }

    private static Member member(CentralCounterpartyCapital.Member member, Optional<MemberCapital> capital) {
        return new Member(
                member.id(),
                money(member.exposure()),
                money(member.contribution()),
                capital.map(held -> money(held.capital())),
                capital.map(MemberCapital::floorBinds).orElse(false));
    }

    private static Money money(double usd) {
        return Money.of(BigDecimal.valueOf(usd)
                .movePointRight(Usd.SCALE)
                .setScale(0, RoundingMode.HALF_UP)
                .longValueExact());
    }

    /** For people. */
    List<String> lines() {
        List<String> lines = new ArrayList<>();
        lines.addAll(lines("every coin hedges (group 2a)", hedged));
        lines.addAll(lines("no coin hedges (group 2b)", gross));
        if (!leftOut.isEmpty()) {
            lines.add("without a margin, in no figure: " + String.join(", ", leftOut));
        }
        return lines;
    }

    private List<String> lines(String what, Treatment treatment) {
        List<String> lines = new ArrayList<>();
        lines.add(what + ": hypothetical capital (K_CCP) " + treatment.hypothetical() + " USD"
                + treatment
                        .coverage()
                        .map(share -> "; " + prefunded + " in the fund, " + share + " % of it")
                        .orElse(""));
        treatment.members().forEach(member -> lines.add(member.text()));
        return lines;
    }
}
