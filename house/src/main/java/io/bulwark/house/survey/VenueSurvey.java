package io.bulwark.house.survey;

import io.bulwark.adapter.PayloadRefused;
import io.bulwark.adapter.VenueException;
import io.bulwark.adapter.VenueReader;
import io.bulwark.clearing.account.VenueAccount;
import io.bulwark.clearing.document.Refusal;
import io.bulwark.clearing.position.Horizon;
import io.bulwark.clearing.position.RawSnapshot;
import io.bulwark.clearing.position.Reading;
import io.opentelemetry.api.GlobalOpenTelemetry;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.Scope;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import java.util.stream.Stream;

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
     * Reads the market and the linked accounts of every venue. It ends when all have answered or the patience has ended, whichever is first: what a venue had said by
     * then counts, and what is missing is named.
     *
     * @param readers one per venue
     * @param accounts the venue accounts that are linked to clearing accounts
     * @param patience how long the venues may take for everything together
     */
    public static VenueSurvey read(List<VenueReader> readers, List<VenueAccount> accounts, Duration patience)
            throws InterruptedException {
        List<RawSnapshot> snapshots = new ArrayList<>();
        List<Unread> unread = new ArrayList<>();
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
        try {
            List<Round> rounds = readers.stream()
                    .map(reader -> new Round(reader, wanted(reader, accounts)))
                    .toList();
            List<Future<?>> running = new ArrayList<>();
            rounds.forEach(round -> running.add(threads.submit(Context.current().wrap(round::traced))));
            long deadline = System.nanoTime() + patience.toNanos();
            for (int i = 0; i < rounds.size(); i++) {
                await(running.get(i), deadline);
                VenueSurvey round = rounds.get(i).ended(patience);
                snapshots.addAll(round.snapshots());
                unread.addAll(round.unread());
            }
        } finally {
            threads.shutdownNow();
        }
        return new VenueSurvey(snapshots, unread);
    }

    /** The newest horizon that was read, UTC epoch milliseconds; empty if nothing was. */
    public OptionalLong newestMillis() {
        return snapshots.stream().mapToLong(s -> s.horizon().timeMillis()).max();
    }

    private static List<VenueAccount> wanted(VenueReader reader, List<VenueAccount> accounts) {
        int venue = reader.profile().venue();
        List<VenueAccount> wanted = new ArrayList<>(List.of(new VenueAccount(venue, VenueAccount.MARKET)));
        accounts.stream().filter(a -> a.venue() == venue).sorted(ORDER).forEach(wanted::add);
        return wanted;
    }

    private static void await(Future<?> round, long deadline) throws InterruptedException {
        try {
            round.get(Math.max(0, deadline - System.nanoTime()), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            round.cancel(true);
        } catch (ExecutionException e) {
            throw new IllegalStateException("reading a venue", e.getCause());
        }
    }

    /** What one venue has said so far. Its thread writes; whoever waits may end it at any time. */
    private static final class Round {
        private final VenueReader reader;
        private final List<VenueAccount> wanted;
        private final List<RawSnapshot> snapshots = new ArrayList<>();
        private final List<Unread> unread = new ArrayList<>();
        private boolean ended;

        Round(VenueReader reader, List<VenueAccount> wanted) {
            this.reader = reader;
            this.wanted = List.copyOf(wanted);
        }

        void traced() {
            Span span = GlobalOpenTelemetry.getOrNoop()
                    .getTracer("io.bulwark")
                    .spanBuilder("read " + reader.profile().name())
                    .setSpanKind(SpanKind.CLIENT)
                    .startSpan();
            try (Scope _ = span.makeCurrent()) {
                run();
            } finally {
                span.end();
            }
        }

        private void run() {
            Horizon horizon;
            try {
                horizon = reader.finalised();
            } catch (VenueException e) {
                end(unread(reader, market(reader), e));
                return;
            } catch (PayloadRefused e) {
                end(unread(reader, market(reader), new Horizon.VenueTime(0), e));
                return;
            }
            for (VenueAccount account : wanted) {
                if (Thread.currentThread().isInterrupted()) {
                    return;
                }
                try {
                    add(read(reader, account, horizon));
                } catch (VenueException e) {
                    add(unread(reader, account, e));
                } catch (PayloadRefused e) {
                    add(unread(reader, account, horizon, e));
                }
            }
        }

        private synchronized void add(RawSnapshot snapshot) {
            if (!ended) {
                snapshots.add(snapshot);
            }
        }

        private synchronized void add(Unread account) {
            if (!ended) {
                unread.add(account);
            }
        }

        /** The venue as a whole could not be read. */
        private synchronized void end(Unread venue) {
            add(venue);
            ended = true;
        }

        /** Whatever comes later is not of this round. A venue that said nothing is one entry, under its market. */
        synchronized VenueSurvey ended(Duration patience) {
            if (!ended) {
                ended = true;
                Set<VenueAccount> told = Stream.concat(
                                snapshots.stream().map(RawSnapshot::account),
                                unread.stream().map(Unread::account))
                        .collect(Collectors.toSet());
                List<VenueAccount> missing = told.isEmpty() ? List.of(market(reader)) : wanted;
                missing.stream()
                        .filter(account -> !told.contains(account))
                        .forEach(account -> unread.add(late(account, patience)));
            }
            return new VenueSurvey(snapshots, unread);
        }

        private Unread late(VenueAccount account, Duration patience) {
            return new Unread(
                    account,
                    reader.profile().name(),
                    "did not answer within the " + patience.toMillis() + " ms of the round",
                    Optional.empty());
        }
    }

    private static RawSnapshot read(VenueReader reader, VenueAccount account, Horizon horizon) throws VenueException {
        return account.address().equals(VenueAccount.MARKET) ? reader.market(horizon) : reader.read(account, horizon);
    }

    private static VenueAccount market(VenueReader reader) {
        return new VenueAccount(reader.profile().venue(), VenueAccount.MARKET);
    }

    private static Unread unread(VenueReader reader, VenueAccount account, Exception failure) {
        return new Unread(account, reader.profile().name(), String.valueOf(failure.getMessage()), Optional.empty());
    }

    private static Unread unread(VenueReader reader, VenueAccount account, Horizon horizon, PayloadRefused refusal) {
        RawSnapshot raw = new RawSnapshot(
                account,
                horizon,
                refusal.answer()
                        .map(a -> List.of(new Reading("refused", "", a)))
                        .orElse(List.of()));
        return new Unread(
                account,
                reader.profile().name(),
                String.valueOf(refusal.getMessage()),
                Optional.of(new Refused(raw, new Refusal(refusal.field(), refusal.value(), refusal.rule()))));
    }
}
