package io.bulwark.house.epoch;

import io.bulwark.clearing.document.Digest;
import io.bulwark.clearing.epoch.EpochInputs;
import io.bulwark.clearing.epoch.EpochInputs.AccountInput;
import io.bulwark.clearing.governance.ParameterSet;
import io.bulwark.clearing.ledger.SupersededSnapshots;
import io.bulwark.clearing.ledger.SupersededSnapshots.Superseding;
import io.bulwark.house.founding.FoundingFile;
import io.bulwark.house.survey.SnapshotSet;
import io.bulwark.insurance.margincall.CallRecord;
import io.bulwark.insurance.vault.VaultRecord;
import io.bulwark.netting.buffer.EarlierTariff;
import io.bulwark.netting.liquidity.MarketRecord;
import io.bulwark.netting.margin.MarginStatement;
import io.bulwark.netting.risktable.RiskTable;
import io.bulwark.netting.volatility.PriceHistory;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * The sealed inputs of one epoch with the documents that they name, read from the books: all that the computation may see.
 *
 * @param place whose epoch it is, and which
 * @param inputs what is sealed
 * @param founding the founding file of the document {@code listing}
 * @param parameters the governed numbers of the document {@code parameters}
 * @param history the daily prices of the document {@code history}; empty if the house has none
 * @param earlier the buffer tariff of the epoch before, of the document {@code tariff}; empty where that epoch published none
 * @param before what the epoch before published of its market, of the documents {@code table} and {@code record}; empty in the first
 * @param vault what was asked of and received from those who pay into the fund, of the document {@code vault}; empty before
 *     anything was asked
 * @param calls the margin calls of the epoch before, of the document {@code calls}; empty where there were none
 * @param superseded what the quorum superseded, of the document {@code superseded}; empty while it was nothing
 * @param snapshots the snapshots that the inputs name, in their order
 */
public record EpochMaterial(
        Place place,
        EpochInputs inputs,
        FoundingFile founding,
        ParameterSet parameters,
        Optional<PriceHistory> history,
        Optional<EarlierTariff> earlier,
        Optional<Before> before,
        Optional<VaultRecord> vault,
        Optional<CallRecord> calls,
        Optional<SupersededSnapshots> superseded,
        SnapshotSet snapshots) {

    /**
     * One epoch among those of a house.
     *
     * @param house the house's identity
     * @param number the epoch's number
     * @param previous the digest of the epoch before; zero in the first
     */
    public record Place(Digest house, long number, Digest previous) {}

    /**
     * What the epoch before published of its market.
     *
     * @param table its risk table, from whose slopes this epoch's rise by at most one step
     * @param record what it and those before it observed
     */
    public record Before(RiskTable table, MarketRecord record) {}

    /** Checks that the snapshots are the named ones. */
    public EpochMaterial {
        List<Digest> named = inputs.snapshots().stream()
                .map(EpochInputs.SnapshotInput::snapshot)
                .toList();
        if (!named.equals(snapshots.ids())) {
            throw new IllegalArgumentException("snapshots must be the " + named.size() + " that the inputs name");
        }
    }

    /** Whether the epoch observes its market. One that was sealed before houses did names no such document. */
    boolean observes() {
        return inputs.documents().containsKey(EpochArchive.MARKET);
    }

    /** Numbers of the accounts whose members are frozen after a default. */
    Set<Integer> frozen() {
        Set<String> members = vault.map(record -> record.book().frozen()).orElse(Collections.emptySortedSet());
        return inputs.accounts().stream()
                .filter(account -> members.contains(account.member()))
                .map(AccountInput::number)
                .collect(Collectors.toUnmodifiableSet());
    }

    /** What was superseded of an account's venue accounts, in order. */
    List<Superseding> superseded(AccountInput account) {
        return superseded
                .map(list -> list.of(Set.copyOf(account.venueAccounts())))
                .orElse(List.of());
    }

    /** The calls that stand after the epoch: they follow from those before it and its own margins. */
    CallRecord callsAfter(List<AccountLine> accounts) {
        TreeMap<Integer, MarginStatement> statements = new TreeMap<>();
        accounts.forEach(line -> line.margin().stated().ifPresent(stated -> statements.put(line.number(), stated)));
        return CallRecord.next(
                calls, place.number(), Instant.ofEpochMilli(inputs.epochTimeMillis()), statements, parameters);
    }
}
