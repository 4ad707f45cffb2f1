package io.bulwark.prover.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.esaulpaugh.headlong.abi.Tuple;
import io.bulwark.adapter.evm.StorageProof;
import io.bulwark.clearing.attestation.ChainAddress;
import io.bulwark.clearing.attestation.RegistryAct;
import io.bulwark.clearing.document.Digest;
import io.bulwark.prover.binding.FieldElement;
import io.bulwark.prover.contract.LocalChain.Receipt;
import io.bulwark.prover.contract.RegistryUnderTest.Terms;
import io.bulwark.tier.OfChain;
import java.math.BigInteger;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What a registry compares before it asks a verifier, and how long an acceptance stands: on a local chain, with verifiers that take every
 * proof, so that nothing but the registry's own rules can refuse.
 */
@OfChain
final class AcceptanceTest {
    private static final StatedKey ACCOUNT = StatedKey.ofOneParty("account", StatedKey.ACCOUNT);
    private static final StatedKey CALL = StatedKey.ofOneParty("call", StatedKey.CALL);
    private static final StatedKey FUND = StatedKey.ofOneParty("fund", 1 << 19);
    private static final StatedKey CEREMONY =
            StatedKey.ofOneParty("ceremony", StatedKey.ACCOUNT).signedBy(4, 3);
    private static final StatedKey TWO_HANDS =
            StatedKey.ofOneParty("two hands", StatedKey.ACCOUNT).signedBy(4, 2);

    private static final FieldElement HOUSE = FieldElement.of(4711);
    private static final long FIRST = 7;
    private static final int STANDING = 15;
    private static final BigInteger NULLIFIER = BigInteger.valueOf(99);
    private static final BigInteger OTHER_NULLIFIER = BigInteger.valueOf(100);
    private static final BigInteger ACCEPTANCES_SLOT = BigInteger.valueOf(9);
    private static final byte[] PROOF = new byte[384];

    private static CompiledContract.All contracts;
    private static LocalChain chain;

    @BeforeAll
    static void compile(@TempDir Path folder) {
        LocalChain.requireNode();
        contracts = CompiledContract.compile(
                ACCOUNT.takingAnything(folder, "Account"),
                CALL.takingAnything(folder, "Call"),
                FUND.takingAnything(folder, "Fund"),
                CEREMONY.takingAnything(folder, "Ceremony"),
                TWO_HANDS.takingAnything(folder, "TwoHands"));
        chain = LocalChain.start(31_339);
    }

    @AfterAll
    static void close() {
        if (chain != null) {
            chain.close();
        }
    }

    private static ChainAddress verifier(String name) {
        return RegistryUnderTest.verifier(chain, contracts.named(name)).created();
    }

    private static RegistryUnderTest deployed(Terms terms, ChainAddress... verifiers) {
        return RegistryUnderTest.deploy(chain, contracts, HOUSE, terms, verifiers);
    }

    /** A test network's registry that takes proofs of account and call, with its first epoch published. */
    private static RegistryUnderTest registry() {
        RegistryUnderTest registry =
                deployed(Terms.ofTests(RegistryUnderTest.threeNodes()), verifier("Account"), verifier("Call"));
        publish(registry, FIRST);
        return registry;
    }

    private static void publish(RegistryUnderTest registry, long number) {
        assertTrue(registry.send("publishEpoch", registry.epoch(number, seal(number)))
                .succeeded());
    }

    private static FieldElement seal(long number) {
        return FieldElement.of(1_000 + number);
    }

    /** tag + 2^15 standing + 2^16 m + 2^80 name. */
    private static BigInteger statement(int tag, boolean standing, long m, long name) {
        return BigInteger.valueOf(name)
                .shiftLeft(80)
                .add(BigInteger.valueOf(m).shiftLeft(16))
                .add(standing ? BigInteger.ONE.shiftLeft(STANDING) : BigInteger.ZERO)
                .add(BigInteger.valueOf(tag));
    }

    private static BigInteger owners(int tag, long m) {
        return statement(tag, true, m, 0);
    }

