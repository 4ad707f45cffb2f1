package book

import (
	"math/big"

	"github.com/consensys/gnark-crypto/ecc/bn254/fr"
	"github.com/consensys/gnark/frontend"

	"bulwark.io/circuits/account"
	"bulwark.io/circuits/constraint/gadget"
	"bulwark.io/circuits/plain/publicinput"
	"bulwark.io/circuits/plain/risktable"
	"bulwark.io/circuits/plain/tree"
)

// A forger changes a witness and then makes everything that he may choose fit it: settle computes equities, totals, counts, leaves, root,
// commitment and digest from the witness as it stands, over the field, so that only the forged rule stands in the way.

func value(v frontend.Variable) fr.Element { return v.(fr.Element) }

func sumOfLimbs(number gadget.Number, bits int) (sum fr.Element) {
	offset := 0
	for i, width := range gadget.LimbWidths(bits) {
		limb, shift := value(number[i]), new(fr.Element).SetBigInt(new(big.Int).Lsh(big.NewInt(1), uint(offset)))
		sum.Add(&sum, limb.Mul(&limb, shift))
		offset += width
	}
	return sum
}

// put writes x into limbs; what is no integer of so many bits goes whole into the lowest limb, so that the sum is x all the same.
func put(n gadget.Number, x fr.Element, bits int) {
	if integer := x.BigInt(new(big.Int)); integer.BitLen() <= bits {
		n.Set(integer, bits)
		return
	}
	n.SetInt(0, bits)
	n[0] = x
}

func product(a, b fr.Element) fr.Element { return *a.Mul(&a, &b) }

func plus(sum *fr.Element, x fr.Element)  { sum.Add(sum, &x) }
func minus(sum *fr.Element, x fr.Element) { sum.Sub(sum, &x) }

func minusOf(x fr.Element) fr.Element { return *x.Neg(&x) }

// settle makes a batch's witness and public inputs fit its slots.
func settle(a *Assignment, shape Shape) {
	c := a.Circuit.(*Batch)
	settleRows(c, shape)
	for t := range c.Accounts {
		settleEquity(c, &c.Accounts[t])
	}
	recommit(a, shape, nil)
}

// settleRows counts what the slots have in each row.
func settleRows(c *Batch, shape Shape) {
	lots, count := map[fr.Element]fr.Element{}, map[fr.Element]fr.Element{}
	long, short, used := map[fr.Element]fr.Element{}, map[fr.Element]fr.Element{}, map[fr.Element]fr.Element{}
	paid, paying := map[fr.Element]fr.Element{}, map[fr.Element]fr.Element{}
	into := func(sums map[fr.Element]fr.Element, row, amount fr.Element) {
		sum := sums[row]
		plus(&sum, amount)
		sums[row] = sum
	}
	for t := range c.Accounts {
		for i := range c.Accounts[t].Lines {
			slot := &c.Accounts[t].Lines[i]
			into(lots, value(slot.Row), sumOfLimbs(slot.Lots, lotsBits))
			into(count, value(slot.Row), fr.One())
		}
		for i := range c.Accounts[t].Positions {
			slot := &c.Accounts[t].Positions[i]
			size := sumOfLimbs(slot.Size, lotsBits)
			bought := product(value(slot.Long), size)
			into(long, value(slot.Row), bought)
			minus(&size, bought)
			into(short, value(slot.Row), size)
			into(used, value(slot.Row), fr.One())
		}
		for i := range c.Accounts[t].Paid {
			slot := &c.Accounts[t].Paid[i]
			into(paid, value(slot.Row), sumOfLimbs(slot.Further, lotsBits))
			into(paying, value(slot.Row), fr.One())
		}
	}
	for j := range c.Lines {
		row := publicinput.Signed(int64(j))
		put(c.Lines[j].Total, lots[row], totalBits)
		put(c.Lines[j].Count, count[row], countBits)
	}
	for j := range c.Instruments {
		row := publicinput.Signed(int64(j))
		put(c.Instruments[j].Total, long[row], totalBits)
		put(c.Instruments[j].Shorts, short[row], totalBits)
		put(c.Instruments[j].Count, used[row], countBits)
		if j < shape.paidRows() {
			put(c.Instruments[j].Paid, paid[row], totalBits)
			put(c.Instruments[j].PaidCount, paying[row], countBits)
		}
	}
}

