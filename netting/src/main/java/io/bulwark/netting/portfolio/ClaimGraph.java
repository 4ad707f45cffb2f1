package io.bulwark.netting.portfolio;

import io.bulwark.clearing.account.VenueAccount;
import io.bulwark.clearing.position.HeldClaim;
import io.bulwark.clearing.position.Holding;
import io.bulwark.clearing.position.VenueSnapshot;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Who holds whose books' entries, over all that an epoch's venues say: the graph whose arrows run from a claim to the contract that keeps what the claim is on, and on to
 * what stands in that contract's own name.
 *
 * <p>An entry that two venues read is one claim: it is credited to the venue account of the lower number. What a contract holds in its own name belongs to those who hold
 * claims on the contract: once one of them is credited, the contract's own account is not, wherever the entry stands and however many contracts lie between (a supply to a
 * pool, held by a vault, whose shares lie in a lending market). So no coin backs two accounts, and none backs itself.
 */
public final class ClaimGraph {
    private static final Comparator<VenueAccount> ORDER =
            Comparator.comparingInt(VenueAccount::venue).thenComparing(VenueAccount::address);

    /** Who reads each claim, first of all. */
    private final Map<HeldClaim, VenueAccount> readers = new TreeMap<>();

    /** Who holds a claim on each contract, directly or by a token that another keeps, first of all; claims of a contract on itself apart. */
    private final Map<Contract, VenueAccount> holders = new HashMap<>();

    private record Contract(long chain, String address) {}

    private ClaimGraph() {}

    /**
     * The graph of an epoch.
     *
     * @param snapshots all that count, of every account; in any order
     */
    public static ClaimGraph of(List<VenueSnapshot> snapshots) {
        ClaimGraph graph = new ClaimGraph();
        snapshots.stream()
                .sorted(Comparator.comparing(snapshot -> snapshot.raw().account(), ORDER))
                .forEach(snapshot -> snapshot.holdings()
                        .forEach(holding -> graph.add(snapshot.raw().account(), holding)));
        return graph;
    }

    private void add(VenueAccount account, Holding holding) {
        if (holding instanceof Holding.Collateral held && held.quantity().signum() > 0) {
            held.claim().ifPresent(claim -> add(account, claim));
        }
    }

    private void add(VenueAccount account, HeldClaim claim) {
        readers.putIfAbsent(claim.entry(), account);
        if (!claim.onItself()) {
            holders.putIfAbsent(new Contract(claim.chain(), claim.contract()), account);
            holders.putIfAbsent(new Contract(claim.chain(), claim.on()), account);
        }
    }

    /**
     * Where a claim is credited instead; empty if it is credited here. A contract's claim on itself is credited nowhere: then here is told.
     *
     * @param here the venue account that reads it
     */
    public Optional<VenueAccount> elsewhere(VenueAccount here, HeldClaim claim) {
        if (claim.onItself()) {
            return Optional.of(here);
        }
        VenueAccount first = readers.getOrDefault(claim.entry(), here);
        return first.equals(here)
                ? Optional.ofNullable(holders.get(new Contract(claim.chain(), claim.holder())))
                : Optional.of(first);
    }
}
