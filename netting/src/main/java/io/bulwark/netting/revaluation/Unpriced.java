package io.bulwark.netting.revaluation;

/**
 * Something listed that a table leaves out. An account that holds it has no margin from this table, and says why.
 *
 * @param number permanent number of the instrument or asset
 * @param name its listed name
 * @param reason what is missing, a sentence for people
 */
public record Unpriced(int number, String name, String reason) {}
