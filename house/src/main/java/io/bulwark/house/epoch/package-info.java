/**
 * An epoch as one pure function of its sealed inputs, for sealing and for replay.
 *
 * <p>Takes {@link io.bulwark.house.epoch.EpochMaterial}. Gives a {@link io.bulwark.house.epoch.ComputedEpoch}: table, margins, buffers, roots. Invariant: the archive finds
 * every byte of it again from the books. What contracts take of an epoch, and of the block that a mirror reads it in, is signed here too:
 * {@link io.bulwark.house.epoch.ChainAttestation}, {@link io.bulwark.house.epoch.ChainAttestation.ActAttestation}.
 */
@NullMarked
package io.bulwark.house.epoch;

import org.jspecify.annotations.NullMarked;
