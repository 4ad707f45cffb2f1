package io.bulwark.adapter.exchange;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bulwark.adapter.OpenVenue;
import io.bulwark.adapter.PayloadRefused;
import io.bulwark.adapter.VenueException;
import io.bulwark.adapter.recording.RecordedVenues;
import io.bulwark.clearing.account.VenueAccount;
import io.bulwark.clearing.instrument.Listing;
import io.bulwark.clearing.position.Holding;
import io.bulwark.clearing.position.RawSnapshot;
import io.bulwark.clearing.position.VenueSnapshot;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import java.util.function.Predicate;
import org.bouncycastle.crypto.digests.SHA256Digest;
import org.bouncycastle.crypto.macs.HMac;
import org.bouncycastle.crypto.params.KeyParameter;

/**
 * One venue of the house of exchanges, read live over HTTP on the loopback, with answers that a test has changed.
 *
 * @param venue the venue's number
 * @param name under which its recording is found
 * @param admits whom it answers
 * @param opened the adapter at an address
 */
public record LiveRead(
        int venue, String name, Predicate<GuardedVenue.Question> admits, Function<URI, OpenVenue> opened) {
    /** Something to do with a venue that may fail as venues do. */
    @FunctionalInterface
    public interface Visit<T> {
        /** Does it. */
        T at(OpenVenue adapter, GuardedVenue guarded) throws VenueException;
    }

    /** Visits the venue while it answers so. */
    public <T> T visit(GuardedVenue.Edit edit, Visit<T> visit) throws VenueException {
        try (RecordedVenues venues = RecordedVenues.bundled();
                GuardedVenue guarded = new GuardedVenue(venues.endpoint(name), admits, edit);
                OpenVenue adapter = opened.apply(guarded.endpoint())) {
            return visit.at(adapter, guarded);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The house's account, read while the venue answers so. */
    public RawSnapshot account(GuardedVenue.Edit edit) throws VenueException {
        VenueAccount account = ExchangeHouse.account(venue);
        return visit(edit, (adapter, guarded) -> adapter.read(account, adapter.finalised()));
    }

    /** What the house's account holds, as texts, while the venue answers so. */
    public List<String> holdings(GuardedVenue.Edit edit) throws VenueException {
        return said(account(edit)).holdings().stream().map(LiveRead::text).toList();
    }

    /** What the market reports, as texts, while the venue answers so. */
    public List<String> reports(GuardedVenue.Edit edit) throws VenueException {
        RawSnapshot raw = visit(edit, (adapter, guarded) -> adapter.market(adapter.finalised()));
        return said(raw).reports().stream()
                .map(r -> r.measure() + " " + r.subject() + " " + r.value() + " @" + r.timeMillis())
                .toList();
    }

    /** What a snapshot of this venue says. */
    public VenueSnapshot said(RawSnapshot raw) {
        try (OpenVenue adapter = opened.apply(URI.create("http://127.0.0.1:9"))) {
            return adapter.normalise(raw, ExchangeHouse.LISTING);
        }
    }

    /** With one text of every answer replaced, the account is refused by this field and rule. */
    public void refuses(String from, String to, String field, String rule) {
        PayloadRefused refusal =
                assertThrows(PayloadRefused.class, () -> holdings(replaced(from, to)), from + " → " + to);
        assertTrue(refusal.field().endsWith(field), refusal.getMessage());
        assertTrue(refusal.rule().contains(rule), refusal.getMessage());
    }

    /** With one text of every answer replaced, the account holds the same. */
    public void ignores(String from, String to) throws VenueException {
        AtomicBoolean found = new AtomicBoolean();
        List<String> truth = holdings((question, answer) -> {
            found.compareAndSet(false, answer.contains(from));
            return answer;
        });
        assertTrue(found.get(), from + " must be in an answer");
        assertEquals(truth, holdings(replaced(from, to)), from + " → " + to);
    }

    /** HMAC-SHA-256 by another library than the adapters': what a venue computes for itself. */
    public static byte[] mac(String secret, String text) {
        HMac mac = new HMac(new SHA256Digest());
        mac.init(new KeyParameter(secret.getBytes(StandardCharsets.UTF_8)));
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        mac.update(bytes, 0, bytes.length);
        byte[] signature = new byte[mac.getMacSize()];
        mac.doFinal(signature, 0);
        return signature;
    }

    /** The true answers. */
    public static String asItIs(GuardedVenue.Question question, String answer) {
        return answer;
    }

    /** Answers in which a text is replaced. */
    public static GuardedVenue.Edit replaced(String from, String to) {
        return (question, answer) -> answer.replace(from, to);
    }

    private static String text(Holding holding) {
        Listing listing = ExchangeHouse.LISTING;
        return switch (holding) {
            case Holding.Derivative d ->
                listing.instrument(d.instrument()).name() + " " + d.quantity()
                        + d.settledPrice().map(price -> " from " + price).orElse("")
                        + (d.accruedFunding().signum() == 0 ? "" : " accrued " + d.accruedFunding());
            case Holding.Collateral c ->
                "has " + c.quantity() + " " + listing.asset(c.asset()).name();
            case Holding.Debt d ->
                "owes " + d.quantity() + " " + listing.asset(d.asset()).name();
            case Holding.Cash c -> "cash " + c.quantity();
        };
    }
}
