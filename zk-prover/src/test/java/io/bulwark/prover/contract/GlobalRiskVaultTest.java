package io.bulwark.prover.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bulwark.adapter.recording.NodeScript;
import io.bulwark.clearing.attestation.ChainAddress;
import io.bulwark.clearing.attestation.ChainKey;
import io.bulwark.clearing.attestation.ChainStatement;
import io.bulwark.clearing.attestation.ChainStatement.Registry;
import io.bulwark.clearing.attestation.RegistryAct;
import io.bulwark.clearing.attestation.RegistryAct.NodeSet;
import io.bulwark.clearing.document.Digest;
import io.bulwark.prover.contract.LocalChain.Called;
import io.bulwark.prover.contract.LocalChain.Receipt;
import io.bulwark.tier.OfChain;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The vault's shares on a local chain: deposits, exits that wait, slashing. Amounts are units of a token with six decimals. */
@OfChain
final class GlobalRiskVaultTest {
    private static final Path TOKEN = Path.of("src/test/solidity/TestToken.sol");
    private static final long DAY = 86_400;
    private static final long RISK_HORIZON = 5 * DAY;
    private static final long EXIT_DELAY = 10 * DAY;
    private static final long EXIT_WINDOW = 2 * DAY;
    private static final long UNIT = 1_000_000;

    /** A share has six decimals more than the token. */
    private static final BigInteger SHARE = BigInteger.valueOf(UNIT * UNIT);

    private static final List<ChainKey> NODES = RegistryUnderTest.threeNodes();

    private static CompiledContract.@Nullable All contracts;
    private static @Nullable LocalChain chain;

    @BeforeAll
    static void open() {
        for (Path place : List.of(LocalChain.BED, CompiledContract.FOLDER)) {
            String missing = NodeScript.missing(place);
            if (!missing.isEmpty()) {
                System.out.println("skipped: contracts on a local chain need " + missing);
            }
            Assumptions.assumeTrue(missing.isEmpty(), missing);
        }
        contracts = CompiledContract.compile(TOKEN);
        chain = LocalChain.start(31_337);
    }

    @AfterAll
    static void close() {
        if (chain != null) {
            chain.close();
        }
    }

    /** A contract at a place. */
    private record Deployed(LocalChain chain, CompiledContract contract, ChainAddress address) {
        Receipt send(ChainAddress sender, String function, Object... arguments) {
            return chain.send(sender, address, contract.call(function, arguments));
        }

        void does(ChainAddress sender, String function, Object... arguments) {
            assertEquals("", refusal(sender, function, arguments), function);
            assertTrue(send(sender, function, arguments).succeeded(), function);
        }

        String refusal(ChainAddress sender, String function, Object... arguments) {
            Called called = chain.call(sender, address, contract.call(function, arguments));
            return called.reverted() ? contract.error(called.data()) : "";
        }

        BigInteger view(String function, Object... arguments) {
            Called called = chain.call(chain.account(0), address, contract.call(function, arguments));
            assertFalse(called.reverted(), function);
            return contract.returned(function, called.data()).get(0);
        }
    }

    /** A vault of its own with two backers who hold a hundred thousand of the token each. */
    private static final class Bed {
        final LocalChain chain = chain();
        final ChainAddress anna = chain.account(1);
        final ChainAddress boris = chain.account(2);
        final ChainAddress settlement = chain.account(3);
        final Deployed token = deployed("TestToken");
        final Deployed vault = deployed(
                "GlobalRiskVault",
                token.address,
                settlement,
                RISK_HORIZON,
                EXIT_DELAY,
                EXIT_WINDOW,
                DAY,
                2,
                RegistryUnderTest.set(2, NODES).nodes());

        Bed() {
            for (ChainAddress backer : List.of(anna, boris)) {
                token.does(backer, "mint", backer, 100_000 * UNIT);
                token.does(backer, "approve", vault.address, 1_000_000 * UNIT);
            }
        }

        private Deployed deployed(String name, Object... arguments) {
            CompiledContract contract = contracts().named(name);
            Receipt creation = chain.create(chain.account(0), contract.creation(arguments));
            assertTrue(creation.succeeded(), name);
            return new Deployed(chain, contract, creation.created());
        }

