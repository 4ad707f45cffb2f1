package account

import (
	"math/rand/v2"
	"slices"
	"testing"

	cs "github.com/consensys/gnark/constraint/bn254"

	"bulwark.io/circuits/constraint/gadget"
	"bulwark.io/circuits/constraint/margin"
	"bulwark.io/circuits/groth"
	"bulwark.io/circuits/plain/publicinput"
	"bulwark.io/circuits/refusal"
)

// callSystems are the constraint systems of the small shapes.
var callSystems = map[string]func() *cs.R1CS{small.String(): compiled(CallShape{small}), atVenues.String(): compiled(CallShape{atVenues})}

func acceptsCall(assignment *CallAssignment) bool {
	return groth.Solve(callSystems[assignment.Circuit.shape.String()](), assignment.Circuit) == nil
}

// called is a request of the house for a call of an account whose largest E − MM over its candidates is so much.
func called(t *testing.T, random *rand.Rand, surplus int64, needed suits) drawn {
	t.Helper()
	return calledIn(t, random, small, surplus, needed)
}

// calledIn draws it for a shape.
func calledIn(t *testing.T, random *rand.Rand, shape Shape, surplus int64, needed suits) drawn {
	t.Helper()
	for {
		d := drawFor(t, random, shape, publicinput.Given, 5000, func(account publicinput.AccountLeaf, e seen) bool {
			return e.Liability && needed(account, e)
		})
		d.request.ByHouse, d.request.Claim = true, publicinput.Statement{Tag: publicinput.TagBelowMaintenance, Name: d.request.Account.Number + 1}
		for range 50 {
			most, owes := largestSurplus(d)
			if !owes {
				break
			}
			if most == surplus {
				d.request = reseal(shape, d.request)
				return d
			}
			d.request.Account.Cash += surplus - most
		}
	}
}

// largestSurplus is the largest E − MM over the candidates, and whether each of them owes.
func largestSurplus(d drawn) (most int64, owes bool) {
	candidates, _, err := candidatesOf(d.shape, d.table, d.request.Account)
	if err != nil {
		return 0, false
	}
	owes = true
	for i, laid := range candidates {
		figures := margin.Assign(laid.packing, laid.sums, laid.groups, laid.rows, laid.standings, margin.Honest).Figures
		if surplus := figures.Equity - figures.MaintenanceMargin; i == 0 || surplus > most {
			most = surplus
		}
		owes = owes && laid.sums.Owed() != 0
	}
	return most, owes
}

func withPaidLots(account publicinput.AccountLeaf, _ seen) bool { return len(account.Paid) > 0 }

func TestShouldCallExactlyWhatIsBelowMaintenanceInEveryCandidate(t *testing.T) {
	random := rand.New(rand.NewPCG(91, 92))
	for round := range 8 {
		needed := anyAccount
		if round%2 == 0 {
			needed = withPaidLots
		}
		d := called(t, random, -1, needed)
		assignment, err := AssignCall(small, d.table, d.request)
		if err != nil || !acceptsCall(assignment) {
			t.Fatalf("round %d: one unit below maintenance margin must be called: %v", round, err)
		}
		if !assignment.Public[publicinput.NullifierInput].IsZero() {
			t.Fatal("the house's claim has no nullifier")
		}
		d = called(t, random, 0, needed)
		if _, err := AssignCall(small, d.table, d.request); refusal.Of(err).Code != "CLAIM_NOT_MET" {
			t.Fatalf("round %d: an account at its maintenance margin must be refused; have %v", round, err)
		}
		if acceptsCall(forgeCall(d, margin.Honest)) {
			t.Fatalf("round %d: the circuit must reject an account at its maintenance margin", round)
		}
	}
}

// forgeCall fills the circuit without asking whether the claim is true.
func forgeCall(d drawn, change margin.Change) *CallAssignment {
	candidates, outgrows, err := candidatesOf(d.shape, d.table, d.request.Account)
	if err != nil {
		panic(err)
	}
	assignment, _ := fillCall(d.shape, d.table, d.request, waysOf(d, candidates[publicinput.Given]), candidates, outgrows, change)
	return assignment
}

