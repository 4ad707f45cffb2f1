package io.bulwark.insurance.monitor;

/**
 * What is forced into the market of one asset, and how far it moves the price beyond the scenario.
 *
 * @param asset liquidity group
 * @param movePpm the scenario's own move
 * @param downPpm further fall, driven by forced sales
 * @param upPpm further rise, driven by forced purchases
 * @param sale forced sales, u = 10⁻⁴ USD, rounded up
 * @param purchase forced purchases, u, rounded up
 */
public record AssetPressure(String asset, int movePpm, int downPpm, int upPpm, long sale, long purchase) {}
