/**
 * Tomorrow's worlds: which price and volatility moves the house looks at, and the governed numbers that make them.
 *
 * <p><b>Takes</b> price ranges, replays of crashes, what governance submits. <b>Gives</b> scenario rows: moves per group in ppm, how much of a row's loss counts, its name.
 *
 * <p><b>Invariants.</b> Nothing is repriced here ({@link io.bulwark.netting.revaluation} does that). Moves and dampings are exact integers. Method: margin formula,
 * sections 1.2 and 1.7.
 */
@NullMarked
package io.bulwark.netting.scenario;

import org.jspecify.annotations.NullMarked;
