package vectors

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"maps"
	"math/big"
	"reflect"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/consensys/gnark-crypto/ecc/bn254/fr"
	"github.com/consensys/gnark/frontend"

	"bulwark.io/circuits/account"
	"bulwark.io/circuits/book"
	"bulwark.io/circuits/boundary"
	"bulwark.io/circuits/contagion"
	"bulwark.io/circuits/fund"
	"bulwark.io/circuits/groth"
	"bulwark.io/circuits/internal/keytest"
	"bulwark.io/circuits/internal/witnesstest"
	"bulwark.io/circuits/plain/canonical"
	"bulwark.io/circuits/plain/publicinput"
	"bulwark.io/circuits/plain/risktable"
	"bulwark.io/circuits/plain/tariff"
	"bulwark.io/circuits/plain/tree"
	"bulwark.io/circuits/refusal"
	"bulwark.io/circuits/rehearsal"
	"bulwark.io/circuits/verification"
)

// The matrix: every circuit of the house in the smallest shape that it has, a key of its own each, all proofs over one sealed epoch, so that
// nothing but key, tag and statement tells them apart.

const (
	matrixDepth = 2
	holder      = 0 // has cash
	debtor      = 1 // owes cash and is called
)

// matrixTable has one row, one charged group, one instrument and one asset.
var matrixTable = sync.OnceValue(func() *risktable.Table {
	none := []any{}
	charges := []any{[]any{int64(0), int64(0), none}, []any{int64(0), int64(0), none}, []any{int64(0), none}, ints(0, 0, 0), none}
	return must(risktable.Parse(canonical.Encode([]any{"bulwark-risk-table", int64(2), none, []any{none}, []any{[]any{"J", []any{ints(0)}}},
		[]any{[]any{"joint", ints(1_000_000)}}, none, ints(0), ints(1_000_000), []any{[]any{int64(0), "USD", none}, []any{int64(1), "BTC", charges}},
		[]any{[]any{int64(1), "BTC-PERP", int64(1), int64(0), none, int64(0), ints(-900), none, ints(0), []any{ints(1, 679)}, none, int64(0), ints(0, 0), none,
			int64(900)}},
		[]any{[]any{int64(2), "BTC", int64(1), "major", int64(0), int64(679), int64(0), int64(0), int64(0), int64(604), ints(-300), ints(0), int64(693), ints(-280),
			ints(0), []any{ints(1, 679)}, ints(0, 0), none, int64(700)}},
		ints(10_000, 800_000, 10_000, 250_000, 1<<60, publicinput.LotsMax)})))
})

// matrixTariff has one scenario in which nothing moves.
var matrixTariff = canonical.Encode([]any{"bulwark-buffer-tariff", int64(2), []any{int64(500_000), int64(250_000), int64(30_000)},
	[]any{[]any{"BTC", []any{[]any{int64(0), int64(1)}}, int64(500_000), int64(1_000_000), int64(0), []any{}}},
	[]any{[]any{"BTC-PERP in 0", int64(0), "house"}, []any{"BTC in 0", int64(0), "house"}},
	[]any{[]any{[]any{int64(0)}, []any{int64(0), int64(0)}}}, []any{[]any{int64(0), int64(0)}}, []any{[]any{int64(0), int64(0)}},
	[]any{[]any{int64(1), int64(0), int64(0), int64(0)}, []any{int64(1), int64(0), int64(0), int64(0)}}, []any{[]any{}, []any{}}})

