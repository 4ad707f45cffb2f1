package fund

import (
	"flag"
	"math/big"
	"math/rand/v2"
	"regexp"
	"testing"

	"github.com/consensys/gnark-crypto/ecc"
	"github.com/consensys/gnark-crypto/ecc/bn254/fr"
	"github.com/consensys/gnark/frontend"
	"github.com/consensys/gnark/test"

	"bulwark.io/circuits/gadget"
	"bulwark.io/circuits/groth"
	"bulwark.io/circuits/publicinput"
	"bulwark.io/circuits/refusal"
	"bulwark.io/circuits/tree"
	"bulwark.io/circuits/witnesstest"
)

var update = flag.Bool("update", false, "write the golden files anew")

var everyPlace = []int{0, 1, 2, 3}

func TestShouldProveAFundThatHoldsTheNeedAndNoLess(t *testing.T) {
	random, pairs := rand.New(rand.NewPCG(1, 2)), 0
	for round := range 25 {
		places := some(random, 4, 0, 4)
		request := drawHouse(t, random, places, []int64{7, 3, 7, 9}[:len(places)], 0)
		assignment := assign(t, request)
		if assignment.Need.Cmp(need(request)) != 0 {
			t.Fatalf("round %d: the need is %v, have %v", round, need(request), assignment.Need)
		}
		if !accepts(assignment) {
			t.Fatalf("round %d: a fund of the need must be accepted", round)
		}
		if request.Fund > 0 {
			pairs++
			request.Fund--
			if _, err := Assign(small, request); err == nil || refusal.Of(err).Code != "CLAIM_NOT_MET" {
				t.Fatalf("round %d: one less must be refused; have %v", round, err)
			}
			setFund(assignment, request.Fund)
			if accepts(assignment) {
				t.Fatalf("round %d: one less must be rejected", round)
			}
		}
	}
	if pairs < 10 {
		t.Fatalf("the draws must lose beyond margin; only %d of 25 do", pairs)
	}
}

func setFund(a *Assignment, fund int64) { a.Circuit.Fund = gadget.Signed(fund) }

func TestShouldAgreeWithTheTestEngine(t *testing.T) {
	random := rand.New(rand.NewPCG(3, 4))
	assignment := assign(t, drawHouse(t, random, everyPlace, []int64{1, 2, 1, 5}, 1))
	if err := test.IsSolved(New(small), assignment.Circuit, ecc.BN254.ScalarField()); err != nil {
		t.Fatal(err)
	}
}

// forgery changes an honest witness in which three members lose; then margins' root and certificates are made to fit, and the fund is what
// the forged witness needs, which is less than the need.
type forgery struct {
	name    string
	make    func(*Circuit, Request)
	prepare func(*Request) // what the forger's house looks like
	spare   int            // slots of instruments that the vault table leaves free
}

func value(v frontend.Variable) fr.Element { return v.(fr.Element) }

func add(v *frontend.Variable, by int64) {
	x, y := value(*v), publicinput.Signed(by)
	*v = *x.Add(&x, &y)
}

// noLoss writes beyond = 0 and the spare that margin, beyond and spare need for the same loss: below 0.
func noLoss(account *AccountInputs, r int) {
	beyond, spare := value(account.Beyond[r]), value(account.Spare[r])
	account.Beyond[r], account.Spare[r] = gadget.Signed(0), *spare.Sub(&spare, &beyond)
}

