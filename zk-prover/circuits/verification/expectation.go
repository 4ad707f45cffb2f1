package verification

import (
	"crypto/ed25519"
	"crypto/sha256"
	"math"
	"time"

	"github.com/consensys/gnark-crypto/ecc/bn254/fr"

	"bulwark.io/circuits/plain/canonical"
	"bulwark.io/circuits/plain/publicinput"
	"bulwark.io/circuits/refusal"
)

// ExpectationBytesMax bounds an expectation.
const ExpectationBytesMax = 1 << 20

// MaxAge is the age that the newest epoch of a house file may have where a verifier names none.
const MaxAge = 48 * time.Hour

// Expectation is what a verifier knows for himself, never from the file that is judged. What he leaves out is a pin that is missing.
type Expectation struct {
	House     *fr.Element // identity of the house
	Clock     time.Time   // zero: none
	Stated    bool        // the clock is a date that the verifier named, for recorded houses: it is printed
	MaxAge    time.Duration
	Oldest    int64 // number of the oldest epoch that is taken; 0: the newest of the house file alone
	LeastList int64 // number of the newest key list that the verifier has seen; an older one is refused
	Challenge *fr.Element
	Scope     *fr.Element
	Statement *fr.Element
	Once      Once
	Requests  *SealedRequests
	Test      bool                // take keys made on one machine, of a house founded with such
	Compiled  [][sha256.Size]byte // KeyRecord.Compiled of circuits that the verifier compiled himself
	Facts     []Fact
	Margins   Margins
	Holdings  int64 // u: what holdings with evidence reach, for "covers"
}

// Once is what the verifier's file of nullifiers says of this one.
type Once int64

// What a verifier knows of a nullifier.
const (
	OnceNotAsked Once = iota
	OnceUnknown       // asked for, and no file of nullifiers is at hand
	OnceFresh         // not seen, or seen as the answer to this challenge
	OnceSpent         // seen as the answer to another
)

// SealedRequests is the request seal that a proof stands under.
type SealedRequests struct {
	Epoch, RequestRoot, EvaluatedRoot fr.Element
	Checked                           bool // the verifier computed the rows himself from the table that the epoch seals
	Signatures                        []Signature
}

// Signature is one member's.
type Signature struct {
	Signer    [ed25519.PublicKeySize]byte
	Signature []byte
}

// Fact is what the verifier checked beside the proof, by the pin that it gives.
type Fact struct {
	Pin   string
	State State
	Words string
}

// Margins says of how many accounts tag 6 was verified with the proof.
type Margins struct {
	Proved, Accounts int64
	SignedIsEnough   bool // the verifier takes the signers' replay for it
}

// ParseExpectation reads an expectation.
func ParseExpectation(encoded []byte) (e Expectation, err error) {
	if len(encoded) > ExpectationBytesMax {
		return e, refusal.New(refusal.Request, "WRONG_LENGTH", "expectation")
	}
	root, document := canonical.Decode(encoded, refusal.Request, "expectation")
	if document.Fault() != nil {
		return e, document.Fault()
	}
	f := root.Schema("bulwark-expectation", 1, "house", "clock", "leastList", "challenge", "scope", "statement", "once", "requests", "test", "compiled",
		"facts", "margins", "holdings")
	if document.Fault() != nil {
		return e, document.Fault()
	}
	if house := f[0]; len(house.Bytes()) > 0 {
		element := house.Element()
		e.House = &element
	}
	clock := f[1].Tuple("now", "stated", "maxAge", "oldest")
	if now := clock[0].Int(0, math.MaxInt64); now > 0 {
		e.Clock = time.UnixMilli(now)
	}
	e.Stated, e.Oldest, e.MaxAge = clock[1].Bit(), clock[3].Int(0, math.MaxInt64), MaxAge
	if age := clock[2].Int(0, int64(math.MaxInt64/time.Millisecond)); age > 0 {
		e.MaxAge = time.Duration(age) * time.Millisecond
	}
	e.LeastList = f[2].Int(0, math.MaxInt64)
	e.Challenge = readTexts(f[3], "bulwark-challenge", 3)
	e.Scope = readTexts(f[4], "bulwark-scope", 2)
	e.Statement = readStatementWanted(f[5])
	e.Once = Once(f[6].Int(int64(OnceNotAsked), int64(OnceSpent)))
	e.Requests = readSealedRequests(f[7])
	e.Test = f[8].Bit()
	for _, item := range f[9].Items() {
		e.Compiled = append(e.Compiled, item.Digest())
	}
	for _, item := range f[10].Items() {
		fact := item.Tuple("pin", "state", "words")
		e.Facts = append(e.Facts, Fact{Pin: fact[0].Text(), State: State(fact[1].Int(int64(Missing), int64(Wrong))), Words: fact[2].Text()})
	}
	margins := f[11].Tuple("proved", "accounts", "signedIsEnough")
	e.Margins = Margins{Proved: margins[0].Int(0, math.MaxUint32), Accounts: margins[1].Int(0, math.MaxUint32), SignedIsEnough: margins[2].Bit()}
	e.Holdings = f[12].Int(0, math.MaxInt64)
	return e, document.Fault()
}

