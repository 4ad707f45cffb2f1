package account

import (
	"github.com/consensys/gnark/frontend"

	"bulwark.io/circuits/constraint/gadget"
	"bulwark.io/circuits/constraint/prefunding"
	"bulwark.io/circuits/plain/formula"
	"bulwark.io/circuits/plain/publicinput"
)

// Bits of the integers of a leaf.
const (
	keyBits  = 32
	lotsBits = 31 // |lots| ≤ 2³¹ − 1
	wordBits = 64
	cashBits = 60 // the guard keeps 2|cash| below 2⁶⁰
)

// epochIsSealed: the seal is the digest of the opened epoch, or, in the challenge opening, the request seal over it; the opened leaves
// are those of its table. Challenge and scope are used here, because a public input in no constraint could be replaced in a finished proof.
func (d *definition) epochIsSealed() error {
	digest, err := d.hasher.Hash(publicinput.Epoch, d.Epoch[:]...)
	if err != nil {
		return err
	}
	d.ranges.Below(d.Challenge, publicinput.HalfFieldBits)
	d.ranges.Below(d.Scope, publicinput.HalfFieldBits)
	if d.shape.Opening.Sealed() {
		return d.requestIsSealed(digest)
	}
	d.api.AssertIsEqual(d.Seal, digest)
	d.api.AssertIsEqual(d.capRoot, d.Epoch[publicinput.EpochTableRoot])
	return nil
}

// requestIsSealed: the commitment to the account, the candidate and every packed column that the margin used stands in the request tree;
// ρ is that of epoch and request root; the seal binds both and the table's tree at ρ. The columns of the commitment are the very wires
// whose ranges package margin asserts.
func (d *definition) requestIsSealed(epoch frontend.Variable) error {
	request := &d.Request[0]
	elements := []frontend.Variable{d.leaf, request.Salt, d.candidate}
	for i, columns := range d.outcome.Columns.Groups {
		elements = append(append(elements, d.Table.Groups[i].Number), columns...)
	}
	elements = append(append(elements, d.outcome.Columns.Whole...), d.venueColumns()...)
	commitment, err := d.hasher.Hash(publicinput.LossCommitment, elements...)
	if err != nil {
		return err
	}
	root, err := d.hasher.Climb(commitment, request.Path[:])
	if err != nil {
		return err
	}
	if d.rho, err = d.hasher.Hash(publicinput.Rho, epoch, root); err != nil {
		return err
	}
	seal, err := d.hasher.Hash(publicinput.RequestSeal, epoch, root, d.capRoot)
	d.api.AssertIsEqual(d.Seal, seal)
	return err
}

// accountIsInTheEpoch: the leaf of the opened lists stands in the account tree at the place that is the account's number.
func (d *definition) accountIsInTheEpoch() error {
	account := &d.Account
	d.number = frontend.Variable(0)
	for _, step := range account.Path {
		digit := d.api.Add(d.api.Mul(2, step.High), step.Low)
		d.number = d.api.Add(d.api.Mul(4, d.number), digit)
	}
	d.ranges.Below(account.Cash.Plus, cashBits)
	d.ranges.Below(account.Cash.Minus, cashBits)
	d.zeros.Sides(account.Cash)

	positions, err := d.listHash(publicinput.PositionList, account.Positions)
	if err != nil {
		return err
	}
	paid, err := d.listHash(publicinput.PaidList, account.Paid)
	if err != nil {
		return err
	}
	lines, err := d.listHash(publicinput.LineList, d.lineEntries())
	if err != nil {
		return err
	}
	d.leaf, err = d.accountLeaf(positions, paid, lines)
	if err != nil {
		return err
	}
	root, err := d.hasher.Climb(d.leaf, account.Path)
	d.api.AssertIsEqual(root, d.Epoch[publicinput.EpochAccountRoot])
	return err
}

// accountLeaf is the leaf of the lists' hashes; in a house whose tables list venues the standings are one of them.
func (d *definition) accountLeaf(positions, paid, lines frontend.Variable) (frontend.Variable, error) {
	leaf := gadget.AccountLeaf{Number: d.number, Owner: d.Account.Owner, Salt: d.Account.Salt, Cash: d.Account.Cash.Of(d.api),
		Positions: positions, Paid: paid, Lines: lines}
	if d.shape.Structure.AtVenues() {
		standings, err := prefunding.ListHash(d.hasher, d.api, d.ranges, d.zeros, d.Account.Standings)
		if err != nil {
			return nil, err
		}
		leaf.Standings = []frontend.Variable{standings}
	}
	return leaf.Hash(d.hasher)
}

// venueColumns are what venues are charged by, as the commitment holds it: the packed sums of what stands free, then of each standing its
// venue's number and sums. None over a table without venues.
func (d *definition) venueColumns() (elements []frontend.Variable) {
	for slot, columns := range d.outcome.Columns.Venues {
		if standing := slot - formula.VenueSlots; standing >= 0 {
			elements = append(elements, d.Account.Standings[standing].Venue)
		}
		elements = append(elements, columns...)
	}
	return elements
}

