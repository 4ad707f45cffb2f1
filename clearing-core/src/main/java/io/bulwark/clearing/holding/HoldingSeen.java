package io.bulwark.clearing.holding;

import static io.bulwark.clearing.document.CanonicalValue.array;
import static io.bulwark.clearing.document.CanonicalValue.bytes;
import static io.bulwark.clearing.document.CanonicalValue.integer;
import static io.bulwark.clearing.document.CanonicalValue.text;

import io.bulwark.clearing.attestation.HoldingPurpose;
import io.bulwark.clearing.document.CanonicalValue;
import io.bulwark.clearing.document.Digest;

/**
 * What whoever has seen a holding signs: what, how much, where, when and for what. It names house, epoch and purpose, so that it serves no other.
 *
 * @param house the house
 * @param epoch number of the epoch
 * @param purpose what it is held for
 * @param held cash, asset or instrument
 * @param lots how much
 * @param place where
 * @param atMillis when
 */
public record HoldingSeen(
        Digest house, long epoch, HoldingPurpose purpose, Held held, long lots, String place, long atMillis) {
    /** Of a holding in a list. */
    public static HoldingSeen of(HoldingList list, ReserveHolding holding) {
        return new HoldingSeen(
                list.house(),
                list.epoch(),
                list.purpose(),
                holding.held(),
                holding.lots(),
                holding.place(),
                holding.atMillis());
    }

    /** ["bulwark-holding-seen", 1, house, epoch, for, held, lots, place, at]; its bytes are signed. */
    public CanonicalValue canonical() {
        return array(
                text("bulwark-holding-seen"),
                integer(1),
                bytes(house),
                integer(epoch),
                text(purpose.word()),
                held.canonical(),
                integer(lots),
                text(place),
                integer(atMillis));
    }
}
