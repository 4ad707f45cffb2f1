package io.bulwark.api.inquiry;

import io.bulwark.api.cycle.BadInput;
import io.bulwark.api.cycle.EpochComputation;
import io.bulwark.clearing.epoch.Digest;
import io.bulwark.clearing.epoch.Epoch;
import io.bulwark.clearing.epoch.SealedEpoch;
import io.bulwark.prover.binding.FieldElement;
import io.bulwark.prover.binding.ProverLibrary;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Sealed epochs as a verifier keeps them, to know the number behind the digest that a proof shows.
 *
 * @param epochs in any order; every digest is recomputed on reading, so that no number can be lent to another epoch
 */
public record EpochList(List<SealedEpoch> epochs) {
    /** Longest file form, bytes. */
    public static final long BYTES_MAX = JsonFields.BYTES_MAX;

    /** Most epochs. */
    public static final int EPOCHS_MAX = 1_000;

    private static final int TEXT_MAX = 64;

    /** Copies. */
    public EpochList {
        epochs = List.copyOf(epochs);
    }

    /**
     * Reads the file form, {@code {"epochs": [{"epoch": {…}, "digest": …}, …]}}.
     *
     * @throws BadInput naming field and rule, also if a digest is not that of its epoch
     */
    public static EpochList read(ProverLibrary library, byte[] json) {
        JsonFields fields = JsonFields.read(json);
        List<SealedEpoch> epochs = fields.objects("epochs", EPOCHS_MAX).stream()
                .map(entry -> sealed(library, entry))
                .toList();
        fields.nothingElse();
        return new EpochList(epochs);
    }

    private static SealedEpoch sealed(ProverLibrary library, JsonFields entry) {
        try {
            Epoch epoch = epoch(entry.object("epoch"));
            Digest digest = digest(entry, "digest");
            entry.nothingElse();
            if (!EpochComputation.commitment(epoch).digest(library).digest().equals(digest)) {
                throw entry.refuse("digest", "must be that of the epoch beside it");
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
                digest(fields, "buffer"));
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
        return Map.of("epochs", epochs.stream().map(EpochList::json).toList());
    }

    private static Map<String, Object> json(SealedEpoch sealed) {
        Epoch epoch = sealed.epoch();
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
        Map<String, Object> entry = new LinkedHashMap<>();
        entry.put("epoch", fields);
        entry.put("digest", sealed.digest().hex());
        return entry;
    }

    /**
     * Why a proof of a seal is not taken, in words; empty if it is.
     *
     * @param oldest number of the oldest epoch that is taken
     */
    public Optional<String> refusal(FieldElement seal, long oldest) {
        Optional<Long> number = epochs.stream()
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
