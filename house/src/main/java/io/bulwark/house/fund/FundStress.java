package io.bulwark.house.fund;

import io.bulwark.clearing.money.Ppm;
import io.bulwark.house.epoch.AccountLine;
import io.bulwark.house.epoch.CollateralChains;
import io.bulwark.house.epoch.ComputedEpoch;
import io.bulwark.insurance.monitor.Counterfactual;
import io.bulwark.insurance.monitor.Levers;
import io.bulwark.insurance.monitor.ShockedAccount;
import io.bulwark.insurance.monitor.ShockedBook;
import io.bulwark.insurance.stresstest.FundLosses;
import io.bulwark.insurance.stresstest.MemberLoss;
import io.bulwark.insurance.stresstest.StressRow;
import io.bulwark.insurance.stresstest.StressedAccount;
import io.bulwark.insurance.stresstest.WorthlessSymbol;
import io.bulwark.insurance.vault.VaultParameters;
import io.bulwark.netting.margin.MarginStatement;
import io.bulwark.netting.risktable.RiskTable;
import java.util.List;
import java.util.Map;
import java.util.function.IntToLongFunction;
import java.util.stream.IntStream;

/**
 * What members ask of the fund, wherever it is sized, from a sealed epoch alone: replay finds it again.
 *
 * <p>A member's margin is what it really holds, min(E, IM + Buffer). The proof of the fund is about direct losses beyond that; everywhere else forced sales are inside the losses where
 * the house publishes a buffer.
 */
public final class FundStress {

    private FundStress() {}

    /** An account with a margin: as it stands, and as a stress test sees it. */
    private record Held(
            AccountLine line, MarginStatement statement, StressedAccount stressed, IntToLongFunction losses) {}

    /**
     * Everything that the fund is sized by.
     *
     * @param members who stands behind each account of the epoch, by number
     */
    public static FundLosses of(ComputedEpoch epoch, Map<Integer, String> members) {
        RiskTable vault = epoch.vaultTable();
        List<Held> held = epoch.accounts().stream()
                .flatMap(
                        line -> line.margin().stated().stream().map(statement -> held(epoch, members, line, statement)))
                .toList();
        return new FundLosses(
                epoch.cover().rows(),
                rows(vault).mapToObj(row -> forced(epoch, held, row)).toList(),
                tail(epoch.table(), held),
                symbols(epoch, members),
                rows(vault).mapToObj(row -> liquidity(epoch, held, row)).toList());
    }

    private static IntStream rows(RiskTable table) {
        return IntStream.range(0, table.rowCount());
    }

    private static Held held(
            ComputedEpoch epoch, Map<Integer, String> members, AccountLine line, MarginStatement statement) {
        StressedAccount stressed = new StressedAccount(
                line.number(),
                members.getOrDefault(line.number(), line.name()),
                line.lots(),
                CollateralChains.held(epoch, line.number(), statement));
        long[] losses = stressed.losses(epoch.vaultTable());
        return new Held(line, statement, stressed, row -> losses[row]);
    }

    private static StressRow forced(ComputedEpoch epoch, List<Held> held, int row) {
        return Counterfactual.row(
                ShockedBook.of(
                        epoch.vaultTable(),
                        row,
                        words(epoch, row),
                        held.stream()
                                .map(h -> ShockedAccount.of(
                                        epoch.vaultTable(),
                                        row,
                                        h.stressed(),
                                        h.line().venues(),
                                        h.statement().initialMargin(),
                                        h.statement().equity()))
                                .toList(),
                        epoch.buffer().map(buffer -> buffer.system())),
                Levers.none());
    }

    private static String words(ComputedEpoch epoch, int row) {
        return epoch.cover().rows().get(row).scenario();
    }

    /** Direct losses beyond what is held in the rows of expected shortfall; a table without such rows has one of zeros. */
    private static FundLosses.Tail tail(RiskTable table, List<Held> held) {
        List<long[]> losses =
                held.stream().map(h -> h.stressed().shortfallLosses(table)).toList();
        List<Integer> weighing = IntStream.range(0, table.esWeights().length())
                .filter(row -> table.esWeights().at(row) > 0)
                .boxed()
                .toList();
        return new FundLosses.Tail(
                weighing.stream()
                        .map(row -> new StressRow(
                                row,
                                "row " + row + " of expected shortfall",
                                MemberLoss.ofAccounts(IntStream.range(0, held.size())
                                        .mapToObj(i -> beyond(held.get(i).stressed(), losses.get(i)[row]))
                                        .toList())))
                        .toList(),
                weighing.stream().map(row -> table.esWeights().at(row)).toList(),
                (int) table.parameters().tail());
    }

    private static MemberLoss beyond(StressedAccount account, long loss) {
        return account.beyond(account.held(), loss);
    }

    private static List<FundLosses.Symbol> symbols(ComputedEpoch epoch, Map<Integer, String> members) {
        List<WorthlessSymbol> symbols = CollateralChains.of(epoch, members, Ppm.ONE);
        return IntStream.range(0, symbols.size())
                .mapToObj(i -> new FundLosses.Symbol(
                        symbols.get(i).row(i),
                        VaultParameters.symbolCap(
                                epoch.parameters(), symbols.get(i).symbol())))
                .toList();
    }

    /** Of each account max(0, min(loss, held) − cash): margin that covers a loss but has to be sold first. */
    private static StressRow liquidity(ComputedEpoch epoch, List<Held> held, int row) {
        return new StressRow(
                row,
                words(epoch, row),
                MemberLoss.ofAccounts(held.stream()
                        .map(h -> new MemberLoss(
                                h.stressed().member(),
                                Math.max(
                                        0,
                                        Math.min(
                                                        h.losses().applyAsLong(row),
                                                        h.stressed().held())
                                                - Math.max(0, h.line().lots().cash())),
                                List.of(h.line().number())))
                        .toList()));
    }
}
