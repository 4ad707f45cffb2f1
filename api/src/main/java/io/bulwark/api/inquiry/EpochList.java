package io.bulwark.api.inquiry;

import io.bulwark.api.cycle.BadInput;
import io.bulwark.api.cycle.EpochComputation;
import io.bulwark.clearing.attestation.EpochSignature;
import io.bulwark.clearing.attestation.EpochStatement;
import io.bulwark.clearing.attestation.Quorum;
import io.bulwark.clearing.epoch.Digest;
import io.bulwark.clearing.epoch.Epoch;
import io.bulwark.clearing.epoch.FoundingDocument;
import io.bulwark.clearing.epoch.SealedEpoch;
import io.bulwark.prover.binding.FieldElement;
import io.bulwark.prover.binding.ProverLibrary;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Signed epochs of one house as a verifier keeps them, to know the number behind the digest that a proof shows. Every digest is recomputed on
 * reading, so that no number can be lent to another epoch; the house's identity follows from the founding document beside them, and a quorum
 * of its keys must have signed every epoch. Which house it is, the reader must know from elsewhere.
 *
 * @param founding what the house's identity is made of: its network and its quorum
 * @param epochs in any order
 */
public record EpochList(FoundingDocument founding, List<Signed> epochs) {
    /** Longest file form, bytes. */
    public static final int BYTES_MAX = 8 << 20;

    /** Most epochs. */
    public static final int EPOCHS_MAX = 1_000;

    private static final int TEXT_MAX = 64;
    private static final int NETWORK_MAX = 256;
    private static final int MEMBERS_MAX = 64;

    /**
     * One epoch with its signatures.
     *
     * @param sealed the epoch
     * @param signatures of members of the quorum, each on this epoch
     */
    public record Signed(SealedEpoch sealed, List<EpochSignature> signatures) {
        /** Copies. */
        public Signed {
            signatures = List.copyOf(signatures);
        }
    }

    /** Copies. */
    public EpochList {
        epochs = List.copyOf(epochs);
    }

    /**
     * Reads the file form, {@code {"founding": {…}, "epochs": [{"epoch": {…}, "digest": …, "signatures": […]}, …]}}.
     *
     * @throws BadInput naming field and rule, also if a digest is not that of its epoch, an epoch is another house's, a signature does not
     *     hold, or too few hold
     */
    public static EpochList read(ProverLibrary library, byte[] json) {
        JsonFields fields = JsonFields.read(json, BYTES_MAX);
        FoundingDocument founding = founding(fields.object("founding"));
        List<Signed> epochs = fields.objects("epochs", EPOCHS_MAX).stream()
                .map(entry -> signed(library, founding, entry))
                .toList();
        fields.nothingElse();
        return new EpochList(founding, epochs);
    }

    private static FoundingDocument founding(JsonFields fields) {
        String network = fields.text("network", NETWORK_MAX);
        int threshold = (int) fields.wholeNumber("threshold", 1, MEMBERS_MAX);
        List<Digest> keys = fields.objects("quorum", MEMBERS_MAX).stream()
                .map(member -> {
                    Digest key = digest(member, "key");
                    member.nothingElse();
                    return key;
                })
                .toList();
        fields.nothingElse();
        try {
            return new FoundingDocument(network, threshold, keys);
        } catch (IllegalArgumentException e) {
            throw new BadInput(fields.at("quorum"), keys.size() + " keys", String.valueOf(e.getMessage()));
        }
    }

    private static Signed signed(ProverLibrary library, FoundingDocument founding, JsonFields entry) {
        SealedEpoch sealed = sealed(library, founding, entry);
        EpochStatement statement = EpochStatement.of(sealed);
        Set<Digest> signers = new HashSet<>();
        List<EpochSignature> signatures = entry.objects("signatures", MEMBERS_MAX).stream()
                .map(fields -> signature(founding, statement, signers, fields))
                .toList();
        entry.nothingElse();
        if (Quorum.of(founding).verdict(statement, signatures)
                instanceof Quorum.Verdict.Unattested(int valid, int threshold)) {
            throw new BadInput(
                    entry.at("signatures"),
                    String.valueOf(valid),
                    "must be of at least " + threshold + " of the "
                            + founding.quorumKeys().size() + " members of the quorum");
        }
        return new Signed(sealed, signatures);
    }

