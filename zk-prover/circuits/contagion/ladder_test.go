package contagion

import (
	"math/big"
	"math/rand/v2"
	"slices"
	"testing"

	"bulwark.io/circuits/groth"
	"bulwark.io/circuits/internal/keytest"
	"bulwark.io/circuits/internal/witnesstest"
	"bulwark.io/circuits/plain/canonical"
	"bulwark.io/circuits/plain/tariff"
	"bulwark.io/circuits/refusal"
	"bulwark.io/circuits/verification"
)

// rung is a rung above small: a place more for a group and a member, and two more for scenarios.
var rung = func() Shape {
	shape := small
	shape.Groups, shape.Scenarios, shape.Members = 3, 6, 4
	return shape
}()

// ofScenarios seals the house with the first scenarios of its tariff alone, for a shape.
func (h *house) ofScenarios(t testing.TB, shape Shape, n int) Request {
	t.Helper()
	encoded := slices.Clone(h.tariff)
	for _, field := range []int{scenariosField, certifiedField, chargedField} {
		encoded[field] = list(encoded[field])[:n]
	}
	terms, err := TermsOf(shape, h.table, canonical.Encode(encoded), rows[:n])
	if err != nil {
		t.Fatal(err)
	}
	request := Request{Terms: terms, Accounts: slices.Clone(h.accounts), Margins: slices.Clone(h.margins)}
	for i, account := range h.accounts {
		exposed, unit := h.exposed(terms, account, h.margins[i]), big.NewInt(100)
		request.Margins[i].Equity = new(big.Int).Quo(exposed.equity, unit).Int64()
		request.Margins[i].Maintenance = new(big.Int).Quo(exposed.maintenance, unit).Int64()
	}
	return h.sealed(request)
}

// What fills the places behind the last scenario and group says nothing: the flows, and what is refused, are those of a shape of exactly
// the tariff's size, below the least fixed point too. An account below its maintenance margin is forced in every scenario that is there,
// and the places refuse it nothing.
func TestShouldSayTheSameInALargerRung(t *testing.T) {
	random := rand.New(rand.NewPCG(701, 702))
	system := compiled(rung)()
	var refused, certified, forced int
	for round := range 12 {
		places := some(random, 4, 1, 4)
		h := drawHouse(t, random, places, []int64{7, 3, 7, 9}[:len(places)], 1)
		least := h.leastFixedPoint(t)
		for s := range least {
			for i := range least[s] {
				vectors := clone(least)
				vectors[s][i] = max(0, vectors[s][i]-1)
				h.publish(vectors)
				n := 1 + random.IntN(len(rows))
				exact := small
				exact.Scenarios = n
				narrow, exactly := Assign(exact, h.ofScenarios(t, exact, n))
				wide, err := Assign(rung, h.ofScenarios(t, rung, n))
				switch {
				case (err == nil) != (exactly == nil):
					t.Fatalf("round %d, %d scenarios: want %v, have %v", round, n, exactly, err)
				case err != nil:
					if refusal.Of(err).Code != refusal.Of(exactly).Code || refusal.Of(err).Where != refusal.Of(exactly).Where {
						t.Fatalf("round %d: want %v, have %v", round, exactly, err)
					}
					refused++
					if refused%8 == 1 {
						forged, _ := fill(rung, h.ofScenarios(t, rung, n))
						if groth.Solve(system, forged.Circuit) == nil {
							t.Fatalf("round %d: the circuit must refuse what the tariff's scenarios have no room for", round)
						}
					}
				default:
					if !slices.EqualFunc(wide.Flows, narrow.Flows, slices.Equal) {
						t.Fatalf("round %d: the flows of the tariff's scenarios are %v, have %v", round, narrow.Flows, wide.Flows)
					}
					if certified%8 == 0 && groth.Solve(system, wide.Circuit) != nil {
						t.Fatalf("round %d: the circuit must have room for what is forced in a place", round)
					}
					for _, member := range wide.Circuit.Members {
						if sold := value(member.Forced.Scenarios[rung.Scenarios-1].Sold); !sold.IsZero() {
							forced++
						}
					}
					certified++
				}
			}
		}
	}
	if refused == 0 || certified == 0 || forced == 0 {
		t.Errorf("%d refused, %d certified, %d members forced in a place: each must have happened", refused, certified, forced)
	}
}

