package contagion

import (
	"github.com/consensys/gnark/frontend"
	"github.com/consensys/gnark/std/multicommit"

	"bulwark.io/circuits/constraint/gadget"
	"bulwark.io/circuits/plain/publicinput"
)

// Circuit is the claim in one shape.
type Circuit struct {
	// PUBLIC INPUTS, in the order of publicinput. Challenge and scope are 0.
	Seal      frontend.Variable `gnark:",public"`
	Challenge frontend.Variable `gnark:",public"`
	Scope     frontend.Variable `gnark:",public"`
	Terms     frontend.Variable `gnark:",public"` // digest of what the verifier computes from table and tariff
	Statement frontend.Variable `gnark:",public"` // groups · scenarios

	// SECRET INPUTS
	Epoch                                    [publicinput.EpochElements]frontend.Variable
	MaintenanceShare, CashFactor, Liquidated frontend.Variable   // φ, 10⁶ + residual of negative cash, σ; ppm
	Rates                                    [][]RateInputs      // by scenario and group
	PlaceGroups                              []frontend.Variable // the group of each place, from 1; 0 where there is none
	Entries                                  []EntryInputs
	Accounts                                 []AccountInputs
	Members                                  []MemberInputs

	shape Shape
}

// RateInputs are a group in a scenario: the certified vector, ppm, and the room that it leaves to forced sales and purchases, µ$.
type RateInputs struct {
	Down, Up, Sales, Purchases frontend.Variable
}

// EntryInputs are an instrument, collateral or debt of the terms: its key, its deltas of one lot by place, its losses and value.
type EntryInputs struct {
	Key       frontend.Variable
	Exposures [exposures]ExposureInputs
	Columns   []frontend.Variable // packed
}

// exposures of an entry: to its own group and to its legs.
const exposures = 1 + publicinput.Legs

// ExposureInputs are a delta in u, shifted by BufferDeltaShift, and the place in which it nets, from 1.
type ExposureInputs struct {
	Place, Delta frontend.Variable
}

// AccountInputs are one place of the account tree.
type AccountInputs struct {
	Present, Owner, Salt, Paid frontend.Variable
	Standings                  []frontend.Variable // their hash, in a shape of accounts that have some
	Cash                       gadget.Sides
	Overdraft                  frontend.Variable // what negative cash counts, u
	Positions, Lines           []gadget.Slot
	PositionCount, LineCount   frontend.Variable
	Lots                       []frontend.Variable // by entry
	Member                     frontend.Variable
	Margin, Maintenance        frontend.Variable   // initial and maintenance margin, u
	Buffer, MarginSalt         frontend.Variable   // the rest of the margin leaf
	Columns                    []frontend.Variable // losses by scenario, value; u
	Forced                     ForcedInputs        `gnark:"Unit"`
}

// MemberInputs are the accounts of one member merged, and what he is forced to trade: the sums of his accounts and what the merged account
// adds to them.
type MemberInputs struct {
	Number, Equity, Maintenance frontend.Variable
	Losses                      []frontend.Variable
	Forced                      ForcedInputs          `gnark:"Unit"`
	ForcedApart                 [][]frontend.Variable `gnark:"Apart"`  // by scenario and component
	ForcedMerged                [][]frontend.Variable `gnark:"Beyond"` // what the merged account adds
}

// ForcedInputs are an account, or a member merged, in the cascade, and what it is forced to trade. Tags keep names
// that compiled circuits hold.
type ForcedInputs struct {
	Plus, Minus []frontend.Variable // nets by place, u
	Held        []frontend.Variable // long of every group, then short, u
	Span        frontend.Variable   // ⌊σ·MM⌋, µ$
	NoSpan      frontend.Variable   // 1 where that is 0
	Scenarios   []CascadeInputs
}

// CascadeInputs are one scenario of it.
type CascadeInputs struct {
	Transmitted, Rest frontend.Variable   // T, µ$; 10⁴·T less what it rounds up
	Sold, All         frontend.Variable   // g, ppm; 1 where it is not measured, and everything is sold
	Flows             []frontend.Variable // f, by component, µ$
}

// Define reads as the claim.
func (c *Circuit) Define(api frontend.API) error {
	d := &definition{Circuit: c, api: api, hasher: gadget.NewHasher(api), ranges: gadget.NewRanges(api), zeros: gadget.NewZeros(api)}
	for _, part := range []func() error{d.termsAreTheEpochs, d.accountsAreTheEpochs} {
		if err := part(); err != nil {
			return err
		}
	}
	d.membersAreMerged()
	d.flowsFindRoom()
	api.AssertIsEqual(c.Statement, c.shape.statement())
	api.AssertIsEqual(c.Challenge, 0)
	api.AssertIsEqual(c.Scope, 0)
	d.zeros.Assert()
	d.identitiesHoldAtAChallenge()
	return nil
}

