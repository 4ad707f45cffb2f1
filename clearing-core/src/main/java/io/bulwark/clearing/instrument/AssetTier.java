package io.bulwark.clearing.instrument;

/** The haircut tiers of collateral: stables 2–5 %, majors 10–15 %, governance tokens and shares 25–40 %. */
public enum AssetTier {
    STABLE,
    MAJOR,
    GOVERNANCE
}
