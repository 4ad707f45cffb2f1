package io.bulwark.adapter.holding;

import io.bulwark.adapter.PayloadRefused;
import io.bulwark.adapter.VenueException;
import io.bulwark.adapter.evm.BlockHeader;
import io.bulwark.adapter.evm.EvmNode;
import io.bulwark.adapter.evm.EvmNode.Question;
import io.bulwark.adapter.evm.StorageProof;
import io.bulwark.clearing.attestation.EpochSignature;
import io.bulwark.clearing.attestation.PlaceControl;
import io.bulwark.clearing.attestation.Quorum;
import io.bulwark.clearing.document.Digest;
import io.bulwark.clearing.holding.Held;
import io.bulwark.clearing.holding.HoldingEvidence;
import io.bulwark.clearing.holding.HoldingList;
import io.bulwark.clearing.holding.HoldingSeen;
import io.bulwark.clearing.holding.ReserveHolding;
import io.bulwark.clearing.payment.PaymentPlace;
import io.bulwark.clearing.position.EvidenceGrade;
import io.bulwark.clearing.position.Horizon;
import io.bulwark.clearing.position.Reading;
import java.math.BigInteger;
import java.util.Collections;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What a list of holdings shows.
 *
 * @param shares by what is held
 * @param blocks the tokens and blocks that storage was proved of and against, in words: whether they are what they stand for and the chain's, a
 *     reader looks up
 */
public record HoldingAudit(SortedMap<Held, Share> shares, List<String> blocks) {
    private static final String VENUE = "holding";

    /** Copies. */
    public HoldingAudit {
        shares = Collections.unmodifiableSortedMap(new TreeMap<>(shares));
        blocks = List.copyOf(blocks);
    }

    /**
     * The balance of an address, proved from a token's storage.
     *
     * @param units of the token
     * @param block in which it was; whether it is the chain's own, the proof does not say
     */
    public record Balance(BigInteger units, Horizon.Block block) {
        /**
         * What a node says to prove the balance of a place at a block.
         *
         * @throws VenueException if the node does not answer, or the block left the chain
         */
        public static HoldingEvidence.Storage proof(EvmNode node, PaymentPlace.OnChain place, Horizon.Block block)
                throws VenueException {
            String address = PlaceControl.address(place.place()).orElseThrow().text();
            List<Reading> answers = node.ask(List.of(
                    new Question(BlockHeader.METHOD, BlockHeader.parametersAt(block)),
                    new Question(
                            StorageProof.METHOD,
                            StorageProof.parametersAt(
                                    place.contract(),
                                    List.of(StorageProof.mappingSlot(address, place.balances())),
                                    block))));
            return new HoldingEvidence.Storage(
                    place.contract(),
                    place.balances(),
                    place.units(),
                    block.number(),
                    block.timeMillis(),
                    block.hash(),
                    answers.get(0).result(),
                    answers.get(1).result());
        }

        /**
         * Reads and checks a proof.
         *
         * @param place CAIP-10 of the address
         * @throws PayloadRefused if the header has not the hash and the time that the evidence says, or the balance is not under
         *     its state root
         * @throws IllegalArgumentException if the place is no address
         */
        public static Balance of(String place, HoldingEvidence.Storage storage) {
            String address = PlaceControl.address(place)
                    .orElseThrow(
                            () -> new IllegalArgumentException("place must be an address (CAIP-10); have " + place))
                    .text();
            Horizon.Block block = new Horizon.Block(
                    PlaceControl.chain(place).orElseThrow(),
                    storage.number(),
                    storage.hash(),
                    Horizon.Finality.FINALIZED,
                    storage.timeMillis());
            BlockHeader header = BlockHeader.of(VENUE, storage.header(), block);
            BigInteger units = StorageProof.verified(VENUE, storage.proof(), storage.contract(), header)
                    .word(StorageProof.mappingSlot(address, storage.balances()));
            return new Balance(units, block);
        }
    }

