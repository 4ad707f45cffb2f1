package io.bulwark.api.fund;

import io.bulwark.api.door.Money;
import io.bulwark.house.epoch.ComputedEpoch;
import io.bulwark.house.epoch.HeldBuffers;
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
record BufferPool(Money asked, Money held, Money missing, Money ownSize) {
    /** The pool of an epoch; empty where the house publishes no contagion buffer. */
    static Optional<BufferPool> of(ComputedEpoch epoch) {
        return HeldBuffers.of(epoch)
                .map(pool -> new BufferPool(
                        Money.of(pool.asked()),
                        Money.of(pool.held()),
                        Money.of(pool.missing()),
                        Money.of(pool.ownSize())));
    }
}
