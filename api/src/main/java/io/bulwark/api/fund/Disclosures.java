package io.bulwark.api.fund;

import io.bulwark.clearing.money.Usd;
import io.bulwark.house.epoch.ComputedEpoch;
import io.bulwark.house.fund.FundBook;
import io.bulwark.house.fund.FundBook.Reliance;
import io.bulwark.insurance.monitor.Concentration;
import io.bulwark.insurance.stresstest.CoverTwo;
import io.bulwark.insurance.stresstest.FundDemand;
import io.bulwark.insurance.stresstest.FundLayer;
import io.bulwark.insurance.stresstest.StressRow;
import io.bulwark.netting.collateral.AssetClasses;
import io.micronaut.serde.annotation.Serdeable;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * The disclosure of one epoch.
 *
 * @param epoch its number
 * @param time ISO 8601, UTC
 * @param seal digest of the epoch: who has the sealed inputs recomputes every number
 * @param lines what is stated, in the order of the standard's fields
 * @param notStated fields of the standard that this house cannot state yet, with the reason
 */
@Serdeable
record Disclosures(long epoch, String time, String seal, List<Line> lines, List<NotStated> notStated) {
    private static final String ANY = "none: booked amounts";
    private static final String RECEIVED = "none: received, by receipts";
    private static final String RULE = "SA-CCR of every account that rests on the fund, margin period ten days";
    private static final String USD = "USD";
    private static final int ONE = 1;
    private static final int TWO = 2;
    private static final double PPM_A_PERCENT = 10_000;

    public Disclosures {
        lines = List.copyOf(lines);
        notStated = List.copyOf(notStated);
    }

    /**
     * One stated field.
     *
     * @param field number in the standard
     * @param name what it says
     * @param value exact, as text
     * @param unit of the value
     * @param scenario what the number rests on
     */
    @Serdeable
    public record Line(String field, String name, String value, String unit, String scenario) {}

    /**
     * One field that is not stated.
     *
     * @param field number in the standard
     * @param name what it would say
     * @param reason why it is not here
     */
    @Serdeable
    public record NotStated(String field, String name, String reason) {}

    private static final List<NotStated> NOT_STATED = List.of(
            new NotStated(
                    "5.3", "breaches of haircuts", "the house counts no days on which a price fell further than one"),
            new NotStated(
                    "6.5", "breaches of initial margin", "bulwark research backtest states them over any price file"),
            new NotStated("6.6 to 6.8", "variation margin and intraday calls", "venues settle it; the house does not"),
            new NotStated("7.2", "supplementary liquidity risk resources", "the house has none"),
            new NotStated("13.1", "losses of defaults", "bulwark fund default states them per default"),
            new NotStated("15 and 16", "business risk and investments", "the house invests nothing"),
            new NotStated(
                    "17.1 to 17.3", "availability of the core system", "it is measured, not sealed with an epoch"),
            new NotStated(
                    "18.2", "open interest of the largest members", "positions stand at venues that count it apart"));

