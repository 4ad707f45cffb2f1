/**
 * An integer total divided pro rata, to the unit: three rules, each the one of those who use it.
 *
 * <p><b>Takes</b> a total and weights. <b>Gives</b> whole parts whose sum is the total.
 *
 * <ul>
 *   <li>{@link io.bulwark.insurance.apportionment.SeededRounding}: who pays or loses in an event; the order is drawn for it, so that
 *       nobody is favoured for long. What the house itself takes by.
 *   <li>{@link io.bulwark.insurance.apportionment.CumulativeRounding}: what a page or a rule divides and nobody loses by; in the order
 *       given, so that it needs no drawing.
 *   <li>{@link io.bulwark.insurance.apportionment.LargestRemainder}: what venues do, for comparison with them.
 * </ul>
 *
 * <p><b>Invariants.</b> The parts are the total, exactly; each is within one unit of its exact share.
 */
@NullMarked
package io.bulwark.insurance.apportionment;

import org.jspecify.annotations.NullMarked;
