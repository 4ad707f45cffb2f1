/**
 * What a house is founded on: its file, its owners and their links, its signing keys, and the price files that it names.
 *
 * <p>Takes files. Gives values, or a refusal by file, field, value and rule. Invariant: what decides the meaning of a venue's bytes is sealed; where a venue answers, and keys,
 * are not.
 */
@NullMarked
package io.bulwark.house.founding;

import org.jspecify.annotations.NullMarked;