// matrixShapes are the smallest shapes over that table.
var matrixShapes = sync.OnceValue(func() map[string]groth.Shape {
	opened := must(tariff.Parse(matrixTable(), matrixTariff))
	small := func(opening account.Opening) account.Shape {
		return account.Shape{Positions: 1, Lines: 1, Groups: 1, Depth: matrixDepth, Opening: opening, Structure: matrixTable().Structure}
	}
	buffered := small(account.Direct)
	buffered.Buffer = account.BufferShape{Scenarios: 1, Groups: opened.GroupPlaces(), Entries: opened.EntryPlaces()}
	shapes := map[string]groth.Shape{
		"direct": small(account.Direct), "challenge": small(account.Challenge), "compact": small(account.Compact), "tariff": buffered,
		"call": account.CallShape{Shape: small(account.Direct)}, "book-batch": matrixBatch, "book-sum": matrixLayer, "book-top": matrixTop,
		"fund":      fund.Shape{Levels: 1, Positions: 1, Lines: 1, Instruments: 1, Assets: 1, Rows: 1, Members: 2, Depth: matrixDepth},
		"contagion": contagion.Shape{Levels: 1, Positions: 1, Lines: 1, Entries: 3, Places: 1, Groups: 1, Scenarios: 1, Members: 2, Depth: matrixDepth},
		"rehearsal": rehearsal.Shape{Steps: 3}}
	maps.Copy(shapes, venueMatrixShapes())
	return shapes
})

var (
	matrixBatch = book.Shape{Levels: 1, Lines: 1, Assets: 1}
	matrixLayer = book.SumShape{Assets: 1, Height: 1, Fan: 1}
	matrixTop   = book.SumShape{Assets: 1, Height: 1, Fan: 1, Depth: matrixDepth}
)

// tagsOf says once more which tags belong to which circuit; the rehearsal's 0 is taken by nobody.
var tagsOf = map[string][]int64{"direct": {1, 2, 3, 6}, "challenge": {1, 2, 3, 6}, "compact": {1, 2, 3}, "tariff": {5, 6}, "call": {4},
	"book-batch": {16}, "book-sum": {17}, "book-top": {18}, "fund": {19}, "contagion": {20}, "rehearsal": {0},
	"venue-challenge": {1, 2, 3, 6}, "venue-call": {4}, "venue-batch": {16}, "venue-fund": {19}, "venue-contagion": {20}}

// sealedHouse is a house with an epoch that seals its accounts, margins, table and tariff.
type sealedHouse struct {
	name      string // of its file
	table     *risktable.Table
	standings []publicinput.Standing // of every account, where the table lists venues

	file     []byte // that lists every key, the rehearsal's too
	house    builtHouse
	epoch    publicinput.EpochDocument
	accounts []publicinput.AccountLeaf
	margins  []publicinput.MarginLeaf
	leaves   *tree.Tree
	sealed   *tree.Tree // margins
}

var ownersSecret, ownersTail = publicinput.Signed(4711), big.NewInt(1)

// sealHouse: a shape without tariff proves tag 6 only over an epoch without a buffer.
func sealHouse(buffered bool) sealedHouse {
	return sealedHouse{name: matrixHouse, table: matrixTable()}.seal(buffered)
}

func (s sealedHouse) seal(buffered bool) sealedHouse {
	table := s.table
	s.house = builtHouse{network: s.name, keys: []any{"test"}, number: 1, signers: quorum}
	s.leaves, s.sealed = tree.New(matrixDepth), tree.New(matrixDepth)
	s.epoch = publicinput.EpochDocument{House: s.house.identity(), Number: 1,
		TableRoot: table.Root, TableSha: table.Sha, VaultTableRoot: matrixTable().Root}
	if buffered {
		s.epoch.BufferDigest = must(tariff.Parse(table, matrixTariff)).Digest
	}
	for number, cash := range []int64{holder: 1_000_000_000, debtor: -1_000_000_000} {
		leaf := publicinput.AccountLeaf{Number: int64(number), Salt: publicinput.Signed(int64(31 + number)), Cash: cash,
			AtVenues: table.AtVenues(), Standings: s.standings}
		leaf.Owner = publicinput.OwnerOf(ownersSecret, leaf.Number, ownersTail)
		figures := must(account.Evaluate(table, account.Request{Account: leaf}))
		s.accounts = append(s.accounts, leaf)
		s.margins = append(s.margins, publicinput.MarginLeaf{Number: leaf.Number, Member: int64(7 + number), Initial: figures.InitialMargin,
			Maintenance: figures.MaintenanceMargin, Equity: figures.Equity, Salt: publicinput.MarginSalt(s.epoch.House, s.epoch.Number, leaf.Salt)})
		s.leaves.Update(map[int64]fr.Element{leaf.Number: leaf.Hash()})
		s.sealed.Update(map[int64]fr.Element{leaf.Number: s.margins[number].Hash()})
	}
	s.epoch.AccountRoot, s.epoch.MarginRoot = s.leaves.Root(), s.sealed.Root()
	s.house.epochs, s.house.times = []publicinput.EpochDocument{s.epoch}, []int64{noon - hour}
	return s
}

