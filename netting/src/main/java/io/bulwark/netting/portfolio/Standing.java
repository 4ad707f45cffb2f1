package io.bulwark.netting.portfolio;

/**
 * How far an account is from being acted on by one venue, as that venue itself counts: its own equity less its own requirement.
 *
 * @param venue number of the venue, ≥ 1
 * @param distance d, u, signed; below 0 the venue may act now
 */
public record Standing(int venue, long distance) {}
