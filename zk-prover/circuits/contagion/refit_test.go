package contagion

import (
	"math/big"

	"github.com/consensys/gnark-crypto/ecc/bn254/fr"
	"github.com/consensys/gnark/frontend"

	"bulwark.io/circuits/constraint/gadget"
	"bulwark.io/circuits/plain/publicinput"
)

// witness is a witness under attack. What a forger changes is what he gains; everything that follows from it is computed again, so that the one
// constraint that forbids the change is all that can refuse it. A value need not be an integer: what follows is then one of the field too.
type witness struct {
	*Circuit
	terms *Terms
}

// stage is where a witness is computed again from: whatever stands before it is the forger's.
type stage int

const (
	fromLots  stage = iota // columns and nets
	fromNets               // what is held of the groups
	fromHeld               // the cascade
	fromFlows              // nothing of the accounts: members, room, and the roots that the epoch seals of the margins
)

// refit computes the accounts given again, and all members.
func (w *witness) refit(from stage, accounts ...int) {
	for _, t := range accounts {
		account := &w.Accounts[t]
		if from <= fromLots {
			w.holdings(account)
		}
		w.unit(from, &account.Forced, w.equity(t), value(account.Maintenance), account.Columns[:w.shape.Scenarios])
	}
	for m := range w.Members {
		w.member(&w.Members[m])
	}
	fit(w.Circuit)
}

func (w *witness) equity(t int) fr.Element {
	account := &w.Accounts[t]
	cash, worth, overdraft := value(account.Cash.Plus), value(account.Columns[w.shape.Scenarios]), value(account.Overdraft)
	return *cash.Add(&cash, &worth).Sub(&cash, &overdraft)
}

// holdings are columns and nets of an account's lots.
func (w *witness) holdings(account *AccountInputs) {
	columns, nets := make([]fr.Element, w.shape.columns()), make([]fr.Element, w.shape.Places)
	for j, entry := range w.terms.entries {
		lots := value(account.Lots[j])
		for c, column := range entry.columns {
			accumulate(&columns[c], lots, publicinput.Signed(column))
		}
		for _, exposure := range entry.exposures {
			if exposure.place > 0 {
				accumulate(&nets[exposure.place-1], lots, publicinput.Signed(exposure.delta))
			}
		}
	}
	for c := range columns {
		account.Columns[c] = columns[c]
	}
	split(&account.Forced, nets)
}

func accumulate(sum *fr.Element, a, b fr.Element) { sum.Add(sum, a.Mul(&a, &b)) }

// split writes nets as what is long and what is short.
func split(unit *ForcedInputs, nets []fr.Element) {
	for p, net := range nets {
		if centred(net).Sign() < 0 {
			unit.Plus[p], unit.Minus[p] = gadget.Signed(0), *new(fr.Element).Neg(&net)
		} else {
			unit.Plus[p], unit.Minus[p] = net, gadget.Signed(0)
		}
	}
}

// centred is the integer nearest to 0 that an element stands for.
func centred(e fr.Element) *big.Int {
	x := e.BigInt(new(big.Int))
	if x.BitLen() > fr.Bits-2 {
		x.Sub(x, fr.Modulus())
	}
	return x
}

// unit is what follows of an account, or a member, from the stage given.
func (w *witness) unit(from stage, unit *ForcedInputs, equity, maintenance fr.Element, losses []frontend.Variable) {
	if from <= fromNets {
		held := make([]fr.Element, w.shape.sides())
		for p, group := range w.terms.placeGroups() {
			if group > 0 {
				plus, minus := value(unit.Plus[p]), value(unit.Minus[p])
				held[group-1].Add(&held[group-1], &plus)
				short := &held[w.shape.Groups+int(group)-1]
				short.Add(short, &minus)
			}
		}
		for i := range held {
			unit.Held[i] = held[i]
		}
	}
	if from > fromHeld {
		return
	}
	liquidated := value(w.Liquidated)
	span := new(big.Int).Div(centred(*liquidated.Mul(&liquidated, &maintenance)), big.NewInt(perUnit))
	unit.Span, unit.NoSpan = element(span), gadget.Bit(span.Sign() == 0)
	if span.Sign() == 0 {
		span.SetInt64(1)
	}
	for s := range unit.Scenarios {
		to := &unit.Scenarios[s]
		numerator := w.transmitted(unit, s)
		transmitted := ceilOf(new(big.Int).Set(numerator), perUnit)
		to.Transmitted = element(transmitted)
		to.Rest = element(new(big.Int).Sub(new(big.Int).Mul(transmitted, big.NewInt(perUnit)), numerator))
		missing, loss := maintenance, value(losses[s])
		missing.Sub(&missing, &equity).Add(&missing, &loss)
		lacking := centred(missing)
		sold, all := share(lacking.Mul(lacking, big.NewInt(microPerUnit)).Add(lacking, transmitted), span)
		to.Sold, to.All = gadget.Signed(sold), gadget.Bit(all)
		trade(unit, s)
	}
}

