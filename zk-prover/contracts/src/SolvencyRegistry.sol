// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {Conversation} from "./Conversation.sol";
import {NodeSets} from "./NodeSets.sol";
import {ProofVerifier} from "./ProofVerifier.sol";

/// One house on one chain: which epochs its quorum signed, which keys its proofs are checked with, and which proofs were shown.
///
/// What nobody can do here, whoever signs: replace a digest once published, let two senders stand with one account, accept a proof of
/// another circuit or one that the verifier refuses, or act without waiting where a delay is stated. A pause stops acceptance of proofs and
/// nothing else. There is no owner and no upgrade.
///
/// What the quorum vouches for and this contract cannot check: that an epoch digest is of an epoch that follows the published rules, and that
/// the evaluated root of a request seal is the one that the published table gives.
contract SolvencyRegistry is NodeSets {
    /// Order of the BN254 scalar field: every public input is below it.
    uint256 internal constant R = 0x30644e72e131a029b85045b68181585d2833e84879b9709143e1f593f0000001;
    /// The statement: tag + 2^8 candidate + 2^15 standing + 2^16 m + 2^80 name, 113 bits.
    uint256 private constant CLAIM_BITS = 120;
    uint256 private constant STANDING = 1 << 15;
    uint256 private constant AMOUNT_OFFSET = 16;
    uint256 private constant NAME_OFFSET = 80;
    uint256 private constant INITIAL_MARGIN = 3;
    uint256 private constant BELOW_MAINTENANCE = 4;
    /// Tags that say something of an account to a contract: 1 to 5.
    uint256 private constant TAGS_TAKEN = 0x3e;
    /// Signed contributors that a ceremony needs to be one.
    uint32 private constant SIGNED_LEAST = 3;
    uint64 private constant DELAY_MIN = 1 days;
    /// A longer delay is a mistake; with it, the time from which a key counts fits its place.
    uint64 private constant DELAY_MAX = 36_500 days;

    /// First 31 bytes of the SHA-256 of the house's founding document.
    uint256 public immutable HOUSE;
    /// Whether keys made by one party are taken: the contract says of itself that it is for tests.
    bool public immutable TEST_NETWORK;
    /// How many epochs are taken, counted back from the latest.
    uint64 public immutable EPOCHS_TAKEN;
    /// EIP-712 domain of what the house states. It names neither chain nor contract: one signed digest is published everywhere, and two
    /// signed digests of one number convict wherever they were shown.
    bytes32 private immutable STATEMENTS;

    struct Epoch {
        uint256 digest;
        uint64 publishedAt;
        uint32 nodeSet;
        bool equivocated;
    }

    /// All but the code is one word.
    struct Key {
        address verifier;
        uint40 from;
        uint32 number;
        uint16 tags; // bit t: proofs of tag t are of this key's circuit
        bool retired;
        bytes32 code;
    }

    /// What nodes sign of a key. Contributors and those of them who signed are what the ceremony's transcript says; 0 where one party made
    /// it.
    struct NewKey {
        uint32 number; // one above the number of keys so far
        address verifier;
        bytes32 code; // EXTCODEHASH of the verifier that the nodes looked at
        bytes32 identity; // SHA-256 of the key record
        uint256 tags;
        uint32 contributors;
        uint32 signed;
    }

    /// What a sender showed last under a scope, one word. A statement of an account has 113 bits: 8 of tag, 7 of candidate, 1 of standing,
    /// 64 of amount, 33 of name.
    struct Acceptance {
        uint120 claim;
        uint64 epoch;
        uint40 shownAt;
        uint32 key;
    }

    /// Who stands with the account behind a nullifier, and since which showing; one word.
    struct Holder {
        address sender;
        uint64 epoch;
        uint32 shownAt; // low bits of the acceptance's time, by which it is told from one that another account replaced it with
    }

    /// What comes with a proof.
    struct Showing {
        bytes32 key; // identity of the key: SHA-256 of its record
        uint256[5] inputs; // seal, challenge, scope, nullifier, statement: what the proof shows
        string purpose; // what the scope must be for
        uint256 nonce; // what the challenge must hold
        uint256 claim; // what is expected, the whole integer
        uint64 oldestEpoch; // the oldest epoch that the caller takes; 0 leaves it to the registry
    }

    mapping(uint64 number => Epoch) public epochs;
    /// The epoch that a seal is of: an epoch digest or a request seal; 0 where unknown.
    mapping(uint256 seal => uint64) public epochOf;
    /// The evaluated root signed for a request root of an epoch.
    mapping(uint64 number => mapping(uint256 requestRoot => uint256)) public evaluatedRoots;
    mapping(bytes32 identity => Key) public keys;
    /// The identity behind the number by which an acceptance names its key.
    mapping(uint32 number => bytes32 identity) public identities;
    mapping(uint256 nullifier => Holder) public holders;
    /// Challenges answered by proofs of the house, which have no nullifier.
    mapping(uint256 challenge => bool) public answered;
    mapping(address sender => mapping(uint256 scope => Acceptance)) public acceptances;

    uint64 public latestEpoch;
    uint32 public keysAdded;
    uint32 public pauses;
    bool public paused;

    event EpochPublished(uint64 indexed number, uint256 digest, uint32 nodeSet);
    event RequestsSealed(uint64 indexed number, uint256 requestRoot, uint256 evaluatedRoot, uint256 seal);
    /// Two signed digests of one epoch, or two signed evaluated roots of one request root: the first stays, and no further proof over it counts.
    event Equivocation(uint64 indexed number, uint256 kept, uint256 refused, uint32 nodeSet);
    event KeyAdded(
        bytes32 indexed key, uint32 indexed number, address verifier, uint256 tags, bool labelledUnsafe, uint256 from
    );
    event KeyRetired(bytes32 indexed key);
    event ProofAccepted(
        address indexed account,
        uint64 indexed epoch,
        bytes32 indexed key,
        uint256 seal,
        uint256 scope,
        uint256 nullifier,
        uint256 claim
    );
    /// An acceptance is gone: its sender gave it up, or the account behind it stands with another sender now.
    event AcceptanceEnded(address indexed account, uint256 indexed scope);
    event Paused(uint32 number);
    event Resumed(uint32 number);

    error DelayTooShort(uint64 delay, uint64 least);
    error DelayTooLong(uint64 delay, uint64 most);
    error NoEpochsTaken();
    error NotAnElement(uint256 place, uint256 value);
    error NotAHash(uint256 value);
    error EpochNumberZero();
    error NotTheSetThatMaySign(uint32 set);
    error Known(uint64 number);
    error SealOfAnotherEpoch(uint64 number);
    error EpochDiffers(uint64 number, uint256 published);
    error KeyKnown(bytes32 key);
    error KeyUnknown(bytes32 key);
    error KeyUnsafe(bytes32 key);
    error KeyDiffers(bytes32 key);
    error NoTagTaken(uint256 tags);
    error TagNotOfKey(uint256 claim, uint256 tags);
    error KeyNotYet(uint256 from);
    error KeyGone(bytes32 key);
    error CodeDiffers(bytes32 found);
    error IsPaused();
    error NotPaused();
    error SealUnknown(uint256 seal);
    error Equivocated(uint64 number);
    error Expired(uint64 epoch, uint64 oldest);
    error ChallengeDiffers(uint256 expected);
    error ScopeDiffers(uint256 expected);
    error ClaimDiffers(uint256 expected);
    error ClaimTooLarge();
    error NotStanding(uint256 claim);
    error NotLater(uint64 epoch, uint64 shown);
    error NothingHeld(uint256 scope);
    error ChallengeAnswered(uint256 challenge);
    error NotAClaimOfTheHouse(uint256 claim);

    /// @param house first 31 bytes of the SHA-256 of the founding document
    /// @param testNetwork whether keys made by one party are taken
    /// @param epochsTaken how many epochs are taken, counted back from the latest; at least 1
    /// @param delay seconds before a new node set or key counts; at least a day unless on a test network
    /// @param threshold signatures that the first node set needs
    /// @param nodes the first node set
    /// @param verifiers contracts of the first keys, in use at once: whoever relies on the registry sees them before anything was accepted
    constructor(
        uint256 house,
        bool testNetwork,
        uint64 epochsTaken,
        uint64 delay,
        uint8 threshold,
        address[] memory nodes,
        address[] memory verifiers
    ) NodeSets(threshold, nodes, delay) {
        if (!testNetwork && delay < DELAY_MIN) revert DelayTooShort(delay, DELAY_MIN);
        if (delay > DELAY_MAX) revert DelayTooLong(delay, DELAY_MAX);
        if (epochsTaken == 0) revert NoEpochsTaken();
        requireHash(house);
        (HOUSE, TEST_NETWORK, EPOCHS_TAKEN) = (house, testNetwork, epochsTaken);
        STATEMENTS = keccak256(
            abi.encode(
                keccak256("EIP712Domain(string name,string version)"), keccak256("Bulwark house"), keccak256("1")
            )
        );
        for (uint256 i = 0; i < verifiers.length; ++i) {
            add(verifiers[i], verifiers[i].codehash, block.timestamp);
        }
    }

    // ---- what the house states ----------------------------------------------------------------------------------

    /// Publishes the digest of an epoch. Any order, also with gaps; one digest a number, ever.
    /// @param set the node set that signed: the one in force, or, against a digest that is published already, the one that signed that
    /// @param signatures over ("EpochStatement", house, number, digest)
    /// @return kept false if another digest of this number stands here already: then both are signed, and the event says so
    function publishEpoch(uint64 number, uint256 digest, uint32 set, bytes calldata signatures)
        external
        returns (bool kept)
    {
        if (number == 0) revert EpochNumberZero();
        requireHash(digest);
        Epoch storage epoch = epochs[number];
        requireStated(
            epoch,
            set,
            keccak256(
                abi.encode(
                    keccak256("EpochStatement(bytes32 house,uint64 number,bytes32 digest)"), HOUSE, number, digest
                )
            ),
            signatures
        );
        if (epoch.digest == 0) {
            takeSeal(digest, number);
            (epoch.digest, epoch.publishedAt, epoch.nodeSet) = (digest, uint64(block.timestamp), set);
            if (number > latestEpoch) latestEpoch = number;
            emit EpochPublished(number, digest, set);
            return true;
        }
        if (epoch.digest == digest) revert Known(number);
        convict(number, epoch.digest, digest, set);
        return false;
    }

    /// Publishes a request seal with the evaluated root that belongs to it: what makes seal-then-challenge proofs of that round countable.
    /// @param digest the published digest of the epoch
    /// @param signatures over ("RequestSeal", house, number, digest, requestRoot, evaluatedRoot, seal)
    /// @return kept false if another evaluated root of this request root stands here already
    function publishRequests(
        uint64 number,
        uint256 digest,
        uint256 requestRoot,
        uint256 evaluatedRoot,
        uint256 seal,
        uint32 set,
        bytes calldata signatures
    ) external returns (bool kept) {
        requireHash(requestRoot);
        requireHash(evaluatedRoot);
        requireHash(seal);
        Epoch storage epoch = epochs[number];
        if (epoch.digest == 0 || epoch.digest != digest) revert EpochDiffers(number, epoch.digest);
        requireStated(
            epoch,
            set,
            keccak256(
                abi.encode(
                    keccak256(
                        "RequestSeal(bytes32 house,uint64 number,bytes32 digest,bytes32 requestRoot,bytes32 evaluatedRoot,bytes32 seal)"
                    ),
                    HOUSE,
                    number,
                    digest,
                    requestRoot,
                    evaluatedRoot,
                    seal
                )
            ),
            signatures
        );
        uint256 published = evaluatedRoots[number][requestRoot];
        if (published == 0) {
            takeSeal(seal, number);
            evaluatedRoots[number][requestRoot] = evaluatedRoot;
            emit RequestsSealed(number, requestRoot, evaluatedRoot, seal);
            return true;
        }
        if (published == evaluatedRoot) revert Known(number);
        convict(number, published, evaluatedRoot, set);
        return false;
    }

    /// A root or digest is below r and, being a hash, not 0, which here means "none".
    function requireHash(uint256 value) private pure {
        if (value == 0 || value >= R) revert NotAHash(value);
    }

    function requireStated(Epoch storage epoch, uint32 set, bytes32 statement, bytes calldata signatures) private view {
        if (set != nodeSet() && (epoch.digest == 0 || set != epoch.nodeSet)) revert NotTheSetThatMaySign(set);
        requireQuorum(set, keccak256(abi.encodePacked(hex"1901", STATEMENTS, statement)), signatures);
    }

    function takeSeal(uint256 seal, uint64 number) private {
        if (epochOf[seal] != 0) revert SealOfAnotherEpoch(epochOf[seal]);
        epochOf[seal] = number;
    }

    function convict(uint64 number, uint256 kept, uint256 refused, uint32 set) private {
        epochs[number].equivocated = true;
        emit Equivocation(number, kept, refused, set);
    }

    // ---- keys ---------------------------------------------------------------------------------------------------

    /// Adds a verifier; proofs under its key count after the delay.
    /// @param signatures over ("AddKey", number, verifier, code, identity, tags, contributors, signed)
    function addKey(NewKey calldata key, bytes calldata signatures) external {
        if (key.number != keysAdded + 1) revert WrongNumber(key.number, keysAdded + 1);
        requireQuorum(
            nodeSet(),
            actDigest(
                keccak256(
                    abi.encode(
                        keccak256(
                            "AddKey(uint32 number,address verifier,bytes32 code,bytes32 identity,uint256 tags,uint32 contributors,uint32 signed)"
                        ),
                        key
                    )
                )
            ),
            signatures
        );
        add(key.verifier, key.code, block.timestamp + DELAY);
        ProofVerifier said = ProofVerifier(key.verifier);
        bool asSaid = said.KEY_IDENTITY() == key.identity && said.KEY_TAGS() == key.tags
            && said.KEY_UNSAFE() == (key.signed < SIGNED_LEAST) && key.signed <= key.contributors;
        if (!asSaid) revert KeyDiffers(key.identity);
    }

    /// Ends the use of a key, at once and for good.
    /// @param signatures over ("RetireKey", key)
    function retireKey(bytes32 key, bytes calldata signatures) external {
        Key storage entry = keys[key];
        if (entry.verifier == address(0)) revert KeyUnknown(key);
        if (entry.retired) revert KeyGone(key);
        requireQuorum(
            nodeSet(), actDigest(keccak256(abi.encode(keccak256("RetireKey(bytes32 key)"), key))), signatures
        );
        entry.retired = true;
        emit KeyRetired(key);
    }

    function add(address verifier, bytes32 code, uint256 from) private {
        if (verifier.code.length == 0 || verifier.codehash != code) revert CodeDiffers(verifier.codehash);
        bytes32 key = ProofVerifier(verifier).KEY_IDENTITY();
        uint256 tags = ProofVerifier(verifier).KEY_TAGS();
        bool labelledUnsafe = ProofVerifier(verifier).KEY_UNSAFE();
        if (labelledUnsafe && !TEST_NETWORK) revert KeyUnsafe(key);
        if (tags & TAGS_TAKEN == 0 || tags > type(uint16).max) revert NoTagTaken(tags);
        if (keys[key].verifier != address(0)) revert KeyKnown(key);
        uint32 number = ++keysAdded;
        keys[key] = Key(verifier, uint40(from), number, uint16(tags), false, code);
        identities[number] = key;
        emit KeyAdded(key, number, verifier, tags, labelledUnsafe, from);
    }

    // ---- proofs -------------------------------------------------------------------------------------------------

    /// Takes a proof of the sender. That the statement is of the key's circuit is compared before all else, then every public input with what
    /// it must be, and only then the proof is checked; each refusal names the input. The proof is bound to the sender, so nobody else can
    /// show it.
    /// @param proof 384 bytes
    /// @return epoch the epoch that the proof is over
    function accept(Showing calldata showing, bytes calldata proof) external returns (uint64 epoch) {
        uint256[5] calldata inputs = showing.inputs;
        Key memory key = requireTag(showing.key, inputs[4]);
        if (paused) revert IsPaused();
        for (uint256 i = 0; i < 5; ++i) requireElement(i, inputs[i]);
        epoch = requireCurrent(inputs[0], showing.oldestEpoch);
        bytes memory self = Conversation.caip10(address(this));
        uint256 expected = Conversation.challenge(self, msg.sender, showing.nonce);
        if (inputs[1] != expected) revert ChallengeDiffers(expected);
        expected = Conversation.scope(self, showing.purpose);
        if (inputs[2] != expected) revert ScopeDiffers(expected);
        if (inputs[4] != showing.claim) revert ClaimDiffers(showing.claim);
        if (inputs[4] >> CLAIM_BITS != 0) revert ClaimTooLarge();
        if (inputs[3] == 0) answerOnce(inputs[1], inputs[4]);
        else hold(inputs, epoch);
        requireUsable(showing.key, key).verifyAtOnce(proof, inputs);
        acceptances[msg.sender][inputs[2]] =
            Acceptance(uint120(inputs[4]), epoch, uint40(block.timestamp), key.number);
        emit ProofAccepted(msg.sender, epoch, showing.key, inputs[0], inputs[2], inputs[3], inputs[4]);
    }

    /// Gives up what the sender showed under a scope. The account can stand with another sender from a later epoch on, as it could without.
    function release(uint256 scope) external {
        if (acceptances[msg.sender][scope].key == 0) revert NothingHeld(scope);
        end(msg.sender, scope);
    }

    /// Whether a sender stands with a statement under a scope: what contracts ask that rely on proofs. Which candidate of the account it is
    /// of, and whom it names, says the claim in `acceptances`.
    /// @param least the least amount m that will do
    /// @param oldest the oldest epoch that will do; 0 leaves it to the registry
    function stands(address account, uint256 scope, uint8 tag, uint64 least, uint64 oldest)
        external
        view
        returns (bool)
    {
        Acceptance memory shown = acceptances[account][scope];
        return shown.key != 0 && uint8(shown.claim) == tag && uint64(shown.claim >> AMOUNT_OFFSET) >= least
            && shown.epoch >= oldest && shown.epoch >= oldestEpoch() && !epochs[shown.epoch].equivocated
            && !keys[identities[shown.key]].retired;
    }

    function requireElement(uint256 place, uint256 value) private pure {
        if (value >= R) revert NotAnElement(place, value);
    }

    function requireCurrent(uint256 seal, uint64 oldestOfCaller) private view returns (uint64 number) {
        number = epochOf[seal];
        if (number == 0) revert SealUnknown(seal);
        if (epochs[number].equivocated) revert Equivocated(number);
        uint64 oldest = oldestEpoch();
        if (oldestOfCaller > oldest) oldest = oldestOfCaller;
        if (number < oldest) revert Expired(number, oldest);
    }

    /// A proof of an owner carries the nullifier that its account has in every epoch, so one account stands with one sender: every showing is
    /// over a later epoch than the one before it, and the one before it ends. It ends only if it still is what that sender stands with:
    /// epoch and time tell it from a showing of another account that has taken its place.
    function hold(uint256[5] calldata inputs, uint64 epoch) private {
        if (inputs[4] & STANDING == 0) revert NotStanding(inputs[4]);
        Holder memory former = holders[inputs[3]];
        if (epoch <= former.epoch) revert NotLater(epoch, former.epoch);
        holders[inputs[3]] = Holder(msg.sender, epoch, uint32(block.timestamp));
        if (former.sender == address(0) || former.sender == msg.sender) return;
        Acceptance memory shown = acceptances[former.sender][inputs[2]];
        if (shown.epoch == former.epoch && uint32(shown.shownAt) == former.shownAt) end(former.sender, inputs[2]);
    }

    /// A proof of the house has no nullifier and must name its account; it is used up by its challenge.
    function answerOnce(uint256 challengeShown, uint256 claim) private {
        uint256 tag = claim & 0xff;
        bool named = claim >> NAME_OFFSET != 0;
        if (!named || claim & STANDING != 0 || (tag != INITIAL_MARGIN && tag != BELOW_MAINTENANCE)) {
            revert NotAClaimOfTheHouse(claim);
        }
        if (answered[challengeShown]) revert ChallengeAnswered(challengeShown);
        answered[challengeShown] = true;
    }

    function end(address account, uint256 scope) private {
        delete acceptances[account][scope];
        emit AcceptanceEnded(account, scope);
    }

    /// A proof says by its tag of which circuit it is; a key of another circuit would take it for something that it does not say.
    function requireTag(bytes32 identity, uint256 claim) private view returns (Key memory key) {
        key = keys[identity];
        if (key.verifier == address(0)) revert KeyUnknown(identity);
        if (key.tags & TAGS_TAKEN & (1 << (claim & 0xff)) == 0) revert TagNotOfKey(claim, key.tags);
    }

    function requireUsable(bytes32 identity, Key memory key) private view returns (ProofVerifier) {
        if (key.retired) revert KeyGone(identity);
        if (block.timestamp < key.from) revert KeyNotYet(key.from);
        if (key.verifier.codehash != key.code) revert CodeDiffers(key.verifier.codehash);
        return ProofVerifier(key.verifier);
    }

    /// The oldest epoch that is taken now.
    function oldestEpoch() public view returns (uint64) {
        return latestEpoch < EPOCHS_TAKEN ? 1 : latestEpoch - EPOCHS_TAKEN + 1;
    }

    /// The scope that a proof for this purpose must show.
    function scopeOf(string calldata purpose) external view returns (uint256) {
        return Conversation.scope(Conversation.caip10(address(this)), purpose);
    }

    /// The challenge that a proof of this sender must show.
    function challengeOf(address sender, uint256 nonce) external view returns (uint256) {
        return Conversation.challenge(Conversation.caip10(address(this)), sender, nonce);
    }

    // ---- pause --------------------------------------------------------------------------------------------------

    /// Stops acceptance of proofs. One node is enough: it can only cost time.
    /// @param signature of one node in force over ("Pause", number), number one above the pauses so far
    function pause(bytes calldata signature) external {
        if (paused) revert IsPaused();
        uint32 number = pauses + 1;
        requireSigners(
            nodeSet(), actDigest(keccak256(abi.encode(keccak256("Pause(uint32 number)"), number))), signature, 1
        );
        (pauses, paused) = (number, true);
        emit Paused(number);
    }

    /// Ends a pause.
    /// @param signatures of a quorum over ("Resume", number), number that of the pause
    function resume(bytes calldata signatures) external {
        if (!paused) revert NotPaused();
        requireQuorum(
            nodeSet(), actDigest(keccak256(abi.encode(keccak256("Resume(uint32 number)"), pauses))), signatures
        );
        paused = false;
        emit Resumed(pauses);
    }
}
