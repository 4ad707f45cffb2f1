package io.bulwark.adapter.aave;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.bulwark.adapter.FactLines;
import io.bulwark.adapter.fact.FactKind;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Payloads by the schema of the pool's index (protocol-subgraphs) and of its data provider (UiPoolDataProviderV3); figures of our own. */
class AaveAccountsTest {
    /** The account acted at second 1000; the reserve was last updated at second 2000, by when interest had run. */
    private static final String INDEXED = """
            {'data':{'_meta':{'block':{'number':77,'hash':'0x5'},'hasIndexingErrors':false},'userReserves':[{'id':'0xu0xr',
            'scaledATokenBalance':'1000000005','currentATokenBalance':'1050000005','usageAsCollateralEnabledOnUser':true,
            'scaledVariableDebt':'2000000000','currentVariableDebt':'2050000000','principalStableDebt':'0','stableBorrowRate':'0',
            'variableBorrowIndex':'1050000000000000000000000000','liquidityRate':'30000000000000000000000000','lastUpdateTimestamp':1000,
            'reserve':{'symbol':'USDC','underlyingAsset':'0xR','decimals':6,'liquidityIndex':'1100000000000000000000000000',
            'variableBorrowIndex':'1200000000000000000000000000','lastUpdateTimestamp':2000},'user':{'id':'0xu'}}]}}
            """;

    private static final String HUMANIZED = """
            {'reservesData':[{'id':'1-0xR','underlyingAsset':'0xR','symbol':'WETH','decimals':18,'baseLTVasCollateral':'8000',
            'reserveLiquidationThreshold':'8250','reserveLiquidationBonus':'10500','reserveFactor':'1500','liquidityIndex':'1000000000000000000000000001',
            'variableBorrowIndex':'1250000000000000000000000000','liquidityRate':'20000000000000000000000000','variableBorrowRate':'27000000000000000000000000',
            'lastUpdateTimestamp':1700000000,'availableLiquidity':'5000000000000000000','totalScaledVariableDebt':'4000000000000000000',
            'priceInMarketReferenceCurrency':'250012345678','supplyCap':'1800000','debtCeiling':'100','debtCeilingDecimals':2,'isolationModeTotalDebt':'',
            'isActive':true,'isFrozen':false}],
            'baseCurrencyData':{'marketReferenceCurrencyDecimals':8,'marketReferenceCurrencyPriceInUsd':'100000000',
            'networkBaseTokenPriceInUsd':'250000000000','networkBaseTokenPriceDecimals':8},
            'userReserves':[{'id':'0xu','underlyingAsset':'0xr','scaledATokenBalance':'3000000000000000000','usageAsCollateralEnabledOnUser':true,
            'scaledVariableDebt':'1000000000000000000'}],'userEmodeCategoryId':1}
            """;

    @Test
    void shouldMultiplyWhatIsScaledByTheIndexOfTheReserveHalfUp() {
        FactLines.of("aave", INDEXED)
                .says(
                        "collateral | USDC | supplied, at the index | 1100.000006 USDC @6 | time 2000000",
                        "debt | USDC | variable debt, at the index | 2400 USDC @6 | time 2000000",
                        "account | USDC | scaled supply | 1000.000005 scaled USDC @6 | time 2000000");
    }

    /** What the index calls current stands still since the account's last action (protocol-subgraphs issue 93): said as that, and no holding. */
    @Test
    void shouldNeverTakeAFrozenBalanceForAHolding() {
        FactLines lines = FactLines.of("aave", INDEXED)
                .says(
                        "account | USDC | supply at the account's last action | 1050.000005 USDC @6 | time 1000000",
                        "account | USDC | variable debt at the account's last action | 2050 USDC @6 | time 1000000");
        assertEquals(1, lines.of(FactKind.COLLATERAL).size());
        assertEquals(1, lines.of(FactKind.DEBT).size());
        FactLines unindexed = FactLines.of("aave", INDEXED.replace("'liquidityIndex'", "'price'"));
        assertEquals(List.of(), unindexed.of(FactKind.COLLATERAL), "without the reserve's index nothing is held");
    }

    @Test
    void shouldReadTheIndexByUser() {
        String row = INDEXED.substring(INDEXED.indexOf("[{"), INDEXED.lastIndexOf("]") + 1);
        FactLines.of("aave", "{'data':{'user':{'id':'0xu','reserves':" + row + "}}}")
                .says("debt | USDC | variable debt, at the index | 2400 USDC @6 | time 2000000");
        FactLines.of("aave", "{'users':[{'id':'0xu','borrowedReservesCount':1,'reserves':" + row + "}]}")
                .says("collateral | USDC | supplied, at the index | 1100.000006 USDC @6 | time 2000000");
    }

