package io.bulwark.adapter.deribit;

import io.bulwark.adapter.PayloadRefused;
import io.bulwark.adapter.fact.Fact;
import io.bulwark.adapter.fact.FactSheet;
import io.bulwark.clearing.position.VenueStanding;
import java.util.List;
import java.util.Optional;

/**
 * What the venue counts of an account. With cross collateral every currency restates the portfolio, in USD; else the venue margins and
 * liquidates each currency by itself, in its coin.
 */
final class DeribitStanding {
    private DeribitStanding() {}

    static List<VenueStanding> of(FactSheet said) {
        List<Fact> margins = said.all("margin balance of the portfolio");
        if (!margins.isEmpty()) {
            Fact first = margins.getFirst();
            Optional<Fact> required = said.sameRow(first, "maintenance margin of the portfolio");
            requireRestated(first, margins);
            required.ifPresent(margin -> requireRestated(margin, said.all("maintenance margin of the portfolio")));
            return List.of(VenueStanding.of(said.count(
                    VenueStanding.USD,
                    Optional.of(first),
                    required,
                    List.of("total_margin_balance_usd", "total_maintenance_margin_usd"))));
        }
        return said.all("balance and realised").stream()
                .map(coins -> VenueStanding.of(said.count(
                                coins.subject(),
                                said.sameRow(coins, "margin balance"),
                                said.sameRow(coins, "maintenance margin"),
                                List.of("margin_balance", "maintenance_margin")))
                        .in(VenueStanding.Pocket.of(coins.subject(), List.of())))
                .toList();
    }

    private static void requireRestated(Fact first, List<Fact> every) {
        for (Fact other : every) {
            if (!other.signed().equals(first.signed())) {
                throw new PayloadRefused(
                        DeribitDecoder.VENUE,
                        other.path(),
                        other.signed().toString(),
                        "must be the portfolio's " + first.signed());
            }
        }
    }
}
