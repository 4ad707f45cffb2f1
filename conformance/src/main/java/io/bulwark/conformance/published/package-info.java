/**
 * Cases about rules that others published: risk engines of venues, Basel III, auctions, deleveraging, waterfalls, and what happened on a day.
 *
 * <p><b>Takes</b> the fields of a case, in the words of whoever published them. <b>Gives</b> what the product's own rooms compute of them, in the shape of the expectation.
 */
@NullMarked
package io.bulwark.conformance.published;

import org.jspecify.annotations.NullMarked;