func TestShouldRejectACallWithAnotherMargin(t *testing.T) {
	random := rand.New(rand.NewPCG(93, 94))
	d := called(t, random, 0, withPaidLots)
	for _, name := range []string{"initial margin", "maintenance margin", "core", "family", "worst", "cash debt", "quantisation"} {
		if acceptsCall(forgeCall(d, func(result string, candidates ...int64) int64 {
			if result == name {
				return margin.Honest(result, candidates...) + 1
			}
			return margin.Honest(result, candidates...)
		})) {
			t.Errorf("a call with %s overstated must be rejected", name)
		}
	}
}

func TestShouldCallAnAccountWhosePaidLotsCannotBeReturned(t *testing.T) {
	random := rand.New(rand.NewPCG(95, 96))
	d := called(t, random, -1, func(account publicinput.AccountLeaf, e seen) bool {
		return slices.ContainsFunc(e.instruments, func(slot instrumentSlot) bool { return slot.paid > 0 && slot.start > 0 })
	})
	for i, entry := range d.request.Account.Paid {
		at := slices.IndexFunc(d.request.Account.Positions, func(e publicinput.Entry) bool { return e.Key == entry.Key && e.Lots > 0 })
		if at >= 0 {
			d.request.Account.Paid = slices.Clone(d.request.Account.Paid)
			d.request.Account.Paid[i].Lots = publicinput.LotsMax
		}
	}
	d.request.Account.Cash -= 1_000_000_000_000
	d.request = reseal(small, d.request)
	assignment, err := AssignCall(small, d.table, d.request)
	if err != nil || !acceptsCall(assignment) {
		t.Fatalf("the account as booked stands in: %v", err)
	}
	for i := range assignment.Circuit.Returned {
		assignment.Circuit.Returned[i].Outgrows = gadget.Bit(false)
	}
	if acceptsCall(assignment) {
		t.Fatal("the candidate must not be left out without a reason")
	}
}

// An account whose paid lots are its rescue must not be called by leaving them in the drawer.
func TestShouldRejectACallThatDoesNotReturnThePaidLots(t *testing.T) {
	random := rand.New(rand.NewPCG(97, 98))
	for {
		d := called(t, random, 0, withPaidLots)
		candidates, _, _ := candidatesOf(small, d.table, d.request.Account)
		returned, booked := candidates[publicinput.Returned], candidates[publicinput.Given]
		figures := margin.Assign(booked.packing, booked.sums, booked.groups, booked.rows, 0, margin.Honest).Figures
		if figures.Equity >= figures.MaintenanceMargin || returned.sums.Owed() == 0 {
			continue
		}
		candidates[publicinput.Returned] = booked
		ways, _ := checkSealed(small, d.table, d.request)
		assignment, err := fillCall(small, d.table, d.request, ways, candidates, -1, margin.Honest)
		if err != nil {
			continue
		}
		if acceptsCall(assignment) {
			t.Fatal("paid lots must be returned")
		}
		return
	}
}

func TestShouldRefuseCallsByName(t *testing.T) {
	random := rand.New(rand.NewPCG(99, 100))
	for _, c := range []struct {
		code   string
		change func(*drawn)
	}{
		{"UNKNOWN_KIND", func(d *drawn) { d.request.Claim.Tag = publicinput.TagInitialMarginEquals }},
		{"KIND_NEEDS_GIVEN", func(d *drawn) { d.request.Claim.Choice = publicinput.AllPaid }},
		{"HOUSE_MUST_NAME", func(d *drawn) { d.request.Claim.Name = 0 }},
		{"HOUSE_MUST_NAME", func(d *drawn) { d.request.ByHouse = false }},
		{"STANDING_NEEDS_OWNER", func(d *drawn) { d.request.Claim.Standing = true }},
		{"TABLE_SHAPE_DIFFERS", func(d *drawn) { changed := *d.table; changed.Rows++; d.table = &changed }},
	} {
		d := called(t, random, -1, anyAccount)
		c.change(&d)
		if _, err := AssignCall(small, d.table, d.request); refusal.Of(err).Code != c.code {
			t.Errorf("want %s, have %v", c.code, err)
		}
	}
}
