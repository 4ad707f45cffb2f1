package io.bulwark.api.fund;

import io.bulwark.api.contribution.FundMoney;
import io.bulwark.api.door.Money;
import io.bulwark.house.epoch.AccountLine;
import io.bulwark.house.epoch.ComputedEpoch;
import io.bulwark.house.fund.FundBook;
import io.bulwark.house.fund.FundStress;
import io.bulwark.insurance.defaultmanagement.DefaultParameters;
import io.bulwark.insurance.monitor.Concentration;
import io.bulwark.insurance.vault.Contribution;
import io.bulwark.netting.buffer.BufferTariff;
import io.bulwark.netting.buffer.HouseBuffer;
import io.bulwark.netting.contagion.ContagionMap;
import io.bulwark.netting.margin.MarginStatement;
import io.micronaut.serde.annotation.Serdeable;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Everything that the fund manager's page shows of one epoch. Amounts without a text beside them are whole u = 10⁻⁴ USD.
 *
 * @param epoch its number
 * @param time ISO 8601, UTC
 * @param digest of the epoch: the seal over the inputs from which everybody recomputes this board
 * @param vaultTable root of the sealed table that sizes the fund
 * @param buffer digest of the sealed buffer; zero where the house publishes none
 * @param money what of the fund is there: only what was received
 * @param first who endangers the fund, and what to do now
 * @param rests who rests on the fund
 * @param need Cover-2 as the epoch has it: direct losses, nothing forced
 * @param hiddenAffiliates the same of four members: each of the pair may secretly be two
 * @param required what the fund must hold: the larger of the need and of the governed share of all losses beyond margin
 * @param layers what the fund must hold over all layers, whose risk each is, and what stands
 * @param contributions what the next review asks of every member; amounts in u
 * @param clock what the fund can really pay in the worst row, and for how long
 * @param chains every collateral symbol with the claims on it, hop by hop
 * @param explanation the need as a sentence
 * @param scenarios every row of the vault table
 * @param now the worst row with forced sales inside and no lever pulled
 * @param fund what was received and is in it, the house's own capital included
 * @param callable what members can be called for beyond it
 * @param accounts every account
 * @param venues every venue, with the accounts that it cannot be seen for
 * @param headroom room in each asset and side; empty for a house that publishes no buffer
 * @param shortVolatility how crowded short volatility is, a bucket each in which somebody is short; empty for a house that publishes no buffer
 * @param certificate one application of the map in every scenario of the buffer; absent for a house that publishes none
 * @param concentration what stands with few
 * @param distribution loss beyond margin over margin, a member each in its worst row, ppm, largest first, without names
 * @param displacementKeptPpm share of a batch's displacement that stays until the next, governed
 */
