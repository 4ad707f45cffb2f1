package io.bulwark.api.inquiry;

import io.bulwark.house.epoch.AccountLine;
import io.bulwark.house.epoch.ComputedEpoch;
import io.bulwark.netting.buffer.BufferCharge;
import io.bulwark.netting.buffer.HouseBuffer;
import io.bulwark.netting.margin.MarginStatement;
import io.micronaut.serde.annotation.Serdeable;
import java.util.Optional;

/**
 * The un-leveraged pool that the contagion buffer feeds: a holding and no fee. It stays in its owners' accounts, backs no margin and no trade, cannot be taken out while it is asked, and is the first
 * equity that contagion uses up, before the fund. Accounts without a margin are not counted.
 *
 * @param asked Σ of the buffers
 * @param held Σ of what is there for them: E − IM of each account, between 0 and its buffer
 * @param missing asked − held: accounts in a call may lack theirs
 * @param ownSize Σ of the parts that depend on an account's own size, rounded up: the most that dividing accounts can save on closing out at fixed published totals
 */
@Serdeable
public record BufferPool(Money asked, Money held, Money missing, Money ownSize) {
    private static final long MICRO_PER_U = 100;

    /** The pool of an epoch; empty where the house publishes no contagion buffer. */
    public static Optional<BufferPool> of(ComputedEpoch epoch) {
        return epoch.buffer().map(buffer -> of(epoch, buffer));
    }

    private static BufferPool of(ComputedEpoch epoch, HouseBuffer buffer) {
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
        return new BufferPool(
                Money.of(asked), Money.of(held), Money.of(asked - held), Money.of(Math.ceilDiv(ownSize, MICRO_PER_U)));
    }
}