    /** The disclosure of a computed epoch. */
    public static Disclosures of(ComputedEpoch epoch, FundBook fund) {
        FundBoard board = FundBoard.of(epoch, fund);
        CapitalAnswer capital = CapitalAnswer.of(epoch, fund);
        CoverTwo cover = Reliance.cover(epoch, fund.members());
        StressRow one = cover.worst(ONE);
        StressRow two = cover.worst(TWO);
        Concentration margin = board.concentration().getFirst();
        Concentration contributions = board.concentration().get(TWO);
        long held = board.accounts().stream()
                .mapToLong(a -> Math.max(0, a.equity()))
                .reduce(0, Math::addExact);
        return new Disclosures(
                epoch.number(),
                board.time(),
                board.digest(),
                Stream.of(
                                List.of(
                                        new Line(
                                                "4.1",
                                                "what of the fund was received",
                                                board.money().text(),
                                                "text",
                                                RECEIVED),
                                        money(
                                                "4.1.1",
                                                "own capital of the house, before members",
                                                fund.houseCapital(),
                                                RECEIVED),
                                        money(
                                                "4.1.5",
                                                "contributions of members, received",
                                                fund.vault().total(),
                                                RECEIVED),
                                        money(
                                                "4.1.8",
                                                "calls on members to address a default, at most",
                                                board.callable().u(),
                                                ANY),
                                        money(
                                                "4.2.1",
                                                "hypothetical capital (K_CCP), no hedge in a coin recognised (SCO60, group 2b)",
                                                capital.gross().hypothetical().u(),
                                                RULE),
                                        money(
                                                "4.2.1 with hedges",
                                                "the same where every coin is of group 2a",
                                                capital.hedged().hypothetical().u(),
                                                RULE),
                                        money(
                                                "4.3",
                                                "contributions received in cash",
                                                fund.vault().total(),
                                                RECEIVED),
                                        new Line("4.4.1", "cover standard", "Cover 2", "text", two.scenario()),
                                        money(
                                                "4.4.3",
                                                "largest stress loss over initial margin, one member",
                                                one.largest(ONE),
                                                one.scenario()),
                                        money(
                                                "4.4.7",
                                                "largest stress loss over initial margin, two members",
                                                two.largest(TWO),
                                                two.scenario()),
                                        money(
                                                "4.4.7 with contagion",
                                                "the same with forced sales inside",
                                                board.now().need().u(),
                                                board.now().scenario())),
                                haircuts(epoch),
                                List.of(
                                        money(
                                                "6.1.1",
                                                "initial margin required",
                                                margin.total(),
                                                "every published scenario"),
                                        money("6.2", "equity held against it", held, ANY),
                                        money(
                                                "6.2 that binds",
                                                "of the margin of those who rest on the fund, pledged to the house or in its custody",
                                                board.rests().counted().u(),
                                                "the founders' word on each connection; no adapter checks it"),
                                        new Line(
                                                "4.4",
                                                "who rests on the fund",
                                                board.rests().text(),
                                                "text",
                                                ANY),
                                        new Line(
                                                "6.4.1",
                                                "margin model",
                                                "worst of " + epoch.table().rowCount()
                                                        + " published scenarios and weighted tail rows, per account",
                                                "text",
                                                "risk table "
                                                        + epoch.sealed()
                                                                .epoch()
                                                                .tableSha256()
                                                                .hex()),
                                        money(
                                                "7.1",
                                                "qualifying liquid resources: cash in the fund",
                                                fund.book().total(),
                                                RECEIVED),
                                        money(
                                                "7.3.1",
                                                "largest same-day need of one member beyond its cash",
                                                board.layers().liquidity().u(),
                                                sold(board)),
                                        count(
                                                "18.1.1",
                                                "members",
                                                fund.members().values().stream()
                                                        .distinct()
                                                        .count()),
                                        percent(
                                                "18.3.1",
                                                "share of initial margin, five largest members",
                                                margin.topFivePpm()),
                                        percent(
                                                "18.3.2",
                                                "share of initial margin, ten largest members",
                                                margin.topTenPpm()),
                                        percent(
                                                "18.4.1",
                                                "share of contributions, five largest members",
                                                contributions.topFivePpm()),
                                        percent(
                                                "18.4.2",
                                                "share of contributions, ten largest members",
                                                contributions.topTenPpm())))
                        .flatMap(List::stream)
                        .toList(),
                NOT_STATED);
    }

    /** What each listed asset counts for less than its price, as the sealed table has it, and why. */
    private static List<Line> haircuts(ComputedEpoch epoch) {
        AssetClasses classes = epoch.market().inputs().classes();
        return epoch.market().listing().assets().stream()
                .flatMap(listed -> epoch.table().asset(listed.number()).stream())
                .map(asset -> percent(
                        "5.1",
                        "haircut of " + asset.id(),
                        asset.haircut(),
                        classes.of(asset.number())
                                .map(AssetClasses.ClassedAsset::explanation)
                                .orElse("as listed")))
                .toList();
    }

    private static String sold(FundBoard board) {
        return board.layers().sized().stream()
                .filter(layer -> layer.name().equals(FundDemand.LIQUIDITY))
                .map(FundLayer::where)
                .findFirst()
                .orElse(ANY);
    }

    private static Line money(String field, String name, long u, String scenario) {
        return new Line(field, name, Usd.text(u), USD, scenario);
    }

    private static Line count(String field, String name, long count) {
        return new Line(field, name, Long.toString(count), "members", ANY);
    }

    private static Line percent(String field, String name, int ppm) {
        return percent(field, name, ppm, ANY);
    }

    private static Line percent(String field, String name, int ppm, String scenario) {
        return new Line(field, name, String.format(Locale.ROOT, "%.4f", ppm / PPM_A_PERCENT), "per cent", scenario);
    }
}
