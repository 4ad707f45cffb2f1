package io.bulwark.netting.contagion;

/**
 * Something that is held: spot, wrapper, receipt, perpetual or option, on one venue.
 *
 * @param name of the symbol
 * @param group its liquidity group, by place in the list
 * @param unwindSet legs of one set and group net, because the house can unwind both; legs of different sets never net
 */
public record ContagionSymbol(String name, int group, String unwindSet) {}
