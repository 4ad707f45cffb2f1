package account

import (
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/consensys/gnark-crypto/ecc/bn254/fr"

	"bulwark.io/circuits/constraint/gadget"
	"bulwark.io/circuits/constraint/margin"
	"bulwark.io/circuits/internal/tabletest"
	"bulwark.io/circuits/plain/publicinput"
	"bulwark.io/circuits/plain/risktable"
)

// far is how much a called account of these tests lacks, u: what a forger changes of its charges alters nothing in that.
const far = -1_000_000_000_000

func TestShouldRejectForgeriesOfACall(t *testing.T) {
	random := rand.New(rand.NewPCG(311, 312))
	short := func(c *CallCircuit) int {
		return slices.IndexFunc(c.Returned, func(r ReturnedInputs) bool { return whole(r.Lots.Minus).Sign() > 0 })
	}
	long := func(c *CallCircuit) int {
		return slices.IndexFunc(c.Returned, func(r ReturnedInputs) bool { return whole(r.Lots.Plus).Sign() > 0 })
	}
	for name, forge := range map[string]func(*CallCircuit) bool{
		"with a nullifier": func(c *CallCircuit) bool { c.Nullifier = gadget.Signed(5); return true },
		"short lots as long ones of less than nothing": func(c *CallCircuit) bool {
			at := short(c)
			if at < 0 {
				return false
			}
			c.Returned[at].Lots = gadget.Sides{Plus: negative(c.Returned[at].Lots.Minus), Minus: gadget.Signed(0)}
			return true
		},
		"long lots as short ones of less than nothing": func(c *CallCircuit) bool {
			at := long(c)
			if at < 0 {
				return false
			}
			c.Returned[at].Lots = gadget.Sides{Plus: gadget.Signed(0), Minus: negative(c.Returned[at].Lots.Plus)}
			return true
		},
		"lots on both sides": func(c *CallCircuit) bool {
			at := short(c)
			if at < 0 {
				return false
			}
			moved(&c.Returned[at].Lots.Plus, gadget.Signed(1_000), 0)
			moved(&c.Returned[at].Lots.Minus, gadget.Signed(1_000), 0)
			return true
		},
	} {
		t.Run(name, func(t *testing.T) {
			for {
				d := called(t, random, far, anyAccount)
				honest, forged := forgeCall(d, margin.Honest), forgeCall(d, margin.Honest)
				if !forge(forged.Circuit) {
					continue
				}
				refittedReturned(honest.Circuit)
				refittedReturned(forged.Circuit)
				if !acceptsCall(honest) {
					t.Fatal("an honest call that is made to fit must be accepted")
				}
				if acceptsCall(forged) {
					t.Fatal("the forgery must be rejected")
				}
				return
			}
		})
	}
}

// An account that owes nothing may hold collateral that is worth less than the margin on it: nobody calls it.
func TestShouldRejectTheForgeryOfACallOfAnAccountThatOwesNothing(t *testing.T) {
	random := rand.New(rand.NewPCG(313, 314))
	for {
		d := drawUntil(t, random, func(account publicinput.AccountLeaf, _ seen) bool { return len(account.Lines) > 0 })
		d.request.Account.Positions, d.request.Account.Paid, d.request.Account.Cash = nil, nil, 0
		most, owes := largestSurplus(d)
		if most >= 0 || owes {
			continue
		}
		d.request.ByHouse, d.request.Claim = true, publicinput.Statement{Tag: publicinput.TagBelowMaintenance, Name: d.request.Account.Number + 1}
		d.request = reseal(small, d.request)
		if acceptsCall(forgeCall(d, margin.Honest)) {
			t.Fatal("an account that owes nothing must not be called")
		}
		return
	}
}

// rescued draws an account that its paid lots rescue, and gives a call of it that leaves them where they are.
func rescued(t *testing.T, random *rand.Rand) *CallAssignment {
	t.Helper()
	for {
		d := called(t, random, 0, withPaidLots)
		candidates, _, _ := candidatesOf(small, d.table, d.request.Account)
		candidates[publicinput.Returned] = candidates[publicinput.Given]
		ways, _ := checkSealed(small, d.table, d.request)
		if assignment, err := fillCall(small, d.table, d.request, ways, candidates, -1, margin.Honest); err == nil {
			return assignment
		}
	}
}

