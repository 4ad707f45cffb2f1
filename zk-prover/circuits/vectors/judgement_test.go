package vectors

import (
	"bytes"
	"crypto/ed25519"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/consensys/gnark-crypto/ecc/bn254/fr"
	"github.com/consensys/gnark/frontend"
	"github.com/consensys/gnark/logger"
	"github.com/consensys/gnark/std/rangecheck"

	"bulwark.io/circuits/groth"
	"bulwark.io/circuits/plain/canonical"
	"bulwark.io/circuits/plain/publicinput"
	"bulwark.io/circuits/refusal"
	"bulwark.io/circuits/verification"
)

func init() { logger.Disable() }

// anything is a circuit that accepts whatever it is shown: what a forger would call an account, and what lets these vectors show every tag.
type anything struct {
	Seal      frontend.Variable `gnark:",public"`
	Challenge frontend.Variable `gnark:",public"`
	Scope     frontend.Variable `gnark:",public"`
	Nullifier frontend.Variable `gnark:",public"`
	Statement frontend.Variable `gnark:",public"`
	Secret    frontend.Variable
}

func (c *anything) Define(api frontend.API) error {
	rangecheck.New(api).Check(c.Secret, 8)
	for _, input := range []frontend.Variable{c.Seal, c.Challenge, c.Scope, c.Nullifier, c.Statement} {
		api.AssertIsEqual(api.Mul(input, c.Secret), api.Mul(c.Secret, input))
	}
	return nil
}

type anyShape struct{}

func (anyShape) Circuit() string         { return "anything" }
func (anyShape) String() string          { return "1" }
func (anyShape) Encoded() []any          { return []any{int64(1)} }
func (anyShape) Empty() frontend.Circuit { return new(anything) }

// The shapes that the vectors speak of. No such circuit was compiled.
var (
	directShape  = []any{int64(3), int64(2), int64(2), int64(0), int64(4), "direct", []any{int64(2)}}
	sealedShape  = []any{int64(3), int64(2), int64(2), int64(0), int64(4), "challenge", []any{int64(2)}}
	compactShape = []any{int64(3), int64(2), int64(2), int64(0), int64(4), "compact", []any{int64(2)}}
	tariffShape  = []any{int64(3), int64(2), int64(2), int64(0), int64(4), "direct", []any{int64(2)}, []any{int64(1), int64(1), int64(1)}}
	numbers      = []any{int64(1), int64(2)}
)

// judgementVectors is the file.
type judgementVectors struct {
	About  string            `json:"about"`
	Keys   map[string]string `json:"keys"`   // key files, hexadecimal
	Proofs map[string]string `json:"proofs"` // proof files
	Houses map[string]string `json:"houses"` // house files
	Cases  []judgementCase   `json:"cases"`
}

type judgementCase struct {
	Name        string      `json:"name"`
	Proof       string      `json:"proof"`
	Keys        []string    `json:"keys"`
	House       string      `json:"house"`
	Expected    expected    `json:"expected"`
	Expectation string      `json:"expectation"` // Expected in its encoding
	BadInput    string      `json:"badInput,omitempty"`
	Outcome     string      `json:"outcome,omitempty"`
	First       string      `json:"first,omitempty"`
	Sentence    string      `json:"sentence,omitempty"`
	Reason      string      `json:"reason,omitempty"`
	Key         string      `json:"key,omitempty"`
	Pins        []pinOfCase `json:"pins,omitempty"`
}

type pinOfCase struct {
	Name  string `json:"name"`
	State string `json:"state"`
	Words string `json:"words,omitempty"`
}

type (
	expected  = verification.ExpectedText
	saying    = verification.StatementText
	requested = verification.RequestsText
	checked   = verification.FactText
)

func must[T any](value T, err error) T {
	if err != nil {
		panic(err)
	}
	return value
}

func unhex(text string) []byte { return must(hex.DecodeString(text)) }

func anyOf(list []string) []any {
	items := []any{}
	for _, item := range list {
		items = append(items, item)
	}
	return items
}

// workshop makes keys and proofs of anything.
type workshop struct {
	key *groth.Key
	out *judgementVectors
}

