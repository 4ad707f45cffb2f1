package io.bulwark.api.fund;

import io.bulwark.api.door.JsonFields;
import io.bulwark.api.door.Money;
import io.bulwark.api.scenario.AskedMoves;
import io.bulwark.house.epoch.AccountLine;
import io.bulwark.house.epoch.ComputedEpoch;
import io.bulwark.house.fund.FundBook;
import io.bulwark.house.fund.FundStress;
import io.bulwark.insurance.monitor.AccountLoss;
import io.bulwark.insurance.monitor.Adequacy;
import io.bulwark.insurance.monitor.AssetPressure;
import io.bulwark.insurance.monitor.BlindSpots;
import io.bulwark.insurance.monitor.ContagionEdges;
import io.bulwark.insurance.monitor.Counterfactual;
import io.bulwark.insurance.monitor.Counterfactual.Cause;
import io.bulwark.insurance.monitor.GainsPreview;
import io.bulwark.insurance.monitor.Levers;
import io.bulwark.insurance.monitor.ShockedAccount;
import io.bulwark.insurance.monitor.ShockedBook;
import io.bulwark.insurance.stresstest.MemberLoss;
import io.bulwark.insurance.stresstest.StressRow;
import io.bulwark.netting.contagion.ReproductionNumber;
import io.micronaut.serde.annotation.Serdeable;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * What a scenario of the fund would do to the book of an epoch with levers pulled. Amounts without a text beside them are whole u = 10⁻⁴ USD.
 *
 * @param asked the scenario and the levers
 * @param scenario the row in words
 * @param need what the two who lose most lose beyond margin, forced sales inside
 * @param explanation the same as a sentence
 * @param totalUncovered what all lose beyond margin
 * @param holds whether what stands in the fund pays the need
 * @param adequacy who pays it, layer by layer
 * @param members who loses beyond margin, largest first
 * @param accounts what every account loses, and to what
 * @param pressure what is forced into each market
 * @param causes of the need; they add up to it
 * @param feedback whether the cascade feeds itself where it ends (1,000,000 ppm and more); absent for a house that publishes no buffer
 * @param edges who infects whom
 * @param gains what those who gained would give up for what no layer pays, under three rules
 * @param unseen the need while stale venues are not seen
 * @param heat the scenario with two assets moved against one another; absent where no grid was asked for
 */
