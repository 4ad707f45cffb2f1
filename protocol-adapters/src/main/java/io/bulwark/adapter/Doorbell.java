package io.bulwark.adapter;

import io.bulwark.clearing.account.VenueAccount;
import io.bulwark.clearing.position.Horizon;
import java.time.Duration;
import java.util.concurrent.Flow;
import java.util.concurrent.Semaphore;

/**
 * Rings whenever the venue's finalised horizon has moved. It asks the venue at a steady pace and never faster than its subscriber wants: a stream could ring
 * earlier, but it could not be believed.
 */
public final class Doorbell implements Flow.Publisher<VenueReader.Change> {
    private final VenueReader reader;
    private final VenueAccount account;
    private final Horizon after;
    private final Duration pace;

    /**
     * A doorbell of one account.
     *
     * @param reader the venue
     * @param account whose
     * @param after the horizon that is already known
     * @param pace the pause between two looks
     */
    public Doorbell(VenueReader reader, VenueAccount account, Horizon after, Duration pace) {
        this.reader = reader;
        this.account = account;
        this.after = after;
        this.pace = pace;
    }

    @Override
    public void subscribe(Flow.Subscriber<? super VenueReader.Change> subscriber) {
        Watch watch = new Watch(subscriber);
        subscriber.onSubscribe(watch);
        watch.start();
    }

    private final class Watch implements Flow.Subscription {
        private final Flow.Subscriber<? super VenueReader.Change> subscriber;
        private final Semaphore wanted = new Semaphore(0);
        private final Thread thread;

        Watch(Flow.Subscriber<? super VenueReader.Change> subscriber) {
            this.subscriber = subscriber;
            this.thread =
                    Thread.ofVirtual().name("doorbell-" + account.address()).unstarted(this::watch);
        }

        void start() {
            thread.start();
        }

        @Override
        public void request(long n) {
            if (n <= 0) {
                subscriber.onError(new IllegalArgumentException("request must be > 0; have " + n));
                cancel();
                return;
            }
            wanted.release((int) Math.min(n, Integer.MAX_VALUE / 2));
        }

        @Override
        public void cancel() {
            thread.interrupt();
        }

        private void watch() {
            Horizon known = after;
            try {
                while (true) {
                    wanted.acquire();
                    known = next(known);
                    subscriber.onNext(new VenueReader.Change(account, known));
                }
            } catch (InterruptedException cancelled) {
                Thread.currentThread().interrupt();
            } catch (VenueException | RuntimeException e) {
                subscriber.onError(e);
            }
        }

        private Horizon next(Horizon known) throws InterruptedException, VenueException {
            Horizon now = reader.finalised();
            while (now.equals(known)) {
                Thread.sleep(pace);
                now = reader.finalised();
            }
            return now;
        }
    }
}
