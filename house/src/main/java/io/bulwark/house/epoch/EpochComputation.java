package io.bulwark.house.epoch;

import io.bulwark.clearing.document.BadInput;
import io.bulwark.clearing.document.Digest;
import io.bulwark.clearing.epoch.Epoch;
import io.bulwark.clearing.epoch.EpochInputs;
import io.bulwark.clearing.epoch.EpochInputs.AccountInput;
import io.bulwark.clearing.epoch.SealedEpoch;
import io.bulwark.clearing.governance.ParameterSet;
import io.bulwark.clearing.oracle.PriceBook;
import io.bulwark.clearing.oracle.PriceReport;
import io.bulwark.insurance.stresstest.CoverTwo;
import io.bulwark.insurance.stresstest.StressedAccount;
import io.bulwark.insurance.vault.VaultParameters;
import io.bulwark.netting.PortfolioMargin;
import io.bulwark.netting.buffer.BufferTariff;
import io.bulwark.netting.buffer.HouseBook;
import io.bulwark.netting.buffer.HouseBuffer;
import io.bulwark.netting.calibration.Calibration;
import io.bulwark.netting.comparison.VenueByVenue.EquityByMode;
import io.bulwark.netting.margin.HedgingBenefit;
import io.bulwark.netting.margin.MarginAdmission;
import io.bulwark.netting.margin.MarginRefusal;
import io.bulwark.netting.margin.MarginResult;
import io.bulwark.netting.margin.MarginStatement;
import io.bulwark.netting.market.Market;
import io.bulwark.netting.portfolio.MarginAccount;
import io.bulwark.netting.portfolio.Portfolio;
import io.bulwark.netting.portfolio.PortfolioResult;
import io.bulwark.netting.risktable.RiskTable;
import io.bulwark.netting.scenario.NamedScenarios;
import io.bulwark.netting.scenario.NamedScenarios.ExtremeMove;
import io.bulwark.netting.scenario.ScenarioParameters;
import io.bulwark.netting.scenario.TableInputs;
import io.bulwark.prover.binding.FieldElement;
import io.bulwark.prover.binding.ProverLibrary;
import io.bulwark.prover.commitment.AccountLeaf;
import io.bulwark.prover.commitment.AccountTree;
import io.bulwark.prover.commitment.EpochCommitment;
import io.bulwark.prover.commitment.MarginLeaf;
import io.bulwark.prover.commitment.RiskTableTree;
import io.bulwark.prover.commitment.TariffCommitment;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** From sealed inputs to roots, for sealing and replay alike. It reads no clock, file, database or network: same material, same bytes. */
public final class EpochComputation {
    /** The replays of the facts file; a table of the grid design reads none of it. */
    private static final TableInputs CRASHES =
            TableInputs.NONE.with(new NamedScenarios(CrashReplayFile.replays(), List.of(), List.of()));

    private final ProverLibrary library;

    /** A computation whose trees a library makes. */
    public EpochComputation(ProverLibrary library) {
        this.library = library;
    }

    /** Everything that follows from one epoch's material. */
    public ComputedEpoch compute(EpochMaterial material) {
        return compute(material, LastCalibration.SHARED);
    }

    /** The same, for who checks what was computed: beside a memory of its own. */
    ComputedEpoch compute(EpochMaterial material, LastCalibration last) {
        return compute(material, Booked.of(material, last));
    }

    /** What follows from who holds what. */
    ComputedEpoch compute(EpochMaterial material, Booked booked) {
        EpochInputs inputs = material.inputs();
        RiskTable table = booked.table();
        RiskTable vault = booked.market().vaultTable();
        List<AccountLine> lines = booked.portfolios().entrySet().stream()
                .map(a -> line(a.getKey(), a.getValue(), material, booked))
                .toList();
        Optional<HouseBuffer> buffer =
                buffer(lines, material, table, booked.market().market());
        List<AccountLine> accounts = lines.stream()
                .map(line -> buffer.map(b -> line.beside(b, table)).orElse(line))
                .toList();
        List<MarginLeaf> margins = margins(material, accounts, buffer);
        return new ComputedEpoch(
                seal(material, table, vault, accounts, buffer, margins),
                inputs.epochTimeMillis(),
                material.parameters(),
                material.snapshots().reports(),
                table,
                booked.published().leftOut(),
                vault,
                accounts,
                booked.market(),
                cover(accounts, inputs.members(), vault, buffer),
                buffer,
                margins,
                material.frozen(),
                material.callsAfter(accounts));
    }

