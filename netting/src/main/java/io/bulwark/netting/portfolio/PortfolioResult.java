package io.bulwark.netting.portfolio;

import java.util.List;

/** A portfolio, or why an account has none in this epoch. */
public sealed interface PortfolioResult permits Portfolio, PortfolioResult.None {
    /**
     * No portfolio, hence no margin in this epoch.
     *
     * @param reasons one sentence each, for people; never empty
     */
    record None(List<String> reasons) implements PortfolioResult {
        /** Copies the reasons. */
        public None {
            reasons = List.copyOf(reasons);
        }
    }
}
