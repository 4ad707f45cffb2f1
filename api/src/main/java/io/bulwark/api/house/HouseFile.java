package io.bulwark.api.house;

import io.bulwark.api.door.JsonFields;
import io.bulwark.clearing.attestation.EpochSignature;
import io.bulwark.clearing.attestation.EpochStatement;
import io.bulwark.clearing.attestation.HouseStatement;
import io.bulwark.clearing.attestation.HouseStatement.Subject;
import io.bulwark.clearing.attestation.KeyList;
import io.bulwark.clearing.attestation.KeyList.Entry;
import io.bulwark.clearing.attestation.Quorum;
import io.bulwark.clearing.attestation.QuorumStatement;
import io.bulwark.clearing.attestation.SignedHouseStatement;
import io.bulwark.clearing.document.BadInput;
import io.bulwark.clearing.document.CanonicalReader;
import io.bulwark.clearing.document.Digest;
import io.bulwark.clearing.epoch.Epoch;
import io.bulwark.clearing.epoch.FoundingDocument;
import io.bulwark.clearing.epoch.FoundingDocument.KeyRule;
import io.bulwark.clearing.epoch.SealedEpoch;
import io.bulwark.clearing.node.NodeList.Succession;
import io.bulwark.house.House;
import io.bulwark.house.epoch.EpochComputation;
import io.bulwark.house.node.NodeHome;
import io.bulwark.prover.binding.ProverLibrary;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/**
 * What everybody may know of a house, as verifiers and provers keep it: its founding document, the newest documents that its quorum signed, the records
 * of the keys that it lists, and its latest epochs. Everything is recomputed on reading: the house's identity from the founding document, every digest,
 * and a quorum must have signed every epoch and document, so that no number, time or key can be lent. Which house it is, the reader must know from
 * elsewhere. Nothing in it is secret.
 *
 * @param founding what the house's identity is made of
 * @param nodes who seals its epochs, list after list, where nodes keep it; empty where its founders do for ever
 * @param statements the newest document of each subject
 * @param records key records of the listed keys, in the order of the list
 * @param epochs the newest first
 */