// shownProof is a witness with what it shows.
type shownProof struct {
	circuit  frontend.Circuit
	public   [publicinput.Count]fr.Element
	requests *requested // of a proof under a request seal
}

func (p shownProof) tag() int64 {
	element := p.public[publicinput.StatementInput].Bytes()
	return int64(element[fr.Bytes-1])
}

// ofAccount assigns a claim about an account, by the house where it names one and the tag is the house's.
func (s sealedHouse) ofAccount(name string, number int64, claim publicinput.Statement) shownProof {
	shape, table := matrixShapes()[name], s.table
	request := account.Request{Epoch: s.epoch, Account: s.accounts[number], Secret: ownersSecret, OwnerTail: ownersTail,
		Path: s.leaves.Path(number), Claim: claim, Challenge: halfOf("bulwark-challenge", asked.Challenge), Scope: halfOf("bulwark-scope", asked.Scope)}
	if claim.Tag == publicinput.TagMarginSealed {
		request.ByHouse, request.Challenge, request.Scope = true, fr.Element{}, fr.Element{}
		request.Margin = &account.SealedMargin{Member: s.margins[number].Member, Salt: s.margins[number].Salt, Path: s.sealed.Path(number)}
	}
	if call, ok := shape.(account.CallShape); ok {
		request.ByHouse = true
		assignment := must(account.AssignCall(call.Shape, table, request))
		return shownProof{assignment.Circuit, assignment.Public, nil}
	}
	of := shape.(account.Shape)
	if name == "tariff" {
		request.Tariff = matrixTariff
	}
	shown := shownProof{}
	if of.Opening.Sealed() {
		salt, requests, digest := publicinput.Signed(815), tree.New(publicinput.RequestDepth), s.epoch.Digest()
		requests.Update(map[int64]fr.Element{4: must(account.Commit(of, table, request.Account, claim.Choice, salt))})
		request.Sealed = &account.Sealed{Root: requests.Root(), Salt: salt, Place: 4, Path: requests.Path(4)}
		evaluated := table.EvaluateAt(of.Opening.Packing(), publicinput.RhoOf(digest, requests.Root()))
		shown.requests = &requested{Epoch: text(digest), RequestRoot: text(requests.Root()), EvaluatedRoot: text(evaluated.Root), Checked: true}
	}
	assignment := must(account.Assign(of, table, request))
	shown.circuit, shown.public = assignment.Circuit, assignment.Public
	return shown
}

