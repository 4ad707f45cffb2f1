package account

import (
	"errors"
	"fmt"
	"math/rand/v2"
	"sync"
	"testing"

	"github.com/consensys/gnark-crypto/ecc"
	cs "github.com/consensys/gnark/constraint/bn254"
	"github.com/consensys/gnark/logger"
	"github.com/consensys/gnark/test"

	"bulwark.io/circuits/groth"
	"bulwark.io/circuits/publicinput"
	"bulwark.io/circuits/refusal"
	"bulwark.io/circuits/risktable"
)

func init() { logger.Disable() }

var smallSystem = sync.OnceValue(func() *cs.R1CS {
	system, err := groth.Compile(small)
	if err != nil {
		panic(err)
	}
	return system
})

// drawn is a random account on a random table, sealed, with a true claim of kind 3 filled in.
type drawn struct {
	table   *risktable.Table
	request Request
	figures Figures
}

func numbers(rows []risktable.Row) []int64 {
	all := make([]int64, len(rows))
	for i, row := range rows {
		all[i] = row.Number
	}
	return all
}

// randomAccount draws an account of at most so many different instruments and lines.
func randomAccount(random *rand.Rand, shape Shape, table *risktable.Table, lotsMax int64) publicinput.AccountLeaf {
	account := publicinput.AccountLeaf{Number: random.Int64N(1 << (2 * shape.Depth)), Cash: random.Int64N(200_000_000_000) - 50_000_000_000}
	for _, number := range someOf(random, numbers(table.Instruments), shape.Positions) {
		row, _ := (&evaluation{table: table}).row(publicinput.Instrument, number)
		kind := random.IntN(4)
		if row.PaidUp && kind >= 2 {
			account.Paid = append(account.Paid, publicinput.Entry{Key: number, Lots: 1 + random.Int64N(lotsMax)})
		}
		if !row.PaidUp || kind != 2 {
			lots := 1 + random.Int64N(lotsMax)
			if random.IntN(2) == 0 {
				lots = -lots
			}
			account.Positions = append(account.Positions, publicinput.Entry{Key: number, Lots: lots})
		}
	}
	for _, key := range someOf(random, lineKeys(table), shape.Lines) {
		account.Lines = append(account.Lines, publicinput.Entry{Key: key, Lots: 1 + random.Int64N(lotsMax)})
	}
	return account
}

func lineKeys(table *risktable.Table) []int64 {
	var keys []int64
	for _, row := range table.Collateral {
		keys = append(keys, publicinput.LineKey(row.Number, false), publicinput.LineKey(row.Number, true))
	}
	return keys
}

// draw draws an account for the small shape.
func draw(t testing.TB, random *rand.Rand, candidate, lotsMax int64) drawn {
	t.Helper()
	return drawFor(t, random, small, candidate, lotsMax, anyAccount)
}

// suits says whether an account is what a test needs.
type suits func(publicinput.AccountLeaf, *evaluation) bool

func anyAccount(publicinput.AccountLeaf, *evaluation) bool { return true }

// drawUntil draws booked accounts for the small shape until one suits.
func drawUntil(t testing.TB, random *rand.Rand, needed suits) drawn {
	t.Helper()
	return drawFor(t, random, small, publicinput.Given, 5000, needed)
}

// accountsPerTable accounts are drawn over one table before another is made.
const accountsPerTable = 50

// drawFor draws until an account fits the shape and suits.
func drawFor(t testing.TB, random *rand.Rand, shape Shape, candidate, lotsMax int64, needed suits) drawn {
	t.Helper()
	for {
		table := parsedTable(t, randomTable(random, smallPlan))
		for range accountsPerTable {
			account := randomAccount(random, shape, table, lotsMax)
			e, err := evaluate(table, account, candidate)
			if err != nil || len(e.groups) > shape.Groups || !needed(account, e) {
				continue
			}
			claim := publicinput.Claim{Kind: publicinput.InitialMarginEquals, Candidate: candidate, Amount: e.initialMargin}
			return drawn{table: table, request: sealRequest(random, shape, table, account, claim), figures: e.figures()}
		}
	}
}

func assign(t testing.TB, d drawn) *Assignment {
	t.Helper()
	assignment, err := Assign(small, d.table, d.request)
	if err != nil {
		t.Fatalf("a true claim must be assigned: %v", err)
	}
	return assignment
}

func accepts(assignment *Assignment) bool {
	return groth.Solve(smallSystem(), assignment.Circuit) == nil
}

