package io.bulwark.clearing.position;

import io.bulwark.clearing.oracle.PriceReport;
import java.util.List;
import java.util.Objects;

/**
 * A raw snapshot said in the house's words: what it holds and which prices it reports. A pure function of the sealed bytes
 * and the listing.
 *
 * @param raw the sealed bytes
 * @param holdings the holdings, in the adapter's fixed order; empty for market data
 * @param reports the price reports; empty for accounts
 * @param grade how well the holdings are evidenced
 */
public record VenueSnapshot(RawSnapshot raw, List<Holding> holdings, List<PriceReport> reports, EvidenceGrade grade) {
    /** Copies the lists. */
    public VenueSnapshot {
        Objects.requireNonNull(raw, "raw");
        holdings = List.copyOf(holdings);
        reports = List.copyOf(reports);
        Objects.requireNonNull(grade, "grade");
    }
}
