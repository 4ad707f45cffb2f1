package io.bulwark.prover.witness;

import io.bulwark.clearing.document.CanonicalValue;
import io.bulwark.netting.buffer.BufferTariff;
import io.bulwark.prover.binding.FieldElement;
import io.bulwark.prover.binding.ProverLibrary;
import io.bulwark.prover.commitment.AccountLeaf;
import io.bulwark.prover.commitment.Challenge;
import io.bulwark.prover.commitment.Claim;
import io.bulwark.prover.commitment.EpochCommitment;
import io.bulwark.prover.commitment.MarginOpening;
import io.bulwark.prover.commitment.OwnerKey;
import io.bulwark.prover.commitment.RequestTree;
import io.bulwark.prover.commitment.Scope;
import io.bulwark.prover.commitment.TreePath;
import io.bulwark.prover.commitment.VenueAttestation;
import java.util.List;
import java.util.Optional;

/**
 * Everything that a proof is made from, beside the risk table.
 *
 * @param epoch the sealed epoch
 * @param leaf the account as it stands in the epoch's account tree
 * @param owner the owner's key; empty where the house proves the margin of a named account
 * @param path where the leaf stands
 * @param challenge what ties the proof to one conversation
 * @param scope for whom and for what it is made
 * @param claim what is to be proved
 * @param sealed where the losses that the proof will show were committed to, in the challenge opening
 * @param attested what venues attest of the positions, by venue, in a shape that asks for it
 * @param tariff what the epoch's house publishes of its buffer, in a claim over it
 * @param margin the account's leaf of the margin tree, in a proof that it is the formula's
 */
