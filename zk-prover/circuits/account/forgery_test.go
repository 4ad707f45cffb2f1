package account

import (
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/consensys/gnark-crypto/ecc/bn254/fr"
	"github.com/consensys/gnark/frontend"

	"bulwark.io/circuits/constraint/gadget"
	"bulwark.io/circuits/constraint/margin"
	"bulwark.io/circuits/internal/tabletest"
	"bulwark.io/circuits/plain/formula"
	"bulwark.io/circuits/plain/publicinput"
	"bulwark.io/circuits/plain/risktable"
	"bulwark.io/circuits/plain/tree"
)

// Each forgery is made as consistent as a cheating prover could make it: what the changed value is hashed or summed into is changed with it
// wherever the prover may choose it, so that only the named rule stands in the way.

// sparse draws an account with a position, a line and free slots in every list.
func sparse(t *testing.T, random *rand.Rand) drawn {
	t.Helper()
	return drawUntil(t, random, func(account publicinput.AccountLeaf, _ seen) bool {
		return len(account.Positions) == 1 && account.Positions[0].Key > 0 && len(account.Lines) == 1 && account.Lines[0].Key%2 == 0 &&
			len(account.Paid) <= 1
	})
}

// crowded draws an account with at least two positions and two lines.
func crowded(t *testing.T, random *rand.Rand) drawn {
	t.Helper()
	return drawUntil(t, random, func(account publicinput.AccountLeaf, _ seen) bool {
		return len(account.Positions) >= 2 && len(account.Lines) == small.Lines
	})
}

// leafOf seals whatever lists a forger hands to the account tree: the leaf then is of the epoch and only the circuit's own checks are left.
func leafOf(d drawn, c *Circuit, positions, lines fr.Element) {
	account := d.request.Account
	leaf := publicinput.HashOf(publicinput.Account, publicinput.Signed(account.Number), account.Owner, account.Salt, publicinput.Signed(account.Cash),
		positions, publicinput.ListHash(publicinput.PaidList, account.Paid), lines)
	accounts := tree.New(small.Depth)
	accounts.Update(map[int64]fr.Element{account.Number: leaf})
	children, root := tree.Climb(leaf, account.Number, accounts.Path(account.Number))
	for level, digit := range tree.Digits(account.Number, small.Depth) {
		c.Account.Path[level] = gadget.StepTo(digit, children[level])
	}
	d.request.Epoch.AccountRoot = root
	for i, element := range d.request.Epoch.Elements() {
		c.Epoch[i] = element
	}
	c.Seal = d.request.Epoch.Digest()
}

// forgery changes an honest witness of an account that draw gives.
type forgery struct {
	name string
	draw func(*testing.T, *rand.Rand) drawn
	make func(drawn, *Circuit)
}

