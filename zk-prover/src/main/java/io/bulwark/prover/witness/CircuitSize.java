package io.bulwark.prover.witness;

import io.bulwark.clearing.document.CanonicalValue;
import io.bulwark.prover.commitment.AccountLeaf;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** A circuit in one size: what keys are made for. */
public interface CircuitSize {
    /** The circuit's name in requests and file names. */
    String circuit();

    /** The sizes in their order, for file names. */
    String label();

    /** As the library reads it. */
    CanonicalValue encoded();

    /** A size that is said whole by a row of integers. */
    interface Row extends CircuitSize {
        /** The integers, in the order in which the library reads them. */
        IntStream sizes();

        @Override
        default String label() {
            return sizes().mapToObj(Integer::toString).collect(Collectors.joining("-"));
        }

        @Override
        default CanonicalValue encoded() {
            return CanonicalValue.array(
                    sizes().mapToObj(CanonicalValue::integer).toList());
        }
    }

    /**
     * A row of a circuit that opens the leaves of all accounts of a house: it ends with a 1 where they have
     * standings, of which the hash alone is opened.
     */
    interface OfAccounts extends Row {
        /** What the leaves are of. */
        AccountLeaf.Format format();

        @Override
        default String label() {
            return format() == AccountLeaf.Format.AT_VENUES ? Row.super.label() + "-1" : Row.super.label();
        }

        @Override
        default CanonicalValue encoded() {
            IntStream last = format() == AccountLeaf.Format.AT_VENUES ? IntStream.of(1) : IntStream.empty();
            return CanonicalValue.array(IntStream.concat(sizes(), last)
                    .mapToObj(CanonicalValue::integer)
                    .toList());
        }
    }
}