// settleEquity writes the equity that the slots' own values give.
func settleEquity(c *Batch, account *AccountInputs) {
	cash := sumOfLimbs(account.Cash, cashBits)
	equity := product(value(account.Positive), cash)
	owed := cash
	minus(&owed, equity)
	for i := range account.Lines {
		slot := &account.Lines[i]
		plus(&equity, product(sumOfLimbs(slot.Lots, lotsBits), value(slot.Value)))
		for k := range slot.Tiers {
			minus(&equity, product(sumOfLimbs(slot.Tiers[k].Beyond, lotsBits), value(slot.Tiers[k].Slope)))
		}
	}
	for i := range account.Positions {
		slot := &account.Positions[i]
		size := sumOfLimbs(slot.Size, lotsBits)
		bought := product(value(slot.Long), size)
		minus(&size, bought)
		plus(&equity, product(bought, value(slot.Value)))
		minus(&equity, product(size, value(slot.Short)))
	}
	million := publicinput.Signed(risktable.Million)
	equity = product(equity, million)
	plus(&million, value(c.Residual))
	minus(&equity, product(owed, million))
	negative := minusOf(equity)
	if negative.BigInt(new(big.Int)).BitLen() <= magnitudeBits {
		account.Solvent = gadget.Bit(negative.IsZero())
		put(account.Equity, negative, magnitudeBits)
		return
	}
	account.Solvent = gadget.Bit(true)
	put(account.Equity, equity, magnitudeBits)
}

// recommit makes root, commitment and digest fit the witness; a leaf named in other stands there instead of the witness's own.
func recommit(a *Assignment, shape Shape, other map[int64]fr.Element) {
	c := a.Circuit.(*Batch)
	leaves := map[int64]fr.Element{}
	node := []fr.Element{{}, value(c.Blinding)}
	var accounts, cashPlus, cashMinus, shortfall fr.Element
	for t := range c.Accounts {
		account := &c.Accounts[t]
		leaves[int64(t)] = product(value(account.Present), leafOf(c, shape, t))
		plus(&accounts, value(account.Present))
		cash := sumOfLimbs(account.Cash, cashBits)
		held := product(value(account.Positive), cash)
		plus(&cashPlus, held)
		minus(&cash, held)
		plus(&cashMinus, cash)
		equity := sumOfLimbs(account.Equity, magnitudeBits)
		minus(&equity, product(value(account.Solvent), equity))
		plus(&shortfall, equity)
	}
	for place, leaf := range other {
		leaves[place] = leaf
	}
	grown := tree.New(shape.Levels)
	grown.Update(leaves)
	node[0] = grown.Root()
	node = append(node, accounts, cashPlus, cashMinus, shortfall)
	held := func(row *RowInputs) fr.Element { return sumOfLimbs(row.Total, totalBits) }
	node = append(node, packedTotals(c.Lines[:2*shape.Assets], held)...)
	node = append(node, packedTotals(c.Instruments[:shape.Instruments], held)...)
	node = append(node, packedTotals(c.Instruments[:shape.Instruments], func(row *RowInputs) fr.Element { return sumOfLimbs(row.Shorts, totalBits) })...)
	node = append(node, packedTotals(c.Instruments[:shape.Instruments], func(row *RowInputs) fr.Element { return paidIn(row) })...)
	a.Public[0] = publicinput.HashOf(publicinput.BookNode, node...)
	c.Node = a.Public[0]
	statement := publicinput.Statement{Tag: publicinput.TagBookBatch, Choice: int64(shape.Levels)}.Element()
	plus(&statement, product(indexOf(c), publicinput.Signed(1<<publicinput.StatementAmountOffset)))
	c.Statement = statement
}

func indexOf(c *Batch) fr.Element { return sumOfLimbs(c.Index, indexBits+indexSpare) }

// leafOf is the leaf that the witness of place t gives.
func leafOf(c *Batch, shape Shape, t int) fr.Element {
	return leafOver(c, shape, t, paidOf(c, shape, t))
}

// paidOf is the hash of its paid list.
func paidOf(c *Batch, shape Shape, t int) fr.Element {
	account := &c.Accounts[t]
	paid := publicinput.ListHash(publicinput.PaidList, nil)
	if shape.Paid > 0 {
		elements := make([]fr.Element, len(packedZeros(shape.Paid)))
		for i := range account.Paid {
			word := value(account.Paid[i].Word)
			plus(&word, sumOfLimbs(account.Paid[i].Further, lotsBits))
			packWord(elements, i, word)
		}
		paid = hashCounted(publicinput.PaidList, account.PaidCount, elements)
	}
	return paid
}

