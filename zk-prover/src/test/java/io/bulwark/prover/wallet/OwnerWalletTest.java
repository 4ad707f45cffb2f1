package io.bulwark.prover.wallet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bulwark.clearing.document.CanonicalReader;
import io.bulwark.clearing.document.CanonicalValue;
import io.bulwark.clearing.document.Digest;
import io.bulwark.clearing.governance.ParameterSet;
import io.bulwark.netting.buffer.BufferParameters;
import io.bulwark.netting.buffer.BufferTariff;
import io.bulwark.netting.buffer.HouseBook;
import io.bulwark.netting.buffer.HouseBuffer;
import io.bulwark.netting.contagion.ContagionRules;
import io.bulwark.netting.formula.Requirement;
import io.bulwark.netting.portfolio.Entry;
import io.bulwark.netting.portfolio.MarginAccount;
import io.bulwark.netting.risktable.RiskTable;
import io.bulwark.prover.HouseTable;
import io.bulwark.prover.RandomRiskTable;
import io.bulwark.prover.TestEpoch;
import io.bulwark.prover.TestKeys;
import io.bulwark.prover.binding.Answer;
import io.bulwark.prover.binding.FieldElement;
import io.bulwark.prover.binding.ProverLibrary;
import io.bulwark.prover.commitment.AccountLeaf;
import io.bulwark.prover.commitment.AccountLeaf.Format;
import io.bulwark.prover.commitment.AccountTree;
import io.bulwark.prover.commitment.Claim;
import io.bulwark.prover.commitment.EpochCommitment;
import io.bulwark.prover.commitment.MarginLeaf;
import io.bulwark.prover.commitment.MarginOpening;
import io.bulwark.prover.commitment.Opening;
import io.bulwark.prover.commitment.OwnerKey;
import io.bulwark.prover.commitment.TreePath;
import io.bulwark.prover.proof.Prover;
import io.bulwark.prover.proof.Prover.Proving;
import io.bulwark.prover.proof.Verifier;
import io.bulwark.prover.wallet.WitnessBundle.Keys;
import io.bulwark.prover.wallet.WitnessBundle.Recomputed;
import io.bulwark.prover.witness.ProofShape;
import io.bulwark.prover.witness.ProofShape.TariffSize;
import io.bulwark.prover.witness.TableStructure;
import io.bulwark.prover.witness.WitnessRequest;
import io.bulwark.tier.OfProof;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

/** An owner at home: the house gives a bundle, and has no part in what follows. */
@OfProof
final class OwnerWalletTest {
    private static final ProverLibrary LIBRARY = ProverLibrary.load();
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final RiskTable TABLE = RandomRiskTable.of(new SplittableRandom(1), 6, 20);
    private static final MarginAccount ACCOUNT =
            new MarginAccount(1_234_567_890_123L, List.of(), List.of(), List.of(), List.of());
    private static final TestEpoch EPOCH = TestEpoch.of(LIBRARY, TABLE, List.of(ACCOUNT, ACCOUNT));
    private static final Claim CLAIM = Claim.excessOverInitial(0);

    private final WitnessRequest ofHouse = EPOCH.request(1, CLAIM);
    private final OwnerWallet wallet =
            OwnerWallet.around(ofHouse.owner().orElseThrow(), ofHouse.leaf().number(), RANDOM);
    private final WitnessBundle bundle = new WitnessBundle(
            ofHouse.epoch(),
            ofHouse.leaf(),
            ofHouse.path(),
            TABLE,
            Optional.empty(),
            EPOCH.margin(1),
            new Keys("shape", digest("verifying key")));

    @AfterAll
    static void close() {
        EPOCH.close();
    }

