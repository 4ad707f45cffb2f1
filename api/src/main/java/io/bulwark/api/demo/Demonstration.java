package io.bulwark.api.demo;

import io.bulwark.adapter.ConnectedVenue;
import io.bulwark.adapter.Endpoint;
import io.bulwark.adapter.VenueReader;
import io.bulwark.adapter.recording.RecordedVenues;
import io.bulwark.api.contribution.FundMoney;
import io.bulwark.api.house.HouseFile;
import io.bulwark.api.margincall.CallTelling;
import io.bulwark.api.proof.Ask;
import io.bulwark.api.proof.Conversation;
import io.bulwark.api.verification.VerificationInquiry;
import io.bulwark.clearing.epoch.Epoch;
import io.bulwark.clearing.epoch.FoundingDocument.KeyRule;
import io.bulwark.clearing.instrument.ListedVenue;
import io.bulwark.clearing.ledger.LedgerVerification;
import io.bulwark.house.House;
import io.bulwark.house.epoch.AccountLine;
import io.bulwark.house.epoch.AccountMargin;
import io.bulwark.house.epoch.ComputedEpoch;
import io.bulwark.house.founding.Foundation;
import io.bulwark.house.founding.FoundingFile;
import io.bulwark.house.founding.SigningKeys;
import io.bulwark.house.fund.FundBook;
import io.bulwark.house.fund.FundBook.Reliance;
import io.bulwark.house.fund.SizingRow;
import io.bulwark.house.survey.VenueSurvey;
import io.bulwark.insurance.stresstest.FundLayer;
import io.bulwark.insurance.vault.Assessment;
import io.bulwark.insurance.vault.Contribution;
import io.bulwark.insurance.vault.PayerAccount;
import io.bulwark.insurance.vault.VaultBook;
import io.bulwark.netting.margin.MarginStatement;
import io.bulwark.netting.risktable.Family;
import io.bulwark.prover.commitment.Claim;
import io.bulwark.prover.proof.ProofBundle;
import io.bulwark.prover.proof.Prover.Proving;
import io.bulwark.prover.proof.ProvingCost;
import io.bulwark.prover.proof.VerifyingKey;
import io.bulwark.prover.witness.ProofShape;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** One run of the demonstration over an open house. The venues are recordings of one day, asked over HTTP as live ones are. */
public final class Demonstration {
    private static final String VERIFIER = "https://verifier.example";
    private static final String PURPOSE = "demonstration";

    private final House house;
    private final Story story;
    private final byte[] founding;
    private final Path folder;

    /**
     * A demonstration.
     *
     * @param house takes in snapshots
     * @param out where the story is told
     * @param founding a founding file over the recorded venues
     * @param folder where the price histories lie that it names
     */
    public Demonstration(House house, PrintWriter out, byte[] founding, Path folder) {
        this.house = house;
        this.story = new Story(out);
        this.founding = founding.clone();
        this.folder = folder;
    }

    /** The founding file of the demonstration's house. */
    public static byte[] foundingFile() {
        try (InputStream file = Demonstration.class.getResourceAsStream("/demo/house.json")) {
            if (file == null) {
                throw new IllegalStateException("the program lacks /demo/house.json");
            }
            return file.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException("/demo/house.json", e);
        }
    }

    /** Runs the margin cycle once, proves the first account that can be proved, and has the proof checked by another process. */
    public ComputedEpoch run() {
        Foundation founded = story.step("Open the books", this::openBooks);
        FoundingFile file = founded.file();
        VenueSurvey survey = story.step("Read the venues", () -> readVenues(file));
        story.step("Book what they hold", () -> book(survey, file));
        ComputedEpoch epoch = story.step("Reprice, net, margin and seal", () -> seal(founded));
        story.step("Size the insurance fund", () -> fund(epoch));
        story.step("Prove one account's solvency", () -> prove(epoch));
        return epoch;
    }

