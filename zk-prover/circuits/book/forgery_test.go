package book

import (
	"math/big"
	"math/rand/v2"
	"testing"

	"github.com/consensys/gnark-crypto/ecc/bn254/fr"

	"bulwark.io/circuits/constraint/gadget"
	"bulwark.io/circuits/plain/publicinput"
)

// forgery changes an honest batch in which every place has an account with an entry in every slot; what it returns stands in the tree
// instead of the witness's own leaves.
type forgery struct {
	name  string
	shape Shape
	free  bool // the batch leaves slots free: one line an account
	make  func(*Batch) map[int64]fr.Element
	rows  bool         // the forger writes the totals himself
	after func(*Batch) // what he changes once equities fit

	unlisted int // assets that the values do not list though the shape has room
	without  int // instruments of the same
}

func inverseOf(x int64) fr.Element {
	element := publicinput.Signed(x)
	return *element.Inverse(&element)
}

func nothing(*Batch) map[int64]fr.Element { return nil }

// unlisted is a row that the values do not have.
func unlisted(slot *LineInputs, lots int64) {
	slot.Row, slot.Word, slot.Value = gadget.Signed(int64(spot.lineRows())+3), keyWordOf(1_000), gadget.Signed(5_000_000)
	slot.Lots.SetInt(lots, lotsBits)
}

