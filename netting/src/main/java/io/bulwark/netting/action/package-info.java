/**
 * What an owner may do, must do, and how far away the day is on which he must: the action table, cures of a call, the largest
 * trade, and the distance to liquidation.
 *
 * <p>Takes an account, a risk table and what is asked for. Gives verdicts with the rule that decided, and changes of the
 * account that were margined again before they are offered. Nothing is booked here. Method: {@code docs/methodology/actions.md}.
 */
@NullMarked
package io.bulwark.netting.action;

import org.jspecify.annotations.NullMarked;
