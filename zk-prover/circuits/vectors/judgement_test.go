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
	"sort"
	"testing"
	"time"

	"github.com/consensys/gnark-crypto/ecc/bn254/fr"
	"github.com/consensys/gnark/frontend"
	"github.com/consensys/gnark/logger"
	"github.com/consensys/gnark/std/rangecheck"

	"bulwark.io/circuits/canonical"
	"bulwark.io/circuits/groth"
	"bulwark.io/circuits/publicinput"
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

// The houses of the vectors.
var members = func() (keys []ed25519.PrivateKey) {
	for i := range 3 {
		seed := sha256.Sum256(fmt.Appendf(nil, "member %d of a house of vectors", i))
		keys = append(keys, ed25519.NewKeyFromSeed(seed[:]))
	}
	return keys
}()

const quorum = 2

// builtHouse is a house file in the making.
type builtHouse struct {
	network  string
	keys     any // of the founding document
	list     [][]any
	number   int64
	previous int
	epochs   []publicinput.EpochDocument
	times    []int64
	signers  int
	records  [][]byte
}

func (h builtHouse) identity() (element fr.Element) {
	document := []any{"bulwark-founding", int64(1), h.network, int64(quorum), h.publicKeys()}
	if h.keys != nil {
		document[1] = int64(2)
		document = append(document, h.keys)
	}
	digest := sha256.Sum256(canonical.Encode(document))
	element.SetBytes(digest[:31])
	return element
}

func (h builtHouse) publicKeys() (keys []any) {
	for _, member := range members {
		keys = append(keys, []byte(member.Public().(ed25519.PublicKey)))
	}
	return keys
}

func (h builtHouse) sign(statement []any) (signatures []any) {
	for _, member := range members[:h.signers] {
		signatures = append(signatures, map[string]any{"signer": hex.EncodeToString(member.Public().(ed25519.PublicKey)),
			"signature": hex.EncodeToString(ed25519.Sign(member, canonical.Encode(statement)))})
	}
	return signatures
}

func encodedOf(element fr.Element) []byte { encoded := element.Bytes(); return encoded[:] }

func (h builtHouse) keyList() []byte {
	entries := []any{}
	for _, entry := range h.list {
		entries = append(entries, entry)
	}
	sort.Slice(entries, func(i, j int) bool {
		return bytes.Compare(entries[i].([]any)[0].([]byte), entries[j].([]any)[0].([]byte)) < 0
	})
	previous := make([]byte, 32)
	previous[0] = byte(h.previous)
	return canonical.Encode([]any{"bulwark-key-list", int64(1), encodedOf(h.identity()), h.number, previous, entries})
}

// file is the house file, whose parts a test may change before it is written.
func (h builtHouse) file() map[string]any {
	identity := encodedOf(h.identity())
	founding := map[string]any{"network": h.network, "threshold": quorum}
	var listed []any
	for _, key := range h.publicKeys() {
		listed = append(listed, map[string]any{"key": hex.EncodeToString(key.([]byte))})
	}
	founding["quorum"] = listed
	if rule, ok := h.keys.([]any); ok {
		if rule[0] == "test" {
			founding["keys"] = map[string]any{"origin": "test"}
		} else {
			founding["keys"] = map[string]any{"origin": "ceremony", "signed": rule[1]}
		}
	}
	statements := []any{}
	if len(h.list) > 0 {
		list := h.keyList()
		digest := sha256.Sum256(list)
		statement := []any{"bulwark-house-statement", int64(1), identity, h.number, "keys", digest[:]}
		statements = append(statements, map[string]any{"number": h.number, "subject": "keys", "document": hex.EncodeToString(list), "signatures": h.sign(statement)})
	}
	epochs, records := []any{}, []any{}
	for i, e := range h.epochs {
		digest := e.Digest()
		attestation := []any{"bulwark-attestation", int64(2), identity, e.Number, encodedOf(digest), h.times[i]}
		epochs = append(epochs, map[string]any{"epoch": map[string]any{"house": text(e.House), "number": e.Number, "previous": text(e.Previous),
			"accountRoot": text(e.AccountRoot), "tableRoot": text(e.TableRoot), "tableSha256": hex.EncodeToString(e.TableSha[:]),
			"parametersSha256": hex.EncodeToString(e.ParametersSha[:]), "inputsSha256": hex.EncodeToString(e.InputsSha[:]), "venueRoot": text(e.VenueRoot),
			"vaultTableRoot": text(e.VaultTableRoot), "buffer": text(e.BufferDigest), "marginRoot": text(e.MarginRoot)},
			"time": h.times[i], "digest": text(digest), "signatures": h.sign(attestation)})
	}
	for _, record := range h.records {
		records = append(records, hex.EncodeToString(record))
	}
	return map[string]any{"format": "bulwark-house", "version": 1, "founding": founding, "statements": statements, "records": records, "epochs": epochs}
}

