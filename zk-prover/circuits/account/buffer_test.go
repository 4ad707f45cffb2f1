package account

import (
	"fmt"
	"math/big"
	"math/rand/v2"
	"testing"

	"bulwark.io/circuits/internal/tabletest"
	"bulwark.io/circuits/plain/canonical"
	"bulwark.io/circuits/plain/formula"
	"bulwark.io/circuits/plain/publicinput"
	"bulwark.io/circuits/plain/risktable"
	"bulwark.io/circuits/plain/tariff"
	"bulwark.io/circuits/refusal"
)

// holdsNoOption says whether a candidate's lots are all of entries with a delta of their own.
func holdsNoOption(account publicinput.AccountLeaf, e seen) bool {
	for _, row := range e.rows {
		if row.Row != nil && row.Lots != 0 && row.Row.Option {
			return false
		}
	}
	return true
}

// drawBuffered draws an account without options in an epoch that seals a random tariff, with a claim of kind 5 at its bound where it has one.
func drawBuffered(t testing.TB, random *rand.Rand, shape Shape, candidate, lotsMax int64, needed suits) (d drawn, bound int64) {
	t.Helper()
	for {
		d = drawFor(t, random, shape, candidate, lotsMax, func(account publicinput.AccountLeaf, e seen) bool {
			return holdsNoOption(account, e) && needed(account, e)
		})
		d.request.Tariff = tabletest.Tariff(random, d.table)
		d.request = requested(shape, d.table, sealTariff(t, d))
		buffer, ok := plainBuffer(d.table, d.request.Tariff, candidateOf(t, d, candidate))
		slots, err := slotsOf(shape, d.table, d.request.Account, candidate)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := chargedBy(shape, d.table, d.request, slots); err != nil {
			continue // more unwind sets than the shape has room for
		}
		if bound = d.figures.Equity - d.figures.InitialMargin - buffer; ok && bound >= 0 {
			d.request.Claim = publicinput.Statement{Tag: publicinput.TagExcessOverBuffer, Choice: candidate, Amount: bound}
			return d, bound
		}
	}
}

func sealTariff(t testing.TB, d drawn) Request {
	t.Helper()
	opened, err := tariff.Parse(d.table, d.request.Tariff)
	if err != nil {
		t.Fatal(err)
	}
	d.request.Epoch.BufferDigest = opened.Digest
	return d.request
}

func candidateOf(t testing.TB, d drawn, candidate int64) publicinput.AccountLeaf {
	t.Helper()
	account, err := formula.Candidate(d.table, d.request.Account, candidate)
	if err != nil {
		t.Fatal(err)
	}
	return account
}

// plainBuffer is the charge by its definition, symbol by symbol from the tariff's own text in rationals, for accounts of linear entries (contagion method, "The
// charge"): a second calculation beside that of the witness. It refuses nothing but amounts that the house refuses.
func plainBuffer(table *risktable.Table, encoded []byte, account publicinput.AccountLeaf) (int64, bool) {
	root, _ := canonical.Decode(encoded, refusal.Table, "tariff")
	f := root.Content().([]any)
	names, symbols, charged, exits := f[3].([]any), f[4].([]any), f[7].([]any), f[8].([]any)
	number := func(value any) *big.Rat { return new(big.Rat).SetInt64(value.(int64)) }
	places := map[int64]int{}
	for _, group := range table.Groups {
		for k, named := range names {
			if group.Id == named.([]any)[0].(string) {
				places[group.Number] = k
			}
		}
	}
	nets, deltas := map[string]*big.Rat{}, map[int]*big.Rat{}
	hold := func(row *risktable.Row, lots int64) {
		for _, leg := range append([]risktable.Leg{row.Own}, row.Legs...) {
			k, liquid := places[leg.Group]
			if !liquid || leg.Delta == 0 {
				continue
			}
			value := new(big.Rat).Mul(number(100*leg.Delta), number(lots))
			for _, symbol := range symbols {
				s := symbol.([]any)
				if s[0].(string) == fmt.Sprintf("%s in %d", row.Id, k) {
					key := fmt.Sprintf("%d %s", k, s[2])
					addAt(nets, key, value)
					addAt(deltas, k, value)
					break
				}
			}
		}
	}
	for _, entry := range account.Positions {
		row, _ := formula.Instrument(table, entry.Key, entry.Lots)
		hold(row, entry.Lots)
	}
	for _, entry := range account.Lines {
		row, _ := formula.Line(table, entry.Key)
		hold(row, entry.Lots)
	}
	held := make([]*big.Rat, 2*len(names)) // long of every group, then short
	gross := new(big.Rat)
	for i := range held {
		held[i] = new(big.Rat)
	}
	for key, net := range nets {
		var k int
		fmt.Sscan(key, &k)
		side := k
		if net.Sign() < 0 {
			side = len(names) + k
		}
		held[side].Add(held[side], new(big.Rat).Abs(net))
		gross.Add(gross, new(big.Rat).Abs(net))
	}
	if gross.Cmp(new(big.Rat).SetInt64(1<<tariff.QuantityBits)) >= 0 {
		return 0, false
	}
	million, total := new(big.Rat).SetInt64(1_000_000), new(big.Rat)
	for _, rates := range charged {
		loss := new(big.Rat)
		for i, rate := range rates.([]any) {
			loss.Add(loss, new(big.Rat).Mul(held[i], number(rate)))
		}
		if loss = up(loss.Quo(loss, million)); loss.Cmp(total) > 0 {
			total = loss
		}
	}
	for k := range names {
		cost := new(big.Rat)
		for _, side := range []int{k, len(names) + k} {
			exit, x := exits[side].([]any), held[side]
			s0, s1, s2 := number(exit[1]), number(exit[2]), number(exit[3])
			cost.Add(cost, new(big.Rat).Mul(s0, x))
			cost.Add(cost, new(big.Rat).Mul(new(big.Rat).Sub(s1, s0), beyond(x, number(exit[0]))))
			cost.Add(cost, new(big.Rat).Mul(new(big.Rat).Sub(s2, s1), beyond(x, new(big.Rat).Add(number(exit[0]), number(exit[0])))))
		}
		cost = up(cost.Quo(cost, million))
		cost.Sub(cost, quietOf(table, names[k].([]any)[0].(string), deltas[k]))
		if cost.Sign() > 0 {
			total = new(big.Rat).Add(total, cost)
		}
	}
	return up(total.Quo(total, new(big.Rat).SetInt64(100))).Num().Int64(), true
}

