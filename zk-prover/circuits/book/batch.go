package book

import (
	"math/big"

	"github.com/consensys/gnark/constraint/solver"
	"github.com/consensys/gnark/frontend"
	"github.com/consensys/gnark/std/multicommit"

	"bulwark.io/circuits/constraint/gadget"
	"bulwark.io/circuits/plain/publicinput"
)

// Batch is the claim of one batch: "the subtree at this index holds accounts whose amounts add up to what this commitment hides, and whose
// equities at these values lack no more than it says".
type Batch struct {
	// PUBLIC INPUTS, in the order of publicinput.
	Node      frontend.Variable `gnark:",public"` // commitment to the subtree's root and totals
	Challenge frontend.Variable `gnark:",public"` // 0
	Scope     frontend.Variable `gnark:",public"` // 0
	Values    frontend.Variable `gnark:",public"` // digest of the values
	Statement frontend.Variable `gnark:",public"` // tag, levels of the subtree, its place among those of its height

	// SECRET INPUTS
	Index       gadget.Number // the subtree's place, as the statement says it
	Blinding    frontend.Variable
	Residual    frontend.Variable // of negative cash, ppm
	Lines       []RowInputs
	Instruments []RowInputs
	Accounts    []AccountInputs

	shape Shape
}

// RowInputs are one row of the values and what the batch has in it.
type RowInputs struct {
	Active frontend.Variable
	Key    gadget.Number
	Value  gadget.Number // + 2³¹ where active; of an instrument: of a long lot
	Short  gadget.Number // of an instrument: of a short lot, + 2³¹ where active
	Tiers  []TierInputs
	Total  gadget.Number // lots; of an instrument: long lots
	Shorts gadget.Number // of an instrument: short lots
	Count  gadget.Number // slots that use the row

	// Of an instrument, in a shape with paid slots: what the slots of the paid list that use the row hold, and their number.
	Paid, PaidCount gadget.Number
}

// TierInputs are an own-size charge: slope for every lot beyond the threshold.
type TierInputs struct {
	Threshold, Slope gadget.Number
}

// AccountInputs are one place of the batch.
type AccountInputs struct {
	Present, Owner, Salt                frontend.Variable
	Standings                           []frontend.Variable // their hash, in a batch of accounts that have some
	Positive                            frontend.Variable   // 1: cash ≥ 0
	Cash                                gadget.Number       // |cash|
	LineCount, PositionCount, PaidCount gadget.Number       // entries of each list
	Lines                               []LineInputs
	Positions                           []PositionInputs
	Paid                                []PaidInputs
	Solvent                             frontend.Variable // 1: equity ≥ 0
	Equity                              gadget.Number     // |equity|, 10⁻⁶ u
}

// LineInputs are one slot of the lines.
type LineInputs struct {
	Row, Word, Value frontend.Variable // the row of the values: its place, its key as the list's word holds it, its value
	Lots             gadget.Number
	Tiers            []SizeInputs
}

// SizeInputs are an own-size charge as a slot uses it.
type SizeInputs struct {
	Threshold, Slope frontend.Variable
	Beyond, Short    gadget.Number // beyond − short = lots − threshold
}

// PositionInputs are one slot of the positions: lots = long ? size : −size.
type PositionInputs struct {
	Row, Word, Value, Short frontend.Variable
	Long                    frontend.Variable
	Size                    gadget.Number
}

// PaidInputs are one slot of the paid list: an entry has at least one lot.
type PaidInputs struct {
	Row, Word frontend.Variable // the word of one lot
	Further   gadget.Number     // lots less one
}