var forgeries = []forgery{
	{name: "an asset that the values do not list", shape: spot, free: true, make: func(b *Batch) map[int64]fr.Element {
		unlisted(&b.Accounts[0].Lines[2], 5)
		return nil
	}},
	{name: "an asset that the values do not list, x in one account and −x in another", shape: spot, free: true, make: func(b *Batch) map[int64]fr.Element {
		unlisted(&b.Accounts[0].Lines[2], 5)
		unlisted(&b.Accounts[1].Lines[2], 0)
		put(b.Accounts[1].Lines[2].Lots, publicinput.Signed(-5), lotsBits)
		return nil
	}},
	{name: "a word of an unlisted asset without lots, hiding a list", shape: spot, free: true, make: func(b *Batch) map[int64]fr.Element {
		unlisted(&b.Accounts[0].Lines[2], 0)
		return nil
	}},
	{name: "an unused slot with lots", shape: spot, free: true, make: func(b *Batch) map[int64]fr.Element {
		b.Accounts[0].Lines[2].Lots.SetInt(5, lotsBits)
		return nil
	}},
	{name: "an unused slot with a key", shape: spot, free: true, make: func(b *Batch) map[int64]fr.Element {
		b.Accounts[0].Lines[2].Word = b.Lines[5].word()
		return nil
	}},
	{name: "an unused slot with a value", shape: spot, free: true, make: func(b *Batch) map[int64]fr.Element {
		b.Accounts[0].Lines[2].Value = gadget.Signed(77)
		return nil
	}},
	{name: "lots below 0", shape: spot, make: func(b *Batch) map[int64]fr.Element {
		put(b.Accounts[0].Lines[1].Lots, publicinput.Signed(-4), lotsBits)
		return nil
	}},
	{name: "lots below 0 that another account's cover", shape: spot, make: func(b *Batch) map[int64]fr.Element {
		b.Accounts[1].Lines = append([]LineInputs{}, b.Accounts[1].Lines...)
		for i := range b.Accounts[0].Lines {
			b.Accounts[1].Lines[i] = LineInputs{Row: b.Accounts[0].Lines[i].Row, Word: b.Accounts[0].Lines[i].Word,
				Value: b.Accounts[0].Lines[i].Value, Lots: gadget.NewNumber(lotsBits), Tiers: nil}
			b.Accounts[1].Lines[i].Lots.SetInt(9, lotsBits)
		}
		put(b.Accounts[0].Lines[1].Lots, publicinput.Signed(-4), lotsBits)
		return nil
	}},
	{name: "2³¹ lots", shape: spot, make: func(b *Batch) map[int64]fr.Element {
		b.Accounts[0].Lines[1].Lots.SetInt(0, lotsBits)
		b.Accounts[0].Lines[1].Lots[2] = gadget.Signed(1 << gadget.NarrowLimb)
		return nil
	}},
	{name: "cash of 2⁶⁰ as a negative number of the field", shape: spot, make: func(b *Batch) map[int64]fr.Element {
		b.Accounts[0].Positive = gadget.Bit(true)
		put(b.Accounts[0].Cash, publicinput.Signed(-1_000_000), cashBits)
		return nil
	}},
	{name: "half a sign of cash", shape: spot, make: func(b *Batch) map[int64]fr.Element {
		b.Accounts[0].Positive = inverseOf(2)
		return nil
	}},
	{name: "an asset twice in an account", shape: spot, make: func(b *Batch) map[int64]fr.Element {
		slots := b.Accounts[0].Lines
		slots[1].Row, slots[1].Word, slots[1].Value = slots[0].Row, slots[0].Word, slots[0].Value
		return nil
	}},
	{name: "lines out of order", shape: spot, make: func(b *Batch) map[int64]fr.Element {
		slots := b.Accounts[0].Lines
		slots[0], slots[1] = slots[1], slots[0]
		return nil
	}},
	{name: "a first row before the list", shape: spot, make: func(b *Batch) map[int64]fr.Element {
		slot := &b.Accounts[0].Lines[0]
		slot.Row, slot.Word, slot.Value = gadget.Signed(-1), keyWordOf(0), gadget.Signed(9)
		return nil
	}},
	{name: "a dearer value", shape: spot, make: func(b *Batch) map[int64]fr.Element {
		slot := &b.Accounts[0].Lines[0]
		dearer := value(slot.Value)
		plus(&dearer, fr.One())
		slot.Value = dearer
		return nil
	}},
	{name: "another asset's key over this one's row", shape: spot, make: func(b *Batch) map[int64]fr.Element {
		b.Accounts[0].Lines[0].Word = keyWordOf(40)
		return nil
	}},
	{name: "columns that cancel: place up, key down", shape: spot, rows: true, make: func(b *Batch) map[int64]fr.Element {
		slot := &b.Accounts[0].Lines[spot.Lines-1]
		row, word := value(slot.Row), value(slot.Word)
		plus(&row, fr.One())
		minus(&word, fr.One())
		slot.Row, slot.Word = row, word
		return nil
	}},
	{name: "an account left out of the totals", shape: spot, make: func(b *Batch) map[int64]fr.Element {
		leaf := leafOf(b, spot, 2)
		absent(&b.Accounts[2], spot)
		return map[int64]fr.Element{2: leaf}
	}},
	{name: "amounts at a place without account", shape: spot, make: func(b *Batch) map[int64]fr.Element {
		b.Accounts[2].Present = gadget.Signed(0)
		return nil
	}},
	{name: "cash at a place without account", shape: spot, free: true, make: func(b *Batch) map[int64]fr.Element {
		absent(&b.Accounts[2], spot)
		b.Accounts[2].Cash.SetInt(5, cashBits)
		return nil
	}},
	{name: "an empty account whose presence scales its hash to the leaf of a full one", shape: spot, make: func(b *Batch) map[int64]fr.Element {
		leaf := leafOf(b, spot, 2)
		absent(&b.Accounts[2], spot)
		scale := leafOf(b, spot, 2)
		b.Accounts[2].Present = product(leaf, *scale.Inverse(&scale))
		return nil
	}},
	{name: "one account at two places", shape: spot, make: func(b *Batch) map[int64]fr.Element {
		return map[int64]fr.Element{1: leafOf(b, spot, 0)}
	}},
	{name: "a leaf that is a node", shape: spot, make: func(b *Batch) map[int64]fr.Element {
		return map[int64]fr.Element{1: publicinput.Node(leafOf(b, spot, 0), fr.Element{}, fr.Element{}, fr.Element{})}
	}},
	{name: "a batch of other numbers", shape: spot, make: func(b *Batch) map[int64]fr.Element {
		leaves := map[int64]fr.Element{}
		for t := range b.Accounts {
			leaves[int64(t)] = leafOf(b, spot, t)
		}
		b.Index.SetInt(2, indexBits+indexSpare)
		return leaves
	}},
	{name: "positions hidden in a batch without positions", shape: spot, make: func(b *Batch) map[int64]fr.Element {
		account := &b.Accounts[0]
		return map[int64]fr.Element{0: publicinput.HashOf(publicinput.Account, publicinput.Signed(4), value(account.Owner), value(account.Salt),
			fr.Element{}, publicinput.ListHash(publicinput.PositionList, []publicinput.Entry{{Key: 1, Lots: -5}}),
			publicinput.ListHash(publicinput.PaidList, nil), fr.Element{})}
	}},
	{name: "paid lots hidden in a batch without paid slots", shape: spot, make: func(b *Batch) map[int64]fr.Element {
		return map[int64]fr.Element{0: leafWithPaid(b, spot, 0, []publicinput.Entry{{Key: 1, Lots: 5}})}
	}},
	{name: "a list of another domain", shape: spot, make: func(b *Batch) map[int64]fr.Element {
		b.Accounts[0].LineCount[0] = product(publicinput.Signed(int64(publicinput.PaidList-publicinput.LineList)), inverseOf(256))
		return nil
	}},
	{name: "a lack called equity", shape: spot, make: nothing, after: func(b *Batch) {
		account := &b.Accounts[0]
		put(account.Equity, minusOf(sumOfLimbs(account.Equity, magnitudeBits)), magnitudeBits)
		account.Solvent = gadget.Bit(true)
	}},
	{name: "half a sign of equity", shape: spot, make: nothing, after: func(b *Batch) { halveEquity(&b.Accounts[0]) }},
	{name: "a shortfall less by one", shape: spot, make: nothing, after: func(b *Batch) {
		account := &b.Accounts[0]
		lack := sumOfLimbs(account.Equity, magnitudeBits)
		minus(&lack, fr.One())
		put(account.Equity, lack, magnitudeBits)
	}},
	{name: "a residual of 0", shape: spot, make: func(b *Batch) map[int64]fr.Element {
		b.Residual = gadget.Signed(0)
		return nil
	}},
	{name: "a value of the list changed", shape: spot, make: func(b *Batch) map[int64]fr.Element {
		b.Lines[0].Value.SetInt(1<<lotsBits+8_999_999, keyBits)
		for t := range b.Accounts {
			for i := range b.Accounts[t].Lines {
				if slot := &b.Accounts[t].Lines[i]; value(slot.Row) == publicinput.Signed(0) {
					slot.Value = gadget.Signed(8_999_999)
				}
			}
		}
		return nil
	}},
	{name: "a row beyond the list in the place of asset 0, whose total nobody publishes", shape: spot, free: true, make: func(b *Batch) map[int64]fr.Element {
		beyond := hideAssetZero(b, 2*spot.Assets)
		b.Lines[beyond].Active, b.Lines[unusedRow(b)].Active = gadget.Signed(1), gadget.Signed(0)
		return nil
	}},
	{name: "the same, the number of rows made right by a row of −1", shape: spot, free: true, unlisted: 1, make: func(b *Batch) map[int64]fr.Element {
		beyond := hideAssetZero(b, 2*spot.Assets-2)
		b.Lines[beyond].Active, b.Lines[beyond+1].Active = gadget.Signed(1), gadget.Signed(-1)
		return nil
	}},
	{name: "a total less by one", shape: spot, rows: true, make: func(b *Batch) map[int64]fr.Element {
		shift(&b.Lines[rowInUse(b)], -1, 0)
		return nil
	}},
	{name: "a total borrowed from the count", shape: spot, rows: true, make: func(b *Batch) map[int64]fr.Element {
		shift(&b.Lines[rowInUse(b)], 1<<totalBits, -1)
		return nil
	}},
	{name: "a total below 0 lent to the count", shape: spot, rows: true, make: func(b *Batch) map[int64]fr.Element {
		shift(&b.Lines[rowInUse(b)], -1<<totalBits, 1)
		return nil
	}},
	{name: "debt set off against collateral", shape: spot, rows: true, make: func(b *Batch) map[int64]fr.Element {
		for j := 0; j < 2*spot.Assets; j += 2 {
			collateral, debt := sumOfLimbs(b.Lines[j].Total, totalBits), sumOfLimbs(b.Lines[j+1].Total, totalBits)
			both := publicinput.Signed(int64(min(collateral.Uint64(), debt.Uint64())))
			minus(&collateral, both)
			minus(&debt, both)
			put(b.Lines[j].Total, collateral, totalBits)
			put(b.Lines[j+1].Total, debt, totalBits)
		}
		return nil
	}},
	{name: "a smaller charge by size", shape: full, make: func(b *Batch) map[int64]fr.Element {
		tier := &b.Accounts[0].Lines[0].Tiers[0]
		lower := sumOfLimbs(tier.Beyond, lotsBits)
		minus(&lower, fr.One())
		less := sumOfLimbs(tier.Short, keyBits)
		minus(&less, fr.One())
		put(tier.Beyond, lower, lotsBits)
		put(tier.Short, less, keyBits)
		return nil
	}},
	{name: "a charge by size of a threshold of its own", shape: full, make: func(b *Batch) map[int64]fr.Element {
		b.Accounts[0].Lines[0].Tiers[1].Slope = gadget.Signed(0)
		return nil
	}},
	{name: "a short position as half a long one", shape: full, make: func(b *Batch) map[int64]fr.Element {
		b.Accounts[0].Positions[0].Long = inverseOf(2)
		return nil
	}},
	{name: "a position below 0 in size", shape: full, make: func(b *Batch) map[int64]fr.Element {
		put(b.Accounts[0].Positions[0].Size, publicinput.Signed(-3), lotsBits)
		return nil
	}},
	{name: "an instrument twice", shape: full, make: func(b *Batch) map[int64]fr.Element {
		slots := b.Accounts[0].Positions
		slots[1].Row, slots[1].Word, slots[1].Value, slots[1].Short = slots[0].Row, slots[0].Word, slots[0].Value, slots[0].Short
		return nil
	}},
	{name: "short lots counted as long", shape: full, rows: true, make: func(b *Batch) map[int64]fr.Element {
		for j := range b.Instruments {
			row := &b.Instruments[j]
			row.Total, row.Shorts = row.Shorts, row.Total
		}
		return nil
	}},
	{name: "an unused position slot with lots", shape: full, free: true, make: func(b *Batch) map[int64]fr.Element {
		b.Accounts[0].Positions[1].Size.SetInt(5, lotsBits)
		return nil
	}},
	{name: "a paid lot left out", shape: full, make: func(b *Batch) map[int64]fr.Element {
		leaf := leafOf(b, full, 0)
		further := sumOfLimbs(b.Accounts[0].Paid[0].Further, lotsBits)
		minus(&further, fr.One())
		put(b.Accounts[0].Paid[0].Further, further, lotsBits)
		return map[int64]fr.Element{0: leaf}
	}},
	{name: "a paid entry left out", shape: full, make: func(b *Batch) map[int64]fr.Element {
		leaf := leafOf(b, full, 0)
		slot := &b.Accounts[0].Paid[1]
		slot.Row, slot.Word = gadget.Signed(int64(full.Instruments+1)), gadget.Signed(0)
		slot.Further.SetInt(0, lotsBits)
		return map[int64]fr.Element{0: leaf}
	}},
	{name: "paid lots in another row", shape: full, make: func(b *Batch) map[int64]fr.Element {
		slot := &b.Accounts[0].Paid[1]
		row := value(slot.Row)
		plus(&row, fr.One())
		slot.Row = row
		return nil
	}},
	{name: "paid lots counted in the total of another row", shape: full, rows: true, make: func(b *Batch) map[int64]fr.Element {
		from, to := &b.Instruments[1], &b.Instruments[2]
		from.Paid, to.Paid = to.Paid, from.Paid
		from.PaidCount, to.PaidCount = to.PaidCount, from.PaidCount
		if paidIn(from) == paidIn(to) {
			panic("the totals must differ")
		}
		return nil
	}},
	{name: "paid lots twice in an account", shape: full, make: func(b *Batch) map[int64]fr.Element {
		slots := b.Accounts[0].Paid
		slots[1].Row, slots[1].Word = slots[0].Row, slots[0].Word
		return nil
	}},
	{name: "paid lots out of order", shape: full, make: func(b *Batch) map[int64]fr.Element {
		slots := b.Accounts[0].Paid
		slots[0], slots[1] = slots[1], slots[0]
		return nil
	}},
	{name: "a paid entry without lots", shape: full, make: func(b *Batch) map[int64]fr.Element {
		put(b.Accounts[0].Paid[0].Further, publicinput.Signed(-1), lotsBits)
		return nil
	}},
	{name: "a paid entry without lots by its word", shape: full, make: func(b *Batch) map[int64]fr.Element {
		word := value(b.Accounts[0].Paid[0].Word)
		minus(&word, fr.One())
		b.Accounts[0].Paid[0].Word = word
		b.Accounts[0].Paid[0].Further.SetInt(0, lotsBits)
		return nil
	}},
	{name: "paid lots below 0", shape: full, make: func(b *Batch) map[int64]fr.Element {
		put(b.Accounts[0].Paid[0].Further, publicinput.Signed(-4), lotsBits)
		return nil
	}},
	{name: "paid lots of an instrument that the values do not list", shape: full, make: func(b *Batch) map[int64]fr.Element {
		slot := &b.Accounts[0].Paid[1]
		slot.Row, slot.Word = gadget.Signed(int64(full.instrumentRows())+2), firstLotOf(1_000)
		return nil
	}},
	{name: "an unused paid slot with lots", shape: full, free: true, make: func(b *Batch) map[int64]fr.Element {
		b.Accounts[0].Paid[1].Further.SetInt(5, lotsBits)
		return nil
	}},
	{name: "an unused slot in the row of an instrument that the values leave out, whose slots count as lots", shape: full, free: true, without: 1,
		make: func(b *Batch) map[int64]fr.Element {
			b.Accounts[0].Paid[1].Row = gadget.Signed(int64(full.Instruments - 1))
			return nil
		}},
	{name: "paid lots at a place without account", shape: full, free: true, make: func(b *Batch) map[int64]fr.Element {
		absent(&b.Accounts[2], full)
		b.Accounts[2].Paid = b.Accounts[1].Paid
		return nil
	}},
	{name: "a paid total less by one", shape: full, rows: true, make: func(b *Batch) map[int64]fr.Element {
		shiftPaid(&b.Instruments[0], -1, 0)
		return nil
	}},
	{name: "a paid total below 0 lent to the count", shape: full, rows: true, make: func(b *Batch) map[int64]fr.Element {
		shiftPaid(&b.Instruments[0], -1<<totalBits, 1)
		return nil
	}},
	{name: "a paid list called a list of positions", shape: full, make: func(b *Batch) map[int64]fr.Element {
		b.Accounts[0].PaidCount[0] = product(publicinput.Signed(int64(publicinput.PositionList-publicinput.PaidList)), inverseOf(256))
		return nil
	}},
}

