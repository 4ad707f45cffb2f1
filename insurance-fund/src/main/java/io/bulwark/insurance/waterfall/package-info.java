/**
 * In which order losses are absorbed, and by whom.
 *
 * <p><b>Takes</b> a loss and layers of resources: the defaulter's margin, its contribution, the house's own capital, the
 * mutual fund, assessments ({@link io.bulwark.insurance.waterfall.DefaultLayer}); bids of the default auction where the mutual layer is
 * juniorised. <b>Gives</b> an
 * {@link io.bulwark.insurance.waterfall.Absorption}: what each layer and each member pays, and what nobody does.
 *
 * <p><b>Invariants.</b> Paid plus residual is the loss, exactly. Within a layer everybody pays pro rata to capacity, so
 * splitting a membership changes nothing. Shares are exact rationals; where they become units of the ledger
 * ({@link io.bulwark.insurance.waterfall.Layer#units}) every payer stays within one unit of its share and the sum is exact. A default of
 * the house is settled over this waterfall, and
 * the reference cases ask this one.
 * Method: {@code docs/methodology/default-management.md}.
 */
@NullMarked
package io.bulwark.insurance.waterfall;

import org.jspecify.annotations.NullMarked;
