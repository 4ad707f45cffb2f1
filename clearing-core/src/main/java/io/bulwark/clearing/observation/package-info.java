/**
 * One venue account seen by many: what nodes observed of it, sealed as one snapshot, and what that means.
 *
 * <p>Takes: raw snapshots of one venue account by several observers. Gives: one raw snapshot that holds them all
 * ({@link io.bulwark.clearing.observation.Observations}), and its meaning: of every number the lower median of what they say, of
 * holdings what more than f say
 * alike.
 *
 * <p>Invariants: with at least t observers of whom at most f lie, t &gt; 2 f, every median lies between two honest observations,
 * both included, and
 * holdings are those that an honest observer read. The same bytes mean the same in every replay. docs/nodes.md derives the bound.
 */
@NullMarked
package io.bulwark.clearing.observation;

import org.jspecify.annotations.NullMarked;
