package io.bulwark.adapter.holding;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.esaulpaugh.headlong.rlp.RLPEncoder;
import io.bulwark.adapter.evm.Keccak256;
import io.bulwark.adapter.evm.StorageProof;
import io.bulwark.clearing.attestation.ChainKey;
import io.bulwark.clearing.attestation.EpochSignature;
import io.bulwark.clearing.attestation.HoldingPurpose;
import io.bulwark.clearing.attestation.PlaceControl;
import io.bulwark.clearing.attestation.Quorum;
import io.bulwark.clearing.document.CanonicalException;
import io.bulwark.clearing.document.CanonicalReader;
import io.bulwark.clearing.document.CanonicalValue;
import io.bulwark.clearing.document.Digest;
import io.bulwark.clearing.holding.Held;
import io.bulwark.clearing.holding.HoldingEvidence;
import io.bulwark.clearing.holding.HoldingList;
import io.bulwark.clearing.holding.HoldingSeen;
import io.bulwark.clearing.holding.ReserveHolding;
import io.bulwark.clearing.position.EvidenceGrade;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.bouncycastle.math.ec.rfc8032.Ed25519;
import org.junit.jupiter.api.Test;

/** What a house holds, looked at by a stranger: every way of showing more than there is. */
class HoldingAuditTest {
    private static final Digest HOUSE = Digest.sha256("house".getBytes(StandardCharsets.UTF_8));
    private static final long EPOCH = 7;
    private static final long AT = 1_716_487_860_000L;
    private static final HoldingWindow WINDOW =
            new HoldingWindow(Instant.ofEpochMilli(AT - 60_000), Instant.ofEpochMilli(AT + 60_000));
    private static final String TOKEN = "0x" + "ab".repeat(20);
    private static final int BALANCES = 3;
    private static final BigInteger PER_LOT = BigInteger.valueOf(1_000);
    private static final HexFormat HEX = HexFormat.of();

    private static final ChainKey WALLET = ChainKey.of("11".repeat(32));
    private static final ChainKey STRANGER = ChainKey.of("22".repeat(32));
    private static final String ADDRESS = WALLET.address().caip10(1);
    private static final Signer VENUE = new Signer();
    private static final Signer MEMBER = new Signer();
    private static final Signer OTHER_MEMBER = new Signer();
    private static final HoldingAudit.Reader READER = new HoldingAudit.Reader(
            new Quorum(2, Set.of(MEMBER.key(), OTHER_MEMBER.key())),
            List.of(new Custodian("kraken:", VENUE.key())),
            WINDOW);

    /** An Ed25519 key of the test. */
    private static final class Signer {
        private final byte[] secret = new byte[Ed25519.SECRET_KEY_SIZE];

        Signer() {
            Ed25519.generatePrivateKey(new SecureRandom(), secret);
        }

        Digest key() {
            byte[] key = new byte[Ed25519.PUBLIC_KEY_SIZE];
            Ed25519.generatePublicKey(secret, 0, key, 0);
            return Digest.of(key);
        }

        byte[] sign(CanonicalValue value) {
            byte[] message = value.encode();
            byte[] signature = new byte[Ed25519.SIGNATURE_SIZE];
            Ed25519.sign(secret, 0, message, 0, message.length, signature, 0);
            return signature;
        }
    }