@Serdeable
record FundBoard(
        long epoch,
        String time,
        String digest,
        String vaultTable,
        String buffer,
        FundMoney money,
        FundFirst first,
        FundRests rests,
        Money need,
        Money hiddenAffiliates,
        Money required,
        FundLayers layers,
        List<Contribution> contributions,
        FundClock clock,
        List<ReuseChain> chains,
        String explanation,
        List<Scenario> scenarios,
        CounterfactualAnswer now,
        Money fund,
        Money callable,
        List<Holder> accounts,
        List<VenueSight> venues,
        List<Room> headroom,
        List<VolatilityCrowd> shortVolatility,

        @Schema(requiredMode = Schema.RequiredMode.NOT_REQUIRED)
        Optional<Certificate> certificate,

        List<Concentration> concentration,
        List<Long> distribution,
        long displacementKeptPpm) {
    public FundBoard {
        contributions = List.copyOf(contributions);
        chains = List.copyOf(chains);
        scenarios = List.copyOf(scenarios);
        accounts = List.copyOf(accounts);
        venues = List.copyOf(venues);
        headroom = List.copyOf(headroom);
        shortVolatility = List.copyOf(shortVolatility);
        concentration = List.copyOf(concentration);
        distribution = List.copyOf(distribution);
    }

    /**
     * A row of the vault table.
     *
     * @param row its number
     * @param scenario in words
     * @param need Cover-2 of the row, u
     */
    @Serdeable
    public record Scenario(int row, String scenario, long need) {}

    /**
     * An account.
     *
     * @param number of the account
     * @param member who stands behind it
     * @param venues that it spans
     * @param state open, call, liquidation, or without margin
     * @param stale whether its data is old or missing
     * @param equity u; 0 without margin
     * @param initialMargin u
     * @param maintenanceMargin u
     * @param contribution what was received of its member and is in the fund, u
     * @param due when what its margin call asks must be there, ISO 8601; absent where none stands
     */
    @Serdeable
    public record Holder(
            int number,
            String member,
            List<String> venues,
            String state,
            boolean stale,
            long equity,
            long initialMargin,
            long maintenanceMargin,
            long contribution,

            @Schema(requiredMode = Schema.RequiredMode.NOT_REQUIRED)
            Optional<String> due) {
        public Holder {
            venues = List.copyOf(venues);
        }
    }

    /**
     * A venue and how much of it is seen.
     *
     * @param venue its name
     * @param accounts how many accounts span it
     * @param unseen numbers of those whose data is old or missing
     */
    @Serdeable
    public record VenueSight(String venue, int accounts, List<Integer> unseen) {
        public VenueSight {
            unseen = List.copyOf(unseen);
        }
    }

    /**
     * Room in one asset and side, in the scenario that forces most into it.
     *
     * @param asset liquidity group
     * @param side sale or purchase
     * @param movePpm the scenario's own move
     * @param ratePpm certified further move
     * @param flow F, what is forced under the certified vectors, u, rounded up
     * @param limit F̄, the largest flow that they cover, u, rounded down; absent where no flow moves the price further
     */
    @Serdeable
    public record Room(
            String asset,
            String side,
            int movePpm,
            int ratePpm,
            long flow,

            @Schema(requiredMode = Schema.RequiredMode.NOT_REQUIRED)
            Optional<Long> limit) {}

    /**
     * The certificate of the published vectors: one application of the map, made for this board.
     *
     * @param scenarios how many there are
     * @param held in how many Φ(c′) ≤ c′
     */
    @Serdeable
    public record Certificate(int scenarios, int held) {}

    /** The board of a computed epoch. */
    public static FundBoard of(ComputedEpoch epoch, FundBook fund) {
        FundAnswer sealed = FundAnswer.of(epoch, fund);
        List<Holder> holders =
                epoch.accounts().stream().map(a -> holder(epoch, a, fund)).toList();
        return new FundBoard(
                epoch.number(),
                Instant.ofEpochMilli(epoch.timeMillis()).toString(),
                epoch.sealed().digest().hex(),
                epoch.sealed().epoch().vaultTableRoot().hex(),
                epoch.sealed().epoch().buffer().hex(),
                sealed.money(),
                FundFirst.of(epoch, fund, sealed.layers().demanded().u(), sealed.contributions()),
                sealed.rests(),
                sealed.need(),
                sealed.hiddenAffiliates(),
                sealed.market(),
                sealed.layers(),
                sealed.contributions(),
                sealed.clock(),
                sealed.chains(),
                sealed.explanation(),
                sealed.rows().stream()
                        .map(row -> new Scenario(row.row(), row.scenario(), row.need()))
                        .toList(),
                CounterfactualAnswer.of(FundLevers.none(epoch, fund), epoch, fund),
                Money.of(fund.book().total()),
                Money.of(fund.callable(epoch)),
                holders,
                venues(epoch).stream().map(v -> sight(v, epoch)).toList(),
                epoch.buffer().stream()
                        .flatMap(house -> FundStress.headroom(house).stream())
                        .map(FundBoard::room)
                        .toList(),
                epoch.buffer().map(VolatilityCrowd::of).orElse(List.of()),
                epoch.buffer().map(FundBoard::certificate),
                fund.concentration(epoch),
                FundStress.distribution(epoch, fund.members()),
                epoch.parameters().value(DefaultParameters.DISPLACEMENT_KEPT));
    }

    /** Names of the venues that accounts span, in the order of the names. */
    static List<String> venues(ComputedEpoch epoch) {
        return epoch.accounts().stream()
                .flatMap(a -> a.venues().stream())
                .distinct()
                .sorted()
                .toList();
    }

    private static String member(AccountLine account, FundBook fund) {
        return Objects.requireNonNull(fund.members().get(account.number()));
    }

    private static boolean unseen(AccountLine account) {
        return account.restricted() || account.margin().stated().isEmpty();
    }

    private static Holder holder(ComputedEpoch epoch, AccountLine account, FundBook fund) {
        Optional<MarginStatement> stated = account.margin().stated();
        String member = member(account, fund);
        return new Holder(
                account.number(),
                member,
                account.venues(),
                stated.map(s -> s.state().label()).orElse("without margin"),
                unseen(account),
                stated.map(MarginStatement::equity).orElse(0L),
                stated.map(MarginStatement::initialMargin).orElse(0L),
                stated.map(s -> s.given().maintenanceMargin()).orElse(0L),
                fund.vault().contribution(member),
                epoch.calls().of(account.number()).map(call -> call.due().toString()));
    }

    private static VenueSight sight(String venue, ComputedEpoch epoch) {
        List<AccountLine> accounts = epoch.accounts().stream()
                .filter(a -> a.venues().contains(venue))
                .toList();
        return new VenueSight(
                venue,
                accounts.size(),
                accounts.stream()
                        .filter(FundBoard::unseen)
                        .map(AccountLine::number)
                        .toList());
    }

    private static Room room(FundStress.Headroom room) {
        return new Room(
                room.group(),
                room.isSale() ? "sale" : "purchase",
                room.movePpm(),
                room.ratePpm(),
                room.flow(),
                room.limit().stream().boxed().findFirst());
    }

    /** In how many scenarios one application of the map, made now, does not exceed the published vectors. */
    private static Certificate certificate(HouseBuffer house) {
        BufferTariff tariff = house.buffer().tariff();
        int scenarios = tariff.scenarios().size();
        return new Certificate(scenarios, (int) IntStream.range(0, scenarios)
                .filter(s -> new ContagionMap(house.system(), s)
                        .holds(tariff.certified().get(s)))
                .count());
    }
}
