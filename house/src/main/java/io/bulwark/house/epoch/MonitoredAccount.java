package io.bulwark.house.epoch;

import io.bulwark.netting.margin.ShortfallMonitor;

/**
 * One account under the monitor, beside its margin.
 *
 * @param line the account as it was sealed
 * @param measures value at risk and expected shortfall
 */
public record MonitoredAccount(AccountLine line, ShortfallMonitor measures) {}
