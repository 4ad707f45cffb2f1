package io.bulwark.adapter.aave;

import io.bulwark.adapter.FactLines;
import io.bulwark.adapter.ReferenceFiles;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AaveFactsTest {
    private static final String POOL = """
            {'chainId':7,'poolConfig':{'oracle':'0x1'},
            'eModes':{'2':{'eModeCategory':2,'label':'coins','ltv':9000,'liquidationThreshold':9250,'liquidationBonus':10150}},
            'reserves':{'0xa':{'symbol':'SOL','decimals':9,'ltv':6500,'liquidationThreshold':7000,'liquidationBonus':10600,'reserveFactor':1500,
            'supplyCap':20000,'borrowCap':0,'debtCeiling':123456,'oracleDecimals':8,'oracleLatestAnswer':15012345678,'oracleDescription':'SOL / USD'}},
            'strategies':{'0xb':{'baseVariableBorrowRate':10000000000000000000000000,'optimalUsageRatio':450000000000000000000000000}}}
            """;

    /** File → subject, kind, signed value, unit, scale, horizon. */
    @ParameterizedTest
    @CsvSource(delimiter = ';', textBlock = """
            aave_v3_ethereum_pool_2023-10-31.json; parameter | 1INCH | share of value at which an account is liquidated | 0.67 1 @4 | -
            aave_v3_ethereum_pool_2023-10-31.json; parameter | 1INCH | collateral seized over debt repaid | 1.075 1 @4 | -
            aave_v3_ethereum_pool_2023-10-31.json; limit | 1INCH | debt ceiling in isolation, 0 for none | 4500000 USD @2 | -
            aave_v3_ethereum_pool_2023-10-31.json; price | WBTC | oracle price | 34814.14003279 USD per WBTC @8 | -
            aave_v3_avalanche_pool_2023-10-31.json; price | WETH.e | oracle price | 2064.16838757 USD per WETH.e @8 | -
            """)
    void shouldReadTheReferenceButForTheOneFeedWithoutDecimals(String file, String line) {
        FactLines lines =
                FactLines.of("aave", ReferenceFiles.bytes("aave/" + file)).saysAmongOthers(line);
        lines.refuses(
                file.contains("ethereum")
                        ? "reserves.0xae78736Cd615f374D3085123A210448E74Fc6393.oracleDecimals"
                        : "reserves.0x2b2C81e08f1Af8835a78Bb2A90AE924ACE0eA4bE.oracleDecimals",
                "absent is not zero");
    }

    @Test
    void shouldReadEachNumberWithItsScale() {
        FactLines.of("aave", POOL)
                .says(
                        "parameter | SOL | share of value that may be borrowed | 0.65 1 @4 | -",
                        "limit | SOL | highest supply, 0 for none | 20000 SOL @0 | -",
                        "limit | SOL | debt ceiling in isolation, 0 for none | 1234.56 USD @2 | -",
                        "price | SOL | oracle price | 150.12345678 USD per SOL @8 | -",
                        "interest | 0xb | base variable borrow rate, a year | 0.01 1 @27 | -",
                        "parameter | 0xb | optimal usage ratio | 0.45 1 @27 | -",
                        "parameter | e-mode 2 | collateral seized over debt repaid | 1.015 1 @4 | -");
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', quoteCharacter = '"', textBlock = """
            'ltv':6500; 'ltv':7100; reserves.0xa.ltv; must be <= liquidationThreshold
            'reserveFactor':1500; 'reserveFactor':15000; reserves.0xa.reserveFactor; at most 10000 basis points
            'reserveFactor':1500; 'reserveFactor':0.15; reserves.0xa.reserveFactor; must be a whole number
            15012345678; 0; reserves.0xa.oracleLatestAnswer; must be > 0
            'decimals':9; 'decimals':9,'mood':1; reserves.0xa.mood; not a known field
            'optimalUsageRatio'; 'optimalMood'; strategies.0xb.optimalMood; not a known field
            """)
    void shouldRefuseABadRowAndReadTheOthers(String said, String instead, String field, String rule) {
        FactLines.of("aave", POOL.replace(said, instead))
                .refuses(field, rule)
                .saysAmongOthers("parameter | e-mode 2 | collateral seized over debt repaid | 1.015 1 @4 | -");
    }
}