    private static EpochSignature signature(
            FoundingDocument founding, EpochStatement statement, Set<Digest> signers, JsonFields fields) {
        EpochSignature signature = new EpochSignature(
                digest(fields, "signer"), fields.bytes("signature", EpochSignature.LENGTH, EpochSignature.LENGTH));
        fields.nothingElse();
        if (!founding.quorumKeys().contains(signature.signer())) {
            throw fields.refuse("signer", "must be a member of the house's quorum");
        }
        if (!signers.add(signature.signer())) {
            throw fields.refuse("signer", "must not sign twice");
        }
        if (!signature.signs(statement)) {
            throw fields.refuse("signature", "must be its signer's on this epoch");
        }
        return signature;
    }

    private static SealedEpoch sealed(ProverLibrary library, FoundingDocument founding, JsonFields entry) {
        try {
            Epoch epoch = epoch(entry.object("epoch"));
            Digest digest = digest(entry, "digest");
            if (!EpochComputation.commitment(epoch).digest(library).digest().equals(digest)) {
                throw entry.refuse("digest", "must be that of the epoch beside it");
            }
            if (!epoch.house().equals(founding.house())) {
                throw new BadInput(
                        entry.at("epoch.house"),
                        epoch.house().hex(),
                        "must be the house of the founding document, "
                                + founding.house().hex());
            }
            return new SealedEpoch(epoch, digest);
        } catch (IllegalArgumentException e) {
            throw new BadInput(entry.at("epoch"), "", String.valueOf(e.getMessage()));
        }
    }

    private static Epoch epoch(JsonFields fields) {
        Epoch epoch = new Epoch(
                digest(fields, "house"),
                fields.wholeNumber("number", 1, Long.MAX_VALUE),
                digest(fields, "previous"),
                digest(fields, "accountRoot"),
                digest(fields, "tableRoot"),
                digest(fields, "tableSha256"),
                digest(fields, "parametersSha256"),
                digest(fields, "inputsSha256"),
                digest(fields, "venueRoot"),
                digest(fields, "vaultTableRoot"),
                digest(fields, "buffer"),
                digest(fields, "marginRoot"));
        fields.nothingElse();
        return epoch;
    }

    private static Digest digest(JsonFields fields, String name) {
        String text = fields.text(name, TEXT_MAX);
        try {
            return Digest.parse(text);
        } catch (IllegalArgumentException e) {
            throw fields.refuse(name, "must be 64 lower-case hexadecimal digits");
        }
    }

    /** The file form, for a JSON writer. */
    public Map<String, Object> json() {
        Map<String, Object> house = new LinkedHashMap<>();
        house.put("network", founding.network());
        house.put("threshold", founding.threshold());
        house.put(
                "quorum",
                founding.quorumKeys().stream()
                        .map(key -> Map.of("key", key.hex()))
                        .toList());
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("founding", house);
        document.put("epochs", epochs.stream().map(EpochList::json).toList());
        return document;
    }

    private static Map<String, Object> json(Signed signed) {
        Epoch epoch = signed.sealed().epoch();
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("house", epoch.house().hex());
        fields.put("number", epoch.number());
        fields.put("previous", epoch.previous().hex());
        fields.put("accountRoot", epoch.accountRoot().hex());
        fields.put("tableRoot", epoch.tableRoot().hex());
        fields.put("tableSha256", epoch.tableSha256().hex());
        fields.put("parametersSha256", epoch.parametersSha256().hex());
        fields.put("inputsSha256", epoch.inputsSha256().hex());
        fields.put("venueRoot", epoch.venueRoot().hex());
        fields.put("vaultTableRoot", epoch.vaultTableRoot().hex());
        fields.put("buffer", epoch.buffer().hex());
        fields.put("marginRoot", epoch.marginRoot().hex());
        Map<String, Object> entry = new LinkedHashMap<>();
        entry.put("epoch", fields);
        entry.put("digest", signed.sealed().digest().hex());
        entry.put(
                "signatures", signed.signatures().stream().map(EpochList::json).toList());
        return entry;
    }

    private static Map<String, Object> json(EpochSignature signature) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("signer", signature.signer().hex());
        fields.put("signature", HexFormat.of().formatHex(signature.signature()));
        return fields;
    }

    /**
     * Why a proof of a seal is not taken, in words; empty if it is.
     *
     * @param oldest number of the oldest epoch that is taken
     */
    public Optional<String> refusal(FieldElement seal, long oldest) {
        Optional<Long> number = epochs.stream()
                .map(Signed::sealed)
                .filter(known -> known.digest().equals(seal.digest()))
                .map(known -> known.epoch().number())
                .findFirst();
        if (number.isEmpty()) {
            return Optional.of("seal is of no epoch among the " + epochs.size() + " that are taken");
        }
        return number.filter(n -> n < oldest)
                .map(n -> "epoch " + n + " is stale: the oldest that is taken is " + oldest);
    }
}
