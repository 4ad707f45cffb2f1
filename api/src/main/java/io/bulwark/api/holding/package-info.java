/**
 * What a house holds, signed by its quorum: {@code bulwark proof hold}.
 *
 * <p>Takes: a file of holdings, each with what shows it. Gives: the signed list, which travels with a book or stands beside a proof of the fund.
 *
 * <p>Invariant: what backs one thing does not back the other.
 */
@NullMarked
package io.bulwark.api.holding;

import org.jspecify.annotations.NullMarked;
