package io.bulwark.house.epoch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;

import io.bulwark.clearing.document.Digest;
import io.bulwark.clearing.epoch.EpochInputs;
import io.bulwark.clearing.epoch.FoundingDocument.KeyRule;
import io.bulwark.clearing.governance.ParameterSet;
import io.bulwark.house.founding.FoundingFile;
import io.bulwark.house.survey.SnapshotSet;
import io.bulwark.netting.liquidity.MarketRecord;
import io.bulwark.netting.scenario.TableInputs;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** A calibration is made once for one day and one set of deciding documents, and anew for any other. */
final class LastCalibrationTest {
    private static final long DAY = 86_400_000;

    private final LastCalibration last = new LastCalibration();
    private int made;

    private TableInputs of(long timeMillis, SortedMap<String, Digest> documents) {
        return last.of(material(timeMillis, documents), material -> {
            made++;
            return TableInputs.NONE.with(MarketRecord.NONE);
        });
    }

    @Test
    void shouldMakeWhatIsTheSameOnce() {
        TableInputs first = of(1, named(Map.of()));
        assertSame(first, of(1, named(Map.of())));
        assertSame(first, of(DAY - 1, named(Map.of())), "the last moment of the same day");
        assertSame(first, of(1, named(Map.of(EpochArchive.VAULT, (byte) 7))), "what decides nothing of it");
        assertEquals(1, made);
    }

    @Test
    void shouldMakeWhatIsOfAnotherDayAnew() {
        TableInputs first = of(1, named(Map.of()));
        assertNotSame(first, of(DAY, named(Map.of())));
        assertNotSame(first, of(-1, named(Map.of())), "the day before the first");
        assertNotSame(first, of(1, named(Map.of())), "only the last is kept");
        assertEquals(4, made);
    }

    @Test
    void shouldMakeWhatRestsOnAnotherDocumentAnew() {
        for (String name : EpochArchive.CALIBRATING) {
            TableInputs first = of(1, named(Map.of()));
            assertNotSame(first, of(1, named(Map.of(name, (byte) 7))), name);
        }
        SortedMap<String, Digest> none = named(Map.of());
        none.remove(none.firstKey());
        TableInputs first = of(1, named(Map.of()));
        assertNotSame(first, of(1, none), "a document that is not there");
    }

    private static SortedMap<String, Digest> named(Map<String, Byte> others) {
        SortedMap<String, Digest> documents = new TreeMap<>();
        EpochArchive.CALIBRATING.forEach(name -> documents.put(name, Digest.ZERO));
        others.forEach((name, other) -> documents.put(name, Digest.sha256(new byte[] {other})));
        return documents;
    }

    private static EpochMaterial material(long timeMillis, SortedMap<String, Digest> documents) {
        return new EpochMaterial(
                new EpochMaterial.Place(Digest.ZERO, 1, Digest.ZERO),
                new EpochInputs(timeMillis, List.of(), List.of(), documents, List.of()),
                new FoundingFile(
                        "test",
                        List.of(),
                        List.of(),
                        List.of(),
                        List.of(),
                        List.of(),
                        List.of(),
                        Map.of(),
                        List.of(),
                        List.of(),
                        List.of(),
                        List.of(),
                        new KeyRule.Test()),
                ParameterSet.founding(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                new SnapshotSet(List.of(), List.of()));
    }
}