    /**
     * What is held of one asset, by how it is shown. Lots; cash in u.
     *
     * @param byGrade lots by the grade that was found; together everything that is held
     * @param withoutControl lots of which nobody shows that the place is the house's
     * @param enough lots that are shown by at least the listed grade, with control
     */
    public record Share(Map<EvidenceGrade, Long> byGrade, long withoutControl, long enough) {
        static final Share NONE = new Share(Map.of(), 0, 0);

        /** Copies. */
        public Share {
            EnumMap<EvidenceGrade, Long> copy = new EnumMap<>(EvidenceGrade.class);
            copy.putAll(byGrade);
            byGrade = Collections.unmodifiableMap(copy);
        }

        /** Everything that is held. */
        public long lots() {
            return byGrade.values().stream().mapToLong(Long::longValue).reduce(0, Math::addExact);
        }

        Share with(long lots, EvidenceGrade found, boolean controlled, EvidenceGrade least) {
            EnumMap<EvidenceGrade, Long> grades = new EnumMap<>(EvidenceGrade.class);
            grades.putAll(byGrade);
            grades.merge(found, lots, Math::addExact);
            return new Share(
                    grades,
                    controlled ? withoutControl : Math.addExact(withoutControl, lots),
                    controlled && found.meets(least) ? Math.addExact(enough, lots) : enough);
        }
    }

    /** What a reader goes by. */
    public record Reader(Quorum quorum, List<Custodian> custodians, HoldingWindow window) {
        /** Copies. */
        public Reader {
            custodians = List.copyOf(custodians);
        }
    }

    /** A piece that does not hold, or says more than it shows. */
    public static final class Refused extends RuntimeException {
        private static final long serialVersionUID = 1;

        Refused(int place, ReserveHolding holding, String rule) {
            super("holdings[" + place + "] (" + holding.held() + " at " + holding.place() + ") " + rule);
        }

        Refused(Held held) {
            super("holdings of " + held + " must add up to at most " + Long.MAX_VALUE + " lots");
        }
    }

    /** What is held of one thing. */
    public Share of(Held held) {
        return shares.getOrDefault(held, Share.NONE);
    }

    /**
     * Checks every piece.
     *
     * @param evidence the pieces that travel with the list
     * @throws Refused if a piece does not hold, is of another time, or says a better grade than is found
     */
    public static HoldingAudit of(HoldingList list, List<HoldingEvidence> evidence, Reader reader) {
        Map<Digest, HoldingEvidence> pieces = new HashMap<>();
        evidence.forEach(piece -> pieces.put(piece.digest(), piece));
        SortedMap<Held, Share> shares = new TreeMap<>();
        for (int i = 0; i < list.holdings().size(); i++) {
            ReserveHolding holding = list.holdings().get(i);
            Look look = new Look(i, holding, list, reader);
            EvidenceGrade found = look.grade(pieces.get(holding.evidence()));
            try {
                shares.put(
                        holding.held(),
                        shares.getOrDefault(holding.held(), Share.NONE)
                                .with(holding.lots(), found, look.controlled(), list.least(holding.held())));
            } catch (ArithmeticException tooMany) {
                throw new Refused(holding.held());
            }
        }
        return new HoldingAudit(shares, blocks(list, pieces));
    }

    private static List<String> blocks(HoldingList list, Map<Digest, HoldingEvidence> pieces) {
        return list.holdings().stream()
                .flatMap(holding -> pieces.get(holding.evidence()) instanceof HoldingEvidence.Storage storage
                        ? Stream.of(holding.held() + " is " + storage.contract() + ", " + storage.unitsPerLot()
                                + " units a lot, in eip155:"
                                + PlaceControl.chain(holding.place()).orElseThrow() + " block " + storage.number()
                                + " 0x" + storage.hash().hex())
                        : Stream.of())
                .distinct()
                .collect(Collectors.toUnmodifiableList());
    }

