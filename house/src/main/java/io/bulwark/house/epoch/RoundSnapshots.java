package io.bulwark.house.epoch;

import io.bulwark.clearing.account.VenueAccount;
import io.bulwark.clearing.document.Digest;
import io.bulwark.clearing.node.NodeList;
import io.bulwark.clearing.observation.Observations;
import io.bulwark.clearing.position.RawSnapshot;
import io.bulwark.clearing.round.RoundRecord;
import io.bulwark.house.survey.Meanings;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What a round of nodes agrees on, account by account: the one function by which every node and every auditor takes snapshots from
 * a record.
 *
 * @param nodes who may observe
 * @param meanings what bytes of venues mean
 */
record RoundSnapshots(NodeList nodes, Meanings meanings) {
    /** Where bytes of snapshots lie. */
    interface Bytes {
        /** The snapshot of an id. Whoever has not all that a record names can say nothing of it, and throws. */
        RawSnapshot of(Digest id);
    }

    /**
     * The snapshots of the epoch that follows a record: of each account what at least t nodes observed of it and agree on, if it is
     * not older than what stood before;
     * else what stood before.
     *
     * @param before the snapshots of the epoch before; empty in the first
     */
    SortedMap<VenueAccount, RawSnapshot> of(RoundRecord record, Bytes bytes, Map<VenueAccount, RawSnapshot> before) {
        SortedMap<VenueAccount, SortedMap<Digest, Digest>> observed = record.observed();
        TreeSet<VenueAccount> accounts = new TreeSet<>(observed.comparator());
        accounts.addAll(observed.keySet());
        accounts.addAll(before.keySet());
        TreeMap<VenueAccount, RawSnapshot> chosen = new TreeMap<>(observed.comparator());
        for (VenueAccount account : accounts) {
            TreeMap<Digest, RawSnapshot> contents = new TreeMap<>();
            observed.getOrDefault(account, new TreeMap<>()).forEach((node, id) -> {
                RawSnapshot raw = bytes.of(id);
                if (raw.account().equals(account) && !Observations.isSealed(raw)) {
                    contents.put(node, raw);
                }
            });
            Optional<RawSnapshot> old = Optional.ofNullable(before.get(account));
            agreed(contents)
                    .filter(now -> old.stream()
                            .allMatch(then ->
                                    then.horizon().timeMillis() <= now.horizon().timeMillis()))
                    .or(() -> old)
                    .ifPresent(snapshot -> chosen.put(account, snapshot));
        }
        return chosen;
    }

    private Optional<RawSnapshot> agreed(SortedMap<Digest, RawSnapshot> contents) {
        if (contents.size() < nodes.threshold()) {
            return Optional.empty();
        }
        RawSnapshot sealed = new Observations(nodes.threshold(), contents).sealed();
        return sealed.horizon().sealable() && meanings.understood(sealed).isPresent()
                ? Optional.of(sealed)
                : Optional.empty();
    }
}
