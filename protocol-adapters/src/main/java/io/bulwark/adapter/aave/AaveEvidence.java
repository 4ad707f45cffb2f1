package io.bulwark.adapter.aave;

import io.bulwark.adapter.PayloadRefused;
import io.bulwark.adapter.evm.EvmAddress;
import io.bulwark.adapter.evm.EvmAnswers;
import io.bulwark.adapter.evm.StorageProof;
import java.math.BigInteger;
import java.util.List;

/**
 * Proves from the block's own hash what the pool's views said: token addresses, indexes carried forward to the block's time, and the account's scaled balances.
 *
 * <p>Which word holds what is said by {@link AaveGeneration}. A generation that is read by its own layout must itself be proved: the revision in slot 0 of the pool.
 */
final class AaveEvidence {
    private static final BigInteger WORD_HALF = BigInteger.TWO.pow(128);
    private static final BigInteger TIME = BigInteger.TWO.pow(40);

    private final AaveGeneration generation;
    private final EvmAnswers answers;
    private final String user;
    private final StorageProof pool;

    AaveEvidence(String pool, AavePayload payload, EvmAnswers answers, String user) {
        this.generation = payload.generation();
        this.answers = answers;
        this.user = user;
        List<String> reserves =
                payload.reserves().stream().map(AavePayload.Reserve::address).toList();
        this.pool = answers.proved(pool, AaveCalls.poolSlots(generation, reserves));
        if (generation.countsDeficit()) {
            answers.requireProved("POOL_REVISION", generation.revision(), this.pool.word(AaveCalls.REVISION_SLOT));
        }
    }

    /**
     * Checks a reserve and the account's balances in it.
     *
     * @throws PayloadRefused if the proved storage says otherwise than the views
     */
    void require(AavePayload.Reserve reserve) {
        require(reserve, "configuration", reserve.configuration(), word(reserve, 0));
        requireToken(reserve, 4, "aToken", reserve.tokens().supply());
        requireToken(reserve, 5, "stableDebtToken", reserve.tokens().stableDebt());
        requireToken(reserve, 6, "variableDebtToken", reserve.tokens().variableDebt());
        BigInteger supplyWord = word(reserve, 1);
        BigInteger debtWord = word(reserve, 2);
        long updated = word(reserve, 3).shiftRight(128).mod(TIME).longValueExact();
        long seconds = answers.seconds() - updated;
        require(
                reserve,
                "normalizedIncome",
                reserve.income(),
                AaveInterest.linear(low(supplyWord), high(supplyWord), seconds));
        require(
                reserve,
                "normalizedDebt",
                reserve.debtIndex(),
                generation.compounded(low(debtWord), high(debtWord), seconds));
        require(
                reserve,
                "scaledSupply",
                reserve.scaledSupply(),
                balance(reserve.tokens().supply(), AaveCalls.supplySlot(user)));
        require(
                reserve,
                "scaledDebt",
                reserve.scaledDebt(),
                balance(reserve.tokens().variableDebt(), AaveCalls.debtSlot(user)));
        if (generation.countsDeficit()) {
            require(reserve, "deficit", reserve.deficit(), low(word(reserve, 3)));
            require(reserve, "available", reserve.available(), high(word(reserve, 8)));
        }
    }

    private BigInteger word(AavePayload.Reserve reserve, int word) {
        return pool.word(AaveCalls.reserveSlot(reserve.address(), word));
    }

    private BigInteger balance(String token, BigInteger slot) {
        return generation.balance(answers.proved(token, List.of(slot)).word(slot));
    }

    private void requireToken(AavePayload.Reserve reserve, int word, String field, String token) {
        require(reserve, field, EvmAddress.number(token), word(reserve, word));
    }

    private void require(AavePayload.Reserve reserve, String field, BigInteger viewed, BigInteger proved) {
        answers.requireProved(field + " of " + reserve.address(), viewed, proved);
    }

    private static BigInteger low(BigInteger word) {
        return word.mod(WORD_HALF);
    }

    private static BigInteger high(BigInteger word) {
        return word.shiftRight(128);
    }
}