func (h builtHouse) text() string { return string(must(json.Marshal(h.file()))) }

// The clock of the vectors: epoch 3 is an hour old.
var (
	noon  = time.Date(2026, 7, 1, 12, 0, 0, 0, time.UTC).UnixMilli()
	hour  = time.Hour.Milliseconds()
	asked = expected{Challenge: []string{"https://bank.example", "fund A", "nonce 7"}, Scope: []string{"https://bank.example", "loan"}}
)

func newHouse(network string, keys any) builtHouse {
	h := builtHouse{network: network, keys: keys, number: 1, signers: quorum}
	for number := int64(1); number <= 3; number++ {
		h.epochs = append(h.epochs, publicinput.EpochDocument{House: h.identity(), Number: number, AccountRoot: publicinput.Signed(100 + number),
			TableRoot: publicinput.Signed(200 + number), MarginRoot: publicinput.Signed(300 + number)})
		h.times = append(h.times, noon-hour-(3-number)*24*hour)
	}
	return h
}

func halfOf(domain string, texts []string) (element fr.Element) {
	digest := sha256.Sum256(canonical.Encode(append([]any{domain}, anyOf(texts)...)))
	element.SetBytes(digest[:31])
	return element
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
	three := verification.Ceremony([32]byte{1}, [32]byte{2}, 4, 3)
	for _, p := range every {
		record := w.record(p.circuit, p.shape, three)
		identity := record.Identity()
		if _, known := out.Keys[keyName(p)]; !known {
			w.keyFile(keyName(p), record)
			real.list = append(real.list, []any{identity[:], int64(1), int64(0)})
		}
	}
	unsafe := w.record("account", directShape, verification.Unsafe)
	unsafeIdentity := w.keyFile("unsafe", unsafe)
	test.list = [][]any{{unsafeIdentity[:], int64(1), int64(0)}}
	for _, house := range []struct {
		name string
		of   builtHouse
	}{{"ceremony", real}, {"test", test}} {
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
	if base().Statement != nil {
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
	if p.margins {
		add("without margins", func(e *expected) { e.Margins = nil })
		add("margins of some", func(e *expected) { e.Margins = &verification.MarginsText{Proved: 16, Accounts: 64} })
		add("margins as signed", func(e *expected) { e.Margins = &verification.MarginsText{Accounts: 64, SignedIsEnough: true} })
	}
	w.add(p.name+": nothing but the key", p.name, keys, "", expected{})
}

// laundering: keys and lists that are not what they are shown as.
func (w workshop) laundering(real, test builtHouse, unsafe verification.KeyRecord) {
	p := every[0]
	honest := w.record("account", directShape, verification.Ceremony([32]byte{1}, [32]byte{2}, 4, 3))
	honestIdentity, unsafeIdentity := honest.Identity(), unsafe.Identity()
	shown := func(name string, key [32]byte, house builtHouse) {
		w.prove(name, key, house.epochs[2].Digest(), halfOf("bulwark-challenge", asked.Challenge), halfOf("bulwark-scope", asked.Scope), publicinput.Signed(77), elementOf(p.says))
	}
	compiled := unsafe.Compiled()
	base := func(house builtHouse) expected {
		e := w.whole(p, house, nil)
		e.Compiled = []string{hex.EncodeToString(compiled[:])}
		return e
	}
	shown("test", unsafeIdentity, test)
	tested := base(test)
	w.add("test keys without --test", "test", []string{"unsafe"}, "test", tested)
	tested.Test = true
	w.add("test keys with --test", "test", []string{"unsafe"}, "test", tested)
	unpinned := tested
	unpinned.House = ""
	w.add("test keys of a house that is not pinned", "test", []string{"unsafe"}, "test", unpinned)
	forCeremony := base(real)
	forCeremony.Test = true
	w.add("--test for a house of ceremonies", p.name, []string{keyName(p)}, "ceremony", forCeremony)

	// Records with another content are other keys, which no list has.
	for _, c := range []struct {
		name   string
		change func(*verification.KeyRecord)
	}{
		{"origin", func(r *verification.KeyRecord) { r.Origin = verification.Ceremony([32]byte{1}, [32]byte{2}, 9, 9) }},
		{"shape", func(r *verification.KeyRecord) { r.Shape = sealedShape }},
		{"structure", func(r *verification.KeyRecord) { r.Structure = make([]byte, 32) }},
		{"system", func(r *verification.KeyRecord) { r.System[0] ^= 1 }},
	} {
		name, change := c.name, c.change
		record := unsafe
		change(&record)
		w.keyFile("another "+name, record)
		w.add("record with another "+name+" for the key that the proof names", "test", []string{"another " + name}, "test", tested)
		shown("another "+name, record.Identity(), test)
		washed := tested
		if name != "system" && name != "shape" {
			washed.Compiled = tested.Compiled
		}
		w.add("record with another "+name+", named by the proof", "another "+name, []string{"another " + name}, "test", washed)
	}
	w.out.Keys["bare"] = hex.EncodeToString(w.key.VerifyingKey())
	w.add("656 bare bytes", "test", []string{"bare"}, "test", tested)
	swapped := unsafe
	swapped.Vk[0] ^= 1
	w.keyFile("another vk", swapped)
	shown("another vk", swapped.Identity(), test)
	w.add("record of another vk", "another vk", []string{"another vk"}, "test", tested)
	for signed := int64(0); signed < 3; signed++ {
		name := fmt.Sprintf("ceremony of %d signed", signed)
		record := w.record("account", directShape, verification.Ceremony([32]byte{1}, [32]byte{2}, 4, signed))
		identity := w.keyFile(name, record)
		house := real
		house.list = append(slices.Clone(real.list), []any{identity[:], int64(1), int64(0)})
		w.out.Houses[name] = house.text()
		shown(name, identity, real)
		w.add("key of a "+name+" for a house of ceremonies", name, []string{name}, name, base(real))
	}
	ofTest := test
	ofTest.list = [][]any{{honestIdentity[:], int64(1), int64(0)}}
	w.out.Houses["test house with a ceremony's key"] = ofTest.text()
	shown("ceremony in test", honestIdentity, test)
	w.add("test house with a ceremony's key, without --test", "ceremony in test", []string{keyName(p)}, "test house with a ceremony's key", base(test))
	unsafeReal := real
	unsafeReal.list = [][]any{{unsafeIdentity[:], int64(1), int64(0)}}
	w.out.Houses["house of ceremonies with an unsafe key"] = unsafeReal.text()
	shown("unsafe in ceremony", unsafeIdentity, real)
	w.add("house of ceremonies with an unsafe key", "unsafe in ceremony", []string{"unsafe"}, "house of ceremonies with an unsafe key", base(real))

	// Lists.
	lists := func(name string, change func(*builtHouse)) {
		house := real
		house.list = slices.Clone(real.list)
		change(&house)
		w.out.Houses[name] = house.text()
		w.add("list: "+name, p.name, []string{keyName(p)}, name, base(real))
	}
	entry := slices.IndexFunc(real.list, func(e []any) bool { return bytes.Equal(e[0].([]byte), honestIdentity[:]) })
	lists("from a later epoch", func(h *builtHouse) { h.list[entry] = []any{honestIdentity[:], int64(4), int64(0)} })
	lists("until an earlier epoch", func(h *builtHouse) { h.list[entry] = []any{honestIdentity[:], int64(1), int64(2)} })
	lists("until this epoch", func(h *builtHouse) { h.list[entry] = []any{honestIdentity[:], int64(1), int64(3)} })
	lists("without the key", func(h *builtHouse) { h.list = slices.Delete(h.list, entry, entry+1) })
	lists("no list", func(h *builtHouse) { h.list = nil })
	lists("one signature short", func(h *builtHouse) { h.signers = quorum - 1 })
	older := base(real)
	older.LeastList = 2
	w.add("list: older than one that was seen", p.name, []string{keyName(p)}, "ceremony", older)
	files := func(name string, change func(map[string]any)) {
		file := real.file()
		change(file)
		w.out.Houses[name] = string(must(json.Marshal(file)))
		w.add("house file: "+name, p.name, []string{keyName(p)}, name, base(real))
	}
	files("list of another house", func(f map[string]any) {
		other := newHouse("another", []any{"ceremony", int64(3)})
		other.list = real.list
		f["statements"] = other.file()["statements"]
	})
	files("list without signatures", func(f map[string]any) { f["statements"].([]any)[0].(map[string]any)["signatures"] = []any{} })
	files("two lists of one number", func(f map[string]any) {
		other := real
		other.previous = 1
		f["statements"] = append(f["statements"].([]any), other.file()["statements"].([]any)...)
	})
	files("two epochs of one number", func(f map[string]any) {
		other := real
		other.epochs = slices.Clone(real.epochs[2:])
		other.times = real.times[2:]
		other.epochs[0].AccountRoot = publicinput.Signed(9)
		f["epochs"] = append(f["epochs"].([]any), other.file()["epochs"].([]any)...)
	})
	files("epoch with another time", func(f map[string]any) { f["epochs"].([]any)[2].(map[string]any)["time"] = noon })
	files("epoch with another root", func(f map[string]any) {
		f["epochs"].([]any)[2].(map[string]any)["epoch"].(map[string]any)["marginRoot"] = text(publicinput.Signed(1))
	})
	files("one signer twice", func(f map[string]any) {
		signatures := f["epochs"].([]any)[2].(map[string]any)["signatures"].([]any)
		signatures[1] = signatures[0]
	})
	files("a name twice", func(map[string]any) {})
	w.out.Houses["a name twice"] = `{"format":"bulwark-house",` + real.text()[1:]

	// Ages.
	stale := base(real)
	stale.Now = noon + 48*hour
	w.add("newest epoch too old", p.name, []string{keyName(p)}, "ceremony", stale)
	stale.Now, stale.Stated = noon, true
	w.add("recorded house on its date", p.name, []string{keyName(p)}, "ceremony", stale)
	unnamed := base(real)
	unnamed.Oldest = 0
	w.add("newest epoch, no oldest named", p.name, []string{keyName(p)}, "ceremony", unnamed)
	w.prove("earlier", honestIdentity, real.epochs[1].Digest(), halfOf("bulwark-challenge", asked.Challenge), halfOf("bulwark-scope", asked.Scope), publicinput.Signed(77), elementOf(p.says))
	w.add("earlier epoch, no oldest named", "earlier", []string{keyName(p)}, "ceremony", unnamed)
	w.add("earlier epoch", "earlier", []string{keyName(p)}, "ceremony", base(real))
	w.prove("no epoch", honestIdentity, publicinput.Signed(5), halfOf("bulwark-challenge", asked.Challenge), halfOf("bulwark-scope", asked.Scope), publicinput.Signed(77), elementOf(p.says))
	w.add("seal of no epoch", "no epoch", []string{keyName(p)}, "ceremony", base(real))
	w.add("no key at all", p.name, nil, "ceremony", base(real))
	rehearsed := w.record("rehearsal", []any{int64(900)}, verification.Ceremony([32]byte{1}, [32]byte{2}, 4, 4))
	identity := w.keyFile("rehearsal", rehearsed)
	listing := real
	listing.list = append(slices.Clone(real.list), []any{identity[:], int64(1), int64(0)})
	w.out.Houses["list that names a rehearsal"] = listing.text()
	shown("rehearsal", identity, real)
	w.add("rehearsal under a list that names it", "rehearsal", []string{"rehearsal"}, "list that names a rehearsal", base(real))
	changed := must(json.Marshal(w.changedProof(p.name)))
	w.out.Proofs["changed"] = string(changed)
	w.add("proof with a changed byte", "changed", []string{keyName(p)}, "ceremony", base(real))
}

// changedProof is a proof whose nullifier is another than the one that was proved.
func (w workshop) changedProof(name string) map[string]any {
	var file map[string]any
	if err := json.Unmarshal([]byte(w.out.Proofs[name]), &file); err != nil {
		panic(err)
	}
	file["publicInputs"].(map[string]any)["nullifier"] = text(publicinput.Signed(78))
	return file
}

// statements: proofs that hold, of statements that no circuit of their key shows.
func (w workshop) statements(house builtHouse) {
	challenge, scope := halfOf("bulwark-challenge", asked.Challenge), halfOf("bulwark-scope", asked.Scope)
	seal, one := house.epochs[2].Digest(), publicinput.Signed(1)
	var none fr.Element
	raw := func(base saying, more fr.Element) fr.Element {
		element := elementOf(base)
		element.Add(&element, &more)
		return element
	}
	shifted := func(bits uint64) (element fr.Element) {
		element.SetUint64(1)
		for range bits {
			element.Double(&element)
		}
		return element
	}
	for _, c := range []struct {
		name                                   string
		of                                     int
		challenge, scope, nullifier, statement fr.Element
	}{
		{"fund as an account's claim of tag 2", 10, none, none, none, publicinput.Signed(2)},
		{"rehearsal's 0 under an account key", 0, challenge, scope, one, none},
		{"tag 5 without a tariff", 0, challenge, scope, one, elementOf(saying{Tag: 5, Choice: 0, Standing: false, Amount: 1, Name: 0})},
		{"tag 1 in a tariff's shape", 5, challenge, scope, one, elementOf(saying{Tag: 1, Choice: 0, Standing: false, Amount: 1, Name: 0})},
		{"bit 79", 0, challenge, scope, one, raw(every[0].says, shifted(79))},
		{"name above 2³²", 0, challenge, scope, one, elementOf(saying{Tag: 1, Choice: 0, Standing: false, Amount: 1, Name: 1<<32 + 1})},
		{"bit 113", 0, challenge, scope, one, raw(every[0].says, shifted(113))},
		{"candidate 3", 0, challenge, scope, one, elementOf(saying{Tag: 1, Choice: 3, Standing: false, Amount: 1, Name: 0})},
		{"candidate 1 of an initial margin", 2, challenge, scope, one, elementOf(saying{Tag: 3, Choice: 1, Standing: false, Amount: 1, Name: 0})},
		{"standing by the house", 3, challenge, scope, none, elementOf(saying{Tag: 3, Choice: 0, Standing: true, Amount: 42, Name: 8})},
		{"initial margin by the house without a name", 3, challenge, scope, none, elementOf(saying{Tag: 3, Choice: 0, Standing: false, Amount: 42, Name: 0})},
		{"call with an amount", 4, challenge, scope, none, elementOf(saying{Tag: 4, Choice: 0, Standing: false, Amount: 1, Name: 8})},
		{"call with a nullifier", 4, challenge, scope, one, elementOf(saying{Tag: 4, Choice: 0, Standing: false, Amount: 0, Name: 8})},
		{"call standing", 4, challenge, scope, none, elementOf(saying{Tag: 4, Choice: 0, Standing: true, Amount: 0, Name: 8})},
		{"margin with a challenge", 6, challenge, none, none, elementOf(saying{Tag: 6, Choice: 0, Standing: false, Amount: 0, Name: 8})},
		{"margin without a name", 6, none, none, none, elementOf(saying{Tag: 6, Choice: 0, Standing: false, Amount: 0, Name: 0})},
		{"batch with an index of 2²⁸", 7, none, none, one, elementOf(saying{Tag: 16, Choice: 2, Standing: false, Amount: 1 << 28, Name: 0})},
		{"batch with a challenge", 7, challenge, none, one, elementOf(every[7].says)},
		{"sum with a name", 8, none, none, one, elementOf(saying{Tag: 17, Choice: 4, Standing: false, Amount: 0, Name: 1})},
		{"top with a choice", 9, none, none, one, elementOf(saying{Tag: 18, Choice: 1, Standing: false, Amount: 9, Name: 64})},
		{"fund for one member", 10, none, none, none, elementOf(saying{Tag: 19, Choice: 1, Standing: false, Amount: 1, Name: 16})},
		{"fund with a nullifier", 10, none, none, one, elementOf(every[10].says)},
		{"contagion with an amount", 11, none, none, one, elementOf(saying{Tag: 20, Choice: 3, Standing: false, Amount: 1, Name: 27})},
	} {
		p := every[c.of]
		file := must(verification.ParseKeyFile(unhex(w.out.Keys[keyName(p)])))
		w.prove(c.name, file.Record.Identity(), seal, c.challenge, c.scope, c.nullifier, c.statement)
		w.add("statement: "+c.name, c.name, []string{keyName(p)}, "ceremony", w.whole(p, house, nil))
	}
	compact := w.record("account", compactShape, verification.Ceremony([32]byte{1}, [32]byte{2}, 4, 3))
	identity := w.keyFile("compact", compact)
	w.prove("margin in the small key", identity, seal, none, none, none, elementOf(every[6].says))
	w.add("statement: margin in the small key", "margin in the small key", []string{"compact"}, "ceremony", expected{})
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
			rest, of := cutPrefix(c.Name, p.name+": ")
			if !of {
				continue
			}
			stated = true
			switch {
			case rest == "whole" || rest == "rows recomputed" || rest == "margins as signed":
				outcome = "trusted"
			case rest == "margins of some":
				outcome, name = "unanchored", "margins"
			case rest == "nothing but the key":
				outcome = "unanchored"
			case hasPrefix(rest, "without "):
				outcome = "unanchored"
				name = rest[len("without "):]
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

func cutPrefix(text, prefix string) (string, bool) {
	if hasPrefix(text, prefix) {
		return text[len(prefix):], true
	}
	return text, false
}

func hasPrefix(text, prefix string) bool {
	return len(text) >= len(prefix) && text[:len(prefix)] == prefix
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
