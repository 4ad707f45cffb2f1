package io.bulwark.api.house;

import io.bulwark.api.door.JsonFields;
import io.bulwark.clearing.attestation.EpochSignature;
import io.bulwark.clearing.attestation.Quorum;
import io.bulwark.clearing.attestation.SignedHouseStatement;
import io.bulwark.clearing.document.BadInput;
import io.bulwark.clearing.document.CanonicalReader;
import io.bulwark.clearing.epoch.FoundingDocument;
import io.bulwark.clearing.node.NodeList;
import io.bulwark.clearing.node.NodeList.Succession;
import io.bulwark.clearing.register.EpochRegister.EpochRecord;
import io.bulwark.clearing.round.RoundMessage.Seal;
import io.bulwark.house.node.NodeHome;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Who seals the epochs of a house that nodes keep, in its house file: list after list, each signed by the one before. */
final class HouseNodes {
    /** Most lists: as many as a file has epochs. */
    private static final int LISTS_MAX = HouseFile.EPOCHS_MAX;

    private static final int DOCUMENT_MAX = 1 << 16;
    private static final String NODES = "nodes";
    private static final HexFormat HEX = HexFormat.of();

    private HouseNodes() {}

    /** Who must have signed an epoch; the founders where no list says otherwise. What is signed beside epochs, the last list signs. */
    static Quorum quorum(FoundingDocument founding, Optional<Succession> nodes, long epoch) {
        return nodes.map(lists -> lists.at(epoch).quorum()).orElseGet(() -> Quorum.of(founding));
    }

    /** The lists; empty where the file names none. */
    static Optional<Succession> read(FoundingDocument founding, JsonFields fields) {
        if (!fields.has(NODES)) {
            return Optional.empty();
        }
        List<JsonFields> entries = fields.objects(NODES, LISTS_MAX);
        if (entries.isEmpty()) {
            throw fields.refuse(NODES, "must begin with the list of the founders");
        }
        NodeList first = list(entries.getFirst());
        entries.getFirst().nothingElse();
        if (first.number() != 0
                || first.threshold() != founding.threshold()
                || !first.house().equals(founding.house())
                || !Quorum.of(founding).equals(first.quorum())) {
            throw entries.getFirst().refuse("document", "must be list 0 of the house, with its founders and no others");
        }
        NodeList before = first;
        List<SignedHouseStatement> acts = new ArrayList<>();
        for (JsonFields entry : entries.subList(1, entries.size())) {
            NodeList next = list(entry);
            SignedHouseStatement act = new SignedHouseStatement(
                    next.statement(),
                    next.canonical().encode(),
                    HouseFile.signatures(before.quorum(), next.statement(), entry));
            entry.nothingElse();
            before.flawAfter(act).ifPresent(flaw -> {
                throw new BadInput(entry.at("document"), "list " + next.number(), flaw);
            });
            acts.add(act);
            before = next;
        }
        return Optional.of(new Succession(first, acts));
    }

    /** An epoch as a node keeps it, with the signatures that sealed it. */
    static HouseFile.SignedEpoch signed(NodeHome home, long number) {
        EpochRecord record = home.epoch(number).orElseThrow();
        return new HouseFile.SignedEpoch(
                record.sealed(),
                record.inputs().epochTimeMillis(),
                home.kept(number).orElseThrow().seals().stream()
                        .map(said -> ((Seal) said.message()).signature())
                        .toList());
    }

    private static NodeList list(JsonFields entry) {
        byte[] document = entry.bytes("document", 1, DOCUMENT_MAX);
        return BadInput.refusing(
                entry.at("document"), document.length + " bytes", () -> NodeList.of(CanonicalReader.read(document)));
    }

    static List<Map<String, Object>> json(Succession nodes) {
        List<Map<String, Object>> entries = new ArrayList<>();
        entries.add(json(nodes.first().canonical().encode(), Optional.empty()));
        nodes.acts().forEach(act -> entries.add(json(act.document(), Optional.of(act.signatures()))));
        return entries;
    }

    private static Map<String, Object> json(byte[] document, Optional<List<EpochSignature>> signatures) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("document", HEX.formatHex(document));
        signatures.ifPresent(signed ->
                fields.put("signatures", signed.stream().map(HouseFile::json).toList()));
        return fields;
    }
}