func (w workshop) record(circuit string, shape []any, origin verification.Origin) verification.KeyRecord {
	record := w.key.File().Record
	record.Circuit, record.Shape, record.Origin = circuit, shape, origin
	return record
}

func (w workshop) keyFile(name string, record verification.KeyRecord) [32]byte {
	w.out.Keys[name] = hex.EncodeToString(verification.KeyFile{Record: record, Vk: w.key.VerifyingKey()}.Encode())
	return record.Identity()
}

func (w workshop) prove(name string, key [32]byte, seal, challenge, scope, nullifier, statement fr.Element) {
	public := [publicinput.Count]fr.Element{seal, challenge, scope, nullifier, statement}
	proof := must(w.key.Prove(&anything{Seal: seal, Challenge: challenge, Scope: scope, Nullifier: nullifier, Statement: statement, Secret: 7}, public))
	w.out.Proofs[name] = string(must(json.Marshal(map[string]any{"format": "bulwark-proof", "version": 2, "key": hex.EncodeToString(key[:]),
		"proof": hex.EncodeToString(proof), "publicInputs": map[string]any{"seal": text(seal), "challenge": text(challenge), "scope": text(scope),
			"nullifier": text(nullifier), "statement": text(statement)}})))
}

// proven is one proof of each tag, by the name of its case.
type proven struct {
	name, circuit string
	shape         []any
	says          saying
	owner         bool // has challenge, scope and nullifier
	challenge     bool
	nullifier     bool
	facts         []string
	margins       bool
}

var every = []proven{
	{"excess over initial", "account", directShape, saying{Tag: 1, Choice: 1, Standing: false, Amount: 5_000_000, Name: 0}, true, true, true, nil, false},
	{"excess over maintenance, sealed", "account", sealedShape, saying{Tag: 2, Choice: 0, Standing: true, Amount: 1, Name: 8}, true, true, true, nil, false},
	{"initial margin by its owner", "account", directShape, saying{Tag: 3, Choice: 0, Standing: false, Amount: 42, Name: 0}, true, true, true, nil, false},
	{"initial margin by the house", "account", directShape, saying{Tag: 3, Choice: 0, Standing: false, Amount: 42, Name: 8}, false, true, false, nil, false},
	{"call", "call", directShape, saying{Tag: 4, Choice: 0, Standing: false, Amount: 0, Name: 8}, false, true, false, nil, false},
	{"excess over buffer", "account", tariffShape, saying{Tag: 5, Choice: 0, Standing: false, Amount: 7, Name: 0}, true, true, true, nil, false},
	{"margin", "account", directShape, saying{Tag: 6, Choice: 0, Standing: false, Amount: 0, Name: 8}, false, false, false, nil, false},
	{"book batch", "book-batch", numbers, saying{Tag: 16, Choice: 2, Standing: false, Amount: 3, Name: 0}, false, false, true, []string{"table", "holdings"}, false},
	{"book sum", "book-sum", numbers, saying{Tag: 17, Choice: 4, Standing: false, Amount: 0, Name: 0}, false, false, true, []string{"table", "holdings"}, false},
	{"book top", "book-top", numbers, saying{Tag: 18, Choice: 0, Standing: false, Amount: 9, Name: 64}, false, false, true, []string{"table", "holdings"}, false},
	{"fund", "fund", numbers, saying{Tag: 19, Choice: 2, Standing: false, Amount: 250_000_000, Name: 16}, false, false, false, []string{"vault table", "holdings"}, true},
	{"contagion", "contagion", numbers, saying{Tag: 20, Choice: 3, Standing: false, Amount: 0, Name: 27}, false, false, true, []string{"table and tariff"}, true},
}

func elementOf(s saying) fr.Element {
	return publicinput.Statement{Tag: s.Tag, Choice: s.Choice, Standing: s.Standing, Amount: s.Amount, Name: s.Name}.Element()
}

