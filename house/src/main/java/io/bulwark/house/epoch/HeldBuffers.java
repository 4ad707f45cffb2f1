package io.bulwark.house.epoch;

import io.bulwark.netting.buffer.BufferCharge;
import io.bulwark.netting.buffer.HouseBuffer;
import io.bulwark.netting.margin.MarginStatement;
import java.util.Optional;

/**
 * What members hold against contagion beside their margin, all accounts of an epoch together; u = 10⁻⁴ USD.
 *
 * @param asked Σ of the buffers
 * @param held Σ of what is there for them: E − IM of each account, between 0 and its buffer
 * @param ownSize Σ of the parts that depend on an account's own size, rounded up: the most that dividing accounts can save on closing out
 *     at fixed published totals
 */
public record HeldBuffers(long asked, long held, long ownSize) {
    private static final long MICRO_PER_U = 100;

    /** The pool of an epoch; empty where the house publishes no contagion buffer. */
    public static Optional<HeldBuffers> of(ComputedEpoch epoch) {
        return epoch.buffer().map(buffer -> of(epoch, buffer));
    }

    private static HeldBuffers of(ComputedEpoch epoch, HouseBuffer buffer) {
        long asked = 0;
        long held = 0;
        for (AccountLine line : epoch.accounts()) {
            if (line.margin().stated().isPresent()) {
                MarginStatement statement = line.margin().stated().get();
                long its = HouseBuffer.inU(
                        buffer.charge(Integer.toString(line.number())).orElseThrow());
                asked = Math.addExact(asked, its);
                held = Math.addExact(held, Math.clamp(statement.given().excessInitial(), 0, its));
            }
        }
        long ownSize =
                buffer.charges().stream().mapToLong(BufferCharge::ownSize).reduce(0, Math::addExact);
        return new HeldBuffers(asked, held, Math.ceilDiv(ownSize, MICRO_PER_U));
    }

    /** What accounts in a call may lack of their buffers: asked − held. */
    public long missing() {
        return asked - held;
    }
}