public record HouseFile(
        FoundingDocument founding,
        Optional<Succession> nodes,
        List<SignedHouseStatement> statements,
        List<byte[]> records,
        List<SignedEpoch> epochs) {
    /** Longest file form, bytes. */
    public static final int BYTES_MAX = 8 << 20;

    /** Most epochs. */
    public static final int EPOCHS_MAX = 1_000;

    private static final String FORMAT = "bulwark-house";
    private static final int VERSION = 1;
    private static final int TEXT_MAX = 64;
    private static final int NETWORK_MAX = 256;
    private static final int MEMBERS_MAX = 64;
    private static final int STATEMENTS_MAX = 16;
    private static final int DOCUMENT_MAX = 1 << 20;
    private static final int RECORD_MAX = 4_096;
    private static final HexFormat HEX = HexFormat.of();

    /**
     * One epoch with its signatures.
     *
     * @param sealed the epoch
     * @param timeMillis the epoch's time, UTC epoch milliseconds; it is signed
     * @param signatures of members of the quorum, each on this epoch and time
     */
    public record SignedEpoch(SealedEpoch sealed, long timeMillis, List<EpochSignature> signatures) {
        /** Copies. */
        public SignedEpoch {
            signatures = List.copyOf(signatures);
        }
    }

    /** Of a house whose founders seal its epochs for ever. */
    public HouseFile(
            FoundingDocument founding,
            List<SignedHouseStatement> statements,
            List<byte[]> records,
            List<SignedEpoch> epochs) {
        this(founding, Optional.empty(), statements, records, epochs);
    }

    /** Copies. */
    public HouseFile {
        statements = List.copyOf(statements);
        records = records.stream().map(byte[]::clone).toList();
        epochs = List.copyOf(epochs);
    }

    /**
     * The file of an open house.
     *
     * @param newest how many epochs, 1 to {@value #EPOCHS_MAX}
     * @throws BadInput if the house has sealed no epoch
     */
    public static HouseFile of(House house, int newest) {
        FoundingDocument founding =
                house.founding().orElseThrow(() -> new BadInput("house", "no epochs", "must have sealed an epoch"));
        return new HouseFile(
                founding,
                house.statements(),
                house.keyRecords(),
                house.archive().sealed(Long.MAX_VALUE, newest).stream()
                        .map(record -> new SignedEpoch(
                                record.sealed(),
                                record.inputs().epochTimeMillis(),
                                house.epochs()
                                        .signatures(record.sealed().epoch().number())))
                        .toList());
    }

    /**
     * The file of a house that nodes keep, as one of them has it.
     *
     * @param newest how many epochs, 1 to {@value #EPOCHS_MAX}
     * @throws BadInput if the node has sealed no epoch
     */
    public static HouseFile of(NodeHome home, int newest) {
        long last = home.last();
        if (last == 0) {
            throw new BadInput("house", "no epochs", "must have sealed an epoch");
        }
        return new HouseFile(
                home.genesis().founding(),
                Optional.of(home.succession()),
                List.of(),
                List.of(),
                LongStream.iterate(last, number -> number >= 1, number -> number - 1)
                        .limit(newest)
                        .mapToObj(number -> HouseNodes.signed(home, number))
                        .toList());
    }

    /** The identity of the house that the file speaks of. */
    public Digest house() {
        return founding.house();
    }

    /** Who must have signed an epoch, &ge; 1. */
    public Quorum quorum(long epoch) {
        return HouseNodes.quorum(founding, nodes, epoch);
    }

    /** The newest list of keys; empty where the house has listed none. */
    public Optional<KeyList> keys() {
        return statements.stream()
                .filter(signed -> signed.statement().subject() == Subject.KEYS)
                .map(HouseFile::keyList)
                .findFirst();
    }

    private static KeyList keyList(SignedHouseStatement signed) {
        return KeyList.of(CanonicalReader.read(signed.document()));
    }

    /** The sealed epoch with a digest. */
    public Optional<SignedEpoch> epoch(Digest digest) {
        return epochs.stream()
                .filter(known -> known.sealed().digest().equals(digest))
                .findFirst();
    }

    /**
     * Reads the file form.
     *
     * @throws BadInput naming field and rule, also if a digest is not that of its epoch or document, something is another house's, a signature does
     *     not hold, or too few hold
     */
    public static HouseFile read(ProverLibrary library, byte[] json) {
        JsonFields fields = JsonFields.read(json, BYTES_MAX);
        if (!fields.text("format", TEXT_MAX).equals(FORMAT)) {
            throw fields.refuse("format", "must be \"" + FORMAT + "\"");
        }
        fields.wholeNumber("version", VERSION, VERSION);
        FoundingDocument founding = founding(fields.object("founding"));
        Optional<Succession> nodes = HouseNodes.read(founding, fields);
        Set<Subject> subjects = EnumSet.noneOf(Subject.class);
        Quorum last = HouseNodes.quorum(founding, nodes, Long.MAX_VALUE);
        List<SignedHouseStatement> statements = fields.objects("statements", STATEMENTS_MAX).stream()
                .map(entry -> statement(founding, last, subjects, entry))
                .toList();
        List<byte[]> records = fields.byteArrays("records", KeyList.KEYS_MAX, RECORD_MAX);
        List<SignedEpoch> epochs = fields.objects("epochs", EPOCHS_MAX).stream()
                .map(entry -> signed(library, founding, nodes, entry))
                .toList();
        fields.nothingElse();
        HouseFile file = new HouseFile(founding, nodes, statements, records, epochs);
        file.requireRecords(fields);
        file.requireEpochsOnce(fields);
        return file;
    }

    /** The records are those of the listed keys and no others: nobody is led to take a key for the house's because it lies in its file. */
    private void requireRecords(JsonFields fields) {
        Set<Digest> listed = keys().stream()
                .flatMap(list -> list.keys().stream())
                .map(Entry::identity)
                .collect(Collectors.toSet());
        for (int i = 0; i < records.size(); i++) {
            Digest identity = Digest.sha256(records.get(i));
            if (!listed.remove(identity)) {
                throw new BadInput(
                        fields.at("records") + "[" + i + "]",
                        identity.hex(),
                        "must be of a key in the signed list, once");
            }
        }
        listed.stream().sorted().findFirst().ifPresent(missing -> {
            throw new BadInput(
                    fields.at("records"),
                    records.size() + " records",
                    "must hold that of key " + missing + ", which is listed");
        });
    }

    private void requireEpochsOnce(JsonFields fields) {
        Set<Long> numbers = new HashSet<>();
        for (int i = 0; i < epochs.size(); i++) {
            long number = epochs.get(i).sealed().epoch().number();
            if (!numbers.add(number)) {
                throw new BadInput(
                        fields.at("epochs") + "[" + i + "].epoch.number",
                        String.valueOf(number),
                        "must not stand twice");
            }
        }
    }

    private static FoundingDocument founding(JsonFields fields) {
        String network = fields.text("network", NETWORK_MAX);
        int threshold = (int) fields.wholeNumber("threshold", 1, MEMBERS_MAX);
        List<Digest> quorum = fields.objects("quorum", MEMBERS_MAX).stream()
                .map(member -> {
                    Digest key = digest(member, "key");
                    member.nothingElse();
                    return key;
                })
                .toList();
        Optional<KeyRule> keys = fields.has("keys") ? Optional.of(rule(fields.object("keys"))) : Optional.empty();
        fields.nothingElse();
        return BadInput.refusing(
                fields.at("quorum"),
                quorum.size() + " keys",
                () -> keys.map(rule -> new FoundingDocument(network, threshold, quorum, rule))
                        .orElseGet(() -> FoundingDocument.withoutKeys(network, threshold, quorum)));
    }

    private static KeyRule rule(JsonFields fields) {
        String origin = fields.text("origin", TEXT_MAX);
        KeyRule rule = switch (origin) {
            case "test" -> new KeyRule.Test();
            case "ceremony" ->
                new KeyRule.Ceremony(
                        (int) fields.wholeNumber("signed", KeyRule.Ceremony.SIGNED_MIN, KeyRule.Ceremony.SIGNED_MAX));
            default -> throw fields.refuse("origin", "must be \"test\" or \"ceremony\"");
        };
        fields.nothingElse();
        return rule;
    }

    private static SignedHouseStatement statement(
            FoundingDocument founding, Quorum quorum, Set<Subject> subjects, JsonFields entry) {
        long number = entry.wholeNumber("number", 1, Long.MAX_VALUE);
        Subject subject = subject(entry);
        if (!subjects.add(subject)) {
            throw entry.refuse("subject", "must stand once, with its newest document");
        }
        byte[] document = entry.bytes("document", 1, DOCUMENT_MAX);
        HouseStatement statement = new HouseStatement(founding.house(), number, subject, Digest.sha256(document));
        SignedHouseStatement signed =
                new SignedHouseStatement(statement, document, signatures(quorum, statement, entry));
        entry.nothingElse();
        if (subject == Subject.KEYS) {
            requireList(entry, signed);
        }
        return signed;
    }

    private static Subject subject(JsonFields entry) {
        try {
            return Subject.of(entry.text("subject", TEXT_MAX));
        } catch (IllegalArgumentException e) {
            throw entry.refuse(
                    "subject",
                    "must be one of "
                            + Stream.of(Subject.values()).map(Subject::word).collect(Collectors.joining(", ")));
        }
    }

    private static void requireList(JsonFields entry, SignedHouseStatement signed) {
        KeyList list;
        try {
            list = keyList(signed);
        } catch (IllegalArgumentException e) {
            throw new BadInput(entry.at("document"), "", "must be a list of keys: " + e.getMessage());
        }
        HouseStatement statement = signed.statement();
        if (!list.house().equals(statement.house()) || list.number() != statement.number()) {
            throw new BadInput(
                    entry.at("document"),
                    "list " + list.number() + " of house " + list.house(),
                    "must be list " + statement.number() + " of house " + statement.house());
        }
    }

    private static SignedEpoch signed(
            ProverLibrary library, FoundingDocument founding, Optional<Succession> nodes, JsonFields entry) {
        SealedEpoch sealed = sealed(library, founding, entry);
        long time = entry.wholeNumber("time", 0, Long.MAX_VALUE);
        Quorum quorum = HouseNodes.quorum(founding, nodes, sealed.epoch().number());
        List<EpochSignature> signatures = signatures(quorum, EpochStatement.of(sealed, time), entry);
        entry.nothingElse();
        return new SignedEpoch(sealed, time, signatures);
    }

    /** What members of a quorum signed, enough of them and nobody else. */
    static List<EpochSignature> signatures(Quorum quorum, QuorumStatement statement, JsonFields entry) {
        Set<Digest> signers = new HashSet<>();
        List<EpochSignature> signatures = entry.objects("signatures", MEMBERS_MAX).stream()
                .map(fields -> signature(quorum, statement, signers, fields))
                .toList();
        if (quorum.verdict(statement, signatures) instanceof Quorum.Verdict.Unattested(int valid, int threshold)) {
            throw new BadInput(
                    entry.at("signatures"),
                    String.valueOf(valid),
                    "must be of at least " + threshold + " of the "
                            + quorum.members().size() + " members of the quorum");
        }
        return signatures;
    }

    private static EpochSignature signature(
            Quorum quorum, QuorumStatement statement, Set<Digest> signers, JsonFields fields) {
        EpochSignature signature = new EpochSignature(
                digest(fields, "signer"), fields.bytes("signature", EpochSignature.LENGTH, EpochSignature.LENGTH));
        fields.nothingElse();
        if (!quorum.members().contains(signature.signer())) {
            throw fields.refuse("signer", "must be a member of the house's quorum");
        }
        if (!signers.add(signature.signer())) {
            throw fields.refuse("signer", "must not sign twice");
        }
        if (!signature.signs(statement)) {
            throw fields.refuse("signature", "must be its signer's on what stands beside it");
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
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("format", FORMAT);
        document.put("version", VERSION);
        document.put("founding", json(founding));
        nodes.ifPresent(lists -> document.put("nodes", HouseNodes.json(lists)));
        document.put("statements", statements.stream().map(HouseFile::json).toList());
        document.put("records", records.stream().map(HEX::formatHex).toList());
        document.put("epochs", epochs.stream().map(HouseFile::json).toList());
        return document;
    }

    private static Map<String, Object> json(FoundingDocument founding) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("network", founding.network());
        fields.put("threshold", founding.threshold());
        fields.put(
                "quorum",
                founding.quorumKeys().stream()
                        .map(key -> Map.of("key", key.hex()))
                        .toList());
        if (founding.namesKeys()) {
            fields.put(
                    "keys",
                    switch (founding.keys()) {
                        case KeyRule.Test() -> Map.of("origin", "test");
                        case KeyRule.Ceremony(int signed) -> {
                            Map<String, Object> rule = new LinkedHashMap<>();
                            rule.put("origin", "ceremony");
                            rule.put("signed", signed);
                            yield rule;
                        }
                    });
        }
        return fields;
    }

    private static Map<String, Object> json(SignedHouseStatement signed) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("number", signed.statement().number());
        fields.put("subject", signed.statement().subject().word());
        fields.put("document", HEX.formatHex(signed.document()));
        fields.put(
                "signatures", signed.signatures().stream().map(HouseFile::json).toList());
        return fields;
    }

    private static Map<String, Object> json(SignedEpoch signed) {
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
        entry.put("time", signed.timeMillis());
        entry.put("digest", signed.sealed().digest().hex());
        entry.put(
                "signatures", signed.signatures().stream().map(HouseFile::json).toList());
        return entry;
    }

    static Map<String, Object> json(EpochSignature signature) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("signer", signature.signer().hex());
        fields.put("signature", HEX.formatHex(signature.signature()));
        return fields;
    }

    /** Records by their bytes. */
    @Override
    public boolean equals(Object other) {
        return other instanceof HouseFile that
                && founding.equals(that.founding)
                && nodes.equals(that.nodes)
                && statements.equals(that.statements)
                && hex(records).equals(hex(that.records))
                && epochs.equals(that.epochs);
    }

    @Override
    public int hashCode() {
        return Objects.hash(founding, nodes, statements, hex(records), epochs);
    }

    private static List<String> hex(List<byte[]> records) {
        return records.stream().map(HEX::formatHex).toList();
    }

    /** The house, and how much is known of it. */
    @Override
    public String toString() {
        return "HouseFile[house " + house() + ", " + records.size() + " keys, " + epochs.size() + " epochs]";
    }
}
