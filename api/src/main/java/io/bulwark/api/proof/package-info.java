/**
 * Making proofs: what is asked for, the owner's proof at home or the house's, jobs, bundles, wallets, requests that are sealed first,
 * signed holdings.
 *
 * <p>Takes: an ask, an account, a sealed epoch or a witness bundle. Gives: proof files, or why there is none.
 *
 * <p>Invariants: an owner's secret is read from files of mode 0600 and never printed; an ask is never written over.
 */
@NullMarked
package io.bulwark.api.proof;

import org.jspecify.annotations.NullMarked;
