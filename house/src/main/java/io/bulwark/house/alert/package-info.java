/**
 * The watch over a house: rules held against every sealed epoch and the clock, and those told who asked for it.
 *
 * <p>Takes: sealed epochs, what was accepted of venues, the clock at whole minutes, rules and receivers. Gives: alerts
 * ({@link io.bulwark.house.alert.Alerts}), and what is carried to receivers by {@code adapter.notification}.
 *
 * <p>Invariants: a figure is the one that the house shows elsewhere, a whole number; the same sealed epochs and the same rules give the
 * same raises and clears; one process of all that serve a house watches, elected by a lock of PostgreSQL's; nobody is told what he may
 * not see at the moment in which he is told. Page: docs/alerts.md.
 */
@NullMarked
package io.bulwark.house.alert;

import org.jspecify.annotations.NullMarked;