    @Test
    void shouldMakeOfABundleTheRequestThatTheHouseWouldMake() {
        WitnessBundle read = wallet.open(EncryptedBundle.decode(encrypted(wallet)));
        assertEquals(bundle, read);
        read.check(LIBRARY, wallet.key());
        WitnessRequest atHome = read.request(wallet.key(), TestEpoch.CHALLENGE, TestEpoch.SCOPE, CLAIM);
        assertEquals(ofHouse, atHome);
        Prover prover = TestKeys.prover(TestKeys.TINY);
        Proving.Proved proved = assertInstanceOf(Proving.Proved.class, prover.prove(EPOCH.table(), atHome));
        assertInstanceOf(Verifier.Verification.Valid.class, prover.verifier().verify(proved.bundle()));
    }

    /** The file is lost, and the browser wallet is not. */
    @Test
    void shouldProveWithAWalletThatWasLockedAndOpenedAgain() {
        OwnerWallet lost = LockedWalletTest.wallet(wallet.key(), wallet.number());
        byte[] kept = LockedWalletTest.locked(lost).encode();
        OwnerWallet restored = LockedWallet.decode(kept).open(LockedWalletTest.SIGNATURE);
        WitnessBundle read = restored.open(EncryptedBundle.decode(encrypted(lost)));
        read.check(LIBRARY, restored.key());
        WitnessRequest atHome = read.request(restored.key(), TestEpoch.CHALLENGE, TestEpoch.SCOPE, CLAIM);
        assertEquals(ofHouse, atHome);
        Prover prover = TestKeys.prover(TestKeys.TINY);
        Proving.Proved proved = assertInstanceOf(Proving.Proved.class, prover.prove(EPOCH.table(), atHome));
        assertInstanceOf(Verifier.Verification.Valid.class, prover.verifier().verify(proved.bundle()));
    }

    @Test
    void shouldKeepTheSecretOutOfTheBundle() {
        String bytes = latin(bundle.encode());
        assertTrue(bytes.contains(latin(bundle.leaf().salt().bytes())), "the salt is in it, and would be found");
        assertFalse(bytes.contains(latin(wallet.key().secretBytes())));
        assertFalse(bytes.contains(latin(wallet.key().tailBytes())));
    }

    @Test
    void shouldShowNothingOfTheAccountWithoutTheWallet() {
        String file = latin(encrypted(wallet));
        assertFalse(file.contains(latin(bundle.leaf().salt().bytes())));
        assertFalse(file.contains(latin(bundle.leaf().owner().bytes())));
        assertNotEquals(file, latin(encrypted(wallet)), "every encryption has a key of its own");
    }

    @Test
    void shouldRefuseTheBundleOfAnother() {
        OwnerWallet other = OwnerWallet.around(OwnerKey.draw(RANDOM), wallet.number(), RANDOM);
        refuses(
                "recipient must be this wallet's bundle key",
                () -> other.open(EncryptedBundle.decode(encrypted(wallet))));
    }

    @Test
    void shouldRefuseTheBundleOfAnotherAccountOfTheSameKey() {
        byte[] sameKey = wallet.encode();
        OwnerWallet misfiled = OwnerWallet.decode(withNumber(sameKey, wallet.number() + 1));
        refuses("leaf must be of account", () -> misfiled.open(EncryptedBundle.decode(encrypted(wallet))));
    }

    @Test
    void shouldRefuseAFlippedByteWhereverItStands() {
        byte[] file = encrypted(wallet);
        IntStream places =
                IntStream.concat(IntStream.range(0, 160), new SplittableRandom(2).ints(100, 160, file.length));
        IntStream.concat(places, IntStream.range(file.length - 20, file.length)).forEach(place -> {
            byte[] changed = file.clone();
            changed[place] ^= 1;
            refuses("encrypted bundle's ", () -> wallet.open(EncryptedBundle.decode(changed)));
        });
        byte[] last = file.clone();
        last[file.length - 1] ^= (byte) 0x80;
        refuses(
                "ciphertext must be as it was encrypted: a byte of the file was changed",
                () -> wallet.open(EncryptedBundle.decode(last)));
    }

    @Test
    void shouldRefuseAFileThatIsCutOrLonger() {
        byte[] file = encrypted(wallet);
        refuses("encrypted bundle's form", () -> EncryptedBundle.decode(Arrays.copyOf(file, file.length - 1)));
        refuses("encrypted bundle's form", () -> EncryptedBundle.decode(Arrays.copyOf(file, file.length + 1)));
        refuses("encrypted bundle's form", () -> EncryptedBundle.decode(new byte[0]));
    }

