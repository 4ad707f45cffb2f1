package io.bulwark.clearing.epoch;

import static io.bulwark.clearing.document.CanonicalValue.array;
import static io.bulwark.clearing.document.CanonicalValue.bytes;
import static io.bulwark.clearing.document.CanonicalValue.integer;
import static io.bulwark.clearing.document.CanonicalValue.text;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.bulwark.clearing.account.VenueAccount;
import io.bulwark.clearing.document.CanonicalException;
import io.bulwark.clearing.document.CanonicalReader;
import io.bulwark.clearing.document.CanonicalValue;
import io.bulwark.clearing.document.Digest;
import io.bulwark.clearing.epoch.EpochInputs.AccountInput;
import io.bulwark.clearing.epoch.EpochInputs.PaidAllocation;
import io.bulwark.clearing.epoch.EpochInputs.SnapshotInput;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

final class EpochTest {
    private static Digest digest(String name) {
        return Digest.sha256(name.getBytes(StandardCharsets.UTF_8));
    }

    private static Epoch epoch(long number, Digest previous) {
        return new Epoch(
                digest("house"),
                number,
                previous,
                digest("accounts"),
                digest("table"),
                digest("t"),
                digest("p"),
                digest("i"),
                Digest.ZERO,
                Digest.ZERO,
                Digest.ZERO,
                Digest.ZERO);
    }

    private static EpochInputs inputs() {
        AccountInput second = new AccountInput(
                7,
                "Alpha",
                3,
                digest("o7"),
                digest("s7"),
                List.of(new VenueAccount(2, "b"), new VenueAccount(1, "z")),
                List.of(new PaidAllocation(9, 3), new PaidAllocation(4, 1)));
        AccountInput first = new AccountInput(0, "Beta", 0, digest("o0"), digest("s0"), List.of(), List.of());
        return new EpochInputs(
                1_716_487_200_000L,
                List.of(
                        new SnapshotInput(new VenueAccount(2, "b"), digest("x")),
                        new SnapshotInput(new VenueAccount(1, "z"), digest("y"))),
                List.of(digest("r2"), digest("r1")),
                new TreeMap<>(Map.of("parameters", digest("p"), "listing", digest("l"))),
                List.of(second, first));
    }

    @Test
    void shouldReadBackTheEpochThatItWrote() {
        Epoch epoch = epoch(2, digest("one"));
        assertEquals(epoch, Epoch.of(CanonicalReader.read(epoch.canonical().encode())));
    }

    @Test
    void shouldHaveNoPredecessorInTheFirstEpochOnly() {
        assertEquals(1, epoch(1, Digest.ZERO).number());
        assertThrows(CanonicalException.class, () -> epoch(1, digest("one")));
        assertThrows(CanonicalException.class, () -> epoch(2, Digest.ZERO));
        assertThrows(CanonicalException.class, () -> epoch(0, Digest.ZERO));
    }

    @Test
    void shouldSealTheSameInputsWhateverTheirOrder() {
        EpochInputs inputs = inputs();
        EpochInputs shuffled = new EpochInputs(
                inputs.epochTimeMillis(),
                inputs.snapshots().reversed(),
                inputs.reports().reversed(),
                inputs.documents(),
                inputs.accounts().reversed());
        assertEquals(inputs.canonical().sha256(), shuffled.canonical().sha256());
        assertEquals(
                inputs, EpochInputs.of(CanonicalReader.read(inputs.canonical().encode())));
    }

    @Test
    void shouldRefuseInputsThatStandTwice() {
        SnapshotInput snapshot = inputs().snapshots().getFirst();
        SnapshotInput other = new SnapshotInput(snapshot.account(), digest("other"));
        assertThrows(
                CanonicalException.class,
                () -> new EpochInputs(0, List.of(snapshot, other), List.of(), new TreeMap<>(), List.of()));
    }

    @Test
    void shouldRefuseInputsInAnotherOrder() {
        List<Digest> sorted =
                List.of(digest("r1"), digest("r2")).stream().sorted().toList();
        assertEquals(sorted, EpochInputs.of(inputsWithReports(sorted)).reports());
        assertThrows(CanonicalException.class, () -> EpochInputs.of(inputsWithReports(sorted.reversed())));
    }

    private static CanonicalValue inputsWithReports(List<Digest> reports) {
        return array(
                text("bulwark-inputs"),
                integer(2),
                integer(0),
                array(),
                array(bytes(reports.get(0)), bytes(reports.get(1))),
                array(),
                array());
    }
}
