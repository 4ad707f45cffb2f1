/**
 * Volatility from files: the surface of an option chain as a person wants to see it, and predictive volatility.
 *
 * <p><b>Takes</b> a chain in CSV, or CSV files of prices or realised variances. <b>Gives</b> {@link io.bulwark.research.volatility.SurfaceReport} (the fit, what was
 * refused, the checks, what every stress does to the surface, the learned surface against the fitted one; in words, JSON or a page with pictures); the walk-forward
 * table, model files, model cards. <b>Invariants.</b> The library that grows trees is here and
 * nowhere else: what it grew becomes integers in {@code netting.forecast}, and only these are hashed, sealed and evaluated. One thread. Methods:
 * {@code docs/methodology/surface.md}, {@code learned-volatility.md}.
 */
@NullMarked
package io.bulwark.research.volatility;

import org.jspecify.annotations.NullMarked;