    private static Object[] showing(
            RegistryUnderTest registry,
            StatedKey key,
            ChainAddress sender,
            long epoch,
            BigInteger nullifier,
            BigInteger statement) {
        List<BigInteger> inputs = List.of(
                seal(epoch).value(),
                registry.challenge(sender, 1).value().value(),
                registry.scope().value().value(),
                nullifier,
                statement);
        return new Object[] {Tuple.from(key.identity(), inputs, RegistryUnderTest.PURPOSE, 1L, statement, 0L), PROOF};
    }

    private static String refusal(
            RegistryUnderTest registry, ChainAddress sender, long epoch, BigInteger nullifier, BigInteger statement) {
        return registry.refusalTo(sender, "accept", showing(registry, ACCOUNT, sender, epoch, nullifier, statement));
    }

    private static Receipt shown(
            RegistryUnderTest registry, ChainAddress sender, long epoch, BigInteger nullifier, BigInteger statement) {
        Receipt receipt =
                registry.sendBy(sender, "accept", showing(registry, ACCOUNT, sender, epoch, nullifier, statement));
        assertTrue(receipt.succeeded());
        return receipt;
    }

    private static boolean stands(RegistryUnderTest registry, ChainAddress sender, int tag, long least, long oldest) {
        return registry.view("stands", sender, registry.scope().value(), tag, least, oldest)
                .get(0);
    }

    private static boolean stands(RegistryUnderTest registry, ChainAddress sender) {
        return stands(registry, sender, 1, 0, 0);
    }

    @Test
    void shouldRefuseATagOfAnotherCircuitBeforeAllElse() {
        RegistryUnderTest registry = registry();
        ChainAddress sender = chain.account(1);
        for (int tag : new int[] {0, 4, 6, 7, 16, 17, 18, 19, 20, 255}) {
            assertEquals("TagNotOfKey", refusal(registry, sender, FIRST, NULLIFIER, owners(tag, 5)), "tag " + tag);
        }
        for (int tag : new int[] {1, 2, 3, 5}) {
            assertEquals("", refusal(registry, sender, FIRST, NULLIFIER, owners(tag, 5)), "tag " + tag);
            assertEquals(
                    "TagNotOfKey",
                    registry.refusalTo(
                            sender, "accept", showing(registry, CALL, sender, FIRST, NULLIFIER, owners(tag, 5))),
                    "tag " + tag + " under the key of the call circuit");
        }
        BigInteger call = statement(4, false, 0, 12);
        assertEquals(
                "",
                registry.refusalTo(sender, "accept", showing(registry, CALL, sender, FIRST, BigInteger.ZERO, call)));
        // Unknown seal, foreign challenge: the tag is still what is named.
        assertEquals("TagNotOfKey", refusal(registry, sender, FIRST + 9, NULLIFIER, owners(19, 5)), "before the seal");
        assertEquals(
                "TagNotOfKey",
                registry.refusalTo(
                        chain.account(2), "accept", showing(registry, ACCOUNT, sender, FIRST, NULLIFIER, call)),
                "before the challenge");
        assertEquals(
                "KeyUnknown",
                registry.refusalTo(sender, "accept", showing(registry, FUND, sender, FIRST, NULLIFIER, call)));
    }

    @Test
    void shouldAddNoKeyThatSaysNothingOfAnAccount() {
        RegistryUnderTest registry = registry();
        ChainAddress fund = verifier("Fund");
        assertEquals("NoTagTaken", registry.refusal("addKey", registry.added(3, fund, FUND)));
        assertFalse(deployed(Terms.ofTests(RegistryUnderTest.threeNodes()), fund)
                .deployment
                .succeeded());
    }