// claimOf gives a claim that is met exactly, for any kind and candidate.
func (d drawn) claimOf(kind, candidate int64) (publicinput.Claim, bool) {
	claim := publicinput.Claim{Kind: kind, Candidate: candidate}
	switch kind {
	case publicinput.ExcessOverInitial:
		claim.Amount = d.figures.Equity - d.figures.InitialMargin
	case publicinput.ExcessOverMaintenance:
		claim.Amount = d.figures.Equity - d.figures.MaintenanceMargin
	default:
		claim.Amount = d.figures.InitialMargin
	}
	return claim, claim.Amount >= 0
}

// lotsMaxOf makes every fifth account extreme.
func lotsMaxOf(round int) int64 {
	if round%5 == 4 {
		return publicinput.LotsMax
	}
	return 5000
}

func TestShouldAgreeWithTheFormulaWrittenStraightDown(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 2))
	for round := range 400 {
		candidate := int64(round % 3)
		d := draw(t, random, candidate, lotsMaxOf(round))
		if expected := newOracle(d.table, d.request.Account, candidate).figures(); d.figures != expected {
			t.Fatalf("seed 1,2 round %d: have %+v, want %+v for %+v", round, d.figures, expected, d.request.Account)
		}
	}
}

func TestShouldAcceptExactlyTheIntegerOfTheFormula(t *testing.T) {
	random := rand.New(rand.NewPCG(3, 4))
	for round := range 60 {
		candidate := int64(round % 3)
		d := draw(t, random, candidate, lotsMaxOf(round))
		kind := int64(round%2 + 1)
		if candidate == publicinput.Given && round%4 == 0 {
			kind = publicinput.InitialMarginEquals
		}
		claim, possible := d.claimOf(kind, candidate)
		if !possible {
			continue
		}
		d.request.Claim = claim
		assignment := assign(t, d)
		if !accepts(assignment) {
			t.Fatalf("seed 3,4 round %d: the claim at its bound must be accepted", round)
		}
		claimAmount(assignment, claim.Amount+1)
		if accepts(assignment) {
			t.Fatalf("seed 3,4 round %d: one past the bound must be rejected", round)
		}
		if kind == publicinput.InitialMarginEquals {
			claimAmount(assignment, claim.Amount-1)
			if accepts(assignment) {
				t.Fatalf("seed 3,4 round %d: an amount below IM must be rejected", round)
			}
		}
	}
}

// claimAmount makes the witness claim another amount, its public claim with it.
func claimAmount(assignment *Assignment, amount int64) {
	c := assignment.Circuit
	claim := publicinput.Claim{Amount: amount}
	for i := range c.Chosen.Kind {
		if c.Chosen.Kind[i] == bit(true) {
			claim.Kind = int64(i + 1)
		}
		if c.Chosen.Candidate[i] == bit(true) {
			claim.Candidate = int64(i)
		}
	}
	c.Chosen.Amount, c.Claim = signed(amount), claim.Element()
}

func TestShouldRejectAnotherMarginWithAllItsCeilings(t *testing.T) {
	random := rand.New(rand.NewPCG(5, 6))
	for range 12 {
		d := draw(t, random, publicinput.Given, 5000)
		for _, shift := range []int64{-1, 1} {
			assignment := assign(t, d)
			margin := d.figures.InitialMargin + shift
			assignment.Circuit.Margin.InitialMargin = signed(margin)
			assignment.Circuit.Margin.Maintenance = signed(ceilMillion(d.table.Parameters.Phi, margin))
			claimAmount(assignment, margin)
			if accepts(assignment) {
				t.Fatalf("IM%+d must be rejected", shift)
			}
			assignment = assign(t, d)
			e, _ := evaluate(d.table, d.request.Account, publicinput.Given)
			assignment.Circuit.Margin.Core = signed(e.core + shift)
			assignment.Circuit.Margin.InitialMargin = signed(margin)
			assignment.Circuit.Margin.Maintenance = signed(ceilMillion(d.table.Parameters.Phi, margin))
			claimAmount(assignment, margin)
			if accepts(assignment) {
				t.Fatalf("core%+d must be rejected", shift)
			}
		}
	}
}

func TestShouldAcceptAnEmptyAccountAndOneThatOnlyOwesCash(t *testing.T) {
	random := rand.New(rand.NewPCG(7, 8))
	table := parsedTable(t, randomTable(random, smallPlan))
	for cash, margin := range map[int64]int64{0: 0, 1: 0, -1: table.Parameters.MinimumMargin} {
		request := sealRequest(random, small, table, publicinput.AccountLeaf{Number: 9, Cash: cash},
			publicinput.Claim{Kind: publicinput.InitialMarginEquals, Amount: margin})
		assignment, err := Assign(small, table, request)
		if err != nil || !accepts(assignment) {
			t.Fatalf("cash %d has IM %d: %v", cash, margin, err)
		}
	}
}