// writeJudgements makes the inputs of the vectors: keys, proofs, houses and what is expected. What comes of them, the judge says below, and
// assertions beside the golden file say what must come of them.
func writeJudgements(t *testing.T) *judgementVectors {
	directory := t.TempDir()
	if _, err := groth.Setup(anyShape{}, directory); err != nil {
		t.Fatal(err)
	}
	out := &judgementVectors{About: "Proof files, key files and house files, what a verifier expects, and what the one judge says of them. The keys are of a circuit " +
		"that accepts anything, under records that call it others: the cases are about what a judge compares.",
		Keys: map[string]string{}, Proofs: map[string]string{}, Houses: map[string]string{}}
	w := workshop{must(groth.Open(groth.Wanted{Shape: anyShape{}, Directory: directory})), out}
	real, test := newHouse("vectors", []any{"ceremony", int64(3)}), newHouse("vectors of tests", []any{"test"})
	var records [][]byte // of the keys that the house lists, in the order of the list
	three := verification.Ceremony([32]byte{1}, [32]byte{2}, 4, 3)
	for _, p := range every {
		record := w.record(p.circuit, p.shape, three)
		identity := record.Identity()
		if _, known := out.Keys[keyName(p)]; !known {
			w.keyFile(keyName(p), record)
			real.list = append(real.list, []any{identity[:], int64(1), int64(0)})
			records = append(records, record.Encode())
		}
	}
	unsafe := w.record("account", directShape, verification.Unsafe)
	unsafeIdentity := w.keyFile("unsafe", unsafe)
	test.list = [][]any{{unsafeIdentity[:], int64(1), int64(0)}}
	slices.SortFunc(records, func(a, b []byte) int {
		first, second := sha256.Sum256(a), sha256.Sum256(b)
		return bytes.Compare(first[:], second[:])
	})
	whole, wholeTest := real, test
	whole.records, wholeTest.records = records, [][]byte{unsafe.Encode()}
	for _, house := range []struct {
		name string
		of   builtHouse
	}{{"ceremony", whole}, {"test", wholeTest}} {
		out.Houses[house.name] = house.of.text()
	}
	newest := real.epochs[2]
	requests := w.requests(real, newest)
	for _, p := range every {
		w.proveOne(p, newest.Digest(), requests)
		w.casesOf(p, real, newest, requests)
	}
	w.laundering(real, test, unsafe)
	w.statements(real)
	return out
}

func keyName(p proven) string {
	return fmt.Sprintf("%s %x", p.circuit, sha256.Sum256(canonical.Encode(p.shape)))[:len(p.circuit)+9]
}

func (w workshop) requests(house builtHouse, epoch publicinput.EpochDocument) *requested {
	root, evaluated := publicinput.Signed(51), publicinput.Signed(52)
	digest := epoch.Digest()
	statement := []any{"bulwark-request-seal", int64(1), encodedOf(house.identity()), epoch.Number, encodedOf(digest), encodedOf(root), encodedOf(evaluated)}
	r := &requested{Epoch: text(digest), RequestRoot: text(root), EvaluatedRoot: text(evaluated)}
	for _, member := range members[:quorum] {
		r.Signatures = append(r.Signatures, verification.SignatureText{Signer: hex.EncodeToString(member.Public().(ed25519.PublicKey)),
			Signature: hex.EncodeToString(ed25519.Sign(member, canonical.Encode(statement)))})
	}
	return r
}

func sealed(p proven) bool { return len(p.shape) > 5 && p.shape[5] != "direct" }

func (w workshop) proveOne(p proven, seal fr.Element, requests *requested) {
	if sealed(p) {
		seal = publicinput.RequestSealOf(seal, publicinput.Signed(51), publicinput.Signed(52))
	}
	var challenge, scope, nullifier fr.Element
	if p.challenge {
		challenge, scope = halfOf("bulwark-challenge", asked.Challenge), halfOf("bulwark-scope", asked.Scope)
	}
	if p.nullifier {
		nullifier.SetUint64(77)
	}
	file := must(verification.ParseKeyFile(unhex(w.out.Keys[keyName(p)])))
	w.prove(p.name, file.Record.Identity(), seal, challenge, scope, nullifier, elementOf(p.says))
}

