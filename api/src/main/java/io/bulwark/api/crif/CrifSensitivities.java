package io.bulwark.api.crif;

import io.bulwark.clearing.document.BadInput;
import io.bulwark.netting.portfolio.Entry;
import io.bulwark.netting.portfolio.MarginAccount;
import io.bulwark.netting.risktable.AssetRisk;
import io.bulwark.netting.risktable.Group;
import io.bulwark.netting.risktable.InstrumentRisk;
import io.bulwark.netting.risktable.RiskTable;
import io.bulwark.netting.risktable.Sensitivity;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;

/**
 * An account's sensitivities as the risk table states them: one row per entry, risk group and measure. Exact: a delta of the table is u for a move of the whole price, so
 * a hundredth of it is what 1 % makes; a vega is u for one volatility point.
 */
final class CrifSensitivities {
    /** From u for the whole price to USD for 1 % of it: 10⁻⁴ and 10⁻². */
    static final int DELTA_PLACES = 6;

    private static final int VEGA_PLACES = 4;

    private final RiskTable table;
    private final String portfolio;
    private final List<CrifRow> rows = new ArrayList<>();

    private CrifSensitivities(RiskTable table, String portfolio) {
        this.table = table;
        this.portfolio = portfolio;
    }

    /**
     * The rows of an account, in the order positions, paid, collateral, debt. Cash has no sensitivity, and no row.
     *
     * @throws BadInput if the account holds what the table does not list, or an option without an expiry
     */
    public static List<CrifRow> of(MarginAccount account, RiskTable table, String portfolio) {
        CrifSensitivities sensitivities = new CrifSensitivities(table, portfolio);
        account.positions().forEach(entry -> sensitivities.instrument("positions", entry));
        account.paid().forEach(entry -> sensitivities.instrument("paid", entry));
        account.collateral().forEach(entry -> sensitivities.asset("collateral", entry, entry.lots()));
        account.debt().forEach(entry -> sensitivities.asset("debt", entry, Math.negateExact(entry.lots())));
        return List.copyOf(sensitivities.rows);
    }

    private void instrument(String list, Entry entry) {
        InstrumentRisk risk = table.instrument(entry.number()).orElseThrow(() -> unlisted(list, entry));
        String trade = list + "/" + risk.id();
        for (Sensitivity delta : risk.delta()) {
            add(trade, CrifRow.DELTA, delta, "", entry.lots(), DELTA_PLACES);
        }
        for (Sensitivity vega : risk.vega()) {
            int days = risk.days().orElseThrow(() -> new BadInput(trade, "", "must have an expiry: it has a vega"));
            add(trade, CrifRow.VEGA, vega, VegaTenor.nearest(days).label(), entry.lots(), VEGA_PLACES);
        }
    }

    private void asset(String list, Entry entry, long lots) {
        AssetRisk risk = table.asset(entry.number()).orElseThrow(() -> unlisted(list, entry));
        risk.delta().forEach(delta -> add(list + "/" + risk.id(), CrifRow.DELTA, delta, "", lots, DELTA_PLACES));
    }

    private void add(String trade, String type, Sensitivity sensitivity, String label, long lots, int places) {
        BigDecimal amount = BigDecimal.valueOf(sensitivity.amount())
                .multiply(BigDecimal.valueOf(lots))
                .movePointLeft(places);
        if (amount.signum() != 0) {
            String group = table.group(sensitivity.group()).map(Group::id).orElseThrow();
            rows.add(new CrifRow(0, trade, portfolio, CrifRow.COMMODITY, type, group, CrifRow.OTHER, label, amount));
        }
    }

    private static BadInput unlisted(String list, Entry entry) {
        return new BadInput(list, "#" + entry.number(), "must be listed by the risk table");
    }
}
