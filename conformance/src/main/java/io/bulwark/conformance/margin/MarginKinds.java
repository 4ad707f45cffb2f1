package io.bulwark.conformance.margin;

import io.bulwark.conformance.Computation;
import io.bulwark.conformance.Kinds;
import java.util.List;

/** Every kind of case that asks for the house's own numbers. */
public final class MarginKinds implements Kinds {
    @Override
    public List<Computation> computations() {
        return List.of(
                AllocationCases.kinds(),
                new AmericanCases(),
                new BacktestCases(),
                BufferCases.kinds(),
                new DistributionCases(),
                new EstimatorCases(),
                FireSaleCases.kinds(),
                new HarCases(),
                new MarginCases(),
                new VenueRiskCases(),
                NetworkCases.kinds(),
                new OptionCases(),
                ReuseCases.kinds(),
                new StraddleCases(),
                new TailCases(),
                new TwoAssetCases());
    }
}
