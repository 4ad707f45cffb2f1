package io.bulwark.netting.collateral;

import io.bulwark.clearing.instrument.AssetTier;
import java.util.List;
import java.util.Optional;

/**
 * The classes in force. An asset that is not classed keeps the terms of its listing.
 *
 * @param version of the rule that classed them, from 1; 0 where nothing is classed
 * @param assets by number, increasing
 */
public record AssetClasses(long version, List<ClassedAsset> assets) {
    /** No asset is classed: the listing's terms hold. */
    public static final AssetClasses NONE = new AssetClasses(0, List.of());

    /**
     * The class of an asset and the terms that follow from it.
     *
     * @param asset permanent number
     * @param tier its class
     * @param haircut h, ppm
     * @param residual ρ, ppm
     * @param peg break of its peg in the rows that name it, ppm, ≤ 0; 0 for an asset without a peg
     * @param explanation from the inputs to the haircut, a sentence for people
     */
    public record ClassedAsset(int asset, AssetTier tier, long haircut, long residual, long peg, String explanation) {}

    /** Copies and checks that numbers increase. */
    public AssetClasses {
        assets = List.copyOf(assets);
        for (int i = 1; i < assets.size(); i++) {
            if (assets.get(i).asset() <= assets.get(i - 1).asset()) {
                throw new IllegalArgumentException("classed assets must have strictly increasing numbers; have "
                        + assets.get(i).asset() + " after " + assets.get(i - 1).asset());
            }
        }
    }

    /** The class of an asset. */
    public Optional<ClassedAsset> of(int asset) {
        return assets.stream().filter(a -> a.asset() == asset).findFirst();
    }
}