    /** A chain of one contract with one word: header, proof, hash. */
    private record Chain(HoldingEvidence.Storage storage) {
        static Chain of(String holder, BigInteger units, long timeMillis) {
            byte[] slot = fixed(StorageProof.mappingSlot(holder, BALANCES));
            byte[] storageLeaf = leaf(Keccak256.of(slot), RLPEncoder.string(unsigned(units)));
            byte[] account =
                    RLPEncoder.list(new byte[] {1}, new byte[0], Keccak256.of(storageLeaf), Keccak256.of(new byte[0]));
            byte[] accountLeaf = leaf(Keccak256.of(HEX.parseHex(TOKEN.substring(2))), account);
            byte[] stateRoot = Keccak256.of(accountLeaf);
            byte[] none = new byte[32];
            long seconds = timeMillis / 1000;
            byte[] hash = Keccak256.of(RLPEncoder.list(
                    none,
                    none,
                    new byte[20],
                    stateRoot,
                    none,
                    none,
                    new byte[256],
                    new byte[0],
                    unsigned(BigInteger.valueOf(100)),
                    unsigned(BigInteger.valueOf(30)),
                    unsigned(BigInteger.valueOf(20)),
                    unsigned(BigInteger.valueOf(seconds)),
                    new byte[0],
                    none,
                    new byte[8]));
            String header = """
                    {"parentHash":"%1$s","sha3Uncles":"%1$s","miner":"0x%2$s","stateRoot":"0x%3$s","transactionsRoot":"%1$s",
                     "receiptsRoot":"%1$s","logsBloom":"0x%4$s","difficulty":"0x0","number":"0x64","gasLimit":"0x1e","gasUsed":"0x14",
                     "timestamp":"0x%5$x","extraData":"0x","mixHash":"%1$s","nonce":"0x%6$s","hash":"0x%7$s"}""".formatted(
                            "0x" + HEX.formatHex(none),
                            "00".repeat(20),
                            HEX.formatHex(stateRoot),
                            "00".repeat(256),
                            seconds,
                            "00".repeat(8),
                            HEX.formatHex(hash));
            String proof =
                    """
                    {"address":"%s","accountProof":["0x%s"],"balance":"0x0","codeHash":"0x","nonce":"0x1","storageHash":"0x",
                     "storageProof":[{"key":"0x%s","value":"0x0","proof":["0x%s"]}]}""".formatted(TOKEN, HEX.formatHex(accountLeaf), HEX.formatHex(slot), HEX.formatHex(storageLeaf));
            return new Chain(new HoldingEvidence.Storage(
                    TOKEN,
                    BALANCES,
                    PER_LOT,
                    100,
                    timeMillis,
                    Digest.of(hash),
                    header.getBytes(StandardCharsets.UTF_8),
                    proof.getBytes(StandardCharsets.UTF_8)));
        }

        /** A leaf of a trie that has no other: compact path with an even number of nibbles, then the value. */
        private static byte[] leaf(byte[] path, byte[] value) {
            byte[] compact = new byte[path.length + 1];
            compact[0] = 0x20;
            System.arraycopy(path, 0, compact, 1, path.length);
            return RLPEncoder.list(compact, value);
        }

        private static byte[] fixed(BigInteger number) {
            byte[] bytes = unsigned(number);
            byte[] word = new byte[32];
            System.arraycopy(bytes, 0, word, word.length - bytes.length, bytes.length);
            return word;
        }

        private static byte[] unsigned(BigInteger number) {
            byte[] bytes = number.toByteArray();
            return bytes[0] == 0 && bytes.length > 1 ? Arrays.copyOfRange(bytes, 1, bytes.length) : bytes;
        }
    }

    private static final Chain CHAIN = Chain.of(WALLET.address().text(), BigInteger.valueOf(5_999), AT);

    private static ReserveHolding proved() {
        return new ReserveHolding(
                        Held.asset(1),
                        5,
                        ADDRESS,
                        EvidenceGrade.STORAGE_PROOF,
                        CHAIN.storage().digest(),
                        new byte[0],
                        AT)
                .controlledBy(control(WALLET, HOUSE, EPOCH, ADDRESS));
    }

    private static byte[] control(ChainKey key, Digest house, long epoch, String place) {
        return control(key, house, epoch, HoldingPurpose.RESERVES, place);
    }

    private static byte[] control(ChainKey key, Digest house, long epoch, HoldingPurpose purpose, String place) {
        return key.signText(new PlaceControl(house, epoch, purpose, place).text())
                .bytes();
    }

    private static HoldingList listOf(ReserveHolding... holdings) {
        return listFor(HoldingPurpose.RESERVES, holdings);
    }

    private static HoldingList listFor(HoldingPurpose purpose, ReserveHolding... holdings) {
        return new HoldingList(
                HOUSE,
                EPOCH,
                purpose,
                new TreeMap<>(Map.of(Held.CASH, EvidenceGrade.QUORUM_OBSERVATION)),
                List.of(holdings));
    }

    private static HoldingAudit audit(HoldingList list, HoldingEvidence... evidence) {
        return HoldingAudit.of(list, List.of(evidence), READER);
    }