    /** What is sealed of every account's margin, by number. */
    private static List<MarginLeaf> margins(
            EpochMaterial material, List<AccountLine> accounts, Optional<HouseBuffer> buffer) {
        EpochMaterial.Place place = material.place();
        List<MarginLeaf> margins = new ArrayList<>();
        for (int i = 0; i < accounts.size(); i++) {
            AccountInput input = material.inputs().accounts().get(i);
            FieldElement salt = MarginLeaf.salt(
                    FieldElement.ofDigest(place.house()), place.number(), FieldElement.ofDigest(input.salt()));
            margins.add(accounts.get(i)
                    .margin()
                    .stated()
                    .map(statement -> new MarginLeaf(
                            input.number(),
                            input.memberNumber(),
                            statement.initialMargin(),
                            statement.maintenanceMargin(),
                            statement.equity(),
                            buffer.flatMap(b -> b.charge(Integer.toString(input.number())))
                                    .map(HouseBuffer::inU)
                                    .orElse(0L),
                            salt))
                    .orElseGet(() -> MarginLeaf.without(input.number(), input.memberNumber(), salt)));
        }
        return margins;
    }

    /**
     * The full table of an epoch's material with equally likely rows instead of the published ones: for a monitor, never sealed.
     *
     * @throws BadInput if the epoch was sealed without a price history
     */
    public RiskTable monitorTable(EpochMaterial material, int rows, int horizonDays) {
        Calibration calibration = calibration(material)
                .orElseThrow(() -> new BadInput(
                        "epoch",
                        String.valueOf(material.place().number()),
                        "must be sealed over a price history: the founding file names none"));
        ParameterSet full = material.parameters().with(ScenarioParameters.DESIGN, 1);
        return Booked.of(
                        material,
                        new EpochMarket(
                                material.founding().listing(),
                                market(material, material.snapshots().reports()),
                                full,
                                CRASHES.with(calibration.statistics()).with(calibration.monitor(rows, horizonDays))))
                .table();
    }

    static Market market(EpochMaterial material, List<PriceReport> reports) {
        PriceBook book = new PriceBook(
                reports,
                material.inputs().epochTimeMillis(),
                material.parameters().value(PriceBook.AGE_MILLIS_MAX));
        return Market.of(material.founding().listing(), book);
    }

    /** What the sealed history says on the epoch's day; a house without one rests on governed numbers. */
    static TableInputs observed(EpochMaterial material) {
        return calibration(material)
                .map(calibration -> CRASHES.with(calibration.statistics())
                        .with(calibration.shortfall())
                        .with(CRASHES.scenarios().with(judged(calibration, material.parameters()))))
                .orElse(CRASHES);
    }

    private static List<ExtremeMove> judged(Calibration calibration, ParameterSet parameters) {
        return parameters.value(VaultParameters.PLAUSIBLE) == 1 ? calibration.extremes() : List.of();
    }

    /** What the sealed history says on the epoch's day; empty in a house without one. */
    static Optional<Calibration> calibration(EpochMaterial material) {
        return material.history()
                .map(history -> Calibration.of(
                        material.founding().listing(),
                        history,
                        material.inputs().epochTimeMillis(),
                        material.parameters(),
                        material.founding().sealedForecasts()));
    }