type definition struct {
	*Circuit
	api    frontend.API
	hasher *gadget.Hasher
	ranges *gadget.Ranges
	zeros  *gadget.Zeros

	equities []frontend.Variable // by account
}

// termsAreTheEpochs: the seal opens to the epoch, and the terms are of its table and tariff. Every part of a packed word is ranged to its bits,
// so that a word has one reading.
func (d *definition) termsAreTheEpochs() error {
	seal, err := d.hasher.Hash(publicinput.Epoch, d.Epoch[:]...)
	if err != nil {
		return err
	}
	d.api.AssertIsEqual(seal, d.Seal)
	elements := []frontend.Variable{d.Epoch[publicinput.EpochTableRoot], d.Epoch[publicinput.EpochBuffer], d.MaintenanceShare, d.CashFactor, d.Liquidated}
	for _, rates := range d.Rates {
		for _, rate := range rates {
			elements = append(elements, d.pack([]part{{rate.Down, ratioBits}, {rate.Up, ratioBits}, {rate.Sales, roomBits}, {rate.Purchases, roomBits}}))
		}
	}
	for begin := 0; begin < len(d.PlaceGroups); begin += placeWords {
		var parts []part
		for _, group := range d.PlaceGroups[begin:min(begin+placeWords, len(d.PlaceGroups))] {
			parts = append(parts, part{group, groupBits})
		}
		elements = append(elements, d.pack(parts))
	}
	for _, entry := range d.Entries {
		parts := []part{{entry.Key, entryBits}}
		for _, exposure := range entry.Exposures {
			parts = append(parts, part{exposure.Place, placeBits}, part{exposure.Delta, deltaBits})
		}
		elements = append(append(elements, d.pack(parts)), entry.Columns...)
	}
	terms, err := d.hasher.Hash(publicinput.ContagionTerms, elements...)
	d.api.AssertIsEqual(terms, d.Terms)
	return err
}

type part struct {
	value frontend.Variable
	bits  int
}

// pack ranges parts and packs them, lowest first.
func (d *definition) pack(parts []part) frontend.Variable {
	word, offset := frontend.Variable(0), 0
	for _, part := range parts {
		d.ranges.Below(part.value, part.bits)
		word = d.api.Add(word, d.api.Mul(part.value, gadget.Power(offset)))
		offset += part.bits
	}
	return word
}

// accountsAreTheEpochs: the places of the shape hold the accounts of the epoch, all of them, since what lies to their right is empty; the
// margin tree holds member and margins of the same places. Its equity and maintenance margin are those that follow from lots and initial margin:
// a leaf that says otherwise has no certificate.
func (d *definition) accountsAreTheEpochs() error {
	leaves, margins := make([]frontend.Variable, len(d.Accounts)), make([]frontend.Variable, len(d.Accounts))
	for t := range d.Accounts {
		account := &d.Accounts[t]
		leaf, err := d.account(t)
		if err != nil {
			return err
		}
		d.ranges.Below(account.Margin, moneyBits)
		d.ranges.Below(account.Maintenance, moneyBits)
		d.ranges.CeilMillion(d.api.Mul(account.Margin, d.MaintenanceShare), account.Maintenance)
		for _, column := range account.Columns {
			d.ranges.Signed(column, lossBits)
		}
		value := account.Columns[d.shape.Scenarios]
		d.equities = append(d.equities, d.api.Add(account.Cash.Plus, d.api.Sub(value, account.Overdraft)))
		margin, err := d.hasher.Hash(publicinput.MarginLeafHash, t, account.Member, account.Margin, account.Maintenance, d.equities[t], account.Buffer, account.MarginSalt)
		if err != nil {
			return err
		}
		leaves[t], margins[t] = leaf, d.api.Mul(account.Present, margin)
		d.forced(&account.Forced, d.equities[t], account.Maintenance, account.Columns[:d.shape.Scenarios])
	}
	root, err := d.hasher.Root(leaves, d.shape.Depth)
	if err != nil {
		return err
	}
	d.api.AssertIsEqual(root, d.Epoch[publicinput.EpochAccountRoot])
	marginRoot, err := d.hasher.Root(margins, d.shape.Depth)
	d.api.AssertIsEqual(marginRoot, d.Epoch[publicinput.EpochMarginRoot])
	return err
}

