package verification

import (
	"crypto/sha256"
	"fmt"
	"slices"
	"time"

	"github.com/consensys/gnark-crypto/ecc/bn254/fr"

	"bulwark.io/circuits/plain/publicinput"
	"bulwark.io/circuits/refusal"
)

// Outcome is what a judgement comes to.
type Outcome string

// The outcomes.
const (
	Trusted    Outcome = "trusted"    // it holds and every pin of its tag is given and fits
	Unanchored Outcome = "unanchored" // it holds, nothing given differs, and at least one pin is missing
	Refused    Outcome = "refused"    // it does not hold, or something given differs
)

// State is what is known of a pin.
type State int64

// The states.
const (
	Missing State = iota
	Given
	Wrong
)

// String is the state's word.
func (s State) String() string { return stateWords[s] }

var stateWords = [...]string{"missing", "given", "wrong"}

// The pins.
const (
	PinHouse      = "house"
	PinEpoch      = "epoch"
	PinKey        = "key"
	PinChallenge  = "challenge"
	PinScope      = "scope"
	PinStatement  = "statement"
	PinRows       = "rows"
	PinOnce       = "once"
	PinTable      = "table"
	PinVaultTable = "vault table"
	PinTariff     = "table and tariff"
	PinHoldings   = "holdings"
	PinMargins    = "margins"
)

// without says what the absence of a pin lets somebody do.
var without = map[string]string{
	PinHouse:      "whoever wrote the house file chose the quorum",
	PinEpoch:      "it may be an epoch of its own for one owner, or an old one",
	PinKey:        "it may be of any circuit and any maker",
	PinChallenge:  "it may be copied from another conversation",
	PinScope:      "it may be made for another verifier",
	PinStatement:  "it may make another claim than the one asked for",
	PinRows:       "the evaluated rows may be made up",
	PinOnce:       "the same account may be shown twice",
	PinTable:      "instruments and assets may have other names and terms than the house publishes",
	PinVaultTable: "the scenarios may be made up",
	PinTariff:     "the terms may not be those of table and tariff",
	PinHoldings:   "what is held is said, not shown",
	PinMargins:    "margins may be other than the formula's",
}

// Pin is one thing that a proof must be tied to, and how it stands.
type Pin struct {
	Name  string
	State State
	Words string // of a missing pin, what its absence lets somebody do; of a wrong one, what differs
}

// Judgement is what everybody prints of a proof.
type Judgement struct {
	Outcome   Outcome
	TestKeys  bool // keys of one machine were taken, for a house founded with such
	Sentence  string
	Reason    string // of a refusal
	Pins      []Pin
	Origin    string // of the key, in words
	Circuit   string
	Key       [sha256.Size]byte
	Public    [publicinput.Count]fr.Element
	Statement publicinput.Statement
	Epoch     int64  // 0: not known
	AsOf      string // the date that the verifier named in place of his clock; empty where the clock counted
}

// First are the first words of an answer.
func (j Judgement) First() string {
	switch {
	case j.Outcome == Refused:
		return "REFUSED"
	case j.Outcome == Unanchored:
		return "NOT ANCHORED"
	case j.TestKeys:
		return "TRUSTED (test keys)"
	default:
		return "TRUSTED"
	}
}

// Judge is the one judge of proofs that stand alone: forms, identities, statement, system, key list and origin, in this order, then the
// pairing, then the pins. An error is a fault of what was handed in, which says nothing of the proof.
func Judge(proofFile []byte, keyFiles [][]byte, houseFile []byte, expected Expectation) (Judgement, error) {
	proof, err := ParseProofFile(proofFile)
	if err != nil {
		return Judgement{}, err
	}
	judgement := Judgement{Key: proof.Key, Public: proof.Public}
	if len(keyFiles) == 0 {
		return judgement, refusal.New(refusal.Form, "KEY_MISSING", "key")
	}
	key, fault, err := findKey(keyFiles, proof.Key)
	if err != nil {
		return judgement, err
	}
	if fault != "" {
		return judgement.refused(fault), nil
	}
	judgement.Origin, judgement.Circuit = key.Record.Origin.String(), key.Record.Circuit
	statement, err := key.Record.Statement(proof.Public)
	if err != nil {
		return judgement.refused(statementFault(key.Record, statement, err)), nil
	}
	judgement.Statement = statement
	anchors, err := NewAnchors(houseFile, expected)
	if err != nil {
		return judgement, err
	}
	anchored := anchors.Of(key.Record, proof.Public[publicinput.SealInput])
	judgement.Pins, judgement.Epoch, judgement.TestKeys = anchored.Pins, anchored.Epoch.Document.Number, anchored.TestKeys
	if wrong := firstWrong(judgement.Pins); wrong != "" {
		return judgement.refused(wrong), nil
	}
	if err := Verify(key.Vk, proof.Proof, proof.publicBytes()); err != nil {
		return judgement.refused("the proof does not hold under this key: " + refusal.Of(err).Code), nil
	}
	return judgement.pinned(proof, key.Record, statement, anchors, anchored), nil
}

