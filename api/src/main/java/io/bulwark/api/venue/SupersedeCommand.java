package io.bulwark.api.venue;

import io.bulwark.api.door.ExitCode;
import io.bulwark.api.door.VerbCommand;
import io.bulwark.api.house.OpenHouse;
import io.bulwark.clearing.account.VenueAccount;
import io.bulwark.clearing.document.BadInput;
import io.bulwark.clearing.document.Digest;
import io.bulwark.clearing.ledger.AcceptedSnapshot;
import io.bulwark.clearing.ledger.SupersededSnapshots;
import io.bulwark.clearing.ledger.SupersededSnapshots.Superseding;
import io.bulwark.house.House;
import io.bulwark.house.founding.FoundingFile;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Accepted snapshots, and what the quorum superseded of them. */
@Command(
        name = "supersede",
        description = {
            "Supersedes an accepted snapshot that is wrong: the quorum's members of this machine sign it, a new entry of the journal"
                    + " takes back what it moved, and from the next epoch on the snapshot before it counts. What is sealed stands.",
            "Without SNAPSHOT: the snapshot of each venue account that counts now, and every one that was superseded.",
            "Exit code 0; 2: nothing was accepted by that id."
        })
final class SupersedeCommand extends VerbCommand {
    @Parameters(arity = "0..1", paramLabel = "SNAPSHOT", description = "The snapshot's id, 64 hexadecimal digits.")
    private @Nullable String snapshot;

    @Option(names = "--reason", paramLabel = "TEXT", description = "Why, for whoever reads the books.")
    private @Nullable String reason;

    @Override
    public Integer call() {
        String id = snapshot;
        String why = reason;
        if (id == null && why == null) {
            OpenHouse.ask(SupersedeCommand::listed).forEach(out()::println);
            return ExitCode.OK;
        }
        if (id == null || why == null) {
            throw new BadInput(
                    id == null ? "SNAPSHOT" : "--reason",
                    "nothing",
                    "must be given: a snapshot is superseded for a reason");
        }
        if (!id.matches("[0-9a-f]{64}")) {
            throw new BadInput("SNAPSHOT", id, "must be 64 lower-case hexadecimal digits");
        }
        Digest wrong = Digest.parse(id);
        String said = OpenHouse.ask(house -> superseded(house, wrong, why));
        out().println(said);
        return ExitCode.OK;
    }

    private static String superseded(House house, Digest wrong, String why) {
        FoundingFile file = house.archive()
                .founding()
                .orElseThrow(() -> new BadInput(
                        "house",
                        "no epochs",
                        "must have sealed an epoch: before that it has no quorum that could say so"));
        int made = house.cycle().supersede(file, wrong, why);
        return made == 0
                ? "snapshot " + wrong + " was superseded before; nothing changed"
                : "snapshot " + wrong + " is superseded, signed by the quorum, and taken back in entry "
                        + house.ledger().reversed().lastKey() + "; the next epoch rests on the one before it";
    }

    private static List<String> listed(House house) {
        List<String> lines = new ArrayList<>();
        lines.add(row("counts now", "venue account", "time", "entry"));
        for (AcceptedSnapshot accepted : house.ledger().acceptedAt(Long.MAX_VALUE)) {
            lines.add(row(
                    accepted.id().hex(),
                    name(accepted.account()),
                    Instant.ofEpochMilli(accepted.horizonTimeMillis()).toString(),
                    String.valueOf(accepted.entry())));
        }
        Map<Digest, Long> entries = new HashMap<>();
        house.ledger().reversed().forEach((entry, snapshot) -> entries.put(snapshot, entry));
        List<Superseding> superseded =
                house.listed().superseded().map(SupersededSnapshots::all).orElse(List.of());
        lines.add(
                superseded.isEmpty()
                        ? "nothing was superseded"
                        : row("superseded", "venue account", "reason", "taken back"));
        superseded.forEach(one -> lines.add(row(
                one.snapshot().hex(),
                name(one.account()),
                one.reason(),
                Optional.ofNullable(entries.get(one.snapshot()))
                        .map(entry -> "entry " + entry)
                        .orElse("with the next epoch"))));
        return lines;
    }

    private static String name(VenueAccount account) {
        return account.venue() + "/" + account.address();
    }

    private static String row(String id, String account, String third, String last) {
        return String.format(Locale.ROOT, "%-64s  %-46s  %-24s  %s", id, account, third, last);
    }
}
