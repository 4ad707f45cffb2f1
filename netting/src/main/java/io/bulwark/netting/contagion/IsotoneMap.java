package io.bulwark.netting.contagion;

/**
 * A map of a box into itself that keeps order: more in, never less out. By Tarski's theorem it has a least and a greatest fixed point, whatever the order of evaluation,
 * and one application certifies a bound: Φ(c) ≤ c says that c is at least the least fixed point, p ≤ Φ(p) that p is at most the greatest.
 *
 * @param <S> a point of the box
 */
public interface IsotoneMap<S> {
    /** The image of a point; the point is left as it is. */
    S apply(S point);

    /** Whether no component of the lower point exceeds that of the upper: exactly, or within the tolerance that the map states. */
    boolean atMost(S lower, S upper);
}