    private static void refused(String rule, HoldingList list, HoldingEvidence... evidence) {
        HoldingAudit.Refused refused = assertThrows(HoldingAudit.Refused.class, () -> audit(list, evidence));
        assertTrue(String.valueOf(refused.getMessage()).contains(rule), refused.getMessage());
    }

    private static HoldingEvidence.Signed signed(Signer signer, HoldingList list) {
        return new HoldingEvidence.Signed(
                signer.key(),
                signer.sign(HoldingSeen.of(list, list.holdings().getFirst()).canonical()));
    }

    private static ReserveHolding at(String place, EvidenceGrade grade, HoldingEvidence evidence) {
        return new ReserveHolding(Held.CASH, 900, place, grade, evidence.digest(), new byte[0], AT);
    }

    /** A holding whose evidence is a signature over it, so that it is made first without. */
    private static HoldingAudit seen(
            String place, EvidenceGrade grade, byte[] control, Function<HoldingList, HoldingEvidence> made) {
        HoldingEvidence none = new HoldingEvidence.Unsigned(new byte[0]);
        HoldingEvidence evidence = made.apply(listOf(at(place, grade, none)));
        return audit(listOf(at(place, grade, evidence).controlledBy(control)), evidence);
    }

    @Test
    void shouldCountWhatStorageProvesAndTheAddressControls() {
        HoldingAudit audit = audit(listOf(proved()), CHAIN.storage());
        assertEquals(new HoldingAudit.Share(Map.of(EvidenceGrade.STORAGE_PROOF, 5L), 0, 5), audit.of(Held.asset(1)));
        assertEquals(HoldingAudit.Share.NONE, audit.of(Held.asset(2)));
        assertEquals(
                List.of("asset 1 is " + TOKEN + ", 1000 units a lot, in eip155:1 block 100 0x"
                        + CHAIN.storage().hash().hex()),
                audit.blocks());
        HoldingAudit uncontrolled = audit(listOf(proved().controlledBy(new byte[0])), CHAIN.storage());
        assertEquals(
                new HoldingAudit.Share(Map.of(EvidenceGrade.STORAGE_PROOF, 5L), 5, 0), uncontrolled.of(Held.asset(1)));
    }

    @Test
    void shouldCountNoLotThatStorageDoesNotProve() {
        ReserveHolding six = changed(6, ADDRESS, EvidenceGrade.STORAGE_PROOF, CHAIN.storage(), AT);
        refused("must be at most 5 lots", listOf(six), CHAIN.storage());
    }

    private static ReserveHolding changed(
            long lots, String place, EvidenceGrade grade, HoldingEvidence evidence, long at) {
        return new ReserveHolding(Held.asset(1), lots, place, grade, evidence.digest(), new byte[0], at);
    }

    @Test
    void shouldRefuseTheStorageProofOfAnotherBlockOrSlot() {
        Chain later = Chain.of(WALLET.address().text(), BigInteger.valueOf(9_000), AT + 5_000);
        HoldingEvidence.Storage mixed = storage(CHAIN, s -> later.storage());
        refused(
                "must be of its block's time",
                listOf(changed(5, ADDRESS, EvidenceGrade.STORAGE_PROOF, mixed, AT)),
                mixed);
        HoldingEvidence.Storage foreignProof = new HoldingEvidence.Storage(
                TOKEN,
                BALANCES,
                PER_LOT,
                100,
                AT,
                CHAIN.storage().hash(),
                CHAIN.storage().header(),
                later.storage().proof());
        refused(
                "must be what its storage proof proves",
                listOf(changed(5, ADDRESS, EvidenceGrade.STORAGE_PROOF, foreignProof, AT)),
                foreignProof);
        HoldingEvidence.Storage foreignHeader = new HoldingEvidence.Storage(
                TOKEN,
                BALANCES,
                PER_LOT,
                100,
                AT,
                later.storage().hash(),
                CHAIN.storage().header(),
                CHAIN.storage().proof());
        refused(
                "must be what its storage proof proves",
                listOf(changed(5, ADDRESS, EvidenceGrade.STORAGE_PROOF, foreignHeader, AT)),
                foreignHeader);
        HoldingEvidence.Storage otherSlot = new HoldingEvidence.Storage(
                TOKEN,
                BALANCES + 1,
                PER_LOT,
                100,
                AT,
                CHAIN.storage().hash(),
                CHAIN.storage().header(),
                CHAIN.storage().proof());
        refused(
                "must be what its storage proof proves",
                listOf(changed(5, ADDRESS, EvidenceGrade.STORAGE_PROOF, otherSlot, AT)),
                otherSlot);
        String elsewhere = STRANGER.address().caip10(1);
        refused(
                "must be what its storage proof proves",
                listOf(changed(5, elsewhere, EvidenceGrade.STORAGE_PROOF, CHAIN.storage(), AT)),
                CHAIN.storage());
    }