    private Foundation openBooks() {
        LedgerVerification.Sound before = house.verify();
        Foundation founded = house.cycle().found(founding, folder);
        FoundingFile file = founded.file();
        story.say(
                house.isOnItsOwnServers()
                        ? "PostgreSQL flushes what it acknowledges; Kafka runs in this process; both live in %s"
                        : "PostgreSQL and Kafka as the operator names them; keys and secrets live in %s",
                house.home().folder());
        story.say(
                "ledger verified: %d entries, chain head %s",
                before.entries(), before.head().hex().substring(0, 16));
        story.say(
                "%d venues, %d instruments, %d assets, %d accounts; last sealed epoch: %s",
                file.venues().size(),
                file.instruments().size(),
                file.assets().size(),
                file.accounts().size(),
                house.archive().last() == 0 ? "none" : house.archive().last());
        founded.history()
                .ifPresent(digest -> story.say(
                        "price history of %d groups, kept under %s",
                        file.history().size(), digest));
        return founded;
    }

    private VenueSurvey readVenues(FoundingFile file) throws IOException, InterruptedException {
        try (RecordedVenues recorded = RecordedVenues.bundled()) {
            List<VenueReader> readers = file.connections().stream()
                    .map(c -> c.open(Endpoint.recorded(endpoint(recorded, file, c))))
                    .toList();
            try {
                VenueSurvey survey = house.cycle().survey(readers);
                for (ListedVenue venue : file.venues()) {
                    long accounts = survey.snapshots().stream()
                                    .filter(s -> s.account().venue() == venue.number())
                                    .count()
                            - 1;
                    survey.snapshots().stream()
                            .filter(s -> s.account().venue() == venue.number())
                            .findFirst()
                            .ifPresent(s -> story.say(
                                    "%-12s %d accounts and the market, at %s",
                                    venue.name(),
                                    accounts,
                                    Instant.ofEpochMilli(s.horizon().timeMillis())));
                }
                house.cycle().marks(survey, file).forEach(mark -> story.say("%s", mark.text()));
                return survey;
            } finally {
                readers.forEach(VenueReader::close);
            }
        }
    }

    private static URI endpoint(RecordedVenues recorded, FoundingFile file, ConnectedVenue<?> connection) {
        return recorded.endpoint(file.listing().venue(connection.number()).name());
    }

    private long book(VenueSurvey survey, FoundingFile file) {
        long entries = house.cycle().intake(survey, file);
        LedgerVerification.Sound after = house.verify();
        story.say(
                "%d snapshots by way of Kafka: %d new entries, %d known already",
                survey.snapshots().size(), entries, survey.snapshots().size() - entries);
        story.say(
                "ledger: %d entries, debits = credits, chain head %s",
                after.entries(), after.head().hex().substring(0, 16));
        return entries;
    }

    private ComputedEpoch seal(Foundation founded) {
        ComputedEpoch epoch = house.cycle().seal(founded);
        story.say(
                "risk table: %d instruments and %d assets in %d scenarios of %s",
                epoch.table().instruments().size(),
                epoch.table().assets().size(),
                epoch.table().rowCount(),
                epoch.table().families().stream().map(Family::name).collect(Collectors.joining(", ")));
        if (epoch.table().esRowCount() > 1) {
            story.say(
                    "and in %d weighted rows of expected shortfall",
                    epoch.table().esRowCount());
        }
        epoch.leftOut().forEach(u -> story.say("left out of the table: %s (%s)", u.name(), u.reason()));
        tellAccounts(epoch);
        tellRoots(epoch);
        return epoch;
    }

    private void tellAccounts(ComputedEpoch epoch) {
        story.say("");
        story.say(
                "%-10s %-24s %15s %15s %15s %15s  %-12s %s",
                "account",
                "venues",
                "equity USD",
                "isolated USD",
                "portfolio USD",
                "of it venues USD",
                "state",
                "worst scenario");
        for (AccountLine line : epoch.accounts()) {
            switch (line.margin()) {
                case AccountMargin.Stated stated -> tell(line, stated);
                case AccountMargin.Without(List<String> reasons) ->
                    story.say(
                            "%-10s %-24s no margin: %s",
                            line.name(), String.join(" + ", line.venues()), String.join("; ", reasons));
            }
        }
        story.say(
                "isolated: every entry margined alone; portfolio: the account's initial margin, the integer that is proved");
        story.say(
                "of it venues: what venues may close on their own, and marks that part (account margin says which, and what helps)");
        story.say("");
        MarginParts.lines(epoch).forEach(line -> story.say("%s", line));
        MarginParts.grounds(epoch).forEach(line -> story.say("%s", line));
        tellCalls(epoch);
    }