// account is the leaf of a place: the hash of its account, or 0 where there is none; then it holds and owes nothing.
func (d *definition) account(t int) (frontend.Variable, error) {
	account := &d.Accounts[t]
	d.api.AssertIsBoolean(account.Present)
	positions, err := d.list(publicinput.PositionList, account.PositionCount, account.Positions)
	if err != nil {
		return nil, err
	}
	lines, err := d.list(publicinput.LineList, account.LineCount, account.Lines)
	if err != nil {
		return nil, err
	}
	for _, amount := range []frontend.Variable{account.Cash.Plus, account.Cash.Minus, account.Overdraft} {
		d.ranges.Below(amount, moneyBits)
	}
	d.zeros.Sides(account.Cash)
	d.ranges.CeilMillion(d.api.Mul(account.Cash.Minus, d.CashFactor), account.Overdraft)
	absent := d.api.Sub(1, account.Present)
	held := d.api.Add(account.Cash.Size(d.api), account.Margin)
	for _, list := range [][]gadget.Slot{account.Positions, account.Lines} {
		for _, slot := range list {
			held = d.api.Add(held, slot.Active)
		}
	}
	d.zeros.Product(absent, held)
	leaf, err := gadget.AccountLeaf{Number: t, Owner: account.Owner, Salt: account.Salt, Cash: account.Cash.Of(d.api),
		Positions: positions, Paid: account.Paid, Lines: lines, Standings: account.Standings}.Hash(d.hasher)
	return d.api.Mul(account.Present, leaf), err
}

func (d *definition) list(domain publicinput.Domain, count frontend.Variable, slots []gadget.Slot) (frontend.Variable, error) {
	return gadget.AccountList{Domain: domain, Count: count, Slots: slots}.Hash(d.hasher, d.ranges, d.zeros)
}

// forced bounds from below what an account is forced to trade in every scenario: MM and E in u as they stand, losses in u.
func (d *definition) forced(u *ForcedInputs, equity, maintenance frontend.Variable, losses []frontend.Variable) {
	for p := range u.Plus {
		d.ranges.Below(u.Plus[p], heldBits)
		d.ranges.Below(u.Minus[p], heldBits)
		d.zeros.Product(u.Plus[p], u.Minus[p])
	}
	d.ranges.Below(u.Span, moneyBits)
	d.api.AssertIsBoolean(u.NoSpan)
	d.zeros.Product(u.NoSpan, u.Span)
	left := d.api.Sub(d.api.Mul(d.Liquidated, maintenance), d.api.Mul(perUnit, u.Span))
	d.ranges.Below(left, restBits)
	d.ranges.Below(d.api.Sub(perUnit-1, left), restBits)
	span := d.api.Add(u.Span, u.NoSpan)
	for s := range u.Scenarios {
		cascade := &u.Scenarios[s]
		d.ranges.Below(cascade.Transmitted, flowBits)
		d.ranges.Below(cascade.Rest, restBits)
		d.ranges.Below(cascade.Sold, ratioBits)
		d.api.AssertIsBoolean(cascade.All)
		d.api.AssertIsEqual(d.api.Mul(cascade.All, cascade.Sold), d.api.Mul(cascade.All, gadget.Million))
		missing := d.api.Add(d.api.Mul(microPerUnit, d.api.Add(d.api.Sub(maintenance, equity), losses[s])), cascade.Transmitted)
		enough := d.api.Sub(d.api.Mul(cascade.Sold, span), d.api.Mul(gadget.Million, missing))
		d.ranges.Below(d.api.Mul(d.api.Sub(1, cascade.All), enough), missingBits)
		for i, flow := range cascade.Flows {
			d.ranges.Below(flow, flowBits)
			d.ranges.Below(d.api.Sub(d.api.Mul(perUnit, flow), d.api.Mul(cascade.Sold, u.Held[i])), restBits)
		}
	}
}

// membersAreMerged: strictly increasing numbers, so that a member's accounts stand together; each is looked at as one account too.
func (d *definition) membersAreMerged() {
	for m := range d.Members {
		member := &d.Members[m]
		d.ranges.Below(member.Number, keyBits)
		if m > 0 {
			d.ranges.Below(d.api.Sub(member.Number, d.Members[m-1].Number, 1), keyBits)
		}
		d.forced(&member.Forced, member.Equity, member.Maintenance, member.Losses)
	}
}

