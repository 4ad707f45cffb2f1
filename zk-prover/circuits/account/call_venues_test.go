package account

import (
	"math/rand/v2"
	"slices"
	"testing"

	"bulwark.io/circuits/constraint/margin"
	"bulwark.io/circuits/internal/witnesstest"
	"bulwark.io/circuits/plain/formula"
	"bulwark.io/circuits/plain/publicinput"
	"bulwark.io/circuits/refusal"
)

// prefunded asks for an account that is charged for what cannot reach its venues.
func prefunded(_ publicinput.AccountLeaf, e seen) bool { return e.Prefunding > 0 }

func TestShouldCallExactlyWhatIsBelowMaintenanceAtVenues(t *testing.T) {
	random := rand.New(rand.NewPCG(241, 242))
	for round, needed := range []suits{prefunded, withPaidLots, anyAccount} {
		d := calledIn(t, random, atVenues, -1, needed)
		assignment, err := AssignCall(d.shape, d.table, d.request)
		if err != nil || !acceptsCall(assignment) {
			t.Fatalf("round %d: one unit below maintenance margin must be called: %v", round, err)
		}
		d = calledIn(t, random, atVenues, 0, needed)
		if _, err := AssignCall(d.shape, d.table, d.request); refusal.Of(err).Code != "CLAIM_NOT_MET" {
			t.Fatalf("round %d: an account at its maintenance margin must be refused; have %v", round, err)
		}
		if acceptsCall(forgeCall(d, margin.Honest)) {
			t.Fatalf("round %d: the circuit must reject an account at its maintenance margin", round)
		}
	}
}

// A house that reads other standings than the leaf holds calls who is not to be called.
func TestShouldRejectACallOverOtherStandings(t *testing.T) {
	random := rand.New(rand.NewPCG(243, 244))
	for name, change := range map[string]func(standings []publicinput.Standing) []publicinput.Standing{
		"one better": func(standings []publicinput.Standing) []publicinput.Standing {
			standings[0].Distance++
			return standings
		},
		"one worse": func(standings []publicinput.Standing) []publicinput.Standing {
			standings[0].Distance--
			return standings
		},
		"the last left out": func(standings []publicinput.Standing) []publicinput.Standing {
			return standings[:len(standings)-1]
		},
		"of an account that stands nearer": func(standings []publicinput.Standing) []publicinput.Standing {
			for i := range standings {
				standings[i].Distance -= 3_000_000_000
			}
			return standings
		},
	} {
		d := calledIn(t, random, atVenues, far, func(account publicinput.AccountLeaf, e seen) bool {
			if len(account.Standings) == 0 {
				return false
			}
			last := account.Standings[len(account.Standings)-1].Venue
			return !slices.ContainsFunc(e.rows, func(entry formula.Entry) bool { return entry.Row != nil && entry.Row.Venue == last })
		})
		honest, other := forgeCall(d, margin.Honest), d
		other.request.Account.Standings = change(slices.Clone(d.request.Account.Standings))
		other.request = reseal(d.shape, other.request)
		forged := forgeCall(other, margin.Honest)
		if !acceptsCall(honest) || !acceptsCall(forged) {
			t.Fatalf("%s: in an epoch of its own it must be accepted", name)
		}
		c := forged.Circuit
		c.Account.Path, c.Epoch, c.Seal = honest.Circuit.Account.Path, honest.Circuit.Epoch, honest.Circuit.Seal
		if acceptsCall(forged) {
			t.Errorf("%s: must be rejected", name)
		}
	}
}

// In every candidate what venues are charged by is the sums of that candidate's lots: one loss is less, where nothing is asked for.
func TestShouldRejectVenueSumsOfACandidateThatAreNotItsLots(t *testing.T) {
	random := rand.New(rand.NewPCG(245, 246))
	d := calledIn(t, random, atVenues, far, func(account publicinput.AccountLeaf, _ seen) bool { return len(account.Standings) > 0 })
	for candidate := range int64(publicinput.Candidates) {
		for _, lie := range []int64{0, 1} {
			forged := forgeCall(d, margin.Honest)
			for path := range forged.Circuit.Margins[candidate].Venues[0].Venues[0].Needs {
				need := &forged.Circuit.Margins[candidate].Venues[0].Venues[0].Needs[path]
				if whole(need.Plus).Sign() == 0 {
					moved(&need.Minus, publicinput.Signed(lie), 0)
					break
				}
			}
			if acceptsCall(forged) != (lie == 0) {
				t.Errorf("candidate %d, a loss %d less: accepted %t", candidate, lie, lie != 0)
			}
		}
	}
}

// The columns of every candidate are committed before the point is drawn at which they are compared with the rows.
func TestShouldCommitToTheVenueSumsOfEveryCandidate(t *testing.T) {
	const sums = `^Margins_[0-2]_Venues_0_(Money|Positions|Venues_\d+)_(First|Losses_\d+|Needs_\d+_(Plus|Minus))$`
	if late := witnesstest.Uncommitted(t, callSystems[atVenues.String()](), NewCall(atVenues), sums); len(late) > 0 {
		t.Errorf("not committed to: %v", late)
	}
}

func TestShouldRejectEveryMutationOfWhatVenuesChargeInACall(t *testing.T) {
	random := rand.New(rand.NewPCG(251, 252))
	d := calledIn(t, random, atVenues, far, func(account publicinput.AccountLeaf, e seen) bool {
		return len(e.instruments) == atVenues.Positions && len(account.Lines) == atVenues.Lines && len(account.Standings) == atVenues.Standings
	})
	circuit := forgeCall(d, margin.Honest).Circuit
	assertSurvivors(t, survivorsIn(t, random, callSystems[atVenues.String()](), circuit, `_Venues_|_Standings_|_Stands_`), `^$`)
}

// A leaf of the other format opens in no call, either way.
func TestShouldRejectCallsOfTheOtherFormat(t *testing.T) {
	random := rand.New(rand.NewPCG(249, 250))
	for _, shape := range []Shape{small, atVenues} {
		d := calledIn(t, random, shape, far, func(account publicinput.AccountLeaf, _ seen) bool { return len(account.Standings) == 0 })
		other := d
		other.request.Account.AtVenues = !shape.Structure.AtVenues()
		other.request = reseal(shape, other.request)
		if _, err := AssignCall(shape, d.table, other.request); refusal.Of(err).Code != "FORMAT_DIFFERS" {
			t.Errorf("an account of the other format must be refused by name: %v", err)
		}
		if !acceptsCall(forgeCall(d, margin.Honest)) || acceptsCall(forgeCall(other, margin.Honest)) {
			t.Error("a leaf of the other format must be rejected")
		}
	}
}