// lineEntries are the lines as list entries: key = 2·asset + side.
func (d *definition) lineEntries() []EntryInputs {
	entries := make([]EntryInputs, d.shape.Lines)
	for i := range d.Table.Lines {
		line := &d.Table.Lines[i]
		d.api.AssertIsBoolean(line.Debt)
		d.ranges.Below(line.Asset, keyBits-1)
		entries[i] = EntryInputs{Active: line.Active, Number: d.api.Add(d.api.Mul(2, line.Asset), line.Debt), Lots: line.Lots}
	}
	return entries
}

// listHash checks a list and hashes it; the number of entries is the sum of the activity bits.
func (d *definition) listHash(domain publicinput.Domain, entries []EntryInputs) (frontend.Variable, error) {
	lots := d.owedLots
	if domain == publicinput.PositionList {
		lots = d.signedLots
	}
	count, words := d.words(entries, lots)
	return d.hasher.List(domain, count, words)
}

// words checks entries and packs them. Active slots come first; an inactive slot has key 0 and no lots, so lots = active·lots and the word
// key·2³² + lots + active·2³¹ is active·word. Keys are below 2³² and |lots| ≤ 2³¹ − 1, so words are below 2⁶⁴ and three to an element are
// injective.
func (d *definition) words(entries []EntryInputs, lots func(EntryInputs)) (count frontend.Variable, elements []frontend.Variable) {
	d.activeFirstKeysIncreasing(entries)
	count = frontend.Variable(0)
	elements = make([]frontend.Variable, (len(entries)+publicinput.WordsPerElement-1)/publicinput.WordsPerElement)
	for i := range elements {
		elements[i] = 0
	}
	for i, entry := range entries {
		lots(entry)
		count = d.api.Add(count, entry.Active)
		word := d.api.Add(d.api.Mul(entry.Number, gadget.Power(32)), entry.Lots, d.api.Mul(entry.Active, gadget.Power(31)))
		place := i / publicinput.WordsPerElement
		elements[place] = d.api.Add(elements[place], d.api.Mul(word, gadget.Power(wordBits*(i%publicinput.WordsPerElement))))
	}
	return count, elements
}

// activeFirstKeysIncreasing: a₀ ≥ a₁ ≥ …, keys below 2³² and strictly increasing between active neighbours, 0 where inactive.
func (d *definition) activeFirstKeysIncreasing(entries []EntryInputs) {
	for i, entry := range entries {
		d.api.AssertIsBoolean(entry.Active)
		d.ranges.Below(entry.Number, keyBits)
		d.zeros.Product(d.api.Sub(1, entry.Active), entry.Number)
		if i > 0 {
			before := entries[i-1]
			d.zeros.Product(entry.Active, d.api.Sub(1, before.Active))
			least := d.api.Mul(entry.Active, d.api.Add(before.Number, 1))
			d.ranges.Below(d.api.Sub(entry.Number, least), keyBits)
		}
	}
}

// signedLots: |lots| ≤ 2³¹ − 1, 0 where inactive.
func (d *definition) signedLots(entry EntryInputs) {
	shifted := d.api.Add(entry.Lots, publicinput.LotsMax)
	d.ranges.Below(shifted, lotsBits+1)
	d.ranges.Below(d.api.Sub(2*publicinput.LotsMax, shifted), lotsBits+1)
	d.api.AssertIsEqual(d.api.Mul(entry.Active, entry.Lots), entry.Lots)
}

// owedLots: 1 ≤ lots ≤ 2³¹ − 1 where active, 0 where inactive.
func (d *definition) owedLots(entry EntryInputs) {
	d.ranges.Below(entry.Lots, lotsBits)
	d.ranges.Below(d.api.Sub(entry.Lots, entry.Active), lotsBits)
	d.zeros.Product(d.api.Sub(1, entry.Active), entry.Lots)
}

// nullifierIsOfTheOwner: the secret opens the leaf's owner, and the nullifier is that of secret, house, epoch, scope and account; one that
// stands has 0 in the epoch's place, a number that no epoch has, and the statement says so. The house proves without the secret; then the
// nullifier is 0 (and the claim must be named and does not stand, see claimHolds).
func (d *definition) nullifierIsOfTheOwner() error {
	opened := &d.Owner
	d.api.AssertIsBoolean(opened.ByHouse)
	d.ranges.Below(opened.Tail, publicinput.OwnerTailBits)
	owner, err := d.hasher.Hash(publicinput.Owner, opened.Secret, d.api.Add(d.number, d.api.Mul(opened.Tail, gadget.Power(32))))
	if err != nil {
		return err
	}
	byOwner := d.api.Sub(1, opened.ByHouse)
	d.api.AssertIsEqual(d.api.Mul(byOwner, d.api.Sub(owner, d.Account.Owner)), 0)
	d.api.AssertIsBoolean(d.Chosen.Standing)
	epoch := d.api.Mul(d.api.Sub(1, d.Chosen.Standing), d.Epoch[publicinput.EpochNumber])
	nullifier, err := d.hasher.Hash(publicinput.Nullifier, opened.Secret, d.Epoch[publicinput.EpochHouse], epoch, d.Scope, d.number)
	d.api.AssertIsEqual(d.Nullifier, d.api.Mul(byOwner, nullifier))
	return err
}
