package io.bulwark.netting.collateral;

import io.bulwark.clearing.instrument.AssetTier;

/**
 * The class of an asset and the terms that follow from it.
 *
 * @param asset permanent number
 * @param tier its class
 * @param haircut h, ppm, inside the band of the class
 * @param residual ρ, ppm, inside the band of the class
 * @param peg break of its peg in the rows that name it, ppm, ≤ 0; 0 for an asset without a peg
 * @param explanation from the inputs to the haircut, a sentence for people
 */
public record ClassedAsset(int asset, AssetTier tier, long haircut, long residual, long peg, String explanation) {}
