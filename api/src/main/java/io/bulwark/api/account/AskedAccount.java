package io.bulwark.api.account;

import io.bulwark.api.door.InputFile;
import io.bulwark.api.door.JsonFields;
import io.bulwark.clearing.document.BadInput;
import io.bulwark.netting.portfolio.MarginAccount;
import java.nio.file.Path;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The account that a verb is asked about: a portfolio in a file, or a booked account; and the table it is asked over. */
public final class AskedAccount {
    @Parameters(paramLabel = "FILE", arity = "0..1", description = "A portfolio, in JSON as in margin.")
    private @Nullable Path file;

    @Option(names = "--account", paramLabel = "N", description = "A booked account, by its number.")
    private @Nullable Integer account;

    @Mixin
    private final MarginSource source = new MarginSource();

    /** Whether anything is named at all. */
    public boolean named() {
        return file != null || account != null;
    }

    /** What it is called where it is shown. */
    public String name() {
        return file == null ? "account " + account : String.valueOf(file.getFileName());
    }

    /** Asks about the account; the house is open only while it is asked. */
    public <T> T ask(BiFunction<MarginAccount, EpochView, T> question) {
        if ((file == null) == (account == null)) {
            throw new BadInput("FILE", String.valueOf(file), "must be given, or --account, and not both");
        }
        if (file == null) {
            return source.ask(view -> booked(view, account == null ? -1 : account, question));
        }
        JsonFields fields = JsonFields.read(InputFile.bytes(file, JsonFields.BYTES_MAX));
        return source.ask(view -> question.apply(NamedPortfolio.read(fields, view.table()), view));
    }

    private static <T> T booked(EpochView view, long number, BiFunction<MarginAccount, EpochView, T> question) {
        MarginAccount account = view.accounts()
                .apply(number)
                .orElseThrow(() ->
                        new BadInput("--account", String.valueOf(number), "must be the number of a booked account"));
        return question.apply(account, view.about(number));
    }
}