func shiftPaid(row *RowInputs, total, count int64) {
	lots, slots := sumOfLimbs(row.Paid, totalBits), sumOfLimbs(row.PaidCount, countBits)
	plus(&lots, publicinput.Signed(total))
	plus(&slots, publicinput.Signed(count))
	put(row.Paid, lots, totalBits)
	put(row.PaidCount, slots, countBits)
}

// hideAssetZero makes the first account hold asset 0 through another row, which has no key and so the same word.
func hideAssetZero(b *Batch, row int) int {
	slot := &b.Accounts[0].Lines[0]
	slot.Row, slot.Word, slot.Value = gadget.Signed(int64(row)), *new(fr.Element).SetUint64(1 << lotsBits), gadget.Signed(-1<<lotsBits)
	return row
}

// unusedRow is a listed row that no slot uses.
func unusedRow(b *Batch) int {
	used := map[fr.Element]bool{}
	for t := range b.Accounts {
		for i := range b.Accounts[t].Lines {
			used[value(b.Accounts[t].Lines[i].Row)] = true
		}
	}
	for j := range b.Lines {
		if !used[publicinput.Signed(int64(j))] {
			return j
		}
	}
	panic("four accounts of one line leave rows unused")
}

func (r *RowInputs) word() fr.Element {
	key := sumOfLimbs(r.Key, keyBits)
	word := product(key, *new(fr.Element).SetBigInt(new(big.Int).Lsh(big.NewInt(1), keyBits)))
	plus(&word, *new(fr.Element).SetUint64(1 << lotsBits))
	return word
}

