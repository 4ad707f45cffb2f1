/**
 * Alerts at the door: rules, what stands, who is told, and what could not be told.
 *
 * <p>Takes: what somebody wants to be woken by, as far as he may see it ({@link io.bulwark.api.door.Caller}). Gives: JSON, a stream of
 * server-sent events, and verbs that ask a house here or at an address. Page: docs/alerts.md.
 *
 * <p>Invariants: an account's figures are its owner's, and whoever is not is answered the same whether there is such an account or not; a
 * webhook's secret is in one answer, that of the request which made it.
 */
@NullMarked
package io.bulwark.api.alert;

import org.jspecify.annotations.NullMarked;