        Object[] slash(int number, String declaration, long assets, int signers) {
            return slash(number, declaration, Map.of(), assets, signers);
        }

        Object[] slash(int number, String declaration, Map<ChainAddress, Long> losses, long shared, int signers) {
            Digest digest = declaration(declaration);
            TreeMap<ChainAddress, BigInteger> own = new TreeMap<>();
            losses.forEach((owner, units) -> own.put(owner, BigInteger.valueOf(units)));
            ChainStatement act = new ChainStatement.OfAct(
                    new Registry(chain.id(), vault.address),
                    new RegistryAct.Slash(number, digest, own, BigInteger.valueOf(shared)));
            return new Object[] {
                number,
                digest,
                List.copyOf(own.keySet()),
                List.copyOf(own.values()),
                shared,
                RegistryUnderTest.signed(act, NODES, signers)
            };
        }

        long held(ChainAddress who) {
            return token.view("balanceOf", who).longValueExact();
        }
    }

    private static LocalChain chain() {
        return Objects.requireNonNull(chain);
    }

    private static CompiledContract.All contracts() {
        return Objects.requireNonNull(contracts);
    }

    private static Digest declaration(String name) {
        return Digest.sha256(name.getBytes(StandardCharsets.UTF_8));
    }

    private static BigInteger shares(long units) {
        return SHARE.multiply(BigInteger.valueOf(units));
    }

    @Test
    void shouldLetNobodyOutBeforeTheWaitIsOver() {
        Bed bed = new Bed();
        bed.vault.does(bed.anna, "deposit", 60_000 * UNIT, bed.anna);
        bed.vault.does(bed.boris, "deposit", 40_000 * UNIT, bed.boris);
        assertEquals(shares(60_000), bed.vault.view("balanceOf", bed.anna));
        String early = "ERC4626ExceededMaxRedeem";
        assertEquals(early, bed.vault.refusal(bed.anna, "redeem", BigInteger.ONE, bed.anna, bed.anna));
        assertEquals("MoreThanHeld", bed.vault.refusal(bed.anna, "requestExit", shares(60_001)));
        bed.vault.does(bed.anna, "requestExit", shares(30_000));
        assertEquals(70_000 * UNIT, bed.vault.view("committedAssets").longValueExact());
        bed.chain.pass(EXIT_DELAY - 10);
        assertEquals(early, bed.vault.refusal(bed.anna, "redeem", BigInteger.ONE, bed.anna, bed.anna));
        bed.chain.pass(10);
        assertEquals(early, bed.vault.refusal(bed.anna, "redeem", shares(30_001), bed.anna, bed.anna));
        bed.vault.does(bed.anna, "redeem", shares(10_000), bed.anna, bed.anna);
        assertEquals(50_000 * UNIT, bed.held(bed.anna));
        bed.vault.does(bed.anna, "withdraw", 5_000 * UNIT, bed.anna, bed.anna);
        assertEquals(shares(15_000), bed.vault.view("maxRedeem", bed.anna), "what left is used up");
        assertEquals("NotLapsed", bed.vault.refusal(bed.boris, "lapse", bed.anna));
        bed.chain.pass(EXIT_WINDOW);
        assertEquals(
                early,
                bed.vault.refusal(bed.anna, "redeem", BigInteger.ONE, bed.anna, bed.anna),
                "nobody holds a matured exit in reserve");
        bed.vault.does(bed.boris, "lapse", bed.anna);
        assertEquals(BigInteger.ZERO, bed.vault.view("exiting"));
        assertEquals(85_000 * UNIT, bed.vault.view("committedAssets").longValueExact());
    }

