package io.bulwark.api.venue;

import io.bulwark.adapter.VenueReader;
import io.bulwark.api.chain.ChainSender.HeadPosts;
import io.bulwark.api.contribution.FundMoney;
import io.bulwark.api.door.ExitCode;
import io.bulwark.api.door.InputFile;
import io.bulwark.api.door.VerbCommand;
import io.bulwark.api.http.DoorOptions;
import io.bulwark.api.http.HttpFrontDoor;
import io.bulwark.api.http.StopSignal;
import io.bulwark.clearing.database.DatabaseException;
import io.bulwark.clearing.document.BadInput;
import io.bulwark.house.House;
import io.bulwark.house.epoch.AccountMargin;
import io.bulwark.house.epoch.ComputedEpoch;
import io.bulwark.house.founding.Foundation;
import io.bulwark.house.founding.FoundingFile;
import io.bulwark.house.founding.Home;
import io.bulwark.house.fund.FundBook.Reliance;
import io.bulwark.house.survey.VenueSurvey;
import io.bulwark.insurance.vault.Assessment;
import io.opentelemetry.context.Scope;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.common.KafkaException;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The house at work: its venues read again and again, what they hold booked, an epoch sealed after each round. */
@Command(
        name = "poll",
        description = {
            "Reads the house's venues, books what they hold, seals an epoch, and begins again, serving the API meanwhile.",
            "A venue that does not answer, or is not believed, is named; what was accepted of it last stands and ages."
        })
final class PollCommand extends VerbCommand {

    @Option(
            names = "--house",
            required = true,
            paramLabel = "FILE",
            description = "The founding file; price histories that it names lie beside it.")
    @SuppressWarnings("NullAway.Init")
    private Path founding;

    @Option(
            names = "--venues",
            required = true,
            paramLabel = "FILE",
            description = "Where the venues answer, and with which keys they are read: its owner's alone (0600).")
    @SuppressWarnings("NullAway.Init")
    private Path venues;

    @Option(
            names = "--every",
            paramLabel = "SECONDS",
            defaultValue = "60",
            description = "From the beginning of one round to that of the next. Default: ${DEFAULT-VALUE}")
    private int everySeconds;

    @CommandLine.Mixin
    private DoorOptions opening = new DoorOptions();

    private Optional<HeadPosts> heads = Optional.empty();
    private final AtomicLong sealed = new AtomicLong();

    @Option(names = "--once", description = "Ends after one round, without serving.")
    private boolean once;

    @Override
    public Integer call() throws InterruptedException {
        if (everySeconds < 1) {
            throw new BadInput("--every", Integer.toString(everySeconds), "must be at least 1");
        }
        byte[] file = InputFile.bytes(founding, FoundingFile.BYTES_MAX);
        VenuesFile reached = VenuesFile.read(venues);
        if (!once) {
            opening.require();
        }
        try (StopSignal stop = StopSignal.listen();
                House house = House.open(Home.ofEnvironment())) {
            sealed.set(house.archive().last());
            heads = HeadPosts.of(house.home(), new HouseHeads(house, sealed), this::say);
            Foundation founded =
                    house.cycle().found(file, founding.toAbsolutePath().resolveSibling(""));
            List<VenueReader> readers = reached.open(founded.file());
            try {
                if (once) {
                    try (Scope _ = house.cycle().begin()) {
                        round(house, founded, readers);
                    }
                    return ExitCode.OK;
                }
                serve(stop, house, founded, readers);
            } finally {
                readers.forEach(VenueReader::close);
                heads.ifPresent(HeadPosts::close);
            }
        }
        return ExitCode.OK;
    }

    /** What a house has to tell a registry, signed by the members whose keys this machine keeps. */
    private record HouseHeads(House house, AtomicLong sealed) implements HeadPosts.Source {
        @Override
        public long last() {
            return sealed.get();
        }

        @Override
        public Optional<HeadPosts.Head> head(long number) {
            return house.epochs().epochs(number, 1).stream()
                    .filter(found -> found.epoch().number() == number)
                    .map(found -> new HeadPosts.Head(
                            found, house.attestForChains(found).each()))
                    .findFirst();
        }
    }

    private synchronized void say(String line) {
        out().println(line);
        out().flush();
    }

    private void serve(StopSignal stop, House house, Foundation founded, List<VenueReader> readers)
            throws InterruptedException {
        try (HttpFrontDoor door = opening.open(house)) {
            DoorOptions.announce(stop, door, out(), "");
            long due = System.nanoTime();
            do {
                try {
                    round(house, founded, readers);
                } catch (DatabaseException | KafkaException away) {
                    out().println("the round was cut short, the next takes it up: " + away.getMessage());
                    out().flush();
                }
                due = Math.max(due + Duration.ofSeconds(everySeconds).toNanos(), System.nanoTime());
            } while (!stop.await(Duration.ofNanos(due - System.nanoTime())));
        } catch (InterruptedException cutShort) {
            // A round that is stopped has booked whole snapshots or none, and sealed an epoch or not.
            if (!stop.isWished()) {
                throw cutShort;
            }
        }
    }

    private void round(House house, Foundation opened, List<VenueReader> readers) throws InterruptedException {
        PrintWriter out = out();
        Optional<String> another = house.sealedByAnother();
        if (another.isPresent()) {
            out.println("standing by: " + another.get() + " takes in and seals for this house");
            out.flush();
            return;
        }
        Foundation founded = house.cycle().current(opened);
        VenueSurvey survey = house.cycle().survey(readers);
        long entries = house.cycle().intake(survey, founded.file());
        house.cycle().marks(survey, founded.file()).forEach(mark -> out.println(mark.text()));
        try {
            ComputedEpoch epoch = house.cycle().seal(founded);
            Assessment assessment = house.cycle().assess(epoch);
            sealed.set(epoch.number());
            heads.ifPresent(HeadPosts::look);
            long without = epoch.accounts().stream()
                    .filter(line -> line.margin() instanceof AccountMargin.Without)
                    .count();
            out.println("epoch " + epoch.number() + ": " + survey.snapshots().size() + " snapshots, " + entries
                    + " new entries, " + epoch.accounts().size() + " accounts, " + without
                    + " of them without a margin");
            out.println(FundMoney.of(
                            house.contributions().book(), assessment.demand().total(), epoch.time())
                    .text());
            out.println(Reliance.of(epoch).text(epoch));
        } catch (IllegalStateException unsealed) {
            out.println("no epoch: " + unsealed.getMessage());
        }
        out.flush();
    }
}
