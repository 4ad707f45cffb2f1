package io.bulwark.insurance.vault;

import static io.bulwark.clearing.epoch.CanonicalValue.array;
import static io.bulwark.clearing.epoch.CanonicalValue.integer;
import static io.bulwark.clearing.epoch.CanonicalValue.text;

import io.bulwark.clearing.governance.ParameterSet;
import io.bulwark.clearing.ledger.Transfer;
import io.bulwark.clearing.money.Rounding;
import io.bulwark.insurance.stresstest.CoverTwo;
import io.bulwark.insurance.stresstest.MemberLoss;
import io.bulwark.insurance.stresstest.StressRow;
import java.math.BigInteger;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What every member must have in the fund after one review.
 *
 * <p>The need is shared pro rata to what each member loses beyond margin in the worst row: who could cost the fund nothing
 * there pays the governed minimum only.
 *
 * @param epoch number of the epoch
 * @param need of Cover-2, u = 10⁻⁴ USD
 * @param contributions one of each member, by name
 */
public record Assessment(long epoch, long need, List<Contribution> contributions) {
    /** Copies the contributions; together they must cover the need. */
    public Assessment {
        contributions = List.copyOf(contributions);
        long total = contributions.stream().mapToLong(Contribution::required).reduce(0, Math::addExact);
        if (total < need) {
            throw new IllegalArgumentException("contributions must cover the need " + need + "; have " + total);
        }
    }

    /**
     * The review of one epoch.
     *
     * @param epoch number of the epoch
     * @param cover the need and who causes it
     * @param members everybody who must contribute; members with a contribution or a loss are added
     * @param standing what stands in the fund
     * @param parameters the governed numbers
     */
    public static Assessment of(
            long epoch, CoverTwo cover, Set<String> members, Vault standing, ParameterSet parameters) {
        TreeMap<String, Long> losses = new TreeMap<>();
        cover.worst().members().forEach(m -> losses.put(m.member(), m.beyondMargin()));
        TreeSet<String> all = new TreeSet<>(members);
        all.addAll(losses.keySet());
        all.addAll(standing.contributions().keySet());
        long lost = losses.values().stream().reduce(0L, Math::addExact);
        List<Contribution> contributions = all.stream()
                .map(member -> contribution(
                        member,
                        share(cover.need(), losses.getOrDefault(member, 0L), lost),
                        cover,
                        standing,
                        parameters))
                .toList();
        return new Assessment(epoch, cover.need(), contributions);
    }

    /** What the fund holds once the transfers are posted. */
    public Vault after() {
        TreeMap<String, Long> contributions = new TreeMap<>();
        this.contributions.forEach(c -> contributions.put(c.member(), c.required()));
        return new Vault(contributions);
    }

    /** The movements that bring it about: members pay in through the bank, or are paid back. */
    public List<Transfer> transfers() {
        return contributions.stream()
                .filter(c -> c.change() != 0)
                .map(this::transfer)
                .toList();
    }

    private Transfer transfer(Contribution contribution) {
        String member = contribution.member();
        return Vault.change(
                array(text("bulwark-vault-contribution"), integer(1), integer(epoch), text(member))
                        .sha256(),
                Vault.account(member),
                contribution.change(),
                "contribution of " + member + " to the Global Risk Vault",
                "release of " + member + "'s contribution to the Global Risk Vault");
    }

    private static Contribution contribution(
            String member, long share, CoverTwo cover, Vault standing, ParameterSet parameters) {
        long previous = standing.contribution(member);
        long floor = Math.max(share, parameters.value(VaultParameters.MINIMUM_CONTRIBUTION));
        long required = Contribution.required(floor, previous, parameters.value(VaultParameters.KEPT_SHARE));
        return new Contribution(member, previous, share, marginal(member, cover), required);
    }

    private static long share(long need, long loss, long lost) {
        return loss == 0
                ? 0
                : Rounding.exactLong(Rounding.cdiv(
                        BigInteger.valueOf(need).multiply(BigInteger.valueOf(loss)), BigInteger.valueOf(lost)));
    }

    /** The need less the need of everybody else. */
    private static long marginal(String member, CoverTwo cover) {
        long others = cover.rows().stream()
                .mapToLong(row -> new StressRow(row.row(), row.scenario(), without(member, row.members())).need())
                .max()
                .orElse(0);
        return cover.need() - others;
    }

    private static List<MemberLoss> without(String member, List<MemberLoss> losses) {
        return losses.stream().filter(loss -> !loss.member().equals(member)).toList();
    }
}
