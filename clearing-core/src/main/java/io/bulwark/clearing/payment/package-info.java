/**
 * What was paid into and out of the house's fund, and what shows it.
 *
 * <p>Takes a payment as somebody states it, and what he brings to show it: his own word, a custodian's signature, a balance proved from
 * a chain's storage. Gives one canonical document, {@code
 * payment.cddl}, whose digest names it, and the identity of the payment itself, by which it counts once whoever states it again in
 * other words.
 *
 * <p>Invariants: a receipt names one house, one payer, one amount above 0; its grade follows from its evidence and from nothing else.
 */
@NullMarked
package io.bulwark.clearing.payment;

import org.jspecify.annotations.NullMarked;
