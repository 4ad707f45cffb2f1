package io.bulwark.netting.action;

import io.bulwark.netting.buffer.HouseBuffer;
import io.bulwark.netting.margin.Requirement;
import io.bulwark.netting.portfolio.MarginAccount;

/**
 * An account of a house that publishes a contagion buffer.
 *
 * @param house the buffer of the epoch
 * @param name of the account in it; another name is an account that comes in
 */
public record BufferedAccount(HouseBuffer house, String name) {
    /** What the account must hold beside its initial margin when it is as given, u. */
    long afterwards(MarginAccount account, Requirement requirement) {
        return house.afterwards(name, account, requirement);
    }
}