// transmitted is 10⁴·T before it is rounded: what is held times the vectors.
func (w *witness) transmitted(unit *ForcedInputs, s int) *big.Int {
	var sum fr.Element
	for i := range unit.Held {
		rate := w.Rates[s][i%w.shape.Groups].Down
		if i >= w.shape.Groups {
			rate = w.Rates[s][i%w.shape.Groups].Up
		}
		accumulate(&sum, value(unit.Held[i]), value(rate))
	}
	return centred(sum)
}

// trade writes the flows of what is sold.
func trade(unit *ForcedInputs, s int) {
	for i := range unit.Held {
		var product fr.Element
		accumulate(&product, value(unit.Held[i]), value(unit.Scenarios[s].Sold))
		unit.Scenarios[s].Flows[i] = element(ceilOf(centred(product), perUnit))
	}
}

// member sums up the accounts of a member.
func (w *witness) member(member *MemberInputs) {
	var equity, maintenance fr.Element
	losses, nets := make([]fr.Element, w.shape.Scenarios), make([]fr.Element, w.shape.Places)
	for t := range w.Accounts {
		account := &w.Accounts[t]
		if value(account.Member) != value(member.Number) {
			continue
		}
		own, margin := w.equity(t), value(account.Maintenance)
		equity.Add(&equity, &own)
		maintenance.Add(&maintenance, &margin)
		for s := range losses {
			loss := value(account.Columns[s])
			losses[s].Add(&losses[s], &loss)
		}
		for p := range nets {
			plus, minus := value(account.Forced.Plus[p]), value(account.Forced.Minus[p])
			nets[p].Add(&nets[p], plus.Sub(&plus, &minus))
		}
	}
	member.Equity, member.Maintenance = equity, maintenance
	for s := range losses {
		member.Losses[s] = losses[s]
	}
	split(&member.Forced, nets)
	w.unit(fromNets, &member.Forced, equity, maintenance, member.Losses)
}

// sealAccounts seals an account tree of what the witness says, whether or not an account could say so; but for the leaves given.
func (w *witness) sealAccounts(other map[int]fr.Element) {
	leaves := map[int64]fr.Element{}
	for t := range w.Accounts {
		if value(w.Accounts[t].Present) != value0 {
			leaves[int64(t)] = leafOf(w.Circuit, t)
		}
	}
	for t, leaf := range other {
		leaves[int64(t)] = leaf
	}
	w.Epoch[publicinput.EpochAccountRoot] = root(w.shape.Depth, leaves)
	reseal(w.Circuit)
}

// leafOf is the leaf of an account as the witness has it.
func leafOf(c *Circuit, t int) fr.Element {
	account := &c.Accounts[t]
	return leafWith(c, t, hashed(publicinput.PositionList, account.PositionCount, account.Positions), hashed(publicinput.LineList, account.LineCount, account.Lines))
}

// leafWith is the leaf of an account with lists of these hashes.
func leafWith(c *Circuit, t int, positions, lines fr.Element) fr.Element {
	account := &c.Accounts[t]
	plus, minus := value(account.Cash.Plus), value(account.Cash.Minus)
	return publicinput.HashOf(publicinput.Account, publicinput.Signed(int64(t)), value(account.Owner), value(account.Salt), *plus.Sub(&plus, &minus),
		positions, value(account.Paid), lines)
}

// hashed is the hash of the words of a list.
func hashed(domain publicinput.Domain, count frontend.Variable, slots []gadget.Slot) fr.Element {
	words := make([]fr.Element, (len(slots)+publicinput.WordsPerElement-1)/publicinput.WordsPerElement)
	for i := len(slots) - 1; i >= 0; i-- {
		element, shift := &words[i/publicinput.WordsPerElement], *new(fr.Element).SetBigInt(gadget.Power(2 * keyBits))
		word := wordOf(slots[i])
		element.Mul(element, &shift).Add(element, &word)
	}
	return publicinput.Hash(domain, int(value64(count)), words)
}

// wordOf is the word of a slot: key · 2³² + lots + 2³¹ where active.
func wordOf(slot gadget.Slot) fr.Element {
	key, lots, active := value(slot.Key), value(slot.Lots), value(slot.Active)
	word, flag := *new(fr.Element).SetUint64(1 << keyBits), *new(fr.Element).SetUint64(1 << lotsBits)
	word.Mul(&word, &key).Add(&word, &lots)
	return *word.Add(&word, flag.Mul(&flag, &active))
}

// roomy draws a house whose certified vectors stand at their bounds: there is room for every flow, and what is sold is mostly everything.
func roomy(h *house) *house {
	vectors := make([][]int64, len(rows))
	for s := range vectors {
		for range small.sides() {
			vectors[s] = append(vectors[s], 1_000_000)
		}
	}
	h.publish(vectors)
	return h
}
