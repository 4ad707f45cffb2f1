package io.bulwark.api.cycle;

import io.bulwark.adapter.wallet.WalletConfiguration;
import io.bulwark.clearing.instrument.Instrument;
import io.bulwark.clearing.instrument.ListedAsset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * That no token in a wallet is a claim that another venue of the house reads too: an aToken is the supply that its pool reports, and a token that two venues read would back every
 * account twice. Where a name does not tell one pool's claim from another's on its chain, it is taken for the same.
 */
final class ClaimsOnce {
    private final Map<String, Integer> readBy = new HashMap<>();
    private final Map<String, Integer> suppliedTo = new HashMap<>();

    private ClaimsOnce() {}

    /**
     * Checks the connections of a founding file.
     *
     * @throws IllegalArgumentException naming the claim and both venues
     */
    static void require(List<VenueConnection> connections, List<ListedAsset> assets) {
        ClaimsOnce claims = new ClaimsOnce();
        connections.forEach(connection -> claims.tokens(connection)
                .forEach(claim -> twice(claim, claims.readBy.putIfAbsent(claim, connection.venue()), connection)));
        connections.forEach(claims::supplies);
        connections.forEach(connection -> claims.inWallet(connection, assets)
                .forEach(claim -> twice(claim, claims.suppliedTo.get(claim), connection)));
    }

    private static void twice(String claim, @Nullable Integer other, VenueConnection here) {
        if (other != null) {
            throw new IllegalArgumentException("connections must read a claim once: " + claim + " is read by venues "
                    + other + " and " + here.venue() + ", and would count twice");
        }
    }

    private Stream<String> tokens(VenueConnection connection) {
        return connection instanceof VenueConnection.Wallet wallet
                ? wallet.tokens().keySet().stream().map(token -> "token " + token + " of chain " + wallet.chainId())
                : Stream.empty();
    }

    private void supplies(VenueConnection connection) {
        if (connection instanceof VenueConnection.Aave aave) {
            aave.reserves().values().forEach(asset -> suppliedTo.put(supply(asset, aave.chainId()), aave.venue()));
        }
    }

    private Stream<String> inWallet(VenueConnection connection, List<ListedAsset> assets) {
        return connection instanceof VenueConnection.Wallet wallet
                ? wallet.tokens().values().stream().flatMap(token -> claim(token, assets, wallet.chainId()))
                : Stream.empty();
    }

    private static Stream<String> claim(WalletConfiguration.Token token, List<ListedAsset> assets, long chain) {
        return assets.stream()
                .filter(asset -> asset.name().equals(token.asset()))
                .map(ListedAsset::form)
                .filter(Instrument.LendingClaim.class::isInstance)
                .map(form -> supply(((Instrument.LendingClaim) form).asset(), chain));
    }

    private static String supply(String asset, long chain) {
        return "supply of " + asset + " to a lending pool of chain " + chain;
    }
}
