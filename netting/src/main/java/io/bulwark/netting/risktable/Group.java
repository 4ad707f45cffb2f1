package io.bulwark.netting.risktable;

import java.util.Optional;

/**
 * A group of entries whose prices move together: one underlying, one two-asset product, or USD.
 *
 * @param number permanent number
 * @param id e.g. ETH
 * @param charges what the group charges; empty for USD and two-asset groups, which have none of these charges
 */
public record Group(int number, String id, Optional<GroupCharges> charges) {
    /** Checks the id and the number. */
    public Group {
        Require.notBlank(id, "group id");
        Require.notNegative(number, "number of group " + id);
    }
}
