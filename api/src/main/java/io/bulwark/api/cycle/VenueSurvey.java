package io.bulwark.api.cycle;

import io.bulwark.adapter.PayloadRefused;
import io.bulwark.adapter.VenueAdapter;
import io.bulwark.adapter.VenueException;
import io.bulwark.clearing.account.VenueAccount;
import io.bulwark.clearing.ledger.Refusal;
import io.bulwark.clearing.position.Horizon;
import io.bulwark.clearing.position.RawSnapshot;
import io.bulwark.clearing.position.Reading;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * One round of reading all venues, each in a thread of its own, so that a slow or dead venue delays nobody.
 *
 * @param snapshots what was read, by venue, then account: the order does not depend on who answered first
 * @param unread what was not, and why
 */
public record VenueSurvey(List<RawSnapshot> snapshots, List<Unread> unread) {
    private static final Comparator<VenueAccount> ORDER =
            Comparator.comparingInt(VenueAccount::venue).thenComparing(VenueAccount::address);

    /** Sorts. */
    public VenueSurvey {
        snapshots = snapshots.stream()
                .sorted(Comparator.comparing(RawSnapshot::account, ORDER))
                .toList();
        unread = unread.stream()
                .sorted(Comparator.comparing(Unread::account, ORDER))
                .toList();
    }

    /**
     * An account, or a venue's market, that could not be read in this round: its last accepted snapshot stands.
     *
     * @param account whose
     * @param venue the venue's name
     * @param reason why, for people
     * @param refused the answer that was refused, if one came
     */
    public record Unread(VenueAccount account, String venue, String reason, Optional<Refused> refused) {}

    /**
     * An answer that could not be understood, for the quarantine.
     *
     * @param raw the answer
     * @param refusal field, value and rule
     */
    public record Refused(RawSnapshot raw, Refusal refusal) {}

    /**
     * Reads the market and the linked accounts of every venue.
     *
     * @param adapters one per venue
     * @param accounts the venue accounts that are linked to clearing accounts
     * @param patience how long a venue may take for everything together
     */
    public static VenueSurvey read(List<VenueAdapter> adapters, List<VenueAccount> accounts, Duration patience)
            throws InterruptedException {
        List<RawSnapshot> snapshots = new ArrayList<>();
        List<Unread> unread = new ArrayList<>();
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
        try {
            List<Future<VenueSurvey>> rounds = adapters.stream()
                    .map(adapter -> threads.submit(() -> round(adapter, wanted(adapter, accounts))))
                    .toList();
            long deadline = System.nanoTime() + patience.toNanos();
            for (int i = 0; i < adapters.size(); i++) {
                VenueSurvey round = await(rounds.get(i), adapters.get(i), deadline);
                snapshots.addAll(round.snapshots());
                unread.addAll(round.unread());
            }
        } finally {
            threads.shutdownNow();
        }
        return new VenueSurvey(snapshots, unread);
    }

    private static List<VenueAccount> wanted(VenueAdapter adapter, List<VenueAccount> accounts) {
        int venue = adapter.profile().venue();
        List<VenueAccount> wanted = new ArrayList<>(List.of(new VenueAccount(venue, VenueAccount.MARKET)));
        accounts.stream().filter(a -> a.venue() == venue).sorted(ORDER).forEach(wanted::add);
        return wanted;
    }

    private static VenueSurvey await(Future<VenueSurvey> round, VenueAdapter adapter, long deadline)
            throws InterruptedException {
        try {
            return round.get(Math.max(0, deadline - System.nanoTime()), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            round.cancel(true);
            return nothing(
                    new Unread(market(adapter), adapter.profile().name(), "did not answer in time", Optional.empty()));
        } catch (ExecutionException e) {
            throw new IllegalStateException("reading " + adapter.profile().name(), e.getCause());
        }
    }

    private static VenueSurvey round(VenueAdapter adapter, List<VenueAccount> wanted) {
        Horizon horizon;
        try {
            horizon = adapter.finalised();
        } catch (VenueException e) {
            return nothing(unread(adapter, market(adapter), e));
        } catch (PayloadRefused e) {
            return nothing(unread(adapter, market(adapter), new Horizon.VenueTime(0), e));
        }
        List<RawSnapshot> snapshots = new ArrayList<>();
        List<Unread> unread = new ArrayList<>();
        for (VenueAccount account : wanted) {
            try {
                snapshots.add(read(adapter, account, horizon));
            } catch (VenueException e) {
                unread.add(unread(adapter, account, e));
            } catch (PayloadRefused e) {
                unread.add(unread(adapter, account, horizon, e));
            }
        }
        return new VenueSurvey(snapshots, unread);
    }

    private static RawSnapshot read(VenueAdapter adapter, VenueAccount account, Horizon horizon) throws VenueException {
        return account.address().equals(VenueAccount.MARKET) ? adapter.market(horizon) : adapter.read(account, horizon);
    }

    private static VenueSurvey nothing(Unread unread) {
        return new VenueSurvey(List.of(), List.of(unread));
    }

    private static VenueAccount market(VenueAdapter adapter) {
        return new VenueAccount(adapter.profile().venue(), VenueAccount.MARKET);
    }

    private static Unread unread(VenueAdapter adapter, VenueAccount account, Exception failure) {
        return new Unread(account, adapter.profile().name(), String.valueOf(failure.getMessage()), Optional.empty());
    }

    private static Unread unread(VenueAdapter adapter, VenueAccount account, Horizon horizon, PayloadRefused refusal) {
        RawSnapshot raw = new RawSnapshot(
                account,
                horizon,
                refusal.answer()
                        .map(a -> List.of(new Reading("refused", "", a)))
                        .orElse(List.of()));
        return new Unread(
                account,
                adapter.profile().name(),
                String.valueOf(refusal.getMessage()),
                Optional.of(new Refused(raw, new Refusal(refusal.field(), refusal.value(), refusal.rule()))));
    }
}
