package contagion

import (
	"math/big"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/consensys/gnark-crypto/ecc/bn254/fr"
	"github.com/consensys/gnark/frontend"

	"bulwark.io/circuits/constraint/gadget"
	"bulwark.io/circuits/plain/publicinput"
	"bulwark.io/circuits/plain/risktable"
)

// attacked is the account that most attacks change: the only one of its member.
const attacked = 1

// attack is a witness in which everything fits but what one constraint forbids, in a house that has room for all that is sold.
type attack struct {
	name    string
	prepare func(*house)          // what the forger's house looks like
	forge   func(w *witness) bool // whether this draw gave the occasion; if not, another is drawn
}

var attacks = []attack{
	{name: "losses of nothing", forge: func(w *witness) bool {
		for s := range w.shape.Scenarios {
			w.Accounts[attacked].Columns[s] = gadget.Signed(0)
		}
		w.refit(fromNets, attacked)
		return true
	}},
	{name: "nets of nothing", forge: func(w *witness) bool {
		split(&w.Accounts[attacked].Forced, make([]fr.Element, w.shape.Places))
		w.refit(fromNets, attacked)
		return true
	}},
	{name: "nothing held long of the groups", forge: func(w *witness) bool { return w.holdNothing(0) }},
	{name: "nothing held short of the groups", forge: func(w *witness) bool { return w.holdNothing(w.shape.Groups) }},
	{name: "a loss lent by the scenario beside it", forge: func(w *witness) bool {
		columns := w.Accounts[attacked].Columns
		lent, first := *new(fr.Element).SetBigInt(gadget.Power(slotBits)), value(columns[0])
		columns[0] = *first.Sub(&first, &lent)
		add(&columns[1], 1)
		w.refit(fromHeld, attacked)
		return true
	}},
	{name: "a second-order loss of nothing, its remainder to fit", forge: func(w *witness) bool {
		changed := false
		for s := range w.shape.Scenarios {
			cascade, numerator := &w.Accounts[attacked].Forced.Scenarios[s], w.transmitted(&w.Accounts[attacked].Forced, s)
			changed = changed || numerator.Sign() > 0
			cascade.Transmitted, cascade.Rest = gadget.Signed(0), element(numerator.Neg(numerator))
		}
		w.refit(fromFlows)
		return changed
	}},
	{name: "a second-order loss between two integers", forge: func(w *witness) bool {
		cascade := &w.Accounts[attacked].Forced.Scenarios[0]
		if value(cascade.Rest) == value0 {
			return false
		}
		cascade.Transmitted, cascade.Rest = over(w.transmitted(&w.Accounts[attacked].Forced, 0), perUnit), gadget.Signed(0)
		w.refit(fromFlows)
		return true
	}},
	{name: "more than everything sold", forge: func(w *witness) bool {
		forced := &w.Accounts[attacked].Forced
		forced.Scenarios[0].Sold, forced.Scenarios[0].All = gadget.Signed(1<<ratioBits), gadget.Signed(0)
		trade(forced, 0)
		w.refit(fromFlows)
		return true
	}},
	{name: "everything sold, twice said", forge: func(w *witness) bool {
		for s := range w.shape.Scenarios {
			if cascade := &w.Accounts[attacked].Forced.Scenarios[s]; value(cascade.All) == fr.One() {
				cascade.All = gadget.Signed(2)
				return true
			}
		}
		return false
	}},
	{name: "flows between two integers that add up to one", forge: func(w *witness) bool {
		first, second := &w.Accounts[0].Forced, &w.Accounts[2].Forced // affiliates
		for s := range w.shape.Scenarios {
			for i := range first.Held {
				if w.remainder(first, s, i) < 1<<restBits-1 && w.remainder(second, s, i) > 0 {
					more, less := value(first.Scenarios[s].Flows[i]), value(second.Scenarios[s].Flows[i])
					part := over(big.NewInt(1), perUnit)
					first.Scenarios[s].Flows[i], second.Scenarios[s].Flows[i] = *more.Add(&more, &part), *less.Sub(&less, &part)
					w.refit(fromFlows)
					return true
				}
			}
		}
		return false
	}},
	{name: "a span between two integers", forge: func(w *witness) bool {
		forced := &w.Accounts[attacked].Forced
		for _, cascade := range forced.Scenarios {
			if value(cascade.All) != fr.One() && value(cascade.Sold) != value0 {
				return false
			}
		}
		liquidated, maintenance := value(w.Liquidated), value(w.Accounts[attacked].Maintenance)
		if value(forced.NoSpan) != value0 || centred(*liquidated.Mul(&liquidated, &maintenance)).Int64()%perUnit == 0 {
			return false
		}
		forced.Span = over(centred(liquidated), perUnit)
		return true
	}},
	{name: "a span of one that is a wide one", prepare: func(h *house) {
		h.margins[attacked].Initial = 0
		h.accounts[attacked].Cash = -1_000_000_000
	}, forge: func(w *witness) bool {
		forced := &w.Accounts[attacked].Forced
		forced.NoSpan = gadget.Signed(1 << 60)
		for s := range forced.Scenarios {
			if value(forced.Scenarios[s].All) == fr.One() {
				forced.Scenarios[s].Sold, forced.Scenarios[s].All = gadget.Signed(1_000), gadget.Signed(0)
				trade(forced, s)
			}
		}
		w.refit(fromFlows)
		return true
	}},
	{name: "a short net as a long one of less than nothing", forge: func(w *witness) bool { return w.offset(true) }},
	{name: "a long net as a short one of less than nothing", forge: func(w *witness) bool { return w.offset(false) }},
	{name: "a net on both sides", forge: func(w *witness) bool {
		forced := &w.Accounts[attacked].Forced
		add(&forced.Plus[0], 1_000_000)
		add(&forced.Minus[0], 1_000_000)
		w.refit(fromNets, attacked)
		return true
	}},
	{name: "an initial margin between two integers, whose maintenance margin is a unit", forge: func(w *witness) bool {
		account, share := &w.Accounts[attacked], value(w.MaintenanceShare)
		million := publicinput.Signed(gadget.Million)
		account.Margin, account.Maintenance = *million.Div(&million, &share), gadget.Signed(1)
		w.refit(fromHeld, attacked)
		return true
	}},
	{name: "a maintenance margin between two integers", prepare: func(h *house) { list(h.tariff[rulesField])[0] = int64(250_000) }, forge: func(w *witness) bool {
		account, share := &w.Accounts[attacked], value(w.MaintenanceShare)
		margin := value(account.Margin)
		exact := centred(*margin.Mul(&margin, &share))
		const quarters = gadget.Million / 250_000
		if up := new(big.Int).Mod(exact.Neg(exact), big.NewInt(quarters)); new(big.Int).Mod(exact.Neg(exact).Add(exact, up), big.NewInt(gadget.Million)).Sign() == 0 {
			return false
		}
		account.Maintenance = over(exact, gadget.Million)
		w.refit(fromHeld, attacked)
		member := slices.IndexFunc(w.Members, func(m MemberInputs) bool { return m.Number == account.Member })
		for _, forced := range []*ForcedInputs{&account.Forced, &w.Members[member].Forced} {
			for s := range forced.Scenarios { // what is missing is none of the integers: everything is sold
				forced.Scenarios[s].Sold, forced.Scenarios[s].All = gadget.Signed(gadget.Million), gadget.Signed(1)
				trade(forced, s)
			}
		}
		fit(w.Circuit)
		return true
	}},
	{name: "present as a part, of an account that has nothing", forge: func(w *witness) bool {
		account := &w.Accounts[attacked]
		held := leafOf(w.Circuit, attacked)
		for _, list := range [][]gadget.Slot{account.Positions, account.Lines} {
			fillSlots(list, nil)
		}
		account.PositionCount, account.LineCount = gadget.Signed(0), gadget.Signed(0)
		account.Cash, account.Overdraft, account.Margin, account.Maintenance = gadget.Sides{Plus: gadget.Signed(0), Minus: gadget.Signed(0)}, gadget.Signed(0), gadget.Signed(0), gadget.Signed(0)
		for j := range account.Lots {
			account.Lots[j] = gadget.Signed(0)
		}
		none := leafOf(w.Circuit, attacked)
		account.Present = *held.Div(&held, &none)
		w.refit(fromLots, attacked)
		return true
	}},
	{name: "an overdraft as negative cash", prepare: overdrawn, forge: func(w *witness) bool {
		account := &w.Accounts[attacked]
		minus := value(account.Cash.Minus)
		account.Cash.Plus, account.Cash.Minus, account.Overdraft = *new(fr.Element).Neg(&minus), gadget.Signed(0), gadget.Signed(0)
		w.refit(fromHeld, attacked)
		return true
	}},
	{name: "cash on both sides", prepare: overdrawn, forge: func(w *witness) bool {
		account := &w.Accounts[attacked]
		add(&account.Cash.Plus, 1_000_000)
		add(&account.Cash.Minus, 1_000_000)
		grown := value(w.CashFactor)
		overdraft := value(account.Overdraft)
		account.Overdraft = *overdraft.Add(&overdraft, &grown)
		w.refit(fromHeld, attacked)
		return true
	}},
	{name: "an overdraft rounded down", prepare: overdrawn, forge: func(w *witness) bool { return w.round(-1) }},
	{name: "an overdraft rounded up twice", prepare: overdrawn, forge: func(w *witness) bool { return w.round(1) }},
	{name: "members beyond their numbers", forge: func(w *witness) bool {
		for t := range w.Accounts {
			add(&w.Accounts[t].Member, 1<<40)
		}
		for m := range w.Members {
			add(&w.Members[m].Number, 1<<40)
		}
		w.refit(fromFlows)
		return true
	}},
	{name: "a list of the lines' kind sealed as positions", forge: func(w *witness) bool {
		account := &w.Accounts[attacked]
		lines := value(account.PositionCount)
		other, apart := publicinput.Signed(int64(publicinput.LineList)-int64(publicinput.PositionList)), publicinput.Signed(256)
		leaf := leafWith(w.Circuit, attacked, hashed(publicinput.LineList, account.PositionCount, account.Positions), hashed(publicinput.LineList, account.LineCount, account.Lines))
		account.PositionCount = *lines.Add(&lines, other.Div(&other, &apart))
		w.sealAccounts(map[int]fr.Element{attacked: leaf})
		return true
	}},
	{name: "a key of a slot that is empty", forge: func(w *witness) bool {
		account := &w.Accounts[attacked]
		for _, slots := range [][]gadget.Slot{account.Positions, account.Lines} {
			for i := range slots {
				if value(slots[i].Active) == value0 {
					slots[i].Key = gadget.Signed(7)
					w.sealAccounts(nil)
					return true
				}
			}
		}
		return false
	}},
	{name: "a position under the key of a line", forge: func(w *witness) bool {
		positions := w.Accounts[attacked].Positions
		for _, entry := range w.terms.entries {
			if entry.key != value64(positions[0].Key)+1+lineOffset || value(positions[1].Active) == value0 {
				continue
			}
			w.give(attacked, value64(positions[0].Key)+1, *new(fr.Element).Neg(&[]fr.Element{value(positions[0].Lots)}[0]))
			w.give(attacked, entry.key, value(positions[0].Lots))
			w.give(attacked, value64(positions[1].Key)+1, publicinput.Signed(-2))
			key, moved := value(positions[0].Key), *new(fr.Element).SetUint64(2 << keyBits)
			positions[0].Key = *key.Add(&key, &moved) // of the next word, two
			add(&positions[1].Lots, -2)
			w.refit(fromLots, attacked)
			return true
		}
		return false
	}},
	{name: "a line of less than no lots", forge: func(w *witness) bool {
		line := &w.Accounts[attacked].Lines[0]
		lots := value(line.Lots)
		w.give(attacked, value64(line.Key)+1+lineOffset, *lots.Neg(&lots).Sub(&lots, &[]fr.Element{publicinput.Signed(3)}[0]))
		line.Lots = gadget.Signed(-3)
		w.sealAccounts(nil)
		w.refit(fromLots, attacked)
		return true
	}},
	{name: "a position between two lots", forge: func(w *witness) bool {
		position := &w.Accounts[attacked].Positions[0]
		half := over(big.NewInt(1), 2)
		key := value64(position.Key) + 1
		at := slices.IndexFunc(w.terms.entries, func(e entry) bool { return e.key == key })
		if !even(w.terms.entries[at]) {
			return false
		}
		w.give(attacked, key, half)
		lots := value(position.Lots)
		position.Lots = *lots.Add(&lots, &half)
		w.sealAccounts(nil)
		w.refit(fromLots, attacked)
		return true
	}},
	{name: "lots of a slot that is empty", forge: func(w *witness) bool {
		account := &w.Accounts[attacked]
		at := slices.IndexFunc(account.Positions, func(slot gadget.Slot) bool { return value(slot.Active) == value0 })
		if at < 0 || w.terms.entries[0].key != 1 {
			return false
		}
		account.Positions[at].Lots = gadget.Signed(5)
		w.give(attacked, 1, publicinput.Signed(5))
		w.sealAccounts(nil)
		w.refit(fromLots, attacked)
		return true
	}},
}