    /** One holding as a reader sees it. */
    private record Look(int place, ReserveHolding holding, HoldingList list, Reader reader) {
        EvidenceGrade grade(@Nullable HoldingEvidence piece) {
            require(
                    reader.window().holds(holding.atMillis()),
                    "must be seen in its epoch or at most one epoch before; it was at " + holding.atMillis());
            return switch (holding.grade()) {
                case STORAGE_PROOF -> {
                    if (!(piece instanceof HoldingEvidence.Storage storage)) {
                        throw refused("must bring the storage proof that it says");
                    }
                    proved(storage);
                    yield EvidenceGrade.STORAGE_PROOF;
                }
                case VENUE_SIGNATURE -> {
                    if (!(piece instanceof HoldingEvidence.Signed signature)) {
                        throw refused("must bring the signature that it says");
                    }
                    yield signed(signature);
                }
                case QUORUM_OBSERVATION -> {
                    if (!(piece instanceof HoldingEvidence.Observed seen)) {
                        throw refused("must bring the signatures of those who saw it");
                    }
                    observed(seen);
                    yield EvidenceGrade.QUORUM_OBSERVATION;
                }
                case UNSIGNED -> EvidenceGrade.UNSIGNED;
            };
        }

        /** The balance of the place's address, in the block of the holding's time. */
        private void proved(HoldingEvidence.Storage storage) {
            require(
                    PlaceControl.address(holding.place()).isPresent(),
                    "must be at an address (CAIP-10) to be shown by storage");
            require(storage.timeMillis() == holding.atMillis(), "must be of its block's time, " + storage.timeMillis());
            BigInteger units;
            try {
                units = Balance.of(holding.place(), storage).units();
            } catch (PayloadRefused e) {
                throw refused("must be what its storage proof proves: " + e.getMessage());
            }
            BigInteger lots = units.divide(storage.unitsPerLot());
            require(
                    lots.compareTo(BigInteger.valueOf(holding.lots())) >= 0,
                    "must be at most " + lots + " lots, as its storage proves; it says " + holding.lots());
        }

        /** A signature holds whoever made it; only a key that the reader knows as this place's is its venue's. */
        private EvidenceGrade signed(HoldingEvidence.Signed piece) {
            require(
                    PlaceControl.signs(
                            piece.signer(),
                            piece.signature(),
                            HoldingSeen.of(list, holding).canonical()),
                    "must be what its signature is on");
            return keepers().contains(piece.signer()) ? EvidenceGrade.VENUE_SIGNATURE : EvidenceGrade.UNSIGNED;
        }

        private List<Digest> keepers() {
            return reader.custodians().stream()
                    .filter(custodian -> custodian.keeps(holding.place()))
                    .map(Custodian::key)
                    .toList();
        }

        private void observed(HoldingEvidence.Observed piece) {
            long seen = piece.signatures().stream()
                    .filter(one -> reader.quorum().members().contains(one.signer()))
                    .filter(one -> PlaceControl.signs(
                            one.signer(),
                            one.signature(),
                            HoldingSeen.of(list, holding).canonical()))
                    .map(EpochSignature::signer)
                    .distinct()
                    .count();
            require(
                    seen >= reader.quorum().threshold(),
                    "must be seen by " + reader.quorum().threshold() + " members of the quorum; " + seen + " signed");
        }

        /** Whether the place shows that it holds for this house; a control that shows something else refuses. */
        boolean controlled() {
            byte[] control = holding.control();
            if (control.length == 0) {
                return false;
            }
            PlaceControl statement = new PlaceControl(list.house(), list.epoch(), list.purpose(), holding.place());
            if (PlaceControl.address(holding.place()).isPresent()) {
                require(
                        statement.isOfAddress(control),
                        "must have the control of its address for this house, this epoch and the "
                                + list.purpose().word());
                return true;
            }
            List<Digest> keepers = keepers();
            require(
                    keepers.isEmpty() || keepers.stream().anyMatch(key -> statement.isOf(key, control)),
                    "must have the control of its venue for this house, this epoch and the "
                            + list.purpose().word());
            return !keepers.isEmpty();
        }

        private void require(boolean holds, String rule) {
            if (!holds) {
                throw refused(rule);
            }
        }

        private Refused refused(String rule) {
            return new Refused(place, holding, rule);
        }
    }
}
