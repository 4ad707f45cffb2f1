package fund

import (
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/consensys/gnark-crypto/ecc/bn254/fr"
	"github.com/consensys/gnark/frontend"

	"bulwark.io/circuits/constraint/gadget"
	"bulwark.io/circuits/plain/publicinput"
	"bulwark.io/circuits/plain/risktable"
)

// Two entries read under the key between theirs: what the one's key takes from its lots, the other's gives back, so that the lots under that
// key come to no more than both have. Only the range of the lots of each slot keeps a word from being read so.
func TestShouldRejectKeysThatBorrowFromLots(t *testing.T) {
	random := rand.New(rand.NewPCG(61, 62))
	for name, list := range map[string]func(*Request) (entries *[]publicinput.Entry, keys [3]int64){
		"positions": func(r *Request) (*[]publicinput.Entry, [3]int64) {
			rows := r.Vault.Instruments
			return &r.Accounts[1].Positions, [3]int64{rows[0].Number, rows[1].Number, rows[2].Number}
		},
		"lines": func(r *Request) (*[]publicinput.Entry, [3]int64) {
			rows := r.Vault.Collateral
			return &r.Accounts[1].Lines, [3]int64{2 * rows[0].Number, 2*rows[0].Number + 1, 2 * rows[1].Number}
		},
	} {
		var request Request
		var keys [3]int64
		for {
			request = losing(t, random, small.Instruments)
			entries, drawn := list(&request)
			if keys = drawn; keys[1]-keys[0] == keys[2]-keys[1] {
				*entries = []publicinput.Entry{{Key: keys[0], Lots: 20}, {Key: keys[2], Lots: 30}}
				request = sealed(random, request)
				break
			}
		}
		request.Fund *= 1_000
		assignment := assign(t, request)
		account := &assignment.Circuit.Accounts[1]
		slots := account.Positions
		if name == "lines" {
			slots = account.Lines
		}
		step := keys[1] - keys[0]
		borrowed := *new(fr.Element).SetUint64(uint64(step) << keyBits)
		for i, sign := range []int64{1, -1} {
			lots, moved := value(slots[i].Lots), publicinput.Signed(sign)
			slots[i].Key, slots[i].Lots = gadget.Signed(keys[1]), *lots.Sub(&lots, moved.Mul(&moved, &borrowed))
		}
		other := request
		other.Accounts = append([]publicinput.AccountLeaf{}, request.Accounts...)
		entries, _ := list(&other)
		*entries = []publicinput.Entry{{Key: keys[1], Lots: 50}}
		recount(assignment.Circuit, other)
		fit(assignment.Circuit)
		certify(assignment.Circuit, 0, 1)
		if accepts(assignment) {
			t.Errorf("%s under another key must be rejected", name)
		}
	}
}

// lighten makes the first instrument lose nothing and gives the leaf that says so.
func lighten(c *Circuit, r Request) fr.Element {
	table := *r.Vault
	table.Instruments = slices.Clone(table.Instruments)
	table.Instruments[0].Loss = make([]int64, small.Rows)
	r.Vault = &table
	recount(c, r)
	entry := &c.Instruments[0]
	for i := range entry.Losses {
		entry.Losses[i] = gadget.Signed(0)
	}
	var head fr.Element
	for i, part := range []frontend.Variable{entry.Number, entry.Group, entry.Leg0, entry.Leg1, entry.Bound, entry.Charges} {
		shift, field := *new(fr.Element).SetBigInt(gadget.Power(keyBits * i)), value(part)
		head.Add(&head, field.Mul(&field, &shift))
	}
	elements := []fr.Element{head}
	for _, list := range [][]frontend.Variable{entry.Losses, entry.Sense} {
		for i := range list {
			elements = append(elements, value(list[i]))
		}
	}
	return publicinput.HashOf(publicinput.Instrument, elements...)
}

// between is the bit, none, that takes a node from two others: a + bit · (b − a).
func between(a, b, node fr.Element) frontend.Variable {
	return *new(fr.Element).Div(node.Sub(&node, &a), b.Sub(&b, &a))
}

// hide writes the first entry of a list as no entry, whose flag makes up the word that the leaf was hashed with.
func hide(c *Circuit, r Request, line bool) {
	accounts := slices.Clone(r.Accounts)
	slot, leaf := &c.Accounts[1].Positions[0], &accounts[1]
	if line {
		slot, leaf.Lines = &c.Accounts[1].Lines[0], leaf.Lines[1:]
	} else {
		leaf.Positions = leaf.Positions[1:]
	}
	word, flag := *new(fr.Element).SetUint64(1 << keyBits), *new(fr.Element).SetUint64(1 << lotsBits)
	key, lots := value(slot.Key), value(slot.Lots)
	word.Mul(&word, &key).Add(&word, &lots).Add(&word, &flag)
	slot.Active, slot.Key, slot.Lots = *word.Div(&word, &flag), gadget.Signed(0), gadget.Signed(0)
	r.Accounts = accounts
	recount(c, r)
}

// namesakes gives the second account no lines, and a first position whose number is the key of a line.
func namesakes(r *Request) {
	account := &r.Accounts[1]
	account.Lines, account.Positions = nil, nil
	for i, row := range r.Vault.Instruments {
		if slices.ContainsFunc(r.Vault.Collateral, func(asset risktable.Row) bool { return asset.Number == row.Number/2 }) {
			next := r.Vault.Instruments[i+1]
			account.Positions = []publicinput.Entry{{Key: row.Number, Lots: 20}, {Key: next.Number, Lots: 30}}
			return
		}
	}
	panic("no instrument has the number of a line's key")
}

// exchange lets each of the first two instruments be priced by the other's row, whose number lends the difference to its group.
func exchange(c *Circuit, r Request) {
	table := *r.Vault
	table.Instruments = slices.Clone(table.Instruments)
	rows, entries := table.Instruments, c.Instruments
	rows[0], rows[1], entries[0], entries[1] = rows[1], rows[0], entries[1], entries[0]
	rows[0].Number, rows[1].Number = rows[1].Number, rows[0].Number
	own, other := value(entries[0].Number), value(entries[1].Number)
	lent, shift := *new(fr.Element).Sub(&own, &other), *new(fr.Element).SetUint64(1 << keyBits)
	lent.Div(&lent, &shift)
	entries[0].Number, entries[1].Number = other, own
	first, second := value(entries[0].Group), value(entries[1].Group)
	entries[0].Group, entries[1].Group = *first.Add(&first, &lent), *second.Sub(&second, &lent)
	r.Vault = &table
	recount(c, r)
}
