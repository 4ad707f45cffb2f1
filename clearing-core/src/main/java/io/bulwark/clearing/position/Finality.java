package io.bulwark.clearing.position;

/** How settled a block is. Only finalised horizons are sealed; the others feed warnings and what-if. */
public enum Finality {
    HEAD,
    SAFE,
    FINALIZED
}
