package io.bulwark.clearing.register;

import io.bulwark.clearing.document.Refusal;

/** What became of an epoch that was to be sealed. */
public sealed interface SealingResult {
    /** Sealed. */
    record Sealed() implements SealingResult {}

    /** The same epoch was sealed before; nothing changed. */
    record Duplicate() implements SealingResult {}

    /** Not sealed. */
    record Refused(Refusal refusal) implements SealingResult {}
}
