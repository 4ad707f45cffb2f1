package io.bulwark.insurance.regulatory;

import java.util.List;

/**
 * Hypothetical capital of a qualifying central counterparty and what its members must hold against their contributions.
 * Source: Basel Framework CRE54.26 to CRE54.31.
 *
 * @param hypotheticalCapital K_CCP = Σ EAD · 20 % · 8 %
 * @param prefundedByMembers sum of the members' contributions
 * @param members each member's capital, in the order asked
 */
public record CentralCounterpartyCapital(
        double hypotheticalCapital, double prefundedByMembers, List<MemberCapital> members) {
    private static final double RISK_WEIGHT = 0.20;
    private static final double CAPITAL_RATIO = 0.08;
    private static final double FLOOR_WEIGHT = 0.02;
    private static final double TRADE_WEIGHT = 0.02;
    private static final double RWA_PER_CAPITAL = 12.5;

    /**
     * A member as its clearing house sees it.
     *
     * @param id name
     * @param exposure EAD of the house to the member after margin and contribution
     * @param contribution prefunded, to the mutual fund
     * @param tradeExposure of the member to the house
     */
    public record Member(String id, double exposure, double contribution, double tradeExposure) {}

    /**
     * Capital of one member.
     *
     * @param id name
     * @param capital K_CM for its contribution
     * @param fundAssets risk-weighted assets of the contribution
     * @param tradeAssets risk-weighted assets of its trades, 2 %
     * @param floorBinds whether the floor 8 % · 2 % · contribution decided
     */
    public record MemberCapital(String id, double capital, double fundAssets, double tradeAssets, boolean floorBinds) {
        /** Contribution and trades together. */
        public double totalAssets() {
            return fundAssets + tradeAssets;
        }
    }

    /** Copies the members. */
    public CentralCounterpartyCapital {
        members = List.copyOf(members);
    }

    /**
     * Computes it.
     *
     * @param members all of them
     * @param ownCapital of the house that pays before the members' contributions; together with these > 0
     */
    public static CentralCounterpartyCapital of(List<Member> members, double ownCapital) {
        double capital = hypothetical(members);
        double fund = members.stream().mapToDouble(Member::contribution).sum();
        if (!(ownCapital + fund > 0)) {
            throw new IllegalArgumentException(
                    "dfCcp and contributions together must be > 0; have " + (ownCapital + fund));
        }
        return new CentralCounterpartyCapital(
                capital,
                fund,
                members.stream()
                        .map(m -> capital(m, capital / (ownCapital + fund)))
                        .toList());
    }

    /** K_CCP alone: it stands where nobody paid in. */
    public static double hypothetical(List<Member> members) {
        return members.stream().mapToDouble(Member::exposure).sum() * RISK_WEIGHT * CAPITAL_RATIO;
    }

    private static MemberCapital capital(Member member, double perContribution) {
        double share = perContribution * member.contribution();
        double floor = CAPITAL_RATIO * FLOOR_WEIGHT * member.contribution();
        double capital = Math.max(share, floor);
        return new MemberCapital(
                member.id(), capital, RWA_PER_CAPITAL * capital, TRADE_WEIGHT * member.tradeExposure(), floor > share);
    }
}