var forgeries = []forgery{
	{"an inactive slot with lots", sparse, func(d drawn, c *Circuit) {
		c.Account.Positions[1].Lots = gadget.Signed(5)
	}},
	{"an inactive slot with lots and key, sealed so", sparse, func(d drawn, c *Circuit) {
		c.Account.Positions[1].Lots, c.Account.Positions[1].Number = gadget.Signed(5), gadget.Signed(d.request.Account.Positions[0].Key+1)
		word := new(fr.Element).SetUint64(uint64(d.request.Account.Positions[0].Key+1)<<32 + 5)
		leafOf(d, c, listWith(d.request.Account.Positions, 1, *word), linesHash(d))
	}},
	{"an inactive slot with a key alone, sealed so", sparse, func(d drawn, c *Circuit) {
		key := d.request.Account.Positions[0].Key + 1
		c.Account.Positions[1].Number = gadget.Signed(key)
		leafOf(d, c, listWith(d.request.Account.Positions, 1, *new(fr.Element).SetUint64(uint64(key) << 32)), linesHash(d))
	}},
	{"an inactive line with lots alone, sealed so", sparse, func(d drawn, c *Circuit) {
		c.Table.Lines[1].Lots = gadget.Signed(5)
		leafOf(d, c, publicinput.ListHash(publicinput.PositionList, d.request.Account.Positions),
			uncounted(publicinput.LineList, d.request.Account.Lines, 1, publicinput.Signed(5)))
	}},
	{"another secret with its own nullifier", sparse, func(d drawn, c *Circuit) {
		secret := publicinput.Signed(4711)
		c.Owner.Secret = secret
		c.Nullifier = publicinput.NullifierOf(secret, d.request.Epoch.House, publicinput.Signed(d.request.Epoch.Number), d.request.Scope,
			d.request.Account.Number)
	}},
	{"another nullifier of the same secret", sparse, func(_ drawn, c *Circuit) { c.Nullifier = gadget.Signed(4711) }},
	{"an account that stands in no tree of the epoch", sparse, func(d drawn, c *Circuit) {
		honest := c.Epoch
		leafOf(d, c, listCounted(d.request.Account.Positions, 1), linesHash(d))
		c.Account.Path[0].Children[(tree.Digits(d.request.Account.Number, small.Depth)[0]+1)%tree.Arity] = gadget.Signed(4711)
		c.Epoch, c.Seal = honest, d.request.Epoch.Digest()
	}},
	{"one entry more than n", sparse, func(d drawn, c *Circuit) {
		leafOf(d, c, listCounted(d.request.Account.Positions, 2), linesHash(d))
	}},
	{"one entry less than n", sparse, func(d drawn, c *Circuit) {
		leafOf(d, c, listCounted(d.request.Account.Positions, 0), linesHash(d))
	}},
	{"a gap in the bits", sparse, func(d drawn, c *Circuit) {
		c.Account.Positions[1], c.Account.Positions[0] = c.Account.Positions[0], c.Account.Positions[1]
		entry := d.request.Account.Positions[0]
		word := new(fr.Element).SetUint64(uint64(entry.Key)<<32 + uint64(entry.Lots+1<<31))
		leafOf(d, c, listWith(nil, 1, *word), linesHash(d))
	}},
	{"opened instruments out of order", crowded, func(d drawn, c *Circuit) {
		c.Table.Instruments[0], c.Table.Instruments[1] = c.Table.Instruments[1], c.Table.Instruments[0]
	}},
	{"a debt leaf in a collateral slot", sparse, func(d drawn, c *Circuit) {
		placeRow(d, c, &c.Table.Lines[0].Row, publicinput.Debt, d.table.Debts[d.request.Account.Lines[0].Key/2%int64(len(d.table.Debts))])
	}},
	{"the debt leaf of the same asset in its collateral slot", sparse, func(d drawn, c *Circuit) {
		row, _ := formula.Line(d.table, d.request.Account.Lines[0].Key+1)
		placeRow(d, c, &c.Table.Lines[0].Row, publicinput.Debt, *row)
	}},
	{"the side of a line flipped", sparse, func(d drawn, c *Circuit) { c.Table.Lines[0].Debt = gadget.Signed(1) }},
	{"an instrument's leaf with a better row, under nodes of its own", sparse, func(d drawn, c *Circuit) {
		foreignLeaf(d, c)
	}},
	{"another account's number", sparse, func(d drawn, c *Circuit) {
		other := (d.request.Account.Number + 1) % (1 << (2 * small.Depth))
		for level, digit := range tree.Digits(other, small.Depth) {
			c.Account.Path[level].High, c.Account.Path[level].Low = gadget.Bit(digit >= 2), gadget.Bit(digit%2 == 1)
		}
	}},
	{"a forged name", sparse, func(d drawn, c *Circuit) {
		claim := d.request.Claim
		claim.Name = d.request.Account.Number + 2
		c.Chosen.Name, c.Statement = gadget.Signed(claim.Name), claim.Element()
	}},
	{"no kind", sparse, func(d drawn, c *Circuit) { chooseKinds(d, c, 0, 0, 0) }},
	{"two kinds", sparse, func(d drawn, c *Circuit) { chooseKinds(d, c, 1, 0, 1) }},
	{"half a kind", sparse, func(d drawn, c *Circuit) { chooseKinds(d, c, 2, 0, -1) }},
	{"no candidate", sparse, func(d drawn, c *Circuit) {
		c.Chosen.Candidate = [3]frontend.Variable{gadget.Signed(0), gadget.Signed(0), gadget.Signed(0)}
	}},
	{"IM of another candidate", sparse, func(d drawn, c *Circuit) {
		c.Chosen.Candidate = [3]frontend.Variable{gadget.Signed(0), gadget.Signed(0), gadget.Signed(1)}
		claim := d.request.Claim
		claim.Choice = publicinput.Returned
		c.Statement = claim.Element()
	}},
	{"a group twice", sparse, func(d drawn, c *Circuit) {
		c.Table.Groups[1].Number, c.Table.Groups[1].Path = c.Table.Groups[0].Number, c.Table.Groups[0].Path
	}},
}

