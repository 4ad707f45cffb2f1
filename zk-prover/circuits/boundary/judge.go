package boundary

import (
	"bulwark.io/circuits/groth"
	"bulwark.io/circuits/plain/canonical"
	"bulwark.io/circuits/verification"
)

func init() {
	functions["judge"] = function{[]string{"proof", "keys", "house", "expectation"}, judge}
	functions["key-check"] = function{[]string{"key"}, checkKey}
}

// judge holds a proof file against key files, a house file and what the verifier expects.
func judge(arguments []canonical.Value) (any, error) {
	proof, house := bytesOf(arguments[0], requestBytesMax), bytesOf(arguments[2], verification.HouseBytesMax)
	encoded := bytesOf(arguments[3], verification.ExpectationBytesMax)
	var keys [][]byte
	for _, item := range arguments[1].Items() {
		keys = append(keys, bytesOf(item, requestBytesMax))
	}
	if err := arguments[0].Fault(); err != nil {
		return nil, err
	}
	expected, err := verification.ParseExpectation(encoded)
	if err != nil {
		return nil, err
	}
	judgement, err := verification.Judge(proof, keys, house, expected)
	if err != nil {
		return nil, err
	}
	return judged(judgement), nil
}

// judged is a judgement as an answer.
func judged(j verification.Judgement) []any {
	pins := make([]any, len(j.Pins))
	for i, pin := range j.Pins {
		pins[i] = []any{pin.Name, pin.State.String(), pin.Words}
	}
	s := j.Statement
	standing := int64(0)
	if s.Standing {
		standing = 1
	}
	return []any{string(j.Outcome), j.First(), j.Sentence, j.Reason, pins, j.Origin, j.Circuit, j.Key[:], shown(j.Public),
		[]any{s.Tag, s.Choice, standing, s.Amount, s.Name}, j.Epoch, j.AsOf}
}

// checkKey compiles the circuit of a key's record and compares what it comes to: then the record says of which circuit the key's ceremony or
// set-up was, as far as anybody can tell. The answer is what a verifier notes of it.
func checkKey(arguments []canonical.Value) (any, error) {
	content, err := document(arguments[0], requestBytesMax)
	if err != nil {
		return nil, err
	}
	key, err := verification.ParseKeyFile(content)
	if err != nil {
		return nil, err
	}
	compiled, err := groth.CheckRecord(catalogue, key.Record)
	if err != nil {
		return nil, err
	}
	return compiled[:], nil
}
