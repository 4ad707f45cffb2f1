package io.bulwark.adapter.peer;

import io.bulwark.adapter.peer.PeerRecord.Place;
import io.bulwark.clearing.document.Digest;
import java.io.ByteArrayOutputStream;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Parts that wait for the others of their whole. What a stranger begins and never ends goes first when there is too much of it. */
final class Wholes {
    private static final long WAITING_BYTES_MAX = 2L * PeerRecord.PARTS_MAX * PeerRecord.PART_BYTES;

    private final Map<Place, TreeMap<Integer, byte[]>> waiting = new LinkedHashMap<>();
    private long bytes;

    /** The whole, if this is its last part and it is what it is named by. */
    Optional<byte[]> with(PeerRecord record) {
        Place place = record.place();
        TreeMap<Integer, byte[]> parts = waiting.computeIfAbsent(place, p -> new TreeMap<>());
        if (parts.putIfAbsent(record.index(), record.part()) == null) {
            bytes += record.part().length;
        }
        if (parts.size() == place.count()) {
            drop(place);
            ByteArrayOutputStream whole = new ByteArrayOutputStream();
            parts.values().forEach(whole::writeBytes);
            return Optional.of(whole.toByteArray())
                    .filter(content -> Digest.sha256(content).equals(place.whole()));
        }
        while (bytes > WAITING_BYTES_MAX) {
            drop(waiting.keySet().iterator().next());
        }
        return Optional.empty();
    }

    private void drop(Place place) {
        TreeMap<Integer, byte[]> dropped = waiting.remove(place);
        if (dropped != null) {
            dropped.values().forEach(part -> bytes -= part.length);
        }
    }
}