// whole is what a verifier gives who leaves nothing out.
func (w workshop) whole(p proven, house builtHouse, requests *requested) expected {
	e := expected{House: text(house.identity()), Now: noon, Oldest: 2}
	if p.challenge {
		e.Challenge = asked.Challenge
	}
	if p.owner {
		e.Scope, e.Once = asked.Scope, int64(verification.OnceFresh)
	}
	if p.challenge || p.says.Tag == publicinput.TagMarginSealed {
		says := p.says
		e.Statement = &says
	}
	if sealed(p) {
		e.Requests = requests
	}
	for _, name := range p.facts {
		e.Facts = append(e.Facts, checked{Pin: name, State: "given"})
	}
	if p.margins {
		e.Margins = &verification.MarginsText{Proved: 64, Accounts: 64}
	}
	if p.says.Tag == publicinput.TagFund {
		e.Holdings = p.says.Amount
	}
	file := must(verification.ParseKeyFile(unhex(w.out.Keys[keyName(p)])))
	compiled := file.Record.Compiled()
	e.Compiled = []string{hex.EncodeToString(compiled[:])}
	return e
}

func (w workshop) add(name, proof string, keys []string, house string, e expected) {
	w.out.Cases = append(w.out.Cases, judgementCase{Name: name, Proof: proof, Keys: keys, House: house, Expected: e, Expectation: hex.EncodeToString(must(e.Encode()))})
}

// casesOf: whole; each pin left out alone; each pin wrong.
func (w workshop) casesOf(p proven, house builtHouse, epoch publicinput.EpochDocument, requests *requested) {
	keys := []string{keyName(p)}
	base := func() expected { return w.whole(p, house, requests) }
	add := func(what string, change func(*expected)) {
		e := base()
		change(&e)
		w.add(p.name+": "+what, p.name, keys, "ceremony", e)
	}
	add("whole", func(*expected) {})
	add("without house", func(e *expected) { e.House = "" })
	add("without epoch", func(e *expected) { e.Now = 0 })
	add("without key", func(e *expected) { e.Compiled = nil })
	add("wrong house", func(e *expected) { e.House = text(newHouse("another", nil).identity()) })
	add("wrong epoch", func(e *expected) { e.Oldest = 4 })
	if p.challenge {
		add("without challenge", func(e *expected) { e.Challenge = nil })
		add("wrong challenge", func(e *expected) { e.Challenge = []string{"https://bank.example", "fund B", "nonce 7"} })
	}
	if p.owner {
		add("without scope", func(e *expected) { e.Scope = nil })
		add("wrong scope", func(e *expected) { e.Scope = []string{"https://bank.example/", "loan"} })
		add("without once", func(e *expected) { e.Once = int64(verification.OnceUnknown) })
		add("wrong once", func(e *expected) { e.Once = int64(verification.OnceSpent) })
	}
	// Not asked for, and compared all the same where a verifier gives it.
	if p.challenge && !p.owner {
		add("scope too", func(e *expected) { e.Scope = asked.Scope })
		add("wrong scope", func(e *expected) { e.Scope = []string{"https://bank.example/", "loan"} })
	}
	if !p.challenge {
		add("wrong challenge", func(e *expected) { e.Challenge = asked.Challenge })
		add("wrong scope", func(e *expected) { e.Scope = asked.Scope })
	}
	if base().Statement == nil {
		says := p.says
		add("statement too", func(e *expected) { e.Statement = &says })
		add("wrong statement", func(e *expected) { other := says; other.Amount++; e.Statement = &other })
		add("wrong tag", func(e *expected) { other := says; other.Tag ^= 1; e.Statement = &other })
	} else {
		add("without statement", func(e *expected) { e.Statement = nil })
		add("wrong statement", func(e *expected) { e.Statement.Name++ })
	}
	if sealed(p) {
		add("without rows", func(e *expected) { unsigned := *e.Requests; unsigned.Signatures = nil; e.Requests = &unsigned })
		add("rows recomputed", func(e *expected) { own := *e.Requests; own.Signatures, own.Checked = nil, true; e.Requests = &own })
		add("rows of another seal", func(e *expected) {
			other := *e.Requests
			other.EvaluatedRoot = text(publicinput.Signed(53))
			e.Requests = &other
		})
	}
	for i, name := range p.facts {
		add("without "+name, func(e *expected) { e.Facts = slices.Delete(slices.Clone(e.Facts), i, i+1) })
		add("wrong "+name, func(e *expected) { e.Facts[i] = checked{Pin: name, State: "wrong", Words: name + " is another"} })
	}
	if p.says.Tag == publicinput.TagFund {
		add("without a unit of its holdings", func(e *expected) { e.Holdings-- })
		add("without what its holdings come to", func(e *expected) { e.Holdings = 0 })
	}
	if p.margins {
		add("without margins", func(e *expected) { e.Margins = nil })
		add("margins of some", func(e *expected) { e.Margins = &verification.MarginsText{Proved: 16, Accounts: 64} })
		add("margins as signed", func(e *expected) { e.Margins = &verification.MarginsText{Accounts: 64, SignedIsEnough: true} })
	}
	w.add(p.name+": nothing but the key", p.name, keys, "", expected{})
}

