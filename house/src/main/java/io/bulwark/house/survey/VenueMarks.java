package io.bulwark.house.survey;

import io.bulwark.clearing.account.VenueAccount;
import io.bulwark.clearing.document.Refusal;
import io.bulwark.clearing.instrument.Listing;
import io.bulwark.clearing.ledger.AcceptedSnapshot;
import io.bulwark.clearing.ledger.SnapshotIntake.Normalisation;
import io.bulwark.clearing.position.RawSnapshot;
import io.bulwark.house.founding.FoundingFile;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.LongStream;

/** Marks what a round lacks, and how old the house's knowledge of it is. Age is between horizons, never by a clock of ours. */
final class VenueMarks {
    private final Listing listing;
    private final List<AcceptedSnapshot> accepted;
    private final long newestMillis;

    private VenueMarks(Listing listing, List<AcceptedSnapshot> accepted, long newestMillis) {
        this.listing = listing;
        this.accepted = accepted;
        this.newestMillis = newestMillis;
    }

    static List<VenueMark> of(VenueSurvey survey, FoundingFile file, List<AcceptedSnapshot> accepted) {
        long newest = LongStream.concat(
                        survey.newestMillis().stream(),
                        accepted.stream().mapToLong(AcceptedSnapshot::horizonTimeMillis))
                .max()
                .orElse(0);
        VenueMarks marks = new VenueMarks(file.listing(), accepted, newest);
        List<VenueMark> all = new ArrayList<>();
        survey.unread()
                .forEach(u ->
                        all.add(marks.mark(u.account(), u.reason(), u.refused().map(VenueSurvey.Refused::refusal))));
        file.connections().stream()
                .filter(connection -> connection.pusher().isPresent())
                .forEach(connection -> all.addAll(marks.silent(connection.number())));
        Meanings meanings = new Meanings(file);
        for (RawSnapshot raw : survey.snapshots()) {
            if (meanings.meaning(raw) instanceof Normalisation.Malformed(Refusal refusal)) {
                all.add(marks.mark(raw.account(), refusal.toString(), Optional.of(refusal)));
            }
        }
        return List.copyOf(all);
    }

    /** What a venue that pushes has not said anew for longer than its limit. */
    private List<VenueMark> silent(int venue) {
        long limit = listing.venue(venue).ageMillisMax();
        List<AcceptedSnapshot> said =
                accepted.stream().filter(a -> a.account().venue() == venue).toList();
        return said.isEmpty()
                ? List.of(
                        mark(new VenueAccount(venue, VenueAccount.MARKET), "nothing was pushed yet", Optional.empty()))
                : said.stream()
                        .filter(a -> newestMillis - a.horizonTimeMillis() > limit)
                        .map(a -> mark(
                                a.account(),
                                "was not pushed again within its limit of " + limit + " ms",
                                Optional.empty()))
                        .toList();
    }

    private VenueMark mark(VenueAccount account, String reason, Optional<Refusal> refusal) {
        boolean venue = account.address().equals(VenueAccount.MARKET);
        OptionalLong oldest = accepted.stream()
                .filter(a -> venue
                        ? a.account().venue() == account.venue()
                        : a.account().equals(account))
                .mapToLong(AcceptedSnapshot::horizonTimeMillis)
                .min();
        OptionalLong age =
                oldest.isPresent() ? OptionalLong.of(newestMillis - oldest.getAsLong()) : OptionalLong.empty();
        return new VenueMark(account, listing.venue(account.venue()).name(), reason, refusal, age);
    }
}
