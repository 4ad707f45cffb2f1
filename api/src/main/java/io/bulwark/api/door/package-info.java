/**
 * What every mouth needs, and nothing of any subject: amounts as text, strict JSON, files, problems, exit codes.
 *
 * <p>Takes: bytes and files. Gives: values, or {@link io.bulwark.clearing.document.BadInput} with field, value and rule.
 *
 * <p>Invariants: reading is strict (no unknown field, no field twice, no fraction where a whole number is due, nothing beyond its limit);
 * standard output holds an answer and nothing else; a refusal is one line; no verb starts more than it needs.
 */
@NullMarked
package io.bulwark.api.door;

import org.jspecify.annotations.NullMarked;
