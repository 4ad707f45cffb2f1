package io.bulwark.netting.formula;

/**
 * One charge of one add-on.
 *
 * @param addOn which add-on
 * @param subject what is charged: an entry, a group, or a group and expiry
 * @param amount u, at least 0
 */
public record Charge(AddOn addOn, String subject, long amount) {}