// even says whether half a lot of an entry has columns and deltas that are integers.
func even(e entry) bool {
	odd := func(x int64) bool { return x%2 != 0 }
	return !slices.ContainsFunc(e.columns, odd) && !slices.ContainsFunc(e.exposures[:], func(of exposure) bool { return odd(of.delta) })
}

// over is a quotient in the field.
func over(numerator *big.Int, divisor int64) fr.Element {
	quotient, by := *new(fr.Element).SetBigInt(numerator), publicinput.Signed(divisor)
	return *quotient.Div(&quotient, &by)
}

func value64(v frontend.Variable) int64 { return centred(value(v)).Int64() }

// overdrawn gives the attacked account an overdraft.
func overdrawn(h *house) { h.accounts[attacked].Cash = -1_000_000_000 - h.random.Int64N(1_000_000) }

// give adds lots of an entry to an account.
func (w *witness) give(account int, key int64, lots fr.Element) {
	at := slices.IndexFunc(w.terms.entries, func(e entry) bool { return e.key == key })
	held := value(w.Accounts[account].Lots[at])
	w.Accounts[account].Lots[at] = *held.Add(&held, &lots)
}

// holdNothing lets an account hold nothing of the groups on one side, whatever its nets are.
func (w *witness) holdNothing(side int) bool {
	forced, changed := &w.Accounts[attacked].Forced, false
	for k := range w.shape.Groups {
		changed = changed || value(forced.Held[side+k]) != value0
		forced.Held[side+k] = gadget.Signed(0)
	}
	w.refit(fromHeld, attacked)
	return changed
}

