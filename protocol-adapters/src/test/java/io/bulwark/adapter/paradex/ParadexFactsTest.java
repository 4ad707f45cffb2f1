package io.bulwark.adapter.paradex;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.bulwark.adapter.FactLines;
import io.bulwark.adapter.ReferenceFiles;
import io.bulwark.adapter.fact.FactKind;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ParadexFactsTest {
    private static final String POSITIONS = """
            {'next':null,'prev':null,'results':[
            {'id':'a','market':'SOL-USD-PERP','status':'OPEN','side':'SHORT','size':'-2.5','average_entry_price':'150','unrealized_pnl':'12.5',
            'unrealized_funding_pnl':'-0.25','cost':'-375','liquidation_price':'','last_updated_at':'1750000000001','seq_no':'1750000000001298037'},
            {'id':'b','market':'ETH-USD-PERP','status':'CLOSED','side':'LONG','size':'0','average_entry_price':'2500','realized_pnl':'-3.5',
            'last_updated_at':1750000000002,'seq_no':9}]}
            """;

    /** File → subject, kind, signed value, unit, scale, horizon. */
    @ParameterizedTest
    @CsvSource(delimiter = ';', textBlock = """
            get_account_documented.json; account | account | account value | 125432.5 USDC @1 | height 12345 at 1681759756789
            get_account_documented.json; account | account | maintenance margin | 25000 USDC @0 | height 12345 at 1681759756789
            get_account_documented.json; account | account | value beyond maintenance margin | 100432.5 USDC @1 | height 12345 at 1681759756789
            """)
    void shouldReadTheReferenceInFull(String file, String line) {
        FactLines.of("paradex", ReferenceFiles.bytes("paradex/" + file)).says(line);
    }

    @Test
    void shouldReadPositionsWithTheirSignAndClosedOnesAsNone() {
        FactLines lines = FactLines.of("paradex", POSITIONS)
                .says(
                        "position | SOL-USD-PERP | size | -2.5 SOL @1 | time 1750000000001",
                        "account | SOL-USD-PERP | funding not yet settled | -0.25 USDC @2 | time 1750000000001",
                        "account | ETH-USD-PERP | realised gain | -3.5 USDC @1 | time 1750000000002");
        assertEquals(1, lines.of(FactKind.POSITION).size());
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', quoteCharacter = '"', textBlock = """
            'size':'-2.5'; 'size':'2.5'; [0].size; must have the sign of its side SHORT
            'size':'-2.5'; 'size':''; [0].size; absent is not zero
            'cost':'-375'; 'colour':'-375'; [0].colour; is not a known field
            'status':'OPEN'; 'status':'HALF'; [0].status; must be one of [CLOSED, OPEN]
            """)
    void shouldRefuseAPositionThatBreaksARule(String from, String to, String field, String rule) {
        FactLines.of("paradex", POSITIONS.replaceFirst(Pattern.quote(from), to))
                .saysAmongOthers("account | ETH-USD-PERP | realised gain | -3.5 USDC @1 | time 1750000000002")
                .refuses(field, rule);
    }

    @Test
    void shouldRefuseAnAccountWhoseCushionIsOff() {
        FactLines.of(
                        "paradex",
                        "{'account':'0x1','account_value':'100.5','maintenance_margin_requirement':'40','margin_cushion':'60.6',"
                                + "'settlement_asset':'USDC','seq_no':1,'updated_at':1750000000001}")
                .refuses("margin_cushion", "must be account_value - maintenance_margin_requirement = 60.5")
                .andNothingElse();
    }

    @Test
    void shouldReadWhatElseTheVenueSays() {
        FactLines.of(
                        "paradex",
                        "{'results':[{'token':'USDC','size':'-12.5','last_updated_at':'1750000000001'},"
                                + "{'token':'ETH','size':'0.5','last_updated_at':'1750000000001'}]}")
                .says(
                        "debt | USDC | balance | 12.5 USDC @1 | time 1750000000001",
                        "collateral | ETH | balance | 0.5 ETH @1 | time 1750000000001");
        FactLines.of(
                        "paradex",
                        "{'results':[{'symbol':'ETH-USD-PERP','mark_price':'2500.5','funding_rate':'-0.0001','open_interest':'12',"
                                + "'price_change_rate_24h':'-0.05','created_at':1750000000001}]}")
                .says(
                        "price | ETH-USD-PERP | mark price | 2500.5 USD per ETH @1 | time 1750000000001",
                        "funding | ETH-USD-PERP | funding rate of eight hours | -0.0001 1 @4 | time 1750000000001",
                        "size | ETH-USD-PERP | open interest | 12 ETH @0 | time 1750000000001");
        FactLines.of(
                        "paradex",
                        "{'market':'ETH-USD-PERP','seq_no':5,'last_updated_at':1750000000002,'bids':[['2500','1.5']],'asks':[]}")
                .says("depth | ETH-USD-PERP | bid | 1.5 ETH @1 | time 1750000000002");
        FactLines.of("paradex", "{'server_time':'1750000000003'}")
                .says("clock | venue | time | 1750000000003 ms since 1970 UTC @0 | time 1750000000003");
        FactLines.of("paradex", "{'error':'INVALID_TOKEN','message':'expired'}")
                .refuses("error", "must not be an error of the venue")
                .andNothingElse();
    }
}