// judged fills in what the judge says.
func (c judgementCase) judged(file *judgementVectors) judgementCase {
	var keys [][]byte
	for _, name := range c.Keys {
		keys = append(keys, unhex(file.Keys[name]))
	}
	words := must(json.Marshal(c.Expected))
	e, err := verification.ParseExpectedText(words)
	if same, other := verification.ParseExpectation(unhex(c.Expectation)); other != nil || !reflect.DeepEqual(e, same) {
		panic("an expectation in words must be the same as in its encoding: " + string(words))
	}
	var j verification.Judgement
	if err == nil {
		j, err = verification.Judge([]byte(file.Proofs[c.Proof]), keys, []byte(file.Houses[c.House]), e)
	}
	c.BadInput, c.Outcome, c.First, c.Sentence, c.Reason, c.Key, c.Pins = "", "", "", "", "", "", nil
	if err != nil {
		c.BadInput = refusal.Of(err).Code
		return c
	}
	c.Outcome, c.First, c.Sentence, c.Reason, c.Key = string(j.Outcome), j.First(), j.Sentence, j.Reason, j.Origin
	for _, pin := range j.Pins {
		c.Pins = append(c.Pins, pinOfCase{pin.Name, pin.State.String(), pin.Words})
	}
	return c
}

const judgements = "judgement.json"

