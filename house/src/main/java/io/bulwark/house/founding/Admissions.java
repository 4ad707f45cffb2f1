package io.bulwark.house.founding;

import static io.bulwark.clearing.document.CanonicalValue.array;
import static io.bulwark.clearing.document.CanonicalValue.bytes;
import static io.bulwark.clearing.document.CanonicalValue.integer;
import static io.bulwark.clearing.document.CanonicalValue.text;

import io.bulwark.adapter.Venues;
import io.bulwark.clearing.attestation.HouseStatement.Subject;
import io.bulwark.clearing.attestation.SignedHouseStatement;
import io.bulwark.clearing.document.BadInput;
import io.bulwark.clearing.document.CanonicalFields;
import io.bulwark.clearing.document.CanonicalReader;
import io.bulwark.clearing.document.CanonicalValue;
import io.bulwark.clearing.document.Digest;
import io.bulwark.clearing.register.Documents;
import java.util.List;
import java.util.Optional;

/**
 * What the quorum of a house takes into its listing after the founding: venues, groups, assets, instruments, accounts. Each admission makes
 * a whole founding file of the one before, which epochs seal as their listing; nothing that stood in it changes.
 */
public final class Admissions {
    private static final String SCHEMA = "bulwark-listing";
    private static final long VERSION = 1;
    private static final String FILE_KIND = "founding-file";
    private static final String PROPOSAL_KIND = "listing-proposal";

    private final QuorumLists listed;
    private final Documents documents;
    private final Venues venues;

    /**
     * The admissions of a house.
     *
     * @param venues the kinds that it may connect
     */
    public Admissions(QuorumLists listed, Documents documents, Venues venues) {
        this.listed = listed;
        this.documents = documents;
        this.venues = venues;
    }

    /**
     * One admission.
     *
     * @param house that lists
     * @param before SHA-256 of the founding file that it adds to
     * @param proposal SHA-256 of what it adds
     * @param after SHA-256 of the founding file that it makes
     */
    public record Admitted(Digest house, Digest before, Digest proposal, Digest after) {
        /** ["bulwark-listing", 1, house, before, proposal, after]: what the quorum signs the digest of. */
        CanonicalValue canonical() {
            return array(text(SCHEMA), integer(VERSION), bytes(house), bytes(before), bytes(proposal), bytes(after));
        }

        /**
         * Reads what a quorum signed.
         *
         * @throws io.bulwark.clearing.document.CanonicalException if it is none
         */
        public static Admitted of(byte[] document) {
            CanonicalFields fields = CanonicalReader.document(document, SCHEMA, VERSION);
            Admitted admitted = new Admitted(
                    fields.digest("house"), fields.digest("before"), fields.digest("proposal"), fields.digest("after"));
            fields.end();
            return admitted;
        }
    }

    /**
     * The founding file that a proposal makes of another; nothing that stands in it changes.
     *
     * @param current the founding file that a house lists by
     * @param venues the kinds that it may connect
     * @throws BadInput naming the first field of the proposal that the house would refuse
     */
    public static byte[] merged(byte[] current, byte[] proposal, Venues venues) {
        return ListingProposal.merged(current, proposal, venues);
    }

    /** All of them, the first one first. */
    public List<Admitted> all() {
        return listed.signed(Subject.LISTING).stream()
                .map(signed -> Admitted.of(signed.document()))
                .toList();
    }

    /** Digest of the newest document that the quorum signed of the listing; empty before the first. */
    public Optional<Digest> newest() {
        return listed.signed(Subject.LISTING).reversed().stream()
                .findFirst()
                .map(signed -> signed.statement().digest());
    }

    /**
     * The founding file that counts now in the place of one with a digest: itself, with whatever was admitted since.
     *
     * @throws BadInput if the quorum admitted to another file than this one
     */
    public Digest current(Digest founded) {
        Digest now = founded;
        List<Admitted> all = all();
        for (Admitted admitted : all) {
            now = admitted.before().equals(now) ? admitted.after() : now;
        }
        if (!all.isEmpty() && !all.getLast().after().equals(now)) {
            throw new BadInput(
                    "founding file",
                    founded.hex(),
                    "must be the one that the quorum admitted to, "
                            + all.getFirst().before() + ", or one that it made since; the last is "
                            + all.getLast().after());
        }
        return now;
    }

    /**
     * Has the quorum sign a proposal, and keeps the founding file that it makes; what was admitted last is not admitted again.
     *
     * @param founded digest of the file that the house lists by, with or without what was admitted since
     * @return the file
     * @throws BadInput naming the field of the proposal
     */
    public FoundingFile admit(Digest founded, byte[] proposal) {
        Digest offered = Digest.sha256(proposal);
        List<Admitted> all = all();
        if (!all.isEmpty() && all.getLast().proposal().equals(offered)) {
            return read(all.getLast().after());
        }
        Digest before = current(founded);
        byte[] file = ListingProposal.merged(documents.require(before), proposal, venues);
        documents.store(PROPOSAL_KIND, proposal);
        Digest after = documents.store(FILE_KIND, file);
        listed.publish(Subject.LISTING, (house, newest) -> {
            requireSame(newest, all);
            return Optional.of(new Admitted(house, before, offered, after).canonical());
        });
        return read(after);
    }

    private static void requireSame(Optional<SignedHouseStatement> newest, List<Admitted> all) {
        if (newest.map(signed -> signed.statement().number()).orElse(0L) != all.size()) {
            throw new IllegalStateException("another admission was signed meanwhile; admit again");
        }
    }

    /** The founding file of a digest that the house keeps. */
    public FoundingFile read(Digest file) {
        return FoundingFile.read(documents.require(file), venues);
    }
}
