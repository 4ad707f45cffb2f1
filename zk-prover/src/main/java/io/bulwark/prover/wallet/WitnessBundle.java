package io.bulwark.prover.wallet;

import static io.bulwark.clearing.document.CanonicalValue.array;
import static io.bulwark.clearing.document.CanonicalValue.bytes;
import static io.bulwark.clearing.document.CanonicalValue.integer;
import static io.bulwark.clearing.document.CanonicalValue.text;

import io.bulwark.clearing.document.CanonicalException;
import io.bulwark.clearing.document.CanonicalFields;
import io.bulwark.clearing.document.CanonicalReader;
import io.bulwark.clearing.document.CanonicalValue;
import io.bulwark.clearing.document.Digest;
import io.bulwark.netting.PortfolioMargin;
import io.bulwark.netting.buffer.BufferTariff;
import io.bulwark.netting.margin.MarginRefusal;
import io.bulwark.netting.margin.MarginStatement;
import io.bulwark.netting.risktable.RiskTable;
import io.bulwark.prover.binding.Answer;
import io.bulwark.prover.binding.FieldElement;
import io.bulwark.prover.binding.ProverLibrary;
import io.bulwark.prover.binding.ProverRefusal;
import io.bulwark.prover.commitment.AccountLeaf;
import io.bulwark.prover.commitment.AccountLeaf.Format;
import io.bulwark.prover.commitment.Challenge;
import io.bulwark.prover.commitment.Claim;
import io.bulwark.prover.commitment.EpochCommitment;
import io.bulwark.prover.commitment.MarginLeaf;
import io.bulwark.prover.commitment.MarginOpening;
import io.bulwark.prover.commitment.OwnerKey;
import io.bulwark.prover.commitment.RiskTableTree;
import io.bulwark.prover.commitment.Scope;
import io.bulwark.prover.commitment.TariffCommitment;
import io.bulwark.prover.commitment.TreePath;
import io.bulwark.prover.witness.WitnessRequest;
import java.util.Optional;

/**
 * Everything that the owner of one account proves from, beside the secret that only the owner has.
 *
 * @param epoch the sealed epoch
 * @param leaf the account as it stands in the epoch's account tree, with its salt; of the table's format, so
 *     with its standings where the table lists venues
 * @param path where the leaf stands
 * @param table the epoch's risk table, whole, so that nothing has to be fetched
 * @param tariff the epoch's buffer tariff; empty where the house publishes none
 * @param margin the account's leaf of the epoch's margin tree: what statements over the whole house count of it
 * @param keys what the proof is made and checked with
 */
