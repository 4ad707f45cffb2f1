/**
 * When an alert is raised and when it is over: values in, changes out.
 *
 * <p>Takes: a rule, the subjects of which an alert stands, and the figures of now. Gives: what is raised and what is cleared
 * ({@link io.bulwark.insurance.alert.Hysteresis}). Page: docs/alerts.md.
 *
 * <p>Invariants: no clock and no I/O; the same rule, standing alerts and figures give the same changes in the same order; of a subject
 * whose figure is not known nothing changes.
 */
@NullMarked
package io.bulwark.insurance.alert;

import org.jspecify.annotations.NullMarked;
