package account

import (
	"math/rand/v2"
	"sync"
	"testing"

	"github.com/consensys/gnark-crypto/ecc/bn254/fr"
	cs "github.com/consensys/gnark/constraint/bn254"

	"bulwark.io/circuits/constraint/gadget"
	"bulwark.io/circuits/constraint/margin"
	"bulwark.io/circuits/groth"
	"bulwark.io/circuits/plain/publicinput"
	"bulwark.io/circuits/plain/tree"
	"bulwark.io/circuits/refusal"
)

// attestedShape is the small shape with the attestations of two venues.
var attestedShape = func() Shape {
	shape := small
	shape.Venues = 2
	return shape
}()

var attestedSystem = sync.OnceValue(func() *cs.R1CS {
	system, err := groth.Compile(attestedShape)
	if err != nil {
		panic(err)
	}
	return system
})

// attest splits the positions over two venues, one of which holds more of the first instrument than there is and the other the difference.
func attest(random *rand.Rand, d drawn) drawn {
	d.shape = attestedShape
	first := publicinput.Attestation{Venue: 3, Account: d.request.Account.Number, Blinding: randomElement(random)}
	second := publicinput.Attestation{Venue: 7, Account: d.request.Account.Number, Blinding: randomElement(random)}
	for i, entry := range d.request.Account.Positions {
		if i == 0 {
			first.Entries = append(first.Entries, publicinput.Entry{Key: entry.Key, Lots: entry.Lots + 1000})
			second.Entries = append(second.Entries, publicinput.Entry{Key: entry.Key, Lots: -1000})
			continue
		}
		second.Entries = append(second.Entries, entry)
	}
	return placed(d, first, second)
}

// placed puts attestations into the epoch's tree.
func placed(d drawn, attestations ...publicinput.Attestation) drawn {
	grown, leaves := tree.New(publicinput.VenueDepth), map[int64]fr.Element{99: publicinput.Signed(5)}
	for i, attestation := range attestations {
		leaves[int64(10+i)] = attestation.Hash()
	}
	grown.Update(leaves)
	d.request.Epoch.VenueRoot, d.request.Attested = grown.Root(), nil
	for i, attestation := range attestations {
		d.request.Attested = append(d.request.Attested, Attested{attestation, int64(10 + i), grown.Path(int64(10 + i))})
	}
	return d
}

func acceptsAttested(assignment *Assignment) bool {
	return groth.Solve(attestedSystem(), assignment.Circuit) == nil
}

func withPositions(account publicinput.AccountLeaf, _ seen) bool {
	return len(account.Positions) > 1 && account.Positions[0].Lots < publicinput.LotsMax-1000
}

func TestShouldAddUpPositionsFromTheVenuesThatAttestThem(t *testing.T) {
	random := rand.New(rand.NewPCG(111, 112))
	for range 4 {
		d := attest(random, drawUntil(t, random, withPositions))
		if !acceptsAttested(assign(t, d)) {
			t.Fatal("attested positions must be accepted")
		}
	}
	empty := drawUntil(t, random, func(account publicinput.AccountLeaf, _ seen) bool { return len(account.Positions) == 0 })
	empty.shape = attestedShape
	if !acceptsAttested(assign(t, placed(empty))) {
		t.Fatal("an account without positions needs no attestation")
	}
}

// attestedForgery fills the circuit although the attestations do not show the positions.
func attestedForgery(d drawn) *Assignment {
	slots, err := slotsOf(attestedShape, d.table, d.request.Account, publicinput.Given)
	if err != nil {
		panic(err)
	}
	ways := ways{}
	ways.account, _ = tree.Climb(d.request.Account.Hash(), d.request.Account.Number, d.request.Path)
	for _, attested := range d.request.Attested {
		children, _ := tree.Climb(attested.Hash(), attested.Place, attested.Path)
		ways.attested = append(ways.attested, children)
	}
	return fill(attestedShape, d.table, d.request, slots, ways, nil, margin.Honest)
}

func TestShouldRejectPositionsThatNoVenueAttests(t *testing.T) {
	random := rand.New(rand.NewPCG(113, 114))
	for name, change := range map[string]func(*drawn){
		"one lot less": func(d *drawn) {
			changed := d.request.Attested[1].Attestation
			changed.Entries = append([]publicinput.Entry{}, changed.Entries...)
			changed.Entries[0].Lots--
			*d = placed(*d, d.request.Attested[0].Attestation, changed)
		},
		"one venue twice": func(d *drawn) {
			first := d.request.Attested[0].Attestation
			second := d.request.Attested[1].Attestation
			second.Venue = first.Venue
			*d = placed(*d, first, second)
		},
		"another account's attestation": func(d *drawn) {
			first, second := d.request.Attested[0].Attestation, d.request.Attested[1].Attestation
			second.Account++
			*d = placed(*d, first, second)
		},
		"an attestation left out": func(d *drawn) { *d = placed(*d, d.request.Attested[0].Attestation) },
		"an attestation that stands in no tree of the epoch": func(d *drawn) {
			d.request.Epoch.VenueRoot = publicinput.Signed(4711)
		},
	} {
		d := attest(random, drawUntil(t, random, withPositions))
		change(&d)
		if acceptsAttested(attestedForgery(d)) {
			t.Errorf("%s must be rejected", name)
		}
		if _, err := Assign(attestedShape, d.table, d.request); err == nil {
			t.Errorf("%s must be refused", name)
		}
	}
}

// A house whose epoch seals no attestations has no such claim, not even for an account without positions.
func TestShouldRefuseAttestedClaimsOfAnEpochWithoutAttestations(t *testing.T) {
	random := rand.New(rand.NewPCG(115, 116))
	d := drawUntil(t, random, func(account publicinput.AccountLeaf, _ seen) bool { return len(account.Positions) == 0 })
	d.shape = attestedShape
	if _, err := Assign(d.shape, d.table, d.request); refusal.Of(err).Code != "NO_VENUE_ROOT" {
		t.Fatalf("want NO_VENUE_ROOT, have %v", err)
	}
	if acceptsAttested(attestedForgery(d)) {
		t.Fatal("the circuit must reject a venue root of 0")
	}
}

// An attestation that is not used must not carry lots.
func TestShouldRejectLotsInAnAttestationThatIsNotUsed(t *testing.T) {
	random := rand.New(rand.NewPCG(117, 118))
	d := attest(random, drawUntil(t, random, withPositions))
	assignment := assign(t, d)
	attestation := &assignment.Circuit.Venues[0].Attestations[1]
	attestation.Active, attestation.Venue = gadget.Bit(false), gadget.Signed(0)
	if acceptsAttested(assignment) {
		t.Fatal("lots of an attestation that stands nowhere must be rejected")
	}
}
