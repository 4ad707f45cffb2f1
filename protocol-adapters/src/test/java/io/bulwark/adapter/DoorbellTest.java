package io.bulwark.adapter;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.bulwark.adapter.recording.BundledVenues;
import io.bulwark.adapter.recording.RecordedVenues;
import io.bulwark.clearing.account.VenueAccount;
import io.bulwark.clearing.position.Horizon;
import java.io.IOException;
import java.net.URI;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Flow;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class DoorbellTest {
    private static final VenueAccount ACCOUNT = new VenueAccount(2, "0x3c44cdddb6a900fa2b585dd299e03d12fa4293bc");

    @Test
    void shouldRingOnceForAHorizonThatIsNewAndNotAgain() throws IOException, InterruptedException {
        try (RecordedVenues venues = RecordedVenues.bundled();
                OpenVenue adapter = BundledVenues.adapters(venues::endpoint).get(2)) {
            Rings rings = new Rings();
            adapter.changes(ACCOUNT, new Horizon.VenueTime(1)).subscribe(rings);
            rings.subscription().request(2);
            Object first = rings.queue.poll(10, TimeUnit.SECONDS);
            assertEquals(new VenueReader.Change(ACCOUNT, new Horizon.VenueTime(1716487860000L)), first);
            assertNull(rings.queue.poll(200, TimeUnit.MILLISECONDS));
            rings.subscription().cancel();
        }
    }

    @Test
    void shouldTellItsSubscriberWhenTheVenueIsDead() throws InterruptedException {
        try (OpenVenue adapter =
                BundledVenues.adapters(v -> URI.create("http://127.0.0.1:9")).get(2)) {
            Rings rings = new Rings();
            adapter.changes(ACCOUNT, new Horizon.VenueTime(1)).subscribe(rings);
            rings.subscription().request(1);
            assertInstanceOf(VenueException.class, rings.queue.poll(20, TimeUnit.SECONDS));
        }
    }

    private static final class Rings implements Flow.Subscriber<VenueReader.Change> {
        final BlockingQueue<Object> queue = new LinkedBlockingQueue<>();
        private final BlockingQueue<Flow.Subscription> subscriptions = new LinkedBlockingQueue<>();

        Flow.Subscription subscription() throws InterruptedException {
            Flow.Subscription subscription = subscriptions.take();
            subscriptions.add(subscription);
            return subscription;
        }

        @Override
        public void onSubscribe(Flow.Subscription subscription) {
            subscriptions.add(subscription);
        }

        @Override
        public void onNext(VenueReader.Change change) {
            queue.add(change);
        }

        @Override
        public void onError(Throwable throwable) {
            queue.add(throwable);
        }

        @Override
        public void onComplete() {}
    }
}