// pinned compares what the verifier knows beside house, epoch and key, and draws the outcome.
func (j Judgement) pinned(proof ProofFile, record KeyRecord, statement publicinput.Statement, anchors *Anchors, anchored Anchored) Judgement {
	e := anchors.expected
	byHouse := proof.Public[publicinput.NullifierInput].IsZero()
	add := func(name string, pin Pin) { pin.Name = name; j.Pins = append(j.Pins, pin) }
	compared := func(name string, want *fr.Element, have fr.Element) {
		switch {
		case want == nil:
			add(name, Pin{State: Missing, Words: without[name]})
		case !want.Equal(&have):
			add(name, Pin{State: Wrong, Words: fmt.Sprintf("%s must be %x; the proof shows %x", name, want.Bytes(), have.Bytes())})
		default:
			add(name, Pin{State: Given})
		}
	}
	asked := rules[statement.Tag].challenge
	for _, input := range []struct {
		name   string
		pinned bool // what is not is compared all the same where the verifier gave it: 0 answers nobody
		want   *fr.Element
		place  int
	}{
		{PinChallenge, asked, e.Challenge, publicinput.ChallengeInput},
		{PinScope, asked && !byHouse, e.Scope, publicinput.ScopeInput},
		{PinStatement, asked || statement.Tag == publicinput.TagMarginSealed, e.Statement, publicinput.StatementInput},
	} {
		if input.pinned || input.want != nil {
			compared(input.name, input.want, proof.Public[input.place])
		}
	}
	if record.sealedRequests() {
		add(PinRows, anchored.rows)
	}
	if e.Once != OnceNotAsked && !byHouse {
		add(PinOnce, once(e.Once))
	}
	for _, name := range factPins[statement.Tag] {
		add(name, fact(e.Facts, name))
	}
	if statement.Tag == publicinput.TagFund {
		add(PinHoldings, holdings(e, statement.Amount))
	}
	if statement.Tag == publicinput.TagFund || statement.Tag == publicinput.TagContagion {
		add(PinMargins, margins(e, anchored))
	}
	if wrong := firstWrong(j.Pins); wrong != "" {
		return j.refused(wrong)
	}
	j.Outcome = Trusted
	for _, pin := range j.Pins {
		if pin.State == Missing {
			j.Outcome = Unanchored
		}
	}
	if e.Stated {
		j.AsOf = e.Clock.UTC().Format(time.RFC3339)
	}
	j.TestKeys = j.TestKeys && j.Outcome == Trusted
	j.Sentence = sentence(statement, byHouse, e, anchored)
	return j
}

// factPins are the pins of a tag that the verifier checks beside the proof.
var factPins = map[int64][]string{
	publicinput.TagBookBatch: {PinTable, PinHoldings},
	publicinput.TagBookSum:   {PinTable, PinHoldings},
	publicinput.TagBookTop:   {PinTable, PinHoldings},
	publicinput.TagFund:      {PinVaultTable},
	publicinput.TagContagion: {PinTariff},
}

func (j Judgement) refused(reason string) Judgement {
	j.Outcome, j.Reason, j.TestKeys = Refused, reason, false
	return j
}

func firstWrong(pins []Pin) string {
	for _, pin := range pins {
		if pin.State == Wrong {
			return pin.Words
		}
	}
	return ""
}

// findKey finds the key file that the proof names. A file that is none is an error; files of other keys only, or a file whose key is not
// that of its record, a refusal.
func findKey(files [][]byte, identity [sha256.Size]byte) (found KeyFile, fault string, err error) {
	for _, content := range files {
		key, err := ParseKeyFile(content)
		if err != nil {
			if refusal.Of(err).Code == "KEY_DIGEST_DIFFERS" {
				fault = "the verifying key is not the one that its record names"
				continue
			}
			return found, "", err
		}
		if key.Record.Identity() == identity {
			return key, "", nil
		}
	}
	if fault == "" {
		fault = fmt.Sprintf("the proof is for key %x; that is not a key given here", identity)
	}
	return found, fault, nil
}

