package io.bulwark.insurance.liquidation;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.hipparchus.fraction.BigFraction;

/**
 * A sealed-bid auction in which all who win pay the same price: the lowest that wins anything.
 *
 * <p>Bids below the reserve are void: without a reserve, one lot bid at nothing would take the price down with it (contagion
 * design, section 2). Within the marginal price everybody is filled pro rata.
 *
 * @param fills what each bid wins, highest price first, then in the order of the bids; bids that win nothing are left out
 * @param clearingPrice price of the last group that wins anything; the reserve if nothing is sold; empty if there is none
 * @param unsold quantity to be offered again
 * @param proceeds sold quantity at the clearing price
 */
public record UniformPriceAuction(
        List<Fill> fills, Optional<BigFraction> clearingPrice, BigFraction unsold, BigFraction proceeds) {
    /**
     * What one bid wins.
     *
     * @param bid the bid
     * @param quantity 0 < quantity ≤ the bid's
     */
    public record Fill(Bid bid, BigFraction quantity) {}

    /** Copies the fills. */
    public UniformPriceAuction {
        fills = List.copyOf(fills);
    }

    /**
     * Settles the auction.
     *
     * @param quantity for sale, ≥ 0
     * @param reserve lowest price at which anything is sold; empty for none
     * @param bids in order of arrival
     */
    public static UniformPriceAuction settle(BigFraction quantity, Optional<BigFraction> reserve, List<Bid> bids) {
        if (quantity.signum() < 0) {
            throw new IllegalArgumentException("quantity must be >= 0; have " + quantity);
        }
        BigFraction rest = quantity;
        Optional<BigFraction> clearing = reserve;
        List<Fill> fills = new ArrayList<>();
        for (Map.Entry<BigFraction, List<Bid>> group : byPrice(reserve, bids).entrySet()) {
            BigFraction asked = group.getValue().stream().map(Bid::quantity).reduce(BigFraction.ZERO, BigFraction::add);
            BigFraction sold = Collections.min(List.of(rest, asked));
            if (sold.signum() == 0) {
                continue;
            }
            group.getValue().stream()
                    .filter(bid -> bid.quantity().signum() > 0)
                    .forEach(bid -> fills.add(
                            new Fill(bid, bid.quantity().multiply(sold).divide(asked))));
            rest = rest.subtract(sold);
            clearing = Optional.of(group.getKey());
        }
        BigFraction sold = quantity.subtract(rest);
        return new UniformPriceAuction(
                fills, clearing, rest, clearing.map(sold::multiply).orElse(BigFraction.ZERO));
    }

    private static TreeMap<BigFraction, List<Bid>> byPrice(Optional<BigFraction> reserve, List<Bid> bids) {
        TreeMap<BigFraction, List<Bid>> groups = new TreeMap<>(Comparator.reverseOrder());
        bids.stream()
                .filter(bid -> reserve.map(r -> bid.price().compareTo(r) >= 0).orElse(true))
                .forEach(bid -> groups.computeIfAbsent(bid.price(), p -> new ArrayList<>())
                        .add(bid));
        return groups;
    }
}
