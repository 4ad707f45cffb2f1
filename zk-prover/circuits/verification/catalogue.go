package verification

import (
	"math/big"

	"github.com/consensys/gnark-crypto/ecc/bn254/fr"

	"bulwark.io/circuits/plain/publicinput"
	"bulwark.io/circuits/refusal"
)

// Names of the circuits that a verifier takes. The rehearsal circuit is not among them: no verifier takes its keys or its tag.
const (
	accountCircuit   = "account"
	callCircuit      = "call"
	batchCircuit     = "book-batch"
	sumCircuit       = "book-sum"
	topCircuit       = "book-top"
	fundCircuit      = "fund"
	contagionCircuit = "contagion"
)

// Where fields stand in the shape of account and call.
const (
	shapeVenues  = 3
	shapeOpening = 5
	shapeBuffer  = 7
)

// Tags are the tags of the statements that proofs under a key can make. They follow from circuit and shape by this table alone, never from
// the file that is checked; empty where no verifier takes the circuit.
func (r KeyRecord) Tags() []int64 {
	switch r.Circuit {
	case accountCircuit:
		tags := []int64{publicinput.TagExcessOverInitial, publicinput.TagExcessOverMaintenance, publicinput.TagInitialMarginEquals}
		if r.opensTariff() {
			tags = []int64{publicinput.TagExcessOverBuffer}
		}
		if len(r.Shape) > shapeOpening && r.Shape[shapeOpening] != "compact" && r.Shape[shapeVenues] == int64(0) {
			tags = append(tags, publicinput.TagMarginSealed)
		}
		return tags
	case callCircuit:
		return []int64{publicinput.TagBelowMaintenance}
	case batchCircuit:
		return []int64{publicinput.TagBookBatch}
	case sumCircuit:
		return []int64{publicinput.TagBookSum}
	case topCircuit:
		return []int64{publicinput.TagBookTop}
	case fundCircuit:
		return []int64{publicinput.TagFund}
	case contagionCircuit:
		return []int64{publicinput.TagContagion}
	default:
		return nil
	}
}

// opensTariff says whether a shape of the account circuit has sizes of a tariff: one over venues without a tariff has none in their place.
func (r KeyRecord) opensTariff() bool {
	if len(r.Shape) <= shapeBuffer {
		return false
	}
	sizes, list := r.Shape[shapeBuffer].([]any)
	return !list || len(sizes) > 0
}

// sealedRequests says whether proofs under a key stand under a request seal: losses are committed to before the table is opened.
func (r KeyRecord) sealedRequests() bool {
	ofAccount := r.Circuit == accountCircuit || r.Circuit == callCircuit
	return ofAccount && len(r.Shape) > shapeOpening && r.Shape[shapeOpening] != "direct"
}

// Most of each field, by tag. Fields that are not here are 0.
const (
	coverNumber  = 2
	heightMax    = 15
	indexBits    = 28
	accountsBits = 32
	nameMax      = int64(1) << 32
	scenariosMax = 255
	groupsMax    = 64
)

// span is the range of a field, both ends included.
type span struct{ least, most int64 }

// rule is what the fields of a statement may be under one tag, and which public inputs it uses beside the seal.
type rule struct {
	choice, amount, name                     span
	standing, challenge, scope, nullifier    bool
	unnamedOnlyByOwner, standingOnlyByOwners bool
}

var (
	zero       = span{}
	anyAmount  = span{0, 1<<publicinput.StatementAmountBits - 1}
	anyName    = span{0, nameMax}
	someName   = span{1, nameMax}
	candidates = span{0, publicinput.Candidates - 1}
)

