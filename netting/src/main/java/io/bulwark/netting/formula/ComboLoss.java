package io.bulwark.netting.formula;

/**
 * The weighted loss of one combo.
 *
 * @param combo name of the combo
 * @param loss ⌈Σ w·m / 10⁶⌉, u; may be negative
 */
public record ComboLoss(String combo, long loss) {}
