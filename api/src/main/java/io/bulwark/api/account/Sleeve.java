package io.bulwark.api.account;

import io.bulwark.netting.portfolio.Entry;
import io.bulwark.netting.portfolio.MarginAccount;
import io.bulwark.netting.risktable.AssetRisk;
import io.bulwark.netting.risktable.InstrumentRisk;
import io.bulwark.netting.risktable.RiskTable;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The four lists of an account, by the names that they have in JSON. */
public enum Sleeve {
    POSITIONS("positions"),
    PAID("paid"),
    COLLATERAL("collateral"),
    DEBT("debt");

    private static final int IDS_SHOWN = 6;

    private final String label;

    Sleeve(String label) {
        this.label = label;
    }

    /** The name in JSON. */
    public String label() {
        return label;
    }

    /** The list of this name; empty for any other word. */
    public static Optional<Sleeve> labelled(String label) {
        return Stream.of(values()).filter(s -> s.label.equals(label)).findFirst();
    }

    /** This list of an account. */
    public List<Entry> of(MarginAccount account) {
        return switch (this) {
            case POSITIONS -> account.positions();
            case PAID -> account.paid();
            case COLLATERAL -> account.collateral();
            case DEBT -> account.debt();
        };
    }

    private boolean holdsInstruments() {
        return this == POSITIONS || this == PAID;
    }

    /** The permanent number behind an id that this list may hold. */
    Optional<Integer> number(RiskTable table, String id) {
        return holdsInstruments()
                ? table.instrument(id).map(InstrumentRisk::number)
                : table.asset(id).map(AssetRisk::number);
    }

    /** The id behind a permanent number; the number itself where the table no longer lists it. */
    String id(RiskTable table, int number) {
        Optional<String> id = holdsInstruments()
                ? table.instrument(number).map(InstrumentRisk::id)
                : table.asset(number).map(AssetRisk::id);
        return id.orElse("#" + number);
    }

    /** What an id of this list must be, with the first ids of the table. */
    String idRule(RiskTable table) {
        List<String> ids = holdsInstruments()
                ? table.instruments().stream().map(InstrumentRisk::id).toList()
                : table.assets().stream().map(AssetRisk::id).toList();
        String shown = String.join(", ", ids.subList(0, Math.min(IDS_SHOWN, ids.size())));
        return (holdsInstruments() ? "an instrument" : "an asset") + " that the risk table lists: " + shown
                + (ids.size() > IDS_SHOWN ? " and " + (ids.size() - IDS_SHOWN) + " more" : "");
    }
}
