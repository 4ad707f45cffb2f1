package io.bulwark.adapter.binance;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.bulwark.adapter.FactLines;
import io.bulwark.adapter.fact.FactKind;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Answers by the venue's documentation of savings, loans, plans, order lists and rules; figures of our own. */
class BinanceSavingsTest {
    private static final String VENUE = "binance";

    @Test
    void shouldReadWhatIsHeldAndOwedOutsideTheTradingWallets() {
        FactLines.of(VENUE, """
                        {'rows':[{'positionId':7,'projectId':'Sol*60','asset':'SOL','amount':'12.5','purchaseTime':'1750000000000','duration':'60','accrualDays':'4',
                        'rewardAsset':'SOL','APY':'0.05','redeemingAmt':'0.5','status':'HOLDING'}],'total':1}
                        """)
                .says(
                        "collateral | SOL | locked savings | 12.5 SOL @1 | -",
                        "interest | SOL | yield of one year | 0.05 1 @2 | -");
        FactLines.of(VENUE, """
                        {'loanCoin':'USDC','remainingPrincipal':'250.25','remainingInterest':'0.75','collateralCoin':'ETH','remainingCollateral':'0.2',
                        'currentLTV':'0.5','repayStatus':'Repaying'}
                        """)
                .says(
                        "debt | USDC | owed of a loan | 250.25 USDC @2 | -",
                        "debt | USDC | interest owed of a loan | 0.75 USDC @2 | -",
                        "collateral | USDC | collateral of a loan | 0.2 ETH @1 | -");
        FactLines.of(VENUE, """
                        [{'asset':'ETH','interest':'0.001','principal':'0.25','liabilityAsset':'USDT','liabilityQty':0.5}]
                        """)
                .says("debt | ETH | owed | 0.25 ETH @2 | -", "debt | ETH | interest owed | 0.001 ETH @3 | -");
    }

    /** What was bought in all and what was redeemed are history: one holding by coin. */
    @Test
    void shouldCountAPlanOnce() {
        FactLines lines = FactLines.of(VENUE, """
                        {'indexId':1,'totalInvestedInUSD':'100','pnlInUSD':'5','details':[{'targetAsset':'ADA','averagePriceInUSD':'0.5','purchasedAmount':'30',
                        'availableAmount':'20','redeemedAmount':'10','assetValueInUSD':'11','percentage':'40'}]}
                        """)
                .says(
                        "collateral | ADA | held in a plan | 20 ADA @0 | -",
                        "account | ADA | share of the plan | 0.4 1 @1 | -");
        assertEquals(1, lines.of(FactKind.COLLATERAL).size());
    }

    @Test
    void shouldReadAConversionAtItsPrice() {
        FactLines.of(VENUE, """
                        {'list':[{'quoteId':'q','orderId':9,'orderStatus':'SUCCESS','fromAsset':'USDT','fromAmount':'20','toAsset':'BNB','toAmount':'0.04','ratio':'0.002',
                        'inverseRatio':'500','createTime':1750000000000}],'startTime':1,'endTime':2,'limit':100,'moreData':false}
                        """)
                .says(
                        "trade | USDT to BNB | given | 20 USDT @0 | time 1750000000000",
                        "trade | USDT to BNB | price | 0.002 BNB per USDT @3 | time 1750000000000");
    }

    /** The share at which collateral counts is the same for every coin beside it, by tier of its value. */
    @Test
    void shouldReadTiersOfCollateralForEachCoin() {
        FactLines lines = FactLines.of(VENUE, """
                        [{'collaterals':[{'minUsdValue':'0','maxUsdValue':'1000','discountRate':'1'},{'minUsdValue':'1000','discountRate':'0.975'}],'assetNames':['BTC','ETH']}]
                        """)
                .says(
                        "parameter | BTC | share at which collateral counts | 0.975 1 @3 | -",
                        "parameter | ETH | share at which collateral counts | 0.975 1 @3 | -",
                        "limit | ETH | up to | 1000 USD @0 | -");
        assertEquals(4, lines.of(FactKind.PARAMETER).size());
    }