    private static HoldingEvidence.Storage storage(Chain chain, UnaryOperator<HoldingEvidence.Storage> change) {
        return change.apply(chain.storage());
    }

    @Test
    void shouldRefuseTheControlOfAnotherHouseEpochPlaceOrKey() {
        String elsewhere = STRANGER.address().caip10(1);
        for (byte[] control : List.of(
                control(WALLET, Digest.sha256(new byte[] {1}), EPOCH, ADDRESS),
                control(WALLET, HOUSE, EPOCH - 1, ADDRESS),
                control(WALLET, HOUSE, EPOCH, elsewhere),
                control(STRANGER, HOUSE, EPOCH, ADDRESS),
                new byte[65],
                new byte[3])) {
            refused("must have the control of its address", listOf(proved().controlledBy(control)), CHAIN.storage());
        }
    }

    /** What an address or a venue signed for the reserves backs no fund, and the reverse. */
    @Test
    void shouldRefuseTheControlOfAnotherPurpose() {
        for (HoldingPurpose purpose : HoldingPurpose.values()) {
            HoldingPurpose other = purpose == HoldingPurpose.FUND ? HoldingPurpose.RESERVES : HoldingPurpose.FUND;
            ReserveHolding right = proved().controlledBy(control(WALLET, HOUSE, EPOCH, purpose, ADDRESS));
            assertEquals(
                    5,
                    audit(listFor(purpose, right), CHAIN.storage())
                            .of(Held.asset(1))
                            .enough());
            refused(
                    "must have the control of its address for this house, this epoch and the " + other.word(),
                    listFor(other, right),
                    CHAIN.storage());
            HoldingEvidence none = new HoldingEvidence.Unsigned(new byte[0]);
            byte[] venue = VENUE.sign(new PlaceControl(HOUSE, EPOCH, purpose, "kraken:9").canonical());
            ReserveHolding account =
                    at("kraken:9", EvidenceGrade.UNSIGNED, none).controlledBy(venue);
            assertEquals(0, audit(listFor(purpose, account), none).of(Held.CASH).withoutControl());
            refused("must have the control of its venue", listFor(other, account), none);
        }
    }

    /** Nor does what a venue or members of the quorum said they saw for one of them. */
    @Test
    void shouldRefuseWhatWasSeenForAnotherPurpose() {
        HoldingEvidence none = new HoldingEvidence.Unsigned(new byte[0]);
        HoldingEvidence venue = signed(VENUE, listOf(at("kraken:9", EvidenceGrade.VENUE_SIGNATURE, none)));
        ReserveHolding kept = at("kraken:9", EvidenceGrade.VENUE_SIGNATURE, venue);
        assertEquals(
                Map.of(EvidenceGrade.VENUE_SIGNATURE, 900L),
                audit(listOf(kept), venue).of(Held.CASH).byGrade());
        refused("must be what its signature is on", listFor(HoldingPurpose.FUND, kept), venue);
        CanonicalValue seen =
                HoldingSeen.of(listOf(kept), listOf(kept).holdings().getFirst()).canonical();
        HoldingEvidence members = new HoldingEvidence.Observed(List.of(
                new EpochSignature(MEMBER.key(), MEMBER.sign(seen)),
                new EpochSignature(OTHER_MEMBER.key(), OTHER_MEMBER.sign(seen))));
        ReserveHolding observed = at("kraken:9", EvidenceGrade.QUORUM_OBSERVATION, members);
        assertEquals(
                Map.of(EvidenceGrade.QUORUM_OBSERVATION, 900L),
                audit(listOf(observed), members).of(Held.CASH).byGrade());
        refused("must be seen by 2 members of the quorum; 0 signed", listFor(HoldingPurpose.FUND, observed), members);
    }