    @Test
    void shouldSlashWhoIsOnTheWayOutToo() {
        Bed bed = new Bed();
        bed.vault.does(bed.anna, "deposit", 60_000 * UNIT, bed.anna);
        bed.vault.does(bed.boris, "deposit", 40_000 * UNIT, bed.boris);
        bed.vault.does(bed.anna, "requestExit", shares(60_000));
        assertEquals("TooFewSignatures", bed.vault.refusal(bed.boris, "slash", bed.slash(1, "D1", 25_000 * UNIT, 1)));
        Object[] more = bed.slash(1, "D1", 25_000 * UNIT, 2);
        more[4] = 25_000 * UNIT + 1;
        assertFalse(bed.vault.refusal(bed.boris, "slash", more).isEmpty(), "another amount than was signed");
        Object[] elsewhere = new Bed().slash(1, "D1", 25_000 * UNIT, 2);
        assertFalse(bed.vault.refusal(bed.boris, "slash", elsewhere).isEmpty(), "signed for another vault");
        assertEquals(
                "MoreThanAssets", bed.vault.refusal(bed.boris, "slash", bed.slash(1, "D1", 100_000 * UNIT + 1, 2)));
        assertEquals("WrongNumber", bed.vault.refusal(bed.boris, "slash", bed.slash(2, "D1", 25_000 * UNIT, 2)));
        bed.vault.does(bed.boris, "slash", bed.slash(1, "D1", 25_000 * UNIT, 2));
        assertEquals("WrongNumber", bed.vault.refusal(bed.boris, "slash", bed.slash(1, "D1", 25_000 * UNIT, 2)));
        assertEquals(
                "Settled",
                bed.vault.refusal(bed.boris, "slash", bed.slash(2, "D1", 1, 2)),
                "a default is settled once");
        assertEquals(25_000 * UNIT, bed.held(bed.settlement));
        bed.chain.pass(EXIT_DELAY);
        bed.vault.does(bed.anna, "redeem", shares(60_000), bed.anna, bed.anna);
        assertEquals(40_000 * UNIT + 45_000 * UNIT, bed.held(bed.anna), "three quarters are left to everybody alike");
        bed.vault.does(bed.boris, "requestExit", shares(40_000));
        bed.chain.pass(EXIT_DELAY);
        bed.vault.does(bed.boris, "redeem", shares(40_000), bed.boris, bed.boris);
        long left = bed.held(bed.vault.address);
        assertEquals(
                200_000 * UNIT,
                left + bed.held(bed.anna) + bed.held(bed.boris) + bed.held(bed.settlement),
                "nothing is made and nothing is lost");
        assertTrue(left <= 2, "what is left is rounding: " + left);
    }

    /** The waterfall says who loses: first whoever failed, then the others by name, and all who are left alike. */
    @Test
    void shouldBurnTheSharesOfThoseWhoLose() {
        Bed bed = new Bed();
        bed.vault.does(bed.anna, "deposit", 60_000 * UNIT, bed.anna);
        bed.vault.does(bed.boris, "deposit", 40_000 * UNIT, bed.boris);
        bed.vault.does(bed.anna, "requestExit", shares(60_000));
        Map<ChainAddress, Long> losses = Map.of(bed.anna, 60_000 * UNIT, bed.boris, 1_000_000_007L);
        Object[] all = bed.slash(1, "D1", losses, 0, 2);
        Object[] turned = all.clone();
        turned[2] = List.of(bed.boris, bed.anna).stream()
                .sorted(Comparator.reverseOrder())
                .toList();
        assertFalse(bed.vault.refusal(bed.boris, "slash", turned).isEmpty(), "another order than was signed");
        Object[] other = all.clone();
        other[3] = List.of(BigInteger.valueOf(60_000 * UNIT), BigInteger.valueOf(60_000 * UNIT));
        assertFalse(bed.vault.refusal(bed.boris, "slash", other).isEmpty(), "other losses than were signed");
        assertEquals(
                "MoreThanHeld",
                bed.vault.refusal(bed.boris, "slash", bed.slash(1, "D1", Map.of(bed.anna, 60_000 * UNIT + 1), 0, 2)),
                "nobody loses more than it holds");
        bed.vault.does(bed.boris, "slash", all);
        assertEquals(BigInteger.ZERO, bed.vault.view("balanceOf", bed.anna), "to the last share");
        assertEquals(BigInteger.ZERO, bed.vault.view("exiting"), "and with it what was on its way out");
        assertEquals(61_000_000_007L, bed.held(bed.settlement));
        assertEquals(
                40_000 * UNIT - 1_000_000_007L,
                bed.vault
                        .view("previewRedeem", bed.vault.view("balanceOf", bed.boris))
                        .longValueExact(),
                "to the unit");
        bed.vault.does(bed.boris, "slash", bed.slash(2, "D2", Map.of(bed.boris, 1_000 * UNIT), 2_000 * UNIT, 2));
        assertEquals(100_000 * UNIT, bed.held(bed.settlement) + bed.held(bed.vault.address), "nothing is made or lost");
        assertEquals(
                "OwnersWithoutLosses",
                bed.vault.refusal(
                        bed.boris, "slash", 3, declaration("D3"), List.of(bed.anna), List.of(), 0, new byte[0]));
    }

