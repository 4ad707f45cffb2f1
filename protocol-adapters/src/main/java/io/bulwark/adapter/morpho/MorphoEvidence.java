package io.bulwark.adapter.morpho;

import io.bulwark.adapter.PayloadRefused;
import io.bulwark.adapter.evm.EvmAnswers;
import io.bulwark.adapter.evm.StorageProof;
import io.bulwark.adapter.morpho.MorphoPayload.Market;
import io.bulwark.adapter.morpho.MorphoPayload.Totals;
import java.math.BigInteger;

/** Proves from the block's own hash what the contract's views said of positions and totals. */
final class MorphoEvidence {
    private final EvmAnswers answers;
    private final String user;
    private final StorageProof words;

    MorphoEvidence(MorphoVenue.Configuration configuration, EvmAnswers answers, String user) {
        this.answers = answers;
        this.user = user;
        this.words = answers.proved(
                configuration.morpho(),
                MorphoCalls.slots(configuration.markets().keySet(), user));
    }

    /**
     * Checks a market and the account's position in it.
     *
     * @throws PayloadRefused if the proved storage says otherwise than the views
     */
    void require(Market market) {
        Totals stored = market.stored();
        require(market, "totalSupply", packed(stored.supplyShares(), stored.supplyAssets()), totals(market, 0));
        require(market, "totalBorrow", packed(stored.borrowShares(), stored.borrowAssets()), totals(market, 1));
        require(market, "lastUpdate", packed(stored.fee(), BigInteger.valueOf(stored.updated())), totals(market, 2));
        require(market, "supplyShares", market.supplyShares(), position(market, 0));
        require(
                market,
                "borrowShares and collateral",
                packed(market.collateral(), market.borrowShares()),
                position(market, 1));
    }

    private BigInteger totals(Market market, int word) {
        return words.word(MorphoCalls.marketSlot(market.id(), word));
    }

    private BigInteger position(Market market, int word) {
        return words.word(MorphoCalls.positionSlot(market.id(), user, word));
    }

    /** Two numbers of 128 bits in one word. */
    private static BigInteger packed(BigInteger high, BigInteger low) {
        return high.shiftLeft(128).or(low);
    }

    private void require(Market market, String field, BigInteger viewed, BigInteger proved) {
        answers.requireProved(field + " of " + market.id(), viewed, proved);
    }
}
