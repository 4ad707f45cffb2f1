package fund

import (
	"math/rand/v2"
	"slices"
	"testing"

	"bulwark.io/circuits/account"
	"bulwark.io/circuits/plain/canonical"
	"bulwark.io/circuits/plain/publicinput"
	"bulwark.io/circuits/plain/risktable"
	"bulwark.io/circuits/refusal"
)

// standing gives every account of a house a standing and seals the house anew.
func standing(random *rand.Rand, request Request) Request {
	request.Accounts = slices.Clone(request.Accounts)
	for i := range request.Accounts {
		request.Accounts[i].AtVenues = true
		request.Accounts[i].Standings = []publicinput.Standing{{Venue: 1 + random.Int64N(9), Distance: random.Int64() - random.Int64()}}
	}
	return sealed(random, request)
}

// under puts a witness under the seal of another epoch.
func under(assignment *Assignment, epoch publicinput.EpochDocument) *Assignment {
	for i, element := range epoch.Elements() {
		assignment.Circuit.Epoch[i] = element
	}
	assignment.Circuit.Seal = epoch.Digest()
	return assignment
}

// A standing is no money: the need is that of the same accounts without. Claims have the largest numbers that there are.
func TestShouldProveAFundOfAccountsWithStandings(t *testing.T) {
	random := rand.New(rand.NewPCG(5, 6))
	for round := range 4 {
		vault := randomVaultFrom(t, random, risktable.LineAssetMax-2*int64(small.Assets)+1, small.Instruments, small.Assets, true)
		request := standing(random, losingOver(random, vault))
		assignment := assign(t, request)
		if assignment.Need.Cmp(need(request)) != 0 || !accepts(assignment) {
			t.Fatalf("round %d: a fund of the need must be accepted; the need is %v, have %v", round, need(request), assignment.Need)
		}
		setFund(assignment, request.Fund-1)
		if accepts(assignment) {
			t.Fatalf("round %d: one less must be rejected", round)
		}
	}
}

func TestShouldRejectOtherStandingsThanTheSealed(t *testing.T) {
	random := rand.New(rand.NewPCG(45, 46))
	for name, change := range map[string]func([]publicinput.AccountLeaf){
		"one better": func(accounts []publicinput.AccountLeaf) {
			accounts[1].Standings = []publicinput.Standing{{Venue: accounts[1].Standings[0].Venue, Distance: accounts[1].Standings[0].Distance + 1}}
		},
		"left out":           func(accounts []publicinput.AccountLeaf) { accounts[1].Standings = nil },
		"of another account": func(accounts []publicinput.AccountLeaf) { accounts[1].Standings = accounts[2].Standings },
	} {
		request := standing(random, losing(t, random, small.Instruments))
		changed := request
		changed.Accounts = slices.Clone(request.Accounts)
		change(changed.Accounts)
		assignment := assign(t, sealed(random, changed))
		if !accepts(assignment) {
			t.Fatalf("%s: the house by itself must be accepted", name)
		}
		if accepts(under(assignment, request.Epoch)) {
			t.Errorf("%s must be rejected under the other seal", name)
		}
	}
}

// The same accounts, leaf by leaf of the other format: each is refused by name and, under its seal, by the circuit.
func TestShouldRejectLeavesOfTheOtherFormat(t *testing.T) {
	random := rand.New(rand.NewPCG(47, 48))
	plain := losing(t, random, small.Instruments)
	atVenues := plain
	atVenues.Accounts = slices.Clone(plain.Accounts)
	for i := range atVenues.Accounts {
		atVenues.Accounts[i].AtVenues = true
	}
	atVenues = sealed(random, atVenues)
	for _, c := range []struct{ request, other Request }{{plain, atVenues}, {atVenues, plain}} {
		mixed := c.request
		mixed.Accounts = slices.Clone(c.request.Accounts)
		mixed.Accounts[3] = c.other.Accounts[3]
		if _, err := Assign(shapeOf(c.request), mixed); refusal.Of(err).Code != "FORMAT_DIFFERS" {
			t.Errorf("an account of the other format must be refused by name; have %v", err)
		}
		assignment := assign(t, c.request)
		if !accepts(assignment) {
			t.Fatal("the house by itself must be accepted")
		}
		if accepts(under(assignment, c.other.Epoch)) {
			t.Error("leaves of the other format must be rejected")
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
	if small.String() == venues.String() || venues.Format != account.OverVenues {
		t.Error("the formats must be told apart in file names")
	}
}