    @Test
    void shouldAddOnlyWhatRecordAndVerifierSayAlike() {
        RegistryUnderTest registry = registry();
        ChainAddress ceremony = verifier("Ceremony");
        RegistryAct.AddKey key = registry.key(3, ceremony, CEREMONY);
        assertEquals("", registry.refusal("addKey", registry.added(key)));
        Digest other = ACCOUNT.identity();
        for (StatedKey wrong : List.of(
                new StatedKey(other, CEREMONY.tags(), 4, 3),
                new StatedKey(CEREMONY.identity(), CEREMONY.tags() | StatedKey.CALL, 4, 3),
                new StatedKey(CEREMONY.identity(), StatedKey.CALL, 4, 3),
                CEREMONY.signedBy(4, 2),
                CEREMONY.signedBy(0, 0),
                CEREMONY.signedBy(2, 3))) {
            assertEquals("KeyDiffers", registry.refusal("addKey", registry.added(3, ceremony, wrong)), "" + wrong);
        }
        Object[] otherThanSigned = registry.added(key);
        otherThanSigned[0] = registry.added(3, ceremony, CEREMONY.signedBy(5, 3))[0];
        assertEquals("NotANode", registry.refusal("addKey", otherThanSigned), "recovers a stranger");
        assertEquals(
                "KeyDiffers",
                registry.refusal("addKey", registry.added(3, verifier("TwoHands"), TWO_HANDS.signedBy(4, 3))),
                "the nodes count a third signature that the record has not");
        Receipt added = registry.send("addKey", registry.added(key));
        assertEquals(List.of("KeyAdded"), registry.contract.events(added.logs()));
        assertEquals(CEREMONY.identity(), registry.identity(3));
        assertEquals("KeyKnown", registry.refusal("addKey", registry.added(4, ceremony, CEREMONY)));
    }

    @Test
    void shouldRefuseKeysOfFewerThanThreeSignersOnARealNetwork() {
        Terms real = new Terms(false, 86_400, RegistryUnderTest.threeNodes());
        assertFalse(deployed(real, verifier("Account")).deployment.succeeded(), "made by one party");
        assertFalse(deployed(real, verifier("TwoHands")).deployment.succeeded(), "signed by two");
        RegistryUnderTest registry = deployed(real, verifier("Ceremony"));
        assertTrue(registry.deployment.succeeded());
        assertEquals("KeyUnsafe", registry.refusal("addKey", registry.added(2, verifier("Account"), ACCOUNT)));
        ChainAddress twoHands = verifier("TwoHands");
        assertEquals("KeyUnsafe", registry.refusal("addKey", registry.added(2, twoHands, TWO_HANDS)));
        assertEquals(
                "KeyUnsafe",
                registry.refusal("addKey", registry.added(2, twoHands, TWO_HANDS.signedBy(4, 3))),
                "what nodes sign makes no ceremony");
    }

    @Test
    void shouldLetOneAccountStandWithOneSenderInOneEpochAndInTwo() {
        RegistryUnderTest registry = registry();
        ChainAddress alice = chain.account(1);
        ChainAddress bob = chain.account(2);
        shown(registry, alice, FIRST, NULLIFIER, owners(1, 5));
        assertEquals("NotLater", refusal(registry, bob, FIRST, NULLIFIER, owners(1, 5)), "in one epoch");
        assertEquals("NotLater", refusal(registry, alice, FIRST, NULLIFIER, owners(2, 5)), "twice");
        assertTrue(stands(registry, alice));
        publish(registry, FIRST + 1);
        Receipt taken = shown(registry, bob, FIRST + 1, NULLIFIER, owners(1, 5));
        assertEquals(List.of("AcceptanceEnded", "ProofAccepted"), registry.contract.events(taken.logs()));
        assertFalse(stands(registry, alice), "two epochs back one sender only");
        assertTrue(stands(registry, bob));
        assertEquals(
                BigInteger.ZERO,
                registry.view("acceptances", alice, registry.scope().value()).get(0));
        assertEquals("NotLater", refusal(registry, alice, FIRST + 1, NULLIFIER, owners(1, 5)), "not back at once");
        assertEquals(
                "NotStanding",
                refusal(registry, alice, FIRST + 1, OTHER_NULLIFIER, statement(1, false, 5, 0)),
                "the nullifier of one epoch would let the account stand a second time");
    }

