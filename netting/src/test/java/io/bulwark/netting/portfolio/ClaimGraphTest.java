package io.bulwark.netting.portfolio;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.bulwark.clearing.account.VenueAccount;
import io.bulwark.clearing.money.Amount;
import io.bulwark.clearing.position.EvidenceGrade;
import io.bulwark.clearing.position.HeldClaim;
import io.bulwark.clearing.position.Holding;
import io.bulwark.clearing.position.Horizon;
import io.bulwark.clearing.position.RawSnapshot;
import io.bulwark.clearing.position.VenueSnapshot;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Contracts and holders are letters; a claim "a>v" is v's entry in the books of a. */
class ClaimGraphTest {
    private static final long CHAIN = 1;

    @Test
    void shouldCreditAnEntryThatTwoVenuesReadToTheFirst() {
        ClaimGraph graph = graph(read(1, "u", "1", "a>u"), read(0, "u", "1", "a>u"));
        assertEquals(Optional.empty(), graph.elsewhere(at(0, "u"), claim("a>u")));
        assertEquals(Optional.of(at(0, "u")), graph.elsewhere(at(1, "u"), claim("a>u")));
    }

    @Test
    void shouldTellApartBooksHoldersContractsAndChains() {
        ClaimGraph graph = graph(read(0, "u", "1", "a>u"), read(0, "w", "1", "a>w"), read(1, "u", "1", "b>u"));
        assertEquals(Optional.empty(), graph.elsewhere(at(0, "w"), claim("a>w")));
        assertEquals(Optional.empty(), graph.elsewhere(at(1, "u"), claim("b>u")));
        assertEquals(Optional.empty(), graph.elsewhere(at(1, "u"), new HeldClaim(2, "a", "", "u", "a")));
        assertEquals(Optional.empty(), graph.elsewhere(at(1, "u"), new HeldClaim(CHAIN, "a", "market", "u", "a")));
    }

    @Test
    void shouldGiveWhatAContractHoldsToThoseWhoHoldTheContract() {
        VenueSnapshot vault = read(0, "v", "1", "a>v");
        assertEquals(Optional.empty(), graph(vault).elsewhere(at(0, "v"), claim("a>v")));
        assertEquals(
                Optional.empty(),
                graph(vault, read(1, "u", "0", "v>u")).elsewhere(at(0, "v"), claim("a>v")),
                "nobody holds a share");
        ClaimGraph shared = graph(vault, read(1, "u", "1", "v>u"));
        assertEquals(Optional.of(at(1, "u")), shared.elsewhere(at(0, "v"), claim("a>v")));
        assertEquals(Optional.empty(), shared.elsewhere(at(1, "u"), claim("v>u")));
        assertEquals(
                Optional.empty(), shared.elsewhere(at(0, "v"), new HeldClaim(2, "a", "", "v", "a")), "another chain");
    }

    /** Supply in a vault in a market: each contract is an account of the house, and one person's claim is left. */
    @Test
    void shouldFollowAClaimThroughAnyNumberOfContracts() {
        List<String> claims = List.of("a>v", "v>m", "m>u");
        ClaimGraph graph = graph(claims.stream()
                .map(text -> read(0, claim(text).holder(), "1", text))
                .toArray(VenueSnapshot[]::new));
        assertEquals(
                List.of("m>u"),
                claims.stream()
                        .filter(text -> graph.elsewhere(at(0, claim(text).holder()), claim(text))
                                .isEmpty())
                        .toList());
    }

    /** Shares of v that lie in a market: nobody need read the market's own account to know that u's claim is on them. */
    @Test
    void shouldFollowATokenThatAnotherContractKeeps() {
        VenueSnapshot vault = read(0, "v", "1", "a>v");
        VenueSnapshot posted = reads(1, "u", List.of(new HeldClaim(CHAIN, "m", "collateral", "u", "v")));
        assertEquals(Optional.of(at(1, "u")), graph(vault, posted).elsewhere(at(0, "v"), claim("a>v")));
        HeldClaim own = new HeldClaim(CHAIN, "m", "collateral", "v", "v");
        assertEquals(
                Optional.of(at(0, "v")), graph(reads(0, "v", List.of(own))).elsewhere(at(0, "v"), own), "on itself");
        VenueSnapshot twice = reads(0, "u", List.of(new HeldClaim(CHAIN, "a", "", "u", "coin")));
        assertEquals(
                Optional.of(at(0, "u")),
                graph(twice, read(1, "u", "1", "a>u")).elsewhere(at(1, "u"), claim("a>u")),
                "the same entry, whoever tells the token behind it");
    }

