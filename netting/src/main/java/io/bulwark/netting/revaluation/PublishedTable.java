package io.bulwark.netting.revaluation;

import io.bulwark.netting.risktable.RiskTable;
import java.util.List;

/**
 * A built table and what it had to leave out.
 *
 * @param table the table; whether it may be published is judged by the publication checks
 * @param leftOut instruments and assets without a fresh price or volatility, by number, instruments first
 */
public record PublishedTable(RiskTable table, List<Unpriced> leftOut) {
    /** Copies the list. */
    public PublishedTable {
        leftOut = List.copyOf(leftOut);
    }

    /**
     * Something listed that a table leaves out. An account that holds it has no margin from this table, and says why.
     *
     * @param number permanent number of the instrument or asset
     * @param name its listed name
     * @param reason what is missing, a sentence for people
     */
    public record Unpriced(int number, String name, String reason) {}
}