public record WitnessBundle(
        EpochCommitment epoch,
        AccountLeaf leaf,
        TreePath path,
        RiskTable table,
        Optional<BufferTariff> tariff,
        MarginOpening margin,
        Keys keys) {
    private static final String SCHEMA = "bulwark-witness-bundle";
    private static final int VERSION = 3;
    private static final String OPTIONS = "NO_BUFFER_PROOF_WITH_OPTIONS";

    /**
     * Which keys a proof must be made with for the house's verifiers to take it.
     *
     * @param shape label of the circuit's shape
     * @param verifyingKey SHA-256 of the verifying key
     */
    public record Keys(String shape, Digest verifyingKey) {}

    /** Refuses a path that is another account's, and a leaf of another format than the table's. */
    public WitnessBundle {
        require(path.number() == leaf.number(), "path must be that of its leaf");
        require(margin.leaf().number() == leaf.number(), "margin must be that of its leaf");
        require(leaf.format() == Format.of(table), "leaf must be of the format that its table asks for");
    }

    /** How much of the sealed margin the owner computed again and found to be the same integers. */
    public enum Recomputed {
        /** IM, MM, E and Buffer. */
        ALL,
        /** IM, MM and E: the account holds an option, for which the tariff publishes nothing that its Buffer could be computed from. */
        ALL_BUT_BUFFER
    }

    /**
     * Compares every part with the epoch's roots and with the owner's key: what is proved from then on stands in the sealed epoch. Computes the
     * account's margin again from leaf, table and tariff, and compares it with the one that the house sealed for it, to the last u. Whether
     * that epoch is the one that everybody else sees, only a published seal can say.
     *
     * @throws IllegalArgumentException naming the part that does not belong
     */
    public Recomputed check(ProverLibrary library, OwnerKey owner) {
        require(table.digest().equals(epoch.tableDigest()), "table must be the epoch's");
        require(
                leaf.owner().equals(owner.commitment(library, leaf.number())),
                "leaf must be of an account of this wallet's owner");
        require(
                leaf.hash(library) instanceof Answer.Given<FieldElement>(FieldElement hash)
                        && path.root(library, hash).equals(epoch.accountRoot()),
                "leaf must stand under the epoch's account root");
        require(
                tariff.isPresent() != epoch.bufferDigest().isZero(),
                "tariff must be there where the epoch's house publishes a buffer, and nowhere else");
        tariff.ifPresent(published -> require(
                commitment(library, published)
                        .filter(found -> found.digest().equals(epoch.bufferDigest()))
                        .isPresent(),
                "tariff must be the epoch's"));
        require(
                margin.leaf().salt().equals(MarginLeaf.salt(epoch.house(), epoch.epoch(), leaf.salt())),
                "margin's salt must be that of account and epoch");
        require(margin.stands(library, epoch), "margin must stand under the epoch's margin root");
        return recompute(library);
    }

    private Recomputed recompute(ProverLibrary library) {
        return switch (PortfolioMargin.evaluate(table, leaf.account())) {
            case MarginStatement statement -> {
                same("initial margin", statement.initialMargin(), margin.leaf().initialMargin());
                same(
                        "maintenance margin",
                        statement.maintenanceMargin(),
                        margin.leaf().maintenanceMargin());
                same("equity", statement.equity(), margin.leaf().equity());
                yield buffer(library);
            }
            case MarginRefusal none -> {
                same("initial margin", 0, margin.leaf().initialMargin());
                same("maintenance margin", 0, margin.leaf().maintenanceMargin());
                same("equity", 0, margin.leaf().equity());
                same("buffer", 0, margin.leaf().buffer());
                yield Recomputed.ALL;
            }
        };
    }

    private Recomputed buffer(ProverLibrary library) {
        if (tariff.isEmpty()) {
            same("buffer", 0, margin.leaf().buffer());
            return Recomputed.ALL;
        }
        try (RiskTableTree opened = RiskTableTree.open(library, table).orElseThrow()) {
            return switch (TariffCommitment.charge(opened, tariff.get(), leaf)) {
                case Answer.Given<Long>(Long charge) -> {
                    same("buffer", charge, margin.leaf().buffer());
                    yield Recomputed.ALL;
                }
                case Answer.Refused<Long>(ProverRefusal refusal) -> {
                    require(refusal.code().equals(OPTIONS), "tariff must charge the account: " + refusal);
                    yield Recomputed.ALL_BUT_BUFFER;
                }
            };
        }
    }

    /** Neither amount is named: the message may be logged, and both are the account's own. */
    private static void same(String name, long recomputed, long sealed) {
        require(
                recomputed == sealed,
                "sealed " + name + " must be, to the last u, the one that leaf, table and tariff give");
    }

    /** What a proof opens of the tariff, where there is one; empty where it is not of the table. */
    public Optional<TariffCommitment> commitment(ProverLibrary library) {
        return tariff.flatMap(published -> commitment(library, published));
    }

    private Optional<TariffCommitment> commitment(ProverLibrary library, BufferTariff published) {
        try (RiskTableTree opened = RiskTableTree.open(library, table).orElseThrow()) {
            return TariffCommitment.of(opened, published)
                            instanceof Answer.Given<TariffCommitment>(TariffCommitment found)
                    ? Optional.of(found)
                    : Optional.empty();
        }
    }

    /** The request of a proof for one verifier: the house has no part in it. */
    public WitnessRequest request(OwnerKey owner, Challenge challenge, Scope scope, Claim claim) {
        WitnessRequest request = new WitnessRequest(epoch, leaf, Optional.of(owner), path, challenge, scope, claim);
        return claim.kind() == Claim.Kind.EXCESS_OVER_BUFFER
                ? tariff.map(request::chargedBy).orElse(request)
                : request;
    }

    private static void require(boolean holds, String rule) {
        if (!holds) {
            throw new IllegalArgumentException("witness bundle's " + rule);
        }
    }

    /** The canonical form, in the order of {@code wallet.cddl}. It shows the account: for encryption only. */
    byte[] encode() {
        return array(
                        text(SCHEMA),
                        integer(VERSION),
                        epoch.encoded(),
                        leaf.encoded(),
                        bytes(path.bytes()),
                        bytes(table.encode()),
                        array(tariff.stream()
                                .map(published -> bytes(published.encode()))
                                .toList()),
                        margin.leaf().encoded(),
                        bytes(margin.path().bytes()),
                        text(keys.shape()),
                        bytes(keys.verifyingKey()))
                .encode();
    }

    /** Reads what {@link #encode} wrote; no message holds a value of the account. */
    static WitnessBundle decode(byte[] encoding) {
        try {
            CanonicalFields fields = CanonicalReader.document(encoding, SCHEMA, VERSION);
            EpochCommitment epoch = EpochCommitment.of(fields.fields("epoch"));
            AccountLeaf leaf = AccountLeaf.of(fields.value("leaf"));
            TreePath path = TreePath.of(leaf.number(), fields.bytes("siblings"));
            RiskTable table = RiskTable.decode(fields.bytes("table"));
            Optional<BufferTariff> tariff = fields.optional("tariff").map(WitnessBundle::tariff);
            MarginLeaf margin = MarginLeaf.of(
                    leaf.number(), MarginLeaf.salt(epoch.house(), epoch.epoch(), leaf.salt()), fields.fields("margin"));
            WitnessBundle bundle = new WitnessBundle(
                    epoch,
                    leaf,
                    path,
                    table,
                    tariff,
                    new MarginOpening(margin, TreePath.of(leaf.number(), fields.bytes("marginSiblings"))),
                    new Keys(fields.text("shape"), fields.digest("verifyingKey")));
            fields.end();
            return bundle;
        } catch (CanonicalException withValues) {
            throw new IllegalArgumentException("witness bundle's form must be that of wallet.cddl: "
                    + withValues.field() + " " + withValues.rule());
        }
    }

    private static BufferTariff tariff(CanonicalValue encoded) {
        if (encoded instanceof CanonicalValue.Bytes content) {
            return BufferTariff.of(CanonicalReader.read(content.value()));
        }
        throw new CanonicalException("tariff", "", "must be a byte string");
    }

    /** Account and epoch alone: lots and salt are nobody else's business. */
    @Override
    public String toString() {
        return "WitnessBundle[account=" + leaf.number() + ", epoch=" + epoch.epoch() + "]";
    }
}
