package io.bulwark.prover.wallet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bulwark.clearing.document.Digest;
import io.bulwark.netting.margin.MarginStatement;
import io.bulwark.netting.portfolio.MarginAccount;
import io.bulwark.netting.portfolio.MarginAccount.Standing;
import io.bulwark.netting.risktable.RiskTable;
import io.bulwark.prover.RandomRiskTable;
import io.bulwark.prover.RandomVenues;
import io.bulwark.prover.TestEpoch;
import io.bulwark.prover.TestKeys;
import io.bulwark.prover.binding.ProverLibrary;
import io.bulwark.prover.commitment.AccountLeaf;
import io.bulwark.prover.commitment.AccountLeaf.Format;
import io.bulwark.prover.commitment.AccountTree;
import io.bulwark.prover.commitment.Claim;
import io.bulwark.prover.commitment.EpochCommitment;
import io.bulwark.prover.commitment.MarginLeaf;
import io.bulwark.prover.commitment.MarginOpening;
import io.bulwark.prover.proof.Prover.Proving;
import io.bulwark.prover.wallet.WitnessBundle.Keys;
import io.bulwark.prover.wallet.WitnessBundle.Recomputed;
import io.bulwark.prover.witness.WitnessRequest;
import io.bulwark.tier.OfProof;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** An owner at home, of a house whose tables list venues: the bundle holds the standings, and only those that the epoch seals. */
@OfProof
final class VenueBundleTest {
    private static final ProverLibrary LIBRARY = ProverLibrary.load();
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final SplittableRandom SEED = new SplittableRandom(53);
    private static final RiskTable TABLE = RandomVenues.over(SEED, RandomRiskTable.of(SEED, 6, 20));
    private static final List<MarginAccount> ACCOUNTS = List.of(
            RandomVenues.paying(SEED, TABLE, TestKeys.TINY_AT_VENUES),
            RandomVenues.paying(SEED, TABLE, TestKeys.TINY_AT_VENUES));
    private static final TestEpoch EPOCH = TestEpoch.of(LIBRARY, TABLE, ACCOUNTS);

    private final Claim claim =
            Claim.initialMargin(MarginStatement.of(TABLE, ACCOUNTS.get(1)).initialMargin());
    private final WitnessRequest ofHouse = EPOCH.request(1, claim);
    private final OwnerWallet wallet =
            OwnerWallet.around(ofHouse.owner().orElseThrow(), ofHouse.leaf().number(), RANDOM);
    private final WitnessBundle bundle = bundle(ofHouse.leaf(), EPOCH.margin(1), TABLE);

    @AfterAll
    static void close() {
        EPOCH.close();
    }

    private WitnessBundle bundle(AccountLeaf leaf, MarginOpening margin, RiskTable table) {
        return new WitnessBundle(
                ofHouse.epoch(),
                leaf,
                ofHouse.path(),
                table,
                Optional.empty(),
                margin,
                new Keys("shape", Digest.sha256("key".getBytes(StandardCharsets.UTF_8))));
    }

    @Test
    void shouldProveFromABundleWithStandings() {
        byte[] file = EncryptedBundle.of(bundle, wallet.bundleKey()).encode();
        WitnessBundle read = wallet.open(EncryptedBundle.decode(file));
        assertEquals(bundle, read);
        assertEquals(ACCOUNTS.get(1).standings(), read.leaf().account().standings());
        assertEquals(Recomputed.ALL, read.check(LIBRARY, wallet.key()));
        WitnessRequest atHome = read.request(wallet.key(), TestEpoch.CHALLENGE, TestEpoch.SCOPE, claim);
        assertEquals(ofHouse, atHome);
        assertInstanceOf(
                Proving.Proved.class, TestKeys.prover(TestKeys.TINY_AT_VENUES).prove(EPOCH.table(), atHome));
    }

    /** A house cannot give its owner better standings than it sealed, worse ones, fewer, or another's. */
    @Test
    void shouldRefuseStandingsThatTheEpochDoesNotSeal() {
        List<Standing> sealed = ACCOUNTS.get(1).standings();
        for (List<Standing> told : List.of(
                RandomVenues.better(sealed, 0, 1),
                RandomVenues.better(sealed, 0, -1),
                sealed.subList(1, sealed.size()),
                List.of(new Standing(1, 4711)))) {
            AccountLeaf leaf = with(Format.AT_VENUES, RandomVenues.standing(ACCOUNTS.get(1), told));
            refuses("leaf must stand under", bundle(leaf, bundle.margin(), TABLE));
        }
    }

    /** A margin as if the first venue stood far away is found out by the owner, who recomputes it over the table of venues. */
    @Test
    void shouldRecomputeTheMarginWithWhatVenuesMayClose() {
        MarginLeaf sealed = bundle.margin().leaf();
        MarginStatement far = MarginStatement.of(TABLE, RandomVenues.farther(ACCOUNTS.get(1)));
        assertTrue(far.initialMargin() < sealed.initialMargin());
        MarginLeaf lie = new MarginLeaf(
                sealed.number(),
                sealed.member(),
                far.initialMargin(),
                far.maintenanceMargin(),
                sealed.equity(),
                sealed.buffer(),
                sealed.salt());
        EpochCommitment epoch = bundle.epoch();
        try (AccountTree margins = AccountTree.open(LIBRARY)) {
            margins.update(new TreeMap<>(Map.of(lie.number(), lie.hash(LIBRARY))));
            WitnessBundle told = new WitnessBundle(
                    new EpochCommitment(
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
                            margins.root()),
                    bundle.leaf(),
                    bundle.path(),
                    TABLE,
                    Optional.empty(),
                    new MarginOpening(lie, margins.path(lie.number())),
                    bundle.keys());
            refuses("sealed initial margin must be", told);
        }
    }

    @Test
    void shouldHoldALeafOfItsTablesFormatAlone() {
        AccountLeaf plain = with(Format.WITHOUT_VENUES, RandomVenues.standing(ACCOUNTS.get(1), List.of()));
        refusesToBuild("leaf must be of the format", () -> bundle(plain, bundle.margin(), TABLE));
        RiskTable older = RandomRiskTable.of(new SplittableRandom(1), 6, 20);
        refusesToBuild("leaf must be of the format", () -> bundle(bundle.leaf(), bundle.margin(), older));
    }

    private AccountLeaf with(Format format, MarginAccount account) {
        AccountLeaf leaf = bundle.leaf();
        return new AccountLeaf(format, leaf.number(), leaf.owner(), leaf.salt(), account);
    }

    private void refuses(String rule, WitnessBundle changed) {
        refusesToBuild(rule, () -> changed.check(LIBRARY, wallet.key()));
    }

    private static void refusesToBuild(String rule, Runnable build) {
        IllegalArgumentException refused = assertThrows(IllegalArgumentException.class, build::run);
        assertTrue(String.valueOf(refused.getMessage()).contains(rule), refused::getMessage);
    }
}