func TestShouldRejectForgeries(t *testing.T) {
	random := rand.New(rand.NewPCG(31, 32))
	for _, forgery := range forgeries {
		t.Run(forgery.name, func(t *testing.T) {
			d := forgery.draw(t, random)
			assignment := assign(t, d)
			if !accepts(assignment) {
				t.Fatal("the honest witness must be accepted")
			}
			forgery.make(d, assignment.Circuit)
			if accepts(assignment) {
				t.Fatal("the forgery must be rejected")
			}
		})
	}
}

func linesHash(d drawn) fr.Element {
	return publicinput.ListHash(publicinput.LineList, d.request.Account.Lines)
}

// listCounted is the hash of a list under another number of entries.
func listCounted(entries []publicinput.Entry, n int) fr.Element {
	return publicinput.Hash(publicinput.PositionList, n, []fr.Element{packedWords(entries)})
}

// listWith is the hash of a list of one with a further word in a slot, without counting it.
func listWith(entries []publicinput.Entry, slot int, word fr.Element) fr.Element {
	return uncounted(publicinput.PositionList, entries, slot, word)
}

func uncounted(domain publicinput.Domain, entries []publicinput.Entry, slot int, word fr.Element) fr.Element {
	shift := new(fr.Element).SetUint64(1 << 32)
	for range 2 * slot {
		word.Mul(&word, shift)
	}
	packed := packedWords(entries)
	packed.Add(&packed, &word)
	return publicinput.Hash(domain, 1, []fr.Element{packed})
}

func packedWords(entries []publicinput.Entry) (packed fr.Element) {
	if len(entries) > 0 {
		packed.SetUint64(uint64(entries[0].Key)<<32 + uint64(entries[0].Lots+1<<31))
	}
	return packed
}

func placeRow(d drawn, c *Circuit, inputs *RowInputs, domain publicinput.Domain, row risktable.Row) {
	a := &assigner{circuit: c, table: d.table}
	*inputs = a.row(&row, false)
	place, _ := d.table.Place(domain, row.Number)
	a.path(inputs.Path, place)
}

// foreignLeaf opens a leaf that the forger made himself: his own nodes up to a top that he cannot put into the cap.
func foreignLeaf(d drawn, c *Circuit) {
	row, _ := formula.Instrument(d.table, d.request.Account.Positions[0].Key, d.request.Account.Positions[0].Lots)
	better := *row
	better.Spread, better.Loss = 0, make([]int64, len(row.Loss))
	inputs := &c.Table.Instruments[0]
	inputs.Row = (&assigner{circuit: c, table: d.table}).row(&better, false)
	ownLeaf(&inputs.Row, publicinput.HashOf(better.Domain, better.Elements()...))
}

// chooseKinds sets the kind's bits and makes the public claim what the circuit makes of them: without a bit one that nothing checks.
func chooseKinds(d drawn, c *Circuit, bits ...int64) {
	for i, value := range bits {
		c.Chosen.Kind[i] = gadget.Signed(value)
	}
	claim := d.request.Claim
	claim.Tag = 0
	element, kind := claim.Element(), publicinput.Signed(bits[0]+2*bits[1]+3*bits[2])
	c.Statement = *element.Add(&element, &kind)
}

// Lists that the ledger would refuse, put into the tree all the same, with a witness that is right in everything else.
func TestShouldRejectListsOutOfOrderThoughSealed(t *testing.T) {
	random := rand.New(rand.NewPCG(35, 36))
	for _, list := range []struct {
		name   string
		change func(*publicinput.AccountLeaf)
	}{
		{"positions", func(account *publicinput.AccountLeaf) { slices.Reverse(account.Positions) }},
		{"lines", func(account *publicinput.AccountLeaf) { slices.Reverse(account.Lines) }},
		{"one line twice", func(account *publicinput.AccountLeaf) { account.Lines[1].Key = account.Lines[0].Key }},
		{"a line without lots", func(account *publicinput.AccountLeaf) { account.Lines[1].Lots = 0 }},
		{"a line of 2^31 lots", func(account *publicinput.AccountLeaf) { account.Lines[1].Lots = publicinput.LotsMax + 1 }},
	} {
		t.Run(list.name, func(t *testing.T) {
			d := crowded(t, random)
			for len(d.request.Account.Paid) > 0 {
				d = crowded(t, random)
			}
			account := d.request.Account
			account.Positions, account.Lines = slices.Clone(account.Positions), slices.Clone(account.Lines)
			list.change(&account)
			d.request.Account = account
			d.request = reseal(small, d.request)
			if accepts(forge(d, margin.Honest)) {
				t.Fatal("the list must be rejected")
			}
		})
	}
}

