package io.bulwark.adapter;

import io.bulwark.clearing.instrument.Instrument;
import io.bulwark.clearing.instrument.Listing;
import io.bulwark.clearing.money.Amount;
import io.bulwark.clearing.position.EvidenceGrade;
import io.bulwark.clearing.position.Holding;
import java.util.Optional;

/** The balance of an asset in which a venue settles: collateral if it is positive, debt if it is negative, nothing at zero. */
public final class MarginBalance {
    private MarginBalance() {}

    /**
     * The holding that a balance is, on the venue's word alone.
     *
     * @param venue names the venue in a refusal
     * @param asset the house's name of the asset
     * @param balance signed
     * @return empty if the balance is zero, or is held in an asset that the house does not list
     * @throws PayloadRefused if an asset that is not listed is owed
     */
    public static Optional<Holding> holding(String venue, Listing listing, String asset, Amount balance) {
        return switch (balance.signum()) {
            case 0 -> Optional.empty();
            case 1 ->
                AssetEntry.held(listing, new Instrument.Spot(asset), EvidenceGrade.UNSIGNED)
                        .map(entry -> new Holding.Collateral(entry.number(), balance));
            default ->
                Optional.of(AssetEntry.owed(listing, asset)
                        .map(entry -> new Holding.Debt(entry.number(), balance.abs()))
                        .orElseThrow(() -> new PayloadRefused(
                                venue, "balance of " + asset, balance.toString(), "must be listed, for it is owed")));
        };
    }
}
