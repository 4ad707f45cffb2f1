package io.bulwark.adapter.compound;

import io.bulwark.adapter.FactLines;
import io.bulwark.adapter.ReferenceFiles;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CompoundFactsTest {
    private static final String MARKET = """
            {'name':'Market','symbol':'cXv3','baseToken':'USDS','borrowMin':'25e6','storeFrontPriceFactor':0.6,'targetReserves':'7000e6',
            'rates':{'supplyKink':0.9,'borrowBase':0.0125},'tracking':{'indexScale':'1e15','baseSupplySpeed':'5e14','baseMinForRewards':'1000e6'},
            'assets':{'SOL':{'address':'0x1','priceFeed':'0x2','decimals':'9','borrowCF':0.7,'liquidateCF':0.75,'liquidationFactor':0.9,'supplyCap':'1500.5e9'}}}
            """;

    /** File → subject, kind, signed value, unit, scale, horizon. */
    @ParameterizedTest
    @CsvSource(delimiter = ';', textBlock = """
            comet_arbitrum_usdc_configuration.json; limit | ARB | highest supply | 4000000 ARB @18 | -
            comet_arbitrum_usdc_configuration.json; limit | USDC | smallest loan | 0.000001 USDC @6 | -
            comet_mainnet_usdc_configuration.json; parameter | WETH | share of value that may be borrowed | 0.825 1 @3 | -
            comet_mainnet_usdc_configuration.json; parameter | USDC | borrowing rate at no utilisation, a year | 0.015 1 @3 | -
            comet_mainnet_usdt_configuration.json; parameter | WBTC | share of value at which an account is liquidated | 0.85 1 @2 | -
            """)
    void shouldReadTheReferenceInFull(String file, String line) {
        FactLines.of("compound", ReferenceFiles.bytes("compound/" + file)).says(line);
    }

    @Test
    void shouldReadAmountsByTheirExponent() {
        FactLines.of("compound", MARKET)
                .says(
                        "limit | USDS | smallest loan | 25 USDS @6 | -",
                        "parameter | USDS | reserves up to which collateral is sold | 7000 USDS @6 | -",
                        "limit | SOL | highest supply | 1500.5 SOL @9 | -",
                        "parameter | USDS | borrowing rate at no utilisation, a year | 0.0125 1 @4 | -");
    }

    /** Amounts with separated digits, and a speed of less than one unit a second. */
    @Test
    void shouldReadSeparatedDigitsAndSlowRewards() {
        String market = MARKET.replace("1500.5e9", "7_500_000e9")
                .replace("7000e6", "20_000_000e6")
                .replace("5e14", "0.000011574074074074073e15");
        FactLines.of("compound", market)
                .says(
                        "limit | SOL | highest supply | 7500000 SOL @9 | -",
                        "parameter | USDS | reserves up to which collateral is sold | 20000000 USDS @6 | -",
                        "parameter | USDS | rewards to suppliers | 0.000011574074074074073 reward tokens a second @21 | -");
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', quoteCharacter = '"', textBlock = """
            'borrowCF':0.7; 'borrowCF':0.8; assets.SOL.borrowCF; must be <= liquidateCF
            'liquidationFactor':0.9; 'liquidationFactor':90; assets.SOL.liquidationFactor; must be 0 to 1
            1500.5e9; 1500.5e0; assets.SOL.supplyCap; whole number of the token's unit
            1500.5e9; 1500500000000; assets.SOL.supplyCap; exponent of its decimals
            1500.5e9; _500e9; assets.SOL.supplyCap; exponent of its decimals
            1500.5e9; 1_5.0_5e9; assets.SOL.supplyCap; exponent of its decimals
            'address':'0x1'; 'address':'0x1','mood':1; assets.SOL.mood; not a known field
            """)
    void shouldRefuseABadAssetAndReadTheBase(String said, String instead, String field, String rule) {
        FactLines.of("compound", MARKET.replace(said, instead))
                .refuses(field, rule)
                .saysAmongOthers("limit | USDS | smallest loan | 25 USDS @6 | -");
    }
}
