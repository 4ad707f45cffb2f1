package io.bulwark.netting.market;

import io.bulwark.clearing.money.Amount;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;

/**
 * What one share is worth by what it holds, USD, rounded down to 18 places. Prices come from outside the pool or vault, so nobody
 * moves a share's value by trading in it.
 */
final class ShareValue {
    private static final int PLACES = 18;
    private static final MathContext DIGITS = new MathContext(50, RoundingMode.FLOOR);
    private static final BigDecimal TWO = BigDecimal.valueOf(2);

    private ShareValue() {}

    /**
     * A share of a vault over one asset: assets a share (ERC-4626 {@code convertToAssets}) · price.
     *
     * @param content units of the asset in one share
     * @param price of one unit, USD
     */
    public static Amount ofVault(Amount content, Amount price) {
        return down(content.toDecimal().multiply(price.toDecimal()));
    }

    /**
     * A share of a pool that keeps x·y constant: 2·√(x·p·y·q), what the share holds once the pool stands at outside prices. A
     * trade in the pool moves x and y but not their product, so it does not move this value.
     *
     * @param first x, units of the first asset in one share
     * @param firstPrice p, USD
     * @param second y, units of the second asset in one share
     * @param secondPrice q, USD
     */
    public static Amount ofPool(Amount first, Amount firstPrice, Amount second, Amount secondPrice) {
        BigDecimal product = first.toDecimal()
                .multiply(firstPrice.toDecimal())
                .multiply(second.toDecimal())
                .multiply(secondPrice.toDecimal());
        return down(product.sqrt(DIGITS).multiply(TWO));
    }

    private static Amount down(BigDecimal value) {
        return Amount.of(value.setScale(PLACES, RoundingMode.FLOOR));
    }
}
