package io.bulwark.netting.buffer;

import java.util.List;

/**
 * The buffer of one account by name, micro-USD.
 *
 * @param account its name
 * @param transmittedPerScenario T under the charged vector of each scenario
 * @param transmitted the largest of them
 * @param closeOutByGroup what leaving each group after the crowd costs, both sides, rounded up once a group
 * @param closeOut their sum
 * @param ownSize the part of it that depends on the account's own size: the most that splitting can save at fixed totals
 * @param closeOutExcess Σ over groups of what exceeds the quiet exit that the initial margin charges already
 * @param vega short-volatility crowding beyond what the initial margin charges already
 * @param buffer transmitted + closeOutExcess + vega
 */
public record BufferCharge(
        String account,
        List<Long> transmittedPerScenario,
        long transmitted,
        List<Long> closeOutByGroup,
        long closeOut,
        long ownSize,
        long closeOutExcess,
        long vega,
        long buffer) {
    /** Copies the lists; the parts must add up. */
    public BufferCharge {
        transmittedPerScenario = List.copyOf(transmittedPerScenario);
        closeOutByGroup = List.copyOf(closeOutByGroup);
        long sum = Math.addExact(Math.addExact(transmitted, closeOutExcess), vega);
        if (sum != buffer) {
            throw new IllegalArgumentException("parts of the buffer of " + account + " must add up to " + buffer
                    + "; have " + transmitted + " + " + closeOutExcess + " + " + vega);
        }
    }
}
