package io.bulwark.house;

import io.bulwark.adapter.Venues;
import io.bulwark.clearing.attestation.ChainStatement.Registry;
import io.bulwark.clearing.attestation.HouseStatement;
import io.bulwark.clearing.attestation.RegistryAct;
import io.bulwark.clearing.attestation.SignedHouseStatement;
import io.bulwark.clearing.database.Database;
import io.bulwark.clearing.database.DatabaseException;
import io.bulwark.clearing.document.BadInput;
import io.bulwark.clearing.document.Digest;
import io.bulwark.clearing.epoch.FoundingDocument;
import io.bulwark.clearing.epoch.SealedEpoch;
import io.bulwark.clearing.event.Topics;
import io.bulwark.clearing.event.Topics.Brokers;
import io.bulwark.clearing.holding.HoldingList;
import io.bulwark.clearing.ledger.FundActs;
import io.bulwark.clearing.ledger.Ledger;
import io.bulwark.clearing.ledger.LedgerVerification;
import io.bulwark.clearing.register.AccountRegister;
import io.bulwark.clearing.register.Documents;
import io.bulwark.clearing.register.EpochRegister;
import io.bulwark.clearing.register.FoundingRegister;
import io.bulwark.clearing.register.HouseStatementRegister;
import io.bulwark.clearing.register.LinkRegister;
import io.bulwark.clearing.register.OrderRegister;
import io.bulwark.clearing.register.ProofJobRegister;
import io.bulwark.house.epoch.ChainAttestation;
import io.bulwark.house.epoch.ChainAttestation.ActAttestation;
import io.bulwark.house.epoch.EpochArchive;
import io.bulwark.house.epoch.EpochComputation;
import io.bulwark.house.epoch.Witness;
import io.bulwark.house.founding.AccountLinks;
import io.bulwark.house.founding.Foundation;
import io.bulwark.house.founding.Founders;
import io.bulwark.house.founding.FoundingFile;
import io.bulwark.house.founding.Home;
import io.bulwark.house.founding.QuorumLists;
import io.bulwark.house.founding.SigningKeys;
import io.bulwark.house.fund.Contributions;
import io.bulwark.house.fund.Defaults;
import io.bulwark.house.fund.FundBook;
import io.bulwark.house.margincall.OrderDesk;
import io.bulwark.house.proof.AccountProofs;
import io.bulwark.house.proof.BookProofs;
import io.bulwark.house.proof.ContagionProofs;
import io.bulwark.house.proof.FundProofs;
import io.bulwark.house.proof.HouseKeys;
import io.bulwark.house.proof.HouseMargins;
import io.bulwark.house.proof.ProofJobs;
import io.bulwark.house.proof.RequestSeals;
import io.bulwark.netting.volatility.PriceHistory;
import io.bulwark.prover.binding.ProverConfiguration;
import io.bulwark.prover.binding.ProverConfiguration.Way;
import io.bulwark.prover.binding.ProverLibrary;
import io.bulwark.prover.wallet.BundleKey;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Supplier;

/** An open house: its books, its epochs and its prover, and the {@link MarginCycle} that fills them. */
public final class House implements AutoCloseable {
    private static final Duration BROKER_PATIENCE = Duration.ofSeconds(2);

    private static final Set<HouseStatement.Subject> NAMED_BY_EPOCHS =
            Set.of(HouseStatement.Subject.PRICES, HouseStatement.Subject.SUPERSEDED);

    private final Home home;
    private final Venues venues;
    private final HouseServers servers;
    private final Database database;
    private final ProverLibrary library;
    private final Ledger ledger;
    private final AccountRegister accounts;
    private final EpochRegister epochs;
    private final Sealer sealer;
    private final Optional<Producers> producers;
    private final Documents documents;
    private final EpochArchive archive;
    private final EpochComputation computation;
    private final AccountProofs desk;
    private final BookProofs books;
    private final FundProofs fund;
    private final ContagionProofs contagion;
    private final HouseMargins margins;
    private final Contributions contributions;
    private final Defaults defaults;
    private final OrderDesk orders;
    private final RequestSeals requests;
    private final ProofJobs jobs;
    private final AccountLinks links;
    private final Founders founders;
    private final FoundingRegister foundings;
    private final HouseStatementRegister statements;
    private final SigningKeys signing;
    private final QuorumLists listed;
    private final ReentrantLock writing = new ReentrantLock();
    private final FeedIntake feeds = new FeedIntake(this);
    private volatile Optional<Foundation> lists = Optional.empty();

