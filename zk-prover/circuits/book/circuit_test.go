package book

import (
	"flag"
	"math/big"
	"math/bits"
	"math/rand/v2"
	"testing"

	"github.com/consensys/gnark-crypto/ecc"
	"github.com/consensys/gnark-crypto/ecc/bn254/fr"
	"github.com/consensys/gnark/frontend"
	"github.com/consensys/gnark/test"

	"bulwark.io/circuits/account"
	"bulwark.io/circuits/constraint/gadget"
	"bulwark.io/circuits/groth"
	"bulwark.io/circuits/internal/keytest"
	"bulwark.io/circuits/internal/witnesstest"
	"bulwark.io/circuits/plain/formula"
	"bulwark.io/circuits/plain/publicinput"
	"bulwark.io/circuits/plain/risktable"
	"bulwark.io/circuits/refusal"
)

var update = flag.Bool("update", false, "write the golden files anew")

func TestShouldAcceptRandomBatchesAndSumThem(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 2))
	for _, shape := range []Shape{spot, full, venues} {
		for round := range 10 {
			request := randomBatch(random, shape, int64(round%3), someOf(random, 4, 0, 4), 0)
			assignment := batchOf(t, shape, request)
			if !accepts(t, shape, assignment) {
				t.Fatalf("%v seed 1,2 round %d: an honest batch must be accepted", shape, round)
			}
			assertTotals(t, request, assignment.Node.Totals)
		}
	}
}

// assertTotals adds the accounts up anew, entry by entry.
func assertTotals(t *testing.T, request BatchRequest, totals Totals) {
	t.Helper()
	lines, long, short, paid, cash := map[int64]int64{}, map[int64]int64{}, map[int64]int64{}, map[int64]int64{}, [2]int64{}
	for _, account := range request.Accounts {
		cash[0], cash[1] = cash[0]+max(account.Cash, 0), cash[1]+max(-account.Cash, 0)
		for _, entry := range account.Lines {
			lines[entry.Key] += entry.Lots
		}
		for _, entry := range account.Positions {
			long[entry.Key] += max(entry.Lots, 0)
			short[entry.Key] += max(-entry.Lots, 0)
		}
		for _, entry := range account.Paid {
			paid[entry.Key] += entry.Lots
		}
	}
	for row, line := range request.Values.Lines {
		if totals.Lines[row] != lines[line.Key] {
			t.Fatalf("line %d: the accounts add up to %d, have %d", line.Key, lines[line.Key], totals.Lines[row])
		}
	}
	for row, instrument := range request.Values.Instruments {
		if totals.Long[row] != long[instrument.Number] || totals.Short[row] != short[instrument.Number] ||
			totals.Paid[row] != paid[instrument.Number] {
			t.Fatalf("instrument %d is summed wrongly", instrument.Number)
		}
	}
	if totals.CashPlus.Int64() != cash[0] || totals.CashMinus.Int64() != cash[1] || totals.Accounts != int64(len(request.Accounts)) {
		t.Fatal("cash or accounts are summed wrongly")
	}
}

func TestShouldAgreeWithTheTestEngine(t *testing.T) {
	random := rand.New(rand.NewPCG(3, 4))
	for _, shape := range []Shape{spot, full, venues} {
		assignment := batchOf(t, shape, randomBatch(random, shape, 1, everyPlace, 1))
		if err := test.IsSolved(shape.Empty(), assignment.Circuit, ecc.BN254.ScalarField()); err != nil {
			t.Fatal(err)
		}
	}
}

// The equity of the book is the margin formula's: one account a batch, so its shortfall is the formula's −E, or 0.
func TestShouldMissWhatTheFormulaSaysAnAccountLacks(t *testing.T) {
	random := rand.New(rand.NewPCG(5, 6))
	shape := Shape{Levels: 1, Lines: 3, Positions: 2, Assets: 2, Instruments: 3, Paid: 1}
	lacking := 0
	for round := range 40 {
		table := randomTable(random, shape)
		request := BatchRequest{Values: ValuesOf(table), Blinding: randomElement(random)}
		request.Accounts = []publicinput.AccountLeaf{randomAccount(random, shape, request.Values, 2, 0)}
		components, err := formula.Evaluate(table, request.Accounts[0])
		if err != nil {
			t.Fatal(err)
		}
		assignment := batchOf(t, shape, request)
		lack := big.NewInt(max(0, -components.Equity))
		if components.Equity <= 0 {
			lacking++
		}
		if have := assignment.Node.Totals.ShortfallUnits(); have.Cmp(lack) != 0 {
			t.Fatalf("round %d: the formula lacks %v, the book %v", round, lack, have)
		}
		if round < 5 && !accepts(t, shape, assignment) {
			t.Fatalf("round %d must be accepted", round)
		}
	}
	if lacking < 5 || lacking > 35 {
		t.Fatalf("accounts must lie on both sides of 0; %d of 40 lack", lacking)
	}
}

