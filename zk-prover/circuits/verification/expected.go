package verification

import (
	"encoding/hex"
	"slices"

	"bulwark.io/circuits/plain/canonical"
	"bulwark.io/circuits/refusal"
)

// ExpectedText is an expectation as people and pages write it: JSON, bytes in lower-case hexadecimal, challenge and scope as the texts that
// they are computed of. What is left out is not known.
type ExpectedText struct {
	House     string         `json:"house,omitempty"`
	Now       int64          `json:"now,omitempty"`    // ms
	Stated    bool           `json:"stated,omitempty"` // now is a date that was named, and no clock
	MaxAge    int64          `json:"maxAge,omitempty"` // ms
	Oldest    int64          `json:"oldestEpoch,omitempty"`
	LeastList int64          `json:"leastList,omitempty"`
	Challenge []string       `json:"challenge,omitempty"` // verifier, beneficiary, nonce
	Scope     []string       `json:"scope,omitempty"`     // verifier, purpose
	Statement *StatementText `json:"statement,omitempty"`
	Once      int64          `json:"once,omitempty"`
	Requests  *RequestsText  `json:"requests,omitempty"`
	Test      bool           `json:"test,omitempty"`
	Compiled  []string       `json:"compiled,omitempty"`
	Facts     []FactText     `json:"facts,omitempty"`
	Margins   *MarginsText   `json:"margins,omitempty"`
	Holdings  int64          `json:"holdings,omitempty"`
}

// StatementText is a statement by its fields.
type StatementText struct {
	Tag      int64 `json:"tag"`
	Choice   int64 `json:"choice"`
	Standing bool  `json:"standing"`
	Amount   int64 `json:"amount"`
	Name     int64 `json:"name"`
}

// RequestsText is a request seal with signatures.
type RequestsText struct {
	Epoch         string          `json:"epoch"`
	RequestRoot   string          `json:"requestRoot"`
	EvaluatedRoot string          `json:"evaluatedRoot"`
	Checked       bool            `json:"checked"`
	Signatures    []signatureFile `json:"signatures"`
}

// SignatureText is one signature.
type SignatureText = signatureFile

// FactText is what was checked beside the proof.
type FactText struct {
	Pin   string `json:"pin"`
	State string `json:"state"`
	Words string `json:"words,omitempty"`
}

// MarginsText says of how many accounts the margins are proved.
type MarginsText struct {
	Proved         int64 `json:"proved"`
	Accounts       int64 `json:"accounts"`
	SignedIsEnough bool  `json:"signedIsEnough"`
}

// ParseExpectedText reads the JSON of an expectation.
func ParseExpectedText(content []byte) (Expectation, error) {
	var text ExpectedText
	if len(content) > ExpectationBytesMax || strictJSON(content, &text) != nil {
		return Expectation{}, refusal.New(refusal.Form, "BAD_EXPECTATION", "expectation")
	}
	encoded, err := text.Encode()
	if err != nil {
		return Expectation{}, err
	}
	return ParseExpectation(encoded)
}

// Encode is the same in the canonical encoding.
func (e ExpectedText) Encode() ([]byte, error) {
	var fault error
	unhex := func(text, where string) []byte {
		content, err := hex.DecodeString(text)
		if err != nil && fault == nil {
			fault = refusal.New(refusal.Form, "BAD_EXPECTATION", "expectation.%s", where)
		}
		return content
	}
	texts := func(list []string) []any {
		items := []any{}
		for _, item := range list {
			items = append(items, item)
		}
		return items
	}
	statement, requests, compiled, facts, margins := []any{}, []any{}, []any{}, []any{}, []any{int64(0), int64(0), int64(0)}
	if s := e.Statement; s != nil {
		statement = []any{s.Tag, s.Choice, bit(s.Standing), s.Amount, s.Name}
	}
	if r := e.Requests; r != nil {
		signatures := []any{}
		for _, s := range r.Signatures {
			signatures = append(signatures, []any{unhex(s.Signer, "requests.signer"), unhex(s.Signature, "requests.signature")})
		}
		requests = []any{unhex(r.Epoch, "requests.epoch"), unhex(r.RequestRoot, "requests.requestRoot"), unhex(r.EvaluatedRoot, "requests.evaluatedRoot"),
			bit(r.Checked), signatures}
	}
	for _, digest := range e.Compiled {
		compiled = append(compiled, unhex(digest, "compiled"))
	}
	for _, f := range e.Facts {
		state := slices.Index(stateWords[:], f.State)
		if state < 0 && fault == nil {
			fault = refusal.New(refusal.Form, "BAD_EXPECTATION", "expectation.facts")
		}
		facts = append(facts, []any{f.Pin, int64(state), f.Words})
	}
	if m := e.Margins; m != nil {
		margins = []any{m.Proved, m.Accounts, bit(m.SignedIsEnough)}
	}
	house := unhex(e.House, "house")
	if fault != nil {
		return nil, fault
	}
	return canonical.Encode([]any{"bulwark-expectation", int64(1), house, []any{e.Now, bit(e.Stated), e.MaxAge, e.Oldest}, e.LeastList,
		texts(e.Challenge), texts(e.Scope), statement, e.Once, requests, bit(e.Test), compiled, facts, margins, e.Holdings}), nil
}

func bit(set bool) int64 {
	if set {
		return 1
	}
	return 0
}
