/**
 * The replay wall: the book of today taken through what happened on other days.
 *
 * <p><b>Takes</b> a sealed epoch, or a book drawn from a seed; the events of {@code events.csv}, the shapes of {@code event-paths.csv}, the facts of crash replays. <b>Gives</b> per
 * event what the book loses, what margin covers, who pays the rest, and the cascade in time with and without batches; for collateral that was not what it said, what one
 * symbol's chain costs. As text, JSON and one page.
 *
 * <p><b>Invariants.</b> The same book and seed give the same wall; every number on the page is in the JSON too. Method: {@code docs/methodology/contagion.md}, "The replay wall".
 */
@NullMarked
package io.bulwark.research.wall;

import org.jspecify.annotations.NullMarked;
