package io.bulwark.netting.buffer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bulwark.clearing.document.CanonicalReader;
import io.bulwark.clearing.governance.ParameterSet;
import io.bulwark.clearing.instrument.Instrument;
import io.bulwark.clearing.instrument.Instrument.OptionRight;
import io.bulwark.clearing.instrument.ListedInstrument;
import io.bulwark.clearing.instrument.Listing;
import io.bulwark.clearing.money.Amount;
import io.bulwark.clearing.oracle.Measure;
import io.bulwark.clearing.oracle.PriceBook;
import io.bulwark.clearing.oracle.PriceReport;
import io.bulwark.netting.buffer.VegaTariff.Bucket;
import io.bulwark.netting.buffer.VegaTariff.OptionVega;
import io.bulwark.netting.buffer.VegaTariff.Share;
import io.bulwark.netting.buffer.VegaTariff.Wing;
import io.bulwark.netting.contagion.ContagionAccount;
import io.bulwark.netting.contagion.VegaHolding;
import io.bulwark.netting.formula.AddOn;
import io.bulwark.netting.formula.Requirement;
import io.bulwark.netting.formula.Requirement.Charge;
import io.bulwark.netting.market.Market;
import io.bulwark.netting.portfolio.Entry;
import io.bulwark.netting.portfolio.MarginAccount;
import io.bulwark.netting.revaluation.RiskTableBuilder;
import io.bulwark.netting.risktable.RiskTable;
import io.bulwark.netting.scenario.House;
import io.bulwark.netting.scenario.ScenarioParameters;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What short volatility pays for its crowd in a house of its own. */
final class ShortVolatilityTest {
    private static final int ATM_CALL = 1;
    private static final int PUT = 2;
    private static final int ITM_CALL = 6;
    private static final int LATER_CALL = 7;
    private static final long CASH = 900_000_000_000L;
    private static final long DAY_MILLIS = 86_400_000;
    private static final long MICRO = 1_000_000;

    /** The house of the other tests with the put's strike as a call, and a call of 33 days. */
    private static final Listing LISTING = listing();

    private final ParameterSet on =
            ParameterSet.founding().with(BufferParameters.PUBLISHED, 1).with(ScenarioParameters.DESIGN, 0);
    private final RiskTable table =
            RiskTableBuilder.marginTable(LISTING, market(), on).table();
    private final HouseBook book = book(on);

    private static Listing listing() {
        List<ListedInstrument> instruments = new ArrayList<>(House.LISTING.instruments());
        instruments.add(call(ITM_CALL, "60000", 8));
        instruments.add(call(LATER_CALL, "68000", 33));
        return new Listing(House.LISTING.venues(), House.LISTING.groups(), House.LISTING.assets(), instruments);
    }

    private static ListedInstrument call(int number, String strike, int days) {
        Instrument.Option option = new Instrument.Option(
                "BTC", "BTC", OptionRight.CALL, Amount.of(strike), House.EPOCH_MILLIS + days * DAY_MILLIS);
        String name = "deribit:BTC-" + days + "D-" + strike + "-C";
        return new ListedInstrument(number, name, 2, name.substring(8), 1, option, Amount.of("0.1"));
    }

    private static Market market() {
        List<PriceReport> reports = new ArrayList<>(House.reports());
        reports.add(volatility("deribit:BTC-8D-60000-C", "0.662"));
        reports.add(volatility("deribit:BTC-33D-68000-C", "0.58"));
        return Market.of(LISTING, new PriceBook(reports, House.EPOCH_MILLIS, DAY_MILLIS));
    }

    private static PriceReport volatility(String subject, String value) {
        return new PriceReport(2, Measure.IMPLIED_VOLATILITY, subject, Amount.of(value), House.EPOCH_MILLIS);
    }

    private HouseBook book(ParameterSet parameters) {
        return HouseBook.of(table, LISTING, market(), parameters).orElseThrow();
    }

    private static MarginAccount positions(Entry... entries) {
        return new MarginAccount(CASH, List.of(entries), List.of(), List.of(), List.of());
    }

