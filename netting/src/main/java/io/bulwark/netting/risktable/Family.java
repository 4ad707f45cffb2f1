package io.bulwark.netting.risktable;

import java.util.List;

/**
 * A scenario family: the worst over its points f of the sum over groups of the worst cell e of that point.
 *
 * @param name e.g. J, S, STAR
 * @param points one entry per f: the row numbers of its cells e, lowest first in order of preference on ties
 */
public record Family(String name, List<IntColumn> points) {
    /** Copies and checks. */
    public Family {
        points = List.copyOf(points);
        Require.notBlank(name, "family name");
        Require.that(!points.isEmpty(), "family " + name, "must have a point", 0);
        for (IntColumn cells : points) {
            Require.that(cells.length() > 0, "family " + name, "must have a cell in every point", 0);
        }
    }
}
