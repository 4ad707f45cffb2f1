/**
 * What a bank or a supervisor makes of the house: Basel III in its own words.
 *
 * <p><b>Takes</b> trades, net collateral, exposures, contributions, in one currency unit. <b>Gives</b> exposures at default
 * (SA-CCR), capital of the clearing house and of its members, expected shortfall with liquidity horizons, leverage, liquidity
 * coverage, crypto-asset weights.
 *
 * <p>These are translations for reports, in {@code double} as the standard's own examples are; no figure of margin, ledger or
 * fund is decided by them. Sources: Basel Framework CRE52 (SA-CCR), CRE54 (exposures to central counterparties), MAR33 (internal
 * models), LEV30, LCR30 and LCR40, SCO60; BCBS 227 for the superseded c-factor.
 */
@NullMarked
package io.bulwark.insurance.regulatory;

import org.jspecify.annotations.NullMarked;
