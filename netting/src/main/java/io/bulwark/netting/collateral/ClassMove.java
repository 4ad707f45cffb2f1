package io.bulwark.netting.collateral;

import io.bulwark.clearing.instrument.AssetTier;

/**
 * An asset moves to another class: an event, with its reason.
 *
 * @param asset permanent number
 * @param name its listed name
 * @param from the class that it had
 * @param to the class that it has
 * @param version of the classification that moved it
 * @param reason the limit that decided, with the value, a sentence for people
 */
record ClassMove(int asset, String name, AssetTier from, AssetTier to, long version, String reason) {}
