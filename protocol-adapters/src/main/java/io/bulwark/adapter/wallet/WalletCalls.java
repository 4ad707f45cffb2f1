package io.bulwark.adapter.wallet;

import com.esaulpaugh.headlong.abi.Function;
import io.bulwark.adapter.evm.EvmCall;
import io.bulwark.adapter.wallet.WalletVenue.Configuration.Content;
import io.bulwark.adapter.wallet.WalletVenue.Configuration.Token;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;

/** The views that are read, in one fixed order. */
record WalletCalls(WalletVenue.Configuration configuration) {
    private static final Function BALANCE = Function.parse("balanceOf(address)", "(uint256)");
    private static final Function ASSETS = Function.parse("convertToAssets(uint256)", "(uint256)");
    private static final Function STAKED = Function.parse("stEthPerToken()", "(uint256)");

    EvmCall balance(String token, String user) {
        return EvmCall.of(token, BALANCE, user);
    }

    /** What one whole share holds, in the underlying's units. */
    EvmCall content(String token, Token share, Content content) {
        return switch (content.view()) {
            case VAULT -> EvmCall.ofValues(token, ASSETS, BigInteger.TEN.pow(share.decimals()));
            case STAKED_PER_TOKEN -> EvmCall.of(token, STAKED);
        };
    }

    List<EvmCall> balances(String user) {
        return configuration.tokens().keySet().stream()
                .map(token -> balance(token, user))
                .toList();
    }

    List<EvmCall> contents() {
        List<EvmCall> calls = new ArrayList<>();
        configuration.tokens().forEach((address, token) -> {
            Content content = configuration.contents().get(address);
            if (content != null) {
                calls.add(content(address, token, content));
            }
        });
        return calls;
    }
}