    @Test
    void shouldTakeOverWithALaterEpochOnly() {
        RegistryUnderTest registry = registry();
        ChainAddress alice = chain.account(1);
        ChainAddress bob = chain.account(2);
        publish(registry, FIRST + 1);
        shown(registry, alice, FIRST + 1, NULLIFIER, owners(1, 5));
        assertEquals("NotLater", refusal(registry, bob, FIRST, NULLIFIER, owners(1, 5)), "an older epoch");
        assertEquals("NotLater", refusal(registry, bob, FIRST + 1, NULLIFIER, owners(1, 5)), "the same epoch");
        assertTrue(stands(registry, alice));
    }

    @Test
    void shouldRenewWithALaterEpoch() {
        RegistryUnderTest registry = registry();
        ChainAddress alice = chain.account(1);
        shown(registry, alice, FIRST, NULLIFIER, owners(1, 5));
        publish(registry, FIRST + 1);
        Receipt renewed = shown(registry, alice, FIRST + 1, NULLIFIER, owners(1, 9));
        assertEquals(List.of("ProofAccepted"), registry.contract.events(renewed.logs()), "nothing ended");
        assertTrue(stands(registry, alice, 1, 9, FIRST + 1));
    }

    @Test
    void shouldEndWhatTheAccountBackedAndNothingElse() {
        RegistryUnderTest registry = registry();
        ChainAddress alice = chain.account(1);
        ChainAddress bob = chain.account(2);
        shown(registry, alice, FIRST, NULLIFIER, owners(1, 5));
        // Another account takes the first one's place at the same sender; then the first goes to somebody else.
        shown(registry, alice, FIRST, OTHER_NULLIFIER, owners(1, 6));
        publish(registry, FIRST + 1);
        Receipt taken = shown(registry, bob, FIRST + 1, NULLIFIER, owners(1, 5));
        assertEquals(List.of("ProofAccepted"), registry.contract.events(taken.logs()));
        assertTrue(stands(registry, alice, 1, 6, 0), "by its other account");
        assertTrue(stands(registry, bob));
    }

    @Test
    void shouldReleaseAndStayReleased() {
        RegistryUnderTest registry = registry();
        ChainAddress alice = chain.account(1);
        ChainAddress bob = chain.account(2);
        FieldElement scope = registry.scope().value();
        assertEquals("NothingHeld", registry.refusalTo(alice, "release", scope));
        shown(registry, alice, FIRST, NULLIFIER, owners(1, 5));
        assertEquals("NothingHeld", registry.refusalTo(bob, "release", scope), "somebody else's");
        Receipt released = registry.sendBy(alice, "release", scope);
        assertEquals(List.of("AcceptanceEnded"), registry.contract.events(released.logs()));
        assertFalse(stands(registry, alice));
        assertEquals("NotLater", refusal(registry, alice, FIRST, NULLIFIER, owners(1, 5)), "the same proof again");
        assertEquals("NotLater", refusal(registry, bob, FIRST, NULLIFIER, owners(1, 5)));
        publish(registry, FIRST + 1);
        shown(registry, bob, FIRST + 1, NULLIFIER, owners(1, 5));
        assertTrue(stands(registry, bob));
    }

    @Test
    void shouldStandByTagAmountAndEpoch() {
        RegistryUnderTest registry = registry();
        ChainAddress alice = chain.account(1);
        shown(registry, alice, FIRST, NULLIFIER, statement(2, true, 50, 3));
        assertTrue(stands(registry, alice, 2, 50, FIRST));
        assertFalse(stands(registry, alice, 2, 51, FIRST), "more than was shown");
        assertFalse(stands(registry, alice, 1, 50, FIRST), "another statement");
        assertFalse(stands(registry, alice, 2, 50, FIRST + 1), "too old for the caller");
        assertFalse(stands(registry, chain.account(2), 2, 0, 0), "somebody else");
        assertFalse(
                registry.view("stands", alice, FieldElement.of(1), 2, 0L, 0L).<Boolean>get(0), "another scope");
        long last = FIRST + RegistryUnderTest.EPOCHS_TAKEN - 1;
        publish(registry, last);
        assertTrue(stands(registry, alice, 2, 50, 0), "the oldest of the epochs taken");
        publish(registry, last + 1);
        assertFalse(stands(registry, alice, 2, 50, 0), "expired");
    }

