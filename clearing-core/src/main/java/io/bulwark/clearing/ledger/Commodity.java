package io.bulwark.clearing.ledger;

import java.util.Comparator;

/**
 * What is counted: an entry balances in each commodity by itself. An asset held and the same asset owed are two commodities, because margin treats them differently.
 */
public sealed interface Commodity extends Comparable<Commodity> {
    /** An asset held, by its number; quantity in its own unit. */
    record Collateral(int asset) implements Commodity {}

    /** An asset owed, by its number; quantity owed in its own unit. */
    record Debt(int asset) implements Commodity {}

    /** A derivative, by its instrument's number; quantity signed, in units of the underlying. */
    record Derivative(int instrument) implements Commodity {}

    /** USD as a balance. */
    record Cash() implements Commodity {}

    /** How the books write it: {@code collateral/3}, {@code cash/usd}. */
    default String id() {
        return switch (this) {
            case Collateral(int asset) -> "collateral/" + asset;
            case Debt(int asset) -> "debt/" + asset;
            case Derivative(int instrument) -> "derivative/" + instrument;
            case Cash() -> "cash/usd";
        };
    }

    /**
     * Reads what {@link #id()} wrote.
     *
     * @throws IllegalArgumentException for any other text
     */
    static Commodity of(String id) {
        int slash = id.indexOf('/');
        String number = id.substring(slash + 1);
        Commodity commodity = switch (id.substring(0, Math.max(slash, 0))) {
            case "collateral" -> new Collateral(Integer.parseInt(number));
            case "debt" -> new Debt(Integer.parseInt(number));
            case "derivative" -> new Derivative(Integer.parseInt(number));
            case "cash" -> new Cash();
            default -> throw new IllegalArgumentException("commodity must be of a known kind; have " + id);
        };
        if (!commodity.id().equals(id)) {
            throw new IllegalArgumentException("commodity must be written " + commodity.id() + "; have " + id);
        }
        return commodity;
    }

    /** By kind, then number. */
    @Override
    default int compareTo(Commodity other) {
        return Comparator.comparingInt(Commodity::kind)
                .thenComparingInt(Commodity::number)
                .compare(this, other);
    }

    private int kind() {
        return switch (this) {
            case Cash() -> 0;
            case Collateral _ -> 1;
            case Debt _ -> 2;
            case Derivative _ -> 3;
        };
    }

    private int number() {
        return switch (this) {
            case Cash() -> 0;
            case Collateral(int asset) -> asset;
            case Debt(int asset) -> asset;
            case Derivative(int instrument) -> instrument;
        };
    }
}