var forgeries = []forgery{
	{name: "a loss understated by one", make: func(c *Circuit, _ Request) {
		for r := range c.Largest {
			for t := range c.Accounts {
				add(&c.Accounts[t].Beyond[r], -1)
			}
		}
	}},
	{name: "a loss written as a negative spare", make: func(c *Circuit, _ Request) {
		for r := range c.Largest {
			noLoss(&c.Accounts[1], r)
			noLoss(&c.Accounts[0], r)
		}
	}},
	{name: "a surplus that pays an affiliate's loss", prepare: func(r *Request) { r.Margins[2].Initial = 1 << 50 }, make: func(c *Circuit, _ Request) {
		for r := range c.Largest {
			paid := publicinput.Signed(-1)
			account := &c.Accounts[2]
			beyond, spare := value(account.Beyond[r]), value(account.Spare[r])
			account.Beyond[r], account.Spare[r] = *beyond.Add(&beyond, &paid), *spare.Add(&spare, &paid)
		}
	}},
	{name: "a slot lent by its neighbour", make: func(c *Circuit, _ Request) {
		account := &c.Accounts[1]
		borrowed := *new(fr.Element).SetUint64(1 << publicinput.Wide.Bits)
		beyond, next := value(account.Beyond[0]), value(account.Spare[1])
		one := fr.One()
		account.Beyond[0], account.Spare[1] = *beyond.Sub(&beyond, &borrowed), *next.Sub(&next, &one)
	}},
	{name: "an account left out", make: func(c *Circuit, _ Request) { leaveOut(&c.Accounts[1]) }},
	{name: "an account without a member", make: func(c *Circuit, _ Request) {
		for m := range c.Accounts[1].Member {
			c.Accounts[1].Member[m] = gadget.Signed(0)
		}
	}},
	{name: "an account split between two members", make: func(c *Circuit, _ Request) {
		half := publicinput.Signed(2)
		half.Inverse(&half)
		for m := range c.Accounts[1].Member {
			c.Accounts[1].Member[m] = gadget.Signed(0)
		}
		c.Accounts[1].Member[0], c.Accounts[1].Member[1] = half, half
	}},
	{name: "affiliates split in two slots of one member", make: func(c *Circuit, _ Request) {
		c.Members[1] = c.Members[0]
		c.Accounts[2].Member[0], c.Accounts[2].Member[1] = gadget.Signed(0), gadget.Signed(1)
		c.Accounts[1].Member[1], c.Accounts[1].Member[2] = gadget.Signed(0), gadget.Signed(1)
		c.Members[2] = gadget.Signed(6)
	}},
	{name: "members out of order", make: func(c *Circuit, _ Request) {
		c.Members[0], c.Members[1] = c.Members[1], c.Members[0]
		for t := range c.Accounts {
			member := c.Accounts[t].Member
			member[0], member[1] = member[1], member[0]
		}
	}},
	{name: "fewer lots than the leaf says, losses to fit", make: func(c *Circuit, r Request) { hold(c, r, 1, make([]int64, len(c.Accounts[1].Lots))) }},
	{name: "lots in an entry that is not active, losses to fit", spare: 1, make: func(c *Circuit, r Request) {
		for t := range c.Accounts {
			lots := lotsOf(r, t)
			lots[0], lots[small.Instruments-1] = lots[small.Instruments-1], lots[0]
			hold(c, r, t, lots)
		}
	}},
	{name: "lots of another instrument", make: func(c *Circuit, _ Request) {
		lots := c.Accounts[1].Lots
		lots[0], lots[1] = lots[1], lots[0]
	}},
	{name: "a lighter row under nodes of its own", make: func(c *Circuit, _ Request) { lighten(&c.Instruments[0]) }},
	{name: "an entry that is not active", make: func(c *Circuit, _ Request) { c.Instruments[0].Active = gadget.Signed(0) }},
	{name: "another bound", make: func(c *Circuit, _ Request) { c.Instruments[0].Bound = gadget.Signed(1) }},
	{name: "a bound lent by the charges beside it", make: func(c *Circuit, _ Request) {
		lent := *new(fr.Element).SetUint64(1 << keyBits)
		bound := value(c.Instruments[0].Bound)
		c.Instruments[0].Bound = *bound.Add(&bound, &lent)
		add(&c.Instruments[0].Charges, -1)
	}},
	{name: "the third largest marked", make: func(c *Circuit, _ Request) { certify(c, 2, 0) }},
	{name: "the second largest marked, the third called second", make: func(c *Circuit, _ Request) { certify(c, 1, 2) }},
	{name: "the first marked, the third called second", make: func(c *Circuit, _ Request) { certify(c, 0, 2) }},
	{name: "one marked against another", make: func(c *Circuit, _ Request) { markAgainst(c) }},
	{name: "nobody marked", make: func(c *Circuit, _ Request) {
		for r := range c.Largest {
			for m := range c.Largest[r].Marked {
				c.Largest[r].Marked[m] = gadget.Signed(0)
			}
			c.Largest[r].Second = gadget.Signed(0)
		}
	}},
	{name: "everybody marked", make: func(c *Circuit, _ Request) {
		for r := range c.Largest {
			for m := range c.Largest[r].Marked {
				c.Largest[r].Marked[m] = gadget.Signed(1)
			}
		}
	}},
	{name: "a fund beyond its range", make: func(c *Circuit, _ Request) { c.Fund = *new(fr.Element).SetUint64(1 << moneyBits) }},
	{name: "a fund of r less one", make: func(c *Circuit, _ Request) { c.Fund = gadget.Signed(-1) }},
	{name: "a scenario less", make: func(c *Circuit, _ Request) { c.Scenarios = gadget.Signed(int64(small.Rows - 1)) }},
	{name: "a cover of one", make: func(c *Circuit, _ Request) { c.Covered = gadget.Signed(1) }},
	{name: "a vault table of another epoch", make: func(c *Circuit, _ Request) {
		c.Epoch[publicinput.EpochVaultTableRoot] = gadget.Signed(4711)
		document := make([]fr.Element, len(c.Epoch))
		for i := range c.Epoch {
			document[i] = value(c.Epoch[i])
		}
		c.Seal = publicinput.HashOf(publicinput.Epoch, document...)
	}},
}

