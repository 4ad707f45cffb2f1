package io.bulwark.prover.soak;

import com.sun.jna.Library;
import com.sun.jna.Native;
import com.sun.jna.Platform;
import com.sun.jna.Pointer;
import io.bulwark.clearing.document.CanonicalFields;
import io.bulwark.clearing.document.CanonicalReader;
import io.bulwark.clearing.document.CanonicalValue;
import io.bulwark.netting.margin.MarginStatement;
import io.bulwark.netting.portfolio.MarginAccount;
import io.bulwark.netting.risktable.RiskTable;
import io.bulwark.prover.RandomAccount;
import io.bulwark.prover.RandomRiskTable;
import io.bulwark.prover.TestEpoch;
import io.bulwark.prover.TestKeys;
import io.bulwark.prover.binding.ProverLibrary;
import io.bulwark.prover.binding.TreeHandle;
import io.bulwark.prover.commitment.Claim;
import io.bulwark.prover.proof.ProofBundle;
import io.bulwark.prover.proof.Prover;
import io.bulwark.prover.proof.Prover.Proving;
import io.bulwark.prover.soak.Soak.Share;
import io.bulwark.prover.witness.WitnessRequest;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** The program that a soak runs in: a heap of its own, small and touched before, so that what grows is not the heap. Prints what it found. */
final class SoakProcess {
    private static final long SEED = 31;
    private static final int CALLS = 24_000;
    private static final int HEAVY_EVERY = 900;

    /** Runs within which one must be flat: what the collectors of two languages take at once is one or two times what a flat curve may grow by, now and then. */
    private static final int SOAKS = 3;

    private static final int TREE_DEPTH = 10;
    private static final int DEPTH = 31;

    /** Answers that nobody frees in a round: together some three times what a flat curve may grow by. */
    private static final int FORGOTTEN = 4;

    private SoakProcess() {}

    /** What a caller sees who forgets to free. */
    interface Forgetful extends Library {
        Pointer bw_call(byte[] call, long callLength, long[] length);
    }

    public static void main(String[] arguments) throws IOException {
        RiskTable table = RandomRiskTable.of(new SplittableRandom(SEED), 6, 20);
        MarginAccount account = RandomAccount.indebted(new SplittableRandom(SEED), table, TestKeys.TINY);
        ProverLibrary library = ProverLibrary.load();
        try (TestEpoch epoch = TestEpoch.of(library, table, List.of(account));
                TreeHandle tree = library.openTree(TREE_DEPTH)) {
            WitnessRequest request = epoch.request(0, Claim.initialMargin(margin(table, account)));
            Prover prover = TestKeys.prover(TestKeys.TINY);
            ProofBundle bundle = ((Proving.Proved) prover.prove(epoch.table(), request)).bundle();
            List<Share> shares = new ArrayList<>(new BoundaryMix(
                            library,
                            epoch.table(),
                            request,
                            prover.constraints(),
                            prover.keys().verifyingKey(),
                            bundle)
                    .shares(tree, HEAVY_EVERY));
            for (int soak = 0; soak < SOAKS && !saidFlat("as a house calls", Soak.run(shares, CALLS)); soak++) {
                System.out.println("once more: a leak goes on growing, a step of a collector's heap does not");
            }
            shares.add(leak());
            saidFlat("with a leak", Soak.run(shares, CALLS));
        }
        System.exit(0);
    }

    private static boolean saidFlat(String how, MemoryCurve curve) {
        curve.drawn().forEach(System.out::println);
        System.out.println(how + ": growth " + curve.growthBytes() + " bytes, flat " + curve.isFlat());
        return curve.isFlat();
    }

    private static long margin(RiskTable table, MarginAccount account) {
        return MarginStatement.of(table, account).initialMargin();
    }

    /** Answers that nobody frees: a tree's path of three kilobytes each. */
    private static Share leak() throws IOException {
        Forgetful forgetful = Native.load(
                Native.extractFromResourcePath(
                                "/" + Platform.RESOURCE_PREFIX + "/libbulwark.so", SoakProcess.class.getClassLoader())
                        .toString(),
                Forgetful.class);
        byte[] open = CanonicalValue.array(CanonicalValue.text("tree-open"), CanonicalValue.integer(DEPTH))
                .encode();
        long[] length = new long[1];
        Pointer opened = forgetful.bw_call(open, open.length, length);
        CanonicalFields answer =
                CanonicalFields.of("answer", CanonicalReader.read(opened.getByteArray(0, (int) length[0])));
        answer.integer("class");
        byte[] path = CanonicalValue.array(
                        CanonicalValue.text("tree-path"),
                        CanonicalValue.integer(answer.integer("tree")),
                        CanonicalValue.integer(0))
                .encode();
        return new Share("leak", 1, () -> {
            for (int i = 0; i < FORGOTTEN; i++) {
                forgetful.bw_call(path, path.length, new long[1]);
            }
        });
    }
}
