package io.bulwark.api.epoch;

import io.bulwark.api.door.ExitCode;
import io.bulwark.api.door.VerbCommand;
import io.bulwark.api.house.OpenHouse;
import io.bulwark.house.epoch.Replay;
import java.io.PrintWriter;
import java.util.Locale;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Recomputes a sealed epoch from PostgreSQL alone. */
@Command(
        name = "replay",
        description = {
            "Recomputes a sealed epoch from PostgreSQL alone: raw snapshots, margins, trees, digest.",
            "Exit code 0: every root and digest is found again, bit for bit; 1: one differs; 2: no such epoch."
        })
final class ReplayCommand extends VerbCommand {
    @Option(names = "--epoch", paramLabel = "N", required = true, description = "The epoch's number, from 1.")
    private long epoch;

    @Override
    public Integer call() {
        Replay replay = OpenHouse.ask(
                house -> house.archive().replay(epoch).orElseThrow(() -> OpenHouse.unsealed(house, epoch)));
        print(replay, out());
        return replay.equal() ? ExitCode.OK : ExitCode.NEGATIVE;
    }

    private static void print(Replay replay, PrintWriter out) {
        for (Replay.Comparison comparison : replay.comparisons()) {
            out.println(String.format(
                    Locale.ROOT,
                    "%-20s %s  %s",
                    comparison.name(),
                    comparison.sealed().hex(),
                    comparison.equal() ? "found again" : "DIFFERS"));
            if (!comparison.equal()) {
                out.println(String.format(
                        Locale.ROOT,
                        "%-20s %s  recomputed",
                        "",
                        comparison.recomputed().hex()));
            }
        }
        replay.findings().forEach(finding -> out.println("DIFFERS: " + finding));
        out.println("epoch " + replay.number()
                + (replay.equal() ? ": every root and digest found again, bit for bit" : ": NOT found again"));
    }
}
