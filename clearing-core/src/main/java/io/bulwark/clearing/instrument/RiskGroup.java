package io.bulwark.clearing.instrument;

/**
 * A risk group: everything that follows one underlying price. Cash and all USD stables are one group.
 *
 * @param number permanent
 * @param name such as {@code BTC}; also the subject of its price reports
 */
public record RiskGroup(int number, String name) {}
