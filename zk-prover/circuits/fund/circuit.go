package fund

import (
	"github.com/consensys/gnark/frontend"
	"github.com/consensys/gnark/std/multicommit"

	"bulwark.io/circuits/constraint/gadget"
	"bulwark.io/circuits/plain/publicinput"
	"bulwark.io/circuits/plain/risktable"
)

// Cover is the number of members whose losses the fund covers.
const Cover = 2

// Circuit is the claim in one shape.
type Circuit struct {
	// PUBLIC INPUTS, in the order of publicinput. Challenge, scope and nullifier are 0.
	Seal      frontend.Variable `gnark:",public"`
	Challenge frontend.Variable `gnark:",public"`
	Scope     frontend.Variable `gnark:",public"`
	Nullifier frontend.Variable `gnark:",public"`
	Statement frontend.Variable `gnark:",public"` // Cover · fund · scenarios

	// SECRET INPUTS
	Fund           frontend.Variable // u
	Epoch          [publicinput.EpochElements]frontend.Variable
	Global         GlobalInputs
	Cap            [publicinput.TableCapNodes]frontend.Variable
	Multiplicities [publicinput.TableCapNodes]frontend.Variable
	Instruments    []EntryInputs
	Assets         []EntryInputs // collateral and debt of each asset in turn
	Accounts       []AccountInputs
	Members        []frontend.Variable
	Largest        []LargestInputs // by scenario

	shape Shape
}

// GlobalInputs are the first leaf of the vault table, of which the residual of negative cash is read.
type GlobalInputs struct {
	Below, CashResidual, Beyond frontend.Variable // parts of the head
	Rest                        [publicinput.GlobalElements - 1]frontend.Variable
	Path                        [publicinput.TablePathLevels]gadget.Step
}

// EntryInputs are one opened leaf of the vault table.
type EntryInputs struct {
	Active, Number, Group, Leg0, Leg1, Bound, Charges frontend.Variable   // Charges: the rest of the head, which no scenario reads
	Losses, Sense                                     []frontend.Variable // packed; of the sensitivities the value is read
	Path                                              [publicinput.TablePathLevels]gadget.Step
}

// AccountInputs are one place of the account tree.
type AccountInputs struct {
	Present, Owner, Salt, Paid frontend.Variable
	Standings                  []frontend.Variable // their hash, in a shape of accounts that have some
	Cash                       gadget.Sides
	Overdraft                  frontend.Variable // what negative cash counts, u
	Positions, Lines           []gadget.Slot
	PositionCount, LineCount   frontend.Variable
	Lots                       []frontend.Variable // by entry: instruments, then assets
	Short                      []frontend.Variable // by instrument: 1 where its lots are below 0
	Member                     []frontend.Variable // one-hot over the members
	Margin                     MarginInputs
	Sense                      [sensed]frontend.Variable // sums over its lots of the columns that share an element with the value
	Solvent                    frontend.Variable         // 0 where it has no equity to credit
	Credit                     frontend.Variable         // what it pays of its losses before the fund does, u
	Beyond, Spare              []frontend.Variable       // by scenario: loss = credit + beyond − spare
}

// MarginInputs are what a leaf of the margin tree holds beside number and member; u.
type MarginInputs struct {
	Initial, Maintenance, Equity, Buffer, Salt frontend.Variable
}

// LargestInputs mark the member who loses most in a scenario and bound all others.
type LargestInputs struct {
	Marked []frontend.Variable
	Second frontend.Variable
}

// Define reads as the claim.
func (c *Circuit) Define(api frontend.API) error {
	d := &definition{Circuit: c, api: api, hasher: gadget.NewHasher(api), ranges: gadget.NewRanges(api), zeros: gadget.NewZeros(api)}
	for _, part := range []func() error{d.tableIsInTheEpoch, d.entriesAreInTheTable, d.accountsAreTheEpochs} {
		if err := part(); err != nil {
			return err
		}
	}
	d.membersAreDistinct()
	for r := range c.Largest {
		d.twoLargestAreCovered(r)
	}
	d.statement()
	d.zeros.Assert()
	d.identitiesHoldAtAChallenge()
	return nil
}

// statement: what the shape fixes are constants, and the fund is ranged; the circuit uses no other public input than the seal beside it.
func (d *definition) statement() {
	d.ranges.Below(d.Fund, publicinput.StatementAmountBits)
	constant := publicinput.Statement{Tag: publicinput.TagFund, Choice: Cover, Name: int64(d.shape.Rows)}.Element()
	d.api.AssertIsEqual(d.Statement, d.api.Add(constant, d.api.Mul(d.Fund, gadget.Power(publicinput.StatementAmountOffset))))
	for _, unused := range []frontend.Variable{d.Challenge, d.Scope, d.Nullifier} {
		d.api.AssertIsEqual(unused, 0)
	}
}