// ofHouse assigns what is said of all accounts.
func (s sealedHouse) ofHouse(name string) shownProof {
	table := s.table
	switch strings.TrimPrefix(name, venuePrefix) {
	case "batch", "book-batch", "book-sum", "book-top":
		of := matrixBatch
		if overVenues(name) {
			of = venueMatrixBatch
		}
		batch := must(book.AssignBatch(of, book.BatchRequest{Accounts: s.accounts, Blinding: publicinput.Signed(8),
			Values: withoutInstruments(book.ValuesOf(table))}))
		switch name {
		case "book-batch", "venue-batch":
			return shownProof{batch.Circuit, batch.Public, nil}
		case "book-sum":
			sum := must(book.AssignSum(matrixLayer, book.SumRequest{Nodes: []book.Node{batch.Node}, Blinding: publicinput.Signed(9)}))
			return shownProof{sum.Circuit, sum.Public, nil}
		}
		totals := batch.Node.Totals
		top := must(book.AssignTop(matrixTop, book.TopRequest{Epoch: s.epoch, Nodes: []book.Node{batch.Node}, Shortfall: totals.ShortfallUnits().Int64(),
			Reserves: book.Reserves{Cash: totals.CashPlus.Int64(), Assets: []int64{0}}}))
		return shownProof{top.Circuit, top.Public, nil}
	case "fund":
		request := fund.Request{Epoch: s.epoch, Vault: matrixTable(), Accounts: s.accounts, Margins: s.margins, Fund: 250_000_000}
		assignment := must(fund.Assign(matrixShapes()[name].(fund.Shape), request))
		return shownProof{assignment.Circuit, assignment.Public, nil}
	case "contagion":
		shape := matrixShapes()[name].(contagion.Shape)
		terms := must(contagion.TermsOf(shape, table, matrixTariff, []int64{0}))
		assignment := must(contagion.Assign(shape, contagion.Request{Epoch: s.epoch, Terms: terms, Accounts: s.accounts, Margins: s.margins}))
		return shownProof{assignment.Circuit, assignment.Public, nil}
	default:
		circuit, public := rehearsal.Assign(matrixShapes()[name].(rehearsal.Shape), publicinput.Signed(5), s.epoch.Digest(),
			halfOf("bulwark-challenge", asked.Challenge), halfOf("bulwark-scope", asked.Scope), 42)
		return shownProof{circuit, public, nil}
	}
}

func withoutInstruments(values book.Values) book.Values {
	values.Instruments = nil
	return values
}

// matrixEntry is one honest proof under the key of its circuit.
type matrixEntry struct {
	name, key string
	shown     shownProof
	says      saying
	proof     []byte
	facts     []string // of the verifier's own checks
	alone     bool     // its seal is an epoch's, so that it can be judged without proofs beside it
}

type matrixOf struct {
	sealed, venues sealedHouse
	names          []string // of the keys, sorted
	keys           map[string]*groth.Key
	entries        []matrixEntry
}

