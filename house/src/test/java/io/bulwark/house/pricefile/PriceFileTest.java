package io.bulwark.house.pricefile;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.bulwark.clearing.document.BadInput;
import io.bulwark.netting.volatility.DailyPrices;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PriceFileTest {
    @Test
    void shouldReadCandlesOfOneUnderlyingInAnyOrderOfColumns() {
        DailyPrices btc = PriceFile.parse("btc.csv", """
                        # a comment, with a comma
                        timestamp,open,close,volume,unix_timestamp,high,low
                        2015-01-01 00:00:00,321.0,313.81,3085.7,1420070400,322.0,312.6
                        2015-01-03 00:00:00,315.42,282.0,0,1420243200,316.58,280.0
                        """).history("btc").orElseThrow();
        assertArrayEquals(new int[] {day("2015-01-01"), day("2015-01-03")}, btc.epochDays());
        assertArrayEquals(new double[] {321.0, 315.42}, btc.open());
        assertArrayEquals(new double[] {322.0, 316.58}, btc.high());
        assertArrayEquals(new double[] {312.6, 280.0}, btc.low());
        assertArrayEquals(new double[] {313.81, 282.0}, btc.close());
    }

    @Test
    void shouldReadAColumnOfClosesAnUnderlyingAndLeaveEmptyCellsOut() {
        PriceFile file = PriceFile.parse("two.csv", "date,BTC,ETH\n2020-01-01,7200,130\n2020-01-02,,127.5\n");
        assertEquals(List.of("BTC", "ETH"), file.underlyings());
        DailyPrices btc = file.history("BTC").orElseThrow();
        assertArrayEquals(new double[] {7200}, btc.low());
        assertEquals(2, file.history("ETH").orElseThrow().size());
    }

    @Test
    void shouldTakeOnlyClosesWhereColumnsSayWhichTheyAre() {
        PriceFile file = PriceFile.parse("rv.csv", "date,btc_close,btc_ret,btc_rv\n2020-08-03,11227.07,-0.5,0.0\n");
        assertEquals(List.of("BTC"), file.underlyings());
    }

    @Test
    void shouldMakeDaysOfHourlyCandles() {
        PriceFile file = PriceFile.parse("hours.csv", """
                open_time_utc,asset,open,high,low,close,volume
                2023-03-11T00:00Z,USDC,0.98,0.99,0.95,0.96,1
                2023-03-11T00:00Z,BTC,20000,20100,19900,20050,1
                2023-03-11T01:00Z,USDC,0.96,0.97,0.88,0.9,1
                2023-03-12T00:00Z,USDC,0.9,0.98,0.9,0.97,1
                """);
        DailyPrices usdc = file.history("USDC").orElseThrow();
        assertArrayEquals(new double[] {0.98, 0.9}, usdc.open());
        assertArrayEquals(new double[] {0.99, 0.98}, usdc.high());
        assertArrayEquals(new double[] {0.88, 0.9}, usdc.low());
        assertArrayEquals(new double[] {0.9, 0.97}, usdc.close());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "date,BTC;2020-01-01,0|f.csv, data row 1, BTC = 0: must be finite and > 0",
                "date,BTC;2020-01-01,-3|f.csv, data row 1, BTC = -3: must be finite and > 0",
                "date,BTC;2020-01-01,NaN|f.csv, data row 1, BTC = NaN: must be finite and > 0",
                "date,BTC;2020-01-01,x|f.csv, data row 1, BTC = x: must be a number",
                "date,BTC;2020-01-02,1;2020-01-02,2|f.csv, data row 2, date = 2020-01-02: must be later than the day before it",
                "date,BTC;01/02/2020,1|f.csv, data row 1, date = 01/02/2020: must be a day such as 2024-06-15",
                "date,BTC;2020-01-01|f.csv, data row 1, cells = 1: must be 2",
                "date,BTC,BTC;2020-01-01,1,1|f.csv, header = date,BTC,BTC: columns must have different names",
                "when,BTC;2020-01-01,1|f.csv, header = when,BTC: must have one of the columns [date, date_utc, day, timestamp]",
                "date,open,close;2020-01-01,1,1|f.csv, header = date,open,close: must have open, high, low and close, or close alone",
                "date,volume;2020-01-01,1|f.csv = date,volume: must have a column of prices",
                "date,BTC|f.csv = 1 lines: must have a header line and rows"
            })
    void shouldRefuseByPlaceValueAndRule(String lines, String refusal) {
        BadInput refused = assertThrows(BadInput.class, () -> PriceFile.parse("f.csv", lines.replace(';', '\n')));
        assertEquals(refusal, refused.getMessage());
    }

    @Test
    void shouldRefuseAFileThatIsNotThere() {
        assertThrows(BadInput.class, () -> PriceFile.read(Path.of("no-such-file.csv")));
    }

    private static int day(String iso) {
        return (int) LocalDate.parse(iso).toEpochDay();
    }
}
