package io.bulwark.netting.scenario;

import io.bulwark.clearing.governance.Parameter;
import io.bulwark.clearing.governance.ParameterSet;

/** Where the volatilities of the options of a table come from. */
public enum SurfaceModel {
    /** The venue's own volatility of each option; without a fresh one an option is left out. */
    VENUE_MARKS,
    /** The fitted surface of the underlying: every option of a fitted underlying has a price. */
    FITTED,
    /** The fitted surface with its learned residual, where its rules let it. */
    LEARNED;

    /** The choice of the house. */
    public static final Parameter CHOICE =
            new Parameter("surface.model", "0 venue marks, 1 fitted surface, 2 learned surface", 0, 2, 0);

    /** The choice in force. */
    public static SurfaceModel of(ParameterSet parameters) {
        return values()[Math.toIntExact(parameters.value(CHOICE))];
    }
}