// opened is an assigner that knows the entries of a request's table.
func opened(request Request) *assigner {
	a := &assigner{shape: small, request: request, table: request.Vault, circuit: New(small)}
	if err := a.entries(); err != nil {
		panic(err)
	}
	return a
}

func lotsOf(request Request, account int) []int64 {
	lots, err := opened(request).lots(request.Accounts[account])
	if err != nil {
		panic(err)
	}
	return lots
}

// hold writes lots by entry and the losses that these have.
func hold(c *Circuit, request Request, account int, lots []int64) {
	a := opened(request)
	a.beyond = [][]*big.Int{make([]*big.Int, small.Rows)}
	for r := range a.beyond[0] {
		a.beyond[0][r] = new(big.Int)
	}
	if err := a.losses(&c.Accounts[account], lots, request.Margins[account].Initial, 0); err != nil {
		panic(err)
	}
}

// leaveOut empties a place whose leaf stays in the epoch.
func leaveOut(account *AccountInputs) {
	account.Present = gadget.Signed(0)
	for _, list := range [][]SlotInputs{account.Positions, account.Lines} {
		for i := range list {
			list[i] = SlotInputs{Active: gadget.Signed(0), Key: gadget.Signed(0), Lots: gadget.Signed(0)}
		}
	}
	for _, list := range [][]frontend.Variable{account.Lots, account.Short, account.Member, account.Beyond, account.Spare} {
		for i := range list {
			list[i] = gadget.Signed(0)
		}
	}
	account.Margin = gadget.Signed(0)
}

// lighten makes a leaf of smaller losses, with a path of its own.
func lighten(entry *EntryInputs) {
	for i := range entry.Losses {
		entry.Losses[i] = gadget.Signed(0)
	}
	elements := []fr.Element{publicinput.RowHead.Pack(map[string]int64{})}
	for _, list := range [][]frontend.Variable{entry.Losses, entry.Sense} {
		for i := range list {
			elements = append(elements, value(list[i]))
		}
	}
	node := publicinput.HashOf(publicinput.Instrument, elements...)
	for level := len(entry.Path) - 1; level >= 0; level-- {
		entry.Path[level] = gadget.StepTo(0, [tree.Arity]fr.Element{node})
		node = publicinput.Node(node, fr.Element{}, fr.Element{}, fr.Element{})
	}
}

// certify marks the member of one rank and calls another rank's loss the second.
func certify(c *Circuit, marked, second int) {
	for r := range c.Largest {
		losses := lossesOf(c, r)
		order := ranked(losses)
		for m := range c.Largest[r].Marked {
			c.Largest[r].Marked[m] = gadget.Bit(m == order[marked])
		}
		c.Largest[r].Second = *new(fr.Element).SetBigInt(losses[order[second]])
	}
}

