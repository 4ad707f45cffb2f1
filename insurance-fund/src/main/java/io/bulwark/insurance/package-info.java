/**
 * What happens when margin is not enough: the Global Risk Vault, how large it must be, and who pays into it.
 *
 * <p>Takes margin statements and the vault table of an epoch. Gives the need of the fund, each member's contribution and the
 * transfers that bring it about.
 */
@NullMarked
package io.bulwark.insurance;

import org.jspecify.annotations.NullMarked;