    @Test
    void shouldRefusePartsThatDoNotLeadToTheEpochsRoots() {
        refuses("leaf must stand under the epoch's account root", () -> check(leaf(ACCOUNT.cash() + 1), bundle.path()));
        List<FieldElement> siblings = new ArrayList<>(bundle.path().siblings());
        siblings.set(29, FieldElement.of(4711));
        refuses(
                "leaf must stand under the epoch's account root",
                () -> check(bundle.leaf(), new TreePath(wallet.number(), siblings)));
        RiskTable other = RandomRiskTable.of(new SplittableRandom(3), 6, 20);
        refuses(
                "table must be the epoch's",
                () -> new WitnessBundle(
                                bundle.epoch(),
                                bundle.leaf(),
                                bundle.path(),
                                other,
                                Optional.empty(),
                                bundle.margin(),
                                bundle.keys())
                        .check(LIBRARY, wallet.key()));
        refuses(
                "leaf must be of an account of this wallet's owner",
                () -> bundle.check(LIBRARY, wallet.key().forAnotherAccount(RANDOM)));
    }

    /** A house that sealed another margin for the account than the formula's is found out by its owner, 1 u off or 2^59. */
    @Test
    void shouldRefuseAMarginThatIsNotTheFormulas() {
        assertEquals(Recomputed.ALL, bundle.check(LIBRARY, wallet.key()));
        MarginLeaf sealed = bundle.margin().leaf();
        assertEquals(Recomputed.ALL, sealing(bundle, sealed).check(LIBRARY, wallet.key()));
        for (long by : new long[] {1, 1L << 59}) {
            refuses(
                    "sealed initial margin must be",
                    () -> sealing(bundle, with(sealed, by, 0, 0, 0)).check(LIBRARY, wallet.key()));
            refuses(
                    "sealed maintenance margin must be",
                    () -> sealing(bundle, with(sealed, 0, by, 0, 0)).check(LIBRARY, wallet.key()));
            refuses(
                    "sealed equity must be",
                    () -> sealing(bundle, with(sealed, 0, 0, by, 0)).check(LIBRARY, wallet.key()));
            refuses(
                    "sealed buffer must be",
                    () -> sealing(bundle, with(sealed, 0, 0, 0, by)).check(LIBRARY, wallet.key()));
        }
        refuses(
                "sealed equity must be",
                () -> sealing(bundle, with(sealed, 0, 0, -1, 0)).check(LIBRARY, wallet.key()));
    }

    /** The leaf must stand where the epoch says, with the salt of account and epoch: another account's, or another epoch's, does not. */
    @Test
    void shouldRefuseAMarginThatTheEpochDoesNotSeal() {
        MarginLeaf sealed = bundle.margin().leaf();
        MarginOpening other =
                new MarginOpening(with(sealed, 1, 0, 0, 0), bundle.margin().path());
        refuses(
                "margin must stand under the epoch's margin root",
                () -> with(other).check(LIBRARY, wallet.key()));
        MarginLeaf foreign = new MarginLeaf(
                sealed.number(),
                sealed.member() + 1,
                sealed.initialMargin(),
                sealed.maintenanceMargin(),
                sealed.equity(),
                sealed.buffer(),
                sealed.salt());
        refuses(
                "margin must stand under",
                () -> with(new MarginOpening(foreign, bundle.margin().path())).check(LIBRARY, wallet.key()));
        MarginLeaf salted = new MarginLeaf(
                sealed.number(),
                sealed.member(),
                sealed.initialMargin(),
                sealed.maintenanceMargin(),
                sealed.equity(),
                sealed.buffer(),
                MarginLeaf.salt(
                        bundle.epoch().house(),
                        bundle.epoch().epoch() + 1,
                        bundle.leaf().salt()));
        refuses(
                "margin's salt must be that of account and epoch",
                () -> sealing(bundle, salted).check(LIBRARY, wallet.key()));
        assertThrows(IllegalArgumentException.class, () -> with(EPOCH.margin(0)), "another account's");
    }

