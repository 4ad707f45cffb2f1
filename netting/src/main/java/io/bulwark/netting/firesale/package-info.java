/**
 * Published models of fire sales: who must sell, what that does to prices, and whom the prices then force. Figures for the fund manager;
 * no margin reads them, and the
 * house's own cascade is {@code netting.contagion}.
 *
 * <p><b>Takes</b> balance sheets, holdings and how deep each market is. <b>Gives</b> rounds of sales, prices and who is insolvent, with
 * what certifies them. Method page: {@code
 * docs/methodology/contagion.md}.
 */
@NullMarked
package io.bulwark.netting.firesale;

import org.jspecify.annotations.NullMarked;