// What fills a rung follows from the tariff, so a verifier computes it: other rates, rooms or losses there are other terms.
func TestShouldFillARungInOneWay(t *testing.T) {
	h := drawHouse(t, rand.New(rand.NewPCG(711, 712)), []int{0, 2}, []int64{5, 6}, 1)
	h.leastFixedPoint(t)
	terms := h.ofScenarios(t, rung, len(rows)).Terms
	digest := terms.Digest()
	differs := func(what string, number *int64, wrong int64) {
		honest := *number
		*number = wrong
		if terms.Digest() == digest {
			t.Errorf("the digest must name every %s", what)
		}
		*number = honest
	}
	for s := len(rows); s < rung.Scenarios; s++ {
		for i := range terms.scenarios[s].Rates {
			if terms.scenarios[s].Rates[i] != 0 || terms.scenarios[s].Rooms[i] != tariff.Unlimited {
				t.Fatalf("scenario %d moves nothing and has room for everything; have %+v", s, terms.scenarios[s])
			}
			differs("rate", &terms.scenarios[s].Rates[i], 1)
			differs("room", &terms.scenarios[s].Rooms[i], tariff.Unlimited-1)
		}
		for j := range terms.entries {
			if terms.entries[j].columns[s] != 0 {
				t.Fatalf("nobody loses in scenario %d", s)
			}
			differs("loss", &terms.entries[j].columns[s], 1)
		}
	}
	if terms.Digest() != digest {
		t.Fatal("the terms must be as they were")
	}
	for _, narrow := range []Shape{{Scenarios: len(rows) - 1, Groups: 2}, {Scenarios: len(rows), Groups: 1}} {
		shape := rung
		shape.Scenarios, shape.Groups = narrow.Scenarios, narrow.Groups
		_, err := TermsOf(shape, h.table, canonical.Encode(h.tariff), rows)
		if err == nil || refusal.Of(err).Code != "TABLE_SHAPE_DIFFERS" {
			t.Errorf("a tariff of more scenarios or groups than places has no certificate of the shape: %v", err)
		}
	}
}

// One key proves over epochs of different accounts, members and scenarios.
func TestShouldProveTwoEpochsWithOneKey(t *testing.T) {
	witnesstest.FullTier(t)
	key, err := keytest.Open(rung)
	if err != nil {
		t.Fatal(err)
	}
	t.Logf("%d constraints", key.Constraints())
	random := rand.New(rand.NewPCG(721, 722))
	first, second := drawHouse(t, random, []int{0, 1, 3}, []int64{5, 5, 9}, 1), drawHouse(t, random, everyPlace, []int64{4, 5, 6, 9}, 1)
	first.leastFixedPoint(t)
	second.leastFixedPoint(t)
	requests := []Request{first.ofScenarios(t, rung, 4), second.ofScenarios(t, rung, 3)}
	for i, request := range requests {
		assignment := assign(t, request)
		proof, err := key.Prove(assignment.Circuit, assignment.Public)
		if err != nil {
			t.Fatalf("epoch %d: %v", i, err)
		}
		public := PublicInputs(request.Epoch.Digest(), request.Terms)
		if err := verification.Verify(key.VerifyingKey(), proof, groth.PublicInputs(public)); err != nil {
			t.Fatalf("epoch %d: what a verifier computes must be what was proved: %v", i, err)
		}
		other := PublicInputs(request.Epoch.Digest(), requests[1-i].Terms)
		err = verification.Verify(key.VerifyingKey(), proof, groth.PublicInputs(other))
		if err == nil || refusal.Of(err).Code != "PROOF_REFUSED" {
			t.Errorf("epoch %d: the other epoch's tariff is not what was proved: %v", i, err)
		}
	}
}

// How many places for groups there are says nothing: flows and refusals of a tariff are those of its own number, in every rung.
func TestShouldSayTheSameWithAnyNumberOfGroups(t *testing.T) {
	h := drawHouse(t, rand.New(rand.NewPCG(721, 722)), []int{0, 2, 3}, []int64{5, 6, 5}, 1)
	least := h.leastFixedPoint(t)
	lower := clone(least)
	s := slices.IndexFunc(lower, func(rates []int64) bool { return slices.Max(rates) > 0 })
	if s < 0 {
		t.Fatal("somebody must be forced")
	}
	lower[s][slices.Index(lower[s], slices.Max(lower[s]))]--
	for _, groups := range []int{small.Groups, small.Groups + 1, 4, 8} {
		shape := rung
		shape.Groups = groups
		for name, vectors := range map[string][][]int64{"the least fixed point": least, "below it": lower} {
			h.publish(vectors)
			exact := small
			exact.Scenarios = len(rows)
			narrow, exactly := Assign(exact, h.ofScenarios(t, exact, len(rows)))
			wide, err := Assign(shape, h.ofScenarios(t, shape, len(rows)))
			if (err == nil) != (exactly == nil) || (err == nil) != (name == "the least fixed point") {
				t.Fatalf("%d groups, %s: want %v, have %v", groups, name, exactly, err)
			}
			if err != nil {
				if refusal.Of(err).Where != refusal.Of(exactly).Where {
					t.Errorf("%d groups: want %v, have %v", groups, exactly, err)
				}
				continue
			}
			if !slices.EqualFunc(wide.Flows, narrow.Flows, slices.Equal) {
				t.Errorf("%d groups: flows are %v, have %v", groups, narrow.Flows, wide.Flows)
			}
			if groth.Solve(compiled(shape)(), wide.Circuit) != nil {
				t.Errorf("%d groups: an honest certificate must be accepted", groups)
			}
		}
	}
}
