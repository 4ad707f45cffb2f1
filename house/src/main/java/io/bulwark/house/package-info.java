/**
 * The house from top to bottom: venues are read, snapshots booked, accounts netted, margined, sealed and proved.
 *
 * <p>Takes a founding file, adapters and the books. Gives sealed epochs with their statements, and repeats any of them from the
 * books alone. Invariant: what is sealed is a pure function of {@link io.bulwark.house.epoch.EpochMaterial}. Speaks no HTTP and writes no text for people.
 */
@NullMarked
package io.bulwark.house;

import org.jspecify.annotations.NullMarked;
