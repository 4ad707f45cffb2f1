package io.bulwark.adapter.reading;

import java.util.List;
import java.util.Map;

/** Payloads written to each venue's documented schema, with figures of our own; apostrophes stand for quotation marks. */
final class PayloadSamples {
    static final Map<String, List<String>> BY_VENUE = Map.of(
            "deribit",
            List.of(
                    "{'jsonrpc':'2.0','id':1,'usOut':1750000000123456,'result':[{'instrument_name':'BTC-PERPETUAL','kind':'future',"
                            + "'direction':'sell','size':-500,'size_currency':-0.01,'average_price':40000,'mark_price':50000,"
                            + "'settlement_price':49000,'total_profit_loss':-2.5e-3,'floating_profit_loss':-2.04082e-4,'leverage':50}]}",
                    "{'summaries':[{'currency':'BTC','balance':3,'session_rpl':0.25,'futures_session_upl':0.125,'options_value':0.125,"
                            + "'equity':3.5,'margin_balance':9,'delta_total_map':{'btc_usd':1.5}}]}",
                    "{'instrument_name':'ETH_USDC-PERPETUAL','timestamp':1750000000123,'change_id':7,'prev_change_id':6,'type':'change',"
                            + "'bids':[['new',2500.5,1.25]],'asks':[['delete',2501,0]]}",
                    "{'instrument_name':'BTC-27JUN25-90000-C','mark_price':0.0512,'mark_iv':62.53,'timestamp':1750000000123,"
                            + "'state':'open','stats':{'volume':12.5},'greeks':{'delta':0.51}}",
                    "{'trades':[{'instrument_name':'ETH_USDC','trade_id':'E-1','trade_seq':4,'timestamp':1750000000001,'amount':0.25,"
                            + "'price':2500.5,'direction':'sell'}],'has_more':false}",
                    "{'status':'ok','ticks':[1750000000000],'open':[1],'high':[2],'low':[1],'close':[2],'volume':[3],'cost':[4]}",
                    "{'data':[[1750000000000,50.5,51,50,50.75]],'continuation':null}"),
            "derive",
            List.of(
                    "{'id':'q','result':{'subaccount_id':7,'currency':['ETH'],'margin_type':'PM','is_under_liquidation':false,"
                            + "'subaccount_value':'880.5','initial_margin':'-12.25','open_orders':[],'collaterals':[{'asset_name':'USDC',"
                            + "'asset_type':'erc20','currency':'USDC','amount':'-120','mark_price':'1','mark_value':'-120'}],'positions':["
                            + "{'instrument_name':'ETH-PERP','instrument_type':'perp','amount':'-2.5','mark_price':'80','mark_value':'-200'}]}}",
                    "{'method':'subscription','params':{'channel':'ticker_slim.BTC-PERP.1000','data':{'timestamp':1750000000001,"
                            + "'instrument_ticker':{'t':1750000000001,'A':'0','a':'0','B':'1.5','b':'2500','I':'91000','M':'2600',"
                            + "'option_pricing':{'i':'0.5'},'stats':{'oi':'12.5'}}}}}",
                    "{'instrument_name':'ETH-PERP','timestamp':1750000000001,'bids':[['3500','1']],'asks':[]}",
                    "{'funding_rate_history':[{'timestamp':1750000000001,'funding_rate':'0.0001'}]}"),
            "drift",
            List.of(
                    "{'account':{'totalCollateral':'90.5','health':'42'},'positions':[{'symbol':'SOL-PERP','marketIndex':0,"
                            + "'baseAssetAmount':'-2.5','quoteEntryAmount':'375.5'}],'balances':[{'symbol':'SOL','marketIndex':1,"
                            + "'balance':'-0.75','openOrders':0}],'orders':[]}",
                    "{'bids':[{'price':'150250000','size':'2500000000','sources':{'dlob':'1'}}],'asks':[],'marketName':'SOL-PERP',"
                            + "'marketType':'perp','marketIndex':0,'ts':1750000000001,'slot':300,'oracle':150000000,"
                            + "'oracleData':{'price':'150000000','slot':'299','confidence':'5'}}",
                    "{'success':true,'markets':[{'symbol':'SOL-PERP','marketIndex':0,'marketType':'perp','oraclePrice':'150.5',"
                            + "'openInterest':{'long':'5','short':'-4'},'limits':{'amount':{'min':1,'max':2}}}]}",
                    "'sN+IG3pPIOM" + "A".repeat(309) + "'"),
            "market",
            List.of(
                    "[{'exchange':'deribit','symbol':'ETH-PERPETUAL','timestamp':'1700000000123456','local_timestamp':'1','id':'T1',"
                            + "'side':'sell','price':'2000.5','amount':'350'}]",
                    "[{'exchange':'deribit','symbol':'ETH-PERPETUAL','timestamp':'1700000000123456','local_timestamp':'1',"
                            + "'funding_rate':'0.0001','open_interest':'5','mark_price':'2000'}]"),
            "dydx",
            List.of(
                    "{'subaccount':{'address':'a','subaccountNumber':128,'equity':'720','freeCollateral':'700.5',"
                            + "'latestProcessedBlockHeight':'12345','openPerpetualPositions':{'SOL-USD':{'market':'SOL-USD','status':'OPEN',"
                            + "'side':'SHORT','size':'-2','entryPrice':'150','unrealizedPnl':'20'}},'assetPositions':{'USDC':{'size':'1000',"
                            + "'symbol':'USDC','side':'LONG'}}}}",
                    "{'type':'channel_batch_data','connection_id':'c','message_id':3,'id':'ETH-USD','channel':'v4_orderbook',"
                            + "'contents':[{'bids':[['2500','1.5']]},{'asks':[{'price':'2501','size':'2'}]}]}",
                    "{'markets':{'SOL-USD':{'ticker':'SOL-USD','status':'ACTIVE','oraclePrice':'150','initialMarginFraction':'0.05'}}}",
                    "{'height':'5','time':'2025-06-01T00:00:00.000Z'}"),
            "hyperliquid",
            List.of(
                    "{'marginSummary':{'accountValue':'80.0','totalNtlPos':'50.0','totalRawUsd':'30.0','totalMarginUsed':'10.0'},"
                            + "'withdrawable':'70.0','time':1750000000123,'assetPositions':[{'type':'oneWay','position':{'coin':'SOL',"
                            + "'szi':'2.0','entryPx':'20.0','positionValue':'50.0','unrealizedPnl':'10.0','marginUsed':'10.0',"
                            + "'leverage':{'type':'cross','value':5},'cumFunding':{'allTime':'-1.5'}}}]}",
                    "[{'universe':[{'name':'BTC','szDecimals':5,'maxLeverage':40}],'marginTables':[[1,{'description':'d','marginTiers':["
                            + "{'lowerBound':'0.0','maxLeverage':40}]}]]},[{'markPx':'90000.5','impactPxs':['90000','90001']}]]",
                    "{'channel':'l2Book','data':{'coin':'BTC','time':1750000000123,'levels':[[{'px':'9','sz':'1','n':1}],[]]}}",
                    "{'channel':'bbo','data':{'coin':'SOL','time':1750000000004,'bbo':[{'px':'150','sz':'2','n':1},null]}}",
                    "[{'time':1750000000003,'hash':'0x1','delta':{'type':'liquidation','liquidatedNtlPos':'5','liquidatedPositions':["
                            + "{'coin':'SOL','szi':'1'}]}}]",
                    "[['BTC',[['HlPerp',{'fundingRate':'0.0001','nextFundingTime':1750000000000}]]]]",
                    "[['day',{'accountValueHistory':[[1750000000000,'5']],'pnlHistory':[[1750000000000,'1']],'vlm':'3'}]]",
                    "{'status':'ok','response':{'type':'order','data':{'statuses':[{'filled':{'totalSz':'1','avgPx':'2','oid':3}}]}}}",
                    "{'BTC':'90000.5','SOL':'150'}"),
            "paradex",
            List.of(
                    "{'account':'0x1','account_value':'100.5','maintenance_margin_requirement':'40','margin_cushion':'60.5',"
                            + "'settlement_asset':'USDC','seq_no':1,'updated_at':1750000000001}",
                    "{'next':null,'results':[{'market':'SOL-USD-PERP','status':'OPEN','side':'SHORT','size':'-2.5',"
                            + "'average_entry_price':'150','last_updated_at':'1750000000001'}]}",
                    "{'market':'ETH-USD-PERP','seq_no':5,'last_updated_at':1750000000002,'bids':[['2500','1.5']],'asks':[]}",
                    "{'results':[[1750000000000,1,2,1,2,5]]}"));

    private PayloadSamples() {}

    /** Every payload of every venue. */
    static List<String> all() {
        return BY_VENUE.values().stream().flatMap(List::stream).toList();
    }
}