func TestShouldAgreeWithTheTestEngine(t *testing.T) {
	random := rand.New(rand.NewPCG(9, 10))
	for range 5 {
		assignment := assign(t, draw(t, random, publicinput.Given, 5000))
		if err := test.IsSolved(New(small), assignment.Circuit, ecc.BN254.ScalarField()); err != nil {
			t.Fatal(err)
		}
	}
}

func TestShouldProveForTheHouseOnlyWhatIsNamedAndExact(t *testing.T) {
	random := rand.New(rand.NewPCG(11, 12))
	d := draw(t, random, publicinput.Given, 5000)
	d.request.ByHouse = true
	d.request.Claim.Name = d.request.Account.Number + 1
	assignment := assign(t, d)
	if !accepts(assignment) || !assignment.Public[publicinput.NullifierInput].IsZero() {
		t.Fatal("the house proves a named IM with nullifier 0")
	}
	d.request.Claim.Name = 0
	if _, err := Assign(small, d.table, d.request); refusal.Of(err).Code != "HOUSE_MUST_NAME" {
		t.Fatalf("an unnamed claim of the house must be refused; have %v", err)
	}
	assignment.Circuit.Chosen.Name, assignment.Circuit.Claim = signed(0), d.request.Claim.Element()
	if accepts(assignment) {
		t.Fatal("the circuit must reject an unnamed claim of the house")
	}
}

func TestShouldRefuseByName(t *testing.T) {
	random := rand.New(rand.NewPCG(13, 14))
	for _, c := range []struct {
		code   string
		change func(*drawn)
	}{
		{"CLAIM_NOT_MET", func(d *drawn) { d.request.Claim.Amount++ }},
		{"UNKNOWN_KIND", func(d *drawn) { d.request.Claim.Kind = 4 }},
		{"NO_SUCH_CANDIDATE", func(d *drawn) { d.request.Claim.Candidate = 3 }},
		{"KIND_NEEDS_GIVEN", func(d *drawn) { d.request.Claim.Candidate = publicinput.Returned }},
		{"OWNER_DIFFERS", func(d *drawn) { d.request.Secret = randomElement(random) }},
		{"LEAF_NOT_IN_TREE", func(d *drawn) { d.request.Account.Cash++; d.request.Claim.Kind = publicinput.ExcessOverInitial }},
		{"TABLE_ROOT_DIFFERS", func(d *drawn) { d.request.Epoch.TableRoot = randomElement(random) }},
		{"TABLE_ROOT_DIFFERS", func(d *drawn) { d.request.Epoch.TableSha[0]++ }},
		{"TOO_LARGE", func(d *drawn) { d.request.Account.Cash = 1 << 59 }},
		{"UNKNOWN_ID", func(d *drawn) { d.request.Account.Positions = []publicinput.Entry{{Key: 1 << 20, Lots: 1}} }},
		{"NOT_PAID_UP", func(d *drawn) {
			d.request.Account.Paid = []publicinput.Entry{{Key: d.table.Instruments[0].Number, Lots: 1}}
		}},
		{"NO_PROOF_IN_THIS_SHAPE", func(d *drawn) { d.request.Account.Number = 1 << (2 * small.Depth) }},
		{"TABLE_SHAPE_DIFFERS", func(d *drawn) { d.table.Rows++ }},
	} {
		t.Run(c.code, func(t *testing.T) {
			d := draw(t, random, publicinput.Given, 5000)
			c.change(&d)
			_, err := Assign(small, d.table, d.request)
			var refused *refusal.Refusal
			if !errors.As(err, &refused) || refused.Code != c.code {
				t.Fatalf("want %s, have %v", c.code, err)
			}
		})
	}
}

func TestShouldSolveAtOnceOverDifferentTables(t *testing.T) {
	random := rand.New(rand.NewPCG(15, 16))
	var waiting sync.WaitGroup
	faults := make(chan error, 24)
	for i := range 24 {
		assignment := assign(t, draw(t, random, publicinput.Given, 5000))
		waiting.Go(func() {
			if !accepts(assignment) {
				faults <- fmt.Errorf("solve %d refused a true claim", i)
			}
		})
	}
	waiting.Wait()
	close(faults)
	for fault := range faults {
		t.Error(fault)
	}
}