func shift(row *RowInputs, total, count int64) {
	lots, slots := sumOfLimbs(row.Total, totalBits), sumOfLimbs(row.Count, countBits)
	plus(&lots, publicinput.Signed(total))
	plus(&slots, publicinput.Signed(count))
	put(row.Total, lots, totalBits)
	put(row.Count, slots, countBits)
}

func rowInUse(b *Batch) int64 {
	row := value(b.Accounts[0].Lines[0].Row)
	return int64(row.Uint64())
}

// absent empties a place.
func absent(account *AccountInputs, shape Shape) {
	b := &batchAssigner{circuit: NewBatch(shape), shape: shape, totals: noTotals(shape.Assets, shape.Instruments),
		lineCounts: make([]int64, shape.lineRows()), instrumentCounts: make([]int64, shape.instrumentRows()),
		paidCounts: make([]int64, shape.instrumentRows())}
	owner, salt := account.Owner, account.Salt
	if err := b.account(account, nil); err != nil {
		panic(err)
	}
	account.Owner, account.Salt = owner, salt
}

func TestShouldRejectForgeries(t *testing.T) {
	random := rand.New(rand.NewPCG(31, 32))
	for _, forgery := range append(forgeries, venueForgeries...) {
		t.Run(forgery.name, func(t *testing.T) {
			assignment := batchOf(t, forgery.shape, forgedFrom(random, forgery))
			settle(assignment, forgery.shape)
			if !accepts(t, forgery.shape, assignment) {
				t.Fatal("the honest witness, settled, must be accepted")
			}
			batch := assignment.Circuit.(*Batch)
			leaves := forgery.make(batch)
			if !forgery.rows {
				settleRows(batch, forgery.shape)
			}
			for i := range batch.Accounts {
				settleEquity(batch, &batch.Accounts[i])
			}
			if forgery.after != nil {
				forgery.after(batch)
			}
			recommit(assignment, forgery.shape, leaves)
			if accepts(t, forgery.shape, assignment) {
				t.Fatal("the forgery must be rejected")
			}
		})
	}
}

