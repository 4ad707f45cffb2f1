package verification

import (
	"github.com/consensys/gnark-crypto/ecc/bn254/fr"

	"bulwark.io/circuits/plain/publicinput"
	"bulwark.io/circuits/refusal"
)

// Parts are proofs under several keys that say one thing together, as the layers of a book do.
type Parts struct {
	Records []KeyRecord                   // of every key; the last is that of the statement
	Public  [publicinput.Count]fr.Element // of the proof that makes the statement
	Holds   func() error                  // checks every proof
	Found   []Fact                        // what the check itself gives
}

// JudgeTogether is Judge for parts: each key must be one of the house's for the epoch, and one that is not makes the whole what it alone
// would be.
func JudgeTogether(parts Parts, houseFile []byte, expected Expectation) (Judgement, error) {
	last := parts.Records[len(parts.Records)-1]
	judgement := Judgement{Key: last.Identity(), Public: parts.Public, Circuit: last.Circuit, Origin: leastSafe(parts.Records)}
	statement, err := last.Statement(parts.Public)
	if err != nil {
		return judgement.refused(statementFault(last, statement, err)), nil
	}
	judgement.Statement = statement
	anchors, err := NewAnchors(houseFile, expected)
	if err != nil {
		return judgement, err
	}
	var anchored Anchored
	for i, record := range parts.Records {
		one := anchors.Of(record, parts.Public[publicinput.SealInput])
		if i == 0 {
			anchored = one
			continue
		}
		anchored.Pins, anchored.TestKeys = worse(anchored.Pins, one.Pins), anchored.TestKeys && one.TestKeys
	}
	judgement.Pins, judgement.Epoch, judgement.TestKeys = anchored.Pins, anchored.Epoch.Document.Number, anchored.TestKeys
	if wrong := firstWrong(judgement.Pins); wrong != "" {
		return judgement.refused(wrong), nil
	}
	if err := parts.Holds(); err != nil {
		fault := refusal.Of(err)
		return judgement.refused("it does not hold under these keys: " + fault.Code + " at " + fault.Where), nil
	}
	expected.Facts = append(parts.Found, expected.Facts...)
	anchors.expected.Facts = expected.Facts
	return judgement.concluded(statement, anchors, anchored), nil
}

// concluded adds what the verifier checked beside the proofs.
func (j Judgement) concluded(statement publicinput.Statement, anchors *Anchors, anchored Anchored) Judgement {
	return j.pinned(ProofFile{Public: j.Public}, KeyRecord{Circuit: j.Circuit}, statement, anchors, anchored)
}

// worse takes of each pin the state that is further from given.
func worse(pins, others []Pin) []Pin {
	merged := append([]Pin{}, pins...)
	for i, other := range others {
		if i >= len(merged) {
			return merged
		}
		if rank(other.State) > rank(merged[i].State) {
			merged[i] = other
		}
	}
	return merged
}

func rank(state State) int { return map[State]int{Given: 0, Missing: 1, Wrong: 2}[state] }

// leastSafe is the origin of the first key that nobody vouches for, else of the last.
func leastSafe(records []KeyRecord) string {
	for _, record := range records {
		if !record.Origin.Safe() {
			return record.Origin.String()
		}
	}
	return records[len(records)-1].Origin.String()
}