// readTexts is a half field: nothing, its 32 bytes, or the texts that it is computed from.
func readTexts(value canonical.Value, domain string, texts int) *fr.Element {
	items := value.Items()
	switch len(items) {
	case 0:
		return nil
	case 1:
		element := items[0].Element()
		if !publicinput.FitsHalfField(element) {
			items[0].Refuse("OUT_OF_RANGE")
		}
		return &element
	case texts:
		content := []any{domain}
		for _, item := range items {
			content = append(content, item.Text())
		}
		if value.Fault() != nil {
			return nil
		}
		digest := sha256.Sum256(canonical.Encode(content))
		return new(fr.Element).SetBytes(digest[:sha256.Size-1])
	default:
		value.Refuse("WRONG_LENGTH")
		return nil
	}
}

func readStatementWanted(value canonical.Value) *fr.Element {
	switch items := value.Items(); len(items) {
	case 0:
		return nil
	case 1:
		element := items[0].Element()
		return &element
	default:
		s := value.Tuple("tag", "choice", "standing", "amount", "name")
		statement := publicinput.Statement{Tag: s[0].Int(0, math.MaxUint8), Choice: s[1].Int(0, 1<<publicinput.StatementChoiceBits-1), Standing: s[2].Bit(),
			Amount: s[3].Int(0, math.MaxInt64), Name: s[4].Int(0, nameMax)}
		if value.Fault() != nil {
			return nil
		}
		element := statement.Element()
		return &element
	}
}

func readSealedRequests(value canonical.Value) *SealedRequests {
	if len(value.Items()) == 0 {
		return nil
	}
	f := value.Tuple("epoch", "requestRoot", "evaluatedRoot", "checked", "signatures")
	requests := &SealedRequests{Epoch: f[0].Element(), RequestRoot: f[1].Element(), EvaluatedRoot: f[2].Element(), Checked: f[3].Bit()}
	for _, item := range f[4].Items() {
		s := item.Tuple("signer", "signature")
		requests.Signatures = append(requests.Signatures, Signature{Signer: s[0].Digest(), Signature: s[1].Bytes()})
	}
	if len(requests.Signatures) > membersMax {
		f[4].Refuse("LIMIT_EXCEEDED")
	}
	return requests
}

// seal is the request seal, H_4(12; …).
func (s SealedRequests) seal() fr.Element {
	return publicinput.RequestSealOf(s.Epoch, s.RequestRoot, s.EvaluatedRoot)
}

// signed says whether a quorum of the house signed the seal over one of its epochs.
func (s SealedRequests) signed(house *House, epoch SignedEpoch) bool {
	encode := func(element fr.Element) []byte { encoded := element.Bytes(); return encoded[:] }
	statement := canonical.Encode([]any{"bulwark-request-seal", int64(1), house.identityBytes(), epoch.Document.Number, encode(s.Epoch),
		encode(s.RequestRoot), encode(s.EvaluatedRoot)})
	signers := map[[ed25519.PublicKeySize]byte]bool{}
	quorum := house.quorum(epoch.Document.Number)
	for _, signature := range s.Signatures {
		if quorum.has(signature.Signer[:]) && len(signature.Signature) == ed25519.SignatureSize &&
			ed25519.Verify(signature.Signer[:], statement, signature.Signature) {
			signers[signature.Signer] = true
		}
	}
	return len(signers) >= quorum.threshold
}
