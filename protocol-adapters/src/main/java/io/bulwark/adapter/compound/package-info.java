/**
 * Compound III: what the configuration of a market and the answers of its contract say.
 *
 * <p><i>Takes</i>: a market's deployment configuration; structures of its contract. <i>Gives</i>: facts. Factors and rates are fractions;
 * amounts count the token's own unit and say its scale in an exponent, as {@code 100e6}.
 */
@NullMarked
package io.bulwark.adapter.compound;

import org.jspecify.annotations.NullMarked;
