package io.bulwark.house.epoch;

import io.bulwark.netting.margin.HedgingBenefit;
import io.bulwark.netting.margin.MarginStatement;
import java.util.List;
import java.util.Optional;

/** The margin of an account in an epoch, or why it has none. */
public sealed interface AccountMargin {
    /** The statement, if there is one. */
    default Optional<MarginStatement> stated() {
        return switch (this) {
            case Stated(MarginStatement statement, HedgingBenefit ignored) -> Optional.of(statement);
            case Without ignored -> Optional.empty();
        };
    }

    /**
     * A margin.
     *
     * @param statement the integers and their explanation
     * @param hedging what holding the entries together saves
     */
    record Stated(MarginStatement statement, HedgingBenefit hedging) implements AccountMargin {}

    /**
     * No margin in this epoch.
     *
     * @param reasons one sentence each
     */
    record Without(List<String> reasons) implements AccountMargin {
        /** Copies the reasons. */
        public Without {
            reasons = List.copyOf(reasons);
        }
    }
}