// markAgainst marks the largest and the third, and the second with −1, where that makes less of the two largest: a = B₀ − B₁ + B₂ is still
// at least c = B₁.
func markAgainst(c *Circuit) {
	done := 0
	for r := range c.Largest {
		losses := lossesOf(c, r)
		order := ranked(losses)
		first := new(big.Int).Add(losses[order[0]], losses[order[2]])
		if first.Sub(first, losses[order[1]]).Cmp(losses[order[1]]) < 0 {
			continue
		}
		done++
		c.Largest[r].Marked[order[0]], c.Largest[r].Marked[order[1]], c.Largest[r].Marked[order[2]] = gadget.Signed(1), gadget.Signed(-1), gadget.Signed(1)
	}
	if done == 0 {
		panic("no scenario in which the third helps")
	}
}

func lossesOf(c *Circuit, r int) []*big.Int {
	losses := make([]*big.Int, len(c.Members))
	for m := range losses {
		var sum fr.Element
		for t := range c.Accounts {
			beyond, member := value(c.Accounts[t].Beyond[r]), value(c.Accounts[t].Member[m])
			sum.Add(&sum, beyond.Mul(&beyond, &member))
		}
		losses[m] = sum.BigInt(new(big.Int))
	}
	return losses
}

func ranked(losses []*big.Int) []int {
	order := []int{0, 1, 2}
	for i := range order {
		for j := i + 1; j < len(order); j++ {
			if losses[order[j]].Cmp(losses[order[i]]) > 0 {
				order[i], order[j] = order[j], order[i]
			}
		}
	}
	return order
}

// fit makes the margins' root and, unless the forgery is of the certificate, the two largest fit the witness.
func fit(c *Circuit) {
	margins, leaves := tree.New(small.Levels), map[int64]fr.Element{}
	for t := range c.Accounts {
		account, member := &c.Accounts[t], fr.Element{}
		for m := range account.Member {
			held, number := value(account.Member[m]), value(c.Members[m])
			member.Add(&member, held.Mul(&held, &number))
		}
		leaf := publicinput.HashOf(publicinput.MarginLeafHash, publicinput.Signed(int64(t)), member, value(account.Margin), value(account.MarginSalt))
		present := value(account.Present)
		leaves[int64(t)] = *leaf.Mul(&leaf, &present)
	}
	margins.Update(leaves)
	c.Margins = margins.Root()
}

func TestShouldRejectForgeries(t *testing.T) {
	random := rand.New(rand.NewPCG(31, 32))
	for _, forgery := range forgeries {
		t.Run(forgery.name, func(t *testing.T) {
			request := losing(t, random, small.Instruments-forgery.spare)
			if forgery.prepare != nil {
				forgery.prepare(&request)
				request = sealed(random, request)
			}
			request.Fund *= 3 // so that no certificate fails for want of money, but those that the forgery is about
			if regexp.MustCompile("marked|fund").MatchString(forgery.name) {
				request.Fund /= 3
			}
			assignment := assign(t, request)
			fit(assignment.Circuit)
			if !accepts(assignment) {
				t.Fatal("the honest witness must be accepted")
			}
			forgery.make(assignment.Circuit, request)
			fit(assignment.Circuit)
			if !regexp.MustCompile("marked").MatchString(forgery.name) {
				certify(assignment.Circuit, 0, 1)
			}
			if accepts(assignment) {
				t.Fatal("the forgery must be rejected")
			}
		})
	}
}

// Margins are part of the statement: with another margin the root is another, so whoever knows his own entry sees it.
func TestShouldShowAnotherMarginInTheRoot(t *testing.T) {
	random := rand.New(rand.NewPCG(41, 42))
	request := losing(t, random, small.Instruments)
	honest := assign(t, request)
	request.Margins[1].Initial += 1_000_000
	overstated := assign(t, request)
	if honest.Public[publicinput.NullifierInput] == overstated.Public[publicinput.NullifierInput] {
		t.Fatal("an overstated margin must change the margins' root")
	}
	path := MarginTree(small, request).Path(1)
	if _, root := tree.Climb(request.Margins[1].leaf(1), 1, path); root != overstated.Public[publicinput.NullifierInput] {
		t.Fatal("an owner must find his entry under the root")
	}
}