    private House(
            Home home,
            Venues venues,
            HouseServers servers,
            Database database,
            ProverLibrary library,
            BiFunction<Home, Supplier<Optional<FoundingDocument>>, SigningKeys> keptKeys) {
        this.home = home;
        this.venues = venues;
        this.servers = servers;
        this.database = database;
        this.library = library;
        this.ledger = new Ledger(database);
        this.accounts = new AccountRegister(database);
        this.epochs = new EpochRegister(database);
        this.sealer = new Sealer(database, epochs);
        this.documents = new Documents(database);
        this.computation = new EpochComputation(library);
        this.foundings = new FoundingRegister(database);
        this.statements = new HouseStatementRegister(database);
        this.signing = keptKeys.apply(home, foundings::stored);
        this.producers = servers.brokers().map(brokers -> new Producers(brokers, database, signing::reader));
        this.listed = new QuorumLists(foundings, documents, statements, signing);
        this.archive = new EpochArchive(ledger, documents, epochs, computation, listed, venues);
        HouseKeys keys = new HouseKeys(library, home, archive, foundings, listed);
        this.desk = new AccountProofs(library, home, computation, epochs, keys);
        this.books = new BookProofs(library, home, epochs, keys);
        this.fund = new FundProofs(library, epochs, documents, keys);
        this.contagion = new ContagionProofs(library, epochs, keys);
        this.contributions = new Contributions(new FundActs(database), ledger, foundings::stored, archive::founding);
        this.defaults = new Defaults(ledger, documents, epochs, archive, contributions);
        this.orders = new OrderDesk(new OrderRegister(database), archive);
        this.founders = new Founders(library, home, accounts, foundings, signing);
        this.requests = new RequestSeals(library, home, archive, signing);
        this.margins = new HouseMargins(library, desk, requests, computation, epochs);
        this.links = new AccountLinks(
                new LinkRegister(database), () -> founding().map(FoundingDocument::house), archive::founding);
        this.jobs = new ProofJobs(new ProofJobRegister(database), archive, desk, this::relay, this::relayWhatIsLeft);
    }

    /**
     * Opens a house that takes in snapshots: PostgreSQL and the broker start in this process, unless the home names others, and the books
     * are verified. On external servers several processes may have it open. Its prover is a process of its own unless the
     * environment says otherwise: what would end the prover must not take servers and books with it.
     */
    public static House open(Home home) {
        House house = over(home, HouseServers::start, Way.OUT_OF_PROCESS, SigningKeys::new);
        try {
            house.verify();
            OpeningChecks.requireItsKeys(house);
            OpeningChecks.requireWitnessed(house);
            house.servers.brokers().ifPresent(brokers -> house.cycle().align(brokers));
            house.servers.brokers().ifPresent(house.jobs::start);
            // A process that was killed between keeping and telling left something to tell.
            house.relay();
            return house;
        } catch (RuntimeException e) {
            house.close();
            throw e;
        }
    }

    /**
     * Brokers of nodes: by fields as servers.properties names them behind {@code kafka.}, each of which the environment overrules.
     *
     * @throws BadInput naming field and rule
     */
    public static Brokers brokers(Map<String, String> fields) {
        return ExternalServers.brokers(fields, System.getenv());
    }

    /**
     * Opens a house for reading only, beside the process that runs it, or alone. Its prover is inside unless the environment says
     * otherwise: there is nothing else to lose.
     */
    public static House forReading(Home home) {
        return over(home, HouseServers::forReading, Way.IN_PROCESS, SigningKeys::new);
    }

    /**
     * Opens a house on external servers to answer for it alone: without the keys of its quorum and of its reader, which are neither needed
     * nor looked for. What needs one is refused; proofs that are asked for, another process makes.
     *
     * @throws BadInput if the home names no external servers
     */
    public static House toServe(Home home) {
        if (ExternalServers.of(home, System.getenv()).database().isEmpty()) {
            throw new BadInput(
                    "home",
                    home.folder().toString(),
                    "must name external servers, which another process of the house uses too");
        }
        House house = over(home, HouseServers::start, Way.OUT_OF_PROCESS, SigningKeys::elsewhere);
        try {
            house.verify();
            OpeningChecks.requireItsEpochs(house);
            OpeningChecks.requireWitnessed(house);
            return house;
        } catch (RuntimeException e) {
            house.close();
            throw e;
        }
    }

