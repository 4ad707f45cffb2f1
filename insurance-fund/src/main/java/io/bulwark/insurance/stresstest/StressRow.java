package io.bulwark.insurance.stresstest;

import java.util.List;

/**
 * One row of the vault table and what it would ask of the fund.
 *
 * @param row number of the row
 * @param scenario the row in words
 * @param members every member who loses beyond margin, largest first, then by name
 */
public record StressRow(int row, String scenario, List<MemberLoss> members) {
    private static final int COVERED = 2;

    /** Copies the members. */
    public StressRow {
        members = List.copyOf(members);
    }

    /** The two who lose most; fewer where fewer lose. */
    public List<MemberLoss> pair() {
        return members.subList(0, Math.min(COVERED, members.size()));
    }

    /** What the pair loses beyond margin, u. */
    public long need() {
        return largest(COVERED);
    }

    /**
     * What the n who lose most lose beyond margin, u.
     *
     * @param n ≥ 0; more than there are losers asks for all
     */
    public long largest(int n) {
        return members.stream().limit(n).mapToLong(MemberLoss::beyondMargin).reduce(0, Math::addExact);
    }

    /** What all lose beyond margin, u. */
    public long total() {
        return largest(members.size());
    }
}