    @Test
    void shouldSlashAllThatIsHeldAndGoOn() {
        Bed bed = new Bed();
        bed.vault.does(bed.anna, "deposit", 60_000 * UNIT, bed.anna);
        bed.vault.does(bed.boris, "slash", bed.slash(1, "D1", 60_000 * UNIT, 2));
        bed.vault.does(bed.boris, "deposit", 40_000 * UNIT, bed.boris);
        bed.vault.does(bed.boris, "requestExit", bed.vault.view("balanceOf", bed.boris));
        bed.chain.pass(EXIT_DELAY);
        BigInteger back = bed.vault.view("maxWithdraw", bed.boris);
        assertTrue(back.longValueExact() >= 39_999 * UNIT, "who comes after a loss does not pay for it: " + back);
    }

    @Test
    void shouldGiveNoExitAwayWithShares() {
        Bed bed = new Bed();
        bed.vault.does(bed.anna, "deposit", 60_000 * UNIT, bed.anna);
        bed.vault.does(bed.anna, "requestExit", shares(60_000));
        bed.vault.does(bed.anna, "transfer", bed.boris, shares(20_000));
        assertEquals(shares(40_000), bed.vault.view("exiting"));
        bed.chain.pass(EXIT_DELAY);
        assertEquals(BigInteger.ZERO, bed.vault.view("maxRedeem", bed.boris), "the wait is the holder's");
        assertEquals(shares(40_000), bed.vault.view("maxRedeem", bed.anna));
        bed.vault.does(bed.anna, "requestExit", BigInteger.ZERO);
        assertEquals(BigInteger.ZERO, bed.vault.view("maxRedeem", bed.anna), "who stays stays");
    }

    /** The first depositor makes a gift to the vault so that a later deposit would be rounded to no shares. */
    @Test
    void shouldNotRoundALaterDepositAway() {
        Bed bed = new Bed();
        bed.vault.does(bed.anna, "deposit", 1, bed.anna);
        bed.token.does(bed.anna, "transfer", bed.vault.address, 50_000 * UNIT);
        bed.vault.does(bed.boris, "deposit", 40_000 * UNIT, bed.boris);
        bed.vault.does(bed.boris, "requestExit", bed.vault.view("balanceOf", bed.boris));
        bed.chain.pass(EXIT_DELAY);
        BigInteger back = bed.vault.view("maxWithdraw", bed.boris);
        assertTrue(back.longValueExact() >= 39_999 * UNIT, "of 40,000 come back " + back);
    }

    @Test
    void shouldRefuseTermsThatPromiseLess() {
        Bed bed = new Bed();
        for (long[] terms : List.of(
                new long[] {RISK_HORIZON, RISK_HORIZON, EXIT_WINDOW}, new long[] {RISK_HORIZON, EXIT_DELAY, 0})) {
            Receipt creation = bed.chain.create(
                    bed.anna,
                    bed.vault.contract.creation(
                            bed.token.address,
                            bed.settlement,
                            terms[0],
                            terms[1],
                            terms[2],
                            DAY,
                            2,
                            NodeSet.of(2, NODES.stream().map(ChainKey::address).toList())
                                    .nodes()));
            assertFalse(creation.succeeded(), "exits as early as the risk horizon, or without a window");
        }
    }
}
