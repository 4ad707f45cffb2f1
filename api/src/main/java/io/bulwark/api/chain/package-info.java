/**
 * Option chains from files, and the volatility surface of one as a person wants to see it.
 *
 * <p><b>Takes</b> a chain in CSV. <b>Gives</b> {@link io.bulwark.api.chain.SurfaceReport}: the fit, what was refused, the
 * checks, what every stress does to the surface, the learned surface against the fitted one; in words, JSON or a page with pictures.
 * Method: {@code docs/methodology/surface.md}.
 */
@NullMarked
package io.bulwark.api.chain;

import org.jspecify.annotations.NullMarked;