func statementFault(record KeyRecord, statement publicinput.Statement, err error) string {
	fault := refusal.Of(err)
	switch {
	case len(record.Tags()) == 0:
		return fmt.Sprintf("no proof of circuit %q says anything: no verifier takes its keys", record.Circuit)
	case fault.Code == "TAG_NOT_OF_KEY":
		return fmt.Sprintf("the statement has tag %d, which circuit %s in the key's shape does not show", statement.Tag, record.Circuit)
	default:
		return fmt.Sprintf("%s is out of the range of tag %d", fault.Where, statement.Tag)
	}
}

func once(known Once) Pin {
	switch known {
	case OnceFresh:
		return Pin{State: Given}
	case OnceSpent:
		return Pin{State: Wrong, Words: "the nullifier answered another challenge: this account has been shown before"}
	default:
		return Pin{State: Missing, Words: without[PinOnce]}
	}
}

// fact is what the verifier checked himself; what he says nothing of is missing.
func fact(facts []Fact, name string) Pin {
	for _, fact := range facts {
		if fact.Pin == name {
			pin := Pin{State: fact.State, Words: fact.Words}
			if pin.State == Missing && pin.Words == "" {
				pin.Words = without[name]
			}
			if pin.State == Wrong && pin.Words == "" {
				pin.Words = name + " differs"
			}
			return pin
		}
	}
	return Pin{State: Missing, Words: without[name]}
}

// Anchors are what house file and expectation say of any proof: house, epoch and key.
type Anchors struct {
	expected Expectation
	house    *House
	untrue   string // what the house file says that does not hold
}

// NewAnchors reads a house file, which may be empty. An error is a file that is none; one that says what does not hold is refused by every
// proof that is held against it.
func NewAnchors(houseFile []byte, expected Expectation) (*Anchors, error) {
	anchors := &Anchors{expected: expected}
	if len(houseFile) == 0 {
		return anchors, nil
	}
	house, err := ParseHouse(houseFile)
	if fault := refusal.Of(err); err != nil && fault.Class == refusal.Form {
		return nil, err
	} else if err != nil {
		anchors.untrue = fmt.Sprintf("the house file does not hold: %s at %s", fault.Code, fault.Where)
	}
	anchors.house = house
	return anchors, nil
}

// Anchored is a proof held against them.
type Anchored struct {
	Pins     []Pin // house, epoch, key
	Epoch    SignedEpoch
	House    *House // nil: no house file
	TestKeys bool

	rows Pin
}

// Of holds a key and a seal against house, epoch and key: whether the house is the pinned one, the epoch behind the seal a signed and young
// one, the key one of the house's for that epoch, of a circuit that this release compiled, made as the founding document asks.
func (a *Anchors) Of(record KeyRecord, seal fr.Element) Anchored {
	anchored := Anchored{House: a.house}
	house := a.housePin()
	if house.State == Wrong {
		anchored.Pins = []Pin{house}
		return anchored
	}
	epoch := a.epochPin(&anchored, record, seal)
	key := a.keyPin(&anchored, record)
	anchored.Pins = []Pin{house, epoch, key}
	return anchored
}

func (a *Anchors) housePin() Pin {
	switch {
	case a.untrue != "":
		return Pin{Name: PinHouse, State: Wrong, Words: a.untrue}
	case a.expected.House == nil:
		return Pin{Name: PinHouse, State: Missing, Words: without[PinHouse]}
	case a.house != nil && !a.house.Identity.Equal(a.expected.House):
		return Pin{Name: PinHouse, State: Wrong, Words: fmt.Sprintf("house must be %x; the house file is of %x", a.expected.House.Bytes(), a.house.Identity.Bytes())}
	default:
		return Pin{Name: PinHouse, State: Given}
	}
}

// clockSkew is what the clocks of house and verifier may differ by.
const clockSkew = 10 * time.Minute