type definition struct {
	*Circuit
	api    frontend.API
	hasher *gadget.Hasher
	ranges *gadget.Ranges
	zeros  *gadget.Zeros

	entries  []entry
	openings []frontend.Variable // the node on top of each entry
	slots    [][]slot            // by account
}

// entry is an opened leaf; key is that of the account's list, apart for positions and lines.
type entry struct {
	inputs *EntryInputs
	line   bool
	key    frontend.Variable
}

type slot struct {
	line      bool
	key, lots frontend.Variable
}

func (d *definition) tableIsInTheEpoch() error {
	seal, err := d.hasher.Hash(publicinput.Epoch, d.Epoch[:]...)
	if err != nil {
		return err
	}
	d.api.AssertIsEqual(seal, d.Seal)
	root, err := d.hasher.Hash(publicinput.TableCap, d.Cap[:]...)
	if err != nil {
		return err
	}
	d.api.AssertIsEqual(root, d.Epoch[publicinput.EpochVaultTableRoot])
	return d.openGlobal()
}

// openGlobal: the parts of the head are ranged to the bits between them, so that the residual has one reading. No leaf but the first is hashed
// in its domain.
func (d *definition) openGlobal() error {
	d.ranges.Below(d.Global.Below, residualOffset)
	d.ranges.Below(d.Global.CashResidual, residualBits)
	d.ranges.Below(d.Global.Beyond, headBits-residualOffset-residualBits)
	head := d.api.Add(d.Global.Below, d.api.Mul(d.Global.CashResidual, gadget.Power(residualOffset)),
		d.api.Mul(d.Global.Beyond, gadget.Power(residualOffset+residualBits)))
	leaf, err := d.hasher.Hash(publicinput.Global, append([]frontend.Variable{head}, d.Global.Rest[:]...)...)
	if err != nil {
		return err
	}
	top, err := d.hasher.Climb(leaf, d.Global.Path[:])
	d.api.AssertIsEqual(top, d.Cap[0])
	return err
}

// entriesAreInTheTable opens every entry that an account may hold. Numbers are strictly increasing among active neighbours, which come first.
func (d *definition) entriesAreInTheTable() error {
	for i := range d.Instruments {
		if err := d.open(&d.Instruments[i], before(d.Instruments, i, 1), int(publicinput.Instrument), d.Instruments[i].Number, false); err != nil {
			return err
		}
	}
	for i := range d.Assets {
		side := i % 2
		key := d.api.Add(d.api.Mul(2, d.Assets[i].Number), d.api.Mul(side, d.Assets[i].Active))
		if err := d.open(&d.Assets[i], before(d.Assets, i, 2), int(publicinput.Collateral)+side, key, true); err != nil {
			return err
		}
	}
	return nil
}

func before(entries []EntryInputs, i, stride int) *EntryInputs {
	if i < stride {
		return nil
	}
	return &entries[i-stride]
}

func (d *definition) open(inputs, previous *EntryInputs, domain int, key frontend.Variable, line bool) error {
	d.api.AssertIsBoolean(inputs.Active)
	for _, field := range []frontend.Variable{inputs.Number, inputs.Group, inputs.Leg0, inputs.Leg1} {
		d.ranges.Below(field, keyBits)
	}
	d.ranges.Below(inputs.Bound, boundBits)
	d.ranges.Below(inputs.Charges, chargeBits)
	d.zeros.Product(d.api.Sub(1, inputs.Active), inputs.Number)
	if previous != nil {
		d.zeros.Product(inputs.Active, d.api.Sub(1, previous.Active))
		d.ranges.Below(d.api.Sub(inputs.Number, d.api.Mul(inputs.Active, d.api.Add(previous.Number, 1))), keyBits)
	}
	head := gadget.Pack(d.api, publicinput.RowHead, map[string]frontend.Variable{"number": inputs.Number, "group": inputs.Group,
		"leg0": inputs.Leg0, "leg1": inputs.Leg1, "bound": inputs.Bound})
	head = d.api.Add(head, d.api.Mul(inputs.Charges, gadget.Power(chargeOffset)))
	elements := append(append([]frontend.Variable{head}, inputs.Losses...), inputs.Sense...)
	leaf, err := d.hasher.Sponge(publicinput.Instrument.Width(), domain+256*len(elements), elements)
	if err != nil {
		return err
	}
	top, err := d.hasher.Climb(leaf, inputs.Path[:])
	d.entries = append(d.entries, entry{inputs: inputs, line: line, key: key})
	d.openings = append(d.openings, top)
	return err
}

