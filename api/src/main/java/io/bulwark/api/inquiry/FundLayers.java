package io.bulwark.api.inquiry;

import io.bulwark.api.cycle.AccountLine;
import io.bulwark.api.cycle.ComputedEpoch;
import io.bulwark.insurance.monitor.Counterfactual;
import io.bulwark.insurance.monitor.Levers;
import io.bulwark.insurance.monitor.ShockedAccount;
import io.bulwark.insurance.monitor.ShockedBook;
import io.bulwark.insurance.stresstest.CoverTwo;
import io.bulwark.insurance.stresstest.FundSize;
import io.bulwark.insurance.stresstest.StressRow;
import io.bulwark.insurance.stresstest.StressedAccount;
import io.bulwark.insurance.stresstest.WorthlessSymbol;
import io.bulwark.insurance.vault.VaultParameters;
import io.bulwark.netting.margin.MarginStatement;
import io.micronaut.serde.annotation.Serdeable;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The size of the fund layer by layer. Follows from the sealed epoch alone, so replay finds it again.
 *
 * <p>Not what the proof of the fund says: that is the epoch's need, direct losses beyond IM. Here forced sales are inside the losses where the house publishes a buffer, and what a
 * member really holds stands against them, min(E, IM + Buffer).
 *
 * @param coverTwo the two members who lose most beyond what they hold, forced sales included, in the worst row
 * @param hiddenAffiliates the same of four members
 * @param totalUncovered what all lose beyond what they hold in the row that is worst for this sum
 * @param market the larger of Cover-2 and the governed share of that sum
 * @param jumpToZero largest loss beyond margin if one symbol and all claims on it are worth nothing, at most the governed cap
 * @param jumpSymbol which
 * @param liquidity largest sum that one member's margin must bring on the day beyond the cash that it has: margin that covers a loss but has to be sold first
 * @param total market, jump to zero and liquidity together
 * @param standing what stands in the fund now, the house's own capital included
 */
@Serdeable
public record FundLayers(
        Money coverTwo,
        Money hiddenAffiliates,
        Money totalUncovered,
        Money market,
        Money jumpToZero,
        Optional<String> jumpSymbol,
        Money liquidity,
        Money total,
        Money standing) {
    private static final int WHOLE = 1_000_000;

    /** An account with a margin, and who stands behind it. */
    private record Margined(AccountLine line, MarginStatement statement, String member) {}

    /** The layers of a computed epoch. */
    public static FundLayers of(ComputedEpoch epoch, FundBook fund) {
        List<StressRow> rows = IntStream.range(0, epoch.vaultTable().rowCount())
                .mapToObj(row -> Counterfactual.row(book(epoch, fund, row), Levers.none()))
                .toList();
        Optional<WorthlessSymbol> worst = CollateralChains.of(epoch, WHOLE).stream()
                .max(Comparator.comparingLong(WorthlessSymbol::uncovered).thenComparing(WorthlessSymbol::symbol));
        long jump = Math.min(
                worst.map(WorthlessSymbol::uncovered).orElse(0L),
                epoch.parameters().value(VaultParameters.SYMBOL_CAP));
        FundSize size = FundSize.of(
                CoverTwo.ofRows(rows),
                0,
                epoch.parameters().value(VaultParameters.UNCOVERED_SHARE),
                jump,
                liquidity(epoch, fund));
        return new FundLayers(
                Money.of(size.coverTwo()),
                Money.of(size.hiddenAffiliateCover()),
                Money.of(size.totalUncovered()),
                Money.of(size.market()),
                Money.of(size.jumpToZero()),
                worst.filter(w -> w.uncovered() > 0).map(WorthlessSymbol::symbol),
                Money.of(size.liquidity()),
                Money.of(size.total()),
                Money.of(Math.addExact(fund.vault().total(), fund.houseCapital())));
    }

    private static Stream<Margined> margined(ComputedEpoch epoch, FundBook fund) {
        return epoch.accounts().stream()
                .flatMap(line -> line.margin().stated().stream()
                        .map(statement -> new Margined(
                                line, statement, fund.members().getOrDefault(line.number(), line.name()))));
    }

    /** The book of a row, with what accounts really hold in the place of their initial margin. */
    private static ShockedBook book(ComputedEpoch epoch, FundBook fund, int row) {
        return ShockedBook.of(
                epoch.vaultTable(),
                row,
                epoch.cover().rows().get(row).scenario(),
                margined(epoch, fund)
                        .map(m -> ShockedAccount.of(
                                epoch.vaultTable(),
                                row,
                                new StressedAccount(
                                        m.line().number(),
                                        m.member(),
                                        m.line().lots(),
                                        CollateralChains.held(epoch, m.line().number(), m.statement())),
                                m.line().venues(),
                                m.statement().equity()))
                        .toList(),
                epoch.buffer().map(buffer -> buffer.system()));
    }

    /** Cover-1 of the same day: by row and member Σ max(0, min(loss, held) − cash), the largest. */
    private static long liquidity(ComputedEpoch epoch, FundBook fund) {
        long largest = 0;
        for (int row = 0; row < epoch.vaultTable().rowCount(); row++) {
            TreeMap<String, Long> asked = new TreeMap<>();
            for (Margined m : margined(epoch, fund).toList()) {
                long held = CollateralChains.held(epoch, m.line().number(), m.statement());
                long loss = new StressedAccount(
                                m.line().number(), m.member(), m.line().lots(), held)
                        .loss(epoch.vaultTable(), row);
                long cash = Math.max(0, m.line().lots().cash());
                asked.merge(m.member(), Math.max(0, Math.min(loss, held) - cash), Math::addExact);
            }
            largest = Math.max(
                    largest,
                    asked.values().stream().mapToLong(Long::longValue).max().orElse(0));
        }
        return largest;
    }
}
