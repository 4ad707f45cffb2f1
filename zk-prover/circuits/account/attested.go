package account

import (
	"github.com/consensys/gnark-crypto/ecc/bn254/fr"
	"github.com/consensys/gnark/frontend"

	"bulwark.io/circuits/constraint/gadget"
	"bulwark.io/circuits/plain/publicinput"
	"bulwark.io/circuits/plain/tree"
	"bulwark.io/circuits/refusal"
)

// VenuesInputs are the attestations that an account's positions are added up from, by venue, and the inverse of the epoch's venue root.
type VenuesInputs struct {
	Inverse      frontend.Variable
	Attestations []AttestationInputs
}

// AttestationInputs are one venue's attestation and its place in the tree.
type AttestationInputs struct {
	Active, Venue, Blinding frontend.Variable
	Entries                 []EntryInputs
	Path                    [publicinput.VenueDepth]gadget.Step
}

func newVenues(shape Shape) VenuesInputs {
	venues := VenuesInputs{Attestations: make([]AttestationInputs, shape.Venues)}
	for i := range venues.Attestations {
		venues.Attestations[i].Entries = make([]EntryInputs, publicinput.AttestedEntries)
	}
	return venues
}

// positionsAreAttested: every attestation that is used stands in the epoch's tree and names this account; no venue is used twice. That the
// booked positions are their sums is asserted at the challenge. An epoch without attestations, whose root is 0, has no such claim.
func (d *definition) positionsAreAttested() error {
	for i := range d.Venues {
		venues := &d.Venues[i]
		root := d.Epoch[publicinput.EpochVenueRoot]
		d.api.AssertIsEqual(d.api.Mul(root, venues.Inverse), 1)
		used := make([]EntryInputs, len(venues.Attestations))
		for v := range venues.Attestations {
			attestation := &venues.Attestations[v]
			used[v] = EntryInputs{Active: attestation.Active, Number: attestation.Venue}
			top, err := d.attestation(attestation)
			if err != nil {
				return err
			}
			d.api.AssertIsEqual(d.api.Mul(attestation.Active, d.api.Sub(top, root)), 0)
		}
		d.activeFirstKeysIncreasing(used)
	}
	return nil
}

// attestation hashes one and climbs; entries of one that is not used are none.
func (d *definition) attestation(attestation *AttestationInputs) (frontend.Variable, error) {
	count, words := d.words(attestation.Entries, d.signedLots)
	d.zeros.Product(d.api.Sub(1, attestation.Active), attestation.Entries[0].Active)
	elements := append([]frontend.Variable{attestation.Venue, d.number, attestation.Blinding}, words...)
	leaf, err := d.hasher.List(publicinput.VenueAttestation, count, elements)
	if err != nil {
		return nil, err
	}
	return d.hasher.Climb(leaf, attestation.Path[:])
}

// attestedSums: booked positions = Σ over venues of the attested lots, instrument by instrument.
func (d *definition) attestedSums(api frontend.API, x frontend.Variable) {
	if len(d.Venues) == 0 {
		return
	}
	attested, booked := gadget.NewFractions(api), gadget.NewFractions(api)
	for _, entry := range d.attestedEntries() {
		attested.Add(entry.Lots, api.Sub(x, entry.Number))
	}
	for _, entry := range d.Account.Positions {
		booked.Add(entry.Lots, api.Sub(x, entry.Number))
	}
	attested.AssertEqual(booked)
}

func (d *definition) attestedEntries() (entries []EntryInputs) {
	for i := range d.Venues {
		for v := range d.Venues[i].Attestations {
			entries = append(entries, d.Venues[i].Attestations[v].Entries...)
		}
	}
	return entries
}

// Attested is a venue's attestation with its place in the epoch's tree.
type Attested struct {
	publicinput.Attestation
	Place int64
	Path  [][tree.Arity - 1]fr.Element
}

// checkAttested checks that the attestations stand in the epoch's tree, by venue, and add up to the positions.
func checkAttested(shape Shape, request Request) (ways [][][tree.Arity]fr.Element, err error) {
	if shape.Venues == 0 {
		return nil, nil
	}
	if len(request.Attested) > shape.Venues {
		return nil, refusal.New(refusal.Account, "NO_PROOF_IN_THIS_SHAPE", "request.attested")
	}
	lots, last := map[int64]int64{}, int64(-1)
	for i, attested := range request.Attested {
		children, root := tree.Climb(attested.Hash(), attested.Place, attested.Path)
		switch {
		case len(attested.Entries) > publicinput.AttestedEntries:
			return nil, refusal.New(refusal.Account, "NO_PROOF_IN_THIS_SHAPE", "request.attested[%d].entries", i)
		case attested.Venue <= last:
			return nil, refusal.New(refusal.Account, "IDS_NOT_INCREASING", "request.attested[%d].venue", i)
		case root != request.Epoch.VenueRoot || attested.Account != request.Account.Number:
			return nil, refusal.New(refusal.Account, "NOT_ATTESTED", "request.attested[%d]", i)
		}
		for _, entry := range attested.Entries {
			lots[entry.Key] += entry.Lots
		}
		ways, last = append(ways, children), attested.Venue
	}
	for _, entry := range request.Account.Positions {
		lots[entry.Key] -= entry.Lots
	}
	for _, rest := range lots {
		if rest != 0 {
			return nil, refusal.New(refusal.Account, "NOT_ATTESTED", "account.positions")
		}
	}
	if request.Epoch.VenueRoot.IsZero() {
		return nil, refusal.New(refusal.Claim, "NO_VENUE_ROOT", "epoch.venueRoot")
	}
	return ways, nil
}

// attested fills the attestations; an unused slot has no entries and stands nowhere.
func (a *assigner) attested() {
	for i := range a.circuit.Venues {
		venues := &a.circuit.Venues[i]
		venues.Inverse = *new(fr.Element).Inverse(&a.request.Epoch.VenueRoot)
		for v := range venues.Attestations {
			inputs := &venues.Attestations[v]
			if v >= len(a.request.Attested) {
				a.noAttestation(inputs)
				continue
			}
			attested := a.request.Attested[v]
			inputs.Active, inputs.Venue, inputs.Blinding = gadget.Bit(true), gadget.Signed(attested.Venue), attested.Blinding
			assignList(inputs.Entries, attested.Entries)
			for level, digit := range tree.Digits(attested.Place, publicinput.VenueDepth) {
				inputs.Path[level] = gadget.StepTo(digit, a.ways.attested[v][level])
			}
		}
	}
}

func (a *assigner) noAttestation(inputs *AttestationInputs) {
	inputs.Active, inputs.Venue, inputs.Blinding = gadget.Bit(false), gadget.Signed(0), gadget.Signed(0)
	assignList(inputs.Entries, nil)
	words := make([]fr.Element, (publicinput.AttestedEntries+publicinput.WordsPerElement-1)/publicinput.WordsPerElement)
	elements := append([]fr.Element{{}, publicinput.Signed(a.request.Account.Number), {}}, words...)
	node := publicinput.Hash(publicinput.VenueAttestation, 0, elements)
	for level := len(inputs.Path) - 1; level >= 0; level-- {
		inputs.Path[level] = gadget.StepTo(0, [tree.Arity]fr.Element{node})
		node = publicinput.Node(node, fr.Element{}, fr.Element{}, fr.Element{})
	}
}