// randomTable is a table of values alone.
func randomTable(random *rand.Rand, shape Shape) *risktable.Table {
	values := randomValues(random, shape)
	table := &risktable.Table{Structure: risktable.Structure{Rows: 1, Combos: 1, Families: []risktable.Family{{Name: "J", Points: [][]int64{{0}}}}}, Weights: [][]int64{{risktable.Million}},
		Parameters: risktable.Parameters{Tail: 1, Phi: 800_000, CashResidual: values.Residual}}
	row := func(domain publicinput.Domain, number, value int64) risktable.Row {
		return risktable.Row{Domain: domain, Number: number, Value: value, Loss: []int64{0}}
	}
	for i := 0; i < len(values.Lines); i += 2 {
		number := values.Lines[i].Key / 2
		table.Collateral = append(table.Collateral, row(publicinput.Collateral, number, values.Lines[i].Value))
		table.Debts = append(table.Debts, row(publicinput.Debt, number, values.Lines[i+1].Value))
	}
	for _, instrument := range values.Instruments {
		table.Instruments = append(table.Instruments, row(publicinput.Instrument, instrument.Number, instrument.Long))
	}
	return table
}

// Every number at the end of its range: 2³¹ − 1 lots of 2³¹ − 1 in every slot, cash of 2⁶⁰ − 1.
func TestShouldHoldTheLargestAccounts(t *testing.T) {
	random := rand.New(rand.NewPCG(7, 8))
	for _, sign := range []int64{-1, 1} {
		request := randomBatch(random, full, 0, everyPlace, 2)
		for i := range request.Values.Lines {
			request.Values.Lines[i].Value = (1 - 2*(request.Values.Lines[i].Key%2)) * risktable.BoundMax
			request.Values.Lines[i].Tiers = nil
		}
		for i := range request.Values.Instruments {
			request.Values.Instruments[i].Long, request.Values.Instruments[i].Short = risktable.BoundMax, risktable.BoundMax
		}
		for i := range request.Accounts {
			account := &request.Accounts[i]
			account.Cash = sign * (1<<cashBits - 1)
			for j := range account.Lines {
				account.Lines[j].Lots = publicinput.LotsMax
			}
			for j := range account.Positions {
				account.Positions[j].Lots = sign * publicinput.LotsMax
			}
			for j := range account.Paid {
				account.Paid[j].Lots = publicinput.LotsMax
			}
		}
		if !accepts(t, full, batchOf(t, full, request)) {
			t.Fatal("the largest accounts must be accepted")
		}
		request.Accounts[3].Cash = sign << cashBits
		if _, err := AssignBatch(full, request); err == nil || refusal.Of(err).Code != "TOO_LARGE" {
			t.Fatalf("cash of 2⁶⁰ must be refused; have %v", err)
		}
	}
}

func TestShouldCoverTotalsOfTheDeepestTree(t *testing.T) {
	if most := levelsMax * 2; lotsBits+most > totalBits || most >= countBits {
		t.Fatal("a batch's total or count leaves its range")
	}
	if lotsBits+2*depthMax >= publicinput.Wide.Bits-1 {
		t.Fatal("a tree's total leaves its slot")
	}
	entries := int64(2*entriesMax + 1)
	if 2*31+bits.Len64(uint64(entries*risktable.Million)) > magnitudeBits || totalBits*2+countBits+gadget.NarrowLimb >= fr.Modulus().BitLen() {
		t.Fatal("an equity or a numerator leaves its range")
	}
}

func TestShouldHideSubtotalsBehindTheBlinding(t *testing.T) {
	random := rand.New(rand.NewPCG(9, 10))
	request := randomBatch(random, spot, 0, everyPlace, 1)
	first := batchOf(t, spot, request)
	request.Blinding = randomElement(random)
	second := batchOf(t, spot, request)
	if first.Public[0] == second.Public[0] {
		t.Fatal("two blindings must give two commitments")
	}
	guess := first.Node
	guess.Blinding = fr.Element{}
	if guess.Commitment() == first.Public[0] {
		t.Fatal("whoever guesses root and totals must not find the commitment")
	}
}

