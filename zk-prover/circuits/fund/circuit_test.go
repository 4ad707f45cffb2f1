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
	random, pairs, bounds := rand.New(rand.NewPCG(1, 2)), 0, map[string]int{}
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
		for i, margin := range request.Margins {
			switch credited(request, i) {
			case 0:
				bounds["nothing"]++
			case margin.Equity:
				bounds["sealed equity"]++
			case margin.Initial + margin.Buffer:
				bounds["margin"]++
			default:
				bounds["equity"]++
			}
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
	if pairs < 10 || len(bounds) < 4 {
		t.Fatalf("the draws must lose beyond what they hold, and every bound of a credit must bind; have %d of 25, %v", pairs, bounds)
	}
}

func setFund(a *Assignment, fund int64) {
	public := PublicInputs(a.Public[publicinput.SealInput], fund, small)
	a.Circuit.Fund, a.Circuit.Statement = gadget.Signed(fund), public[publicinput.StatementInput]
}

func TestShouldAgreeWithTheTestEngine(t *testing.T) {
	random := rand.New(rand.NewPCG(3, 4))
	assignment := assign(t, drawHouse(t, random, everyPlace, []int64{1, 2, 1, 5}, 1))
	if err := test.IsSolved(New(small), assignment.Circuit, ecc.BN254.ScalarField()); err != nil {
		t.Fatal(err)
	}
}

