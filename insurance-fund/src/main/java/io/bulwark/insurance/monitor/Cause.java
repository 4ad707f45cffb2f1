package io.bulwark.insurance.monitor;

/**
 * A cause of a need and its share of it.
 *
 * @param channel in words
 * @param amount u = 10⁻⁴ USD: Shapley value over all orders in which channels can be switched on; negative where the channel relieves
 */
public record Cause(String channel, long amount) {}
