package io.bulwark.conformance.published;

import io.bulwark.conformance.Computation;
import io.bulwark.conformance.Kinds;
import java.util.List;

/** Every kind of case that asks for the numbers of somebody else's published rule. */
public final class PublishedKinds implements Kinds {
    @Override
    public List<Computation> computations() {
        return List.of(
                AuctionCases.kinds(),
                BaselCases.kinds(),
                DeleveragingCases.kinds(),
                new DeribitCases(),
                new DeriveCases(),
                HistoricCases.kinds(),
                SaCcrCases.kinds(),
                WaterfallCases.kinds());
    }
}
