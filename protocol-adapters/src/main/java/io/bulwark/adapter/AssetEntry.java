package io.bulwark.adapter;

import io.bulwark.clearing.instrument.Instrument;
import io.bulwark.clearing.instrument.ListedAsset;
import io.bulwark.clearing.instrument.Listing;
import io.bulwark.clearing.position.EvidenceGrade;
import java.util.Optional;

/** Finds the listed entry of an asset by what it is and how it is evidenced, never by its display name. */
public final class AssetEntry {
    private AssetEntry() {}

    /**
     * The entry for a holding of this form with this evidence: the one that asks for the best grade which the evidence meets.
     *
     * @return empty if the house lists none; such a holding counts for nothing
     */
    public static Optional<ListedAsset> held(Listing listing, Instrument form, EvidenceGrade grade) {
        return listing.assets().stream()
                .filter(a -> a.form().equals(form) && grade.meets(a.grade()))
                .min((a, b) -> a.grade().compareTo(b.grade()));
    }

    /**
     * The entry for a holding of a listed asset with this evidence, the asset found by its listed name: whatever form that name has, at the best grade which
     * the evidence meets.
     *
     * @return empty if the house lists none; such a holding counts for nothing
     */
    public static Optional<ListedAsset> named(Listing listing, String name, EvidenceGrade grade) {
        return listing.assetNamed(name).flatMap(asset -> held(listing, asset.form(), grade));
    }

    /**
     * The entry under which an asset is owed: the spot entry with the lowest number, since evidence gives a debt no discount.
     *
     * @return empty if the house lists none; such a debt cannot be margined
     */
    public static Optional<ListedAsset> owed(Listing listing, String asset) {
        Instrument spot = new Instrument.Spot(asset);
        return listing.assets().stream().filter(a -> a.form().equals(spot)).findFirst();
    }
}
