package io.bulwark.api.crif;

import io.bulwark.api.account.NamedPortfolio;
import io.bulwark.netting.risktable.AssetRisk;
import io.bulwark.netting.risktable.Group;
import io.bulwark.netting.risktable.InstrumentRisk;
import io.bulwark.netting.risktable.RiskTable;
import io.bulwark.netting.risktable.Sensitivity;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * CRIF rows as a portfolio of the house: the deltas of each risk group, added up, become whole lots of its perpetual, or of its coin where it has no perpetual.
 *
 * <p>Lots are rounded against the account: perpetuals and debt away from zero, coins held towards it. Everything else is refused, row by row.
 *
 * @param portfolio what maps
 * @param refusals what does not map, by line
 */
record CrifPortfolio(NamedPortfolio portfolio, List<CrifRefusal> refusals) {
    public CrifPortfolio {
        refusals = List.copyOf(refusals);
    }

    /** Maps a file onto a table. */
    public static CrifPortfolio of(CrifFile file, RiskTable table) {
        Mapping mapping = new Mapping(table, file);
        file.rows().forEach(mapping::take);
        return mapping.portfolio();
    }

    /** Net delta of one group, USD for 1 %, and where the last row of it stood. */
    private record Net(BigDecimal amount, int line) {
        Net and(Net other) {
            return new Net(amount.add(other.amount), other.line);
        }
    }

    /** What has been mapped so far. */
    private static final class Mapping {
        private final RiskTable table;
        private final List<CrifRefusal> refusals;
        private final Map<String, Net> deltas = new TreeMap<>();
        private final Lines lines = new Lines();
        private Optional<String> portfolio = Optional.empty();

        Mapping(RiskTable table, CrifFile file) {
            this.table = table;
            this.refusals = new ArrayList<>(file.refusals());
        }

        void take(CrifRow row) {
            Optional<CrifRefusal> refusal = refusal(row);
            refusal.ifPresent(refusals::add);
            if (refusal.isEmpty()) {
                portfolio = Optional.of(row.portfolio());
                deltas.merge(row.qualifier(), new Net(row.amount(), row.line()), Net::and);
            }
        }

        private Optional<CrifRefusal> refusal(CrifRow row) {
            if (row.riskType().equals(CrifRow.VEGA)) {
                return refuse(
                        row,
                        "RiskType",
                        row.riskType(),
                        "must be a delta: vega of " + row.qualifier() + " does not say which option made it");
            }
            if (!row.riskType().equals(CrifRow.DELTA)) {
                return refuse(row, "RiskType", row.riskType(), "must be " + CrifRow.DELTA);
            }
            if (!row.productClass().equals(CrifRow.COMMODITY)) {
                return refuse(row, "ProductClass", row.productClass(), "must be " + CrifRow.COMMODITY);
            }
            if (!row.bucket().equals(CrifRow.OTHER)) {
                return refuse(row, "Bucket", row.bucket(), "must be " + CrifRow.OTHER);
            }
            if (!row.label().isEmpty()) {
                return refuse(row, "Label1", row.label(), "must be empty for a delta");
            }
            if (perpetual(row.qualifier()).isEmpty() && coin(row.qualifier()).isEmpty()) {
                return refuse(
                        row,
                        "Qualifier",
                        row.qualifier(),
                        "must be a risk group with a perpetual or a coin in the table");
            }
            return portfolio
                    .filter(first -> !first.equals(row.portfolio()))
                    .flatMap(first -> refuse(row, "PortfolioID", row.portfolio(), "must be " + first + " in all rows"));
        }

        private static Optional<CrifRefusal> refuse(CrifRow row, String field, String value, String rule) {
            return Optional.of(new CrifRefusal(row.line(), field, value, rule));
        }

        /** The group's perpetual: undated, settled daily, with a delta in this group alone; the first by number. */
        private Optional<InstrumentRisk> perpetual(String group) {
            return table.instruments().stream()
                    .filter(risk -> risk.days().isEmpty() && risk.value() == 0 && !risk.paidUp())
                    .filter(risk -> risk.vega().isEmpty() && only(risk.delta(), group))
                    .findFirst();
        }

        /** The group's coin: the asset with a delta in this group alone; the first by number. */
        private Optional<AssetRisk> coin(String group) {
            return table.assets().stream()
                    .filter(risk -> only(risk.delta(), group))
                    .findFirst();
        }

        private boolean only(List<Sensitivity> delta, String group) {
            return delta.size() == 1
                    && delta.getFirst().amount() > 0
                    && table.group(delta.getFirst().group()).map(Group::id).equals(Optional.of(group));
        }

        CrifPortfolio portfolio() {
            deltas.forEach(this::map);
            refusals.sort(Comparator.comparingInt(CrifRefusal::line));
            return new CrifPortfolio(
                    new NamedPortfolio(0, lines.positions, List.of(), lines.collateral, lines.debt, List.of()),
                    refusals);
        }

        private void map(String group, Net net) {
            Optional<InstrumentRisk> perpetual = perpetual(group);
            if (perpetual.isPresent()) {
                lots(net, perpetual.get().delta(), RoundingMode.UP)
                        .ifPresent(lots ->
                                lines.add(lines.positions, perpetual.get().id(), lots));
                return;
            }
            AssetRisk coin = coin(group).orElseThrow();
            boolean held = net.amount().signum() > 0;
            lots(net, coin.delta(), held ? RoundingMode.DOWN : RoundingMode.UP)
                    .ifPresent(lots -> lines.add(held ? lines.collateral : lines.debt, coin.id(), Math.absExact(lots)));
        }

        private Optional<Long> lots(Net net, List<Sensitivity> delta, RoundingMode rounding) {
            BigDecimal lot = BigDecimal.valueOf(delta.getFirst().amount(), CrifSensitivities.DELTA_PLACES);
            BigDecimal lots = net.amount().divide(lot, 0, rounding);
            if (lots.abs().compareTo(BigDecimal.valueOf(table.parameters().lotsMax())) > 0) {
                refusals.add(new CrifRefusal(
                        net.line(),
                        "AmountUSD",
                        net.amount().toPlainString(),
                        "must add up to at most " + table.parameters().lotsMax()
                                + " lots a group; the group is left out"));
                return Optional.empty();
            }
            return Optional.of(lots.longValueExact());
        }
    }

    /** Lines of the portfolio; what rounds to no lots is no line. */
    private static final class Lines {
        private final List<NamedPortfolio.Line> positions = new ArrayList<>();
        private final List<NamedPortfolio.Line> collateral = new ArrayList<>();
        private final List<NamedPortfolio.Line> debt = new ArrayList<>();

        void add(List<NamedPortfolio.Line> list, String id, long lots) {
            if (lots != 0) {
                list.add(new NamedPortfolio.Line(id, lots));
            }
        }
    }
}
