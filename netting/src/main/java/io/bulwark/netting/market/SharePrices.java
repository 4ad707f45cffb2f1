package io.bulwark.netting.market;

import io.bulwark.clearing.instrument.Instrument;
import io.bulwark.clearing.instrument.ListedAsset;
import io.bulwark.clearing.instrument.Listing;
import io.bulwark.clearing.money.Amount;
import io.bulwark.clearing.oracle.Measure;
import io.bulwark.clearing.oracle.PriceBook;
import io.bulwark.clearing.oracle.Quote;
import java.util.Map;
import java.util.Optional;

/**
 * Prices of shares of vaults and pools by look-through: from the reported content of a share and the prices of what it holds.
 *
 * <p>The smaller of a share's own reported price and its look-through value counts; where one was never reported, the other; where
 * one is stale, none. A share is never taken at par: what it holds may have been lost.
 */
final class SharePrices {
    private final Listing listing;
    private final PriceBook book;
    private final Map<Integer, Amount> groups;
    private final Map<Integer, Amount> assets;

    /**
     * Over prices that are known already.
     *
     * @param groups by number
     * @param assets by number, those that are no shares
     */
    SharePrices(Listing listing, PriceBook book, Map<Integer, Amount> groups, Map<Integer, Amount> assets) {
        this.listing = listing;
        this.book = book;
        this.groups = groups;
        this.assets = assets;
    }

    /** Whether an asset is valued here. A basket counts by its components and has no price of its own. */
    static boolean isShare(ListedAsset asset) {
        return asset.form() instanceof Instrument.VaultShare
                || asset.form() instanceof Instrument.LiquidityShare
                || asset.form() instanceof Instrument.Basket;
    }

    /** USD for one share. */
    Optional<Amount> of(ListedAsset share) {
        Quote own = book.quote(Measure.INDEX_PRICE, share.name());
        Worth holds = worth(share);
        if (own instanceof Quote.Stale || holds instanceof Worth.Stale) {
            return Optional.empty();
        }
        Optional<Amount> reported =
                own instanceof Quote.Believed believed ? Optional.of(believed.value()) : Optional.empty();
        Optional<Amount> seen = holds instanceof Worth.Known known ? Optional.of(known.value()) : Optional.empty();
        return reported.isPresent() && seen.isPresent()
                ? Optional.of(smaller(reported.orElseThrow(), seen.orElseThrow()))
                : reported.or(() -> seen);
    }

    /** What a share holds. */
    private sealed interface Worth {
        /** In USD. */
        record Known(Amount value) implements Worth {}

        /** A content or a price is stale. */
        record Stale() implements Worth {}

        /** Nobody ever reported its content. */
        record Unknown() implements Worth {}
    }

    private Worth worth(ListedAsset share) {
        return switch (share.form()) {
            case Instrument.VaultShare vault -> {
                Quote content = content(share, vault.asset());
                yield content instanceof Quote.Absent
                        ? new Worth.Unknown()
                        : known(believed(content)
                                .flatMap(held -> price(vault.asset()).map(p -> ShareValue.ofVault(held, p))));
            }
            case Instrument.LiquidityShare pool -> pool(share, pool);
            case Instrument.Basket ignored -> new Worth.Unknown();
            case Instrument.Spot ignored -> new Worth.Unknown();
            case Instrument.LendingClaim ignored -> new Worth.Unknown();
            case Instrument.Debt ignored -> new Worth.Unknown();
            case Instrument.Perpetual ignored -> new Worth.Unknown();
            case Instrument.Future ignored -> new Worth.Unknown();
            case Instrument.Option ignored -> new Worth.Unknown();
        };
    }

    private Worth pool(ListedAsset share, Instrument.LiquidityShare pool) {
        Quote first = content(share, pool.first());
        Quote second = content(share, pool.second());
        if (first instanceof Quote.Absent && second instanceof Quote.Absent) {
            return new Worth.Unknown();
        }
        return known(believed(first)
                .flatMap(x -> believed(second)
                        .flatMap(y -> price(pool.first())
                                .flatMap(p -> price(pool.second()).map(q -> ShareValue.ofPool(x, p, y, q))))));
    }

    private static Worth known(Optional<Amount> value) {
        return value.isPresent() ? new Worth.Known(value.orElseThrow()) : new Worth.Stale();
    }

    private Quote content(ListedAsset share, String underlying) {
        return book.quote(Measure.SHARE_CONTENT, share.name() + "/" + underlying);
    }

    private Optional<Amount> price(String name) {
        Optional<Amount> ofAsset =
                listing.assetNamed(name).flatMap(asset -> Optional.ofNullable(assets.get(asset.number())));
        return ofAsset.or(
                () -> listing.groupNamed(name).flatMap(group -> Optional.ofNullable(groups.get(group.number()))));
    }

    private static Optional<Amount> believed(Quote quote) {
        return quote instanceof Quote.Believed believed ? Optional.of(believed.value()) : Optional.empty();
    }

    private static Amount smaller(Amount a, Amount b) {
        return a.compareTo(b) <= 0 ? a : b;
    }
}