    /** Who is called, and what would be traded for who is liquidated. */
    private void tellCalls(ComputedEpoch epoch) {
        if (!epoch.calls().calls().isEmpty()) {
            story.say("");
        }
        CallTelling.lines(house, epoch).forEach(line -> story.say("%s", line));
    }

    private void tell(AccountLine line, AccountMargin.Stated stated) {
        MarginStatement statement = stated.statement();
        story.say(
                "%-10s %-24s %15s %15s %15s %15s  %-12s %s",
                line.name(),
                String.join(" + ", line.venues()),
                MarginParts.dollars(statement.equity()),
                MarginParts.dollars(stated.hedging().standalone()),
                MarginParts.dollars(statement.initialMargin()),
                MarginParts.dollars(Math.addExact(
                        statement.given().prefundingCharge(), statement.given().dislocation())),
                statement.state().label(),
                statement.scenario().text());
    }

    private void tellRoots(ComputedEpoch epoch) {
        Epoch sealed = epoch.sealed().epoch();
        story.say("");
        story.say("epoch %d, sealed over %s", sealed.number(), Instant.ofEpochMilli(epoch.timeMillis()));
        story.say("  account root  %s", sealed.accountRoot());
        story.say("  margin root   %s", sealed.marginRoot());
        story.say("  table root    %s", sealed.tableRoot());
        story.say("  inputs        %s", sealed.inputsSha256());
        story.say("  epoch digest  %s", epoch.sealed().digest());
        story.say(
                "  signed by     %d of the quorum (%s)",
                house.epochs().signatures(sealed.number()).size(), SigningKeys.ONE_MACHINE);
    }

    /** What no fund is sized for, and what it would cost. */
    private void tellBeyond(ComputedEpoch epoch) {
        FundBook fund = house.contributions()
                .fund(house.epochs()
                        .epoch(epoch.number())
                        .orElseThrow()
                        .inputs()
                        .members());
        SizingRow.of(epoch, fund.members(), fund.review(epoch).losses()).stream()
                .filter(row -> !row.isSizing())
                .forEach(row -> story.say(
                        "not sized for: %s, %s; it would cost %s USD",
                        row.losses().scenario(), row.why(), MarginParts.dollars(row.need())));
    }

    private Assessment fund(ComputedEpoch epoch) {
        Assessment assessment = house.cycle().assess(epoch);
        story.say(Reliance.of(epoch).text(epoch));
        story.say(epoch.cover().explanation());
        story.say(
                "That is what is proved. Over all layers the fund must hold %s USD:",
                MarginParts.dollars(assessment.demand().total()));
        for (FundLayer layer : assessment.demand().layers()) {
            if (layer.size() > 0) {
                story.say(
                        "%-15s %15s USD  %s%s",
                        layer.name(),
                        MarginParts.dollars(layer.size()),
                        layer.where(),
                        layer.proved() > 0 ? "" : "; no proof covers it");
            }
        }
        tellBeyond(epoch);
        DemoPayments.of(house, epoch);
        VaultBook book = house.contributions().book();
        story.say(
                "%s",
                FundMoney.of(book, assessment.demand().total(), epoch.time()).text());
        for (Contribution contribution : assessment.contributions()) {
            PayerAccount payer = book.of(contribution.member());
            story.say(
                    "%-10s must have %15s USD in the fund; received %15s, missing %15s",
                    contribution.member(),
                    MarginParts.dollars(contribution.required()),
                    MarginParts.dollars(payer.total()),
                    MarginParts.dollars(payer.missing()));
        }
        return assessment;
    }

