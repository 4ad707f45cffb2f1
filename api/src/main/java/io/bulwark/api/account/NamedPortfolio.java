package io.bulwark.api.account;

import io.bulwark.api.door.JsonFields;
import io.bulwark.clearing.document.BadInput;
import io.bulwark.netting.portfolio.Entry;
import io.bulwark.netting.portfolio.MarginAccount;
import io.bulwark.netting.risktable.RiskTable;
import io.micronaut.serde.annotation.Serdeable;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * An account as people write it: lots by the id of the instrument or asset, in any order. An answer has the same form, so that it can be asked again.
 *
 * @param cash signed, u = 10⁻⁴ USD
 * @param positions margined positions, signed lots, long above 0
 * @param paid long lots of paid-up instruments, outside the margined book
 * @param collateral lots of assets held
 * @param debt lots of assets owed
 */
@Serdeable
@Schema(description = "An account in lots by id. Lists may be left out; no list names an id twice.")
public record NamedPortfolio(
        long cash,

        @Schema(requiredMode = Schema.RequiredMode.NOT_REQUIRED)
        List<Line> positions,

        @Schema(requiredMode = Schema.RequiredMode.NOT_REQUIRED)
        List<Line> paid,

        @Schema(requiredMode = Schema.RequiredMode.NOT_REQUIRED)
        List<Line> collateral,

        @Schema(requiredMode = Schema.RequiredMode.NOT_REQUIRED)
        List<Line> debt) {
    static final int LINES_MAX = 10_000;

    /**
     * Lots of one instrument or asset.
     *
     * @param id as the risk table lists it
     * @param lots whole lots
     */
    @Serdeable
    public record Line(String id, long lots) {}

    /** Copies the lists. */
    public NamedPortfolio {
        positions = List.copyOf(positions);
        paid = List.copyOf(paid);
        collateral = List.copyOf(collateral);
        debt = List.copyOf(debt);
    }

    /** The account under the ids of a table. */
    public static NamedPortfolio of(MarginAccount account, RiskTable table) {
        return new NamedPortfolio(
                account.cash(),
                lines(account, Sleeve.POSITIONS, table),
                lines(account, Sleeve.PAID, table),
                lines(account, Sleeve.COLLATERAL, table),
                lines(account, Sleeve.DEBT, table));
    }

    private static List<Line> lines(MarginAccount account, Sleeve sleeve, RiskTable table) {
        return sleeve.of(account).stream()
                .map(entry -> new Line(sleeve.id(table, entry.number()), entry.lots()))
                .toList();
    }

    /**
     * Reads an account in lots against a table.
     *
     * @throws BadInput for an id that the table does not list or that stands twice in a list, and for lots outside the table's range
     */
    public static MarginAccount read(JsonFields fields, RiskTable table) {
        long cash = fields.wholeNumber("cash", Long.MIN_VALUE, Long.MAX_VALUE, 0);
        MarginAccount account = new MarginAccount(
                cash,
                entries(fields, Sleeve.POSITIONS, table),
                entries(fields, Sleeve.PAID, table),
                entries(fields, Sleeve.COLLATERAL, table),
                entries(fields, Sleeve.DEBT, table));
        fields.nothingElse();
        return account;
    }

    private static List<Entry> entries(JsonFields fields, Sleeve sleeve, RiskTable table) {
        SortedMap<Integer, Entry> entries = new TreeMap<>();
        for (JsonFields line : fields.objects(sleeve.label(), LINES_MAX)) {
            Entry entry = entry(line, sleeve, table);
            if (entries.put(entry.number(), entry) != null) {
                throw line.refuse("id", "each id at most once in a list");
            }
        }
        return new ArrayList<>(entries.values());
    }

    private static Entry entry(JsonFields line, Sleeve sleeve, RiskTable table) {
        int number = number(line, sleeve, table);
        long most = table.parameters().lotsMax();
        Entry entry = new Entry(number, line.wholeNumber("lots", sleeve == Sleeve.POSITIONS ? -most : 1, most));
        if (entry.lots() == 0) {
            throw line.refuse("lots", "not 0: a position of no lots is no position");
        }
        line.nothingElse();
        return entry;
    }

    /** The number behind the id of a line or a change. */
    public static int number(JsonFields line, Sleeve sleeve, RiskTable table) {
        String id = line.text("id", 100);
        return sleeve.number(table, id).orElseThrow(() -> line.refuse("id", sleeve.idRule(table)));
    }
}