    @Test
    void shouldStandNoLongerWhenKeyOrEpochFall() {
        RegistryUnderTest registry = registry();
        ChainAddress alice = chain.account(1);
        ChainAddress bob = chain.account(2);
        shown(registry, alice, FIRST, NULLIFIER, owners(1, 5));
        BigInteger call = statement(4, false, 0, 12);
        assertTrue(registry.sendBy(bob, "accept", showing(registry, CALL, bob, FIRST, BigInteger.ZERO, call))
                .succeeded());
        assertTrue(stands(registry, alice));
        assertTrue(stands(registry, bob, 4, 0, 0));
        byte[] retirement = registry.signed(new RegistryAct.RetireKey(ACCOUNT.identity()));
        assertTrue(registry.send("retireKey", ACCOUNT.identity(), retirement).succeeded());
        assertFalse(stands(registry, alice), "its key is retired");
        assertTrue(stands(registry, bob, 4, 0, 0), "of another key");
        registry.send("publishEpoch", registry.epoch(FIRST, FieldElement.of(5)));
        assertFalse(stands(registry, bob, 4, 0, 0), "its epoch was signed twice");
    }

    @Test
    void shouldTakeWordsOfTheHouseThatNameAnAccount() {
        RegistryUnderTest registry = registry();
        ChainAddress sender = chain.account(1);
        for (BigInteger statement :
                List.of(statement(3, false, 5, 0), statement(1, false, 5, 3), statement(3, true, 5, 3))) {
            assertEquals(
                    "NotAClaimOfTheHouse",
                    refusal(registry, sender, FIRST, BigInteger.ZERO, statement),
                    statement.toString(16));
        }
        shown(registry, sender, FIRST, BigInteger.ZERO, statement(3, false, 5, 3));
        assertEquals("ChallengeAnswered", refusal(registry, sender, FIRST, BigInteger.ZERO, statement(3, false, 5, 3)));
    }

    /** Low bits first: statement 120, epoch 64, time 40, number of the key 32. */
    @Test
    void shouldKeepAnAcceptanceInOneWord() {
        RegistryUnderTest registry = registry();
        ChainAddress alice = chain.account(1);
        BigInteger largest = statement(5, true, Long.MAX_VALUE, 1L << 32);
        assertEquals(113, largest.bitLength());
        shown(registry, alice, FIRST, NULLIFIER, largest);
        Tuple acceptance = registry.view("acceptances", alice, registry.scope().value());
        BigInteger shownAt = BigInteger.valueOf(((Number) acceptance.get(2)).longValue());
        BigInteger expected = BigInteger.ONE // number of the key
                .shiftLeft(40)
                .add(shownAt)
                .shiftLeft(64)
                .add(BigInteger.valueOf(FIRST))
                .shiftLeft(120)
                .add(largest);
        BigInteger senders = StorageProof.mappingSlot(new BigInteger(1, alice.bytes()), ACCEPTANCES_SLOT);
        BigInteger slot = StorageProof.mappingSlot(registry.scope().value().value(), senders);
        assertEquals(expected, chain.word(registry.registry.address(), slot));
        assertEquals(BigInteger.ZERO, chain.word(registry.registry.address(), slot.add(BigInteger.ONE)));
        assertTrue(stands(registry, alice, 5, Long.MAX_VALUE, FIRST));
        BigInteger tooLarge = largest.setBit(120);
        assertEquals("ClaimTooLarge", refusal(registry, alice, FIRST, OTHER_NULLIFIER, tooLarge));
    }

    @Test
    void shouldHaveIdentitiesOfItsKeysByNumber() {
        RegistryUnderTest registry = registry();
        assertEquals(ACCOUNT.identity(), registry.identity(1));
        assertEquals(CALL.identity(), registry.identity(2));
        assertEquals(Digest.of(new byte[Digest.LENGTH]), registry.identity(3));
        assertEquals("WrongNumber", registry.refusal("addKey", registry.added(4, verifier("Ceremony"), CEREMONY)));
    }
}