    private static House over(
            Home home,
            Function<Home, HouseServers> started,
            Way way,
            BiFunction<Home, Supplier<Optional<FoundingDocument>>, SigningKeys> keptKeys) {
        // A jar that cannot be loaded is refused before anything runs that would have to be stopped.
        Venues venues = Venues.with(home.venues());
        HouseServers servers = started.apply(home);
        try {
            ProverLibrary library = ProverLibrary.open(ProverConfiguration.ofEnvironment(way));
            Database database = Database.open(servers.database());
            servers.brokers().ifPresent(Topics::create);
            House house = new House(home, venues, servers, database, library, keptKeys);
            house.foundings.stored();
            return house;
        } catch (RuntimeException e) {
            servers.close();
            throw e;
        }
    }

    /** Lists that the quorum signed. */
    public QuorumLists listed() {
        return listed;
    }

    /** What this machine saw sealed. */
    public Witness witness() {
        return new Witness(home.witness());
    }

    /**
     * Recomputes the journal's chain and every balance.
     *
     * @throws IllegalStateException if something does not hold: such books are not served from
     */
    public LedgerVerification.Sound verify() {
        return switch (ledger.verify()) {
            case LedgerVerification.Sound sound -> sound;
            case LedgerVerification.Broken(List<String> findings) ->
                throw new IllegalStateException("the ledger does not verify: " + String.join("; ", findings));
        };
    }

    /** The kinds of venue that its founding file may connect. */
    public Venues venues() {
        return venues;
    }

    /** The sealed epochs. */
    public EpochArchive archive() {
        return archive;
    }

    /** The prover's library. */
    public ProverLibrary library() {
        return library;
    }

    /** Where claims are proved. */
    public AccountProofs desk() {
        return desk;
    }

    /** Proofs that are asked for: a house that is open for reading has nobody who works on them. */
    public ProofJobs jobs() {
        return jobs;
    }

    /** Where the book of the whole house is proved. */
    public BookProofs books() {
        return books;
    }

    /** Where the fund is proved. */
    public FundProofs fund() {
        return fund;
    }

    /** Where contagion vectors are certified. */
    public ContagionProofs contagion() {
        return contagion;
    }

    /** Where sealed margins are shown to be the formula's. */
    public HouseMargins margins() {
        return margins;
    }

    /** What is asked of those who pay into the fund, and what was received. */
    public Contributions contributions() {
        return contributions;
    }

    /** The fund as it stands now, for the members of a sealed epoch. */
    public FundBook fundBook(long epoch) {
        return contributions.fund(epochs.epoch(epoch).orElseThrow().inputs().members());
    }

    /** Where defaults are declared and settled. */
    public Defaults defaults() {
        return defaults;
    }

    /** Where orders of liquidations go out. */
    public OrderDesk orders() {
        return orders;
    }

    /** Where requests of the challenge opening are taken and sealed. */
    public RequestSeals requests() {
        return requests;
    }

    /** Where owners link venue accounts to clearing accounts, and end such links. */
    public AccountLinks links() {
        return links;
    }

    /** The books. */
    public Ledger ledger() {
        return ledger;
    }

    /** The register of epochs: statements, signatures, proofs. */
    public EpochRegister epochs() {
        return epochs;
    }

    /** The key that an account's owner registered for witness bundles, if one was. */
    public Optional<BundleKey> bundleKey(int account) {
        return accounts.bundleKey(account).map(BundleKey::new);
    }

    /** What the house's identity is made of; empty before the first epoch is sealed. */
    public Optional<FoundingDocument> founding() {
        return foundings.stored();
    }

    /** A sealed epoch signed for contracts by the members whose keys this machine keeps. */
    public ChainAttestation attestForChains(SealedEpoch sealed) {
        return ChainAttestation.of(sealed, signing.members());
    }

    /** An act on a contract, such as a final block for a mirror or a vault's slash, signed by the members whose keys this machine keeps. */
    public ActAttestation attestAct(Registry contract, RegistryAct act) {
        return ActAttestation.of(contract, act, signing.members());
    }

    /** The newest document of each subject that the quorum signed, but of those which epochs name themselves. */
    public List<SignedHouseStatement> statements() {
        return statements.latest().stream()
                .filter(signed -> !NAMED_BY_EPOCHS.contains(signed.statement().subject()))
                .toList();
    }

    /**
     * The daily prices that the next epoch estimates from: those that the quorum signed last, else those of the last epoch. Empty in a house
     * without prices, or before its first epoch.
     */
    public Optional<PriceHistory> prices() {
        return listed.prices()
                .or(() -> epochs.latest().map(last -> last.inputs().documents().get(EpochArchive.HISTORY)))
                .map(archive.material()::history);
    }