// halveEquity claims a magnitude of 1 and the sign that makes the equity right: 2·sign − 1 = equity.
func halveEquity(account *AccountInputs) {
	equity := minusOf(sumOfLimbs(account.Equity, magnitudeBits))
	plus(&equity, fr.One())
	account.Solvent = product(equity, inverseOf(2))
	account.Equity.SetInt(1, magnitudeBits)
}

// forgedFrom draws an honest batch: its first account owes more than it has.
func forgedFrom(random *rand.Rand, forgery forgery) BatchRequest {
	least := min(forgery.shape.Lines, forgery.shape.Assets*2)
	if forgery.free {
		least = 1
	}
	room := forgery.shape
	room.Assets -= forgery.unlisted
	room.Instruments -= forgery.without
	request := randomBatch(random, room, 1, everyPlace, least)
	if forgery.free {
		for i := range request.Accounts {
			request.Accounts[i].Lines = request.Accounts[i].Lines[:1]
			if len(request.Accounts[i].Positions) > 0 {
				request.Accounts[i].Positions = request.Accounts[i].Positions[:1]
			}
			if len(request.Accounts[i].Paid) > 0 {
				request.Accounts[i].Paid = request.Accounts[i].Paid[:1]
			}
		}
	}
	first := &request.Accounts[0]
	first.Cash = -1 << 50
	if len(first.Lines) > 0 && forgery.shape.Tiers > 0 {
		first.Lines[0].Lots = 50_000
	}
	return request
}
