package book

import (
	"github.com/consensys/gnark/frontend"
	"github.com/consensys/gnark/std/multicommit"

	"bulwark.io/circuits/gadget"
	"bulwark.io/circuits/publicinput"
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
	Index       Number // the subtree's place, as the statement says it
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
	Key    Number
	Value  Number // + 2³¹ where active; of an instrument: of a long lot
	Short  Number // of an instrument: of a short lot, + 2³¹ where active
	Tiers  []TierInputs
	Total  Number // lots; of an instrument: long lots
	Shorts Number // of an instrument: short lots
	Count  Number // slots that use the row

	Paid, PaidCount Number // of an instrument, in a shape with paid slots: what the slots of the paid list that use the row hold, and their number
}

// TierInputs are an own-size charge: slope for every lot beyond the threshold.
type TierInputs struct {
	Threshold, Slope Number
}

// AccountInputs are one place of the batch.
type AccountInputs struct {
	Present, Owner, Salt                frontend.Variable
	Positive                            frontend.Variable // 1: cash ≥ 0
	Cash                                Number            // |cash|
	LineCount, PositionCount, PaidCount Number            // entries of each list
	Lines                               []LineInputs
	Positions                           []PositionInputs
	Paid                                []PaidInputs
	Solvent                             frontend.Variable // 1: equity ≥ 0
	Equity                              Number            // |equity|, 10⁻⁶ u
}

// LineInputs are one slot of the lines.
type LineInputs struct {
	Row, Word, Value frontend.Variable // the row of the values: its place, its key as the list's word holds it, its value
	Lots             Number
	Tiers            []SizeInputs
}

// SizeInputs are an own-size charge as a slot uses it.
type SizeInputs struct {
	Threshold, Slope frontend.Variable
	Beyond, Short    Number // beyond − short = lots − threshold
}

// PositionInputs are one slot of the positions: lots = long ? size : −size.
type PositionInputs struct {
	Row, Word, Value, Short frontend.Variable
	Long                    frontend.Variable
	Size                    Number
}

// PaidInputs are one slot of the paid list: an entry has at least one lot.
type PaidInputs struct {
	Row, Word frontend.Variable // the word of one lot
	Further   Number            // lots less one
}

// NewBatch is the circuit of a shape, to compile or to assign.
func NewBatch(shape Shape) *Batch {
	b := &Batch{shape: shape, Index: newNumber(indexBits + indexSpare), Lines: make([]RowInputs, shape.lineRows()), Instruments: make([]RowInputs, shape.instrumentRows()),
		Accounts: make([]AccountInputs, shape.Accounts())}
	for j := range b.Lines {
		b.Lines[j] = RowInputs{Key: newNumber(keyBits), Value: newNumber(keyBits), Total: newNumber(totalBits), Count: newNumber(countBits),
			Tiers: make([]TierInputs, shape.Tiers)}
		for t := range b.Lines[j].Tiers {
			b.Lines[j].Tiers[t] = TierInputs{Threshold: newNumber(lotsBits), Slope: newNumber(lotsBits)}
		}
	}
	for j := range b.Instruments {
		b.Instruments[j] = RowInputs{Key: newNumber(keyBits), Value: newNumber(keyBits), Short: newNumber(keyBits), Total: newNumber(totalBits),
			Shorts: newNumber(totalBits), Count: newNumber(countBits)}
		if j < shape.paidRows() {
			b.Instruments[j].Paid, b.Instruments[j].PaidCount = newNumber(totalBits), newNumber(countBits)
		}
	}
	for t := range b.Accounts {
		account := &b.Accounts[t]
		account.Cash, account.Equity = newNumber(cashBits), newNumber(magnitudeBits)
		account.LineCount = newNumber(narrow)
		account.Lines, account.Positions = make([]LineInputs, shape.Lines), make([]PositionInputs, shape.Positions)
		for i := range account.Lines {
			account.Lines[i] = LineInputs{Lots: newNumber(lotsBits), Tiers: make([]SizeInputs, shape.Tiers)}
			for k := range account.Lines[i].Tiers {
				account.Lines[i].Tiers[k] = SizeInputs{Beyond: newNumber(lotsBits), Short: newNumber(keyBits)}
			}
		}
		if shape.Positions > 0 {
			account.PositionCount = newNumber(narrow)
		}
		for i := range account.Positions {
			account.Positions[i].Size = newNumber(lotsBits)
		}
		account.newPaid(shape.Paid)
	}
	return b
}

func (a *AccountInputs) newPaid(slots int) {
	if slots > 0 {
		a.PaidCount = newNumber(narrow)
	}
	a.Paid = make([]PaidInputs, slots)
	for i := range a.Paid {
		a.Paid[i].Further = newNumber(lotsBits)
	}
}

// Define reads as the claim.
func (b *Batch) Define(api frontend.API) error {
	d := &batchDefinition{Batch: b, api: api, hasher: gadget.NewHasher(api), zeros: gadget.NewZeros(api), limbs: &limbs{api: api}}
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
	return d.limbs.assert()
}

// batchDefinition holds what one part of Define hands to the next.
type batchDefinition struct {
	*Batch
	api    frontend.API
	hasher *gadget.Hasher
	zeros  *gadget.Zeros
	limbs  *limbs

	index                                    frontend.Variable
	lineRows, instrumentRows, paidRows       []listedRow
	lineSlots, positionSlots, paidSlots      []usedRow
	accounts, cashPlus, cashMinus, shortfall frontend.Variable
}

