package io.bulwark.house.node;

import static io.bulwark.clearing.document.CanonicalValue.array;
import static io.bulwark.clearing.document.CanonicalValue.bytes;
import static io.bulwark.clearing.document.CanonicalValue.integer;
import static io.bulwark.clearing.document.CanonicalValue.text;

import io.bulwark.clearing.attestation.EpochSignature;
import io.bulwark.clearing.attestation.SignedHouseStatement;
import io.bulwark.clearing.document.BadInput;
import io.bulwark.clearing.document.CanonicalFields;
import io.bulwark.clearing.document.CanonicalReader;
import io.bulwark.clearing.node.NodeList;
import java.util.List;

/** The file form of a list of nodes with its signatures. */
final class NodeActs {
    private static final String SCHEMA = "bulwark-nodes-act";

    private NodeActs() {}

    static byte[] write(SignedHouseStatement act) {
        return array(
                        text(SCHEMA),
                        integer(1),
                        bytes(act.document()),
                        array(act.signatures().stream()
                                .map(signature -> array(bytes(signature.signer()), bytes(signature.signature())))
                                .toList()))
                .encode();
    }

    /** Reads what somebody handed over. */
    static SignedHouseStatement given(byte[] file) {
        return BadInput.refusing("ACT", file.length + " bytes", () -> read(file));
    }

    static SignedHouseStatement read(byte[] encoded) {
        CanonicalFields fields = CanonicalFields.document(CanonicalReader.read(encoded), SCHEMA, 1);
        byte[] document = fields.bytes("document");
        List<EpochSignature> signatures =
                fields.list("signatures", f -> new EpochSignature(f.digest("signer"), f.bytes("signature")));
        fields.end();
        return new SignedHouseStatement(
                NodeList.of(CanonicalReader.read(document)).statement(), document, signatures);
    }
}
