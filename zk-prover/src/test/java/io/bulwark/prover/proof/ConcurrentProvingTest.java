package io.bulwark.prover.proof;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import io.bulwark.netting.margin.MarginStatement;
import io.bulwark.netting.portfolio.MarginAccount;
import io.bulwark.netting.risktable.RiskTable;
import io.bulwark.prover.RandomAccount;
import io.bulwark.prover.RandomRiskTable;
import io.bulwark.prover.TestEpoch;
import io.bulwark.prover.TestKeys;
import io.bulwark.prover.binding.ProverConfiguration;
import io.bulwark.prover.binding.ProverConfiguration.Way;
import io.bulwark.prover.binding.ProverLibrary;
import io.bulwark.prover.commitment.Claim;
import io.bulwark.prover.proof.Prover.Proving;
import io.bulwark.prover.witness.WitnessRequest;
import io.bulwark.tier.OfProof;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Proofs over different epochs at once, on one circuit: a look-up table inside it belongs to one witness at a time, so each proof needs a copy of its own. */
@OfProof
final class ConcurrentProvingTest {
    private static final int EPOCHS = 3;
    private static final int PROOFS_EACH = 3;

    /** One epoch, its table unlike the others', and the one claim that holds of its account. */
    private record OneEpoch(TestEpoch epoch, long margin) {
        static OneEpoch of(ProverLibrary library, long seed) {
            RiskTable table = RandomRiskTable.of(new SplittableRandom(seed), 6, 20);
            MarginAccount account = RandomAccount.indebted(new SplittableRandom(seed), table, TestKeys.TINY);
            return new OneEpoch(
                    TestEpoch.of(library, table, List.of(account)),
                    MarginStatement.of(table, account).initialMargin());
        }

        WitnessRequest request() {
            return epoch.request(0, Claim.initialMargin(margin));
        }
    }

    @ParameterizedTest
    @EnumSource(Way.class)
    void shouldProveEachOverItsOwnTable(Way way) {
        try (ProverLibrary library = ProverLibrary.open(ProverConfiguration.of(way));
                Prover prover =
                        Prover.open(library, TestKeys.prover(TestKeys.TINY).keys())) {
            List<OneEpoch> epochs = IntStream.range(0, EPOCHS)
                    .mapToObj(epoch -> OneEpoch.of(library, 31 + epoch))
                    .toList();
            List<CompletableFuture<Proving>> proofs = new ArrayList<>();
            for (int proof = 0; proof < EPOCHS * PROOFS_EACH; proof++) {
                OneEpoch one = epochs.get(proof % EPOCHS);
                proofs.add(CompletableFuture.supplyAsync(
                        () -> prover.prove(one.epoch().table(), one.request()), Thread::startVirtualThread));
            }
            for (int proof = 0; proof < proofs.size(); proof++) {
                Proving.Proved proved =
                        assertInstanceOf(Proving.Proved.class, proofs.get(proof).join());
                assertEquals(
                        Claim.initialMargin(epochs.get(proof % EPOCHS).margin()),
                        Claim.of(proved.bundle().publicInputs().statement()));
            }
            epochs.forEach(each -> each.epoch().close());
        }
    }
}