    @Test
    void shouldCreditNobodyWithWhatBacksItself() {
        ClaimGraph self = graph(read(0, "v", "1", "v>v", "a>v"));
        assertEquals(Optional.of(at(0, "v")), self.elsewhere(at(0, "v"), claim("v>v")));
        assertEquals(Optional.empty(), self.elsewhere(at(0, "v"), claim("a>v")), "its own shares are nobody's");
        ClaimGraph ring = graph(read(0, "v", "1", "w>v"), read(0, "w", "1", "v>w"));
        assertEquals(Optional.of(at(0, "w")), ring.elsewhere(at(0, "v"), claim("w>v")));
        assertEquals(Optional.of(at(0, "v")), ring.elsewhere(at(0, "w"), claim("v>w")));
    }

    /** Whatever is drawn: the order of snapshots changes nothing, no claim is credited twice, and no credited claim rests on another. */
    @Test
    void shouldCreditNoCoinTwiceOverRandomGraphs() {
        Random random = new Random(7_011);
        for (int draw = 0; draw < 3_000; draw++) {
            List<VenueSnapshot> snapshots = new ArrayList<>();
            for (int venue = 0; venue < 3; venue++) {
                for (String holder : List.of("t", "u", "v", "w", "x")) {
                    String[] claims = Stream.of("a", "t", "u", "v", "w")
                            .filter(contract -> random.nextInt(4) == 0)
                            .map(contract -> contract + ">" + holder)
                            .toArray(String[]::new);
                    snapshots.add(read(venue, holder, "1", claims));
                }
            }
            List<String> credited = credited(snapshots);
            assertEquals(credited.stream().distinct().toList(), credited);
            List<String> contracts =
                    credited.stream().map(text -> claim(text).contract()).toList();
            assertEquals(
                    List.of(),
                    credited.stream()
                            .filter(text -> contracts.contains(claim(text).holder()))
                            .toList());
            Collections.shuffle(snapshots, random);
            assertEquals(credited, credited(snapshots));
        }
    }

    private static List<String> credited(List<VenueSnapshot> snapshots) {
        ClaimGraph graph = ClaimGraph.of(snapshots);
        return snapshots.stream()
                .flatMap(snapshot -> snapshot.holdings().stream()
                        .map(holding -> ((Holding.Collateral) holding).claim().orElseThrow())
                        .filter(claim ->
                                graph.elsewhere(snapshot.raw().account(), claim).isEmpty()))
                .map(claim -> claim.contract() + ">" + claim.holder())
                .sorted()
                .toList();
    }

    private static ClaimGraph graph(VenueSnapshot... snapshots) {
        return ClaimGraph.of(List.of(snapshots));
    }

    private static VenueAccount at(int venue, String holder) {
        return new VenueAccount(venue, holder);
    }

    private static HeldClaim claim(String text) {
        return HeldClaim.token(CHAIN, text.substring(0, 1), text.substring(2));
    }

    private static VenueSnapshot read(int venue, String holder, String quantity, String... claims) {
        return reads(
                venue,
                holder,
                quantity,
                Stream.of(claims).map(ClaimGraphTest::claim).toList());
    }

    private static VenueSnapshot reads(int venue, String holder, List<HeldClaim> claims) {
        return reads(venue, holder, "1", claims);
    }

    private static VenueSnapshot reads(int venue, String holder, String quantity, List<HeldClaim> claims) {
        List<Holding> holdings = claims.stream()
                .map(claim -> (Holding) new Holding.Collateral(0, Amount.of(quantity), Optional.of(claim)))
                .toList();
        RawSnapshot raw = new RawSnapshot(at(venue, holder), new Horizon.VenueTime(1), List.of());
        return new VenueSnapshot(raw, holdings, List.of(), EvidenceGrade.UNSIGNED);
    }
}