// NewBatch is the circuit of a shape, to compile or to assign.
func NewBatch(shape Shape) *Batch {
	number := gadget.NewNumber
	b := &Batch{shape: shape, Index: number(indexBits + indexSpare), Lines: make([]RowInputs, shape.lineRows()),
		Instruments: make([]RowInputs, shape.instrumentRows()), Accounts: make([]AccountInputs, shape.Accounts())}
	for j := range b.Lines {
		b.Lines[j] = RowInputs{Key: number(keyBits), Value: number(keyBits), Total: number(totalBits), Count: number(countBits),
			Tiers: make([]TierInputs, shape.Tiers)}
		for t := range b.Lines[j].Tiers {
			b.Lines[j].Tiers[t] = TierInputs{Threshold: number(lotsBits), Slope: number(lotsBits)}
		}
	}
	for j := range b.Instruments {
		b.Instruments[j] = RowInputs{Key: number(keyBits), Value: number(keyBits), Short: number(keyBits), Total: number(totalBits),
			Shorts: number(totalBits), Count: number(countBits)}
		if j < shape.paidRows() {
			b.Instruments[j].Paid, b.Instruments[j].PaidCount = number(totalBits), number(countBits)
		}
	}
	for t := range b.Accounts {
		account := &b.Accounts[t]
		account.Cash, account.Equity, account.Standings = number(cashBits), number(magnitudeBits), shape.Format.Standings()
		account.LineCount = number(gadget.NarrowLimb)
		account.Lines, account.Positions = make([]LineInputs, shape.Lines), make([]PositionInputs, shape.Positions)
		for i := range account.Lines {
			account.Lines[i] = LineInputs{Lots: number(lotsBits), Tiers: make([]SizeInputs, shape.Tiers)}
			for k := range account.Lines[i].Tiers {
				account.Lines[i].Tiers[k] = SizeInputs{Beyond: number(lotsBits), Short: number(keyBits)}
			}
		}
		if shape.Positions > 0 {
			account.PositionCount = number(gadget.NarrowLimb)
		}
		for i := range account.Positions {
			account.Positions[i].Size = number(lotsBits)
		}
		account.newPaid(shape.Paid)
	}
	return b
}

func (a *AccountInputs) newPaid(slots int) {
	if slots > 0 {
		a.PaidCount = gadget.NewNumber(gadget.NarrowLimb)
	}
	a.Paid = make([]PaidInputs, slots)
	for i := range a.Paid {
		a.Paid[i].Further = gadget.NewNumber(lotsBits)
	}
}

// Define reads as the claim.
func (b *Batch) Define(api frontend.API) error {
	d := &batchDefinition{Batch: b, api: api, hasher: gadget.NewHasher(api), zeros: gadget.NewZeros(api),
		limbs: gadget.NewLimbs(api, countHint)}
	d.statement()
	if err := d.valuesAreOfTheDigest(); err != nil {
		return err
	}
	leaves := make([]frontend.Variable, len(b.Accounts))
	for t := range b.Accounts {
		leaf, err := d.account(t)
		if err != nil {
			return err
		}
		leaves[t] = leaf
	}
	root, err := subtree(d.hasher, leaves)
	if err != nil {
		return err
	}
	if err := d.commitmentHides(root); err != nil {
		return err
	}
	d.zeros.Assert()
	d.slotsUseTheRows()
	return d.limbs.Assert()
}

// batchDefinition holds what one part of Define hands to the next.
type batchDefinition struct {
	*Batch
	api    frontend.API
	hasher *gadget.Hasher
	zeros  *gadget.Zeros
	limbs  *gadget.Limbs

	index                                    frontend.Variable
	lineRows, instrumentRows, paidRows       []listedRow
	lineSlots, positionSlots, paidSlots      []usedRow
	accounts, cashPlus, cashMinus, shortfall frontend.Variable
}