// matrix makes keys and proofs once for all tests of this file.
func matrix(t *testing.T) *matrixOf {
	t.Helper()
	witnesstest.FullTier(t)
	matrixLock.Lock()
	defer matrixLock.Unlock()
	if matrixMade != nil {
		return matrixMade
	}
	m := &matrixOf{sealed: sealHouse(true), venues: sealVenueHouse(true),
		names: slices.Sorted(maps.Keys(matrixShapes())), keys: map[string]*groth.Key{}}
	for _, name := range m.names {
		m.keys[name] = must(keytest.Open(matrixShapes()[name]))
		record := m.keys[name].File().Record
		identity := record.Identity()
		for _, s := range []*sealedHouse{&m.sealed, &m.venues} {
			s.house.list = append(s.house.list, []any{identity[:], int64(1), int64(0)})
			s.house.records = append(s.house.records, record.Encode())
		}
	}
	for _, s := range []*sealedHouse{&m.sealed, &m.venues} {
		s.file = []byte(s.house.text())
	}
	add := func(name, key string, shown shownProof, alone bool, facts ...string) {
		proof, err := m.keys[key].Prove(shown.circuit, shown.public)
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		m.entries = append(m.entries, matrixEntry{name, key, shown, sayingOf(shown), proof, facts, alone})
	}
	s, v := m.sealed, m.venues
	claims := []struct {
		name, key string
		of        int64
		claim     publicinput.Statement
	}{
		{"direct", "direct", holder, publicinput.Statement{Tag: publicinput.TagExcessOverInitial, Amount: 5}},
		{"standing", "direct", holder, publicinput.Statement{Tag: publicinput.TagInitialMarginEquals, Amount: s.margins[holder].Initial, Standing: true}},
		{"challenge", "challenge", holder, publicinput.Statement{Tag: publicinput.TagExcessOverMaintenance, Choice: publicinput.AllPaid, Amount: 6}},
		{"compact", "compact", holder, publicinput.Statement{Tag: publicinput.TagInitialMarginEquals, Amount: s.margins[holder].Initial, Name: holder + 1}},
		{"tariff", "tariff", holder, publicinput.Statement{Tag: publicinput.TagExcessOverBuffer, Amount: 7}},
		{"margin", "tariff", debtor, publicinput.Statement{Tag: publicinput.TagMarginSealed, Name: debtor + 1}},
		{"call", "call", debtor, publicinput.Statement{Tag: publicinput.TagBelowMaintenance, Name: debtor + 1}},
		{"venue-challenge", "venue-challenge", holder, publicinput.Statement{Tag: publicinput.TagExcessOverInitial, Amount: 8}},
		{"venue-call", "venue-call", debtor, publicinput.Statement{Tag: publicinput.TagBelowMaintenance, Name: debtor + 1}},
	}
	for _, c := range claims {
		add(c.name, c.key, m.houseOf(c.key).ofAccount(c.key, c.of, c.claim), true)
	}
	add("book-batch", "book-batch", s.ofHouse("book-batch"), false, verification.PinTable, verification.PinHoldings)
	add("book-sum", "book-sum", s.ofHouse("book-sum"), false, verification.PinTable, verification.PinHoldings)
	add("book-top", "book-top", s.ofHouse("book-top"), true, verification.PinTable, verification.PinHoldings)
	add("fund", "fund", s.ofHouse("fund"), true, verification.PinVaultTable, verification.PinHoldings)
	add("contagion", "contagion", s.ofHouse("contagion"), true, verification.PinTariff)
	add("rehearsal", "rehearsal", s.ofHouse("rehearsal"), true)
	add("venue-batch", "venue-batch", v.ofHouse("venue-batch"), false, verification.PinTable, verification.PinHoldings)
	add("venue-fund", "venue-fund", v.ofHouse("venue-fund"), true, verification.PinVaultTable, verification.PinHoldings)
	add("venue-contagion", "venue-contagion", v.ofHouse("venue-contagion"), true, verification.PinTariff)
	matrixMade = m
	return m
}

var (
	matrixLock sync.Mutex
	matrixMade *matrixOf
)

// verifier is what is known beside the files: everything, or nothing of the house.
type verifier struct {
	name   string
	pinned bool
}

var verifiers = []verifier{{"who pins the house", true}, {"who pins nothing of the house", false}}

// expects is what a verifier expects who asked for what an entry says, and has compiled every circuit himself.
func (m *matrixOf) expects(v verifier, e matrixEntry) verification.ExpectedText {
	says := e.says
	expected := verification.ExpectedText{Challenge: asked.Challenge, Scope: asked.Scope, Statement: &says, Requests: e.shown.requests, Test: true}
	if says.Tag == publicinput.TagMarginSealed || says.Tag >= publicinput.TagBookBatch {
		expected.Challenge, expected.Scope = nil, nil
	}
	if v.pinned {
		expected.House, expected.Now = text(m.houseOf(e.key).house.identity()), noon
	}
	for _, key := range m.keys {
		compiled := key.File().Record.Compiled()
		expected.Compiled = append(expected.Compiled, hex.EncodeToString(compiled[:]))
	}
	for _, name := range e.facts {
		expected.Facts = append(expected.Facts, checked{Pin: name, State: "given"})
	}
	if says.Tag == publicinput.TagFund {
		expected.Holdings = says.Amount
	}
	if says.Tag == publicinput.TagFund || says.Tag == publicinput.TagContagion {
		expected.Margins = &verification.MarginsText{Proved: 2, Accounts: 2}
	}
	return expected
}

