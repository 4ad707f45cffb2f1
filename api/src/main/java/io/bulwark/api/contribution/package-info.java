/**
 * What was asked of those who pay into the fund, the receipts that show what came, and what of the fund is there.
 *
 * <p>Takes receipts as files or over HTTP. Gives every payer's calls, and the sentence that stands first on every page about the fund.
 * Invariant: nothing is
 * said to be in the fund that no receipt shows.
 */
@NullMarked
package io.bulwark.api.contribution;

import org.jspecify.annotations.NullMarked;