func TestShouldRefuseByName(t *testing.T) {
	random := rand.New(rand.NewPCG(11, 12))
	for _, c := range []struct {
		code   string
		change func(*BatchRequest)
	}{
		{"UNKNOWN_ID", func(r *BatchRequest) { r.Accounts[0].Lines[0].Key = 4_000 }},
		{"UNKNOWN_ID", func(r *BatchRequest) { r.Accounts[0].Positions[0].Key = 4_000 }},
		{"NO_PROOF_IN_THIS_SHAPE", func(r *BatchRequest) {
			r.Accounts[0].Lines = append(r.Accounts[0].Lines, r.Accounts[0].Lines...)
		}},
		{"NO_PROOF_IN_THIS_SHAPE", func(r *BatchRequest) {
			r.Accounts[0].Positions = append(r.Accounts[0].Positions, r.Accounts[0].Positions...)
		}},
		{"UNKNOWN_ID", func(r *BatchRequest) { r.Accounts[0].Paid[0].Key = 4_000 }},
		{"OUT_OF_RANGE", func(r *BatchRequest) { r.Accounts[0].Paid[0].Lots = 0 }},
		{"OUT_OF_RANGE", func(r *BatchRequest) { r.Index = 1 << indexBits }},
		{"NO_PROOF_IN_THIS_SHAPE", func(r *BatchRequest) {
			r.Accounts[0].Paid = append(r.Accounts[0].Paid, r.Accounts[0].Paid...)
		}},
		{"NO_PROOF_IN_THIS_SHAPE", func(r *BatchRequest) { r.Values.Lines = append(r.Values.Lines, r.Values.Lines...) }},
		{"OUT_OF_RANGE", func(r *BatchRequest) { r.Accounts[1].Number = 99 }},
		{"OUT_OF_RANGE", func(r *BatchRequest) { r.Accounts[1].Number = r.Accounts[0].Number }},
		{"OUT_OF_RANGE", func(r *BatchRequest) { r.Values.Lines[1].Key = r.Values.Lines[0].Key }},
		{"OUT_OF_RANGE", func(r *BatchRequest) { r.Values.Lines[0].Value = 1 << 31 }},
		{"OUT_OF_RANGE", func(r *BatchRequest) { r.Values.Instruments[0].Short = -1 << 31 }},
	} {
		request := randomBatch(random, full, 0, everyPlace, 2)
		c.change(&request)
		if _, err := AssignBatch(full, request); err == nil || refusal.Of(err).Code != c.code {
			t.Errorf("want %s, have %v", c.code, err)
		}
	}
}

// shapeSize pins what a shape costs; a change of it is a change of every key.
type shapeSize struct {
	Circuit, Shape            string
	Constraints, Domain       int
	SecretInputs              int
	AccountsThousandths       int // constraints an account, × 1,000, once the batch's own are paid for; 0 of a layer
	ConstraintsAnAccountWhole int // constraints of the whole batch by its accounts, rounded up
}

func TestShouldKeepItsSize(t *testing.T) {
	witnesstest.FullTier(t)
	shapes := []groth.Shape{spot, full, layer, top}
	wide := Shape{Levels: 2, Lines: Production.Lines, Assets: Production.Assets}
	standard := Shape{Levels: 2, Lines: 8, Positions: 16, Assets: 16, Instruments: 64, Paid: 4}
	standardTop := SumShape{Assets: standard.Assets, Instruments: standard.Instruments, Height: standard.Levels, Fan: 2, Depth: 10}
	tiered := wide
	tiered.Tiers = publicinput.KnotsMax
	var sizes []shapeSize
	standardAtVenues := standard
	standardAtVenues.Format = account.OverVenues
	for _, shape := range append(shapes, wide, tiered, standard, standardTop, ProductionTop, venues, standardAtVenues) {
		system := systemOf(t, shape)
		inputs, err := frontend.NewSchema(ecc.BN254.ScalarField(), shape.Empty())
		if err != nil {
			t.Fatal(err)
		}
		n := system.GetNbConstraints()
		size := shapeSize{Circuit: shape.Circuit(), Shape: shape.String(), Constraints: n, Domain: 1 << bits.Len(uint(n-1)), SecretInputs: inputs.NbSecret}
		if batch, ok := shape.(Shape); ok {
			smaller := batch
			smaller.Levels = 1
			if batch.Levels > 1 {
				size.AccountsThousandths = 1_000 * (n - systemOf(t, smaller).GetNbConstraints()) / (batch.Accounts() - smaller.Accounts())
			}
			size.ConstraintsAnAccountWhole = (n + batch.Accounts() - 1) / batch.Accounts()
		}
		sizes = append(sizes, size)
	}
	witnesstest.Golden(t, *update, sizes)
}

// BenchmarkProduction opens a key of the production batch and proves it: constraints, and accounts a second of processor time.
func BenchmarkProduction(b *testing.B) {
	key, err := keytest.Open(Production)
	if err != nil {
		b.Fatal(err)
	}
	random := rand.New(rand.NewPCG(13, 14))
	places := make([]int, Production.Accounts())
	for i := range places {
		places[i] = i
	}
	assignment := batchOf(b, Production, randomBatch(random, Production, 0, places, Production.Lines))
	for b.Loop() {
		if _, err := key.Prove(assignment.Circuit, assignment.Public); err != nil {
			b.Fatal(err)
		}
	}
	b.ReportMetric(float64(key.Constraints())/float64(Production.Accounts()), "constraints/account")
}
