package io.bulwark.adapter.evm;

import io.bulwark.adapter.Endpoint;
import io.bulwark.adapter.ReadBudget;
import io.bulwark.adapter.Venue;
import io.bulwark.adapter.VenueProfile;
import io.bulwark.adapter.VenueReader;
import io.bulwark.clearing.position.EvidenceGrade;
import java.util.Set;

/**
 * A kind of venue on an EVM chain, read at finalised blocks.
 *
 * @param <F> what a founding file says of such a venue
 */
public interface ChainVenue<F extends ChainVenue.OnChain> extends Venue<F> {
    /** What a founding file says of a venue on a chain. */
    interface OnChain extends Venue.Founding {
        /** The chain that the node must serve. */
        long chainId();
    }

    /** What asks the node. */
    BlockReader reader(F founding);

    @Override
    default ReadBudget budget(F founding) {
        return EvmNode.BUDGET;
    }

    @Override
    default VenueReader open(F founding, Endpoint at) {
        EvmNode node = EvmNode.of(kind(), founding.chainId(), at);
        return new BlockVenue(profile(founding), node, reader(founding));
    }

    /**
     * The profile of such a venue.
     *
     * @param signs how it counts sizes, sides and units, in words
     * @param rounding where its own rounding meets ours, in words
     * @param grades the evidence that its holdings can have
     */
    default VenueProfile profile(F founding, String signs, String rounding, Set<EvidenceGrade> grades) {
        return profile(
                founding,
                "the chain's finalised block, by hash; a hash that is no longer canonical voids the read",
                signs,
                rounding,
                grades);
    }
}
