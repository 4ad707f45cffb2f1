package io.bulwark.journey;

import io.bulwark.adapter.Endpoint;
import io.bulwark.adapter.VenueReader;
import io.bulwark.adapter.recording.RecordedVenues;
import io.bulwark.clearing.document.Digest;
import io.bulwark.clearing.epoch.Epoch;
import io.bulwark.house.House;
import io.bulwark.house.epoch.ComputedEpoch;
import io.bulwark.house.founding.FoundingFile;
import io.bulwark.house.survey.VenueSurvey;
import java.util.List;
import java.util.stream.Stream;

/** The venues of a founding file, read once from their recordings. */
public final class RecordedSurvey {
    private RecordedSurvey() {}

    /** What an epoch seals of table and governed numbers, which no salt and no key of a home touches: SHA-256 or root, in this order. */
    public static List<String> roots(ComputedEpoch epoch) {
        Epoch sealed = epoch.sealed().epoch();
        return Stream.of(sealed.tableSha256(), sealed.tableRoot(), sealed.vaultTableRoot(), sealed.parametersSha256())
                .map(Digest::hex)
                .toList();
    }

    /** One round over the recorded venues of a founding file. */
    public static VenueSurvey of(House house, FoundingFile file, RecordedVenues recorded) throws InterruptedException {
        List<VenueReader> readers = file.connections().stream()
                .map(c -> c.open(Endpoint.recorded(
                        recorded.endpoint(file.listing().venue(c.number()).name()))))
                .toList();
        try {
            return house.cycle().survey(readers);
        } finally {
            readers.forEach(VenueReader::close);
        }
    }
}