    @Test
    void shouldReadTiersThatAStreamPushes() {
        String pushed = """
                {'e':'contractInfo','E':1750000000000,'s':'SYMBOL','ps':'SYMBOL','ct':'PERPETUAL','dt':4133404800000,'ot':1569398400000,'cs':'TRADING',
                'bks':[{'bs':2,'bnf':5000,'bnc':25000,'mmr':0.025,'cf':75,'mi':11,'ma':20}]}
                """;
        FactLines.of(VENUE, pushed.replace("SYMBOL", "SOLUSDT"))
                .says(
                        "parameter | SOLUSDT | maintenance margin fraction | 0.025 1 @3 | time 1750000000000",
                        "parameter | SOLUSDT | maintenance margin taken off | 75 USDT @0 | time 1750000000000");
        FactLines.of(VENUE, pushed.replace("SYMBOL", "SOLUSD_PERP"))
                .says("parameter | SOLUSD_PERP | up to | 25000 SOL @0 | time 1750000000000");
        FactLines.of(VENUE, """
                        {'e':'ACCOUNT_CONFIG_UPDATE','E':1750000000001,'T':1750000000000,'ac':{'s':'SOLUSDT','l':25}}
                        """).says("account | SOLUSDT | leverage set | 25 1 @0 | time 1750000000000");
    }

    @Test
    void shouldReadEachOrderOfAList() {
        FactLines lines = FactLines.of(VENUE, """
                        {'orderListId':1,'contingencyType':'OCO','listStatusType':'EXEC_STARTED','listOrderStatus':'EXECUTING','listClientOrderId':'x','transactionTime':1750000000000,
                        'symbol':'SOLBTC','orders':[{'symbol':'SOLBTC','orderId':10}],'orderReports':[{'symbol':'SOLBTC','orderId':10,'orderListId':1,'transactTime':1750000000001,
                        'price':'0.002','origQty':'5','executedQty':'0','status':'NEW','type':'LIMIT_MAKER','side':'SELL'}]}
                        """).says("order | SOLBTC | size | -5 SOL @0 | time 1750000000001");
        assertEquals(2, lines.of(FactKind.ORDER).size());
        FactLines.of(VENUE, """
                        {'total':1,'orders':[{'algoId':1,'symbol':'ETHUSDT','side':'SELL','totalQty':'5','executedQty':'1','executedAmt':'2500','avgPrice':'2500','bookTime':1750000000000,
                        'endTime':0,'algoStatus':'WORKING','algoType':'TWAP','urgency':'LOW'}]}
                        """).says("order | ETHUSDT | size | -5 ETH @0 | time 1750000000000");
    }

    /** Bars of marks and indices have no volume: the nought at its place, with the blanks of the venue's own sample, is none. */
    @Test
    void shouldReadBarsOfMarksWithoutAVolume() {
        FactLines lines = FactLines.of(
                        VENUE,
                        "[[1750000000000,'9653.3','9654.5','9653.0','9653.1','0  ',1750000059999,'0',60,'0','0','0']]")
                .says("price | instrument not named | high | 9654.5 quote per base coin @1 | time 1750000000000");
        assertEquals(List.of(), lines.of(FactKind.SIZE));
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', quoteCharacter = '"', textBlock = """
            {'code':200,'msg':'The operation of cancel all open order is done.'}; code; says only that a request was taken
            {'code':-2019,'msg':'Margin is insufficient.'}; code; must not be an error of the venue
            {'code':'000002','message':'no','data':null}; code; must not be an error of the venue
            """)
    void shouldSayWhyAnAnswerHoldsNoFact(String answer, String field, String rule) {
        FactLines.of(VENUE, answer).refuses(field, rule).andNothingElse();
    }

    /** One order of several that the venue took and one that it did not: the error is the row's alone. */
    @Test
    void shouldRefuseTheErrorAmongOrders() {
        FactLines.of(VENUE, """
                        [{'orderId':1,'symbol':'SOLUSDT','status':'NEW','side':'BUY','origQty':'2','price':'150','updateTime':1750000000000},
                        {'code':-2022,'msg':'ReduceOnly Order is rejected.'}]
                        """)
                .refuses("[1].code", "must not be an error of the venue")
                .saysAmongOthers("order | SOLUSDT | size | 2 SOL @0 | time 1750000000000");
    }
}
