package io.bulwark.adapter.chainprice;

import com.esaulpaugh.headlong.abi.Function;
import io.bulwark.adapter.chainprice.ChainPriceVenue.Configuration.Average;
import io.bulwark.adapter.evm.EvmCall;
import io.bulwark.adapter.uniswap.PoolPrice;
import java.util.ArrayList;
import java.util.List;

/** The views that are read, in one fixed order. */
record ChainPriceCalls(ChainPriceVenue.Configuration configuration) {
    private static final Function ROUND = Function.parse("latestRoundData()", "(uint80,int256,uint256,uint256,uint80)");

    EvmCall round(String feed) {
        return EvmCall.of(feed, ROUND);
    }

    EvmCall observations(String pool, Average average) {
        return PoolPrice.observations(pool, average.windowSeconds());
    }

    List<EvmCall> all() {
        List<EvmCall> calls = new ArrayList<>();
        configuration.rounds().keySet().forEach(feed -> calls.add(round(feed)));
        configuration.averages().forEach((pool, average) -> calls.add(observations(pool, average)));
        return calls;
    }
}