// forgery changes an honest witness in which three members lose; then an epoch that seals the witness's margins and certificates are made to
// fit, and the fund is what the forged witness needs, which is less than the need.
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
	{name: "a surplus that pays an affiliate's loss", prepare: func(r *Request) { r.Margins[2].Initial, r.Margins[2].Equity, r.Accounts[2].Cash = 1<<50, 1<<51, 1<<51 }, make: func(c *Circuit, _ Request) {
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
	{name: "a fund beyond its range", make: func(c *Circuit, _ Request) { restate(c, new(big.Int).Lsh(big.NewInt(1), 63)) }},
	{name: "a fund of r less one", make: func(c *Circuit, _ Request) { restate(c, big.NewInt(-1)) }},
	{name: "a fund that writes the tag", make: func(c *Circuit, _ Request) {
		restate(c, new(big.Int).ModInverse(new(big.Int).Lsh(big.NewInt(1), publicinput.StatementAmountOffset), fr.Modulus()))
	}},
	{name: "a scenario less", make: func(c *Circuit, _ Request) { say(c, func(s *publicinput.Statement) { s.Name-- }) }},
	{name: "a cover of one", make: func(c *Circuit, _ Request) { say(c, func(s *publicinput.Statement) { s.Choice = 1 }) }},
	{name: "another tag", make: func(c *Circuit, _ Request) {
		say(c, func(s *publicinput.Statement) { s.Tag = publicinput.TagContagion })
	}},
	{name: "a standing statement", make: func(c *Circuit, _ Request) { say(c, func(s *publicinput.Statement) { s.Standing = true }) }},
	{name: "a challenge", make: func(c *Circuit, _ Request) { c.Challenge = gadget.Signed(1) }},
	{name: "a scope", make: func(c *Circuit, _ Request) { c.Scope = gadget.Signed(1) }},
	{name: "a nullifier", make: func(c *Circuit, _ Request) { c.Nullifier = gadget.Signed(1) }},
	{name: "a credit above initial margin and buffer", prepare: rich(func(m *publicinput.MarginLeaf, worth int64) { m.Initial = worth / 2 }),
		make: func(c *Circuit, _ Request) { overcredit(&c.Accounts[1], 2) }},
	{name: "a credit above the sealed equity", prepare: rich(func(m *publicinput.MarginLeaf, worth int64) { m.Equity = worth / 2 }),
		make: func(c *Circuit, _ Request) { overcredit(&c.Accounts[1], 2) }},
	{name: "a credit above the equity of what is held", prepare: rich(func(*publicinput.MarginLeaf, int64) {}),
		make: func(c *Circuit, _ Request) { overcredit(&c.Accounts[1], 2) }},
	{name: "a credit of a leaf without equity", prepare: rich(func(m *publicinput.MarginLeaf, _ int64) { m.Equity = -2 }),
		make: func(c *Circuit, _ Request) { overcredit(&c.Accounts[1], 2) }},
	{name: "a credit of a solvent leaf without equity", prepare: rich(func(m *publicinput.MarginLeaf, _ int64) { m.Equity = -2 }),
		make: func(c *Circuit, _ Request) {
			overcredit(&c.Accounts[1], 2)
			c.Accounts[1].Solvent = gadget.Signed(1)
		}},
	{name: "a credit below 0 that the bounds are met by", prepare: rich(func(*publicinput.MarginLeaf, int64) {}), make: func(c *Circuit, _ Request) {
		account := &c.Accounts[1]
		credit := value(account.Credit)
		overcredit(account, -2*credit.BigInt(new(big.Int)).Int64())
	}},
	{name: "more value than the lots have", prepare: rich(func(*publicinput.MarginLeaf, int64) {}), make: func(c *Circuit, _ Request) {
		add(&c.Accounts[1].Sense[publicinput.SenseValue], 2)
		overcredit(&c.Accounts[1], 2)
	}},
	{name: "a value lent by the delta beside it", prepare: rich(func(*publicinput.MarginLeaf, int64) {}), make: func(c *Circuit, _ Request) {
		lent := *new(fr.Element).SetUint64(1 << publicinput.Wide.Bits)
		delta := value(c.Accounts[1].Sense[publicinput.SenseDelta])
		c.Accounts[1].Sense[publicinput.SenseDelta] = *delta.Sub(&delta, &lent)
		add(&c.Accounts[1].Sense[publicinput.SenseValue], 1)
		overcredit(&c.Accounts[1], 1)
	}},
	{name: "less of an overdraft", prepare: overdrawn, make: func(c *Circuit, _ Request) {
		add(&c.Accounts[1].Overdraft, -1)
		overcredit(&c.Accounts[1], 1)
	}},
	{name: "another residual of the overdraft", prepare: overdrawn, make: func(c *Circuit, _ Request) { forgive(c) }},
	{name: "a residual lent to what stands below it", prepare: overdrawn, make: func(c *Circuit, _ Request) {
		residual := value(c.Global.CashResidual)
		forgive(c)
		below, shift := value(c.Global.Below), *new(fr.Element).SetBigInt(gadget.Power(residualOffset))
		c.Global.Below = *below.Add(&below, residual.Mul(&residual, &shift))
	}},
	{name: "a residual lent to what stands beyond it", prepare: overdrawn, make: func(c *Circuit, _ Request) {
		residual := value(c.Global.CashResidual)
		forgive(c)
		beyond, shift := value(c.Global.Beyond), *new(fr.Element).SetBigInt(gadget.Power(residualBits))
		c.Global.Beyond = *beyond.Add(&beyond, residual.Mul(&residual, shift.Inverse(&shift)))
	}},
	{name: "an overdraft as negative cash", prepare: overdrawn, make: func(c *Circuit, _ Request) {
		account := &c.Accounts[1]
		minus, overdraft := value(account.Cash.Minus), value(account.Overdraft)
		account.Cash.Plus, account.Cash.Minus, account.Overdraft = *new(fr.Element).Neg(&minus), gadget.Signed(0), gadget.Signed(0)
		overcredit(account, overdraft.Sub(&overdraft, &minus).BigInt(new(big.Int)).Int64())
	}},
	{name: "a residual of less than nothing", prepare: overdrawn, make: func(c *Circuit, _ Request) {
		lent := *new(fr.Element).SetBigInt(gadget.Power(residualBits))
		residual := value(c.Global.CashResidual)
		c.Global.CashResidual = *residual.Sub(&residual, &lent)
		add(&c.Global.Beyond, 1)
	}},
	{name: "a global leaf under nodes of its own", prepare: overdrawn, make: func(c *Circuit, _ Request) {
		forgive(c)
		elements := []fr.Element{value(c.Global.Below)}
		beyond, shift := value(c.Global.Beyond), *new(fr.Element).SetBigInt(gadget.Power(residualOffset + residualBits))
		elements[0].Add(&elements[0], beyond.Mul(&beyond, &shift))
		for _, rest := range c.Global.Rest {
			elements = append(elements, value(rest))
		}
		ownNodes(c.Global.Path[:], publicinput.HashOf(publicinput.Global, elements...))
	}},
	{name: "cash that both sides have more of", prepare: overdrawn, make: func(c *Circuit, _ Request) {
		add(&c.Accounts[1].Cash.Plus, 1_000_000)
		add(&c.Accounts[1].Cash.Minus, 1_000_000)
		residual := value(c.Global.CashResidual)
		grown := 1_000_000 + residual.BigInt(new(big.Int)).Int64()
		add(&c.Accounts[1].Overdraft, grown)
		overcredit(&c.Accounts[1], 1_000_000-grown)
	}},
	{name: "a vault table of another epoch", make: func(c *Circuit, _ Request) {
		c.Epoch[publicinput.EpochVaultTableRoot] = gadget.Signed(4711)
		reseal(c)
	}},
}

// restate shows another fund, in range or not.
func restate(c *Circuit, fund *big.Int) {
	shown := publicinput.Statement{Tag: publicinput.TagFund, Choice: Cover, Name: int64(small.Rows)}.Element()
	amount := *new(fr.Element).SetBigInt(new(big.Int).Lsh(fund, publicinput.StatementAmountOffset))
	c.Fund, c.Statement = *new(fr.Element).SetBigInt(fund), *shown.Add(&shown, &amount)
}

// say shows another statement about the same fund.
func say(c *Circuit, change func(*publicinput.Statement)) {
	fund := value(c.Fund)
	statement := publicinput.Statement{Tag: publicinput.TagFund, Choice: Cover, Amount: fund.BigInt(new(big.Int)).Int64(), Name: int64(small.Rows)}
	change(&statement)
	c.Statement = statement.Element()
}

// rich gives the second account equity of an even number, less than it loses, and a margin leaf that says more than that; then changes the leaf.
func rich(change func(margin *publicinput.MarginLeaf, worth int64)) func(*Request) {
	return func(r *Request) {
		account, margin := &r.Accounts[1], &r.Margins[1]
		account.Cash = 0
		short := worth(r.Vault, *account)
		account.Cash = 1_000_000 - short
		if account.Cash < 0 {
			account.Cash = -account.Cash // worth is far above what it loses then; the leaf bounds it
		}
		margin.Initial, margin.Buffer, margin.Equity = 1<<50, 0, 1<<50
		change(margin, min(1_000_000, worth(r.Vault, *account)))
	}
}

// overdrawn gives the second account negative cash, and collateral that makes up for more than it.
func overdrawn(r *Request) {
	account, margin := &r.Accounts[1], &r.Margins[1]
	account.Cash, account.Lines, account.Positions = -100_001, nil, account.Positions[:1]
	row := rowOf(r.Vault.Instruments, account.Positions[0].Key)
	account.Positions[0].Lots = 2 * (200_000/max(1, row.Value) + 1_000)
	margin.Initial, margin.Buffer, margin.Equity = 1<<50, 0, 1<<50
}

// forgive counts the second account's overdraft without its residual.
func forgive(c *Circuit) {
	account := &c.Accounts[1]
	minus, overdraft := value(account.Cash.Minus), value(account.Overdraft)
	c.Global.CashResidual, account.Overdraft = gadget.Signed(0), minus
	overcredit(account, overdraft.Sub(&overdraft, &minus).BigInt(new(big.Int)).Int64())
}

// overcredit credits an account more, and lets it lose as much less beyond that, or spare more.
func overcredit(account *AccountInputs, by int64) {
	add(&account.Credit, by)
	for r := range account.Beyond {
		beyond := value(account.Beyond[r])
		if spare := value(account.Spare[r]); spare.IsZero() && beyond.BigInt(new(big.Int)).Cmp(big.NewInt(by)) >= 0 {
			add(&account.Beyond[r], -by)
		} else {
			add(&account.Spare[r], by)
		}
	}
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
	credit := value(c.Accounts[account].Credit)
	if err := a.losses(&c.Accounts[account], lots, credit.BigInt(new(big.Int)), 0); err != nil {
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
	account.Credit = gadget.Signed(0)
	for c := range account.Sense {
		account.Sense[c] = gadget.Signed(0)
	}
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
	ownNodes(entry.Path[:], publicinput.HashOf(publicinput.Instrument, elements...))
}

// ownNodes puts a leaf under nodes of its own.
func ownNodes(path []gadget.Step, node fr.Element) {
	for level := len(path) - 1; level >= 0; level-- {
		path[level] = gadget.StepTo(0, [tree.Arity]fr.Element{node})
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

// fit seals an epoch over the margins of the witness.
func fit(c *Circuit) {
	leaves := map[int64]fr.Element{}
	for t := range c.Accounts {
		account, member := &c.Accounts[t], fr.Element{}
		for m := range account.Member {
			held, number := value(account.Member[m]), value(c.Members[m])
			member.Add(&member, held.Mul(&held, &number))
		}
		margin := account.Margin
		leaf := publicinput.HashOf(publicinput.MarginLeafHash, publicinput.Signed(int64(t)), member, value(margin.Initial), value(margin.Maintenance),
			value(margin.Equity), value(margin.Buffer), value(margin.Salt))
		present := value(account.Present)
		leaves[int64(t)] = *leaf.Mul(&leaf, &present)
	}
	c.Epoch[publicinput.EpochMarginRoot] = root(small.Depth, leaves)
	reseal(c)
}

// reseal shows the digest of the witness's epoch.
func reseal(c *Circuit) {
	document := make([]fr.Element, len(c.Epoch))
	for i := range c.Epoch {
		document[i] = value(c.Epoch[i])
	}
	c.Seal = publicinput.HashOf(publicinput.Epoch, document...)
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

// What an epoch seals of margins and members is what a proof over it is about.
func TestShouldRejectOtherMarginsThanTheSealed(t *testing.T) {
	random := rand.New(rand.NewPCG(41, 42))
	for name, change := range map[string]func(*Request){
		"an initial margin of 2⁵⁹":  func(r *Request) { r.Margins[1].Initial = 1 << 59 },
		"an initial margin of 0":    func(r *Request) { r.Margins[1].Initial, r.Margins[1].Buffer = 0, 0 },
		"a unit of maintenance":     func(r *Request) { r.Margins[1].Maintenance++ },
		"a unit of equity more":     func(r *Request) { r.Margins[1].Equity++ },
		"a unit of equity less":     func(r *Request) { r.Margins[1].Equity-- },
		"a unit of buffer":          func(r *Request) { r.Margins[1].Buffer++ },
		"members exchanged":         func(r *Request) { r.Margins[1].Member, r.Margins[3].Member = r.Margins[3].Member, r.Margins[1].Member },
		"the leaf of another place": func(r *Request) { r.Margins[1], r.Margins[3] = moved(r.Margins[3], 1), moved(r.Margins[1], 3) },
		"the salt of another epoch": func(r *Request) {
			r.Margins[1].Salt = publicinput.MarginSalt(r.Epoch.House, r.Epoch.Number+1, r.Accounts[1].Salt)
		},
	} {
		request := losing(t, random, small.Instruments)
		request.Margins[1].Initial += 8
		for i := range request.Margins {
			request.Margins[i].Salt = publicinput.MarginSalt(request.Epoch.House, request.Epoch.Number, request.Accounts[i].Salt)
		}
		request = sealed(random, request)
		changed := request
		changed.Margins = append([]publicinput.MarginLeaf{}, request.Margins...)
		change(&changed)
		changed.Fund *= 4
		if _, err := Assign(small, changed); err == nil || refusal.Of(err).Code != "LEAF_NOT_IN_TREE" || refusal.Of(err).Where != "request.epoch.marginRoot" {
			t.Errorf("%s must be refused; have %v", name, err)
		}
		assignment := assign(t, sealed(random, changed))
		if !accepts(assignment) {
			t.Fatalf("%s: the house by itself must be accepted", name)
		}
		for i, element := range request.Epoch.Elements() {
			assignment.Circuit.Epoch[i] = element
		}
		assignment.Circuit.Seal = request.Epoch.Digest()
		if accepts(assignment) {
			t.Errorf("%s must be rejected under the other seal", name)
		}
	}
}

func moved(margin publicinput.MarginLeaf, place int64) publicinput.MarginLeaf {
	margin.Number = place
	return margin
}

// An account stands in the margin tree where it stands in the account tree: under its own number and below all levels.
func TestShouldRejectAMarginTreeOfAnotherForm(t *testing.T) {
	random := rand.New(rand.NewPCG(43, 44))
	request := losing(t, random, small.Instruments)
	assignment := assign(t, request)
	leaves := map[int64]fr.Element{}
	for _, margin := range request.Margins {
		leaves[margin.Number] = margin.Hash()
	}
	assignment.Circuit.Epoch[publicinput.EpochMarginRoot] = root(small.Levels, leaves)
	reseal(assignment.Circuit)
	if accepts(assignment) {
		t.Error("the root of the first levels alone must be rejected")
	}
	other := assign(t, sealed(random, request))
	other.Circuit.Epoch[publicinput.EpochMarginRoot] = root(small.Depth, map[int64]fr.Element{})
	reseal(other.Circuit)
	if accepts(other) {
		t.Error("the root of no margins must be rejected")
	}
	request.Margins[1].Number = 3
	leaves[1] = request.Margins[1].Hash()
	request.Epoch.MarginRoot = root(small.Depth, leaves)
	if _, err := Assign(small, request); err == nil || refusal.Of(err).Where != "request.margins[1].number" {
		t.Errorf("a leaf of another account must be refused; have %v", err)
	}
}

// Whatever the sealed leaf says, an account is credited no more than it really has: an initial margin of 2⁵⁹ buys nothing.
func TestShouldCreditNoMoreThanIsThere(t *testing.T) {
	random := rand.New(rand.NewPCG(45, 46))
	for range 5 {
		request := losing(t, random, small.Instruments)
		for i := range request.Margins {
			request.Accounts[i].Cash = 0
			request.Accounts[i].Cash = 5_000 - worth(request.Vault, request.Accounts[i]) // less than 5,000 is left where that is an overdraft
			request.Margins[i].Initial, request.Margins[i].Equity = 1_000, 1_000
		}
		honest := need(sealed(random, request))
		for i := range request.Margins {
			request.Margins[i].Initial, request.Margins[i].Equity, request.Margins[i].Buffer = 1<<59, 1<<59, 1<<59
		}
		request = sealed(random, request)
		assignment := assign(t, request)
		if !accepts(assignment) || honest.Sub(honest, assignment.Need).Cmp(big.NewInt(2*2*5_000)) > 0 {
			t.Fatalf("margins of 2⁵⁹ lower the need by %v", honest)
		}
	}
}

// Account B of the hand case: a loss of 33,025 USD is 6,667.4475 beyond IM + Buffer where both are there, and an account in call, with less
// equity than they ask but no less than MM, pays what it has: 22,775 are left where that is MM. A loss less IM alone would be 20,212.50.
func TestShouldCreditAnAccountInCallItsEquity(t *testing.T) {
	random := rand.New(rand.NewPCG(47, 48))
	const initial, maintenance, buffer, loss = 128_125_000, 102_500_000, 135_450_525, 330_250_000
	vault := vaultOf(t, small.Assets, []any{[]any{int64(0), "instrument", int64(0), int64(0), []any{}, int64(0), []any{int64(0), int64(-1), int64(0)}, []any{},
		[]any{int64(0)}, []any{[]any{int64(0), int64(0)}}, []any{}, int64(0), []any{int64(0), int64(0)}, []any{}, int64(1)}}, random, false)
	for _, c := range []struct{ equity, beyond int64 }{
		{1 << 40, 66_674_475}, {initial + buffer, 66_674_475}, {initial + buffer - 1, 66_674_476}, {200_000_000, 130_250_000}, {initial, 202_125_000},
		{maintenance, 227_750_000}, {0, loss}, {-50_000_000, loss},
	} {
		request := Request{Vault: vault}
		for place, member := range []int64{5, 6} {
			account := publicinput.AccountLeaf{Number: int64(place), Owner: randomElement(random), Salt: randomElement(random)}
			margin := publicinput.MarginLeaf{Number: int64(place), Member: member, Salt: randomElement(random)}
			if place == 1 {
				account.Cash, account.Positions = c.equity, []publicinput.Entry{{Key: 0, Lots: loss}}
				if c.equity < 0 {
					account.Cash = c.equity * 1_000_000 / (1_000_000 + vault.Parameters.CashResidual)
				}
				margin.Initial, margin.Maintenance, margin.Equity, margin.Buffer = initial, maintenance, c.equity, buffer
			}
			request.Accounts, request.Margins = append(request.Accounts, account), append(request.Margins, margin)
		}
		assignment := assign(t, sealed(random, request))
		if assignment.Need.Int64() != c.beyond || !accepts(assignment) {
			t.Errorf("with equity %d the need must be %d; have %v", c.equity, c.beyond, assignment.Need)
		}
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
		{"LEAF_NOT_IN_TREE", func(r *Request) { r.Margins[0].Maintenance++ }},
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