func addAt[K comparable](sums map[K]*big.Rat, key K, value *big.Rat) {
	if sums[key] == nil {
		sums[key] = new(big.Rat)
	}
	sums[key].Add(sums[key], value)
}

// quietOf is the margin's impact line on a net delta in µ$, rounded down.
func quietOf(table *risktable.Table, id string, delta *big.Rat) *big.Rat {
	if delta == nil {
		return new(big.Rat)
	}
	for _, group := range table.Groups {
		if group.Id != id {
			continue
		}
		slope, size := group.ImpactLong, new(big.Rat).Abs(delta)
		if delta.Sign() < 0 {
			slope = group.ImpactShort
		}
		line := new(big.Rat).Mul(size, new(big.Rat).SetInt64(slope))
		for _, knot := range group.ImpactKnots {
			threshold := new(big.Rat).Mul(new(big.Rat).SetInt64(knot.Threshold), new(big.Rat).SetInt64(100))
			line.Add(line, new(big.Rat).Mul(beyond(size, threshold), new(big.Rat).SetInt64(knot.Slope)))
		}
		line.Quo(line, new(big.Rat).SetInt64(1_000_000))
		return new(big.Rat).SetInt(new(big.Int).Div(line.Num(), line.Denom()))
	}
	return new(big.Rat)
}

func beyond(x, threshold *big.Rat) *big.Rat {
	if over := new(big.Rat).Sub(x, threshold); over.Sign() > 0 {
		return over
	}
	return new(big.Rat)
}

func up(x *big.Rat) *big.Rat {
	floor := new(big.Int).Div(new(big.Int).Neg(x.Num()), x.Denom())
	return new(big.Rat).SetInt(floor.Neg(floor))
}

func TestShouldAcceptExactlyTheBufferOfTheTariff(t *testing.T) {
	random := rand.New(rand.NewPCG(61, 62))
	charged := 0
	for round := range 60 {
		shape := []Shape{buffered, smallBuffered}[round%2]
		d, bound := drawBuffered(t, random, shape, int64(round%3), lotsMaxOf(round), anyAccount)
		assignment := assign(t, d)
		if !accepts(assignment) {
			t.Fatalf("seed 61,62 round %d: the claim at its bound must be accepted", round)
		}
		if assignment.Buffer > 0 {
			charged++
		}
		if alone, err := BufferOf(d.table, d.request.Tariff, candidateOf(t, d, d.request.Claim.Choice)); err != nil || alone != assignment.Buffer {
			t.Fatalf("seed 61,62 round %d: without a circuit the charge is the same; have %d, want %d: %v", round, alone, assignment.Buffer, err)
		}
		claimAmount(assignment, bound+1)
		if accepts(assignment) {
			t.Fatalf("seed 61,62 round %d: one past the bound must be rejected", round)
		}
		d.request.Claim.Amount++
		if _, err := Assign(shape, d.table, d.request); refusal.Of(err).Code != "CLAIM_NOT_MET" {
			t.Fatalf("one past the bound must be refused before proving; have %v", err)
		}
	}
	if charged < 30 {
		t.Fatalf("most accounts must pay a buffer; %d of 60 did", charged)
	}
}

// A standing is nothing that a tariff charges.
func TestShouldAcceptTheBufferOfTheTariffOverVenues(t *testing.T) {
	random := rand.New(rand.NewPCG(63, 64))
	for round := range 6 {
		d, bound := drawBuffered(t, random, bufferedAtVenues, publicinput.Given, 5000, func(account publicinput.AccountLeaf, _ seen) bool {
			return len(account.Standings) > 0
		})
		assignment := assign(t, d)
		if !accepts(assignment) {
			t.Fatalf("seed 63,64 round %d: the claim at its bound must be accepted", round)
		}
		if alone, err := BufferOf(d.table, d.request.Tariff, d.request.Account); err != nil || alone != assignment.Buffer {
			t.Fatalf("seed 63,64 round %d: have %d, want %d: %v", round, alone, assignment.Buffer, err)
		}
		claimAmount(assignment, bound+1)
		if accepts(assignment) {
			t.Fatalf("seed 63,64 round %d: one past the bound must be rejected", round)
		}
	}
}
