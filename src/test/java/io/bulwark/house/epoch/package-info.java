/** Epochs that are computed wrong, for the journeys of nodes: they stand beside the computation, so that all but one number is its own. */
@NullMarked
package io.bulwark.house.epoch;

import org.jspecify.annotations.NullMarked;
