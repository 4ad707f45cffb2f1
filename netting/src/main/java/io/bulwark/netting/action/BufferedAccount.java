package io.bulwark.netting.action;

import io.bulwark.netting.buffer.HouseBuffer;
import io.bulwark.netting.margin.Candidate;
import java.util.Optional;

/**
 * An account of a house that publishes a contagion buffer.
 *
 * @param house the buffer of the epoch
 * @param name of the account in it; another name is an account that comes in
 */
public record BufferedAccount(HouseBuffer house, String name) {
    /** Why the buffer of a candidate for the account cannot be counted. */
    public Optional<String> fault(Candidate candidate) {
        return house.fault(name, candidate.account(), candidate.requirement());
    }

    /** What a candidate for the account must hold beside its initial margin, and where it would go beyond the headroom. */
    public HouseBuffer.Afterwards afterwards(Candidate candidate) {
        return house.afterwards(name, candidate.account(), candidate.requirement());
    }
}
