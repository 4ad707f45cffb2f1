/**
 * Alerts: who wants to be woken by what, what stands, and what has to be sent to whom.
 *
 * <p>Takes: rules of those who may see a figure, and what follows from them (raises and clears are decided elsewhere, by a pure
 * function). Gives: rules and alerts ({@link io.bulwark.clearing.alert.AlertRegister}), receivers and what is to be sent to them
 * ({@link io.bulwark.clearing.alert.DeliveryRegister}). Page: docs/alerts.md.
 *
 * <p>Invariants: rows are only added; one alert stands for a rule and a subject at a time; an epoch is held against a rule once, in the
 * transaction that keeps what follows and what has to be sent. A receiver's secret leaves this room only to sign.
 *
 * <p>No epoch seals these tables. A clear or a raise follows from what is sealed, so that sealing it would add nothing that anybody can
 * check; who wants to be woken at which address is a preference of theirs, and an epoch that sealed it would tell it to every auditor;
 * and an alert about an epoch can be sealed only by the next one, which would then differ by who asked for mail.
 */
@NullMarked
package io.bulwark.clearing.alert;

import org.jspecify.annotations.NullMarked;