    /**
     * Has the quorum sign what the house holds in an epoch; a list that is the newest already is not signed again.
     *
     * @throws BadInput if a place backs something else already in a list of the same epoch
     */
    public SignedHouseStatement signHoldings(HoldingList list) {
        statements.all(HouseStatement.Subject.HOLDINGS).stream()
                .map(signed -> HoldingList.read(signed.document()))
                .forEach(other -> other.sharedWith(list).ifPresent(place -> {
                    throw new BadInput(
                            "holdings.place",
                            place,
                            "must back one thing: the quorum signed it for the "
                                    + other.purpose().word() + " of epoch " + other.epoch() + " already");
                }));
        return statements.publish(
                HouseStatement.Subject.HOLDINGS,
                (house, newest) -> newest.filter(signed -> Arrays.equals(signed.document(), list.encode()))
                                .isPresent()
                        ? Optional.empty()
                        : Optional.of(list.canonical()),
                signing::sign);
    }

    /** The records of the keys that the house lists: canonical bytes, whose SHA-256 are their identities. */
    public List<byte[]> keyRecords() {
        return listed.records();
    }

    /** Anything that was stored by its digest. */
    public Optional<byte[]> document(Digest digest) {
        return documents.find(digest);
    }

    /** Where the house lives. */
    public Home home() {
        return home;
    }

    /** The margin cycle over these books. */
    public MarginCycle cycle() {
        return new MarginCycle(this);
    }

    AccountRegister accounts() {
        return accounts;
    }

    public Documents documents() {
        return documents;
    }

    EpochComputation computation() {
        return computation;
    }

    Founders founders() {
        return founders;
    }

    public SigningKeys signing() {
        return signing;
    }

    public Database database() {
        return database;
    }

    Optional<Topics.Brokers> brokers() {
        return servers.brokers();
    }

    /** What this process tells Kafka; a reader tells nothing. */
    Producers producers() {
        return producers.orElseThrow(() -> new IllegalStateException("a reader takes nothing in"));
    }

    /** What protocols push. */
    public FeedIntake feeds() {
        return feeds;
    }

    /**
     * What is listed now: by the file that the house was founded on in this process, else by that of its last epoch, with what was admitted
     * since; empty before.
     */
    public Optional<FoundingFile> file() {
        return lists.map(founded -> cycle().current(founded).file()).or(() -> now().map(archive.admissions()::read));
    }

    /** The bytes of the same. */
    public Optional<byte[]> listing() {
        return lists.map(founded -> cycle().current(founded).document())
                .or(this::now)
                .map(documents::require);
    }

    private Optional<Digest> now() {
        return archive.listing().map(archive.admissions()::current);
    }

    void lists(Foundation founded) {
        lists = Optional.of(founded);
    }

    /** Does what takes snapshots in or seals over them: one such at a time. */
    <T> T alone(Supplier<T> work) {
        writing.lock();
        try {
            return work.get();
        } finally {
            writing.unlock();
        }
    }

    /** The same, unless another is at it for longer than one waits. */
    boolean alone(Duration patience, Runnable work) throws InterruptedException {
        if (!writing.tryLock(patience.toMillis(), TimeUnit.MILLISECONDS)) {
            return false;
        }
        try {
            work.run();
            return true;
        } finally {
            writing.unlock();
        }
    }

    /** The term for which this process takes in and seals, one of all that have the house open. */
    Sealer sealer() {
        return sealer;
    }

    /** Who takes in and seals, if it is another process; this one is elected if nobody is. */
    public Optional<String> sealedByAnother() {
        return sealer.term().isPresent() ? Optional.empty() : epochs.sealer();
    }

    /** Whether database and broker are those that the house brings along. */
    public boolean isOnItsOwnServers() {
        return servers.postgres() != null && servers.kafka() != null;
    }

    /** Tells the broker what the outbox holds. */
    void relay() {
        producers.ifPresent(Producers::relay);
    }

    private void relayWhatIsLeft() {
        producers.filter(Producers::isBehind).ifPresent(Producers::relay);
    }

    /** What is wrong with the database: {@code away}, {@code busy} or {@code failed}; empty if it answers. */
    public Optional<String> databaseTrouble() {
        try {
            database.read(transaction -> transaction.number("select 1"));
            return Optional.empty();
        } catch (DatabaseException e) {
            return Optional.of(e.isBusy() ? "busy" : e.isAway() ? "away" : "failed");
        }
    }

    /** Whether the brokers answer; a reader has none. */
    public boolean brokerAnswers() {
        return servers.brokers()
                .filter(brokers -> Topics.answer(brokers, BROKER_PATIENCE))
                .isPresent();
    }

    /** The workers, the prover, then the database's connections, then the servers. */
    @Override
    public void close() {
        jobs.close();
        producers.ifPresent(Producers::close);
        desk.close();
        library.close();
        sealer.close();
        database.close();
        servers.close();
    }
}