// accountsAreTheEpochs: the places of the shape hold the accounts of the epoch, all of them, since what lies to their right is empty; the
// margin tree holds member and margin of the same places.
func (d *definition) accountsAreTheEpochs() error {
	leaves, margins := make([]frontend.Variable, len(d.Accounts)), make([]frontend.Variable, len(d.Accounts))
	for t := range d.Accounts {
		leaf, err := d.account(t)
		if err != nil {
			return err
		}
		margin, err := d.margin(t)
		if err != nil {
			return err
		}
		leaves[t], margins[t] = leaf, margin
		d.losses(&d.Accounts[t])
		d.credit(&d.Accounts[t])
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

// account is the leaf of a place: the hash of its account, or 0 where there is none; then its lists have no lots.
func (d *definition) account(t int) (frontend.Variable, error) {
	account := &d.Accounts[t]
	d.api.AssertIsBoolean(account.Present)
	d.slots = append(d.slots, nil)
	positions, err := d.list(t, publicinput.PositionList, account.PositionCount, account.Positions)
	if err != nil {
		return nil, err
	}
	lines, err := d.list(t, publicinput.LineList, account.LineCount, account.Lines)
	if err != nil {
		return nil, err
	}
	leaf, err := gadget.AccountLeaf{Number: t, Owner: account.Owner, Salt: account.Salt, Cash: account.Cash.Of(d.api),
		Positions: positions, Paid: account.Paid, Lines: lines, Standings: account.Standings}.Hash(d.hasher)
	return d.api.Mul(account.Present, leaf), err
}

// list hashes a list; a place without account has no lots.
func (d *definition) list(t int, domain publicinput.Domain, count frontend.Variable, slots []gadget.Slot) (frontend.Variable, error) {
	return gadget.AccountList{Domain: domain, Count: count, Slots: slots, Each: func(s *gadget.Slot) {
		d.api.AssertIsEqual(d.api.Mul(d.api.Sub(d.Accounts[t].Present, 1), s.Lots), 0)
		d.slots[t] = append(d.slots[t], slot{line: domain == publicinput.LineList, key: s.Key, lots: s.Lots})
	}}.Hash(d.hasher, d.ranges, d.zeros)
}

// margin is the leaf of a place in the margin tree, or 0. Every account has exactly one member.
func (d *definition) margin(t int) (frontend.Variable, error) {
	account := &d.Accounts[t]
	members, member := frontend.Variable(0), frontend.Variable(0)
	for m, bit := range account.Member {
		d.api.AssertIsBoolean(bit)
		members = d.api.Add(members, bit)
		member = d.api.Add(member, d.api.Mul(bit, d.Members[m]))
	}
	d.api.AssertIsEqual(members, account.Present)
	margin := &account.Margin
	leaf, err := d.hasher.Hash(publicinput.MarginLeafHash, t, member, margin.Initial, margin.Maintenance, margin.Equity, margin.Buffer, margin.Salt)
	return d.api.Mul(account.Present, leaf), err
}

// credit: what the account pays of its losses itself is at most IM + Buffer and the equity of its sealed leaf, and at most the equity that follows
// from its lots, its cash and the values of the vault table, whatever the margin leaf says; 0 where one of the equities is below 0. Less than
// that only raises what the fund must hold.
func (d *definition) credit(account *AccountInputs) {
	for _, amount := range []frontend.Variable{account.Cash.Plus, account.Cash.Minus, account.Margin.Initial, account.Margin.Buffer, account.Credit} {
		d.ranges.Below(amount, marginBits)
	}
	d.zeros.Sides(account.Cash)
	d.ranges.Below(account.Overdraft, slackBits)
	d.ranges.CeilMillion(d.api.Mul(account.Cash.Minus, d.api.Add(d.Global.CashResidual, gadget.Million)), account.Overdraft)

	packed := frontend.Variable(0)
	for j, lots := range account.Lots {
		packed = d.api.Add(packed, d.api.Mul(lots, d.entries[j].inputs.Sense[0]))
	}
	for _, column := range account.Sense {
		d.ranges.Signed(column, risktable.LimitBits)
	}
	d.api.AssertIsEqual(gadget.PackColumns(d.api, publicinput.Wide, account.Sense[:])[0], packed)
	worth := d.api.Sub(d.api.Add(account.Cash.Plus, account.Sense[publicinput.SenseValue]), account.Overdraft)

	d.api.AssertIsBoolean(account.Solvent)
	d.zeros.Product(d.api.Sub(1, account.Solvent), account.Credit)
	d.ranges.Below(d.api.Sub(d.api.Add(account.Margin.Initial, account.Margin.Buffer), account.Credit), slackBits)
	for _, equity := range []frontend.Variable{account.Margin.Equity, worth} {
		d.ranges.Below(d.api.Mul(account.Solvent, d.api.Sub(equity, account.Credit)), slackBits)
	}
}

// losses: the packed losses of the account's lots are those that credit, beyond and spare say, slot by slot.
func (d *definition) losses(account *AccountInputs) {
	gross := frontend.Variable(0)
	sums := make([]frontend.Variable, publicinput.Wide.Elements(d.shape.Rows))
	for k := range sums {
		sums[k] = 0
	}
	for j, lots := range account.Lots {
		entry := d.entries[j]
		size := lots
		if !entry.line {
			short := account.Short[j]
			d.api.AssertIsBoolean(short)
			size = d.api.Sub(lots, d.api.Mul(2, d.api.Mul(short, lots)))
		}
		d.ranges.Below(size, lotsBits)
		d.api.AssertIsEqual(d.api.Mul(d.api.Sub(1, entry.inputs.Active), lots), 0)
		gross = d.api.Add(gross, d.api.Mul(size, entry.inputs.Bound))
		for k, column := range entry.inputs.Losses {
			sums[k] = d.api.Add(sums[k], d.api.Mul(lots, column))
		}
	}
	d.ranges.Below(gross, risktable.LimitBits)
	columns := make([]frontend.Variable, 0, d.shape.Rows)
	for r := range account.Beyond {
		d.ranges.Below(account.Beyond[r], slackBits)
		d.ranges.Below(account.Spare[r], slackBits)
		columns = append(columns, d.api.Sub(d.api.Add(account.Credit, account.Beyond[r]), account.Spare[r]))
	}
	for k, packed := range gadget.PackColumns(d.api, publicinput.Wide, columns) {
		d.api.AssertIsEqual(packed, sums[k])
	}
}

// membersAreDistinct: strictly increasing numbers, so that affiliates stand together.
func (d *definition) membersAreDistinct() {
	for m, member := range d.Members {
		d.ranges.Below(member, keyBits)
		if m > 0 {
			d.ranges.Below(d.api.Sub(member, d.Members[m-1], 1), keyBits)
		}
	}
}

// twoLargestAreCovered: the marked member loses a, nobody else more than c ≤ a, and a + c ≤ fund.
func (d *definition) twoLargestAreCovered(r int) {
	largest := &d.Largest[r]
	marks, most := frontend.Variable(0), frontend.Variable(0)
	for m, marked := range largest.Marked {
		d.api.AssertIsBoolean(marked)
		marks = d.api.Add(marks, marked)
		loss := frontend.Variable(0)
		for t := range d.Accounts {
			loss = d.api.Add(loss, d.api.Mul(d.Accounts[t].Member[m], d.Accounts[t].Beyond[r]))
		}
		most = d.api.Add(most, d.api.Mul(marked, loss))
		d.ranges.Below(d.api.Mul(d.api.Sub(1, marked), d.api.Sub(largest.Second, loss)), sumBits)
	}
	d.api.AssertIsEqual(marks, 1)
	d.ranges.Below(largest.Second, sumBits)
	d.ranges.Below(d.api.Sub(most, largest.Second), sumBits)
	d.ranges.Below(d.api.Sub(d.Fund, most, largest.Second), moneyBits)
}

// identitiesHoldAtAChallenge: the tops of active entries stand in the cap, and each account's lots by entry are those of its lists. Keys of
// lines are told from those of positions by 2³³, which no key reaches.
func (d *definition) identitiesHoldAtAChallenge() {
	committed := append(append([]frontend.Variable{}, d.Cap[:]...), d.Multiplicities[:]...)
	committed = append(committed, d.openings...)
	for _, entry := range d.entries {
		committed = append(committed, entry.inputs.Active, entry.inputs.Number)
	}
	for t := range d.Accounts {
		for _, slot := range d.slots[t] {
			committed = append(committed, slot.key, slot.lots)
		}
		committed = append(committed, d.Accounts[t].Lots...)
	}
	multicommit.WithCommitment(d.api, func(api frontend.API, x frontend.Variable) error {
		opened, cap := gadget.NewFractions(api), gadget.NewFractions(api)
		for i, top := range d.openings {
			opened.Add(d.entries[i].inputs.Active, api.Sub(x, top))
		}
		for i, node := range d.Cap {
			cap.Add(d.Multiplicities[i], api.Sub(x, node))
		}
		opened.AssertEqual(cap)
		pole := func(line bool, key frontend.Variable) frontend.Variable {
			if line {
				return api.Sub(x, key, gadget.Power(keyBits+1))
			}
			return api.Sub(x, key)
		}
		for t := range d.Accounts {
			listed, held := gadget.NewFractions(api), gadget.NewFractions(api)
			for _, slot := range d.slots[t] {
				listed.Add(slot.lots, pole(slot.line, slot.key))
			}
			for j, lots := range d.Accounts[t].Lots {
				held.Add(lots, pole(d.entries[j].line, d.entries[j].key))
			}
			listed.AssertEqual(held)
		}
		return nil
	}, committed...)
}