    @Test
    void shouldReadReservesPricesAndHoldingsOfTheDataProvider() {
        FactLines.of("aave", HUMANIZED)
                .says(
                        "collateral | WETH | supplied, at the index | 3 WETH @18 | time 1700000000000",
                        "debt | WETH | variable debt, at the index | 1.25 WETH @18 | time 1700000000000",
                        "price | WETH | oracle price | 2500.12345678 reference currency per WETH @8 | time 1700000000000",
                        "price | reference currency | price of the reference currency | 1 USD per reference currency @8 | -",
                        "parameter | WETH | share of value at which an account is liquidated | 0.825 1 @4 | time 1700000000000",
                        "parameter | WETH | collateral seized over debt repaid | 1.05 1 @4 | time 1700000000000",
                        "size | WETH | variable debt of all, at the index of the last update | 5 WETH @18 | time 1700000000000",
                        "size | WETH | available liquidity | 5 WETH @18 | time 1700000000000",
                        "limit | WETH | highest supply, 0 for none | 1800000 WETH @0 | time 1700000000000",
                        "interest | WETH | variable borrow rate, a year | 0.027 1 @27 | time 1700000000000");
    }

    @Test
    void shouldReadNumbersAsClientsOfNodesPrintThem() {
        FactLines.of("aave", """
                        {'0':[{'underlyingAsset':'0xr','scaledATokenBalance':{'_hex':'0x0de0b6b3a7640000','_isBigNumber':true},
                        'usageAsCollateralEnabledOnUser':true,'scaledVariableDebt':{'type':'BigNumber','hex':'0x00'}}],'1':0}
                        """)
                .says("account | 0xr | scaled supply | 1000000000000000000 scaled smallest units of 0xr @0 | -");
        FactLines.of("aave", """
                        {'0':[{'underlyingAsset':'0xr','symbol':'DAI','decimals':{'_hex':'0x12'},'liquidityIndex':{'_hex':'0x033b2e3c9fd0803ce8000000'},
                        'priceInMarketReferenceCurrency':{'_hex':'0x05f5e100'}}],
                        '1':{'marketReferenceCurrencyUnit':{'_hex':'0x05f5e100'},'marketReferenceCurrencyPriceInUsd':{'_hex':'0x05f5e100'},
                        'networkBaseTokenPriceInUsd':{'_hex':'0x3a'},'networkBaseTokenPriceDecimals':8}}
                        """)
                .says(
                        "price | DAI | oracle price | 1 reference currency per DAI @8 | -",
                        "parameter | DAI | supply index | 1 1 @27 | -");
    }

    @Test
    void shouldReadWhatThePoolSumsUp() {
        FactLines.of("aave", """
                        {'totalCollateralBase':'250000000000','totalDebtBase':'100000000000','availableBorrowsBase':'50000000000',
                        'currentLiquidationThreshold':'8250','ltv':'8000','healthFactor':'2062500000000000000'}
                        """)
                .says(
                        "account | account | total debt | 1000 reference currency @8 | -",
                        "account | account | health factor | 2.0625 1 @18 | -",
                        "account | account | share of value that may be borrowed | 0.8 1 @4 | -");
        FactLines.of("aave", """
                        {'totalCollateralETH':'2000000000000000000','totalDebtETH':'0','availableBorrowsETH':'1','currentLiquidationThreshold':'8250','ltv':'8000',
                        'healthFactor':'115792089237316195423570985008687907853269984665640564039457584007913129639935'}
                        """)
                .says(
                        "account | account | total collateral | 2 ETH @18 | -",
                        "account | account | health factor | - | -");
    }

    @Test
    void shouldReadBalancesAsOfTheCallWithoutTheTokensDecimals() {
        FactLines.of("aave", """
                        {'currentATokenBalance':'5','currentStableDebt':'0','currentVariableDebt':'7','principalStableDebt':'0','scaledVariableDebt':'6',
                        'stableBorrowRate':'0','liquidityRate':'1','stableRateLastUpdated':0,'usageAsCollateralEnabled':true}
                        """)
                .says(
                        "collateral | token not named | supplied | 5 smallest units of the token @0 | -",
                        "debt | token not named | variable debt | 7 smallest units of the token @0 | -");
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', quoteCharacter = '"', textBlock = """
            'hasIndexingErrors':false; 'hasIndexingErrors':true; _meta.hasIndexingErrors; has not read its chain whole
            '1000000005'; '-1000000005'; userReserves[0].scaledATokenBalance; must be >= 0
            '1000000005'; '10.5'; userReserves[0].scaledATokenBalance; must be a whole number as a chain counts it
            'decimals':6; 'decimals':99; userReserves[0].reserve.decimals; must be 0 to 27
            'lastUpdateTimestamp':1000; 'mood':1000; userReserves[0].mood; not a known field
            """)
    void shouldRefuseWhatCannotBeCounted(String said, String instead, String field, String rule) {
        FactLines.of("aave", INDEXED.replace(said, instead)).refuses(field, rule);
    }

    @Test
    void shouldRefuseAPriceWhoseCurrencyHasNoDecimalsAndReadTheReserve() {
        FactLines.of("aave", HUMANIZED.replace("'marketReferenceCurrencyDecimals':8,", ""))
                .refuses("reservesData[0].priceInMarketReferenceCurrency", "decimals of its currency")
                .saysAmongOthers("debt | WETH | variable debt, at the index | 1.25 WETH @18 | time 1700000000000");
        FactLines.of("aave", "{'errors':[{'message':'no'}]}").refuses("errors", "error of the index");
    }
}