    private ContagionAccount account(HouseBook over, String name, Entry... entries) {
        MarginAccount held = positions(entries);
        return over.account(name, Optional.empty(), held, Requirement.of(table, held));
    }

    private static HouseBuffer buffer(HouseBook over, ContagionAccount... accounts) {
        return HouseBuffer.of(over, List.of(accounts), Optional.empty());
    }

    private static long vega(HouseBuffer buffer, String account) {
        return buffer.charge(account).orElseThrow().vega();
    }

    private long vegaOfALot(int instrument) {
        return 100L
                * table.instrument(instrument).orElseThrow().vega().getFirst().amount();
    }

    private static OptionVega option(VegaTariff tariff, RiskTable table, int instrument) {
        String id = table.instrument(instrument).orElseThrow().id();
        return tariff.options().stream()
                .filter(o -> o.id().equals(id))
                .findFirst()
                .orElseThrow();
    }

    private static long inWing(VegaTariff tariff, OptionVega option, Wing wing) {
        return option.shares().stream()
                .filter(s -> tariff.buckets().get(s.bucket()).wing() == wing)
                .mapToLong(Share::vegaMicro)
                .sum();
    }

    /** CONT-016: 100 puts of 8 days, far out of the money: 6/11 of their vega at 3 days, 5/11 at 14, all in the wing of puts. */
    @Test
    void shouldChargeByTenorWingAndCrowd() {
        ParameterSet small = on.with(VegaParameters.capacity("BTC"), 1_000);
        HouseBook over = book(small);
        ContagionAccount seller = account(over, "a", new Entry(PUT, -100));
        HouseBuffer buffer = buffer(over, seller);
        VegaTariff tariff = buffer.buffer().tariff().vega();
        long lot = vegaOfALot(PUT);
        long far = lot * 454_545 / 1_000_000;
        long near = lot - far;
        assertTrue(far > 0 && near > far);
        // Capacity of 1,000 USD a point, a quarter of it in puts: 37.5 USD of it at 3 days, 87.5 at 14.
        long h3 = haircut(100 * near, 37_500_000);
        long h14 = haircut(100 * far, 87_500_000);
        assertTrue(h3 > 50_000, "the crowd must count");
        long wanted = Math.ceilDiv(100 * near * 30 * h3 + 100 * far * 18 * h14, 1_000_000L);
        assertEquals(wanted, vega(buffer, "a"));
        assertEquals(
                List.of(100 * near, 100 * far),
                tariff.buckets().stream()
                        .filter(b -> b.netShortVegaMicro() > 0)
                        .map(Bucket::netShortVegaMicro)
                        .toList());
        BufferCharge charge = buffer.charge("a").orElseThrow();
        assertEquals(charge.transmitted() + charge.closeOutExcess() + wanted, charge.buffer());
    }

    private static long haircut(long netShort, long capacity) {
        long crowding = Math.ceilDiv(netShort * MICRO, capacity);
        return Math.min(600_000, 50_000 + Math.ceilDiv(Math.max(0, crowding - 200_000) * 500_000, MICRO));
    }

    /** Mission row 29: a cluster of short-volatility accounts raises what each of them holds, and their longs do not. */
    @Test
    void shouldRaiseTheChargeOfEveryMemberOfACluster() {
        HouseBook over = book(on.with(VegaParameters.capacity("BTC"), 2_000));
        ContagionAccount one = account(over, "1", new Entry(ATM_CALL, -150), new Entry(PUT, -150));
        ContagionAccount two = account(over, "2", new Entry(ATM_CALL, -150), new Entry(PUT, -150));
        ContagionAccount buyer = account(over, "3", new Entry(ATM_CALL, 150), new Entry(PUT, 150));
        long alone = vega(buffer(over, one), "1");
        HouseBuffer cluster = buffer(over, one, two);
        assertTrue(vega(cluster, "1") > alone, vega(cluster, "1") + " against " + alone);
        assertEquals(vega(cluster, "1"), vega(cluster, "2"));
        HouseBuffer relieved = buffer(over, one, two, buyer);
        assertEquals(alone, vega(relieved, "1"));
        assertEquals(0, vega(relieved, "3"));
    }