    private WitnessBundle with(MarginOpening margin) {
        return new WitnessBundle(
                bundle.epoch(), bundle.leaf(), bundle.path(), TABLE, Optional.empty(), margin, bundle.keys());
    }

    /** A bundle for claims over margin and buffer holds the tariff, which must be the epoch's. */
    @Test
    void shouldCarryTheTariffThatTheEpochSeals() {
        ParameterSet parameters = ParameterSet.founding().with(BufferParameters.PUBLISHED, 1);
        RiskTable table = HouseTable.of(parameters);
        HouseBook book = HouseTable.book(table, parameters);
        MarginAccount account =
                new MarginAccount(1L << 40, List.of(new Entry(0, 500)), List.of(), List.of(), List.of());
        BufferTariff tariff = HouseBuffer.of(
                        book,
                        List.of(book.account("0", Optional.empty(), account, Requirement.of(table, account))),
                        Optional.empty())
                .buffer()
                .tariff();
        BufferTariff another = new BufferTariff(
                tariff.groups(),
                tariff.symbols(),
                tariff.scenarios(),
                new ContagionRules(1, 1, 1),
                tariff.certified(),
                tariff.charged(),
                tariff.exits(),
                tariff.vega());
        Claim claim = new Claim(Claim.Kind.EXCESS_OVER_BUFFER, Claim.Candidate.GIVEN, 0, OptionalLong.empty());
        try (TestEpoch epoch = TestEpoch.of(LIBRARY, table, List.of(account), tariff)) {
            WitnessRequest request = epoch.request(0, claim);
            OwnerWallet owner = OwnerWallet.around(
                    request.owner().orElseThrow(), request.leaf().number(), RANDOM);
            WitnessBundle charged = new WitnessBundle(
                    request.epoch(),
                    request.leaf(),
                    request.path(),
                    table,
                    Optional.of(tariff),
                    epoch.margin(0),
                    bundle.keys());
            WitnessBundle read = owner.open(EncryptedBundle.decode(
                    EncryptedBundle.of(charged, owner.bundleKey()).encode()));
            assertEquals(charged, read);
            assertEquals(Recomputed.ALL, read.check(LIBRARY, owner.key()));
            MarginLeaf sealed = read.margin().leaf();
            for (long by : new long[] {1, 1L << 40}) {
                refuses(
                        "sealed buffer must be",
                        () -> sealing(read, with(sealed, 0, 0, 0, by)).check(LIBRARY, owner.key()));
            }
            refuses(
                    "tariff must be there",
                    () -> new WitnessBundle(
                                    read.epoch(),
                                    read.leaf(),
                                    read.path(),
                                    table,
                                    Optional.empty(),
                                    read.margin(),
                                    read.keys())
                            .check(LIBRARY, owner.key()));
            ProofShape shape = new ProofShape(3, 4, 4, 0, 10, Opening.DIRECT, TableStructure.of(table))
                    .with(TariffSize.of(read.commitment(LIBRARY).orElseThrow()));
            WitnessRequest asked = read.request(owner.key(), TestEpoch.CHALLENGE, TestEpoch.SCOPE, claim);
            assertInstanceOf(Answer.Given.class, TestKeys.constraints(shape).solve(epoch.table(), asked));
            refuses(
                    "tariff must be the epoch's",
                    () -> new WitnessBundle(
                                    request.epoch(),
                                    request.leaf(),
                                    request.path(),
                                    table,
                                    Optional.of(another),
                                    epoch.margin(0),
                                    bundle.keys())
                            .check(LIBRARY, owner.key()));
        }
    }

    @Test
    void shouldRefuseALeafThatTheLibraryRefuses() {
        MarginAccount twice =
                new MarginAccount(0, List.of(new Entry(3, 1), new Entry(3, 1)), List.of(), List.of(), List.of());
        AccountLeaf leaf = new AccountLeaf(
                Format.of(TABLE),
                wallet.number(),
                bundle.leaf().owner(),
                bundle.leaf().salt(),
                twice);
        refuses("leaf must stand under the epoch's account root", () -> check(leaf, bundle.path()));
    }

