package io.bulwark.netting.formula;

/**
 * The worst loss of one family.
 *
 * @param family name of the family
 * @param loss m_k, u; may be negative (a gain in every row)
 * @param worstPoint index f of the worst point, lowest on ties
 */
public record FamilyLoss(String family, long loss, int worstPoint) {}
