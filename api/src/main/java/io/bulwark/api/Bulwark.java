package io.bulwark.api;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.bulwark.api.cli.BookCommand;
import io.bulwark.api.cli.BundleCommand;
import io.bulwark.api.cli.CeremonyCommand;
import io.bulwark.api.cli.ChainCommand;
import io.bulwark.api.cli.CompareCommand;
import io.bulwark.api.cli.ContagionCommand;
import io.bulwark.api.cli.CrifCommand;
import io.bulwark.api.cli.DefaultCommand;
import io.bulwark.api.cli.DemoCommand;
import io.bulwark.api.cli.ExitCode;
import io.bulwark.api.cli.ExportCommand;
import io.bulwark.api.cli.FundCommand;
import io.bulwark.api.cli.HomeOption;
import io.bulwark.api.cli.LinkCommand;
import io.bulwark.api.cli.MarginCommand;
import io.bulwark.api.cli.MirrorCommand;
import io.bulwark.api.cli.MonitorCommand;
import io.bulwark.api.cli.NetCommand;
import io.bulwark.api.cli.OutlookCommand;
import io.bulwark.api.cli.PollCommand;
import io.bulwark.api.cli.ProofCommand;
import io.bulwark.api.cli.ProveCommand;
import io.bulwark.api.cli.ReadCommand;
import io.bulwark.api.cli.ReplayCommand;
import io.bulwark.api.cli.RequestsCommand;
import io.bulwark.api.cli.RunCommand;
import io.bulwark.api.cli.SimulateCommand;
import io.bulwark.api.cli.ValidateCommand;
import io.bulwark.api.cli.VerifyCommand;
import io.bulwark.api.cli.WalletCommand;
import java.io.PrintWriter;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The program: one verb per thing that the house does. Run without a verb it prints what there is. */
@Command(
        name = "bulwark",
        description = "A multi-protocol clearing house whose margin is one integer: computed, stored and proved.",
        mixinStandardHelpOptions = true,
        versionProvider = Bulwark.Version.class,
        scope = CommandLine.ScopeType.INHERIT,
        synopsisSubcommandLabel = "VERB",
        subcommands = {
            DefaultCommand.class,
            DemoCommand.class,
            RunCommand.class,
            PollCommand.class,
            MarginCommand.class,
            SimulateCommand.class,
            CompareCommand.class,
            NetCommand.class,
            OutlookCommand.class,
            ExportCommand.class,
            CrifCommand.class,
            BundleCommand.class,
            WalletCommand.class,
            ProofCommand.class,
            ProveCommand.class,
            VerifyCommand.class,
            BookCommand.class,
            ContagionCommand.class,
            FundCommand.class,
            ChainCommand.class,
            LinkCommand.class,
            MirrorCommand.class,
            RequestsCommand.class,
            CeremonyCommand.class,
            ReplayCommand.class,
            MonitorCommand.class,
            ReadCommand.class,
            ValidateCommand.class
        },
        exitCodeOnInvalidInput = ExitCode.BAD_INPUT,
        exitCodeOnExecutionException = ExitCode.BAD_INPUT)
public final class Bulwark implements Runnable {
    @CommandLine.Spec
    @SuppressWarnings("NullAway.Init")
    private CommandLine.Model.CommandSpec spec;

    @CommandLine.Mixin
    private final HomeOption home = new HomeOption();

    /** Runs one verb and ends the process with its exit code. */
    public static void main(String[] arguments) {
        System.exit(run(new PrintWriter(System.out, true, UTF_8), new PrintWriter(System.err, true, UTF_8), arguments));
    }

    /** Runs one verb with these two outputs and returns its exit code; what {@link #main} does, without ending the process. */
    public static int run(PrintWriter out, PrintWriter err, String... arguments) {
        Bulwark bulwark = new Bulwark();
        return bulwark.home.run(bulwark, out, err, arguments);
    }

    /** The version that the build wrote into the jar. */
    public static final class Version implements CommandLine.IVersionProvider {
        @Override
        public String[] getVersion() {
            return new String[] {
                "bulwark "
                        + Optional.ofNullable(Bulwark.class.getPackage().getImplementationVersion())
                                .orElse("unpackaged")
            };
        }
    }

    @Override
    public void run() {
        spec.commandLine().usage(spec.commandLine().getOut());
    }
}
