/**
 * What people and programs may ask the house, whatever the mouth: the endpoints of {@code http} and the verbs of {@code cli} read the same JSON with the same rules
 * and call the same functions.
 *
 * <p>Takes: bytes of a JSON document, a sealed epoch. Gives: answers as records, or {@link io.bulwark.clearing.document.BadInput} with field, value and rule.
 *
 * <p>Invariants: reading is strict (no unknown field, no field twice, no fraction where a whole number is due, nothing beyond its limit); an inquiry never changes the
 * books.
 */
@NullMarked
package io.bulwark.api.inquiry;

import org.jspecify.annotations.NullMarked;
