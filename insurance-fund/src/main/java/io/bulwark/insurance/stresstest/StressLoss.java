package io.bulwark.insurance.stresstest;

import io.bulwark.netting.portfolio.Entry;
import io.bulwark.netting.portfolio.MarginAccount;
import io.bulwark.netting.risktable.AssetRisk;
import io.bulwark.netting.risktable.InstrumentRisk;
import io.bulwark.netting.risktable.IntColumn;
import io.bulwark.netting.risktable.RiskTable;

/** L(r): what an account loses in one row of a vault table, all groups together, u; negative where it gains. */
final class StressLoss {
    private StressLoss() {}

    /**
     * The loss in every row.
     *
     * @throws IllegalArgumentException if the table does not list an entry
     * @throws ArithmeticException if a sum leaves 64 bits
     */
    static long[] perRow(RiskTable vaultTable, MarginAccount account) {
        long[] losses = new long[vaultTable.rowCount()];
        for (Entry position : account.positions()) {
            InstrumentRisk risk =
                    vaultTable.instrument(position.number()).orElseThrow(() -> unlisted("instrument", position));
            risk.rowFor(position.lots()).addTo(losses, Math.negateExact(position.lots()));
        }
        for (Entry held : account.collateral()) {
            asset(vaultTable, held).row().addTo(losses, Math.negateExact(held.lots()));
        }
        for (Entry owed : account.debt()) {
            IntColumn row = asset(vaultTable, owed).debtRow();
            row.addTo(losses, owed.lots());
        }
        return losses;
    }

    /** The loss in every row of expected shortfall, whose scenarios are joint over all groups. */
    static long[] perShortfallRow(RiskTable table, MarginAccount account) {
        long[] losses = new long[table.esWeights().length()];
        for (Entry position : account.positions()) {
            InstrumentRisk risk =
                    table.instrument(position.number()).orElseThrow(() -> unlisted("instrument", position));
            risk.es().addTo(losses, Math.negateExact(position.lots()));
        }
        for (Entry held : account.collateral()) {
            asset(table, held).es().addTo(losses, Math.negateExact(held.lots()));
        }
        for (Entry owed : account.debt()) {
            asset(table, owed).debtEs().addTo(losses, owed.lots());
        }
        return losses;
    }

    private static AssetRisk asset(RiskTable vaultTable, Entry entry) {
        return vaultTable.asset(entry.number()).orElseThrow(() -> unlisted("asset", entry));
    }

    private static IllegalArgumentException unlisted(String kind, Entry entry) {
        return new IllegalArgumentException("the table must list " + kind + " " + entry.number());
    }
}