var rules = map[int64]rule{
	publicinput.TagExcessOverInitial:     {choice: candidates, amount: anyAmount, name: anyName, standing: true, challenge: true, scope: true, nullifier: true},
	publicinput.TagExcessOverMaintenance: {choice: candidates, amount: anyAmount, name: anyName, standing: true, challenge: true, scope: true, nullifier: true},
	publicinput.TagInitialMarginEquals: {amount: anyAmount, name: anyName, standing: true, challenge: true, scope: true, nullifier: true,
		unnamedOnlyByOwner: true, standingOnlyByOwners: true},
	publicinput.TagBelowMaintenance: {name: someName, challenge: true, scope: true},
	publicinput.TagExcessOverBuffer: {choice: candidates, amount: anyAmount, name: anyName, standing: true, challenge: true, scope: true, nullifier: true},
	publicinput.TagMarginSealed:     {name: someName},
	publicinput.TagBookBatch:        {choice: span{1, heightMax}, amount: span{0, 1<<indexBits - 1}, nullifier: true},
	publicinput.TagBookSum:          {choice: span{1, heightMax}, amount: span{0, 1<<indexBits - 1}, nullifier: true},
	publicinput.TagBookTop:          {amount: anyAmount, name: span{0, 1<<accountsBits - 1}, nullifier: true},
	publicinput.TagFund:             {choice: span{coverNumber, coverNumber}, amount: anyAmount, name: span{1, scenariosMax}},
	publicinput.TagContagion:        {choice: span{1, groupsMax}, name: span{1, scenariosMax}, nullifier: true},
}

// Statement is what a proof under a key says, once every field is in the range of its tag, the tag is one of the key's, and public inputs
// that the tag does not use are 0.
func (r KeyRecord) Statement(public [publicinput.Count]fr.Element) (publicinput.Statement, error) {
	statement, ok := readStatement(public[publicinput.StatementInput])
	if !ok {
		return statement, refusal.New(refusal.Proof, "OUT_OF_RANGE", "statement")
	}
	known := false
	for _, tag := range r.Tags() {
		known = known || tag == statement.Tag
	}
	if !known {
		return statement, refusal.New(refusal.Proof, "TAG_NOT_OF_KEY", "statement.tag")
	}
	limits := rules[statement.Tag]
	byHouse := public[publicinput.NullifierInput].IsZero()
	for _, check := range []struct {
		where string
		holds bool
	}{
		{"statement.choice", limits.choice.holds(statement.Choice)},
		{"statement.amount", limits.amount.holds(statement.Amount)},
		{"statement.name", limits.name.holds(statement.Name)},
		{"statement.standing", limits.standing || !statement.Standing},
		{"statement.standing", !(limits.standingOnlyByOwners && byHouse && statement.Standing)},
		{"statement.name", !(limits.unnamedOnlyByOwner && byHouse && statement.Name == 0)},
		{"challenge", limits.challenge || public[publicinput.ChallengeInput].IsZero()},
		{"scope", limits.scope || public[publicinput.ScopeInput].IsZero()},
		{"nullifier", limits.nullifier || byHouse},
	} {
		if !check.holds {
			return statement, refusal.New(refusal.Proof, "OUT_OF_RANGE", "%s", check.where)
		}
	}
	return statement, nil
}

func (s span) holds(value int64) bool { return s.least <= value && value <= s.most }

// readStatement takes the integer apart; false where it is none that any circuit shows.
func readStatement(element fr.Element) (publicinput.Statement, bool) {
	packed := element.BigInt(new(big.Int))
	field := func(offset, bits uint) int64 {
		part := new(big.Int).Rsh(packed, offset)
		return part.And(part, new(big.Int).SetUint64(1<<bits-1)).Int64()
	}
	statement := publicinput.Statement{Tag: field(0, publicinput.StatementTagBits), Choice: field(publicinput.StatementChoiceOffset, publicinput.StatementChoiceBits),
		Standing: field(publicinput.StatementStandingOffset, 1) == 1, Amount: field(publicinput.StatementAmountOffset, publicinput.StatementAmountBits),
		Name: field(publicinput.StatementNameOffset, publicinput.StatementNameBits)}
	again := statement.Element()
	return statement, again.Equal(&element)
}
