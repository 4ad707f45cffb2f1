/**
 * The risk language as protocols write and read it: a feed checked offline, against the published schema and by the program's own strict readers, before any of it is sent;
 * and what a house publishes (margins, governed numbers, surfaces), checked by whoever receives it.
 *
 * <p>Takes a JSON file. Gives {@link io.bulwark.api.language.FeedValidation what is wrong with it}, by line, field, value and rule. The schema is {@code
 * schema/risk-language-1.schema.json} of clearing-core; examples and a guide are in {@code docs/risk-language} and {@code docs/join.md}.
 */
@NullMarked
package io.bulwark.api.language;

import org.jspecify.annotations.NullMarked;
