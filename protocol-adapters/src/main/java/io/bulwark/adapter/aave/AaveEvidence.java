package io.bulwark.adapter.aave;

import io.bulwark.adapter.PayloadRefused;
import io.bulwark.adapter.evm.BlockHeader;
import io.bulwark.adapter.evm.StorageProof;
import io.bulwark.clearing.position.Horizon;
import java.math.BigInteger;
import java.util.List;

/**
 * Proves from the block's own hash what the pool's views said: token addresses, indexes carried forward to the block's time, and the account's scaled balances.
 *
 * <p>Word layout of pool revision 1 (V3.0): reserve word 1 is rate ‖ supply index, 2 is rate ‖ debt index (128 bits each, index low), 3 holds the last update in bits 128 to 167, 4 to 6
 * are the supply, stable debt and variable debt tokens; a balance word is other data ‖ scaled balance, the balance in the low 128 bits.
 */
final class AaveEvidence {
    private static final BigInteger WORD_HALF = BigInteger.TWO.pow(128);
    private static final BigInteger TIME = BigInteger.TWO.pow(40);

    private final AaveAnswers answers;
    private final Horizon.Block block;
    private final String user;
    private final BlockHeader header;
    private final StorageProof pool;

    AaveEvidence(
            AaveConfiguration configuration,
            AaveAnswers answers,
            Horizon.Block block,
            String user,
            List<String> reserves) {
        this.answers = answers;
        this.block = block;
        this.user = user;
        this.header = BlockHeader.of(
                AaveAnswers.VENUE, answers.result(BlockHeader.METHOD, BlockHeader.parametersAt(block)), block);
        this.pool = proof(configuration.pool(), AaveCalls.poolSlots(reserves));
    }

    /**
     * Checks a reserve and the account's balances in it.
     *
     * @throws PayloadRefused if the proved storage says otherwise than the views
     */
    void require(AavePayload.Reserve reserve) {
        requireToken(reserve, 4, "aToken", reserve.tokens().supply());
        requireToken(reserve, 5, "stableDebtToken", reserve.tokens().stableDebt());
        requireToken(reserve, 6, "variableDebtToken", reserve.tokens().variableDebt());
        BigInteger supplyWord = word(reserve, 1);
        BigInteger debtWord = word(reserve, 2);
        long updated = word(reserve, 3).shiftRight(128).mod(TIME).longValueExact();
        long seconds = block.timeMillis() / 1000 - updated;
        require(
                reserve,
                "normalizedIncome",
                reserve.income(),
                AaveInterest.linear(low(supplyWord), high(supplyWord), seconds));
        require(
                reserve,
                "normalizedDebt",
                reserve.debtIndex(),
                AaveInterest.compounded(low(debtWord), high(debtWord), seconds));
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
    }

    private BigInteger word(AavePayload.Reserve reserve, int word) {
        return pool.word(AaveCalls.reserveSlot(reserve.address(), word));
    }

    private BigInteger balance(String token, BigInteger slot) {
        return low(proof(token, List.of(slot)).word(slot));
    }

    private StorageProof proof(String contract, List<BigInteger> slots) {
        byte[] answer = answers.result(StorageProof.METHOD, StorageProof.parametersAt(contract, slots, block));
        return StorageProof.verified(AaveAnswers.VENUE, answer, contract, header);
    }

    private void requireToken(AavePayload.Reserve reserve, int word, String field, String token) {
        require(reserve, field, new BigInteger(token.substring(2), 16), word(reserve, word));
    }

    private static void require(AavePayload.Reserve reserve, String field, BigInteger viewed, BigInteger proved) {
        if (!viewed.equals(proved)) {
            throw new PayloadRefused(
                    AaveAnswers.VENUE,
                    field + " of " + reserve.address(),
                    viewed.toString(),
                    "must be " + proved + " as the storage proves");
        }
    }

    private static BigInteger low(BigInteger word) {
        return word.mod(WORD_HALF);
    }

    private static BigInteger high(BigInteger word) {
        return word.shiftRight(128);
    }
}
