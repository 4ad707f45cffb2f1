package io.bulwark.netting.formula;

/**
 * The worst loss of one family.
 *
 * @param family name of the family
 * @param loss m_k, u; may be negative (a gain in every row)
 * @param worstPoint index f of the worst point, lowest on ties; from the number of the points on, that number and the number of a path that is above them all
 */
public record FamilyLoss(String family, long loss, int worstPoint) {}