// remainder is what a flow was rounded up by, ppm · u.
func (w *witness) remainder(forced *ForcedInputs, s, i int) int64 {
	var sold fr.Element
	accumulate(&sold, value(forced.Held[i]), value(forced.Scenarios[s].Sold))
	flow := new(big.Int).Mul(centred(value(forced.Scenarios[s].Flows[i])), big.NewInt(perUnit))
	return flow.Sub(flow, centred(sold)).Int64()
}

// offset lets what is short of a group in one set pay for what is long of it in another, or the other way round.
func (w *witness) offset(long bool) bool {
	forced, groups := &w.Accounts[attacked].Forced, w.terms.placeGroups()
	into, from := forced.Plus, forced.Minus
	if !long {
		into, from = from, into
	}
	for p := range groups {
		for q := range groups {
			more, less := centred(value(into[p])), value(from[q])
			if groups[p] == 0 || groups[p] != groups[q] || less == value0 || more.Cmp(centred(less)) <= 0 {
				continue
			}
			into[q], from[q] = *new(fr.Element).Neg(&less), gadget.Signed(0)
			w.refit(fromNets, attacked)
			return true
		}
	}
	return false
}

// round moves an overdraft by a unit where what is left then lies within the bits, though not within a million.
func (w *witness) round(by int64) bool {
	account := &w.Accounts[attacked]
	var owed fr.Element
	accumulate(&owed, value(account.Cash.Minus), value(w.CashFactor))
	left := value64(account.Overdraft)*risktable.Million - centred(owed).Int64() + by*risktable.Million
	const most = 1 << 20
	if by < 0 && risktable.Million-1-left >= most || by > 0 && left >= most {
		return false
	}
	add(&account.Overdraft, by)
	w.refit(fromHeld, attacked)
	return true
}

func TestShouldRejectForgeriesThatFit(t *testing.T) {
	random := rand.New(rand.NewPCG(61, 62))
	for _, attack := range attacks {
		t.Run(attack.name, func(t *testing.T) {
			for range 2_000 {
				h := drawHouse(t, random, everyPlace, []int64{4, 6, 4, 8}, 2)
				if attack.prepare != nil {
					attack.prepare(h)
				}
				request := roomy(h).request(t)
				honest := assign(t, request)
				w := &witness{honest.Circuit, request.Terms}
				if !attack.forge(w) {
					continue
				}
				again := assign(t, request)
				(&witness{again.Circuit, request.Terms}).refit(fromLots, 0, 1, 2, 3)
				if !accepts(again) {
					t.Fatal("an honest witness that is made to fit must be accepted")
				}
				if accepts(honest) {
					t.Fatal("the forgery must be rejected")
				}
				return
			}
			t.Fatal("no draw gave the occasion")
		})
	}
}