// statement: the tag, the height and an index of at most 28 bits, so that no index shows another tag; what a batch does not use is 0.
func (d *batchDefinition) statement() {
	d.index = d.limbs.Value(d.Index, indexBits+indexSpare)
	d.limbs.Below(d.api.Mul(d.Index[len(d.Index)-1], 1<<(indexBits+indexSpare-d.shape.indexBits())), gadget.NarrowLimb)
	d.api.AssertIsEqual(d.Challenge, 0)
	d.api.AssertIsEqual(d.Scope, 0)
	fixed := publicinput.Statement{Tag: publicinput.TagBookBatch, Choice: int64(d.shape.Levels)}
	d.api.AssertIsEqual(d.Statement, d.api.Add(fixed.Element(), d.api.Mul(d.index, gadget.Power(publicinput.StatementAmountOffset))))
}

// listedRow is a row of the values with its columns, and the totals of the batch as one numerator.
type listedRow struct {
	columns   []frontend.Variable // place, word, values
	numerator frontend.Variable
}

// usedRow is a slot's row and what it adds to it.
type usedRow struct {
	columns   []frontend.Variable
	numerator frontend.Variable
}

// valuesAreOfTheDigest: the rows are those of the lists whose digest is public. A row beyond a list is 0: no key, no values, no totals.
func (d *batchDefinition) valuesAreOfTheDigest() error {
	d.accounts, d.cashPlus, d.cashMinus, d.shortfall = 0, 0, 0, 0
	lines := newColumns(d, len(d.Lines), 1+2*d.shape.Tiers)
	for j := range d.Lines {
		row := &d.Lines[j]
		key := d.rowKey(lines, j, row)
		total := d.limbs.Value(row.Total, totalBits)
		value := d.rowValue(lines, 0, j, row, key, row.Value)
		columns := []frontend.Variable{j, d.keyWord(key, row.Active), value}
		for t := range row.Tiers {
			threshold, slope := d.limbs.Value(row.Tiers[t].Threshold, lotsBits), d.limbs.Value(row.Tiers[t].Slope, lotsBits)
			d.zeros.Product(d.api.Sub(1, row.Active), d.api.Add(threshold, slope))
			word := d.keyWord(key, row.Active)
			lines.add(1+2*t, j, d.api.Add(word, threshold))
			lines.add(2+2*t, j, d.api.Add(word, slope))
			columns = append(columns, threshold, slope)
		}
		d.zeros.Product(d.api.Sub(1, row.Active), total)
		d.lineRows = append(d.lineRows, listedRow{columns, d.api.Add(total, d.count(row, totalBits))})
	}
	instruments := newColumns(d, len(d.Instruments), 2)
	for j := range d.Instruments {
		row := &d.Instruments[j]
		key := d.rowKey(instruments, j, row)
		long, short := d.limbs.Value(row.Total, totalBits), d.limbs.Value(row.Shorts, totalBits)
		word := d.keyWord(key, row.Active)
		d.zeros.Product(d.api.Sub(1, row.Active), d.api.Add(long, short, d.paidRow(j, row, key)))
		columns := []frontend.Variable{j, word, d.rowValue(instruments, 0, j, row, key, row.Value), d.rowValue(instruments, 1, j, row, key, row.Short)}
		d.instrumentRows = append(d.instrumentRows, listedRow{columns,
			d.api.Add(long, d.api.Mul(short, gadget.Power(totalBits)), d.count(row, 2*totalBits))})
	}
	elements := []frontend.Variable{d.Residual}
	for _, list := range []*columnHashes{lines, instruments} {
		hashes, err := list.hash()
		if err != nil {
			return err
		}
		elements = append(elements, hashes...)
	}
	digest, err := d.hasher.Hash(publicinput.BookValues, elements...)
	d.api.AssertIsEqual(digest, d.Values)
	return err
}