    private AccountLine line(AccountInput input, PortfolioResult result, EpochMaterial material, Booked booked) {
        return switch (result) {
            case Portfolio portfolio -> margined(input, portfolio, material, booked);
            case PortfolioResult.None none -> empty(input, none.reasons(), material, booked);
        };
    }

    /** An account of which nothing can be said, and why. */
    private AccountLine empty(AccountInput input, List<String> reasons, EpochMaterial material, Booked booked) {
        return new AccountLine(
                input.number(),
                material.founding().nameOf(input.number()),
                booked.venues(input),
                MarginAccount.EMPTY,
                List.of(),
                List.of(),
                EquityByMode.NONE,
                new AccountMargin.Without(reasons),
                true,
                material.superseded(input),
                leaf(input, MarginAccount.EMPTY, booked.table()));
    }

    private AccountLine margined(AccountInput input, Portfolio portfolio, EpochMaterial material, Booked booked) {
        MarginAccount lots = booked.market().placed(portfolio);
        MarginResult result = PortfolioMargin.evaluate(booked.table(), lots);
        if (result instanceof MarginRefusal refusal && !MarginAdmission.isInRange(booked.table(), lots)) {
            // No leaf holds so many lots, and one owner of too many must not end the epoch of all others.
            return empty(input, List.of(refusal.text()), material, booked);
        }
        AccountMargin margin = switch (result) {
            case MarginStatement statement ->
                new AccountMargin.Stated(statement, HedgingBenefit.of(booked.table(), lots));
            case MarginRefusal refusal -> new AccountMargin.Without(List.of(refusal.text()));
        };
        return new AccountLine(
                input.number(),
                material.founding().nameOf(input.number()),
                booked.venues(input),
                lots,
                portfolio.origins(),
                portfolio.standings(),
                margin.stated().isPresent() ? booked.modes(portfolio, lots) : EquityByMode.NONE,
                margin,
                !portfolio.fresh(),
                material.superseded(input),
                leaf(input, lots, booked.table()));
    }

    private FieldElement leaf(AccountInput input, MarginAccount lots, RiskTable table) {
        FieldElement owner = FieldElement.ofDigest(input.owner());
        FieldElement salt = FieldElement.ofDigest(input.salt());
        return new AccountLeaf(AccountLeaf.Format.of(table), input.number(), owner, salt, lots)
                .hash(library)
                .orElseThrow();
    }

    /** The contagion buffer over every account with a margin, those of one member looked at as one too; empty for a house that publishes none. */
    private static Optional<HouseBuffer> buffer(
            List<AccountLine> accounts, EpochMaterial material, RiskTable table, Market market) {
        Map<Integer, String> members = material.inputs().members();
        return HouseBook.of(table, material.founding().listing(), market, material.parameters())
                .map(book -> HouseBuffer.of(
                        book,
                        accounts.stream()
                                .flatMap(a -> a.margin().stated().stream()
                                        .map(s -> book.account(
                                                Integer.toString(a.number()),
                                                Optional.ofNullable(members.get(a.number())),
                                                a.lots(),
                                                s.given())))
                                .toList(),
                        material.earlier()));
    }

    private SealedEpoch seal(
            EpochMaterial material,
            RiskTable table,
            RiskTable vault,
            List<AccountLine> accounts,
            Optional<HouseBuffer> buffer,
            List<MarginLeaf> margins) {
        SealedTable opened = sealed(table, buffer);
        Epoch epoch = new Epoch(
                material.place().house(),
                material.place().number(),
                material.place().previous(),
                accountRoot(accounts),
                opened.root(),
                table.digest(),
                material.parameters().digest(),
                material.inputs().canonical().sha256(),
                Digest.ZERO,
                tableRoot(vault),
                opened.buffer(),
                marginRoot(margins));
        return new SealedEpoch(epoch, commitment(epoch).digest(library).digest());
    }

    /** Root of an epoch's table, and digest of the tariff beside it. */
    private record SealedTable(Digest root, Digest buffer) {}