// leafWithPaid is the same leaf with another paid list.
func leafWithPaid(c *Batch, shape Shape, t int, paid []publicinput.Entry) fr.Element {
	return leafOver(c, shape, t, publicinput.ListHash(publicinput.PaidList, paid))
}

func leafOver(c *Batch, shape Shape, t int, paid fr.Element) fr.Element {
	elements := listsOf(c, shape, t, paid)
	if shape.Format == account.OverVenues {
		return leafOverVenues(elements, value(c.Accounts[t].Standings[0]))
	}
	return publicinput.HashOf(publicinput.Account, elements...)
}

// leafOverVenues is the leaf of the elements of one without standings, and their hash: number and cash share an element.
func leafOverVenues(elements []fr.Element, standings fr.Element) fr.Element {
	word := elements[3]
	plus(&word, power(63))
	word = product(word, power(keyBits))
	plus(&word, elements[0])
	return publicinput.HashOf(publicinput.VenueAccount, word, elements[1], elements[2], elements[4], elements[5], elements[6], standings)
}

// listsOf are the elements of a leaf without standings.
func listsOf(c *Batch, shape Shape, t int, paid fr.Element) []fr.Element {
	account := &c.Accounts[t]
	lines, positions := make([]fr.Element, len(packedZeros(shape.Lines))), make([]fr.Element, len(packedZeros(shape.Positions)))
	for i := range account.Lines {
		word := value(account.Lines[i].Word)
		plus(&word, sumOfLimbs(account.Lines[i].Lots, lotsBits))
		packWord(lines, i, word)
	}
	for i := range account.Positions {
		slot := &account.Positions[i]
		word, size := value(slot.Word), sumOfLimbs(slot.Size, lotsBits)
		bought := product(value(slot.Long), size)
		plus(&word, bought)
		plus(&word, bought)
		minus(&word, size)
		packWord(positions, i, word)
	}
	positionsHash := publicinput.ListHash(publicinput.PositionList, nil)
	if shape.Positions > 0 {
		positionsHash = hashCounted(publicinput.PositionList, account.PositionCount, positions)
	}
	cash := sumOfLimbs(account.Cash, cashBits)
	held := product(value(account.Positive), cash)
	plus(&held, held)
	minus(&held, cash)
	number := indexOf(c)
	number = product(number, publicinput.Signed(int64(shape.Accounts())))
	plus(&number, publicinput.Signed(int64(t)))
	return []fr.Element{number, value(account.Owner), value(account.Salt), held, positionsHash, paid,
		hashCounted(publicinput.LineList, account.LineCount, lines)}
}

func packWord(elements []fr.Element, place int, word fr.Element) {
	shift := new(big.Int).Lsh(big.NewInt(1), uint(64*(place%publicinput.WordsPerElement)))
	plus(&elements[place/publicinput.WordsPerElement], product(word, *new(fr.Element).SetBigInt(shift)))
}

// hashCounted hashes a list with any number of entries, even one that is no integer.
func hashCounted(domain publicinput.Domain, count gadget.Number, elements []fr.Element) fr.Element {
	n := value(count[0])
	if n.IsUint64() {
		return publicinput.Hash(domain, int(n.Uint64()), elements)
	}
	for _, taken := range []publicinput.Domain{publicinput.PositionList, publicinput.PaidList, publicinput.LineList} {
		difference := publicinput.Signed(int64(taken) - int64(domain))
		inverse := publicinput.Signed(256)
		if product(difference, *inverse.Inverse(&inverse)) == n {
			return publicinput.Hash(taken, 0, elements)
		}
	}
	return fr.Element{}
}

// paidIn are the paid lots of a row.
func paidIn(row *RowInputs) fr.Element {
	if len(row.Paid) == 0 {
		return fr.Element{}
	}
	lots := sumOfLimbs(row.Paid, totalBits)
	plus(&lots, sumOfLimbs(row.PaidCount, countBits))
	return lots
}

func packedTotals(rows []RowInputs, lots func(*RowInputs) fr.Element) []fr.Element {
	elements := make([]fr.Element, publicinput.Wide.Elements(len(rows)))
	for j := range rows {
		shift := new(big.Int).Lsh(big.NewInt(1), uint(publicinput.Wide.Bits*(j%publicinput.Wide.Slots)))
		plus(&elements[j/publicinput.Wide.Slots], product(lots(&rows[j]), *new(fr.Element).SetBigInt(shift)))
	}
	return elements
}