func (m *matrixOf) houseFor(v verifier, e matrixEntry) []byte {
	if !v.pinned {
		return nil
	}
	return m.houseOf(e.key).file
}

// wrapped is an entry's proof in a proof file that names a key, field by field as it is written everywhere.
func (e matrixEntry) wrapped(key [sha256.Size]byte) []byte {
	p := e.shown.public
	return fmt.Appendf(nil, `{"format":"bulwark-proof","version":2,"key":"%x","proof":"%x",`+
		`"publicInputs":{"seal":%q,"challenge":%q,"scope":%q,"nullifier":%q,"statement":%q}}`, key, e.proof, text(p[publicinput.SealInput]), text(p[publicinput.ChallengeInput]), text(p[publicinput.ScopeInput]),
		text(p[publicinput.NullifierInput]), text(p[publicinput.StatementInput]))
}

func judged(t *testing.T, proof []byte, keys [][]byte, house []byte, expected verification.ExpectedText) verification.Judgement {
	t.Helper()
	judgement, err := verification.Judge(proof, keys, house, must(verification.ParseExpectation(must(expected.Encode()))))
	if err != nil {
		t.Fatal(err)
	}
	return judgement
}

func (m *matrixOf) identity(key string) [sha256.Size]byte {
	return m.keys[key].File().Record.Identity()
}
func (m *matrixOf) file(key string) []byte { return m.keys[key].File().Encode() }

// missing are the pins that a judgement names as missing; none may be wrong.
func missing(j verification.Judgement) (names []string) {
	for _, pin := range j.Pins {
		if pin.State != verification.Given {
			names = append(names, pin.Name+" "+pin.State.String())
		}
	}
	return names
}

// With its own key and everything that its tag asks for, a proof is trusted; a verifier who pins nothing of the house is told so. What stands
// under a node of the book says nothing of an epoch alone. The rehearsal, which the list names like all others, is refused.
func TestShouldTakeEveryProofUnderItsOwnKeyAndTheRehearsalNowhere(t *testing.T) {
	m := matrix(t)
	for _, e := range m.entries {
		for _, v := range verifiers {
			proof, key, house, expected := e.wrapped(m.identity(e.key)), m.file(e.key), m.houseFor(v, e), m.expects(v, e)
			j := judged(t, proof, [][]byte{key}, house, expected)
			want, pins := verification.Unanchored, []string{"house missing", "epoch missing", "key missing"}
			switch {
			case e.name == "rehearsal", !e.alone && v.pinned:
				want, pins = verification.Refused, nil
			case v.pinned:
				want, pins = verification.Trusted, nil
			case e.shown.requests != nil:
				pins = append(pins, "rows missing")
			}
			if j.Outcome != want || want != verification.Refused && !slices.Equal(missing(j), pins) || j.TestKeys != (want == verification.Trusted) {
				t.Errorf("%s by one %s: want %s without %v, have %s without %v: %s", e.name, v.name, want, pins, j.Outcome, missing(j), j.Reason)
			}
			if e.name == "rehearsal" && !strings.Contains(j.Reason, "no proof of circuit \"rehearsal\" says anything") {
				t.Errorf("a rehearsal by one %s must be refused as one; have %s", v.name, j.Reason)
			}
			assertSameThroughTheLibrary(t, j, proof, key, house, expected)
		}
	}
}