func TestShouldRejectForgeriesOfLotsThatOutgrow(t *testing.T) {
	random := rand.New(rand.NewPCG(315, 316))
	for name, forge := range map[string]func(c *CallCircuit) bool{
		"lots that do not": func(c *CallCircuit) bool {
			c.Returned[0].Outgrows = gadget.Bit(true)
			return true
		},
		"lots counted so often that they do": func(c *CallCircuit) bool {
			for i := range c.Table.Instruments {
				instrument := &c.Table.Instruments[i]
				lots, other := whole(instrument.Lots.Plus), (i+1)%len(c.Table.Instruments)
				lots.Sub(lots, whole(instrument.Lots.Minus)).Add(lots, whole(instrument.Paid))
				if lots.Sign() == 0 || whole(c.Table.Instruments[other].Active).Sign() != 0 {
					continue
				}
				often, each, one := elementOfInteger(gadget.Power(lotsBits)), elementOfInteger(lots), fr.One()
				often.Div(&often, &each)
				c.Returned[i].Outgrows, c.Returned[other].Outgrows = often, *one.Sub(&one, &often)
				return true
			}
			return false
		},
	} {
		t.Run(name, func(t *testing.T) {
			for {
				assignment := rescued(t, random)
				if !forge(assignment.Circuit) {
					continue
				}
				if acceptsCall(assignment) {
					t.Fatal("the paid lots must be returned")
				}
				return
			}
		})
	}
}

// Two instruments shown to outgrow an entry where one is enough: what is left out twice is taken away once.
func TestShouldRejectTheForgeryOfTwoThatOutgrow(t *testing.T) {
	random := rand.New(rand.NewPCG(317, 318))
	d := called(t, random, far, anyAccount)
	account, paid := &d.request.Account, []publicinput.Entry{}
	for _, row := range d.table.Instruments {
		if row.PaidUp && len(paid) < 2 {
			paid = append(paid, publicinput.Entry{Key: row.Number, Lots: 1 << (lotsBits - 1)})
		}
	}
	account.Positions, account.Paid, account.Lines, account.Cash = paid, paid, nil, -1<<57
	d.request = reseal(small, d.request)
	honest := forgeCall(d, margin.Honest)
	if !acceptsCall(honest) {
		t.Fatal("the honest call must be accepted")
	}
	candidates, outgrows, err := candidatesOf(small, d.table, *account)
	if err != nil {
		t.Fatal(err)
	}
	ways, err := checkSealed(small, d.table, d.request)
	if err != nil {
		t.Fatal(err)
	}
	candidates[publicinput.Returned] = candidates[publicinput.AllPaid]
	forged, _ := fillCall(small, d.table, d.request, ways, candidates, outgrows, margin.Honest)
	for i := range paid {
		forged.Circuit.Returned[i].Outgrows = gadget.Bit(true)
	}
	if acceptsCall(forged) {
		t.Fatal("no lots are taken away")
	}
}

// Short lots of a two-asset product whose paid lots make them long: the leaf is that of the short side.
func TestShouldRejectTheForgeryOfPaidLotsThatChangeTheSide(t *testing.T) {
	random := rand.New(rand.NewPCG(319, 320))
	plan := smallPlan
	plan.Instruments = 12 // the last is paid up and has two sides
	d := called(t, random, far, anyAccount)
	d.table = tabletest.Table(random, plan)
	row := d.table.Instruments[len(d.table.Instruments)-1]
	if !row.PaidUp || !row.TwoSided {
		t.Fatal("the product must be paid up and have two sides")
	}
	d.request = sealRequest(random, small, d.table, publicinput.AccountLeaf{Number: d.request.Account.Number, Cash: far,
		Positions: []publicinput.Entry{{Key: row.Number, Lots: -5}}, Paid: []publicinput.Entry{{Key: row.Number, Lots: 12}}}, d.request.Claim)
	d.request.ByHouse = true
	lying := *d.table
	lying.Instruments = slices.Clone(d.table.Instruments)
	side := d.table.Shorts[slices.IndexFunc(d.table.Shorts, func(side risktable.Row) bool { return side.Number == row.Number })]
	side.TwoSided = false
	lying.Instruments[len(lying.Instruments)-1] = side
	d.opened, d.table = d.table, &lying
	forged := forgeCall(d, margin.Honest)
	forged.Circuit.Table.Instruments[0].TwoSided = gadget.Bit(true)
	if acceptsCall(forged) {
		t.Fatal("long lots must not be read by the short leaf")
	}
}