    private Optional<ProofBundle> prove(ComputedEpoch epoch) {
        AccountLine line = epoch.accounts().stream()
                .filter(a -> a.margin()
                        .stated()
                        .filter(s -> s.given().excessInitial() >= 0 && s.initialMargin() > 0)
                        .isPresent())
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("no account is above its initial margin"));
        if (house.desk().fit(epoch, line) instanceof ProofShape.Fit.NoProof none) {
            story.say("%s: %s", line.name(), none.message());
            return Optional.empty();
        }
        house.desk().prover(epoch, line, Claim.Kind.EXCESS_OVER_INITIAL, seconds -> {
            if (seconds == 0) {
                story.say("making the circuit's keys, once; about a minute on two cores ...");
            } else if (seconds % 5 == 0) {
                story.say("... %d s", seconds);
            }
        });
        Ask asked = ask(epoch, line);
        Proving proving = house.desk()
                .prove(
                        epoch,
                        line.number(),
                        asked.claim(),
                        asked.conversation().challenge(),
                        asked.conversation().scope());
        return switch (proving) {
            case Proving.Proved(ProofBundle bundle, ProvingCost cost) -> Optional.of(proved(epoch, line, bundle, cost));
            case Proving.NoProofInThisShape(String reason) -> throw new IllegalStateException(reason);
            case Proving.Refused refused ->
                throw new IllegalStateException(refused.refusal().toString());
        };
    }

    /** What a verifier of the demonstration asks for. */
    private static Ask ask(ComputedEpoch epoch, AccountLine line) {
        return new Ask(
                epoch.sealed().epoch().house(),
                new Conversation(VERIFIER, PURPOSE, line.name(), "epoch " + epoch.number()),
                Claim.excessOverInitial(0),
                epoch.number(),
                false);
    }

    private ProofBundle proved(ComputedEpoch epoch, AccountLine line, ProofBundle bundle, ProvingCost cost) {
        story.say(
                "%s: \"an account of mine has equity of at least its initial margin\", and nothing else", line.name());
        story.say(
                "proof: 196 bytes, %d constraints, proved in %s (%s of CPU)",
                cost.constraints(),
                Story.seconds(Duration.ofMillis(cost.proveMillis())),
                Story.seconds(Duration.ofMillis(cost.cpuMillis())));
        String name = "epoch-" + epoch.number() + "-account-" + line.number();
        Path proofs = house.home().proofs();
        Path file = proofs.resolve(name + ".json");
        Path asked = proofs.resolve(name + ".ask.json");
        Path known = proofs.resolve("house.json");
        try {
            Files.writeString(file, bundle.toJson());
            Files.write(asked, ask(epoch, line).encode());
            Files.write(known, VerificationInquiry.encoded(HouseFile.of(house, HouseFile.EPOCHS_MAX)));
            story.say(
                    "a separate process, which knows what it asked for and whose house it is, says of %s:",
                    file.getFileName());
            OtherProcess.compile(house.home(), keyFile(bundle));
            List<String> verifier = new ArrayList<>(List.of(
                    "--ask",
                    asked.toString(),
                    "--house-file",
                    known.toString(),
                    "--at",
                    Instant.ofEpochMilli(epoch.timeMillis()).toString()));
            if (house.founding().orElseThrow().keys() instanceof KeyRule.Test) {
                verifier.add("--test");
            }
            OtherProcess.verify(house.home(), file, verifier).forEach(answer -> story.say("  %s", answer));
        } catch (IOException e) {
            throw new UncheckedIOException("verifying " + file, e);
        }
        return bundle;
    }

    /** The key that a proof names, beside the proofs: what whoever is given a proof is given with it. */
    private Path keyFile(ProofBundle bundle) throws IOException {
        VerifyingKey key = VerifyingKey.named(house.home().keys(), bundle.key()).orElseThrow();
        return Files.write(house.home().proofs().resolve(bundle.key().hex() + ".vk"), key.encode());
    }
}
