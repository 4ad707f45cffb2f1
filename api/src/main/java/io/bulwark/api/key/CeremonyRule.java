package io.bulwark.api.key;

import io.bulwark.prover.binding.ProverRefusal;
import io.bulwark.prover.binding.RefusalKind;

/** What a ceremony's folder must be, in words for the codes of the library. */
final class CeremonyRule {
    private CeremonyRule() {}

    /** Whether a folder was refused, and not the request. */
    static boolean isOfFolder(ProverRefusal refusal) {
        return refusal.kind() == RefusalKind.CEREMONY_REFUSED;
    }

    /** File and rule in one line. */
    static String line(ProverRefusal refusal) {
        return refusal.where() + ": " + rule(refusal.code()) + " (" + refusal.code() + ")";
    }

    private static String rule(String code) {
        return switch (code) {
            case "FILE_MISSING" -> "must be there";
            case "WRONG_LENGTH" -> "must have exactly the length that circuit and domain imply";
            case "DIGEST_DIFFERS" -> "must have the SHA-256 that the transcript names";
            case "BAD_CONTRIBUTION" -> "must be a contribution to this ceremony: counts and points";
            case "MADE_ON_ANOTHER_STATE" -> "must be made on the contribution before it";
            case "NOT_PROVED" -> "must prove that it only multiplied secrets into the state before it";
            case "CHAIN_BROKEN" -> "must be the link of the entry before";
            case "OUT_OF_ORDER" -> "must be numbered from 1 without a gap";
            case "CIRCUIT_DIFFERS" -> "must be of a circuit that this library compiles to the same constraints";
            case "START_DIFFERS" -> "must be the first state that powers and circuit imply";
            case "POWERS_DIFFER" -> "must be the transcript of the powers that the second phase names";
            case "POWERS_TOO_FEW" -> "must be powers for at least as many constraints as the circuit has";
            case "NOT_POWERS" -> "must be powers of tau, not a second phase";
            case "NOT_A_CIRCUIT" -> "must be the second phase of a circuit: powers have no verifying key";
            case "NOT_SEALED" -> "must be sealed";
            case "ALREADY_SEALED" -> "must not be sealed yet, or with the same beacon and source";
            case "NO_CONTRIBUTION" -> "must have at least one contribution";
            case "RESULT_DIFFERS" -> "must name what its contributions and its beacon lead to";
            case "CHANGED_MEANWHILE" -> "must not be changed while a step runs";
            case "NOT_EMPTY" -> "must be empty or absent";
            case "NOT_WRITTEN" -> "cannot be written";
            case "BAD_SIGNATURE" -> "must be the key's signature on this entry of this ceremony";
            case "KEY_EXPOSED" -> "must be readable by its owner alone (0600)";
            case "KEY_UNREADABLE" -> "must hold 64 hexadecimal digits";
            case "NOT_A_POWERS_FILE" -> "must be powers of tau as snarkjs writes them (.ptau)";
            case "ANOTHER_CURVE" -> "must be of the curve BN254";
            case "BAD_POINT" -> "must hold points of the curve and its subgroup, none at infinity";
            case "GENERATOR_DIFFERS" -> "must begin with the generators of the curve";
            case "NOT_POWERS_OF_ONE_TAU" -> "must hold the powers of one number, everywhere the same";
            case "BETA_DIFFERS" -> "must have one beta in both groups";
            case "POINTS_DIFFER" -> "must name the points of the imported file";
            case "OUT_OF_RANGE" -> "must be within its bounds";
            case "UNKNOWN_CIRCUIT" -> "must be a circuit of this library";
            case "LIMIT_EXCEEDED" -> "must have at most 1,000 contributions";
            default -> "is refused";
        };
    }
}
