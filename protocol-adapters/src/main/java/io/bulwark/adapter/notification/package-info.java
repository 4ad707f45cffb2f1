/**
 * Telling people and programs what they asked to be told: a signed webhook, or a mail.
 *
 * <p>Takes: an address, what is to be said, and what signs it. Gives: whether it arrived, or why not
 * ({@link io.bulwark.adapter.notification.Courier}). Webhooks are signed by the Standard Webhooks specification 1.0: {@code webhook-id},
 * {@code webhook-timestamp}, {@code webhook-signature: v1,} and the HMAC-SHA256 of id, time and body. Page: docs/alerts.md.
 *
 * <p>Invariants: no address inside this network is spoken to unless the operator allows it, whatever name leads to it, and the address
 * that was looked at is the one that is connected; nothing is followed elsewhere; no secret is in a text that leaves this room.
 */
@NullMarked
package io.bulwark.adapter.notification;

import org.jspecify.annotations.NullMarked;
