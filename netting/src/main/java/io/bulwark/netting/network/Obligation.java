package io.bulwark.netting.network;

/**
 * What one member owes another.
 *
 * @param id by which both know it; stands once in a cycle
 * @param from who owes
 * @param to who is owed
 * @param commodity what, such as {@code USD} or {@code ETH}
 * @param units &gt; 0, in the commodity's smallest unit
 */
public record Obligation(String id, String from, String to, String commodity, long units) {
    /** Checks names and amount. */
    public Obligation {
        if (id.isBlank() || from.isBlank() || to.isBlank() || commodity.isBlank()) {
            throw new IllegalArgumentException(
                    "id, from, to and commodity of an obligation must not be blank; have " + id);
        }
        if (from.equals(to)) {
            throw new IllegalArgumentException("to of obligation " + id + " must be another than from; have " + to);
        }
        if (units <= 0) {
            throw new IllegalArgumentException("units of obligation " + id + " must be > 0; have " + units);
        }
    }
}