    @Test
    void shouldFindAPlaceThatBacksTwoThings() {
        HoldingEvidence none = new HoldingEvidence.Unsigned(new byte[0]);
        HoldingList reserves = listOf(proved(), at("bank:1", EvidenceGrade.UNSIGNED, none));
        HoldingList fund = listFor(HoldingPurpose.FUND, at(ADDRESS, EvidenceGrade.UNSIGNED, none));
        assertEquals(Optional.of(ADDRESS), reserves.sharedWith(fund), "whatever is held there");
        assertEquals(Optional.of(ADDRESS), fund.sharedWith(reserves));
        assertEquals(Optional.empty(), reserves.sharedWith(reserves));
        assertEquals(
                Optional.empty(),
                reserves.sharedWith(listFor(HoldingPurpose.FUND, at("bank:2", EvidenceGrade.UNSIGNED, none))));
        assertEquals(fund, HoldingList.read(fund.encode()));
        List<CanonicalValue> fields = new ArrayList<>(((CanonicalValue.Array) fund.canonical()).values());
        fields.set(4, CanonicalValue.text("both"));
        assertThrows(
                CanonicalException.class,
                () -> HoldingList.read(CanonicalValue.array(fields).encode()));
    }

    @Test
    void shouldRefuseSumsBeyondWhatCanBeCounted() {
        HoldingEvidence none = new HoldingEvidence.Unsigned(new byte[0]);
        refused(
                "must add up to at most",
                listOf(
                        changed(Long.MAX_VALUE, "bank:1", EvidenceGrade.UNSIGNED, none, AT),
                        changed(1, "bank:2", EvidenceGrade.UNSIGNED, none, AT)),
                none);
    }

    @Test
    void shouldRefuseAHoldingOfAnotherTime() {
        for (long at :
                new long[] {WINDOW.from().toEpochMilli() - 1, WINDOW.until().toEpochMilli() + 1}) {
            HoldingEvidence none = new HoldingEvidence.Unsigned(new byte[0]);
            refused("must be seen in its epoch", listOf(changed(5, "bank:1", EvidenceGrade.UNSIGNED, none, at)), none);
        }
    }

    @Test
    void shouldRefuseAPlaceThatHoldsTheSameTwice() {
        assertThrows(CanonicalException.class, () -> listOf(proved(), proved()));
        assertThrows(
                CanonicalException.class,
                () -> listOf(proved(), changed(4, ADDRESS, EvidenceGrade.UNSIGNED, CHAIN.storage(), AT)));
        CanonicalValue.Array list = (CanonicalValue.Array) listOf(proved()).canonical();
        List<CanonicalValue> twice = new ArrayList<>(list.values());
        twice.set(6, CanonicalValue.array(Collections.nCopies(2, proved().canonical())));
        assertThrows(
                CanonicalException.class,
                () -> HoldingList.read(CanonicalValue.array(twice).encode()));
    }

    @Test
    void shouldReadItsOwnFormsAndNoOtherOrder() {
        ReserveHolding bank = at("bank:1", EvidenceGrade.UNSIGNED, new HoldingEvidence.Unsigned(new byte[] {1}));
        HoldingList list = listOf(proved(), bank);
        assertEquals(list, HoldingList.read(list.encode()));
        List<CanonicalValue> fields =
                new ArrayList<>(((CanonicalValue.Array) CanonicalReader.read(list.encode())).values());
        fields.set(
                6,
                CanonicalValue.array(
                        ((CanonicalValue.Array) fields.get(6)).values().reversed()));
        assertThrows(
                CanonicalException.class,
                () -> HoldingList.read(CanonicalValue.array(fields).encode()));
        for (HoldingEvidence evidence : List.of(
                CHAIN.storage(),
                new HoldingEvidence.Unsigned(new byte[] {7}),
                new HoldingEvidence.Signed(VENUE.key(), new byte[64]),
                new HoldingEvidence.Observed(List.of(new EpochSignature(MEMBER.key(), new byte[64]))))) {
            assertArrayEquals(
                    evidence.canonical().encode(),
                    HoldingEvidence.read(evidence.canonical().encode())
                            .canonical()
                            .encode());
        }
    }