// statement: the tag, the height and an index of 28 bits, so that no index shows another tag; what a batch does not use is 0.
func (d *batchDefinition) statement() {
	d.index = d.limbs.value(d.Index, indexBits+indexSpare)
	d.limbs.below(d.api.Mul(d.Index[len(d.Index)-1], 1<<indexSpare), narrow)
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
		total := d.limbs.value(row.Total, totalBits)
		value := d.rowValue(lines, 0, j, row, key, row.Value)
		columns := []frontend.Variable{j, d.keyWord(key, row.Active), value}
		for t := range row.Tiers {
			threshold, slope := d.limbs.value(row.Tiers[t].Threshold, lotsBits), d.limbs.value(row.Tiers[t].Slope, lotsBits)
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
		long, short := d.limbs.value(row.Total, totalBits), d.limbs.value(row.Shorts, totalBits)
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
	further, count := d.limbs.value(row.Paid, totalBits), d.limbs.value(row.PaidCount, countBits)
	columns := []frontend.Variable{j, d.api.Add(d.keyWord(key, row.Active), row.Active)}
	d.paidRows = append(d.paidRows, listedRow{columns, d.api.Add(further, d.api.Mul(count, gadget.Power(totalBits)))})
	if j < d.shape.Instruments {
		return d.api.Add(further, count)
	}
	return further
}

func (d *batchDefinition) count(row *RowInputs, offset int) frontend.Variable {
	return d.api.Mul(d.limbs.value(row.Count, countBits), gadget.Power(offset))
}

// rowKey: an inactive row has key 0.
func (d *batchDefinition) rowKey(list *columnHashes, j int, row *RowInputs) frontend.Variable {
	d.api.AssertIsBoolean(row.Active)
	key := d.limbs.value(row.Key, keyBits)
	d.zeros.Product(d.api.Sub(1, row.Active), key)
	list.n = d.api.Add(list.n, row.Active)
	d.limbs.secrets = append(d.limbs.secrets, row.Active)
	return key
}

// rowValue reads a signed value below 2³¹ from its word's low half, 0 in an inactive row.
func (d *batchDefinition) rowValue(list *columnHashes, column, j int, row *RowInputs, key frontend.Variable, number Number) frontend.Variable {
	shifted := d.limbs.value(number, keyBits)
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
	leaf, err := d.hasher.Hash(publicinput.Account, number, account.Owner, account.Salt, cash.signed, positions, paid, linesHash)
	return d.api.Mul(account.Present, leaf), err
}

// listed is the number of entries that a list's hash counts. It is what the leaf was hashed with, since the elements fix the entries; the
// range keeps the hash's domain apart.
func (d *batchDefinition) listed(count Number) frontend.Variable { return d.limbs.value(count, narrow) }

type signedCash struct {
	signed, magnitude, plus, minus frontend.Variable
}

func (d *batchDefinition) cash(account *AccountInputs) signedCash {
	d.api.AssertIsBoolean(account.Positive)
	magnitude := d.limbs.value(account.Cash, cashBits)
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
		lots := d.limbs.value(slot.Lots, lotsBits)
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
	d.limbs.below(d.api.Sub(row, before, 1), wide)
}

// sizeCharge is slope·beyond, where beyond ≥ max(0, lots − threshold): a prover who takes more charges himself more.
func (d *batchDefinition) sizeCharge(tier *SizeInputs, lots frontend.Variable) frontend.Variable {
	beyond, short := d.limbs.value(tier.Beyond, lotsBits), d.limbs.value(tier.Short, keyBits)
	d.api.AssertIsEqual(d.api.Sub(beyond, short), d.api.Sub(lots, tier.Threshold))
	return d.api.Mul(tier.Slope, beyond)
}

// use notes a slot's row and commits its columns before the challenge.
func (d *batchDefinition) use(columns []frontend.Variable, numerator frontend.Variable) usedRow {
	d.limbs.secrets = append(d.limbs.secrets, columns...)
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
		size := d.limbs.value(slot.Size, lotsBits)
		long := d.api.Mul(slot.Long, size)
		short := d.api.Sub(size, long)
		addWord(d.api, elements, i, d.api.Add(slot.Word, d.api.Sub(long, short)))
		words = d.api.Add(words, slot.Word)
		value = d.api.Add(value, d.api.Mul(long, slot.Value))
		value = d.api.Sub(value, d.api.Mul(short, slot.Short))
		columns := []frontend.Variable{slot.Row, slot.Word, slot.Value, slot.Short}
		d.limbs.secrets = append(d.limbs.secrets, slot.Long, long)
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
		further := d.limbs.value(slot.Further, lotsBits)
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
	magnitude := d.limbs.value(account.Equity, magnitudeBits)
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
	held := func(row *RowInputs) frontend.Variable { return recompose(d.api, row.Total, totalBits) }
	total(d.Lines, 2*d.shape.Assets, held)
	total(d.Instruments, d.shape.Instruments, held)
	total(d.Instruments, d.shape.Instruments, func(row *RowInputs) frontend.Variable { return recompose(d.api, row.Shorts, totalBits) })
	total(d.Instruments, d.shape.Instruments, func(row *RowInputs) frontend.Variable {
		if d.shape.Paid == 0 {
			return 0
		}
		return d.api.Add(recompose(d.api, row.Paid, totalBits), recompose(d.api, row.PaidCount, countBits))
	})
	node, err := d.hasher.Hash(publicinput.BookNode, elements...)
	d.api.AssertIsEqual(node, d.Node)
	return err
}

func recompose(api frontend.API, number Number, bits int) frontend.Variable {
	sum, offset := frontend.Variable(0), 0
	for i, width := range widthsOf(bits) {
		sum = api.Add(sum, api.Mul(number[i], gadget.Power(offset)))
		offset += width
	}
	return sum
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