// assertSameThroughTheLibrary asks by the call that command line, HTTP, page and JVM ask by.
func assertSameThroughTheLibrary(t *testing.T, j verification.Judgement, proof, key, house []byte, expected verification.ExpectedText) {
	t.Helper()
	if house == nil {
		house = []byte{}
	}
	answer := boundary.Call(canonical.Encode([]any{"judge", proof, []any{key}, house, must(expected.Encode())}))
	root, _ := canonical.Decode(answer, refusal.Internal, "answer")
	items := root.Items()
	if len(items) != 2 {
		t.Fatalf("the library must judge; have %x", answer)
	}
	if fields := items[1].Items(); fields[0].Text() != string(j.Outcome) || fields[1].Text() != j.First() || fields[3].Text() != j.Reason {
		t.Errorf("the library must say the same: have %s, %s", fields[0].Text(), fields[3].Text())
	}
}

// Another circuit's key, and the proof file that names it, are refused; where the other circuit does not show the tag, for that reason.
func TestShouldRefuseEveryProofUnderEveryOtherKey(t *testing.T) {
	m := matrix(t)
	for _, e := range m.entries {
		for _, v := range verifiers {
			for _, other := range m.names {
				if other == e.key {
					continue
				}
				given := judged(t, e.wrapped(m.identity(e.key)), [][]byte{m.file(other)}, m.houseFor(v, e), m.expects(v, e))
				if given.Outcome != verification.Refused || !strings.Contains(given.Reason, "not a key given here") {
					t.Errorf("%s with the key file of %s, by one %s: have %s %s", e.name, other, v.name, given.Outcome, given.Reason)
				}
				lent := judged(t, e.wrapped(m.identity(other)), [][]byte{m.file(other)}, m.houseFor(v, e), m.expects(v, e))
				if lent.Outcome != verification.Refused {
					t.Errorf("%s wrapped as of %s, by one %s: have %s", e.name, other, v.name, lent.Outcome)
				}
				assertRefusedForItsTag(t, lent, e, other)
			}
		}
	}
}

// assertRefusedForItsTag: the tag is compared before any pairing.
func assertRefusedForItsTag(t *testing.T, j verification.Judgement, e matrixEntry, other string) {
	t.Helper()
	ofRehearsal := other == "rehearsal" && strings.Contains(j.Reason, "no proof of circuit")
	named := strings.Contains(j.Reason, fmt.Sprintf("the statement has tag %d, which circuit", e.says.Tag))
	if shared := slices.Contains(tagsOf[other], e.says.Tag); !shared && !ofRehearsal && !named {
		t.Errorf("%s wrapped as of %s must be refused for its tag; have %s", e.name, other, j.Reason)
	}
}

// A house whose quorum lists keys under records of other circuits, to a verifier who has compiled those: the pairing holds, so nothing but the
// tag can refuse. Circuits that share a tag are those of accounts, which say the same of it.
func TestShouldRefuseAKeyThatIsListedAsAnotherCircuits(t *testing.T) {
	m := matrix(t)
	liars, files := map[string]*builtHouse{}, map[string]verification.KeyFile{}
	for _, s := range []sealedHouse{m.sealed, m.venues} {
		liar := s.house
		liar.list, liar.records = nil, nil
		liars[s.name] = &liar
	}
	for _, own := range m.names {
		for _, other := range m.names {
			if own == other {
				continue
			}
			file := verification.KeyFile{Record: m.keys[other].File().Record, Vk: m.keys[own].VerifyingKey()}
			file.Record.Vk = sha256.Sum256(file.Vk)
			identity := file.Record.Identity()
			files[own+" as "+other] = file
			for _, liar := range liars {
				liar.list = append(liar.list, []any{identity[:], int64(1), int64(0)})
			}
		}
	}
	shared := 0
	for _, e := range m.entries {
		house := []byte(liars[m.houseOf(e.key).name].text())
		for _, other := range m.names {
			if other == e.key {
				continue
			}
			if slices.Contains(tagsOf[other], e.says.Tag) {
				shared++
				continue
			}
			file := files[e.key+" as "+other]
			for _, v := range verifiers {
				known := house
				if !v.pinned {
					known = nil
				}
				j := judged(t, e.wrapped(file.Record.Identity()), [][]byte{file.Encode()}, known, m.expects(v, e))
				if j.Outcome != verification.Refused {
					t.Errorf("%s whose key is listed as of %s, by one %s: have %s", e.name, other, v.name, j.Outcome)
				}
				assertRefusedForItsTag(t, j, e, other)
			}
		}
	}
	if shared != 26 {
		t.Errorf("claims share a tag with three keys each; two calls, batches, funds, contagions with one; have %d", shared)
	}
}

