/**
 * One round of all venues: what answered in time, what did not, and how old the house's knowledge is.
 *
 * <p>Takes the founding file's venues. Gives raw snapshots for the books and a mark for whatever is missing. Invariant: a round ends in its deadline; age is between horizons,
 * never by a clock of ours.
 */
@NullMarked
package io.bulwark.house.survey;

import org.jspecify.annotations.NullMarked;