// paidRow notes what the paid lists of the batch have of one instrument and gives what must be 0 where the row is not active: its lots, and
// in a row that may be listed its slots too, since each of them is a lot. Unused slots use the rows behind.
func (d *batchDefinition) paidRow(j int, row *RowInputs, key frontend.Variable) frontend.Variable {
	if j >= d.shape.paidRows() {
		return 0
	}
	further, count := d.limbs.Value(row.Paid, totalBits), d.limbs.Value(row.PaidCount, countBits)
	columns := []frontend.Variable{j, d.api.Add(d.keyWord(key, row.Active), row.Active)}
	d.paidRows = append(d.paidRows, listedRow{columns, d.api.Add(further, d.api.Mul(count, gadget.Power(totalBits)))})
	if j < d.shape.Instruments {
		return d.api.Add(further, count)
	}
	return further
}

func (d *batchDefinition) count(row *RowInputs, offset int) frontend.Variable {
	return d.api.Mul(d.limbs.Value(row.Count, countBits), gadget.Power(offset))
}

// rowKey: an inactive row has key 0.
func (d *batchDefinition) rowKey(list *columnHashes, j int, row *RowInputs) frontend.Variable {
	d.api.AssertIsBoolean(row.Active)
	key := d.limbs.Value(row.Key, keyBits)
	d.zeros.Product(d.api.Sub(1, row.Active), key)
	list.n = d.api.Add(list.n, row.Active)
	d.limbs.Commit(row.Active)
	return key
}

// rowValue reads a signed value below 2³¹ from its word's low half, 0 in an inactive row.
func (d *batchDefinition) rowValue(list *columnHashes, column, j int, row *RowInputs, key frontend.Variable, number gadget.Number,
) frontend.Variable {
	shifted := d.limbs.Value(number, keyBits)
	d.zeros.Product(d.api.Sub(1, row.Active), shifted)
	list.add(column, j, d.api.Add(d.api.Mul(key, gadget.Power(keyBits)), shifted))
	return d.api.Sub(shifted, d.api.Mul(row.Active, gadget.Power(lotsBits)))
}

// keyWord is a list's word without its lots: key·2³² + 2³¹, and 0 where inactive.
func (d *batchDefinition) keyWord(key, active frontend.Variable) frontend.Variable {
	return d.api.Add(d.api.Mul(key, gadget.Power(keyBits)), d.api.Mul(active, gadget.Power(lotsBits)))
}

// columnHashes are the list hashes of the columns of one list of values: words of key and value, three to an element.
type columnHashes struct {
	d        *batchDefinition
	n        frontend.Variable
	elements [][]frontend.Variable
}

func newColumns(d *batchDefinition, rows, columns int) *columnHashes {
	list := &columnHashes{d: d, n: 0, elements: make([][]frontend.Variable, columns)}
	if rows == 0 {
		list.elements = nil
	}
	for c := range list.elements {
		list.elements[c] = packedZeros(rows)
	}
	return list
}

func packedZeros(entries int) []frontend.Variable {
	elements := make([]frontend.Variable, (entries+publicinput.WordsPerElement-1)/publicinput.WordsPerElement)
	for i := range elements {
		elements[i] = 0
	}
	return elements
}

// addWord adds a word below 2⁶⁴ to its place in a packed list.
func addWord(api frontend.API, elements []frontend.Variable, place int, word frontend.Variable) {
	at := place / publicinput.WordsPerElement
	elements[at] = api.Add(elements[at], api.Mul(word, gadget.Power(64*(place%publicinput.WordsPerElement))))
}

func (c *columnHashes) add(column, j int, word frontend.Variable) {
	addWord(c.d.api, c.elements[column], j, word)
}

func (c *columnHashes) hash() ([]frontend.Variable, error) {
	hashes := make([]frontend.Variable, len(c.elements))
	for i, elements := range c.elements {
		hash, err := c.d.hasher.List(publicinput.BookList, c.n, elements)
		if err != nil {
			return nil, err
		}
		hashes[i] = hash
	}
	return hashes, nil
}