// Whoever asked for one thing is never shown another: not under its own key, and not by one who pins nothing of the house.
func TestShouldRefuseEveryProofForEveryOtherExpectation(t *testing.T) {
	m := matrix(t)
	for _, e := range m.entries {
		for _, v := range verifiers {
			for _, other := range m.entries {
				if other.name == e.name || !v.pinned && e.says == other.says {
					continue // the same words of another house, to one who asks after none
				}
				j := judged(t, e.wrapped(m.identity(e.key)), [][]byte{m.file(e.key)}, m.houseFor(v, e), m.expects(v, other))
				if j.Outcome != verification.Refused {
					t.Errorf("%s where %s was asked for, by one %s: have %s without %v", e.name, other.name, v.name, j.Outcome, missing(j))
				}
			}
		}
	}
}

// Every compiled circuit is asked for every tag: the honest witness of each tag that it shows solves, and with any other tag in the statement
// none does.
func TestShouldFindTheTagsOfEveryCircuitBySolving(t *testing.T) {
	m := matrix(t)
	plain := map[string]sealedHouse{matrixHouse: sealHouse(false), venueHouse: sealVenueHouse(false)}
	for _, name := range m.names {
		var witnesses []shownProof
		switch matrixShapes()[name].(type) {
		case account.Shape, account.CallShape:
			for _, tag := range tagsOf[name] {
				s, number, claim := *m.houseOf(name), int64(holder), publicinput.Statement{Tag: tag}
				switch tag {
				case publicinput.TagInitialMarginEquals:
					claim.Amount = s.margins[holder].Initial
				case publicinput.TagBelowMaintenance:
					number, claim.Name = debtor, debtor+1
				case publicinput.TagMarginSealed:
					if claim.Name = holder + 1; name != "tariff" {
						s = plain[s.name]
					}
				}
				witnesses = append(witnesses, s.ofAccount(name, number, claim))
			}
		default:
			witnesses = []shownProof{m.houseOf(name).ofHouse(name)}
		}
		found := []int64{}
		for _, shown := range witnesses {
			own := shown.tag()
			for tag := range int64(1 << publicinput.StatementTagBits) {
				if solves := m.solves(name, shown, tag); solves && tag == own {
					found = append(found, tag)
				} else if solves {
					t.Errorf("%s: a witness of tag %d must not show tag %d", name, own, tag)
				}
			}
		}
		if !slices.Equal(found, tagsOf[name]) {
			t.Errorf("%s: want tags %v, found %v", name, tagsOf[name], found)
		}
		record := m.keys[name].File().Record.Tags()
		if name == "rehearsal" {
			found = nil // no verifier takes it
		}
		if slices.Sort(record); !slices.Equal(record, found) {
			t.Errorf("%s: the judge takes tags %v, the circuit shows %v", name, record, found)
		}
	}
}

// solves puts a tag into the statement of a witness and runs the constraints.
func (m *matrixOf) solves(key string, shown shownProof, tag int64) bool {
	statement := shown.public[publicinput.StatementInput]
	encoded := statement.Bytes()
	encoded[fr.Bytes-1] = byte(tag)
	place := reflect.ValueOf(shown.circuit).Elem().FieldByName("Statement")
	honest := place.Interface()
	place.Set(reflect.ValueOf(*new(fr.Element).SetBytes(encoded[:])))
	defer place.Set(reflect.ValueOf(honest))
	return m.keys[key].Solve(shown.circuit) == nil
}