// flowsFindRoom: a member trades at least what his accounts are forced to and at least what they are forced to merged; all members together at
// most what the vector leaves room for.
func (d *definition) flowsFindRoom() {
	for s, rates := range d.Rates {
		for i := range d.shape.sides() {
			total := frontend.Variable(0)
			for m := range d.Members {
				member := &d.Members[m]
				d.ranges.Below(member.ForcedMerged[s][i], roomBits)
				traded := d.api.Add(member.ForcedApart[s][i], member.ForcedMerged[s][i])
				d.ranges.Below(d.api.Sub(traded, member.Forced.Scenarios[s].Flows[i]), roomBits)
				total = d.api.Add(total, traded)
			}
			room := rates[i%d.shape.Groups].Sales
			if i >= d.shape.Groups {
				room = rates[i%d.shape.Groups].Purchases
			}
			d.ranges.Below(d.api.Sub(room, total), roomBits)
		}
	}
}

// record is what a member's accounts add up to: equity, maintenance margin, losses, nets, and the flows that they are forced to apart.
func (d *definition) record(equity, maintenance frontend.Variable, losses []frontend.Variable, forced *ForcedInputs,
	flows func(s int) []frontend.Variable,
) []frontend.Variable {
	record := append([]frontend.Variable{equity, maintenance}, losses...)
	for p := range forced.Plus {
		record = append(record, d.api.Sub(forced.Plus[p], forced.Minus[p]))
	}
	for s := range forced.Scenarios {
		record = append(record, flows(s)...)
	}
	return record
}

// identitiesHoldAtAChallenge: drawn after every value in them is committed. (1) Each account's lots by entry are those of its lists.
// (2) Losses, value and nets are lots times the entries'. (3) What is long and short of a group are the nets of its places. (4) T is that of
// the vectors. (5) Members are the sums of their accounts.
func (d *definition) identitiesHoldAtAChallenge() {
	var accounts, members [][]frontend.Variable
	for t := range d.Accounts {
		a := &d.Accounts[t]
		accounts = append(accounts, d.record(d.equities[t], a.Maintenance, a.Columns[:d.shape.Scenarios], &a.Forced,
			func(s int) []frontend.Variable { return a.Forced.Scenarios[s].Flows }))
	}
	for m := range d.Members {
		member := &d.Members[m]
		members = append(members, d.record(member.Equity, member.Maintenance, member.Losses, &member.Forced,
			func(s int) []frontend.Variable { return member.ForcedApart[s] }))
	}
	multicommit.WithCommitment(d.api, func(api frontend.API, x frontend.Variable) error {
		i := &identities{definition: d, api: api, x: x, powers: gadget.Powers(api, x, max(len(accounts[0]), d.shape.packed(), d.shape.Scenarios))}
		i.evaluateTerms()
		for t := range d.Accounts {
			i.holdings(&d.Accounts[t])
			i.cascade(&d.Accounts[t].Forced)
		}
		for m := range d.Members {
			i.cascade(&d.Members[m].Forced)
		}
		i.merge(accounts, members)
		return nil
	}, d.committed(accounts, members)...)
}

func (d *definition) committed(records ...[][]frontend.Variable) (values []frontend.Variable) {
	for _, list := range records {
		for _, record := range list {
			values = append(values, record...)
		}
	}
	for _, rates := range d.Rates {
		for _, rate := range rates {
			values = append(values, rate.Down, rate.Up)
		}
	}
	values = append(values, d.PlaceGroups...)
	for _, entry := range d.Entries {
		values = append(append(values, entry.Key), entry.Columns...)
		for _, exposure := range entry.Exposures {
			values = append(values, exposure.Place, exposure.Delta)
		}
	}
	forced := func(u *ForcedInputs) {
		values = append(append(append(values, u.Plus...), u.Minus...), u.Held...)
		for _, cascade := range u.Scenarios {
			values = append(values, cascade.Transmitted, cascade.Rest)
		}
	}
	for t := range d.Accounts {
		account := &d.Accounts[t]
		values = append(append(append(values, account.Member), account.Lots...), account.Columns...)
		for _, list := range [][]gadget.Slot{account.Positions, account.Lines} {
			for _, slot := range list {
				values = append(values, slot.Key, slot.Lots)
			}
		}
		forced(&account.Forced)
	}
	for m := range d.Members {
		values = append(values, d.Members[m].Number)
		forced(&d.Members[m].Forced)
	}
	return values
}

// identities are what is asserted at the challenge x.
type identities struct {
	*definition
	api     frontend.API
	x       frontend.Variable
	powers  []frontend.Variable
	poles   []frontend.Variable // 1/(x − key) of each entry
	columns []frontend.Variable // of each entry, at x
	exposed []frontend.Variable // Σ delta/(x − place) of each entry
	places  []frontend.Variable // 1/(x − p), p from 1
	groups  []frontend.Variable // 1/(x − k), k from 1
	placed  []frontend.Variable // 1/(x − group of the place)
	rates   []frontend.Variable // of each component, at x over the scenarios
}

