package io.bulwark.prover.proof;

import static io.bulwark.clearing.document.CanonicalValue.array;
import static io.bulwark.clearing.document.CanonicalValue.bit;
import static io.bulwark.clearing.document.CanonicalValue.bytes;
import static io.bulwark.clearing.document.CanonicalValue.integer;
import static io.bulwark.clearing.document.CanonicalValue.text;

import io.bulwark.clearing.attestation.EpochSignature;
import io.bulwark.clearing.document.CanonicalValue;
import io.bulwark.clearing.document.Digest;
import io.bulwark.prover.binding.FieldElement;
import io.bulwark.prover.commitment.RequestSeal;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a verifier knows for himself, never from the file that is judged. What is left out is a pin that is missing.
 *
 * <p>Filled step by step; {@link #encode()} is what {@link Judge} takes.
 */
public final class Expectation {
    /** What the verifier's file of nullifiers says of a proof's. */
    public enum Once {
        /** The verifier does not ask. */
        NOT_ASKED(0),
        /** He asks, and no file is at hand. */
        UNKNOWN(1),
        /** Not seen, or seen as the answer to this challenge. */
        FRESH(2),
        /** Seen as the answer to another challenge. */
        SPENT(3);

        private final int code;

        Once(int code) {
            this.code = code;
        }
    }

    private static final CanonicalValue NOTHING = bytes(new byte[0]);

    private final Map<String, Fact> facts = new LinkedHashMap<>();
    private final List<Digest> compiled = new ArrayList<>();
    private CanonicalValue house = NOTHING;
    private long nowMillis;
    private boolean stated;
    private long maxAgeMillis;
    private long oldestEpoch;
    private long leastList;
    private CanonicalValue expectedChallenge = array();
    private CanonicalValue scope = array();
    private CanonicalValue statement = array();
    private Once once = Once.NOT_ASKED;
    private CanonicalValue requests = array();
    private boolean test;
    private long marginsProved;
    private long accounts;
    private boolean signedMargins;
    private long holdings;

    private record Fact(Judgement.State state, String words) {}

    /** The house, by its identity. */
    public Expectation house(Digest identity) {
        house = bytes(identity);
        return this;
    }

    /** The verifier's clock, epoch milliseconds. */
    public Expectation clock(long millis) {
        nowMillis = millis;
        stated = false;
        return this;
    }

    /** A date that takes the place of the clock, for recorded houses: answers say it. */
    public Expectation at(long millis) {
        nowMillis = millis;
        stated = true;
        return this;
    }

    /** The age that the newest epoch may have; 48 hours where none is named. */
    public Expectation maxAge(long millis) {
        maxAgeMillis = millis;
        return this;
    }

    /** Number of the oldest epoch that is taken; where none is named, the newest of the house file alone. */
    public Expectation oldestEpoch(long number) {
        oldestEpoch = number;
        return this;
    }

    /** Number of the newest key list that the verifier has seen: an older one is refused. */
    public Expectation leastList(long number) {
        leastList = number;
        return this;
    }

    /** The challenge, as a value. */
    public Expectation challenge(FieldElement value) {
        expectedChallenge = array(bytes(value.digest()));
        return this;
    }

    /** The challenge, from the texts that it is computed of. */
    public Expectation challenge(String verifier, String beneficiary, String nonce) {
        expectedChallenge = array(text(verifier), text(beneficiary), text(nonce));
        return this;
    }

    /** The scope, as a value. */
    public Expectation scope(FieldElement value) {
        scope = array(bytes(value.digest()));
        return this;
    }

    /** The scope, from the texts that it is computed of. */
    public Expectation scope(String verifier, String purpose) {
        scope = array(text(verifier), text(purpose));
        return this;
    }

    /** The whole integer of the statement. */
    public Expectation statement(FieldElement value) {
        statement = array(bytes(value.digest()));
        return this;
    }

    /** The statement by its fields. */
    public Expectation statement(Judgement.Statement fields) {
        statement = array(
                integer(fields.tag()),
                integer(fields.choice()),
                bit(fields.standing()),
                integer(fields.amount()),
                integer(fields.name()));
        return this;
    }

    /** What is known of the proof's nullifier. */
    public Expectation once(Once known) {
        once = known;
        return this;
    }

    /**
     * The request seal that the proof stands under.
     *
     * @param checked whether the verifier computed the rows himself from the table that the epoch seals
     * @param signatures of the quorum's members on the seal
     */
    public Expectation requests(RequestSeal seal, boolean checked, List<EpochSignature> signatures) {
        requests = array(
                bytes(seal.epochDigest().digest()),
                bytes(seal.requestRoot().digest()),
                bytes(seal.evaluatedRoot().digest()),
                bit(checked),
                array(signatures.stream()
                        .map(signature -> array(bytes(signature.signer()), bytes(signature.signature())))
                        .toList()));
        return this;
    }

    /** Takes keys made on one machine, of a house founded with such. */
    public Expectation test() {
        test = true;
        return this;
    }

    /** Circuits that the verifier compiled himself, as {@link Judge#checkKey} gives them. */
    public Expectation compiled(Collection<Digest> circuits) {
        compiled.addAll(circuits);
        return this;
    }

    /** What the verifier checked beside the proof, by the pin that it gives; words say what differs, or why it is missing. */
    public Expectation fact(String pin, Judgement.State state, String words) {
        facts.put(pin, new Fact(state, words));
        return this;
    }

    /** Of how many accounts tag 6 was verified with the proof. */
    public Expectation margins(long proved, long ofAccounts) {
        marginsProved = proved;
        accounts = ofAccounts;
        return this;
    }

    /** Takes the signers' replay for the margins. */
    public Expectation signedMargins() {
        signedMargins = true;
        return this;
    }

    /** What holdings with evidence reach, u. */
    public Expectation holdings(long units) {
        holdings = units;
        return this;
    }

    /** The canonical encoding. */
    public byte[] encode() {
        return array(
                        text("bulwark-expectation"),
                        integer(1),
                        house,
                        array(integer(nowMillis), bit(stated), integer(maxAgeMillis), integer(oldestEpoch)),
                        integer(leastList),
                        expectedChallenge,
                        scope,
                        statement,
                        integer(once.code),
                        requests,
                        bit(test),
                        array(compiled.stream().map(CanonicalValue::bytes).toList()),
                        array(facts.entrySet().stream()
                                .map(fact -> encoded(fact.getKey(), fact.getValue()))
                                .toList()),
                        array(integer(marginsProved), integer(accounts), bit(signedMargins)),
                        integer(holdings))
                .encode();
    }

    private static CanonicalValue encoded(String pin, Fact fact) {
        long state = switch (fact.state()) {
            case MISSING -> 0;
            case GIVEN -> 1;
            case WRONG -> 2;
        };
        return array(text(pin), integer(state), text(fact.words()));
    }
}
