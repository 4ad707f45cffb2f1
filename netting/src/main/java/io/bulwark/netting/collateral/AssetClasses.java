package io.bulwark.netting.collateral;

import java.util.List;
import java.util.Optional;

/**
 * The classes in force, under a version. An asset that is not classed keeps the terms of its listing.
 *
 * @param version counts the classifications, from 0 for none
 * @param assets by number, increasing
 */
public record AssetClasses(long version, List<ClassedAsset> assets) {
    /** No asset is classed: the listing's terms hold. */
    public static final AssetClasses NONE = new AssetClasses(0, List.of());

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