func (i *identities) inverse(of frontend.Variable) frontend.Variable {
	return i.api.DivUnchecked(1, i.api.Sub(i.x, of))
}

func (i *identities) evaluateTerms() {
	for _, entry := range i.Entries {
		exposed := gadget.NewFractions(i.api)
		for _, exposure := range entry.Exposures {
			exposed.Add(i.api.Sub(exposure.Delta, publicinput.BufferDeltaShift), i.api.Sub(i.x, exposure.Place))
		}
		i.poles = append(i.poles, i.inverse(entry.Key))
		i.columns = append(i.columns, gadget.At(i.api, i.powers, entry.Columns))
		i.exposed = append(i.exposed, exposed.Sum())
	}
	for p, group := range i.PlaceGroups {
		i.places, i.placed = append(i.places, i.inverse(p+1)), append(i.placed, i.inverse(group))
	}
	for k := range i.shape.Groups {
		i.groups = append(i.groups, i.inverse(k+1))
	}
	for side := range i.shape.sides() {
		var rates []frontend.Variable
		for _, scenario := range i.Rates {
			rate := scenario[side%i.shape.Groups].Down
			if side >= i.shape.Groups {
				rate = scenario[side%i.shape.Groups].Up
			}
			rates = append(rates, rate)
		}
		i.rates = append(i.rates, gadget.At(i.api, i.powers, rates))
	}
}

// dot is Σ aᵢ·bᵢ.
func (i *identities) dot(a, b []frontend.Variable) frontend.Variable {
	sum := frontend.Variable(0)
	for j := range a {
		sum = i.api.Add(sum, i.api.Mul(a[j], b[j]))
	}
	return sum
}

// holdings: (1) and (2) of an account.
func (i *identities) holdings(account *AccountInputs) {
	listed := gadget.NewFractions(i.api)
	for _, slot := range account.Positions {
		listed.Add(slot.Lots, i.api.Sub(i.x, slot.Key, 1))
	}
	for _, slot := range account.Lines {
		listed.Add(slot.Lots, i.api.Sub(i.x, slot.Key, 1+lineOffset))
	}
	i.api.AssertIsEqual(listed.Sum(), i.dot(account.Lots, i.poles))
	packed := make([]frontend.Variable, i.shape.packed())
	for k := range packed {
		packed[k] = 0
	}
	for c, column := range account.Columns {
		packed[c/slots] = i.api.Add(packed[c/slots], i.api.Mul(column, gadget.Power(slotBits*(c%slots))))
	}
	i.api.AssertIsEqual(i.dot(account.Lots, i.columns), gadget.At(i.api, i.powers, packed))
	i.api.AssertIsEqual(i.dot(account.Lots, i.exposed), i.dot(i.nets(&account.Forced), i.places))
}

func (i *identities) nets(forced *ForcedInputs) []frontend.Variable {
	nets := make([]frontend.Variable, len(forced.Plus))
	for p := range nets {
		nets[p] = i.api.Sub(forced.Plus[p], forced.Minus[p])
	}
	return nets
}

// cascade: (3) and (4) of an account or a member. A place without a group, number 0, holds nothing.
func (i *identities) cascade(forced *ForcedInputs) {
	long, short := forced.Held[:i.shape.Groups], forced.Held[i.shape.Groups:]
	i.api.AssertIsEqual(i.dot(forced.Plus, i.placed), i.dot(long, i.groups))
	i.api.AssertIsEqual(i.dot(forced.Minus, i.placed), i.dot(short, i.groups))
	losses := make([]frontend.Variable, len(forced.Scenarios))
	for s, cascade := range forced.Scenarios {
		losses[s] = i.api.Sub(i.api.Mul(perUnit, cascade.Transmitted), cascade.Rest)
	}
	i.api.AssertIsEqual(gadget.At(i.api, i.powers, losses), i.dot(forced.Held, i.rates))
}

// merge: (5). Records have fewer values than the pole's degree, so each member's is the sum of those of his accounts, value by value.
func (i *identities) merge(accounts, members [][]frontend.Variable) {
	pole := i.powers[len(accounts[0])]
	apart, together := gadget.NewFractions(i.api), gadget.NewFractions(i.api)
	for t, record := range accounts {
		apart.Add(gadget.At(i.api, i.powers, record), i.api.Sub(pole, i.Accounts[t].Member))
	}
	for m, record := range members {
		together.Add(gadget.At(i.api, i.powers, record), i.api.Sub(pole, i.Members[m].Number))
	}
	apart.AssertEqual(together)
}