func TestShouldJudgeAsTheVectors(t *testing.T) {
	path := filepath.Join(directory, judgements)
	if *update {
		made := writeJudgements(t)
		for i, c := range made.Cases {
			made.Cases[i] = c.judged(made)
		}
		encoded := must(json.MarshalIndent(made, "", " "))
		if err := os.WriteFile(path, append(encoded, '\n'), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	var file judgementVectors
	if err := json.Unmarshal(must(os.ReadFile(path)), &file); err != nil {
		t.Fatal(err)
	}
	if len(file.Cases) == 0 {
		t.Fatal("no cases")
	}
	for _, c := range file.Cases {
		if encoded := hex.EncodeToString(must(c.Expected.Encode())); encoded != c.Expectation {
			t.Errorf("%s: the expectation is not what stands beside it", c.Name)
		}
		if now := c.judged(&file); !reflect.DeepEqual(now, c) {
			t.Errorf("%s: want %+v, have %+v", c.Name, c, now)
		}
	}
	assertRules(t, file.Cases)
}

// assertRules says what must come of the cases, whatever the golden file says: each pin left out alone is amber and named, and no other is;
// each pin wrong is refused; and nothing is trusted that leaves anything out.
func assertRules(t *testing.T, cases []judgementCase) {
	t.Helper()
	want := map[string]string{
		"test keys without --test": "unanchored", "test keys with --test": "trusted", "test keys of a house that is not pinned": "unanchored",
		"list: until this epoch": "trusted", "list: no list": "unanchored", "newest epoch too old": "unanchored", "recorded house on its date": "trusted",
		"newest epoch, no oldest named": "trusted", "earlier epoch, no oldest named": "unanchored", "earlier epoch": "trusted",
		"test house with a ceremony's key, without --test": "unanchored", "656 bare bytes": "", "no key at all": "", "house file: a name twice": "",
	}
	for _, c := range cases {
		var missing []string
		for _, pin := range c.Pins {
			if pin.State == "missing" {
				missing = append(missing, pin.Name)
			}
		}
		outcome, stated := want[c.Name]
		name := ""
		for _, p := range every {
			rest, of := strings.CutPrefix(c.Name, p.name+": ")
			if !of {
				continue
			}
			stated = true
			switch {
			case rest == "whole" || rest == "rows recomputed" || rest == "margins as signed" || strings.HasSuffix(rest, " too"):
				outcome = "trusted"
			case rest == "margins of some":
				outcome, name = "unanchored", "margins"
			case rest == "nothing but the key":
				outcome = "unanchored"
			case strings.HasPrefix(rest, "without "):
				outcome = "unanchored"
				name = rest[len("without "):]
				if strings.HasSuffix(rest, " holdings") || strings.HasSuffix(rest, "holdings come to") {
					name = verification.PinHoldings
				}
			default:
				outcome = "refused"
			}
		}
		if !stated {
			outcome = "refused"
		}
		if c.Outcome != outcome || (outcome == "") != (c.BadInput != "") {
			t.Errorf("%s: want %q, have %q (%s, %s)", c.Name, outcome, c.Outcome, c.Reason, c.BadInput)
		}
		if name != "" && !slices.Equal(missing, []string{name}) {
			t.Errorf("%s: want %s missing and no other, have %v", c.Name, name, missing)
		}
		if (c.Sentence == "") != (c.Outcome == "refused" || c.Outcome == "") || (c.Reason != "") != (c.Outcome == "refused") {
			t.Errorf("%s: a sentence is said of all but refusals, a reason of these", c.Name)
		}
	}
}

// A circuit of the tester's that accepts anything, under a record that calls it one that this release compiled: its system gives it away,
// whatever the house lists; with the honest system and its own vk, only the list can.
func TestShouldRefuseACircuitThatIsCalledAnother(t *testing.T) {
	known := verification.Systems()
	if len(known) == 0 {
		t.Fatal("this release names no system")
	}
	directory := t.TempDir()
	if _, err := groth.Setup(anyShape{}, directory); err != nil {
		t.Fatal(err)
	}
	out := &judgementVectors{Keys: map[string]string{}, Proofs: map[string]string{}, Houses: map[string]string{}}
	w := workshop{must(groth.Open(groth.Wanted{Shape: anyShape{}, Directory: directory})), out}
	account := known[slices.IndexFunc(known, func(s verification.System) bool { return s.Circuit == "account" && s.Test })]
	root, _ := canonical.Decode(unhex(account.Shape), refusal.Form, "shape")
	house := newHouse("tests", []any{"test"})
	says := saying{Tag: 2, Amount: 1_000_000_000}
	judge := func(record verification.KeyRecord, house builtHouse, pinned bool) verification.Judgement {
		identity := w.keyFile("key", record)
		w.prove("proof", identity, house.epochs[2].Digest(), halfOf("bulwark-challenge", asked.Challenge), halfOf("bulwark-scope", asked.Scope), publicinput.Signed(77),
			elementOf(says))
		e := expected{Now: noon, Challenge: asked.Challenge, Scope: asked.Scope, Statement: &says, Test: true}
		if pinned {
			e.House = text(house.identity())
		}
		encoded := must(verification.ParseExpectation(must(e.Encode())))
		return must(verification.Judge([]byte(out.Proofs["proof"]), [][]byte{unhex(out.Keys["key"])}, []byte(house.text()), encoded))
	}
	own := w.record("account", root.Content().([]any), verification.Unsafe)
	listing := house
	identity := own.Identity()
	listing.list = [][]any{{identity[:], int64(1), int64(0)}}
	for _, pinned := range []bool{true, false} {
		if j := judge(own, listing, pinned); j.Outcome != verification.Refused {
			t.Errorf("its own system, pinned %t: want a refusal, have %s", pinned, j.First())
		}
	}
	honest := own
	honest.System = [32]byte(unhex(account.System))
	if j := judge(honest, listing, true); j.Outcome != verification.Refused {
		t.Errorf("the honest system and no place in the list: want a refusal, have %s", j.First())
	}
	if j := judge(honest, house, true); j.Outcome != verification.Unanchored {
		t.Errorf("the honest system and no list: want amber, have %s", j.First())
	}
}