// The ledger refuses it too; here the leaf says that the instrument is not paid up and the paid list has it.
func TestShouldRejectAPaidLotOfWhatIsNotPaidUp(t *testing.T) {
	random := rand.New(rand.NewPCG(37, 38))
	d := draw(t, random, publicinput.Given, 5000)
	number := d.table.Instruments[0].Number
	lying := *d.table
	lying.Instruments = slices.Clone(d.table.Instruments)
	lying.Instruments[0].PaidUp = true
	for _, paidUp := range []bool{true, false} {
		request := sealRequest(random, small, d.table, publicinput.AccountLeaf{Number: 2, Cash: 1, Paid: []publicinput.Entry{{Key: number, Lots: 7}}},
			publicinput.Statement{Tag: publicinput.TagInitialMarginEquals})
		assignment, err := Assign(small, &lying, request)
		if err != nil {
			t.Fatal(err)
		}
		assignment.Circuit.Table.Instruments[0].PaidUp = gadget.Bit(paidUp)
		if accepts(assignment) {
			t.Fatalf("paidUp = %v must be rejected", paidUp)
		}
	}
}

// The strongest inactive slot: its lots are opened, margined and sealed with the leaf, and only n does not count them.
func TestShouldRejectLotsThatTheListDoesNotCount(t *testing.T) {
	random := rand.New(rand.NewPCG(41, 42))
	d := drawUntil(t, random, func(account publicinput.AccountLeaf, e seen) bool {
		return len(account.Positions) == 2 && account.Positions[0].Key == 0 && account.Positions[0].Lots > 0 && len(account.Paid) == 0
	})
	assignment := assign(t, d)
	listed, hidden := d.request.Account.Positions[1:], d.request.Account.Positions[0]
	c := assignment.Circuit
	c.Account.Positions[0] = EntryInputs{Active: gadget.Signed(1), Number: gadget.Signed(listed[0].Key), Lots: gadget.Signed(listed[0].Lots)}
	c.Account.Positions[1] = EntryInputs{Active: gadget.Signed(0), Number: gadget.Signed(0), Lots: gadget.Signed(hidden.Lots)}
	leafOf(d, c, listWith(listed, 1, publicinput.Signed(hidden.Lots)), linesHash(d))
	if accepts(assignment) {
		t.Fatal("lots in an inactive slot must be rejected")
	}
}

func TestShouldAcceptAnHonestLeafMadeTheForgersWay(t *testing.T) {
	random := rand.New(rand.NewPCG(39, 40))
	d := sparse(t, random)
	assignment := assign(t, d)
	leafOf(d, assignment.Circuit, listCounted(d.request.Account.Positions, 1), linesHash(d))
	if !accepts(assignment) {
		t.Fatal("the forgers' tools must make honest leaves, or they show nothing")
	}
}

func TestShouldAcceptTheGuardsBoundAndRejectOnePast(t *testing.T) {
	random := rand.New(rand.NewPCG(33, 34))
	table := tabletest.Table(random, smallPlan)
	limit := int64(1)<<59 - 1 // 2·cash is the whole of B
	account := publicinput.AccountLeaf{Number: 3, Cash: limit}
	request := sealRequest(random, small, table, account, publicinput.Statement{Tag: publicinput.TagInitialMarginEquals})
	assignment, err := Assign(small, table, request)
	if err != nil || !accepts(assignment) {
		t.Fatalf("B = 2^60 − 2 is within the limit: %v", err)
	}
	account.Cash++
	request = sealRequest(random, small, table, account, request.Claim)
	if _, err := Assign(small, table, request); err == nil {
		t.Fatal("B = 2^60 must be refused")
	}
	c := assignment.Circuit
	c.Account.Cash.Plus = gadget.Signed(limit + 1)
	c.Account.Owner, c.Account.Salt, c.Owner.Secret, c.Owner.Tail = request.Account.Owner, request.Account.Salt, request.Secret,
		*new(fr.Element).SetBigInt(request.OwnerTail)
	forged := drawn{table: table, request: request}
	leafOf(forged, c, publicinput.ListHash(publicinput.PositionList, nil), publicinput.ListHash(publicinput.LineList, nil))
	c.Scope, c.Challenge = request.Scope, request.Challenge
	c.Nullifier = publicinput.NullifierOf(request.Secret, request.Epoch.House, publicinput.Signed(request.Epoch.Number), request.Scope, 3)
	if accepts(assignment) {
		t.Fatal("the circuit must reject B = 2^60")
	}
}