    @Test
    void shouldKeepAWalletInItsFileAndNowhereElse() {
        assertEquals(wallet, OwnerWallet.decode(wallet.encode()));
        assertFalse(wallet.toString().contains(wallet.bundleKey().toString()));
        byte[] versionOne = wallet.key().encode();
        IllegalArgumentException refused =
                assertThrows(IllegalArgumentException.class, () -> OwnerWallet.decode(versionOne));
        assertTrue(
                String.valueOf(refused.getMessage()).endsWith("have " + versionOne.length + " bytes that are not"),
                refused::getMessage);
        refuses("owner wallet's number", () -> OwnerWallet.around(wallet.key(), 1L << 32, RANDOM));
    }

    private WitnessBundle check(AccountLeaf leaf, TreePath path) {
        WitnessBundle other =
                new WitnessBundle(bundle.epoch(), leaf, path, TABLE, Optional.empty(), bundle.margin(), bundle.keys());
        other.check(LIBRARY, wallet.key());
        return other;
    }

    /** The same leaf with its figures so much off. */
    private static MarginLeaf with(MarginLeaf leaf, long initial, long maintenance, long equity, long buffer) {
        return new MarginLeaf(
                leaf.number(),
                leaf.member(),
                leaf.initialMargin() + initial,
                leaf.maintenanceMargin() + maintenance,
                leaf.equity() + equity,
                leaf.buffer() + buffer,
                leaf.salt());
    }

    /** The bundle of a house that sealed another leaf for the account: root, path and leaf belong together. */
    private static WitnessBundle sealing(WitnessBundle bundle, MarginLeaf leaf) {
        EpochCommitment epoch = bundle.epoch();
        try (AccountTree margins = AccountTree.open(LIBRARY)) {
            margins.update(new TreeMap<>(Map.of(leaf.number(), leaf.hash(LIBRARY))));
            EpochCommitment sealed = new EpochCommitment(
                    epoch.house(),
                    epoch.epoch(),
                    epoch.previous(),
                    epoch.accountRoot(),
                    epoch.tableRoot(),
                    epoch.tableDigest(),
                    epoch.parametersDigest(),
                    epoch.inputsDigest(),
                    epoch.venueRoot(),
                    epoch.vaultTableRoot(),
                    epoch.bufferDigest(),
                    margins.root());
            return new WitnessBundle(
                    sealed,
                    bundle.leaf(),
                    bundle.path(),
                    bundle.table(),
                    bundle.tariff(),
                    new MarginOpening(leaf, margins.path(leaf.number())),
                    bundle.keys());
        }
    }

    private AccountLeaf leaf(long cash) {
        return new AccountLeaf(
                Format.of(TABLE),
                wallet.number(),
                bundle.leaf().owner(),
                bundle.leaf().salt(),
                new MarginAccount(cash, List.of(), List.of(), List.of(), List.of()));
    }

    private byte[] encrypted(OwnerWallet recipient) {
        return EncryptedBundle.of(bundle, recipient.bundleKey()).encode();
    }

    /** The same file with another account's number. */
    private static byte[] withNumber(byte[] file, long number) {
        List<CanonicalValue> fields = new ArrayList<>(((CanonicalValue.Array) CanonicalReader.read(file)).values());
        fields.set(2, CanonicalValue.integer(number));
        return CanonicalValue.array(fields).encode();
    }

    private static void refuses(String words, Executable reading) {
        IllegalArgumentException refused = assertThrows(IllegalArgumentException.class, reading);
        assertTrue(String.valueOf(refused.getMessage()).contains(words), refused.toString());
    }

    private static String latin(byte[] bytes) {
        return new String(bytes, StandardCharsets.ISO_8859_1);
    }

    private static Digest digest(String text) {
        return Digest.sha256(text.getBytes(StandardCharsets.UTF_8));
    }
}