    /** Declaring oneself a dealer never makes a crowd smaller: its short counts gross, its long hides nobody's. */
    @Test
    void shouldCountADealersShortAndNotItsLong() {
        ParameterSet small = on.with(VegaParameters.capacity("BTC"), 2_000);
        HouseBook listed = book(small.with(VegaParameters.dealer("account-3"), 1));
        Entry[] sold = {new Entry(ATM_CALL, -150), new Entry(PUT, -150)};
        Entry[] bought = {new Entry(ATM_CALL, 150), new Entry(PUT, 150)};
        long alone = vega(buffer(listed, account(listed, "1", sold)), "1");
        long besideLong = vega(
                buffer(listed, account(listed, "1", sold), account(listed, "2", sold), account(listed, "3", bought)),
                "1");
        HouseBook plain = book(small);
        long besideCustomer = vega(
                buffer(plain, account(plain, "1", sold), account(plain, "2", sold), account(plain, "3", bought)), "1");
        assertEquals(alone, besideCustomer);
        assertTrue(besideLong > besideCustomer, "a dealer's long must hide nothing");
        HouseBuffer dealerShort = buffer(listed, account(listed, "1", bought), account(listed, "3", sold));
        assertEquals(alone, vega(dealerShort, "3"), "a dealer pays, and no customer's long covers it");
        assertEquals(0, vega(buffer(plain, account(plain, "1", bought), account(plain, "3", sold)), "1"));
    }

    /** At one strike call and put lie in one wing: what is short in the one and long in the other is no short volatility. */
    @Test
    void shouldPutBothRightsOfAStrikeInOneBucket() {
        VegaTariff tariff = buffer(book).buffer().tariff().vega();
        OptionVega put = option(tariff, table, PUT);
        OptionVega call = option(tariff, table, ITM_CALL);
        assertTrue(inWing(tariff, put, Wing.PUT) > 0);
        assertEquals(0, inWing(tariff, put, Wing.CALL));
        assertEquals(0, inWing(tariff, call, Wing.CALL));
        long gap = Math.abs(inWing(tariff, put, Wing.PUT) - inWing(tariff, call, Wing.PUT));
        assertTrue(gap * 20 < inWing(tariff, put, Wing.PUT), gap + " of " + inWing(tariff, put, Wing.PUT));
        long conversion = vega(buffer(book, account(book, "a", new Entry(PUT, 100), new Entry(ITM_CALL, -100))), "a");
        long naked = vega(buffer(book, account(book, "a", new Entry(ITM_CALL, -100))), "a");
        assertTrue(conversion * 20 < naked, conversion + " against " + naked);
    }

    /** A long of another tenor is no hedge of a short, one of the same nodes is. */
    @Test
    void shouldNotNetTenorsThatLieApart() {
        long calendar =
                vega(buffer(book, account(book, "a", new Entry(ATM_CALL, -100), new Entry(LATER_CALL, 100))), "a");
        long naked = vega(buffer(book, account(book, "a", new Entry(ATM_CALL, -100))), "a");
        assertTrue(calendar > 0 && calendar < naked, calendar + " against " + naked);
    }

    @Test
    void shouldSpreadTheWholeVegaOfEveryOption() {
        VegaTariff tariff = buffer(book).buffer().tariff().vega();
        assertEquals(4, tariff.options().size());
        for (int instrument : List.of(ATM_CALL, PUT, ITM_CALL, LATER_CALL)) {
            OptionVega option = option(tariff, table, instrument);
            assertEquals(
                    vegaOfALot(instrument),
                    option.shares().stream().mapToLong(Share::vegaMicro).sum());
        }
        OptionVega later = option(tariff, table, LATER_CALL);
        assertTrue(later.shares().stream()
                .allMatch(s -> List.of(14, 45)
                        .contains(tariff.buckets().get(s.bucket()).tenorDays())));
    }