// account is the leaf at place t: the hash of the account with that number, or 0. Its amounts go into the totals.
func (d *batchDefinition) account(t int) (frontend.Variable, error) {
	account := &d.Accounts[t]
	d.api.AssertIsBoolean(account.Present)
	number := d.api.Add(d.api.Mul(d.index, d.shape.Accounts()), t)
	cash := d.cash(account)
	lines, value, words := d.lines(account)
	positions, positionValue, positionWords, err := d.positions(account)
	if err != nil {
		return nil, err
	}
	paid, paidWords, err := d.paid(account)
	if err != nil {
		return nil, err
	}
	linesHash, err := d.hasher.List(publicinput.LineList, d.listed(account.LineCount), lines)
	if err != nil {
		return nil, err
	}
	d.equity(account, cash, d.api.Add(value, positionValue))
	absent := d.api.Sub(1, account.Present)
	d.zeros.Product(absent, d.api.Add(cash.magnitude, words, positionWords, paidWords))
	d.accounts = d.api.Add(d.accounts, account.Present)
	leaf, err := gadget.AccountLeaf{Number: number, Owner: account.Owner, Salt: account.Salt, Cash: cash.signed, Positions: positions,
		Paid: paid, Lines: linesHash, Standings: account.Standings}.Hash(d.hasher)
	return d.api.Mul(account.Present, leaf), err
}

// listed is the number of entries that a list's hash counts. It is what the leaf was hashed with, since the elements fix the entries; the
// range keeps the hash's domain apart.
func (d *batchDefinition) listed(count gadget.Number) frontend.Variable {
	return d.limbs.Value(count, gadget.NarrowLimb)
}

type signedCash struct {
	signed, magnitude, plus, minus frontend.Variable
}

func (d *batchDefinition) cash(account *AccountInputs) signedCash {
	d.api.AssertIsBoolean(account.Positive)
	magnitude := d.limbs.Value(account.Cash, cashBits)
	plus := d.api.Mul(account.Positive, magnitude)
	minus := d.api.Sub(magnitude, plus)
	d.cashPlus, d.cashMinus = d.api.Add(d.cashPlus, plus), d.api.Add(d.cashMinus, minus)
	return signedCash{signed: d.api.Sub(plus, minus), magnitude: magnitude, plus: plus, minus: minus}
}

// lines gives the packed list, the lines' value and the sum of the key words.
func (d *batchDefinition) lines(account *AccountInputs) (elements []frontend.Variable, value, words frontend.Variable) {
	elements, value, words = packedZeros(d.shape.Lines), 0, 0
	for i := range account.Lines {
		slot := &account.Lines[i]
		if i == 0 {
			d.rowsIncrease(slot.Row, -1)
		} else {
			d.rowsIncrease(slot.Row, account.Lines[i-1].Row)
		}
		lots := d.limbs.Value(slot.Lots, lotsBits)
		addWord(d.api, elements, i, d.api.Add(slot.Word, lots))
		words = d.api.Add(words, slot.Word)
		value = d.api.Add(value, d.api.Mul(lots, slot.Value))
		columns := []frontend.Variable{slot.Row, slot.Word, slot.Value}
		for k := range slot.Tiers {
			tier := &slot.Tiers[k]
			value = d.api.Sub(value, d.sizeCharge(tier, lots))
			columns = append(columns, tier.Threshold, tier.Slope)
		}
		d.lineSlots = append(d.lineSlots, d.use(columns, d.api.Add(lots, gadget.Power(totalBits))))
	}
	return elements, value, words
}

// rowsIncrease: a slot's row lies behind the one before.
func (d *batchDefinition) rowsIncrease(row, before frontend.Variable) {
	d.limbs.Below(d.api.Sub(row, before, 1), gadget.WideLimb)
}

// sizeCharge is slope·beyond, where beyond ≥ max(0, lots − threshold): a prover who takes more charges himself more.
func (d *batchDefinition) sizeCharge(tier *SizeInputs, lots frontend.Variable) frontend.Variable {
	beyond, short := d.limbs.Value(tier.Beyond, lotsBits), d.limbs.Value(tier.Short, keyBits)
	d.api.AssertIsEqual(d.api.Sub(beyond, short), d.api.Sub(lots, tier.Threshold))
	return d.api.Mul(tier.Slope, beyond)
}

