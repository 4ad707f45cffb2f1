package io.bulwark.journey;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.bulwark.clearing.attestation.HoldingPurpose;
import io.bulwark.clearing.attestation.PlaceControl;
import io.bulwark.clearing.document.CanonicalValue;
import io.bulwark.clearing.document.Digest;
import io.bulwark.clearing.holding.Held;
import io.bulwark.clearing.holding.HoldingSeen;
import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.util.Arrays;
import java.util.HexFormat;

/**
 * An account at a custodian that keeps cash of the demonstration's house and signs what it keeps.
 *
 * @param house the house, by its identity
 * @param epoch its newest epoch
 * @param atMillis that epoch's time
 * @param key the custodian's
 */
record CustodyAccount(String house, long epoch, long atMillis, KeyPair key) {
    private static final String PLACE = "vaults:demo";
    private static final HexFormat HEX = HexFormat.of();

    /** An account of the house of a file, in its newest epoch. */
    static CustodyAccount in(Path houseFile) throws IOException {
        JsonNode newest = new ObjectMapper().readTree(houseFile.toFile()).at("/epochs/0");
        try {
            return new CustodyAccount(
                    newest.at("/epoch/house").textValue(),
                    newest.at("/epoch/number").longValue(),
                    newest.get("time").longValue(),
                    KeyPairGenerator.getInstance("Ed25519").generateKeyPair());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Ed25519 keys", e);
        }
    }

    /** As a verifier names who keeps the account. */
    String custodian() {
        return "vaults:=" + publicKey();
    }

    /** The last bytes of the key's X.509 form. */
    private String publicKey() {
        byte[] encoded = key.getPublic().getEncoded();
        return HEX.formatHex(Arrays.copyOfRange(encoded, encoded.length - Digest.LENGTH, encoded.length));
    }

    /** A file for the step {@code hold}: cash that the custodian has seen. */
    String holds(String purpose, long units) {
        HoldingPurpose held = HoldingPurpose.of(purpose);
        Digest of = Digest.parse(house);
        return """
                {"format": "bulwark-holdings", "version": 1, "for": "%s",
                 "listed": [{"held": "cash", "grade": "venue-signature"}],
                 "holdings": [
                  {"held": "cash", "lots": %d, "place": "%s", "grade": "venue-signature", "at": %d, "control": "%s",
                   "evidence": {"kind": "signed", "signer": "%s", "signature": "%s"}}]}
                """.formatted(
                        purpose,
                        units,
                        PLACE,
                        atMillis,
                        signed(new PlaceControl(of, epoch, held, PLACE).canonical()),
                        publicKey(),
                        signed(new HoldingSeen(of, epoch, held, Held.CASH, units, PLACE, atMillis).canonical()));
    }

    private String signed(CanonicalValue value) {
        try {
            Signature signature = Signature.getInstance("Ed25519");
            signature.initSign(key.getPrivate());
            signature.update(value.encode());
            return HEX.formatHex(signature.sign());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Ed25519 signature", e);
        }
    }
}
