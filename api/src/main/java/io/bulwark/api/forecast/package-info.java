/**
 * Predictive volatility from files: reads price files into variance histories, grows trees with a library, and writes model files and their cards.
 *
 * <p><b>Takes</b> CSV files of prices or realised variances. <b>Gives</b> the walk-forward table, model files, model cards. <b>Invariants.</b> The library is here and
 * nowhere else: what it grew becomes integers in {@code netting.forecast}, and only these are hashed, sealed and evaluated. One thread. Method:
 * {@code docs/methodology/learned-volatility.md}.
 */
@NullMarked
package io.bulwark.api.forecast;

import org.jspecify.annotations.NullMarked;
