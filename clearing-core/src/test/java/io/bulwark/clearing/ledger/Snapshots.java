package io.bulwark.clearing.ledger;

import io.bulwark.clearing.account.VenueAccount;
import io.bulwark.clearing.money.Amount;
import io.bulwark.clearing.position.EvidenceGrade;
import io.bulwark.clearing.position.Holding;
import io.bulwark.clearing.position.Horizon;
import io.bulwark.clearing.position.RawSnapshot;
import io.bulwark.clearing.position.Reading;
import io.bulwark.clearing.position.VenueSnapshot;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/** Snapshots of a venue that answers with one line per holding: {@code collateral 3 1.5}. */
public final class Snapshots {
    private Snapshots() {}

    /** A raw snapshot that says this. */
    public static RawSnapshot raw(VenueAccount account, long timeMillis, String... lines) {
        byte[] body = String.join("\n", lines).getBytes(StandardCharsets.UTF_8);
        return new RawSnapshot(account, new Horizon.VenueTime(timeMillis), List.of(new Reading("holdings", "", body)));
    }

    /** The snapshot as read. */
    public static VenueSnapshot snapshot(VenueAccount account, long timeMillis, String... lines) {
        return read(raw(account, timeMillis, lines));
    }

    /** Reads the lines. */
    public static VenueSnapshot read(RawSnapshot raw) {
        String body = new String(raw.readings().getFirst().result(), StandardCharsets.UTF_8);
        List<Holding> holdings = body.isEmpty()
                ? List.of()
                : Arrays.stream(body.split("\n", -1)).map(Snapshots::holding).toList();
        return new VenueSnapshot(raw, holdings, List.of(), EvidenceGrade.UNSIGNED);
    }

    private static Holding holding(String line) {
        List<String> words = List.of(line.split(" ", -1));
        Amount quantity = Amount.of(words.getLast());
        return switch (words.getFirst()) {
            case "collateral" -> new Holding.Collateral(Integer.parseInt(words.get(1)), quantity);
            case "debt" -> new Holding.Debt(Integer.parseInt(words.get(1)), quantity);
            case "derivative" ->
                new Holding.Derivative(
                        Integer.parseInt(words.get(1)), quantity, java.util.Optional.empty(), Amount.ZERO);
            case "cash" -> new Holding.Cash(quantity);
            default -> throw new IllegalArgumentException(line);
        };
    }
}