// use notes a slot's row and commits its columns before the challenge.
func (d *batchDefinition) use(columns []frontend.Variable, numerator frontend.Variable) usedRow {
	d.limbs.Commit(columns...)
	return usedRow{columns, numerator}
}

// positions gives the hash of the positions list, their value and the sum of the key words. A batch without positions has the empty list.
func (d *batchDefinition) positions(account *AccountInputs) (hash, value, words frontend.Variable, err error) {
	if d.shape.Positions == 0 {
		return publicinput.ListHash(publicinput.PositionList, nil), 0, 0, nil
	}
	elements := packedZeros(d.shape.Positions)
	value, words = 0, 0
	for i := range account.Positions {
		slot := &account.Positions[i]
		if i == 0 {
			d.rowsIncrease(slot.Row, -1)
		} else {
			d.rowsIncrease(slot.Row, account.Positions[i-1].Row)
		}
		d.api.AssertIsBoolean(slot.Long)
		size := d.limbs.Value(slot.Size, lotsBits)
		long := d.api.Mul(slot.Long, size)
		short := d.api.Sub(size, long)
		addWord(d.api, elements, i, d.api.Add(slot.Word, d.api.Sub(long, short)))
		words = d.api.Add(words, slot.Word)
		value = d.api.Add(value, d.api.Mul(long, slot.Value))
		value = d.api.Sub(value, d.api.Mul(short, slot.Short))
		columns := []frontend.Variable{slot.Row, slot.Word, slot.Value, slot.Short}
		d.limbs.Commit(slot.Long, long)
		d.positionSlots = append(d.positionSlots, d.use(columns,
			d.api.Add(long, d.api.Mul(short, gadget.Power(totalBits)), gadget.Power(2*totalBits))))
	}
	hash, err = d.hasher.List(publicinput.PositionList, d.listed(account.PositionCount), elements)
	return hash, value, words, err
}

// paid gives the hash of the paid list and the sum of its words. Its lots are owed in kind; they are no part of the equity, since what is
// paid for can fall to nothing without owing anything. A slot's word is that of one lot and its number counts further lots, so no entry is
// without lots. (2³¹ lots would have the word of −2³¹ lots of the next instrument, which no leaf that an owner accepts holds.) A shape
// without paid slots has the empty list.
func (d *batchDefinition) paid(account *AccountInputs) (hash, words frontend.Variable, err error) {
	if d.shape.Paid == 0 {
		return publicinput.ListHash(publicinput.PaidList, nil), 0, nil
	}
	elements := packedZeros(d.shape.Paid)
	words = 0
	before := frontend.Variable(-1)
	for i := range account.Paid {
		slot := &account.Paid[i]
		d.rowsIncrease(slot.Row, before)
		before = slot.Row
		further := d.limbs.Value(slot.Further, lotsBits)
		addWord(d.api, elements, i, d.api.Add(slot.Word, further))
		words = d.api.Add(words, slot.Word)
		d.paidSlots = append(d.paidSlots, d.use([]frontend.Variable{slot.Row, slot.Word}, d.api.Add(further, gadget.Power(totalBits))))
	}
	hash, err = d.hasher.List(publicinput.PaidList, d.listed(account.PaidCount), elements)
	return hash, words, err
}

