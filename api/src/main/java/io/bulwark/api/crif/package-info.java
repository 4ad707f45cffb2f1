/**
 * Sensitivities for those who margin outside the house: an account as rows of the Common Risk Interchange Format (CRIF), and rows back as
 * a portfolio.
 *
 * <p><b>Takes</b> an account and a risk table, or the text of a CRIF file and a risk table. <b>Gives</b> rows, or a portfolio with {@link
 * io.bulwark.api.crif.CrifRefusal what does not map}, row by row. Amounts are exact decimals of USD; nothing is rounded but lots, against
 * the account. Which mapping was chosen and why: {@code docs/risk-language/crif.md}.
 */
@NullMarked
package io.bulwark.api.crif;

import org.jspecify.annotations.NullMarked;