// epochPin finds the signed epoch behind a seal, and with it whether rows under a request seal are those of its table.
func (a *Anchors) epochPin(anchored *Anchored, record KeyRecord, seal fr.Element) Pin {
	pin := func(state State, words string, arguments ...any) Pin {
		return Pin{Name: PinEpoch, State: state, Words: fmt.Sprintf(words, arguments...)}
	}
	anchored.rows = Pin{State: Missing, Words: without[PinRows]}
	e, digest, requests := a.expected, seal, a.expected.Requests
	if record.sealedRequests() {
		if requests == nil {
			return pin(Missing, "no request seal is given that leads to an epoch: %s", without[PinEpoch])
		}
		if of := requests.seal(); !of.Equal(&seal) {
			return pin(Wrong, "the proof stands under seal %x; the sealed requests are of %x", seal.Bytes(), of.Bytes())
		}
		digest = requests.Epoch
	}
	if a.house == nil {
		return pin(Missing, "%s", without[PinEpoch])
	}
	epoch, known := a.house.epoch(digest)
	if !known {
		return pin(Wrong, "the seal is of no epoch among the %d of the house file", len(a.house.Epochs))
	}
	anchored.Epoch = epoch
	if requests != nil && (requests.Checked || requests.signed(a.house, epoch)) {
		anchored.rows = Pin{State: Given}
	}
	number, newest := epoch.Document.Number, a.house.newest()
	switch age := e.Clock.Sub(time.UnixMilli(newest.TimeMs)); {
	case e.Oldest > 0 && number < e.Oldest:
		return pin(Wrong, "epoch %d is older than %d, the oldest that is taken", number, e.Oldest)
	case e.Clock.IsZero():
		return pin(Missing, "no clock says how old the newest epoch is: %s", without[PinEpoch])
	case age > e.MaxAge:
		return pin(Missing, "the newest epoch of the house file is more than %d hours old: %s", int64(e.MaxAge.Hours()), without[PinEpoch])
	case age < -clockSkew:
		return pin(Missing, "the newest epoch of the house file is later than the clock: %s", without[PinEpoch])
	case e.Oldest == 0 && number < newest.Document.Number:
		return pin(Missing, "epoch %d is not the newest, %d, and no oldest is named that is taken: %s", number, newest.Document.Number, without[PinEpoch])
	default:
		return pin(Given, "")
	}
}

// keyPin is checks (4) to (6). Without a pinned house they can only be missing; with one, what fails refuses.
func (a *Anchors) keyPin(anchored *Anchored, record KeyRecord) Pin {
	pin := func(state State, words string, arguments ...any) Pin {
		return Pin{Name: PinKey, State: state, Words: fmt.Sprintf(words, arguments...)}
	}
	failed := Wrong
	if a.expected.House == nil {
		failed = Missing
	}
	e, identity := a.expected, record.Identity()
	compiled := compiledHere(record, a.house == nil || a.house.Test) || slices.Contains(e.Compiled, record.Compiled())
	switch {
	case !compiled && compiledOtherwise(record):
		return pin(Wrong, "the key's record names another compiled circuit than %s in its shape is", record.Circuit)
	case a.house == nil:
		return pin(Missing, "%s", without[PinKey])
	case a.house.List != nil && a.house.List.Number < e.LeastList:
		return pin(failed, "key list %d is older than %d, which was seen", a.house.List.Number, e.LeastList)
	case e.Test && !a.house.Test:
		return pin(failed, "test keys are taken for a house founded with them; this one is founded with keys of ceremonies")
	case a.house.List == nil:
		return pin(Missing, "the house file lists no keys: %s", without[PinKey])
	}
	listed, serves := a.house.List.lists(identity, anchored.Epoch.Document.Number)
	switch {
	case !listed:
		return pin(failed, "the key is not in list %d of the house", a.house.List.Number)
	case !serves && anchored.Epoch.Document.Number > 0:
		return pin(failed, "the key does not serve epoch %d by list %d of the house", anchored.Epoch.Document.Number, a.house.List.Number)
	case !a.house.Test && (!record.Origin.Safe() || record.Origin.Signed < a.house.Signed):
		return pin(failed, "the house is founded with keys of at least %d signed contributors; this one is %s", a.house.Signed, record.Origin)
	case a.house.Test && !e.Test:
		return pin(Missing, "the house is founded with test keys, and this one is %s", record.Origin)
	case !compiled:
		return pin(Missing, "this release has not compiled the key's circuit: bulwark proof keys check compiles it")
	default:
		anchored.TestKeys = a.house.Test
		return pin(Given, "")
	}
}