    /** What the initial margin charges for short vega is not asked again. */
    @Test
    void shouldAskOnlyBeyondTheInitialMarginsOwnLine() {
        ParameterSet full = on.with(ScenarioParameters.DESIGN, 1);
        RiskTable charging =
                RiskTableBuilder.marginTable(LISTING, market(), full).table();
        HouseBook over = HouseBook.of(charging, LISTING, market(), full).orElseThrow();
        MarginAccount held = positions(new Entry(PUT, -100));
        long line = Requirement.of(charging, held).charges().stream()
                .filter(charge -> charge.addOn() == AddOn.CROWDING)
                .mapToLong(Charge::amount)
                .sum();
        ContagionAccount seen = over.account("a", Optional.empty(), held, Requirement.of(charging, held));
        long paid = seen.vega().paidMicro().stream().mapToLong(Long::longValue).sum();
        assertTrue(line > 0, "the full design must charge for short vega");
        assertTrue(paid <= 100 * line && paid > 100 * (line - 1), paid + " of " + line);
        VegaTariff tariff = over.vega(List.of(seen));
        long asked = tariff.charge(new VegaHolding(
                seen.vega().vegaMicro(),
                seen.vega().paidMicro().stream().map(x -> 0L).toList()));
        assertEquals(Math.max(0, asked - paid), tariff.charge(seen.vega()));
    }

    /** Who sells after the epoch was sealed pays for the crowd with its own sale inside, and the sealed crowd is not forgotten by who buys it back. */
    @Test
    void shouldChargeAnActionForTheCrowdThatItMakes() {
        HouseBook over = book(on.with(VegaParameters.capacity("BTC"), 1_000));
        HouseBuffer sealed = buffer(over, account(over, "1", new Entry(PUT, -100)));
        MarginAccount more = positions(new Entry(PUT, -300));
        HouseBuffer.Afterwards after = sealed.afterwards("1", more, Requirement.of(table, more));
        assertEquals(
                vega(buffer(over, account(over, "1", new Entry(PUT, -300))), "1"),
                after.charge().vega());
        assertTrue(sealed.published(more, Requirement.of(table, more)).vega()
                < after.charge().vega());
        MarginAccount less = positions(new Entry(PUT, -50));
        HouseBuffer.Afterwards fewer = sealed.afterwards("1", less, Requirement.of(table, less));
        assertEquals(
                sealed.published(less, Requirement.of(table, less)).vega(),
                fewer.charge().vega());
        assertTrue(fewer.charge().vega() > vega(buffer(over, account(over, "1", new Entry(PUT, -50))), "1"));
    }

    @Test
    void shouldReadTheTariffThatItWrote() {
        BufferTariff tariff = buffer(book, account(book, "a", new Entry(PUT, -100), new Entry(LATER_CALL, 3)))
                .buffer()
                .tariff();
        assertEquals(12, tariff.vega().buckets().size());
        BufferTariff read = BufferTariff.of(CanonicalReader.read(tariff.encode()));
        assertEquals(tariff, read);
        assertNotEquals(VegaTariff.NONE, read.vega());
    }

    /** Convex and non-decreasing in what is short, and never less for a whole than for its parts together. */
    @Test
    void shouldBeConvexAtAPublishedTariff() {
        HouseBuffer buffer = buffer(book, account(book, "a", new Entry(PUT, -500), new Entry(ATM_CALL, 30)));
        VegaTariff tariff = buffer.buffer().tariff().vega();
        long[] charges = IntStream.rangeClosed(-40, 40)
                .mapToLong(n -> tariff.charge(account(book, "x", new Entry(PUT, 1 + n), new Entry(ATM_CALL, 2 * n + 1))
                        .vega()))
                .toArray();
        for (int i = 1; i < charges.length - 1; i++) {
            assertTrue(2 * charges[i] <= charges[i - 1] + charges[i + 1] + 2, "at " + i);
            assertTrue(charges[i] <= charges[i - 1], "at " + i);
        }
        assertTrue(charges[0] > 0);
    }
}