    private SealedTable sealed(RiskTable table, Optional<HouseBuffer> buffer) {
        try (RiskTableTree tree = RiskTableTree.open(library, table).orElseThrow()) {
            return new SealedTable(
                    tree.root().digest(),
                    buffer.map(b -> bufferDigest(tree, b.buffer().tariff())).orElse(Digest.ZERO));
        }
    }

    private static Digest bufferDigest(RiskTableTree table, BufferTariff tariff) {
        return TariffCommitment.of(table, tariff).orElseThrow().digest().digest();
    }

    /** What an epoch that publishes a tariff beside its table seals of it. */
    Digest bufferDigest(RiskTable table, BufferTariff tariff) {
        try (RiskTableTree tree = RiskTableTree.open(library, table).orElseThrow()) {
            return bufferDigest(tree, tariff);
        }
    }

    private Digest accountRoot(List<AccountLine> accounts) {
        try (AccountTree tree = tree(accounts)) {
            return tree.root().digest();
        }
    }

    /** The account tree of an epoch's accounts. The caller closes it. */
    public AccountTree tree(List<AccountLine> accounts) {
        SortedMap<Long, FieldElement> leaves = new TreeMap<>();
        accounts.forEach(a -> leaves.put((long) a.number(), a.leaf()));
        AccountTree tree = AccountTree.open(library);
        tree.update(leaves);
        return tree;
    }

    private Digest marginRoot(List<MarginLeaf> margins) {
        try (AccountTree tree = marginTree(margins)) {
            return tree.root().digest();
        }
    }

    /** The margin tree of an epoch, at the places of the account tree. The caller closes it. */
    public AccountTree marginTree(List<MarginLeaf> margins) {
        SortedMap<Long, FieldElement> leaves = new TreeMap<>();
        margins.forEach(margin -> leaves.put(margin.number(), margin.hash(library)));
        AccountTree tree = AccountTree.open(library);
        tree.update(leaves);
        return tree;
    }

    private Digest tableRoot(RiskTable table) {
        return RiskTableTree.rootOf(library, table).orElseThrow().digest();
    }

    /** Cover-2 of direct losses beyond what accounts hold. One without a margin holds nothing against them; what the vault table cannot weigh is left out, and has no proof. */
    static CoverTwo cover(
            List<AccountLine> accounts, Map<Integer, String> members, RiskTable vault, Optional<HouseBuffer> buffer) {
        return CoverTwo.of(
                vault,
                accounts.stream()
                        .filter(a -> a.margin().stated().isPresent() || weighed(vault, a.lots()))
                        .map(a -> new StressedAccount(
                                a.number(),
                                Objects.requireNonNull(members.get(a.number())),
                                a.lots(),
                                a.margin()
                                        .stated()
                                        .map(s -> ComputedEpoch.held(buffer, a.number(), s))
                                        .orElse(0L)))
                        .toList());
    }

    /** The paid sleeve can lose nothing, so no fault of it keeps an account out. */
    private static boolean weighed(RiskTable vault, MarginAccount lots) {
        return MarginAdmission.firstFault(
                        vault,
                        new MarginAccount(lots.cash(), lots.positions(), List.of(), lots.collateral(), lots.debt()))
                .isEmpty();
    }

    /** An epoch in the form that its digest and its proofs open. */
    public static EpochCommitment commitment(Epoch epoch) {
        return new EpochCommitment(
                FieldElement.ofDigest(epoch.house()),
                epoch.number(),
                FieldElement.ofDigest(epoch.previous()),
                FieldElement.ofDigest(epoch.accountRoot()),
                FieldElement.ofDigest(epoch.tableRoot()),
                epoch.tableSha256(),
                epoch.parametersSha256(),
                epoch.inputsSha256(),
                FieldElement.ofDigest(epoch.venueRoot()),
                FieldElement.ofDigest(epoch.vaultTableRoot()),
                FieldElement.ofDigest(epoch.buffer()),
                FieldElement.ofDigest(epoch.marginRoot()));
    }
}
