package contagion

import (
	"math/rand/v2"
	"slices"
	"testing"

	"bulwark.io/circuits/internal/tabletest"
	"bulwark.io/circuits/plain/canonical"
	"bulwark.io/circuits/plain/publicinput"
	"bulwark.io/circuits/plain/risktable"
	"bulwark.io/circuits/refusal"
)

// drawAtVenues draws a full house over a table that lists venues, at the least fixed point of its cascade. Its claims have the largest
// numbers that there are.
func drawAtVenues(t *testing.T, random *rand.Rand) *house {
	t.Helper()
	plan := tabletest.VenuePlan(1)
	plan.First = risktable.LineAssetMax - 3*int64(plan.Assets)
	h := drawHouseIn(t, random, venues, plan, everyPlace, []int64{4, 6, 4, 8}, 1)
	h.leastFixedPoint(t)
	return h
}

// under puts a witness under the seal of another epoch.
func under(assignment *Assignment, epoch publicinput.EpochDocument) *Assignment {
	for i, element := range epoch.Elements() {
		assignment.Circuit.Epoch[i] = element
	}
	assignment.Circuit.Seal = epoch.Digest()
	return assignment
}

// A standing asks nobody to trade: flows and fixed point are those of the rule, and one less in any component has no certificate.
func TestShouldCertifyAHouseOverVenues(t *testing.T) {
	random := rand.New(rand.NewPCG(5, 6))
	lowered := 0
	for round := range 8 {
		h := drawAtVenues(t, random)
		assignment := assign(t, h.request(t))
		if flows, _ := h.rule(t, h.leastFixedPoint(t)); !slices.EqualFunc(assignment.Flows, flows, slices.Equal) || !accepts(assignment) {
			t.Fatalf("round %d: the least fixed point must be accepted, with flows %v; have %v", round, flows, assignment.Flows)
		}
		vectors := h.leastFixedPoint(t)
		for s, vector := range vectors {
			for i, rate := range vector {
				if rate == 0 || random.IntN(4) > 0 {
					continue
				}
				lower := clone(vectors)
				lower[s][i]--
				h.publish(lower)
				request := h.request(t)
				forged, err := fill(venues, request)
				if err != nil || accepts(forged) {
					t.Fatalf("round %d: one less must be rejected: %v", round, err)
				}
				if _, err := Assign(venues, request); refusal.Of(err).Code != "CLAIM_NOT_MET" {
					t.Fatalf("round %d: one less must be refused; have %v", round, err)
				}
				lowered++
			}
		}
	}
	if lowered < 5 {
		t.Fatalf("the draws must sell; only %d vectors could be lowered", lowered)
	}
}

func TestShouldRejectOtherStandingsThanTheSealed(t *testing.T) {
	random := rand.New(rand.NewPCG(45, 46))
	for name, change := range map[string]func(standings []publicinput.Standing) []publicinput.Standing{
		"one better": func(standings []publicinput.Standing) []publicinput.Standing {
			standings[0].Distance++
			return standings
		},
		"left out": func(standings []publicinput.Standing) []publicinput.Standing { return standings[1:] },
		"of another account": func(standings []publicinput.Standing) []publicinput.Standing {
			return []publicinput.Standing{{Venue: 4, Distance: standings[0].Distance - 7}}
		},
	} {
		h := drawAtVenues(t, random)
		at := slices.IndexFunc(h.accounts, func(account publicinput.AccountLeaf) bool { return len(account.Standings) > 0 })
		sealed := h.request(t).Epoch
		h.accounts[at].Standings = change(slices.Clone(h.accounts[at].Standings))
		assignment := assign(t, h.request(t))
		if !accepts(assignment) {
			t.Fatalf("%s: the house by itself must be accepted", name)
		}
		if accepts(under(assignment, sealed)) {
			t.Errorf("%s must be rejected under the other seal", name)
		}
	}
}

// The same accounts, leaf by leaf of the other format: refused by name and, under their seal, by the circuit. A table of the other format
// has no terms.
func TestShouldRejectLeavesOfTheOtherFormat(t *testing.T) {
	random := rand.New(rand.NewPCG(47, 48))
	for _, draw := range []func() *house{func() *house { return drawAtVenues(t, random) }, func() *house { return falling(t, random) }} {
		h := draw()
		for i := range h.accounts {
			h.accounts[i].Standings = nil
		}
		honest := assign(t, h.request(t))
		for i := range h.accounts {
			h.accounts[i].AtVenues = !h.accounts[i].AtVenues
		}
		other := h.request(t)
		if _, err := Assign(h.shape, other); refusal.Of(err).Code != "FORMAT_DIFFERS" {
			t.Errorf("accounts of the other format must be refused by name; have %v", err)
		}
		if !accepts(honest) {
			t.Fatal("the house by itself must be accepted")
		}
		if accepts(under(honest, other.Epoch)) {
			t.Error("leaves of the other format must be rejected")
		}
		shape := h.shape
		shape.Format = !shape.Format
		if _, err := TermsOf(shape, h.table, canonical.Encode(h.tariff), rows); refusal.Of(err).Code != "TABLE_SHAPE_DIFFERS" {
			t.Errorf("a table of the other format must be refused by name; have %v", err)
		}
	}
}

func TestShouldReadTheShapesThatItEncodes(t *testing.T) {
	for _, shape := range []Shape{small, venues} {
		value, document := canonical.Decode(canonical.Encode(shape.Encoded()), refusal.Key, "shape")
		if read := ReadShape(value); document.Fault() != nil || read != shape {
			t.Errorf("%v must be read as it was written; have %v, %v", shape, read, document.Fault())
		}
	}
}
