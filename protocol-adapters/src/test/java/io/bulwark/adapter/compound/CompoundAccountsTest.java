package io.bulwark.adapter.compound;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.bulwark.adapter.FactLines;
import io.bulwark.adapter.fact.FactKind;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Answers by the structures of the market's contract (CometStorage, CometCore); figures of our own. */
class CompoundAccountsTest {
    private static final String ACCOUNT = """
            {'userBasic':{'principal':'-1000000003','baseTrackingIndex':'5','baseTrackingAccrued':'2500000','assetsIn':5,'_reserved':0},
            'totalsBasic':{'baseSupplyIndex':'1050000000000000','baseBorrowIndex':'1100000000000000','trackingSupplyIndex':'1','trackingBorrowIndex':'1',
            'totalSupplyBase':'2000000','totalBorrowBase':'1000000','lastAccrualTime':1700000000,'pauseFlags':0}}
            """;

    /** 1000000003 · 1.1 = 1100000003.3, which the contract's own reads round down. */
    @Test
    void shouldTellWhatIsOwedByTheBorrowIndex() {
        FactLines lines = FactLines.of("compound", ACCOUNT)
                .says(
                        "debt | account | owed, at the index | 1100000003 smallest units of the base token @0 | time 1700000000000",
                        "account | account | base principal, before the index | -1000000003 smallest units of the base token @0 | time 1700000000000",
                        "account | account | rewards accrued | 2.5 reward tokens @6 | time 1700000000000",
                        "parameter | market | borrow index | 1.1 1 @15 | time 1700000000000",
                        "size | market | lent by all, at the index | 2100000 smallest units of the base token @0 | time 1700000000000",
                        "size | market | owed by all, at the index | 1100000 smallest units of the base token @0 | time 1700000000000");
        assertEquals(List.of(), lines.of(FactKind.COLLATERAL));
    }

    @Test
    void shouldTellWhatIsLentByTheSupplyIndex() {
        FactLines lines = FactLines.of("compound", ACCOUNT.replace("'-1000000003'", "1000000000"))
                .says(
                        "collateral | account | lent, at the index | 1050000000 smallest units of the base token @0 | time 1700000000000");
        assertEquals(List.of(), lines.of(FactKind.DEBT));
    }

    @Test
    void shouldTellAPrincipalWithoutAnIndexAsNoHolding() {
        FactLines lines = FactLines.of(
                        "compound",
                        "{'principal':'-7','baseTrackingIndex':'0','baseTrackingAccrued':'0','assetsIn':0,'_reserved':0}")
                .says(
                        "account | account | base principal, before the index | -7 smallest units of the base token @0 | -");
        assertEquals(List.of(), lines.of(FactKind.DEBT));
    }

    @Test
    void shouldReadCollateralAndTheTermsOfAnAsset() {
        FactLines.of("compound", "{'balance':'340282366920938463463374607431768211455','_reserved':'0'}")
                .says(
                        "collateral | collateral asset not named | supplied | 340282366920938463463374607431768211455 smallest units of the token @0 | -");
        FactLines.of("compound", "{'totalSupplyAsset':'9','_reserved':'0'}")
                .says("size | collateral asset not named | supplied by all | 9 smallest units of the token @0 | -");
        FactLines.of("compound", "{'comet':'0x1','configurator':'0x2','bulker':'0x3'}")
                .says("instrument | market | contracts of a market | - | -");
    }

    private static final String ASSET = """
            {'offset':0,'asset':'0xc','priceFeed':'0xf','scale':'100000000','borrowCollateralFactor':'700000000000000000',
            'liquidateCollateralFactor':'770000000000000000','liquidationFactor':'950000000000000000','supplyCap':'90000000000'}
            """;

    @Test
    void shouldReadFactorsOfEighteenDecimals() {
        FactLines.of("compound", ASSET)
                .says(
                        "parameter | 0xc | share of value at which an account is liquidated | 0.77 1 @18 | -",
                        "instrument | 0xc | decimals | 8 1 @0 | -",
                        "limit | 0xc | highest supply | 900 0xc @8 | -");
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', quoteCharacter = '"', textBlock = """
            '100000000'; '200000000'; scale; must be a power of ten
            '700000000000000000'; '780000000000000000'; borrowCollateralFactor; must be <= liquidateCollateralFactor
            '950000000000000000'; '1950000000000000000'; liquidationFactor; must be 0 to 10^18
            'supplyCap':'90000000000'; 'supplyCap':'-1'; supplyCap; must be >= 0
            """)
    void shouldRefuseTermsThatCannotHold(String said, String instead, String field, String rule) {
        FactLines.of("compound", ASSET.replace(said, instead))
                .refuses(field, rule)
                .andNothingElse();
    }
}
