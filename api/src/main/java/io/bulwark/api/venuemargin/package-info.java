/**
 * What other venues' published engines would ask of an account: {@code bulwark account margin --venue-margin}, {@code /margin/venues}.
 *
 * <p>Takes: an account and a risk table. Gives: one line per engine, beside Bulwark's own margin. The engines' parameters stand in the
 * resources {@code venuemargin/*.json}, one file per engine and version, each number with its source.
 *
 * <p>Invariant: an engine that cannot margin a holding names it; it is never counted as nothing.
 */
@NullMarked
package io.bulwark.api.venuemargin;

import org.jspecify.annotations.NullMarked;