public record WitnessRequest(
        EpochCommitment epoch,
        AccountLeaf leaf,
        Optional<OwnerKey> owner,
        TreePath path,
        Challenge challenge,
        Scope scope,
        Claim claim,
        Optional<SealedRequest> sealed,
        List<AttestedPositions> attested,
        Optional<BufferTariff> tariff,
        Optional<MarginOpening> margin) {
    private static final String SCHEMA = "bulwark-prove";
    private static final int VERSION = 4;

    /** A request of the direct opening, or of the challenge opening before its commitment is sealed. */
    public WitnessRequest(
            EpochCommitment epoch,
            AccountLeaf leaf,
            Optional<OwnerKey> owner,
            TreePath path,
            Challenge challenge,
            Scope scope,
            Claim claim) {
        this(
                epoch,
                leaf,
                owner,
                path,
                challenge,
                scope,
                claim,
                Optional.empty(),
                List.of(),
                Optional.empty(),
                Optional.empty());
    }

    /** The house's request to show that an account's sealed margin is the formula's: to everybody, so in no conversation. */
    public static WitnessRequest ofMargin(
            EpochCommitment epoch, AccountLeaf leaf, TreePath path, MarginOpening margin) {
        return new WitnessRequest(
                epoch,
                leaf,
                Optional.empty(),
                path,
                Challenge.NONE,
                Scope.NONE,
                Claim.marginIsSealed(leaf.number()),
                Optional.empty(),
                List.of(),
                Optional.empty(),
                Optional.of(margin));
    }

    /** Refuses parts that do not belong together. */
    public WitnessRequest {
        attested = List.copyOf(attested);
        require(path.number() == leaf.number(), "path must be that of account " + leaf.number());
        require(
                claim.account().isEmpty() || claim.account().getAsLong() == leaf.number(),
                "claim must name account " + leaf.number() + " or none");
        require(
                sealed.isEmpty() || sealed.get().path().depth() == RequestTree.DEPTH,
                "sealed path must be of a request tree");
        boolean byHouse =
                claim.kind() == Claim.Kind.INITIAL_MARGIN || claim.kind().byHouseAlone();
        require(
                owner.isPresent() || (byHouse && claim.account().isPresent()),
                "claim must be the initial margin, the call or the sealed margin of a named account where the house proves");
        require(
                owner.isPresent() || !claim.standing(),
                "claim must not stand where the house proves: it has no secret");
        require(
                owner.isEmpty() || !claim.kind().byHouseAlone(),
                "owner must be absent in a call and for a sealed margin, which the house proves");
        boolean sealing = claim.kind() == Claim.Kind.MARGIN_IS_SEALED;
        require(margin.isPresent() == sealing, "margin must be there for a sealed margin, and for nothing else");
        require(
                !sealing || (challenge.equals(Challenge.NONE) && scope.equals(Scope.NONE)),
                "challenge and scope must be none for a sealed margin, which is shown to everybody");
    }

    /** The same request after its commitment was sealed. */
    public WitnessRequest sealedAs(SealedRequest request) {
        return new WitnessRequest(
                epoch, leaf, owner, path, challenge, scope, claim, Optional.of(request), attested, tariff, margin);
    }

    /** The same request with what venues attest. */
    public WitnessRequest attestedBy(List<AttestedPositions> venues) {
        return new WitnessRequest(epoch, leaf, owner, path, challenge, scope, claim, sealed, venues, tariff, margin);
    }

    /** The same request with the tariff that its claim is over. */
    public WitnessRequest chargedBy(BufferTariff published) {
        return new WitnessRequest(
                epoch, leaf, owner, path, challenge, scope, claim, sealed, attested, Optional.of(published), margin);
    }

    private static void require(boolean holds, String rule) {
        if (!holds) {
            throw new IllegalArgumentException("proof request's " + rule);
        }
    }

    /** The public inputs that a proof of this request shows; prover and caller compute them apart and compare. */
    public PublicInputs publicInputs(ProverLibrary library) {
        FieldElement nullifier = owner.map(key -> claim.standing()
                        ? key.standingNullifier(library, epoch.house(), scope, leaf.number())
                        : key.nullifier(library, epoch.house(), epoch.epoch(), scope, leaf.number()))
                .orElse(FieldElement.ZERO);
        FieldElement seal = sealed.map(request -> request.seal().value(library)).orElseGet(() -> epoch.digest(library));
        return new PublicInputs(seal, challenge.value(), scope.value(), nullifier, claim.value());
    }

    /** As the library reads it. It holds the owner's secret: for the call only, never to be stored. */
    public byte[] encode() {
        return CanonicalValue.array(
                        CanonicalValue.text(SCHEMA),
                        CanonicalValue.integer(VERSION),
                        epoch.encoded(),
                        leaf.encoded(),
                        CanonicalValue.bytes(
                                owner.map(key -> key.secret().bytes()).orElseGet(() -> new byte[0])),
                        CanonicalValue.bytes(owner.map(OwnerKey::tail)
                                .orElse(FieldElement.ZERO)
                                .bytes()),
                        CanonicalValue.bytes(path.bytes()),
                        CanonicalValue.bytes(challenge.value().bytes()),
                        CanonicalValue.bytes(scope.value().bytes()),
                        CanonicalValue.integer(claim.kind().number()),
                        CanonicalValue.integer(claim.candidate().number()),
                        CanonicalValue.integer(claim.m()),
                        CanonicalValue.bit(claim.account().isPresent()),
                        CanonicalValue.bit(claim.standing()),
                        sealed.map(SealedRequest::encoded).orElseGet(CanonicalValue::array),
                        CanonicalValue.array(attested.stream()
                                .map(AttestedPositions::encoded)
                                .toList()),
                        CanonicalValue.bytes(tariff.map(BufferTariff::encode).orElseGet(() -> new byte[0])),
                        margin.map(MarginOpening::encoded).orElseGet(CanonicalValue::array))
                .encode();
    }

    /**
     * A venue's attestation with its place in the epoch's tree of attestations.
     *
     * @param attestation what the venue says
     * @param path where it stands
     */
    public record AttestedPositions(VenueAttestation attestation, TreePath path) {

        CanonicalValue encoded() {
            return CanonicalValue.array(
                    CanonicalValue.integer(attestation.venue()),
                    CanonicalValue.bytes(attestation.blinding().bytes()),
                    attestation.encodedEntries(),
                    CanonicalValue.integer(path.number()),
                    CanonicalValue.bytes(path.bytes()));
        }
    }
}
