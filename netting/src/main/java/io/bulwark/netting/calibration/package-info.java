/**
 * What the sealed price history says of an epoch: how far groups move, how far apart, and tomorrow's worlds.
 *
 * <p><b>Takes</b> daily prices of every group that moves, the epoch's time and the governed numbers. <b>Gives</b> the estimated
 * inputs of a full table: ranges, apartness, correlation, rows of expected shortfall, with their provenance.
 *
 * <p><b>Invariants.</b> Only days that were over before the epoch are read. The same history, time and numbers give the same
 * integers on every processor. Rooms {@code volatility}, {@code correlation} and {@code tail} estimate; this room only says in
 * which order. Method: {@code docs/methodology/tails.md}.
 */
@NullMarked
package io.bulwark.netting.calibration;

import org.jspecify.annotations.NullMarked;
