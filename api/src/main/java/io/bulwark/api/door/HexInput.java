package io.bulwark.api.door;

import io.bulwark.clearing.document.BadInput;
import io.bulwark.prover.binding.FieldElement;
import java.util.HexFormat;

/** Public inputs as machines write them. */
public final class HexInput {
    private HexInput() {}

    /**
     * A public input.
     *
     * @param field where it was written
     * @param text 64 hexadecimal digits, with or without 0x
     * @throws BadInput if it is anything else
     */
    public static FieldElement element(String field, String text) {
        String digits = text.startsWith("0x") ? text.substring(2) : text;
        if (!digits.matches("[0-9a-fA-F]{64}")) {
            throw new BadInput(field, text, "must be 64 hexadecimal digits");
        }
        return BadInput.refusing(
                field, text, () -> FieldElement.ofBytes(HexFormat.of().parseHex(digits)));
    }
}