func TestShouldRejectEveryMutation(t *testing.T) {
	random := rand.New(rand.NewPCG(21, 22))
	request := losing(t, random, small.Instruments)
	full, err := frontend.NewWitness(assign(t, request).Circuit, ecc.BN254.ScalarField())
	if err != nil {
		t.Fatal(err)
	}
	// The fund may hold more. What a full house leaves free: the sign of no lots, nodes beside an empty entry's path, and in a row where an
	// account's second largest is not needed exactly, a second that is larger within the fund.
	allowed := regexp.MustCompile(`^(Fund|Accounts_\d+_Short_\d+|Largest_\d+_Second|(Instruments|Assets)_\d+_(Path_0_Children_[123]))$`)
	vector, one := full.Vector().(fr.Vector), fr.One()
	for i, name := range witnesstest.Names(t, New(small)) {
		kept := vector[i]
		mutants := []fr.Element{*new(fr.Element).Add(&kept, &one)}
		if i%9 == 0 {
			mutants = append(mutants, randomElement(random))
		}
		for _, mutant := range mutants {
			vector[i] = mutant
			if groth.SolveWitness(smallSystem(), full) == nil && !allowed.MatchString(name) {
				t.Errorf("%s may be changed without notice", name)
			}
		}
		vector[i] = kept
	}
}

func TestShouldRefuseByName(t *testing.T) {
	random := rand.New(rand.NewPCG(51, 52))
	for _, c := range []struct {
		code   string
		change func(*Request)
	}{
		{"CLAIM_NOT_MET", func(r *Request) { r.Fund-- }},
		{"TABLE_ROOT_DIFFERS", func(r *Request) { r.Epoch.VaultTableRoot = publicinput.Signed(1) }},
		{"LEAF_NOT_IN_TREE", func(r *Request) { r.Accounts, r.Margins = r.Accounts[:3], r.Margins[:3] }},
		{"LEAF_NOT_IN_TREE", func(r *Request) { r.Accounts[0].Cash++ }},
		{"WRONG_LENGTH", func(r *Request) { r.Margins = r.Margins[:3] }},
		{"IDS_NOT_INCREASING", func(r *Request) { r.Accounts[1].Number = 0 }},
		{"OUT_OF_RANGE", func(r *Request) { r.Margins[0].Initial = 1 << marginBits }},
		{"NO_PROOF_IN_THIS_SHAPE", func(r *Request) { r.Accounts[3].Number = 4 }},
		{"NO_PROOF_IN_THIS_SHAPE", func(r *Request) {
			for i := range r.Margins {
				r.Margins[i].Member = int64(i)
			}
		}},
	} {
		request := losing(t, random, small.Instruments)
		c.change(&request)
		if _, err := Assign(small, request); err == nil || refusal.Of(err).Code != c.code {
			t.Errorf("want %s, have %v", c.code, err)
		}
	}
}

// An entry of two sides has another leaf for short lots, so the head that the circuit opens has no place for its bit.
func TestShouldOpenNoTwoSidedEntry(t *testing.T) {
	for _, field := range publicinput.RowHead {
		if field.Name == "twoSided" && field.Offset != chargeOffset+chargeBits {
			t.Fatalf("charges must end at bit %d", field.Offset)
		}
		if field.Name == "spread" && field.Offset != chargeOffset {
			t.Fatalf("charges must begin at bit %d", field.Offset)
		}
	}
}

func TestShouldKeepItsSize(t *testing.T) {
	house := Shape{Levels: 2, Positions: 16, Lines: 8, Instruments: 16, Assets: 8, Rows: 32, Members: 8, Depth: 10}
	sizes := map[string]int{}
	for _, shape := range []Shape{small, house} {
		system, err := groth.Compile(shape)
		if err != nil {
			t.Fatal(err)
		}
		sizes[shape.String()] = system.GetNbConstraints()
	}
	witnesstest.Golden(t, *update, sizes)
}