@Serdeable
record CounterfactualAnswer(
        FundLevers asked,
        String scenario,
        Money need,
        String explanation,
        Money totalUncovered,
        boolean holds,
        Adequacy adequacy,
        List<MemberLoss> members,
        List<AccountLoss> accounts,
        List<AssetPressure> pressure,
        List<Cause> causes,

        @Schema(requiredMode = Schema.RequiredMode.NOT_REQUIRED)
        Optional<ReproductionNumber> feedback,

        ContagionEdges edges,
        GainsPreview gains,
        Unseen unseen,

        @Schema(requiredMode = Schema.RequiredMode.NOT_REQUIRED)
        Optional<Heat> heat) {
    public CounterfactualAnswer {
        members = List.copyOf(members);
        accounts = List.copyOf(accounts);
        pressure = List.copyOf(pressure);
        causes = List.copyOf(causes);
    }

    /**
     * What the need can be while some accounts are not seen.
     *
     * @param lower u
     * @param upper u; absent where there is no end
     * @param accounts that are not seen, by number
     */
    @Serdeable
    record Unseen(
            long lower,

            @Schema(requiredMode = Schema.RequiredMode.NOT_REQUIRED)
            Optional<Long> upper,

            List<Integer> accounts) {
        private static Unseen of(BlindSpots spots) {
            return new Unseen(spots.lower(), spots.upper(), spots.accounts());
        }
    }

    /**
     * The need over a grid of two assets' moves.
     *
     * @param at the moves of both, ppm
     * @param need a line a move of the asset that changes downwards, an entry a move of the one that changes across, u
     * @param unpaid what nothing that was received pays, in the same places, u
     */
    @Serdeable
    record Heat(List<Integer> at, List<List<Long>> need, List<List<Long>> unpaid) {
        /** Copies. */
        public Heat {
            at = List.copyOf(at);
            need = need.stream().map(List::copyOf).toList();
            unpaid = unpaid.stream().map(List::copyOf).toList();
        }

        private static Heat of(
                FundLevers.Grid grid, AskedMoves moves, Levers levers, ComputedEpoch epoch, FundBook fund) {
            List<AskedMoves> asked = grid.at().stream()
                    .flatMap(down -> grid.at().stream()
                            .map(across -> moves.with(grid.down(), down).with(grid.across(), across)))
                    .toList();
            List<ShockedBook> books = AskedMoves.books(asked, epoch, fund.members());
            List<StressRow> rows =
                    books.stream().map(book -> Counterfactual.row(book, levers)).toList();
            int steps = grid.steps();
            return new Heat(
                    grid.at(),
                    lines(rows.stream().map(StressRow::need).toList(), steps),
                    lines(
                            rows.stream()
                                    .map(row ->
                                            fund.adequacy(row, List.of(), epoch).beyondPrefunded())
                                    .toList(),
                            steps));
        }

        private static List<List<Long>> lines(List<Long> cells, int steps) {
            return IntStream.range(0, steps)
                    .mapToObj(line -> cells.subList(line * steps, (line + 1) * steps))
                    .toList();
        }
    }

    /**
     * Recomputes the book of an epoch; nothing is booked.
     *
     * @param asked the fields of {@link FundLevers}
     * @throws io.bulwark.clearing.document.BadInput naming field, value and rule
     */
    public static CounterfactualAnswer of(JsonFields asked, ComputedEpoch epoch, FundBook fund) {
        return of(FundLevers.read(asked, epoch, fund), epoch, fund);
    }

    static CounterfactualAnswer of(FundLevers asked, ComputedEpoch epoch, FundBook fund) {
        ShockedBook book = asked.moves()
                .map(moves ->
                        AskedMoves.books(List.of(moves), epoch, fund.members()).getFirst())
                .orElseGet(() ->
                        FundStress.shocked(epoch, fund.members(), asked.row().orElseThrow(), asked.scalePpm()));
        Levers levers = asked.over(epoch);
        Counterfactual answer = Counterfactual.of(book, levers);
        Adequacy adequacy = fund.adequacy(answer.row(), answer.accounts(), epoch);
        return new CounterfactualAnswer(
                asked,
                answer.row().scenario(),
                Money.of(answer.need()),
                answer.explanation(),
                Money.of(answer.row().total()),
                adequacy.holds(),
                adequacy,
                answer.row().members(),
                answer.accounts(),
                answer.pressure(),
                answer.causes(),
                Counterfactual.feedback(book, levers),
                ContagionEdges.of(book, levers),
                preview(book, answer, adequacy),
                Unseen.of(BlindSpots.of(
                        book,
                        levers,
                        numbers(
                                epoch,
                                a -> a.restricted() && a.margin().stated().isPresent()),
                        numbers(epoch, a -> a.margin().stated().isEmpty()))),
                asked.grid().map(grid -> Heat.of(grid, asked.moves().orElseThrow(), levers, epoch, fund)));
    }

    /** Members of the pair that fails keep no gain to give. */
    private static GainsPreview preview(ShockedBook book, Counterfactual answer, Adequacy adequacy) {
        Set<String> failed =
                answer.row().pair().stream().map(MemberLoss::member).collect(Collectors.toSet());
        List<GainsPreview.Winner> winners = answer.accounts().stream()
                .filter(a -> a.gain() > 0 && !failed.contains(a.member()))
                .map(a -> {
                    ShockedAccount held = book.accounts().stream()
                            .filter(b -> b.number() == a.number())
                            .findFirst()
                            .orElseThrow();
                    return new GainsPreview.Winner(
                            a.number(), a.member(), Math.addExact(held.equity(), a.gain()), a.gain(), held.hedged());
                })
                .toList();
        return GainsPreview.of(winners, adequacy.beyondAll());
    }

    private static Set<Integer> numbers(ComputedEpoch epoch, Predicate<AccountLine> which) {
        return epoch.accounts().stream()
                .filter(which)
                .map(AccountLine::number)
                .collect(Collectors.toCollection(TreeSet::new));
    }
}
