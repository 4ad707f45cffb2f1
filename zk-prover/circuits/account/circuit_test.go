package account

import (
	"errors"
	"fmt"
	"math/rand/v2"
	"sync"
	"testing"

	"github.com/consensys/gnark-crypto/ecc"
	"github.com/consensys/gnark-crypto/ecc/bn254/fr"
	cs "github.com/consensys/gnark/constraint/bn254"
	"github.com/consensys/gnark/logger"
	"github.com/consensys/gnark/test"

	"bulwark.io/circuits/constraint/gadget"
	"bulwark.io/circuits/constraint/margin"
	"bulwark.io/circuits/groth"
	"bulwark.io/circuits/internal/tabletest"
	"bulwark.io/circuits/plain/formula"
	"bulwark.io/circuits/plain/publicinput"
	"bulwark.io/circuits/plain/risktable"
	"bulwark.io/circuits/plain/tree"
	"bulwark.io/circuits/refusal"
)

func init() { logger.Disable() }

// systems are the constraint systems of the small shapes.
var systems = map[string]func() *cs.R1CS{small.String(): compiled(small), smallChallenge.String(): compiled(smallChallenge), smallCompact.String(): compiled(smallCompact),
	buffered.String(): compiled(buffered), smallBuffered.String(): compiled(smallBuffered),
	atVenues.String(): compiled(atVenues), smallAtVenues.String(): compiled(smallAtVenues),
	compactAtVenues.String(): compiled(compactAtVenues), bufferedAtVenues.String(): compiled(bufferedAtVenues),
	wideAtVenues.String(): compiled(wideAtVenues), shallow.String(): compiled(shallow),
	shallowChallenge.String(): compiled(shallowChallenge), shallowCompact.String(): compiled(shallowCompact),
	shallowPlain.String(): compiled(shallowPlain),
	sealedAtMany.String(): compiled(sealedAtMany), compactAtMany.String(): compiled(compactAtMany)}

func compiled(shape groth.Shape) func() *cs.R1CS {
	return sync.OnceValue(func() *cs.R1CS {
		system, err := groth.Compile(shape)
		if err != nil {
			panic(err)
		}
		return system
	})
}

// drawn is a random account on a random table, sealed, with a true claim of kind 3 filled in.
type drawn struct {
	shape   Shape
	table   *risktable.Table
	opened  *risktable.Table // whose leaves stand in the tree; a liar's table has other numbers
	request Request
	figures margin.Figures
}

// seen is what a test may choose an account by.
type seen struct {
	*slots
	*formula.Components
}

// draw draws an account for the small shape.
func draw(t testing.TB, random *rand.Rand, candidate, lotsMax int64) drawn {
	t.Helper()
	return drawFor(t, random, small, candidate, lotsMax, anyAccount)
}

// suits says whether an account is what a test needs.
type suits func(publicinput.AccountLeaf, seen) bool

func anyAccount(publicinput.AccountLeaf, seen) bool { return true }

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
		plan := tabletest.SmallPlan(shape.Structure.EsRows)
		if shape.Structure.AtVenues() {
			plan = tabletest.VenuePlan(shape.Structure.EsRows)
		}
		plan.Structure.Small = shape.Structure.Small
		if shape.Standings > atVenues.Standings {
			plan.Venues, plan.Instruments, plan.Assets = tabletest.ManyVenues, 11, 8
		}
		table := tabletest.Table(random, plan)
		for range accountsPerTable {
			account := tabletest.Account(random, table, shape.Positions, shape.Lines, lotsMax)
			if shape.Structure.AtVenues() {
				account, _ = tabletest.Standings(random, table, account, shape.Standings, lotsMax)
			}
			account.Number = random.Int64N(1 << (2 * shape.Depth))
			slots, err := slotsOf(shape, table, account, candidate)
			if err != nil || !needed(account, seen{slots, slots.sums.Components()}) {
				continue
			}
			c := slots.sums.Components()
			claim := publicinput.Statement{Tag: publicinput.TagInitialMarginEquals, Choice: candidate, Amount: c.InitialMargin}
			return drawn{shape: shape, table: table, opened: table, request: requested(shape, table, sealRequest(random, shape, table, account, claim)),
				figures: margin.Figures{InitialMargin: c.InitialMargin, MaintenanceMargin: c.MaintenanceMargin, Equity: c.Equity}}
		}
	}
}

func assign(t testing.TB, d drawn) *Assignment {
	t.Helper()
	assignment, err := Assign(d.shape, d.table, d.request)
	if err != nil {
		t.Fatalf("a true claim must be assigned: %v", err)
	}
	return assignment
}

func accepts(assignment *Assignment) bool {
	return groth.Solve(systems[assignment.Circuit.shape.String()](), assignment.Circuit) == nil
}