// equity: 10⁶·E = 10⁶·(cash⁺ + values) − cash⁻·(10⁶ + residual) as sign and magnitude; what is below 0 is shortfall. E is at least 0 exactly
// where the scaled sum is, and the formula's rounding of the residual up lowers E by less than one u.
func (d *batchDefinition) equity(account *AccountInputs, cash signedCash, value frontend.Variable) {
	d.api.AssertIsBoolean(account.Solvent)
	magnitude := d.limbs.Value(account.Equity, magnitudeBits)
	surplus := d.api.Mul(account.Solvent, magnitude)
	owed := d.api.Mul(cash.minus, d.api.Add(d.Residual, gadget.Million))
	equity := d.api.Sub(d.api.Mul(gadget.Million, d.api.Add(cash.plus, value)), owed)
	d.api.AssertIsEqual(d.api.Sub(d.api.Mul(2, surplus), magnitude), equity)
	d.shortfall = d.api.Add(d.shortfall, d.api.Sub(magnitude, surplus))
}

// commitmentHides: the public node is the blinded hash of root and totals.
func (d *batchDefinition) commitmentHides(root frontend.Variable) error {
	elements := []frontend.Variable{root, d.Blinding, d.accounts, d.cashPlus, d.cashMinus, d.shortfall}
	total := func(rows []RowInputs, n int, lots func(*RowInputs) frontend.Variable) {
		totals := make([]frontend.Variable, n)
		for j := range totals {
			totals[j] = lots(&rows[j])
		}
		elements = append(elements, gadget.PackColumns(d.api, publicinput.Wide, totals)...)
	}
	held := func(row *RowInputs) frontend.Variable { return row.Total.Sum(d.api, totalBits) }
	total(d.Lines, 2*d.shape.Assets, held)
	total(d.Instruments, d.shape.Instruments, held)
	total(d.Instruments, d.shape.Instruments, func(row *RowInputs) frontend.Variable { return row.Shorts.Sum(d.api, totalBits) })
	total(d.Instruments, d.shape.Instruments, func(row *RowInputs) frontend.Variable {
		if d.shape.Paid == 0 {
			return 0
		}
		return d.api.Add(row.Paid.Sum(d.api, totalBits), row.PaidCount.Sum(d.api, countBits))
	})
	node, err := d.hasher.Hash(publicinput.BookNode, elements...)
	d.api.AssertIsEqual(node, d.Node)
	return err
}

// subtree is the root over leaves from the left, 4^levels of them.
func subtree(hasher *gadget.Hasher, nodes []frontend.Variable) (frontend.Variable, error) {
	for len(nodes) > 1 {
		above := make([]frontend.Variable, len(nodes)/4)
		for i := range above {
			node, err := hasher.Node([4]frontend.Variable(nodes[4*i : 4*i+4]))
			if err != nil {
				return nil, err
			}
			above[i] = node
		}
		nodes = above
	}
	return nodes[0], nil
}

// columnSquarings: y = x^(2²⁰) in the row of a slot.
const columnSquarings = 20

// slotsUseTheRows: the identity of the package's page, for lines, for positions and for paid lots.
func (d *batchDefinition) slotsUseTheRows() {
	for _, list := range []struct {
		slots []usedRow
		rows  []listedRow
	}{{d.lineSlots, d.lineRows}, {d.positionSlots, d.instrumentRows}, {d.paidSlots, d.paidRows}} {
		if len(list.slots) == 0 {
			continue
		}
		multicommit.WithCommitment(d.api, func(api frontend.API, x frontend.Variable) error {
			y := x
			for range columnSquarings {
				y = api.Mul(y, y)
			}
			powers := gadget.Powers(api, y, len(list.rows[0].columns)-1)
			used, listed := gadget.NewFractions(api), gadget.NewFractions(api)
			for _, slot := range list.slots {
				used.Add(slot.numerator, api.Sub(x, gadget.At(api, powers, slot.columns)))
			}
			for _, row := range list.rows {
				listed.Add(row.numerator, api.Sub(x, gadget.At(api, powers, row.columns)))
			}
			used.AssertEqual(listed)
			return nil
		})
	}
}

// countHint stands here because the compiled circuit holds the name of the package's hint.
func countHint(field *big.Int, in, out []*big.Int) error { return gadget.Count(field, in, out) }

func init() { solver.RegisterHint(countHint) }
