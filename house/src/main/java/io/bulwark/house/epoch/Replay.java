package io.bulwark.house.epoch;

import io.bulwark.clearing.document.Digest;
import io.bulwark.clearing.epoch.Epoch;
import io.bulwark.clearing.register.AccountStatement;
import io.bulwark.clearing.register.EpochRegister.EpochRecord;
import io.bulwark.insurance.margincall.CallParameters;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * An epoch recomputed from its sealed inputs alone, beside what was sealed.
 *
 * @param number the epoch's number
 * @param comparisons one per root and digest
 * @param findings what else says otherwise than was sealed, for people; empty if nothing
 */
public record Replay(long number, List<Comparison> comparisons, List<String> findings) {
    private static final String EPOCH_DIGEST = "epoch digest";

    /** Copies. */
    public Replay {
        comparisons = List.copyOf(comparisons);
        findings = List.copyOf(findings);
    }

    /**
     * One root or digest.
     *
     * @param name what it is of
     * @param sealed as sealed
     * @param recomputed as it follows from the inputs
     */
    public record Comparison(String name, Digest sealed, Digest recomputed) {
        /** Whether they are the same, bit for bit. */
        public boolean equal() {
            return sealed.equals(recomputed);
        }
    }

    /**
     * An epoch beside what was sealed of it.
     *
     * @param again the epoch as it follows from its inputs
     * @param before the epoch before, as it follows from its own; empty in the first
     * @param findings what else is found of it
     */
    static Replay of(EpochRecord record, ComputedEpoch again, Optional<ComputedEpoch> before, List<String> findings) {
        Epoch sealed = record.sealed().epoch();
        Epoch now = again.sealed().epoch();
        List<Comparison> comparisons = new ArrayList<>(List.of(
                new Comparison("account root", sealed.accountRoot(), now.accountRoot()),
                new Comparison("margin root", sealed.marginRoot(), now.marginRoot()),
                new Comparison("table root", sealed.tableRoot(), now.tableRoot()),
                new Comparison("table", sealed.tableSha256(), now.tableSha256()),
                new Comparison("vault table root", sealed.vaultTableRoot(), now.vaultTableRoot()),
                new Comparison("parameters", sealed.parametersSha256(), now.parametersSha256()),
                new Comparison("inputs", sealed.inputsSha256(), now.inputsSha256()),
                new Comparison(
                        EPOCH_DIGEST, record.sealed().digest(), again.sealed().digest())));
        before.filter(ignored -> runsCalls(again)).ifPresent(last -> comparisons.add(callsBefore(record, last)));
        return new Replay(again.number(), comparisons, findings);
    }

    /**
     * The same, with the rows of statements.
     *
     * @param kept statements as they were stored
     */
    Replay with(List<AccountStatement> kept, ComputedEpoch again) {
        List<AccountStatement> statements =
                again.accounts().stream().map(StatementDocument::of).toList();
        List<Comparison> all = new ArrayList<>(comparisons);
        int after = comparisons.stream().map(Comparison::name).toList().indexOf(EPOCH_DIGEST) + 1;
        all.add(after, new Comparison("statements (" + statements.size() + ")", digest(kept), digest(statements)));
        List<String> told = new ArrayList<>(findings);
        for (int i = 0; i < Math.min(kept.size(), statements.size()); i++) {
            if (!kept.get(i).equals(statements.get(i))) {
                told.add("table statement: the row of account "
                        + statements.get(i).clearingAccount() + " in epoch " + number
                        + " must say what its document says");
            }
        }
        return new Replay(number, all, told);
    }

    /** An epoch of before calls ran starts from none, and its governed numbers do not name their period. */
    private static boolean runsCalls(ComputedEpoch epoch) {
        return epoch.parameters().values().containsKey(CallParameters.PERIOD.name());
    }

    /** The margin calls that an epoch starts from, beside those that follow from the epoch before. */
    private static Comparison callsBefore(EpochRecord record, ComputedEpoch before) {
        return new Comparison(
                "margin calls before",
                record.inputs().documents().getOrDefault(EpochArchive.CALLS, Digest.ZERO),
                before.calls().calls().isEmpty() ? Digest.ZERO : before.calls().digest());
    }

    private static Digest digest(List<AccountStatement> statements) {
        return Digest.sha256(statements.stream().map(s -> s.document().encode()).toArray(byte[][]::new));
    }

    /** The digest as it was sealed. */
    public Digest sealed() {
        return comparisons.stream()
                .filter(comparison -> comparison.name().equals(EPOCH_DIGEST))
                .map(Comparison::sealed)
                .findFirst()
                .orElseThrow();
    }

    /** Whether everything was found again. */
    public boolean equal() {
        return findings.isEmpty() && comparisons.stream().allMatch(Comparison::equal);
    }
}
