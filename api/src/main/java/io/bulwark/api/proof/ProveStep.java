package io.bulwark.api.proof;

import io.bulwark.api.door.ExitCode;
import io.bulwark.api.door.VerbCommand;
import io.bulwark.api.house.OpenHouse;
import io.bulwark.house.House;
import io.bulwark.house.epoch.ComputedEpoch;
import io.bulwark.prover.binding.Answer;
import java.nio.file.Path;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** One step of {@code proof prove}: what the house proves of itself in a sealed epoch. */
abstract class ProveStep extends VerbCommand {
    @Option(names = "--epoch", paramLabel = "N", description = "A sealed epoch. Default: the latest.")
    private @Nullable Long epoch;

    @Option(
            names = "--out",
            paramLabel = "FILE",
            description = "Where the proof goes. Default: in the home's folder of proofs.")
    private @Nullable Path file;

    /** Writes what was proved of an epoch, and says so. */
    interface Writing<P> {
        /** Writes it to a file, and what it is about beside it. */
        void write(P proved, ComputedEpoch sealed, Path target);
    }

    /** Proves of the epoch that the options name; unless they name a file too, the proof goes to epoch-N-NAME among the home's proofs. */
    final <P> int prove(String name, BiFunction<House, ComputedEpoch, Answer<P>> proving, Writing<P> writing) {
        return OpenHouse.ask(house -> {
            ComputedEpoch sealed = OpenHouse.epoch(house, epoch);
            return switch (proving.apply(house, sealed)) {
                case Answer.Given<P>(P proved) -> {
                    Path kept = house.home().proofs().resolve("epoch-" + sealed.number() + "-" + name);
                    writing.write(proved, sealed, file != null ? file : kept);
                    yield ExitCode.OK;
                }
                case Answer.Refused<P> refused -> {
                    err().println("bulwark: not proved: " + refused.refusal());
                    yield ExitCode.NEGATIVE;
                }
            };
        });
    }

    /** Says how long the keys have been in the making. */
    final void announce(String keys, long seconds) {
        if (seconds > 0) {
            err().println("making the keys of the " + keys + ": " + seconds + " s (once)");
        }
    }
}
