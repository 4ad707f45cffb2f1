package io.bulwark.api.account;

import io.bulwark.api.door.TableFile;
import io.bulwark.api.house.OpenHouse;
import io.bulwark.clearing.document.BadInput;
import io.bulwark.house.epoch.ComputedEpoch;
import java.nio.file.Path;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Options that say over which table a margin is computed: a file's, or a sealed epoch's. */
public final class MarginSource {
    @Option(
            names = "--table",
            paramLabel = "FILE",
            description = "A risk table in its canonical encoding, as GET /epochs/N/table gives it; needs no house.")
    private @Nullable Path table;

    @Option(names = "--epoch", paramLabel = "N", description = "A sealed epoch of this house. Default: the latest.")
    private @Nullable Long epoch;

    /** Asks over the table that the options name; the house is open only while it is asked. */
    public <T> T ask(Function<EpochView, T> question) {
        if (table != null && epoch != null) {
            throw new BadInput("--epoch", epoch.toString(), "must not stand beside --table");
        }
        return table != null
                ? question.apply(EpochView.of(TableFile.read(table)))
                : OpenHouse.ask(house -> {
                    ComputedEpoch sealed = OpenHouse.epoch(house, epoch);
                    return question.apply(EpochView.of(sealed, () -> house.fundBook(sealed.number())));
                });
    }
}
