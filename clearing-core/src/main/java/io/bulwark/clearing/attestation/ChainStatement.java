package io.bulwark.clearing.attestation;

import io.bulwark.clearing.document.Digest;
import io.bulwark.clearing.epoch.SealedEpoch;

/** What a quorum member signs for contracts: EIP-712 typed data. Field names and types are those of {@code SolvencyRegistry.sol}. */
public sealed interface ChainStatement {
    /** The 32 bytes that are signed. */
    Digest digest();

    /** What a house says of itself. It names neither chain nor contract: one signature serves everywhere, and convicts everywhere. */
    sealed interface OfHouse extends ChainStatement {
        /** The EIP-712 domain of such statements. */
        Digest DOMAIN = TypedData.struct("EIP712Domain(string name,string version)")
                .text("Bulwark house")
                .text("1")
                .hash();

        /** The typed data. */
        TypedData data();

        @Override
        default Digest digest() {
            return data().digest(DOMAIN);
        }
    }

    /**
     * The digest of an epoch.
     *
     * @param house the house
     * @param number the epoch's number
     * @param epochDigest the epoch digest
     */
    record OfEpoch(Digest house, long number, Digest epochDigest) implements OfHouse {
        /** What the quorum signed with Ed25519 already, for contracts. */
        public static OfEpoch of(SealedEpoch sealed) {
            return new OfEpoch(sealed.epoch().house(), sealed.epoch().number(), sealed.digest());
        }

        @Override
        public TypedData data() {
            return TypedData.struct("EpochStatement(bytes32 house,uint64 number,bytes32 digest)")
                    .word(house)
                    .number(number)
                    .word(epochDigest);
        }
    }

    /**
     * The requests of one round and the evaluated root that belongs to them.
     *
     * @param house the house
     * @param number the epoch's number
     * @param epochDigest the epoch digest
     * @param requestRoot root of the request tree
     * @param evaluatedRoot root of the evaluated table
     * @param seal the request seal over the three
     */
    record OfRequests(
            Digest house, long number, Digest epochDigest, Digest requestRoot, Digest evaluatedRoot, Digest seal)
            implements OfHouse {
        @Override
        public TypedData data() {
            return TypedData.struct("RequestSeal(bytes32 house,uint64 number,bytes32 digest,bytes32 requestRoot,"
                            + "bytes32 evaluatedRoot,bytes32 seal)")
                    .word(house)
                    .number(number)
                    .word(epochDigest)
                    .word(requestRoot)
                    .word(evaluatedRoot)
                    .word(seal);
        }
    }

    /**
     * An act on one registry on one chain.
     *
     * @param registry the registry
     * @param act what is to be done there
     */
    record OfAct(Registry registry, RegistryAct act) implements ChainStatement {
        @Override
        public Digest digest() {
            return act.data().digest(registry.domain());
        }
    }

    /**
     * A registry on a chain.
     *
     * @param chainId EIP-155 number of the chain
     * @param address where the registry stands
     */
    record Registry(long chainId, ChainAddress address) {
        Digest domain() {
            return TypedData.struct(
                            "EIP712Domain(string name,string version,uint256 chainId,address verifyingContract)")
                    .text("Bulwark registry")
                    .text("1")
                    .number(chainId)
                    .address(address)
                    .hash();
        }

        /** What scopes and challenges of this registry are made of. */
        public String caip10() {
            return address.caip10(chainId);
        }
    }
}