    @Test
    void shouldRefuseAGradeThatIsRaised() {
        HoldingEvidence none = new HoldingEvidence.Unsigned(new byte[0]);
        for (EvidenceGrade grade : EvidenceGrade.values()) {
            if (grade != EvidenceGrade.UNSIGNED) {
                refused("must", listOf(at(ADDRESS, grade, none)), none);
                refused("must", listOf(at(ADDRESS, grade, none)));
            }
        }
        refused(
                "must bring the storage proof",
                listOf(changed(
                        5,
                        ADDRESS,
                        EvidenceGrade.STORAGE_PROOF,
                        new HoldingEvidence.Signed(VENUE.key(), new byte[64]),
                        AT)),
                new HoldingEvidence.Signed(VENUE.key(), new byte[64]));
    }

    @Test
    void shouldCountAVenuesSignatureOnlyOfAKeyThatTheReaderKnows() {
        byte[] control = VENUE.sign(new PlaceControl(HOUSE, EPOCH, HoldingPurpose.RESERVES, "kraken:9").canonical());
        assertEquals(
                new HoldingAudit.Share(Map.of(EvidenceGrade.VENUE_SIGNATURE, 900L), 0, 900),
                seen("kraken:9", EvidenceGrade.VENUE_SIGNATURE, control, list -> signed(VENUE, list))
                        .of(Held.CASH));
        assertEquals(
                new HoldingAudit.Share(Map.of(EvidenceGrade.UNSIGNED, 900L), 900, 0),
                seen("okx:9", EvidenceGrade.VENUE_SIGNATURE, new byte[64], list -> signed(VENUE, list))
                        .of(Held.CASH),
                "the key of one venue says nothing of another's account");
        assertEquals(
                new HoldingAudit.Share(Map.of(EvidenceGrade.UNSIGNED, 900L), 900, 0),
                seen("kraken:9", EvidenceGrade.VENUE_SIGNATURE, new byte[0], list -> signed(new Signer(), list))
                        .of(Held.CASH),
                "a key of nobody's");
        assertThrows(
                HoldingAudit.Refused.class,
                () -> seen("kraken:9", EvidenceGrade.VENUE_SIGNATURE, new byte[64], list -> signed(VENUE, list)),
                "a control that is none");
        assertThrows(
                HoldingAudit.Refused.class,
                () -> seen(
                        "kraken:9",
                        EvidenceGrade.VENUE_SIGNATURE,
                        control,
                        list -> new HoldingEvidence.Signed(VENUE.key(), new byte[64])));
    }

    @Test
    void shouldCountWhatEnoughMembersSaw() {
        assertEquals(
                new HoldingAudit.Share(Map.of(EvidenceGrade.QUORUM_OBSERVATION, 900L), 900, 0),
                seen(
                                "bank:1",
                                EvidenceGrade.QUORUM_OBSERVATION,
                                new byte[0],
                                list -> observed(list, MEMBER, OTHER_MEMBER))
                        .of(Held.CASH));
        for (Signer[] few :
                List.of(new Signer[] {MEMBER}, new Signer[] {MEMBER, MEMBER}, new Signer[] {MEMBER, new Signer()})) {
            assertThrows(
                    HoldingAudit.Refused.class,
                    () -> seen("bank:1", EvidenceGrade.QUORUM_OBSERVATION, new byte[0], list -> observed(list, few)));
        }
    }

    private static HoldingEvidence observed(HoldingList list, Signer... signers) {
        CanonicalValue seen = HoldingSeen.of(list, list.holdings().getFirst()).canonical();
        return new HoldingEvidence.Observed(Arrays.stream(signers)
                .map(signer -> new EpochSignature(signer.key(), signer.sign(seen)))
                .toList());
    }

    @Test
    void shouldTakeTypedDataOfAWalletToo() {
        PlaceControl statement = new PlaceControl(HOUSE, EPOCH, HoldingPurpose.RESERVES, ADDRESS);
        assertTrue(statement.isOfAddress(control(WALLET, HOUSE, EPOCH, ADDRESS)));
        byte[] higher = control(WALLET, HOUSE, EPOCH, ADDRESS);
        higher[64] = (byte) (higher[64] == 27 ? 28 : 27);
        assertTrue(!statement.isOfAddress(higher), "the other of two points is another signer's");
        assertThrows(
                IllegalArgumentException.class,
                () -> new PlaceControl(HOUSE, EPOCH, HoldingPurpose.FUND, "a\nEpoch: 9"));
    }
}
