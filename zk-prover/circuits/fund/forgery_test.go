package fund

import (
	"math/big"
	"math/rand/v2"
	"regexp"
	"slices"
	"testing"

	"github.com/consensys/gnark-crypto/ecc/bn254/fr"
	"github.com/consensys/gnark/frontend"

	"bulwark.io/circuits/constraint/gadget"
	"bulwark.io/circuits/plain/publicinput"
	"bulwark.io/circuits/plain/tree"
)

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
	{name: "a position hidden in the flag of its slot", make: func(c *Circuit, r Request) { hide(c, r, false) }},
	{name: "a line hidden in the flag of its slot", make: func(c *Circuit, r Request) { hide(c, r, true) }},
	{name: "a short position of number 0 as a long one that no slot holds", prepare: func(r *Request) {
		r.Accounts[1].Positions = []publicinput.Entry{{Key: r.Vault.Instruments[0].Number, Lots: -20}}
	}, make: func(c *Circuit, r Request) {
		accounts := slices.Clone(r.Accounts)
		long := -20 + int64(1)<<lotsBits
		c.Accounts[1].Positions[0] = gadget.Slot{Active: gadget.Signed(0), Key: gadget.Signed(0), Lots: gadget.Signed(long)}
		accounts[1].Positions = []publicinput.Entry{{Key: 0, Lots: long}}
		r.Accounts = accounts
		recount(c, r)
		restate(c, big.NewInt(1<<62)) // so many lots lose much in this table; in one that rises they gain as much
	}},
	{name: "a position without size", make: func(c *Circuit, _ Request) {
		held := slices.IndexFunc(c.Accounts[1].Lots[:small.Instruments], func(lots frontend.Variable) bool { held := value(lots); return !held.IsZero() })
		half := publicinput.Signed(2)
		c.Accounts[1].Short[held] = *half.Inverse(&half)
	}},
	{name: "a short position of less than no size", prepare: func(r *Request) {
		first, second := r.Vault.Instruments[0], r.Vault.Instruments[1]
		r.Accounts[1].Positions = []publicinput.Entry{{Key: first.Number, Lots: -2}, {Key: second.Number, Lots: 2 * (2 + first.Bound/max(1, second.Bound))}}
	}, make: func(c *Circuit, _ Request) { c.Accounts[1].Short[0] = gadget.Signed(0) }},
	{name: "a solvency of more than one that pays for cash on both sides", prepare: func(r *Request) {
		account, margin := &r.Accounts[1], &r.Margins[1]
		account.Cash, account.Positions, account.Lines = 5_000, nil, nil
		margin.Initial, margin.Buffer, margin.Equity = 1_000, 0, 2_000
	}, make: func(c *Circuit, _ Request) {
		account := &c.Accounts[1]
		account.Cash = gadget.Sides{Plus: gadget.Signed(6_000), Minus: gadget.Signed(1_000)}
		account.Overdraft, account.Solvent = gadget.Signed(1_010), gadget.Signed(6_001) // 10,000 ppm; (1 − 6,001) · 1,000 + 6,000 · 1,000 = 0
	}},
	{name: "a position under the key of a line", prepare: namesakes, make: func(c *Circuit, r Request) {
		accounts := slices.Clone(r.Accounts)
		first, second := &c.Accounts[1].Positions[0], &c.Accounts[1].Positions[1]
		key, moved := value(first.Key), *new(fr.Element).SetUint64(2 << keyBits)
		first.Key = *key.Add(&key, &moved) // of the next word, two
		add(&second.Lots, -2)
		leaf := &accounts[1]
		leaf.Lines = leaf.Positions[:1]
		leaf.Positions = []publicinput.Entry{{Key: leaf.Positions[1].Key, Lots: leaf.Positions[1].Lots - 2}}
		r.Accounts = accounts
		recount(c, r)
	}},
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
	{name: "a lighter row under nodes of its own", make: func(c *Circuit, r Request) { ownNodes(c.Instruments[0].Path[:], lighten(c, r)) }},
	{name: "a lighter row between two children", make: func(c *Circuit, r Request) {
		step := &c.Instruments[0].Path[publicinput.TablePathLevels-1]
		step.High, step.Low = gadget.Signed(0), between(value(step.Children[0]), value(step.Children[1]), lighten(c, r))
	}},
	{name: "a lighter row between two pairs of children", make: func(c *Circuit, r Request) {
		step := &c.Instruments[0].Path[publicinput.TablePathLevels-1]
		step.High, step.Low = between(value(step.Children[0]), value(step.Children[2]), lighten(c, r)), gadget.Signed(0)
	}},
	{name: "two instruments under each other's number", make: exchange},
	{name: "an entry that is not active", make: func(c *Circuit, _ Request) { c.Instruments[0].Active = gadget.Signed(0) }},
	{name: "another bound", make: func(c *Circuit, _ Request) { c.Instruments[0].Bound = gadget.Signed(1) }},
	{name: "a bound lent by the charges beside it", make: func(c *Circuit, _ Request) {
		lent := *new(fr.Element).SetUint64(1 << keyBits)
		charged := slices.IndexFunc(c.Instruments, func(entry EntryInputs) bool { charges := value(entry.Charges); return !charges.IsZero() })
		bound := value(c.Instruments[charged].Bound)
		c.Instruments[charged].Bound = *bound.Add(&bound, &lent)
		add(&c.Instruments[charged].Charges, -1)
	}},
	{name: "no bound, which the charges beside it take over", make: func(c *Circuit, _ Request) {
		bound, charges, lent := value(c.Instruments[0].Bound), value(c.Instruments[0].Charges), *new(fr.Element).SetUint64(1 << keyBits)
		c.Instruments[0].Bound, c.Instruments[0].Charges = gadget.Signed(0), *charges.Add(&charges, bound.Mul(&bound, lent.Inverse(&lent)))
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
	{name: "a residual between two integers", prepare: func(r *Request) {
		overdrawn(r)
		row := rowOf(r.Vault.Instruments, r.Accounts[1].Positions[0].Key)
		r.Accounts[1].Cash, r.Accounts[1].Positions[0].Lots = -1<<32, 2*(1<<33/max(1, row.Value)+1_000)
	}, make: func(c *Circuit, _ Request) {
		below, residual, lent := value(c.Global.Below), value(c.Global.CashResidual), *new(fr.Element).SetUint64(2_000_000 << 32)
		shift := *new(fr.Element).SetBigInt(gadget.Power(residualOffset))
		c.Global.Below = *below.Add(&below, &lent)
		c.Global.CashResidual = *residual.Sub(&residual, lent.Mul(&lent, shift.Inverse(&shift)))
		add(&c.Accounts[1].Overdraft, -2) // 2³² · 2 · 10⁶ · 2³² / 2⁶⁴ / 10⁶
		overcredit(&c.Accounts[1], 2)
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

// overdrawn gives the second account, and no other, negative cash, and collateral that makes up for more than it.
func overdrawn(r *Request) {
	for i := range r.Accounts {
		r.Accounts[i].Cash = max(0, r.Accounts[i].Cash)
	}
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

// hold writes lots by entry, and the value and the losses that these have.
func hold(c *Circuit, request Request, account int, lots []int64) {
	a := opened(request)
	a.beyond = [][]*big.Int{make([]*big.Int, small.Rows)}
	for r := range a.beyond[0] {
		a.beyond[0][r] = new(big.Int)
	}
	inputs := &c.Accounts[account]
	credit, err := a.credit(inputs, lots, request.Accounts[account], request.Margins[account])
	if err != nil {
		panic(err)
	}
	if err := a.losses(inputs, lots, credit, 0); err != nil {
		panic(err)
	}
}

// leaveOut empties a place whose leaf stays in the epoch.
func leaveOut(account *AccountInputs) {
	account.Present = gadget.Signed(0)
	for _, list := range [][]gadget.Slot{account.Positions, account.Lines} {
		for i := range list {
			list[i] = gadget.Slot{Active: gadget.Signed(0), Key: gadget.Signed(0), Lots: gadget.Signed(0)}
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

// recount writes what follows from the rows of another vault table, or from other accounts: credits and losses of all.
func recount(c *Circuit, r Request) {
	for t := range c.Accounts {
		hold(c, r, t, lotsOf(r, t))
	}
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
