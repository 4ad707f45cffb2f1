/**
 * What whoever runs a house watches: whether it lives and is ready, and the figures that alarms stand on. A metric shows; it decides
 * nothing, so these alone are floating point.
 *
 * <p>Takes: the sealed books, an open house. Gives: {@code /health/liveness}, {@code /health/readiness}, {@code /prometheus}.
 *
 * <p>Invariants: a scrape reads the books at most once in five seconds; nothing of an account but how many are in which state is shown.
 */
@NullMarked
package io.bulwark.api.operation;

import org.jspecify.annotations.NullMarked;