// claimOf gives a claim that is met exactly, for any kind and candidate.
func (d drawn) claimOf(kind, candidate int64) (publicinput.Statement, bool) {
	claim := publicinput.Statement{Tag: kind, Choice: candidate}
	switch kind {
	case publicinput.TagExcessOverInitial:
		claim.Amount = d.figures.Equity - d.figures.InitialMargin
	case publicinput.TagExcessOverMaintenance:
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

func TestShouldAcceptExactlyTheIntegerOfTheFormula(t *testing.T) {
	random := rand.New(rand.NewPCG(3, 4))
	for round := range 60 {
		candidate := int64(round % 3)
		d := drawFor(t, random, []Shape{small, smallChallenge, smallCompact}[round%3], candidate, lotsMaxOf(round), anyAccount)
		kind := int64(round/2%2 + 1)
		if candidate == publicinput.Given && round%4 == 0 {
			kind = publicinput.TagInitialMarginEquals
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
		if kind == publicinput.TagInitialMarginEquals {
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
	claim := publicinput.Statement{Amount: amount}
	for i, kind := range c.shape.kinds() {
		if c.Chosen.Kind[i] == gadget.Bit(true) {
			claim.Tag = kind
		}
	}
	for i := range c.Chosen.Candidate {
		if c.Chosen.Candidate[i] == gadget.Bit(true) {
			claim.Choice = int64(i)
		}
	}
	c.Chosen.Amount, c.Statement = gadget.Signed(amount), claim.Element()
}

// Of every result of the formula, package margin's tests change each one; here the last, in both openings, with all that follows from it.
func TestShouldRejectAnotherMarginWithAllItsCeilings(t *testing.T) {
	random := rand.New(rand.NewPCG(5, 6))
	for round := range 12 {
		d := drawFor(t, random, []Shape{small, smallChallenge, smallCompact}[round%3], publicinput.Given, 5000, anyAccount)
		for _, shift := range []int64{-1, 1} {
			for _, name := range []string{"initial margin", "core", "shortfall", "worst", "impact"} {
				shifted := false
				assignment := forge(d, func(result string, candidates ...int64) int64 {
					if result == name && !shifted {
						shifted = true
						return margin.Honest(result, candidates...) + shift
					}
					return margin.Honest(result, candidates...)
				})
				if accepts(assignment) {
					t.Fatalf("%s%+d must be rejected", name, shift)
				}
			}
		}
	}
}

// forge fills the circuit with changed results and claims the IM that comes out of it, without asking whether it is true.
func forge(d drawn, change margin.Change) *Assignment {
	slots, err := slotsOf(d.shape, d.table, d.request.Account, d.request.Claim.Choice)
	if err != nil {
		panic(err)
	}
	return forgeSlots(d, slots, change)
}

func waysOf(d drawn, slots *slots) (ways ways) {
	ways.account, _ = tree.Climb(d.request.Account.Hash(), d.request.Account.Number, d.request.Path)
	if d.shape.Opening.Sealed() {
		ways.request, _ = tree.Climb(commitmentOf(d, slots), d.request.Sealed.Place, d.request.Sealed.Path)
		ways.evaluated = d.opened.EvaluateAt(d.shape.Opening.Packing(), publicinput.RhoOf(d.request.Epoch.Digest(), d.request.Sealed.Root))
	}
	return ways
}

func forgeSlots(d drawn, slots *slots, change margin.Change) *Assignment {
	charged, err := chargedBy(d.shape, d.table, d.request, slots)
	if err != nil {
		panic(err)
	}
	return forgeCharged(d, slots, charged, change)
}

func forgeCharged(d drawn, slots *slots, charged *bufferCharge, change margin.Change) *Assignment {
	assignment := fill(d.shape, d.table, d.request, slots, waysOf(d, slots), charged, change)
	figures := assignment.Figures
	if d.shape.opensTariff() {
		claimAmount(assignment, figures.Equity-figures.InitialMargin-assignment.Buffer)
	} else {
		claimAmount(assignment, figures.InitialMargin)
	}
	return assignment
}

func commitmentOf(d drawn, slots *slots) fr.Element {
	return slots.commitment(d.request.Account, d.request.Claim.Choice, d.request.Sealed.Salt)
}

func TestShouldAcceptAnEmptyAccountAndOneThatOnlyOwesCash(t *testing.T) {
	random := rand.New(rand.NewPCG(7, 8))
	table := tabletest.Table(random, smallPlan)
	for cash, margin := range map[int64]int64{0: 0, 1: 0, -1: table.Parameters.MinimumMargin} {
		request := sealRequest(random, small, table, publicinput.AccountLeaf{Number: 9, Cash: cash},
			publicinput.Statement{Tag: publicinput.TagInitialMarginEquals, Amount: margin})
		assignment, err := Assign(small, table, request)
		if err != nil || !accepts(assignment) {
			t.Fatalf("cash %d has IM %d: %v", cash, margin, err)
		}
	}
}

func TestShouldAgreeWithTheTestEngine(t *testing.T) {
	random := rand.New(rand.NewPCG(9, 10))
	for round := range 6 {
		d := drawFor(t, random, []Shape{small, smallChallenge, smallCompact}[round%3], publicinput.Given, 5000, anyAccount)
		assignment := assign(t, d)
		if err := test.IsSolved(New(d.shape), assignment.Circuit, ecc.BN254.ScalarField()); err != nil {
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
	assignment.Circuit.Chosen.Name, assignment.Circuit.Statement = gadget.Signed(0), d.request.Claim.Element()
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
		{"UNKNOWN_KIND", func(d *drawn) { d.request.Claim.Tag = 4 }},
		{"NO_SUCH_CANDIDATE", func(d *drawn) { d.request.Claim.Choice = 3 }},
		{"KIND_NEEDS_GIVEN", func(d *drawn) { d.request.Claim.Choice = publicinput.Returned }},
		{"OWNER_DIFFERS", func(d *drawn) { d.request.Secret = randomElement(random) }},
		{"LEAF_NOT_IN_TREE", func(d *drawn) { d.request.Account.Cash++; d.request.Claim.Tag = publicinput.TagExcessOverInitial }},
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
