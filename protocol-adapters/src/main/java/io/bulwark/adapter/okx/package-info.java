/**
 * OKX v5: what its answers and stream messages say.
 *
 * <p><i>Takes</i>: payloads of the account, trade, public and market interfaces, bare or in their envelope. <i>Gives</i>: facts. Every number comes as text, and
 * the empty text means absent. Sizes of derivatives count contracts, whose value only the instrument's own row tells.
 */
@NullMarked
package io.bulwark.adapter.okx;

import org.jspecify.annotations.NullMarked;
