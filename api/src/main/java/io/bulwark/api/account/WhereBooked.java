package io.bulwark.api.account;

import io.bulwark.api.account.EpochView.Uncredited;
import io.bulwark.netting.formula.Requirement;
import io.bulwark.netting.margin.MarginStatement;
import io.bulwark.netting.portfolio.MarginAccount;
import java.util.List;
import java.util.Optional;

/** What is known of an account that is booked, by where its lots come from. */
record WhereBooked(
        Optional<MarginByVenue> byVenue,
        List<Uncredited> uncredited,
        Optional<VenueRiskAnswer> venueRisk,
        List<MarginAnswer.Counted> standings,
        List<MarginAnswer.WrongSnapshot> superseded) {
    /** Of what is not booked nobody knows where it comes from; its venues do what they do. */
    static WhereBooked changed(MarginStatement statement, EpochView view) {
        return new WhereBooked(
                Optional.empty(),
                List.of(),
                view.venueRisk(statement.account(), statement.given()),
                List.of(),
                List.of());
    }

    static WhereBooked of(MarginAccount account, Requirement given, EpochView view) {
        return new WhereBooked(
                view.byVenue(account), view.uncredited(), view.venueRisk(account, given), view.told(), view.wrong());
    }
}
