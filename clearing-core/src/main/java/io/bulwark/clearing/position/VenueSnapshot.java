package io.bulwark.clearing.position;

import io.bulwark.clearing.oracle.PriceReport;
import java.util.List;
import java.util.Objects;

/**
 * A raw snapshot said in the house's words: what it holds, which prices it reports, and what the venue itself counts of the account. A
 * pure function of the
 * sealed bytes and the listing.
 *
 * @param raw the sealed bytes
 * @param holdings the holdings, in the adapter's fixed order; empty for market data
 * @param reports the price reports; empty for accounts
 * @param grade how well the holdings are evidenced
 * @param standings what the venue counts, one of the account or one of each pocket; empty of market data, and where a venue never closes
 *     anything
 * @param market what else the market shows, beside the marks among the price reports; empty for accounts
 */
public record VenueSnapshot(
        RawSnapshot raw,
        List<Holding> holdings,
        List<PriceReport> reports,
        EvidenceGrade grade,
        List<VenueStanding> standings,
        List<MarketReport> market) {
    /** Of a market, or of a venue that never closes anything. */
    public VenueSnapshot(RawSnapshot raw, List<Holding> holdings, List<PriceReport> reports, EvidenceGrade grade) {
        this(raw, holdings, reports, grade, List.of());
    }

    /** Of an account, or of a market that shows its marks alone. */
    public VenueSnapshot(
            RawSnapshot raw,
            List<Holding> holdings,
            List<PriceReport> reports,
            EvidenceGrade grade,
            List<VenueStanding> standings) {
        this(raw, holdings, reports, grade, standings, List.of());
    }

    /** Copies the lists. */
    public VenueSnapshot {
        Objects.requireNonNull(raw, "raw");
        holdings = List.copyOf(holdings);
        reports = List.copyOf(reports);
        Objects.requireNonNull(grade, "grade");
        standings = List.copyOf(standings);
        market = List.copyOf(market);
    }
}
